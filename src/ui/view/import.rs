//! The import as a wizard: what has been chosen so far, and which step is to be seen.

mod choice;
mod columns;
mod outcome;
mod reading;
mod rejected;
mod running;
mod source;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, ImportJob, ImportPhase, ImportRequest};
use crate::engine::form;
use crate::engine::transfer::{ColumnMapping, Mapping, suggest};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::FieldId;
use crate::model::json;
use crate::ui::browser;
use crate::ui::part::steps;
use crate::ui::text::t;

use reading::Unread;
pub use source::Source;

/// The rows that a trial reads.
const TRIAL: usize = 100;

/// What has been chosen so far.
#[derive(Clone, Copy)]
pub struct Wizard {
    app: App,
    entity: StoredValue<Arc<Entity>>,
    /// Whether the file has been accepted, so that the columns are to be matched.
    is_matching: RwSignal<bool>,
    source: RwSignal<Option<Arc<Source>>>,
    /// Why a file could not be taken.
    problem: RwSignal<Option<String>>,
    /// A file that could not be read as it was tried; it may be in another encoding.
    unread: RwSignal<Option<Unread>>,
    mapping: RwSignal<Mapping>,
    /// Whether the mapping is the one of the last time.
    is_remembered: RwSignal<bool>,
    /// The columns that were changed by hand.
    touched: RwSignal<Vec<usize>>,
    remembers: RwSignal<bool>,
    trial: RwSignal<Option<ImportJob>>,
    job: RwSignal<Option<ImportJob>>,
    /// Whether the whole import has been undone.
    is_undone: RwSignal<bool>,
}

/// Which step is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    File,
    Columns,
    Running,
    Finished,
    Refused,
}

impl Wizard {
    /// A wizard that has just been opened.
    pub fn new(app: App, entity: Arc<Entity>) -> Self {
        let mapping = Mapping::new(entity.id);
        Wizard {
            app,
            entity: StoredValue::new(entity),
            is_matching: RwSignal::new(false),
            source: RwSignal::new(None),
            problem: RwSignal::new(None),
            unread: RwSignal::new(None),
            mapping: RwSignal::new(mapping),
            is_remembered: RwSignal::new(false),
            touched: RwSignal::new(Vec::new()),
            remembers: RwSignal::new(true),
            trial: RwSignal::new(None),
            job: RwSignal::new(None),
            is_undone: RwSignal::new(false),
        }
    }

    /// The row of steps.
    pub fn steps(self) -> AnyView {
        let stage = self.stage_memo();
        (move || {
            let at = match stage.get() {
                Stage::File => 0,
                Stage::Columns => 1,
                Stage::Running | Stage::Refused => 2,
                Stage::Finished => 3,
            };
            let names =
                vec![t("import-step-file"), t("import-step-columns"), t("import-step-import"), t("import-step-result")];
            steps(names, at)
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
            Stage::File => source::body(self),
            Stage::Columns => columns::body(self),
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
            Stage::File => source::foot(self),
            Stage::Columns => columns::foot(self),
            Stage::Running => running::foot(self),
            Stage::Finished => outcome::foot(self),
            Stage::Refused => running::refused_foot(self),
        })
        .into_any()
    }

    fn stage_memo(self) -> Memo<Stage> {
        Memo::new(move |_| match self.job.get() {
            Some(job) => job.phase.with(|phase| match phase {
                ImportPhase::Running(..) => Stage::Running,
                ImportPhase::Finished(_) => Stage::Finished,
                ImportPhase::Refused(_) => Stage::Refused,
            }),
            None if self.is_matching.get() => Stage::Columns,
            None => Stage::File,
        })
    }

    fn entity(self) -> Arc<Entity> {
        self.entity.get_value()
    }

    /// Takes a file that was read; suggests where its columns go, or takes the mapping of the last time.
    fn take(self, source: Source) {
        let entity = self.entity();
        let survey = source.survey.clone();
        let settings = self.app.read_settings();
        let read = |field: &Field, text: &str| form::read_text(field, text, &settings);
        let suggested = self.app.ask(|state| suggest(state, &entity, &survey.headers, &survey.samples, &read));
        let remembered = remembered(&entity, &survey.headers);
        self.is_remembered.set(remembered.is_some());
        self.mapping.set(remembered.unwrap_or(suggested));
        self.touched.set(Vec::new());
        self.trial.set(None);
        self.problem.set(None);
        self.unread.set(None);
        self.source.set(Some(Arc::new(source)));
    }

    /// Forgets the file that was chosen before.
    fn drop_file(self) {
        self.source.set(None);
        self.unread.set(None);
        self.trial.set(None);
    }

    /// Sends a column to a field.
    fn choose(self, column: usize, field: Option<FieldId>) {
        self.mapping.update(|mapping| {
            if let Some(known) = mapping.columns.get_mut(column) {
                *known = ColumnMapping::chosen(&known.header, field);
            }
            let is_mapped = |field: &FieldId| mapping.columns.iter().any(|column| column.field == Some(*field));
            mapping.match_on = mapping.match_on.iter().copied().filter(is_mapped).collect();
        });
        self.touched.update(|touched| touched.push(column));
        self.trial.set(None);
    }

    fn start_trial(self) {
        let Some(request) = self.request(Some(TRIAL)) else {
            return;
        };
        self.trial.set(Some(self.app.start_import(request)));
    }

    fn start(self) {
        let Some(request) = self.request(None) else { return };
        if self.remembers.get_untracked() {
            remember(&self.entity(), &request.mapping);
        }
        self.job.set(Some(self.app.start_import(request)));
        look_at_heading();
    }

    /// Back to the columns, for those who want to try once more.
    fn again(self) {
        self.job.set(None);
        self.trial.set(None);
        self.is_undone.set(false);
        look_at_heading();
    }

    fn request(self, trial: Option<usize>) -> Option<ImportRequest> {
        let source = self.source.get_untracked()?;
        Some(ImportRequest {
            text: source.text.clone(),
            separator: source.separator,
            mapping: self.mapping.get_untracked(),
            trial,
        })
    }
}

/// Whether a column can go into a field.
fn takes_cells(field: &Field) -> bool {
    !field.is_computed() && field.is_stored() && !matches!(field.kind, FieldKind::Files | FieldKind::Signature)
}

/// Puts the focus on the heading of the step that is about to be drawn.
fn look_at_heading() {
    request_animation_frame(|| browser::focus("import-heading"));
}

/// The mapping that this device remembers for these headings, if it still fits.
fn remembered(entity: &Entity, headers: &csv::StringRecord) -> Option<Mapping> {
    let names: Vec<&str> = headers.iter().map(crate::engine::transfer::clean_header).collect();
    let mapping: Mapping = json::read(&browser::remembered(&memory_name(entity, &names))?).ok()?;
    let is_whole = mapping.columns.len() == names.len();
    // A field may have come to be computed since.
    let takes = |id: FieldId| entity.field(id).is_some_and(takes_cells);
    let fits = mapping.columns.iter().filter_map(|column| column.field).all(takes);
    mapping.checked(entity).ok().filter(|_| is_whole && fits)
}

fn remember(entity: &Entity, mapping: &Mapping) {
    let names: Vec<&str> = mapping.columns.iter().map(|column| column.header.as_str()).collect();
    if let Ok(json) = serde_json::to_string(mapping) {
        browser::remember(&memory_name(entity, &names), &json);
    }
}

/// One name for each entity and set of headings.
fn memory_name(entity: &Entity, headers: &[&str]) -> String {
    // FNV-1a (Fowler, Noll, Vo 1991): the same on every device and in every version.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in headers.iter().flat_map(|header| header.bytes().chain([0x1f])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("import.{}.{hash:016x}", entity.id)
}
