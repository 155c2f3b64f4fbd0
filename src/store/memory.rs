//! A shelf in memory: for tests, which may make it fail or damage it, and for browsers that keep nothing.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::store::error::StoreError;
use crate::store::shelf::{Entry, Guard, Key, Read, Room, Shelf, Usage, Write, Written};

/// A connection to bytes in memory. A clone is the same connection; [`MemoryShelf::another`] is one more to the same bytes.
#[derive(Clone, Default)]
pub struct MemoryShelf {
    disk: Rc<RefCell<Disk>>,
    closed: Rc<Cell<bool>>,
}

#[derive(Default)]
struct Disk {
    entries: BTreeMap<(Room, Key), Vec<u8>>,
    fault: Option<StoreError>,
    writes: u64,
}

impl MemoryShelf {
    /// An empty shelf.
    pub fn new() -> Self {
        MemoryShelf::default()
    }

    /// Another connection to the same bytes, as another tab has it.
    pub fn another(&self) -> Self {
        MemoryShelf { disk: self.disk.clone(), closed: Rc::default() }
    }

    /// A copy of the bytes as they are now: what a killed browser leaves behind.
    pub fn copy(&self) -> Self {
        let entries = self.disk.borrow().entries.clone();
        MemoryShelf { disk: Rc::new(RefCell::new(Disk { entries, ..Disk::default() })), closed: Rc::default() }
    }

    /// Makes the next write fail.
    pub fn fail_next_write(&self, error: StoreError) {
        self.disk.borrow_mut().fault = Some(error);
    }

    /// Turns one bit of an entry over; says whether there is such an entry with that many bits.
    pub fn flip(&self, room: Room, key: impl Into<Key>, bit: usize) -> bool {
        let mut disk = self.disk.borrow_mut();
        let byte = disk.entries.get_mut(&(room, key.into())).and_then(|bytes| bytes.get_mut(bit / 8));
        byte.map(|byte| *byte ^= 1 << (bit % 8)).is_some()
    }

    /// How many transactions were written.
    pub fn writes(&self) -> u64 {
        self.disk.borrow().writes
    }

    fn check_open(&self) -> Result<(), StoreError> {
        if self.closed.get() { Err(StoreError::Closed) } else { Ok(()) }
    }
}

impl Shelf for MemoryShelf {
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Entry>>, StoreError> {
        self.check_open()?;
        let disk = self.disk.borrow();
        let whole = |room: Room| (room, Key::Number(0))..=(room, Key::Text("\u{10ffff}".to_owned()));
        let copy = |(key, bytes): (&(Room, Key), &Vec<u8>)| Entry { key: key.1.clone(), bytes: bytes.clone() };
        let answers = reads.iter().map(|read| match read {
            Read::All(room) => disk.entries.range(whole(*room)).map(copy).collect(),
            Read::Keys(room) => disk
                .entries
                .range(whole(*room))
                .map(|((_, key), _)| Entry { key: key.clone(), bytes: Vec::new() })
                .collect(),
            Read::One(room, key) => disk.entries.get_key_value(&(*room, key.clone())).map(copy).into_iter().collect(),
            // An empty range is no error here, as it is none for a person who asks for it.
            Read::Between(_, from, to) if from > to => Vec::new(),
            Read::Between(room, from, to) => {
                disk.entries.range((*room, from.clone())..=(*room, to.clone())).map(copy).collect()
            }
        });
        Ok(answers.collect())
    }

    async fn write(&self, guard: Option<Guard<'_>>, writes: &[Write<'_>]) -> Result<Written, StoreError> {
        self.check_open()?;
        let mut disk = self.disk.borrow_mut();
        if let Some(guard) = guard {
            let found = disk.entries.get(&(Room::Meta, Key::from(guard.key)));
            if found.map(Vec::as_slice) != guard.expected {
                return Ok(Written::Refused { found: found.cloned() });
            }
        }
        if let Some(fault) = disk.fault.take() {
            return Err(fault);
        }
        for write in writes {
            match write {
                Write::Put { room, key, bytes } => {
                    disk.entries.insert((*room, key.clone()), bytes.to_vec());
                }
                Write::Delete { room, key } => {
                    disk.entries.remove(&(*room, key.clone()));
                }
                Write::Clear { room } => disk.entries.retain(|(owner, _), _| owner != room),
            }
        }
        disk.writes += 1;
        Ok(Written::Done)
    }

    async fn estimate(&self) -> Result<Option<Usage>, StoreError> {
        self.check_open()?;
        Ok(None)
    }

    fn close(&self) {
        self.closed.set(true);
    }
}
