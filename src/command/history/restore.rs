//! Giving a record the values back that it held at an earlier time.

use crate::engine::form;
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::FieldId;
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;

/// What has to be written into a record so that it holds again what it held then, as far as that can be: computed fields follow by
/// themselves, options and types that are gone stay gone, and links lose the records that are.
pub fn restoring(reader: &dyn Reader, entity: &Entity, now: &Record, then: &Record) -> Vec<(FieldId, Value)> {
    let mut values = Vec::new();
    for field in &entity.fields {
        let is_written = !field.is_computed() && field.is_stored() && !matches!(field.kind, FieldKind::Lines { .. });
        let back = then.value(field.id).without_links(|link| reader.record(link).is_none());
        let is_lost = field.required && back.is_empty();
        if is_written && !is_lost && form::fits(field, &back) && *now.value(field.id) != back {
            values.push((field.id, back));
        }
    }
    values
}
