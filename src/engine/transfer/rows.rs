//! The rows of a CSV text, read a few at a time.

use std::io::Cursor;

use rustc_hash::FxHashSet;

use crate::engine::transfer::column::clean_header;
use crate::model::diagnostic::{Code, Diagnostic};

/// What a file looks like, judged from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// What stands between the cells: a comma, semicolon, tab or bar.
    pub separator: u8,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

/// What a text marks its cells with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// What stands between them: a comma, semicolon, tab or bar.
    pub separator: u8,
    /// What text stands in that holds the separator; nothing where quotation marks are plain signs.
    pub quote: Option<u8>,
}

impl From<u8> for Signs {
    /// A separator, and the usual quotation marks.
    fn from(separator: u8) -> Signs {
        Signs { separator, quote: Some(b'"') }
    }
}

/// One row of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number as a spreadsheet shows it: the first row of the file, mostly the headings, is 1.
    pub number: u64,
    /// Its cells.
    pub cells: csv::StringRecord,
    /// How many further lines were read into it because a quotation mark is not closed where it should be.
    pub swallowed: Option<u64>,
}

/// The rows of a text, one after the other; owns the text, so that it can wait between slices.
pub struct Rows<T: AsRef<[u8]>> {
    reader: csv::Reader<Cursor<T>>,
    signs: Signs,
    /// Where the first row begins: behind the byte order mark and the line that names the separator.
    start: usize,
    length: usize,
    number: u64,
    blank: u64,
}

/// Reads the rows of a text, headings first. Rows may differ in length; blank rows are counted and left out.
pub fn rows<T: AsRef<[u8]>>(text: T, signs: impl Into<Signs>) -> Rows<T> {
    let signs: Signs = signs.into();
    let length = text.as_ref().len();
    let start = start_of(text.as_ref());
    let mut cursor = Cursor::new(text);
    cursor.set_position(start as u64);
    let reader = csv::ReaderBuilder::new()
        .delimiter(signs.separator)
        .quoting(signs.quote.is_some())
        .quote(signs.quote.unwrap_or(b'"'))
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(1 << 16)
        .from_reader(cursor);
    Rows { reader, signs, start, length, number: 0, blank: 0 }
}

impl<T: AsRef<[u8]>> Rows<T> {
    /// How far the reading is, from 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.length == 0 { 1.0 } else { self.at() as f64 / self.length as f64 }
    }

    /// How many rows so far had nothing in any cell. Blank lines behind the last row do not count.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    fn at(&self) -> usize {
        self.start + self.reader.position().byte() as usize
    }

    /// The text between two places.
    fn raw(&self, from: usize, to: usize) -> &[u8] {
        self.reader.get_ref().get_ref().as_ref().get(from..to).unwrap_or_default()
    }

    /// The lines without anything before a row, which the reader passes over without a word.
    fn empty_lines(&self, from: usize, to: usize) -> u64 {
        let mut rest = self.raw(from, to);
        // The second half of the line end before it.
        if self.raw(from.saturating_sub(1), from) == b"\r" {
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        let mut count = 0;
        while let Some(next) = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find_map(|end| rest.strip_prefix(end)) {
            rest = next;
            count += 1;
        }
        count
    }
}

impl<T: AsRef<[u8]>> Iterator for Rows<T> {
    type Item = Result<Row, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut cells = csv::StringRecord::new();
            let from = self.at();
            match self.reader.read_record(&mut cells) {
                Ok(false) => return None,
                Ok(true) => {
                    let to = self.at();
                    let empty = self.empty_lines(from, to);
                    self.blank += empty;
                    self.number += empty + 1;
                    if cells.iter().any(|cell| !cell.trim().is_empty()) {
                        let is_suspicious = to == self.length || cells.iter().any(|cell| cell.contains('\n'));
                        let swallowed = is_suspicious.then(|| swallowed(self.raw(from, to), self.signs)).flatten();
                        return Some(Ok(Row { number: self.number, cells, swallowed }));
                    }
                    self.blank += 1;
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

/// Where the rows of a text begin: behind the byte order mark, and behind the line with which spreadsheets name the separator.
fn start_of(text: &[u8]) -> usize {
    let rest = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    text.len() - separator_line(rest).map_or(rest, |(_, behind)| behind).len()
}

/// The separator that a first line like "sep=;" names, and what stands behind that line.
fn separator_line(text: &[u8]) -> Option<(u8, &[u8])> {
    let (named, rest) = text.split_at_checked(4)?;
    let (separator, rest) = rest.split_first().filter(|_| named.eq_ignore_ascii_case(b"sep="))?;
    let behind = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find_map(|end| rest.strip_prefix(end))?;
    Some((*separator, behind))
}

/// How many further lines a row has swallowed because a quotation mark is not closed, or closed only by the next one that comes.
fn swallowed(raw: &[u8], signs: Signs) -> Option<u64> {
    let (separator, quote) = (signs.separator, signs.quote?);
    enum At {
        Start,
        Plain,
        Quoted,
        /// Behind a quotation mark within a quoted cell.
        Closed,
    }
    let mut at = At::Start;
    let (mut lines, mut is_wrong) = (0, false);
    // Within a quoted cell: the line ends in it so far, without those at the end of the text.
    let mut within = 0;
    for (index, byte) in raw.iter().enumerate() {
        let is_end = *byte == separator || matches!(byte, b'\r' | b'\n');
        at = match at {
            At::Start if *byte == quote => {
                within = 0;
                At::Quoted
            }
            At::Quoted if *byte == quote => At::Closed,
            At::Quoted => {
                within += u64::from(*byte == b'\n' && index + 1 < raw.len());
                At::Quoted
            }
            At::Closed if *byte == quote => At::Quoted,
            At::Closed if !is_end => {
                // Something behind the closing mark: it was meant to open another cell, lines below.
                is_wrong |= within > 0;
                lines += within;
                At::Plain
            }
            At::Start | At::Plain | At::Closed => {
                if is_end {
                    At::Start
                } else {
                    At::Plain
                }
            }
        };
    }
    if let At::Quoted = at {
        is_wrong = true;
        lines += within;
    }
    is_wrong.then_some(lines)
}

/// The headings of a file, each different from the others: a heading that comes again gets its number, as in "Name (2)".
pub fn headings(row: &csv::StringRecord) -> csv::StringRecord {
    let mut seen: FxHashSet<String> = row.iter().map(|heading| clean_header(heading).to_owned()).collect();
    let mut first: FxHashSet<&str> = FxHashSet::default();
    row.iter()
        .map(|heading| {
            let heading = clean_header(heading);
            if heading.is_empty() || first.insert(heading) {
                return heading.to_owned();
            }
            let numbered = (2u32..).map(|number| format!("{heading} ({number})"));
            numbered.into_iter().find(|name| seen.insert(name.clone())).unwrap_or_default()
        })
        .collect()
}

/// Judges a file from the beginning of its text, of which the last line may be cut off.
pub fn sniff(head: &str) -> Sniffed {
    let head = head.strip_prefix('\u{feff}').unwrap_or(head);
    if let Some((separator, _)) = separator_line(head.as_bytes()) {
        return Sniffed { separator, has_header: has_header(head, separator) };
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
    let mut seen = FxHashSet::default();
    let distinct = first.cells.iter().filter(|cell| !cell.trim().is_empty()).all(|cell| seen.insert(cell.trim()));
    // Headings may repeat; data that repeats within its row mostly repeats within its column too.
    let comes_again = |at: usize, cell: &str| {
        !cell.is_empty() && rows[1..].iter().any(|row| row.cells.get(at).is_some_and(|other| other.trim() == cell))
    };
    named && (distinct || !first.cells.iter().enumerate().any(|(at, cell)| comes_again(at, cell.trim())))
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
