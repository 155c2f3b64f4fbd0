//! Imports: long files taken in slices of a few milliseconds under one batch, so that no frame is lost and it is undone as one.

mod file;
mod report;
mod torn;
mod world;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use rustc_hash::FxHashSet;
use send_wrapper::SendWrapper;

use super::outside::{breathe, performance_now, spawn};
use super::workspace::{App, SaveState};
use super::writer::Saved;
use crate::engine::form::ReadSettings;
use crate::engine::transfer::{Aliases, Mapping, Signs};
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::id::{BatchId, EntityId};
use crate::model::state::Reader;

use file::{FileImport, Place};
pub use report::{FileReport, ImportReport, RejectedRow, Tally, TriedFate, TriedRow};
use torn::Underway;
use world::World;

/// What is to be imported.
#[derive(Clone)]
pub struct ImportRequest {
    /// The files, in the order in which they come in: what is named before what names it.
    pub files: Vec<ImportFile>,
    /// Read and check only this many rows of each file, and keep nothing.
    pub trial: Option<usize>,
}

/// A file that is to be imported.
#[derive(Clone)]
pub struct ImportFile {
    /// Its text.
    pub text: Arc<String>,
    /// What its cells are marked with.
    pub signs: Signs,
    /// Which column goes where.
    pub mapping: Mapping,
    /// The column by which rows of other files name its rows, where no field holds it.
    pub key: Option<usize>,
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
    Running(Stand),
    /// It has come to its end, or was cancelled: what was taken in stays, and can be undone.
    Finished(Arc<ImportReport>),
    /// It could not begin.
    Refused(Vec<Diagnostic>),
}

/// How far an import is.
#[derive(Clone, Debug, Default)]
pub struct Stand {
    /// The file that is being read.
    pub file: usize,
    /// What has become of the rows so far, of all files together.
    pub tally: Tally,
    /// How far it is, from 0 to 1.
    pub done: f64,
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
            phase: ArcRwSignal::new(ImportPhase::Running(Stand::default())),
            cancelled: SendWrapper::new(Rc::new(Cell::new(false))),
        };
        let (phase, cancelled) = (job.phase.clone(), job.cancelled.clone());
        spawn(async move {
            let progress = {
                let phase = phase.clone();
                move |stand: Stand| {
                    phase.set(ImportPhase::Running(stand));
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

    /// Takes files in, slice by slice. `progress` is told how it stands, and says whether to go on.
    pub(super) async fn import(
        self,
        request: ImportRequest,
        progress: impl Fn(Stand) -> bool,
    ) -> Result<(ImportReport, Vec<Saved>), Rejection> {
        let batch = request.trial.is_none().then(|| BatchId(self.context().ids.draw()));
        let _underway = batch.map(Underway::note);
        let places = places(self, &request.files);
        let mut world = World::new(self, batch);
        let mut report = ImportReport { batch, ..ImportReport::default() };
        // A file that cannot begin is refused before any row of another one is taken in.
        for file in request.files.iter().skip(1) {
            file::check(self, file)?;
        }
        let whole: usize = request.files.iter().map(|file| file.text.len()).sum();
        let mut behind = 0;
        let mut shown = performance_now();
        let mut views = HeldViews::of(self);
        let mut works: Vec<FileImport> = Vec::with_capacity(request.files.len());
        let mut aliases = Aliases::default();
        for ((at, file), place) in request.files.iter().enumerate().zip(places) {
            let mut work = FileImport::begin(&world, file, place, request.trial, aliases)?;
            while work.slice(&mut world) {
                if performance_now() - shown > 80.0 {
                    shown = performance_now();
                    let done = (behind as f64 + file.text.len() as f64 * work.progress()) / whole.max(1) as f64;
                    let earlier = works.iter().map(FileImport::tally);
                    let tally = earlier.fold(work.tally(), Tally::and);
                    if !progress(Stand { file: at, tally, done }) {
                        report.is_cancelled = true;
                        break;
                    }
                } else if self.save_state().get_untracked() == SaveState::NotSaved {
                    // Going on would only pile up what cannot be written.
                    report.is_cancelled = true;
                    break;
                }
                breathe().await;
                views.look_in().await;
            }
            aliases = work.take_aliases();
            works.push(work);
            behind += file.text.len();
            if report.is_cancelled {
                break;
            }
        }
        // Only now is everything there that a row of any file may name.
        for work in &mut works {
            work.finish(&mut world, &aliases).await;
        }
        report.files = works.into_iter().map(|work| work.into_report(&world)).collect();
        drop(views);
        Ok((report, world.take_saved()))
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

/// What each file is among the others.
fn places(app: App, files: &[ImportFile]) -> Vec<Place> {
    let entity_of = |file: &ImportFile| file.mapping.entity;
    let targets: FxHashSet<EntityId> = app.ask(|state| {
        let mut targets = FxHashSet::default();
        for file in files {
            let fields = file.mapping.columns.iter().filter_map(|column| column.field);
            let entity = state.entity(entity_of(file));
            let links = fields.filter_map(|field| entity?.field(field)?.link());
            targets.extend(links.flat_map(|link| link.to.iter().copied()));
        }
        targets
    });
    let place = |(at, file): (usize, &ImportFile)| Place {
        is_named: files.len() > 1 && targets.contains(&entity_of(file)),
        later: files[at + 1..].iter().map(entity_of).collect(),
    };
    files.iter().enumerate().map(place).collect()
}

/// Views that are only now and then shown how far it is, so that drawing takes a small part of the time.
pub(super) struct HeldViews {
    app: App,
    woken: f64,
    taken: f64,
}

impl HeldViews {
    pub(super) fn of(app: App) -> Self {
        app.inner().triggers.hold();
        HeldViews { app, woken: performance_now(), taken: 0.0 }
    }

    pub(super) async fn look_in(&mut self) {
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
