//! Conditions: a question asked of a record, as a tree that people build by clicking or as a formula that they type.

use serde::{Deserialize, Serialize};

use crate::model::id::FieldId;

/// A question that a record answers with yes or no.
///
/// In JSON: `{"all":[…]}`, `{"any":[…]}`, `{"not":…}`, `{"field":"title","is":"contains","value":"总监"}`, `{"formula":"公司规模 > 500"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// All of them hold; true when there are none.
    All {
        /// The parts.
        all: Vec<Condition>,
    },
    /// At least one holds; false when there are none.
    Any {
        /// The parts.
        any: Vec<Condition>,
    },
    /// It does not hold.
    Not {
        /// The part.
        not: Box<Condition>,
    },
    /// A field compared with something.
    Compare(Compare),
    /// A formula that gives yes or no.
    Formula {
        /// The formula, with or without the leading `=`.
        formula: String,
    },
}

/// A field compared with something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// A field of the record, or a path over links: `account.industry`.
    pub field: String,
    /// How it is compared.
    pub is: Comparison,
    /// With what; absent for the comparisons that need nothing.
    #[serde(default, skip_serializing_if = "Operand::is_absent")]
    pub value: Operand,
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same value; text without regard to case.
    Equals,
    /// Another value, or none.
    NotEquals,
    /// The text contains it; a list holds it.
    Contains,
    /// It does not.
    NotContains,
    /// The text starts with it.
    StartsWith,
    /// The text ends with it.
    EndsWith,
    /// More than, or after.
    Greater,
    /// At least, or not before.
    AtLeast,
    /// Less than, or before.
    Less,
    /// At most, or not after.
    AtMost,
    /// From the first to the second, both included.
    Between,
    /// One of several.
    OneOf,
    /// None of several.
    NoneOf,
    /// Nothing is filled in.
    Empty,
    /// Something is filled in.
    Filled,
    /// The value differs from what it was before the change at hand; rules only.
    Changed,
}

/// What a field is compared with, as written; it gets its type from the field.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Operand {
    /// Nothing.
    #[default]
    Absent,
    /// Yes or no.
    Flag(bool),
    /// A whole number; anything finer is written as text.
    Integer(i64),
    /// Anything else as text: `"12.50"`, `"2026-11-22"`, an option's id or label, a record's id.
    Text(String),
    /// Several.
    List(Vec<Operand>),
}

impl Compare {
    fn is_whole(&self) -> bool {
        let is_blank = |text: &str| text.trim().is_empty();
        match (&self.is, &self.value) {
            (Comparison::Empty | Comparison::Filled | Comparison::Changed, _) => true,
            (_, Operand::Absent) => false,
            (_, Operand::Text(text)) => !is_blank(text),
            (_, Operand::List(parts)) => {
                !parts.is_empty() && !parts.iter().any(|part| matches!(part, Operand::Text(text) if is_blank(text)))
            }
            (_, Operand::Flag(_) | Operand::Integer(_)) => true,
        }
    }
}

impl Operand {
    /// Whether there is nothing to compare with.
    pub fn is_absent(&self) -> bool {
        matches!(self, Operand::Absent)
    }
}

impl Condition {
    /// The condition that always holds.
    pub fn always() -> Self {
        Condition::All { all: Vec::new() }
    }

    /// Whether it holds for every record because it asks nothing.
    pub fn is_always(&self) -> bool {
        matches!(self, Condition::All { all } if all.is_empty())
    }

    /// Whether it says all that it has to say; one that is still being typed asks nothing yet.
    pub fn is_whole(&self) -> bool {
        match self {
            Condition::Compare(compare) => compare.is_whole(),
            Condition::Formula { formula } => !formula.trim().is_empty(),
            Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. } => true,
        }
    }

    /// The parts that all have to hold.
    pub fn parts(&self) -> &[Condition] {
        match self {
            Condition::All { all } => all,
            other => std::slice::from_ref(other),
        }
    }

    /// A field compared with a text.
    pub fn compare(field: FieldId, is: Comparison, value: Operand) -> Self {
        Condition::Compare(Compare { field: field.as_str().to_owned(), is, value })
    }
}

impl Default for Condition {
    fn default() -> Self {
        Condition::always()
    }
}
