//! The designer of one form: what it asks, in which order, and by which rules.

use leptos::prelude::*;

use crate::ui::browser;
use crate::ui::part::{Art, Empty, icon_styled};
use crate::ui::route::Route;
use crate::ui::shell::{UndoButtons, use_app};
use crate::ui::text::{label, t};
use crate::ui::view::form_design::{self, Bench};

/// The page.
#[component]
pub fn FormDesignPage(
    /// The form.
    form: String,
) -> impl IntoView {
    let app = use_app();
    let bench = Bench::new(app, form);
    let is_there = Memo::new(move |_| bench.form().is_some() && bench.entity().is_some());
    Effect::new(move |_| {
        if let Some(form) = bench.form() {
            browser::set_title(&label(&form.label));
        }
    });
    move || if is_there.get() { page(bench) } else { missing() }
}

fn page(bench: Bench) -> AnyView {
    let name = move || bench.form().map(|form| label(&form.label)).unwrap_or_default();
    view! {
        <main class="page design form-design" id="main" tabindex="-1">
            <header class="page__head">
                <nav class="crumbs" aria-label=t("design-crumbs")>
                    <ol>
                        <li><a href=Route::Forms.href()>{t("forms-title")}</a></li>
                        <li>{icon_styled("clipboard-list", "icon")}<span class="page__title"><h1>{name}</h1></span></li>
                    </ol>
                </nav>
                <div class="page__actions">
                    <span class="wide-only"><UndoButtons/></span>
                    {form_design::editions(bench)}
                </div>
            </header>
            <div class="page__bar">{form_design::sheets(bench)}<span class="push">{form_design::problems(bench)}</span></div>
            {form_design::workbench(bench)}
        </main>
    }
    .into_any()
}

fn missing() -> AnyView {
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__body">
                <Empty art=Art::Search title=t("form-no-form") say=t("form-no-form-say")>
                    <a class="button" href=Route::Forms.href()>{t("forms-title")}</a>
                </Empty>
            </div>
        </main>
    }
    .into_any()
}
