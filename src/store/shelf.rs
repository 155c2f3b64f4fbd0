//! The shelf beneath the store: rooms of keys and bytes, read and written in whole transactions. It knows nothing of commits or pages.

use std::borrow::Cow;

use crate::store::error::StoreError;
#[cfg(all(feature = "browser", target_arch = "wasm32"))]
use crate::store::indexed_db::IndexedDbShelf;
use crate::store::memory::MemoryShelf;

/// What a place that keeps bytes must promise: a transaction happens wholly or not at all, and once `write` has returned it is on disk.
#[allow(async_fn_in_trait, reason = "everything runs on one thread, so no future need be sent to another")]
pub trait Shelf {
    /// Reads in one transaction; one list of entries for each thing asked, by key.
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Entry>>, StoreError>;

    /// Writes in one transaction, in order, unless the guard finds something else than it expects.
    async fn write(&self, guard: Option<Guard<'_>>, writes: &[Write<'_>]) -> Result<Written, StoreError>;

    /// How much room is used and allowed, if anybody knows.
    async fn estimate(&self) -> Result<Option<Usage>, StoreError>;

    /// Closes the connection; whatever is asked after that fails with [`StoreError::Closed`].
    fn close(&self);
}

/// A part of the shelf with its own keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Room {
    /// One entry for each commit, by position.
    Log,
    /// The state, packed.
    Page,
    /// Which commits touch a record, packed.
    History,
    /// Files by the hash of their content.
    Blob,
    /// Versions, head, device, settings.
    Meta,
    /// What could not be read, as it was found.
    Quarantine,
}

impl Room {
    /// Every room.
    pub const ALL: [Room; 6] = [Room::Log, Room::Page, Room::History, Room::Blob, Room::Meta, Room::Quarantine];

    /// The name of the room, which is that of the object store.
    pub fn name(self) -> &'static str {
        match self {
            Room::Log => "log",
            Room::Page => "page",
            Room::History => "history",
            Room::Blob => "blob",
            Room::Meta => "meta",
            Room::Quarantine => "quarantine",
        }
    }
}

/// A key within a room; numbers come before texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A number below 2^53.
    Number(u64),
    /// A text.
    Text(String),
}

impl From<u64> for Key {
    fn from(number: u64) -> Self {
        Key::Number(number)
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Key::Text(text.to_owned())
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Number(number) => number.fmt(out),
            Key::Text(text) => out.write_str(text),
        }
    }
}

/// Something to read.
#[derive(Clone, Debug)]
pub enum Read {
    /// Everything in a room.
    All(Room),
    /// The keys of a room, without the bytes.
    Keys(Room),
    /// One entry; an empty list if it is not there.
    One(Room, Key),
    /// Everything between two keys, both included.
    Between(Room, Key, Key),
}

impl Read {
    /// The room that is read.
    pub fn room(&self) -> Room {
        match self {
            Read::All(room) | Read::Keys(room) | Read::One(room, _) | Read::Between(room, _, _) => *room,
        }
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key.
    pub key: Key,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Something to write.
#[derive(Clone, Debug)]
pub enum Write<'a> {
    /// Puts bytes under a key, replacing what is there.
    Put {
        /// The room.
        room: Room,
        /// The key.
        key: Key,
        /// The bytes.
        bytes: Cow<'a, [u8]>,
    },
    /// Takes an entry away.
    Delete {
        /// The room.
        room: Room,
        /// The key.
        key: Key,
    },
    /// Empties a room.
    Clear {
        /// The room.
        room: Room,
    },
}

impl<'a> Write<'a> {
    /// Puts bytes under a key.
    pub fn put(room: Room, key: impl Into<Key>, bytes: impl Into<Cow<'a, [u8]>>) -> Self {
        Write::Put { room, key: key.into(), bytes: bytes.into() }
    }

    /// The room that is written to.
    pub fn room(&self) -> Room {
        match self {
            Write::Put { room, .. } | Write::Delete { room, .. } | Write::Clear { room } => *room,
        }
    }
}

/// An entry of [`Room::Meta`] that must stand as expected, read in the same transaction before anything is written.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'a> {
    /// Its key.
    pub key: &'static str,
    /// Its bytes; none if it must be absent.
    pub expected: Option<&'a [u8]>,
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// All of it is on disk.
    Done,
    /// The guard found something else; nothing was written.
    Refused {
        /// What stands there instead.
        found: Option<Vec<u8>>,
    },
}

/// How much room is used and allowed, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What is used.
    pub used: u64,
    /// What is allowed.
    pub allowed: u64,
}

/// Any of the shelves there are.
#[derive(Clone)]
pub enum AnyShelf {
    /// In memory: for tests, and where the browser keeps nothing.
    Memory(MemoryShelf),
    /// In the browser's database.
    #[cfg(all(feature = "browser", target_arch = "wasm32"))]
    IndexedDb(IndexedDbShelf),
}

impl Shelf for AnyShelf {
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Entry>>, StoreError> {
        match self {
            AnyShelf::Memory(shelf) => shelf.read(reads).await,
            #[cfg(all(feature = "browser", target_arch = "wasm32"))]
            AnyShelf::IndexedDb(shelf) => shelf.read(reads).await,
        }
    }

    async fn write(&self, guard: Option<Guard<'_>>, writes: &[Write<'_>]) -> Result<Written, StoreError> {
        match self {
            AnyShelf::Memory(shelf) => shelf.write(guard, writes).await,
            #[cfg(all(feature = "browser", target_arch = "wasm32"))]
            AnyShelf::IndexedDb(shelf) => shelf.write(guard, writes).await,
        }
    }

    async fn estimate(&self) -> Result<Option<Usage>, StoreError> {
        match self {
            AnyShelf::Memory(shelf) => shelf.estimate().await,
            #[cfg(all(feature = "browser", target_arch = "wasm32"))]
            AnyShelf::IndexedDb(shelf) => shelf.estimate().await,
        }
    }

    fn close(&self) {
        match self {
            AnyShelf::Memory(shelf) => shelf.close(),
            #[cfg(all(feature = "browser", target_arch = "wasm32"))]
            AnyShelf::IndexedDb(shelf) => shelf.close(),
        }
    }
}

impl From<MemoryShelf> for AnyShelf {
    fn from(shelf: MemoryShelf) -> Self {
        AnyShelf::Memory(shelf)
    }
}

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
impl From<IndexedDbShelf> for AnyShelf {
    fn from(shelf: IndexedDbShelf) -> Self {
        AnyShelf::IndexedDb(shelf)
    }
}
