//! Reports: what has become of the rows of an import, each of them in exactly one of the counts.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::id::{BatchId, FieldId, RecordId};
use crate::model::record::Values;

/// How many rows have come to what: each row of the file is in exactly one of the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that became records.
    pub created: usize,
    /// Rows that changed records.
    pub updated: usize,
    /// Rows that said nothing new of the records that they are.
    pub unchanged: usize,
    /// Rows that were left out as asked.
    pub skipped: usize,
    /// Rows that were rejected.
    pub rejected: usize,
    /// Rows with nothing in any cell.
    pub blank: usize,
}

/// What has become of the rows of all files.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The batch under which everything was kept; none for a trial.
    pub batch: Option<BatchId>,
    /// What has become of each file that was begun, in the order in which they came in.
    pub files: Vec<FileReport>,
    /// Whether somebody cancelled it.
    pub is_cancelled: bool,
}

/// What has become of the rows of a file.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// How many rows have come to what.
    pub tally: Tally,
    /// Records that were made because cells named them.
    pub also_created: usize,
    /// Rows that were rejected, with the reasons, in the order of the file.
    pub rejected: Vec<RejectedRow>,
    /// Rows that were taken in without a link, because it names nobody.
    pub unlinked: Vec<RejectedRow>,
    /// What was understood though it was not quite what stood there: text, taken for, how often.
    pub understood: Vec<(FieldId, String, String, usize)>,
    /// What the rows of a trial would become.
    pub tried: Vec<TriedRow>,
    /// The entity with the options that a trial would add.
    pub entity: Option<Arc<Entity>>,
    /// The titles of the records that the rows of a trial would link to.
    pub titles: FxHashMap<RecordId, String>,
}

/// A rejected row.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedRow {
    /// The row's number as a spreadsheet shows it.
    pub row: u64,
    /// Its cells as they stood in the file.
    pub cells: Vec<String>,
    /// Heading of the column to blame and what is wrong, one or more.
    pub reasons: Vec<(Option<String>, Diagnostic)>,
}

/// A row of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedRow {
    /// The row's number as a spreadsheet shows it.
    pub row: u64,
    /// Its cells as they stand in the file.
    pub cells: Vec<String>,
    /// What would become of it.
    pub fate: TriedFate,
    /// The record that it would become or change.
    pub record: Option<RecordId>,
    /// What the record would hold.
    pub values: Values,
    /// What it holds now.
    pub before: Values,
    /// Heading of the column to blame and what is wrong, where the row would be rejected.
    pub reasons: Vec<(Option<String>, Diagnostic)>,
}

/// What would become of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriedFate {
    /// It would become a record.
    Created,
    /// It would change a record.
    Updated,
    /// It says nothing new.
    Unchanged,
    /// It would be left out.
    Skipped,
    /// It would be rejected.
    Rejected,
}

impl Tally {
    /// Rows that are accounted for, blank ones aside.
    pub fn rows(&self) -> usize {
        self.created + self.updated + self.unchanged + self.skipped + self.rejected
    }

    /// Two tallies as one.
    pub fn and(self, other: Tally) -> Tally {
        Tally {
            created: self.created + other.created,
            updated: self.updated + other.updated,
            unchanged: self.unchanged + other.unchanged,
            skipped: self.skipped + other.skipped,
            rejected: self.rejected + other.rejected,
            blank: self.blank + other.blank,
        }
    }
}

impl ImportReport {
    /// How many rows of all files have come to what.
    pub fn tally(&self) -> Tally {
        self.files.iter().map(|file| file.tally).fold(Tally::default(), Tally::and)
    }
}

impl FileReport {
    /// What was understood otherwise than written, and links that name nobody and stayed blank: field, text, what it was taken for
    /// (nothing for a blank link), and in how many rows.
    pub fn noted(&self) -> Vec<(FieldId, String, String, usize)> {
        let mut blank: FxHashMap<(FieldId, &str), usize> = FxHashMap::default();
        let mut noted = self.understood.clone();
        for (_, diagnostic) in self.unlinked.iter().flat_map(|row| &row.reasons) {
            let Some(field) = diagnostic.at.field else { continue };
            let text = diagnostic.argument("value").unwrap_or_default();
            let next = noted.len();
            let at = *blank.entry((field, text)).or_insert(next);
            if at == next {
                noted.push((field, text.to_owned(), String::new(), 0));
            }
            if let Some((.., count)) = noted.get_mut(at) {
                *count += 1;
            }
        }
        noted
    }
}
