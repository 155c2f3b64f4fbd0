//! Checks: whether a record's values fit its entity. It asks the reader about other records and changes nothing.

use std::cell::RefCell;
use std::collections::hash_map::Entry;

use regex_lite::Regex;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::number::is_currency;
use crate::model::contact;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, LinkTarget, NumberLimits};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, unique_key};
use crate::model::value::Value;

/// Checks a record, or only some of its fields: type, required, bounds, length, pattern, uniqueness, links, options; at most one
/// diagnostic per field. Computed fields are not looked at, and the fields' own conditions are the caller's, who has them compiled.
pub fn check(reader: &dyn Reader, entity: &Entity, record: &Record, only: Option<&[FieldId]>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for field in &entity.fields {
        if only.is_some_and(|only| !only.contains(&field.id)) || field.is_computed() || !field.is_stored() {
            continue;
        }
        let value = record.value(field.id);
        if value.is_empty() {
            // A number given at creation is not there yet when a new record is checked.
            if field.required && !field.retired && !matches!(field.kind, FieldKind::AutoNumber { .. }) {
                found.push(Diagnostic::of_field(Code::MissingRequired, field.id));
            }
        } else if let Err(wrong) = misfit(field, value)
            .and_then(|()| is_spelt(reader, field, value))
            .and_then(|()| are_linked(reader, field, value))
            .and_then(|()| stands(reader, record, field))
        {
            found.push(wrong.at_field(field.id));
        } else if field.unique
            && let Some(other) = reader.holders(entity.id, field.id, value).into_iter().find(|id| *id != record.id)
        {
            found.push(not_unique(reader, entity, field, value, other));
        }
    }
    if found.is_empty() {
        return found;
    }
    found.into_iter().map(|diagnostic| diagnostic.at_record(record.id)).collect()
}

/// Whether a field can hold a value: its type and its options. Bounds, length and pattern are asked of what is written, not of
/// what is held already, so that they can be tightened later.
pub fn fits(field: &Field, value: &Value) -> bool {
    let wrong = if value.is_empty() { None } else { misfit(field, value).err() };
    wrong.is_none_or(|wrong| !matches!(wrong.code, Code::WrongType | Code::NotAnOption))
}

/// Values of a field that several records of an entity hold, one diagnostic each at the later record, and at most so many.
pub fn duplicates(reader: &dyn Reader, entity: &Entity, field: &Field, most: usize) -> Vec<Diagnostic> {
    let mut holders: FxHashMap<Value, RecordId> = FxHashMap::default();
    let mut found = Vec::new();
    for id in reader.members(entity.id) {
        let Some(value) = reader.record(id).map(|record| record.value(field.id)).filter(|value| !value.is_empty())
        else {
            continue;
        };
        match holders.entry(unique_key(value)) {
            Entry::Vacant(free) => {
                free.insert(id);
            }
            Entry::Occupied(taken) if found.len() < most => {
                found.push(not_unique(reader, entity, field, value, *taken.get()).at_record(id));
            }
            Entry::Occupied(_) => break,
        }
    }
    found
}

/// What keeps a value out of a field, if anything.
fn misfit(field: &Field, value: &Value) -> Result<(), Diagnostic> {
    let wrong_type = || Err(Diagnostic::new(Code::WrongType));
    match (&field.kind, value) {
        (FieldKind::Text { max, pattern }, Value::Text(text)) => {
            if let Some(max) = max
                && is_longer(text, *max as usize)
            {
                return Err(Diagnostic::new(Code::TooLong).with("max", max));
            }
            match pattern {
                Some(pattern) if !matches_whole(pattern, text) => Err(Diagnostic::new(Code::PatternMismatch)),
                _ => Ok(()),
            }
        }
        (
            FieldKind::LongText | FieldKind::RichText | FieldKind::Hidden | FieldKind::AutoNumber { .. },
            Value::Text(_),
        ) => Ok(()),
        (FieldKind::Phone | FieldKind::Email | FieldKind::Url, Value::Text(_)) => Ok(()),
        (FieldKind::Number(limits) | FieldKind::Percent(limits), Value::Number(number)) => within(limits, *number),
        (FieldKind::Money { limits, .. }, Value::Money(money)) => within(limits, money.amount),
        (FieldKind::Rating { max }, Value::Number(mark)) => whole_between(*mark, 1, *max),
        (FieldKind::Nps, Value::Number(mark)) => whole_between(*mark, 0, 10),
        (FieldKind::Date, Value::Date(_))
        | (FieldKind::Instant, Value::Instant(_))
        | (FieldKind::Duration, Value::Duration(_))
        | (FieldKind::Flag, Value::Flag(_))
        | (FieldKind::Address | FieldKind::Location, Value::Place(_))
        | (FieldKind::Files | FieldKind::Signature, Value::Files(_)) => Ok(()),
        (FieldKind::Choice { .. }, Value::Choice(option)) => match field.option(*option) {
            Some(_) => Ok(()),
            None => Err(Diagnostic::new(Code::NotAnOption).with("value", option)),
        },
        (FieldKind::Choices { open, .. }, Value::Choices(options)) => {
            match options.iter().find(|option| !*open && field.option(**option).is_none()) {
                None => Ok(()),
                Some(option) => Err(Diagnostic::new(Code::NotAnOption).with("value", option)),
            }
        }
        (FieldKind::Link(_), Value::Link(_)) | (FieldKind::Links(_), Value::Links(_)) => Ok(()),
        _ => wrong_type(),
    }
}

/// Whether a telephone number, an e-mail or a web address can be read as one, and an amount is in a currency, whichever way it came.
fn is_spelt(reader: &dyn Reader, field: &Field, value: &Value) -> Result<(), Diagnostic> {
    if let Value::Money(money) = value
        && !is_currency(money.currency.as_str())
    {
        return Err(Diagnostic::new(Code::NotAnAmount).with("value", money.currency));
    }
    let Value::Text(text) = value else { return Ok(()) };
    let (is_read, code) = match field.kind {
        FieldKind::Phone => (contact::is_phone(text, reader.calling_code()), Code::NotAPhone),
        FieldKind::Email => (contact::is_email(text), Code::NotAnEmail),
        FieldKind::Url => (contact::read_url(text).is_some(), Code::NotAUrl),
        _ => return Ok(()),
    };
    if is_read { Ok(()) } else { Err(Diagnostic::new(code).with("value", text)) }
}

/// A telephone number, an e-mail or a web address in the one spelling in which it is kept; nothing where it is that already, or is
/// none, which [`check()`] says.
pub fn respelt(field: &Field, value: &Value, calling_code: &str) -> Option<Value> {
    let text = value.as_text()?;
    let spelt = match field.kind {
        FieldKind::Phone => contact::read_phone(text, calling_code),
        FieldKind::Email => contact::read_email(text),
        FieldKind::Url => contact::read_url(text),
        _ => None,
    };
    spelt.filter(|spelt| spelt != text).map(|spelt| Value::text(&spelt))
}

fn within(limits: &NumberLimits, number: Decimal) -> Result<(), Diagnostic> {
    if let Some(min) = limits.min
        && number < min
    {
        return Err(Diagnostic::new(Code::TooSmall).with("min", min));
    }
    if let Some(max) = limits.max
        && number > max
    {
        return Err(Diagnostic::new(Code::TooLarge).with("max", max));
    }
    Ok(())
}

fn whole_between(mark: Decimal, least: u8, most: u8) -> Result<(), Diagnostic> {
    if mark < Decimal::from(least) {
        Err(Diagnostic::new(Code::TooSmall).with("min", least))
    } else if mark > Decimal::from(most) {
        Err(Diagnostic::new(Code::TooLarge).with("max", most))
    } else if !mark.fract().is_zero() {
        Err(Diagnostic::new(Code::TooPrecise).with("max", 0))
    } else {
        Ok(())
    }
}

fn are_linked(reader: &dyn Reader, field: &Field, value: &Value) -> Result<(), Diagnostic> {
    match field.link() {
        Some(target) => value.links().iter().try_for_each(|link| linked(reader, target, *link)),
        None => Ok(()),
    }
}

/// Whether a record stands in its tree without standing above itself.
fn stands(reader: &dyn Reader, record: &Record, field: &Field) -> Result<(), Diagnostic> {
    if !field.link().is_some_and(|target| target.tree) {
        return Ok(());
    }
    let mut above = record.value(field.id).links().first().copied();
    let mut seen = Vec::new();
    while let Some(id) = above {
        if id == record.id {
            let title = reader.entity(record.entity).and_then(|entity| record.value(entity.title).as_text());
            return Err(Diagnostic::new(Code::StandsAboveItself).with("title", title.unwrap_or_default()));
        }
        // A circle that was there before is not of this record's making.
        if seen.contains(&id) {
            break;
        }
        seen.push(id);
        above = reader.record(id).and_then(|record| record.value(field.id).links().first().copied());
    }
    Ok(())
}

fn linked(reader: &dyn Reader, target: &LinkTarget, link: RecordId) -> Result<(), Diagnostic> {
    match reader.record(link) {
        None => Err(Diagnostic::new(Code::NoSuchLink).with("value", link)),
        Some(record) if !target.accepts(record.entity) => {
            Err(Diagnostic::new(Code::WrongEntity).with("found", record.entity))
        }
        Some(_) => Ok(()),
    }
}

fn not_unique(reader: &dyn Reader, entity: &Entity, field: &Field, value: &Value, other: RecordId) -> Diagnostic {
    let title = reader.record(other).and_then(|record| record.value(entity.title).as_text()).unwrap_or_default();
    let text = match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        _ => String::new(),
    };
    Diagnostic::of_field(Code::NotUnique, field.id).with("value", text).with("title", title).with("record", other)
}

fn is_longer(text: &str, max: usize) -> bool {
    // A text has no more characters than bytes, so most need no counting.
    text.len() > max && text.chars().nth(max).is_some()
}

/// Whether the whole text matches. A pattern that is no regular expression was refused when the entity was saved; here it lets
/// everything through.
pub fn matches_whole(pattern: &str, text: &str) -> bool {
    // Compiling takes a hundred times as long as matching, and an import asks for the same few patterns in every row.
    thread_local! {
        static COMPILED: RefCell<FxHashMap<String, Option<Regex>>> = RefCell::default();
    }
    const MOST: usize = 200;
    COMPILED.with_borrow_mut(|compiled| {
        if !compiled.contains_key(pattern) {
            if compiled.len() >= MOST {
                compiled.clear();
            }
            compiled.insert(pattern.to_owned(), Regex::new(&format!("^(?:{pattern})$")).ok());
        }
        compiled.get(pattern).and_then(Option::as_ref).is_none_or(|regex| regex.is_match(text))
    })
}

/// Whether a pattern can be used at all; asked when an entity is saved.
pub fn is_pattern(pattern: &str) -> bool {
    // Alone as well: brackets that close one another only within the group would say something else.
    Regex::new(pattern).is_ok() && Regex::new(&format!("^(?:{pattern})$")).is_ok()
}
