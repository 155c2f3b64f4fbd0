//! Addresses: one control for each part.

use std::sync::Arc;

use leptos::prelude::*;

use super::draft::FieldDraft;
use super::input::{described, name};
use crate::model::value::{Place, Value};
use crate::ui::text::t;

/// A postal address.
#[component]
pub fn AddressInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
) -> impl IntoView {
    let described = described(draft, &id);
    let part = move |own: String, label: String, auto: &'static str, get: fn(&mut Place) -> &mut String| {
        let shown = move || place(draft).map(|mut place| std::mem::take(get(&mut place))).unwrap_or_default();
        let put = move |text: String| {
            let mut next = place(draft).unwrap_or_default();
            *get(&mut next) = text;
            let is_blank = next == Place::default();
            draft.value.set(if is_blank { Value::Empty } else { Value::Place(Arc::new(next)) });
        };
        view! {
            <input
                id=own
                class="input"
                type="text"
                autocomplete=auto
                aria-label=label.clone()
                placeholder=label
                prop:value=shown
                // Enter may send it before it is left; the blank behind a word is only taken away then.
                on:input=move |event| put(event_target_value(&event))
                on:change=move |event| put(event_target_value(&event).trim().to_owned())
                on:blur=move |_| draft.judge()
            />
        }
        .into_any()
    };
    view! {
        <div class="input-group input-group--address" role="group" aria-label=name(draft) aria-describedby=described>
            {part(id.clone(), t("field-country"), "country-name", |place| &mut place.country)}
            {part(format!("{id}-region"), t("field-region"), "address-level1", |place| &mut place.region)}
            {part(format!("{id}-city"), t("field-city"), "address-level2", |place| &mut place.city)}
            {part(format!("{id}-postcode"), t("field-postcode"), "postal-code", |place| &mut place.postcode)}
            {part(format!("{id}-street"), t("field-street"), "street-address", |place| &mut place.street)}
        </div>
    }
    .into_any()
}

fn place(draft: FieldDraft) -> Option<Place> {
    draft.value.with(|value| if let Value::Place(place) = value { Some((**place).clone()) } else { None })
}
