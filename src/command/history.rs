//! Undo and redo: the changes of commits turned round, checked against what has happened since.

use std::sync::Arc;

use super::{Blueprint, Context, Outcome};
use crate::engine::compute::{self, Moment};
use crate::model::change::{Change, Commit, invert, squash};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::id::RecordId;
use crate::model::state::{Reader, State};

/// Decides the undoing of commits, given from the oldest to the newest. The redoing is the undoing of the undoing.
///
/// Refused if a record or definition has been changed by others since, so that nobody's work is overwritten.
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
                && draft.cell(*cell) != before
            {
                continue;
            }
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
        clashes.truncate(20);
        return Err(clashes.into());
    }
    let clock = context.clock(state);
    let moment = Moment { clock: &clock, language: super::written_language(state), at: context.stamp.time };
    let defines = draft.changes().iter().any(|change| matches!(change, Change::Defined { .. }));
    if !defines {
        compute::settle(&blueprint.plan, &mut draft, 0, moment);
    } else if let Err(wrong) = Blueprint::compile(&draft) {
        return Err(wrong.into());
    }
    let subject = draft.changes().iter().rev().find_map(Change::record).map(|(record, _)| record);
    Ok(Outcome { changes: squash(draft.into_changes()), subject, ..Outcome::default() })
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
    let title = reader.record(id).and_then(|record| {
        let entity = reader.entity(record.entity)?;
        record.value(entity.title).as_text().map(str::to_owned)
    });
    Diagnostic::new(Code::Clash).at_record(id).with("title", title.unwrap_or_else(|| id.to_string()))
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
