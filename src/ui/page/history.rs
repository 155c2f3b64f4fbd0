//! The history: every step of the workspace, the newest first.

use leptos::prelude::*;

use crate::app::App;
use crate::ui::browser;
use crate::ui::text::t;
use crate::ui::view::history::{self, Chronicle};

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let app = expect_context::<App>();
    browser::set_title(&t("history-title"));
    let chronicle = Chronicle::new(app);
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <span class="page__title">
                    <h1>{t("history-title")}</h1>
                    {history::count(chronicle)}
                </span>
                <div class="page__actions">{history::steps(app)}</div>
            </header>
            {history::controls(chronicle)}
            {history::list(chronicle)}
        </main>
    }
    .into_any()
}
