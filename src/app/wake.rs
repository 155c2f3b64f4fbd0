//! Who is to be woken: one trigger per record, per entity and for the definitions, made when a view first asks.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use leptos::prelude::{ArcTrigger, Notify, Track};
use leptos::reactive::graph::Observer;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::list::Touch;
use crate::model::change::Change;
use crate::model::id::{EntityId, RecordId};
use crate::model::record::Record;
use crate::model::state::State;

/// The triggers of everything that some view has read.
#[derive(Default)]
pub struct Triggers {
    records: RefCell<FxHashMap<RecordId, ArcTrigger>>,
    entities: RefCell<FxHashMap<EntityId, ArcTrigger>>,
    definitions: ArcTrigger,
    cells: ArcTrigger,
    news: RefCell<FxHashMap<EntityId, News>>,
    redefined: Cell<u64>,
    waiting: RefCell<Waiting>,
    holders: Cell<usize>,
}

/// Whom nobody has woken yet.
#[derive(Default)]
struct Waiting {
    records: FxHashSet<RecordId>,
    entities: FxHashSet<EntityId>,
    definitions: bool,
    cells: bool,
}

/// How many touched records of an entity are remembered for those who follow it step by step.
const REMEMBERED: usize = 64;

/// The records of an entity that were touched last.
#[derive(Default)]
struct News {
    count: u64,
    last: VecDeque<Touch>,
}

/// A moment in the life of an entity's records, to ask later what was touched since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    records: u64,
    definitions: u64,
}

/// What a commit touched.
#[derive(Default)]
pub struct Touched {
    /// With each record's entity, the record as it was before.
    records: FxHashMap<RecordId, (EntityId, Option<Arc<Record>>)>,
    entities: FxHashMap<EntityId, usize>,
    definitions: bool,
    cells: bool,
}

impl Touched {
    /// Adds what changes will touch in a state that they have not been carried out in.
    pub fn note(&mut self, before: &State, changes: &[Change]) {
        for change in changes {
            match change.record() {
                Some((record, entity)) => {
                    if let Entry::Vacant(vacant) = self.records.entry(record) {
                        vacant.insert((entity, before.shared_record(record).cloned()));
                        *self.entities.entry(entity).or_default() += 1;
                    }
                }
                None => {
                    self.definitions |= matches!(change, Change::Defined { .. });
                    self.cells |= matches!(change, Change::Remembered { .. });
                }
            }
        }
    }

    /// Whether any definition was touched.
    pub fn has_definitions(&self) -> bool {
        self.definitions
    }
}

impl Triggers {
    /// Makes the running view depend on a record.
    pub fn track_record(&self, id: RecordId) {
        if is_running() {
            self.records.borrow_mut().entry(id).or_default().clone().track();
        }
    }

    /// Makes the running view depend on which records an entity has and what they hold.
    pub fn track_entity(&self, id: EntityId) {
        if is_running() {
            self.entities.borrow_mut().entry(id).or_default().clone().track();
        }
    }

    /// Makes the running view depend on the definitions.
    pub fn track_definitions(&self) {
        if is_running() {
            self.definitions.track();
        }
    }

    /// Makes the running view depend on what is counted and remembered besides records.
    pub fn track_cells(&self) {
        if is_running() {
            self.cells.track();
        }
    }

    /// Where an entity's records stand now.
    pub fn mark(&self, entity: EntityId) -> Mark {
        let records = self.news.borrow().get(&entity).map_or(0, |news| news.count);
        Mark { records, definitions: self.redefined.get() }
    }

    /// The records of an entity that were touched since; nothing if they were too many to remember, or definitions have changed.
    pub fn touched_since(&self, entity: EntityId, mark: Mark) -> Option<Vec<Touch>> {
        let is_same = self.redefined.get() == mark.definitions;
        is_same.then(|| self.records_touched_since(entity, mark))?
    }

    /// The same for whoever does not mind that definitions have changed.
    pub fn records_touched_since(&self, entity: EntityId, mark: Mark) -> Option<Vec<Touch>> {
        let now = self.mark(entity);
        let count = usize::try_from(now.records.checked_sub(mark.records)?).ok()?;
        let news = self.news.borrow();
        let last = news.get(&entity).map(|news| &news.last);
        let known = last.map_or(0, VecDeque::len);
        (count <= known).then(|| last.into_iter().flatten().skip(known - count).cloned().collect())
    }

    fn note_news(&self, touched: &Touched) {
        let mut news = self.news.borrow_mut();
        for (entity, count) in &touched.entities {
            let news = news.entry(*entity).or_default();
            news.count += *count as u64;
            if *count > REMEMBERED {
                news.last.clear();
                continue;
            }
            let records = touched.records.iter().filter(|(_, (owner, _))| owner == entity);
            let touches = records.map(|(record, (_, before))| Touch { record: *record, before: before.clone() });
            news.last.extend(touches);
            while news.last.len() > REMEMBERED {
                news.last.pop_front();
            }
        }
        if touched.definitions {
            self.redefined.set(self.redefined.get() + 1);
        }
    }

    /// Wakes every view that has read something of what was touched; once it is over, if something longer is under way.
    pub fn wake(&self, touched: &Touched) {
        self.note_news(touched);
        {
            let mut waiting = self.waiting.borrow_mut();
            waiting.records.extend(touched.records.keys());
            waiting.entities.extend(touched.entities.keys());
            waiting.definitions |= touched.definitions;
            waiting.cells |= touched.cells;
        }
        if self.holders.get() == 0 || touched.definitions {
            self.wake_now();
        }
    }

    /// From now on views wait until they are told, or until it is over: who takes in thousands of records would otherwise spend
    /// the time on drawing what is gone with the next of them.
    pub fn hold(&self) {
        self.holders.set(self.holders.get() + 1);
    }

    /// It is over.
    pub fn release(&self) {
        self.holders.set(self.holders.get().saturating_sub(1));
        self.wake_now();
    }

    /// Wakes whoever waits.
    pub fn wake_now(&self) {
        let waiting = self.waiting.take();
        // The triggers are taken out first: a woken view may ask for new ones at once.
        let mut woken: Vec<ArcTrigger> = Vec::new();
        {
            let records = self.records.borrow();
            if waiting.records.len() > records.len() {
                woken.extend(records.iter().filter(|(id, _)| waiting.records.contains(id)).map(|(_, it)| it.clone()));
            } else {
                woken.extend(waiting.records.iter().filter_map(|id| records.get(id).cloned()));
            }
            let entities = self.entities.borrow();
            woken.extend(waiting.entities.iter().filter_map(|id| entities.get(id).cloned()));
        }
        if waiting.definitions {
            self.definitions.notify();
        }
        if waiting.cells {
            self.cells.notify();
        }
        for trigger in woken {
            trigger.notify();
        }
    }
}

/// Whether a view is running that could be woken: what an event handler reads depends on nothing, and needs no trigger.
fn is_running() -> bool {
    Observer::get().is_some()
}
