//! The names by which links are found, looked up from the spelling that is exactly the same to the one that is merely alike.

use rustc_hash::FxHashMap;

use crate::engine::transfer::name::{squashed, without_company_form};
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::RecordId;
use crate::model::record::Values;
use crate::model::value::Value;

/// The records of one entity by name.
#[derive(Default)]
pub struct NameIndex {
    exact: FxHashMap<String, Held>,
    unique: FxHashMap<String, Held>,
    squashed: FxHashMap<String, Held>,
    bare: FxHashMap<String, Held>,
    titles: FxHashMap<RecordId, String>,
}

/// Which records have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    By(RecordId),
    BySeveral(u32),
}

/// What a name led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The record of that very name.
    Exactly(RecordId),
    /// The only record of a similar name, with its title.
    Nearly(RecordId, String),
    /// Several records.
    Several(u32),
    /// None.
    Nobody,
}

impl NameIndex {
    /// Takes a record in. A record without a title can only be found by its unique fields.
    pub fn add(&mut self, entity: &Entity, id: RecordId, values: &Values) {
        if let Some(title) = text_of(values.get(entity.title)) {
            // An update must not make a record its own rival; a former title goes on leading to it.
            let squashed = squashed(&title);
            let bare = without_company_form(&squashed).to_owned();
            hold(&mut self.exact, title.clone(), id);
            hold(&mut self.squashed, squashed, id);
            hold(&mut self.bare, bare, id);
            self.titles.insert(id, title);
        }
        for field in entity.fields.iter().filter(|field| field.id != entity.title) {
            if (field.unique || matches!(field.kind, FieldKind::AutoNumber { .. }))
                && let Some(text) = text_of(values.get(field.id))
            {
                hold(&mut self.unique, text.to_lowercase(), id);
            }
        }
    }

    /// Takes a name in that will lead to a record once its file is in.
    pub fn add_name(&mut self, name: &str, id: RecordId) {
        let squashed = squashed(name);
        hold(&mut self.bare, without_company_form(&squashed).to_owned(), id);
        hold(&mut self.squashed, squashed, id);
        hold(&mut self.exact, name.to_owned(), id);
        self.titles.insert(id, name.to_owned());
    }

    /// Takes a record out that has not come to be after all.
    pub fn forget(&mut self, entity: &Entity, id: RecordId, values: &Values) {
        let drop = |names: &mut FxHashMap<String, Held>, name: &str| {
            if names.get(name) == Some(&Held::By(id)) {
                names.remove(name);
            }
        };
        if let Some(title) = self.titles.remove(&id) {
            let squashed = squashed(&title);
            drop(&mut self.exact, &title);
            drop(&mut self.bare, without_company_form(&squashed));
            drop(&mut self.squashed, &squashed);
        }
        for field in entity.fields.iter().filter(|field| field.id != entity.title) {
            if let Some(text) = text_of(values.get(field.id)) {
                drop(&mut self.unique, &text.to_lowercase());
            }
        }
    }

    /// Looks a name up.
    pub fn find(&self, name: &str) -> Found {
        match self.exact.get(name) {
            Some(Held::By(id)) => return Found::Exactly(*id),
            Some(Held::BySeveral(count)) => return Found::Several(*count),
            None => {}
        }
        match self.unique.get(&name.to_lowercase()) {
            Some(Held::By(id)) => return Found::Exactly(*id),
            Some(Held::BySeveral(count)) => return Found::Several(*count),
            None => {}
        }
        let key = squashed(name);
        if key.is_empty() {
            return Found::Nobody;
        }
        for (names, key) in [(&self.squashed, key.as_str()), (&self.bare, without_company_form(&key))] {
            match names.get(key) {
                Some(Held::By(id)) => {
                    return Found::Nearly(*id, self.titles.get(id).cloned().unwrap_or_default());
                }
                Some(Held::BySeveral(count)) => return Found::Several(*count),
                None => {}
            }
        }
        Found::Nobody
    }
}

fn hold(names: &mut FxHashMap<String, Held>, name: String, id: RecordId) {
    if name.is_empty() {
        return;
    }
    names
        .entry(name)
        .and_modify(|held| match *held {
            Held::By(other) if other == id => {}
            Held::By(_) => *held = Held::BySeveral(2),
            Held::BySeveral(count) => *held = Held::BySeveral(count + 1),
        })
        .or_insert(Held::By(id));
}

/// The text under which a value is looked up.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.normalize().to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Choice(option) => Some(option.as_str().to_owned()),
        _ => None,
    }
}
