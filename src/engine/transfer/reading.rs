//! Reading: in which order the parts of dates stand, which mark parts decimals, and what the cells of a file say about both.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::field::{Field, FieldKind};
use crate::model::id::Currency;
use crate::model::text::half_width;

/// How the dates and numbers of a file are written. What is not said is read as each cell allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// In which order day, month and year stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    /// What parts whole numbers from decimals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<DecimalMark>,
    /// The currency of amounts that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// In which order the parts of a date stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 22/11/2026
    DayFirst,
    /// 11/22/2026
    MonthFirst,
    /// 2026/11/22 or 26/11/22
    YearFirst,
}

/// What parts whole numbers from decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.56
    Point,
    /// 1.234,56
    Comma,
}

/// What the cells of a file say about how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Cells that look like dates.
    pub dates: usize,
    /// Dates that only fit the day first, the month first, the year first.
    pub day_first: usize,
    /// Dates that only fit the month first.
    pub month_first: usize,
    /// Dates with the year first.
    pub year_first: usize,
    /// An example of the order that most of them have.
    pub date_example: String,
    /// Cells that look like numbers with a mark in them.
    pub marked: usize,
    /// Numbers that only fit a decimal point.
    pub point: usize,
    /// Numbers that only fit a decimal comma.
    pub comma: usize,
    /// An example of the mark that most of them have.
    pub number_example: String,
    /// Currencies that cells name, with how many do, the most frequent first.
    pub currencies: Vec<(Currency, usize)>,
}

impl Reading {
    /// Whether nothing is said.
    pub fn is_usual(&self) -> bool {
        *self == Reading::default()
    }

    /// The text of a cell as it would be written where nothing has to be said; nothing if it cannot be read in this way.
    pub fn neutral<'a>(&self, field: &Field, text: &'a str) -> Option<Cow<'a, str>> {
        match field.kind {
            FieldKind::Date | FieldKind::Instant => match self.dates {
                Some(order) => neutral_date(text, order),
                None => Some(Cow::Borrowed(text)),
            },
            FieldKind::Number(_)
            | FieldKind::Money { .. }
            | FieldKind::Percent(_)
            | FieldKind::Score
            | FieldKind::Rating { .. }
            | FieldKind::Nps => match self.decimals {
                Some(DecimalMark::Comma) => neutral_number(text),
                Some(DecimalMark::Point) | None => Some(Cow::Borrowed(text)),
            },
            _ => Some(Cow::Borrowed(text)),
        }
    }
}

impl Evidence {
    /// Takes a cell into account.
    pub fn look_at(&mut self, cell: &str) {
        const LONGEST: usize = 40;
        if cell.len() > LONGEST || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        if !self.look_at_date(cell) {
            self.look_at_number(cell);
        }
    }

    /// How the file is most likely written; what the cells leave open is left open.
    pub fn guess(&self) -> Reading {
        let dates = match (self.day_first, self.month_first, self.year_first) {
            (0, 0, 0) => None,
            (0, 0, _) => Some(DateOrder::YearFirst),
            (days, months, _) if days > 0 && months == 0 => Some(DateOrder::DayFirst),
            (days, months, _) if months > 0 && days == 0 => Some(DateOrder::MonthFirst),
            // Some fit only this, some only that: each is read as it says itself.
            (_, _, _) => None,
        };
        let decimals = match (self.point, self.comma) {
            (0, 0) => None,
            (point, comma) if comma > point => Some(DecimalMark::Comma),
            (_, _) => Some(DecimalMark::Point),
        };
        Reading { dates, decimals, currency: self.currencies.first().map(|(currency, _)| *currency) }
    }

    /// Whether there are dates that can be read in two ways and nothing says which is meant.
    pub fn is_order_open(&self) -> bool {
        self.dates > self.year_first && self.guess().dates.is_none()
    }

    fn look_at_date(&mut self, cell: &str) -> bool {
        let Some(date) = DateParts::of(cell) else { return false };
        self.dates += 1;
        let (count, is_first) = match date.only_order() {
            Some(DateOrder::DayFirst) => (&mut self.day_first, self.month_first == 0),
            Some(DateOrder::MonthFirst) => (&mut self.month_first, self.day_first == 0),
            Some(DateOrder::YearFirst) => (&mut self.year_first, self.day_first + self.month_first == 0),
            None => {
                if self.date_example.is_empty() {
                    self.date_example = cell.to_owned();
                }
                return true;
            }
        };
        *count += 1;
        if *count == 1 && is_first {
            self.date_example = cell.to_owned();
        }
        true
    }

    fn look_at_number(&mut self, cell: &str) {
        let narrow = half_width(cell);
        let bare = narrow.trim_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
        let around = narrow.trim().len() - bare.len();
        if around > 0
            && let Some(currency) = named_currency(&narrow)
        {
            match self.currencies.iter_mut().find(|(known, _)| *known == currency) {
                Some((_, count)) => *count += 1,
                None => self.currencies.push((currency, 1)),
            }
            self.currencies.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        } else if around > 3 {
            return;
        }
        match mark_of(bare) {
            Marked::Point => {
                self.point += 1;
                if self.point == 1 && self.comma == 0 {
                    self.number_example = cell.to_owned();
                }
            }
            Marked::Comma => {
                self.comma += 1;
                if self.comma == 1 {
                    self.number_example = cell.to_owned();
                }
            }
            Marked::Either => {}
            Marked::No => return,
        }
        self.marked += 1;
    }
}

/// What a number says about its mark.
enum Marked {
    Point,
    Comma,
    Either,
    No,
}

fn mark_of(number: &str) -> Marked {
    if !number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Marked::No;
    }
    let last = number.rfind(['.', ',']);
    let Some(at) = last else { return Marked::No };
    let mark = number.as_bytes()[at];
    let (whole, behind) = (&number[..at], number.len() - at - 1);
    let as_decimal = if mark == b'.' { Marked::Point } else { Marked::Comma };
    let as_group = if mark == b'.' { Marked::Comma } else { Marked::Point };
    let other = if mark == b'.' { ',' } else { '.' };
    let same = char::from(mark);
    match (whole.contains(other), whole.contains(same)) {
        // 1.2.3 is a version and 1.2,3.4 is nothing.
        (true, true) => Marked::No,
        (true, false) => as_decimal,
        (false, true) if behind == 3 => as_group,
        (false, true) => Marked::No,
        (false, false) if behind == 0 => Marked::No,
        (false, false) if behind == 3 && (1..=3).contains(&whole.len()) && whole != "0" => Marked::Either,
        (false, false) => as_decimal,
    }
}

/// The currency that a sign or a code in an amount names.
fn named_currency(text: &str) -> Option<Currency> {
    const SIGNS: &[(&str, &str)] = &[
        ("HK$", "HKD"),
        ("US$", "USD"),
        ("NT$", "TWD"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("¥", "CNY"),
        ("元", "CNY"),
        ("₹", "INR"),
        ("₩", "KRW"),
    ];
    const CODES: &[&str] =
        &["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "AUD", "CAD", "CHF", "INR", "KRW", "RMB"];
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| text.contains(sign)) {
        return Some(Currency::new(code));
    }
    let code = CODES.iter().find(|code| text.contains(**code))?;
    Some(Currency::new(if *code == "RMB" { "CNY" } else { code }))
}

/// The three numbers of a date with signs between them, and what stands behind them.
struct DateParts<'a> {
    parts: [(u32, usize); 3],
    sign: char,
    rest: &'a str,
}

impl<'a> DateParts<'a> {
    fn of(text: &'a str) -> Option<DateParts<'a>> {
        let text = text.trim();
        let mut parts = [(0, 0); 3];
        let mut sign = None;
        let mut rest = text;
        for (place, part) in parts.iter_mut().enumerate() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            if length == 0 || length > 4 {
                return None;
            }
            *part = (rest[..length].parse().ok()?, length);
            rest = &rest[length..];
            if place < 2 {
                let next = rest.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
                if *sign.get_or_insert(next) != next {
                    return None;
                }
                rest = &rest[1..];
            }
        }
        let [first, second, last] = parts;
        let is_date = rest.is_empty() || rest.starts_with([' ', 'T', ',']);
        let is_year_first = first.1 == 4 && second.1 <= 2 && last.1 <= 2;
        let is_year_last = first.1 <= 2 && second.1 <= 2 && matches!(last.1, 2 | 4);
        // 1.12.34 may be a version or a time; only dates have two digits throughout and a day and a month.
        let fits = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
        let found = DateParts { parts, sign: sign?, rest };
        (is_date && (is_year_first || is_year_last) && fits.into_iter().any(|order| found.in_order(order).is_some()))
            .then_some(found)
    }

    /// Year, month and day in an order, if that can be.
    fn in_order(&self, order: DateOrder) -> Option<(u32, u32, u32)> {
        let [first, second, last] = self.parts;
        let (year, month, day) = match order {
            DateOrder::DayFirst => (last, second, first),
            DateOrder::MonthFirst => (last, first, second),
            DateOrder::YearFirst => (first, second, last),
        };
        let year = match year.1 {
            4 => year.0,
            // As spreadsheets do: 00 to 69 are of this century.
            2 if year.0 < 70 => 2000 + year.0,
            2 => 1900 + year.0,
            _ => return None,
        };
        let fits = (1..=12).contains(&month.0) && (1..=31).contains(&day.0) && month.1 <= 2 && day.1 <= 2;
        fits.then_some((year, month.0, day.0))
    }

    /// The order, where only one can be meant.
    fn only_order(&self) -> Option<DateOrder> {
        if self.parts[0].1 == 4 {
            return Some(DateOrder::YearFirst);
        }
        // With points the day stands first wherever people write dates so.
        if self.sign == '.' && self.in_order(DateOrder::DayFirst).is_some() {
            return Some(DateOrder::DayFirst);
        }
        let is_long = self.parts[2].1 == 4;
        let fits = |order: &DateOrder| (*order != DateOrder::YearFirst || !is_long) && self.in_order(*order).is_some();
        let orders = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
        let mut fitting = orders.into_iter().filter(fits);
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }
}

fn neutral_date(text: &str, order: DateOrder) -> Option<Cow<'_, str>> {
    let Some(date) = DateParts::of(text) else {
        return Some(Cow::Borrowed(text));
    };
    // A year of four digits says itself where it stands.
    let order = if date.parts[0].1 == 4 { DateOrder::YearFirst } else { order };
    let (year, month, day) = date.in_order(order)?;
    Some(Cow::Owned(format!("{year:04}-{month:02}-{day:02}{}", date.rest)))
}

/// A number with a decimal comma, written with a point.
fn neutral_number(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains([',', '.']) {
        return Some(Cow::Borrowed(text));
    }
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    if decimals.contains([',', '.']) {
        return None;
    }
    // A point can only part groups of three.
    let groups: Vec<&str> = whole.split('.').collect();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if groups.iter().skip(1).any(|group| digits(group) != 3) {
        return None;
    }
    let mark = if decimals.is_empty() { "" } else { "." };
    Some(Cow::Owned(format!("{}{mark}{decimals}", groups.concat())))
}
