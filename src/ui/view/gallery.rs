//! The gallery: cards side by side, each with a picture; only those in sight are drawn.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::model::view::ViewShape;
use crate::ui::browser;
use crate::ui::field::{cover, first_picture, show_in_cell};
use crate::ui::part::{hue_name, icon};
use crate::ui::route::Route;
use crate::ui::shell::use_app;
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::lens::Lens;
use crate::ui::view::tint::{self, Tinted, Tints};

/// The least width of a card, the gap between cards, and the heights of a card's parts, as the style sheet has them.
const LEAST: f64 = 216.0;
const GAP: f64 = 12.0;
const COVER: f64 = 148.0;
const TITLE: f64 = 46.0;
const LINE: f64 = 24.0;
const REST: f64 = 22.0;
/// Rows drawn beyond what is in sight.
const MORE: usize = 2;

/// What the parts of the gallery share.
#[derive(Clone, Copy)]
struct Table {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    cover: Option<FieldId>,
    tints: Memo<Arc<Tints>>,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    /// The card that has the focus, or had it last.
    current: RwSignal<Option<RecordId>>,
}

/// A gallery of what the lens finds.
#[component]
pub fn Gallery(
    /// What is looked at.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The shape of the gallery.
    shape: ViewShape,
    /// The record that is open beside it.
    beside: Signal<Option<RecordId>>,
    /// Opens a record beside it.
    open_beside: Callback<RecordId>,
    /// Starts a new record with these values.
    create: Callback<Vec<(FieldId, Value)>>,
) -> impl IntoView {
    let ViewShape::Gallery { cover, .. } = shape else { return ().into_any() };
    let app = use_app();
    let kept = StoredValue::new(entity.clone());
    let tints = tint::tints(app, lens, kept);
    let table = Table { app, lens, entity: kept, cover, tints, beside, open_beside, current: RwSignal::new(None) };
    let scroller = NodeRef::<html::Div>::new();
    // Width, height and how far it was scrolled.
    let seen = RwSignal::new((960.0, 800.0, 0.0));
    let measure = move || {
        if let Some(scroller) = scroller.try_get_untracked().flatten() {
            let now = (
                f64::from(scroller.client_width()),
                f64::from(scroller.client_height()),
                f64::from(scroller.scroll_top()),
            );
            if seen.get_untracked() != now {
                seen.set(now);
            }
        }
    };
    Effect::new(move |_| {
        scroller.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let height = Memo::new(move |_| {
        let lines = lens.columns.with(Vec::len) as f64;
        let cover = if cover.is_some() { COVER } else { 0.0 };
        let word = if tints.with(|tints| tints.has_whole()) { LINE } else { 0.0 };
        cover + TITLE + lines * LINE + word + REST
    });
    let across = Memo::new(move |_| {
        let (width, _, _) = seen.get();
        let least = if width < 600.0 { 150.0 } else { LEAST };
        (((width - 32.0 + GAP) / (least + GAP)).floor() as usize).max(1)
    });
    let window = Memo::new(move |_| {
        let ((_, tall, top), each, across) = (seen.get(), height.get() + GAP, across.get());
        let first = ((top / each) as usize).saturating_sub(MORE);
        let last = ((top + tall) / each).ceil() as usize + MORE;
        (first * across, last * across)
    });
    let shown = Memo::new(move |_| {
        let (start, end) = window.get();
        lens.found.with(|found| {
            found.rows.get(start.min(found.rows.len())..end.min(found.rows.len())).unwrap_or_default().to_vec()
        })
    });
    let style = move || {
        let (each, across) = (height.get() + GAP, across.get());
        let count = lens.found.with(|found| found.rows.len());
        let rows = (count + 1).div_ceil(across);
        let before = (window.get().0.min(count) / across) as f64 * each;
        format!("--across:{across};--each:{}px;--before:{before}px;--all:{}px", height.get(), rows as f64 * each)
    };
    let new = tr("list-new", [("name", label_within(&entity.label).into())]);
    let is_at_end = move || {
        let count = lens.found.with(|found| found.rows.len());
        window.get().1 > count
    };
    view! {
        <div class="gallery" node_ref=scroller tabindex="-1" on:scroll=move |_| measure() on:keydown=move |event| pressed(table, across, &event) on:click=move |event| clicked(table, &event)>
            <div class="gallery__room" style=style>
                <ul class="gallery__cards" aria-label=label(&entity.plural)>
                    <For each=move || shown.get() key=|id| *id let:id>{card(table, id)}</For>
                    {move || is_at_end().then(|| view! {
                        <li class="gallery__new">
                            <button type="button" on:click=move |_| create.run(Vec::new())>{icon("plus")}{new.clone()}</button>
                        </li>
                    })}
                </ul>
            </div>
        </div>
        {foot(table)}
    }
    .into_any()
}

fn card(table: Table, id: RecordId) -> AnyView {
    let record = Memo::new(move |_| table.app.record(id));
    let is_open = Memo::new(move |_| table.beside.get() == Some(id));
    let tinted = tint::tinted(table.app, table.tints, id);
    let whole = Memo::new(move |_| tinted.with(|tinted| tinted.whole.clone()));
    view! {
        <li
            class="gallery__card"
            data-record=id.to_string()
            data-open=move || is_open.get().then_some("")
            data-hue=move || whole.get().map(|(hue, _)| hue_name(hue))
            data-tint=move || whole.with(Option::is_some).then_some("")
        >
            {move || record.get().map(|record| inside(table, &record, &tinted.get()))}
            {move || tint::word(whole.get())}
        </li>
    }
    .into_any()
}

fn inside(table: Table, record: &Record, tinted: &Tinted) -> AnyView {
    let id = record.id;
    let title = table.app.title(id);
    let title = if title.is_empty() { t("list-untitled") } else { title };
    let href = Route::Record { entity: record.entity, id }.href();
    let tab = move || {
        let stop = table.current.get().or_else(|| table.lens.found.with(|found| found.rows.first().copied()));
        if stop == Some(id) { "0" } else { "-1" }
    };
    let picture = table.cover.map(|field| match first_picture(record.value(field)) {
        Some(file) => view! { <div class="gallery__cover">{cover(table.app, file)}</div> }.into_any(),
        None => {
            let name = table.entity.with_value(|entity| entity.icon.clone());
            view! { <div class="gallery__cover gallery__cover--none">{crate::ui::part::icon_styled(&name, "icon icon--20")}</div> }.into_any()
        }
    });
    let lines: Vec<AnyView> = table.entity.with_value(|entity| {
        let fields = table.lens.columns.get().into_iter().filter_map(|field| entity.field(field));
        fields
            .filter(|field| field.id != entity.title && Some(field.id) != table.cover)
            .map(|field| {
                let (name, value) = (label(&field.label), record.value(field.id));
                let shown = if value.is_empty() {
                    view! { <span class="quiet">"–"</span> }.into_any()
                } else {
                    show_in_cell(table.app, entity, field, value)
                };
                let (hue, says) = tinted.field(field.id).map(|(hue, says)| (hue_name(*hue), says.clone())).unzip();
                view! { <div><dt>{name}</dt><dd data-hue=hue title=says>{shown}</dd></div> }.into_any()
            })
            .collect()
    });
    view! {
        {picture}
        <a class="gallery__title" href=href tabindex=tab>{title}</a>
        {(!lines.is_empty()).then(|| view! { <dl class="gallery__fields">{lines}</dl> })}
    }
    .into_any()
}

fn record_of(target: Option<web_sys::EventTarget>) -> Option<RecordId> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest(".gallery__card").ok()??.get_attribute("data-record")?.parse().ok()
}

fn clicked(table: Table, event: &web_sys::MouseEvent) {
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key()) && event.button() == 0;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let other = target.and_then(|target| target.closest("a").ok().flatten());
    let is_other = other.is_some_and(|link| !link.matches(".gallery__title").unwrap_or(false));
    if let (true, false, Some(id)) = (is_plain, is_other, record_of(event.target())) {
        event.prevent_default();
        table.current.set(Some(id));
        table.open_beside.run(id);
    }
}

/// Arrows walk from card to card.
fn pressed(table: Table, across: Memo<usize>, event: &web_sys::KeyboardEvent) {
    let Some(id) = record_of(event.target()) else { return };
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let across = across.get_untracked() as isize;
    let next = table.lens.found.with_untracked(|found| {
        let at = found.rows.iter().position(|row| *row == id)?;
        let to = match event.key().as_str() {
            "ArrowLeft" => at.checked_add_signed(-1),
            "ArrowRight" => Some(at + 1),
            "ArrowUp" => at.checked_add_signed(-across),
            "ArrowDown" => at.checked_add_signed(across),
            "Home" => Some(0),
            "End" => found.rows.len().checked_sub(1),
            _ => None,
        };
        found.rows.get(to?).copied()
    });
    let Some(next) = next else { return };
    event.prevent_default();
    table.current.set(Some(next));
    let wanted = format!(".gallery__card[data-record=\"{next}\"] .gallery__title");
    if !browser::focus_first(&wanted) {
        // It is out of sight: it is scrolled to, and drawn then.
        scroll_to(table, next, across as usize);
        request_animation_frame(move || {
            request_animation_frame(move || {
                browser::focus_first(&wanted);
            });
        });
    }
}

fn scroll_to(table: Table, id: RecordId, across: usize) {
    let scroller = browser::document().and_then(|page| page.query_selector(".gallery").ok().flatten());
    let each = scroller.as_ref().and_then(|scroller| scroller.query_selector(".gallery__card").ok().flatten());
    let (Some(scroller), Some(card)) = (scroller, each) else { return };
    let at = table.lens.found.with_untracked(|found| found.rows.iter().position(|row| *row == id)).unwrap_or(0);
    let each = card.get_bounding_client_rect().height() + GAP;
    scroller.set_scroll_top(((at / across) as f64 * each - f64::from(scroller.client_height()) / 2.0).max(0.0) as i32);
}

fn foot(table: Table) -> AnyView {
    let counted = move || {
        let (shown, all) = table.lens.found.with(|found| (found.rows.len(), found.all));
        if shown == all {
            tr("list-count", [("count", all.into())])
        } else {
            tr("list-count-of", [("count", shown.to_string().into()), ("all", all.to_string().into())])
        }
    };
    view! { <p class="board__total"><span>{counted}</span></p> }.into_any()
}
