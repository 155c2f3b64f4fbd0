//! Undo and redo: the changes of commits turned round, checked against what has happened since.

mod restore;
mod take_back;

use std::sync::Arc;

use super::{Blueprint, Context, Outcome, design};
use crate::engine::compute::{self, Moment};
use crate::model::change::{Change, Commit, FieldChange, invert, squash};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::form::Form;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};

pub use restore::restoring;
pub use take_back::{Clash, Clashing, Review, Standing, review, take_back};

/// How many things that stand in the way are named.
const MOST_NAMED: usize = 20;

/// Decides the undoing of commits, given from the oldest to the newest. The redoing is the undoing of the undoing.
///
/// Refused if a record or definition has been changed by others since, so that nobody's work is overwritten. A link to a record that
/// has been removed since does not come back, and the outcome says so; a record that cannot do without it is not brought back.
pub fn undo(
    state: &State,
    blueprint: &Blueprint,
    commits: &[Arc<Commit>],
    context: &Context,
) -> Result<Outcome, Rejection> {
    let mut draft = Draft::new(state);
    let mut clashes: Vec<Diagnostic> = Vec::new();
    for commit in commits.iter().rev() {
        for change in invert(&commit.changes) {
            // A round robin or a count that has moved on since stays where it is: taking it back would use numbers twice.
            if let Change::Remembered { cell, before, .. } = &change
                && (draft.cell(*cell) != before || Form::is_secret_cell(*cell))
            {
                continue;
            }
            let Some(change) = without_moved_figures(&draft, change) else { continue };
            match clash(&draft, &change) {
                Some(found) => clashes.push(found),
                None => draft.push(change),
            }
        }
    }
    if clashes.is_empty() {
        clashes.extend(dangling(&draft));
    }
    if !clashes.is_empty() {
        clashes.dedup();
        clashes.truncate(MOST_NAMED);
        return Err(clashes.into());
    }
    let (left_out, mut refused) = drop_lost_links(&mut draft);
    if !refused.is_empty() {
        refused.truncate(MOST_NAMED);
        return Err(refused.into());
    }
    conclude(draft, blueprint, context, left_out)
}

/// What an undoing comes to, once everything that it takes back is in the draft.
fn conclude(
    mut draft: Draft<'_>,
    blueprint: &Blueprint,
    context: &Context,
    left_out: Vec<Diagnostic>,
) -> Result<Outcome, Rejection> {
    let state = draft.base();
    let clock = context.clock(state);
    let moment = Moment { clock: &clock, language: super::written_language(state), at: Some(context.now) };
    let subject = draft.changes().iter().rev().find_map(Change::record).map(|(record, _)| record);
    let defines = draft.changes().iter().any(|change| matches!(change, Change::Defined { .. }));
    let changes = if defines {
        design::conclude(draft, context)?
    } else {
        compute::settle(&blueprint.plan, &mut draft, 0, moment);
        squash(draft.into_changes())
    };
    Ok(Outcome { changes, subject, left_out, ..Outcome::default() })
}

/// A change without the computed values that have moved on since: they are nobody's work, and follow what is taken back anyway.
/// Nothing is left of it where it only concerned a record that is gone: its figures, or its link to what comes back now.
fn without_moved_figures(draft: &Draft<'_>, change: Change) -> Option<Change> {
    let change = match change {
        Change::Updated { record, entity, mut fields, before, after, by } => {
            let is_figure = |it: &FieldChange| is_computed(draft, entity, it.field);
            match draft.record(record) {
                Some(current) => fields.retain(|it| *current.value(it.field) == it.before || !is_figure(it)),
                None => {
                    let comes_back = |link: &RecordId| is_brought_back(draft, *link);
                    fields.retain(|it| !is_figure(it) && !it.after.links().iter().any(comes_back));
                    if fields.is_empty() {
                        return None;
                    }
                }
            }
            Change::Updated { record, entity, fields, before, after, by }
        }
        // The record goes as it is, so that it can come back so.
        Change::Removed { record } => match draft.shared_record(record.id) {
            Some(current) if is_alike(draft, current, &record) => Change::Removed { record: current.clone() },
            Some(_) | None => Change::Removed { record },
        },
        Change::Created { .. } | Change::Defined { .. } | Change::Remembered { .. } => change,
    };
    Some(change)
}

/// Whether a record was not there before what is being undone.
fn is_brought_back(draft: &Draft<'_>, id: RecordId) -> bool {
    draft.record(id).is_some() && draft.base().record(id).is_none()
}

/// Whether two versions of a record hold the same, computed fields aside.
fn is_alike(draft: &Draft<'_>, one: &Record, other: &Record) -> bool {
    let mut fields = one.values.iter().chain(other.values.iter()).map(|(field, _)| field);
    fields.all(|field| one.value(field) == other.value(field) || is_computed(draft, one.entity, field))
}

/// Whether a field is computed, now or before what is being undone.
fn is_computed(draft: &Draft<'_>, entity: EntityId, field: FieldId) -> bool {
    let computes = |entity: Option<&Arc<Entity>>| entity?.field(field).map(Field::is_computed);
    computes(draft.entity(entity)).or_else(|| computes(draft.base().entity(entity))).unwrap_or(false)
}

/// What stands in the way of a change: the state is not what the change was made from.
fn clash(reader: &Draft<'_>, change: &Change) -> Option<Diagnostic> {
    match change {
        Change::Created { record, .. } => {
            reader.record(record.id).map(|_| Diagnostic::new(Code::RecordExists).at_record(record.id))
        }
        Change::Removed { record } => match reader.record(record.id) {
            Some(current) if current.values == record.values => None,
            Some(_) => Some(changed_since(reader, record.id)),
            None => Some(Diagnostic::new(Code::UnknownRecord).at_record(record.id)),
        },
        Change::Updated { record, fields, .. } => match reader.record(*record) {
            None => Some(Diagnostic::new(Code::UnknownRecord).at_record(*record)),
            Some(current) => fields
                .iter()
                .find(|change| *current.value(change.field) != change.before)
                .map(|change| changed_since(reader, *record).at_field(change.field)),
        },
        Change::Defined { id, before, .. } => (reader.definition(*id) != before.as_ref())
            .then(|| Diagnostic::new(Code::Clash).in_definition(*id).with("title", id)),
        Change::Remembered { .. } => None,
    }
}

fn changed_since(reader: &dyn Reader, id: RecordId) -> Diagnostic {
    Diagnostic::new(Code::Clash).at_record(id).with("title", title(reader, id))
}

fn title(reader: &dyn Reader, id: RecordId) -> String {
    let title = reader.record(id).and_then(|record| {
        let entity = reader.entity(record.entity)?;
        record.value(entity.title).as_text().map(str::to_owned)
    });
    title.unwrap_or_else(|| id.to_string())
}

/// Takes links to records that are gone out of what comes back; gives what was left out, and what cannot do without its link.
/// Computed links are settled anyway.
fn drop_lost_links(draft: &mut Draft<'_>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut restored: Vec<(RecordId, Vec<FieldId>)> = Vec::new();
    for change in draft.changes() {
        match change {
            Change::Created { record, .. } => {
                restored.push((record.id, record.values.iter().map(|(field, _)| field).collect()));
            }
            Change::Updated { record, fields, .. } => {
                restored.push((*record, fields.iter().map(|change| change.field).collect()));
            }
            Change::Removed { .. } | Change::Defined { .. } | Change::Remembered { .. } => {}
        }
    }
    let language = super::written_language(draft);
    let (mut left_out, mut refused) = (Vec::new(), Vec::new());
    for (id, fields) in restored {
        for field in fields {
            let Some(record) = draft.record(id) else { break };
            let is_gone = |link: RecordId| draft.record(link).is_none();
            let value = record.value(field);
            if !value.links().iter().any(|link| is_gone(*link)) {
                continue;
            }
            let Some(definition) = draft.entity(record.entity).and_then(|entity| entity.field(field)) else { continue };
            let left = value.without_links(is_gone);
            let is_owned = definition.link().is_some_and(|target| target.owned);
            if definition.is_computed() {
                continue;
            }
            if is_owned || definition.required && left.is_empty() {
                let needs = Diagnostic::of_field(Code::NeedsRemoved, field).at_record(id);
                refused.push(needs.with("title", title(draft, id)));
                continue;
            }
            let dropped = Diagnostic::of_field(Code::LinkDropped, field).at_record(id).with("title", title(draft, id));
            left_out.push(dropped.with("field", definition.label.text(language)));
            let at = record.updated;
            draft.update(id, [(field, left)], at, None);
        }
    }
    (left_out, refused)
}

/// Links that would be left pointing at nothing, made since by commits that are not undone.
fn dangling(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let removed = draft.changes().iter().filter_map(|change| match change {
        Change::Removed { record } if draft.record(record.id).is_none() => Some(record.id),
        _ => None,
    });
    let base = draft.base();
    removed
        .flat_map(|id| base.all_incoming(id).into_iter().map(move |link| (id, link)))
        .filter(|(id, link)| draft.record(link.from).is_some_and(|from| from.value(link.via).links().contains(id)))
        .map(|(_, link)| changed_since(draft, link.from))
        .collect()
}
