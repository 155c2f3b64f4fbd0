//! What a field is compared with, typed by the field.

use rust_decimal::Decimal;

use crate::engine::formula::coerce;
use crate::engine::formula::function::Clock;
use crate::engine::formula::kind::Kind;
use crate::model::condition::Operand;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::{OptionId, RecordId};
use crate::model::state::Reader;
use crate::model::time::{Date, Instant, Reckoning, Zone};

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// Nothing, or a text of no letters.
    Nothing,
    Flag(bool),
    /// A number, the amount of money or the seconds of a length of time.
    Number(Decimal),
    /// Text in lower case.
    Text(String),
    Day(Day),
    /// A local day and time.
    Moment(chrono::NaiveDateTime),
    Option(OptionId),
    Record(RecordId),
    /// Whoever asks.
    Me,
    Several(Vec<Target>),
}

/// A day as conditions name it: fixed, or counted from today.
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

impl Day {
    /// Reads a day as it stands in a condition.
    pub fn read(text: &str) -> Option<Day> {
        match read_day(text)? {
            Target::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The day that it is today.
    pub fn on(self, today: Date, reckoning: Reckoning) -> Option<Date> {
        let days = |date: Date, days: i64| date.checked_add_signed(chrono::TimeDelta::try_days(days)?);
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

    fn reads_clock(self) -> bool {
        !matches!(self, Day::Fixed(_))
    }

    fn from_words(lower: &str) -> Option<Day> {
        let (stretch, rest) = [
            ("week", Stretch::Week),
            ("month", Stretch::Month),
            ("quarter", Stretch::Quarter),
            ("year", Stretch::Year),
        ]
        .into_iter()
        .find_map(|(word, stretch)| Some((stretch, lower.strip_prefix(word)?)))?;
        let (is_last, rest) = match rest.strip_prefix("-end") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let by = if rest.is_empty() { 0 } else { rest.parse::<i32>().ok().filter(|by| by.abs() <= 12_000)? };
        let is_signed = rest.is_empty() || rest.starts_with(['+', '-']);
        is_signed.then_some(if is_last { Day::Last(stretch, by) } else { Day::First(stretch, by) })
    }
}

impl Stretch {
    fn first(self, today: Date, by: i32, reckoning: Reckoning) -> Option<Date> {
        use chrono::Datelike;
        match self {
            Stretch::Week => reckoning.week(today).checked_add_signed(chrono::TimeDelta::try_days(7 * i64::from(by))?),
            Stretch::Month => months(today.with_day(1)?, by),
            Stretch::Quarter => months(reckoning.quarter(today), by.checked_mul(3)?),
            Stretch::Year => months(reckoning.year(today), by.checked_mul(12)?),
        }
    }
}

/// So many months later, on the same day or the last one of a shorter month.
fn months(date: Date, count: i32) -> Option<Date> {
    let step = chrono::Months::new(count.unsigned_abs());
    if count < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
}

impl Target {
    /// Whether it is another one tomorrow.
    pub fn reads_clock(&self) -> bool {
        match self {
            Target::Day(day) => day.reads_clock(),
            Target::Several(targets) => targets.iter().any(Target::reads_clock),
            Target::Nothing
            | Target::Flag(_)
            | Target::Number(_)
            | Target::Text(_)
            | Target::Moment(_)
            | Target::Option(_)
            | Target::Record(_)
            | Target::Me => false,
        }
    }

    /// Whether it is another one for another person.
    pub fn reads_actor(&self) -> bool {
        match self {
            Target::Several(targets) => targets.iter().any(Target::reads_actor),
            other => *other == Target::Me,
        }
    }
}

/// Types an operand by the kind that it is compared with.
pub(super) fn read(operand: &Operand, kind: &Kind, reader: &dyn Reader) -> Result<Target, Diagnostic> {
    let text = match operand {
        Operand::Absent => return Ok(Target::Nothing),
        Operand::List(items) => {
            let items: Result<Vec<Target>, Diagnostic> = items.iter().map(|item| read(item, kind, reader)).collect();
            return items.map(Target::Several);
        }
        Operand::Flag(flag) => {
            return match kind {
                Kind::Flag | Kind::Any => Ok(Target::Flag(*flag)),
                Kind::Text => Ok(Target::Text(flag.to_string())),
                _ => Err(mismatch(kind, "flag")),
            };
        }
        Operand::Integer(number) => match kind {
            Kind::Number | Kind::Money | Kind::Duration | Kind::Any => return Ok(Target::Number((*number).into())),
            Kind::Flag if matches!(number, 0 | 1) => return Ok(Target::Flag(*number == 1)),
            _ => number.to_string(),
        },
        Operand::Text(text) => text.trim().to_owned(),
    };
    if text.is_empty() {
        return Ok(Target::Nothing);
    }
    let wrong = |code: Code| Diagnostic::new(code).with("value", &text);
    match kind {
        Kind::Flag => coerce::read_flag(&text).map(Target::Flag).ok_or_else(|| wrong(Code::NotAFlag)),
        Kind::Number => coerce::read_number(&text).map(Target::Number).ok_or_else(|| wrong(Code::NotANumber)),
        Kind::Money => read_amount(&text).map(Target::Number).ok_or_else(|| wrong(Code::NotAnAmount)),
        Kind::Duration => coerce::read_number(&text).map(Target::Number).ok_or_else(|| wrong(Code::NotADuration)),
        Kind::Date => read_day(&text).ok_or_else(|| wrong(Code::NotADate)),
        Kind::Instant => read_day(&text).ok_or_else(|| wrong(Code::NotAnInstant)),
        Kind::Choice(entity, field) => {
            let field = reader.entity(*entity).and_then(|entity| entity.field(*field));
            let options = field.map(|field| field.options()).unwrap_or_default();
            let by_id = options.iter().find(|option| option.id.as_str().eq_ignore_ascii_case(&text));
            let found = by_id.or_else(|| options.iter().find(|option| option.label.says(&text)));
            found.map(|option| Target::Option(option.id)).ok_or_else(|| wrong(Code::NotAnOption))
        }
        Kind::Link(_) if is_me(&text) => Ok(Target::Me),
        Kind::Link(_) => text.parse().map(Target::Record).map_err(|_| wrong(Code::NoSuchLink)),
        Kind::List(item) => read(operand, item, reader),
        Kind::Any => Ok(match coerce::read_number(&text) {
            Some(number) => Target::Number(number),
            None => Target::Text(text.to_lowercase()),
        }),
        Kind::Text | Kind::Files | Kind::Place => Ok(Target::Text(text.to_lowercase())),
    }
}

/// Whether a record is meant that is whoever asks.
pub fn is_me(text: &str) -> bool {
    text.eq_ignore_ascii_case("me") || text == "我"
}

fn mismatch(expected: &Kind, found: &str) -> Diagnostic {
    Diagnostic::new(Code::TypeMismatch).with("expected", expected.name()).with("found", found)
}

/// An amount with or without the code of its currency before or after it.
fn read_amount(text: &str) -> Option<Decimal> {
    let bare = text.trim_matches(|sign: char| sign.is_ascii_alphabetic() || sign.is_whitespace());
    coerce::read_number(bare)
}

/// `2026-11-22`, `2026-11-22 09:00`, `today`, `today-7`, `今天+30`, `today-3m`, `month`, `quarter-end-1`.
fn read_day(text: &str) -> Option<Target> {
    let lower = text.to_lowercase();
    let rest = ["today", "今天", "今日"].iter().find_map(|word| lower.strip_prefix(word));
    if let Some(rest) = rest {
        let rest: String = rest.chars().filter(|sign| !sign.is_whitespace()).map(coerce::half_width).collect();
        for (sign, months) in [('m', 1), ('y', 12)] {
            if let Some(count) = rest.strip_suffix(sign) {
                let is_signed = count.starts_with(['+', '-']);
                let count = count.parse::<i32>().ok().filter(|count| is_signed && count.abs() <= 1_000)?;
                return Some(Target::Day(Day::MonthsFromToday(count * months)));
            }
        }
        let rest = rest.trim_end_matches(['天', 'd']);
        if rest.is_empty() {
            return Some(Target::Day(Day::FromToday(0)));
        }
        let signed = rest.starts_with(['+', '-']);
        let days = rest.parse::<i64>().ok().filter(|days| signed && days.abs() <= 366_000)?;
        return Some(Target::Day(Day::FromToday(days)));
    }
    if let Some(day) = Day::from_words(&lower) {
        return Some(Target::Day(day));
    }
    if let Some(local) = coerce::read_moment(text) {
        let midnight = local.time() == chrono::NaiveTime::MIN && !text.contains(':');
        return Some(if midnight { Target::Day(Day::Fixed(local.date())) } else { Target::Moment(local) });
    }
    let at: Instant = text.parse().ok()?;
    Some(Target::Moment(at.local(Zone::UTC)))
}
