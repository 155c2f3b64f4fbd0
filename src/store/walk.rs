//! A walk along the log, entry by entry, that sees gaps and checks that each entry is the one that the next was written behind.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::store::error::StoreError;
use crate::store::log::{self, Head, LogPosition};
use crate::store::shelf::{AnyShelf, Key, Read, Room, Shelf};

/// How many log entries are read at a time.
pub(crate) const STRIDE: u64 = 256;

/// Where a walk has come to.
pub(crate) struct Walk {
    next: u64,
    stated: Head,
    last: Head,
    is_over: bool,
}

/// One entry of the log.
pub(crate) struct Step {
    pub position: LogPosition,
    /// What stands there; nothing if it is missing.
    pub bytes: Option<Vec<u8>>,
    /// Whether the entry before it is not the one that it was written behind.
    pub follows_altered: bool,
}

impl Walk {
    /// A walk that begins at a position and ends where the log ends, which is at least where it is stated to end.
    pub(crate) fn from(position: LogPosition, stated: Head) -> Self {
        Walk { next: position.0.max(1), stated, last: Head::default(), is_over: false }
    }

    /// The next entries; none when the walk is over.
    pub(crate) async fn steps(&mut self, shelf: &AnyShelf) -> Result<Vec<Step>, StoreError> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let upto = self.next + STRIDE - 1;
        let read = [Read::Between(Room::Log, Key::Number(self.next), Key::Number(upto))];
        let entries = shelf.read(&read).await?.pop().unwrap_or_default();
        let mut entries: BTreeMap<u64, Vec<u8>> = entries
            .into_iter()
            .filter_map(|entry| if let Key::Number(at) = entry.key { Some((at, entry.bytes)) } else { None })
            .collect();
        let last = entries.keys().next_back().copied().unwrap_or_default();
        let end = upto.min(last.max(self.stated.position.0));
        self.is_over = end < upto;
        let mut steps = Vec::with_capacity(entries.len());
        for position in self.next..=end {
            steps.push(self.step(LogPosition(position), entries.remove(&position)));
        }
        self.next = end + 1;
        Ok(steps)
    }

    fn step(&mut self, position: LogPosition, bytes: Option<Vec<u8>>) -> Step {
        // Nothing can be said of an entry that follows a gap, or of the first of a walk that begins amid the log.
        let is_neighbour = self.last.position.next() == position && (position.0 == 1 || !self.last.hash.is_empty());
        let Some(bytes) = bytes else {
            return Step { position, bytes: None, follows_altered: false };
        };
        let follows_altered = is_neighbour && previous(&bytes).is_some_and(|previous| previous != self.last.hash);
        self.last = Head { position, hash: log::hash(&bytes) };
        Step { position, bytes: Some(bytes), follows_altered }
    }

    /// The last entry that was seen.
    pub(crate) fn last(&self) -> &Head {
        &self.last
    }
}

fn previous(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Behind {
        #[serde(default)]
        previous: String,
    }
    serde_json::from_slice::<Behind>(bytes).ok().map(|behind| behind.previous)
}
