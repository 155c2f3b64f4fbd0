//! Merging: the commits of another device become one commit here. Field by field the later one wins, and clashes are listed.
//!
//! Both devices come to the same records and definitions, whichever merges first, and merging twice is merging once.

mod definition;
mod fact;
mod record;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{Blueprint, Context, Outcome};
use crate::engine::compute::{self, Moment};
use crate::model::change::{Cause, Change, Commit, Origin, Rank, Signature, Stamp, squash};
use crate::model::definition::Definition;
use crate::model::diagnostic::Rejection;
use crate::model::draft::Draft;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{CellId, CommitId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::time::Instant;
use crate::model::value::Value;
use fact::{Facts, Mark};

/// What merging comes to.
pub struct Merge {
    /// The changes that make this state the merge of both.
    pub outcome: Outcome,
    /// How the commit of these changes is explained, with what a later merge needs to know.
    pub cause: Cause,
    /// What both sides have changed.
    pub clashes: Vec<Clash>,
}

/// Something that both sides have changed, so that one of them had to give way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clash {
    /// Why one had to give way.
    pub reason: Reason,
    /// The record; none for a definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// Its field; none if it is about the whole of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// The definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<DefinitionId>,
    /// What was kept.
    pub kept: Content,
    /// What gave way.
    pub other: Content,
    /// Whose was kept.
    pub winner: Side,
    /// The stamp that won.
    pub won: Stamp,
    /// The stamp that gave way.
    pub lost: Stamp,
}

/// Why one of two had to give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Both have changed it; the later one was kept.
    BothChanged,
    /// One has removed the record that the other one has changed; it stays removed.
    Removed,
    /// It pointed at a record, or belonged to one, that the other one has removed.
    LinkLost,
    /// Nothing defines the field any more.
    FieldGone,
    /// Two records have the same value where each should have its own; both are kept.
    NotUnique,
}

/// One of the two sides of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// This device.
    Ours,
    /// The other one.
    Theirs,
}

/// What clashed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// It is gone.
    Nothing,
    /// What a field holds.
    Value(Value),
    /// A record.
    Record(RecordId),
    /// A definition.
    Definition(Box<Definition>),
}

/// Decides how commits of another device are merged into this state, of which `ours` are all the commits in the order of the log.
///
/// `made` says when the other device wrote them out. Refused if the definitions of both do not fit together.
pub fn merge<'a>(
    state: &State,
    blueprint: &Blueprint,
    ours: impl Iterator<Item = &'a Commit>,
    theirs: &[Commit],
    made: Instant,
    context: &Context,
) -> Result<Merge, Rejection> {
    let mut work = Work::new(state, Facts::read(ours), Facts::read(theirs.iter()));
    work.merge_definitions();
    work.merge_records();
    work.keep_held_fields();
    work.find_duplicates();
    let fresh: Vec<&Commit> = theirs.iter().filter(|commit| !work.ours.known.contains(&commit.id)).collect();
    for commit in &fresh {
        work.origin(Mark { rank: Rank::Change, at: commit.at, commit: commit.id });
    }
    let origins: Vec<Origin> = std::mem::take(&mut work.origins).into_values().collect();
    let cause = Cause::Merge { made, commits: fresh.len(), origins };
    let clashes = std::mem::take(&mut work.clashes);
    let changes = work.conclude(blueprint, context)?;
    Ok(Merge { outcome: Outcome { changes, ..Outcome::default() }, cause, clashes })
}

/// The latest stamp among commits, which later commits of this device have to follow.
pub fn latest(commits: &[Commit]) -> Stamp {
    commits.iter().map(|commit| commit.at).max().unwrap_or_default()
}

/// A workspace that comes without its history, as one commit of the moment at which it was written out.
pub fn founding(state: &State, made: Instant) -> Commit {
    let defined = state.definitions().map(|(id, definition)| Change::Defined {
        id,
        before: None,
        after: Some(definition.clone()),
    });
    let mut records: Vec<&Arc<Record>> = state.records().collect();
    records.sort_unstable_by_key(|record| record.id);
    let created = records.into_iter().map(|record| Change::Created { record: record.clone(), by: None });
    let remembered =
        state.cells().map(|(cell, value)| Change::Remembered { cell, before: Value::Empty, after: value.clone() });
    let id = CommitId(RecordId::named(&format!("snapshot/{made}")).0);
    let by = Signature { at: Stamp { time: made, ..Stamp::default() }, ..Signature::default() };
    Commit::signed(id, by, Cause::Snapshot { made }, defined.chain(created).chain(remembered).collect())
}

/// A merge being decided.
struct Work<'a> {
    state: &'a State,
    ours: Facts,
    theirs: Facts,
    /// Definitions that will be others than they are.
    definitions: BTreeMap<DefinitionId, Option<Definition>>,
    /// Records that will be others than they are; none for those that go.
    records: BTreeMap<RecordId, Option<Record>>,
    dead: FxHashSet<RecordId>,
    origins: BTreeMap<(CommitId, Rank), Origin>,
    clashes: Vec<Clash>,
}

impl<'a> Work<'a> {
    fn new(state: &'a State, ours: Facts, theirs: Facts) -> Self {
        Work {
            state,
            ours,
            theirs,
            definitions: BTreeMap::new(),
            records: BTreeMap::new(),
            dead: FxHashSet::default(),
            origins: BTreeMap::new(),
            clashes: Vec::new(),
        }
    }

    /// Where to note what is taken over from a commit.
    fn origin(&mut self, mark: Mark) -> &mut Origin {
        let origin = self.origins.entry((mark.commit, mark.rank)).or_default();
        (origin.id, origin.at, origin.rank) = (mark.commit, mark.at, mark.rank);
        origin
    }

    /// Whether each side has something that the other one has not heard of, neither being just as it began.
    fn is_clash(&self, ours: Mark, theirs: Mark) -> bool {
        ours.rank == theirs.rank
            && !self.ours.known.contains(&theirs.commit)
            && !self.theirs.known.contains(&ours.commit)
    }

    /// A record as it will be.
    fn record(&self, id: RecordId) -> Option<&Record> {
        match self.records.get(&id) {
            Some(record) => record.as_ref(),
            None => self.state.record(id),
        }
    }

    fn is_computed(&self, entity: EntityId, field: FieldId) -> bool {
        self.versions(entity).find_map(|it| it.field(field).map(Field::is_computed)).unwrap_or(false)
    }

    /// Both sides may have given the same number or name to different records: people have to sort that out.
    fn find_duplicates(&mut self) {
        let mut taken: FxHashMap<(EntityId, FieldId, Value), RecordId> = FxHashMap::default();
        let mut found = Vec::new();
        let mut entities: FxHashMap<EntityId, Vec<FieldId>> = FxHashMap::default();
        for (id, record) in &self.records {
            let Some(record) = record else { continue };
            let fields = entities.entry(record.entity).or_insert_with(|| {
                let entity = self.entity(record.entity);
                let fields = entity.iter().flat_map(|entity| &entity.fields);
                fields
                    .filter(|it| it.unique || matches!(it.kind, FieldKind::AutoNumber { .. }))
                    .map(|it| it.id)
                    .collect()
            });
            for field in fields.iter() {
                let value = record.value(*field);
                if value.is_empty() {
                    continue;
                }
                let key = crate::model::state::unique_key(value);
                let standing = self.state.holders(record.entity, *field, value);
                let standing = standing.into_iter().find(|it| it != id && !self.records.contains_key(it));
                let Some(holder) = standing.or(taken.insert((record.entity, *field, key), *id)) else {
                    continue;
                };
                let mut clash = Clash::lost(Reason::NotUnique, Side::Ours, *id, Some(*field), Content::Record(holder));
                clash.kept = Content::Value(value.clone());
                found.push(clash);
            }
        }
        self.clashes.extend(found);
    }

    /// The changes, with computed fields settled afresh.
    fn conclude(self, blueprint: &Blueprint, context: &Context) -> Result<Vec<Change>, Rejection> {
        let mut draft = Draft::new(self.state);
        for (id, after) in &self.definitions {
            let before = self.state.definition(*id).cloned();
            if before != *after {
                draft.push(Change::Defined { id: *id, before, after: after.clone() });
            }
        }
        let compiled = match draft.changes().is_empty() {
            true => None,
            false => Some(Blueprint::compile(&draft)?),
        };
        for (id, record) in &self.records {
            match (self.state.shared_record(*id), record) {
                (None, Some(record)) => {
                    draft.push(Change::Created { record: Arc::new(record.clone()), by: None });
                }
                (Some(current), Some(next)) => {
                    let emptied = current.values.iter().map(|(field, _)| field);
                    let fields: FxHashSet<FieldId> = emptied.chain(next.values.iter().map(|(it, _)| it)).collect();
                    let mut values: Vec<(FieldId, Value)> =
                        fields.into_iter().map(|field| (field, next.value(field).clone())).collect();
                    values.sort_unstable_by_key(|(field, _)| *field);
                    draft.update(*id, values, next.updated, None);
                }
                (Some(_), None) | (None, None) => {}
            }
        }
        for (id, record) in &self.records {
            if let (Some(current), None) = (self.state.shared_record(*id), record) {
                draft.push(Change::Removed { record: current.clone() });
            }
        }
        self.merge_cells(&mut draft);
        let clock = context.clock(&draft);
        // Nobody changes anything now: what was last changed when is told by both sides.
        let moment = Moment { clock: &clock, language: super::written_language(&draft), at: None };
        let plan = &compiled.as_ref().unwrap_or(blueprint).plan;
        compute::settle_redefined(plan, &mut draft, moment);
        let mut changes = squash(draft.into_changes());
        self.date(&mut changes);
        if !plan.reads_dates() {
            return Ok(changes);
        }
        let mut dated = Draft::new(self.state);
        changes.into_iter().for_each(|change| dated.push(change));
        compute::settle(plan, &mut dated, 0, moment);
        Ok(squash(dated.into_changes()))
    }

    fn merge_cells(&self, draft: &mut Draft<'_>) {
        let mut cells: Vec<(&CellId, &(Mark, Value))> = self.theirs.cells.iter().collect();
        cells.sort_unstable_by_key(|(cell, _)| **cell);
        for (cell, (mark, value)) in cells {
            let is_later = self.ours.cells.get(cell).is_none_or(|(ours, _)| mark > ours);
            let wins = match (self.state.cell(*cell), value) {
                // Numbers count something: the greater one has counted further.
                (Value::Number(ours), Value::Number(theirs)) => theirs > ours,
                _ => is_later,
            };
            if wins {
                draft.remember(*cell, value.clone());
            }
        }
    }

    /// A record was last changed when somebody last changed it on either side, not when they were merged.
    fn date(&self, changes: &mut [Change]) {
        let theirs = |id: &RecordId| self.theirs.lives.get(id).map_or(Instant(i64::MIN), |life| life.updated);
        for change in changes {
            match change {
                Change::Created { record, .. } => {
                    let ours = self.ours.lives.get(&record.id).map_or(Instant(i64::MIN), |life| life.updated);
                    let updated = theirs(&record.id).max(ours);
                    if record.updated != updated {
                        Arc::make_mut(record).updated = updated;
                    }
                }
                Change::Updated { record, before, after, .. } => *after = theirs(record).max(*before),
                Change::Removed { .. } | Change::Defined { .. } | Change::Remembered { .. } => {}
            }
        }
    }
}

impl Clash {
    fn of_definition(id: DefinitionId, ours: (Content, Mark), theirs: (Content, Mark)) -> Clash {
        Clash { definition: Some(id), ..Clash::between(ours, theirs) }
    }

    fn of_field(record: RecordId, field: FieldId, ours: (&Value, Mark), theirs: (&Value, Mark)) -> Clash {
        let value = |value: &Value| Content::Value(value.clone());
        let clash = Clash::between((value(ours.0), ours.1), (value(theirs.0), theirs.1));
        Clash { record: Some(record), field: Some(field), ..clash }
    }

    fn between(ours: (Content, Mark), theirs: (Content, Mark)) -> Clash {
        let (winner, kept, other) =
            if theirs.1 > ours.1 { (Side::Theirs, theirs, ours) } else { (Side::Ours, ours, theirs) };
        Clash {
            reason: Reason::BothChanged,
            record: None,
            field: None,
            definition: None,
            kept: kept.0,
            other: other.0,
            winner,
            won: kept.1.at,
            lost: other.1.at,
        }
    }

    /// Something that had to go without there being anything in its place.
    fn lost(reason: Reason, winner: Side, record: RecordId, field: Option<FieldId>, other: Content) -> Clash {
        Clash {
            reason,
            record: Some(record),
            field,
            definition: None,
            kept: Content::Nothing,
            other,
            winner,
            won: Stamp::default(),
            lost: Stamp::default(),
        }
    }
}
