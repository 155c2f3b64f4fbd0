//! A new form: of which entity, and what it is called. It begins with what a record cannot be without.

use std::sync::Arc;

use leptos::prelude::*;

use crate::command::Command;
use crate::engine::design::new_form;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::Label;
use crate::model::id::EntityId;
use crate::model::state::Reader;
use crate::ui::route::{Route, go};
use crate::ui::shell::{listed, use_app};
use crate::ui::text::{label, t};
use crate::ui::view::workbench::{Naming, naming_dialog};

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
    let kind = RwSignal::new(entity.or_else(|| untrack(|| listed(app)).first().map(|entity| entity.id)));
    let make = Callback::new(move |name: Label| {
        let found = kind.get_untracked().and_then(|id| app.ask(|state| state.entity(id).cloned()));
        let Some(entity) = found else { return Err(Diagnostic::new(Code::UnknownEntity).into()) };
        let form = app.ask(|state| new_form(state, &entity, name));
        let route = Route::FormDesign { form: form.id.clone(), part: None };
        app.dispatch(Command::Define { definitions: vec![Definition::Form(Arc::new(form))] })?;
        go(&route);
        Ok(())
    });
    let more = Callback::new(move |()| {
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
            <div class="field">
                <label class="field__label" for="new-form-entity">{t("form-becomes")}</label>
                <select class="input" id="new-form-entity" on:change=move |event| kind.set(Some(EntityId::new(&event_target_value(&event))))>{kinds}</select>
            </div>
        }
        .into_any()
    });
    naming_dialog(Naming {
        open,
        id: "new-form",
        title: "form-new-form-title",
        say: "form-new-form-say",
        longest: 80,
        with_english: None,
        more,
        make,
    })
}
