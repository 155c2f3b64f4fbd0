//! A month: weeks below each other, bars in the cells of their first day, and how many more there are.

use chrono::Datelike;
use leptos::html;
use leptos::prelude::*;

use super::bar::{bar, hue, tint};
use super::{Table, covered, is_same_month, open_day, plus_days, zone_of};
use crate::engine::schedule::{self, Bar, Span, Week};
use crate::model::time::Date;
use crate::ui::format;
use crate::ui::text::{label, t, tr};

/// The heights of the line with the weekdays, of that with the date, and of a bar with its gap, as the style sheet has them.
const HEAD: f64 = 28.0;
const DATE: f64 = 30.0;
const BAR: f64 = 24.0;
/// Dots on a day where there is no room for bars.
const DOTS: usize = 3;

/// The month of the day that one is at.
pub fn month(table: Table) -> AnyView {
    let start = table.app.reckoning().week_start();
    let weeks = Memo::new(move |_| schedule::month(table.day.get(), start));
    let grid = NodeRef::<html::Div>::new();
    let height = RwSignal::new(600.0);
    let measure = move || {
        if let Some(grid) = grid.try_get_untracked().flatten() {
            let now = f64::from(grid.client_height());
            if (height.get_untracked() - now).abs() > 1.0 {
                height.set(now);
            }
        }
    };
    Effect::new(move |_| {
        grid.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    // As many bars as fit; on a phone days only show that there is something.
    let rows = Memo::new(move |_| match table.is_narrow.get() {
        true => 0,
        false => (((height.get() - HEAD) / weeks.with(Vec::len).max(1) as f64 - DATE) / BAR).floor().max(1.0) as usize,
    });
    let laid = Memo::new(move |_| {
        let (rows, weeks) = (rows.get(), weeks.get());
        let spans = table.spans.get();
        let laid = weeks.into_iter().map(|week| schedule::week(week, &spans, rows)).collect::<Vec<Week>>();
        (laid, spans)
    });
    let named = table.entity.with_value(|entity| label(&entity.plural));
    let name = move || {
        tr("calendar-name", [("name", named.clone().into()), ("month", format::full_month(table.day.get()).into())])
    };
    let first = schedule::week_of(Date::default(), start);
    let days: Vec<AnyView> = (0..7)
        .map(|at| {
            let day = plus_days(first, at);
            let weekend = format::is_weekend(day).then_some("");
            view! { <div role="columnheader" class="cal__weekday" data-weekend=weekend>{format::weekday(day)}</div> }
                .into_any()
        })
        .collect();
    let shown = move || {
        let (laid, spans) = laid.get();
        let month = table.day.get_untracked();
        laid.iter().map(|week| row(table, week, month, &spans)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="cal__month" role="grid" aria-label=name node_ref=grid data-narrow=move || table.is_narrow.get().then_some("")>
            <div class="cal__weekdays" role="row">
                <div role="columnheader" class="cal__number"><span class="sr-only">{t("calendar-week-number")}</span></div>
                {days}
            </div>
            {shown}
        </div>
    }
    .into_any()
}

fn row(table: Table, week: &Week, month: Date, spans: &[Span]) -> AnyView {
    let cells: Vec<AnyView> = (0..7).map(|at| cell(table, week, at, month, spans)).collect();
    let number = schedule::week_number(week.first);
    view! {
        <div class="cal__week" role="row">
            <div class="cal__number" role="rowheader" title=t("calendar-week-number")>{number}</div>
            {cells}
        </div>
    }
    .into_any()
}

fn cell(table: Table, week: &Week, at: usize, month: Date, spans: &[Span]) -> AnyView {
    let day = plus_days(week.first, at as i64);
    let is_narrow = table.is_narrow.get_untracked();
    let here: Vec<&Span> = spans.iter().filter(|span| span.is_on(day)).collect();
    let own = week.bars.iter().filter(|bar| bar.day == at);
    let bars: Vec<AnyView> = own
        .filter_map(|found| Some(bar(table, *spans.get(found.at)?, class_of(found), style_of(found), found.ends)))
        .collect();
    let dots: Vec<AnyView> = here
        .iter()
        .take(if is_narrow { DOTS } else { 0 })
        .map(|span| {
            let id = span.record;
            let tint = tint(table, id);
            view! { <span class="cal__dot" data-hue=move || hue(table, id, tint)></span> }.into_any()
        })
        .collect();
    let more = week.hidden[at];
    let rest = (more > 0 && !is_narrow).then(|| more_button(table, day, more));
    let is_over = Memo::new(move |_| covered(table, day));
    let is_other = !is_same_month(day, month);
    let shown = if is_narrow { day.day().to_string() } else { format::date_in_month(day) };
    let said = tr("calendar-day-name", [("day", format::full_day(day).into()), ("count", here.len().into())]);
    view! {
        <div
            class="cal__day"
            role="gridcell"
            data-zone=zone_of(day, None)
            tabindex=move || if table.day.get() == day { "0" } else { "-1" }
            aria-current=move || (table.app.day() == day).then_some("date")
            aria-selected=move || (table.day.get() == day).to_string()
            data-other=is_other.then_some("")
            data-weekend=format::is_weekend(day).then_some("")
            data-over=move || is_over.get().then_some("")
        >
            <button
                class="cal__date"
                type="button"
                tabindex="-1"
                on:click=move |_| match is_narrow {
                    true => table.day.set(day),
                    false => open_day(table, day),
                }
            >
                <span aria-hidden="true">{shown}</span>
                <span class="sr-only">{said}</span>
            </button>
            {bars}
            {(!dots.is_empty()).then(|| view! { <span class="cal__dots" aria-hidden="true">{dots}</span> })}
            {rest}
        </div>
    }
    .into_any()
}

/// What opens a day that has more records than fit.
pub fn more_button(table: Table, day: Date, more: usize) -> AnyView {
    view! {
        <button class="cal__more" type="button" tabindex="-1" on:click=move |_| open_day(table, day)>
            {tr("calendar-more", [("count", more.into())])}
            <span class="sr-only">" "{format::full_day(day)}</span>
        </button>
    }
    .into_any()
}

/// How a bar looks at its ends: cut off where it comes from another week or goes on in the next.
pub fn class_of(bar: &Bar) -> &'static str {
    match (bar.begins, bar.ends) {
        (true, true) => "cal__bar",
        (false, true) => "cal__bar cal__bar--begun",
        (true, false) => "cal__bar cal__bar--ongoing",
        (false, false) => "cal__bar cal__bar--begun cal__bar--ongoing",
    }
}

/// Where a bar stands in its cell, over as many cells as it has days.
pub fn style_of(bar: &Bar) -> String {
    format!("--row:{};--days:{}", bar.row, bar.days)
}
