//! The frame around a control: its label, its hint and what is wrong with it.

use leptos::prelude::*;

use super::icon::icon;

/// A labelled control. `control` must have the id `id` and, where there is an error, `aria-describedby` of `{id}-error`.
pub fn field_frame(
    id: &str,
    label: String,
    required: bool,
    hint: Option<String>,
    error: Signal<Option<String>>,
    control: AnyView,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    view! {
        <label class="field__label" for=id.to_owned()>
            {label}
            {required.then(|| view! { <span class="field__need" aria-hidden="true">"*"</span> })}
        </label>
        {control}
        {field_error(id, error)}
        {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
    }
    .into_any()
}

/// The sentence under a control that is wrong.
pub fn field_error(id: &str, error: Signal<Option<String>>) -> AnyView {
    let id = format!("{id}-error");
    (move || {
        error.get().map(|sentence| {
            view! { <p class="field__error" id=id.clone()>{icon("circle-alert")}<span>{sentence}</span></p> }
        })
    })
    .into_any()
}
