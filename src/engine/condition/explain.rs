//! Why a condition holds or does not, as a tree of data that any language can draw.

use crate::engine::condition::Clause;
use crate::engine::condition::test;
use crate::engine::formula::function::Operand;
use crate::engine::formula::{self, Explanation, Scope};
use crate::model::condition::{self, Comparison};
use crate::model::field::Label;
use crate::model::value::Value;

/// A part of a condition with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionExplanation {
    /// Whether it holds.
    pub holds: bool,
    /// What it is and why.
    pub what: Explained,
}

/// What a part of a condition is.
#[derive(Clone, Debug, PartialEq)]
pub enum Explained {
    /// All of these had to hold.
    All(Vec<ConditionExplanation>),
    /// One of these had to hold.
    Any(Vec<ConditionExplanation>),
    /// This had not to hold.
    Not(Box<ConditionExplanation>),
    /// A field was compared.
    Compare {
        /// The field or path as it was written.
        field: String,
        /// What people call it.
        label: Label,
        /// What it held.
        actual: Operand,
        /// What it had held before the change at hand; for `changed` only.
        before: Option<Operand>,
        /// How it was compared.
        is: Comparison,
        /// With what.
        operand: condition::Operand,
    },
    /// A formula was asked.
    Formula(Explanation),
}

/// Explains a condition for a record.
pub(super) fn explain(clause: &Clause, scope: &Scope<'_>) -> ConditionExplanation {
    let each = |parts: &[Clause]| parts.iter().map(|part| explain(part, scope)).collect::<Vec<_>>();
    let what = match clause {
        Clause::All(parts) => Explained::All(each(parts)),
        Clause::Any(parts) => Explained::Any(each(parts)),
        Clause::Not(part) => Explained::Not(Box::new(explain(part, scope))),
        Clause::Test(test) => {
            let before = (test.is == Comparison::Changed).then(|| match scope.before {
                Some(before) => formula::read(&test.access, &Scope { record: before, ..*scope }).into_operand(),
                None => Operand::One(Value::Empty),
            });
            Explained::Compare {
                field: test.written.field.clone(),
                label: test.label.clone(),
                actual: formula::read(&test.access, scope).into_operand(),
                before,
                is: test.is,
                operand: test::written(test).clone(),
            }
        }
        Clause::Formula(formula) => Explained::Formula(formula.explain(scope)),
    };
    ConditionExplanation { holds: clause.holds(scope), what }
}
