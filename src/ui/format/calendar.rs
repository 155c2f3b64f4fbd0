//! Days, months and hours as a calendar says them, and which weeks the reader's region has.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDateTime, NaiveTime, Weekday};
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{call, date_format, locales, options};
use crate::model::field::Language;
use crate::model::time::{Date, Reckoning};
use crate::ui::text::language;

/// A month with its year: November 2026.
pub fn full_month(date: Date) -> String {
    written("mo", &[("month", "long"), ("year", "numeric")], date.and_time(NaiveTime::MIN))
}

/// A year: 2026, 2026年.
pub fn year(date: Date) -> String {
    written("yr", &[("year", "numeric")], date.and_time(NaiveTime::MIN))
}

/// A month in short, without its year.
pub fn short_month(date: Date) -> String {
    written("mos", &[("month", "short")], date.and_time(NaiveTime::MIN))
}

/// A day of the week in short.
pub fn weekday(date: Date) -> String {
    written("wd", &[("weekday", "short")], date.and_time(NaiveTime::MIN))
}

/// The number of a day in its month; the first day of a month with its month.
pub fn date_in_month(date: Date) -> String {
    match date.day() {
        1 => written("dm", &[("day", "numeric"), ("month", "short")], date.and_time(NaiveTime::MIN)),
        day => day.to_string(),
    }
}

/// A day in full with its weekday.
pub fn full_day(date: Date) -> String {
    let wanted = [("weekday", "short"), ("day", "numeric"), ("month", "long"), ("year", "numeric")];
    written("day", &wanted, date.and_time(NaiveTime::MIN))
}

/// The time of day.
pub fn time(time: NaiveTime) -> String {
    written("ti", &[("hour", "2-digit"), ("minute", "2-digit")], Date::default().and_time(time))
}

/// A day of the week in full, 1 for Monday to 7 for Sunday.
pub fn weekday_name(number: u8) -> String {
    // The first of January 2024 was a Monday.
    let day = Date::from_ymd_opt(2024, 1, u32::from(number)).unwrap_or_default();
    written("wdl", &[("weekday", "long")], day.and_time(NaiveTime::MIN))
}

/// A month in full without its year, 1 for January to 12.
pub fn month_name(number: u8) -> String {
    let day = Date::from_ymd_opt(2024, u32::from(number), 1).unwrap_or_default();
    written("mol", &[("month", "long")], day.and_time(NaiveTime::MIN))
}

/// A year of account that begins on a day: 2026, or 2026/27 where it is not that of the calendar.
pub fn year_of_account(first: Date, reckoning: Reckoning) -> String {
    let year = first.year();
    if reckoning.is_plain() { year.to_string() } else { format!("{year}/{:02}", (year + 1).rem_euclid(100)) }
}

/// Whether a day is at the weekend where the reader is.
pub fn is_weekend(date: Date) -> bool {
    let days = week_info().and_then(|info| Reflect::get(&info, &"weekend".into()).ok()?.dyn_into::<Array>().ok());
    match days {
        Some(days) => days.iter().filter_map(|day| weekday_of(day.as_f64()?)).any(|day| day == date.weekday()),
        None => matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
    }
}

fn weekday_of(number: f64) -> Option<Weekday> {
    // From 1 for Monday to 7 for Sunday.
    Weekday::try_from((number as u8).checked_sub(1)?).ok()
}

/// What `Intl.Locale` knows about weeks: in the reader's own region, if the browser speaks the language of the interface.
fn week_info() -> Option<JsValue> {
    thread_local! {
        static KNOWN: RefCell<HashMap<Language, Option<JsValue>>> = RefCell::new(HashMap::new());
    }
    KNOWN.with_borrow_mut(|known| known.entry(language()).or_insert_with(asked_week_info).clone())
}

fn asked_week_info() -> Option<JsValue> {
    let own = locales().get(0).as_string()?;
    let spoken = crate::ui::browser::window().and_then(|window| window.navigator().language());
    let tag = spoken.filter(|spoken| spoken.get(..2) == own.get(..2)).unwrap_or(own);
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let locale: Function = Reflect::get(&intl, &"Locale".into()).ok()?.dyn_into().ok()?;
    let locale = Reflect::construct(&locale, &Array::of1(&JsValue::from_str(&tag))).ok()?;
    // Older browsers have a property where newer ones have a method.
    match Reflect::get(&locale, &"getWeekInfo".into()).ok()?.dyn_into::<Function>() {
        Ok(ask) => ask.call0(&locale).ok(),
        Err(_) => Reflect::get(&locale, &"weekInfo".into()).ok().filter(|info| info.is_object()),
    }
}

/// A day and time that are nobody's time zone.
fn written(key: &str, wanted: &[(&str, &str)], at: NaiveDateTime) -> String {
    let wanted: Vec<(&str, JsValue)> =
        wanted.iter().map(|(name, value)| (*name, JsValue::from(*value))).chain([("timeZone", "UTC".into())]).collect();
    let options = options(&wanted);
    let millis = at.and_utc().timestamp_millis();
    call(key, || date_format(&options), &js_sys::Date::new(&JsValue::from_f64(millis as f64)))
}
