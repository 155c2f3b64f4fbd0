//! Numbers, amounts and times as the reader's language writes them, by the browser's `Intl`.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use js_sys::{Array, Function, Intl, Object, Reflect};
use rust_decimal::Decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::list::Alphabet;
use crate::model::field::Language;
use crate::model::time::{Date, Instant};
use crate::model::value::Money;
use crate::ui::text::language;

/// The letters that were asked for, and their order.
type Known = (BTreeSet<char>, Rc<Alphabet>);

thread_local! {
    static ALPHABETS: RefCell<HashMap<Language, Known>> = RefCell::new(HashMap::new());
    static FORMATS: RefCell<HashMap<String, Function>> = RefCell::new(HashMap::new());
}

/// A number with grouping; `decimals` digits after the point, or as many as it has.
pub fn number(number: Decimal, decimals: Option<u8>) -> String {
    let digits = decimals.map_or(number.normalize().scale(), u32::from).min(12);
    let options = options(&[("minimumFractionDigits", digits.into()), ("maximumFractionDigits", digits.into())]);
    // Text is exact where a binary fraction is not, and `Intl` takes it.
    call(&format!("n{digits}"), || number_format(&options), &JsValue::from_str(&number.to_string()))
}

/// A number whose digits stand together, as those of a year do.
pub fn digits(number: Decimal) -> String {
    number.normalize().to_string()
}

/// An amount with its currency's sign; whole amounts without decimals.
pub fn money(money: Money) -> String {
    let digits: u32 = if money.amount.fract().is_zero() { 0 } else { 2 };
    let options = options(&[
        ("style", "currency".into()),
        ("currency", money.currency.as_str().into()),
        ("currencyDisplay", "narrowSymbol".into()),
        ("minimumFractionDigits", digits.into()),
        ("maximumFractionDigits", digits.into()),
    ]);
    let key = format!("m{}{digits}", money.currency);
    call(&key, || number_format(&options), &JsValue::from_str(&money.amount.to_string()))
}

/// A day: short, the year only when it is another one than `today`'s.
pub fn date(date: Date, today: Date) -> String {
    use chrono::Datelike;
    let mut wanted = vec![("month", JsValue::from("short")), ("day", "numeric".into()), ("timeZone", "UTC".into())];
    let key = if date.year() == today.year() {
        "d"
    } else {
        wanted.push(("year", "numeric".into()));
        "dy"
    };
    let options = options(&wanted);
    let millis = date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    call(key, || date_format(&options), &js_sys::Date::new(&JsValue::from_f64(millis as f64)))
}

/// A day and time in full, in the reader's time zone.
pub fn instant(at: Instant) -> String {
    let options = options(&[("dateStyle", "medium".into()), ("timeStyle", "short".into())]);
    call("t", || date_format(&options), &js_sys::Date::new(&JsValue::from_f64(at.0 as f64)))
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
    let options = options(&[("numeric", "auto".into())]);
    let format = Intl::RelativeTimeFormat::new(&locales(), &options);
    format.format(value.trunc(), unit).into()
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

fn number_format(options: &Object) -> Function {
    Intl::NumberFormat::new(&locales(), options).format()
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
