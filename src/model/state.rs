//! The state of a workspace: its definitions and records, with the indexes that follow from them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::model::change::Change;
use crate::model::definition::{Definition, Workspace};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{CellId, Currency, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::time::Reckoning;
use crate::model::value::Value;

/// All that is known, in memory.
#[derive(Clone, Default)]
pub struct State {
    definitions: BTreeMap<DefinitionId, Definition>,
    records: FxHashMap<RecordId, Arc<Record>>,
    cells: BTreeMap<CellId, Value>,
    // What follows from the above and is never stored.
    entities: FxHashMap<EntityId, Arc<Entity>>,
    members: FxHashMap<EntityId, Vec<RecordId>>,
    incoming: FxHashMap<RecordId, Vec<Inlet>>,
    unique: Unique,
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

/// The links of one field of one entity that point at a record.
#[derive(Clone)]
struct Inlet {
    entity: EntityId,
    via: FieldId,
    from: Vec<RecordId>,
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
        let entity = |definition| {
            if let Definition::Entity(entity) = definition { Some(entity) } else { None }
        };
        self.all_definitions().into_iter().filter_map(entity).collect()
    }

    /// The settings of the workspace, once a pack has made them.
    fn workspace(&self) -> Option<&Arc<Workspace>> {
        match self.definition(Definition::workspace_id()) {
            Some(Definition::Workspace(workspace)) => Some(workspace),
            _ => None,
        }
    }

    /// The currency of amounts that name none.
    fn currency(&self) -> Currency {
        self.workspace().map_or_else(|| Currency::new("CNY"), |workspace| workspace.currency)
    }

    /// How weeks, quarters and years are reckoned.
    fn reckoning(&self) -> Reckoning {
        self.workspace().map(|workspace| workspace.reckoning()).unwrap_or_default()
    }

    /// The country calling code of telephone numbers that have none.
    fn calling_code(&self) -> &str {
        self.workspace().map_or("86", |workspace| &workspace.calling_code)
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
        let mut state = State { records, cells, ..State::default() };
        let mut shift = Shift::default();
        for record in state.records.values() {
            shift.note(&FxHashMap::default(), None, Some(record));
        }
        state.shift(shift);
        for (id, definition) in definitions {
            state.define(id, Some(definition));
        }
        state
    }

    /// Carries one change out. Changes are never refused here: `decide` made them from this very state.
    pub fn apply(&mut self, change: &Change) {
        self.apply_all(std::slice::from_ref(change));
    }

    /// Carries changes out in their order. The indexes are brought up to date once for all of them.
    pub fn apply_all(&mut self, changes: &[Change]) {
        let mut formers: FxHashMap<RecordId, Option<Arc<Record>>> = FxHashMap::default();
        for change in changes {
            match change {
                Change::Created { record, .. } => {
                    let former = self.records.insert(record.id, record.clone());
                    formers.entry(record.id).or_insert(former);
                }
                Change::Removed { record } => {
                    let former = self.records.remove(&record.id);
                    formers.entry(record.id).or_insert(former);
                }
                Change::Updated { record, fields, after, .. } => {
                    let Some(current) = self.records.get_mut(record) else {
                        continue;
                    };
                    formers.entry(*record).or_insert_with(|| Some(current.clone()));
                    let current = Arc::make_mut(current);
                    current.updated = *after;
                    for change in fields {
                        current.values.set(change.field, change.after.clone());
                    }
                }
                Change::Defined { id, after, .. } => {
                    self.reindex(std::mem::take(&mut formers));
                    self.define(*id, after.clone());
                }
                Change::Remembered { cell, after, .. } => self.remember(*cell, after.clone()),
            }
        }
        self.reindex(formers);
    }

    /// Puts a record in, replacing the one with the same id.
    pub fn insert(&mut self, record: Arc<Record>) {
        let id = record.id;
        let former = self.records.insert(id, record);
        self.reindex([(id, former)]);
    }

    /// Brings the indexes up to date with records that were these before.
    fn reindex(&mut self, formers: impl IntoIterator<Item = (RecordId, Option<Arc<Record>>)>) {
        let mut shift = Shift::default();
        for (id, former) in formers {
            let next = self.records.get(&id);
            shift.note(&self.unique, former.as_deref(), next.map(Arc::as_ref));
        }
        self.shift(shift);
    }

    fn shift(&mut self, shift: Shift) {
        for (entity, moves) in shift.members {
            moves.carry_out(self.members.entry(entity).or_default());
        }
        for ((to, entity, via), moves) in shift.links {
            let inlets = self.incoming.entry(to).or_default();
            let at = match inlets.iter().position(|inlet| inlet.entity == entity && inlet.via == via) {
                Some(at) => at,
                None => {
                    let at = inlets.partition_point(|inlet| (inlet.entity, inlet.via) < (entity, via));
                    inlets.insert(at, Inlet { entity, via, from: Vec::new() });
                    at
                }
            };
            moves.carry_out(&mut inlets[at].from);
            if inlets[at].from.is_empty() {
                inlets.remove(at);
            }
            if inlets.is_empty() {
                self.incoming.remove(&to);
            }
        }
        for (field, value, id, moved) in shift.held {
            let Some(holders) = self.unique.get_mut(&field).and_then(OnceLock::get_mut) else {
                continue;
            };
            match moved {
                Moved::In => insert_sorted(holders.entry(value).or_default(), id),
                Moved::Out => {
                    if let Some(ids) = holders.get_mut(&value) {
                        remove_sorted(ids, id);
                        if ids.is_empty() {
                            holders.remove(&value);
                        }
                    }
                }
            }
        }
    }

    /// Puts a definition in or takes it out.
    pub fn define(&mut self, id: DefinitionId, definition: Option<Definition>) {
        let former = match &definition {
            Some(definition) => self.definitions.insert(id, definition.clone()),
            None => self.definitions.remove(&id),
        };
        let entity = |definition| {
            if let Some(Definition::Entity(entity)) = definition { Some(entity) } else { None }
        };
        let (before, after) = (entity(former), entity(definition));
        let is_same = match (&before, &after) {
            (Some(before), Some(after)) => unique_fields(before).eq(unique_fields(after)),
            (None, None) => true,
            _ => false,
        };
        let Some(changed) = after.as_ref().or(before.as_ref()).map(|entity| entity.id) else {
            return;
        };
        match after {
            Some(entity) => self.entities.insert(changed, entity),
            None => self.entities.remove(&changed),
        };
        if !is_same {
            self.forget_unique(changed);
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
    pub fn all_incoming(&self, to: RecordId) -> Vec<Incoming> {
        let links = |inlet: &Inlet| {
            let (entity, via) = (inlet.entity, inlet.via);
            inlet.from.iter().map(move |from| Incoming { entity, via, from: *from }).collect::<Vec<_>>()
        };
        self.incoming.get(&to).into_iter().flatten().flat_map(links).collect()
    }

    /// The records of an entity that point at a record through a field, without copying them.
    pub fn incoming_ids(&self, to: RecordId, entity: EntityId, via: FieldId) -> &[RecordId] {
        let inlets = self.incoming.get(&to).map_or(&[][..], Vec::as_slice);
        let inlet = inlets.iter().find(|inlet| inlet.entity == entity && inlet.via == via);
        inlet.map_or(&[], |inlet| inlet.from.as_slice())
    }

    /// The records of an entity whose unique field has the value with this key, without copying them.
    pub fn holders_of_key(&self, entity: EntityId, field: FieldId, key: &Value) -> &[RecordId] {
        let holders = self.unique.get(&(entity, field)).map(|made| made.get_or_init(|| self.holders_of(entity, field)));
        holders.and_then(|holders| holders.get(key)).map_or(&[], Vec::as_slice)
    }

    /// Makes one of the indexes that are only made when they are asked for, before anybody has to wait for it; says whether there
    /// was one left to make.
    pub fn prepare(&self) -> bool {
        let waiting = self.unique.iter().find(|(_, made)| made.get().is_none());
        waiting.is_some_and(|((entity, field), made)| made.set(self.holders_of(*entity, *field)).is_ok())
    }

    /// Whether any record points at this one.
    pub fn is_linked(&self, to: RecordId) -> bool {
        self.incoming.contains_key(&to)
    }

    fn forget_unique(&mut self, entity: EntityId) {
        self.unique.retain(|(owner, _), _| *owner != entity);
        let fields = self.entities.get(&entity).into_iter().flat_map(|entity| unique_fields(entity));
        self.unique.extend(fields.map(|field| ((entity, field), OnceLock::new())));
    }

    fn holders_of(&self, entity: EntityId, field: FieldId) -> Holders {
        let mut holders = Holders::default();
        for record in self.member_ids(entity).iter().filter_map(|id| self.records.get(id)) {
            let value = record.value(field);
            if !value.is_empty() {
                holders.entry(unique_key(value)).or_default().push(record.id);
            }
        }
        holders
    }
}

impl Reader for State {
    fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(&id)
    }

    fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        self.entities.get(&id)
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
        self.incoming_ids(to, entity, via).to_vec()
    }

    fn holders(&self, entity: EntityId, field: FieldId, value: &Value) -> Vec<RecordId> {
        self.holders_of_key(entity, field, &unique_key(value)).to_vec()
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

/// The fields of an entity by whose value records are found.
pub fn unique_fields(entity: &Entity) -> impl Iterator<Item = FieldId> {
    entity.fields.iter().filter(|field| is_unique(field)).map(|field| field.id)
}

/// Whether records are found by the value of a field.
pub fn is_unique(field: &Field) -> bool {
    field.unique || matches!(field.kind, FieldKind::AutoNumber { .. })
}

/// What a batch of changes does to the indexes.
#[derive(Default)]
struct Shift {
    members: FxHashMap<EntityId, Moves>,
    links: FxHashMap<(RecordId, EntityId, FieldId), Moves>,
    held: Vec<((EntityId, FieldId), Value, RecordId, Moved)>,
    /// The unique fields, with an index, of the entities that have come up: looking through them beats looking each field up.
    keys: FxHashMap<EntityId, Vec<FieldId>>,
}

/// Ids that leave a list, and ids that join it.
#[derive(Default)]
struct Moves {
    out: Vec<RecordId>,
    joined: Vec<RecordId>,
}

#[derive(Clone, Copy)]
enum Moved {
    Out,
    In,
}

/// The records with each value of a unique field.
type Holders = FxHashMap<Value, Vec<RecordId>>;

/// By unique field; made when first asked for, since a workspace is opened far more often than something is looked for by them all.
type Unique = FxHashMap<(EntityId, FieldId), OnceLock<Holders>>;

impl Shift {
    /// Notes a record as it was and as it is.
    fn note(&mut self, unique: &Unique, former: Option<&Record>, next: Option<&Record>) {
        if former.map(|record| record.entity) != next.map(|record| record.entity) {
            if let Some(record) = former {
                self.members.entry(record.entity).or_default().out.push(record.id);
            }
            if let Some(record) = next {
                self.members.entry(record.entity).or_default().joined.push(record.id);
            }
        }
        self.note_values(unique, former, next, Moved::Out);
        self.note_values(unique, next, former, Moved::In);
    }

    /// Notes what a record holds and its other version does not.
    fn note_values(&mut self, unique: &Unique, record: Option<&Record>, other: Option<&Record>, moved: Moved) {
        let Some(record) = record else { return };
        let other = other.filter(|other| other.entity == record.entity);
        let keys = self.keys.entry(record.entity).or_insert_with(|| {
            let made = unique.iter().filter(|((entity, _), made)| *entity == record.entity && made.get().is_some());
            made.map(|((_, field), _)| *field).collect()
        });
        for (field, value) in record.values.iter() {
            let links = value.links();
            let is_unique = keys.contains(&field);
            if (links.is_empty() && !is_unique) || other.is_some_and(|other| other.value(field) == value) {
                continue;
            }
            for link in links {
                let moves = self.links.entry((*link, record.entity, field)).or_default();
                match moved {
                    Moved::Out => moves.out.push(record.id),
                    Moved::In => moves.joined.push(record.id),
                }
            }
            if is_unique {
                self.held.push(((record.entity, field), unique_key(value), record.id, moved));
            }
        }
    }
}

impl Moves {
    fn carry_out(mut self, list: &mut Vec<RecordId>) {
        const FEW: usize = 4;
        if self.out.len() <= FEW {
            self.out.iter().for_each(|id| remove_sorted(list, *id));
        } else {
            self.out.sort_unstable();
            list.retain(|id| self.out.binary_search(id).is_err());
        }
        if self.joined.len() <= FEW {
            self.joined.into_iter().for_each(|id| insert_sorted(list, id));
        } else {
            self.joined.sort_unstable();
            // Ids grow with time, so that what joins overlaps with little more than the end.
            let from = list.partition_point(|id| *id < self.joined[0]);
            self.joined.extend_from_slice(&list[from..]);
            self.joined.sort();
            self.joined.dedup();
            list.truncate(from);
            list.append(&mut self.joined);
        }
    }
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
