//! Numbered steps that bring data of older versions to the present one: pure functions over untyped JSON, never changed after a release.
//!
//! A step sees one document at a time: a commit of the log, or a whole snapshot. Pages are not migrated but made anew.

mod s0001_record_times;
mod s0002_typed_causes;

use serde_json::Value;

use crate::model::change::Commit;
use crate::store::error::StoreError;
use crate::store::log::{self, EncodedCommit, Head, LogPosition};
use crate::store::opening::{HEAD, Quarantined, Reason, VERSION, Version, to_bytes};
use crate::store::shelf::{AnyShelf, Entry, Guard, Read, Room, Shelf, Write, Written};
use crate::store::walk::Walk;

/// The version of the data that this program writes.
pub const DATA_VERSION: u32 = 2;

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
pub const STEPS: &[Step] = &[s0001_record_times::STEP, s0002_typed_causes::STEP];

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
        step.run(kind, document);
        ran.push(step.number);
    }
    ran
}

impl Step {
    /// Takes this step alone.
    pub fn run(&self, kind: Document, document: &mut Value) {
        match kind {
            Document::Commit => (self.commit)(document),
            Document::Snapshot => {
                (self.snapshot)(document);
                let log = document.get_mut("log").and_then(Value::as_array_mut);
                log.into_iter().flatten().for_each(self.commit);
                document["version"] = Value::from(self.number);
            }
        }
    }
}

/// Brings the whole log to the present version in one transaction, chained anew; pages and history are thrown away.
///
/// What is damaged stays as it was found, for opening to name. Entries that are not what was written behind are named here, since
/// nothing tells it once the log is chained anew; they are set aside, and with them all pages if the log has holes.
pub(crate) async fn migrate_log(
    shelf: &AnyShelf,
    from: u32,
    head: Option<&[u8]>,
) -> Result<Vec<Quarantined>, StoreError> {
    let stated = head.and_then(|bytes| serde_json::from_slice::<Head>(bytes).ok()).unwrap_or_default();
    let mut walk = Walk::from(LogPosition(1), stated.clone());
    let mut writes = vec![Write::Clear { room: Room::Page }, Write::Clear { room: Room::History }];
    let mut last = Head::default();
    let mut former: Option<(LogPosition, Vec<u8>)> = None;
    let mut altered: Vec<(LogPosition, Vec<u8>)> = Vec::new();
    let mut is_whole = true;
    loop {
        let steps = walk.steps(shelf).await?;
        if steps.is_empty() {
            break;
        }
        for step in steps {
            altered.extend(former.take().filter(|_| step.follows_altered));
            last.position = step.position;
            match step.bytes.map(|bytes| (migrate_entry(from, step.position, &bytes, &last.hash), bytes)) {
                Some((Ok(entry), bytes)) => {
                    last.hash = entry.hash;
                    writes.push(Write::put(Room::Log, step.position.0, entry.bytes));
                    former = Some((step.position, bytes));
                }
                Some((Err(_), bytes)) => {
                    last.hash = log::hash(&bytes);
                    is_whole = false;
                }
                None => is_whole = false,
            }
        }
    }
    let is_end_altered = walk.last().position == stated.position && walk.last().hash != stated.hash;
    altered.extend(former.filter(|_| is_end_altered));
    if !is_whole {
        let pages = shelf.read(&[Read::All(Room::Page)]).await?.pop().unwrap_or_default();
        let aside = |page: Entry| Write::put(Room::Quarantine, format!("page/{}", page.key).as_str(), page.bytes);
        writes.extend(pages.into_iter().map(aside));
    }
    let name = |(position, _): &(LogPosition, Vec<u8>)| Quarantined {
        key: log::name(*position),
        reason: Reason::Altered,
        rebuilt: false,
    };
    let named = altered.iter().map(name).collect();
    let aside = |(position, bytes)| Write::put(Room::Quarantine, log::name(position).as_str(), bytes);
    writes.extend(altered.into_iter().map(aside));
    writes.push(Write::put(Room::Meta, HEAD, to_bytes(&last)?));
    writes.push(Write::put(Room::Meta, VERSION, to_bytes(&Version::NOW)?));
    writes.push(Write::Delete { room: Room::Meta, key: crate::store::opening::CHECKPOINT.into() });
    match shelf.write(Some(Guard { key: HEAD, expected: head }), &writes).await? {
        Written::Done => Ok(named),
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
