//! Imports: a long file taken in slices of a few milliseconds under one batch, so that no frame is lost and it is undone as one.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use rustc_hash::FxHashMap;
use send_wrapper::SendWrapper;

use super::outside::{breathe, performance_now, spawn};
use super::workspace::{App, SaveState};
use super::writer::Saved;
use crate::command::intake::{self, Fate, Intake, RowStep, SliceRow};
use crate::command::{Command, NewRecord, RefusedRow, Rehearsal, RowUpdate};
use crate::engine::form::{self, ReadSettings};
use crate::engine::transfer::{Importer, Mapping, Note, Rejected, Row, RowOutcome, RowPlan, Rows, rows, with_options};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::field::Field;
use crate::model::id::{BatchId, EntityId, FieldId, RecordId};
use crate::model::record::Values;
use crate::model::state::Reader;

/// How long a slice may read rows before it is committed, in milliseconds.
const SLICE: f64 = 5.0;
/// How many rows a slice holds at most.
const SLICE_ROWS: usize = 400;

/// What is to be imported.
#[derive(Clone)]
pub struct ImportRequest {
    /// The text of the file.
    pub text: Arc<String>,
    /// What stands between the cells.
    pub separator: u8,
    /// Which column goes where.
    pub mapping: Mapping,
    /// Read and check only this many rows, and keep nothing.
    pub trial: Option<usize>,
}

/// An import that is running or has run.
#[derive(Clone)]
pub struct ImportJob {
    /// How it stands.
    pub phase: ArcRwSignal<ImportPhase>,
    cancelled: SendWrapper<Rc<Cell<bool>>>,
}

/// How an import stands.
#[derive(Clone, Debug)]
pub enum ImportPhase {
    /// It is running: what has become of the rows so far, and how far it is, from 0 to 1.
    Running(Tally, f64),
    /// It has come to its end, or was cancelled: what was taken in stays, and can be undone.
    Finished(Arc<ImportReport>),
    /// It could not begin.
    Refused(Vec<Diagnostic>),
}

/// How many rows have come to what: each row of the file is in exactly one of the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that became records.
    pub created: usize,
    /// Rows that changed records.
    pub updated: usize,
    /// Rows that were left out as asked.
    pub skipped: usize,
    /// Rows that were rejected.
    pub rejected: usize,
    /// Rows with nothing in any cell.
    pub blank: usize,
}

/// What has become of the rows.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The batch under which everything was kept; none for a trial.
    pub batch: Option<BatchId>,
    /// How many rows have come to what.
    pub tally: Tally,
    /// Records that were made because cells named them.
    pub also_created: usize,
    /// Rows that were rejected, with the reasons, in the order of the file.
    pub rejected: Vec<RejectedRow>,
    /// Rows that were taken in without a link, because it names nobody.
    pub unlinked: Vec<RejectedRow>,
    /// What was understood though it was not quite what stood there: text, taken for, how often.
    pub understood: Vec<(FieldId, String, String, usize)>,
    /// Whether somebody cancelled it.
    pub is_cancelled: bool,
}

/// A rejected row.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedRow {
    /// The row's number as a spreadsheet shows it.
    pub row: u64,
    /// Its cells as they stood in the file.
    pub cells: Vec<String>,
    /// Heading of the column to blame and what is wrong, one or more.
    pub reasons: Vec<(Option<String>, Diagnostic)>,
}

impl Tally {
    /// Rows that are accounted for, blank ones aside.
    pub fn rows(&self) -> usize {
        self.created + self.updated + self.skipped + self.rejected
    }
}

impl ImportJob {
    /// Asks it to stop after the slice at hand.
    pub fn cancel(&self) {
        self.cancelled.set(true);
    }
}

impl App {
    /// Starts an import and says how it goes through the job's signal.
    pub fn start_import(self, request: ImportRequest) -> ImportJob {
        let job = ImportJob {
            phase: ArcRwSignal::new(ImportPhase::Running(Tally::default(), 0.0)),
            cancelled: SendWrapper::new(Rc::new(Cell::new(false))),
        };
        let (phase, cancelled) = (job.phase.clone(), job.cancelled.clone());
        spawn(async move {
            let progress = {
                let phase = phase.clone();
                move |tally: Tally, done: f64| {
                    phase.set(ImportPhase::Running(tally, done));
                    !cancelled.get()
                }
            };
            match self.import(request, progress).await {
                Ok((report, saved)) => {
                    for waiting in saved {
                        // What could not be written shows in the status line and the banner.
                        let _ = waiting.wait().await;
                    }
                    phase.set(ImportPhase::Finished(Arc::new(report)));
                }
                Err(rejection) => phase.set(ImportPhase::Refused(rejection.diagnostics)),
            }
        });
        job
    }

    /// Takes a file in, slice by slice. `progress` is told how it stands and how far it is, and says whether to go on.
    pub(super) async fn import(
        self,
        request: ImportRequest,
        progress: impl Fn(Tally, f64) -> bool,
    ) -> Result<(ImportReport, Vec<Saved>), Rejection> {
        let mut work = Import::begin(self, request)?;
        let mut saved = Vec::new();
        let mut shown = performance_now();
        let mut views = HeldViews::of(self);
        while work.slice() {
            saved.extend(work.take_saved());
            if performance_now() - shown > 80.0 {
                shown = performance_now();
                if !progress(work.tally(), work.rows.progress()) {
                    work.report.is_cancelled = true;
                    break;
                }
            } else if self.save_state().get_untracked() == SaveState::NotSaved {
                // Going on would only pile up what cannot be written.
                work.report.is_cancelled = true;
                break;
            }
            breathe().await;
            views.look_in().await;
        }
        work.finish();
        drop(views);
        saved.extend(work.take_saved());
        Ok((work.report, saved))
    }

    /// What typed text is read with.
    pub fn read_settings(self) -> ReadSettings {
        self.ask(|state| ReadSettings {
            currency: state.currency(),
            calling_code: state.calling_code().to_owned(),
            today: self.today(),
            zone: self.zone(),
        })
    }
}

impl ImportReport {
    /// What was understood otherwise than written, and links that name nobody and stayed blank: field, text, what it was taken for
    /// (nothing for a blank link), and in how many rows.
    pub fn noted(&self) -> Vec<(FieldId, String, String, usize)> {
        let mut blank: FxHashMap<(FieldId, &str), usize> = FxHashMap::default();
        let mut noted = self.understood.clone();
        for (_, diagnostic) in self.unlinked.iter().flat_map(|row| &row.reasons) {
            let Some(field) = diagnostic.at.field else { continue };
            let text = diagnostic.argument("value").unwrap_or_default();
            let next = noted.len();
            let at = *blank.entry((field, text)).or_insert(next);
            if at == next {
                noted.push((field, text.to_owned(), String::new(), 0));
            }
            if let Some((.., count)) = noted.get_mut(at) {
                *count += 1;
            }
        }
        noted
    }
}

/// Views that are only now and then shown how far it is, so that drawing takes a small part of the time.
struct HeldViews {
    app: App,
    woken: f64,
    taken: f64,
}

impl HeldViews {
    fn of(app: App) -> Self {
        app.inner().triggers.hold();
        HeldViews { app, woken: performance_now(), taken: 0.0 }
    }

    async fn look_in(&mut self) {
        const OFTEN_ENOUGH: f64 = 300.0;
        const PART: f64 = 10.0;
        let began = performance_now();
        if began - self.woken > OFTEN_ENOUGH.max(PART * self.taken) {
            self.app.inner().triggers.wake_now();
            breathe().await;
            self.woken = performance_now();
            self.taken = self.woken - began;
        }
    }
}

impl Drop for HeldViews {
    fn drop(&mut self) {
        self.app.inner().triggers.release();
    }
}

/// The text of a file, shared with whoever shows it.
struct Text(Arc<String>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

struct Import {
    app: App,
    entity: EntityId,
    importer: Importer,
    rows: Rows<Text>,
    /// The first row below the headings, which shows that there is one.
    first: Option<Result<Row, Diagnostic>>,
    /// The rows once more, while they are only looked through for new options.
    ahead: Option<Rows<Text>>,
    settings: ReadSettings,
    left: Option<usize>,
    report: ImportReport,
    /// Where each text that was understood otherwise stands in the report.
    noted: FxHashMap<Note, usize>,
    saved: Vec<Saved>,
    is_trial: bool,
    /// The workspace as a trial pretends it to be.
    rehearsal: Option<Rehearsal>,
}

impl Import {
    fn begin(app: App, request: ImportRequest) -> Result<Import, Rejection> {
        let open = || rows(Text(request.text.clone()), request.separator);
        let mut rows = open();
        let headers = match rows.next() {
            Some(Ok(row)) if row.swallowed.is_none() => row.cells,
            Some(Ok(row)) => {
                let lines = row.swallowed.unwrap_or_default();
                return Err(Diagnostic::new(Code::UnclosedQuote).with("count", lines).into());
            }
            Some(Err(wrong)) => return Err(wrong.into()),
            None => return Err(Diagnostic::new(Code::NoRows).into()),
        };
        let first = rows.next();
        if first.is_none() {
            return Err(Diagnostic::new(Code::NoRows).into());
        }
        let entity = request.mapping.entity;
        let importer = app.ask(|state| Importer::new(state, request.mapping, &headers))?;
        let ahead = importer.makes_options().then(|| {
            let mut ahead = open();
            ahead.next();
            ahead
        });
        let is_trial = request.trial.is_some();
        let batch = (!is_trial).then(|| BatchId(app.context().ids.draw()));
        Ok(Import {
            settings: app.read_settings(),
            app,
            entity,
            importer,
            rows,
            first,
            ahead,
            left: request.trial,
            report: ImportReport { batch, ..ImportReport::default() },
            noted: FxHashMap::default(),
            saved: Vec::new(),
            is_trial,
            rehearsal: None,
        })
    }

    fn take_saved(&mut self) -> Vec<Saved> {
        std::mem::take(&mut self.saved)
    }

    fn tally(&self) -> Tally {
        Tally { rejected: self.report.rejected.len(), blank: self.rows.blank() as usize, ..self.report.tally }
    }

    /// Reads and commits one slice; whether there is more.
    fn slice(&mut self) -> bool {
        if let Some(ahead) = self.ahead.take() {
            self.look_ahead(ahead);
            return true;
        }
        let mut slice = Slice::default();
        let more = self.read(&mut slice);
        // With the look ahead there is nothing left here; it keeps the rows right all the same.
        self.add_options();
        self.keep(slice);
        more
    }

    /// Looks through some rows for options that their cells ask for. The entity gets them all at once, before the first row: to
    /// define it anew with every slice would compile everything and write all options to the log each time.
    fn look_ahead(&mut self, mut ahead: Rows<Text>) {
        let began = performance_now();
        let settings = &self.settings;
        let read = |field: &Field, text: &str| form::read_text(field, text, settings);
        for count in 1.. {
            let Some(row) = ahead.next().filter(|_| self.left.is_none_or(|left| count <= left)) else {
                self.add_options();
                return;
            };
            if let Ok(row) = row {
                self.importer.look_ahead(&read, &row);
            }
            if count % 64 == 0 && self.left.is_none() && performance_now() - began > SLICE {
                break;
            }
        }
        self.ahead = Some(ahead);
    }

    /// Reads rows for a few milliseconds; whether there are more.
    fn read(&mut self, slice: &mut Slice) -> bool {
        let began = performance_now();
        let mut ids = self.app.context().ids;
        for count in 0..SLICE_ROWS {
            if count % 16 == 15 && performance_now() - began > SLICE {
                break;
            }
            if self.left == Some(0) {
                return false;
            }
            let Some(row) = self.first.take().or_else(|| self.rows.next()) else {
                return false;
            };
            self.left = self.left.map(|left| left - 1);
            let row = match row {
                Ok(row) => row,
                Err(wrong) => {
                    let row = wrong.argument("row").and_then(|row| row.parse().ok()).unwrap_or_default();
                    self.report.rejected.push(RejectedRow { row, cells: Vec::new(), reasons: vec![(None, wrong)] });
                    continue;
                }
            };
            let settings = &self.settings;
            let read = |field: &Field, text: &str| form::read_text(field, text, settings);
            let importer = &mut self.importer;
            let plan = self.app.ask(|state| importer.read_row(state, &read, &row, &mut || ids.record()));
            self.note(&plan);
            let id = match &plan.outcome {
                RowOutcome::Skip => {
                    self.report.tally.skipped += 1;
                    continue;
                }
                RowOutcome::Rejected(reasons) => {
                    self.report.rejected.push(rejected(&row, reasons));
                    continue;
                }
                RowOutcome::Create(_) => ids.record(),
                RowOutcome::Update(record, _) => *record,
            };
            self.importer.note_done(&plan, id);
            slice.push(self.entity, plan, id, row);
        }
        true
    }

    /// Resolves what pointed forward, and commits that too.
    fn finish(&mut self) {
        let importer = &mut self.importer;
        let mut ids = self.app.context().ids;
        let ending = self.app.ask(|state| importer.finish(state, &mut || ids.record()));
        for wrong in ending.rejected {
            let reasons = vec![(wrong.header, wrong.diagnostic)];
            self.report.unlinked.push(RejectedRow { row: wrong.row, cells: Vec::new(), reasons });
        }
        let mut by_record: FxHashMap<RecordId, (u64, Values)> = FxHashMap::default();
        for update in ending.updates {
            let (_, values) = by_record.entry(update.record).or_insert_with(|| (update.row, Values::default()));
            values.set(update.field, update.value);
        }
        let mut links: Vec<(RecordId, (u64, Values))> = by_record.into_iter().collect();
        links.sort_by_key(|(_, (row, _))| *row);
        let also: Vec<NewRecord> =
            ending.also.iter().map(|new| new_record(new.id, new.entity, new.values.clone())).collect();
        // The records that links name come first, and by themselves.
        let mut steps = Vec::with_capacity(links.len());
        if !also.is_empty() {
            let intake = self.take_in(also.into_iter().map(|new| SliceRow::alone(RowStep::Create(new))).collect());
            self.report.also_created += intake.fates.iter().filter(|fate| **fate == Fate::Created).count();
        }
        let mut numbers = Vec::with_capacity(links.len());
        for (record, (row, values)) in links {
            numbers.push(row);
            steps.push(SliceRow::alone(RowStep::Update(RowUpdate { record, values })));
        }
        let intake = self.take_in(steps);
        for (row, fate) in numbers.into_iter().zip(intake.fates) {
            if let Fate::Refused(_, wrong) = fate {
                let reasons = wrong.into_iter().map(|diagnostic| (None, diagnostic)).collect();
                self.report.unlinked.push(RejectedRow { row, cells: Vec::new(), reasons });
            }
        }
        self.report.rejected.sort_by_key(|row| row.row);
        self.report.tally = self.tally();
    }

    /// Keeps a slice; rows that are refused are rejected with the reason, and all others stay.
    fn keep(&mut self, slice: Slice) {
        let intake = self.take_in(slice.steps);
        self.report.also_created += intake.also_created;
        for (row, fate) in slice.rows.iter().zip(intake.fates) {
            match fate {
                Fate::Created => self.report.tally.created += 1,
                Fate::Updated => self.report.tally.updated += 1,
                Fate::Refused(_, wrong) => {
                    let reasons = self.importer.in_columns(row, wrong);
                    self.report.rejected.push(rejected(row, &reasons));
                }
            }
        }
        for lost in &intake.lost {
            self.importer.note_lost(lost.entity, lost.id, &lost.values);
        }
    }

    fn take_in(&mut self, steps: Vec<SliceRow>) -> Intake {
        let entity = self.entity;
        intake::take_in(entity, steps, &mut |command| self.act(command))
    }

    /// Options that cells asked for become part of the entity, in the same batch.
    fn add_options(&mut self) {
        let new = self.importer.take_new_options();
        if new.is_empty() {
            return;
        }
        let known = match &self.rehearsal {
            Some(rehearsal) => rehearsal.state().entity(self.entity).cloned(),
            None => self.app.ask(|state| state.entity(self.entity).cloned()),
        };
        let Some(entity) = known else { return };
        let definition = Definition::Entity(with_options(&entity, new).into());
        // Where that is refused, each row that needs one of them is rejected, and says which.
        let _ = self.act(Command::Define { definitions: vec![definition] });
    }

    /// Has a command decided and kept, or only rehearsed; which rows it refuses.
    fn act(&mut self, command: Command) -> Result<Vec<RefusedRow>, Rejection> {
        if !self.is_trial {
            let done = self.app.dispatch_in(command, self.report.batch)?;
            self.saved.push(done.saved);
            return Ok(done.refused);
        }
        let mut context = self.app.context();
        if self.rehearsal.is_none() {
            let blueprint = self.app.inner().blueprint.borrow().clone();
            self.rehearsal = Some(self.app.ask(|state| Rehearsal::new(state, blueprint)));
        }
        let Some(rehearsal) = &mut self.rehearsal else { return Ok(Vec::new()) };
        Ok(rehearsal.act(&command, &mut context)?.refused)
    }

    fn note(&mut self, plan: &RowPlan) {
        for note in &plan.notes {
            // The same text is counted once, whichever row it stands in.
            let key = Note { row: 0, ..note.clone() };
            let next = self.report.understood.len();
            let at = *self.noted.entry(key).or_insert(next);
            if at == next {
                self.report.understood.push((note.field, note.text.clone(), note.taken_for.clone(), 0));
            }
            if let Some((.., count)) = self.report.understood.get_mut(at) {
                *count += 1;
            }
        }
    }
}

/// Rows that are kept together.
#[derive(Default)]
struct Slice {
    steps: Vec<SliceRow>,
    rows: Vec<Row>,
}

impl Slice {
    fn push(&mut self, entity: EntityId, plan: RowPlan, id: RecordId, row: Row) {
        let step = match plan.outcome {
            RowOutcome::Create(values) => RowStep::Create(new_record(id, entity, values)),
            RowOutcome::Update(record, values) => RowStep::Update(RowUpdate { record, values }),
            RowOutcome::Skip | RowOutcome::Rejected(_) => return,
        };
        let also = plan.also.into_iter().map(|new| new_record(new.id, new.entity, new.values)).collect();
        self.steps.push(SliceRow { also, step });
        self.rows.push(row);
    }
}

fn rejected(row: &Row, reasons: &[Rejected]) -> RejectedRow {
    RejectedRow {
        row: row.number,
        cells: row.cells.iter().map(str::to_owned).collect(),
        reasons: reasons.iter().map(|reason| (reason.header.clone(), reason.diagnostic.clone())).collect(),
    }
}

fn new_record(id: RecordId, entity: EntityId, values: Values) -> NewRecord {
    NewRecord { id, entity, created: None, values }
}
