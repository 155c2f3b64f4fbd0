//! Days and points in time: typed in words or figures, or picked from the browser's own calendar.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::draft::FieldDraft;
use super::input::described;
use crate::model::field::FieldKind;
use crate::model::value::Value;
use crate::ui::format;
use crate::ui::part::icon;
use crate::ui::text::t;

/// A day or a point in time.
#[component]
pub fn DateInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
) -> impl IntoView {
    let is_day = matches!(draft.field().kind, FieldKind::Date);
    let described = described(draft, &id);
    let calendar = NodeRef::<html::Input>::new();
    // What is understood of words; of a plain date nothing need be said.
    let read = Memo::new(move |_| {
        let text = draft.text.get();
        let said = match draft.read().ok()? {
            Value::Date(day) if day.to_string() != text.trim() => format::date(day, draft.app().today()),
            Value::Instant(at) if !text.trim().starts_with(|sign: char| sign.is_ascii_digit()) => format::instant(at),
            _ => return None,
        };
        Some(said)
    });
    let open = move || {
        let Some(calendar) = calendar.get_untracked() else { return };
        let element: &JsValue = &calendar;
        let show = js_sys::Reflect::get(element, &JsValue::from_str("showPicker"));
        match show.ok().and_then(|show| show.dyn_into::<js_sys::Function>().ok()) {
            // A browser that refuses has not been asked by a person.
            Some(show) => drop(show.call0(element)),
            None => calendar.click(),
        }
    };
    let shown = move || {
        let Ok(value) = draft.read() else { return String::new() };
        match value {
            Value::Date(day) => day.to_string(),
            Value::Instant(at) => at.local(draft.app().zone()).format("%Y-%m-%dT%H:%M").to_string(),
            _ => String::new(),
        }
    };
    let control = id.clone();
    view! {
        <div class="input input-box date">
            <input
                id=id
                type="text"
                autocomplete="off"
                required=move || draft.is_required()
                placeholder=t(if is_day { "field-date-example" } else { "field-instant-example" })
                aria-invalid=move || draft.error().is_some().then_some("true")
                aria-describedby=described
                prop:value=move || draft.text.get()
                on:input=move |event| draft.text.set(event_target_value(&event))
                on:blur=move |_| draft.judge()
                on:keydown=move |event| {
                    if event.alt_key() && event.key() == "ArrowDown" {
                        event.prevent_default();
                        open();
                    }
                }
            />
            {move || read.get().map(|said| view! { <span class="date__read" role="status">{said}</span> })}
            <button
                class="date__open"
                type="button"
                tabindex="-1"
                aria-label=t("field-pick-date")
                title=t("field-pick-date")
                // The focus stays in the text.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| open()
            >
                {icon("calendar")}
            </button>
            <input
                class="date__calendar"
                type=if is_day { "date" } else { "datetime-local" }
                tabindex="-1"
                aria-hidden="true"
                node_ref=calendar
                prop:value=shown
                on:change=move |event| {
                    event.stop_propagation();
                    draft.text.set(event_target_value(&event).replace('T', " "));
                    crate::ui::browser::focus(&control);
                }
            />
        </div>
    }
    .into_any()
}
