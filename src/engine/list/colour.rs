//! Colours: which of a view's rules hold for a record, for its row and for single cells.

use crate::engine::condition::{self, CompiledCondition};
use crate::engine::formula::Scope;
use crate::engine::formula::function::Clock;
use crate::model::field::Language;
use crate::model::id::{EntityId, FieldId};
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
}
