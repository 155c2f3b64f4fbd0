//! What operators do with values: exact arithmetic, days and money included, and comparison as spreadsheets know it.

use std::cmp::Ordering;

use chrono::{Days, NaiveTime};
use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};

use crate::engine::formula::coerce;
use crate::engine::formula::function::{Clock, Fault};
use crate::engine::formula::parse::Binary;
use crate::model::time::{Date, Instant};
use crate::model::value::{Money, Value};

const MILLIS_PER_DAY: i64 = 86_400_000;

/// The result of `+`, `-`, `*`, `/` or `^`.
pub(super) fn arithmetic(op: Binary, left: &Value, right: &Value, clock: &Clock) -> Result<Value, Fault> {
    if let (Value::Number(left), Value::Number(right)) = (left, right) {
        return numbers(op, *left, *right).map(Value::Number);
    }
    match (left, right) {
        (Value::Date(_) | Value::Instant(_), _) | (_, Value::Date(_) | Value::Instant(_)) => {
            moments(op, left, right, clock)
        }
        (Value::Money(_), _) | (_, Value::Money(_)) => money(op, left, right),
        (Value::Duration(_), _) | (_, Value::Duration(_)) => durations(op, left, right),
        _ => numbers(op, coerce::number_of(left)?, coerce::number_of(right)?).map(Value::Number),
    }
}

fn numbers(op: Binary, left: Decimal, right: Decimal) -> Result<Decimal, Fault> {
    let result = match op {
        Binary::Add => left.checked_add(right),
        Binary::Subtract => left.checked_sub(right),
        Binary::Multiply => left.checked_mul(right),
        Binary::Divide if right.is_zero() => return Err(Fault::DivisionByZero),
        Binary::Divide => left.checked_div(right),
        Binary::Power => return power(left, right),
        _ => return Err(Fault::WrongValue),
    };
    result.ok_or(Fault::WrongNumber)
}

fn power(base: Decimal, exponent: Decimal) -> Result<Decimal, Fault> {
    if base.is_zero() {
        return match exponent.cmp(&Decimal::ZERO) {
            Ordering::Less => Err(Fault::DivisionByZero),
            Ordering::Equal => Err(Fault::WrongNumber),
            Ordering::Greater => Ok(Decimal::ZERO),
        };
    }
    if exponent.is_integer() {
        let whole = i64::try_from(exponent).map_err(|_| Fault::WrongNumber)?;
        return base.checked_powi(whole).ok_or(Fault::WrongNumber);
    }
    if base.is_sign_negative() {
        return Err(Fault::WrongNumber);
    }
    if exponent == Decimal::new(5, 1) {
        return base.sqrt().ok_or(Fault::WrongNumber);
    }
    base.checked_powd(exponent).ok_or(Fault::WrongNumber)
}

fn money(op: Binary, left: &Value, right: &Value) -> Result<Value, Fault> {
    let amount = |money: &Money, amount: Decimal| Value::Money(Money { amount, currency: money.currency });
    match (left, right) {
        (Value::Money(a), Value::Money(b)) => match op {
            Binary::Add | Binary::Subtract if a.currency != b.currency => Err(Fault::WrongNumber),
            Binary::Add | Binary::Subtract => Ok(amount(a, numbers(op, a.amount, b.amount)?)),
            Binary::Divide if a.currency != b.currency => Err(Fault::WrongNumber),
            Binary::Divide => numbers(op, a.amount, b.amount).map(Value::Number),
            _ => Err(Fault::WrongValue),
        },
        (Value::Money(a), other) => match op {
            Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide => {
                Ok(amount(a, numbers(op, a.amount, coerce::number_of(other)?)?))
            }
            _ => Err(Fault::WrongValue),
        },
        (other, Value::Money(b)) => match op {
            Binary::Add | Binary::Subtract | Binary::Multiply => {
                Ok(amount(b, numbers(op, coerce::number_of(other)?, b.amount)?))
            }
            _ => Err(Fault::WrongValue),
        },
        _ => Err(Fault::WrongValue),
    }
}

fn durations(op: Binary, left: &Value, right: &Value) -> Result<Value, Fault> {
    let result = numbers(op, coerce::number_of(left)?, coerce::number_of(right)?)?;
    let both = matches!((left, right), (Value::Duration(_), Value::Duration(_)));
    match (op, both) {
        (Binary::Divide, true) => Ok(Value::Number(result)),
        (Binary::Multiply, true) | (Binary::Power, _) => Err(Fault::WrongValue),
        (Binary::Divide, false) if matches!(right, Value::Duration(_)) => Err(Fault::WrongValue),
        _ => seconds(result).map(Value::Duration),
    }
}

fn seconds(number: Decimal) -> Result<i64, Fault> {
    let whole = number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(whole).map_err(|_| Fault::WrongNumber)
}

/// Days and points in time: the difference of two is a number of days, whole ones if one of them is a day, and a number of
/// days may be added or taken off.
fn moments(op: Binary, left: &Value, right: &Value, clock: &Clock) -> Result<Value, Fault> {
    match (op, left, right) {
        (Binary::Subtract, Value::Date(a), Value::Date(b)) => {
            Ok(Value::Number(Decimal::from(a.signed_duration_since(*b).num_days())))
        }
        (Binary::Subtract, Value::Date(_), Value::Instant(_))
        | (Binary::Subtract, Value::Instant(_), Value::Date(_)) => {
            let (a, b) = (coerce::date_of(left, clock)?, coerce::date_of(right, clock)?);
            Ok(Value::Number(Decimal::from(a.signed_duration_since(b).num_days())))
        }
        (Binary::Subtract, Value::Instant(a), Value::Instant(b)) => {
            let millis = Decimal::from(a.0) - Decimal::from(b.0);
            Ok(Value::Number((millis / Decimal::from(MILLIS_PER_DAY)).normalize()))
        }
        (Binary::Add, Value::Date(_) | Value::Instant(_), Value::Date(_) | Value::Instant(_)) => Err(Fault::WrongValue),
        (Binary::Add | Binary::Subtract, moment @ (Value::Date(_) | Value::Instant(_)), Value::Duration(length)) => {
            let millis = length.checked_mul(1000).ok_or(Fault::WrongNumber)?;
            shift_millis(coerce::moment_of(moment, clock)?, signed(op, millis)?)
        }
        (Binary::Add, Value::Duration(length), moment) => {
            let millis = length.checked_mul(1000).ok_or(Fault::WrongNumber)?;
            shift_millis(coerce::moment_of(moment, clock)?, millis)
        }
        (Binary::Add | Binary::Subtract, Value::Date(date), days) => {
            let days = coerce::number_of(days)?;
            shift_days(*date, if op == Binary::Subtract { -days } else { days })
        }
        (Binary::Add, days, Value::Date(date)) => shift_days(*date, coerce::number_of(days)?),
        (Binary::Add | Binary::Subtract, Value::Instant(at), days) => {
            shift_millis(*at, signed(op, millis_of_days(coerce::number_of(days)?)?)?)
        }
        (Binary::Add, days, Value::Instant(at)) => shift_millis(*at, millis_of_days(coerce::number_of(days)?)?),
        _ => Err(Fault::WrongValue),
    }
}

fn signed(op: Binary, millis: i64) -> Result<i64, Fault> {
    if op == Binary::Subtract { millis.checked_neg().ok_or(Fault::WrongNumber) } else { Ok(millis) }
}

fn millis_of_days(days: Decimal) -> Result<i64, Fault> {
    let millis = days.checked_mul(Decimal::from(MILLIS_PER_DAY)).ok_or(Fault::WrongNumber)?;
    i64::try_from(millis.round()).map_err(|_| Fault::WrongNumber)
}

fn shift_millis(at: Instant, millis: i64) -> Result<Value, Fault> {
    let moved = at.0.checked_add(millis).ok_or(Fault::WrongNumber)?;
    // Beyond the years that calendars write with four digits a point in time has no local day.
    const FIRST: i64 = -62_135_596_800_000;
    const LAST: i64 = 253_402_300_799_999;
    if (FIRST..=LAST).contains(&moved) { Ok(Value::Instant(Instant(moved))) } else { Err(Fault::WrongNumber) }
}

/// A day some days later; a part of a day is left out, as days have no hours.
fn shift_days(date: Date, days: Decimal) -> Result<Value, Fault> {
    let whole = i64::try_from(days.floor()).map_err(|_| Fault::WrongNumber)?;
    let step = Days::new(whole.unsigned_abs());
    let moved = if whole < 0 { date.checked_sub_days(step) } else { date.checked_add_days(step) };
    moved.map(Value::Date).ok_or(Fault::WrongNumber)
}

/// The negative of a value.
pub(super) fn negate(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Number(number) => Ok(Value::Number(-*number)),
        Value::Money(money) => Ok(Value::Money(Money { amount: -money.amount, currency: money.currency })),
        Value::Duration(seconds) => seconds.checked_neg().map(Value::Duration).ok_or(Fault::WrongNumber),
        other => coerce::number_of(other).map(|number| Value::Number(-number)),
    }
}

/// A hundredth of a value.
pub(super) fn percent(value: &Value) -> Result<Value, Fault> {
    let hundredth = Decimal::new(1, 2);
    match value {
        Value::Money(money) => {
            let amount = money.amount.checked_mul(hundredth).ok_or(Fault::WrongNumber)?;
            Ok(Value::Money(Money { amount, currency: money.currency }))
        }
        other => coerce::number_of(other)?.checked_mul(hundredth).map(Value::Number).ok_or(Fault::WrongNumber),
    }
}

/// The answer to a comparison.
pub(super) fn comparison(op: Binary, left: &Value, right: &Value, clock: &Clock) -> Result<bool, Fault> {
    match op {
        Binary::Equal => Ok(same_value(left, right, clock)),
        Binary::NotEqual => Ok(!same_value(left, right, clock)),
        _ => {
            let Some(order) = compare_values(left, right, clock)? else {
                return Ok(false);
            };
            Ok(match op {
                Binary::Less => order == Ordering::Less,
                Binary::AtMost => order != Ordering::Greater,
                Binary::Greater => order == Ordering::Greater,
                Binary::AtLeast => order != Ordering::Less,
                _ => return Err(Fault::WrongValue),
            })
        }
    }
}

/// Whether two values are the same to a person: blank is "" and 0 and no, text without regard to case, a point in time is
/// the same as its day.
pub fn same_value(left: &Value, right: &Value, clock: &Clock) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::Text(left), Value::Text(right)) => same_text(left, right),
        (Value::Choice(left), Value::Choice(right)) => left == right,
        (Value::Money(left), Value::Money(right)) => left.amount == right.amount && left.currency == right.currency,
        (Value::Empty, other) | (other, Value::Empty) => match other {
            Value::Flag(flag) => !flag,
            other if other.is_empty() => true,
            other => other.as_number().is_some_and(|number| number.is_zero()),
        },
        (Value::Date(date), Value::Instant(at)) | (Value::Instant(at), Value::Date(date)) => {
            at.local(clock.zone).date() == *date
        }
        (Value::Text(text), moment @ (Value::Date(_) | Value::Instant(_)))
        | (moment @ (Value::Date(_) | Value::Instant(_)), Value::Text(text)) => {
            match (coerce::local_of(moment, clock), coerce::read_moment(text)) {
                (Ok(local), Some(read)) if read.time() == NaiveTime::MIN => local.date() == read.date(),
                (Ok(local), Some(read)) => local == read,
                _ => false,
            }
        }
        (Value::Choice(option), Value::Text(text)) | (Value::Text(text), Value::Choice(option)) => {
            same_text(option.as_str(), text)
        }
        (Value::Flag(_) | Value::Text(_), Value::Flag(_) | Value::Text(_)) => left == right,
        _ => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => left == right,
            _ => left == right,
        },
    }
}

/// How two values stand to each other; nothing if one of them is blank. Values that have no order are a fault.
pub fn compare_values(left: &Value, right: &Value, clock: &Clock) -> Result<Option<Ordering>, Fault> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Ok(Some(left.cmp(right))),
        _ if left.is_empty() || right.is_empty() => Ok(None),
        (Value::Money(left), Value::Money(right)) if left.currency != right.currency => Err(Fault::WrongNumber),
        (Value::Date(left), Value::Date(right)) => Ok(Some(left.cmp(right))),
        (Value::Instant(left), Value::Instant(right)) => Ok(Some(left.cmp(right))),
        (Value::Date(_) | Value::Instant(_), _) | (_, Value::Date(_) | Value::Instant(_)) => {
            let has_time = |value: &Value| {
                let read = value.as_text().and_then(coerce::read_moment);
                read.is_some_and(|local| local.time() != NaiveTime::MIN)
            };
            if has_time(left) || has_time(right) {
                return Ok(Some(coerce::moment_of(left, clock)?.cmp(&coerce::moment_of(right, clock)?)));
            }
            // A point in time and a day are compared as days.
            Ok(Some(coerce::date_of(left, clock)?.cmp(&coerce::date_of(right, clock)?)))
        }
        (Value::Text(left), Value::Text(right)) => Ok(Some(order_text(left, right))),
        _ => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => Ok(Some(left.cmp(&right))),
            _ => Err(Fault::WrongValue),
        },
    }
}

/// Whether two texts are the same, letter case aside.
pub(super) fn same_text(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    left == right || left.chars().flat_map(char::to_lowercase).eq(right.chars().flat_map(char::to_lowercase))
}

fn order_text(left: &str, right: &str) -> Ordering {
    left.chars().flat_map(char::to_lowercase).cmp(right.chars().flat_map(char::to_lowercase))
}

/// Where in a text another one must stand to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPlace {
    /// Anywhere.
    Anywhere,
    /// At its start.
    Start,
    /// At its end.
    End,
}

/// Whether a text holds another one, which is given in lower case.
pub fn matches_text(text: &str, lower: &str, place: TextPlace) -> bool {
    if text.is_ascii() {
        if !lower.is_ascii() {
            return false;
        }
        let (text, lower) = (text.as_bytes(), lower.as_bytes());
        return match place {
            TextPlace::Anywhere => {
                lower.is_empty() || text.windows(lower.len()).any(|part| part.eq_ignore_ascii_case(lower))
            }
            TextPlace::Start => text.get(..lower.len()).is_some_and(|part| part.eq_ignore_ascii_case(lower)),
            TextPlace::End => {
                let from = text.len().checked_sub(lower.len());
                from.is_some_and(|from| text[from..].eq_ignore_ascii_case(lower))
            }
        };
    }
    let find = |text: &str| match place {
        TextPlace::Anywhere => text.contains(lower),
        TextPlace::Start => text.starts_with(lower),
        TextPlace::End => text.ends_with(lower),
    };
    // Chinese has no letter case: what holds no capital needs no copy.
    if text.chars().any(char::is_uppercase) { find(&text.to_lowercase()) } else { find(text) }
}
