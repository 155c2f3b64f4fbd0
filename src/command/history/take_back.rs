//! Taking commits back long after they were made: whatever has happened since stays, and where both touch the same thing the
//! person decides which of them goes.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{conclude, drop_lost_links, is_computed};
use crate::command::{Blueprint, Context, Outcome};
use crate::engine::compute::{Moment, settle_all};
use crate::engine::form;
use crate::model::change::{Change, Commit, FieldChange, squash};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::form::Form;
use crate::model::id::{DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::time::Instant;
use crate::model::value::Value;

/// What becomes of things that have changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Clashing {
    /// They stay as they are.
    #[default]
    Leave,
    /// They are taken back as well, as far as they can be.
    TakeBack,
}

/// What taking commits back would do, for a person to look at first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// What would change if everything that clashes were left as it is; what follows by computing is not in it.
    pub changes: Vec<Change>,
    /// What has changed since.
    pub clashes: Vec<Clash>,
}

/// Something that has changed since the commits were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The record that the commits touched; none for a definition.
    pub record: Option<RecordId>,
    /// Its entity.
    pub entity: Option<EntityId>,
    /// How things stand.
    pub standing: Standing,
}

/// How things stand with something that has changed since.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// The field holds something else now.
    Changed {
        /// The field.
        field: FieldId,
        /// What it holds now.
        now: Value,
        /// What taking back would put there.
        back: Value,
    },
    /// The record that the commits made was changed in these fields.
    Grown {
        /// The fields.
        fields: Vec<FieldId>,
    },
    /// Another record points at the one that the commits made.
    Linked {
        /// The other record.
        from: RecordId,
        /// Its entity.
        of: EntityId,
        /// Its field.
        via: FieldId,
    },
    /// Another record cannot do without the one that the commits made.
    Needed {
        /// The other record.
        from: RecordId,
        /// Its entity.
        of: EntityId,
    },
    /// The record is gone.
    Gone,
    /// The record cannot come back, or not this field, since what it needs is gone.
    Needs,
    /// Another record holds the value that may be there only once.
    Taken {
        /// The field.
        field: FieldId,
        /// The value.
        value: Value,
        /// The other record.
        by: RecordId,
    },
    /// The field, or the entity where there is none, is not defined any more, or holds other values.
    Undefined {
        /// The field.
        field: Option<FieldId>,
    },
    /// The definition was changed.
    Redefined(DefinitionId),
}

impl Clash {
    /// Whether it goes as well if the person wants so.
    pub fn can_be_taken_back(&self) -> bool {
        match self.standing {
            Standing::Changed { .. } | Standing::Grown { .. } | Standing::Linked { .. } | Standing::Redefined(_) => {
                true
            }
            Standing::Needed { .. }
            | Standing::Gone
            | Standing::Needs
            | Standing::Taken { .. }
            | Standing::Undefined { .. } => false,
        }
    }
}

/// What taking commits back would do, given from the oldest to the newest.
pub fn review(state: &State, commits: &[Arc<Commit>], at: Instant) -> Review {
    let weighed = weigh(state, commits, Clashing::Leave, at);
    Review { changes: squash(weighed.draft.into_changes()), clashes: weighed.clashes }
}

/// Decides the taking back of commits, given from the oldest to the newest. Where nothing has changed since, it is their undoing.
///
/// Refused if nothing is left to take back, or if the definitions would not fit together any more.
pub fn take_back(
    state: &State,
    blueprint: &Blueprint,
    commits: &[Arc<Commit>],
    clashing: Clashing,
    context: &Context,
) -> Result<Outcome, Rejection> {
    let Weighed { mut draft, left_out, clashes } = weigh(state, commits, clashing, context.now);
    if draft.changes().is_empty() {
        return Err(Diagnostic::new(Code::NothingToUndo).into());
    }
    if !clashes.is_empty() {
        // Figures went back although some of what they are made from stayed.
        let clock = context.clock(state);
        let language = crate::command::written_language(state);
        settle_all(&blueprint.plan, &mut draft, Moment { clock: &clock, language, at: Some(context.now) });
    }
    let outcome = conclude(draft, blueprint, context, left_out)?;
    // Figures that went back may have been all there was, and have been counted to what they are.
    if outcome.changes.is_empty() { Err(Diagnostic::new(Code::NothingToUndo).into()) } else { Ok(outcome) }
}

struct Weighed<'a> {
    draft: Draft<'a>,
    clashes: Vec<Clash>,
    left_out: Vec<Diagnostic>,
}

fn weigh<'a>(state: &'a State, commits: &[Arc<Commit>], clashing: Clashing, at: Instant) -> Weighed<'a> {
    // What cannot come back for want of something else is only known at the end; then it is all done again without it.
    let mut barred: FxHashSet<(RecordId, Option<FieldId>)> = FxHashSet::default();
    loop {
        let mut work = Work::new(state, commits, clashing, at);
        work.barred.clone_from(&barred);
        work.turn_round(commits);
        work.remove_made();
        work.forget(commits);
        let (left_out, needs) = drop_lost_links(&mut work.draft);
        let known = barred.len();
        for need in needs {
            let Some(record) = need.at.record else { continue };
            let field = need.at.field.filter(|_| state.record(record).is_some());
            barred.insert((record, field));
        }
        // What is still missing although it is barred already would be so for ever.
        if barred.len() == known {
            let entities = entities_of(commits);
            let mut records: Vec<RecordId> = barred.iter().map(|(record, _)| *record).collect();
            records.sort_unstable();
            work.clashes.extend(records.into_iter().map(|record| Clash {
                record: Some(record),
                entity: entities.get(&record).copied(),
                standing: Standing::Needs,
            }));
            return Weighed { draft: work.draft, clashes: work.clashes, left_out };
        }
    }
}

/// The entities of the records that commits touch.
fn entities_of(commits: &[Arc<Commit>]) -> FxHashMap<RecordId, EntityId> {
    commits.iter().flat_map(|commit| &commit.changes).filter_map(Change::record).collect()
}

/// Why a field was left as it is.
#[derive(Clone, Copy)]
enum Left {
    /// It clashes; the place of the clash.
    Clashing(usize),
    /// Nothing can be put there.
    Blocked,
    /// Somebody has put there what taking back would.
    Met,
}

struct Work<'a> {
    draft: Draft<'a>,
    clashing: Clashing,
    at: Instant,
    clashes: Vec<Clash>,
    /// The records that the commits have made, as they left them, with the order in which they did.
    made: FxHashMap<RecordId, (usize, Record)>,
    /// Records that came and went within the commits.
    fleeting: FxHashSet<RecordId>,
    /// Fields that a newer commit has left as they are.
    left: FxHashMap<(RecordId, FieldId), Left>,
    /// What cannot come back.
    barred: FxHashSet<(RecordId, Option<FieldId>)>,
    /// Records that are gone, each named once.
    gone: FxHashSet<RecordId>,
}

impl<'a> Work<'a> {
    fn new(state: &'a State, commits: &[Arc<Commit>], clashing: Clashing, at: Instant) -> Self {
        let mut work = Work {
            draft: Draft::new(state),
            clashing,
            at,
            clashes: Vec::new(),
            made: FxHashMap::default(),
            fleeting: FxHashSet::default(),
            left: FxHashMap::default(),
            barred: FxHashSet::default(),
            gone: FxHashSet::default(),
        };
        for change in commits.iter().flat_map(|commit| &commit.changes) {
            match change {
                Change::Created { record, .. } => {
                    let order = work.made.len();
                    work.made.insert(record.id, (order, (**record).clone()));
                }
                Change::Updated { record, fields, .. } => {
                    if let Some((_, made)) = work.made.get_mut(record) {
                        fields.iter().for_each(|change| drop(made.values.set(change.field, change.after.clone())));
                    }
                }
                Change::Removed { record } => {
                    if work.made.remove(&record.id).is_some() {
                        work.fleeting.insert(record.id);
                    }
                }
                Change::Defined { .. } | Change::Remembered { .. } => {}
            }
        }
        work
    }

    fn clash(&mut self, record: RecordId, entity: EntityId, standing: Standing) {
        self.clashes.push(Clash { record: Some(record), entity: Some(entity), standing });
    }

    /// Turns round what was changed and removed; what was made comes last.
    fn turn_round(&mut self, commits: &[Arc<Commit>]) {
        for change in commits.iter().rev().flat_map(|commit| commit.changes.iter().rev()).map(Change::invert) {
            match change {
                Change::Removed { .. } => {}
                Change::Created { record, .. } => self.bring_back(&record),
                Change::Updated { record, entity, fields, before, after, .. } => {
                    let is_passing = self.made.contains_key(&record) || self.fleeting.contains(&record);
                    if !is_passing {
                        self.revert(record, entity, fields, before, after);
                    }
                }
                Change::Defined { id, before, after } => self.redefine(id, before, after),
                Change::Remembered { .. } => {}
            }
        }
    }

    /// What automation has counted goes back only with everything that it was counted for: numbers are not used twice. A round
    /// robin or a count that has moved on since stays where it is as well. What was remembered of a record goes with the record.
    fn forget(&mut self, commits: &[Arc<Commit>]) {
        let is_whole = self.clashes.is_empty() && self.barred.is_empty();
        for change in commits.iter().rev().flat_map(|commit| commit.changes.iter().rev()) {
            if let Change::Remembered { cell, before, after } = change
                && self.draft.cell(*cell) == after
                && !Form::is_secret_cell(*cell)
                && (is_whole || after.links().iter().any(|link| self.draft.record(*link).is_none()))
            {
                self.draft.push(Change::Remembered { cell: *cell, before: after.clone(), after: before.clone() });
            }
        }
    }

    fn bring_back(&mut self, record: &Arc<Record>) {
        let id = record.id;
        let is_known = self.fleeting.contains(&id) || self.barred.contains(&(id, None));
        if is_known || self.draft.record(id).is_some() {
            return;
        }
        let Some(entity) = self.draft.entity(record.entity).cloned() else {
            return self.clash(id, record.entity, Standing::Undefined { field: None });
        };
        let mut taken: Vec<(FieldId, Standing)> = Vec::new();
        for (field, value) in record.values.iter() {
            match self.obstacle(&entity, id, field, value) {
                Some(standing) => taken.push((field, standing)),
                None => continue,
            }
        }
        let mut back = record.clone();
        for (field, standing) in taken {
            Arc::make_mut(&mut back).values.set(field, Value::Empty);
            self.clash(id, record.entity, standing);
        }
        self.draft.push(Change::Created { record: back, by: None });
    }

    /// What keeps a value out of a field now.
    fn obstacle(&self, entity: &Entity, id: RecordId, field: FieldId, value: &Value) -> Option<Standing> {
        let Some(definition) = entity.field(field) else {
            return Some(Standing::Undefined { field: Some(field) });
        };
        if value.is_empty() || definition.is_computed() {
            return None;
        }
        if !form::fits(definition, value) {
            return Some(Standing::Undefined { field: Some(field) });
        }
        if !definition.unique {
            return None;
        }
        let by = self.draft.holders(entity.id, field, value).into_iter().find(|holder| *holder != id)?;
        Some(Standing::Taken { field, value: value.clone(), by })
    }

    fn revert(&mut self, id: RecordId, of: EntityId, fields: Vec<FieldChange>, before: Instant, after: Instant) {
        let Some(current) = self.draft.shared_record(id).cloned() else {
            let is_anybodys = |change: &FieldChange| {
                !is_computed(&self.draft, of, change.field) && !comes_back(&self.draft, &change.after)
            };
            if fields.iter().any(is_anybodys) && self.gone.insert(id) {
                self.clash(id, of, Standing::Gone);
            }
            return;
        };
        let entity = self.draft.entity(of).cloned();
        let mut turned: Vec<FieldChange> = Vec::new();
        let mut figures: Vec<FieldChange> = Vec::new();
        let asked = fields.iter().filter(|change| !is_computed(&self.draft, of, change.field)).count();
        for change in fields {
            let FieldChange { field, before: was, after: back } = change;
            let now = current.value(field).clone();
            let known = self.left.get(&(id, field)).copied();
            match known {
                // The older commit says what was there in the first place.
                Some(Left::Clashing(at)) => {
                    if let Standing::Changed { back: first, .. } = &mut self.clashes[at].standing {
                        *first = back;
                    }
                    continue;
                }
                Some(Left::Blocked) => continue,
                Some(Left::Met) | None => {}
            }
            if is_computed(&self.draft, of, field) {
                // Figures that have moved on follow what is taken back anyway.
                if now == was {
                    figures.push(FieldChange { field, before: now, after: back });
                }
                continue;
            }
            if now == back {
                self.left.insert((id, field), Left::Met);
                continue;
            }
            if self.barred.contains(&(id, Some(field))) {
                continue;
            }
            let obstacle = match &entity {
                Some(entity) => self.obstacle(entity, id, field, &back),
                None => Some(Standing::Undefined { field: None }),
            };
            if let Some(standing) = obstacle {
                self.left.insert((id, field), Left::Blocked);
                self.clash(id, of, standing);
                continue;
            }
            if now != was || known.is_some() {
                let standing = Standing::Changed { field, now: now.clone(), back: back.clone() };
                self.clash(id, of, standing);
                if self.clashing == Clashing::Leave {
                    self.left.insert((id, field), Left::Clashing(self.clashes.len() - 1));
                    continue;
                }
            }
            turned.push(FieldChange { field, before: now, after: back });
        }
        // Where something stays as it is, so does what is computed from it.
        if turned.len() == asked {
            turned.append(&mut figures);
        }
        if !turned.is_empty() {
            // Somebody else's change stays, and with it the time at which the record last changed moves on.
            let after = if current.updated == before { after } else { self.at };
            let before = current.updated;
            self.draft.push(Change::Updated { record: id, entity: of, fields: turned, before, after, by: None });
        }
    }

    fn redefine(&mut self, id: DefinitionId, was: Option<Definition>, back: Option<Definition>) {
        let now = self.draft.definition(id).cloned();
        if now == back {
            return;
        }
        if now != was {
            let known = |clash: &Clash| clash.standing == Standing::Redefined(id);
            if !self.clashes.iter().any(known) {
                self.clashes.push(Clash { record: None, entity: None, standing: Standing::Redefined(id) });
            }
            if self.clashing == Clashing::Leave {
                return;
            }
        }
        self.draft.push(Change::Defined { id, before: now, after: back });
    }

    /// Takes away what the commits have made, unless something else has come to depend on it.
    fn remove_made(&mut self) {
        let mut made: Vec<(usize, Record)> = std::mem::take(&mut self.made).into_values().collect();
        made.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
        let mut doomed: Vec<RecordId> = Vec::new();
        for (_, record) in made {
            let Some(current) = self.draft.shared_record(record.id).cloned() else { continue };
            let mut fields: Vec<FieldId> =
                current.values.iter().chain(record.values.iter()).map(|(id, _)| id).collect();
            fields.sort_unstable();
            fields.dedup();
            fields.retain(|field| {
                current.value(*field) != record.value(*field) && !is_computed(&self.draft, record.entity, *field)
            });
            if !fields.is_empty() {
                self.clash(record.id, record.entity, Standing::Grown { fields });
                if self.clashing == Clashing::Leave {
                    continue;
                }
            }
            doomed.push(record.id);
        }
        let lost: Vec<(RecordId, FieldId)> = self.doom(&mut doomed);
        let is_doomed: FxHashSet<RecordId> = doomed.iter().copied().collect();
        for (from, via) in lost {
            let Some(linking) = self.draft.record(from) else { continue };
            let left = linking.value(via).without_links(|link| is_doomed.contains(&link));
            self.draft.update(from, [(via, left)], self.at, None);
        }
        for id in doomed {
            if let Some(record) = self.draft.shared_record(id).cloned() {
                self.draft.push(Change::Removed { record });
            }
        }
    }

    /// Leaves out of the doomed records those that others need, takes in those that belong to them, and gives the links that
    /// others lose.
    fn doom(&mut self, doomed: &mut Vec<RecordId>) -> Vec<(RecordId, FieldId)> {
        let state = self.draft.base();
        let mut lost = Vec::new();
        let mut told: FxHashSet<(RecordId, RecordId, FieldId)> = FxHashSet::default();
        loop {
            let is_doomed: FxHashSet<RecordId> = doomed.iter().copied().collect();
            let mut kept: FxHashSet<RecordId> = FxHashSet::default();
            let mut owned: Vec<RecordId> = Vec::new();
            lost.clear();
            for id in doomed.iter() {
                for link in state.all_incoming(*id) {
                    let Some(from) = self.draft.record(link.from).filter(|_| !is_doomed.contains(&link.from)) else {
                        continue;
                    };
                    let held = from.value(link.via);
                    let definition = self.draft.entity(link.entity).and_then(|entity| entity.field(link.via)).cloned();
                    let Some(definition) = definition.filter(|it| held.links().contains(id) && !it.is_computed())
                    else {
                        continue;
                    };
                    let is_owned = definition.link().is_some_and(|target| target.owned);
                    let left = held.without_links(|link| is_doomed.contains(&link));
                    let is_needed = !is_owned && definition.required && left.is_empty();
                    if told.insert((*id, link.from, link.via)) {
                        let (from, of, via) = (link.from, link.entity, link.via);
                        let standing = match is_needed {
                            true => Standing::Needed { from, of },
                            false => Standing::Linked { from, of, via },
                        };
                        let entity = self.draft.record(*id).map_or(link.entity, |record| record.entity);
                        self.clashes.push(Clash { record: Some(*id), entity: Some(entity), standing });
                    }
                    match self.clashing {
                        Clashing::Leave => drop(kept.insert(*id)),
                        Clashing::TakeBack if is_needed => drop(kept.insert(*id)),
                        Clashing::TakeBack if is_owned => owned.push(link.from),
                        Clashing::TakeBack => lost.push((link.from, link.via)),
                    }
                }
            }
            if kept.is_empty() && owned.is_empty() {
                return lost;
            }
            doomed.retain(|id| !kept.contains(id));
            // What belongs to a record goes before it, so that undoing this brings the owner back first.
            owned.retain(|id| !is_doomed.contains(id));
            owned.sort_unstable();
            owned.dedup();
            doomed.splice(0..0, owned);
        }
    }
}

/// Whether a value points at a record that was not there before the taking back.
fn comes_back(draft: &Draft<'_>, value: &Value) -> bool {
    value.links().iter().any(|link| draft.record(*link).is_some() && draft.base().record(*link).is_none())
}
