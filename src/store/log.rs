//! Log entries: a commit as JSON bytes, chained to the entry before it by its hash, and numbered by its position.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::change::{Commit, Stamp};
use crate::model::id::RecordId;
use crate::store::error::StoreError;

/// How many entries the log held once this one was in: the first stands at 1, and 0 is the empty log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LogPosition(pub u64);

impl fmt::Display for LogPosition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl LogPosition {
    /// The position of the next entry.
    pub fn next(self) -> Self {
        LogPosition(self.0 + 1)
    }
}

/// Where a log ends.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The position of the last entry.
    pub position: LogPosition,
    /// SHA-256 of the last entry in hexadecimal; empty for the empty log.
    pub hash: String,
}

/// A commit as it will stand in the log; only [`encode`] makes one, so that its hash is that of its bytes.
#[derive(Clone, Debug)]
pub struct EncodedCommit {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: String,
    pub(super) previous: String,
    pub(super) records: Vec<RecordId>,
    at: Stamp,
}

impl EncodedCommit {
    /// JSON.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where it stands among the commits of all devices.
    pub fn at(&self) -> Stamp {
        self.at
    }

    /// SHA-256 of the bytes, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// A commit of the log with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Where it stands.
    pub position: LogPosition,
    /// The commit.
    pub commit: Commit,
}

/// A part of the log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Excerpt {
    /// The commits that could be read.
    pub commits: Vec<Kept>,
    /// The positions of those that could not.
    pub damaged: Vec<LogPosition>,
}

/// Puts a commit behind the entry with that hash (none: an empty text) and writes it out.
pub fn encode(commit: &mut Commit, previous: &str) -> Result<EncodedCommit, StoreError> {
    previous.clone_into(&mut commit.previous);
    let bytes = serde_json::to_vec(&commit)
        .map_err(|error| StoreError::Failed { name: "EncodeError".to_owned(), detail: error.to_string() })?;
    Ok(EncodedCommit {
        hash: hash(&bytes),
        bytes,
        previous: previous.to_owned(),
        records: commit.records().into_iter().map(|(record, _)| record).collect(),
        at: commit.at,
    })
}

/// Checks that entries stand one behind the other as the first is said to; gives the place of the first that does not. Their own
/// hashes are as [`encode`] took them.
pub fn verify(previous: &str, entries: &[EncodedCommit]) -> Result<(), usize> {
    let mut before = previous;
    for (at, entry) in entries.iter().enumerate() {
        if entry.previous != before {
            return Err(at);
        }
        before = &entry.hash;
    }
    Ok(())
}

/// Reads an entry back.
pub fn decode(position: LogPosition, bytes: &[u8]) -> Result<Commit, StoreError> {
    serde_json::from_slice(bytes).map_err(|_| StoreError::corrupt(name(position)))
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// The name of an entry in reports: `log/17`.
pub fn name(position: LogPosition) -> String {
    format!("log/{position}")
}
