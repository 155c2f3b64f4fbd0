//! Working days: weekends by code or by string, and a list of holidays.

use chrono::Datelike;

use super::argument::{Answer, date, function, integer};
use super::date::plus_days;
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{self, Any, Number, Values};
use crate::engine::formula::function::{Call, Fault, Function, Gives};
use crate::model::time::Date;
use crate::model::value::Value;

const DAY: Accepts = Accepts::Date;

pub(super) static FUNCTIONS: &[Function] = &[
    function("WORKDAY", &["工作日"], &[DAY, Number, Values], 2, 0, Gives::Date, |call| {
        workday(call, &Calendar::new(&Value::Empty, call, 2)?)
    }),
    function("WORKDAY.INTL", &["自定义工作日"], &[DAY, Number, Any, Values], 2, 0, Gives::Date, |call| {
        workday(call, &Calendar::new(call.value(2)?, call, 3)?)
    }),
    function("NETWORKDAYS", &["工作日天数", "净工作日"], &[DAY, DAY, Values], 2, 0, Gives::Number, |call| {
        networkdays(call, &Calendar::new(&Value::Empty, call, 2)?)
    }),
    function("NETWORKDAYS.INTL", &["自定义工作日天数"], &[DAY, DAY, Any, Values], 2, 0, Gives::Number, |call| {
        networkdays(call, &Calendar::new(call.value(2)?, call, 3)?)
    }),
    function("ISWORKDAY", &["是工作日"], &[DAY, Values], 1, 0, Gives::Flag, |call| {
        super::argument::flag(Calendar::new(&Value::Empty, call, 1)?.is_open(call.date(0)?))
    }),
];

/// More days than anybody plans ahead; the walk over them must end soon.
const MOST_DAYS: i64 = 100_000;

struct Calendar {
    /// Whether there is work, from Monday on.
    open: [bool; 7],
    /// Sorted, without repetition, and only days on which there would be work.
    holidays: Vec<Date>,
}

impl Calendar {
    fn new(weekend: &Value, call: &Call<'_>, holidays_at: usize) -> Result<Self, Fault> {
        let open = open_days(weekend)?;
        let mut holidays = Vec::new();
        for value in call.values(holidays_at).iter().filter(|value| !value.is_empty()) {
            let day = coerce::date_of(value, call.clock)?;
            if open[day.weekday().num_days_from_monday() as usize] {
                holidays.push(day);
            }
        }
        holidays.sort_unstable();
        holidays.dedup();
        Ok(Calendar { open, holidays })
    }

    fn is_open(&self, day: Date) -> bool {
        self.open[day.weekday().num_days_from_monday() as usize] && self.holidays.binary_search(&day).is_err()
    }

    /// The working days from one day to a later one, both included.
    fn count(&self, start: Date, end: Date) -> i64 {
        let days = (end - start).num_days() + 1;
        let per_week = self.open.iter().filter(|open| **open).count() as i64;
        let first = start.weekday().num_days_from_monday() as usize;
        let rest = (0..(days % 7) as usize).filter(|step| self.open[(first + step) % 7]).count() as i64;
        let free = self.holidays.iter().filter(|day| (start..=end).contains(day)).count() as i64;
        days / 7 * per_week + rest - free
    }
}

/// Reads a weekend: a code from 1 (Saturday and Sunday) to 17 (Saturday only), or seven signs from Monday on, 1 for a free day.
fn open_days(weekend: &Value) -> Result<[bool; 7], Fault> {
    if let Value::Text(text) = weekend
        && text.len() == 7
    {
        let mut open = [true; 7];
        for (open, sign) in open.iter_mut().zip(text.bytes()) {
            *open = match sign {
                b'0' => true,
                b'1' => false,
                _ => return Err(Fault::WrongValue),
            };
        }
        return Ok(open);
    }
    let code = if weekend.is_empty() { 1 } else { i64::try_from(coerce::number_of(weekend)?.trunc()).unwrap_or(0) };
    let closed: &[usize] = match code {
        1 => &[5, 6],
        2 => &[6, 0],
        3 => &[0, 1],
        4 => &[1, 2],
        5 => &[2, 3],
        6 => &[3, 4],
        7 => &[4, 5],
        11 => &[6],
        12 => &[0],
        13 => &[1],
        14 => &[2],
        15 => &[3],
        16 => &[4],
        17 => &[5],
        _ => return Err(Fault::WrongNumber),
    };
    let mut open = [true; 7];
    for day in closed {
        open[*day] = false;
    }
    Ok(open)
}

fn workday(call: &Call<'_>, calendar: &Calendar) -> Answer {
    let (mut day, days) = (call.date(0)?, call.integer(1)?);
    if !calendar.open.contains(&true) {
        return Err(Fault::WrongValue);
    }
    if days.unsigned_abs() > MOST_DAYS.unsigned_abs() {
        return Err(Fault::WrongNumber);
    }
    let mut left = days.abs();
    while left > 0 {
        day = plus_days(day, days.signum())?;
        if calendar.is_open(day) {
            left -= 1;
        }
    }
    date(day)
}

fn networkdays(call: &Call<'_>, calendar: &Calendar) -> Answer {
    let (start, end) = (call.date(0)?, call.date(1)?);
    integer(if start <= end { calendar.count(start, end) } else { -calendar.count(end, start) })
}
