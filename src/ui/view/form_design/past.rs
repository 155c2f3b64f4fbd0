//! An edition that was published, looked at beside the form that is worked on; it can be taken up again.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Bench, preview};
use crate::model::entity::Entity;
use crate::model::form::Form;
use crate::model::id::FieldId;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{label, t, tr};
use crate::ui::view::fill::Fill;

/// Looks at an edition.
pub fn look(bench: Bench, edition: Arc<Form>) {
    bench.past.set(Some(edition));
    request_animation_frame(|| {
        request_animation_frame(|| {
            let _ = browser::focus_first(".form-design__past button");
        });
    });
}

/// Goes back to the form that is worked on.
pub fn leave(bench: Bench) {
    bench.past.set(None);
    request_animation_frame(|| {
        let _ = browser::focus_first(".design__canvas");
    });
}

/// Takes an edition up again.
pub fn restore(bench: Bench, edition: &Arc<Form>) {
    let edition = edition.clone();
    bench.change(move |form| form.restored(&edition));
    bench.past.set(None);
}

/// The edition as people saw it, and how it differs.
pub fn past(bench: Bench, edition: Arc<Form>) -> AnyView {
    let number = edition.edition.unwrap_or_default();
    let name = tr("form-edition", [("number", i64::from(number).into())]);
    let called = name.clone();
    let differences = {
        let edition = edition.clone();
        move || {
            let (now, entity) = (bench.form.get()?, bench.entity.get()?);
            let lines = [
                ("form-past-added", besides(&entity, &now, &edition)),
                ("form-past-gone", besides(&entity, &edition, &now)),
            ];
            let said = lines.into_iter().filter(|(_, names)| !names.is_empty());
            let said: Vec<AnyView> = said
                .map(|(key, names)| view! { <p class="quiet">{tr(key, [("names", names.into())])}</p> }.into_any())
                .collect();
            Some(match said.is_empty() {
                true => view! { <p class="quiet">{t("form-past-same")}</p> }.into_any(),
                false => said.into_any(),
            })
        }
    };
    let shown = edition.clone();
    let again = move |_| restore(bench, &edition);
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            leave(bench);
        }
    };
    view! {
        <div on:keydown=escape>
        <section class="form-design__past" aria-label=name>
            <div>
                <h2>{icon("history")}{called}</h2>
                <p>{t("form-past-say")}</p>
                {differences}
            </div>
            <div class="form-design__acts">
                <button class="button" type="button" on:click=move |_| leave(bench)>{icon("arrow-left")}{t("form-past-leave")}</button>
                <button class="button button--primary" type="button" on:click=again>{icon("rotate-ccw")}{t("form-edition-restore")}</button>
            </div>
        </section>
        <div class="form-design__frame" data-width="desktop">{preview::drawn(Fill::try_out(bench.app, shown, None), Callback::new(|()| ()))}</div>
        </div>
    }
    .into_any()
}

/// What one form asks and the other does not.
fn besides(entity: &Entity, one: &Form, other: &Form) -> String {
    let is_new = |id: &FieldId| other.asked().all(|asked| asked != *id);
    let name = |id: FieldId| entity.field(id).map_or_else(|| id.to_string(), |field| label(&field.label));
    one.asked().filter(is_new).map(name).collect::<Vec<String>>().join(", ")
}
