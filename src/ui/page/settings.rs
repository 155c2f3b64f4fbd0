//! Settings: how it looks, who is acting, where everything is kept.

use leptos::prelude::*;

use crate::app::App;
use crate::ui::browser;
use crate::ui::text::t;
use crate::ui::view::settings;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let app = expect_context::<App>();
    browser::set_title(&t("settings-title"));
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <span class="page__title"><h1>{t("settings-title")}</h1></span>
            </header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("settings-title")>
                {settings::parts(app)}
            </div>
        </main>
    }
    .into_any()
}
