//! A quiet button that says how something is, with the sheet below it in which it is changed.

use leptos::prelude::*;

use super::{Popover, icon, unique_id};

/// The button and its sheet. `begun` is run before it opens.
pub fn sheet_button(
    open: RwSignal<bool>,
    picture: &'static str,
    says: AnyView,
    class: &'static str,
    begun: Callback<()>,
    sheet: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let anchor = unique_id("sheet");
    let sheet = StoredValue::new(sheet);
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet button--small"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| {
                begun.run(());
                open.set(true);
            }
        >
            {icon(picture)}
            {says}
        </button>
        <Popover open=open anchor=anchor class=class>{move || sheet.with_value(|sheet| sheet())}</Popover>
    }
    .into_any()
}
