//! Tokens: a phrase cut into words, numbers and times, the longest first. Chinese has no gaps to cut at.

use rust_decimal::Decimal;

use super::lexicon::{Lexicon, Meaning, Word, folded, is_edge};
use crate::engine::formula::coerce;
use crate::model::id::EntityId;
use crate::model::time::Date;

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub what: What,
    /// As it was typed.
    pub text: String,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A word with what it may mean.
    Known(Vec<Meaning>),
    /// A number.
    Number(Decimal),
    /// A length of time.
    Span(i64, Unit),
    /// A day.
    Day(Date),
    /// From one day to another: a month or year that is named.
    Days(Date, Date),
    /// What stands between quotes.
    Quoted(String),
    /// Something else.
    Unknown,
}

/// What a length of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Months.
    Months,
}

impl Token {
    /// Whether it names the entity.
    pub fn is_entity(&self) -> bool {
        matches!(&self.what, What::Known(meanings) if meanings.contains(&Meaning::Entity))
    }
}

/// Cuts a phrase up as an entity understands it.
pub fn tokens(lexicon: &Lexicon, text: &str, entity: EntityId) -> Vec<Token> {
    let typed: Vec<char> = text.chars().collect();
    let letters: Vec<char> = folded(text).chars().collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut unknown: Option<usize> = None;
    let said = |from: usize, to: usize| typed.get(from..to).map(|part| part.iter().collect()).unwrap_or_default();
    while at < letters.len() {
        let found = if letters[at].is_whitespace() { None } else { piece(lexicon, &letters, at, entity) };
        let is_gap = letters[at].is_whitespace();
        if (found.is_some() || is_gap)
            && let Some(start) = unknown.take()
        {
            tokens.push(Token { what: What::Unknown, text: said(start, at) });
        }
        match found {
            Some((what, length)) => {
                tokens.push(Token { what, text: said(at, at + length) });
                at += length;
            }
            None => {
                if !is_gap {
                    unknown.get_or_insert(at);
                }
                at += 1;
            }
        }
    }
    if let Some(start) = unknown {
        tokens.push(Token { what: What::Unknown, text: said(start, letters.len()) });
    }
    tokens
}

fn piece(lexicon: &Lexicon, letters: &[char], at: usize, entity: EntityId) -> Option<(What, usize)> {
    if let Some(quoted) = quoted(letters, at) {
        return Some(quoted);
    }
    let known = known(lexicon, letters, at, entity);
    let counted = day(letters, at).or_else(|| is_edge(letters, at).then(|| number(letters, at))?);
    match (known, counted) {
        (Some(known), Some(counted)) => Some(if known.1 > counted.1 { known } else { counted }),
        (known, counted) => known.or(counted),
    }
}

fn known(lexicon: &Lexicon, letters: &[char], at: usize, entity: EntityId) -> Option<(What, usize)> {
    if !is_edge(letters, at) {
        return None;
    }
    let most = lexicon.longest().min(letters.len() - at);
    (1..=most).rev().filter(|length| is_edge(letters, at + length)).find_map(|length| {
        let word: String = letters[at..at + length].iter().collect();
        let meanings = lexicon.meanings(&word, entity);
        (!meanings.is_empty()).then_some((What::Known(meanings), length))
    })
}

fn quoted(letters: &[char], at: usize) -> Option<(What, usize)> {
    let close = match letters.get(at)? {
        '"' => '"',
        '“' => '”',
        '「' => '」',
        _ => return None,
    };
    let length = letters[at + 1..].iter().position(|letter| *letter == close)?;
    Some((What::Quoted(letters[at + 1..at + 1 + length].iter().collect()), length + 2))
}

/// A day, month or year: 2026-11-22, 2026年11月22日, 2026-11, 2026年.
fn day(letters: &[char], at: usize) -> Option<(What, usize)> {
    let digits =
        |from: usize| letters.get(from..).unwrap_or_default().iter().take_while(|it| it.is_ascii_digit()).count();
    let value =
        |from: usize, count: usize| letters.get(from..from + count)?.iter().collect::<String>().parse::<u32>().ok();
    if digits(at) != 4 || at > 0 && letters[at - 1].is_ascii_digit() {
        return None;
    }
    let year = value(at, 4).filter(|year| (1900..2200).contains(year))? as i32;
    let sign = *letters.get(at + 4)?;
    let whole_year = || {
        let (first, last) = (Date::from_ymd_opt(year, 1, 1)?, Date::from_ymd_opt(year, 12, 31)?);
        (sign == '年').then_some((What::Days(first, last), 5))
    };
    if !matches!(sign, '-' | '/' | '.' | '年') {
        return None;
    }
    let month_digits = digits(at + 5);
    let Some(month) = value(at + 5, month_digits).filter(|month| (1..=12).contains(month)) else { return whole_year() };
    let after = at + 5 + month_digits;
    let next = letters.get(after).copied().unwrap_or(' ');
    let day_digits = digits(after + 1);
    if (next == sign || next == '月' && sign == '年')
        && let Some(date) = value(after + 1, day_digits).and_then(|day| Date::from_ymd_opt(year, month, day))
    {
        let end = after + 1 + day_digits;
        let end = if matches!(letters.get(end), Some('日' | '号')) { end + 1 } else { end };
        return Some((What::Day(date), end - at));
    }
    let first = Date::from_ymd_opt(year, month, 1)?;
    let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    let end = if next == '月' { after + 1 } else { after };
    (sign != '.').then_some((What::Days(first, last), end - at))
}

/// A number with its unit: 5万, 1.2亿, 50k, $3m, 20%, 7天, 两周, 90 days, 半年.
fn number(letters: &[char], at: usize) -> Option<(What, usize)> {
    let mut end = at;
    if matches!(letters.get(end), Some('$' | '¥' | '€' | '£')) {
        end += 1;
    }
    let negative =
        end == at && letters.get(end) == Some(&'-') && letters.get(end + 1).is_some_and(char::is_ascii_digit);
    end += usize::from(negative);
    let start = end;
    while letters.get(end).is_some_and(|it| it.is_ascii_digit() || matches!(it, '.' | ','))
        && (letters[end].is_ascii_digit() || letters.get(end + 1).is_some_and(char::is_ascii_digit))
    {
        end += 1;
    }
    let is_spelt = end == start;
    let (mut value, mut is_scaled) = if is_spelt {
        let (value, length, is_great) = spelt(letters, end)?;
        end += length;
        (value, is_great)
    } else {
        (coerce::read_number(&letters[start..end].iter().collect::<String>())?, false)
    };
    let (product, length) = scaled(value, letters, end)?;
    (value, is_scaled) = (product, is_scaled || length > 0);
    end += length;
    // 1亿2千万: what follows a scale is of a lower one.
    while !is_spelt && is_scaled && letters.get(end).is_some_and(char::is_ascii_digit) {
        let digits: String = letters[end..].iter().take_while(|letter| letter.is_ascii_digit()).collect();
        let (more, length) = scaled(digits.parse().ok()?, letters, end + digits.len())?;
        value = value.checked_add(more)?;
        end += digits.len() + length;
    }
    if let Some((days, unit, length)) = unit_of_time(letters, end) {
        let count = value.checked_mul(Decimal::from(days))?.round();
        return Some((What::Span(i64::try_from(count).ok()?, unit), end + length - at));
    }
    if is_spelt && !is_scaled {
        return None;
    }
    for tail in ["%", "％", "元", "块钱", "块", "人民币", "rmb", "cny", "usd", "分", "points", "人"] {
        let tail: Vec<char> = tail.chars().collect();
        if letters[end..].starts_with(&tail) && is_edge(letters, end + tail.len()) {
            end += tail.len();
            break;
        }
    }
    is_edge(letters, end).then_some((What::Number(if negative { -value } else { value }), end - at))
}

/// A number times the scales that follow it, and how many letters those are.
fn scaled(mut value: Decimal, letters: &[char], at: usize) -> Option<(Decimal, usize)> {
    let mut end = at;
    while let Some((scale, length)) = scale(letters, end) {
        value = value.checked_mul(scale)?;
        end += length;
    }
    Some((value, end - at))
}

fn scale(letters: &[char], at: usize) -> Option<(Decimal, usize)> {
    let (scale, is_latin) = match letters.get(at)? {
        '万' | '萬' => (10_000, false),
        '亿' | '億' => (100_000_000, false),
        '千' => (1_000, false),
        '百' => (100, false),
        'k' => (1_000, true),
        'm' => (1_000_000, true),
        'w' => (10_000, true),
        'b' => (1_000_000_000, true),
        _ => return None,
    };
    (!is_latin || is_edge(letters, at + 1)).then_some((Decimal::from(scale), 1))
}

fn unit_of_time(letters: &[char], at: usize) -> Option<(u32, Unit, usize)> {
    const UNITS: [(&str, u32, Unit); 24] = [
        ("business days", 1, Unit::Days),
        ("个工作日", 1, Unit::Days),
        ("个自然日", 1, Unit::Days),
        ("days", 1, Unit::Days),
        ("day", 1, Unit::Days),
        ("d", 1, Unit::Days),
        ("天", 1, Unit::Days),
        ("日", 1, Unit::Days),
        ("weeks", 7, Unit::Days),
        ("week", 7, Unit::Days),
        ("个星期", 7, Unit::Days),
        ("个礼拜", 7, Unit::Days),
        ("星期", 7, Unit::Days),
        ("周", 7, Unit::Days),
        ("months", 1, Unit::Months),
        ("month", 1, Unit::Months),
        ("个月", 1, Unit::Months),
        ("quarters", 3, Unit::Months),
        ("quarter", 3, Unit::Months),
        ("个季度", 3, Unit::Months),
        ("years", 12, Unit::Months),
        ("year", 12, Unit::Months),
        ("年", 12, Unit::Months),
        ("个年", 12, Unit::Months),
    ];
    let gap = letters.get(at..).unwrap_or_default().iter().take_while(|letter| letter.is_whitespace()).count();
    let from = at + gap;
    UNITS.iter().find_map(|(written, count, unit)| {
        let written: Vec<char> = written.chars().collect();
        let is_there = letters.get(from..)?.starts_with(&written) && is_edge(letters, from + written.len());
        is_there.then_some((*count, *unit, gap + written.len()))
    })
}

/// A number in words: 三, 十五, 两, 半, 一百二十万, a, three. Says as well how many letters it has, and whether it is a great one,
/// which is never a part of a name.
fn spelt(letters: &[char], at: usize) -> Option<(Decimal, usize, bool)> {
    if letters.get(at) == Some(&'半') {
        return Some((Decimal::new(5, 1), 1, false));
    }
    const ENGLISH: [(&str, u32); 19] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fourteen", 14),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty five", 45),
        ("sixty", 60),
        ("ninety", 90),
    ];
    for (written, value) in ENGLISH {
        let written: Vec<char> = written.chars().collect();
        if letters[at..].starts_with(&written) && is_edge(letters, at + written.len()) {
            return Some((Decimal::from(value), written.len(), false));
        }
    }
    let digit = |letter: char| "零一二三四五六七八九".chars().position(|it| it == letter).map(|at| at as u64);
    // 一百二十万 is (1 × 100 + 2 × 10) × 10,000: the small units count within the great ones.
    let (mut total, mut section, mut last, mut length, mut is_great) = (0u64, 0u64, 0u64, 0, false);
    for letter in &letters[at..] {
        let small = match letter {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            _ => 0,
        };
        let great = match letter {
            '万' | '萬' => 10_000,
            '亿' | '億' => 100_000_000,
            _ => 0,
        };
        match (small, great, digit(*letter)) {
            (0, 0, Some(value)) => last = value,
            (0, 0, None) if *letter == '两' => last = 2,
            (0, 0, None) => break,
            // 百 and 万 by themselves are words like any other; 十 is ten.
            _ if length == 0 && small != 10 => return None,
            (0, great, _) => {
                total = (total + section + last).checked_mul(great)?;
                (section, last, is_great) = (0, 0, true);
            }
            (small, ..) => {
                section += last.max(1) * small;
                (last, is_great) = (0, is_great || small > 10);
            }
        }
        length += 1;
    }
    (length > 0).then(|| (Decimal::from(total + section + last), length, is_great))
}

/// The word of the language that a token is, if it is one.
pub fn words(token: &Token) -> impl Iterator<Item = Word> {
    let meanings: &[Meaning] = match &token.what {
        What::Known(meanings) => meanings,
        _ => &[],
    };
    meanings.iter().filter_map(|meaning| if let Meaning::Word(word) = meaning { Some(*word) } else { None })
}
