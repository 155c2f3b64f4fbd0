//! The address of a form as a code to scan: shown, and handed over as a picture.

use leptos::prelude::*;

use crate::engine::form::qr_code;
use crate::ui::browser;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::Route;
use crate::ui::shell::use_app;
use crate::ui::text::{label, t};

/// The light edge around a code, in modules.
const EDGE: usize = 4;

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
                let picture = picture(&address);
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

fn picture(address: &str) -> Option<String> {
    let code = qr_code(address)?;
    let side = code.size + 2 * EDGE;
    // Dark on light whatever the theme: cameras expect it.
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path transform="translate({EDGE} {EDGE})" d="{}"/></svg>"##,
        code.path()
    ))
}
