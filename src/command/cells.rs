//! Cells of a list: many records, each with its own values. What cannot go into a cell is refused there and takes nothing else along.

use std::sync::Arc;

use super::automation::Work;
use super::record::unwritable;
use super::{NewRecord, RecordEdit, RefusedRow, RowPlace};
use crate::model::change::Change;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::value::Value;

pub(super) fn edit(
    work: &mut Work<'_>,
    entity: EntityId,
    edits: &[RecordEdit],
    create: &[NewRecord],
) -> Result<(), Rejection> {
    let Some(definition) = work.draft.entity(entity).cloned() else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity).into());
    };
    for (at, new) in create.iter().enumerate() {
        let wrong = add(work, &definition, new);
        refuse(work, RowPlace::Create(at), new.id, wrong);
    }
    for (at, row) in edits.iter().enumerate() {
        let wrong = change(work, &definition, row);
        refuse(work, RowPlace::Update(at), row.record, wrong);
    }
    Ok(())
}

/// Gives a record the values that it can hold, and says what is wrong with the others.
fn change(work: &mut Work<'_>, definition: &Entity, row: &RecordEdit) -> Vec<Diagnostic> {
    let Some(current) = work.draft.record(row.record).cloned() else {
        return vec![Diagnostic::new(Code::UnknownRecord)];
    };
    if current.entity != definition.id {
        return vec![Diagnostic::new(Code::WrongEntity).with("found", current.entity)];
    }
    let mut values: Vec<(FieldId, Value)> =
        row.values.iter().filter(|(field, value)| current.value(*field) != value).cloned().collect();
    work.spell(definition, &mut values);
    let named: Values = values.iter().map(|(field, _)| (*field, Value::Flag(true))).collect();
    let mut wrong = unwritable(definition, &named);
    values.retain(|(field, _)| !is_blamed(&wrong, *field));
    let mut next = current.clone();
    values.iter().for_each(|(field, value)| drop(next.values.set(*field, value.clone())));
    while !values.is_empty() {
        let touched: Vec<FieldId> = values.iter().map(|(field, _)| *field).collect();
        let found = work.check(&next, Some(&touched));
        if found.is_empty() {
            break;
        }
        let mut blamed: Vec<FieldId> = touched.iter().copied().filter(|field| is_blamed(&found, *field)).collect();
        if blamed.is_empty() {
            // A check of another field fails because of these together.
            blamed = touched;
        }
        blamed.iter().for_each(|field| drop(next.values.set(*field, current.value(*field).clone())));
        values.retain(|(field, _)| !blamed.contains(field));
        let of_cells = |mut diagnostic: Diagnostic| {
            if diagnostic.at.field.is_none_or(|field| !blamed.contains(&field)) {
                diagnostic.at.field = blamed.first().copied();
            }
            diagnostic
        };
        wrong.extend(found.into_iter().map(of_cells));
    }
    let at = work.now();
    work.draft.update(row.record, values, at, None);
    wrong
}

/// Creates a record without the values that it cannot hold; not at all if it would not be right without them.
fn add(work: &mut Work<'_>, definition: &Entity, new: &NewRecord) -> Vec<Diagnostic> {
    if work.draft.record(new.id).is_some() {
        return vec![Diagnostic::new(Code::RecordExists)];
    }
    if new.entity != definition.id {
        return vec![Diagnostic::new(Code::WrongEntity).with("found", new.entity)];
    }
    let mut wrong = unwritable(definition, &new.values);
    let at = work.now();
    let created = new.created.unwrap_or(at);
    let mut record = Record { id: new.id, entity: new.entity, created, updated: created, values: new.values.clone() };
    let mut given: Vec<FieldId> = new.values.iter().map(|(field, _)| field).collect();
    loop {
        given.retain(|field| {
            let is_left_out = is_blamed(&wrong, *field);
            if is_left_out {
                record.values.set(*field, Value::Empty);
            }
            !is_left_out
        });
        work.complete(&mut record);
        let found = work.check(&record, None);
        if found.is_empty() {
            work.draft.push(Change::Created { record: Arc::new(record), by: None });
            return wrong;
        }
        // Leaving a value out may help; leaving out none any more does not.
        let helps = given.iter().any(|field| is_blamed(&found, *field));
        wrong.extend(found);
        if !helps {
            return wrong;
        }
    }
}

fn is_blamed(wrong: &[Diagnostic], field: FieldId) -> bool {
    wrong.iter().any(|diagnostic| diagnostic.at.field == Some(field))
}

fn refuse(work: &mut Work<'_>, place: RowPlace, record: RecordId, wrong: Vec<Diagnostic>) {
    if !wrong.is_empty() {
        work.outcome.refused.push(RefusedRow { place, record, wrong });
    }
}
