//! Colours: which of a view's rules hold for a record, for its row and for single cells.

use crate::engine::condition::{self, CompiledCondition};
use crate::engine::formula::function::Clock;
use crate::engine::formula::{Read, Scope};
use crate::model::field::Language;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::view::ColourRule;

/// The rules of a view, ready to be asked. One that cannot be understood colours nothing.
#[derive(Default)]
pub struct Colours {
    rules: Vec<(usize, CompiledCondition, Option<FieldId>)>,
}

/// The rules that colour a record, by their places: of the row, and of cells.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Coloured {
    /// The rule of the whole row.
    pub row: Option<usize>,
    /// The rules of cells; each field once.
    pub cells: Vec<(FieldId, usize)>,
}

/// What the colours of a record depend on besides the record itself.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Beside {
    /// Records that its links lead to.
    pub records: Vec<RecordId>,
    /// Entities of which any record may matter: those that point here.
    pub entities: Vec<EntityId>,
    /// Whether it may be another colour tomorrow.
    pub clock: bool,
    /// Whether it is another colour for another person.
    pub actor: bool,
}

impl Colours {
    /// Compiles rules.
    pub fn compile(state: &State, entity: EntityId, rules: &[ColourRule]) -> Colours {
        let compiled = rules.iter().enumerate().filter_map(|(at, rule)| {
            let condition = condition::compile(&rule.when, state, entity).ok()?;
            Some((at, condition, rule.field))
        });
        Colours { rules: compiled.collect() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules that colour a record: the first that holds for the row, and the first for each cell.
    pub fn of(&self, reader: &dyn Reader, record: &Record, clock: &Clock, language: Language) -> Coloured {
        let scope = Scope { reader, record, before: None, clock, language };
        let mut found = Coloured::default();
        for (at, condition, field) in &self.rules {
            let is_taken = match field {
                None => found.row.is_some(),
                Some(field) => found.cells.iter().any(|(known, _)| known == field),
            };
            if is_taken || !condition.holds(&scope) {
                continue;
            }
            match field {
                None => found.row = Some(*at),
                Some(field) => found.cells.push((*field, *at)),
            }
        }
        found
    }

    /// What the colours of a record depend on besides the record itself.
    pub fn beside(&self, reader: &dyn Reader, record: &Record) -> Beside {
        let mut beside = Beside::default();
        for read in self.rules.iter().flat_map(|(_, condition, _)| condition.reads()) {
            match read {
                // A link is asked by the name of what it leads to.
                Read::Own(field) => follow(reader, record, &[*field], &mut beside.records),
                Read::Through { path, .. } => follow(reader, record, path, &mut beside.records),
                Read::Related { entity, .. } => beside.entities.push(*entity),
                Read::RelatedThrough { entity, target, .. } => beside.entities.extend([*entity, *target]),
                Read::Clock => beside.clock = true,
                Read::Actor => beside.actor = true,
                Read::Updated => {}
            }
        }
        beside.records.sort_unstable();
        beside.records.dedup();
        beside.entities.sort_unstable();
        beside.entities.dedup();
        beside
    }
}

/// Every record along a path of links.
fn follow(reader: &dyn Reader, record: &Record, path: &[FieldId], found: &mut Vec<RecordId>) {
    let Some((step, rest)) = path.split_first() else { return };
    for link in record.value(*step).links() {
        found.push(*link);
        if let Some(next) = reader.record(*link).filter(|_| !rest.is_empty()) {
            follow(reader, next, rest, found);
        }
    }
}
