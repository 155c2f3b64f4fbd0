//! The record that an answer belongs to: known by a telephone number, an e-mail address, or names that mean the same.

use crate::engine::transfer::{squashed, squashed_signs, without_company_form};
use crate::model::contact;
use crate::model::form::JoinKey;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::value::Value;

/// The record of an entity that some values speak of, with the fields that tell so; of several the one that is there longest.
pub fn known<'k>(
    reader: &dyn Reader,
    entity: EntityId,
    keys: &'k [JoinKey],
    values: &Values,
) -> Option<(RecordId, &'k [FieldId])> {
    let calling_code = reader.calling_code();
    let mut members: Option<Vec<RecordId>> = None;
    keys.iter().find_map(|key| {
        let sought: Vec<(FieldId, Sought)> = key
            .fields
            .iter()
            .filter_map(|field| Some((*field, Sought::of(values.get(*field), calling_code)?)))
            .collect();
        if sought.is_empty() || sought.len() < key.fields.len() {
            return None;
        }
        let is_meant = |record: &Record| {
            sought.iter().all(|(field, sought)| sought.is_meant_by(record.value(*field), calling_code))
        };
        let members = members.get_or_insert_with(|| reader.members(entity));
        let found = members.iter().find(|id| reader.record(**id).is_some_and(is_meant))?;
        Some((*found, &key.fields[..]))
    })
}

/// A value as it is looked for.
enum Sought {
    /// A telephone number, and its last digits, which are compared first: there may be many records.
    Phone(String, String),
    Email(String),
    Name(String),
    Other(Value),
}

impl Sought {
    fn of(value: &Value, calling_code: &str) -> Option<Sought> {
        const TAIL: usize = 4;
        let Some(text) = value.as_text() else {
            return (!value.is_empty()).then(|| Sought::Other(value.clone()));
        };
        if let Some(phone) = contact::read_phone(text, calling_code) {
            let tail = digits(&phone).rev().take(TAIL).collect::<String>().chars().rev().collect();
            return Some(Sought::Phone(phone, tail));
        }
        if let Some(email) = contact::read_email(text) {
            return Some(Sought::Email(email.to_lowercase()));
        }
        let name = name_of(text);
        (!name.is_empty()).then_some(Sought::Name(name))
    }

    fn is_meant_by(&self, value: &Value, calling_code: &str) -> bool {
        match (self, value.as_text()) {
            (Sought::Other(sought), _) => value == sought,
            (_, None) => false,
            (Sought::Phone(phone, tail), Some(text)) => {
                text == phone
                    || (tail.chars().rev().eq(digits(text).rev().take(tail.len()))
                        && contact::read_phone(text, calling_code).as_ref() == Some(phone))
            }
            (Sought::Email(email), Some(text)) => {
                text.eq_ignore_ascii_case(email)
                    || (!text.is_ascii() && contact::read_email(text).is_some_and(|it| it.to_lowercase() == *email))
            }
            // Most names differ in their first signs, and there may be many records.
            (Sought::Name(name), Some(text)) => {
                let mut signs = squashed_signs(text);
                name.chars().all(|sign| signs.next() == Some(sign)) && name_of(text) == *name
            }
        }
    }
}

/// The digits of a text, full-width ones as well.
fn digits(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter_map(|sign| match sign {
        '0'..='9' => Some(sign),
        '０'..='９' => char::from_digit(sign as u32 - '０' as u32, 10),
        _ => None,
    })
}

/// A name without blanks, letter case and what only says that it is a company.
fn name_of(text: &str) -> String {
    without_company_form(&squashed(text)).to_owned()
}
