//! Plain JSON values, as scripts and packs write them, to and from the values of a field; it resolves no names of records.

use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind};
use crate::model::id::{Currency, OptionId, RecordId};
use crate::model::time::{Date, Instant};
use crate::model::value::{FileRef, Money, Place, Value};

/// Reads a plain JSON value for a field; `null` and empty text are blank.
///
/// Numbers are JSON numbers or decimal text, lengths of time are seconds, amounts are numbers or text such as `100.00` and
/// `100.00 USD`; `currency` is that of amounts that name none, in a field that names none.
///
/// # Errors
///
/// One diagnostic, placed at the field: the JSON does not fit the field's kind, or the field is computed.
pub fn read(field: &Field, json: &Json, currency: Currency) -> Result<Value, Diagnostic> {
    let blank = match json {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => false,
    };
    let wrong = |code: Code| Diagnostic::of_field(code, field.id).with("value", shown(json));
    match &field.kind {
        FieldKind::Formula { .. }
        | FieldKind::Lookup { .. }
        | FieldKind::Rollup(_)
        | FieldKind::Score
        | FieldKind::Lines { .. } => Err(Diagnostic::of_field(Code::ReadOnly, field.id)),
        _ if blank => Ok(Value::Empty),
        FieldKind::Text { .. }
        | FieldKind::LongText
        | FieldKind::RichText
        | FieldKind::Phone
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::AutoNumber { .. }
        | FieldKind::Hidden => json.as_str().map(Value::text).ok_or_else(|| wrong(Code::WrongType)),
        FieldKind::Number(_) | FieldKind::Percent(_) | FieldKind::Rating { .. } | FieldKind::Nps => {
            decimal(json).map(Value::Number).ok_or_else(|| wrong(Code::NotANumber))
        }
        FieldKind::Money { currency: own, .. } => {
            money(json, own.unwrap_or(currency)).map(Value::Money).ok_or_else(|| wrong(Code::NotAnAmount))
        }
        FieldKind::Date => parsed::<Date>(json).map(Value::Date).ok_or_else(|| wrong(Code::NotADate)),
        FieldKind::Instant => parsed::<Instant>(json).map(Value::Instant).ok_or_else(|| wrong(Code::NotAnInstant)),
        FieldKind::Duration => seconds(json).map(Value::Duration).ok_or_else(|| wrong(Code::NotADuration)),
        FieldKind::Choice { .. } => option(field, json).map(Value::Choice).ok_or_else(|| wrong(Code::NotAnOption)),
        FieldKind::Choices { .. } => several(json, |item| option(field, item))
            .map(|options| Value::Choices(options.into()))
            .map_err(|item| Diagnostic::of_field(Code::NotAnOption, field.id).with("value", shown(item))),
        FieldKind::Flag => flag(json).map(Value::Flag).ok_or_else(|| wrong(Code::NotAFlag)),
        FieldKind::Address | FieldKind::Location => {
            typed::<Place>(json).map(|place| Value::Place(Arc::new(place))).ok_or_else(|| wrong(Code::NotAPlace))
        }
        FieldKind::Link(_) => parsed::<RecordId>(json).map(Value::Link).ok_or_else(|| wrong(Code::NoSuchLink)),
        FieldKind::Links(_) => several(json, parsed::<RecordId>)
            .map(|links| Value::Links(links.into()))
            .map_err(|item| Diagnostic::of_field(Code::NoSuchLink, field.id).with("value", shown(item))),
        FieldKind::Files | FieldKind::Signature => {
            typed::<Vec<FileRef>>(json).map(|files| Value::Files(files.into())).ok_or_else(|| wrong(Code::WrongType))
        }
    }
}

/// Writes a value of a field as plain JSON: numbers and amounts as decimal text, days and instants as ISO 8601, options and
/// links by id. An amount names its currency only where [`read`] would take it for another one.
pub fn write(field: &Field, value: &Value, currency: Currency) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Flag(flag) => Json::Bool(*flag),
        Value::Number(number) => Json::String(number.to_string()),
        Value::Money(money) => {
            let own = if let FieldKind::Money { currency: Some(own), .. } = &field.kind { *own } else { currency };
            if money.currency == own {
                Json::String(money.amount.to_string())
            } else {
                Json::String(format!("{} {}", money.amount, money.currency))
            }
        }
        Value::Text(text) => Json::String(text.to_string()),
        Value::Date(date) => Json::String(date.to_string()),
        Value::Instant(at) => Json::String(at.to_string()),
        Value::Duration(seconds) => Json::String(seconds.to_string()),
        Value::Choice(option) => Json::String(option.as_str().to_owned()),
        Value::Choices(options) => options.iter().map(|option| Json::String(option.as_str().to_owned())).collect(),
        Value::Link(link) => Json::String(link.to_string()),
        Value::Links(links) => links.iter().map(|link| Json::String(link.to_string())).collect(),
        // Neither holds anything that JSON cannot say, so writing cannot fail.
        Value::Files(files) => serde_json::to_value(files).unwrap_or_default(),
        Value::Place(place) => serde_json::to_value(place).unwrap_or_default(),
    }
}

/// The JSON as it stands in a message: text without its quotes.
fn shown(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

fn decimal(json: &Json) -> Option<Decimal> {
    match json {
        // The number is read from its text: a detour over a binary fraction would not be exact.
        Json::Number(number) => decimal_text(&number.to_string()),
        Json::String(text) => decimal_text(text.trim()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

fn decimal_text(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

fn money(json: &Json, currency: Currency) -> Option<Money> {
    if let Some((amount, code)) = json.as_str().and_then(|text| text.trim().split_once(' ')) {
        let code = code.trim();
        let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let amount = decimal_text(amount)?;
        return is_code.then(|| Money { amount, currency: Currency::new(code) });
    }
    decimal(json).map(|amount| Money { amount, currency })
}

fn seconds(json: &Json) -> Option<i64> {
    let seconds = decimal(json)?;
    if seconds.fract().is_zero() { i64::try_from(seconds).ok() } else { None }
}

fn flag(json: &Json) -> Option<bool> {
    match json {
        Json::Bool(flag) => Some(*flag),
        Json::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Json::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// The option with this id or label; an open list of options takes any text.
fn option(field: &Field, json: &Json) -> Option<OptionId> {
    let text = json.as_str()?.trim();
    let options = field.options();
    let found = options.iter().find(|option| option.id.as_str() == text);
    if let Some(option) = found.or_else(|| options.iter().find(|option| option.label.says(text))) {
        return Some(option.id);
    }
    match field.kind {
        FieldKind::Choices { open: true, .. } if !text.is_empty() => Some(OptionId::new(text)),
        _ => None,
    }
}

/// Reads the items of a list, or one item that stands alone; gives back the first item that does not fit.
fn several<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Result<Vec<T>, &Json> {
    let items = if let Json::Array(items) = json { items.as_slice() } else { std::slice::from_ref(json) };
    items.iter().map(|item| read(item).ok_or(item)).collect()
}

fn parsed<T: FromStr>(json: &Json) -> Option<T> {
    json.as_str().and_then(|text| text.trim().parse().ok())
}

fn typed<T: DeserializeOwned>(json: &Json) -> Option<T> {
    T::deserialize(json).ok()
}
