//! A new form: of which entity, and what it is called. It begins with what a record cannot be without.

use std::sync::Arc;

use leptos::prelude::*;

use crate::command::Command;
use crate::engine::design::new_form;
use crate::model::definition::Definition;
use crate::model::field::{Label, Language};
use crate::model::id::EntityId;
use crate::model::state::Reader;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::{Route, go};
use crate::ui::shell::{listed, use_app};
use crate::ui::text::{diagnostic, label, language, t};

/// Asks for a new form and opens its designer.
#[component]
pub fn NewFormDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The entity that is chosen already.
    #[prop(optional_no_strip)]
    entity: Option<EntityId>,
) -> impl IntoView {
    let app = use_app();
    let (zh, en) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let kind = RwSignal::new(entity.or_else(|| untrack(|| listed(app)).first().map(|entity| entity.id)));
    let problem = RwSignal::new(None::<String>);
    let save = move || {
        let (zh_name, en_name) = (zh.get_untracked().trim().to_owned(), en.get_untracked().trim().to_owned());
        if zh_name.is_empty() && en_name.is_empty() {
            problem.set(Some(t("design-name-missing")));
            return;
        }
        let Some(entity) = kind.get_untracked().and_then(|id| app.ask(|state| state.entity(id).cloned())) else {
            return;
        };
        let form = app.ask(|state| new_form(state, &entity, Label { zh: zh_name, en: en_name }));
        let route = Route::FormDesign { form: form.id.clone(), part: None };
        match app.dispatch(Command::Define { definitions: vec![Definition::Form(Arc::new(form))] }) {
            Ok(_) => {
                open.set(false);
                zh.set(String::new());
                en.set(String::new());
                go(&route);
            }
            Err(refused) => problem.set(refused.diagnostics.first().map(diagnostic)),
        }
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=move |_| save()>{t("design-create")}</button>
        }
        .into_any()
    });
    let name = move |id: &'static str, key: &'static str, name: RwSignal<String>| {
        view! {
            <div class="field">
                <label class="field__label" for=id>{t(key)}</label>
                <input
                    class="input"
                    id=id
                    autocomplete="off"
                    maxlength="80"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    aria-describedby=move || problem.with(Option::is_some).then_some("new-form-error")
                    prop:value=name
                    on:input=move |event| {
                        name.set(event_target_value(&event));
                        problem.set(None);
                    }
                />
            </div>
        }
        .into_any()
    };
    let inside = move || {
        let names = match language() {
            Language::Zh => [("new-form-zh", "design-name-zh", zh), ("new-form-en", "design-name-en", en)],
            Language::En => [("new-form-en", "design-name-en", en), ("new-form-zh", "design-name-zh", zh)],
        };
        let kinds: Vec<AnyView> = app
            .entities()
            .into_iter()
            .map(|entity| {
                let is_chosen = kind.get_untracked() == Some(entity.id);
                view! { <option value=entity.id.to_string() selected=is_chosen>{label(&entity.plural)}</option> }
                    .into_any()
            })
            .collect();
        view! {
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <p class="quiet">{t("form-new-form-say")}</p>
                {names.map(|(id, key, value)| name(id, key, value)).into_iter().collect::<Vec<AnyView>>()}
                {move || problem.get().map(|problem| view! {
                    <p class="field__error" id="new-form-error" role="alert">{icon("circle-alert")}{problem}</p>
                })}
                <div class="field">
                    <label class="field__label" for="new-form-entity">{t("form-becomes")}</label>
                    <select class="input" id="new-form-entity" on:change=move |event| kind.set(Some(EntityId::new(&event_target_value(&event))))>{kinds}</select>
                </div>
                <button class="sr-only" type="submit" tabindex="-1" aria-hidden="true"></button>
            </form>
        }
    };
    view! {
        <Dialog open=open title=Signal::derive(|| t("form-new-form-title")) class="dialog--small" footer=footer>{inside}</Dialog>
    }
    .into_any()
}
