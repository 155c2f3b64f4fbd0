//! Number and date formats: the codes of `TEXT`. Colours, conditions and fractions of a format are not read.

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::argument::with_places;
use super::chinese;
use crate::engine::formula::coerce;
use crate::engine::formula::function::{Clock, Fault};
use crate::model::time::Date;
use crate::model::value::Value;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Writes a value in a format: `#,##0.00`, `0%`, `yyyy-mm-dd`, `[DBNum2]0`, `0;(0);"none"`.
pub(super) fn format(value: &Value, format: &str, clock: &Clock) -> Result<String, Fault> {
    let signs: Vec<char> = format.chars().collect();
    let sections = sections(&signs);
    if let Value::Date(_) | Value::Instant(_) = value {
        let local = coerce::local_of(value, clock)?;
        return if is_date(sections[0]) {
            date(local, sections[0])
        } else {
            Ok(coerce::local_text_of(value, clock).into_owned())
        };
    }
    if value.is_empty() && is_date(sections[0]) {
        return Ok(String::new());
    }
    if let Value::Text(text) = value {
        if is_date(sections[0])
            && let Some(local) = coerce::read_moment(text)
        {
            return date(local, sections[0]);
        }
        match coerce::read_number(text) {
            Some(number) if !format.contains('@') => return number_text(number, &sections),
            _ => return Ok(plain_text(text, &sections)),
        }
    }
    if let Value::Duration(seconds) = value
        && is_date(sections[0])
    {
        return number_text(Decimal::from(*seconds) / Decimal::from(DAY), &sections);
    }
    match value {
        Value::Flag(_) | Value::Choice(_) => Ok(coerce::text_of(value).into_owned()),
        _ => number_text(coerce::number_of(value)?, &sections),
    }
}

/// Puts commas between the groups of three digits of a number's whole part.
pub(super) fn with_separators(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The sections of a format, for numbers above zero, below zero, zero and text.
fn sections(format: &[char]) -> Vec<&[char]> {
    let mut sections = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (at, sign) in format.iter().enumerate() {
        match sign {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(&format[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&format[start..]);
    sections
}

/// A piece of a format: a sign that stands for itself, or one that may have a meaning.
enum Piece {
    Literal(char),
    Code(char),
    Bracket(String),
}

fn pieces(section: &[char]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = section.iter().copied().peekable();
    while let Some(sign) = rest.next() {
        match sign {
            '"' => pieces.extend(rest.by_ref().take_while(|sign| *sign != '"').map(Piece::Literal)),
            '\\' => pieces.extend(rest.next().map(Piece::Literal)),
            // Room as wide as a sign, and a sign that fills the cell: there is no cell here.
            '_' | '*' => drop(rest.next()),
            '[' => pieces.push(Piece::Bracket(rest.by_ref().take_while(|sign| *sign != ']').collect())),
            code => pieces.push(Piece::Code(code)),
        }
    }
    pieces
}

fn is_date(section: &[char]) -> bool {
    let codes = pieces(section);
    let number = codes.iter().any(|piece| matches!(piece, Piece::Code('0' | '#')));
    let is_part = |piece: &Piece| {
        matches!(piece, Piece::Code('y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'a'))
            || elapsed_unit(piece).is_some()
    };
    !number && codes.iter().any(is_part)
}

fn plain_text(text: &str, sections: &[&[char]]) -> String {
    let section = match sections {
        [_, _, _, text, ..] => text,
        [only, ..] if only.contains(&'@') => only,
        _ => return text.to_owned(),
    };
    let mut written = String::new();
    for piece in pieces(section) {
        match piece {
            Piece::Code('@') => written.push_str(text),
            Piece::Code(sign) | Piece::Literal(sign) => written.push(sign),
            Piece::Bracket(_) => {}
        }
    }
    written
}

fn number_text(number: Decimal, sections: &[&[char]]) -> Result<String, Fault> {
    if is_date(sections[0]) {
        let pieces = pieces(sections[0]);
        if pieces.iter().any(|piece| elapsed_unit(piece).is_some()) {
            return elapsed(number, &pieces);
        }
        return date(from_serial(number)?, sections[0]);
    }
    let below = number.is_sign_negative() && !number.is_zero();
    let (section, number) = match sections {
        [_, below_zero, ..] if below => (*below_zero, number.abs()),
        [_, _, zero, ..] if number.is_zero() => (*zero, number),
        [first, ..] => (*first, number),
        [] => return Err(Fault::WrongValue),
    };
    write_number(number, &pieces(section))
}

fn write_number(number: Decimal, pieces: &[Piece]) -> Result<String, Fault> {
    for piece in pieces {
        if let Piece::Bracket(name) = piece {
            match name.to_ascii_lowercase().as_str() {
                "dbnum1" => return chinese::number(number, &chinese::EVERYDAY),
                "dbnum2" => return chinese::number(number, &chinese::CAPITAL),
                _ => {}
            }
        }
    }
    let is_place = |piece: &Piece| matches!(piece, Piece::Code('0' | '#' | '?'));
    let word: String =
        pieces.iter().filter_map(|piece| if let Piece::Code(sign) = piece { Some(*sign) } else { None }).collect();
    if word.eq_ignore_ascii_case("general") || word == "@" || word.contains("G/") {
        return Ok(coerce::number_text(number));
    }
    if let Some(at) = pieces
        .windows(3)
        .position(|three| matches!(three, [Piece::Code('E' | 'e'), Piece::Code('+' | '-'), place] if is_place(place)))
    {
        return scientific(number, pieces, at);
    }
    let Some(first) = pieces.iter().position(is_place) else {
        return Ok(pieces.iter().filter_map(literal).collect());
    };
    let last = pieces.iter().rposition(is_place).unwrap_or(first);
    let point = pieces.iter().position(|piece| matches!(piece, Piece::Code('.')));
    let whole_end = point.unwrap_or(last + 1);
    let count = |part: &[Piece], wanted: &[char]| {
        part.iter().filter(|piece| matches!(piece, Piece::Code(sign) if wanted.contains(sign))).count()
    };
    let (first, whole_end) = (first.min(whole_end), whole_end.min(pieces.len()));
    let least_whole = count(&pieces[first..whole_end], &['0', '?']);
    let (least_fraction, most_fraction) = match point {
        Some(point) => (count(&pieces[point..], &['0']), count(&pieces[point..], &['0', '#', '?'])),
        None => (0, 0),
    };
    let grouped = pieces[first..whole_end].iter().zip(&pieces[first + 1..=last.max(first)]);
    let grouped = grouped.filter(|(sign, _)| matches!(sign, Piece::Code(','))).any(|(_, next)| is_place(next));
    // Commas right after the last digit divide by a thousand each.
    let end = if point.is_some() { last + 1 } else { whole_end };
    let thousands = pieces[end..].iter().take_while(|piece| matches!(piece, Piece::Code(','))).count();
    let percents = count(pieces, &['%', '‰']);
    let mut scaled = number.abs();
    for _ in 0..thousands.min(4) {
        scaled = scaled.checked_div(Decimal::ONE_THOUSAND).ok_or(Fault::WrongNumber)?;
    }
    for _ in 0..percents.min(4) {
        scaled = scaled.checked_mul(Decimal::ONE_HUNDRED).ok_or(Fault::WrongNumber)?;
    }
    let scale = u32::try_from(most_fraction.min(28)).unwrap_or(28);
    let rounded = scaled.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    let plain = with_places(rounded, most_fraction);
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let whole = if whole == "0" { "" } else { whole };
    let mut whole = format!("{}{whole}", "0".repeat(least_whole.saturating_sub(whole.len())));
    if grouped {
        whole = with_separators(&whole);
    }
    let mut fraction = fraction.to_owned();
    while fraction.len() > least_fraction && fraction.ends_with('0') {
        fraction.pop();
    }
    let mut text = String::new();
    if number.is_sign_negative() && !rounded.is_zero() {
        text.push('-');
    }
    text.extend(pieces[..first].iter().filter(|piece| !matches!(piece, Piece::Code('.'))).filter_map(literal));
    text.push_str(&whole);
    if point.is_some() {
        text.push('.');
        text.push_str(&fraction);
    }
    text.extend(
        pieces[(last + 1).max(whole_end)..]
            .iter()
            .filter(|piece| !matches!(piece, Piece::Code(',' | '.')))
            .filter_map(literal),
    );
    Ok(text)
}

/// Writes a number with a power of ten, whose `E` stands at a place of the format: `0.00E+00`. Several places before the point
/// make the power a multiple of as many.
fn scientific(number: Decimal, pieces: &[Piece], at: usize) -> Result<String, Fault> {
    let count = |part: &[Piece]| part.iter().filter(|piece| matches!(piece, Piece::Code('0' | '#' | '?'))).count();
    let (mantissa, exponent) = (&pieces[..at], &pieces[at + 2..]);
    let point = mantissa.iter().position(|piece| matches!(piece, Piece::Code('.'))).unwrap_or(at);
    let step = i32::try_from(count(&mantissa[..point]).clamp(1, 20)).unwrap_or(1);
    let places = u32::try_from(count(&mantissa[point..]).min(28)).unwrap_or(28);
    let exact = number.normalize();
    let digits = i32::try_from(exact.mantissa().unsigned_abs().to_string().len()).unwrap_or(1);
    let power = if exact.is_zero() { 0 } else { digits - 1 - i32::try_from(exact.scale()).unwrap_or(0) };
    let mut power = power.div_euclid(step) * step;
    let mut scaled = shifted(exact, -power)?;
    let limit = shifted(Decimal::ONE, step)?;
    if scaled.abs().round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero) >= limit {
        power += step;
        scaled = shifted(exact, -power)?;
    }
    let mut text = write_number(scaled, mantissa)?;
    text.push('E');
    match pieces[at + 1] {
        _ if power < 0 => text.push('-'),
        Piece::Code('+') => text.push('+'),
        _ => {}
    }
    text.push_str(&format!("{:0width$}", power.unsigned_abs(), width = count(exponent)));
    text.extend(exponent[count(exponent)..].iter().filter_map(literal));
    Ok(text)
}

/// A number with its point moved to the right.
fn shifted(number: Decimal, places: i32) -> Result<Decimal, Fault> {
    let mut number = number;
    for _ in 0..places.unsigned_abs() {
        let next = if places > 0 { number.checked_mul(Decimal::TEN) } else { number.checked_div(Decimal::TEN) };
        number = next.ok_or(Fault::WrongNumber)?;
    }
    Ok(number)
}

/// The seconds of the unit that a bracket counts in without end: `[h]`, `[mm]`.
fn elapsed_unit(piece: &Piece) -> Option<i64> {
    let Piece::Bracket(name) = piece else { return None };
    match name.to_ascii_lowercase().as_str() {
        "h" | "hh" => Some(3_600),
        "m" | "mm" => Some(60),
        "s" | "ss" => Some(1),
        _ => None,
    }
}

/// Writes a number of days as a length of time: `[h]:mm:ss`.
fn elapsed(days: Decimal, pieces: &[Piece]) -> Result<String, Fault> {
    let seconds = days.checked_mul(Decimal::from(DAY)).and_then(|seconds| seconds.round().to_i64());
    let seconds = seconds.ok_or(Fault::WrongNumber)?;
    let total = seconds.abs();
    let mut text = String::from(if seconds < 0 { "-" } else { "" });
    let mut rest = pieces.iter().peekable();
    while let Some(piece) = rest.next() {
        let (unit, is_whole) = match piece {
            Piece::Bracket(_) => (elapsed_unit(piece), true),
            Piece::Code('h' | 'H') => (Some(3_600), false),
            Piece::Code('m' | 'M') => (Some(60), false),
            Piece::Code('s' | 'S') => (Some(1), false),
            Piece::Code(_) | Piece::Literal(_) => (None, false),
        };
        let Some(unit) = unit else {
            text.extend(literal(piece));
            continue;
        };
        let mut width = if let Piece::Bracket(name) = piece { name.len() } else { 1 };
        if let Piece::Code(code) = piece {
            while rest.next_if(|next| matches!(next, Piece::Code(sign) if sign == code)).is_some() {
                width += 1;
            }
        }
        let shown = match unit {
            _ if is_whole => total / unit,
            3_600 => total / unit % 24,
            _ => total / unit % 60,
        };
        text.push_str(&format!("{shown:0width$}"));
    }
    Ok(text)
}

fn literal(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Literal(sign) => Some(*sign),
        Piece::Code(sign) => Some(*sign),
        Piece::Bracket(_) => None,
    }
}

/// The day that a spreadsheet means by a number: days since the end of 1899.
fn from_serial(number: Decimal) -> Result<NaiveDateTime, Fault> {
    let days = number.trunc().to_u64().filter(|days| *days < 2_958_466).ok_or(Fault::WrongNumber)?;
    let day = Date::from_ymd_opt(1899, 12, 30).and_then(|start| start.checked_add_days(Days::new(days)));
    let seconds = (number.fract() * Decimal::from(86_400)).round().to_u32().unwrap_or_default().min(86_399);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN);
    Ok(day.ok_or(Fault::WrongNumber)?.and_time(time))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const CHINESE_WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

fn date(local: NaiveDateTime, section: &[char]) -> Result<String, Fault> {
    let pieces = pieces(section);
    let codes: Vec<char> = pieces
        .iter()
        .map(|piece| if let Piece::Code(sign) = piece { sign.to_ascii_lowercase() } else { '\0' })
        .collect();
    let twelve = codes.windows(5).any(|five| five == ['a', 'm', '/', 'p', 'm'])
        || section.windows(5).any(|five| five.iter().collect::<String>() == "上午/下午");
    let mut text = String::new();
    let mut after_hour = false;
    let mut at = 0;
    while at < pieces.len() {
        let code = codes[at];
        let run = codes[at..].iter().take_while(|next| **next == code).count();
        if codes[at..].starts_with(&['a', 'm', '/', 'p', 'm']) {
            text.push_str(if local.hour() < 12 { "AM" } else { "PM" });
            at += 5;
            continue;
        }
        if codes[at..].starts_with(&['上', '午', '/', '下', '午']) {
            text.push_str(if local.hour() < 12 { "上午" } else { "下午" });
            at += 5;
            continue;
        }
        let padded = |number: u32| {
            if run >= 2 { format!("{number:02}") } else { number.to_string() }
        };
        let weekday = local.weekday().num_days_from_monday() as usize;
        match code {
            'y' if run <= 2 => text.push_str(&format!("{:02}", local.year().rem_euclid(100))),
            'y' => text.push_str(&format!("{:04}", local.year())),
            'm' => {
                let next = codes[at + run..].iter().find(|next| next.is_ascii_alphabetic());
                let month = MONTHS[local.month0() as usize];
                match run {
                    1 | 2 if after_hour || next == Some(&'s') => text.push_str(&padded(local.minute())),
                    1 | 2 => text.push_str(&padded(local.month())),
                    3 => text.push_str(&month[..3]),
                    5 => text.push_str(&month[..1]),
                    _ => text.push_str(month),
                }
            }
            'd' => match run {
                1 | 2 => text.push_str(&padded(local.day())),
                3 => text.push_str(&WEEKDAYS[weekday][..3]),
                _ => text.push_str(WEEKDAYS[weekday]),
            },
            'a' if run == 3 => text.push_str(CHINESE_WEEKDAYS[weekday]),
            'a' if run >= 4 => text.push_str(&format!("星期{}", CHINESE_WEEKDAYS[weekday])),
            'h' => text.push_str(&padded(if twelve { (local.hour() + 11) % 12 + 1 } else { local.hour() })),
            's' => text.push_str(&padded(local.second())),
            _ => {
                text.extend(pieces[at..at + run].iter().filter_map(literal));
                at += run;
                continue;
            }
        }
        after_hour = code == 'h' || (after_hour && !code.is_ascii_alphabetic());
        at += run;
    }
    Ok(text)
}
