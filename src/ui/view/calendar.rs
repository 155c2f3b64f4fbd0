//! The calendar: records on their days, by month, week or day; they move and end elsewhere by pointer and keyboard.

mod agenda;
mod bar;
mod hours;
mod key;
mod month;

use std::sync::Arc;

use chrono::{Datelike, Days, Months, Timelike};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::engine::schedule::{self, Span, When};
use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::time::Date;
use crate::model::value::Value;
use crate::model::view::ViewShape;
use crate::ui::part::{Carried, Drag, DragRules, icon_button};
use crate::ui::shell::use_app;
use crate::ui::text::{label, t, tr};
use crate::ui::view::lens::Lens;
use crate::ui::view::shift::{Act, Shift, shift};
use crate::ui::view::tint::{self, Tints};
use crate::ui::{browser, format};

/// How much is seen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Month,
    Week,
    Day,
}

impl Mode {
    const ALL: [Mode; 3] = [Mode::Month, Mode::Week, Mode::Day];

    fn key(self) -> &'static str {
        match self {
            Mode::Month => "month",
            Mode::Week => "week",
            Mode::Day => "day",
        }
    }

    fn name(self) -> String {
        t(match self {
            Mode::Month => "calendar-month",
            Mode::Week => "calendar-week",
            Mode::Day => "calendar-day",
        })
    }
}

/// What the parts of the calendar share.
#[derive(Clone, Copy)]
struct Table {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    when: When,
    colour: Option<FieldId>,
    /// What colours records besides the choice field.
    tints: Memo<Arc<Tints>>,
    spans: Memo<Arc<Vec<Span>>>,
    mode: RwSignal<Mode>,
    /// The day that one is at: the stop of the Tab key.
    day: RwSignal<Date>,
    /// The half hour that one is at, in minutes from midnight.
    minute: RwSignal<u32>,
    is_narrow: Signal<bool>,
    drag: Drag,
    stretch: Drag,
    can_move: bool,
    can_stretch: bool,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    create: Callback<Vec<(FieldId, Value)>>,
    said: RwSignal<String>,
}

/// A calendar of what the lens finds.
#[component]
pub fn Calendar(
    /// What is looked at.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The shape of the calendar.
    shape: ViewShape,
    /// The record that is open beside it.
    beside: Signal<Option<RecordId>>,
    /// Opens a record beside it.
    open_beside: Callback<RecordId>,
    /// Starts a new record with these values.
    create: Callback<Vec<(FieldId, Value)>>,
) -> impl IntoView {
    let ViewShape::Calendar { from, to, all_day, colour, .. } = shape else { return ().into_any() };
    let app = use_app();
    let when = When { from, to, all_day };
    let spans = spans(app, lens, when);
    let is_editable = |field: FieldId| entity.field(field).is_some_and(|field| field.is_editable());
    let (moved, stretched) = (RwSignal::new(None::<Carried>), RwSignal::new(None::<Carried>));
    let container = NodeRef::<html::Div>::new();
    let zone = ".cal [data-zone]";
    let rules = DragRules { thing: ".cal__bar[data-key]", zone, scroller: ".cal__hours", copy: "cal__bar--drag" };
    let drag = Drag::within(container, rules, None, Callback::new(move |carried| moved.set(Some(carried))));
    let rules = DragRules { thing: ".cal__end[data-key]", zone, scroller: ".cal__hours", copy: "cal__end--drag" };
    let stretch = Drag::within(container, rules, None, Callback::new(move |carried| stretched.set(Some(carried))));
    let kept = StoredValue::new(entity.clone());
    let table = Table {
        app,
        lens,
        entity: kept,
        when,
        colour,
        tints: tint::tints(app, lens, kept),
        spans,
        mode: RwSignal::new(remembered(lens)),
        day: RwSignal::new(app.today()),
        minute: RwSignal::new(9 * 60),
        is_narrow: narrow(),
        drag,
        stretch,
        can_move: is_editable(from) && to.is_none_or(is_editable),
        can_stretch: to.is_some_and(is_editable),
        beside,
        open_beside,
        create,
        said: RwSignal::new(String::new()),
    };
    Effect::new(move |_| {
        if let Some(carried) = moved.get() {
            untrack(|| dropped(table, &carried, Act::Move));
        }
    });
    Effect::new(move |_| {
        if let Some(carried) = stretched.get() {
            untrack(|| dropped(table, &carried, Act::Stretch));
        }
    });
    let shown = Memo::new(move |_| (table.mode.get(), table.is_narrow.get()));
    let body = move || match shown.get() {
        (Mode::Month, false) => month::month(table),
        (Mode::Month, true) => view! { {month::month(table)}{agenda::day(table)} }.into_any(),
        (Mode::Week, false) => hours::hours(table, 7),
        (Mode::Day, false) => hours::hours(table, 1),
        (Mode::Week, true) => agenda::week(table),
        (Mode::Day, true) => agenda::day(table),
    };
    view! {
        <div
            class="cal"
            node_ref=container
            data-dragging=move || is_dragging(table).then_some("")
            on:pointerdown=move |event| match is_end(event.target()) {
                true => stretch.down(&event),
                false => drag.down(&event),
            }
            on:pointermove=move |event| {
                drag.moved(&event);
                stretch.moved(&event);
            }
            on:pointerup=move |event| {
                drag.up(&event);
                stretch.up(&event);
            }
            on:pointercancel=move |_| {
                drag.cancel();
                stretch.cancel();
            }
            on:dragstart=|event| event.prevent_default()
            on:contextmenu=move |event| if is_dragging(table) { event.prevent_default() }
            on:keydown=move |event| key::pressed(table, &event)
            on:click=move |event| clicked(table, &event)
        >
            {head(table)}
            {body}
        </div>
        {foot(table)}
        <p class="sr-only" id="calendar-keys">{t("calendar-keys")}</p>
        <p class="sr-only" aria-live="assertive">{table.said}</p>
    }
    .into_any()
}

/// When the records are that the lens finds; those that have no time are left out.
fn spans(app: App, lens: Lens, when: When) -> Memo<Arc<Vec<Span>>> {
    Memo::new(move |_| {
        app.track_entity(lens.entity);
        let (found, zone) = (lens.found.get(), app.zone());
        Arc::new(app.ask(|state| {
            let records = found.rows.iter().filter_map(|id| state.record(*id));
            records.filter_map(|record| schedule::span(record, when, zone)).collect()
        }))
    })
}

/// Whether there is little room, as on a phone.
fn narrow() -> Signal<bool> {
    const NARROW: f64 = 720.0;
    let is_narrow = RwSignal::new(browser::window_width() < NARROW);
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        let now = browser::window_width() < NARROW;
        if is_narrow.get_untracked() != now {
            is_narrow.set(now);
        }
    });
    on_cleanup(move || resized.remove());
    is_narrow.into()
}

fn memory(lens: Lens) -> String {
    lens.view.with_value(|view| format!("calendar.{}", view.id))
}

fn remembered(lens: Lens) -> Mode {
    let kept = browser::remembered(&memory(lens));
    let known = Mode::ALL.into_iter().find(|mode| Some(mode.key()) == kept.as_deref());
    known.unwrap_or(Mode::Month)
}

fn is_dragging(table: Table) -> bool {
    table.drag.carried.with(Option::is_some) || table.stretch.carried.with(Option::is_some)
}

fn is_end(target: Option<web_sys::EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.and_then(|target| target.closest(".cal__end").ok().flatten()).is_some()
}

/// The line above the calendar: where one is, and how much is seen.
fn head(table: Table) -> AnyView {
    let title = move || {
        let (day, mode) = (table.day.get(), table.mode.get());
        match mode {
            Mode::Month => format::full_month(day),
            Mode::Day => format::full_day(day),
            Mode::Week => {
                let first = schedule::week_of(day, table.app.reckoning().week_start());
                tr(
                    "calendar-week-title",
                    [
                        ("month", format::full_month(first).into()),
                        ("week", schedule::week_number(first).to_string().into()),
                    ],
                )
            }
        }
    };
    let modes: Vec<AnyView> = Mode::ALL
        .into_iter()
        .map(|mode| {
            view! {
                <button
                    class="segment__item"
                    type="button"
                    aria-pressed=move || (table.mode.get() == mode).to_string()
                    on:click=move |_| show(table, mode)
                >
                    {mode.name()}
                </button>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="cal__head">
            <button class="button button--small" type="button" on:click=move |_| table.day.set(table.app.today())>{t("calendar-today")}</button>
            {icon_button(t("calendar-earlier"), "chevron-left", move || turn(table, -1))}
            {icon_button(t("calendar-later"), "chevron-right", move || turn(table, 1))}
            <h2 class="cal__title" aria-live="polite">{title}</h2>
            <span class="push"></span>
            <div class="segment" role="group" aria-label=t("calendar-seen")>{modes}</div>
        </div>
    }
    .into_any()
}

/// Shows more or less at once, and remembers it.
fn show(table: Table, mode: Mode) {
    table.mode.set(mode);
    browser::remember(&memory(table.lens), mode.key());
}

/// Goes to the month, week or day before or after.
fn turn(table: Table, by: i64) {
    table.day.update(|day| {
        let next = match table.mode.get_untracked() {
            Mode::Month => plus_months(*day, by),
            Mode::Week => plus_days(*day, 7 * by),
            Mode::Day => plus_days(*day, by),
        };
        *day = next;
    });
}

fn plus_days(day: Date, by: i64) -> Date {
    let count = Days::new(by.unsigned_abs());
    let next = if by < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    next.unwrap_or(day)
}

fn plus_months(day: Date, by: i64) -> Date {
    let count = Months::new(by.unsigned_abs() as u32);
    let next = if by < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) };
    next.unwrap_or(day)
}

/// A place of the calendar as zones are called: a day, or a half hour of it.
fn zone_of(day: Date, minute: Option<u32>) -> String {
    match minute {
        None => day.to_string(),
        Some(minute) => format!("{day}T{minute}"),
    }
}

fn place_of(zone: &str) -> Option<(Date, Option<u32>)> {
    match zone.split_once('T') {
        None => Some((zone.parse().ok()?, None)),
        Some((day, minute)) => Some((day.parse().ok()?, Some(minute.parse().ok()?))),
    }
}

fn dropped(table: Table, carried: &Carried, act: Act) {
    let (Some(over), Ok(id)) = (&carried.over, carried.thing.parse()) else { return };
    let (Some((from, from_minute)), Some((to, to_minute))) = (place_of(&carried.from), place_of(over)) else { return };
    let minutes = match (from_minute, to_minute) {
        (Some(from), Some(to)) => i64::from(to) - i64::from(from),
        _ => 0,
    };
    change(table, id, act, (to - from).num_days(), minutes);
    if carried.by_key {
        key::focus_bar_soon(id);
    }
}

/// Moves a record by days and minutes, or lets it end later.
fn change(table: Table, record: RecordId, act: Act, days: i64, minutes: i64) {
    let how_far = Shift { record, act, days, minutes, also: Vec::new() };
    table.entity.with_value(|entity| shift(table.app, entity, table.when, table.said, how_far));
}

fn clicked(table: Table, event: &web_sys::MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return;
    }
    if let Some(bar) = target.closest(".cal__bar, .cal__item").ok().flatten() {
        if let Some(id) = bar.get_attribute("data-record").and_then(|key| key.parse().ok()) {
            event.prevent_default();
            table.open_beside.run(id);
        }
        return;
    }
    if target.closest("button, a").ok().flatten().is_some() {
        return;
    }
    let zone = target.closest("[data-zone]").ok().flatten().and_then(|zone| zone.get_attribute("data-zone"));
    let Some((day, minute)) = zone.as_deref().and_then(place_of) else { return };
    table.day.set(day);
    // Where a day shows only that there is something, one wants to see what.
    if !table.is_narrow.get_untracked() {
        begin(table, day, minute);
    }
}

/// Starts a new record on a day, at an hour if one is given.
fn begin(table: Table, day: Date, minute: Option<u32>) {
    let hour = minute.and_then(|minute| chrono::NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0));
    let zone = table.app.zone();
    let values = table.entity.with_value(|entity| schedule::begun(entity, table.when, zone, day, hour));
    table.create.run(values);
}

/// Opens a day.
fn open_day(table: Table, day: Date) {
    table.day.set(day);
    show(table, Mode::Day);
}

/// Whether a day would be covered by what is carried.
fn covered(table: Table, day: Date) -> bool {
    let cover = |carried: &Carried, act: Act| {
        let id = carried.thing.parse::<RecordId>().ok()?;
        let (from, to) = (place_of(&carried.from)?, place_of(carried.over.as_ref()?)?);
        let by = (to.0 - from.0).num_days();
        let (first, last) = table
            .spans
            .with(|spans| spans.iter().find(|span| span.record == id).map(|span| (span.first(), span.last())))?;
        Some(match act {
            Act::Move => plus_days(first, by) <= day && day <= plus_days(last, by),
            Act::Stretch | Act::Hasten => first <= day && day <= plus_days(last, by).max(first),
        })
    };
    let is_over = |drag: Drag, act| drag.carried.with(|carried| carried.as_ref().and_then(|it| cover(it, act)));
    is_over(table.drag, Act::Move).or(is_over(table.stretch, Act::Stretch)).unwrap_or(false)
}

fn foot(table: Table) -> AnyView {
    let said = move || {
        let shown = table.lens.found.with(|found| found.rows.len());
        let missing = shown - table.spans.with(|spans| spans.len()).min(shown);
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

/// The half hour in which it is now, in minutes from midnight.
fn minute_now(app: App) -> u32 {
    app.now().local(app.zone()).time().num_seconds_from_midnight() / 60
}

fn is_same_month(one: Date, other: Date) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}
