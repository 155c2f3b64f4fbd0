//! The history: every step of the workspace, the newest first.

use leptos::prelude::*;

use crate::app::App;
use crate::ui::browser;
use crate::ui::route::Route;
use crate::ui::text::t;
use crate::ui::view::history;

/// The page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let app = expect_context::<App>();
    browser::set_title(&t("history-title"));
    let listed = RwSignal::new(None);
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <nav class="crumbs" aria-label=t("history-crumbs")>
                    <ol>
                        <li><a href=Route::Settings.href()>{t("settings-title")}</a></li>
                        <li>
                            <span class="page__title">
                                <h1>{t("history-title")}</h1>
                                {history::count(listed)}
                            </span>
                        </li>
                    </ol>
                </nav>
                <div class="page__actions">{history::steps(app)}</div>
            </header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("history-title")>
                {history::list(app, listed)}
            </div>
        </main>
    }
    .into_any()
}
