//! A place to drop files, or to choose them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::icon_styled;
use crate::ui::text::t;

/// A place to drop files that says what they are for; the control in it has an id where others speak of it.
pub fn drop_files(
    says: String,
    id: Option<String>,
    described: Signal<Option<String>>,
    take: Callback<web_sys::FileList>,
) -> AnyView {
    let is_over = RwSignal::new(false);
    let dropped = move |event: web_sys::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if let Some(files) = event.data_transfer().and_then(|transfer| transfer.files()) {
            take.run(files);
        }
    };
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(files) = input.files() {
            take.run(files);
        }
        // The same file may be chosen again after it was removed.
        input.set_value("");
    };
    view! {
        <label
            class="drop"
            data-over=move || is_over.get().then_some("")
            on:dragover=move |event| {
                event.prevent_default();
                is_over.set(true);
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            {icon_styled("upload", "icon icon--20")}
            <span>{says}" "<strong>{t("field-choose-files")}</strong></span>
            <input id=id type="file" multiple=true aria-describedby=move || described.get() on:change=chosen/>
        </label>
    }
    .into_any()
}
