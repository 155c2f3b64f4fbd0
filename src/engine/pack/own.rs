//! A pack without its people: whoever begins stands alone, and all that the pack asks of its people is asked of them.

use serde_json::Value as Json;

use super::{Pack, PlainRecord};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{FieldKind, Label};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::json;

/// Who begins, and what they call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The name of the person.
    pub person: String,
    /// What the workspace is called; as the pack has it where it is blank.
    pub workspace: String,
}

/// Lets one person stand for all people of a pack. A pack without people stays as it is but for its name.
pub fn begin(pack: &mut Pack, beginning: &Beginning) {
    let name = beginning.workspace.trim();
    let mut people = None;
    for definition in &mut pack.definitions {
        if let Definition::Workspace(workspace) = definition {
            people = workspace.people;
            if !name.is_empty() {
                std::sync::Arc::make_mut(workspace).name = Label::same(name);
            }
        }
    }
    let entities = pack.definitions.iter().filter_map(|definition| match definition {
        Definition::Entity(entity) => Some(entity.clone()),
        _ => None,
    });
    let Some(entity) = entities.into_iter().find(|entity| Some(entity.id) == people) else { return };
    let names: Vec<String> =
        pack.records.iter().filter(|record| record.entity == entity.id).map(|record| record.name.clone()).collect();
    let own = names.first().cloned().unwrap_or_else(|| format!("{}/me", entity.id));
    let is_person = |text: &str| names.iter().any(|name| name == text);
    let former = pack.records.iter().find(|record| record.name == own).map(|record| record.values.clone());
    let mut person = person(&entity, own.clone(), beginning.person.trim(), former.unwrap_or_default());
    for (_, value) in &mut person.values {
        replace(value, &is_person, &own);
    }
    pack.records.retain(|record| record.entity != entity.id);
    for (_, value) in pack.records.iter_mut().flat_map(|record| &mut record.values) {
        replace(value, &is_person, &own);
    }
    pack.records.insert(0, person);
    let ids: Vec<String> = names.iter().map(|name| RecordId::named(name).to_string()).collect();
    let is_id = |text: &str| ids.iter().any(|id| id == text);
    let own = RecordId::named(&own).to_string();
    for definition in &mut pack.definitions {
        let mut written = json::to_value(&*definition);
        if replace(&mut written, &is_id, &own)
            && let Ok(read) = json::read_value::<Definition>(&written)
        {
            *definition = read;
        }
    }
}

/// Somebody of that name, with the part that they play and nothing else of the one who was there.
fn person(entity: &Entity, name: String, called: &str, former: Vec<(FieldId, Json)>) -> PlainRecord {
    let is_part = |field: FieldId| {
        let kind = entity.field(field).map(|field| &field.kind);
        matches!(
            kind,
            Some(FieldKind::Choice { .. } | FieldKind::Choices { .. } | FieldKind::Flag | FieldKind::Link(_))
        )
    };
    let mut values: Vec<(FieldId, Json)> = former.into_iter().filter(|(field, _)| is_part(*field)).collect();
    // Nobody is above the only one.
    let of: EntityId = entity.id;
    values
        .retain(|(field, _)| entity.field(*field).and_then(|field| field.link()).is_none_or(|link| !link.accepts(of)));
    values.insert(0, (entity.title, Json::String(called.to_owned())));
    PlainRecord { name, entity: of, created: None, values }
}

/// Puts one text in the place of others; of a list, it stands there once. Says whether there were any.
fn replace(value: &mut Json, is_meant: &dyn Fn(&str) -> bool, own: &str) -> bool {
    match value {
        Json::String(text) if is_meant(text) => {
            own.clone_into(text);
            true
        }
        Json::Array(items) => {
            let found = items.iter_mut().fold(false, |found, item| replace(item, is_meant, own) | found);
            if found {
                let mut is_there = false;
                items.retain(|item| item.as_str() != Some(own) || !std::mem::replace(&mut is_there, true));
            }
            found
        }
        Json::Object(fields) => {
            fields.iter_mut().fold(false, |found, (_, value)| replace(value, is_meant, own) | found)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
    }
}
