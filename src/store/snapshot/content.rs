//! The files of a snapshot: which ones a workspace speaks of, their content as text, and the check of what comes back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::check::malformed;
use super::{Fault, Problem};
use crate::model::change::{Change, Commit};
use crate::model::definition::Definition;
use crate::model::record::Record;
use crate::model::state::State;
use crate::model::value::{FileRef, Value};
use crate::store::log;

/// The content of files by hash; none where it is known to be lost.
pub type Contents = BTreeMap<String, Option<Vec<u8>>>;

/// A file as it stands in the document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    hash: String,
    name: String,
    media_type: String,
    size: u64,
    /// Base64; absent where the content was lost before the snapshot was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<String>,
}

/// The files that a workspace and its log speak of, each once.
pub fn referenced(state: &State, log: Option<&[Commit]>) -> BTreeMap<String, FileRef> {
    let mut files = BTreeMap::new();
    state.records().for_each(|record| note_record(record, &mut files));
    state.definitions().for_each(|(_, definition)| note_definition(definition, &mut files));
    for change in log.into_iter().flatten().flat_map(|commit| &commit.changes) {
        match change {
            Change::Created { record, .. } | Change::Removed { record } => note_record(record, &mut files),
            Change::Updated { fields, .. } => {
                fields.iter().for_each(|change| {
                    note(&change.before, &mut files);
                    note(&change.after, &mut files);
                });
            }
            Change::Defined { before, after, .. } => {
                before.iter().chain(after).for_each(|definition| note_definition(definition, &mut files));
            }
            Change::Remembered { .. } => {}
        }
    }
    files
}

fn note_definition(definition: &Definition, files: &mut BTreeMap<String, FileRef>) {
    if let Definition::Form(form) = definition {
        for file in form.files() {
            files.entry(file.hash.clone()).or_insert_with(|| file.clone());
        }
    }
}

fn note_record(record: &Record, files: &mut BTreeMap<String, FileRef>) {
    record.values.iter().for_each(|(_, value)| note(value, files));
}

fn note(value: &Value, files: &mut BTreeMap<String, FileRef>) {
    if let Value::Files(named) = value {
        for file in named.iter() {
            files.entry(file.hash.clone()).or_insert_with(|| file.clone());
        }
    }
}

/// Files as they are written.
pub(super) fn files(named: BTreeMap<String, FileRef>, contents: &Contents) -> Vec<File> {
    let file = |FileRef { hash, name, media_type, size }| {
        let content = contents.get(&hash).and_then(Option::as_deref);
        let size = content.map_or(size, |content| content.len() as u64);
        let content = content.map(encode);
        File { hash, name, media_type, size, content }
    };
    named.into_values().map(file).collect()
}

/// The contents by hash, if each is what it says, and none is missing that a record names.
pub(super) fn check(
    files: &[File],
    state: &State,
    problems: &mut Vec<Problem>,
    notices: &mut Vec<Problem>,
) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for (at, file) in files.iter().enumerate() {
        let path = format!("$.files[{at}]");
        if !listed.insert(&file.hash) {
            problems.push(Problem { path, fault: Fault::Duplicate { id: file.hash.clone() } });
            continue;
        }
        let Some(text) = &file.content else {
            notices.push(Problem { path, fault: Fault::MissingFile { name: file.name.clone() } });
            continue;
        };
        match decode(text) {
            Some(content) if log::hash(&content) == file.hash && content.len() as u64 == file.size => {
                contents.insert(file.hash.clone(), content);
            }
            Some(_) => problems.push(Problem { path, fault: Fault::WrongFile { name: file.name.clone() } }),
            None => problems.push(malformed(&format!("{path}.content"), "Base64 is expected here")),
        }
    }
    for file in referenced(state, None).into_values().filter(|file| !listed.contains(file.hash.as_str())) {
        problems.push(Problem { path: "$.files".to_owned(), fault: Fault::MissingFile { name: file.name } });
    }
    contents
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 (RFC 4648) with padding.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4u32 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at as usize <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// Reads Base64 back; none if it is not exactly what [`encode`] writes.
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut values = [None; 256];
    for (value, digit) in (0u32..).zip(DIGITS) {
        values[usize::from(*digit)] = Some(value);
    }
    let text = text.as_bytes();
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for (at, four) in text.chunks(4).enumerate() {
        let is_last = (at + 1) * 4 == text.len();
        let padding = four.iter().rev().take_while(|digit| **digit == b'=').count();
        if padding > 2 || padding > 0 && !is_last {
            return None;
        }
        let mut bits = 0;
        for digit in &four[..4 - padding] {
            bits = bits << 6 | values[usize::from(*digit)]?;
        }
        bits <<= 6 * padding as u32;
        let three = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        if three[3 - padding..].iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(&three[..3 - padding]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        for wrong in ["Zg", "Zg=", "Zh==", "Z===", "Zg==Zg==", "Zm9v\n", "Zm-v", "===="] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
