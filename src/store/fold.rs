//! Folding changes into the parts of a state without its indexes, which are made once at the end.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::change::Change;
use crate::model::definition::Definition;
use crate::model::id::{CellId, DefinitionId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::value::Value;

/// The parts of a state.
#[derive(Default)]
pub(crate) struct Fold {
    pub definitions: BTreeMap<DefinitionId, Definition>,
    pub records: FxHashMap<RecordId, Arc<Record>>,
    pub cells: BTreeMap<CellId, Value>,
}

impl Fold {
    /// Does what [`State::apply`] does.
    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Created { record, .. } => {
                self.records.insert(record.id, record.clone());
            }
            Change::Removed { record } => {
                self.records.remove(&record.id);
            }
            Change::Updated { record, fields, after, .. } => {
                let Some(current) = self.records.get_mut(record) else {
                    return;
                };
                let current = Arc::make_mut(current);
                current.updated = *after;
                for change in fields {
                    current.values.set(change.field, change.after.clone());
                }
            }
            Change::Defined { id, after, .. } => {
                match after {
                    Some(definition) => self.definitions.insert(*id, definition.clone()),
                    None => self.definitions.remove(id),
                };
            }
            Change::Remembered { cell, after, .. } => {
                if after.is_empty() {
                    self.cells.remove(cell);
                } else {
                    self.cells.insert(*cell, after.clone());
                }
            }
        }
    }

    /// Whether these are the parts of that state.
    pub(crate) fn tells(&self, state: &State) -> bool {
        self.records.len() == state.record_count()
            && self.records.iter().all(|(id, record)| state.record(*id) == Some(record.as_ref()))
            && self.definitions.iter().map(|(id, definition)| (*id, definition)).eq(state.definitions())
            && self.cells.iter().map(|(cell, value)| (*cell, value)).eq(state.cells())
    }

    /// Takes in from another what is not known here.
    pub(crate) fn fill_up(&mut self, other: Fold) {
        for (id, definition) in other.definitions {
            self.definitions.entry(id).or_insert(definition);
        }
        for (id, record) in other.records {
            self.records.entry(id).or_insert(record);
        }
        for (cell, value) in other.cells {
            self.cells.entry(cell).or_insert(value);
        }
    }

    /// The state, with its indexes.
    pub(crate) fn into_state(self) -> State {
        State::load(self.definitions, self.records, self.cells)
    }
}
