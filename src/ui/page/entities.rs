//! The kinds of record that there are, and where new ones are made.

use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::shell::{UndoButtons, use_app};
use crate::ui::text::t;
use crate::ui::view::design::{self, NewEntityDialog};

/// The page.
#[component]
pub fn EntitiesPage() -> impl IntoView {
    let app = use_app();
    browser::set_title(&t("design-title"));
    let open = RwSignal::new(false);
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <span class="page__title"><h1>{t("design-title")}</h1></span>
                <div class="page__actions">
                    <span class="wide-only"><UndoButtons/></span>
                    <button class="button button--primary" type="button" data-new="" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                        {icon("plus")}
                        {t("design-new")}
                    </button>
                </div>
            </header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("design-title")>{design::list(app)}</div>
            <NewEntityDialog open=open/>
        </main>
    }
    .into_any()
}
