//! Commands on records: create, update, move, remove.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::automation::Work;
use crate::model::change::Change;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, OptionId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::{Reader, State};
use crate::model::value::Value;

pub(super) fn create(
    work: &mut Work<'_>,
    id: Option<RecordId>,
    entity: EntityId,
    values: &Values,
) -> Result<(), Rejection> {
    let id = id.unwrap_or_else(|| work.context.ids.record());
    if work.draft.record(id).is_some() {
        return Err(Diagnostic::new(Code::RecordExists).at_record(id).into());
    }
    let Some(definition) = work.draft.entity(entity).cloned() else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity).into());
    };
    let wrong = unwritable(&definition, values);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let at = work.now();
    let mut record = Record { id, entity, created: at, updated: at, values: values.clone() };
    work.complete(&mut record);
    let wrong = work.check(&record, None);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    work.draft.push(Change::Created { record: Arc::new(record), by: None });
    work.outcome.subject = Some(id);
    Ok(())
}

pub(super) fn update(work: &mut Work<'_>, id: RecordId, values: &[(FieldId, Value)]) -> Result<(), Rejection> {
    let Some(record) = work.draft.record(id) else {
        return Err(Diagnostic::new(Code::UnknownRecord).at_record(id).into());
    };
    let mut next = record.clone();
    let entity = next.entity;
    let Some(definition) = work.draft.entity(entity).cloned() else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity).into());
    };
    let mut wrong = Vec::new();
    let mut values = values.to_vec();
    work.spell(&definition, &mut values);
    for (field, value) in &values {
        match definition.field(*field) {
            None => wrong.push(Diagnostic::of_field(Code::UnknownField, *field).with("name", field)),
            Some(known) if is_closed(known) && next.value(*field) != value => {
                wrong.push(Diagnostic::of_field(Code::ReadOnly, *field));
            }
            Some(_) => {
                next.values.set(*field, value.clone());
            }
        }
    }
    let touched: Vec<FieldId> = values.iter().map(|(field, _)| *field).collect();
    wrong.extend(work.check(&next, Some(&touched)));
    if !wrong.is_empty() {
        return Err(wrong.into_iter().map(|diagnostic| diagnostic.at_record(id)).collect::<Vec<_>>().into());
    }
    let at = work.now();
    work.draft.update(id, values.iter().cloned(), at, None);
    work.outcome.subject = Some(id);
    Ok(())
}

pub(super) fn update_all(
    work: &mut Work<'_>,
    records: &[RecordId],
    values: &[(FieldId, Value)],
) -> Result<(), Rejection> {
    for record in records {
        update(work, *record, values)?;
    }
    Ok(())
}

pub(super) fn move_card(
    work: &mut Work<'_>,
    record: RecordId,
    field: FieldId,
    to: Option<OptionId>,
) -> Result<(), Rejection> {
    update(work, record, &[(field, to.map_or(Value::Empty, Value::Choice))])
}

pub(super) fn remove(work: &mut Work<'_>, records: &[RecordId]) -> Result<(), Rejection> {
    let state = work.draft.base();
    if let Some(unknown) = records.iter().find(|id| state.record(**id).is_none()) {
        return Err(Diagnostic::new(Code::UnknownRecord).at_record(*unknown).into());
    }
    let (doomed, seen) = going(state, records);
    let at = work.now();
    // Those that cannot be without what goes, and whose they are.
    let mut needing: Vec<(EntityId, RecordId, RecordId)> = Vec::new();
    for id in &doomed {
        for link in state.all_incoming(*id) {
            if seen.contains(&link.from) {
                continue;
            }
            let Some(field) = state.entity(link.entity).and_then(|entity| entity.field(link.via)) else { continue };
            let Some(linking) = work.draft.record(link.from) else {
                continue;
            };
            let left = linking.value(link.via).without_links(|link| seen.contains(&link));
            if field.required && left.is_empty() {
                needing.push((link.entity, link.from, *id));
                continue;
            }
            work.draft.update(link.from, [(link.via, left)], at, None);
        }
    }
    if let Some((entity, example, wanted)) = needing.first().copied() {
        let language = crate::command::written_language(state);
        let title = |id: RecordId| {
            let record = state.record(id)?;
            state
                .entity(record.entity)
                .map(|entity| record.value(entity.title).as_text().unwrap_or_default().to_owned())
        };
        let of: FxHashSet<RecordId> =
            needing.iter().filter(|(its, ..)| *its == entity).map(|(_, from, _)| *from).collect();
        let by = state.entity(entity).map_or("", |entity| entity.plural.text(language));
        let found =
            Diagnostic::new(Code::StillPointedAt).at_record(example).with("name", title(wanted).unwrap_or_default());
        let found = found.with("by", by).with("count", of.len()).with("example", title(example).unwrap_or_default());
        return Err(found.into());
    }
    // Owned records first, so that undoing brings the owners back before them.
    for id in doomed.iter().rev() {
        if let Some(record) = work.draft.record(*id).cloned() {
            work.draft.push(Change::Removed { record: Arc::new(record) });
        }
    }
    Ok(())
}

/// How many records that stay would lose a link if these were removed.
pub fn losing_links(state: &State, records: &[RecordId]) -> usize {
    let (doomed, seen) = going(state, records);
    let links = doomed.iter().flat_map(|id| state.all_incoming(*id));
    let losing: FxHashSet<RecordId> = links.map(|link| link.from).filter(|from| !seen.contains(from)).collect();
    losing.len()
}

/// What goes if these records go: what belongs to a removed record goes with it, and what belongs to that.
fn going(state: &State, records: &[RecordId]) -> (Vec<RecordId>, FxHashSet<RecordId>) {
    let mut seen: FxHashSet<RecordId> = FxHashSet::default();
    let mut doomed: Vec<RecordId> = records.iter().copied().filter(|id| seen.insert(*id)).collect();
    let mut next = 0;
    while next < doomed.len() {
        for link in state.all_incoming(doomed[next]) {
            let field = state.entity(link.entity).and_then(|entity| entity.field(link.via));
            if field.and_then(Field::link).is_some_and(|target| target.owned) && seen.insert(link.from) {
                doomed.push(link.from);
            }
        }
        next += 1;
    }
    (doomed, seen)
}

pub(super) fn tick(work: &mut Work<'_>, entity: EntityId, records: &[RecordId]) {
    for id in records {
        if work.draft.record(*id).is_some_and(|record| record.entity == entity) {
            work.settle_clock(*id);
        }
    }
}

/// What is wrong with writing these fields at all: some are not there, some are nobody's to write.
pub(super) fn unwritable(entity: &Entity, values: &Values) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for (field, _) in values.iter() {
        match entity.field(field) {
            None => wrong.push(Diagnostic::of_field(Code::UnknownField, field).with("name", field)),
            Some(field) if is_closed(field) => wrong.push(Diagnostic::of_field(Code::ReadOnly, field.id)),
            Some(_) => {}
        }
    }
    wrong
}

/// Whether commands may not write a field: read-only ones are open to scripts and imports, computed ones to nobody.
pub(super) fn is_closed(field: &Field) -> bool {
    field.is_computed() || matches!(field.kind, FieldKind::Lines { .. })
}
