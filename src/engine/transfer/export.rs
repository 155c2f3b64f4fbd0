//! CSV out: records as rows, safe to open in a spreadsheet, and rejected rows with their reasons.

use std::borrow::Cow;

use crate::model::entity::Entity;
use crate::model::field::{Field, Language};
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// What goes into a file, and how.
pub struct ExportSettings<'a> {
    /// The columns, in their order.
    pub fields: &'a [FieldId],
    /// The language of the headings.
    pub language: Language,
    /// How a value becomes text: `form::show`.
    pub show: &'a dyn Fn(&Field, &Value) -> String,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The whole file: byte order mark, headings, a row for each record.
pub fn export_csv(reader: &dyn Reader, entity: &Entity, ids: &[RecordId], settings: &ExportSettings) -> String {
    let mut out = String::new();
    out.push(BYTE_ORDER_MARK);
    let labels = fields_of(entity, settings).map(|field| Cow::Borrowed(field.label.text(settings.language)));
    push_row(&mut out, labels);
    export_rows(reader, entity, ids, settings, &mut out);
    out
}

/// Appends the rows of some records, for files that are made a slice at a time.
pub fn export_rows(
    reader: &dyn Reader,
    entity: &Entity,
    ids: &[RecordId],
    settings: &ExportSettings,
    out: &mut String,
) {
    let fields: Vec<&Field> = fields_of(entity, settings).collect();
    for record in ids.iter().filter_map(|id| reader.record(*id)) {
        push_row(out, fields.iter().map(|field| Cow::Owned((settings.show)(field, record.value(field.id)))));
    }
}

/// The rejected rows as a file that can be mended and imported again: the columns as they were, then the reason.
pub fn rejected_csv<'a>(
    headers: &csv::StringRecord,
    reason_label: &str,
    rejected: impl IntoIterator<Item = (&'a csv::StringRecord, &'a str)>,
) -> String {
    let mut out = String::new();
    out.push(BYTE_ORDER_MARK);
    push_row(&mut out, headers.iter().chain([reason_label]).map(Cow::Borrowed));
    for (cells, reason) in rejected {
        // A short row is filled up, so that the reason stands in its own column.
        let padded = (0..headers.len().max(cells.len())).map(|column| Cow::Borrowed(cells.get(column).unwrap_or("")));
        push_row(&mut out, padded.chain([Cow::Borrowed(reason)]));
    }
    out
}

fn fields_of<'a>(entity: &'a Entity, settings: &'a ExportSettings) -> impl Iterator<Item = &'a Field> {
    settings.fields.iter().filter_map(|field| entity.field(*field))
}

fn push_row<'a>(out: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            out.push(',');
        }
        push_cell(out, &cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &str) {
    let guard = if is_formula(cell) { "'" } else { "" };
    if cell.contains([',', '"', '\r', '\n']) || cell != cell.trim() {
        out.push('"');
        out.push_str(guard);
        for (index, part) in cell.split('"').enumerate() {
            if index > 0 {
                out.push_str("\"\"");
            }
            out.push_str(part);
        }
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(cell);
    }
}

/// Whether a spreadsheet might run the cell; signed numbers and telephone numbers are harmless.
fn is_formula(cell: &str) -> bool {
    match cell.as_bytes().first() {
        Some(b'=' | b'@' | b'\t' | b'\r') => true,
        Some(b'+' | b'-') => {
            let rest = &cell[1..];
            rest.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'%' | b' '))
        }
        _ => false,
    }
}
