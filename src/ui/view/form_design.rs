//! The designer of forms: a palette of what can be asked, the pages with their sections and items, an inspector, a list of problems,
//! editions.

mod add;
mod begin;
mod canvas;
mod control;
mod edition;
mod file;
mod inspector;
mod menu;
mod palette;
mod past;
mod preview;
mod problem;
mod row;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::command::Command;
use crate::engine::design::Piece;
use crate::engine::form::FormProblem;
use crate::model::definition::Definition;
use crate::model::diagnostic::Rejection;
use crate::model::entity::Entity;
use crate::model::form::Form;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::route::{Route, replace, use_route};
use crate::ui::text::label;
use crate::ui::view::fill::Tried;
use crate::ui::view::workbench::{Designer, Words, Workbench};

pub use begin::NewFormDialog;
pub use edition::editions;
pub use preview::sheets;
pub use problem::problems;

const WORDS: Words =
    Words { palette: "form-palette", add: "form-palette", canvas: "form-canvas", itself: "form-itself" };

/// What the parts of the designer share.
#[derive(Clone, Copy)]
pub struct Bench {
    app: App,
    id: StoredValue<String>,
    form: Memo<Option<Arc<Form>>>,
    entity: Memo<Option<Arc<Entity>>>,
    /// The part that is looked at.
    chosen: Memo<Option<String>>,
    /// The page that is shown.
    page: Memo<usize>,
    shown: RwSignal<usize>,
    problems: Memo<Vec<FormProblem>>,
    /// The item whose name is typed on the canvas.
    typing: RwSignal<Option<String>>,
    /// Whether it is looked at as people see it, and how wide.
    looks: RwSignal<Option<preview::Width>>,
    /// The edition that is looked at instead.
    past: RwSignal<Option<Arc<Form>>>,
    /// Whether it is asked what a new field shall be.
    new_field: RwSignal<bool>,
    /// What was tried out in it as people see it.
    tried: StoredValue<Option<Tried>, LocalStorage>,
    /// Where the picture that is being chosen shall stand.
    picture: RwSignal<Option<crate::engine::design::FormSpot>>,
    work: Workbench,
}

impl Bench {
    /// The designer of a form.
    pub fn new(app: App, id: String) -> Bench {
        let route = use_route();
        let id = StoredValue::new(id);
        let form = Memo::new(move |_| {
            app.workspace();
            app.ask(|state| id.with_value(|id| form_of(state.definition(Form::worked_on(id))).cloned()))
        });
        let entity = Memo::new(move |_| form.get().and_then(|form| app.entity(form.entity)));
        let chosen = Memo::new(move |_| {
            let part = if let Route::FormDesign { part, .. } = &*route.read() { part.clone() } else { None };
            part.filter(|part| form.with(|form| form.as_ref().is_some_and(|form| form.page_of(part).is_some())))
        });
        let shown = RwSignal::new(0usize);
        let page = Memo::new(move |_| {
            let (chosen, shown) = (chosen.get(), shown.get());
            form.with(|form| {
                let form = form.as_ref()?;
                let of_chosen = chosen.and_then(|part| form.page_of(&part));
                Some(of_chosen.unwrap_or(shown.min(form.pages.len().saturating_sub(1))))
            })
            .unwrap_or(0)
        });
        let problems = Memo::new(move |_| {
            let form = form.get();
            entity.track();
            let compiled = form.and_then(|form| app.compile_form(form).ok());
            compiled.map(|compiled| app.form_problems(&compiled)).unwrap_or_default()
        });
        let bench = Bench {
            app,
            id,
            form,
            entity,
            chosen,
            page,
            shown,
            problems,
            typing: RwSignal::new(None),
            looks: RwSignal::new(None),
            past: RwSignal::new(None),
            new_field: RwSignal::new(false),
            tried: StoredValue::new_local(None),
            picture: RwSignal::new(None),
            work: Workbench::new(app, chosen.get_untracked().is_some()),
        };
        bench.work.serve(Designer {
            words: &WORDS,
            chosen: chosen.into(),
            palette: Callback::new(move |()| palette::palette(bench)),
            itself: Callback::new(move |()| bench.choose(None)),
            dropped: Callback::new(move |carried| canvas::dropped(bench, &carried)),
            remove: Callback::new(move |key: String| {
                if let Some((_, part)) = key.split_once(':') {
                    menu::remove(bench, part);
                }
            }),
            focus: Callback::new(move |()| focus_part(chosen.get_untracked())),
        });
        bench
    }

    /// The workspace.
    fn app(self) -> App {
        self.app
    }

    /// The form; tracked.
    pub fn form(self) -> Option<Arc<Form>> {
        self.form.get()
    }

    /// The entity whose records its answers become; tracked.
    pub fn entity(self) -> Option<Arc<Entity>> {
        self.entity.get()
    }

    /// Looks at a part, or at the form itself.
    fn choose(self, part: Option<String>) {
        self.work.open();
        // What is set is drawn anew, and a canvas that is drawn anew knows of no double click.
        if self.past.with_untracked(Option::is_some) {
            self.past.set(None);
        }
        self.follow(part);
    }

    /// The same where somebody goes on working on the canvas.
    fn follow(self, part: Option<String>) {
        if let Some(at) = part.as_ref().and_then(|part| self.form.get_untracked()?.page_of(part)) {
            self.shown.set(at);
        }
        self.work.forgive();
        replace(&Route::FormDesign { form: self.id.get_value(), part });
    }

    /// Keeps definitions, and offers to take that back.
    fn define(self, definitions: Vec<Definition>) -> Result<(), Rejection> {
        let what = self.form.get_untracked().map(|form| label(&form.label)).unwrap_or_default();
        self.work.act(Command::Define { definitions }, &what)
    }

    /// Keeps the form as it is now.
    fn keep(self, next: Form) -> bool {
        let is_same = self.form.get_untracked().is_some_and(|form| *form == next);
        is_same || self.work.tell_aloud(self.define(vec![Definition::Form(Arc::new(next))]))
    }

    /// Changes the form.
    fn change(self, change: impl FnOnce(Form) -> Form) -> bool {
        let form = self.form.get_untracked();
        form.is_some_and(|form| self.keep(change((*form).clone())))
    }

    /// Changes a part, or the form itself; what is wrong is said at a control.
    fn change_piece(self, part: Option<&str>, control: &str, change: &dyn Fn(&mut Piece)) -> bool {
        let (Some(form), Some(entity)) = (self.form.get_untracked(), self.entity.get_untracked()) else { return false };
        let Some(mut piece) = form.piece(&entity, part) else { return false };
        change(&mut piece);
        let next = (*form).clone().with_piece(part, piece);
        if next == *form {
            return true;
        }
        self.work.tell(control, self.define(vec![Definition::Form(Arc::new(next))]))
    }
}

/// Palette, canvas and inspector.
pub fn workbench(bench: Bench) -> AnyView {
    let canvas = move || match (bench.past.get(), bench.looks.get()) {
        (Some(edition), _) => past::past(bench, edition),
        (None, Some(width)) => preview::preview(bench, width),
        (None, None) => canvas::canvas(bench),
    };
    view! {
        {bench.work.frame(Signal::stored(true), canvas.into_any(), inspector::inspector(bench))}
        {add::dialogs(bench)}
    }
    .into_any()
}

/// Gives the focus to a part on the canvas once it is drawn where it is now.
fn focus_part(part: Option<String>) {
    let Some(part) = part else { return };
    request_animation_frame(move || {
        request_animation_frame(move || {
            let _ = browser::focus_first(&format!(".design__canvas [data-part=\"{part}\"] .design__name"))
                || browser::focus_first(&format!(".design__canvas [data-step=\"{part}\"]"));
        });
    });
}

fn form_of(definition: Option<&Definition>) -> Option<&Arc<Form>> {
    if let Some(Definition::Form(form)) = definition { Some(form) } else { None }
}
