//! Contents: which different cells the columns of a file hold, so that files can be told apart and tied to each other.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::transfer::name::squashed;
use crate::engine::transfer::{Signs, rows, usual_blanks};

/// How many rows are looked at.
const ENOUGH: usize = 20_000;

/// What the columns of a file hold, as far as its first rows tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The columns, in the file's order.
    pub columns: Vec<ColumnContents>,
}

/// The different cells of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnContents {
    /// Cells that are not blank.
    pub filled: usize,
    /// The different ones as they stand, in the order in which they came.
    pub cells: Vec<String>,
    /// Their spelling without case, width, blanks and signs, once somebody asks.
    spellings: OnceLock<FxHashSet<String>>,
    rows: usize,
}

/// Looks the columns of a text through.
pub fn contents(text: &str, signs: impl Into<Signs>) -> Contents {
    let blanks: FxHashSet<String> = usual_blanks().into_iter().collect();
    let mut rows = rows(text, signs).filter_map(Result::ok);
    let width = rows.next().map_or(0, |row| row.cells.len());
    let mut seen: Vec<FxHashSet<String>> = vec![FxHashSet::default(); width];
    let mut columns = vec![ColumnContents::default(); width];
    for row in rows.take(ENOUGH) {
        for ((column, seen), cell) in columns.iter_mut().zip(&mut seen).zip(row.cells.iter()) {
            column.rows += 1;
            let cell = cell.trim();
            if cell.is_empty() || blanks.contains(cell) {
                continue;
            }
            column.filled += 1;
            if !seen.contains(cell) {
                seen.insert(cell.to_owned());
                column.cells.push(cell.to_owned());
            }
        }
    }
    Contents { columns }
}

/// The different cells of a column in the whole text with how often each stands there, the most frequent first; at most `most`.
pub fn tally(text: &str, signs: impl Into<Signs>, column: usize, most: usize) -> Vec<(String, usize)> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for row in rows(text, signs).skip(1).filter_map(Result::ok) {
        let Some(cell) = row.cells.get(column).map(str::trim).filter(|cell| !cell.is_empty()) else { continue };
        if let Some(count) = counts.get_mut(cell) {
            *count += 1;
        } else if counts.len() < most {
            counts.insert(cell.to_owned(), 1);
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

impl ColumnContents {
    /// Whether each row has a cell of its own, so that it can be named by it.
    pub fn is_key(&self) -> bool {
        self.rows > 0 && self.filled == self.rows && self.cells.len() == self.filled
    }

    /// Whether a text stands in the column, spelling aside.
    pub fn holds(&self, cell: &str) -> bool {
        let spellings = self.spellings.get_or_init(|| self.cells.iter().map(|cell| squashed(cell)).collect());
        spellings.contains(&squashed(cell))
    }

    /// How many of the different cells of another column stand here.
    pub fn shared(&self, other: &ColumnContents) -> usize {
        other.cells.iter().filter(|cell| self.holds(cell)).count()
    }
}
