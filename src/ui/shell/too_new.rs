//! The screen for a workspace that a newer version has written: nothing was touched, and it says so.

use leptos::prelude::*;

use crate::app::Preferences;
use crate::ui::browser;
use crate::ui::part::{Art, Empty};
use crate::ui::text::{set_language, t, tr};

/// The screen for a workspace from a newer version.
#[component]
pub fn TooNew(
    /// The version of the data.
    found: u32,
    /// The newest version that this program knows.
    known: u32,
) -> impl IntoView {
    set_language(Preferences::load().language.get_untracked());
    let say = tr("shell-too-new-say", [("found", i64::from(found).into()), ("known", i64::from(known).into())]);
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__body">
                <Empty art=Art::Torn title=t("shell-too-new-title") say=say>
                    <button class="button button--primary" on:click=move |_| browser::reload()>{t("shell-too-new-reload")}</button>
                </Empty>
            </div>
        </main>
    }
    .into_any()
}
