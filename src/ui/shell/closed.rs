//! What stands in place of the workspace while it cannot be opened: why, that nothing was touched, and what to do.

use leptos::prelude::*;

use crate::app::Preferences;
use crate::ui::browser;
use crate::ui::part::{Art, Empty};
use crate::ui::text::{self, t, tr};

/// It was written by a newer version of the product.
#[component]
pub fn TooNew(
    /// The version found.
    found: u32,
    /// The version known.
    known: u32,
) -> impl IntoView {
    speak();
    let say = tr("shell-too-new-say", [("found", i64::from(found).into()), ("known", i64::from(known).into())]);
    page(t("shell-too-new-title"), say, reload())
}

/// Another tab holds the database open in an older version; the workspace opens by itself once that tab is gone.
#[component]
pub fn Blocked() -> impl IntoView {
    speak();
    page(t("shell-blocked-title"), t("shell-blocked-say"), reload())
}

/// There is no room even for opening it.
#[component]
pub fn NoRoom() -> impl IntoView {
    speak();
    page(t("shell-no-room-title"), t("shell-no-room-say"), view! { {reload()}{rescue()} }.into_any())
}

/// It could not be read.
#[component]
pub fn Unreadable(
    /// What the browser says.
    detail: String,
) -> impl IntoView {
    speak();
    let say = tr("shell-unreadable-say", [("detail", detail.into())]);
    page(t("shell-unreadable-title"), say, view! { {reload()}{rescue()} }.into_any())
}

/// No workspace is open that would have set the language.
fn speak() {
    text::set_language(Preferences::load().language.get_untracked());
}

fn page(title: String, say: String, actions: AnyView) -> AnyView {
    browser::set_title(&title);
    view! {
        <main class="page" id="main">
            <h1 class="sr-only">"Perennial"</h1>
            <Empty art=Art::Torn title=title say=say>{actions}</Empty>
        </main>
    }
    .into_any()
}

fn reload() -> AnyView {
    view! {
        <button class="button button--primary" type="button" on:click=|_| browser::reload()>{t("shell-reload")}</button>
    }
    .into_any()
}

fn rescue() -> AnyView {
    view! {
        <button class="button" type="button" on:click=|_| browser::announce("perennial:rescue", "")>
            {t("shell-rescue")}
        </button>
    }
    .into_any()
}
