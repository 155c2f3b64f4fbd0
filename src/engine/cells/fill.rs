//! Filling: the first row or column of a range goes over all others.

use super::Edit;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// Where the values go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the first row to those below.
    Down,
    /// From the first column to those beside it.
    Right,
}

/// The values that a range gets when it is filled, record by record. Fields that nobody edits are passed over, and so are fields
/// that cannot hold what stands in the first column.
pub fn filled(reader: &dyn Reader, rows: &[RecordId], fields: &[&Field], way: Way) -> Vec<Edit> {
    let held = |record: RecordId, field: FieldId| {
        reader.record(record).map(|record| record.value(field).clone()).unwrap_or_default()
    };
    match way {
        Way::Down => {
            let Some((first, rest)) = rows.split_first() else { return Vec::new() };
            let values: Vec<(FieldId, Value)> = fields
                .iter()
                .filter(|field| field.is_editable())
                .map(|field| (field.id, held(*first, field.id)))
                .collect();
            rest.iter().map(|record| (*record, values.clone())).collect()
        }
        Way::Right => {
            let Some((first, rest)) = fields.split_first() else { return Vec::new() };
            let takers: Vec<&Field> =
                rest.iter().copied().filter(|field| field.is_editable() && is_alike(first, field)).collect();
            let filled = |record: &RecordId| {
                let value = held(*record, first.id);
                (*record, takers.iter().map(|field| (field.id, value.clone())).collect())
            };
            rows.iter().map(filled).collect()
        }
    }
}

/// The same value for every cell of a range whose field can hold what the first one can.
pub fn everywhere(rows: &[RecordId], fields: &[&Field], source: &Field, value: &Value) -> Vec<Edit> {
    let takers = fields.iter().filter(|field| field.is_editable() && is_alike(source, field));
    let values: Vec<(FieldId, Value)> = takers.map(|field| (field.id, value.clone())).collect();
    rows.iter().filter(|_| !values.is_empty()).map(|record| (*record, values.clone())).collect()
}

/// Whether what one field holds means the same in the other.
pub(super) fn is_alike(one: &Field, other: &Field) -> bool {
    match (&one.kind, &other.kind) {
        (FieldKind::Link(_) | FieldKind::Links(_), _) | (_, FieldKind::Link(_) | FieldKind::Links(_)) => {
            std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
        }
        (FieldKind::Choice { options: ours }, FieldKind::Choice { options: theirs }) => {
            one.id == other.id || ours == theirs
        }
        (FieldKind::Choices { options: ours, .. }, FieldKind::Choices { options: theirs, .. }) => {
            one.id == other.id || ours == theirs
        }
        (one, other) => match (one.result(), other.result()) {
            (Some(one), Some(other)) => one == other,
            (None, None) => std::mem::discriminant(one) == std::mem::discriminant(other),
            (Some(_), None) | (None, Some(_)) => false,
        },
    }
}
