//! The import as a wizard: what has been chosen so far, and which step is to be seen.

mod choice;
mod clean;
mod columns;
mod files;
mod outcome;
mod palette;
mod reading;
mod rejected;
mod running;
mod sheet;
mod source;
mod trial;
mod words;
mod writing;

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, ImportFile, ImportJob, ImportPhase, ImportRequest, Tally, ToastAction};
use crate::engine::transfer::{FileLink, links, order};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::ui::part::steps;
use crate::ui::text::t;
use crate::ui::{browser, layer};

use reading::Unread;
pub use sheet::Sheet;
pub use source::Source;

/// The rows of each file that a trial tells of.
const TRIAL: usize = 100;

/// What has been chosen so far.
#[derive(Clone, Copy)]
pub struct Wizard {
    app: App,
    /// What a file becomes where there is only one and nobody has said otherwise.
    home: StoredValue<Arc<Entity>>,
    /// What the signals of each file belong to.
    owner: StoredValue<Owner>,
    /// Whether its page was left.
    is_away: StoredValue<bool>,
    step: RwSignal<Step>,
    sheets: RwSignal<Vec<Sheet>>,
    /// The number of the file that is to be seen.
    current: RwSignal<usize>,
    /// Why a file could not be taken.
    problem: RwSignal<Option<String>>,
    /// A file that could not be read as it was tried; it may be in another encoding.
    unread: RwSignal<Option<Unread>>,
    remembers: RwSignal<bool>,
    trial: RwSignal<Option<ImportJob>>,
    job: RwSignal<Option<ImportJob>>,
    /// The files of the import, in the order in which they come in.
    running: RwSignal<Vec<Sheet>>,
    /// Whether the whole import has been undone.
    is_undone: RwSignal<bool>,
    /// How the files name each other.
    links: Memo<Arc<Vec<FileLink>>>,
}

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Source,
    Columns,
    Cleaning,
    Trial,
}

/// What is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    At(Step),
    Running,
    Finished,
    Refused,
}

thread_local! {
    /// The wizard that was left while it was at work, or with a report that nobody has put away.
    static AWAY: RefCell<Option<(Owner, Wizard)>> = const { RefCell::new(None) };
}

impl Wizard {
    /// The wizard for as long as the running view is shown: the one that was left with its import, or a new one for these files.
    pub fn take_up(app: App, entity: Arc<Entity>, files: Vec<web_sys::File>) -> Self {
        let is_same =
            |(_, wizard): &(Owner, Wizard)| files.is_empty() && wizard.home.with_value(|home| home.id == entity.id);
        let (owner, wizard) = AWAY.take().filter(is_same).unwrap_or_else(|| {
            let owner = Owner::new_root(None);
            let wizard = owner.with(|| Wizard::new(app, entity.clone()));
            (owner, wizard)
        });
        wizard.is_away.set_value(false);
        on_cleanup(move || {
            wizard.is_away.set_value(true);
            if wizard.job.with_untracked(Option::is_some) {
                AWAY.set(Some((owner, wizard)));
            } else {
                owner.cleanup();
            }
        });
        wizard.hold_back();
        files.into_iter().for_each(|file| reading::open_file(wizard, file));
        wizard
    }

    /// A wizard that has just been opened.
    fn new(app: App, entity: Arc<Entity>) -> Self {
        let sheets = RwSignal::new(Vec::new());
        Wizard {
            app,
            home: StoredValue::new(entity),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            is_away: StoredValue::new(false),
            step: RwSignal::new(Step::Source),
            sheets,
            current: RwSignal::new(0),
            problem: RwSignal::new(None),
            unread: RwSignal::new(None),
            remembers: RwSignal::new(true),
            trial: RwSignal::new(None),
            job: RwSignal::new(None),
            running: RwSignal::new(Vec::new()),
            is_undone: RwSignal::new(false),
            links: Memo::new(move |_| Arc::new(links_of(app, &sheets.get()))),
        }
    }

    /// Lets the browser's Back go a step back here, as long as there is one, instead of leaving what was chosen.
    fn hold_back(self) {
        let (is_deep, own) = (RwSignal::new(false), StoredValue::new(None::<u32>));
        let stage = self.stage_memo();
        let back = Callback::new(move |()| match stage.get_untracked() {
            Stage::At(Step::Columns) => {
                own.set_value(None);
                is_deep.set(false);
                self.go(Step::Source);
            }
            Stage::At(Step::Cleaning) => self.go(Step::Columns),
            Stage::At(Step::Trial) => self.go(Step::Cleaning),
            Stage::Refused => self.again(),
            Stage::At(Step::Source) | Stage::Running | Stage::Finished => {}
        });
        let lift = move || {
            if let Some(Some(step)) = own.try_update_value(Option::take) {
                let _ = is_deep.try_set(false);
                layer::close(step);
            }
        };
        on_cleanup(lift);
        Effect::new(move |_| match stage.get() {
            Stage::At(Step::Source) | Stage::Finished => lift(),
            Stage::At(_) | Stage::Running | Stage::Refused => {
                if own.with_value(Option::is_none) {
                    is_deep.set(true);
                    own.set_value(Some(layer::open(is_deep, back)));
                }
            }
        });
    }

    /// The row of steps.
    pub fn steps(self) -> AnyView {
        let stage = self.stage_memo();
        (move || {
            let at = match stage.get() {
                Stage::At(Step::Source) => 0,
                Stage::At(Step::Columns) => 1,
                Stage::At(Step::Cleaning) => 2,
                Stage::At(Step::Trial) | Stage::Running | Stage::Refused => 3,
                Stage::Finished => 4,
            };
            let names = [
                "import-step-file",
                "import-step-columns",
                "import-step-cleaning",
                "import-step-trial",
                "import-step-result",
            ];
            steps(t("import-clean-steps"), names.map(t).to_vec(), at)
        })
        .into_any()
    }

    /// What is to be seen of the step.
    pub fn body(self) -> AnyView {
        let stage = self.stage_memo();
        // The button that began the step has gone with the one before.
        Effect::new(move |former: Option<()>| {
            stage.track();
            if former.is_some() {
                request_animation_frame(|| {
                    if !browser::has_focused_element() {
                        browser::focus("import-heading");
                    }
                });
            }
        });
        (move || match stage.get() {
            Stage::At(Step::Source) => source::body(self),
            Stage::At(Step::Columns) => columns::body(self),
            Stage::At(Step::Cleaning) => clean::body(self),
            Stage::At(Step::Trial) => trial::body(self),
            Stage::Running => running::body(self),
            Stage::Finished => outcome::body(self),
            Stage::Refused => running::refused(self),
        })
        .into_any()
    }

    /// What can be done in the step.
    pub fn foot(self) -> AnyView {
        let stage = self.stage_memo();
        (move || match stage.get() {
            Stage::At(Step::Source) => source::foot(self),
            Stage::At(step @ (Step::Columns | Step::Cleaning | Step::Trial)) => trial::foot(self, step),
            Stage::Running => running::foot(self),
            Stage::Finished => outcome::foot(self),
            Stage::Refused => running::refused_foot(self),
        })
        .into_any()
    }

    fn stage_memo(self) -> Memo<Stage> {
        Memo::new(move |_| match self.job.get() {
            Some(job) => job.phase.with(|phase| match phase {
                ImportPhase::Running(_) => Stage::Running,
                ImportPhase::Finished(_) => Stage::Finished,
                ImportPhase::Refused(_) => Stage::Refused,
            }),
            None => Stage::At(self.step.get()),
        })
    }

    /// The file that is to be seen.
    fn sheet(self) -> Option<Sheet> {
        let current = self.current.get();
        self.sheets.with(|sheets| sheets.iter().find(|sheet| sheet.id == current).or(sheets.first()).copied())
    }

    /// The files that come in: those with rows that become something.
    fn active(self) -> Vec<Sheet> {
        self.sheets.with(|sheets| sheets.iter().copied().filter(|sheet| sheet.is_active()).collect())
    }

    /// Goes to a step.
    fn go(self, step: Step) {
        if step != Step::Source {
            let active = untrack(|| self.active());
            if let Some(first) =
                active.first().filter(|_| active.iter().all(|it| it.id != self.current.get_untracked()))
            {
                self.current.set(first.id);
            }
        }
        self.step.set(step);
        if step == Step::Trial && self.trial.get_untracked().is_none() {
            self.start_trial();
        }
        look_at_heading();
    }

    fn start_trial(self) {
        let (files, sheets) = self.files();
        if !files.is_empty() {
            self.running.set(sheets);
            self.trial.set(Some(self.app.start_import(ImportRequest { files, trial: Some(TRIAL) })));
        }
    }

    fn start(self) {
        let (files, sheets) = self.files();
        if files.is_empty() {
            return;
        }
        if self.remembers.get_untracked() {
            sheets.iter().for_each(|sheet| sheet.remember());
        }
        self.running.set(sheets);
        let job = self.app.start_import(ImportRequest { files, trial: None });
        let phase = job.phase.clone();
        self.owner.with_value(|owner| owner.with(|| Effect::new(move |_| self.tell_away(&phase.get()))));
        self.job.set(Some(job));
        look_at_heading();
    }

    /// Says what came of an import whose page was left.
    fn tell_away(self, phase: &ImportPhase) {
        if !self.is_away.get_value() {
            return;
        }
        match phase {
            ImportPhase::Running(_) => {}
            ImportPhase::Finished(report) => {
                let sum =
                    |count: fn(&Tally) -> usize| report.files.iter().map(|file| count(&file.tally)).sum::<usize>();
                let (taken, rejected) = (sum(|tally| tally.created + tally.updated), sum(|tally| tally.rejected));
                let counts = vec![("count", taken.to_string()), ("rejected", rejected.to_string())];
                let say = if rejected > 0 { App::warn } else { App::toast };
                say(self.app, "toast-import-finished", counts, ToastAction::None);
            }
            ImportPhase::Refused(_) => self.app.warn("toast-import-refused", Vec::new(), ToastAction::None),
        }
    }

    /// The files in the order in which they come in, each with its sheet.
    fn files(self) -> (Vec<ImportFile>, Vec<Sheet>) {
        let all = self.sheets.get_untracked();
        let links = self.links.get_untracked();
        let places = order(all.len(), &links).into_iter().filter(|at| all[*at].is_active_now());
        let file = |at: usize| {
            let source = all[at].source.get_untracked();
            let key = links.iter().find(|link| link.to == at && link.is_key_only).map(|link| link.to_column);
            let file = ImportFile {
                text: source.text.clone(),
                signs: source.signs,
                mapping: all[at].mapping.get_untracked(),
                key,
            };
            (file, all[at])
        };
        places.map(file).unzip()
    }

    /// Back to the columns, for those who want to try once more.
    fn again(self) {
        self.job.set(None);
        self.trial.set(None);
        self.is_undone.set(false);
        self.step.set(Step::Columns);
        look_at_heading();
    }
}

/// How files name each other as their columns are matched now.
fn links_of(app: App, sheets: &[Sheet]) -> Vec<FileLink> {
    let held: Vec<_> = sheets
        .iter()
        .map(|sheet| sheet.is_active().then(|| (sheet.mapping.get(), sheet.source.get().contents.clone())))
        .collect();
    if held.len() < 2 {
        return Vec::new();
    }
    let views: Vec<_> = held
        .iter()
        .map(|held| held.as_ref().map(|(mapping, contents)| crate::engine::transfer::MappedSheet { mapping, contents }))
        .collect();
    app.ask(|state| links(state, &views))
}

/// Whether a column can go into a field.
fn takes_cells(field: &Field) -> bool {
    !field.retired
        && !field.is_computed()
        && field.is_stored()
        && !matches!(field.kind, FieldKind::Files | FieldKind::Signature)
}

/// Puts the focus on the heading of the step that is about to be drawn.
fn look_at_heading() {
    request_animation_frame(|| browser::focus("import-heading"));
}
