//! A record on a whole page: its head, its fields, its timeline in the middle, its score and what is related on the right.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::{EntityId, RecordId};
use crate::ui::part::{Art, Empty, icon, icon_button};
use crate::ui::route::{Route, go, replace};
use crate::ui::shell::{UndoButtons, is_typing};
use crate::ui::text::{label, t};
use crate::ui::trail::{Trail, use_trail};
use crate::ui::view::form;
use crate::ui::view::record::{
    Level, RecordFacts, RecordHead, RecordLines, RecordRelated, RecordScores, Wanted, copy_link,
};
use crate::ui::view::related;
use crate::ui::view::stream::{DropZone, Stream};
use crate::ui::{browser, format};

/// The page of a record.
#[component]
pub fn RecordPage(
    /// Its entity.
    entity: EntityId,
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let app = expect_context::<App>();
    let is_there = Memo::new(move |_| app.record(id).is_some());
    let definition = Memo::new(move |_| app.entity(entity));
    Effect::new(move |_| browser::set_title(&app.title(id)));
    move || match definition.get().filter(|_| is_there.get()) {
        Some(definition) => view! { <Page id=id entity=definition/> }.into_any(),
        None => missing(entity),
    }
}

fn missing(entity: EntityId) -> AnyView {
    let list = Route::records(entity).href();
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__body">
                <Empty art=Art::Torn title=t("record-gone") say=t("record-gone-say")>
                    <a class="button" href=list>{t("record-to-list")}</a>
                </Empty>
            </div>
        </main>
    }
    .into_any()
}

thread_local! {
    // The page is drawn anew for each neighbour; the focus goes on to the button that brought one there.
    static PRESSED: Cell<Option<isize>> = const { Cell::new(None) };
}

#[component]
fn Page(id: RecordId, entity: Arc<Entity>) -> impl IntoView {
    let app = expect_context::<App>();
    let entity_id = entity.id;
    let trail = use_trail().get_untracked().filter(|trail| trail.entity == entity_id);
    let list = trail.as_ref().map_or_else(|| Route::records(entity_id), |trail| trail.list.clone());
    let back = Callback::new({
        let list = list.clone();
        move |()| go(&list)
    });
    let name = move || app.title(id);
    let trail = StoredValue::new(trail.filter(|trail| trail.place(id).is_some()));
    let step = move |by: isize| {
        let next = trail.with_value(|trail| trail.as_ref().and_then(|trail| trail.beside(app, id, by)));
        if let Some(next) = next {
            // Going from record to record is one step of the browser's history, not many.
            replace(&Route::Record { entity: entity_id, id: next });
        }
        next.is_some()
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
        if !is_plain || event.default_prevented() || is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "e" => form::edit(entity_id, id),
            "j" if step(1) => {}
            "k" if step(-1) => {}
            "Escape" => back.run(()),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    if let Some(by) = PRESSED.take() {
        request_animation_frame(move || browser::focus(&step_button(by)));
    }
    provide_context(Wanted(RwSignal::new(None)));
    let relations = related::relations(app, &entity);
    view! {
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <nav class="crumbs" aria-label=t("record-crumbs")>
                    <ol>
                        <li><a href=list.href()>{label(&entity.plural)}</a></li>
                        <li><span class="clip">{name}</span></li>
                    </ol>
                </nav>
                <div class="page__actions">
                    {trail.get_value().map(|trail| steps(app, id, &trail, step))}
                    <span class="wide-only"><UndoButtons/></span>
                    {icon_button(t("record-copy-link"), "link", move || copy_link(app, entity_id, id))}
                    {icon_button(t("part-close"), "x", move || back.run(()))}
                </div>
            </header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("record-region")>
                <DropZone id=id class="record-page">
                    <div class="record__top">
                        <RecordHead id=id entity=entity.clone() level=Level::Page removed=back/>
                    </div>
                    <div class="record-page__facts record">
                        <RecordFacts id=id entity=entity.clone()/>
                        <RecordLines id=id entity=entity.clone()/>
                    </div>
                    <div class="record-page__main record">
                        <section class="group">
                            <header class="group__head"><h2>{t("record-timeline")}</h2></header>
                            <Stream id=id/>
                        </section>
                    </div>
                    <aside class="record-page__aside" aria-label=t("record-related")>
                        <RecordScores id=id entity=entity/>
                        <RecordRelated id=id relations=relations/>
                    </aside>
                </DropZone>
            </div>
        </main>
    }
    .into_any()
}

fn step_button(by: isize) -> String {
    format!("record-step{by}")
}

/// Where the record stands in the list that one came from, and the ways to its neighbours.
fn steps(
    app: App,
    id: RecordId,
    trail: &Trail,
    step: impl Fn(isize) -> bool + Copy + Send + Sync + 'static,
) -> AnyView {
    let number = |number: usize| format::number(rust_decimal::Decimal::from(number), Some(0));
    let place = trail.place(id).map(|(at, count)| format!("{} / {}", number(at), number(count)));
    let one = |name: String, keys: &'static str, picture: &'static str, by: isize| {
        let is_end = trail.beside(app, id, by).is_none();
        view! {
            <button
                id=step_button(by)
                class="button button--quiet button--icon button--small"
                type="button"
                aria-label=name.clone()
                aria-keyshortcuts=keys
                aria-disabled=is_end.then_some("true")
                title=name
                on:click=move |_| {
                    if step(by) {
                        PRESSED.set(Some(by));
                    }
                }
            >
                {icon(picture)}
            </button>
        }
        .into_any()
    };
    view! {
        <span class="button-pair">
            <span class="quiet num wide-only">{place}</span>
            {one(t("record-previous"), "K", "arrow-up", -1)}
            {one(t("record-next"), "J", "arrow-down", 1)}
        </span>
    }
    .into_any()
}
