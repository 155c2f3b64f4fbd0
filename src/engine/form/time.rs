//! Dates, instants and lengths of time as people type them.

mod short;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::engine::form::ReadSettings;
use crate::engine::form::number;
use crate::model::text::half_width;
use crate::model::time::{Date, Instant, Zone};

pub use short::{either_day, read_clock, read_short, read_short_instant};

/// Reads a day: `2026-11-22`, `2026/11/22`, `2026年11月22日`, `22.11.2026`, `20261122`, `22 Nov 2026`, `今天`; `11/22/2026` where
/// only one reading is a day.
pub fn read_date(text: &str, settings: &ReadSettings) -> Option<Date> {
    let text = half_width(text);
    let text = text.trim();
    if let Some(date) = iso(text) {
        return Some(date);
    }
    if let Some(date) = relative(text, settings.today) {
        return Some(date);
    }
    if let Some((date, rest)) = date_prefix(text, settings) {
        // A time of day that says nothing may follow, as exports of spreadsheets write it.
        return match rest.trim_start_matches(['T', ' ', ',']) {
            "" => Some(date),
            time => read_time(time).map(|_| date),
        };
    }
    None
}

/// Reads a point in time: a day, then a time, then perhaps a zone; the zone of the settings otherwise. A day alone is its midnight.
pub fn read_instant(text: &str, settings: &ReadSettings) -> Option<Instant> {
    let text = half_width(text);
    let text = text.trim();
    if let Ok(instant) = text.parse::<Instant>() {
        return Some(instant);
    }
    if matches!(text.to_ascii_lowercase().as_str(), "now" | "现在") {
        return None;
    }
    if let Some(date) = relative(text, settings.today) {
        return Some(Instant::from_local(date.and_time(NaiveTime::MIN), settings.zone));
    }
    let (date, rest) = date_prefix(text, settings)?;
    let rest = rest.trim_start_matches(['T', ' ', ',']);
    if rest.is_empty() {
        return Some(Instant::from_local(date.and_time(NaiveTime::MIN), settings.zone));
    }
    let (time, zone) = split_zone(rest, settings.zone)?;
    let local = NaiveDateTime::new(date, read_time(time)?);
    Some(Instant::from_local(local, zone))
}

/// Reads a length of time in seconds: `1h30m`, `90分钟`, `1:30` (hours and minutes), `1:30:15`, `2天`, `1.5 h`; a plain number is minutes.
pub fn read_duration(text: &str) -> Option<i64> {
    let text = half_width(text);
    let text = text.trim();
    let (text, sign) = match text.strip_prefix('-') {
        Some(rest) => (rest.trim_start(), -1),
        None => (text, 1),
    };
    let seconds = if text.contains(':') { clock_duration(text)? } else { unit_duration(text)? };
    seconds.checked_mul(sign)
}

/// Reads a time of day: `14:30`, `9:05:30.250`, `2:30 PM`, `下午2:30`, `14点30分`.
fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let mut bare = lower.as_str();
    let mut half = None;
    for (mark, afternoon) in [("pm", true), ("p.m.", true), ("am", false), ("a.m.", false)] {
        if let Some(rest) = bare.strip_suffix(mark) {
            bare = rest.trim_end();
            half = Some(afternoon);
            break;
        }
    }
    for (mark, afternoon) in
        [("下午", true), ("晚上", true), ("上午", false), ("早上", false), ("中午", true), ("凌晨", false)]
    {
        if let Some(rest) = bare.strip_prefix(mark) {
            bare = rest.trim_start();
            half = Some(afternoon);
            break;
        }
    }
    let separated: String;
    if bare.contains(['点', '时']) {
        separated = bare
            .replace("点半", "点30")
            .replace("点整", "点")
            .replace(['点', '时', '分'], ":")
            .replace('秒', "")
            .trim_end_matches(':')
            .to_owned();
        bare = &separated;
    }
    let mut parts = bare.split(':').map(str::trim);
    let mut hour: u32 = digits(parts.next()?)?;
    let minute: u32 = match parts.next() {
        Some(minute) => digits(minute)?,
        // "9" alone is no time unless something says that it is one.
        None if half.is_some() || text.contains(['点', '时']) => 0,
        None => return None,
    };
    let (second, millis) = match parts.next() {
        None => (0, 0),
        Some(second) => match second.split_once('.') {
            None => (digits(second)?, 0),
            Some((second, fraction)) => {
                if fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                (digits(second)?, format!("{fraction:0<3}")[..3].parse().ok()?)
            }
        },
    };
    if parts.next().is_some() {
        return None;
    }
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    NaiveTime::from_hms_milli_opt(hour, minute, second, millis)
}

/// Cuts the zone off a time: `Z`, `UTC`, `+08:00`, `GMT+8`.
fn split_zone(text: &str, usual: Zone) -> Option<(&str, Zone)> {
    let text = text.trim();
    for zone in ["Z", "z", "UTC", "GMT"] {
        if let Some(time) = text.strip_suffix(zone) {
            return Some((time.trim_end(), Zone::UTC));
        }
    }
    let Some(at) = text.rfind(['+', '-']) else {
        return Some((text, usual));
    };
    let (time, zone) = text.split_at(at);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let zone = zone[1..].trim();
    let (hours, minutes): (i32, i32) = match zone.split_once(':') {
        Some((hours, minutes)) => (digits(hours)?, digits(minutes)?),
        None if zone.len() == 4 => (digits(zone.get(..2)?)?, digits(zone.get(2..)?)?),
        None => (digits(zone)?, 0),
    };
    let time = time.trim_end();
    let time = time.strip_suffix("GMT").or_else(|| time.strip_suffix("UTC")).unwrap_or(time);
    (hours <= 14 && minutes < 60).then(|| (time.trim_end(), Zone::fixed(sign * (hours * 3600 + minutes * 60))))
}

/// The usual case, without a copy: `2026-11-22`.
fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    plausible(number(0, 4)? as i32, number(5, 7)?, number(8, 10)?)
}

fn relative(text: &str, today: Date) -> Option<Date> {
    match text.to_ascii_lowercase().as_str() {
        "today" | "今天" | "今日" => Some(today),
        "tomorrow" | "明天" | "明日" => today.checked_add_days(Days::new(1)),
        "yesterday" | "昨天" | "昨日" => today.checked_sub_days(Days::new(1)),
        "后天" => today.checked_add_days(Days::new(2)),
        "前天" => today.checked_sub_days(Days::new(2)),
        "next week" | "下周" => today.checked_add_days(Days::new(7)),
        "next month" | "下个月" | "下月" => today.checked_add_months(Months::new(1)),
        _ => None,
    }
}

/// The day with which a text begins, and the rest.
fn date_prefix<'a>(text: &'a str, settings: &ReadSettings) -> Option<(Date, &'a str)> {
    if let Some((year, rest)) = text.split_once('年') {
        let year = full_year(year.trim())?;
        let (month, rest) = rest.split_once('月')?;
        let rest = rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let after = rest[end..].strip_prefix(['日', '号']).unwrap_or(&rest[end..]);
        return Some((plausible(year, digits(month.trim())?, digits(&rest[..end])?)?, after));
    }
    if let Some((month, rest)) = text.split_once('月')
        && let Some(month) = digits::<u32>(month.trim())
    {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let after = rest[end..].strip_prefix(['日', '号'])?;
        return Some((plausible(settings.today.year(), month, digits(&rest[..end])?)?, after));
    }
    named_month(text).or_else(|| separated(text)).or_else(|| compact(text))
}

/// Three numbers between `-`, `/` or `.`: year first, or last.
fn separated(text: &str) -> Option<(Date, &str)> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (first, rest) = text.split_once(mark)?;
    let (second, rest) = rest.split_once(mark)?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (third, rest) = (&rest[..end], &rest[end..]);
    if !(rest.is_empty() || rest.starts_with([' ', 'T', ','])) {
        return None;
    }
    let (first, second) = (first.trim(), second.trim());
    if first.len() == 4 {
        return Some((plausible(digits(first)?, digits(second)?, digits(third)?)?, rest));
    }
    if third.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (one, two, year): (u32, u32, i32) = (digits(first)?, digits(second)?, digits(third)?);
    let date = match (mark, plausible(year, two, one), plausible(year, one, two)) {
        // With points, the day comes first wherever people write so.
        ('.', day_first, _) => day_first?,
        (_, Some(day_first), Some(month_first)) => (day_first == month_first).then_some(day_first)?,
        (_, day_first, month_first) => day_first.or(month_first)?,
    };
    Some((date, rest))
}

/// Eight digits: `20261122`.
fn compact(text: &str) -> Option<(Date, &str)> {
    let (start, rest) = (text.get(..8)?, text.get(8..)?);
    let whole = start.bytes().all(|byte| byte.is_ascii_digit()) && !rest.starts_with(|c: char| c.is_ascii_digit());
    if !whole {
        return None;
    }
    Some((plausible(digits(&start[..4])?, digits(&start[4..6])?, digits(&start[6..])?)?, rest))
}

/// A month by its English name: `22 Nov 2026`, `Nov 22, 2026`, `22-Nov-2026`.
fn named_month(text: &str) -> Option<(Date, &str)> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !text.is_ascii() || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut rest = text;
    let mut words = [""; 3];
    for word in &mut words {
        rest = rest.trim_start_matches([' ', '-', ',', '.', '/']);
        let end = rest.find([' ', '-', ',', '.', '/']).unwrap_or(rest.len());
        *word = &rest[..end];
        rest = &rest[end..];
    }
    let month_of = |word: &str| {
        let word = word.to_ascii_lowercase();
        MONTHS
            .iter()
            .zip(FULL)
            .position(|(short, full)| word == *short || word == full || (word == "sept" && full == "september"))
    };
    let day_of = |word: &str| {
        let bare = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
        digits::<u32>(bare)
    };
    let (day, month, year) = match (month_of(words[0]), month_of(words[1])) {
        (Some(month), None) => (day_of(words[1])?, month, words[2]),
        (None, Some(month)) => (day_of(words[0])?, month, words[2]),
        _ => return None,
    };
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    Some((plausible(full_year(year)?, month as u32 + 1, day)?, rest))
}

fn full_year(text: &str) -> Option<i32> {
    match text.len() {
        4 => digits(text),
        2 => digits::<i32>(text).map(|year| if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn plausible(year: i32, month: u32, day: u32) -> Option<Date> {
    if (1..=9999).contains(&year) { NaiveDate::from_ymd_opt(year, month, day) } else { None }
}

fn clock_duration(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(str::trim);
    let hours: i64 = digits(parts.next()?)?;
    let minutes: i64 = digits(parts.next()?)?;
    let seconds: i64 = parts.next().map_or(Some(0), digits)?;
    if parts.next().is_some() || minutes > 59 || seconds > 59 {
        return None;
    }
    hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds)
}

fn unit_duration(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut total = Decimal::ZERO;
    let mut parts = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
        let figure = match (&rest[..end], rest[end..].strip_prefix('半')) {
            // 半小时, 半天
            ("", Some(_)) => Decimal::new(5, 1),
            (figure, _) => number::read(figure)?,
        };
        rest = rest[end..].trim_start();
        rest = rest.strip_prefix('半').unwrap_or(rest);
        let end =
            rest.find(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '半' || c == ',').unwrap_or(rest.len());
        let unit = &rest[..end];
        let seconds = match (unit, parts) {
            ("", 0) if end == rest.len() => 60,
            _ => unit_seconds(unit)?,
        };
        total = total.checked_add(figure.checked_mul(Decimal::from(seconds))?)?;
        rest = rest[end..].trim_start_matches([' ', ',']);
        parts += 1;
    }
    if parts == 0 { None } else { total.round().to_i64() }
}

fn unit_seconds(unit: &str) -> Option<i64> {
    const DAY: i64 = 86_400;
    Some(match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "秒" | "秒钟" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分钟" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" | "时" | "小时" | "个小时" | "钟头" => 3600,
        "d" | "day" | "days" | "天" | "日" => DAY,
        "w" | "week" | "weeks" | "周" | "星期" | "个星期" => 7 * DAY,
        _ => return None,
    })
}

fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) { None } else { text.parse().ok() }
}
