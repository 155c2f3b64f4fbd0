//! Transfer: the rows of a file become records, and records become rows. Reading and showing single values is handed in by the
//! caller, as are new ids; it knows no browser and no store.

mod clean;
mod column;
mod contents;
mod export;
mod import;
mod index;
mod key;
mod link;
mod mapping;
mod name;
mod plan;
pub mod preset;
mod reading;
mod recognise;
mod rows;
mod suggest;
mod survey;
mod twin;

use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::value::Value;

pub use clean::{Cleaning, LetterCase, Part, PhoneForm, Word, clean, is_same_word};
pub use column::clean_header;
pub use contents::{ColumnContents, Contents, contents, tally};
pub use export::{ExportSettings, export_csv, export_rows, rejected_csv};
pub use import::{Aliases, Importer, with_options};
pub use link::LinkReader;
pub use mapping::{
    ColumnMapping, Join, Mapping, OnMatch, Overwriting, Reason, UnknownLink, UnknownOption, usual_blanks,
};
pub use name::{squashed, squashed_signs, without_company_form};
pub use plan::{Ending, LateLink, LateUpdate, NewRecord, Note, Rejected, RowOutcome, RowPlan};
pub use reading::{DateOrder, DecimalMark, Evidence, Reading};
pub use recognise::{
    Clue, FileLink, MappedSheet, NamedElsewhere, Recognised, SheetView, links, named_elsewhere, order, recognise,
};
pub use rows::{Row, Rows, Signs, Sniffed, headings, rows, sniff};
pub use suggest::{suggest, suggest_among};
pub use survey::{ColumnSurvey, Survey, survey};
pub use twin::{Likeness, Twin, tells_apart, twins};

/// How the text of a cell becomes a value: `form::read_text` with the settings of the workspace.
pub type ReadCell<'a> = &'a dyn Fn(&Field, &str) -> Result<Value, Diagnostic>;
