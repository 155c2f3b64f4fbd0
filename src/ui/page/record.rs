//! A record on a whole page: its head, its fields and its timeline in the middle, its score and what is related on the right.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::{EntityId, RecordId};
use crate::ui::browser;
use crate::ui::part::{Art, Empty, icon_button};
use crate::ui::route::{Route, go};
use crate::ui::text::{label, t};
use crate::ui::view::form;
use crate::ui::view::record::{
    Level, RecordFacts, RecordHead, RecordLines, RecordRelated, RecordScores, copy_link, remove,
};
use crate::ui::view::related;
use crate::ui::view::timeline::Timeline;

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
    let list = Route::Records { entity, view: None, beside: None }.href();
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

#[component]
fn Page(id: RecordId, entity: Arc<Entity>) -> impl IntoView {
    let app = expect_context::<App>();
    let entity_id = entity.id;
    let list = Route::Records { entity: entity_id, view: None, beside: None };
    let back = {
        let list = list.clone();
        move || go(&list)
    };
    let removed = Callback::new({
        let list = list.clone();
        move |()| go(&list)
    });
    let name = move || app.title(id);
    let keys = move |event: web_sys::KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "e" && is_plain && !browser::is_typing() {
            event.prevent_default();
            form::edit(entity_id, id);
        }
    };
    let relations = related::relations(app, &entity);
    view! {
        <main class="page" id="main" tabindex="-1" on:keydown=keys>
            <header class="page__head">
                <nav class="crumbs" aria-label=t("record-crumbs")>
                    <ol>
                        <li><a href=list.href()>{label(&entity.plural)}</a></li>
                        <li><span class="clip">{name}</span></li>
                    </ol>
                </nav>
                <div class="page__actions">
                    {icon_button(t("record-copy-link"), "link", move || copy_link(app, entity_id, id))}
                    {icon_button(
                        t("record-remove"),
                        "trash-2",
                        move || {
                            if remove(app, id) {
                                removed.run(());
                            }
                        },
                    )}
                    {icon_button(t("part-close"), "x", back)}
                </div>
            </header>
            <div class="page__body" tabindex="0" role="region" aria-label=t("record-region")>
                <div class="record-page">
                    <div class="record__top">
                        <RecordHead id=id entity=entity.clone() level=Level::Page removed=removed/>
                    </div>
                    <div class="record-page__main record">
                        <RecordFacts id=id entity=entity.clone()/>
                        <RecordLines id=id entity=entity.clone()/>
                        <section class="group">
                            <header class="group__head"><h2>{t("record-timeline")}</h2></header>
                            <Timeline id=id/>
                        </section>
                    </div>
                    <aside class="record-page__aside" aria-label=t("record-related")>
                        <RecordScores id=id entity=entity/>
                        <RecordRelated id=id relations=relations/>
                    </aside>
                </div>
            </div>
        </main>
    }
    .into_any()
}
