//! Edits of many records: slices of a few milliseconds under one batch, so that no frame is lost, it can be stopped, and it is undone
//! as one. A trial goes the same road on a copy of the workspace.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use rustc_hash::FxHashSet;
use send_wrapper::SendWrapper;

use super::import::HeldViews;
use super::outside::{breathe, performance_now, spawn};
use super::workspace::{App, SaveState, title};
use super::writer::Saved;
use crate::command::{Command, Context, NewRecord, RecordEdit, RefusedRow, Rehearsal, RowPlace};
use crate::engine::cells::CellChange;
use crate::engine::formula::Scope;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::{BatchId, EntityId, FieldId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::value::Value;

/// How long a slice should take, in milliseconds.
const SLICE: f64 = 7.0;
/// How many records a slice holds at the beginning, at least and at most.
const FIRST: usize = 40;
const LEAST: usize = 8;
const MOST: usize = 400;

/// What is to be done to many records.
pub struct EditRequest {
    /// Their entity.
    pub entity: EntityId,
    /// The records, in their order.
    pub records: Vec<RecordId>,
    /// What is done to them.
    pub act: EditAct,
    /// Records that come to be as well.
    pub create: Vec<NewRecord>,
    /// Whether nothing of it is kept.
    pub is_trial: bool,
}

/// What is done to each record.
pub enum EditAct {
    /// It gets the values that stand at its place.
    Values(Vec<Vec<(FieldId, Value)>>),
    /// Its values are changed alike.
    Change(Vec<(FieldId, CellChange)>),
    /// It is removed.
    Remove,
}

/// An edit of many records that is running or has run.
#[derive(Clone)]
pub struct EditJob {
    /// How it stands.
    pub phase: ArcRwSignal<EditPhase>,
    cancelled: SendWrapper<Rc<Cell<bool>>>,
}

/// How an edit of many records stands.
#[derive(Clone, Debug)]
pub enum EditPhase {
    /// It is running: how many records are done, of how many.
    Running(usize, usize),
    /// It has come to its end, or was stopped: what was done stays, and can be undone.
    Finished(Arc<EditReport>),
}

/// What has become of the records.
#[derive(Clone, Debug, Default)]
pub struct EditReport {
    /// The batch under which everything was kept; none for a trial.
    pub batch: Option<BatchId>,
    /// Records of which something changed, or that are gone.
    pub changed: Vec<RecordId>,
    /// How many were as they should be already.
    pub unchanged: usize,
    /// How many came to be.
    pub created: usize,
    /// Records of which something was refused; the diagnostics name the fields.
    pub refused: Vec<RefusedRow>,
    /// Whether somebody stopped it, or nothing could be written any more.
    pub is_cancelled: bool,
    /// How many records, and how many new ones, had their turn by then.
    pub reached: (usize, usize),
}

impl EditJob {
    /// Asks it to stop after the slice at hand.
    pub fn cancel(&self) {
        self.cancelled.set(true);
    }
}

impl App {
    /// Starts an edit of many records and says how it goes through the job's signal.
    pub fn start_edits(self, request: EditRequest, finished: impl FnOnce(&EditReport) + 'static) -> EditJob {
        let all = request.records.len() + request.create.len();
        let job = EditJob {
            phase: ArcRwSignal::new(EditPhase::Running(0, all)),
            cancelled: SendWrapper::new(Rc::new(Cell::new(false))),
        };
        let (phase, cancelled) = (job.phase.clone(), job.cancelled.clone());
        self.inner().has_changed.set(false);
        spawn(async move {
            // What began it may still be at work.
            breathe().await;
            let mut work = Edits::begin(self, request);
            let mut views = (!work.is_trial).then(|| HeldViews::of(self));
            let mut shown = performance_now();
            while !cancelled.get() && work.slice() {
                if performance_now() - shown > 80.0 {
                    shown = performance_now();
                    phase.set(EditPhase::Running(work.at + work.made, all));
                }
                if self.save_state().get_untracked() == SaveState::NotSaved && !work.is_trial {
                    // Going on would only pile up what cannot be written.
                    cancelled.set(true);
                }
                breathe().await;
                if let Some(views) = &mut views {
                    views.look_in().await;
                }
            }
            drop(views);
            let Edits { mut report, saved, at, made, .. } = work;
            report.is_cancelled = cancelled.get() && at + made < all;
            report.reached = (at, made);
            for (waiting, records) in saved {
                // Somebody else may have changed the same meanwhile. What could not be written shows in the status line as well.
                let (lost, wrong) = match waiting.left_out().await {
                    Ok(lost) => (lost.into_iter().collect(), vec![Diagnostic::new(Code::Clash)]),
                    Err(rejection) => (records, rejection.diagnostics),
                };
                if lost.is_empty() {
                    continue;
                }
                report.changed.retain(|record| !lost.contains(record));
                report.refused.retain(|row| !lost.contains(&row.record));
                report.refused.extend(lost.into_iter().enumerate().map(|(at, record)| {
                    let title = self.ask(|state| title(state as &dyn Reader, record));
                    let said = |it: &Diagnostic| match it.code {
                        Code::Clash => it.clone().at_record(record).with("title", &title),
                        _ => it.clone(),
                    };
                    let wrong = wrong.iter().map(said).collect();
                    RefusedRow { place: RowPlace::Update(at), record, wrong }
                }));
            }
            finished(&report);
            phase.set(EditPhase::Finished(Arc::new(report)));
        });
        job
    }
}

struct Edits {
    app: App,
    request: EditRequest,
    /// How many records are done.
    at: usize,
    /// How many new ones have had their turn.
    made: usize,
    size: usize,
    report: EditReport,
    /// What is on its way to the disk, with the records that it changes.
    saved: Vec<(Saved, FxHashSet<RecordId>)>,
    is_trial: bool,
    rehearsal: Option<Rehearsal>,
}

impl Edits {
    fn begin(app: App, request: EditRequest) -> Edits {
        let is_trial = request.is_trial;
        let batch = (!is_trial).then(|| BatchId(app.context().ids.draw()));
        let rehearsal = is_trial.then(|| {
            let blueprint = app.inner().blueprint.borrow().clone();
            app.ask(|state| Rehearsal::new(state, blueprint))
        });
        let report = EditReport { batch, ..EditReport::default() };
        Edits { app, request, at: 0, made: 0, size: FIRST, report, saved: Vec::new(), is_trial, rehearsal }
    }

    /// Does one slice; whether there is more.
    fn slice(&mut self) -> bool {
        let began = performance_now();
        let created = self.size.min(self.request.create.len());
        let to = if created > 0 { self.at } else { (self.at + self.size).min(self.request.records.len()) };
        let create: Vec<NewRecord> = self.request.create.drain(..created).collect();
        self.create(create);
        self.made += created;
        let ids: Vec<RecordId> = self.request.records[self.at..to].to_vec();
        match &self.request.act {
            EditAct::Remove => self.remove(&ids),
            EditAct::Values(_) | EditAct::Change(_) => self.edit(&ids),
        }
        let took = (performance_now() - began).max(0.1);
        self.size =
            ((self.size as f64 * SLICE / took) as usize).clamp((self.size / 2).max(LEAST), (self.size * 2).min(MOST));
        self.at = to;
        to < self.request.records.len() || !self.request.create.is_empty()
    }

    /// Has records made; where they are refused as a whole, by halves.
    fn create(&mut self, mut create: Vec<NewRecord>) {
        if create.is_empty() {
            return;
        }
        let command = Command::EditCells { entity: self.request.entity, edits: Vec::new(), create: create.clone() };
        match self.act(command, FxHashSet::default()) {
            Ok(refused) => {
                let is_there = |new: &&NewRecord| match &self.rehearsal {
                    Some(rehearsal) => rehearsal.state().record(new.id).is_some(),
                    None => self.app.ask(|state| state.record(new.id).is_some()),
                };
                self.report.created += create.iter().filter(is_there).count();
                self.report.refused.extend(refused);
            }
            Err(rejection) if create.len() == 1 => self.report.refused.push(RefusedRow {
                place: RowPlace::Create(self.made),
                record: create[0].id,
                wrong: rejection.diagnostics,
            }),
            Err(_) => {
                let behind = create.split_off(create.len() / 2);
                self.create(create);
                self.create(behind);
            }
        }
    }

    fn edit(&mut self, ids: &[RecordId]) {
        let context = self.app.context();
        let edits: Vec<RecordEdit> = match &self.rehearsal {
            Some(rehearsal) => wanted(rehearsal.state(), &context, &self.request, self.at, ids, &mut self.report),
            None => {
                let (app, request, report) = (self.app, &self.request, &mut self.report);
                app.ask(|state| wanted(state, &context, request, self.at, ids, report))
            }
        };
        self.commit(edits);
    }

    /// Has edits carried out; where they are refused as a whole, by halves.
    fn commit(&mut self, mut edits: Vec<RecordEdit>) {
        if edits.is_empty() {
            return;
        }
        let command = Command::EditCells { entity: self.request.entity, edits: edits.clone(), create: Vec::new() };
        match self.act(command, edits.iter().map(|edit| edit.record).collect()) {
            Ok(refused) => {
                for (at, edit) in edits.iter().enumerate() {
                    let wrong = refused.iter().find(|row| row.place == RowPlace::Update(at));
                    // A record that kept any of its new values has changed.
                    let left = edit.values.iter().any(|(field, _)| {
                        wrong.is_none_or(|row| {
                            row.wrong.iter().all(|wrong| wrong.at.field.is_some_and(|its| its != *field))
                        })
                    });
                    if left {
                        self.report.changed.push(edit.record);
                    }
                }
                self.report.refused.extend(refused);
            }
            Err(rejection) if edits.len() == 1 => self.refuse(edits[0].record, rejection.diagnostics),
            Err(_) => {
                let behind = edits.split_off(edits.len() / 2);
                self.commit(edits);
                self.commit(behind);
            }
        }
    }

    fn remove(&mut self, ids: &[RecordId]) {
        // Some may have gone with those that they belonged to.
        let records: Vec<RecordId> =
            self.app.ask(|state| ids.iter().copied().filter(|id| state.record(*id).is_some()).collect());
        self.report.changed.extend(ids.iter().filter(|id| !records.contains(id)));
        if records.is_empty() {
            return;
        }
        let command = Command::RemoveRecords { records: records.clone() };
        match self.act(command, records.iter().copied().collect()) {
            Ok(_) => self.report.changed.extend(records),
            Err(rejection) if records.len() == 1 => self.refuse(records[0], rejection.diagnostics),
            Err(_) => {
                let (before, behind) = records.split_at(records.len() / 2);
                self.remove(before);
                self.remove(behind);
            }
        }
    }

    fn refuse(&mut self, record: RecordId, wrong: Vec<Diagnostic>) {
        self.report.refused.push(RefusedRow { place: RowPlace::Update(self.at), record, wrong });
    }

    /// Has a command decided and kept, or only rehearsed.
    fn act(&mut self, command: Command, records: FxHashSet<RecordId>) -> Result<Vec<RefusedRow>, Rejection> {
        match &mut self.rehearsal {
            Some(rehearsal) => Ok(rehearsal.act(&command, &mut self.app.context())?.refused),
            None => {
                let done = self.app.dispatch_in(command, self.report.batch)?;
                self.saved.push((done.saved, records));
                Ok(done.refused)
            }
        }
    }
}

/// The values that some records are to get, as far as they differ from those that they have.
fn wanted(
    state: &State,
    context: &Context,
    request: &EditRequest,
    at: usize,
    ids: &[RecordId],
    report: &mut EditReport,
) -> Vec<RecordEdit> {
    let clock = context.clock(state);
    let language = state.workspace().map_or_else(Default::default, |workspace| workspace.language);
    let Some(entity) = state.entity(request.entity) else { return Vec::new() };
    let mut edits = Vec::with_capacity(ids.len());
    for (place, id) in ids.iter().enumerate() {
        let Some(record) = state.record(*id) else { continue };
        let mut wrong = Vec::new();
        let mut values: Vec<(FieldId, Value)> = match &request.act {
            EditAct::Values(values) => values.get(at + place).cloned().unwrap_or_default(),
            EditAct::Change(changes) => {
                let scope = Scope { reader: state, record, before: None, clock: &clock, language };
                let changed = changes.iter().filter_map(|(field, change)| Some((entity.field(*field)?, change)));
                let mut read = |(field, change): (_, &CellChange)| match change.apply(field, record, &scope) {
                    Ok(value) => Some((field.id, value)),
                    Err(refused) => {
                        wrong.push(refused.at_field(field.id));
                        None
                    }
                };
                changed.filter_map(&mut read).collect()
            }
            EditAct::Remove => Vec::new(),
        };
        values.retain(|(field, value)| {
            let held = record.value(*field);
            held != value && !(held.is_empty() && value.is_empty())
        });
        if values.is_empty() && wrong.is_empty() {
            report.unchanged += 1;
        }
        if !wrong.is_empty() {
            report.refused.push(RefusedRow { place: RowPlace::Update(at + place), record: *id, wrong });
        }
        if !values.is_empty() {
            edits.push(RecordEdit { record: *id, values });
        }
    }
    edits
}
