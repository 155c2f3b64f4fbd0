//! Surveys: what a file holds, as far as a person has to know it before saying which column goes where.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::transfer::{Evidence, Signs, headings, rows, usual_blanks};
use crate::model::diagnostic::{Code, Diagnostic};

/// How much of a long file is looked at, in bytes.
const ENOUGH: usize = 8_000_000;
/// How many rows are kept to judge columns by.
const SAMPLES: usize = 60;
/// How many different cells of a column are shown.
const SHOWN: usize = 3;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// The headings.
    pub headers: csv::StringRecord,
    /// The columns, in the file's order.
    pub columns: Vec<ColumnSurvey>,
    /// Rows below the headings, estimated where the file is long.
    pub rows: usize,
    /// Rows with nothing in any cell, as far as the file was looked at; they are not among the others.
    pub blank_rows: usize,
    /// Whether the whole file was looked at.
    pub is_whole: bool,
    /// The first rows below the headings.
    pub samples: Vec<csv::StringRecord>,
    /// Texts that look as if they meant that nothing is filled in, with the number of their cells, the most frequent first.
    pub blanks: Vec<(String, usize)>,
    /// What the cells say about how dates and numbers are written.
    pub evidence: Evidence,
}

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnSurvey {
    /// Cells that are not blank.
    pub filled: usize,
    /// A few different cells.
    pub samples: Vec<String>,
}

/// Looks a file through: the headings, how many rows, what stands in the columns, and which texts may mean blank.
pub fn survey(text: &str, signs: impl Into<Signs>) -> Result<Survey, Diagnostic> {
    let head = head_of(text);
    let mut rows = rows(head, signs);
    let headers = match rows.next() {
        Some(row) => headings(&row?.cells),
        None => return Err(Diagnostic::new(Code::NoRows)),
    };
    let mut found = Survey {
        columns: vec![ColumnSurvey::default(); headers.len()],
        headers,
        is_whole: head.len() == text.len(),
        ..Survey::default()
    };
    let markers: FxHashSet<String> =
        usual_blanks().into_iter().chain(OTHER_MARKERS.iter().map(|marker| (*marker).to_owned())).collect();
    let mut blanks: FxHashMap<String, usize> = FxHashMap::default();
    for row in rows.by_ref() {
        found.rows += 1;
        let Ok(row) = row else { continue };
        for (column, cell) in found.columns.iter_mut().zip(row.cells.iter()) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            column.filled += 1;
            found.evidence.look_at(cell);
            if column.samples.len() < SHOWN && !column.samples.iter().any(|known| known == cell) {
                column.samples.push(cell.to_owned());
            }
            if looks_blank(cell, &markers) {
                match blanks.get_mut(cell) {
                    Some(count) => *count += 1,
                    None => {
                        blanks.insert(cell.to_owned(), 1);
                    }
                }
            }
        }
        if found.samples.len() < SAMPLES {
            found.samples.push(row.cells);
        }
    }
    found.blank_rows = rows.blank() as usize;
    if !found.is_whole {
        found.rows = rounded(found.rows as u64 * text.len() as u64 / head.len().max(1) as u64);
    }
    found.blanks = blanks.into_iter().collect();
    found.blanks.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// Words that may mean that nothing is filled in, though they may be meant as well: they are offered, not taken for granted.
const OTHER_MARKERS: &[&str] = &[
    "unknown",
    "not specified",
    "not provided",
    "not applicable",
    "not available",
    "undefined",
    "missing",
    "blank",
    "empty",
    "tbd",
    "tba",
    "please select",
    "(blank)",
    "(empty)",
    "(none)",
    "不详",
    "待定",
    "待补充",
    "未提供",
    "没有",
    "请选择",
    "不清楚",
];

fn looks_blank(cell: &str, markers: &FxHashSet<String>) -> bool {
    const LONGEST: usize = 24;
    if cell.len() > LONGEST {
        return false;
    }
    !cell.chars().any(char::is_alphanumeric)
        || markers.contains(cell)
        || (cell.bytes().any(|byte| byte.is_ascii_uppercase()) && markers.contains(&cell.to_lowercase()))
}

/// An estimate with no more digits than it deserves.
fn rounded(estimate: u64) -> usize {
    let unit = 10u64.pow(estimate.checked_ilog10().unwrap_or(0).saturating_sub(3));
    ((estimate + unit / 2) / unit * unit) as usize
}

/// The beginning of a long text, cut at the end of a line.
fn head_of(text: &str) -> &str {
    if text.len() <= ENOUGH {
        return text;
    }
    let end = text.as_bytes()[..ENOUGH].iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    text.get(..end).filter(|head| !head.is_empty()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_blank_are_counted_as_they_stand() {
        let text = "Name,City\nAda,Select\nBo,Select\nCy,??\nDi,Not specified\n\nEd,\n";
        let found = survey(text, b',').unwrap();
        assert_eq!(found.rows, 5);
        assert_eq!(found.columns[1].filled, 4);
        assert_eq!(found.columns[0].samples, ["Ada", "Bo", "Cy"]);
        let blanks: Vec<(&str, usize)> = found.blanks.iter().map(|(text, count)| (text.as_str(), *count)).collect();
        assert_eq!(blanks, [("Select", 2), ("??", 1), ("Not specified", 1)]);
    }

    #[test]
    fn a_file_without_rows_says_so() {
        assert_eq!(survey("\u{feff}", b',').unwrap_err().code, Code::NoRows);
    }

    #[test]
    fn blank_rows_are_counted_and_estimates_are_rounded() {
        let found = survey("Name,City\n,,\nAda,\n\n  ,\nBo,\n\n\n", b',').unwrap();
        assert_eq!((found.rows, found.blank_rows), (2, 3));
        assert_eq!([rounded(0), rounded(987), rounded(333_871), rounded(1_234_567)], [0, 987, 333_900, 1_235_000]);
    }
}
