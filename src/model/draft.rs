//! A draft: the state as it will be once the changes collected so far are applied, without touching the state itself.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::change::{Change, FieldChange};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::id::{CellId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State, unique_key};
use crate::model::time::Instant;
use crate::model::value::Value;

/// Changes on top of a state, readable like the state.
pub struct Draft<'a> {
    base: &'a State,
    changes: Vec<Change>,
    records: FxHashMap<RecordId, Option<Arc<Record>>>,
    definitions: FxHashMap<DefinitionId, Option<Definition>>,
    cells: FxHashMap<CellId, Value>,
    // The touched records per entity, so that a small draft over a large state is searched quickly.
    touched: FxHashMap<EntityId, Vec<RecordId>>,
    // Links into a record from touched records, kept in step with `records`.
    linked: FxHashMap<(RecordId, EntityId, FieldId), Vec<RecordId>>,
    held: FxHashMap<(EntityId, FieldId, Value), Vec<RecordId>>,
}

impl<'a> Draft<'a> {
    /// A draft without changes.
    pub fn new(base: &'a State) -> Self {
        Draft {
            base,
            changes: Vec::new(),
            records: FxHashMap::default(),
            definitions: FxHashMap::default(),
            cells: FxHashMap::default(),
            touched: FxHashMap::default(),
            linked: FxHashMap::default(),
            held: FxHashMap::default(),
        }
    }

    /// The state that the draft started from.
    pub fn base(&self) -> &'a State {
        self.base
    }

    /// The changes so far, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Ends the draft and hands its changes over.
    pub fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// Collects a change.
    pub fn push(&mut self, change: Change) {
        match &change {
            Change::Created { record, .. } => self.put(record.id, record.entity, Some(record.clone())),
            Change::Removed { record } => self.put(record.id, record.entity, None),
            Change::Updated { record, entity, fields, after, .. } => {
                if let Some(current) = self.record(*record) {
                    let mut next = current.clone();
                    next.updated = *after;
                    for change in fields {
                        next.values.set(change.field, change.after.clone());
                    }
                    self.put(*record, *entity, Some(Arc::new(next)));
                }
            }
            Change::Defined { id, after, .. } => {
                self.definitions.insert(*id, after.clone());
            }
            Change::Remembered { cell, after, .. } => {
                self.cells.insert(*cell, after.clone());
            }
        }
        self.changes.push(change);
    }

    /// Changes values of a record; those that stay the same are left out, and nothing is collected if none is left.
    ///
    /// Returns the fields that changed.
    pub fn update(
        &mut self,
        record: RecordId,
        values: impl IntoIterator<Item = (FieldId, Value)>,
        at: Instant,
        by: Option<DefinitionId>,
    ) -> Vec<FieldId> {
        let Some(current) = self.record(record) else { return Vec::new() };
        let (entity, before) = (current.entity, current.updated);
        let mut fields = Vec::new();
        for (field, after) in values {
            let value = current.value(field);
            if *value != after && !(value.is_empty() && after.is_empty()) {
                fields.push(FieldChange { field, before: value.clone(), after });
            }
        }
        let changed = fields.iter().map(|change| change.field).collect::<Vec<_>>();
        if !changed.is_empty() {
            self.push(Change::Updated { record, entity, fields, before, after: at, by });
        }
        changed
    }

    /// Remembers a value in a cell.
    pub fn remember(&mut self, cell: CellId, after: Value) {
        let before = self.cell(cell).clone();
        if before != after {
            self.push(Change::Remembered { cell, before, after });
        }
    }

    fn put(&mut self, id: RecordId, entity: EntityId, next: Option<Arc<Record>>) {
        if let Some(Some(former)) = self.records.get(&id).cloned() {
            for (field, value) in former.values.iter() {
                for link in value.links() {
                    if let Some(list) = self.linked.get_mut(&(*link, entity, field)) {
                        list.retain(|from| *from != id);
                    }
                }
                if self.is_unique(entity, field)
                    && let Some(list) = self.held.get_mut(&(entity, field, unique_key(value)))
                {
                    list.retain(|holder| *holder != id);
                }
            }
        }
        if let Some(record) = &next {
            for (field, value) in record.values.iter() {
                for link in value.links() {
                    self.linked.entry((*link, entity, field)).or_default().push(id);
                }
                if self.is_unique(entity, field) {
                    self.held.entry((entity, field, unique_key(value))).or_default().push(id);
                }
            }
        }
        if self.records.insert(id, next).is_none() {
            self.touched.entry(entity).or_default().push(id);
        }
    }

    fn is_unique(&self, entity: EntityId, field: FieldId) -> bool {
        self.entity(entity).and_then(|entity| entity.field(field)).is_some_and(|field| field.unique)
    }
}

impl Reader for Draft<'_> {
    fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        if self.definitions.is_empty() {
            return self.base.definition(id);
        }
        match self.definitions.get(&id) {
            Some(definition) => definition.as_ref(),
            None => self.base.definition(id),
        }
    }

    fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        match self.definition(Definition::entity_id(id)) {
            Some(Definition::Entity(entity)) => Some(entity),
            _ => None,
        }
    }

    fn all_definitions(&self) -> Vec<Definition> {
        let mut definitions = self.base.all_definitions();
        if !self.definitions.is_empty() {
            definitions.retain(|definition| !self.definitions.contains_key(&definition.id()));
            definitions.extend(self.definitions.values().flatten().cloned());
            definitions.sort_by_key(Definition::id);
        }
        definitions
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        match self.records.get(&id) {
            Some(record) => record.as_deref(),
            None => self.base.record(id),
        }
    }

    fn members(&self, entity: EntityId) -> Vec<RecordId> {
        let mut members = self.base.members(entity);
        if let Some(touched) = self.touched.get(&entity) {
            members.retain(|id| !matches!(self.records.get(id), Some(None)));
            members.extend(touched.iter().filter(|id| {
                self.base.record(**id).is_none() && matches!(self.records.get(id), Some(Some(_)))
            }));
            members.sort_unstable();
        }
        members
    }

    fn incoming(&self, to: RecordId, entity: EntityId, via: FieldId) -> Vec<RecordId> {
        let mut links = self.base.incoming(to, entity, via);
        if self.touched.contains_key(&entity) {
            links.retain(|from| !self.records.contains_key(from));
            if let Some(drafted) = self.linked.get(&(to, entity, via)) {
                links.extend(drafted);
                links.sort_unstable();
                links.dedup();
            }
        }
        links
    }

    fn holders(&self, entity: EntityId, field: FieldId, value: &Value) -> Vec<RecordId> {
        let mut holders = self.base.holders(entity, field, value);
        if self.touched.contains_key(&entity) {
            holders.retain(|id| !self.records.contains_key(id));
            if let Some(drafted) = self.held.get(&(entity, field, unique_key(value))) {
                holders.extend(drafted);
                holders.sort_unstable();
            }
        }
        holders
    }

    fn cell(&self, cell: CellId) -> &Value {
        self.cells.get(&cell).unwrap_or_else(|| self.base.cell(cell))
    }
}
