//! Days as conditions name them: fixed, or counted from today. This is the one place where they are read and written.

use std::fmt;

use chrono::{Datelike, Months, TimeDelta};

use crate::engine::formula::coerce;
use crate::engine::formula::function::Clock;
use crate::model::time::{Date, Reckoning};

/// A day, fixed or counted from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This day: `2026-11-22`.
    Fixed(Date),
    /// So many days after today, or before it: `today`, `today-7`.
    FromToday(i64),
    /// So many months after today, or before it: `today-3m`; a year is twelve: `today+1y`.
    MonthsFromToday(i32),
    /// The first day of the week, month, quarter or year that is so many after this one: `month`, `quarter-1`.
    First(Stretch, i32),
    /// Its last day: `month-end`, `quarter-end-1`.
    Last(Stretch, i32),
}

/// A stretch of the calendar, as the workspace reckons it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Seven days.
    Week,
    /// One of twelve.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

const STRETCHES: [(&str, Stretch); 4] =
    [("week", Stretch::Week), ("month", Stretch::Month), ("quarter", Stretch::Quarter), ("year", Stretch::Year)];

impl Day {
    /// Reads a day as it stands in a condition, or as people say it: `today-7`, `quarter-end-1`, `2026-11-22`, `-1 month`,
    /// `3 weeks ago`, `this quarter` for its first day, `上个月`, `7天前`.
    pub fn read(text: &str) -> Option<Day> {
        let lower: String = text.trim().chars().map(|sign| coerce::half_width(sign).to_ascii_lowercase()).collect();
        let counted =
            counted(&lower).or_else(|| in_stretch(&lower)).or_else(|| said(&lower)).or_else(|| said_in_chinese(&lower));
        counted.or_else(|| {
            let local = coerce::read_moment(text)?;
            let is_day = local.time() == chrono::NaiveTime::MIN && !text.contains(':');
            is_day.then(|| Day::Fixed(local.date()))
        })
    }

    /// The day that it is today.
    pub fn on(self, today: Date, reckoning: Reckoning) -> Option<Date> {
        let days = |date: Date, days: i64| date.checked_add_signed(TimeDelta::try_days(days)?);
        match self {
            Day::Fixed(date) => Some(date),
            Day::FromToday(count) => days(today, count),
            Day::MonthsFromToday(count) => months(today, count),
            Day::First(stretch, by) => stretch.first(today, by, reckoning),
            Day::Last(stretch, by) => days(stretch.first(today, by.checked_add(1)?, reckoning)?, -1),
        }
    }

    pub(super) fn date(self, clock: &Clock) -> Option<Date> {
        self.on(clock.today, clock.reckoning)
    }

    pub(super) fn reads_clock(self) -> bool {
        !matches!(self, Day::Fixed(_))
    }
}

impl fmt::Display for Day {
    /// As it stands in a condition.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Day::Fixed(date) => write!(out, "{date}"),
            Day::FromToday(0) => out.write_str("today"),
            Day::FromToday(days) => write!(out, "today{days:+}"),
            Day::MonthsFromToday(months) if months != 0 && months % 12 == 0 => write!(out, "today{:+}y", months / 12),
            Day::MonthsFromToday(months) => write!(out, "today{months:+}m"),
            Day::First(stretch, 0) => out.write_str(stretch.name()),
            Day::First(stretch, by) => write!(out, "{}{by:+}", stretch.name()),
            Day::Last(stretch, 0) => write!(out, "{}-end", stretch.name()),
            Day::Last(stretch, by) => write!(out, "{}-end{by:+}", stretch.name()),
        }
    }
}

impl Stretch {
    /// Its name in conditions.
    pub fn name(self) -> &'static str {
        match self {
            Stretch::Week => "week",
            Stretch::Month => "month",
            Stretch::Quarter => "quarter",
            Stretch::Year => "year",
        }
    }

    fn first(self, today: Date, by: i32, reckoning: Reckoning) -> Option<Date> {
        match self {
            Stretch::Week => reckoning.week(today).checked_add_signed(TimeDelta::try_days(7 * i64::from(by))?),
            Stretch::Month => months(today.with_day(1)?, by),
            Stretch::Quarter => months(reckoning.quarter(today), by.checked_mul(3)?),
            Stretch::Year => months(reckoning.year(today), by.checked_mul(12)?),
        }
    }
}

/// So many months later, on the same day or the last one of a shorter month.
fn months(date: Date, count: i32) -> Option<Date> {
    let step = Months::new(count.unsigned_abs());
    if count < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
}

/// `today`, `today-7`, `今天+30`, `today-3m`.
fn counted(lower: &str) -> Option<Day> {
    let rest = ["today", "今天", "今日"].iter().find_map(|word| lower.strip_prefix(word))?;
    let rest: String = rest.chars().filter(|sign| !sign.is_whitespace()).collect();
    for (sign, months) in [('m', 1), ('y', 12)] {
        if let Some(count) = rest.strip_suffix(sign) {
            let is_signed = count.starts_with(['+', '-']);
            let count = count.parse::<i32>().ok().filter(|count| is_signed && count.abs() <= 1_000)?;
            return Some(Day::MonthsFromToday(count * months));
        }
    }
    let rest = rest.trim_end_matches(['天', 'd']);
    if rest.is_empty() {
        return Some(Day::FromToday(0));
    }
    let is_signed = rest.starts_with(['+', '-']);
    rest.parse::<i64>().ok().filter(|days| is_signed && days.abs() <= 366_000).map(Day::FromToday)
}

/// `month`, `quarter-1`, `year-end`.
fn in_stretch(lower: &str) -> Option<Day> {
    let (stretch, rest) =
        STRETCHES.into_iter().find_map(|(word, stretch)| Some((stretch, lower.strip_prefix(word)?)))?;
    let (is_last, rest) = match rest.strip_prefix("-end") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let by = if rest.is_empty() { 0 } else { rest.parse::<i32>().ok().filter(|by| by.abs() <= 12_000)? };
    let is_signed = rest.is_empty() || rest.starts_with(['+', '-']);
    is_signed.then_some(if is_last { Day::Last(stretch, by) } else { Day::First(stretch, by) })
}

/// `yesterday`, `this quarter`, `-1 month`, `3 weeks ago`, `in 2 days`.
fn said(lower: &str) -> Option<Day> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let stretch = |word: &str| STRETCHES.into_iter().find(|(name, _)| *name == word).map(|(_, stretch)| stretch);
    let after = |which: &str| match which {
        "this" | "current" => Some(0),
        "last" | "previous" => Some(-1),
        "next" => Some(1),
        _ => None,
    };
    let count = |number: &str, unit: &str, sign: i64| {
        let number = number.parse::<i64>().ok()?;
        from_today(sign * number, unit.strip_suffix('s').unwrap_or(unit))
    };
    match *words.as_slice() {
        ["yesterday"] => Some(Day::FromToday(-1)),
        ["tomorrow"] => Some(Day::FromToday(1)),
        [number, unit] if number.starts_with(['+', '-']) => count(number, unit, 1),
        [which, unit] => Some(Day::First(stretch(unit)?, after(which)?)),
        [number, unit, "ago"] => count(number, unit, -1),
        ["in", number, unit] | [number, unit, "ahead"] => count(number, unit, 1),
        [number, unit, "from", "now" | "today"] => count(number, unit, 1),
        _ => None,
    }
}

/// `昨天`, `本季度`, `上个月`, `7天前`.
fn said_in_chinese(text: &str) -> Option<Day> {
    let known = [
        ("昨天", Day::FromToday(-1)),
        ("前天", Day::FromToday(-2)),
        ("明天", Day::FromToday(1)),
        ("后天", Day::FromToday(2)),
        ("今年", Day::First(Stretch::Year, 0)),
        ("去年", Day::First(Stretch::Year, -1)),
        ("明年", Day::First(Stretch::Year, 1)),
    ];
    if let Some((_, day)) = known.into_iter().find(|(word, _)| *word == text) {
        return Some(day);
    }
    let unit = |word: &str| {
        Some(match word.strip_prefix('个').unwrap_or(word) {
            "天" | "日" => "day",
            "周" | "星期" => "week",
            "月" => "month",
            "季度" | "季" => "quarter",
            "年" => "year",
            _ => return None,
        })
    };
    let which = [("本", 0), ("这", 0), ("上", -1), ("下", 1)];
    if let Some((rest, by)) = which.into_iter().find_map(|(word, by)| Some((text.strip_prefix(word)?, by))) {
        let name = unit(rest)?;
        return STRETCHES.into_iter().find(|(word, _)| *word == name).map(|(_, stretch)| Day::First(stretch, by));
    }
    let ends = [("以前", -1), ("之前", -1), ("前", -1), ("以后", 1), ("之后", 1), ("后", 1)];
    let (rest, sign) = ends.into_iter().find_map(|(word, sign)| Some((text.strip_suffix(word)?, sign)))?;
    let at = rest.find(|sign: char| !sign.is_ascii_digit())?;
    let (number, word) = rest.split_at(at);
    from_today(sign * number.parse::<i64>().ok()?, unit(word.trim())?)
}

fn from_today(count: i64, unit: &str) -> Option<Day> {
    let months = |each: i64| i32::try_from(count.checked_mul(each)?).ok().filter(|count| count.abs() <= 12_000);
    Some(match unit {
        "day" => Day::FromToday(Some(count).filter(|count| count.abs() <= 366_000)?),
        "week" => Day::FromToday(count.checked_mul(7).filter(|count| count.abs() <= 366_000)?),
        "month" => Day::MonthsFromToday(months(1)?),
        "quarter" => Day::MonthsFromToday(months(3)?),
        "year" => Day::MonthsFromToday(months(12)?),
        _ => return None,
    })
}
