//! The rows of a CSV text, read a few at a time.

use std::io::Cursor;

use crate::model::diagnostic::{Code, Diagnostic};

/// What a file looks like, judged from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// What stands between the cells: a comma, semicolon, tab or bar.
    pub separator: u8,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

/// One row of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number as a spreadsheet shows it: the first row of the file, mostly the headings, is 1.
    pub number: u64,
    /// Its cells.
    pub cells: csv::StringRecord,
}

/// The rows of a text, one after the other; owns the text, so that it can wait between slices.
pub struct Rows<T: AsRef<[u8]>> {
    reader: csv::Reader<Cursor<T>>,
    length: u64,
    number: u64,
}

/// Reads the rows of a text, headings first. Rows may differ in length; wholly blank lines are counted and left out.
pub fn rows<T: AsRef<[u8]>>(text: T, separator: u8) -> Rows<T> {
    let length = text.as_ref().len() as u64;
    let reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 16)
        .from_reader(Cursor::new(text));
    Rows { reader, length, number: 0 }
}

impl<T: AsRef<[u8]>> Rows<T> {
    /// How far the reading is, from 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.length == 0 { 1.0 } else { self.reader.position().byte() as f64 / self.length as f64 }
    }
}

impl<T: AsRef<[u8]>> Iterator for Rows<T> {
    type Item = Result<Row, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut cells = csv::StringRecord::new();
            match self.reader.read_record(&mut cells) {
                Ok(false) => return None,
                Ok(true) => {
                    self.number += 1;
                    if cells.iter().any(|cell| !cell.trim().is_empty()) {
                        return Some(Ok(Row { number: self.number, cells }));
                    }
                }
                Err(error) => {
                    self.number += 1;
                    let wrong = Diagnostic::new(Code::Malformed).with("row", self.number).with("detail", error);
                    return Some(Err(wrong));
                }
            }
        }
    }
}

/// Judges a file from the beginning of its text, of which the last line may be cut off.
pub fn sniff(head: &str) -> Sniffed {
    let head = head.strip_prefix('\u{feff}').unwrap_or(head);
    if let Some(named) = head.get(..5).filter(|start| start.eq_ignore_ascii_case("sep=,") || start.starts_with("sep="))
    {
        let separator = named.as_bytes()[4];
        return Sniffed { separator, has_header: true };
    }
    let mut best = (b',', 0usize);
    for separator in [b',', b';', b'\t', b'|'] {
        let score = score(head, separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    Sniffed { separator: best.0, has_header: has_header(head, best.0) }
}

/// How well a separator cuts the text into rows of one length: the width counts for each row that has it.
fn score(head: &str, separator: u8) -> usize {
    let widths: Vec<usize> = sample(head, separator).iter().map(|row| row.cells.len()).collect();
    let Some(first) = widths.first().copied().filter(|width| *width > 1) else {
        return 0;
    };
    let regular = widths.iter().filter(|width| **width == first).count();
    // Regularity outweighs width: a comma inside amounts cuts a semicolon file into ragged rows.
    regular * 1000 / widths.len() * 100 + first.min(99)
}

fn has_header(head: &str, separator: u8) -> bool {
    let rows = sample(head, separator);
    let Some(first) = rows.first() else { return true };
    let looks_like_data = |cell: &str| {
        let cell = cell.trim();
        cell.contains('@')
            || (cell.chars().any(|c| c.is_ascii_digit())
                && cell.chars().all(|c| {
                    c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '/' | ':' | ' ' | '%' | '¥' | '$')
                }))
    };
    let named = first.cells.iter().all(|cell| !looks_like_data(cell));
    let mut seen = rustc_hash::FxHashSet::default();
    let distinct = first.cells.iter().filter(|cell| !cell.trim().is_empty()).all(|cell| seen.insert(cell.trim()));
    named && distinct
}

fn sample(head: &str, separator: u8) -> Vec<Row> {
    const ENOUGH: usize = 50;
    let mut sampled: Vec<Row> = rows(head, separator).filter_map(Result::ok).take(ENOUGH + 1).collect();
    // The last row may be cut off in the middle.
    if sampled.len() > 2 {
        sampled.pop();
    }
    sampled
}
