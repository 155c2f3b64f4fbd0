//! A draft: the state as it will be once the changes collected so far are applied, without touching the state itself.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::change::{Change, FieldChange};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::id::{CellId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State, is_unique, unique_fields, unique_key};
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
    index: Index,
}

/// What touched records point at and hold, kept in step with them.
#[derive(Default)]
struct Index {
    linked: FxHashMap<(RecordId, EntityId, FieldId), Vec<RecordId>>,
    // The records that are pointed at, or once were.
    targets: FxHashSet<RecordId>,
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
            index: Index::default(),
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

    /// Whether a record still stands as a change created it.
    pub fn is_as_created(&self, created: &Arc<Record>) -> bool {
        matches!(self.records.get(&created.id), Some(Some(record)) if Arc::ptr_eq(record, created))
    }

    /// Whether any record may point at this one.
    pub fn is_linked(&self, id: RecordId) -> bool {
        self.index.targets.contains(&id) || self.base.is_linked(id)
    }

    /// Makes what has been computed for a record a part of its creation, which is the change at this place.
    ///
    /// `fields` are those in which the record differs from how it was created and still stands.
    pub fn fill(&mut self, at: usize, filled: Record, fields: &[FieldId]) {
        let Some(Change::Created { record, .. }) = self.changes.get_mut(at) else { return };
        let filled = Arc::new(filled);
        let former = std::mem::replace(record, filled.clone());
        let definition = lookup(&self.definitions, self.base, filled.entity);
        for field in fields {
            self.index.swap(definition, &filled, *field, former.value(*field), filled.value(*field));
        }
        self.records.insert(filled.id, Some(filled));
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
            self.index.swap(definition, record, change.field, &before, &change.after);
        }
    }

    fn list(&mut self, record: &Record) {
        record.values.iter().for_each(|(field, value)| self.index.join(record, field, value));
        let definition = lookup(&self.definitions, self.base, record.entity);
        for field in definition.into_iter().flat_map(|entity| unique_fields(entity)) {
            self.index.hold(record, field, record.value(field));
        }
    }

    fn unlist(&mut self, record: &Record) {
        record.values.iter().for_each(|(field, value)| self.index.leave(record, field, value));
        let definition = lookup(&self.definitions, self.base, record.entity);
        for field in definition.into_iter().flat_map(|entity| unique_fields(entity)) {
            self.index.release(record, field, record.value(field));
        }
    }
}

impl Index {
    /// Notes a value instead of another one.
    fn swap(
        &mut self,
        definition: Option<&Arc<Entity>>,
        record: &Record,
        field: FieldId,
        before: &Value,
        after: &Value,
    ) {
        self.leave(record, field, before);
        self.join(record, field, after);
        if definition.and_then(|entity| entity.field(field)).is_some_and(is_unique) {
            self.release(record, field, before);
            self.hold(record, field, after);
        }
    }

    /// Notes what a value of a record points at.
    fn join(&mut self, record: &Record, field: FieldId, value: &Value) {
        for link in value.links() {
            self.targets.insert(*link);
            self.linked.entry((*link, record.entity, field)).or_default().push(record.id);
        }
    }

    fn leave(&mut self, record: &Record, field: FieldId, value: &Value) {
        for link in value.links() {
            if let Some(list) = self.linked.get_mut(&(*link, record.entity, field)) {
                list.retain(|from| *from != record.id);
            }
        }
    }

    /// Notes the value of a unique field.
    fn hold(&mut self, record: &Record, field: FieldId, value: &Value) {
        if !value.is_empty() {
            self.held.entry((record.entity, field, unique_key(value))).or_default().push(record.id);
        }
    }

    fn release(&mut self, record: &Record, field: FieldId, value: &Value) {
        if let Some(list) = self.held.get_mut(&(record.entity, field, unique_key(value))) {
            list.retain(|holder| *holder != record.id);
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
            if let Some(drafted) = self.index.linked.get(&(to, entity, via)) {
                links.extend(drafted);
                links.sort_unstable();
                links.dedup();
            }
        }
        links
    }

    fn holders(&self, entity: EntityId, field: FieldId, value: &Value) -> Vec<RecordId> {
        let key = unique_key(value);
        let mut holders = self.base.holders_of_key(entity, field, &key).to_vec();
        if self.touched.contains_key(&entity) {
            holders.retain(|id| !self.records.contains_key(id));
            if let Some(drafted) = self.index.held.get(&(entity, field, key)) {
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
