//! Changes to many values alike: what each of them becomes.

use std::sync::Arc;

use chrono::Days;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::engine::formula::{Formula, Scope, into_field};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind};
use crate::model::id::{OptionId, RecordId};
use crate::model::record::Record;
use crate::model::value::{Money, Value, rounded};

/// What is done to a field of many records.
#[derive(Clone, Debug)]
pub enum CellChange {
    /// It gets this value, or becomes blank.
    Set(Value),
    /// These options or records are added to those it has.
    Add(Value),
    /// These options or records are taken from those it has.
    Remove(Value),
    /// This number is added: to numbers and amounts as it is, to days as days.
    Plus(Decimal),
    /// It grows by so many per cent.
    Grow(Decimal),
    /// Every place where a text stands gets another one.
    Replace {
        /// What is looked for, letter case aside.
        find: String,
        /// What stands there instead.
        with: String,
    },
    /// It gets what a formula gives for the record.
    Formula(Arc<Formula>),
}

/// A change as it is chosen, without its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Set to a value.
    Set,
    /// Make blank.
    Empty,
    /// Add options or records.
    Add,
    /// Remove options or records.
    Remove,
    /// Add a number.
    Plus,
    /// Grow by a percentage.
    Grow,
    /// Find and replace.
    Replace,
    /// Set by a formula.
    Formula,
}

impl Operation {
    /// A word for it, for keys of messages and values of controls.
    pub fn as_str(self) -> &'static str {
        match self {
            Operation::Set => "set",
            Operation::Empty => "empty",
            Operation::Add => "add",
            Operation::Remove => "remove",
            Operation::Plus => "plus",
            Operation::Grow => "grow",
            Operation::Replace => "replace",
            Operation::Formula => "formula",
        }
    }
}

/// What can be done to a field of many records at once; nothing where nobody edits it.
pub fn operations(field: &Field) -> Vec<Operation> {
    if !field.is_editable() || matches!(field.kind, FieldKind::Files | FieldKind::Signature) {
        return Vec::new();
    }
    let mut found = vec![Operation::Set];
    if field.unique {
        // No two records may hold the same value.
        found.clear();
    }
    match &field.kind {
        FieldKind::Choices { .. } | FieldKind::Links(_) => found.extend([Operation::Add, Operation::Remove]),
        FieldKind::Number(_) | FieldKind::Money { .. } | FieldKind::Percent(_) => {
            found.extend([Operation::Plus, Operation::Grow]);
        }
        FieldKind::Date => found.push(Operation::Plus),
        FieldKind::Text { .. } | FieldKind::LongText | FieldKind::RichText | FieldKind::Email | FieldKind::Url => {
            found.push(Operation::Replace);
        }
        _ => {}
    }
    if !field.required {
        found.push(Operation::Empty);
    }
    if !matches!(field.kind, FieldKind::Address | FieldKind::Location) {
        found.push(Operation::Formula);
    }
    found
}

impl CellChange {
    /// What a record's value becomes. Whether the record may hold it is the command's to say.
    pub fn apply(&self, field: &Field, record: &Record, scope: &Scope<'_>) -> Result<Value, Diagnostic> {
        let before = record.value(field.id);
        Ok(match self {
            CellChange::Set(value) => value.clone(),
            CellChange::Add(more) => joined(before, more),
            CellChange::Remove(less) => without(before, less),
            CellChange::Plus(number) => plus(before, *number).ok_or_else(|| too_large(field))?,
            CellChange::Grow(percent) => grown(field, before, *percent).ok_or_else(|| too_large(field))?,
            CellChange::Replace { find, with } => match before.as_text() {
                Some(text) => Value::text(&replaced(text, find, with)),
                None => before.clone(),
            },
            CellChange::Formula(formula) => {
                let wrong = || Diagnostic::of_field(Code::WrongType, field.id);
                let operand = formula.evaluate(scope).map_err(|_| wrong())?;
                into_field(operand, field, scope.clock).ok_or_else(wrong)?
            }
        })
    }
}

fn too_large(field: &Field) -> Diagnostic {
    Diagnostic::of_field(Code::TooLarge, field.id).with("max", Decimal::MAX)
}

fn joined(before: &Value, more: &Value) -> Value {
    match more {
        Value::Choices(more) => {
            let mut all: Vec<OptionId> = before.options().to_vec();
            all.extend(more.iter().copied().filter(|option| !before.options().contains(option)));
            if all.len() == before.options().len() { before.clone() } else { Value::Choices(all.into()) }
        }
        Value::Links(more) => {
            let mut all: Vec<RecordId> = before.links().to_vec();
            all.extend(more.iter().copied().filter(|link| !before.links().contains(link)));
            if all.len() == before.links().len() { before.clone() } else { Value::Links(all.into()) }
        }
        _ => before.clone(),
    }
}

fn without(before: &Value, less: &Value) -> Value {
    match (before, less) {
        (Value::Choices(options), Value::Choices(less)) => {
            let left: Vec<OptionId> = options.iter().copied().filter(|option| !less.contains(option)).collect();
            if left.is_empty() { Value::Empty } else { Value::Choices(left.into()) }
        }
        (Value::Links(links), Value::Links(less)) => {
            let left: Vec<RecordId> = links.iter().copied().filter(|link| !less.contains(link)).collect();
            if left.is_empty() { Value::Empty } else { Value::Links(left.into()) }
        }
        (other, _) => other.clone(),
    }
}

/// A blank stays blank: nothing plus something would be a value that nobody knew.
fn plus(before: &Value, number: Decimal) -> Option<Value> {
    Some(match before {
        Value::Number(held) => Value::Number(held.checked_add(number)?),
        Value::Money(held) => Value::Money(Money { amount: held.amount.checked_add(number)?, ..*held }),
        Value::Date(day) => {
            let days = number.round().to_i64()?;
            let moved = match u64::try_from(days) {
                Ok(days) => day.checked_add_days(Days::new(days)),
                Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs())),
            };
            Value::Date(moved?)
        }
        other => other.clone(),
    })
}

/// Rounded as the field shows it: amounts to two digits where it does not say.
fn grown(field: &Field, before: &Value, percent: Decimal) -> Option<Value> {
    let factor = Decimal::ONE.checked_add(percent.checked_div(Decimal::ONE_HUNDRED)?)?;
    let (limits, usual) = match &field.kind {
        FieldKind::Money { limits, .. } => (limits, 2),
        FieldKind::Number(limits) | FieldKind::Percent(limits) => (limits, 6),
        _ => return Some(before.clone()),
    };
    let digits = u32::from(limits.decimals.unwrap_or(usual));
    let grown = |number: Decimal| Some(rounded(number.checked_mul(factor)?, digits).normalize());
    Some(match before {
        Value::Number(held) => Value::Number(grown(*held)?),
        Value::Money(held) => Value::Money(Money { amount: grown(held.amount)?, ..*held }),
        other => other.clone(),
    })
}

/// Every place replaced, letter case aside; what stands around it keeps its own.
fn replaced(text: &str, find: &str, with: &str) -> String {
    let wanted: Vec<char> = find.chars().flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        match length_of_match(&letters[at..], &wanted) {
            Some(length) => {
                out.push_str(with);
                at += length;
            }
            None => {
                out.push(letters[at]);
                at += 1;
            }
        }
    }
    out
}

/// How many letters of a text say what is looked for, if it begins with that.
fn length_of_match(letters: &[char], wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (at, letter) in letters.iter().enumerate() {
        if left.is_empty() {
            return Some(at);
        }
        for small in letter.to_lowercase() {
            left = left.strip_prefix(&[small])?;
        }
    }
    left.is_empty().then_some(letters.len())
}
