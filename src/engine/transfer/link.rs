//! Links by name, for texts that come one by one: what is pasted into cells.

use rustc_hash::FxHashMap;

use crate::engine::transfer::column::separate;
use crate::engine::transfer::index::{Found, NameIndex};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::text;
use crate::model::value::Value;

/// Finds records by their names. It reads the names of an entity when the first text asks for one.
pub struct LinkReader<'a> {
    state: &'a State,
    names: FxHashMap<EntityId, NameIndex>,
}

impl<'a> LinkReader<'a> {
    /// A reader for the records of a workspace.
    pub fn new(state: &'a State) -> Self {
        LinkReader { state, names: FxHashMap::default() }
    }

    /// The records that a text in a link field means: one of that very name, or the only one of a similar name.
    pub fn read(&mut self, field: &Field, text: &str) -> Result<Value, Diagnostic> {
        let name = text::trim(text);
        if name.is_empty() {
            return Ok(Value::Empty);
        }
        if let FieldKind::Link(_) = field.kind {
            return self.find(field, name).map(Value::Link);
        }
        // A name may hold a comma itself.
        if let Ok(link) = self.find(field, name) {
            return Ok(Value::Links([link].into()));
        }
        let mut links: Vec<RecordId> = Vec::new();
        for part in separate(name) {
            let link = self.find(field, part)?;
            if !links.contains(&link) {
                links.push(link);
            }
        }
        Ok(if links.is_empty() { Value::Empty } else { Value::Links(links.into()) })
    }

    fn find(&mut self, field: &Field, name: &str) -> Result<RecordId, Diagnostic> {
        let wrong = |code: Code| Err(Diagnostic::of_field(code, field.id).with("value", name));
        let Some(target) = field.link() else { return wrong(Code::NoSuchLink) };
        if let Ok(id) = name.parse::<RecordId>()
            && self.state.record(id).is_some_and(|record| target.accepts(record.entity))
        {
            return Ok(id);
        }
        let all: Vec<EntityId>;
        let entities = if target.to.is_empty() {
            all = self.state.entities().iter().map(|entity| entity.id).collect();
            &all
        } else {
            &target.to
        };
        let mut nearly = None;
        for entity in entities {
            match self.names_of(*entity).find(name) {
                Found::Exactly(id) => return Ok(id),
                Found::Nearly(id, _) => nearly = nearly.or(Some(id)),
                Found::Several(count) => {
                    let wrong = Diagnostic::of_field(Code::AmbiguousLink, field.id);
                    return Err(wrong.with("value", name).with("count", count));
                }
                Found::Nobody => {}
            }
        }
        nearly.map_or_else(|| wrong(Code::NoSuchLink), Ok)
    }

    fn names_of(&mut self, entity: EntityId) -> &NameIndex {
        let state = self.state;
        self.names.entry(entity).or_insert_with(|| {
            let mut names = NameIndex::default();
            if let Some(definition) = state.entity(entity) {
                for id in state.member_ids(entity) {
                    if let Some(record) = state.record(*id) {
                        names.add(definition, *id, &record.values);
                    }
                }
            }
            names
        })
    }
}
