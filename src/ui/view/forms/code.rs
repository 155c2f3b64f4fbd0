//! The address of a form as a code to scan: shown, and handed over as a picture.

use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::part::{Dialog, icon, scan_code};
use crate::ui::route::Route;
use crate::ui::shell::use_app;
use crate::ui::text::{label, t};

/// The code of a form, while one is wanted.
#[component]
pub fn CodeDialog(
    /// Whose.
    form: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let wanted = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(id) = form.get() {
            wanted.set(id);
            open.set(true);
            form.set(None);
        }
    });
    let name = move || untrack(|| app.form(&wanted.get())).map(|form| label(&form.label)).unwrap_or_default();
    view! {
        <Dialog open=open title=t("forms-code-title")>
            {move || {
                let address = browser::address_of(&Route::fill(&wanted.get()).href());
                let picture = scan_code(&address);
                let (file, named) = (format!("{}.svg", wanted.get()), name());
                let saved = picture.clone();
                let save = move |_| {
                    if let Some(picture) = &saved {
                        browser::download(&file, "image/svg+xml", picture);
                    }
                };
                view! {
                    <figure class="forms__code">
                        <div role="img" aria-label=named inner_html=picture></div>
                        <figcaption>{address}</figcaption>
                        <button class="button" type="button" on:click=save>{icon("download")}{t("forms-code-save")}</button>
                    </figure>
                }
            }}
        </Dialog>
    }
    .into_any()
}
