//! Conditions: a tree of questions, checked against the schema once and then asked of records as often as need be.

mod away;
mod bound;
mod day;
mod explain;
mod target;
mod test;

pub use away::as_meant;
pub use bound::days_left;
pub use day::{Day, Stretch};
pub use target::is_me;

pub use explain::{ConditionExplanation, Explained};

use crate::engine::condition::test::Test;
use crate::engine::formula::{self, Formula, Read, Scope};
use crate::model::condition::Condition;
use crate::model::diagnostic::Diagnostic;
use crate::model::id::EntityId;
use crate::model::state::Reader;

/// A condition that was checked against the schema.
#[derive(Clone, Debug)]
pub struct CompiledCondition {
    root: Clause,
    reads: Vec<Read>,
}

#[derive(Clone, Debug)]
enum Clause {
    All(Vec<Clause>),
    Any(Vec<Clause>),
    Not(Box<Clause>),
    Test(Box<Test>),
    Formula(Box<Formula>),
}

/// Checks a condition against the schema; everything that is wrong is told at once.
pub fn compile(
    condition: &Condition,
    reader: &dyn Reader,
    entity: EntityId,
) -> Result<CompiledCondition, Vec<Diagnostic>> {
    let mut compiler = Compiler { reader, entity, reads: Vec::new(), errors: Vec::new() };
    let root = compiler.clause(condition);
    match root {
        Some(root) if compiler.errors.is_empty() => Ok(CompiledCondition { root, reads: compiler.reads }),
        _ => Err(compiler.errors),
    }
}

impl CompiledCondition {
    /// Whether a record meets it; a fault in a formula counts as no.
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        self.root.holds(scope)
    }

    /// Why a record meets it or does not.
    pub fn explain(&self, scope: &Scope<'_>) -> ConditionExplanation {
        explain::explain(&self.root, scope)
    }

    /// What it depends on, each once.
    pub fn reads(&self) -> &[Read] {
        &self.reads
    }

    /// Whether it asks nothing and so holds for every record.
    pub fn is_always(&self) -> bool {
        matches!(&self.root, Clause::All(parts) if parts.is_empty())
    }
}

impl Clause {
    fn holds(&self, scope: &Scope<'_>) -> bool {
        match self {
            Clause::All(parts) => parts.iter().all(|part| part.holds(scope)),
            Clause::Any(parts) => parts.iter().any(|part| part.holds(scope)),
            Clause::Not(part) => !part.holds(scope),
            Clause::Test(test) => test.holds(scope),
            Clause::Formula(formula) => formula.holds(scope),
        }
    }
}

struct Compiler<'a> {
    reader: &'a dyn Reader,
    entity: EntityId,
    reads: Vec<Read>,
    errors: Vec<Diagnostic>,
}

impl Compiler<'_> {
    fn clause(&mut self, condition: &Condition) -> Option<Clause> {
        match condition {
            Condition::All { all } => self.parts(all).map(Clause::All),
            Condition::Any { any } => self.parts(any).map(Clause::Any),
            Condition::Not { not } => self.clause(not).map(|part| Clause::Not(Box::new(part))),
            Condition::Compare(compare) => match test::compile(compare, self.reader, self.entity) {
                Ok((test, reads)) => {
                    self.note(&reads);
                    Some(Clause::Test(Box::new(test)))
                }
                Err(error) => {
                    self.errors.push(error);
                    None
                }
            },
            Condition::Formula { formula } => match formula::compile(formula, self.reader, self.entity) {
                Ok(formula) => {
                    self.note(formula.reads());
                    if let Err(error) = formula::expect_flag(&formula) {
                        self.errors.push(error);
                    }
                    Some(Clause::Formula(Box::new(formula)))
                }
                Err(errors) => {
                    self.errors.extend(errors);
                    None
                }
            },
        }
    }

    /// Every part is checked even if one before it is wrong.
    fn parts(&mut self, conditions: &[Condition]) -> Option<Vec<Clause>> {
        let parts: Vec<Option<Clause>> = conditions.iter().map(|condition| self.clause(condition)).collect();
        parts.into_iter().collect()
    }

    fn note(&mut self, reads: &[Read]) {
        for read in reads {
            if !self.reads.contains(read) {
                self.reads.push(read.clone());
            }
        }
    }
}
