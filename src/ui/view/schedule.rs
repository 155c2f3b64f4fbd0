//! The timeline: bars along an axis of time, a row for each record or a lane for each value; drawn as far as they are in sight.

mod bar;
mod key;

use std::sync::Arc;

use chrono::Days;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::engine::list::{self, LaneKey};
use crate::engine::schedule::{self, Axis, Span, Tick, When, Zoom};
use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::time::Date;
use crate::model::view::ViewShape;
use crate::ui::part::{Carried, Drag, DragRules};
use crate::ui::shell::use_app;
use crate::ui::text::{label, t, tr};
use crate::ui::view::board::lane_title;
use crate::ui::view::lens::Lens;
use crate::ui::view::shift::{Act, Shift, shift};
use crate::ui::view::tint::{self, Tints};
use crate::ui::{browser, format};

/// The height of a row and of a bar in a lane, in pixels, as the style sheet has them.
const ROW: f64 = 36.0;
const BAR: f64 = 30.0;
/// The step in which what is drawn follows what is in sight.
const STEP: f64 = 240.0;

/// A row: one record, or all that a lane has.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    head: RowHead,
    /// Where it begins and how high it is.
    top: f64,
    height: f64,
    bars: Arc<Vec<(Span, usize)>>,
}

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RowHead {
    Record(RecordId),
    Lane(LaneKey),
}

/// What the parts of the timeline share.
#[derive(Clone, Copy)]
struct Table {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    when: When,
    lanes: Option<FieldId>,
    colour: Option<FieldId>,
    /// What colours bars besides the choice field.
    tints: Memo<Arc<Tints>>,
    zoom: RwSignal<Zoom>,
    axis: Memo<Axis>,
    rows: Memo<Arc<Vec<Row>>>,
    /// Those of them that are drawn.
    shown: Memo<Vec<Row>>,
    /// What is drawn: from left to right and from top to bottom, in pixels of the whole.
    sight: Memo<(f64, f64, f64, f64)>,
    /// From where to where along the axis one sees, in coarse steps.
    inside: Memo<(f64, f64)>,
    /// How wide the names at the side are.
    side: Memo<f64>,
    drag: Drag,
    /// What is pulled at its end, and at its start.
    stretch: Drag,
    hasten: Drag,
    can_move: bool,
    can_stretch: bool,
    can_hasten: bool,
    /// The bar that has the focus, or had it last: the stop of the Tab key.
    current: RwSignal<Option<RecordId>>,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    said: RwSignal<String>,
}

/// A timeline of what the lens finds.
#[component]
pub fn Schedule(
    /// What is looked at.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The shape of the timeline.
    shape: ViewShape,
    /// The record that is open beside it.
    beside: Signal<Option<RecordId>>,
    /// Opens a record beside it.
    open_beside: Callback<RecordId>,
) -> impl IntoView {
    let ViewShape::Timeline { from, to, lanes, colour, .. } = shape else { return ().into_any() };
    let app = use_app();
    let when = When { from, to: Some(to), all_day: None };
    let kept = StoredValue::new(entity.clone());
    let zoom = RwSignal::new(remembered(lens));
    let rows = Memo::new(move |_| Arc::new(rows(app, lens, kept, when, lanes)));
    let axis = Memo::new(move |_| {
        let spans: Vec<Span> =
            rows.with(|rows| rows.iter().flat_map(|row| row.bars.iter().map(|(span, _)| *span)).collect());
        Axis::around(&spans, app.day(), zoom.get(), app.reckoning())
    });
    let container = NodeRef::<html::Div>::new();
    // Left, top, width and height of what is in sight.
    let seen = RwSignal::new((0.0, 0.0, 1_200.0, 800.0));
    let sight = Memo::new(move |_| {
        let (left, top, width, height): (f64, f64, f64, f64) = seen.get();
        let down = |at: f64| (at / STEP).floor() * STEP;
        (down(left) - STEP, down(top) - STEP, down(left + width) + 2.0 * STEP, down(top + height) + 2.0 * STEP)
    });
    let shown = Memo::new(move |_| {
        let (_, top, _, bottom) = sight.get();
        // They stand one below the other: those in sight are found by halving.
        rows.with(|rows| {
            let first = rows.partition_point(|row| row.top + row.height < top);
            rows[first..].iter().take_while(|row| row.top <= bottom).cloned().collect::<Vec<Row>>()
        })
    });
    let side = Memo::new(move |_| if seen.get().2 < 640.0 { 112.0 } else { 232.0 });
    let inside = Memo::new(move |_| {
        const COARSE: f64 = 24.0;
        let (left, _, width, _) = seen.get();
        ((left / COARSE).floor() * COARSE, ((left + width - side.get()) / COARSE).ceil() * COARSE)
    });
    let is_editable = |field: FieldId| entity.field(field).is_some_and(|field| field.is_editable());
    let done = RwSignal::new(None::<(Carried, Act)>);
    let locate = Callback::new(move |at| place_at(container, axis, rows, side, lanes.is_some(), at));
    let rules = |thing| DragRules { thing, zone: ".gantt__row", scroller: ".gantt__none", copy: "gantt__bar--drag" };
    let told = |act: Act| Callback::new(move |carried| done.set(Some((carried, act))));
    let drag = Drag::within(container, rules(".gantt__bar[data-key]"), Some(locate), told(Act::Move));
    let stretch = Drag::within(container, rules(".gantt__end[data-key]"), Some(locate), told(Act::Stretch));
    let hasten = Drag::within(container, rules(".gantt__start[data-key]"), Some(locate), told(Act::Hasten));
    let table = Table {
        app,
        lens,
        entity: kept,
        when,
        lanes,
        colour,
        tints: tint::tints(app, lens, kept),
        zoom,
        axis,
        rows,
        shown,
        sight,
        inside,
        side,
        drag,
        stretch,
        hasten,
        can_move: is_editable(from) && is_editable(to),
        can_stretch: is_editable(to),
        can_hasten: is_editable(from),
        current: RwSignal::new(None),
        beside,
        open_beside,
        said: RwSignal::new(String::new()),
    };
    Effect::new(move |_| {
        if let Some((carried, act)) = done.get() {
            untrack(|| dropped(table, &carried, act));
        }
    });
    let measure = move || {
        if let Some(scroller) = container.try_get_untracked().flatten() {
            let size = (f64::from(scroller.client_width()), f64::from(scroller.client_height()));
            seen.set((f64::from(scroller.scroll_left()), f64::from(scroller.scroll_top()), size.0, size.1));
        }
    };
    // One begins at today, with a third of the past; and stays on the same day when the zoom or the ends of the axis change.
    Effect::new(move |former: Option<Option<Axis>>| {
        let now = axis.get();
        container.get()?;
        let (left, former) = (seen.get_untracked().0, former.flatten());
        request_animation_frame(move || {
            match former {
                None => show_today(table),
                Some(former) => stay(table, &former, &now, left),
            }
            measure();
        });
        Some(now)
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let drawn = Memo::new(move |_| table.shown.with(|rows| rows.iter().map(|row| row.head).collect::<Vec<RowHead>>()));
    let style = move || {
        let (axis, side) = (axis.get(), side.get());
        let height = rows.with(|rows| rows.last().map_or(0.0, |row| row.top + row.height));
        let today = axis.place(app.day()) + axis.per_day / 2.0;
        format!("--side:{side}px;--length:{}px;--height:{height}px;--today:{today}px", axis.length())
    };
    view! {
        {head(table)}
        <div
            class="gantt"
            role="group"
            aria-label=label(&entity.plural)
            tabindex="0"
            node_ref=container
            style=style
            data-dragging=move || is_dragging(table).then_some("")
            on:scroll=move |_| measure()
            on:pointerdown=move |event| match pulled(event.target()) {
                Act::Move => drag.down(&event),
                Act::Stretch => stretch.down(&event),
                Act::Hasten => hasten.down(&event),
            }
            on:pointermove=move |event| carriers(table).iter().for_each(|(drag, _)| drag.moved(&event))
            on:pointerup=move |event| carriers(table).iter().for_each(|(drag, _)| drag.up(&event))
            on:pointercancel=move |_| carriers(table).iter().for_each(|(drag, _)| drag.cancel())
            on:dragstart=|event| event.prevent_default()
            on:contextmenu=move |event| if is_dragging(table) { event.prevent_default() }
            on:keydown=move |event| key::pressed(table, &event)
            on:click=move |event| clicked(table, &event)
        >
            <div class="gantt__axis" aria-hidden="true">
                <div class="gantt__corner"></div>
                {move || ticks(table)}
            </div>
            <ul class="gantt__rows" aria-label=label(&entity.plural)>
                <For each=move || drawn.get() key=|head| *head let:head>{bar::row(table, head)}</For>
            </ul>
            <div class="gantt__today" aria-hidden="true"></div>
            {move || ghost(table)}
        </div>
        {foot(table)}
        <p class="sr-only" id="timeline-keys">{t("timeline-keys")}</p>
        <p class="sr-only" aria-live="assertive">{table.said}</p>
    }
    .into_any()
}

/// The rows of what the lens finds, from top to bottom.
fn rows(app: App, lens: Lens, entity: StoredValue<Arc<Entity>>, when: When, lanes: Option<FieldId>) -> Vec<Row> {
    app.track_entity(lens.entity);
    let (found, zone) = (lens.found.get(), app.zone());
    let field = lanes.and_then(|lanes| entity.with_value(|entity| entity.field(lanes).cloned()));
    if let Some(link) = field.as_ref().and_then(|field| field.link()) {
        link.to.iter().for_each(|to| app.track_entity(*to));
    }
    let groups: Vec<(RowHead, Vec<Span>)> = app.ask(|state| {
        let span = |id: &RecordId| state.record(*id).and_then(|record| schedule::span(record, when, zone));
        match &field {
            None => found.rows.iter().filter_map(|id| Some((RowHead::Record(*id), vec![span(id)?]))).collect(),
            Some(field) => list::lanes(state, &found.rows, field, Some(&format::alphabet))
                .into_iter()
                .map(|(key, ids)| (RowHead::Lane(key), ids.iter().filter_map(span).collect::<Vec<Span>>()))
                .filter(|(_, spans)| !spans.is_empty())
                .collect(),
        }
    });
    let mut top = 0.0;
    let row = |(head, spans): (RowHead, Vec<Span>)| {
        let (places, count) = schedule::pack(&spans);
        let height = match head {
            RowHead::Record(_) => ROW,
            RowHead::Lane(_) => count.max(1) as f64 * BAR + 10.0,
        };
        let row = Row { head, top, height, bars: Arc::new(spans.into_iter().zip(places).collect()) };
        top += height;
        row
    };
    groups.into_iter().map(row).collect()
}

fn memory(lens: Lens) -> String {
    lens.view.with_value(|view| format!("timeline.{}", view.id))
}

fn zoom_key(zoom: Zoom) -> &'static str {
    match zoom {
        Zoom::Day => "day",
        Zoom::Week => "week",
        Zoom::Month => "month",
        Zoom::Quarter => "quarter",
    }
}

fn zoom_name(zoom: Zoom) -> String {
    t(match zoom {
        Zoom::Day => "timeline-zoom-day",
        Zoom::Week => "timeline-zoom-week",
        Zoom::Month => "timeline-zoom-month",
        Zoom::Quarter => "timeline-zoom-quarter",
    })
}

fn remembered(lens: Lens) -> Zoom {
    let kept = browser::remembered(&memory(lens));
    Zoom::ALL.into_iter().find(|zoom| Some(zoom_key(*zoom)) == kept.as_deref()).unwrap_or_default()
}

/// The line above the timeline: today, and how closely one looks.
fn head(table: Table) -> AnyView {
    let zooms: Vec<AnyView> = Zoom::ALL
        .into_iter()
        .map(|zoom| {
            let choose = move |_| {
                table.zoom.set(zoom);
                browser::remember(&memory(table.lens), zoom_key(zoom));
            };
            let pressed = move || (table.zoom.get() == zoom).to_string();
            view! { <button class="segment__item" type="button" aria-pressed=pressed on:click=choose>{zoom_name(zoom)}</button> }
                .into_any()
        })
        .collect();
    view! {
        <div class="cal__head">
            <button class="button button--small" type="button" on:click=move |_| show_today(table)>{t("calendar-today")}</button>
            <span class="push"></span>
            <div class="segment" role="group" aria-label=t("timeline-zoom")>{zooms}</div>
        </div>
    }
    .into_any()
}

/// Scrolls to today, and to the first row that has not ended by then.
fn show_today(table: Table) {
    let Some(scroller) = table.drag.container.try_get_untracked().flatten() else { return };
    let day = table.app.today();
    let top = table.rows.with_untracked(|rows| {
        let is_ahead = |row: &&Row| row.bars.iter().any(|(span, _)| span.last() >= day);
        rows.iter().find(is_ahead).map_or(0.0, |row| row.top)
    });
    scroller.set_scroll_top(top as i32);
    let room = f64::from(scroller.client_width()) - table.side.get_untracked();
    let today = table.axis.get_untracked().place(table.app.today());
    scroller.set_scroll_left((today - room / 3.0).max(0.0) as i32);
}

/// Scrolls on so that one sees the same day where it was, although the axis begins on another one or has another scale.
fn stay(table: Table, former: &Axis, now: &Axis, left: f64) {
    let Some(scroller) = table.drag.container.try_get_untracked().flatten() else { return };
    if (former.first, former.per_day) == (now.first, now.per_day) {
        return;
    }
    // Whoever looks closer looks at what is where today stands at the beginning.
    let room = f64::from(scroller.client_width()) - table.side.get_untracked();
    let held = if former.per_day == now.per_day { 0.0 } else { room / 3.0 };
    let days = (left + held) / former.per_day + (former.first - now.first).num_days() as f64;
    scroller.set_scroll_left((days * now.per_day - held).round().max(0.0) as i32);
}

/// The steps of the axis that are in sight.
fn ticks(table: Table) -> AnyView {
    let axis = table.axis.get();
    let (left, _, right, _) = table.sight.get();
    let (from, to) = (left.max(0.0), right.min(axis.length()));
    let tick = |tick: Tick, class: &'static str, text: String| {
        let style = format!("--at:{}px;--wide:{}px", axis.place(tick.day), tick.days as f64 * axis.per_day);
        let weekend = (axis.zoom == Zoom::Day && format::is_weekend(tick.day)).then_some("");
        view! { <div class=class style=style data-weekend=weekend><span>{text}</span></div> }.into_any()
    };
    let large = axis.large_ticks(from, to).into_iter().map(|one| {
        let text = match axis.zoom {
            Zoom::Day | Zoom::Week => format::full_month(one.day),
            Zoom::Quarter if !axis.reckoning.is_plain() => {
                tr("group-fiscal-year", [("year", format::year_of_account(one.day, axis.reckoning).into())])
            }
            Zoom::Month | Zoom::Quarter => format::year(one.day),
        };
        tick(one, "gantt__tick gantt__tick--large", text)
    });
    let small = axis.ticks(from, to).into_iter().map(|one| {
        let text = match axis.zoom {
            Zoom::Day => format!("{}", chrono::Datelike::day(&one.day)),
            Zoom::Week => tr("timeline-week", [("week", schedule::week_number(one.day).to_string().into())]),
            Zoom::Month => format::short_month(one.day),
            Zoom::Quarter => {
                tr("timeline-quarter", [("quarter", i64::from(axis.reckoning.quarter_number(one.day)).into())])
            }
        };
        tick(one, "gantt__tick", text)
    });
    large.chain(small).collect::<Vec<AnyView>>().into_any()
}

fn is_dragging(table: Table) -> bool {
    carriers(table).iter().any(|(drag, _)| drag.carried.with(Option::is_some))
}

/// What one takes hold of: a bar, or one of its ends.
fn pulled(target: Option<web_sys::EventTarget>) -> Act {
    let target = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let is_in = |what: &str| target.as_ref().is_some_and(|target| target.closest(what).ok().flatten().is_some());
    match (is_in(".gantt__end"), is_in(".gantt__start")) {
        (true, _) => Act::Stretch,
        (false, true) => Act::Hasten,
        (false, false) => Act::Move,
    }
}

/// The day and the lane at a place of the window, as zones are called.
fn place_at(
    container: NodeRef<html::Div>,
    axis: Memo<Axis>,
    rows: Memo<Arc<Vec<Row>>>,
    side: Memo<f64>,
    has_lanes: bool,
    (x, y): (f64, f64),
) -> Option<String> {
    const HEAD: f64 = 48.0;
    let scroller = container.try_get_untracked().flatten()?;
    let rect = scroller.get_bounding_client_rect();
    let along = x - rect.left() - side.get_untracked() + f64::from(scroller.scroll_left());
    let down = y - rect.top() - HEAD + f64::from(scroller.scroll_top());
    let day = axis.with_untracked(|axis| axis.day_at(along));
    let lane = rows.with_untracked(|rows| {
        let row = rows.iter().find(|row| row.top <= down && down < row.top + row.height)?;
        match row.head {
            RowHead::Lane(lane) => Some(lane.to_string()),
            RowHead::Record(_) => None,
        }
    });
    match (has_lanes, lane) {
        (true, None) => None,
        (_, lane) => Some(zone_of(day, lane.as_deref())),
    }
}

fn zone_of(day: Date, lane: Option<&str>) -> String {
    format!("{day}|{}", lane.unwrap_or_default())
}

fn place_of(zone: &str) -> Option<(Date, Option<LaneKey>)> {
    let (day, lane) = zone.split_once('|')?;
    Some((day.parse().ok()?, LaneKey::parse(lane)))
}

/// What carries bars, and what it does to them.
fn carriers(table: Table) -> [(Drag, Act); 3] {
    [(table.drag, Act::Move), (table.stretch, Act::Stretch), (table.hasten, Act::Hasten)]
}

/// How many days, in steps of the zoom, what is carried would go, and into which lane.
fn way(table: Table, carried: &Carried) -> Option<(i64, Option<LaneKey>)> {
    let ((from, own), (to, lane)) = (place_of(&carried.from)?, place_of(carried.over.as_ref()?)?);
    let step = table.axis.with(|axis| axis.zoom.step());
    let days = (to - from).num_days();
    let snapped = (days as f64 / step as f64).round() as i64 * step;
    Some((snapped, lane.filter(|lane| Some(*lane) != own)))
}

fn dropped(table: Table, carried: &Carried, act: Act) {
    let (Some((days, lane)), Ok(id)) = (untrack(|| way(table, carried)), carried.thing.parse()) else { return };
    change(table, id, act, days, if act == Act::Move { lane } else { None });
    if carried.by_key {
        key::focus_bar_soon(table, id);
    }
}

/// Moves a record, into another lane if one is given, or lets it begin or end at another time.
fn change(table: Table, record: RecordId, act: Act, days: i64, lane: Option<LaneKey>) {
    let also = table.lanes.zip(lane).map(|(field, lane)| (field, lane.value())).into_iter().collect();
    let how_far = Shift { record, act, days, minutes: 0, also };
    table.entity.with_value(|entity| shift(table.app, entity, table.when, table.said, how_far));
}

/// Where what is carried would come to stand, with its days.
fn ghost(table: Table) -> Option<AnyView> {
    let carried = |(drag, act): (Drag, Act)| drag.carried.get().map(|carried| (carried, act));
    let (carried, act) = carriers(table).into_iter().find_map(carried)?;
    let (days, lane) = way(table, &carried)?;
    let id: RecordId = carried.thing.parse().ok()?;
    let rows = table.rows.get();
    let own = rows.iter().find(|row| row.bars.iter().any(|(span, _)| span.record == id))?;
    let (span, place) = own.bars.iter().find(|(span, _)| span.record == id)?;
    let to = lane.filter(|_| act == Act::Move).and_then(|lane| rows.iter().find(|row| row.head == RowHead::Lane(lane)));
    let top = match to {
        Some(row) => row.top + 5.0,
        None => own.top + 5.0 + *place as f64 * BAR,
    };
    let shifted = |day: Date| match days < 0 {
        true => day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(day),
        false => day.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(day),
    };
    let (first, last) = match act {
        Act::Move => (shifted(span.first()), shifted(span.last())),
        Act::Stretch => (span.first(), shifted(span.last()).max(span.first())),
        Act::Hasten => (shifted(span.first()).min(span.last()), span.last()),
    };
    let axis = table.axis.get();
    let wide = ((last - first).num_days() + 1) as f64 * axis.per_day;
    let style = format!("--at:{}px;--wide:{wide}px;--top:{top}px", axis.place(first));
    let today = table.app.day();
    let text = format!("{} – {}", format::date(first, today), format::date(last, today));
    Some(view! { <div class="gantt__ghost" style=style aria-hidden="true"><span>{text}</span></div> }.into_any())
}

fn clicked(table: Table, event: &web_sys::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let bar = target.and_then(|target| target.closest("[data-record]").ok().flatten());
    let id = bar.and_then(|bar| bar.get_attribute("data-record")).and_then(|id| id.parse().ok());
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key()) && event.button() == 0;
    if let (Some(id), true) = (id, is_plain) {
        event.prevent_default();
        table.current.set(Some(id));
        table.open_beside.run(id);
    }
}

fn lane_name(table: Table, lane: LaneKey) -> String {
    table.entity.with_value(|entity| {
        let field = table.lanes.and_then(|lanes| entity.field(lanes));
        lane_title(table.app, field, lane)
    })
}

fn foot(table: Table) -> AnyView {
    let said = move || {
        let shown = table.lens.found.with(|found| found.rows.len());
        let drawn: usize = table.rows.with(|rows| rows.iter().map(|row| row.bars.len()).sum());
        let missing = shown.saturating_sub(drawn);
        let field = table
            .entity
            .with_value(|entity| entity.field(table.when.from).map(|field| label(&field.label)).unwrap_or_default());
        view! {
            <span>{tr("list-count", [("count", shown.into())])}</span>
            {(missing > 0).then(|| view! {
                <span>{tr("calendar-undated", [("count", missing.into()), ("field", field.into())])}</span>
            })}
        }
    };
    view! { <p class="board__total">{said}</p> }.into_any()
}
