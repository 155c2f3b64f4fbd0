//! What a log comes to: for each field of each record the value that stands, and since when, as the hybrid clock counts.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::change::{Cause, Change, Commit, Rank, Stamp};
use crate::model::definition::Definition;
use crate::model::id::{CellId, CommitId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::time::Instant;
use crate::model::value::Value;

/// Since when something stands; the later one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mark {
    pub rank: Rank,
    pub at: Stamp,
    pub commit: CommitId,
}

/// Everything that a log says.
#[derive(Default)]
pub struct Facts {
    pub lives: FxHashMap<RecordId, Life>,
    pub definitions: FxHashMap<DefinitionId, (Mark, Option<Definition>)>,
    pub cells: FxHashMap<CellId, (Mark, Value)>,
    /// The commits that it holds or has taken in.
    pub known: FxHashSet<CommitId>,
    pub latest: Stamp,
}

/// What a log says of a record.
pub struct Life {
    pub entity: EntityId,
    pub created: Instant,
    pub updated: Instant,
    /// Since when it is there or gone.
    pub mark: Mark,
    pub is_alive: bool,
    /// What was ever filled in.
    pub fields: Vec<(FieldId, Mark, Value)>,
}

impl Facts {
    /// What these commits say, given in the order of their log.
    pub fn read<'a>(commits: impl Iterator<Item = &'a Commit>) -> Facts {
        let mut facts = Facts::default();
        for commit in commits {
            let origins = Origins::of(commit);
            facts.known.insert(commit.id);
            facts.known.extend(&origins.commits);
            facts.latest = facts.latest.max(commit.at);
            for change in &commit.changes {
                facts.note(change, commit, &origins);
            }
        }
        facts
    }

    fn note(&mut self, change: &Change, commit: &Commit, origins: &Origins) {
        let own = Mark { rank: Rank::Change, at: commit.at, commit: commit.id };
        match change {
            Change::Created { record, .. } => {
                let taken = origins.records.get(&record.id).copied();
                if let Some(life) = self.lives.get_mut(&record.id) {
                    life.begin_again(record, taken.unwrap_or(own));
                    return;
                }
                // A snapshot without a log says how things stood when it was made, not how they began.
                let rank = if is_snapshot(commit) { Rank::Change } else { Rank::Birth };
                let mark = taken.unwrap_or(Mark { rank, ..own });
                let fields = record.values.iter().map(|(field, value)| {
                    (field, origins.fields.get(&(record.id, field)).copied().unwrap_or(mark), value.clone())
                });
                let fields = fields.collect();
                let Record { id, entity, created, updated, .. } = **record;
                self.lives.insert(id, Life { entity, created, updated, mark, is_alive: true, fields });
            }
            Change::Updated { record, entity, fields, before, after, .. } => {
                let life = self.lives.entry(*record).or_insert_with(|| Life::unknown(*entity, *before));
                life.updated = *after;
                for change in fields {
                    let mark = origins.fields.get(&(*record, change.field)).copied().unwrap_or(own);
                    life.set(change.field, mark, change.after.clone());
                }
            }
            Change::Removed { record } => {
                let life = self.lives.entry(record.id).or_insert_with(|| Life::unknown(record.entity, record.created));
                life.is_alive = false;
                life.mark = life.mark.followed_by(origins.records.get(&record.id).copied().unwrap_or(own));
            }
            Change::Defined { id, before, after } => {
                let former = self.definitions.get(id).map(|(mark, _)| *mark);
                let rank = if former.is_none() && before.is_none() { Rank::Birth } else { Rank::Change };
                let mark = origins.definitions.get(id).copied().unwrap_or(Mark { rank, ..own });
                let mark = former.map_or(mark, |former| former.followed_by(mark));
                self.definitions.insert(*id, (mark, after.clone()));
            }
            Change::Remembered { cell, after, .. } => {
                let former = self.cells.get(cell).map(|(mark, _)| *mark).unwrap_or_default();
                self.cells.insert(*cell, (former.followed_by(own), after.clone()));
            }
        }
    }
}

impl Life {
    /// The part of a record whose beginning the log does not tell.
    fn unknown(entity: EntityId, at: Instant) -> Life {
        Life { entity, created: at, updated: at, mark: Mark::default(), is_alive: true, fields: Vec::new() }
    }

    /// What was ever filled in in a field.
    pub fn field(&self, field: FieldId) -> Option<(Mark, &Value)> {
        self.fields.iter().find(|(known, ..)| *known == field).map(|(_, mark, value)| (*mark, value))
    }

    fn set(&mut self, field: FieldId, mark: Mark, value: Value) {
        match self.fields.iter_mut().find(|(known, ..)| *known == field) {
            Some((_, former, held)) => {
                *former = former.followed_by(mark);
                *held = value;
            }
            None => self.fields.push((field, mark, value)),
        }
    }

    /// A removed record came back; what it holds as before is as old as before.
    fn begin_again(&mut self, record: &Record, mark: Mark) {
        self.is_alive = true;
        self.updated = record.updated;
        self.mark = self.mark.followed_by(Mark { rank: Rank::Change, ..mark });
        let known = self.fields.iter().map(|(field, ..)| *field);
        let fields: Vec<FieldId> = known.chain(record.values.iter().map(|(field, _)| field)).collect();
        for field in fields {
            let value = record.value(field);
            if self.field(field).is_none_or(|(_, held)| held != value) {
                self.set(field, Mark { rank: Rank::Change, ..mark }, value.clone());
            }
        }
    }
}

impl Mark {
    /// The mark of what stands behind this in the same log, even if that device's clock was late.
    fn followed_by(self, next: Mark) -> Mark {
        Mark { rank: self.rank.max(next.rank), at: self.at.max(next.at), commit: next.commit }
    }
}

/// The marks that things had before a merge took them over.
#[derive(Default)]
struct Origins {
    commits: Vec<CommitId>,
    records: FxHashMap<RecordId, Mark>,
    fields: FxHashMap<(RecordId, FieldId), Mark>,
    definitions: FxHashMap<DefinitionId, Mark>,
}

impl Origins {
    fn of(commit: &Commit) -> Origins {
        let mut origins = Origins::default();
        let Cause::Merge { origins: listed, .. } = &commit.cause else {
            return origins;
        };
        for origin in listed {
            let mark = Mark { rank: origin.rank, at: origin.at, commit: origin.id };
            origins.commits.push(origin.id);
            origins.records.extend(origin.records.iter().map(|record| (*record, mark)));
            origins.fields.extend(origin.fields.iter().map(|field| (*field, mark)));
            origins.definitions.extend(origin.definitions.iter().map(|definition| (*definition, mark)));
        }
        origins
    }
}

fn is_snapshot(commit: &Commit) -> bool {
    matches!(&commit.cause, Cause::Snapshot { .. })
}
