//! How values become other values inside a formula: the spreadsheet's silent conversions, in one place.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::Decimal;

use crate::engine::formula::function::{Clock, Fault, Operand};
use crate::model::id::Currency;
use crate::model::time::{Date, Instant, Zone};
use crate::model::value::{Money, Value};

/// The number in a value: blank is 0, a flag 1 or 0, text is read as people write numbers. Days and points in time have none.
pub fn number_of(value: &Value) -> Result<Decimal, Fault> {
    match value {
        Value::Empty => Ok(Decimal::ZERO),
        Value::Text(text) if text.is_empty() => Ok(Decimal::ZERO),
        Value::Text(text) => read_number(text).ok_or(Fault::WrongValue),
        other => other.as_number().ok_or(Fault::WrongValue),
    }
}

/// The text of a value: numbers without trailing zeros, amounts without their currency, days as `2026-11-22`, points in
/// time in UTC (see [`local_text_of`]), flags as `TRUE` and `FALSE`, options by their code.
pub fn text_of(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Flag(true) => Cow::Borrowed("TRUE"),
        Value::Flag(false) => Cow::Borrowed("FALSE"),
        Value::Number(number) => Cow::Owned(number_text(*number)),
        Value::Money(money) => Cow::Owned(number_text(money.amount)),
        Value::Date(date) => Cow::Owned(date_text(*date)),
        Value::Instant(at) => Cow::Owned(moment_text(at.local(Zone::UTC))),
        Value::Duration(seconds) => Cow::Owned(seconds.to_string()),
        Value::Choice(option) => Cow::Owned(option.to_string()),
        Value::Choices(options) => Cow::Owned(options.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        Value::Link(record) => Cow::Owned(record.to_string()),
        Value::Links(records) => Cow::Owned(records.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        Value::Files(files) => Cow::Owned(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")),
        Value::Place(place) => {
            let parts = [&place.country, &place.region, &place.city, &place.street];
            Cow::Owned(parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" "))
        }
    }
}

/// The text of a value with points in time on the user's clock: `2026-11-22 09:30:00`.
pub fn local_text_of<'a>(value: &'a Value, clock: &Clock) -> Cow<'a, str> {
    match value {
        Value::Instant(at) => Cow::Owned(moment_text(at.local(clock.zone))),
        other => text_of(other),
    }
}

/// The flag in a value: blank is no, a number is yes unless it is 0, text must say so (`TRUE`, `是`, `no` …).
pub fn flag_of(value: &Value) -> Result<bool, Fault> {
    match value {
        Value::Flag(flag) => Ok(*flag),
        Value::Empty => Ok(false),
        Value::Text(text) => read_flag(text).ok_or(Fault::WrongValue),
        other => other.as_number().map(|number| !number.is_zero()).ok_or(Fault::WrongValue),
    }
}

/// The day in a value: a point in time gives its local day, text is read. A blank is not available.
pub fn date_of(value: &Value, clock: &Clock) -> Result<Date, Fault> {
    match value {
        Value::Date(date) => Ok(*date),
        Value::Instant(at) => Ok(at.local(clock.zone).date()),
        Value::Text(text) if !text.is_empty() => read_moment(text).map(|local| local.date()).ok_or(Fault::WrongValue),
        blank if blank.is_empty() => Err(Fault::NotAvailable),
        _ => Err(Fault::WrongValue),
    }
}

/// The point in time in a value: a day gives its first moment on the user's calendar, text is read as local time. A
/// blank is not available.
pub fn moment_of(value: &Value, clock: &Clock) -> Result<Instant, Fault> {
    match value {
        Value::Instant(at) => Ok(*at),
        Value::Date(date) => Ok(Instant::from_local(date.and_time(NaiveTime::MIN), clock.zone)),
        Value::Text(text) if !text.is_empty() => match text.trim().parse::<Instant>() {
            Ok(at) => Ok(at),
            Err(_) => read_moment(text).map(|local| Instant::from_local(local, clock.zone)).ok_or(Fault::WrongValue),
        },
        blank if blank.is_empty() => Err(Fault::NotAvailable),
        _ => Err(Fault::WrongValue),
    }
}

/// The local day and time in a value.
pub fn local_of(value: &Value, clock: &Clock) -> Result<NaiveDateTime, Fault> {
    match value {
        Value::Date(date) => Ok(date.and_time(NaiveTime::MIN)),
        other => moment_of(other, clock).map(|at| at.local(clock.zone)),
    }
}

/// The values of an operand: one or many.
pub fn values_of(operand: &Operand) -> &[Value] {
    match operand {
        Operand::One(value) => std::slice::from_ref(value),
        Operand::Many(values) => values,
    }
}

/// Whether a value counts among the numbers of a list: text and flags in a list do not, as in a range of cells.
pub fn list_number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(_) | Value::Money(_) | Value::Duration(_) => value.as_number(),
        _ => None,
    }
}

/// Adds the numbers of an operand to a list. In a list whatever is no number is skipped, as in a range of cells; a single
/// value must be a number or read as one, and a single blank is skipped.
pub fn push_numbers(operand: &Operand, numbers: &mut Vec<Decimal>) -> Result<(), Fault> {
    match operand {
        Operand::One(value) if value.is_empty() => {}
        Operand::One(value) => numbers.push(number_of(value)?),
        Operand::Many(values) => numbers.extend(values.iter().filter_map(list_number)),
    }
    Ok(())
}

/// The numbers of an operand; see [`push_numbers`].
pub fn numbers_of(operand: &Operand) -> Result<Vec<Decimal>, Fault> {
    let mut numbers = Vec::new();
    push_numbers(operand, &mut numbers)?;
    Ok(numbers)
}

/// The one unit that several numbers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unit {
    /// No number was seen yet, or only plain ones.
    #[default]
    Plain,
    /// Amounts in one currency, plain numbers among them.
    Currency(Currency),
    /// Lengths of time in seconds.
    Duration,
}

impl Unit {
    /// The unit after a further value: two currencies do not go together, nor does money with time.
    pub fn and(self, value: &Value) -> Result<Unit, Fault> {
        match (self, value) {
            (Unit::Plain, Value::Money(money)) => Ok(Unit::Currency(money.currency)),
            (Unit::Currency(currency), Value::Money(money)) if currency != money.currency => Err(Fault::WrongNumber),
            (Unit::Plain, Value::Duration(_)) => Ok(Unit::Duration),
            (Unit::Currency(_), Value::Duration(_)) | (Unit::Duration, Value::Money(_)) => Err(Fault::WrongNumber),
            _ => Ok(self),
        }
    }

    /// The unit of all values of some operands.
    pub fn of(operands: &[Operand]) -> Result<Unit, Fault> {
        operands.iter().flat_map(values_of).try_fold(Unit::Plain, Unit::and)
    }

    /// A number in this unit.
    pub fn value(self, number: Decimal) -> Value {
        match self {
            Unit::Plain => Value::Number(number),
            Unit::Currency(currency) => Value::Money(Money { amount: number, currency }),
            Unit::Duration => match i64::try_from(number.round()) {
                Ok(seconds) if number.is_integer() => Value::Duration(seconds),
                _ => Value::Number(number),
            },
        }
    }
}

/// The sum of some operands in their unit: amounts keep their currency, and two currencies have no sum.
pub fn sum_of(operands: &[Operand]) -> Result<Value, Fault> {
    let unit = Unit::of(operands)?;
    let mut total = Decimal::ZERO;
    for operand in operands {
        match operand {
            Operand::One(value) => total = total.checked_add(number_of(value)?).ok_or(Fault::WrongNumber)?,
            Operand::Many(values) => {
                for number in values.iter().filter_map(list_number) {
                    total = total.checked_add(number).ok_or(Fault::WrongNumber)?;
                }
            }
        }
    }
    Ok(unit.value(total))
}

/// A number without trailing zeros.
pub fn number_text(number: Decimal) -> String {
    number.normalize().to_string()
}

/// A day as ISO 8601 writes it.
pub fn date_text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn moment_text(local: NaiveDateTime) -> String {
    let time = local.time();
    format!("{} {:02}:{:02}:{:02}", date_text(local.date()), time.hour(), time.minute(), time.second())
}

/// Reads a number as people write it: `1,234.50`, `１２`, `12.5%`, `-3e2`, `¥100`.
pub fn read_number(text: &str) -> Option<Decimal> {
    let plain: Cow<'_, str> =
        if text.is_ascii() { Cow::Borrowed(text) } else { text.chars().map(half_width).collect() };
    let mut rest = plain.trim();
    let negative = if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        rest = inner.trim();
        true
    } else if let Some(after) = rest.strip_prefix('-') {
        rest = after.trim_start();
        true
    } else {
        rest = rest.strip_prefix('+').unwrap_or(rest);
        false
    };
    rest = rest.strip_prefix(['¥', '$', '€', '£']).map(str::trim_start).unwrap_or(rest);
    let mut percents = 0u32;
    while let Some(before) = rest.strip_suffix('%') {
        percents += 1;
        rest = before.trim_end();
    }
    if percents > 4 || !rest.starts_with(|sign: char| sign.is_ascii_digit() || sign == '.') {
        return None;
    }
    let number = if rest.contains(',') { read_plain(&without_separators(rest)?)? } else { read_plain(rest)? };
    let number = number.checked_mul(Decimal::new(1, percents * 2))?;
    Some(if negative { -number } else { number })
}

/// Reads a yes or no: `TRUE`, `yes`, `是`, `对`, `1` and their opposites.
pub fn read_flag(text: &str) -> Option<bool> {
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "yes", "是", "真", "对", "1"]) {
        Some(true)
    } else if is(&["false", "no", "否", "假", "错", "0"]) {
        Some(false)
    } else {
        None
    }
}

/// Reads a day, with a time of day or without: `2026-11-22`, `2026/11/22 9:30`, `2026年11月22日`, `20261122`.
pub fn read_moment(text: &str) -> Option<NaiveDateTime> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let plain = plain.trim();
    if plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let date = Date::from_ymd_opt(plain[..4].parse().ok()?, plain[4..6].parse().ok()?, plain[6..].parse().ok()?)?;
        return Some(date.and_time(NaiveTime::MIN));
    }
    let (year, rest) = take_digits(plain, 4)?;
    if year < 1000 {
        return None;
    }
    let separator = rest.chars().next()?;
    let rest = &rest[separator.len_utf8()..];
    let second = match separator {
        '-' | '/' | '.' => separator,
        '年' => '月',
        _ => return None,
    };
    let (month, rest) = take_digits(rest.trim_start(), 2)?;
    let rest = rest.strip_prefix(second)?;
    let (day, rest) = take_digits(rest.trim_start(), 2)?;
    let rest = if separator == '年' { rest.strip_prefix(['日', '号']).unwrap_or(rest) } else { rest };
    let date = Date::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    let time = match rest.strip_prefix('T').unwrap_or(rest).trim() {
        "" => NaiveTime::MIN,
        // Time directly after the digits of the day would read 2026-11-2212:00 as a date.
        _ if !rest.starts_with([' ', 'T']) && separator != '年' => return None,
        time => read_time(time)?,
    };
    Some(date.and_time(time))
}

/// Reads a time of day: `9:30`, `09:30:15`, `9:30 PM`, `9时30分`.
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let upper = text.to_ascii_uppercase();
    let (body, afternoon) = if let Some(body) = upper.strip_suffix("PM") {
        (body.trim_end(), Some(true))
    } else if let Some(body) = upper.strip_suffix("AM") {
        (body.trim_end(), Some(false))
    } else {
        (upper.as_str(), None)
    };
    let (mut hour, rest) = take_digits(body, 2)?;
    let rest = rest.strip_prefix([':', '时', '点'])?;
    let (minute, rest) = if rest.is_empty() { (0, rest) } else { take_digits(rest, 2)? };
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (second, rest) = if rest.is_empty() { (0, rest) } else { take_digits(rest, 2)? };
    let rest = rest.strip_prefix('秒').unwrap_or(rest);
    let fraction = rest.strip_prefix('.').unwrap_or("");
    if !rest.is_empty() && (fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    if let Some(afternoon) = afternoon {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// The half-width form of a full-width sign: `１` is `1`, `％` is `%`.
pub fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' | '\u{a0}' => ' ',
        '￥' => '¥',
        '−' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    }
}

fn read_plain(text: &str) -> Option<Decimal> {
    if text.bytes().any(|byte| byte == b'e' || byte == b'E') {
        return Decimal::from_scientific(&text.replace('+', "")).ok();
    }
    if text == "." || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    text.parse().ok()
}

/// Takes out the commas of a number whose groups have three digits, or four as Chinese and Japanese ledgers have.
fn without_separators(text: &str) -> Option<String> {
    let whole = text.split('.').next()?;
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if first.is_empty() || first.len() > 4 || text[whole.len()..].contains(',') {
        return None;
    }
    if groups.any(|group| !(group.len() == 3 || group.len() == 4)) {
        return None;
    }
    Some(text.replace(',', ""))
}

fn take_digits(text: &str, most: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    Some((text[..count].parse().ok()?, &text[count..]))
}
