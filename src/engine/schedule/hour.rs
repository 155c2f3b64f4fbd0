//! Hours of a day: what is at the same time stands side by side.

use chrono::{NaiveTime, Timelike};

use super::span::Span;
use crate::model::time::Date;

/// What is shorter is drawn as long as this, in minutes.
const LEAST: u32 = 30;
const DAY: u32 = 24 * 60;

/// A span among the hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which of the spans.
    pub at: usize,
    /// When it begins, in minutes from midnight.
    pub from: u32,
    /// When it ends.
    pub to: u32,
    /// Its place among those beside it, from 0.
    pub column: usize,
    /// How many stand side by side.
    pub columns: usize,
}

/// The blocks of a day: the spans with hours that lie within it.
pub fn blocks(day: Date, spans: &[Span]) -> Vec<Block> {
    let minute = |time: NaiveTime| time.num_seconds_from_midnight() / 60;
    let mut found: Vec<Block> = spans
        .iter()
        .enumerate()
        .filter(|(_, span)| span.is_timed && span.first() == day && span.last() == day)
        .map(|(at, span)| {
            let from = minute(span.start.time());
            let to = if span.end.date() > day { DAY } else { minute(span.end.time()) };
            Block { at, from, to: to.max(from + LEAST).min(DAY), column: 0, columns: 1 }
        })
        .collect();
    found.sort_by_key(|block| (block.from, std::cmp::Reverse(block.to), block.at));
    let mut start = 0;
    while start < found.len() {
        let (mut end, mut until) = (start, 0);
        let mut columns: Vec<u32> = Vec::new();
        // A group goes on for as long as something of it does.
        while end < found.len() && (end == start || found[end].from < until) {
            let block = &mut found[end];
            let free = columns.iter().position(|busy| *busy <= block.from);
            block.column = free.unwrap_or(columns.len());
            match free {
                Some(column) => columns[column] = block.to,
                None => columns.push(block.to),
            }
            until = until.max(block.to);
            end += 1;
        }
        found[start..end].iter_mut().for_each(|block| block.columns = columns.len());
        start = end;
    }
    found
}
