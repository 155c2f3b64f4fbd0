//! Numbered steps that bring data of older versions to the present one: pure functions over untyped JSON, never changed after a release.
//!
//! A step sees one document at a time: a commit of the log, or a whole snapshot. Pages are not migrated but made anew.

mod s0001_record_times;

use serde_json::Value;

use crate::model::change::Commit;
use crate::store::error::StoreError;
use crate::store::log::{self, EncodedCommit, Head, LogPosition};
use crate::store::opening::{HEAD, VERSION, Version, to_bytes};
use crate::store::shelf::{AnyShelf, Guard, Room, Shelf, Write, Written};
use crate::store::walk::Walk;

/// The version of the data that this program writes.
pub const DATA_VERSION: u32 = 1;

/// One step from a version to the next.
pub struct Step {
    /// The version that it leads to.
    pub number: u32,
    /// What it is for.
    pub name: &'static str,
    /// Changes a commit of the log.
    pub commit: fn(&mut Value),
    /// Changes a snapshot, but for the commits in its `log`, which [`migrate`] hands to `commit`.
    pub snapshot: fn(&mut Value),
}

/// All steps, in their order.
pub const STEPS: &[Step] = &[s0001_record_times::STEP];

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A commit of the log.
    Commit,
    /// A snapshot.
    Snapshot,
}

/// Brings a document from a version to the present one; gives the numbers of the steps that ran.
pub fn migrate(kind: Document, from: u32, document: &mut Value) -> Vec<u32> {
    let mut ran = Vec::new();
    for step in STEPS.iter().filter(|step| step.number > from) {
        match kind {
            Document::Commit => (step.commit)(document),
            Document::Snapshot => {
                (step.snapshot)(document);
                let log = document.get_mut("log").and_then(Value::as_array_mut);
                log.into_iter().flatten().for_each(step.commit);
                document["version"] = Value::from(step.number);
            }
        }
        ran.push(step.number);
    }
    ran
}

/// Brings the whole log to the present version in one transaction, chained anew; pages and history are thrown away.
pub(crate) async fn migrate_log(shelf: &AnyShelf, from: u32, head: Option<&[u8]>) -> Result<(), StoreError> {
    let stated = head.and_then(|bytes| serde_json::from_slice::<Head>(bytes).ok()).unwrap_or_default();
    let mut walk = Walk::from(LogPosition(1), stated);
    let mut writes = vec![Write::Clear { room: Room::Page }, Write::Clear { room: Room::History }];
    let mut last = Head::default();
    loop {
        let steps = walk.steps(shelf).await?;
        if steps.is_empty() {
            break;
        }
        for step in steps {
            // A log with holes is not rewritten: nothing that may still be rescued by hand is thrown away.
            let bytes = step.bytes.ok_or_else(|| StoreError::corrupt(log::name(step.position)))?;
            let entry = migrate_entry(from, step.position, &bytes, &last.hash)?;
            last = Head { position: step.position, hash: entry.hash };
            writes.push(Write::put(Room::Log, step.position.0, entry.bytes));
        }
    }
    writes.push(Write::put(Room::Meta, HEAD, to_bytes(&last)?));
    writes.push(Write::put(Room::Meta, VERSION, to_bytes(&Version::NOW)?));
    writes.push(Write::Delete { room: Room::Meta, key: crate::store::opening::CHECKPOINT.into() });
    match shelf.write(Some(Guard { key: HEAD, expected: head }), &writes).await? {
        Written::Done => Ok(()),
        Written::Refused { .. } => Err(StoreError::Replaced),
    }
}

fn migrate_entry(from: u32, at: LogPosition, bytes: &[u8], previous: &str) -> Result<EncodedCommit, StoreError> {
    let corrupt = |_| StoreError::corrupt(log::name(at));
    let mut document: Value = serde_json::from_slice(bytes).map_err(corrupt)?;
    migrate(Document::Commit, from, &mut document);
    let mut commit: Commit = serde_json::from_slice(document.to_string().as_bytes()).map_err(corrupt)?;
    log::encode(&mut commit, previous)
}
