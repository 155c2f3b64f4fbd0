//! The import: one row at a time becomes what is to be created or written, or a list of reasons why not.

use crate::engine::transfer::{Mapping, ReadCell, Row};
use crate::model::diagnostic::Diagnostic;
use crate::model::field::ChoiceOption;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::value::Value;

/// Turns rows into records. It owns all that it knows, so it can wait between slices while the state moves on.
pub struct Importer {}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct RowPlan {
    /// The row's number as a spreadsheet shows it.
    pub row: u64,
    /// What is to be done with it.
    pub outcome: RowOutcome,
    /// Records that have to be created before it, because cells name them.
    pub also: Vec<NewRecord>,
    /// Links to names that may come later in the file.
    pub late: Vec<LateLink>,
    /// What was understood though it was not quite what stood there.
    pub notes: Vec<Note>,
}

/// What is to be done with a row.
#[derive(Clone, Debug, PartialEq)]
pub enum RowOutcome {
    /// A record with these values is to be created.
    Create(Values),
    /// These values are to be written into a record.
    Update(RecordId, Values),
    /// Nothing: the record is there, and such rows are left out.
    Skip,
    /// Nothing: these are the reasons.
    Rejected(Vec<Rejected>),
}

/// Why a row was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The row's number as a spreadsheet shows it.
    pub row: u64,
    /// The heading of the column, where one is to blame.
    pub header: Option<String>,
    /// What is wrong, with the field.
    pub diagnostic: Diagnostic,
}

/// A record that a cell names and that does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// The id it is to get.
    pub id: RecordId,
    /// Its entity.
    pub entity: EntityId,
    /// Its values: the title.
    pub values: Values,
}

/// A link to a name that no record has yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateLink {
    /// The field.
    pub field: FieldId,
    /// The heading of its column.
    pub header: String,
    /// The name.
    pub name: String,
}

/// A link that could be resolved once all rows were read.
#[derive(Clone, Debug, PartialEq)]
pub struct LateUpdate {
    /// The row's number.
    pub row: u64,
    /// The record to write to.
    pub record: RecordId,
    /// Its field.
    pub field: FieldId,
    /// The link, or all links of a field that takes several.
    pub value: Value,
}

/// Something that was understood though it was not quite what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The row's number.
    pub row: u64,
    /// The field.
    pub field: FieldId,
    /// What stood in the cell.
    pub text: String,
    /// The title of the record, or the option, that it was taken for.
    pub taken_for: String,
}

impl Importer {
    /// Prepares an import: binds the mapping to the headings and reads the names of the records that links may point at.
    pub fn new(reader: &dyn Reader, mapping: Mapping, headers: &csv::StringRecord) -> Result<Importer, Vec<Diagnostic>> {
        let _ = (reader, mapping, headers);
        Ok(Importer {})
    }

    /// Says what a row comes to. `draw` gives ids for the records that cells name and that have to be created.
    pub fn read_row(
        &mut self,
        reader: &dyn Reader,
        read: ReadCell,
        row: &Row,
        draw: &mut dyn FnMut() -> RecordId,
    ) -> RowPlan {
        let _ = (reader, read, draw);
        RowPlan { row: row.number, outcome: RowOutcome::Skip, also: Vec::new(), late: Vec::new(), notes: Vec::new() }
    }

    /// Takes note that a plan was carried out on this record, so that later rows can name it and match it.
    pub fn note_done(&mut self, plan: &RowPlan, record: RecordId) {
        let _ = (plan, record);
    }

    /// Options that cells asked for since the last call, field by field; the caller adds them to the entity.
    pub fn take_new_options(&mut self) -> Vec<(FieldId, ChoiceOption)> {
        Vec::new()
    }

    /// Resolves the links that were waiting for later rows; those that still name nobody are reported.
    pub fn finish(&mut self, reader: &dyn Reader) -> (Vec<LateUpdate>, Vec<Rejected>) {
        let _ = reader;
        (Vec::new(), Vec::new())
    }
}
