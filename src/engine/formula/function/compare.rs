//! How the functions of the grammar compare values: equality as spreadsheets see it, order, wildcards and criteria.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::engine::formula::coerce;
use crate::engine::formula::function::Clock;
use crate::model::time::Date;
use crate::model::value::Value;

/// Whether two values are equal to a spreadsheet: text in any case, amounts by number and currency.
pub(super) fn same(a: &Value, b: &Value, clock: &Clock) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => same_text(a, b),
        (Value::Text(text), Value::Choice(option)) | (Value::Choice(option), Value::Text(text)) => {
            option.as_str().eq_ignore_ascii_case(text)
        }
        _ if a.is_empty() || b.is_empty() => a.is_empty() && b.is_empty(),
        _ => match order(a, b, clock) {
            Some(order) => order == Ordering::Equal,
            None => a == b,
        },
    }
}

/// The order of two values of a kind; nothing when they do not compare.
pub(super) fn order(a: &Value, b: &Value, clock: &Clock) -> Option<Ordering> {
    match (a, b) {
        (Value::Money(a), Value::Money(b)) => (a.currency == b.currency).then(|| a.amount.cmp(&b.amount)),
        (Value::Text(a), Value::Text(b)) => Some(order_text(a, b)),
        (Value::Instant(a), Value::Instant(b)) => Some(a.cmp(b)),
        (Value::Flag(a), Value::Flag(b)) => Some(a.cmp(b)),
        (Value::Date(_) | Value::Instant(_), Value::Date(_) | Value::Instant(_)) => {
            Some(day(a, clock)?.cmp(&day(b, clock)?))
        }
        _ => Some(coerce::list_number(a)?.cmp(&coerce::list_number(b)?)),
    }
}

fn same_text(a: &str, b: &str) -> bool {
    // Most text of a list differs or is ASCII; neither needs a copy.
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { a == b || fold(a) == fold(b) }
}

fn order_text(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.bytes().map(|byte| byte.to_ascii_lowercase()).cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()));
    }
    fold(a).cmp(&fold(b))
}

/// Text as it is compared: without case.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().flat_map(char::to_lowercase).collect() }
}

fn day(value: &Value, clock: &Clock) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::Instant(at) => Some(at.local(clock.zone).date()),
        _ => None,
    }
}

/// A spreadsheet's pattern: `*` stands for any text, `?` for one sign, `~` takes their meaning from them.
pub(super) struct Wildcard {
    signs: Vec<Sign>,
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Any,
    One,
    Exactly(char),
}

impl Wildcard {
    /// Reads a pattern; it will match in any case.
    pub(super) fn new(pattern: &str) -> Self {
        let mut signs = Vec::new();
        let mut rest = pattern.chars().flat_map(char::to_lowercase).peekable();
        while let Some(sign) = rest.next() {
            signs.push(match sign {
                '*' => Sign::Any,
                '?' => Sign::One,
                '~' => match rest.next_if(|next| matches!(next, '*' | '?' | '~')) {
                    Some(plain) => Sign::Exactly(plain),
                    None => Sign::Exactly('~'),
                },
                plain => Sign::Exactly(plain),
            });
        }
        signs.dedup_by(|a, b| *a == Sign::Any && *b == Sign::Any);
        Wildcard { signs }
    }

    /// Whether the whole text fits.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        fits(&self.signs, &text)
    }

    /// The position of the first sign, counted from 0, at which the pattern is found at or after `start`.
    pub(super) fn find(&self, text: &str, start: usize) -> Option<usize> {
        // One sign stands for one sign here, so that positions stay those of the original text.
        let text: Vec<char> = text.chars().map(|sign| sign.to_lowercase().next().unwrap_or(sign)).collect();
        let mut open = self.signs.clone();
        if open.last() != Some(&Sign::Any) {
            open.push(Sign::Any);
        }
        (start..=text.len()).find(|at| fits(&open, &text[*at..]))
    }
}

/// Matches with one point of return, the last `*`: never more than pattern times text.
fn fits(signs: &[Sign], text: &[char]) -> bool {
    let (mut at_sign, mut at_text) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at_text < text.len() {
        match signs.get(at_sign) {
            Some(Sign::Any) => {
                retry = Some((at_sign + 1, at_text));
                at_sign += 1;
                continue;
            }
            Some(Sign::One) => {
                at_sign += 1;
                at_text += 1;
                continue;
            }
            Some(Sign::Exactly(sign)) if *sign == text[at_text] => {
                at_sign += 1;
                at_text += 1;
                continue;
            }
            Some(Sign::Exactly(_)) | None => {}
        }
        match retry {
            Some((sign, start)) => {
                retry = Some((sign, start + 1));
                at_sign = sign;
                at_text = start + 1;
            }
            None => return false,
        }
    }
    signs[at_sign..].iter().all(|sign| *sign == Sign::Any)
}

/// A spreadsheet's criterion: `">500"`, `"<>"`, `"*总监*"`, or a value to equal.
pub(super) struct Criterion<'a> {
    test: Test,
    operand: Against<'a>,
    clock: &'a Clock,
}

#[derive(Clone, Copy, PartialEq)]
enum Test {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

enum Against<'a> {
    Blank,
    Number(Decimal),
    Day(Date),
    Flag(bool),
    Text(String, Wildcard),
    Value(&'a Value),
}

impl<'a> Criterion<'a> {
    /// Reads a criterion.
    pub(super) fn new(value: &'a Value, clock: &'a Clock) -> Self {
        let Value::Text(text) = value else {
            let operand = match value {
                // As in a spreadsheet, a number is met by text that reads as it.
                Value::Number(number) => Against::Number(*number),
                blank if blank.is_empty() => Against::Blank,
                other => Against::Value(other),
            };
            return Criterion { test: Test::Equal, operand, clock };
        };
        let (test, rest) = split_operator(text);
        let rest = rest.trim();
        let operand = if rest.is_empty() {
            Against::Blank
        } else if let Some(number) = coerce::read_number(rest) {
            Against::Number(number)
        } else if let Some(local) = coerce::read_moment(rest) {
            Against::Day(local.date())
        } else if rest.eq_ignore_ascii_case("true") {
            Against::Flag(true)
        } else if rest.eq_ignore_ascii_case("false") {
            Against::Flag(false)
        } else {
            Against::Text(fold(rest), Wildcard::new(rest))
        };
        Criterion { test, operand, clock }
    }

    /// Whether a value meets it.
    pub(super) fn holds(&self, value: &Value) -> bool {
        match self.test {
            Test::Equal => self.equals(value),
            Test::Unequal => !self.equals(value),
            Test::Less => self.order(value) == Some(Ordering::Less),
            Test::LessOrEqual => matches!(self.order(value), Some(Ordering::Less | Ordering::Equal)),
            Test::Greater => self.order(value) == Some(Ordering::Greater),
            Test::GreaterOrEqual => matches!(self.order(value), Some(Ordering::Greater | Ordering::Equal)),
        }
    }

    fn equals(&self, value: &Value) -> bool {
        match &self.operand {
            Against::Blank => value.is_empty(),
            Against::Text(_, wildcard) => match value {
                Value::Text(text) => wildcard.matches(text),
                Value::Choice(option) => wildcard.matches(option.as_str()),
                _ => false,
            },
            Against::Value(operand) => same(operand, value, self.clock),
            Against::Flag(flag) => *value == Value::Flag(*flag),
            Against::Number(number) => match value {
                Value::Text(text) => coerce::read_number(text) == Some(*number),
                other => coerce::list_number(other) == Some(*number),
            },
            Against::Day(_) => self.order(value) == Some(Ordering::Equal),
        }
    }

    fn order(&self, value: &Value) -> Option<Ordering> {
        match &self.operand {
            Against::Blank => None,
            Against::Number(number) => Some(coerce::list_number(value)?.cmp(number)),
            Against::Day(date) => match value {
                Value::Text(text) => Some(coerce::read_moment(text)?.date().cmp(date)),
                other => Some(day(other, self.clock)?.cmp(date)),
            },
            Against::Flag(flag) => match value {
                Value::Flag(value) => Some(value.cmp(flag)),
                _ => None,
            },
            Against::Text(text, _) => Some(fold(value.as_text()?).as_str().cmp(text.as_str())),
            Against::Value(operand) => order(value, operand, self.clock),
        }
    }
}

fn split_operator(text: &str) -> (Test, &str) {
    let text = text.trim_start();
    const OPERATORS: &[(&str, Test)] = &[
        (">=", Test::GreaterOrEqual),
        ("<=", Test::LessOrEqual),
        ("<>", Test::Unequal),
        ("≥", Test::GreaterOrEqual),
        ("≤", Test::LessOrEqual),
        ("≠", Test::Unequal),
        ("＞＝", Test::GreaterOrEqual),
        ("＜＝", Test::LessOrEqual),
        ("＜＞", Test::Unequal),
        (">", Test::Greater),
        ("<", Test::Less),
        ("=", Test::Equal),
        ("＞", Test::Greater),
        ("＜", Test::Less),
        ("＝", Test::Equal),
    ];
    for (sign, test) in OPERATORS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (*test, rest);
        }
    }
    (Test::Equal, text)
}
