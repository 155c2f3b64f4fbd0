//! What an entity can be looked at as: a list always, and whatever else its fields allow, each as one would begin with it.

use super::board::may_be_lanes;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::FieldId;
use crate::model::view::ViewShape;

/// Fields on a card that nobody has chosen fields for.
const USUAL: usize = 4;

/// The shapes in which the records of an entity can be looked at.
pub fn shapes(entity: &Entity) -> Vec<ViewShape> {
    let mut found = vec![ViewShape::list(Vec::new())];
    if let Some(by) = stage(entity) {
        let sum = first(entity, |field| matches!(field.kind, FieldKind::Money { .. }));
        found.push(ViewShape::Board {
            by,
            card: card(entity, &[by]),
            sum,
            lanes: None,
            cover: None,
            colour: None,
            compact: false,
            hidden: Vec::new(),
            stale: None,
        });
    }
    let times: Vec<&Field> = times(entity).collect();
    // What people plan comes before what is only noted.
    let from = times.iter().find(|field| field.is_editable()).or(times.first());
    if let Some(from) = from {
        let colour = stage(entity);
        found.push(ViewShape::Calendar {
            from: from.id,
            to: None,
            all_day: None,
            card: card(entity, &[from.id]),
            colour,
        });
        let alike = |field: &&&Field| field.id != from.id && field.kind.result() == from.kind.result();
        if let Some(to) = times.iter().find(alike) {
            found.push(ViewShape::Timeline {
                from: from.id,
                to: to.id,
                lanes: None,
                card: card(entity, &[from.id, to.id]),
                colour,
            });
        }
    }
    let cover = first(entity, |field| field.kind == FieldKind::Files);
    found.push(ViewShape::Gallery { cover, card: card(entity, &cover.into_iter().collect::<Vec<FieldId>>()) });
    found
}

/// The fields that say when something is.
fn times(entity: &Entity) -> impl Iterator<Item = &Field> {
    let is_time = |field: &&Field| matches!(field.kind.result(), Some(ResultKind::Date | ResultKind::Instant));
    entity.fields.iter().filter(|field| !field.retired).filter(is_time)
}

/// The choice field along which records of an entity move: one whose options end, or else the first.
fn stage(entity: &Entity) -> Option<FieldId> {
    let ends = |field: &Field| field.options().iter().any(|option| option.ended.is_some());
    let is_choice = |field: &Field| may_be_lanes(field) && matches!(field.kind, FieldKind::Choice { .. });
    first(entity, |field| is_choice(field) && ends(field)).or_else(|| first(entity, is_choice))
}

fn first(entity: &Entity, fits: impl Fn(&Field) -> bool) -> Option<FieldId> {
    entity.fields.iter().find(|field| !field.retired && fits(field)).map(|field| field.id)
}

/// The fields that tell one record from another, as they fit a card.
fn card(entity: &Entity, told: &[FieldId]) -> Vec<FieldId> {
    let shape = ViewShape::list(Vec::new());
    let columns = super::columns(entity, &shape).into_iter();
    columns.filter(|field| *field != entity.title && !told.contains(field)).take(USUAL).collect()
}
