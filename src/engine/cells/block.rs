//! Blocks as they stand on the clipboard: text with tabs between the cells, and a table in HTML.

use crate::model::field::FieldKind;
use crate::model::value::Value;

/// Rows of cells; they may differ in length.
pub type Block<T> = Vec<Vec<T>>;

/// A cell that is copied: what it holds, and how that reads elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// As text: numbers bare, days as `2026-11-22`.
    pub text: String,
    /// Whether other programs may take the text for a number or a day.
    pub is_plain: bool,
}

impl Cell {
    /// A cell with the text of a value.
    pub fn new(kind: &FieldKind, value: &Value, text: String) -> Cell {
        let is_plain = match value {
            Value::Empty | Value::Number(_) | Value::Money(_) | Value::Date(_) | Value::Instant(_) => true,
            Value::Flag(_) | Value::Duration(_) => !matches!(kind, FieldKind::Text { .. }),
            Value::Text(_)
            | Value::Choice(_)
            | Value::Choices(_)
            | Value::Link(_)
            | Value::Links(_)
            | Value::Files(_)
            | Value::Place(_) => false,
        };
        Cell { text, is_plain }
    }
}

/// Reads what a spreadsheet put on the clipboard. A cell in quotation marks may hold tabs, line ends and doubled marks; a mark that
/// is not closed before the next cell begins is a mark like any other letter.
pub fn parse(text: &str) -> Block<String> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    loop {
        let (cell, behind) = quoted(rest).unwrap_or_else(|| bare(rest));
        row.push(cell);
        rest = behind;
        if let Some(next) = rest.strip_prefix('\t') {
            rest = next;
            continue;
        }
        rows.push(std::mem::take(&mut row));
        let Some(next) = line_end(rest) else { break };
        // The end of the last line begins no further one.
        if next.is_empty() {
            break;
        }
        rest = next;
    }
    rows
}

/// A block as text: tabs between cells, line feeds between rows, and quotation marks where a cell holds either.
pub fn text(block: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    for (at, row) in block.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                out.push('\t');
            }
            if cell.text.contains(['\t', '\n', '\r', '"']) {
                out.push('"');
                out.push_str(&cell.text.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&cell.text);
            }
        }
    }
    out
}

/// A block as a table. What is a text stays one in a spreadsheet, even if it looks like a number or a formula.
pub fn html(block: &[Vec<Cell>]) -> String {
    let mut out = String::from("<meta charset=\"utf-8\"><table>");
    for row in block {
        out.push_str("<tr>");
        for cell in row {
            out.push_str(if cell.is_plain { "<td>" } else { "<td style=\"mso-number-format:'\\@'\">" });
            for letter in cell.text.replace("\r\n", "\n").chars() {
                match letter {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '\n' | '\r' => out.push_str("<br style=\"mso-data-placement:same-cell\">"),
                    other => out.push(other),
                }
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    out
}

/// A cell in quotation marks, if it is closed where a cell may end, and what stands behind it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, behind) = rest.split_once('"')?;
        cell.push_str(before);
        match behind.chars().next() {
            Some('"') => {
                cell.push('"');
                rest = &behind[1..];
            }
            None | Some('\t' | '\n' | '\r') => return Some((cell, behind)),
            Some(_) => return None,
        }
    }
}

fn bare(text: &str) -> (String, &str) {
    let (cell, behind) = text.split_at(text.find(['\t', '\n', '\r']).unwrap_or(text.len()));
    (cell.to_owned(), behind)
}

fn line_end(text: &str) -> Option<&str> {
    ["\r\n", "\n", "\r"].into_iter().find_map(|end| text.strip_prefix(end))
}
