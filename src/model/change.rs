//! Changes and commits: what happened, before and after, and who did it why. Apply, invert and squash are the whole of undo.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::definition::Definition;
use crate::model::id::{BatchId, CellId, CommitId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::time::Instant;
use crate::model::value::Value;

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// A record came to be.
    Created {
        /// The record as it was made.
        record: Arc<Record>,
        /// The definition that made it, if no person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<DefinitionId>,
    },
    /// Values of a record changed.
    Updated {
        /// The record.
        record: RecordId,
        /// Its entity.
        entity: EntityId,
        /// The fields that changed.
        fields: Vec<FieldChange>,
        /// When it had last changed before.
        before: Instant,
        /// When it changed.
        after: Instant,
        /// The definition that changed it, if no person did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<DefinitionId>,
    },
    /// A record went.
    Removed {
        /// The record as it was.
        record: Arc<Record>,
    },
    /// A definition came, changed or went.
    Defined {
        /// Which one.
        id: DefinitionId,
        /// As it was; absent if it was not there.
        before: Option<Definition>,
        /// As it is; absent if it went.
        after: Option<Definition>,
    },
    /// Automation remembered something.
    Remembered {
        /// Where.
        cell: CellId,
        /// What stood there.
        before: Value,
        /// What stands there.
        after: Value,
    },
}

/// One field of a record, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    /// The field.
    pub field: FieldId,
    /// What it held.
    #[serde(default, skip_serializing_if = "Value::is_empty")]
    pub before: Value,
    /// What it holds.
    #[serde(default, skip_serializing_if = "Value::is_empty")]
    pub after: Value,
}

impl Change {
    /// The change that takes this one back.
    pub fn invert(&self) -> Change {
        match self {
            Change::Created { record, .. } => Change::Removed { record: record.clone() },
            Change::Removed { record } => Change::Created { record: record.clone(), by: None },
            Change::Updated { record, entity, fields, before, after, .. } => Change::Updated {
                record: *record,
                entity: *entity,
                fields: fields
                    .iter()
                    .map(|change| FieldChange {
                        field: change.field,
                        before: change.after.clone(),
                        after: change.before.clone(),
                    })
                    .collect(),
                before: *after,
                after: *before,
                by: None,
            },
            Change::Defined { id, before, after } => {
                Change::Defined { id: *id, before: after.clone(), after: before.clone() }
            }
            Change::Remembered { cell, before, after } => {
                Change::Remembered { cell: *cell, before: after.clone(), after: before.clone() }
            }
        }
    }

    /// The record that it touches, with its entity.
    pub fn record(&self) -> Option<(RecordId, EntityId)> {
        match self {
            Change::Created { record, .. } | Change::Removed { record } => Some((record.id, record.entity)),
            Change::Updated { record, entity, .. } => Some((*record, *entity)),
            Change::Defined { .. } | Change::Remembered { .. } => None,
        }
    }
}

/// The changes that take these back, in the order in which they have to be applied.
pub fn invert(changes: &[Change]) -> Vec<Change> {
    changes.iter().rev().map(Change::invert).collect()
}

/// Folds changes of the same record by the same author into one, so that a commit says each thing once.
///
/// What a computed field did to a record that was created in the same breath becomes part of its creation.
pub fn squash(changes: Vec<Change>) -> Vec<Change> {
    let mut kept: Vec<Change> = Vec::with_capacity(changes.len());
    let mut last: rustc_hash::FxHashMap<RecordId, usize> = rustc_hash::FxHashMap::default();
    for change in changes {
        if let Change::Updated { record, fields, after, by, .. } = &change
            && let Some(at) = last.get(record)
            && merge(&mut kept[*at], fields, *after, *by)
        {
            continue;
        }
        if let Some((record, _)) = change.record() {
            last.insert(record, kept.len());
        }
        kept.push(change);
    }
    // What came to nothing goes, and the time before it becomes the time before what follows.
    let mut earlier: rustc_hash::FxHashMap<RecordId, Instant> = rustc_hash::FxHashMap::default();
    kept.retain_mut(|change| {
        let Change::Updated { record, fields, before, .. } = change else {
            if let Change::Removed { record } = change
                && let Some(first) = earlier.remove(&record.id)
            {
                Arc::make_mut(record).updated = first;
            }
            return true;
        };
        if fields.is_empty() {
            earlier.entry(*record).or_insert(*before);
            return false;
        }
        if let Some(first) = earlier.remove(record) {
            *before = first;
        }
        true
    });
    kept
}

fn merge(into: &mut Change, fields: &[FieldChange], at: Instant, author: Option<DefinitionId>) -> bool {
    match into {
        Change::Created { record, .. } if author.is_none() => {
            let record = Arc::make_mut(record);
            record.updated = at;
            for change in fields {
                record.values.set(change.field, change.after.clone());
            }
            true
        }
        Change::Updated { fields: known, after, by, .. } if *by == author => {
            *after = at;
            for change in fields {
                match known.iter_mut().find(|former| former.field == change.field) {
                    Some(former) => former.after = change.after.clone(),
                    None => known.push(change.clone()),
                }
            }
            known.retain(|change| change.before != change.after);
            true
        }
        Change::Created { .. }
        | Change::Updated { .. }
        | Change::Removed { .. }
        | Change::Defined { .. }
        | Change::Remembered { .. } => false,
    }
}

/// One command's changes with who, when and why: one undo step, one transaction, one line of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commit {
    /// Its identity.
    pub id: CommitId,
    /// When, by the hybrid logical clock of the device.
    pub at: Stamp,
    /// Who: a record of the people entity, or nobody yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<RecordId>,
    /// The longer piece of work that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchId>,
    /// Why.
    pub cause: Cause,
    /// What.
    pub changes: Vec<Change>,
    /// SHA-256 of the commit before it in this log, as written, in hexadecimal; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub previous: String,
}

/// A reading of a hybrid logical clock (Kulkarni and others, 2014): ordered by time, then by count, then by device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The wall clock, or the last one heard of if that was later.
    pub time: Instant,
    /// Tells readings of the same millisecond apart.
    pub count: u32,
    /// The device.
    pub device: u32,
}

/// Why a commit was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A command; its JSON as it was given, without the rows of an import.
    Command(serde_json::Value),
    /// The undoing of commits.
    Undo(Vec<CommitId>),
    /// The redoing of commits.
    Redo(Vec<CommitId>),
}

impl Commit {
    /// The records that it touches, each once.
    pub fn records(&self) -> Vec<(RecordId, EntityId)> {
        let mut seen = rustc_hash::FxHashSet::default();
        self.changes.iter().filter_map(Change::record).filter(|(record, _)| seen.insert(*record)).collect()
    }
}
