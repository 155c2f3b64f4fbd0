//! Which record lies on which page, which pages no longer say what is so, and their bytes.
//!
//! A record stays on the page that it was first put on, so one edit spoils one page. Pages fill up in the order in which records come.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::change::{Change, Commit};
use crate::model::definition::Definition;
use crate::model::id::{CellId, DefinitionId, EntityId, RecordId};
use crate::model::state::State;
use crate::model::value::Value;
use crate::store::codec;
use crate::store::error::StoreError;
use crate::store::log::{Head, LogPosition};

/// Records on a page at most.
pub const PAGE_SIZE: usize = 512;

/// The key of the page of definitions; no entity's name begins like this.
pub const DEFINITIONS: &str = "~definitions";
/// The key of the page of remembered cells.
pub const CELLS: &str = "~cells";

/// Which record lies on which page, and which pages have to be written again.
#[derive(Default)]
pub struct PageMap {
    pages: Vec<Page>,
    // Invariant: `homes[record]` is the page whose `records` holds it.
    homes: FxHashMap<RecordId, u32>,
    open: FxHashMap<EntityId, u32>,
    last: FxHashMap<EntityId, u32>,
    dirty: Vec<u32>,
    definitions: bool,
    cells: bool,
    whole: bool,
}

struct Page {
    entity: EntityId,
    number: u32,
    records: Vec<RecordId>,
    dirty: bool,
}

/// Pages on their way to the disk: filled in steps by [`PageMap::encode_some`], written by `Store::checkpoint`.
#[derive(Debug)]
pub struct Checkpoint {
    /// All that the log says up to here is in the pages once these are written; what they hold beyond it is replayed and stays the same.
    pub position: LogPosition,
    /// The hash of the log's entry there: pages of one log say nothing of another.
    pub hash: String,
    /// Bytes by key; none for a page that has become empty.
    pub pages: Vec<(String, Option<Vec<u8>>)>,
    /// Whether these are all pages, so that any others go.
    pub whole: bool,
    todo: Vec<u32>,
    definitions: bool,
    cells: bool,
    done: Vec<u32>,
}

impl PageMap {
    /// The map of a workspace of which nothing is on pages yet.
    pub fn of(state: &State) -> Self {
        let mut map = PageMap { definitions: true, cells: true, whole: true, ..PageMap::default() };
        for entity in entities_of(state) {
            for record in state.member_ids(entity) {
                map.place(*record, entity);
            }
        }
        map
    }

    /// Takes in a page that was read: its key and what lies on it. A record that lies on two pages counts for the later one.
    pub(crate) fn adopt(&mut self, key: &str, entity: EntityId, records: Vec<RecordId>) {
        let number = key.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or_default();
        let at = self.pages.len() as u32;
        for record in &records {
            if let Some(former) = self.homes.insert(*record, at)
                && former != at
            {
                self.take_off(*record, former);
            }
        }
        if records.len() < PAGE_SIZE {
            self.open.insert(entity, at);
        }
        let last = self.last.entry(entity).or_default();
        *last = (*last).max(number + 1);
        self.pages.push(Page { entity, number, records, dirty: false });
    }

    /// Makes room for that many records.
    pub(crate) fn reserve(&mut self, records: usize) {
        self.homes.reserve(records);
    }

    /// Notes what a commit spoils; to be called for every commit that is applied to the state, whoever made it.
    pub fn note(&mut self, commit: &Commit) {
        self.note_changes(&commit.changes);
    }

    /// Notes what changes spoil.
    pub fn note_changes(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Created { record, .. } => self.place(record.id, record.entity),
                Change::Updated { record, .. } => {
                    if let Some(at) = self.homes.get(record) {
                        self.spoil(*at);
                    }
                }
                Change::Removed { record } => {
                    if let Some(at) = self.homes.remove(&record.id) {
                        self.take_off(record.id, at);
                    }
                }
                Change::Defined { .. } => self.definitions = true,
                Change::Remembered { .. } => self.cells = true,
            }
        }
    }

    /// How many pages have to be written.
    pub fn dirty(&self) -> usize {
        self.dirty.len() + usize::from(self.definitions) + usize::from(self.cells)
    }

    /// Whether all that is known is on pages.
    pub fn is_clean(&self) -> bool {
        self.dirty() == 0 && !self.whole
    }

    /// Makes the next checkpoint write every page and throw all others away.
    pub fn spoil_all(&mut self) {
        for at in 0..self.pages.len() as u32 {
            self.spoil(at);
        }
        (self.definitions, self.cells, self.whole) = (true, true, true);
    }

    /// Starts a checkpoint of what is dirty now, where `head` is the last commit applied to the state.
    pub fn begin(&mut self, head: &Head) -> Checkpoint {
        let todo = std::mem::take(&mut self.dirty);
        for at in &todo {
            if let Some(page) = self.pages.get_mut(*at as usize) {
                page.dirty = false;
            }
        }
        Checkpoint {
            position: head.position,
            hash: head.hash.clone(),
            pages: Vec::with_capacity(todo.len()),
            whole: std::mem::take(&mut self.whole),
            todo,
            definitions: std::mem::take(&mut self.definitions),
            cells: std::mem::take(&mut self.cells),
            done: Vec::new(),
        }
    }

    /// Packs up to `limit` more pages; says whether some are left. The state may have moved on in between.
    pub fn encode_some(&self, state: &State, checkpoint: &mut Checkpoint, limit: usize) -> Result<bool, StoreError> {
        if checkpoint.definitions && !checkpoint.pages.iter().any(|(key, _)| key == DEFINITIONS) {
            checkpoint.pages.push((DEFINITIONS.to_owned(), Some(encode_definitions(state)?)));
        }
        if checkpoint.cells && !checkpoint.pages.iter().any(|(key, _)| key == CELLS) {
            checkpoint.pages.push((CELLS.to_owned(), Some(encode_cells(state)?)));
        }
        for _ in 0..limit {
            let Some(at) = checkpoint.todo.pop() else { break };
            checkpoint.done.push(at);
            let Some(page) = self.pages.get(at as usize) else {
                continue;
            };
            checkpoint.pages.push((page.key(), page.encode(state)));
        }
        Ok(!checkpoint.todo.is_empty())
    }

    /// Takes a checkpoint back that could not be written, so that the next one tries again.
    pub fn give_up(&mut self, checkpoint: Checkpoint) {
        for at in checkpoint.done.into_iter().chain(checkpoint.todo) {
            self.spoil(at);
        }
        self.definitions |= checkpoint.definitions;
        self.cells |= checkpoint.cells;
        self.whole |= checkpoint.whole;
    }

    fn place(&mut self, record: RecordId, entity: EntityId) {
        if let Some(at) = self.homes.get(&record).copied() {
            if self.pages[at as usize].entity == entity {
                self.spoil(at);
                return;
            }
            self.take_off(record, at);
        }
        let at = match self.open.get(&entity) {
            Some(at) if self.pages[*at as usize].records.len() < PAGE_SIZE => *at,
            Some(_) | None => self.add_page(entity),
        };
        self.pages[at as usize].records.push(record);
        self.homes.insert(record, at);
        self.spoil(at);
    }

    fn add_page(&mut self, entity: EntityId) -> u32 {
        let at = self.pages.len() as u32;
        let next = self.last.entry(entity).or_default();
        self.pages.push(Page { entity, number: *next, records: Vec::with_capacity(64), dirty: false });
        *next += 1;
        self.open.insert(entity, at);
        at
    }

    fn take_off(&mut self, record: RecordId, at: u32) {
        if let Some(page) = self.pages.get_mut(at as usize) {
            page.records.retain(|other| *other != record);
            self.spoil(at);
        }
    }

    fn spoil(&mut self, at: u32) {
        if let Some(page) = self.pages.get_mut(at as usize)
            && !page.dirty
        {
            page.dirty = true;
            self.dirty.push(at);
        }
    }
}

impl Page {
    fn key(&self) -> String {
        format!("{}/{:05}", self.entity, self.number)
    }

    fn encode(&self, state: &State) -> Option<Vec<u8>> {
        let records: Vec<_> = self
            .records
            .iter()
            .filter_map(|id| state.shared_record(*id))
            .filter(|record| record.entity == self.entity)
            .collect();
        if records.is_empty() {
            return None;
        }
        Some(codec::seal(&codec::encode_records(self.entity, records.into_iter().map(AsRef::as_ref))))
    }
}

/// The entities of which there are records, defined or not.
fn entities_of(state: &State) -> Vec<EntityId> {
    let entities: std::collections::BTreeSet<EntityId> = state.records().map(|record| record.entity).collect();
    entities.into_iter().collect()
}

fn encode_definitions(state: &State) -> Result<Vec<u8>, StoreError> {
    let definitions: BTreeMap<DefinitionId, &Definition> = state.definitions().collect();
    to_json(&definitions)
}

fn encode_cells(state: &State) -> Result<Vec<u8>, StoreError> {
    let cells: BTreeMap<CellId, &Value> = state.cells().collect();
    to_json(&cells)
}

fn to_json(content: &impl serde::Serialize) -> Result<Vec<u8>, StoreError> {
    let failed =
        |error: serde_json::Error| StoreError::Failed { name: "EncodeError".to_owned(), detail: error.to_string() };
    Ok(codec::seal(&serde_json::to_vec(content).map_err(failed)?))
}
