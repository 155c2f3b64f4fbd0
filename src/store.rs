//! The store: a durable log of commits, and pages as its cache, on a shelf in memory or in the browser's database.
//! It knows the model and nothing else of ours: no engines, no reactivity, no views; and it has neither clock nor chance.
//!
//! In five lines:
//!
//! ```ignore
//! let Opened { store, mut state, mut head, mut pages, quarantined, .. } = Store::open(shelf, fresh_device).await?;
//! let entry = log::encode(&mut commit, &head.hash)?;                      // sets `commit.previous`
//! state.apply_all(&commit.changes); pages.note(&commit);                  // at once, before anything is awaited
//! head = store.append(&head, &[entry]).await?;                            // on disk; `Behind`: see `commits_since`, decide again
//! let mut checkpoint = pages.begin(&head); while pages.encode_some(&state, &mut checkpoint, 8)? { /* let a frame pass */ }
//! store.checkpoint(&checkpoint).await                                     // on error `pages.give_up(checkpoint)`; on `Overtaken` also `pages.spoil_all()`
//! ```
//!
//! The log tells everything since the workspace was empty; whatever else is kept can be made from it.

pub mod codec;
pub mod contract;
pub mod error;
mod fold;
pub mod history;
#[cfg(all(feature = "browser", target_arch = "wasm32"))]
pub mod indexed_db;
pub mod log;
pub mod memory;
pub mod migration;
pub mod opening;
pub mod page;
pub mod shelf;
pub mod snapshot;
mod walk;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use error::StoreError;
pub use log::{EncodedCommit, Excerpt, Head, Kept, LogPosition};
pub use opening::{Note, Quarantined, Reason};
pub use page::{Checkpoint, PageMap};
pub use shelf::{AnyShelf, Usage};

use crate::model::change::Stamp;
use crate::model::id::RecordId;
use crate::model::state::State;
use history::Tail;
use opening::{CHECKPOINT, HEAD, Marker, to_bytes};
use shelf::{Guard, Key, Read, Room, Shelf, Write, Written};
use walk::{Step, Walk};

/// An open workspace on disk. A clone is the same one.
#[derive(Clone)]
pub struct Store {
    shelf: AnyShelf,
    tail: Rc<RefCell<Tail>>,
    // The bytes of the checkpoint that this connection knows of.
    marker: Rc<RefCell<Option<Vec<u8>>>>,
}

/// What opening gives.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The state of the workspace.
    pub state: State,
    /// Where the log ends.
    pub head: Head,
    /// The latest stamp that was seen at the end of the log; the clock goes on behind it.
    pub latest: Stamp,
    /// Which record lies on which page.
    pub pages: PageMap,
    /// The number of this device.
    pub device: u32,
    /// What could not be read.
    pub quarantined: Vec<Quarantined>,
    /// What else there is to say.
    pub notes: Vec<Note>,
}

impl Store {
    /// Opens what is on a shelf; a new workspace belongs to the device with that number, drawn by chance outside.
    pub async fn open(shelf: impl Into<AnyShelf>, fresh_device: u32) -> Result<Opened, StoreError> {
        opening::open(shelf.into(), fresh_device).await
    }

    /// Opens what is on the same shelf by now, when another tab has replaced it.
    pub async fn open_again(&self, fresh_device: u32) -> Result<Opened, StoreError> {
        opening::open(self.shelf.clone(), fresh_device).await
    }

    pub(crate) fn assemble(shelf: AnyShelf, tail: Tail, marker: Option<Vec<u8>>) -> Self {
        Store { shelf, tail: Rc::new(RefCell::new(tail)), marker: Rc::new(RefCell::new(marker)) }
    }

    /// Writes commits behind the expected end of the log, all of them or none; they are on disk when this returns.
    ///
    /// If the log ends elsewhere by now, nothing is written: [`StoreError::Behind`], or [`StoreError::Replaced`] if it is shorter.
    pub async fn append(&self, expected: &Head, commits: &[EncodedCommit]) -> Result<Head, StoreError> {
        if let Err(at) = log::verify(&expected.hash, commits) {
            return Err(StoreError::corrupt(log::name(LogPosition(expected.position.0 + 1 + at as u64))));
        }
        let Some(last) = commits.last() else {
            return Ok(expected.clone());
        };
        let head = Head { position: LogPosition(expected.position.0 + commits.len() as u64), hash: last.hash.clone() };
        let mut writes = Vec::with_capacity(commits.len() + 1);
        for (position, commit) in (expected.position.0 + 1..).zip(commits) {
            writes.push(Write::put(Room::Log, position, commit.bytes.as_slice()));
        }
        writes.push(Write::put(Room::Meta, HEAD, to_bytes(&head)?));
        let guard = to_bytes(expected)?;
        match self.shelf.write(Some(Guard { key: HEAD, expected: Some(&guard) }), &writes).await? {
            Written::Done => {}
            Written::Refused { found } => return Err(refusal(expected, found.as_deref())),
        }
        let mut tail = self.tail.borrow_mut();
        for (position, commit) in (expected.position.0 + 1..).zip(commits) {
            tail.note(LogPosition(position), commit.records.iter().copied());
        }
        Ok(head)
    }

    /// What was written since a known end of the log, and where it ends now.
    pub async fn commits_since(&self, known: &Head) -> Result<(Head, Excerpt), StoreError> {
        let head = self.head().await?;
        let mut excerpt = Excerpt::default();
        let mut walk = Walk::from(known.position, head.clone());
        loop {
            let steps = walk.steps(&self.shelf).await?;
            if steps.is_empty() {
                break;
            }
            for step in steps {
                let is_known = step.position == known.position;
                let is_other = step.bytes.as_deref().is_some_and(|bytes| log::hash(bytes) != known.hash);
                if is_known && is_other {
                    return Err(StoreError::Replaced);
                }
                if step.position > known.position && step.position <= head.position {
                    self.take_in(step, &mut excerpt);
                }
            }
        }
        if head.position < known.position { Err(StoreError::Replaced) } else { Ok((head, excerpt)) }
    }

    fn take_in(&self, step: Step, excerpt: &mut Excerpt) {
        match step.bytes.and_then(|bytes| log::decode(step.position, &bytes).ok()) {
            Some(commit) => {
                let records = commit.records().into_iter().map(|(record, _)| record);
                self.tail.borrow_mut().note(step.position, records);
                excerpt.commits.push(Kept { position: step.position, commit });
            }
            None => excerpt.damaged.push(step.position),
        }
    }

    /// Where the log ends on disk.
    pub async fn head(&self) -> Result<Head, StoreError> {
        let head = self.get(Room::Meta, HEAD).await?.ok_or_else(|| StoreError::corrupt("meta/head"))?;
        serde_json::from_slice(&head).map_err(|_| StoreError::corrupt("meta/head"))
    }

    /// The commits that touch a record, the newest first. A commit of an import touches others as well.
    pub async fn commits_of(&self, record: RecordId) -> Result<Excerpt, StoreError> {
        let mut positions = self.tail.borrow().of(record).to_vec();
        let bucket = history::bucket(record);
        if let Some(bytes) = self.get(Room::History, bucket).await? {
            let told = match history::decode(&bytes) {
                Ok(told) => told,
                Err(_) => self.history_of_the_log(&[bucket]).await?.remove(&bucket).unwrap_or_default(),
            };
            positions.extend(told.get(&record).into_iter().flatten());
        }
        positions.sort_unstable();
        positions.dedup();
        positions.reverse();
        self.commits_at(&positions).await
    }

    /// The commits at these positions, in this order.
    pub async fn commits_at(&self, positions: &[LogPosition]) -> Result<Excerpt, StoreError> {
        let reads: Vec<Read> = positions.iter().map(|at| Read::One(Room::Log, Key::Number(at.0))).collect();
        let answers = if reads.is_empty() { Vec::new() } else { self.shelf.read(&reads).await? };
        let mut excerpt = Excerpt::default();
        for (position, entries) in positions.iter().zip(answers) {
            match entries.first().and_then(|entry| log::decode(*position, &entry.bytes).ok()) {
                Some(commit) => excerpt.commits.push(Kept { position: *position, commit }),
                None => excerpt.damaged.push(*position),
            }
        }
        Ok(excerpt)
    }

    /// The last `count` commits before a position, the newest first; from the end of the log if there is none.
    pub async fn last_commits(&self, count: u64, before: Option<LogPosition>) -> Result<Excerpt, StoreError> {
        let before = match before {
            Some(before) => before.0,
            None => self.head().await?.position.0 + 1,
        };
        let from = before.saturating_sub(count).max(1);
        let positions: Vec<LogPosition> = (from..before).rev().map(LogPosition).collect();
        self.commits_at(&positions).await
    }

    /// Reads the whole log and names every entry that is damaged, missing, or not the one that the next was written behind.
    pub async fn verify(&self) -> Result<Vec<Quarantined>, StoreError> {
        let head = self.head().await?;
        let mut walk = Walk::from(LogPosition(1), head.clone());
        let mut found = Vec::new();
        let mut name = |position: LogPosition, reason| {
            found.push(Quarantined { key: log::name(position), reason, rebuilt: false });
        };
        loop {
            let steps = walk.steps(&self.shelf).await?;
            if steps.is_empty() {
                break;
            }
            for step in steps {
                if step.follows_altered {
                    name(LogPosition(step.position.0 - 1), Reason::Altered);
                }
                match step.bytes.map(|bytes| log::decode(step.position, &bytes)) {
                    Some(Ok(_)) => {}
                    Some(Err(_)) => name(step.position, Reason::Damaged),
                    None => name(step.position, Reason::Missing),
                }
            }
        }
        if walk.last().position == head.position && walk.last().hash != head.hash {
            name(head.position, Reason::Altered);
        }
        found.dedup_by(|a, b| a.key == b.key);
        Ok(found)
    }

    /// Writes pages, and with them the history up to the same position, in one transaction.
    ///
    /// [`StoreError::Overtaken`] if another tab has written pages since this one last did; nothing is written then.
    pub async fn checkpoint(&self, checkpoint: &Checkpoint) -> Result<(), StoreError> {
        let upto = checkpoint.position;
        let known = self.marker.borrow().clone();
        let former: Marker = known.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
        let History { buckets, damaged } = self.joined_history(upto).await?;
        let present = self.shelf.read(&[Read::Keys(Room::Page)]).await?.pop().unwrap_or_default();
        let mut present: std::collections::BTreeSet<String> =
            present.into_iter().map(|entry| entry.key.to_string()).collect();
        let mut writes: Vec<Write<'_>> = Vec::with_capacity(checkpoint.pages.len() + buckets.len() + 2);
        if checkpoint.whole {
            writes.push(Write::Clear { room: Room::Page });
            present.clear();
        }
        for (key, bytes) in &checkpoint.pages {
            match bytes {
                Some(bytes) => {
                    present.insert(key.clone());
                    writes.push(Write::put(Room::Page, key.as_str(), bytes.as_slice()));
                }
                None => {
                    present.remove(key);
                    writes.push(Write::Delete { room: Room::Page, key: key.as_str().into() });
                }
            }
        }
        for (bucket, bytes) in buckets {
            writes.push(Write::put(Room::History, bucket, bytes));
        }
        for (bucket, bytes) in damaged {
            writes.push(Write::put(Room::Quarantine, format!("history/{bucket}").as_str(), bytes));
        }
        let marker = to_bytes(&Marker {
            position: upto,
            hash: checkpoint.hash.clone(),
            turn: former.turn + 1,
            pages: present.len() as u64,
        })?;
        writes.push(Write::put(Room::Meta, CHECKPOINT, marker.as_slice()));
        let guard = Guard { key: CHECKPOINT, expected: known.as_deref() };
        match self.shelf.write(Some(guard), &writes).await? {
            Written::Done => {
                self.marker.replace(Some(marker));
                self.tail.borrow_mut().forget(upto);
                Ok(())
            }
            Written::Refused { found } => {
                self.marker.replace(found);
                Err(StoreError::Overtaken)
            }
        }
    }

    /// Buckets are a cache of the log: a damaged one must not keep the pages from being written for ever.
    async fn joined_history(&self, upto: LogPosition) -> Result<History, StoreError> {
        let buckets = self.tail.borrow().buckets();
        let reads: Vec<Read> = buckets.iter().map(|bucket| Read::One(Room::History, Key::Number(*bucket))).collect();
        let answers = if reads.is_empty() { Vec::new() } else { self.shelf.read(&reads).await? };
        let mut standing = BTreeMap::new();
        let mut damaged = Vec::new();
        for entry in answers.into_iter().flatten() {
            if let Key::Number(number) = entry.key {
                match history::decode(&entry.bytes) {
                    Ok(bucket) => {
                        standing.insert(number, bucket);
                    }
                    Err(_) => damaged.push((number, entry.bytes)),
                }
            }
        }
        let numbers: Vec<u64> = damaged.iter().map(|(number, _)| *number).collect();
        if !numbers.is_empty() {
            standing.extend(self.history_of_the_log(&numbers).await?);
        }
        Ok(History { buckets: self.tail.borrow().join(upto, standing), damaged })
    }

    /// What the log itself says of buckets that cannot be read.
    async fn history_of_the_log(&self, buckets: &[u64]) -> Result<BTreeMap<u64, history::Bucket>, StoreError> {
        let mut told: BTreeMap<u64, history::Bucket> = BTreeMap::new();
        let mut walk = Walk::from(LogPosition(1), self.head().await?);
        loop {
            let steps = walk.steps(&self.shelf).await?;
            if steps.is_empty() {
                return Ok(told);
            }
            for Step { position, bytes, .. } in steps {
                let commit = bytes.and_then(|bytes| log::decode(position, &bytes).ok());
                for (record, _) in commit.iter().flat_map(|commit| commit.records()) {
                    let number = history::bucket(record);
                    if buckets.contains(&number) {
                        told.entry(number).or_default().entry(record).or_default().push(position);
                    }
                }
            }
        }
    }

    /// Replaces the whole log by another one in one transaction; the state and the pages are the caller's to make.
    ///
    /// Files by their hash come in with the log; those that are here and settings stay. The commits stand behind nothing: the
    /// first has no `previous`.
    pub async fn replace_all(
        &self,
        expected: &Head,
        commits: &[EncodedCommit],
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Head, StoreError> {
        if let Err(at) = log::verify("", commits) {
            return Err(StoreError::corrupt(log::name(LogPosition(1 + at as u64))));
        }
        let hash = commits.last().map(|last| last.hash.clone()).unwrap_or_default();
        let head = Head { position: LogPosition(commits.len() as u64), hash };
        // What was set aside stays: no document holds it.
        let rooms = [Room::Log, Room::Page, Room::History];
        let mut writes: Vec<Write<'_>> = rooms.into_iter().map(|room| Write::Clear { room }).collect();
        for (position, commit) in (1u64..).zip(commits) {
            writes.push(Write::put(Room::Log, position, commit.bytes.as_slice()));
        }
        for (hash, content) in files {
            writes.push(Write::put(Room::Blob, hash.as_str(), content.as_slice()));
        }
        writes.push(Write::put(Room::Meta, HEAD, to_bytes(&head)?));
        writes.push(Write::Delete { room: Room::Meta, key: CHECKPOINT.into() });
        let guard = to_bytes(expected)?;
        match self.shelf.write(Some(Guard { key: HEAD, expected: Some(&guard) }), &writes).await? {
            Written::Done => {}
            Written::Refused { found } => return Err(refusal(expected, found.as_deref())),
        }
        self.marker.replace(None);
        let mut tail = Tail::default();
        for (position, commit) in (1u64..).zip(commits) {
            tail.note(LogPosition(position), commit.records.iter().copied());
        }
        self.tail.replace(tail);
        Ok(head)
    }

    /// Empties the workspace: log, pages, history, files and what was set aside. Device and settings stay.
    pub async fn clear(&self, expected: &Head) -> Result<Head, StoreError> {
        let head = self.replace_all(expected, &[], &BTreeMap::new()).await?;
        let rooms = [Room::Blob, Room::Quarantine];
        self.shelf.write(None, &rooms.map(|room| Write::Clear { room })).await?;
        Ok(head)
    }

    /// Keeps the content of a file; gives the hash under which it is found.
    ///
    /// Nothing throws it away but [`Store::clear`]: undo has no end, so the log goes on naming each file that ever stood in a record,
    /// and one that the log does not name may stand in a form that is still open, or come back with a snapshot without files.
    pub async fn put_blob(&self, content: &[u8]) -> Result<String, StoreError> {
        let hash = log::hash(content);
        self.shelf.write(None, &[Write::put(Room::Blob, hash.as_str(), content)]).await?;
        Ok(hash)
    }

    /// The content of a file, if it is here; its hash is checked.
    pub async fn blob(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.get(Room::Blob, hash).await? {
            Some(content) if log::hash(&content) != hash => Err(StoreError::corrupt(format!("blob/{hash}"))),
            content => Ok(content),
        }
    }

    /// The hashes of all files.
    pub async fn blobs(&self) -> Result<Vec<String>, StoreError> {
        let keys = self.shelf.read(&[Read::Keys(Room::Blob)]).await?.pop().unwrap_or_default();
        Ok(keys.into_iter().map(|entry| entry.key.to_string()).collect())
    }

    /// Throws the content of a file away.
    pub async fn remove_blob(&self, hash: &str) -> Result<(), StoreError> {
        self.shelf.write(None, &[Write::Delete { room: Room::Blob, key: hash.into() }]).await?;
        Ok(())
    }

    /// A setting of this device that is no part of the workspace, as JSON: window layout, last backup.
    pub async fn setting(&self, name: &str) -> Result<Option<serde_json::Value>, StoreError> {
        let bytes = self.get(Room::Meta, format!("setting/{name}").as_str()).await?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Keeps a setting of this device.
    pub async fn set_setting(&self, name: &str, value: &serde_json::Value) -> Result<(), StoreError> {
        let bytes = to_bytes(value)?;
        self.shelf.write(None, &[Write::put(Room::Meta, format!("setting/{name}").as_str(), bytes)]).await?;
        Ok(())
    }

    /// What was set aside because it could not be read, as it was found: key and bytes.
    pub async fn set_aside(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let entries = self.shelf.read(&[Read::All(Room::Quarantine)]).await?.pop().unwrap_or_default();
        Ok(entries.into_iter().map(|entry| (entry.key.to_string(), entry.bytes)).collect())
    }

    /// How much room is used and allowed, if anybody knows.
    pub async fn estimate(&self) -> Result<Option<Usage>, StoreError> {
        self.shelf.estimate().await
    }

    /// Closes the connection, so that another tab may change the database.
    pub fn close(&self) {
        self.shelf.close();
    }

    async fn get(&self, room: Room, key: impl Into<Key>) -> Result<Option<Vec<u8>>, StoreError> {
        let answers = self.shelf.read(&[Read::One(room, key.into())]).await?;
        Ok(answers.into_iter().flatten().next().map(|entry| entry.bytes))
    }
}

/// The buckets that a checkpoint writes, and those that could not be read, as they were found.
struct History {
    buckets: Vec<(u64, Vec<u8>)>,
    damaged: Vec<(u64, Vec<u8>)>,
}

/// Why an append was refused: the log has grown, or it is another one.
fn refusal(expected: &Head, found: Option<&[u8]>) -> StoreError {
    match found.map(serde_json::from_slice::<Head>) {
        Some(Ok(head)) if head.position > expected.position => StoreError::Behind { head: head.position },
        Some(Ok(_)) | None => StoreError::Replaced,
        Some(Err(_)) => StoreError::corrupt("meta/head"),
    }
}
