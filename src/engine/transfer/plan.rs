//! Plans: what an import says about a row, before anybody carries it out.

use crate::model::diagnostic::Diagnostic;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Values;
use crate::model::value::Value;

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
    /// The key by which rows of other files name this one, where no field holds it.
    pub alias: Option<String>,
}

/// What is to be done with a row.
#[derive(Clone, Debug, PartialEq)]
pub enum RowOutcome {
    /// A record with these values is to be created.
    Create(Values),
    /// These values are to be written into a record.
    Update(RecordId, Values),
    /// Nothing: the record is there and has these values already.
    Unchanged(RecordId),
    /// Nothing: such rows are left out.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

impl RowPlan {
    /// The plan of a row before anything is known of it.
    pub(super) fn new(row: u64) -> RowPlan {
        RowPlan { row, outcome: RowOutcome::Skip, also: Vec::new(), late: Vec::new(), notes: Vec::new(), alias: None }
    }
}

/// What is left to do once all rows were read.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ending {
    /// Records that have to be created before the updates, because cells name them and no row had them.
    pub also: Vec<NewRecord>,
    /// Links that can be written now.
    pub updates: Vec<LateUpdate>,
    /// Links that cannot; their rows stand without them.
    pub rejected: Vec<Rejected>,
}
