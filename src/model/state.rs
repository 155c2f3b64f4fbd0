//! The state of a workspace: its definitions and records, with the indexes that follow from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::change::Change;
use crate::model::definition::{Definition, Workspace};
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::{CellId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::value::Value;

/// All that is known, in memory.
#[derive(Clone, Default)]
pub struct State {
    definitions: BTreeMap<DefinitionId, Definition>,
    records: FxHashMap<RecordId, Arc<Record>>,
    cells: BTreeMap<CellId, Value>,
    // What follows from the above and is never stored.
    members: FxHashMap<EntityId, Vec<RecordId>>,
    incoming: FxHashMap<RecordId, Vec<Incoming>>,
    unique: FxHashMap<(EntityId, FieldId), FxHashMap<Value, Vec<RecordId>>>,
}

/// A link that points at a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Incoming {
    /// The entity of the record that links.
    pub entity: EntityId,
    /// Its field.
    pub via: FieldId,
    /// The record that links.
    pub from: RecordId,
}

/// What questions about a workspace may be asked, of the state itself and of a draft of it.
pub trait Reader {
    /// The definition with this id.
    fn definition(&self, id: DefinitionId) -> Option<&Definition>;

    /// The entity with this id.
    fn entity(&self, id: EntityId) -> Option<&Arc<Entity>>;

    /// All definitions, by id.
    fn all_definitions(&self) -> Vec<Definition>;

    /// All entities, by id.
    fn entities(&self) -> Vec<Arc<Entity>> {
        let entity = |definition| if let Definition::Entity(entity) = definition { Some(entity) } else { None };
        self.all_definitions().into_iter().filter_map(entity).collect()
    }

    /// The settings of the workspace, once a pack has made them.
    fn workspace(&self) -> Option<&Arc<Workspace>> {
        match self.definition(Definition::workspace_id()) {
            Some(Definition::Workspace(workspace)) => Some(workspace),
            _ => None,
        }
    }

    /// The record with this id.
    fn record(&self, id: RecordId) -> Option<&Record>;

    /// The records of an entity, by id, which is by age for those that people made.
    fn members(&self, entity: EntityId) -> Vec<RecordId>;

    /// The records of an entity that point at a record through a field.
    fn incoming(&self, to: RecordId, entity: EntityId, via: FieldId) -> Vec<RecordId>;

    /// The records of an entity whose unique field has this value, letter case aside.
    fn holders(&self, entity: EntityId, field: FieldId, value: &Value) -> Vec<RecordId>;

    /// What automation remembers in a cell.
    fn cell(&self, cell: CellId) -> &Value;
}

static BLANK: Value = Value::Empty;

impl State {
    /// An empty workspace.
    pub fn new() -> Self {
        State::default()
    }

    /// The state of these parts; its indexes are made once for all of them, which putting them in one by one would do each time.
    pub fn load(
        definitions: BTreeMap<DefinitionId, Definition>,
        records: FxHashMap<RecordId, Arc<Record>>,
        cells: BTreeMap<CellId, Value>,
    ) -> Self {
        let mut state = State { cells, ..State::default() };
        for record in records.values() {
            state.members.entry(record.entity).or_default().push(record.id);
            for (field, value) in record.values.iter() {
                for link in value.links() {
                    let entry = Incoming { entity: record.entity, via: field, from: record.id };
                    state.incoming.entry(*link).or_default().push(entry);
                }
            }
        }
        for members in state.members.values_mut() {
            members.sort_unstable();
        }
        for incoming in state.incoming.values_mut() {
            incoming.sort_unstable();
            incoming.dedup();
        }
        state.records = records;
        // Defining an entity makes the index of its unique fields.
        for (id, definition) in definitions {
            state.define(id, Some(definition));
        }
        state
    }

    /// Carries one change out. Changes are never refused here: `decide` made them from this very state.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Created { record, .. } => self.insert(record.clone()),
            Change::Removed { record } => self.remove(record.id),
            Change::Updated { record, fields, after, .. } => {
                let Some(current) = self.records.get(record).cloned() else { return };
                let mut next = (*current).clone();
                next.updated = *after;
                for change in fields {
                    next.values.set(change.field, change.after.clone());
                }
                self.replace(&current, Arc::new(next));
            }
            Change::Defined { id, after, .. } => self.define(*id, after.clone()),
            Change::Remembered { cell, after, .. } => self.remember(*cell, after.clone()),
        }
    }

    /// Carries changes out in their order.
    pub fn apply_all(&mut self, changes: &[Change]) {
        for change in changes {
            self.apply(change);
        }
    }

    /// Puts a record in, replacing the one with the same id.
    pub fn insert(&mut self, record: Arc<Record>) {
        if let Some(current) = self.records.get(&record.id).cloned() {
            self.replace(&current, record);
            return;
        }
        let members = self.members.entry(record.entity).or_default();
        insert_sorted(members, record.id);
        self.index(&record);
        self.records.insert(record.id, record);
    }

    fn remove(&mut self, id: RecordId) {
        let Some(record) = self.records.remove(&id) else { return };
        self.unindex(&record);
        if let Some(members) = self.members.get_mut(&record.entity) {
            remove_sorted(members, id);
        }
    }

    fn replace(&mut self, current: &Arc<Record>, next: Arc<Record>) {
        self.unindex(current);
        self.index(&next);
        self.records.insert(next.id, next);
    }

    /// Puts a definition in or takes it out.
    pub fn define(&mut self, id: DefinitionId, definition: Option<Definition>) {
        let reindexed = match (self.definitions.get(&id), &definition) {
            (Some(Definition::Entity(before)), Some(Definition::Entity(after))) => {
                (unique_fields(before).ne(unique_fields(after))).then_some(after.id)
            }
            (None, Some(Definition::Entity(after))) => Some(after.id),
            _ => None,
        };
        match definition {
            Some(definition) => self.definitions.insert(id, definition),
            None => self.definitions.remove(&id),
        };
        if let Some(entity) = reindexed {
            self.rebuild_unique(entity);
        }
    }

    fn remember(&mut self, cell: CellId, value: Value) {
        if value.is_empty() {
            self.cells.remove(&cell);
        } else {
            self.cells.insert(cell, value);
        }
    }

    /// Puts a remembered value in; used when a workspace is opened.
    pub fn restore_cell(&mut self, cell: CellId, value: Value) {
        self.remember(cell, value);
    }

    /// All definitions, by id.
    pub fn definitions(&self) -> impl Iterator<Item = (DefinitionId, &Definition)> {
        self.definitions.iter().map(|(id, definition)| (*id, definition))
    }

    /// All remembered cells, by id.
    pub fn cells(&self) -> impl Iterator<Item = (CellId, &Value)> {
        self.cells.iter().map(|(id, value)| (*id, value))
    }

    /// All records, in no order.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values()
    }

    /// The record with this id, shared.
    pub fn shared_record(&self, id: RecordId) -> Option<&Arc<Record>> {
        self.records.get(&id)
    }

    /// How many records there are.
    pub fn record_count(&self) -> usize {
        self.records.len()
    }

    /// The ids of an entity's records, by id, without copying them.
    pub fn member_ids(&self, entity: EntityId) -> &[RecordId] {
        self.members.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Every link that points at a record, by entity and field.
    pub fn all_incoming(&self, to: RecordId) -> &[Incoming] {
        self.incoming.get(&to).map_or(&[], Vec::as_slice)
    }

    fn index(&mut self, record: &Record) {
        for (field, value) in record.values.iter() {
            for link in value.links() {
                let entry = Incoming { entity: record.entity, via: field, from: record.id };
                insert_sorted(self.incoming.entry(*link).or_default(), entry);
            }
            if !self.unique.is_empty()
                && let Some(holders) = self.unique.get_mut(&(record.entity, field))
            {
                insert_sorted(holders.entry(unique_key(value)).or_default(), record.id);
            }
        }
    }

    fn unindex(&mut self, record: &Record) {
        for (field, value) in record.values.iter() {
            for link in value.links() {
                if let Some(incoming) = self.incoming.get_mut(link) {
                    remove_sorted(incoming, Incoming { entity: record.entity, via: field, from: record.id });
                    if incoming.is_empty() {
                        self.incoming.remove(link);
                    }
                }
            }
            if let Some(holders) = self.unique.get_mut(&(record.entity, field)) {
                let key = unique_key(value);
                if let Some(ids) = holders.get_mut(&key) {
                    remove_sorted(ids, record.id);
                    if ids.is_empty() {
                        holders.remove(&key);
                    }
                }
            }
        }
    }

    fn rebuild_unique(&mut self, entity: EntityId) {
        self.unique.retain(|(owner, _), _| *owner != entity);
        let Some(Definition::Entity(definition)) = self.definitions.get(&Definition::entity_id(entity)) else { return };
        let fields: Vec<FieldId> = unique_fields(definition).collect();
        for field in &fields {
            let mut holders: FxHashMap<Value, Vec<RecordId>> = FxHashMap::default();
            for id in self.members.get(&entity).into_iter().flatten() {
                if let Some(record) = self.records.get(id)
                    && !record.value(*field).is_empty()
                {
                    holders.entry(unique_key(record.value(*field))).or_default().push(*id);
                }
            }
            self.unique.insert((entity, *field), holders);
        }
    }
}

impl Reader for State {
    fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(&id)
    }

    fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        match self.definitions.get(&Definition::entity_id(id)) {
            Some(Definition::Entity(entity)) => Some(entity),
            _ => None,
        }
    }

    fn all_definitions(&self) -> Vec<Definition> {
        self.definitions.values().cloned().collect()
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(&id).map(Arc::as_ref)
    }

    fn members(&self, entity: EntityId) -> Vec<RecordId> {
        self.member_ids(entity).to_vec()
    }

    fn incoming(&self, to: RecordId, entity: EntityId, via: FieldId) -> Vec<RecordId> {
        self.all_incoming(to)
            .iter()
            .filter(|link| link.entity == entity && link.via == via)
            .map(|link| link.from)
            .collect()
    }

    fn holders(&self, entity: EntityId, field: FieldId, value: &Value) -> Vec<RecordId> {
        let holders = self.unique.get(&(entity, field)).and_then(|holders| holders.get(&unique_key(value)));
        holders.cloned().unwrap_or_default()
    }

    fn cell(&self, cell: CellId) -> &Value {
        self.cells.get(&cell).unwrap_or(&BLANK)
    }
}

/// The value under which a unique field is looked up: text without regard to case.
pub fn unique_key(value: &Value) -> Value {
    match value.as_text() {
        Some(text) if text.chars().any(char::is_uppercase) => Value::text(&text.to_lowercase()),
        _ => value.clone(),
    }
}

fn unique_fields(entity: &Entity) -> impl Iterator<Item = FieldId> {
    entity
        .fields
        .iter()
        .filter(|field| field.unique || matches!(field.kind, FieldKind::AutoNumber { .. }))
        .map(|field| field.id)
}

/// Keeps a list in order; ids grow with time, so nearly every insertion is at the end.
fn insert_sorted<T: Ord>(list: &mut Vec<T>, item: T) {
    if list.last().is_none_or(|last| *last < item) {
        list.push(item);
    } else if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

fn remove_sorted<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Ok(at) = list.binary_search(&item) {
        list.remove(at);
    }
}
