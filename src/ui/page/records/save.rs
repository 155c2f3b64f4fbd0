//! Saving how one looks at records: over the view, or as a view of its own.

use leptos::prelude::*;

use crate::app::ToastAction;
use crate::command::Command;
use crate::model::definition::Definition;
use crate::model::field::Label;
use crate::model::view::View;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::{Route, go};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, t};
use crate::ui::view::lens::Lens;

/// Saves what is looked at over the view.
pub fn keep(lens: Lens) {
    if let Err(reason) = define(lens.as_view(None)) {
        use_app().toast("toast-refused", vec![("reason", reason)], ToastAction::None);
    }
}

/// Takes the view away.
pub fn remove(lens: Lens) {
    let app = use_app();
    let view = lens.view.get_value();
    let name = label(&view.label);
    match app.dispatch(Command::Undefine { ids: vec![Definition::View(view.into()).id()] }) {
        Ok(_) => {
            go(&Route::records(lens.entity));
            app.toast("toast-view-removed", vec![("name", name)], ToastAction::Undo);
        }
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            app.toast("toast-refused", vec![("reason", reason)], ToastAction::None);
        }
    }
}

/// Asks for the name of a new view.
#[component]
pub fn NameDialog(
    /// What is to be saved.
    lens: Lens,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let name = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let save = move || {
        let typed = name.get_untracked().trim().to_owned();
        if typed.is_empty() {
            problem.set(Some(t("view-name-missing")));
            return;
        }
        let id = format!("{}-{}", lens.entity, app.context().ids.record());
        match define(lens.as_view(Some((id.clone(), Label::same(&typed))))) {
            Ok(()) => {
                open.set(false);
                name.set(String::new());
                // The view that one started from is as it was.
                lens.reset();
                lens.remember();
                go(&Route::Records { entity: lens.entity, view: Some(id), beside: None, linked: None });
            }
            Err(reason) => problem.set(Some(reason)),
        }
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=move |_| save()>{t("view-save")}</button>
        }
        .into_any()
    });
    view! {
        <Dialog open=open title=Signal::derive(|| t("view-save-as-title")) class="dialog--small" footer=footer>
            <form
                class="field"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <label class="field__label" for="view-name">{t("view-name")}</label>
                <input
                    class="input"
                    id="view-name"
                    autocomplete="off"
                    maxlength="60"
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
            </form>
        </Dialog>
    }
    .into_any()
}

fn define(view: View) -> Result<(), String> {
    let command = Command::Define { definitions: vec![Definition::View(view.into())] };
    match use_app().dispatch(command) {
        Ok(_) => Ok(()),
        Err(refused) => Err(refused.diagnostics.first().map(diagnostic).unwrap_or_default()),
    }
}
