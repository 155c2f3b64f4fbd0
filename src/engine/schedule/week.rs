//! Weeks of a calendar: which ones a month has, and the bars of one week in rows.

use chrono::{Datelike, Days, Weekday};

use super::span::Span;
use crate::model::time::Date;

/// A week with its bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub first: Date,
    /// The bars that have room.
    pub bars: Vec<Bar>,
    /// How many records have none, by day.
    pub hidden: [usize; 7],
}

/// The part of a span that lies in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Which of the spans.
    pub at: usize,
    /// The day on which it starts here, from 0.
    pub day: usize,
    /// How many days it takes here.
    pub days: usize,
    /// Its row, from 0.
    pub row: usize,
    /// Whether the span begins here, rather than in an earlier week.
    pub begins: bool,
    /// Whether it ends here.
    pub ends: bool,
}

/// The first day of the week in which a day is.
pub fn week_of(day: Date, start: Weekday) -> Date {
    let passed = day.weekday().days_since(start);
    day.checked_sub_days(Days::new(u64::from(passed))).unwrap_or(day)
}

/// The first days of the weeks that a month touches.
pub fn month(day: Date, start: Weekday) -> Vec<Date> {
    let first = day.with_day(1).unwrap_or(day);
    let weeks = std::iter::successors(Some(week_of(first, start)), |week| week.checked_add_days(Days::new(7)));
    weeks.take_while(|week| *week <= first || (week.year(), week.month()) == (first.year(), first.month())).collect()
}

/// The number of a week (ISO 8601): that of its Thursday, on whichever day it begins.
pub fn week_number(first: Date) -> u32 {
    let days = (0..7).filter_map(|day| first.checked_add_days(Days::new(day)));
    let thursday = days.into_iter().find(|day| day.weekday() == Weekday::Thu);
    thursday.unwrap_or(first).iso_week().week()
}

/// A week with the bars of spans in so many rows. Where a day has more, the last row is left for saying so.
pub fn week(first: Date, spans: &[Span], rows: usize) -> Week {
    let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
    let offset = |day: Date| (day - first).num_days().clamp(0, 6) as usize;
    let mut here: Vec<(usize, &Span)> =
        spans.iter().enumerate().filter(|(_, span)| span.first() <= last && span.last() >= first).collect();
    // Long ones first, so that they stand above; then by the hour.
    here.sort_by_key(|(at, span)| {
        let days = offset(span.last()) - offset(span.first());
        (offset(span.first()), std::cmp::Reverse(days), span.is_timed, span.start, *at)
    });
    let mut taken = vec![[false; 7]; rows];
    let mut bars: Vec<Bar> = Vec::new();
    let (mut hidden, mut is_full) = ([0; 7], [false; 7]);
    for (at, span) in here {
        let (day, end) = (offset(span.first()), offset(span.last()));
        let Some(row) = taken.iter().position(|row| !row[day..=end].contains(&true)) else {
            hidden[day..=end].iter_mut().for_each(|count| *count += 1);
            is_full[day..=end].fill(true);
            continue;
        };
        taken[row][day..=end].fill(true);
        let (begins, ends) = (span.first() >= first, span.last() <= last);
        bars.push(Bar { at, day, days: end - day + 1, row, begins, ends });
    }
    let has_room = |bar: &Bar| {
        bar.row + 1 < rows || (bar.row + 1 == rows && !is_full[bar.day..bar.day + bar.days].contains(&true))
    };
    for bar in bars.iter().filter(|bar| !has_room(bar)) {
        hidden[bar.day..bar.day + bar.days].iter_mut().for_each(|count| *count += 1);
    }
    bars.retain(has_room);
    Week { first, bars, hidden }
}
