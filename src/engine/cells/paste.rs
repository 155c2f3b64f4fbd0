//! Pasting: which cell of a block goes where, what it means there, and what does not fit.

use super::fill::is_alike;
use super::{Block, ReadCell};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Values;
use crate::model::value::Value;

/// Where a block is pasted.
pub struct Target<'a> {
    /// The fields of the columns, from that of the first cell on to the last column.
    pub fields: &'a [&'a Field],
    /// The records of the rows, from that of the first cell on to the last row.
    pub rows: &'a [RecordId],
    /// How many rows and columns are selected.
    pub selected: (usize, usize),
}

/// What pasting comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    /// New values, record by record; a blank one empties its field.
    pub edits: Vec<(RecordId, Vec<(FieldId, Value)>)>,
    /// Rows of the block below the last record: what new records of them would hold.
    pub beyond: Vec<Values>,
    /// Cells that cannot go where they should.
    pub refused: Vec<Refused>,
    /// How many columns of the block stand beyond the last column.
    pub beside: usize,
    /// How many rows and columns have been written to.
    pub size: (usize, usize),
}

/// A cell that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Its row within what was pasted, from zero.
    pub row: usize,
    /// The record; none for a row that would become one.
    pub record: Option<RecordId>,
    /// The field.
    pub field: FieldId,
    /// What stood in it.
    pub text: String,
    /// Why it was not taken.
    pub wrong: Diagnostic,
}

/// Says what becomes of a block of texts. Where the block was copied here, `known` gives the very values, with the fields that they
/// stood in: they are taken where they mean the same.
pub fn paste(
    block: &Block<String>,
    known: Option<(&[Field], &Block<Value>)>,
    target: &Target<'_>,
    read: ReadCell<'_>,
) -> Pasted {
    let (height, width) = (block.len(), block.iter().map(Vec::len).max().unwrap_or(0));
    if height == 0 || width == 0 {
        return Pasted::default();
    }
    // A range that the block fills without a rest is filled with it; otherwise it lies where it begins.
    let repeated = |selected: usize, own: usize| if selected.is_multiple_of(own) { selected.max(own) } else { own };
    let (rows, columns) = match target.selected {
        (tall, wide) if tall.is_multiple_of(height) && wide.is_multiple_of(width) => (tall, wide),
        (tall, 1) => (repeated(tall, height), width),
        (1, wide) => (height, repeated(wide, width)),
        _ => (height, width),
    };
    let (rows, columns) = (rows.max(height), columns.max(width));
    let mut pasted =
        Pasted { beside: columns.saturating_sub(target.fields.len()), size: (rows, columns), ..Pasted::default() };
    for row in 0..rows {
        let record = target.rows.get(row).copied();
        let mut values = Vec::with_capacity(columns);
        for (column, field) in target.fields.iter().take(columns).enumerate() {
            let (from_row, from_column) = (row % height, column % width);
            let Some(text) = block[from_row].get(from_column) else { continue };
            let exact = known.and_then(|(fields, values)| {
                let source = fields.get(from_column)?;
                is_alike(source, field).then(|| values.get(from_row)?.get(from_column)).flatten()
            });
            let value = match exact {
                _ if !field.is_editable() => Err(Diagnostic::of_field(Code::ReadOnly, field.id)),
                Some(value) => Ok(value.clone()),
                None => read(field, text),
            };
            match value {
                Ok(value) => values.push((field.id, value)),
                // Nothing is lost where there was nothing.
                Err(_) if text.trim().is_empty() => {}
                Err(wrong) => {
                    let (field, text) = (field.id, text.clone());
                    pasted.refused.push(Refused { row, record, field, text, wrong: wrong.at_field(field) });
                }
            }
        }
        match record {
            Some(record) if !values.is_empty() => pasted.edits.push((record, values)),
            Some(_) => {}
            None => pasted.beyond.push(values.into_iter().collect()),
        }
    }
    pasted
}
