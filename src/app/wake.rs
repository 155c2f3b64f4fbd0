//! Who is to be woken: one trigger per record, per entity and for the definitions, made when a view first asks.

use std::cell::RefCell;

use leptos::prelude::{ArcTrigger, Notify, Track};
use leptos::reactive::graph::Observer;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::change::Change;
use crate::model::id::{EntityId, RecordId};

/// The triggers of everything that some view has read.
#[derive(Default)]
pub struct Triggers {
    records: RefCell<FxHashMap<RecordId, ArcTrigger>>,
    entities: RefCell<FxHashMap<EntityId, ArcTrigger>>,
    definitions: ArcTrigger,
}

/// What a commit touched.
#[derive(Default)]
pub struct Touched {
    records: FxHashSet<RecordId>,
    entities: FxHashSet<EntityId>,
    definitions: bool,
}

impl Touched {
    /// Adds what changes touch.
    pub fn note(&mut self, changes: &[Change]) {
        for change in changes {
            match change.record() {
                Some((record, entity)) => {
                    self.records.insert(record);
                    self.entities.insert(entity);
                }
                None => self.definitions |= matches!(change, Change::Defined { .. }),
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

    /// Wakes every view that has read something of what was touched.
    pub fn wake(&self, touched: &Touched) {
        // The triggers are taken out first: a woken view may ask for new ones at once.
        let mut woken: Vec<ArcTrigger> = Vec::new();
        {
            let records = self.records.borrow();
            if touched.records.len() > records.len() {
                woken.extend(records.iter().filter(|(id, _)| touched.records.contains(id)).map(|(_, it)| it.clone()));
            } else {
                woken.extend(touched.records.iter().filter_map(|id| records.get(id).cloned()));
            }
            let entities = self.entities.borrow();
            woken.extend(touched.entities.iter().filter_map(|id| entities.get(id).cloned()));
        }
        if touched.definitions {
            self.definitions.notify();
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
