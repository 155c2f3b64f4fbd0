//! Days and times as people type them in short, where they see at once what is understood: `next fri`, `+3d`, 下周一, `23.11.`, `2pm`.
//! It knows no files: what an import reads has nobody who looks at it.

use chrono::{Datelike, Days, Months, NaiveTime};

use super::{digits, full_year, named_month, plausible, read_date, read_time};
use crate::engine::form::ReadSettings;
use crate::model::text::half_width;
use crate::model::time::{Date, Instant};

/// Reads a day in short: `+3d`, `-2w`, `3天后`, `周五`, `next fri`, `11/25`, `23.11.`, `25`, `Nov 25`, `月底`. Without a year it is this
/// year's, month first where both readings are days, unless a point ends it; a weekday is the next one, today included, and with
/// *next* or 下 before it that of the week that begins on the next Monday.
pub fn read_short(text: &str, settings: &ReadSettings) -> Option<Date> {
    let text = half_width(text).trim().to_lowercase();
    let text = text.strip_prefix("on ").or_else(|| text.strip_prefix("the ")).unwrap_or(&text).trim();
    let today = settings.today;
    named_day(text, today)
        .or_else(|| from_today(text, today))
        .or_else(|| weekday(text, today))
        .or_else(|| day_of_month(text, today))
        .or_else(|| day_of_year(text, today))
        .or_else(|| only(&readings(text)))
}

/// Reads a point in time in short: a time alone is today's, a day in short may have a time after it, and is its midnight otherwise.
pub fn read_short_instant(text: &str, settings: &ReadSettings) -> Option<Instant> {
    let narrow = half_width(text);
    let text = narrow.trim();
    let at = |day: Date, time: NaiveTime| Instant::from_local(day.and_time(time), settings.zone);
    if let Some(time) = read_time(text) {
        return Some(at(settings.today, time));
    }
    let day = |text: &str| read_date(text, settings).or_else(|| read_short(text, settings));
    if let Some(day) = day(text) {
        return Some(at(day, NaiveTime::MIN));
    }
    text.char_indices().skip(1).find_map(|(cut, letter)| {
        let (before, after) = text.split_at(cut);
        // A day and a time stand apart, or one of them ends or begins in Chinese: 明天9点, 25号下午3点.
        let is_apart = !letter.is_ascii()
            || before.ends_with(|sign: char| matches!(sign, ' ' | ',' | 'T' | '@') || !sign.is_ascii());
        let time = read_time(after).filter(|_| is_apart)?;
        let before = before.trim_end_matches([' ', ',', 'T', '@']);
        Some(at(day(before.strip_suffix(" at").unwrap_or(before))?, time))
    })
}

/// Reads a time of day where nothing else can be meant: `14:30`, `2pm`, `下午2点`, and `14`, `1430`, `9.30` as well.
pub fn read_clock(text: &str) -> Option<NaiveTime> {
    let narrow = half_width(text);
    let text = narrow.trim();
    let bare = || {
        let (hour, minute) = match text.split_once(['.', ' ']) {
            Some(parts) => parts,
            None if text.len() > 2 => text.split_at_checked(text.len() - 2)?,
            None => (text, "0"),
        };
        NaiveTime::from_hms_opt(digits(hour)?, digits(minute)?, 0)
    };
    read_time(text).or_else(bare)
}

/// The two days that a text may mean: `03/04/2026` is a day in March and one in April.
pub fn either_day(text: &str) -> Option<(Date, Date)> {
    let narrow = half_width(text);
    let first = narrow.trim().split([' ', 'T', ',']).next()?;
    match readings(first).as_slice() {
        [one, other, ..] => Some((*one, *other)),
        _ => None,
    }
}

/// The days that three numbers may mean.
fn readings(text: &str) -> Vec<Date> {
    let Some(mark) = text.chars().find(|sign| !sign.is_ascii_digit()).filter(|sign| matches!(sign, '/' | '-' | '.'))
    else {
        return Vec::new();
    };
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let [first, second, third] = parts[..] else { return Vec::new() };
    if [first, second].iter().any(|part| part.len() > 2) {
        return Vec::new();
    }
    let of = |year: &str, month: &str, day: &str| plausible(full_year(year)?, digits(month)?, digits(day)?);
    let found = match mark {
        // With points, the day comes first wherever people write so.
        '.' => vec![of(third, second, first)],
        '-' if third.len() == 2 => vec![of(first, second, third), of(third, second, first), of(third, first, second)],
        _ => vec![of(third, second, first), of(third, first, second)],
    };
    let mut days: Vec<Date> = Vec::new();
    for day in found.into_iter().flatten() {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days
}

fn only(days: &[Date]) -> Option<Date> {
    if let [day] = days { Some(*day) } else { None }
}

/// Days that have names of their own.
fn named_day(text: &str, today: Date) -> Option<Date> {
    let days = |count: i64| shifted(today, count, Unit::Days);
    let months = |count: i64| shifted(today, count, Unit::Months);
    match text {
        "tmr" | "tmrw" | "tom" => days(1),
        "yday" => days(-1),
        "day before yesterday" | "the day before yesterday" => days(-2),
        "day after tomorrow" => days(2),
        "大后天" => days(3),
        "大前天" => days(-3),
        "last week" | "上周" | "上星期" | "上个星期" => days(-7),
        "下星期" | "下个星期" | "下礼拜" => days(7),
        "last month" | "上月" | "上个月" => months(-1),
        "next year" | "明年" => months(12),
        "last year" | "去年" => months(-12),
        "eom" | "end of month" | "end of the month" | "month end" | "月底" | "本月底" | "这个月底" => {
            last_of_month(today)
        }
        "end of next month" | "下月底" | "下个月底" => last_of_month(months(1)?),
        "start of next month" | "下月初" | "下个月初" => months(1)?.with_day(1),
        "eoy" | "end of year" | "end of the year" | "year end" | "年底" | "今年底" => {
            plausible(today.year(), 12, 31)
        }
        _ => None,
    }
}

fn last_of_month(day: Date) -> Option<Date> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// What is counted.
#[derive(Clone, Copy)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// So many days, weeks, months or years from today: `+3d`, `+3`, `-2w`, `3天后`, `两周后`, `2 weeks ago`, `in a week`, `3 days`.
fn from_today(text: &str, today: Date) -> Option<Date> {
    let ahead = text
        .strip_prefix('+')
        .or_else(|| text.strip_prefix("in "))
        .or_else(|| text.strip_suffix(" from now"))
        .or_else(|| text.strip_suffix(" later"))
        .or_else(|| text.strip_suffix("以后"))
        .or_else(|| text.strip_suffix("之后"))
        .or_else(|| text.strip_suffix('后'));
    let back = text
        .strip_prefix('-')
        .or_else(|| text.strip_suffix(" ago"))
        .or_else(|| text.strip_suffix("以前"))
        .or_else(|| text.strip_suffix("之前"))
        .or_else(|| text.strip_suffix('前'));
    let (rest, sign) = match (ahead, back) {
        (Some(rest), _) => (rest, 1),
        (None, Some(rest)) => (rest, -1),
        (None, None) => return None,
    };
    let (count, unit) = counted(rest.trim())?;
    let unit = match unit {
        "" | "d" | "day" | "days" | "天" | "日" => Unit::Days,
        "w" | "wk" | "week" | "weeks" | "周" | "星期" | "个星期" | "礼拜" | "个礼拜" => Unit::Weeks,
        "m" | "mo" | "month" | "months" | "月" | "个月" => Unit::Months,
        "y" | "yr" | "year" | "years" | "年" => Unit::Years,
        _ => return None,
    };
    shifted(today, sign * count, unit)
}

/// A count, in figures or as a word, and what stands after it.
fn counted(text: &str) -> Option<(i64, &str)> {
    const WORDS: [(&str, i64); 22] = [
        ("an ", 1),
        ("a ", 1),
        ("one ", 1),
        ("two ", 2),
        ("three ", 3),
        ("four ", 4),
        ("five ", 5),
        ("six ", 6),
        ("seven ", 7),
        ("eight ", 8),
        ("nine ", 9),
        ("ten ", 10),
        ("一", 1),
        ("两", 2),
        ("二", 2),
        ("三", 3),
        ("四", 4),
        ("五", 5),
        ("六", 6),
        ("七", 7),
        ("八", 8),
        ("十", 10),
    ];
    let end = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    if end > 0 {
        return Some((i64::from(digits::<u32>(&text[..end])?), text[end..].trim()));
    }
    WORDS.iter().find_map(|(word, count)| Some((*count, text.strip_prefix(word)?.trim())))
}

fn shifted(day: Date, count: i64, unit: Unit) -> Option<Date> {
    let days = |count: i64| match count {
        0.. => day.checked_add_days(Days::new(count.unsigned_abs())),
        _ => day.checked_sub_days(Days::new(count.unsigned_abs())),
    };
    let months = |count: i64| {
        let months = Months::new(u32::try_from(count.unsigned_abs()).ok().filter(|count| *count < 12_000)?);
        if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
    };
    match unit {
        Unit::Days => days(count),
        Unit::Weeks => days(count.checked_mul(7)?),
        Unit::Months => months(count),
        Unit::Years => months(count.checked_mul(12)?),
    }
}

/// Which of the days with a name is meant.
#[derive(Clone, Copy)]
enum Which {
    /// The next one, today included.
    Coming,
    /// The last one before today.
    Past,
    /// That of the week that is so many after this one, from Monday on.
    OfWeek(i64),
}

/// A day of the week by its name.
fn weekday(text: &str, today: Date) -> Option<Date> {
    const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const CHINESE: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];
    // The longer ones first.
    const STARTS: [(&str, Which); 12] = [
        ("next ", Which::OfWeek(1)),
        ("this ", Which::Coming),
        ("last ", Which::Past),
        ("下下个", Which::OfWeek(2)),
        ("下下", Which::OfWeek(2)),
        ("下个", Which::OfWeek(1)),
        ("下", Which::OfWeek(1)),
        ("上个", Which::OfWeek(-1)),
        ("上", Which::OfWeek(-1)),
        ("这个", Which::OfWeek(0)),
        ("这", Which::OfWeek(0)),
        ("本", Which::OfWeek(0)),
    ];
    let started = STARTS.iter().find_map(|(start, which)| Some((text.strip_prefix(start)?, *which)));
    let (name, which) = match (started, text.strip_suffix(" next week")) {
        (Some(started), _) => started,
        (None, Some(name)) => (name, Which::OfWeek(1)),
        (None, None) => (text, Which::Coming),
    };
    let english = || ENGLISH.iter().position(|known| name.len() >= 3 && known.starts_with(name));
    let chinese = || {
        let day = ["星期", "礼拜", "周"].into_iter().find_map(|start| name.strip_prefix(start))?;
        CHINESE.iter().position(|known| day == known.encode_utf8(&mut [0; 4]) || (day == "天" && *known == '日'))
    };
    let wanted = english().or_else(chinese)? as i64;
    let now = i64::from(today.weekday().num_days_from_monday());
    let count = match which {
        Which::Coming => (wanted - now).rem_euclid(7),
        Which::Past => (wanted - now).rem_euclid(7) - 7,
        Which::OfWeek(weeks) => weeks * 7 + wanted - now,
    };
    shifted(today, count, Unit::Days)
}

/// A day of this month: `25`, `25th`, `25号`.
fn day_of_month(text: &str, today: Date) -> Option<Date> {
    let ends = ["st", "nd", "rd", "th", "号", "日", "."];
    let bare = ends.into_iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    plausible(today.year(), today.month(), digits(bare)?)
}

/// A day of this year: `11/25`, `23.11.`, `Nov 25`, `11月25`.
fn day_of_year(text: &str, today: Date) -> Option<Date> {
    let year = today.year();
    if let Some((month, day)) = text.split_once('月') {
        return plausible(year, digits(month.trim())?, digits(day.trim_end_matches(['日', '号']).trim())?);
    }
    if let Some((day, "")) = named_month(&format!("{text} {year:04}")) {
        return Some(day);
    }
    let mark = ['/', '-', '.'].into_iter().find(|mark| text.contains(*mark))?;
    let (one, other) = text.split_once(mark)?;
    let ended = other.strip_suffix('.').filter(|_| mark == '.');
    let (one, other): (u32, u32) = (digits(one.trim())?, digits(ended.unwrap_or(other).trim())?);
    let (month_first, day_first) = (plausible(year, one, other), plausible(year, other, one));
    if ended.is_some() { day_first } else { month_first.or(day_first) }
}
