//! Definitions of both sides become one: each as a whole, but no field goes that records still fill in.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Clash, Content, Reason, Side, Work};
use crate::engine::form;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{DefinitionId, EntityId, FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;

impl Work<'_> {
    pub(super) fn merge_definitions(&mut self) {
        let theirs = std::mem::take(&mut self.theirs.definitions);
        let mut ids: Vec<DefinitionId> = theirs.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            let (mark, their) = &theirs[&id];
            let our = self.state.definition(id).cloned();
            if *their == our {
                continue;
            }
            let our_mark = self.ours.definitions.get(&id).map(|(mark, _)| *mark);
            let wins = our_mark.is_none_or(|ours| *mark > ours);
            if let Some(ours) = our_mark
                && self.is_clash(ours, *mark)
            {
                let clash = Clash::of_definition(id, (content(&our), ours), (content(their), *mark));
                self.clashes.push(clash);
            }
            if wins {
                self.origin(*mark).definitions.push(id);
                self.definitions.insert(id, their.clone());
            }
        }
        self.theirs.definitions = theirs;
    }

    /// An entity as it will be.
    pub(super) fn entity(&self, id: EntityId) -> Option<Arc<Entity>> {
        let id = Definition::entity_id(id);
        match self.definitions.get(&id) {
            Some(definition) => as_entity(definition.as_ref()),
            None => as_entity(self.state.definition(id)),
        }
    }

    /// An entity in every version that is known, the one that will be first.
    pub(super) fn versions(&self, id: EntityId) -> impl Iterator<Item = Arc<Entity>> {
        let definition = Definition::entity_id(id);
        let ours = as_entity(self.state.definition(definition));
        let theirs = self.theirs.definitions.get(&definition).and_then(|(_, it)| as_entity(it.as_ref()));
        [self.entity(id), ours, theirs].into_iter().flatten()
    }

    /// The entities of changed records, and those that will be defined otherwise, with what their records fill in.
    fn held(&self) -> BTreeMap<EntityId, Held> {
        let mut held: BTreeMap<EntityId, Held> = BTreeMap::new();
        for record in self.records.values().flatten() {
            held.entry(record.entity).or_default().note(record);
        }
        for id in self.definitions.keys() {
            let Some(entity) = as_entity(self.state.definition(*id)) else {
                continue;
            };
            for id in self.state.member_ids(entity.id).iter().filter(|id| !self.records.contains_key(id)) {
                if let Some(record) = self.state.record(*id) {
                    held.entry(entity.id).or_default().note(record);
                }
            }
        }
        held
    }

    /// A field or option that one side took away while records of the other one hold it stays; so does an entity that has records.
    pub(super) fn keep_held_fields(&mut self) {
        for (id, held) in self.held() {
            let versions: Vec<Arc<Entity>> = self.versions(id).collect();
            let Some(first) = versions.first() else { continue };
            let mut entity = Entity::clone(first);
            for field in versions.iter().skip(1).flat_map(|version| &version.fields) {
                match entity.fields.iter_mut().find(|known| known.id == field.id) {
                    Some(known) => held.keep_options(known, field),
                    None if held.fields.contains(&field.id) && !field.is_computed() => {
                        entity.fields.push(field.clone())
                    }
                    None => {}
                }
            }
            let definition = Definition::entity_id(id);
            if self.entity(id).as_deref() != Some(&entity) {
                self.definitions.insert(definition, Some(Definition::Entity(Arc::new(entity.clone()))));
            }
            let redefined = self.definitions.contains_key(&definition);
            self.drop_misfits(&entity, redefined);
        }
    }

    /// Empties what no field takes any more.
    fn drop_misfits(&mut self, entity: &Entity, redefined: bool) {
        let members: Vec<RecordId> = if redefined {
            self.state.member_ids(entity.id).iter().copied().filter(|id| !self.records.contains_key(id)).collect()
        } else {
            Vec::new()
        };
        let changed = self.records.iter().filter(|(_, it)| it.as_ref().is_some_and(|it| it.entity == entity.id));
        let ids: Vec<RecordId> = changed.map(|(id, _)| *id).chain(members).collect();
        for id in ids {
            let Some(record) = self.record(id) else { continue };
            let misfit = |field: FieldId, value: &Value| match entity.field(field) {
                None => true,
                Some(known) => {
                    let former = self
                        .versions(entity.id)
                        .find_map(|it| it.field(field).filter(|it| it.kind != known.kind).cloned());
                    former.is_some() && !known.is_computed() && !form::fits(known, value)
                }
            };
            let dropped: Vec<(FieldId, Value)> = record
                .values
                .iter()
                .filter(|(field, value)| misfit(*field, value))
                .map(|(field, value)| (field, value.clone()))
                .collect();
            if dropped.is_empty() {
                continue;
            }
            let mut next = record.clone();
            for (field, value) in dropped {
                next.values.set(field, Value::Empty);
                if !self.is_computed(entity.id, field) {
                    let side = if self.ours.lives.contains_key(&id) { Side::Theirs } else { Side::Ours };
                    self.clashes.push(Clash::lost(Reason::FieldGone, side, id, Some(field), Content::Value(value)));
                }
            }
            self.records.insert(id, Some(next));
        }
    }
}

/// What the records of an entity fill in.
#[derive(Default)]
struct Held {
    fields: FxHashSet<FieldId>,
    options: FxHashSet<(FieldId, OptionId)>,
}

impl Held {
    fn note(&mut self, record: &Record) {
        for (field, value) in record.values.iter() {
            self.fields.insert(field);
            self.options.extend(value.options().iter().map(|option| (field, *option)));
        }
    }

    fn keep_options(&self, field: &mut Field, other: &Field) {
        let id = field.id;
        if let FieldKind::Choice { options } | FieldKind::Choices { options, .. } = &mut field.kind {
            for option in other.options() {
                if self.options.contains(&(id, option.id)) && options.iter().all(|known| known.id != option.id) {
                    options.push(option.clone());
                }
            }
        }
    }
}

fn as_entity(definition: Option<&Definition>) -> Option<Arc<Entity>> {
    if let Some(Definition::Entity(entity)) = definition { Some(entity.clone()) } else { None }
}

fn content(definition: &Option<Definition>) -> Content {
    definition.as_ref().map_or(Content::Nothing, |definition| Content::Definition(Box::new(definition.clone())))
}
