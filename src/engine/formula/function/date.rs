//! Days and points in time.
//!
//! They differ from a spreadsheet's in this: days are days, not numbers; a blank has no day and gives `#N/A`; a point in time
//! is read on the user's clock. `DATEVALUE` gives a day. `DATEDIF` with `"MD"` counts from the last monthly anniversary.

use chrono::{Datelike, Days, Months, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::argument::{Answer, date, divide, function, integer, multiply, number, one};
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{Any, Flag, Moment, Number, Text};
use crate::engine::formula::function::{Accepts, Call, Fault, Function, Gives};
use crate::model::time::{Date, Instant};
use crate::model::value::Value;

const DAY: Accepts = Accepts::Date;

pub(super) static FUNCTIONS: &[Function] = &[
    function("TODAY", &["今天", "今日"], &[], 0, 0, Gives::Date, |call| date(call.clock.today)),
    function("NOW", &["现在", "此刻"], &[], 0, 0, Gives::Instant, |call| one(Value::Instant(call.clock.now))),
    function("DATE", &["日期"], &[Number, Number, Number], 3, 0, Gives::Date, date_from_parts),
    function("DATEVALUE", &["日期值"], &[Any], 1, 0, Gives::Date, |call| date(call.date(0)?)),
    function("TIMEVALUE", &["时间值"], &[Text], 1, 0, Gives::Number, time_value),
    function("DATETIME", &["日期时间"], &[DAY, Number, Number, Number], 1, 0, Gives::Instant, date_time),
    function("YEAR", &["年", "年份"], &[DAY], 1, 0, Gives::Number, |call| integer(call.date(0)?.year().into())),
    function("MONTH", &["月", "月份"], &[DAY], 1, 0, Gives::Number, |call| integer(call.date(0)?.month().into())),
    function("DAY", &["日"], &[DAY], 1, 0, Gives::Number, |call| integer(call.date(0)?.day().into())),
    function("HOUR", &["时", "小时"], &[Any], 1, 0, Gives::Number, |call| integer(time(call)?.hour().into())),
    function("MINUTE", &["分", "分钟"], &[Any], 1, 0, Gives::Number, |call| integer(time(call)?.minute().into())),
    function("SECOND", &["秒"], &[Any], 1, 0, Gives::Number, |call| integer(time(call)?.second().into())),
    function("QUARTER", &["季度"], &[DAY], 1, 0, Gives::Number, |call| {
        integer((call.date(0)?.month0() / 3 + 1).into())
    }),
    function("WEEKDAY", &["星期", "星期几"], &[DAY, Number], 1, 0, Gives::Number, weekday),
    function("WEEKNUM", &["周数"], &[DAY, Number], 1, 0, Gives::Number, week_number),
    function("ISOWEEKNUM", &["国际周数"], &[DAY], 1, 0, Gives::Number, |call| {
        integer(call.date(0)?.iso_week().week().into())
    }),
    function("EDATE", &["月后日期", "加月"], &[DAY, Number], 2, 0, Gives::Date, |call| {
        date(plus_months(call.date(0)?, call.integer(1)?)?)
    }),
    function("EOMONTH", &["月末", "月底"], &[DAY, Number], 1, 0, Gives::Date, |call| {
        date(end_of_month(plus_months(first_of_month(call.date(0)?), call.integer_or(1, 0)?)?)?)
    }),
    function("DAYS", &["天数", "相差天数"], &[DAY, DAY], 2, 0, Gives::Number, |call| {
        integer((call.date(0)? - call.date(1)?).num_days())
    }),
    function("DAYS360", &["天数360"], &[DAY, DAY, Flag], 2, 0, Gives::Number, |call| {
        let method = if call.flag_or(2, false)? { Method::European } else { Method::American };
        integer(days_360(call.date(0)?, call.date(1)?, method))
    }),
    function("DATEDIF", &["日期差", "日期间隔"], &[DAY, DAY, Text], 3, 0, Gives::Number, difference),
    function("YEARFRAC", &["年份比例"], &[DAY, DAY, Number], 2, 0, Gives::Number, year_fraction),
    function("STARTOFMONTH", &["月初"], &[DAY], 1, 0, Gives::Date, |call| date(first_of_month(call.date(0)?))),
    function("STARTOFWEEK", &["周初", "周一"], &[DAY, Number], 1, 0, Gives::Date, start_of_week),
    function("STARTOFQUARTER", &["季初"], &[DAY], 1, 0, Gives::Date, |call| {
        let day = call.date(0)?;
        date(valid(day.year(), day.month0() / 3 * 3 + 1, 1)?)
    }),
    function("ENDOFQUARTER", &["季末"], &[DAY], 1, 0, Gives::Date, |call| {
        let day = call.date(0)?;
        date(end_of_month(valid(day.year(), day.month0() / 3 * 3 + 3, 1)?)?)
    }),
    function("STARTOFYEAR", &["年初"], &[DAY], 1, 0, Gives::Date, |call| date(valid(call.date(0)?.year(), 1, 1)?)),
    function("ENDOFYEAR", &["年末", "年底"], &[DAY], 1, 0, Gives::Date, |call| {
        date(valid(call.date(0)?.year(), 12, 31)?)
    }),
    function("DAYSINMONTH", &["当月天数"], &[DAY], 1, 0, Gives::Number, |call| {
        integer(end_of_month(call.date(0)?)?.day().into())
    }),
    function("AGE", &["年龄", "周岁"], &[DAY, DAY], 1, 0, Gives::Number, age),
    function("NEXTANNIVERSARY", &["下个周年", "下次生日"], &[DAY, DAY], 1, 0, Gives::Date, next_anniversary),
    function("HOURSBETWEEN", &["相差小时", "小时差"], &[Moment, Moment], 2, 0, Gives::Number, |call| {
        between(call, 3_600_000)
    }),
    function("MINUTESBETWEEN", &["相差分钟", "分钟差"], &[Moment, Moment], 2, 0, Gives::Number, |call| {
        between(call, 60_000)
    }),
    function("DAYSSINCE", &["距今天数", "至今天数"], &[Moment], 1, 0, Gives::Number, |call| {
        integer((call.clock.today - call.date(0)?).num_days())
    }),
    function("DAYSUNTIL", &["剩余天数", "还有天数"], &[Moment], 1, 0, Gives::Number, |call| {
        integer((call.date(0)? - call.clock.today).num_days())
    }),
    function("ADDDAYS", &["加天"], &[Moment, Number], 2, 0, Gives::SameAs(0), add_days),
    function("ADDHOURS", &["加小时"], &[Moment, Number], 2, 0, Gives::Instant, add_hours),
];

fn valid(year: i32, month: u32, day: u32) -> Result<Date, Fault> {
    Date::from_ymd_opt(year, month, day).filter(in_range).ok_or(Fault::WrongNumber)
}

/// Days that can be written with four digits for the year.
pub(super) fn in_range(date: &Date) -> bool {
    (1..=9999).contains(&date.year())
}

fn first_of_month(day: Date) -> Date {
    day.with_day(1).unwrap_or(day)
}

fn end_of_month(day: Date) -> Result<Date, Fault> {
    let next = first_of_month(day).checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    next.ok_or(Fault::WrongNumber)
}

/// The same day of a later or earlier month, or its last when it has no such day.
fn plus_months(day: Date, months: i64) -> Result<Date, Fault> {
    let size = u32::try_from(months.unsigned_abs()).map_err(|_| Fault::WrongNumber)?;
    let moved =
        if months < 0 { day.checked_sub_months(Months::new(size)) } else { day.checked_add_months(Months::new(size)) };
    moved.filter(in_range).ok_or(Fault::WrongNumber)
}

/// A day so many days later or earlier.
pub(super) fn plus_days(day: Date, days: i64) -> Result<Date, Fault> {
    let size = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(size) } else { day.checked_add_days(size) };
    moved.filter(in_range).ok_or(Fault::WrongNumber)
}

fn date_from_parts(call: &Call<'_>) -> Answer {
    let (year, month, day) = (call.integer(0)?, call.integer(1)?, call.integer(2)?);
    if !(0..=9999).contains(&year) {
        return Err(Fault::WrongNumber);
    }
    // Spreadsheets count years below 1900 from there.
    let year = if year < 1900 { year + 1900 } else { year };
    let start = valid(i32::try_from(year).map_err(|_| Fault::WrongNumber)?, 1, 1)?;
    let month = plus_months(start, month.checked_sub(1).ok_or(Fault::WrongNumber)?)?;
    date(plus_days(month, day.checked_sub(1).ok_or(Fault::WrongNumber)?)?)
}

fn time_value(call: &Call<'_>) -> Answer {
    let text = call.text(0)?;
    let time = match coerce::read_time(&text) {
        Some(time) => time,
        None => coerce::read_moment(&text).ok_or(Fault::WrongValue)?.time(),
    };
    number(Decimal::from(time.num_seconds_from_midnight()) / Decimal::from(86_400))
}

fn date_time(call: &Call<'_>) -> Answer {
    let start = Instant::from_local(call.date(0)?.and_time(NaiveTime::MIN), call.clock.zone);
    let parts = [(1, 3_600_000), (2, 60_000), (3, 1000)];
    let mut millis = 0i64;
    for (at, unit) in parts {
        let part = multiply(call.number_or(at, Decimal::ZERO)?, Decimal::from(unit))?;
        millis = millis.checked_add(part.round().to_i64().ok_or(Fault::WrongNumber)?).ok_or(Fault::WrongNumber)?;
    }
    one(Value::Instant(start.plus_millis(millis)))
}

fn time(call: &Call<'_>) -> Result<NaiveTime, Fault> {
    match call.value(0)? {
        Value::Text(text) if !text.is_empty() => match coerce::read_time(text) {
            Some(time) => Ok(time),
            None => Ok(call.local(0)?.time()),
        },
        _ => Ok(call.local(0)?.time()),
    }
}

fn weekday(call: &Call<'_>) -> Answer {
    let from_monday = i64::from(call.date(0)?.weekday().num_days_from_monday());
    match call.integer_or(1, 1)? {
        1 => integer((from_monday + 1) % 7 + 1),
        2 => integer(from_monday + 1),
        3 => integer(from_monday),
        first @ 11..=17 => integer((from_monday - (first - 11)).rem_euclid(7) + 1),
        _ => Err(Fault::WrongNumber),
    }
}

fn week_number(call: &Call<'_>) -> Answer {
    let day = call.date(0)?;
    // The first day of a week, counted from Monday.
    let first = match call.integer_or(1, 1)? {
        1 => 6,
        2 => 0,
        first @ 11..=17 => first - 11,
        21 => return integer(day.iso_week().week().into()),
        _ => return Err(Fault::WrongNumber),
    };
    let new_year = valid(day.year(), 1, 1)?;
    let lead = (i64::from(new_year.weekday().num_days_from_monday()) - first).rem_euclid(7);
    integer((i64::from(day.ordinal0()) + lead) / 7 + 1)
}

/// The Monday on or before a day; with 1 as second argument, as in `WEEKDAY`, the Sunday.
fn start_of_week(call: &Call<'_>) -> Answer {
    let day = call.date(0)?;
    let back = match call.integer_or(1, 2)? {
        1 => day.weekday().num_days_from_sunday(),
        2 => day.weekday().num_days_from_monday(),
        _ => return Err(Fault::WrongNumber),
    };
    date(plus_days(day, -i64::from(back))?)
}

#[derive(Clone, Copy, PartialEq)]
enum Method {
    American,
    European,
}

fn days_360(start: Date, end: Date, method: Method) -> i64 {
    let mut from = i64::from(start.day());
    let mut to = i64::from(end.day());
    let is_last = |day: Date| day.succ_opt().is_some_and(|next| next.month() != day.month());
    match method {
        Method::European => {
            from = from.min(30);
            to = to.min(30);
        }
        Method::American => {
            if is_last(start) {
                from = 30;
            }
            if to == 31 && from >= 30 {
                to = 30;
            }
        }
    }
    let months = i64::from(end.year() - start.year()) * 12 + i64::from(end.month()) - i64::from(start.month());
    months * 30 + to - from
}

/// Whole months from one day to a later one.
fn whole_months(start: Date, end: Date) -> i64 {
    let months = i64::from(end.year() - start.year()) * 12 + i64::from(end.month()) - i64::from(start.month());
    if end.day() < start.day() { months - 1 } else { months }
}

fn difference(call: &Call<'_>) -> Answer {
    let (start, end) = (call.date(0)?, call.date(1)?);
    if start > end {
        return Err(Fault::WrongNumber);
    }
    let months = whole_months(start, end);
    match call.text(2)?.trim().to_ascii_uppercase().as_str() {
        "Y" => integer(months / 12),
        "M" => integer(months),
        "D" => integer((end - start).num_days()),
        "YM" => integer(months % 12),
        "MD" => integer((end - plus_months(start, months)?).num_days()),
        "YD" => integer((end - plus_months(start, months / 12 * 12)?).num_days()),
        _ => Err(Fault::WrongNumber),
    }
}

fn year_fraction(call: &Call<'_>) -> Answer {
    let (a, b) = (call.date(0)?, call.date(1)?);
    let (start, end) = (a.min(b), a.max(b));
    let days = Decimal::from((end - start).num_days());
    match call.integer_or(2, 0)? {
        0 => {
            let last_of_february = |day: Date| day.month() == 2 && day.succ_opt().is_some_and(|next| next.month() == 3);
            // The American bond rule also lengthens the end when both are the last of February.
            let longer = if last_of_february(start) && last_of_february(end) { 30 - i64::from(end.day()) } else { 0 };
            number(Decimal::from(days_360_bond(start, end) + longer) / Decimal::from(360))
        }
        1 => number(divide(days, average_year(start, end)?)?),
        2 => number(days / Decimal::from(360)),
        3 => number(days / Decimal::from(365)),
        4 => number(Decimal::from(days_360(start, end, Method::European)) / Decimal::from(360)),
        _ => Err(Fault::WrongNumber),
    }
}

fn days_360_bond(start: Date, end: Date) -> i64 {
    days_360(start, end, Method::American)
}

fn is_leap(year: i32) -> bool {
    Date::from_ymd_opt(year, 2, 29).is_some()
}

/// The length of a year between two days as "actual/actual" counts it.
fn average_year(start: Date, end: Date) -> Result<Decimal, Fault> {
    if plus_months(start, 12)? >= end {
        let leap_day = |year: i32| Date::from_ymd_opt(year, 2, 29).is_some_and(|day| day >= start && day <= end);
        let long =
            (start.year() == end.year() && is_leap(start.year())) || leap_day(start.year()) || leap_day(end.year());
        return Ok(Decimal::from(if long { 366 } else { 365 }));
    }
    let years = i64::from(end.year() - start.year()) + 1;
    let days: i64 = (start.year()..=end.year()).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    Ok(Decimal::from(days) / Decimal::from(years))
}

fn age(call: &Call<'_>) -> Answer {
    let born = call.date(0)?;
    let on = if call.has(1) { call.date(1)? } else { call.clock.today };
    if born > on { Err(Fault::WrongNumber) } else { integer(whole_months(born, on) / 12) }
}

/// The next day, today included, on which a yearly occasion returns; the 29th of February returns on the 28th.
fn next_anniversary(call: &Call<'_>) -> Answer {
    let occasion = call.date(0)?;
    let on = if call.has(1) { call.date(1)? } else { call.clock.today };
    let years = i64::from((on.year() - occasion.year()).max(0));
    let this_year = plus_months(occasion, years * 12)?;
    date(if this_year < on { plus_months(occasion, years * 12 + 12)? } else { this_year })
}

fn between(call: &Call<'_>, unit: i64) -> Answer {
    let millis = |local: NaiveDateTime| local.and_utc().timestamp_millis();
    let distance = millis(call.local(1)?) - millis(call.local(0)?);
    number(Decimal::from(distance) / Decimal::from(unit))
}

fn add_days(call: &Call<'_>) -> Answer {
    match call.value(0)? {
        Value::Instant(at) => {
            let millis = call.number(1)?.checked_mul(Decimal::from(86_400_000)).ok_or(Fault::WrongNumber)?;
            one(Value::Instant(at.plus_millis(millis.round().to_i64().ok_or(Fault::WrongNumber)?)))
        }
        _ => date(plus_days(call.date(0)?, call.integer(1)?)?),
    }
}

fn add_hours(call: &Call<'_>) -> Answer {
    let at = coerce::moment_of(call.value(0)?, call.clock)?;
    let millis = call.number(1)?.checked_mul(Decimal::from(3_600_000)).ok_or(Fault::WrongNumber)?;
    one(Value::Instant(at.plus_millis(millis.round().to_i64().ok_or(Fault::WrongNumber)?)))
}
