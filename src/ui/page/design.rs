//! The designer of one entity: its fields, what can be set of them, and how its records are laid out.

use leptos::prelude::*;

use crate::model::id::EntityId;
use crate::ui::part::{Art, Empty, icon, icon_styled};
use crate::ui::route::{Route, Sheet, use_route};
use crate::ui::shell::{UndoButtons, use_app};
use crate::ui::text::{label, t};
use crate::ui::view::design::{self, Bench};
use crate::ui::view::form_design::NewFormDialog;

/// The page.
#[component]
pub fn DesignPage(
    /// The entity.
    entity: EntityId,
) -> impl IntoView {
    let app = use_app();
    let is_there = Memo::new(move |_| app.entity(entity).is_some());
    move || if is_there.get() { page(Bench::new(app, entity)) } else { missing() }
}

fn page(bench: Bench) -> AnyView {
    let name = move || bench.entity().map(|entity| label(&entity.plural)).unwrap_or_default();
    let new_form = RwSignal::new(false);
    let picture = move || bench.entity().map(|entity| icon_styled(&entity.icon, "icon"));
    view! {
        <main class="page design" id="main" tabindex="-1">
            <header class="page__head">
                <nav class="crumbs" aria-label=t("design-crumbs")>
                    <ol>
                        <li><a href=Route::Entities.href()>{t("design-title")}</a></li>
                        <li>{picture}<span class="page__title"><h1>{name}</h1></span></li>
                    </ol>
                </nav>
                <div class="page__actions">
                    <span class="wide-only"><UndoButtons/></span>
                    <button class="button" type="button" aria-haspopup="dialog" on:click=move |_| new_form.set(true)>
                        {icon("clipboard-list")}
                        <span class="wide-only">{t("form-new-form")}</span>
                        <span class="narrow-only sr-only">{t("form-new-form")}</span>
                    </button>
                    <a class="button" href=Route::records(bench.id).href()>
                        {icon("table-2")}
                        <span class="wide-only">{t("design-open-records")}</span>
                        <span class="narrow-only sr-only">{t("design-open-records")}</span>
                    </a>
                </div>
            </header>
            <div class="page__bar">{sheets(bench.id)}<span class="push">{design::troubles(bench)}</span></div>
            {design::workbench(bench)}
            <NewFormDialog open=new_form entity=Some(bench.id)/>
        </main>
    }
    .into_any()
}

fn sheets(entity: EntityId) -> AnyView {
    let route = use_route();
    let tab = |sheet: Sheet, picture: &'static str, key: &'static str| {
        let is_here = move || match &*route.read() {
            Route::Design { sheet: here, .. } if *here == sheet => Some("page"),
            _ => None,
        };
        let href = Route::Design { entity, sheet, field: None }.href();
        view! { <a class="tab" href=href aria-current=is_here>{icon(picture)}{t(key)}</a> }.into_any()
    };
    view! {
        <nav class="tabs" aria-label=t("design-sheets")>
            {tab(Sheet::Fields, "list", "design-fields")}
            {tab(Sheet::Page, "layout-template", "design-page")}
        </nav>
    }
    .into_any()
}

fn missing() -> AnyView {
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__body">
                <Empty art=Art::Search title=t("design-no-entity") say=t("design-no-entity-say")>
                    <a class="button" href=Route::Entities.href()>{t("design-title")}</a>
                </Empty>
            </div>
        </main>
    }
    .into_any()
}
