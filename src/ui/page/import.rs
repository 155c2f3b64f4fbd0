//! Bringing records in: choose a file, match its columns, watch it run, see what came of each row.

use leptos::prelude::*;

use crate::app::App;
use crate::model::id::EntityId;
use crate::ui::browser;
use crate::ui::part::{Art, Empty};
use crate::ui::received::handed;
use crate::ui::route::Route;
use crate::ui::text::{label, t};
use crate::ui::view::import::Wizard;

/// The page.
#[component]
pub fn ImportPage(
    /// What the rows become.
    entity: EntityId,
) -> impl IntoView {
    let app = expect_context::<App>();
    let Some(definition) = app.ask(|state| crate::model::state::Reader::entity(state, entity).cloned()) else {
        return view! {
            <main class="page" id="main" tabindex="-1">
                <Empty art=Art::Search title=t("import-no-entity") say=t("import-no-entity-say")>
                    <a class="button" href=Route::Home.href()>{t("import-home")}</a>
                </Empty>
            </main>
        }
        .into_any();
    };
    browser::set_title(&format!("{} · {}", t("import-title"), label(&definition.plural)));
    let list = Route::records(entity);
    let wizard = Wizard::take_up(app, definition.clone(), handed());
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <nav class="crumbs" aria-label=t("import-crumbs")>
                    <ol>
                        <li><a href=list.href()>{label(&definition.plural)}</a></li>
                        <li><span class="page__title"><h1>{t("import-title")}</h1></span></li>
                    </ol>
                </nav>
            </header>
            <div class="page__bar">{wizard.steps()}</div>
            <div class="page__body" tabindex="0" role="region" aria-label=t("import-title")>
                <div class="wizard">{wizard.body()}</div>
            </div>
            <footer class="wizard__foot">{wizard.foot()}</footer>
        </main>
    }
    .into_any()
}
