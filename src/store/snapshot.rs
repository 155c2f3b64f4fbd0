//! Snapshots: a whole workspace as one JSON document, written to be read by people and programs, and read back strictly or not at all.
//!
//! The format is described by `public/schema/snapshot.schema.json`.

mod check;
mod content;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::change::{Cause, Change, Commit, Signature, Stamp};
use crate::model::definition::Definition;
use crate::model::id::{CellId, CommitId, DefinitionId, IdSource, RecordId};
use crate::model::json;
use crate::model::record::Record;
use crate::model::state::State;
use crate::model::time::Instant;
use crate::model::value::Value;
use crate::store::error::StoreError;
use crate::store::log::{self, EncodedCommit};
use crate::store::migration::{self, DATA_VERSION, Document};

use content::File;
pub use content::{Contents, referenced};

/// What the member `format` of a snapshot says.
pub const FORMAT: &str = "perennial.snapshot";

/// Changes in one commit when a snapshot without a log becomes a log.
const SLICE: usize = 500;

/// A snapshot that was read and found right.
pub struct Snapshot {
    /// When it was made.
    pub made: Instant,
    /// The workspace.
    pub state: State,
    /// How it came to be, if the snapshot tells.
    pub log: Option<Vec<Commit>>,
    /// Files by their hash; none if they were left out.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is odd about it without being wrong: links to records, and files, that are not there.
    pub notices: Vec<Problem>,
}

/// Why a snapshot is refused, or what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {fault}")]
pub struct Problem {
    /// Where, as a JSON path: `$.records[17].values.phone`.
    pub path: String,
    /// What.
    pub fault: Fault,
}

/// What is wrong with a place in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is not what the format asks for.
    #[error("{detail}")]
    Malformed {
        /// In the words of the JSON reader.
        detail: String,
    },
    /// It comes from a newer version of the product.
    #[error("version {found} is newer than {known}")]
    TooNew {
        /// The version that was found.
        found: u32,
        /// The newest version that is known.
        known: u32,
    },
    /// A member that nobody knows.
    #[error("nobody knows this member")]
    UnknownMember,
    /// The same id a second time.
    #[error("{id} is there twice")]
    Duplicate {
        /// The id.
        id: String,
    },
    /// No definition of that entity.
    #[error("there is no entity {name}")]
    UnknownEntity {
        /// Its name.
        name: String,
    },
    /// The entity has no such field.
    #[error("there is no field {name}")]
    UnknownField {
        /// Its name.
        name: String,
    },
    /// The value is of another type than the field.
    #[error("the field holds values of another type")]
    WrongType,
    /// A link to a record that is not there.
    #[error("there is no record {record}")]
    MissingRecord {
        /// Its id.
        record: RecordId,
    },
    /// A file that a record names, but that the snapshot does not hold.
    #[error("the file {name} is not there")]
    MissingFile {
        /// Its name.
        name: String,
    },
    /// The content of a file is not what its hash and size were made of.
    #[error("the content of {name} is not what was put in")]
    WrongFile {
        /// Its name.
        name: String,
    },
    /// The content is not what the checksum was made of.
    #[error("the checksum is another one")]
    WrongChecksum,
    /// The log does not lead to this state, or is not chained.
    #[error("the log does not tell this state")]
    LogMismatch,
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    made: Instant,
    definitions: Vec<&'a Definition>,
    records: &'a [&'a Record],
    cells: BTreeMap<CellId, &'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<&'a [Commit]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<&'a [File]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
}

/// The shape of the document; definitions are looked at one by one, since serde lets unknown members of theirs pass.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[allow(dead_code, reason = "it was looked at before")]
    format: String,
    #[allow(dead_code, reason = "it was looked at before")]
    version: u32,
    made: Instant,
    definitions: Vec<serde_json::Value>,
    records: Vec<Record>,
    cells: BTreeMap<CellId, Value>,
    #[serde(default)]
    log: Option<Vec<Commit>>,
    #[serde(default)]
    files: Option<Vec<File>>,
    #[serde(default)]
    checksum: Option<String>,
}

/// Writes a workspace out: definitions and records by id, cells, log and files if they are given, and a checksum over all of it.
pub fn export(
    state: &State,
    log: Option<&[Commit]>,
    files: Option<&Contents>,
    made: Instant,
) -> Result<String, StoreError> {
    let failed =
        |error: serde_json::Error| StoreError::Failed { name: "EncodeError".to_owned(), detail: error.to_string() };
    let mut records: Vec<&Record> = state.records().map(Arc::as_ref).collect();
    records.sort_unstable_by_key(|record| record.id);
    let files = files.map(|contents| content::files(referenced(state, log), contents));
    let mut written = Written {
        format: FORMAT,
        version: DATA_VERSION,
        made,
        definitions: state.definitions().map(|(_, definition)| definition).collect(),
        records: &records,
        cells: state.cells().collect(),
        log,
        files: files.as_deref(),
        checksum: None,
    };
    written.checksum = Some(checksum(&written).map_err(failed)?);
    serde_json::to_string(&written).map_err(failed)
}

/// Reads a snapshot of any version up to the present one. Refused as a whole if anything is wrong, with all that is wrong.
pub fn read(text: &str) -> Result<Snapshot, Vec<Problem>> {
    let raw = parse(text)?;
    let definitions = check::definitions(&raw.definitions)?;
    let mut problems = check::records(&definitions, &raw.records);
    if let Some(stated) = &raw.checksum {
        let records: Vec<&Record> = raw.records.iter().collect();
        let written = Written {
            format: FORMAT,
            version: DATA_VERSION,
            made: raw.made,
            definitions: definitions.values().collect(),
            records: &records,
            cells: raw.cells.iter().map(|(cell, value)| (*cell, value)).collect(),
            log: raw.log.as_deref(),
            files: raw.files.as_deref(),
            checksum: None,
        };
        if checksum(&written).ok().as_ref() != Some(stated) {
            problems.push(Problem { path: "$.checksum".to_owned(), fault: Fault::WrongChecksum });
        }
    }
    let records: FxHashMap<RecordId, Arc<Record>> =
        raw.records.into_iter().map(|record| (record.id, Arc::new(record))).collect();
    let mut notices = check::links(&records);
    let state = State::load(definitions, records, raw.cells);
    if raw.log.as_deref().is_some_and(|log| !check::log_tells(log, &state)) {
        problems.push(Problem { path: "$.log".to_owned(), fault: Fault::LogMismatch });
    }
    let files = match &raw.files {
        Some(files) => content::check(files, &state, &mut problems, &mut notices),
        None => BTreeMap::new(),
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Snapshot { made: raw.made, state, log: raw.log, files, notices })
}

impl Snapshot {
    /// The log of the workspace, for `Store::replace_all`: the one in the snapshot, or one that puts everything in as it stands.
    pub fn entries(&self, by: Signature, ids: &mut IdSource) -> Result<Vec<EncodedCommit>, StoreError> {
        match &self.log {
            Some(log) => chained(log.clone()),
            None => found(&self.state, self.made, by, ids),
        }
    }
}

/// A log that puts a workspace in as it stands.
pub fn found(
    state: &State,
    made: Instant,
    by: Signature,
    ids: &mut IdSource,
) -> Result<Vec<EncodedCommit>, StoreError> {
    chained(founding(state, made, by, ids))
}

fn chained(mut commits: Vec<Commit>) -> Result<Vec<EncodedCommit>, StoreError> {
    let mut previous = String::new();
    let mut entries = Vec::with_capacity(commits.len());
    for commit in &mut commits {
        let entry = log::encode(commit, &previous)?;
        previous.clone_from(&entry.hash);
        entries.push(entry);
    }
    Ok(entries)
}

fn founding(state: &State, made: Instant, by: Signature, ids: &mut IdSource) -> Vec<Commit> {
    let defined = state.definitions().map(|(id, definition)| Change::Defined {
        id,
        before: None,
        after: Some(definition.clone()),
    });
    let mut records: Vec<&Arc<Record>> = state.records().collect();
    records.sort_unstable_by_key(|record| record.id);
    let created = records.into_iter().map(|record| Change::Created { record: record.clone(), by: None });
    let remembered =
        state.cells().map(|(cell, value)| Change::Remembered { cell, before: Value::Empty, after: value.clone() });
    let changes: Vec<Change> = defined.chain(created).chain(remembered).collect();
    let batch = crate::model::id::BatchId(ids.draw());
    let mut by = by;
    let mut commits = Vec::with_capacity(changes.len().div_ceil(SLICE));
    for slice in changes.chunks(SLICE) {
        let commit = Commit::signed(CommitId(ids.draw()), by, Cause::Restore { made }, slice.to_vec());
        commits.push(Commit { batch: Some(batch), ..commit });
        by.at = Stamp::next(by.at, by.at.time, by.at.device);
    }
    commits
}

fn parse(text: &str) -> Result<Raw, Vec<Problem>> {
    #[derive(Deserialize)]
    struct Front {
        format: String,
        version: u32,
    }
    let malformed = |path: &str, error: serde_json::Error| {
        vec![Problem { path: path.to_owned(), fault: Fault::Malformed { detail: error.to_string() } }]
    };
    let front: Front = json::read(text).map_err(|error| malformed("$", error))?;
    if front.format != FORMAT {
        let fault = Fault::Malformed { detail: format!("`{FORMAT}` is expected here") };
        return Err(vec![Problem { path: "$.format".to_owned(), fault }]);
    }
    if front.version > DATA_VERSION {
        let fault = Fault::TooNew { found: front.version, known: DATA_VERSION };
        return Err(vec![Problem { path: "$.version".to_owned(), fault }]);
    }
    if front.version == DATA_VERSION {
        match json::read(text) {
            Ok(raw) => return Ok(raw),
            // Slowly once more, to tell where it went wrong.
            Err(error) => {
                let document: serde_json::Value = json::read(text).map_err(|error| malformed("$", error))?;
                let problems = check::shape(&document);
                return Err(if problems.is_empty() { malformed("$", error) } else { problems });
            }
        }
    }
    let mut document: serde_json::Value = json::read(text).map_err(|error| malformed("$", error))?;
    migration::migrate(Document::Snapshot, front.version, &mut document);
    let problems = check::shape(&document);
    if !problems.is_empty() {
        return Err(problems);
    }
    json::read(&document.to_string()).map_err(|error| malformed("$", error))
}

/// SHA-256 of the document as it is written without its checksum and without white space.
fn checksum(written: &Written<'_>) -> Result<String, serde_json::Error> {
    struct Hashed(Sha256);
    impl std::io::Write for Hashed {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut hashed = std::io::BufWriter::with_capacity(1 << 14, Hashed(Sha256::new()));
    serde_json::to_writer(&mut hashed, written)?;
    let hashed = hashed.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
    Ok(log::hexadecimal(&hashed.0.finalize()))
}

/// Definitions by id, as [`State::load`] takes them.
type Definitions = BTreeMap<DefinitionId, Definition>;
