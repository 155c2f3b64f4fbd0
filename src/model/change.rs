//! Changes and commits: what happened, before and after, and who did it why. Apply, invert and squash are the whole of undo.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::conversion::ChosenTarget;
use crate::model::definition::Definition;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::is_false;
use crate::model::id::{BatchId, CellId, CommitId, DefinitionId, EntityId, FieldId, OptionId, RecordId, SubmissionId};
use crate::model::record::{Record, Values};
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
    /// Where it stands among the commits of all devices, by the hybrid logical clock.
    pub at: Stamp,
    /// When, by the device's own clock, where that differs: see [`Commit::made`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall: Option<Instant>,
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
    /// What rules would have done as well, had it fitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
    /// SHA-256 of the commit before it in this log, as written, in hexadecimal; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub previous: String,
}

/// Something that a rule would have done and may not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// The rule.
    pub rule: DefinitionId,
    /// The record that it ran for.
    pub record: RecordId,
    /// The entity whose fields are spoken of: that of the record, or of one that the rule would have made.
    pub entity: EntityId,
    /// Why not.
    pub wrong: Vec<Diagnostic>,
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

/// Who makes a commit, and when.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signature {
    /// Where it will stand among the commits of all devices.
    pub at: Stamp,
    /// When, by the device's own clock, where that differs.
    pub wall: Option<Instant>,
    /// Who.
    pub actor: Option<RecordId>,
}

impl Stamp {
    /// What the clock of a device reads now, if `last` was its latest reading or the latest that it heard of.
    ///
    /// A stamp only orders: one that was heard from a device whose clock is years ahead is followed, and tells nobody the time.
    pub fn next(last: Stamp, now: Instant, device: u32) -> Stamp {
        if now > last.time {
            return Stamp { time: now, count: 0, device };
        }
        match last.count.checked_add(1) {
            Some(count) => Stamp { time: last.time, count, device },
            None => Stamp { time: last.time.plus_millis(1), count: 0, device },
        }
    }
}

/// Where records come from that nobody typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The pack that brought them.
    pub pack: String,
    /// Whether they are only there to look at.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sample: bool,
}

/// Why a commit was made. What a person or a script asked of records stands here as it was asked; of longer work only what it was
/// about, since the changes say what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Cause {
    /// A record was to be created.
    CreateRecord {
        /// Its id, if one was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<RecordId>,
        /// Its entity.
        entity: EntityId,
        /// What it was to hold.
        values: Values,
    },
    /// Values of one record were to change.
    UpdateRecord {
        /// The record.
        record: RecordId,
        /// The new values.
        values: Vec<(FieldId, Value)>,
    },
    /// Values of several records were to change alike.
    UpdateRecords {
        /// The records.
        records: Vec<RecordId>,
        /// The new values.
        values: Vec<(FieldId, Value)>,
    },
    /// A card was moved to another column of a board.
    MoveCard {
        /// The record.
        record: RecordId,
        /// The choice field that the board stands by.
        field: FieldId,
        /// The option of the column; none for the column of blanks.
        to: Option<OptionId>,
    },
    /// A record was to turn into others.
    Convert {
        /// The record.
        record: RecordId,
        /// What was chosen for each target.
        targets: Vec<ChosenTarget>,
    },
    /// Records were to go.
    RemoveRecords {
        /// The records.
        records: Vec<RecordId>,
    },
    /// A pack's records were added.
    AddRecords {
        /// How many.
        count: usize,
        /// Where they come from, if it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// A slice of an import was taken in.
    ImportRows {
        /// The entity.
        entity: EntityId,
        /// Rows that were to become records.
        created: usize,
        /// Rows that were to change records.
        updated: usize,
    },
    /// Cells of a list were filled in, each with its own value.
    EditCells {
        /// The entity.
        entity: EntityId,
        /// Records whose values were to change.
        updated: usize,
        /// Records that were to be created.
        created: usize,
    },
    /// Definitions were made or changed.
    Define {
        /// Which.
        ids: Vec<DefinitionId>,
    },
    /// Definitions were taken away.
    Undefine {
        /// Which.
        ids: Vec<DefinitionId>,
    },
    /// An answer to a form was taken in.
    Submit {
        /// The answer.
        submission: SubmissionId,
        /// The form.
        form: String,
        /// The edition that was filled in.
        edition: u32,
    },
    /// It was counted who saw a form and did not send it.
    CountTraffic {
        /// The form.
        form: String,
    },
    /// Time passed.
    Tick {
        /// The entity whose records were looked at.
        entity: EntityId,
    },
    /// The workspace was put in as a whole.
    Restore {
        /// When it was written out.
        made: Instant,
    },
    /// The workspace came without its history: this is how it stood.
    Snapshot {
        /// When it was written out.
        made: Instant,
    },
    /// What another device had done was taken in.
    Merge {
        /// When the other device wrote it out.
        made: Instant,
        /// How many of its commits were new here.
        commits: usize,
        /// What was taken over from which of them.
        origins: Vec<Origin>,
    },
    /// The undoing of commits.
    Undo(Vec<CommitId>),
    /// The redoing of commits.
    Redo(Vec<CommitId>),
}

/// What sort of doing a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseKind {
    /// Somebody worked on records.
    Edit,
    /// Many records were taken in at once.
    Intake,
    /// Somebody changed definitions.
    Design,
    /// Time passed.
    Time,
    /// The workspace was put in as a whole.
    Whole,
    /// What another device had done was taken in.
    Merge,
    /// Something was undone.
    Undo,
    /// Something was redone.
    Redo,
}

impl Cause {
    /// What sort of doing it is.
    pub fn kind(&self) -> CauseKind {
        match self {
            Cause::CreateRecord { .. }
            | Cause::UpdateRecord { .. }
            | Cause::UpdateRecords { .. }
            | Cause::MoveCard { .. }
            | Cause::Convert { .. }
            | Cause::EditCells { .. }
            | Cause::Submit { .. }
            | Cause::RemoveRecords { .. } => CauseKind::Edit,
            Cause::AddRecords { .. } | Cause::ImportRows { .. } => CauseKind::Intake,
            Cause::Define { .. } | Cause::Undefine { .. } => CauseKind::Design,
            Cause::Tick { .. } | Cause::CountTraffic { .. } => CauseKind::Time,
            Cause::Restore { .. } | Cause::Snapshot { .. } => CauseKind::Whole,
            Cause::Merge { .. } => CauseKind::Merge,
            Cause::Undo(_) => CauseKind::Undo,
            Cause::Redo(_) => CauseKind::Redo,
        }
    }

    /// Whether it is a piece of work that can be undone by itself: the passing of time is nobody's doing, a workspace that was put in
    /// as a whole is not taken back, and what is an undoing is turned round with what it undid.
    pub fn is_undoable(&self) -> bool {
        match self.kind() {
            CauseKind::Edit | CauseKind::Intake | CauseKind::Design | CauseKind::Merge => true,
            CauseKind::Time | CauseKind::Whole | CauseKind::Undo | CauseKind::Redo => false,
        }
    }
}

/// What a merge took over from one commit, kept so that a later merge still knows who was later.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Origin {
    /// The commit.
    pub id: CommitId,
    /// Its stamp.
    pub at: Stamp,
    /// Whether what it wrote came to be with it.
    pub rank: Rank,
    /// Records whose being there or gone was taken over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordId>,
    /// Fields whose values were taken over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(RecordId, FieldId)>,
    /// Definitions that were taken over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<DefinitionId>,
}

/// Whether something still is as it came to be.
///
/// Two devices that install the same pack make the same records: what either of them has changed since then goes before
/// what the other one's installation wrote, whenever that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// It came with the record or definition.
    #[default]
    Birth,
    /// It was put there since.
    Change,
}

impl Commit {
    /// A commit that stands behind nothing yet.
    pub fn signed(id: CommitId, by: Signature, cause: Cause, changes: Vec<Change>) -> Commit {
        let Signature { at, wall, actor } = by;
        let (withheld, previous) = (Vec::new(), String::new());
        Commit { id, at, wall, actor, batch: None, cause, changes, withheld, previous }
    }

    /// When it was made, as people read it.
    pub fn made(&self) -> Instant {
        self.wall.unwrap_or(self.at.time)
    }

    /// The records that it touches, each once.
    pub fn records(&self) -> Vec<(RecordId, EntityId)> {
        let mut seen = rustc_hash::FxHashSet::default();
        self.changes.iter().filter_map(Change::record).filter(|(record, _)| seen.insert(*record)).collect()
    }
}
