//! A record beside its list: the same content in a panel that can be drawn wider.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::figures::Wanted;
use super::head::{Level, RecordHead, copy_link};
use super::{RecordFacts, RecordLines, RecordRelated, RecordScores, gone};
use crate::app::App;
use crate::model::id::RecordId;
use crate::ui::part::{Tab, TabBar, icon_button, unique_id};
use crate::ui::route::{Route, go};
use crate::ui::text::t;
use crate::ui::view::related;
use crate::ui::view::score_card;
use crate::ui::view::stream::{DropZone, Stream};
use crate::ui::{browser, format};

const NARROWEST: f64 = 360.0;
const WIDEST: f64 = 860.0;
const USUAL: f64 = 480.0;
const STEP: f64 = 24.0;
/// The name under which this device remembers the width.
const KEPT: &str = "panel";

/// A record beside its list.
#[component]
pub fn RecordPanel(
    /// The record.
    id: RecordId,
    /// Told when the reader wants to close it.
    close: Callback<()>,
    /// Told when the reader wants the one before (-1) or after (1).
    step: Callback<i32>,
    /// Where it stands in the list and how long that is: "2 / 23".
    place: Signal<Option<(usize, usize)>>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let kept = browser::remembered(KEPT).and_then(|width| width.parse::<f64>().ok()).filter(|width| width.is_finite());
    let width = RwSignal::new(kept.unwrap_or(USUAL).clamp(NARROWEST, WIDEST));
    let entity_id = Memo::new(move |_| app.record(id).map(|record| record.entity));
    let name = move || app.title(id);
    let number = |count: usize| format::number(count.into(), Some(0));
    // A field that was being edited takes the focus with it.
    let go_on = move |by: i32| {
        step.run(by);
        let button =
            format!(".panel__bar [aria-label=\"{}\"]", t(if by < 0 { "record-previous" } else { "record-next" }));
        request_animation_frame(move || {
            request_animation_frame(move || {
                if !browser::has_focused_element() {
                    browser::focus_first(&button);
                }
            });
        });
    };
    let bar = move || {
        let entity = entity_id.get();
        view! {
            {icon_button(t("part-close"), "x", move || close.run(()))}
            {entity
                .map(|entity| icon_button(t("record-open-page"), "maximize-2", move || go(&Route::Record { entity, id })))}
            <span class="quiet num">{move || place.get().map(|(at, count)| format!("{} / {}", number(at), number(count)))}</span>
            {icon_button(t("record-previous"), "arrow-up", move || go_on(-1))}
            {icon_button(t("record-next"), "arrow-down", move || go_on(1))}
            <span class="push"></span>
            {entity.map(|entity| icon_button(t("record-copy-link"), "link", move || copy_link(app, entity, id)))}
        }
    };
    let body = move || {
        let entity = entity_id.get().and_then(|entity| app.entity(entity));
        match entity {
            None => gone(),
            Some(entity) => view! { <Body id=id entity=entity close=close/> }.into_any(),
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.stop_propagation();
            close.run(());
        }
    };
    view! {
        <aside class="panel" aria-label=name style=move || format!("--panel: {}px", width.get()) on:keydown=keys>
            <Grip width=width/>
            <div class="panel__bar">{bar}</div>
            <DropZone id=id class="panel__body record">{body}</DropZone>
        </aside>
    }
    .into_any()
}

#[component]
fn Body(id: RecordId, entity: std::sync::Arc<crate::model::entity::Entity>, close: Callback<()>) -> impl IntoView {
    let app = expect_context::<App>();
    let start = unique_id("record");
    let panel = format!("{start}-panel");
    let chosen = RwSignal::new("details");
    let wanted = RwSignal::new(None);
    provide_context(Wanted(wanted));
    // A field that somebody wants to fill in is among the details.
    Effect::new(move |_| {
        if wanted.get().is_some() {
            chosen.set("details");
        }
    });
    let relations = StoredValue::new(related::relations(app, &entity));
    let has_scores = !score_card::models(app, entity.id).is_empty();
    let tabs = Signal::derive(move || {
        let count = relations.with_value(|relations| related::count(app, id, relations));
        let mut tabs = vec![
            Tab { key: "details", label: t("record-details"), count: None },
            Tab { key: "timeline", label: t("record-timeline"), count: None },
            Tab { key: "related", label: t("record-related"), count: Some(count) },
        ];
        if has_scores {
            tabs.push(Tab { key: "score", label: t("record-score"), count: None });
        }
        tabs
    });
    let shown = {
        let entity = entity.clone();
        move || match chosen.get() {
            "timeline" => view! { <section class="group"><Stream id=id/></section> }.into_any(),
            "related" => view! { <RecordRelated id=id relations=relations.get_value()/> }.into_any(),
            "score" => view! { <RecordScores id=id entity=entity.clone()/> }.into_any(),
            _ => view! {
                <RecordFacts id=id entity=entity.clone()/>
                <RecordLines id=id entity=entity.clone()/>
            }
            .into_any(),
        }
    };
    let labelled = {
        let start = start.clone();
        move || format!("{start}-{}", chosen.get())
    };
    view! {
        <RecordHead id=id entity=entity level=Level::Panel removed=close/>
        <TabBar id=start label=t("record-parts") tabs=tabs chosen=chosen/>
        <div role="tabpanel" id=panel tabindex="0" aria-labelledby=labelled>{shown}</div>
    }
    .into_any()
}

/// The edge by which the panel is drawn wider: with the pointer, or with the arrows.
#[component]
fn Grip(width: RwSignal<f64>) -> impl IntoView {
    let is_held = RwSignal::new(false);
    let set = move |wanted: f64| {
        let wanted = wanted.clamp(NARROWEST, WIDEST).round();
        width.set(wanted);
        browser::remember(KEPT, &wanted.to_string());
    };
    let hold = move |event: web_sys::PointerEvent| {
        event.prevent_default();
        if let Some(grip) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
        is_held.set(true);
    };
    let pull = move |event: web_sys::PointerEvent| {
        if is_held.get_untracked() {
            set(browser::window_width() - f64::from(event.client_x()));
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let now = width.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" => set(now + STEP),
            "ArrowRight" => set(now - STEP),
            "Home" => set(NARROWEST),
            "End" => set(WIDEST),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div
            class="panel__grip"
            role="separator"
            aria-orientation="vertical"
            aria-label=t("record-resize")
            aria-valuemin=NARROWEST.to_string()
            aria-valuemax=WIDEST.to_string()
            aria-valuenow=move || width.get().to_string()
            tabindex="0"
            data-active=move || is_held.get().then_some("")
            on:pointerdown=hold
            on:pointermove=pull
            on:pointerup=move |_| is_held.set(false)
            on:pointercancel=move |_| is_held.set(false)
            on:dblclick=move |_| set(USUAL)
            on:keydown=keys
        ></div>
    }
    .into_any()
}
