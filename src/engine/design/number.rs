//! Numbers of records as a field writes them, and what becomes of those that it wrote in another way before.

use rust_decimal::Decimal;

use crate::model::field::FieldKind;

/// The first number of a field that numbers records, as records will hold it: `C-00001`.
pub fn first_number(kind: &FieldKind) -> Option<String> {
    let FieldKind::AutoNumber { prefix, digits } = kind else { return None };
    Some(written(prefix, *digits, 1))
}

/// What a number becomes where the field writes numbers in another way by now: it counts on as it did, and only looks different. None
/// where it looks so already, or does not end as a number does. `last` is the last one that was given.
pub fn renumbered(kind: &FieldKind, last: Decimal, number: &str) -> Option<String> {
    let FieldKind::AutoNumber { prefix, digits } = kind else { return None };
    let end = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let end = &number[number.len() - end..];
    let longest = usize::from(*digits).max(last.normalize().to_string().len()).min(end.len());
    let read = |length: usize| end[end.len() - length..].parse::<u64>().ok();
    // What stood before it may have ended with digits, too: a year. Then it is no more than what has been given.
    let is_given = |count: &u64| *count > 0 && Decimal::from(*count) <= last;
    let within = || (1..=longest).rev().filter_map(read).find(is_given);
    let count = if longest < end.len() { within().or_else(|| read(longest)) } else { read(longest) }?;
    let next = written(prefix, *digits, count);
    (next != number).then_some(next)
}

fn written(prefix: &str, digits: u8, count: u64) -> String {
    format!("{prefix}{count:0>digits$}", digits = usize::from(digits))
}
