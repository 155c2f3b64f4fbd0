//! Records that were there before their entity numbered its records get their numbers, in the order in which they were created; those
//! that were numbered in another way get numbers as they are written now.

use crate::command::automation::Work;
use crate::engine::design;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::field::FieldKind;
use crate::model::id::{CellId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::value::Value;

/// Records without a number in a field that numbers them, the oldest first.
pub fn unnumbered(state: &State, entity: EntityId, field: FieldId) -> Vec<RecordId> {
    let records = state.member_ids(entity).iter().filter_map(|id| state.record(*id));
    let mut blank: Vec<_> = records.filter(|record| record.value(field).is_empty()).collect();
    blank.sort_by_key(|record| (record.created, record.id));
    blank.into_iter().map(|record| record.id).collect()
}

/// Records whose number the field would write in another way by now, each with what it would be.
pub fn misnumbered(state: &State, entity: EntityId, field: FieldId) -> Vec<(RecordId, String)> {
    let Some(kind) = state.entity(entity).and_then(|entity| entity.field(field)).map(|field| &field.kind) else {
        return Vec::new();
    };
    let last = state.cell(cell(entity, field)).as_number().unwrap_or_default();
    let records = state.member_ids(entity).iter().filter_map(|id| state.record(*id));
    let next = |record: &Record| design::renumbered(kind, last, record.value(field).as_text()?);
    let mut found: Vec<_> = records.filter_map(|record| Some((record.created, record.id, next(record)?))).collect();
    found.sort();
    found.into_iter().map(|(_, id, number)| (id, number)).collect()
}

/// Where the last number of a field is remembered.
pub fn cell(entity: EntityId, field: FieldId) -> CellId {
    CellId::new(&format!("number/{entity}/{field}"))
}

/// Numbers those without a number, or those that were numbered in another way again. What had no number before, or another one, did
/// nothing that a rule could be about.
pub(in crate::command) fn number(
    work: &mut Work<'_>,
    entity: EntityId,
    field: FieldId,
    again: bool,
) -> Result<(), Rejection> {
    let Some(known) = work.draft.entity(entity) else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity).into());
    };
    let Some(known) = known.field(field).filter(|field| !field.retired) else {
        return Err(Diagnostic::of_field(Code::UnknownField, field).with("name", field).into());
    };
    if !matches!(known.kind, FieldKind::AutoNumber { .. }) {
        return Err(Diagnostic::of_field(Code::WrongType, field).into());
    }
    let at = work.now();
    let wanted: Vec<(RecordId, Option<String>)> = match again {
        true => misnumbered(work.draft.base(), entity, field).into_iter().map(|(id, next)| (id, Some(next))).collect(),
        false => unnumbered(work.draft.base(), entity, field).into_iter().map(|id| (id, None)).collect(),
    };
    for (record, number) in wanted {
        let own = number.map(|number| Value::text(&number));
        // Where another record has that number, the next one has to do.
        let own = own.filter(|number| work.draft.holders(entity, field, number).is_empty());
        if let Some(value) = own.or_else(|| work.next_number(entity, field)) {
            work.draft.update(record, [(field, value)], at, None);
        }
    }
    work.keep_from_rules();
    Ok(())
}
