//! A record as it was at an earlier time, on a page of its own.

use leptos::prelude::*;

use crate::app::App;
use crate::model::id::{EntityId, RecordId};
use crate::ui::browser;
use crate::ui::part::icon_button;
use crate::ui::route::{Route, go};
use crate::ui::shell::is_typing;
use crate::ui::text::{label, t};
use crate::ui::view::past::{self, Past};

/// The page.
#[component]
pub fn PastPage(
    /// Its entity.
    entity: EntityId,
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let app = expect_context::<App>();
    let past = Past::new(app, entity, id);
    let name = past::name(past);
    Effect::new(move |_| browser::set_title(&name.get()));
    let back = move || {
        let is_there = app.ask(|state| state.shared_record(id).is_some());
        go(&if is_there { Route::Record { entity, id } } else { Route::History });
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
        if is_plain && event.key() == "Escape" && !event.default_prevented() && !is_typing(&event) {
            event.prevent_default();
            back();
        }
    });
    on_cleanup(move || keys.remove());
    let plural = move || app.entity(entity).map(|entity| label(&entity.plural));
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <nav class="crumbs" aria-label=t("record-crumbs")>
                    <ol>
                        <li><a href=Route::records(entity).href()>{plural}</a></li>
                        <li><a class="clip" href=Route::Record { entity, id }.href()>{move || name.get()}</a></li>
                        <li><span class="page__title"><h1>{t("past-title")}</h1></span></li>
                    </ol>
                </nav>
                <div class="page__actions">{icon_button(t("part-close"), "x", back)}</div>
            </header>
            {past::banner(past)}
            <div class="page__body" tabindex="0" role="region" aria-label=t("past-title")>{past::body(past)}</div>
        </main>
    }
    .into_any()
}
