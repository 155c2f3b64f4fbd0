//! A draft: the state as it will be once the changes collected so far are applied, without touching the state itself.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::change::{Change, FieldChange};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::id::{CellId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State, unique_fields, unique_key};
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
            Change::Updated { record, entity, fields, after, .. } => self.set(*record, *entity, fields, *after),
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
        let Some(current) = self.record(record) else {
            return Vec::new();
        };
        let (entity, before) = (current.entity, current.updated);
        let mut fields: Vec<FieldChange> = Vec::new();
        for (field, after) in values {
            // Of several values for one field the last one counts.
            match fields.iter_mut().find(|change| change.field == field) {
                Some(change) => change.after = after,
                None => fields.push(FieldChange { field, before: current.value(field).clone(), after }),
            }
        }
        fields.retain(|change| change.before != change.after && !(change.before.is_empty() && change.after.is_empty()));
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

    /// The record with this id, shared.
    pub fn shared_record(&self, id: RecordId) -> Option<&Arc<Record>> {
        match self.records.get(&id) {
            Some(record) => record.as_ref(),
            None => self.base.shared_record(id),
        }
    }

    fn put(&mut self, id: RecordId, entity: EntityId, next: Option<Arc<Record>>) {
        match self.records.insert(id, next.clone()) {
            None => self.touched.entry(entity).or_default().push(id),
            Some(None) => {}
            Some(Some(former)) => self.unlist(&former),
        }
        if let Some(record) = next {
            self.list(&record);
        }
    }

    fn set(&mut self, id: RecordId, entity: EntityId, fields: &[FieldChange], at: Instant) {
        if !self.records.contains_key(&id) {
            let Some(record) = self.base.shared_record(id).cloned() else {
                return;
            };
            self.put(id, entity, Some(record));
        }
        let Some(Some(record)) = self.records.get_mut(&id) else {
            return;
        };
        let record = Arc::make_mut(record);
        record.updated = at;
        let definition = lookup(&self.definitions, self.base, entity);
        for change in fields {
            let before = record.values.set(change.field, change.after.clone());
            for link in before.links() {
                if let Some(list) = self.linked.get_mut(&(*link, entity, change.field)) {
                    list.retain(|from| *from != id);
                }
            }
            for link in change.after.links() {
                self.linked.entry((*link, entity, change.field)).or_default().push(id);
            }
            if definition.is_some_and(|entity| unique_fields(entity).any(|field| field == change.field)) {
                if let Some(list) = self.held.get_mut(&(entity, change.field, unique_key(&before))) {
                    list.retain(|holder| *holder != id);
                }
                if !change.after.is_empty() {
                    self.held.entry((entity, change.field, unique_key(&change.after))).or_default().push(id);
                }
            }
        }
    }

    fn list(&mut self, record: &Record) {
        for (field, value) in record.values.iter() {
            for link in value.links() {
                self.linked.entry((*link, record.entity, field)).or_default().push(record.id);
            }
        }
        let definition = lookup(&self.definitions, self.base, record.entity);
        for field in definition.into_iter().flat_map(|entity| unique_fields(entity)) {
            let value = record.value(field);
            if !value.is_empty() {
                self.held.entry((record.entity, field, unique_key(value))).or_default().push(record.id);
            }
        }
    }

    fn unlist(&mut self, record: &Record) {
        for (field, value) in record.values.iter() {
            for link in value.links() {
                if let Some(list) = self.linked.get_mut(&(*link, record.entity, field)) {
                    list.retain(|from| *from != record.id);
                }
            }
        }
        let definition = lookup(&self.definitions, self.base, record.entity);
        for field in definition.into_iter().flat_map(|entity| unique_fields(entity)) {
            if let Some(list) = self.held.get_mut(&(record.entity, field, unique_key(record.value(field)))) {
                list.retain(|holder| *holder != record.id);
            }
        }
    }
}

/// An entity as the draft has it; apart from the draft, so that its indexes can be changed meanwhile.
fn lookup<'s>(
    definitions: &'s FxHashMap<DefinitionId, Option<Definition>>,
    base: &'s State,
    id: EntityId,
) -> Option<&'s Arc<Entity>> {
    if definitions.is_empty() {
        return base.entity(id);
    }
    match definitions.get(&Definition::entity_id(id)) {
        Some(Some(Definition::Entity(entity))) => Some(entity),
        Some(_) => None,
        None => base.entity(id),
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
        lookup(&self.definitions, self.base, id)
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
            members.extend(
                touched
                    .iter()
                    .filter(|id| self.base.record(**id).is_none() && matches!(self.records.get(id), Some(Some(_)))),
            );
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
