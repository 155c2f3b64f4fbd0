//! Columns: those of a view, or those that an entity shows where nobody has chosen any.

use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::FieldId;
use crate::model::view::ViewShape;

/// Columns of a list that nobody has chosen columns for.
const USUAL: usize = 9;

/// The fields that a view shows: those chosen that are there, or else the title, the summary and whatever fits a column.
pub fn columns(entity: &Entity, shape: &ViewShape) -> Vec<FieldId> {
    let known: Vec<FieldId> =
        shape.fields().iter().copied().filter(|id| entity.field(*id).is_some_and(|field| !field.retired)).collect();
    if !known.is_empty() {
        return known;
    }
    let rest = entity.fields.iter().filter(|field| is_usual(field)).map(|field| field.id);
    let summary = entity.summary.iter().copied();
    std::iter::once(entity.title)
        .chain(summary.filter(|id| *id != entity.title))
        .chain(rest.filter(|id| *id != entity.title && !entity.summary.contains(id)))
        .take(USUAL)
        .collect()
}

fn is_usual(field: &Field) -> bool {
    !field.retired
        && !matches!(
            field.kind,
            FieldKind::LongText
                | FieldKind::RichText
                | FieldKind::Lines { .. }
                | FieldKind::Files
                | FieldKind::Signature
                | FieldKind::Hidden
        )
}
