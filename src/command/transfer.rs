//! Commands that take in many records: a pack's sample, a slice of an import.

use std::sync::Arc;

use super::automation::Work;
use super::record::unwritable;
use super::{NewRecord, RefusedRow, RowPlace, RowUpdate};
use crate::model::change::Change;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;

/// Adds records without waking rules. All of them are right, or none is added.
pub(super) fn add(work: &mut Work<'_>, records: &[NewRecord]) -> Result<(), Rejection> {
    let mut added = Vec::with_capacity(records.len());
    for new in records {
        if work.draft.record(new.id).is_some() {
            return Err(Diagnostic::new(Code::RecordExists).at_record(new.id).into());
        }
        let record = completed(work, new);
        added.push(record.id);
        work.draft.push(Change::Created { record: Arc::new(record), by: None });
    }
    // Links may point forward within the same slice, so checks come after all records are there.
    let mut wrong = Vec::new();
    for id in added {
        if let Some(record) = work.draft.record(id) {
            wrong.extend(work.check(record, None).into_iter().map(|diagnostic| diagnostic.at_record(id)));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    work.settle();
    work.keep_from_rules();
    Ok(())
}

/// Takes in rows; those that are wrong are refused by themselves. Records of other entities may come along, such as those that a
/// row's links name: they come before the rows that need them.
pub(super) fn import(
    work: &mut Work<'_>,
    entity: EntityId,
    create: &[NewRecord],
    update: &[RowUpdate],
) -> Result<(), Rejection> {
    let Some(definition) = work.draft.entity(entity).cloned() else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity).into());
    };
    for (place, new) in create.iter().enumerate() {
        let place = RowPlace::Create(place);
        if work.draft.record(new.id).is_some() {
            refuse(work, place, new.id, vec![Diagnostic::new(Code::RecordExists)]);
            continue;
        }
        let wrong = match work.draft.entity(new.entity) {
            Some(own) => unwritable(own, &new.values),
            None => vec![Diagnostic::new(Code::UnknownEntity).with("name", new.entity)],
        };
        if !wrong.is_empty() {
            refuse(work, place, new.id, wrong);
            continue;
        }
        let record = completed(work, new);
        let wrong = work.check(&record, None);
        if wrong.is_empty() {
            work.draft.push(Change::Created { record: Arc::new(record), by: None });
        } else {
            refuse(work, place, new.id, wrong);
        }
    }
    let at = work.now();
    for (place, row) in update.iter().enumerate() {
        let place = RowPlace::Update(place);
        let Some(current) = work.draft.record(row.record) else {
            refuse(work, place, row.record, vec![Diagnostic::new(Code::UnknownRecord)]);
            continue;
        };
        let mut wrong = unwritable(&definition, &row.values);
        if current.entity != entity {
            wrong.push(Diagnostic::new(Code::WrongEntity).with("found", current.entity));
        }
        let mut next = current.clone();
        let mut values: Vec<(FieldId, Value)> =
            row.values.iter().map(|(field, value)| (field, value.clone())).collect();
        work.spell(&definition, &mut values);
        for (field, value) in &values {
            next.values.set(*field, value.clone());
        }
        let touched: Vec<FieldId> = values.iter().map(|(field, _)| *field).collect();
        wrong.extend(work.check(&next, Some(&touched)));
        if wrong.is_empty() {
            work.draft.update(row.record, values, at, None);
        } else {
            refuse(work, place, row.record, wrong);
        }
    }
    Ok(())
}

fn refuse(work: &mut Work<'_>, place: RowPlace, record: RecordId, wrong: Vec<Diagnostic>) {
    work.outcome.refused.push(RefusedRow { place, record, wrong });
}

fn completed(work: &mut Work<'_>, new: &NewRecord) -> Record {
    let at = work.now();
    let created = new.created.unwrap_or(at);
    let mut record = Record { id: new.id, entity: new.entity, created, updated: created, values: new.values.clone() };
    work.complete(&mut record);
    record
}
