//! The product as an app of its own on this device: what the browser offers, or how a person does it where it offers nothing.

use leptos::prelude::*;

use super::setting;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::t;

/// The row; it follows what the page's own scripts say.
pub fn row() -> AnyView {
    let stands = RwSignal::new(browser::noted("install"));
    browser::on_window("perennial:install-change", move |_: web_sys::Event| {
        let _ = stands.try_set(browser::noted("install"));
    });
    let drawn = move || match stands.get().as_deref() {
        Some("done") => {
            let chip = view! { <span class="chip chip--good chip--large">{icon("check")}<span>{t("install-done")}</span></span> };
            setting(t("install-title"), t("install-done-say"), chip.into_any())
        }
        Some("ready") => {
            let install = |_| browser::announce("perennial:install", "");
            let button = view! { <button class="button" type="button" on:click=install>{icon("download")}{t("install-do")}</button> };
            setting(t("install-title"), t("install-say"), button.into_any())
        }
        Some("ios") => setting(t("install-title"), t("install-ios"), ().into_any()),
        _ => setting(t("install-title"), t("install-menu"), ().into_any()),
    };
    drawn.into_any()
}
