//! The axis of a timeline: how days become pixels, its ticks at each zoom, and bars packed into rows.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use chrono::{Datelike, Days, Months};

use super::span::Span;
use crate::model::time::{Date, Reckoning};

/// How much of time is seen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Zoom {
    /// A step for each day.
    Day,
    /// A step for each week.
    Week,
    /// A step for each month.
    #[default]
    Month,
    /// A step for each quarter.
    Quarter,
}

/// A stretch of days, drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Its first day.
    pub first: Date,
    /// How many days it has.
    pub days: i64,
    /// How many pixels a day takes.
    pub per_day: f64,
    /// The step of its ticks.
    pub zoom: Zoom,
    /// How weeks, quarters and years are reckoned.
    pub reckoning: Reckoning,
}

/// A step of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its first day.
    pub day: Date,
    /// How many days it takes.
    pub days: i64,
}

impl Zoom {
    /// All of them, the closest first.
    pub const ALL: [Zoom; 4] = [Zoom::Day, Zoom::Week, Zoom::Month, Zoom::Quarter];

    /// How many pixels a day takes.
    pub fn per_day(self) -> f64 {
        match self {
            Zoom::Day => 40.0,
            Zoom::Week => 16.0,
            Zoom::Month => 5.0,
            Zoom::Quarter => 2.0,
        }
    }

    /// How many days one moves a bar by at least.
    pub fn step(self) -> i64 {
        match self {
            Zoom::Day | Zoom::Week | Zoom::Month => 1,
            Zoom::Quarter => 7,
        }
    }
}

impl Axis {
    /// An axis around spans and a day, with some room at both ends.
    pub fn around(spans: &[Span], today: Date, zoom: Zoom, reckoning: Reckoning) -> Axis {
        const FARTHEST: i64 = 366 * 30;
        let room = match zoom {
            Zoom::Day => 1,
            Zoom::Week => 3,
            Zoom::Month => 6,
            Zoom::Quarter => 18,
        };
        // One record with a year that was mistyped does not make the axis endless.
        let is_near = |day: &Date| (*day - today).num_days().abs() < FARTHEST;
        let first = spans.iter().map(Span::first).filter(is_near).min().unwrap_or(today).min(today);
        let last = spans.iter().map(Span::last).filter(is_near).max().unwrap_or(today).max(today);
        let first = first.with_day(1).and_then(|day| day.checked_sub_months(Months::new(room))).unwrap_or(first);
        let first = reckoning.quarter(first);
        let last = last.checked_add_months(Months::new(room)).unwrap_or(last);
        Axis { first, days: (last - first).num_days() + 1, per_day: zoom.per_day(), zoom, reckoning }
    }

    /// Its length in pixels.
    pub fn length(&self) -> f64 {
        self.days as f64 * self.per_day
    }

    /// Where a day begins, in pixels.
    pub fn place(&self, day: Date) -> f64 {
        (day - self.first).num_days() as f64 * self.per_day
    }

    /// The day at a place.
    pub fn day_at(&self, place: f64) -> Date {
        let days = (place / self.per_day).floor().clamp(0.0, self.days as f64) as u64;
        self.first.checked_add_days(Days::new(days)).unwrap_or(self.first)
    }

    /// Where a span stands: its start and its length in pixels.
    pub fn bar(&self, span: &Span) -> (f64, f64) {
        (self.place(span.first()), span.days() as f64 * self.per_day)
    }

    /// The ticks between two places.
    pub fn ticks(&self, from: f64, to: f64) -> Vec<Tick> {
        self.steps(
            from,
            to,
            match self.zoom {
                Zoom::Day => Step::Day,
                Zoom::Week => Step::Week,
                Zoom::Month => Step::Month,
                Zoom::Quarter => Step::Quarter,
            },
        )
    }

    /// The larger steps above them: months, or years.
    pub fn large_ticks(&self, from: f64, to: f64) -> Vec<Tick> {
        self.steps(
            from,
            to,
            match self.zoom {
                Zoom::Day | Zoom::Week => Step::Month,
                Zoom::Month => Step::Year,
                Zoom::Quarter => Step::YearOfAccount,
            },
        )
    }

    fn steps(&self, from: f64, to: f64, step: Step) -> Vec<Tick> {
        let last = self.day_at(to);
        let days = std::iter::successors(Some(step.start(self.day_at(from), self.reckoning)), |day| step.next(*day));
        days.take_while(|day| *day <= last)
            .filter_map(|day| Some(Tick { day, days: (step.next(day)? - day).num_days() }))
            .collect()
    }
}

/// What a tick stands for.
#[derive(Clone, Copy)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    YearOfAccount,
}

impl Step {
    /// The first day of the step in which a day is.
    fn start(self, day: Date, reckoning: Reckoning) -> Date {
        let start = match self {
            Step::Day => Some(day),
            Step::Week => Some(reckoning.week(day)),
            Step::Month => day.with_day(1),
            Step::Quarter => Some(reckoning.quarter(day)),
            Step::Year => Date::from_ymd_opt(day.year(), 1, 1),
            Step::YearOfAccount => Some(reckoning.year(day)),
        };
        start.unwrap_or(day)
    }

    /// The first day of the step after the one that begins on a day.
    fn next(self, start: Date) -> Option<Date> {
        match self {
            Step::Day => start.succ_opt(),
            Step::Week => start.checked_add_days(Days::new(7)),
            Step::Month => start.checked_add_months(Months::new(1)),
            Step::Quarter => start.checked_add_months(Months::new(3)),
            Step::Year | Step::YearOfAccount => start.checked_add_months(Months::new(12)),
        }
    }
}

/// Rows for spans: each goes into the first row that is free when it begins. Gives the row of each span and how many there are.
pub fn pack(spans: &[Span]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|at| (spans[*at].first(), Reverse(spans[*at].days()), *at));
    // Spans come in the order in which they begin: a row that is free for one is free for all that follow.
    let mut busy: BinaryHeap<Reverse<(Date, usize)>> = BinaryHeap::new();
    let mut free: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut rows = vec![0; spans.len()];
    let mut count = 0;
    for at in order {
        while let Some(Reverse((until, row))) = busy.peek().copied()
            && until < spans[at].first()
        {
            busy.pop();
            free.push(Reverse(row));
        }
        rows[at] = free.pop().map_or(count, |Reverse(row)| row);
        count = count.max(rows[at] + 1);
        busy.push(Reverse((spans[at].last(), rows[at])));
    }
    (rows, count)
}
