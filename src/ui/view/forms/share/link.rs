//! The address of a form: to copy, and as a code to scan that is handed over as a picture.

use leptos::prelude::*;

use super::{Shared, copy_button};
use crate::engine::form::qr_code;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::route::Route;
use crate::ui::text::{label, t};

/// The light edge around a code, in modules.
const EDGE: usize = 4;

/// The panel.
pub fn panel(shared: Shared) -> AnyView {
    let Some(form) = shared.form.get() else { return ().into_any() };
    let address = browser::address_of(&Route::fill(&form.id).href());
    let picture = picture(&address);
    let (file, saved) = (format!("{}.svg", form.id), picture.clone());
    let save = move |_| {
        if let Some(picture) = &saved {
            browser::download(&file, "image/svg+xml", picture);
        }
    };
    let is_here_only = ["http://localhost", "http://127.", "http://[::1]"].iter().any(|own| address.starts_with(own));
    let copied = address.clone();
    let mark = move |event: web_sys::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    view! {
        <p class="share__say">{t("share-link-say")}</p>
        <div class="share__copy">
            <input
                class="input"
                type="text"
                readonly=true
                aria-label=t("share-address")
                prop:value=address
                on:focus=mark
            />
            {copy_button(t("share-copy"), move || copied.clone())}
        </div>
        {is_here_only.then(|| view! { <p class="share__stays">{icon("info")}<span>{t("share-here-only")}</span></p> })}
        <figure class="share__code">
            <div role="img" aria-label=label(&form.label) inner_html=picture></div>
            <button class="button" type="button" on:click=save>{icon("download")}{t("share-code-save")}</button>
        </figure>
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
