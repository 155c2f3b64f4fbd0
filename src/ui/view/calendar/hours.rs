//! Hours of one or several days: what takes whole days above, what has hours in the half hour in which it begins.

use chrono::NaiveTime;
use leptos::html;
use leptos::prelude::*;

use super::bar::bar;
use super::month::{class_of, more_button, style_of};
use super::{Table, covered, minute_now, open_day, plus_days, zone_of};
use crate::engine::schedule::{self, Block, Span};
use crate::model::time::Date;
use crate::ui::format;
use crate::ui::part::Drag;
use crate::ui::text::{label, t, tr};

/// The height of half an hour in pixels, as the style sheet has it.
const HALF: f64 = 24.0;
/// Where a day is seen first, in minutes from midnight.
const MORNING: u32 = 7 * 60 + 30;
/// Bars above the hours at most.
const ROWS: usize = 4;

/// The hours of the week, or of the day, that one is at.
pub fn hours(table: Table, count: i64) -> AnyView {
    let first = Memo::new(move |_| match count {
        1 => table.day.get(),
        _ => schedule::week_of(table.day.get(), table.app.reckoning().week_start()),
    });
    let list = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(list) = list.get() {
            request_animation_frame(move || list.set_scroll_top((f64::from(MORNING) / 30.0 * HALF) as i32));
        }
    });
    let named = table.entity.with_value(|entity| label(&entity.plural));
    let name = move || {
        tr("calendar-name", [("name", named.clone().into()), ("month", format::full_month(first.get()).into())])
    };
    let shown = Memo::new(move |_| (first.get(), table.spans.get()));
    let body = move || {
        let (first, spans) = shown.get();
        let days: Vec<Date> = (0..count).map(|at| plus_days(first, at)).collect();
        view! {
            <div class="cal__above">
                <div class="cal__hours-head" role="row">
                    <div class="cal__gutter" role="columnheader"><span class="sr-only">{t("calendar-hour")}</span></div>
                    {days.iter().map(|day| day_head(table, *day)).collect::<Vec<AnyView>>()}
                </div>
                {whole_days(table, first, &days, &spans)}
            </div>
            {slots(table, &days, &spans)}
        }
        .into_any()
    };
    view! {
        <div class="cal__hours" role="grid" aria-label=name node_ref=list style=format!("--columns:{count}")>{body}</div>
    }
    .into_any()
}

fn day_head(table: Table, day: Date) -> AnyView {
    view! {
        <div
            class="cal__day-head"
            role="columnheader"
            aria-current=move || (table.app.day() == day).then_some("date")
            data-weekend=format::is_weekend(day).then_some("")
        >
            <button
                type="button"
                on:click=move |_| open_day(table, day)
            >
                <span class="sr-only">{tr("calendar-open-day", [("day", format::full_day(day).into())])}</span>
                <span aria-hidden="true">{format::weekday(day)}</span>
                <b aria-hidden="true">{format::date_in_month(day)}</b>
            </button>
        </div>
    }
    .into_any()
}

/// What takes whole days, or goes on over midnight.
fn whole_days(table: Table, first: Date, days: &[Date], spans: &[Span]) -> AnyView {
    let last = days.last().copied().unwrap_or(first);
    let is_whole = |span: &&Span| !span.is_timed || span.first() != span.last();
    let here = spans.iter().filter(is_whole).filter(|span| span.first() <= last && span.last() >= first);
    let here: Vec<Span> = here.copied().collect();
    let week = schedule::week(first, &here, ROWS);
    let rows = week.bars.iter().filter(|bar| bar.day < days.len()).map(|bar| bar.row + 1).max().unwrap_or(0);
    let is_full = week.hidden[..days.len()].iter().any(|more| *more > 0);
    let cell = |(at, day): (usize, &Date)| {
        let day = *day;
        let is_over = Memo::new(move |_| covered(table, day));
        let own = week.bars.iter().filter(|found| found.day == at);
        let bars: Vec<AnyView> = own
            .filter_map(|found| {
                // A day alone is a week of which only the first day is shown.
                let days = found.days.min(days.len() - at);
                let found = schedule::Bar { days, ..*found };
                Some(bar(table, *here.get(found.at)?, class_of(&found), style_of(&found), found.ends))
            })
            .collect();
        let more = week.hidden[at];
        let is_free = bars.is_empty() && more == 0;
        let label = is_free.then(|| tr("calendar-whole-day", [("day", format::full_day(day).into())]));
        view! {
            <div
                class="cal__whole"
                role="gridcell"
                data-zone=zone_of(day, None)
                tabindex="-1"
                aria-label=label
                data-over=move || is_over.get().then_some("")
            >
                {bars}
                {(more > 0).then(|| more_button(table, day, more))}
            </div>
        }
        .into_any()
    };
    let cells: Vec<AnyView> = days.iter().enumerate().map(cell).collect();
    view! {
        <div class="cal__wholes" role="row" style=format!("--rows:{}", rows + usize::from(is_full))>
            <div class="cal__gutter" role="rowheader">{t("calendar-all-day")}</div>
            {cells}
        </div>
    }
    .into_any()
}

fn slots(table: Table, days: &[Date], spans: &[Span]) -> AnyView {
    let blocks: Vec<Vec<Block>> = days.iter().map(|day| schedule::blocks(*day, spans)).collect();
    let row = |half: u32| {
        let cells: Vec<AnyView> = days
            .iter()
            .zip(&blocks)
            .map(|(day, blocks)| {
                let own = blocks.iter().filter(|block| block.from / 30 == half);
                let drawn = own.filter_map(|found| block(table, found, spans)).collect();
                slot(table, *day, half * 30, drawn)
            })
            .collect();
        let time = NaiveTime::from_hms_opt(half / 2, half % 2 * 30, 0).unwrap_or_default();
        // Full hours alone are written; the others are said.
        let class = if half.is_multiple_of(2) && half > 0 { "" } else { "sr-only" };
        view! {
            <div class="cal__slots" role="row">
                <div class="cal__gutter" role="rowheader"><span class=class>{format::time(time)}</span></div>
                {cells}
            </div>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = (0..48).map(row).collect();
    let today = table.app.day();
    let now = days.iter().position(|day| *day == today).map(|at| {
        let minute = RwSignal::new(minute_now(table.app));
        let ticking = set_interval_with_handle(
            move || {
                let _ = minute.try_set(minute_now(table.app));
            },
            std::time::Duration::from_secs(20),
        );
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
        view! { <div class="cal__now" style=move || format!("--at:{at};--minutes:{}", minute.get()) aria-hidden="true"></div> }
    });
    view! { <div class="cal__slots-all" role="rowgroup">{rows}{now}</div> }.into_any()
}

/// What stands among the hours, from the half hour in which it begins.
fn block(table: Table, block: &Block, spans: &[Span]) -> Option<AnyView> {
    let top = f64::from(block.from % 30) / 30.0;
    let long = f64::from(block.to - block.from) / 30.0;
    let style = format!("--top:{top};--long:{long};--column:{};--beside:{}", block.column, block.columns);
    // Half an hour has room for one line.
    let class = if long < 2.0 { "cal__bar cal__bar--hour cal__bar--short" } else { "cal__bar cal__bar--hour" };
    Some(bar(table, *spans.get(block.at)?, class, style, true))
}

fn slot(table: Table, day: Date, minute: u32, drawn: Vec<AnyView>) -> AnyView {
    let zone = zone_of(day, Some(minute));
    let over = zone.clone();
    let is_over = Memo::new(move |_| {
        let is_it = |drag: Drag| {
            drag.carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.over.as_ref() == Some(&over)))
        };
        is_it(table.drag) || is_it(table.stretch)
    });
    let hour = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default();
    // What stands in it says its hour by itself.
    let is_free = drawn.is_empty();
    let label = is_free
        .then(|| tr("calendar-slot", [("day", format::full_day(day).into()), ("hour", format::time(hour).into())]));
    let is_stop = move || table.day.get() == day && table.minute.get() == minute;
    view! {
        <div
            class="cal__slot"
            role="gridcell"
            data-zone=zone
            data-weekend=format::is_weekend(day).then_some("")
            tabindex=move || if is_stop() { "0" } else { "-1" }
            aria-label=label
            data-over=move || is_over.get().then_some("")
        >
            {drawn}
        </div>
    }
    .into_any()
}
