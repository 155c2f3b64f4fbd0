//! Opening: pages and the log's tail become the state again; what is damaged is rebuilt from the log, or named and set aside.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::change::{Commit, Stamp};
use crate::model::id::EntityId;
use crate::model::record::Record;
use crate::store::codec::{self, Damaged};
use crate::store::error::StoreError;
use crate::store::fold::Fold;
use crate::store::history::Tail;
use crate::store::log::{self, Head, LogPosition};
use crate::store::migration::DATA_VERSION;
use crate::store::page::{CELLS, DEFINITIONS, PageMap};
use crate::store::shelf::{AnyShelf, Entry, Guard, Key, Read, Room, Shelf, Write, Written};
use crate::store::walk::{Step, Walk};
use crate::store::{Opened, Store, migration};

pub(crate) const VERSION: &str = "version";
pub(crate) const HEAD: &str = "head";
pub(crate) const CHECKPOINT: &str = "checkpoint";
pub(crate) const DEVICE: &str = "device";

/// Something that could not be read as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Which entry: `page/lead/00012`, `log/17`. Its bytes are kept in the room `quarantine` under this key.
    pub key: String,
    /// What is wrong with it.
    pub reason: Reason,
    /// Whether nothing was lost, because the log tells it all.
    pub rebuilt: bool,
}

/// What is wrong with something that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The bytes are not what was written.
    Damaged,
    /// It is not there, though it should be.
    Missing,
    /// It can be read, but it is not what the entry behind it says it was.
    Altered,
}

/// What happened on opening that is no damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The workspace is new.
    Created,
    /// The data was brought from one version to another.
    Migrated {
        /// The version that it had.
        from: u32,
        /// The version that it has.
        to: u32,
    },
    /// The state was made anew from the whole log.
    Rebuilt,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Version {
    pub data: u32,
    pub page: u8,
}

impl Version {
    pub(crate) const NOW: Version = Version { data: DATA_VERSION, page: codec::PAGE_VERSION };
}

/// What the pages stand for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Marker {
    pub position: LogPosition,
    /// The hash of the log's entry there; empty in what was written before there was one.
    #[serde(default)]
    pub hash: String,
    /// Told apart from every other checkpoint by this count.
    pub turn: u64,
    pub pages: u64,
}

/// Opens what is on a shelf; see [`Store::open`].
pub(crate) async fn open(shelf: AnyShelf, device: u32) -> Result<Opened, StoreError> {
    let (mut meta, mut pages) = first_look(&shelf).await?;
    let mut notes = Vec::new();
    let mut altered = Vec::new();
    match meta.version()? {
        Some(version) if version.data > DATA_VERSION => {
            return Err(StoreError::TooNew { found: version.data, known: DATA_VERSION });
        }
        Some(version) if version.data < DATA_VERSION => {
            altered = migration::migrate_log(&shelf, version.data, meta.bytes(HEAD)).await?;
            notes.push(Note::Migrated { from: version.data, to: DATA_VERSION });
            (meta, pages) = first_look(&shelf).await?;
        }
        Some(_) => {}
        None if meta.bytes(HEAD).is_none() && pages.is_empty() => {
            if begin(&shelf, device).await? {
                notes.push(Note::Created);
            }
            (meta, pages) = first_look(&shelf).await?;
        }
        None => return Err(StoreError::corrupt("meta/version")),
    }
    let mut reading = Reading::new(&meta);
    reading.quarantined.extend(altered);
    reading.read_pages(pages, &meta);
    if !are_pages_of_this_log(&shelf, &meta, &reading.head).await? {
        reading.disown_pages();
    }
    if reading.must_rebuild {
        notes.push(Note::Rebuilt);
        reading.start_over();
    }
    reading.read_tail(&shelf).await?;
    reading.set_aside(&shelf, &meta).await?;
    let state = reading.fold.into_state();
    if reading.must_rebuild {
        reading.pages = PageMap::of(&state);
    }
    let store = Store::assemble(shelf, reading.tail, meta.bytes(CHECKPOINT).map(<[u8]>::to_vec));
    let device = meta.parse::<u32>(DEVICE).unwrap_or(device);
    Ok(Opened {
        store,
        state,
        head: reading.head,
        latest: reading.latest,
        pages: reading.pages,
        device,
        quarantined: reading.quarantined,
        notes,
    })
}

/// The entries of [`Room::Meta`] and of [`Room::Page`], read together so that they belong together.
async fn first_look(shelf: &AnyShelf) -> Result<(Meta, Vec<Entry>), StoreError> {
    let mut answers = shelf.read(&[Read::All(Room::Meta), Read::All(Room::Page)]).await?.into_iter();
    let meta = answers.next().unwrap_or_default();
    let meta = Meta { entries: meta.into_iter().map(|entry| (entry.key.to_string(), entry.bytes)).collect() };
    Ok((meta, answers.next().unwrap_or_default()))
}

/// Whether pages were made from this log, and not from one that another tab has replaced meanwhile.
async fn are_pages_of_this_log(shelf: &AnyShelf, meta: &Meta, head: &Head) -> Result<bool, StoreError> {
    let Some(Marker { position, hash, .. }) = meta.parse::<Marker>(CHECKPOINT) else {
        return Ok(true);
    };
    if hash.is_empty() || head.position == position && head.hash == hash {
        return Ok(true);
    }
    let read = Read::Between(Room::Log, Key::Number(position.0), Key::Number(position.0 + 1));
    let entries = shelf.read(&[read]).await?.pop().unwrap_or_default();
    // Where the entry itself is damaged, the one behind it still knows its hash.
    let known: Vec<String> = entries
        .iter()
        .filter_map(|entry| match log::decode(position, &entry.bytes) {
            Ok(commit) if entry.key == Key::Number(position.0 + 1) => Some(commit.previous),
            Ok(_) => Some(log::hash(&entry.bytes)),
            Err(_) => None,
        })
        .collect();
    let is_shorter = known.is_empty() && head.position < position && !head.hash.is_empty();
    Ok(known.contains(&hash) || known.is_empty() && !is_shorter)
}

/// Where the log ends by its keys, for when the place that says so is damaged.
async fn last_key(shelf: &AnyShelf) -> Result<LogPosition, StoreError> {
    let keys = shelf.read(&[Read::Keys(Room::Log)]).await?.pop().unwrap_or_default();
    let numbers = keys.iter().filter_map(|entry| if let Key::Number(at) = entry.key { Some(at) } else { None });
    Ok(LogPosition(numbers.max().unwrap_or_default()))
}

/// Writes what a new workspace begins with; says whether another tab was not first.
async fn begin(shelf: &AnyShelf, device: u32) -> Result<bool, StoreError> {
    let writes = [
        Write::put(Room::Meta, VERSION, to_bytes(&Version::NOW)?),
        Write::put(Room::Meta, DEVICE, to_bytes(&device)?),
        Write::put(Room::Meta, HEAD, to_bytes(&Head::default())?),
    ];
    let written = shelf.write(Some(Guard { key: VERSION, expected: None }), &writes).await?;
    Ok(written == Written::Done)
}

pub(crate) fn to_bytes(content: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(content)
        .map_err(|error| StoreError::Failed { name: "EncodeError".to_owned(), detail: error.to_string() })
}

struct Meta {
    entries: BTreeMap<String, Vec<u8>>,
}

impl Meta {
    fn bytes(&self, key: &str) -> Option<&[u8]> {
        self.entries.get(key).map(Vec::as_slice)
    }

    fn parse<T: serde::de::DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.bytes(key).and_then(|bytes| serde_json::from_slice(bytes).ok())
    }

    fn version(&self) -> Result<Option<Version>, StoreError> {
        match self.bytes(VERSION) {
            Some(_) => self.parse(VERSION).map(Some).ok_or_else(|| StoreError::corrupt("meta/version")),
            None => Ok(None),
        }
    }
}

/// The state as it comes together.
struct Reading {
    fold: Fold,
    pages: PageMap,
    tail: Tail,
    head: Head,
    latest: Stamp,
    from: LogPosition,
    quarantined: Vec<Quarantined>,
    aside: Vec<(String, Vec<u8>)>,
    must_rebuild: bool,
    salvaged: Fold,
}

impl Reading {
    fn new(meta: &Meta) -> Self {
        let head = meta.parse::<Head>(HEAD);
        let marker = meta.parse::<Marker>(CHECKPOINT);
        let is_current = meta.parse::<Version>(VERSION).is_some_and(|version| version.page == codec::PAGE_VERSION);
        let mut reading = Reading {
            fold: Fold::default(),
            pages: PageMap::default(),
            tail: Tail::default(),
            must_rebuild: !is_current,
            head: head.unwrap_or_default(),
            latest: Stamp::default(),
            from: marker.map(|marker| marker.position).unwrap_or_default(),
            quarantined: Vec::new(),
            aside: Vec::new(),
            salvaged: Fold::default(),
        };
        if meta.parse::<Head>(HEAD).is_none() {
            reading.quarantine("meta/head".to_owned(), Reason::Damaged, meta.bytes(HEAD).map(<[u8]>::to_vec));
        }
        if meta.bytes(CHECKPOINT).is_some() && meta.parse::<Marker>(CHECKPOINT).is_none() {
            reading.quarantine(
                "meta/checkpoint".to_owned(),
                Reason::Damaged,
                meta.bytes(CHECKPOINT).map(<[u8]>::to_vec),
            );
        }
        reading
    }

    fn read_pages(&mut self, entries: Vec<Entry>, meta: &Meta) {
        let Some(marker) = meta.parse::<Marker>(CHECKPOINT) else {
            self.must_rebuild |= !entries.is_empty();
            return;
        };
        if self.must_rebuild {
            return;
        }
        if entries.len() as u64 != marker.pages {
            self.quarantine("page".to_owned(), Reason::Missing, None);
        }
        self.fold.records.reserve(entries.len() * crate::store::page::PAGE_SIZE);
        self.pages.reserve(entries.len() * crate::store::page::PAGE_SIZE);
        for Entry { key, bytes } in entries {
            let key = key.to_string();
            if self.read_page(&key, &bytes).is_err() {
                self.quarantine(format!("page/{key}"), Reason::Damaged, Some(bytes));
            }
        }
    }

    fn read_page(&mut self, key: &str, sealed: &[u8]) -> Result<(), Damaged> {
        let body = codec::unseal(sealed)?;
        match key {
            DEFINITIONS => self.fold.definitions = serde_json::from_slice(body).map_err(|_| Damaged)?,
            CELLS => self.fold.cells = serde_json::from_slice(body).map_err(|_| Damaged)?,
            _ => {
                let (entity, records): (EntityId, Vec<Arc<Record>>) = codec::decode_records(body)?;
                self.pages.adopt(key, entity, records.iter().map(|record| record.id).collect());
                self.fold.records.extend(records.into_iter().map(|record| (record.id, record)));
            }
        }
        Ok(())
    }

    /// Names something damaged. The state is then made from the log alone, which tells everything since the workspace was empty.
    fn quarantine(&mut self, key: String, reason: Reason, bytes: Option<Vec<u8>>) {
        if let Some(bytes) = bytes {
            self.aside.push((key.clone(), bytes));
        }
        self.quarantined.push(Quarantined { key, reason, rebuilt: true });
        self.must_rebuild = true;
    }

    /// Another log's pages say nothing of this one, not even where it has holes.
    fn disown_pages(&mut self) {
        self.fold = Fold::default();
        self.pages = PageMap::default();
        self.must_rebuild = true;
    }

    fn start_over(&mut self) {
        self.salvaged = std::mem::take(&mut self.fold);
        self.from = LogPosition(0);
    }

    async fn read_tail(&mut self, shelf: &AnyShelf) -> Result<(), StoreError> {
        // The entry before the tail is looked at as well: the first of the tail names its hash.
        let mut stated = self.head.clone();
        if stated.hash.is_empty() {
            stated.position = last_key(shelf).await?;
        }
        let mut walk = Walk::from(self.from, stated);
        let mut is_whole = true;
        loop {
            let steps = walk.steps(shelf).await?;
            if steps.is_empty() {
                break;
            }
            for Step { position, bytes, follows_altered } in steps {
                if follows_altered {
                    self.name_altered(LogPosition(position.0 - 1));
                    is_whole = false;
                }
                if position <= self.from {
                    self.hear(bytes.as_deref().and_then(|bytes| log::decode(position, bytes).ok()).as_ref());
                    continue;
                }
                match bytes.as_deref().map(|bytes| log::decode(position, bytes)) {
                    Some(Ok(commit)) => self.replay(position, commit),
                    Some(Err(_)) => {
                        self.name_lost(position, Reason::Damaged, bytes);
                        is_whole = false;
                    }
                    None => {
                        self.name_lost(position, Reason::Missing, None);
                        is_whole = false;
                    }
                }
            }
        }
        let last = walk.last();
        if last.position > self.head.position {
            self.head = last.clone();
        } else if last.position == self.head.position && last.hash != self.head.hash {
            self.name_altered(last.position);
            is_whole = false;
        }
        if self.must_rebuild && !is_whole {
            self.keep_salvaged();
        }
        Ok(())
    }

    /// With holes in the log as well, what sound pages say is kept where the log says nothing.
    fn keep_salvaged(&mut self) {
        self.fold.fill_up(std::mem::take(&mut self.salvaged));
        for quarantined in &mut self.quarantined {
            quarantined.rebuilt = false;
        }
    }

    fn name_lost(&mut self, position: LogPosition, reason: Reason, bytes: Option<Vec<u8>>) {
        let key = log::name(position);
        if let Some(bytes) = bytes {
            self.aside.push((key.clone(), bytes));
        }
        self.quarantined.push(Quarantined { key, reason, rebuilt: false });
    }

    fn name_altered(&mut self, position: LogPosition) {
        let key = log::name(position);
        if !self.quarantined.iter().any(|known| known.key == key) {
            self.quarantined.push(Quarantined { key, reason: Reason::Altered, rebuilt: false });
        }
    }

    /// A clock that was set back must not give stamps that lie before those of the log.
    fn hear(&mut self, commit: Option<&Commit>) {
        self.latest = commit.map_or(self.latest, |commit| self.latest.max(commit.at));
    }

    fn replay(&mut self, position: LogPosition, commit: Commit) {
        self.hear(Some(&commit));
        if !self.must_rebuild {
            self.pages.note(&commit);
        }
        self.tail.note(position, commit.records().into_iter().map(|(record, _)| record));
        commit.changes.iter().for_each(|change| self.fold.apply(change));
    }

    /// Keeps what is damaged as it was found, and puts the version and the head right if they were not.
    async fn set_aside(&mut self, shelf: &AnyShelf, meta: &Meta) -> Result<(), StoreError> {
        let mut writes: Vec<Write<'_>> = Vec::new();
        for (key, bytes) in &self.aside {
            writes.push(Write::put(Room::Quarantine, key.as_str(), bytes.as_slice()));
        }
        let head = to_bytes(&self.head)?;
        if meta.bytes(HEAD) != Some(head.as_slice()) {
            writes.push(Write::put(Room::Meta, HEAD, head));
        }
        if meta.parse::<Version>(VERSION) != Some(Version::NOW) {
            writes.push(Write::put(Room::Meta, VERSION, to_bytes(&Version::NOW)?));
        }
        if writes.is_empty() {
            return Ok(());
        }
        let guard = Guard { key: HEAD, expected: meta.bytes(HEAD) };
        match shelf.write(Some(guard), &writes).await {
            // Another tab is at work already: what it wrote stands, and this one hears of it with its first append.
            Ok(Written::Done | Written::Refused { .. }) => Ok(()),
            // With no room left the workspace is still to be seen; the first save will say so.
            Err(StoreError::Quota) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
