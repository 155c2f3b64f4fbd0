//! How a record stood at an earlier time: its commits turned round one by one, from now backwards.

use std::sync::Arc;

use crate::model::change::{Change, Commit};
use crate::model::entity::Entity;
use crate::model::id::{CommitId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::time::Instant;

/// The commit after which a record stood as it did at an instant, of the commits that touch it, the newest first; none where it
/// had not come to be.
pub fn last_before(commits: &[Arc<Commit>], at: Instant) -> Option<CommitId> {
    commits.iter().find(|commit| commit.made() <= at).map(|commit| commit.id)
}

/// How a record stood right after a commit, given how it stands now and all commits that touch it, the newest first. Nothing where
/// it was not there then, or where the commit is none of them.
pub fn as_of(id: RecordId, now: Option<&Record>, commits: &[Arc<Commit>], after: CommitId) -> Option<Record> {
    let later = commits.iter().position(|commit| commit.id == after)?;
    let mut standing = now.cloned();
    for change in commits[..later].iter().flat_map(|commit| commit.changes.iter().rev()) {
        if change.record().is_none_or(|(record, _)| record != id) {
            continue;
        }
        match change {
            Change::Created { .. } => standing = None,
            Change::Removed { record } => standing = Some((**record).clone()),
            Change::Updated { fields, before, .. } => {
                if let Some(record) = &mut standing {
                    record.updated = *before;
                    fields.iter().for_each(|change| drop(record.values.set(change.field, change.before.clone())));
                }
            }
            Change::Defined { .. } | Change::Remembered { .. } => {}
        }
    }
    standing
}

/// The fields in which two versions of a record differ, in the order of the entity.
pub fn differing(entity: &Entity, one: &Record, other: &Record) -> Vec<FieldId> {
    let differs = |field: &FieldId| one.value(*field) != other.value(*field);
    entity.fields.iter().map(|field| field.id).filter(differs).collect()
}
