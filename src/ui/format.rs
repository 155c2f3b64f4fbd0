//! Numbers, amounts and times as the reader's language writes them, by the browser's `Intl`.

mod calendar;

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use chrono::Datelike;
use js_sys::{Array, Function, Intl, Object, Reflect};
use rust_decimal::Decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::condition::{Day, Stretch};
use crate::engine::list::Alphabet;
use crate::model::condition::Operand;
use crate::model::field::Language;
use crate::model::id::Currency;
use crate::model::time::{Date, Instant};
use crate::model::value::{self, Money};
use crate::ui::text::{language, t, tr};

pub use calendar::{
    date_in_month, full_day, full_month, is_weekend, month_name, short_month, time, weekday, weekday_name, year,
    year_of_account,
};

/// The letters that were asked for, and their order.
type Known = (BTreeSet<char>, Rc<Alphabet>);
/// How numbers, or the amounts of a currency, are written.
type Notations = HashMap<(Language, Option<Currency>), Rc<Notation>>;

thread_local! {
    static ALPHABETS: RefCell<HashMap<Language, Known>> = RefCell::new(HashMap::new());
    static FORMATS: RefCell<HashMap<String, Function>> = RefCell::new(HashMap::new());
    static NOTATIONS: RefCell<Notations> = RefCell::new(HashMap::new());
    static ZONE: RefCell<Option<String>> = const { RefCell::new(None) };
    static WRITTEN: RefCell<HashMap<(Language, Moment), Rc<str>>> = RefCell::new(HashMap::new());
}

/// Times that were written are kept until there are this many: a list says the same few days again and again.
const KEPT: usize = 4_096;

/// A time as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Moment {
    /// Day and month.
    Day(Date),
    /// Day, month and year.
    DayOfYear(Date),
    /// Month and year.
    Month(Date),
    /// Day and time, by the minute.
    Minute(i64),
    /// So many units from now.
    Away(i64, &'static str),
}

/// How a language writes numbers, or the amounts of a currency: learnt from `Intl` once, since it takes as long to write one number
/// as we take for twenty.
struct Notation {
    /// Before a positive number, and before a negative one.
    before: [String; 2],
    /// After them.
    after: [String; 2],
    group: String,
    point: String,
}

/// A number with grouping; `decimals` digits after the point, or as many as it has.
pub fn number(number: Decimal, decimals: Option<u8>) -> String {
    let digits = decimals.map_or(number.normalize().scale(), u32::from).min(12);
    notation(None).write(number, digits)
}

/// A number whose digits stand together, as those of a year do.
pub fn digits(number: Decimal) -> String {
    number.normalize().to_string()
}

/// An amount with its currency's sign; whole amounts without decimals.
pub fn money(money: Money) -> String {
    let digits: u32 = if money.amount.fract().is_zero() { 0 } else { 2 };
    notation(Some(money.currency)).write(money.amount, digits)
}

/// A number in few letters: 12.3M, 1230万; with the sign of its currency if it has one.
pub fn brief(number: Decimal, currency: Option<Currency>) -> String {
    let mut wanted = vec![("notation", JsValue::from("compact")), ("maximumFractionDigits", 1.into())];
    if let Some(currency) = currency {
        wanted.push(("style", "currency".into()));
        wanted.push(("currency", currency.as_str().into()));
        wanted.push(("currencyDisplay", "narrowSymbol".into()));
    }
    let value: f64 = number.to_string().parse().unwrap_or_default();
    let format = Intl::NumberFormat::new(&locales(), &options(&wanted)).format();
    let written = format.call1(&JsValue::NULL, &value.into()).ok().and_then(|text| text.as_string());
    written.unwrap_or_else(|| self::number(number, None))
}

fn notation(currency: Option<Currency>) -> Rc<Notation> {
    NOTATIONS.with_borrow_mut(|known| {
        known.entry((language(), currency)).or_insert_with(|| Rc::new(Notation::learn(currency))).clone()
    })
}

impl Notation {
    fn learn(currency: Option<Currency>) -> Notation {
        let digits = |count: u32| [("minimumFractionDigits", count.into()), ("maximumFractionDigits", count.into())];
        let mut wanted = digits(1).to_vec();
        if let Some(currency) = currency {
            wanted.push(("style", "currency".into()));
            wanted.push(("currency", currency.as_str().into()));
            wanted.push(("currencyDisplay", "narrowSymbol".into()));
        }
        let format = Intl::NumberFormat::new(&locales(), &options(&wanted)).format();
        let written = |number: f64| {
            let text = format.call1(&JsValue::NULL, &number.into()).ok().and_then(|text| text.as_string());
            text.unwrap_or_else(|| number.to_string())
        };
        // 1234.5 shows all there is to know: what stands before the 1, between 1 and 2, between 4 and 5, and after the 5.
        let part = |text: &str, from: Option<char>, to: Option<char>| {
            let start = from.and_then(|from| text.find(from)).map_or(0, |at| at + 1);
            let end = to.and_then(|to| text.find(to)).unwrap_or(text.len());
            text.get(start..end).unwrap_or_default().to_owned()
        };
        let (plus, minus) = (written(1234.5), written(-1234.5));
        Notation {
            before: [part(&plus, None, Some('1')), part(&minus, None, Some('1'))],
            after: [part(&plus, Some('5'), None), part(&minus, Some('5'), None)],
            group: part(&plus, Some('1'), Some('2')),
            point: part(&plus, Some('4'), Some('5')),
        }
    }

    fn write(&self, number: Decimal, digits: u32) -> String {
        let rounded = value::rounded(number, digits);
        let side = usize::from(rounded.is_sign_negative() && !rounded.is_zero());
        let plain = rounded.abs().to_string();
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = self.before[side].clone();
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        if digits > 0 {
            text.push_str(&self.point);
            text.push_str(rest);
            text.extend(std::iter::repeat_n('0', (digits as usize).saturating_sub(rest.len())));
        }
        text.push_str(&self.after[side]);
        text
    }
}

/// A day: short, the year only when it is another one than `today`'s.
pub fn date(date: Date, today: Date) -> String {
    let is_this_year = date.year() == today.year();
    let moment = if is_this_year { Moment::Day(date) } else { Moment::DayOfYear(date) };
    once(moment, || {
        let wanted = || {
            let mut wanted =
                vec![("month", JsValue::from("short")), ("day", "numeric".into()), ("timeZone", "UTC".into())];
            if !is_this_year {
                wanted.push(("year", "numeric".into()));
            }
            date_format(&options(&wanted))
        };
        call(if is_this_year { "d" } else { "dy" }, wanted, &midnight(date))
    })
}

/// A day with its year.
pub fn day(day: Date) -> String {
    let wanted = [
        ("year", JsValue::from("numeric")),
        ("month", "short".into()),
        ("day", "numeric".into()),
        ("timeZone", "UTC".into()),
    ];
    once(Moment::DayOfYear(day), || call("dy", || date_format(&options(&wanted)), &midnight(day)))
}

/// A month with its year: "November 2026", 2026年11月.
pub fn month(day: Date) -> String {
    let wanted = [("year", JsValue::from("numeric")), ("month", "long".into()), ("timeZone", "UTC".into())];
    once(Moment::Month(day), || call("ym", || date_format(&options(&wanted)), &midnight(day)))
}

fn midnight(day: Date) -> js_sys::Date {
    let millis = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    js_sys::Date::new(&JsValue::from_f64(millis as f64))
}

/// A day and time in full, in the reader's time zone.
pub fn instant(at: Instant) -> String {
    once(Moment::Minute(at.0.div_euclid(60_000)), || {
        let make = || {
            let mut wanted = vec![("dateStyle", JsValue::from("medium")), ("timeStyle", "short".into())];
            wanted.extend(ZONE.with_borrow(|zone| zone.as_ref().map(|zone| ("timeZone", zone.as_str().into()))));
            date_format(&options(&wanted))
        };
        call("t", make, &js_sys::Date::new(&JsValue::from_f64(at.0 as f64)))
    })
}

/// From now on points in time are written as clocks of this zone show them; of the device where it is none.
pub fn set_zone(zone: Option<String>) {
    let zone = zone.filter(|zone| zones().contains(zone));
    if ZONE.with_borrow(|known| *known != zone) {
        ZONE.set(zone);
        FORMATS.with_borrow_mut(HashMap::clear);
        WRITTEN.with_borrow_mut(HashMap::clear);
    }
}

/// The zone of the device.
pub fn own_zone() -> String {
    let resolved = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&resolved, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// The time zones that the browser knows, by name.
pub fn zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok();
    let ask = intl.and_then(|intl| Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into::<Function>().ok());
    let known = ask.and_then(|ask| ask.call1(&JsValue::NULL, &"timeZone".into()).ok()?.dyn_into::<Array>().ok());
    let mut zones: Vec<String> =
        known.map(|known| known.iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default();
    if !zones.iter().any(|zone| zone == "UTC") {
        zones.push("UTC".to_owned());
    }
    zones
}

/// How long ago, or how soon: "3 days ago", 3天前.
pub fn relative(at: Instant, now: Instant) -> String {
    let seconds = (at.0 - now.0) as f64 / 1000.0;
    let (value, unit) = match seconds.abs() {
        s if s < 60.0 => return crate::ui::text::t("time-just-now"),
        s if s < 3_600.0 => (seconds / 60.0, "minute"),
        s if s < 86_400.0 => (seconds / 3_600.0, "hour"),
        s if s < 86_400.0 * 30.0 => (seconds / 86_400.0, "day"),
        s if s < 86_400.0 * 365.0 => (seconds / (86_400.0 * 30.44), "month"),
        _ => (seconds / (86_400.0 * 365.25), "year"),
    };
    let value = value.trunc();
    once(Moment::Away(value as i64, unit), || {
        let options = options(&[("numeric", "auto".into())]);
        Intl::RelativeTimeFormat::new(&locales(), &options).format(value, unit).into()
    })
}

/// What was written before, or what is written now and kept.
fn once(moment: Moment, write: impl FnOnce() -> String) -> String {
    let key = (language(), moment);
    if let Some(known) = WRITTEN.with_borrow(|written| written.get(&key).cloned()) {
        return known.as_ref().to_owned();
    }
    let text = write();
    WRITTEN.with_borrow_mut(|written| {
        if written.len() >= KEPT {
            written.clear();
        }
        written.insert(key, text.as_str().into());
    });
    text
}

/// Bytes in short: 12.4 MB.
pub fn bytes(count: f64) -> String {
    let (value, unit) = match count {
        c if c < 1_000.0 => return format!("{c:.0} B"),
        c if c < 1_000_000.0 => (c / 1_000.0, "kB"),
        c if c < 1_000_000_000.0 => (c / 1_000_000.0, "MB"),
        c => (c / 1_000_000_000.0, "GB"),
    };
    format!("{value:.1} {unit}")
}

/// Orders text as the reader's language does: Chinese by pinyin.
pub fn collate(a: &str, b: &str) -> Ordering {
    compare(&collator(), &a.into(), &b.into())
}

/// The alphabet of the reader's language, with these letters and all that were asked for before.
pub fn alphabet(letters: &[char]) -> Rc<Alphabet> {
    ALPHABETS.with_borrow_mut(|alphabets| {
        let (known, alphabet) = alphabets.entry(language()).or_default();
        if known.is_empty() || letters.iter().any(|letter| !alphabet.knows(*letter)) {
            known.extend(letters.iter().copied().chain(' '..='~'));
            *alphabet = Rc::new(arranged(known));
        }
        alphabet.clone()
    })
}

/// Letters in the order of the reader's language. The browser sorts them by itself: asking it about each pair takes far longer.
fn arranged(letters: &BTreeSet<char>) -> Alphabet {
    let collator = collator();
    let texts: Array = letters.iter().map(|letter| JsValue::from_str(letter.encode_utf8(&mut [0; 4]))).collect();
    let sorted = Reflect::get(&texts, &"sort".into()).ok().and_then(|sort| sort.dyn_into::<Function>().ok());
    // Without the browser's order they stand by their codes.
    let _ = sorted.map(|sort| sort.call1(&texts, &collator));
    let mut groups: Vec<Vec<char>> = Vec::new();
    let mut former = JsValue::NULL;
    for text in texts.iter() {
        let Some(letter) = text.as_string().and_then(|text| text.chars().next()) else { continue };
        match groups.last_mut() {
            Some(group) if compare(&collator, &former, &text).is_eq() => group.push(letter),
            _ => groups.push(vec![letter]),
        }
        former = text;
    }
    Alphabet::new(groups.iter().map(Vec::as_slice))
}

fn collator() -> Function {
    format("collate", || {
        let tag = if language() == Language::Zh { "zh-u-co-pinyin" } else { "en" };
        let options = options(&[("numeric", true.into()), ("sensitivity", "base".into())]);
        Intl::Collator::new(&Array::of1(&tag.into()), &options).compare()
    })
}

fn compare(collator: &Function, a: &JsValue, b: &JsValue) -> Ordering {
    let order = collator.call2(&JsValue::NULL, a, b).ok().and_then(|order| order.as_f64());
    order.unwrap_or_default().total_cmp(&0.0)
}

fn call(key: &str, make: impl FnOnce() -> Function, value: &JsValue) -> String {
    let written = format(key, make).call1(&JsValue::NULL, value);
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Formats are dear to make and cheap to call, so each is made once per language.
fn format(key: &str, make: impl FnOnce() -> Function) -> Function {
    let key = format!("{:?}{key}", language());
    FORMATS.with_borrow_mut(|formats| formats.entry(key).or_insert_with(make).clone())
}

fn date_format(options: &Object) -> Function {
    Intl::DateTimeFormat::new(&locales(), options).format()
}

fn locales() -> Array {
    Array::of1(&JsValue::from_str(if language() == Language::Zh { "zh-CN" } else { "en-GB" }))
}

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.unchecked_into()
}

/// A day of a condition in words, if it counts from today: 7 days ago.
pub fn day_words(text: &str) -> Option<String> {
    let counted = |key: &str, count: u64| tr(key, [("count", (count as usize).into())]);
    Some(match Day::read(text)? {
        Day::Fixed(_) => return None,
        Day::FromToday(0) => t("day-today"),
        Day::FromToday(days) if days < 0 => counted("day-days-ago", days.unsigned_abs()),
        Day::FromToday(days) => counted("day-days-ahead", days.unsigned_abs()),
        Day::MonthsFromToday(months) if months < 0 => counted("day-months-ago", months.unsigned_abs().into()),
        Day::MonthsFromToday(months) => counted("day-months-ahead", months.unsigned_abs().into()),
        Day::First(stretch, by) => tr("day-first-of", [("stretch", stretch_name(stretch, by).into())]),
        Day::Last(stretch, by) => tr("day-last-of", [("stretch", stretch_name(stretch, by).into())]),
    })
}

/// From one day to another in words, if they are a stretch that counts from today: this quarter, the last 30 days.
pub fn stretch_words(days: &[Operand]) -> Option<String> {
    let [Operand::Text(first), Operand::Text(last)] = days else { return None };
    let counted = |key: &str, count: u64| Some(tr(key, [("count", (count as usize).into())]));
    match (Day::read(first)?, Day::read(last)?) {
        (Day::First(stretch, by), Day::Last(other, same)) if stretch == other && by == same => {
            Some(stretch_name(stretch, by))
        }
        (Day::FromToday(days), Day::FromToday(0)) => counted("day-last-days", days.unsigned_abs()),
        (Day::FromToday(0), Day::FromToday(days)) => counted("day-next-days", days.unsigned_abs()),
        (Day::MonthsFromToday(months), Day::FromToday(0)) => counted("day-last-months", months.unsigned_abs().into()),
        (Day::FromToday(0), Day::MonthsFromToday(months)) => counted("day-next-months", months.unsigned_abs().into()),
        _ => None,
    }
}

/// What a stretch is called that is so many after this one: this week, 2 quarters ago.
pub fn stretch_name(stretch: Stretch, by: i32) -> String {
    t(match (stretch, by) {
        (Stretch::Week, -1) => "day-last-week",
        (Stretch::Week, 0) => "day-this-week",
        (Stretch::Week, 1) => "day-next-week",
        (Stretch::Month, -1) => "day-last-month",
        (Stretch::Month, 0) => "day-this-month",
        (Stretch::Month, 1) => "day-next-month",
        (Stretch::Quarter, -1) => "day-last-quarter",
        (Stretch::Quarter, 0) => "day-this-quarter",
        (Stretch::Quarter, 1) => "day-next-quarter",
        (Stretch::Year, -1) => "day-last-year",
        (Stretch::Year, 0) => "day-this-year",
        (Stretch::Year, 1) => "day-next-year",
        _ => {
            let key = if by < 0 { "day-stretches-ago" } else { "day-stretches-ahead" };
            let count = by.unsigned_abs() as usize;
            return tr(key, [("count", count.into()), ("stretch", stretch.name().into())]);
        }
    })
}
