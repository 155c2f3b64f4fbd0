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

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::design::Piece;
use crate::engine::form::FormProblem;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::form::Form;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::part::{Carried, Drag, DragRules};
use crate::ui::route::{Route, replace, use_route};
use crate::ui::text::{diagnostic, label};
use crate::ui::view::design::{carry_by_key, hold_focus, keep_when_leaving, press_on_canvas, release_on_canvas};

pub use begin::NewFormDialog;
pub use edition::editions;
pub use preview::sheets;
pub use problem::problems;

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
    /// Whether the inspector lies open on a narrow screen.
    is_open: RwSignal<bool>,
    /// The item whose name is typed on the canvas.
    typing: RwSignal<Option<String>>,
    /// Whether it is looked at as people see it, and how wide.
    looks: RwSignal<Option<preview::Width>>,
    /// The edition that is looked at instead.
    past: RwSignal<Option<Arc<Form>>>,
    /// What was wrong with the last change, by the control that asked for it.
    wrong: RwSignal<Option<(String, String)>>,
    /// Where the field that is being made anew shall stand, while it is.
    new_field: RwSignal<Option<add::Wanted>>,
    /// Where the picture that is being chosen shall stand.
    picture: RwSignal<Option<crate::engine::design::FormSpot>>,
    drag: Drag,
    /// What is told to those who do not see.
    said: RwSignal<String>,
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
        let rules = DragRules {
            thing: "[data-key]",
            zone: ".design [data-zone]",
            scroller: ".design__canvas",
            copy: "design__carried",
        };
        let kept = StoredValue::new(None::<Bench>);
        let dropped = Callback::new(move |carried: Carried| {
            if let Some(bench) = kept.get_value() {
                canvas::dropped(bench, &carried);
            }
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
            is_open: RwSignal::new(chosen.get_untracked().is_some()),
            typing: RwSignal::new(None),
            looks: RwSignal::new(None),
            past: RwSignal::new(None),
            wrong: RwSignal::new(None),
            new_field: RwSignal::new(None),
            picture: RwSignal::new(None),
            drag: Drag::new(rules, dropped),
            said: RwSignal::new(String::new()),
        };
        kept.set_value(Some(bench));
        keep_when_leaving(app);
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
        self.is_open.set(true);
        self.past.set(None);
        self.follow(part);
    }

    /// The same where somebody goes on working on the canvas.
    fn follow(self, part: Option<String>) {
        if let Some(at) = part.as_ref().and_then(|part| self.form.get_untracked()?.page_of(part)) {
            self.shown.set(at);
        }
        self.wrong.set(None);
        replace(&Route::FormDesign { form: self.id.get_value(), part });
    }

    /// Keeps definitions, and offers to take that back.
    fn define(self, definitions: Vec<Definition>) -> bool {
        let what = self.form.get_untracked().map(|form| label(&form.label)).unwrap_or_default();
        match self.app.dispatch(Command::Define { definitions }) {
            Ok(_) => {
                self.wrong.set(None);
                self.app.toast("design-changed", vec![("name", what)], ToastAction::Undo);
                true
            }
            Err(refused) => {
                self.app.toast_rejection(&refused);
                false
            }
        }
    }

    /// Keeps the form as it is now.
    fn keep(self, next: Form) -> bool {
        if self.form.get_untracked().is_some_and(|form| *form == next) {
            return true;
        }
        self.define(vec![Definition::Form(Arc::new(next))])
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
        let what = label(&next.label);
        match self.app.dispatch(Command::Define { definitions: vec![Definition::Form(Arc::new(next))] }) {
            Ok(_) => {
                self.wrong.set(None);
                self.app.toast("design-changed", vec![("name", what)], ToastAction::Undo);
                true
            }
            Err(refused) => {
                let sentence = refused.diagnostics.first().map(diagnostic);
                self.wrong.set(sentence.map(|sentence| (control.to_owned(), sentence)));
                false
            }
        }
    }

    /// What a control did wrong, if it was the last one; tracked.
    fn wrong_at(self, control: String) -> Signal<Option<String>> {
        Signal::derive(move || self.wrong.get().filter(|(at, _)| *at == control).map(|(_, sentence)| sentence))
    }
}

/// Palette, canvas and inspector.
pub fn workbench(bench: Bench) -> AnyView {
    let escape = move |event: web_sys::KeyboardEvent| {
        let is_carrying = bench.drag.carried.get_untracked().is_some();
        if event.key() != "Escape" || event.default_prevented() || is_carrying {
            return;
        }
        if bench.past.with_untracked(Option::is_some) {
            past::leave(bench);
        } else if bench.is_open.get_untracked() {
            bench.is_open.set(false);
            focus_part(bench.chosen.get_untracked());
        }
    };
    view! {
        <div
            class="page__body design__bench"
            data-sheet="fields"
            data-open=move || bench.is_open.get().then_some("")
            node_ref=bench.drag.container
            on:pointerdown=move |event| {
                press_on_canvas(&event);
                bench.drag.down(&event);
            }
            on:pointermove=move |event| bench.drag.moved(&event)
            on:pointerup=move |event| {
                bench.drag.up(&event);
                release_on_canvas(&event);
            }
            on:pointercancel=move |_| bench.drag.cancel()
            on:keydown=move |event| {
                carry_by_key(bench.drag, bench.said, &event);
                remove_by_key(bench, &event);
                escape(event);
            }
        >
            <p class="sr-only" role="status">{move || bench.said.get()}</p>
            <aside class="design__palette" aria-label=crate::ui::text::t("form-palette")>{palette::palette(bench)}</aside>
            <section class="design__canvas" tabindex="0" aria-label=crate::ui::text::t("form-canvas")>
                {move || match (bench.past.get(), bench.looks.get()) {
                    (Some(edition), _) => past::past(bench, edition),
                    (None, Some(width)) => preview::preview(bench, width),
                    (None, None) => canvas::canvas(bench),
                }}
            </section>
            {inspector::inspector(bench)}
        </div>
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

/// Takes away what has the focus on the canvas.
fn remove_by_key(bench: Bench, event: &web_sys::KeyboardEvent) {
    if event.key() != "Delete" || event.default_prevented() || bench.drag.carried.get_untracked().is_some() {
        return;
    }
    let name = browser::closest(event.target(), ".design__canvas .design__name");
    let part = name.and_then(|name| name.closest("[data-part]").ok()??.get_attribute("data-part"));
    if let Some(part) = part {
        event.prevent_default();
        menu::remove(bench, &part);
    }
}

fn form_of(definition: Option<&Definition>) -> Option<&Arc<Form>> {
    if let Some(Definition::Form(form)) = definition { Some(form) } else { None }
}
