//! Records that were there before their entity numbered its records get their numbers, in the order in which they were created.

use crate::command::automation::Work;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::field::FieldKind;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::state::{Reader, State};

/// Records without a number in a field that numbers them, the oldest first.
pub fn unnumbered(state: &State, entity: EntityId, field: FieldId) -> Vec<RecordId> {
    let records = state.member_ids(entity).iter().filter_map(|id| state.record(*id));
    let mut blank: Vec<_> = records.filter(|record| record.value(field).is_empty()).collect();
    blank.sort_by_key(|record| (record.created, record.id));
    blank.into_iter().map(|record| record.id).collect()
}

/// Numbers them. What had no number before did nothing that a rule could be about.
pub(in crate::command) fn number(work: &mut Work<'_>, entity: EntityId, field: FieldId) -> Result<(), Rejection> {
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
    for record in unnumbered(work.draft.base(), entity, field) {
        if let Some(value) = work.next_number(entity, field) {
            work.draft.update(record, [(field, value)], at, None);
        }
    }
    work.keep_from_rules();
    Ok(())
}
