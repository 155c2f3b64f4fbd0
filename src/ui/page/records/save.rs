//! Saving how one looks at records: over the view, or as a view of its own; and naming, sharing and ordering views.

use std::sync::Arc;

use leptos::prelude::*;

use super::tabs;
use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::model::definition::Definition;
use crate::model::field::Label;
use crate::model::id::RecordId;
use crate::model::view::View;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::{Route, go};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, t, tr};
use crate::ui::view::lens::{ALL, Lens};

/// A longer name has no room in a tab.
const LONGEST_NAME: usize = 60;

/// What a name is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// What is looked at, as a new view.
    SaveAs,
    /// Another name for the view.
    Rename,
}

/// Saves what is looked at over the view.
pub fn keep(lens: Lens) {
    let app = use_app();
    tabs::keep_focus();
    let unpin = lens.unpinning();
    let defined = define(app, vec![lens.as_view(None)]);
    if defined.is_ok() {
        unpin();
    }
    say_refused(app, defined);
}

/// Takes the view away.
pub fn remove(lens: Lens) {
    let app = use_app();
    let view = lens.view.get_value();
    let name = label(&view.label);
    match app.dispatch(Command::Undefine { ids: vec![Definition::View(view.into()).id()] }) {
        Ok(_) => {
            tabs::keep_focus();
            go(&Route::records(lens.entity));
            app.toast("toast-view-removed", vec![("name", name)], ToastAction::Undo);
        }
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            app.warn("toast-refused", vec![("reason", reason)], ToastAction::None);
        }
    }
}

/// Makes another view like this one, as it is saved, and goes to it.
pub fn duplicate(lens: Lens, views: &[Arc<View>]) {
    let app = use_app();
    let mut view = lens.view.get_value();
    view.id = new_id(app, lens);
    view.label = Label::same(&tr("view-copy-of", [("name", label(&view.label).into())]));
    view.order = after(views);
    let to = Route::Records { entity: lens.entity, view: Some(view.id.clone()), beside: None, linked: None };
    match define(app, vec![view]) {
        Ok(()) => {
            tabs::keep_focus();
            go(&to);
        }
        refused => say_refused(app, refused),
    }
}

/// Makes a view somebody's own, or shares it with all.
pub fn give(lens: Lens, owner: Option<RecordId>) {
    let app = use_app();
    let view = View { owner, ..lens.view.get_value() };
    let name = label(&view.label);
    match define(app, vec![view]) {
        Ok(()) => {
            tabs::keep_focus();
            let said = if owner.is_some() { "toast-view-private" } else { "toast-view-shared" };
            app.toast(said, vec![("name", name)], ToastAction::Undo);
        }
        refused => say_refused(app, refused),
    }
}

/// Puts a view at the place of another one; all that are defined get their places anew.
pub fn put_before(app: App, views: &[Arc<View>], moved: &str, over: &str) {
    let place = |id: &str| views.iter().position(|view| view.id == id);
    let (Some(from), Some(to)) = (place(moved), place(over)) else { return };
    let mut views = views.to_vec();
    let view = views.remove(from);
    views.insert(to, view);
    let placed = views.iter().zip(1..).filter(|(view, order)| view.order != *order && !view.id.starts_with(ALL));
    let changed: Vec<View> = placed.map(|(view, order)| View { order, ..(**view).clone() }).collect();
    say_refused(app, define(app, changed));
}

/// Asks for the name of a view.
#[component]
pub fn NameDialog(
    /// What is looked at.
    lens: Lens,
    /// What the name is for; the dialog is shown while there is something.
    purpose: RwSignal<Option<Purpose>>,
    /// The views that there are.
    views: Memo<Vec<Arc<View>>>,
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let is_mine = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let is_rename = move || purpose.get() == Some(Purpose::Rename);
    let me = app.preferences().actor.clone();
    let known_me = me.clone();
    Effect::new(move |_| {
        let wanted = purpose.get();
        if wanted.is_some() {
            let now = lens.view.with_value(|view| label(&view.label));
            name.set(if wanted == Some(Purpose::Rename) { now } else { String::new() });
            is_mine.set(false);
            problem.set(None);
        }
        open.set(wanted.is_some());
    });
    Effect::new(move |_| {
        if !open.get() && purpose.get_untracked().is_some() {
            purpose.set(None);
        }
    });
    let save = move || {
        let typed = name.get_untracked().trim().to_owned();
        if let Some(wrong) = name_problem(&typed) {
            problem.set(Some(wrong));
            return;
        }
        let defined = match purpose.get_untracked() {
            Some(Purpose::Rename) => {
                let view = View { label: Label::same(&typed), ..lens.view.get_value() };
                define(app, vec![view]).map(|()| None)
            }
            _ => {
                let id = new_id(app, lens);
                let mut view = lens.as_view(Some((id.clone(), Label::same(&typed))));
                view.owner = me.get_untracked().filter(|_| is_mine.get_untracked());
                view.order = after(&views.get_untracked());
                define(app, vec![view]).map(|()| Some(id))
            }
        };
        match defined {
            Ok(made) => {
                tabs::keep_focus();
                open.set(false);
                if let Some(id) = made {
                    // The view that one started from is as it was.
                    lens.reset();
                    lens.remember();
                    go(&Route::Records { entity: lens.entity, view: Some(id), beside: None, linked: None });
                }
            }
            Err(reason) => problem.set(Some(reason)),
        }
    };
    let save = Callback::new(move |()| save());
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=move |_| save.run(())>
                {move || if is_rename() { t("view-rename-do") } else { t("view-save") }}
            </button>
        }
        .into_any()
    });
    let title = Signal::derive(move || if is_rename() { t("view-rename-title") } else { t("view-save-as-title") });
    view! {
        <Dialog open=open title=title class="dialog--small" footer=footer>
            <form
                class="field"
                on:submit=move |event| {
                    event.prevent_default();
                    save.run(());
                }
            >
                <label class="field__label" for="view-name">{t("view-name")}</label>
                <input
                    class="input"
                    id="view-name"
                    autocomplete="off"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby=move || problem.with(Option::is_some).then_some("view-name-error")
                    prop:value=name
                    on:input=move |event| {
                        name.set(event_target_value(&event));
                        problem.set(None);
                    }
                />
                {move || problem.get().map(|problem| view! {
                    <p class="field__error" id="view-name-error" role="alert">{icon("circle-alert")}{problem}</p>
                })}
                {
                    let may_own = known_me.get_untracked().is_some();
                    move || (may_own && !is_rename()).then(|| view! {
                        <label class="check">
                            <input
                                class="check__box"
                                type="checkbox"
                                prop:checked=is_mine
                                on:change=move |event| is_mine.set(event_target_checked(&event))
                            />
                            <span>{t("view-only-mine")}</span>
                        </label>
                    })
                }
            </form>
        </Dialog>
    }
    .into_any()
}

/// Why a view cannot be called so.
pub fn name_problem(name: &str) -> Option<String> {
    match name.chars().count() {
        0 => Some(t("view-name-missing")),
        count if count > LONGEST_NAME => {
            Some(tr("view-name-long", [("count", count.into()), ("most", LONGEST_NAME.into())]))
        }
        _ => None,
    }
}

fn new_id(app: App, lens: Lens) -> String {
    format!("{}-{}", lens.entity, app.context().ids.record())
}

/// The place behind all views that there are.
fn after(views: &[Arc<View>]) -> i32 {
    views.iter().map(|view| view.order).max().unwrap_or_default().saturating_add(1)
}

fn define(app: App, views: Vec<View>) -> Result<(), String> {
    let definitions = views.into_iter().map(|view| Definition::View(view.into())).collect();
    match app.dispatch(Command::Define { definitions }) {
        Ok(_) => Ok(()),
        Err(refused) => Err(refused.diagnostics.first().map(diagnostic).unwrap_or_default()),
    }
}

fn say_refused(app: App, defined: Result<(), String>) {
    if let Err(reason) = defined {
        app.warn("toast-refused", vec![("reason", reason)], ToastAction::None);
    }
}
