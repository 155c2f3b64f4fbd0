//! Imports: a long file taken in slices of a few milliseconds under one batch, so that no frame is lost and it is undone as one.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use rustc_hash::FxHashMap;
use send_wrapper::SendWrapper;

use super::outside::{breathe, performance_now, spawn};
use super::workspace::{App, SaveState};
use super::writer::Saved;
use crate::command::{Command, NewRecord, Rehearsal, RowUpdate};
use crate::engine::form::{self, ReadSettings};
use crate::engine::transfer::{Importer, Mapping, Rejected, Row, RowOutcome, RowPlan, Rows, rows, with_options};
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
    pub text: Rc<String>,
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
    /// It is running.
    Running(ImportReport),
    /// It has come to its end, or was cancelled: what was taken in stays, and can be undone.
    Finished(ImportReport),
    /// It could not begin.
    Refused(Vec<Diagnostic>),
}

/// What has become of the rows so far: each is in exactly one of the counts.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The batch under which everything was kept; none for a trial.
    pub batch: Option<BatchId>,
    /// How far it is, from 0 to 1.
    pub progress: f64,
    /// Rows that became records.
    pub created: usize,
    /// Rows that changed records.
    pub updated: usize,
    /// Rows that were left out as asked.
    pub skipped: usize,
    /// Records that were made because cells named them.
    pub also_created: usize,
    /// Rows that were rejected, with the reasons.
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

impl ImportReport {
    /// Rows that are accounted for.
    pub fn rows(&self) -> usize {
        self.created + self.updated + self.skipped + self.rejected.len()
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
            phase: ArcRwSignal::new(ImportPhase::Running(ImportReport::default())),
            cancelled: SendWrapper::new(Rc::new(Cell::new(false))),
        };
        let (phase, cancelled) = (job.phase.clone(), job.cancelled.clone());
        spawn(async move {
            let progress = {
                let phase = phase.clone();
                move |report: &ImportReport| {
                    // The rejected rows may be many: while it runs only their number is shown.
                    phase.set(ImportPhase::Running(report.clone()));
                    !cancelled.get()
                }
            };
            match self.import(request, progress).await {
                Ok((report, saved)) => {
                    for waiting in saved {
                        // What could not be written shows in the status line and the banner.
                        let _ = waiting.wait().await;
                    }
                    phase.set(ImportPhase::Finished(report));
                }
                Err(rejection) => phase.set(ImportPhase::Refused(rejection.diagnostics)),
            }
        });
        job
    }

    /// Takes a file in, slice by slice. `progress` is told after each and says whether to go on.
    pub(super) async fn import(
        self,
        request: ImportRequest,
        progress: impl Fn(&ImportReport) -> bool,
    ) -> Result<(ImportReport, Vec<Saved>), Rejection> {
        let mut work = Import::begin(self, request)?;
        let mut saved = Vec::new();
        let mut shown = performance_now();
        loop {
            let more = work.slice()?;
            saved.extend(work.take_saved());
            work.report.progress = work.rows.progress();
            let now = performance_now();
            if !more {
                break;
            }
            if now - shown > 80.0 {
                shown = now;
                if !progress(&work.report.without_rows()) {
                    work.report.is_cancelled = true;
                    break;
                }
                breathe().await;
            } else if self.save_state().get_untracked() == SaveState::NotSaved {
                // Going on would only pile up what cannot be written.
                work.report.is_cancelled = true;
                break;
            } else {
                breathe().await;
            }
        }
        work.finish()?;
        saved.extend(work.take_saved());
        work.report.progress = 1.0;
        Ok((work.report, saved))
    }

    /// What typed text is read with.
    pub fn read_settings(self) -> ReadSettings {
        let context = self.context();
        self.ask(|state| ReadSettings {
            currency: context.clock(state).currency,
            calling_code: state.workspace().map_or_else(|| "86".to_owned(), |workspace| workspace.calling_code.clone()),
            today: context.clock(state).today,
            zone: context.zone,
        })
    }
}

impl ImportReport {
    /// What was understood otherwise than written, and links that name nobody and stayed blank: field, text, what it was taken for
    /// (nothing for a blank link), and in how many rows.
    pub fn noted(&self) -> Vec<(FieldId, String, String, usize)> {
        let mut noted = self.understood.clone();
        let blank = self.unlinked.iter().flat_map(|row| &row.reasons).filter_map(|(_, diagnostic)| {
            Some((diagnostic.at.field?, diagnostic.argument("value").unwrap_or_default()))
        });
        for (field, text) in blank {
            match noted
                .iter_mut()
                .find(|(at, known, taken_for, _)| *at == field && known == text && taken_for.is_empty())
            {
                Some((.., count)) => *count += 1,
                None => noted.push((field, text.to_owned(), String::new(), 1)),
            }
        }
        noted
    }

    fn without_rows(&self) -> ImportReport {
        ImportReport { rejected: self.rejected.iter().take(5).cloned().collect(), ..self.clone() }
    }
}

struct Import {
    app: App,
    entity: EntityId,
    importer: Importer,
    rows: Rows<Vec<u8>>,
    settings: ReadSettings,
    left: Option<usize>,
    report: ImportReport,
    saved: Vec<Saved>,
    is_trial: bool,
    /// The workspace as a trial pretends it to be.
    rehearsal: Option<Rehearsal>,
}

impl Import {
    fn begin(app: App, request: ImportRequest) -> Result<Import, Rejection> {
        let text = request.text.strip_prefix('\u{feff}').unwrap_or(&request.text).as_bytes().to_vec();
        let mut rows = rows(text, request.separator);
        let headers = match rows.next() {
            Some(Ok(row)) => row.cells,
            Some(Err(wrong)) => return Err(wrong.into()),
            None => return Err(Diagnostic::new(Code::Malformed).with("detail", "no rows").into()),
        };
        let entity = request.mapping.entity;
        let importer = app.ask(|state| Importer::new(state, request.mapping, &headers))?;
        let is_trial = request.trial.is_some();
        let batch = (!is_trial).then(|| BatchId(app.context().ids.draw()));
        Ok(Import {
            settings: app.read_settings(),
            app,
            entity,
            importer,
            rows,
            left: request.trial,
            report: ImportReport { batch, ..ImportReport::default() },
            saved: Vec::new(),
            is_trial,
            rehearsal: None,
        })
    }

    fn take_saved(&mut self) -> Vec<Saved> {
        std::mem::take(&mut self.saved)
    }

    /// Reads and commits one slice; whether there is more.
    fn slice(&mut self) -> Result<bool, Rejection> {
        let began = performance_now();
        let mut create: Vec<NewRecord> = Vec::new();
        let mut update: Vec<RowUpdate> = Vec::new();
        let mut origins: FxHashMap<RecordId, Row> = FxHashMap::default();
        let mut ids = self.app.context().ids;
        let mut more = true;
        for count in 0.. {
            if count >= SLICE_ROWS || (count % 16 == 15 && performance_now() - began > SLICE) {
                break;
            }
            if self.left == Some(0) {
                more = false;
                break;
            }
            let Some(row) = self.rows.next() else {
                more = false;
                break;
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
                    self.report.skipped += 1;
                    continue;
                }
                RowOutcome::Rejected(reasons) => {
                    self.reject(&row, reasons);
                    continue;
                }
                RowOutcome::Create(values) => {
                    let id = ids.record();
                    create.extend(plan.also.iter().map(|new| new_record(new.id, new.entity, &new.values)));
                    create.push(new_record(id, self.entity, values));
                    self.report.created += 1;
                    id
                }
                RowOutcome::Update(record, values) => {
                    create.extend(plan.also.iter().map(|new| new_record(new.id, new.entity, &new.values)));
                    update.push(RowUpdate { record: *record, values: values.clone() });
                    self.report.updated += 1;
                    *record
                }
            };
            self.report.also_created += plan.also.len();
            self.importer.note_done(&plan, id);
            origins.insert(id, row);
        }
        self.add_options()?;
        self.keep(create, update, &origins)?;
        Ok(more)
    }

    /// Resolves what pointed forward, and commits that too.
    fn finish(&mut self) -> Result<(), Rejection> {
        let importer = &mut self.importer;
        let mut ids = self.app.context().ids;
        let ending = self.app.ask(|state| importer.finish(state, &mut || ids.record()));
        let mut by_record: FxHashMap<RecordId, Values> = FxHashMap::default();
        for update in ending.updates {
            by_record.entry(update.record).or_default().set(update.field, update.value);
        }
        let create: Vec<NewRecord> =
            ending.also.iter().map(|new| new_record(new.id, new.entity, &new.values)).collect();
        self.report.also_created += create.len();
        let update = by_record.into_iter().map(|(record, values)| RowUpdate { record, values }).collect();
        for wrong in ending.rejected {
            let reasons = vec![(wrong.header, wrong.diagnostic)];
            self.report.unlinked.push(RejectedRow { row: wrong.row, cells: Vec::new(), reasons });
        }
        self.keep(create, update, &FxHashMap::default())
    }

    fn keep(
        &mut self,
        create: Vec<NewRecord>,
        update: Vec<RowUpdate>,
        origins: &FxHashMap<RecordId, Row>,
    ) -> Result<(), Rejection> {
        if create.is_empty() && update.is_empty() {
            return Ok(());
        }
        let created: rustc_hash::FxHashSet<RecordId> = create.iter().map(|new| new.id).collect();
        let command = Command::ImportRows { entity: self.entity, create, update };
        let refused = self.act(command)?;
        for (id, wrong) in refused {
            let Some(row) = origins.get(&id) else {
                self.report.also_created = self.report.also_created.saturating_sub(1);
                continue;
            };
            if created.contains(&id) {
                self.report.created -= 1;
            } else {
                self.report.updated -= 1;
            }
            self.report.rejected.push(RejectedRow {
                row: row.number,
                cells: row.cells.iter().map(str::to_owned).collect(),
                reasons: wrong.into_iter().map(|diagnostic| (None, diagnostic)).collect(),
            });
        }
        Ok(())
    }

    /// Options that cells asked for become part of the entity, in the same batch.
    fn add_options(&mut self) -> Result<(), Rejection> {
        let new = self.importer.take_new_options();
        if new.is_empty() {
            return Ok(());
        }
        let known = match &self.rehearsal {
            Some(rehearsal) => rehearsal.state().entity(self.entity).cloned(),
            None => self.app.ask(|state| state.entity(self.entity).cloned()),
        };
        let Some(entity) = known else { return Ok(()) };
        let definition = Definition::Entity(with_options(&entity, new).into());
        self.act(Command::Define { definitions: vec![definition] }).map(|_| ())
    }

    /// Has a command decided and kept, or only rehearsed; which rows it refuses.
    fn act(&mut self, command: Command) -> Result<Vec<(RecordId, Vec<Diagnostic>)>, Rejection> {
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
            let known = self.report.understood.iter_mut().find(|(field, text, taken_for, _)| {
                *field == note.field && *text == note.text && *taken_for == note.taken_for
            });
            match known {
                Some((.., count)) => *count += 1,
                None => self.report.understood.push((note.field, note.text.clone(), note.taken_for.clone(), 1)),
            }
        }
    }

    fn reject(&mut self, row: &Row, reasons: &[Rejected]) {
        self.report.rejected.push(RejectedRow {
            row: row.number,
            cells: row.cells.iter().map(str::to_owned).collect(),
            reasons: reasons.iter().map(|reason| (reason.header.clone(), reason.diagnostic.clone())).collect(),
        });
    }
}

fn new_record(id: RecordId, entity: EntityId, values: &Values) -> NewRecord {
    NewRecord { id, entity, created: None, values: values.clone() }
}
