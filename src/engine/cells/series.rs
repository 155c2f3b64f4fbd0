//! Going on: what stands in the first cells of a range goes on in the cells after them. Two or more numbers or days at one distance
//! go on as a series, whole months as months; all else is repeated.

use chrono::{Datelike, Months, TimeDelta};
use rust_decimal::Decimal;

use super::fill::is_alike;
use super::{Edit, Way};
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::time::{Date, Instant};
use crate::model::value::{Money, Value};

/// What the cells after the first ones get.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continued {
    /// The values, record by record.
    pub edits: Vec<Edit>,
    /// How many of them go on as a series; the others are repeated.
    pub in_series: usize,
}

/// Goes on with the first `known` rows or columns of a range in the rest of it. Fields that nobody edits are passed over, and so are
/// fields that cannot hold what comes to them.
pub fn continued(reader: &dyn Reader, rows: &[RecordId], fields: &[&Field], known: usize, way: Way) -> Continued {
    let held = |record: RecordId, field: FieldId| {
        reader.record(record).map(|record| record.value(field).clone()).unwrap_or_default()
    };
    let mut found = Continued::default();
    match way {
        Way::Down => {
            let (from, to) = rows.split_at(known.min(rows.len()));
            found.edits = to.iter().map(|row| (*row, Vec::new())).collect();
            for field in fields.iter().filter(|field| field.is_editable()) {
                let line = Line::new(from.iter().map(|row| held(*row, field.id)).collect());
                for (at, (_, values)) in found.edits.iter_mut().enumerate() {
                    if let Some(value) = line.after(at) {
                        found.in_series += usize::from(line.step.is_some());
                        values.push((field.id, value));
                    }
                }
            }
        }
        Way::Right => {
            let (from, to) = fields.split_at(known.min(fields.len()));
            for row in rows {
                let line = Line::new(from.iter().map(|field| held(*row, field.id)).collect());
                let mut values = Vec::new();
                for (at, field) in to.iter().enumerate() {
                    let source = from.get(at % from.len().max(1));
                    let takes = field.is_editable() && source.is_some_and(|source| is_alike(source, field));
                    if let Some(value) = line.after(at).filter(|_| takes) {
                        found.in_series += usize::from(line.step.is_some());
                        values.push((field.id, value));
                    }
                }
                found.edits.push((*row, values));
            }
        }
    }
    found.edits.retain(|(_, values)| !values.is_empty());
    found
}

/// Whether values go on as a series.
pub fn is_series(values: &[Value]) -> bool {
    step_of(values).is_some()
}

/// The first values of a line of cells, and how they go on.
struct Line {
    from: Vec<Value>,
    step: Option<Step>,
}

impl Line {
    fn new(from: Vec<Value>) -> Line {
        let step = step_of(&from);
        Line { from, step }
    }

    /// What the nth cell after them gets, counted from zero; nothing where it would be more than can be written.
    fn after(&self, nth: usize) -> Option<Value> {
        let first = self.from.first()?;
        match self.step {
            Some(step) => step.times(first, self.from.len() + nth),
            None => self.from.get(nth % self.from.len()).cloned(),
        }
    }
}

/// The distance between neighbours.
#[derive(Clone, Copy)]
enum Step {
    Number(Decimal),
    Days(i64),
    Months(i32),
    /// From the last day of a month to the last day of another.
    MonthEnds(i32),
    Millis(i64),
    Seconds(i64),
}

impl Step {
    fn times(self, first: &Value, count: usize) -> Option<Value> {
        let by = |step: i64| i64::try_from(count).ok()?.checked_mul(step);
        let further = |start: Decimal, step: Decimal| step.checked_mul(Decimal::from(count))?.checked_add(start);
        Some(match (self, first) {
            (Step::Number(step), Value::Number(start)) => Value::Number(further(*start, step)?),
            (Step::Number(step), Value::Money(start)) => {
                Value::Money(Money { amount: further(start.amount, step)?, ..*start })
            }
            (Step::Days(step), Value::Date(start)) => {
                Value::Date(start.checked_add_signed(TimeDelta::try_days(by(step)?)?)?)
            }
            (Step::Months(step), Value::Date(start)) => {
                Value::Date(months_later(*start, i32::try_from(by(step.into())?).ok()?)?)
            }
            (Step::MonthEnds(step), Value::Date(start)) => {
                let next = i32::try_from(by(step.into())?).ok()?.checked_add(1)?;
                Value::Date(months_later(start.with_day(1)?, next)?.pred_opt()?)
            }
            (Step::Millis(step), Value::Instant(start)) => Value::Instant(Instant(start.0.checked_add(by(step)?)?)),
            (Step::Seconds(step), Value::Duration(start)) => Value::Duration(start.checked_add(by(step)?)?),
            _ => return None,
        })
    }
}

fn step_of(values: &[Value]) -> Option<Step> {
    match values.first()? {
        Value::Number(_) => even(values, |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }),
        Value::Money(first) => even(values, |value| match value {
            Value::Money(money) => (money.currency == first.currency).then_some(money.amount),
            _ => None,
        }),
        Value::Date(_) => {
            let days: Option<Vec<Date>> =
                values.iter().map(|value| if let Value::Date(day) = value { Some(*day) } else { None }).collect();
            days.and_then(|days| step_of_days(&days))
        }
        Value::Instant(_) => {
            whole(values, |value| if let Value::Instant(at) = value { Some(at.0) } else { None }).map(Step::Millis)
        }
        Value::Duration(_) => {
            whole(values, |value| if let Value::Duration(length) = value { Some(*length) } else { None })
                .map(Step::Seconds)
        }
        Value::Empty
        | Value::Flag(_)
        | Value::Text(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Link(_)
        | Value::Links(_)
        | Value::Files(_)
        | Value::Place(_) => None,
    }
}

fn even(values: &[Value], number: impl Fn(&Value) -> Option<Decimal>) -> Option<Step> {
    let numbers: Vec<Decimal> = values.iter().map(number).collect::<Option<_>>()?;
    let step = numbers.get(1)?.checked_sub(*numbers.first()?)?;
    let is_even = numbers.windows(2).all(|pair| pair[1].checked_sub(pair[0]) == Some(step));
    (is_even && !step.is_zero()).then_some(Step::Number(step))
}

fn whole(values: &[Value], number: impl Fn(&Value) -> Option<i64>) -> Option<i64> {
    let numbers: Vec<i64> = values.iter().map(number).collect::<Option<_>>()?;
    let step = numbers.get(1)?.checked_sub(*numbers.first()?)?;
    let is_even = numbers.windows(2).all(|pair| pair[1].checked_sub(pair[0]) == Some(step));
    (is_even && step != 0).then_some(step)
}

/// Months come before days: the first of January and the first of February are a month apart, not 31 days.
fn step_of_days(days: &[Date]) -> Option<Step> {
    let (first, second) = (*days.first()?, *days.get(1)?);
    let month = |day: Date| day.year() * 12 + day.month0() as i32;
    let months = month(second) - month(first);
    let all = |day_of: &dyn Fn(i32) -> Option<Date>| {
        (0..).zip(days).all(|(at, day)| months.checked_mul(at).and_then(day_of) == Some(*day))
    };
    if months != 0 {
        let end = |by: i32| months_later(first.with_day(1)?, by.checked_add(1)?)?.pred_opt();
        if all(&end) {
            return Some(Step::MonthEnds(months));
        }
        if all(&|by| months_later(first, by)) {
            return Some(Step::Months(months));
        }
    }
    let step = (second - first).num_days();
    let is_even = days.windows(2).all(|pair| (pair[1] - pair[0]).num_days() == step);
    (is_even && step != 0).then_some(Step::Days(step))
}

/// So many months later, on the same day or the last one of a shorter month.
fn months_later(day: Date, count: i32) -> Option<Date> {
    let step = Months::new(count.unsigned_abs());
    if count < 0 { day.checked_sub_months(step) } else { day.checked_add_months(step) }
}
