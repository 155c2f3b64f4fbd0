//! Cells: blocks of values as spreadsheets exchange them, and what a change to many records makes of each value. How a text is read
//! and how a record is found by its name is handed in; it knows no clipboard and no screen.

mod block;
mod change;
mod fill;
mod paste;
mod series;

use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::model::value::Value;

pub use block::{Block, Cell, html, parse, text};
pub use change::{CellChange, Operation, operations};
pub use fill::{Way, everywhere, filled};
pub use paste::{Pasted, Refused, Target, paste};
pub use series::{Continued, continued, is_series};

/// A record and the values that it gets.
pub type Edit = (RecordId, Vec<(FieldId, Value)>);

/// How the text of a cell becomes a value, with links found by name.
pub type ReadCell<'a> = &'a mut dyn FnMut(&Field, &str) -> Result<Value, Diagnostic>;
