//! Values: the closed set of things that a field can hold, how they compare and how they are written in the log.

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::id::{Currency, OptionId, RecordId};
use crate::model::time::{Date, Instant};

/// What a field of a record holds.
///
/// The JSON form is self-describing, so that a log entry can be read without the definitions of its day:
/// text is a string, a flag is `true` or `false`, blank is `null`, and the rest are one-key objects (`{"n":"12.50"}`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// Nothing filled in.
    #[default]
    Empty,
    /// Yes or no.
    Flag(bool),
    /// An exact decimal number.
    Number(Decimal),
    /// An exact amount in a currency.
    Money(Money),
    /// Text of any length.
    Text(Arc<str>),
    /// A calendar day.
    Date(Date),
    /// A point in time.
    Instant(Instant),
    /// A length of time in seconds.
    Duration(i64),
    /// One option.
    Choice(OptionId),
    /// Several options, in the order in which they were chosen.
    Choices(Arc<[OptionId]>),
    /// Another record.
    Link(RecordId),
    /// Several other records.
    Links(Arc<[RecordId]>),
    /// Files, kept in the blob store under the hash of their content.
    Files(Arc<[FileRef]>),
    /// A place on earth.
    Place(Arc<Place>),
}

/// An exact amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount in major units: 12.50 yuan is `12.50`.
    #[serde(with = "decimal_text")]
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

/// Where the content of an attached file is found, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// SHA-256 of the content, in hexadecimal: the key in the blob store.
    pub hash: String,
    /// The name under which it was added.
    pub name: String,
    /// The media type: `image/png`.
    pub media_type: String,
    /// Length in bytes.
    pub size: u64,
}

/// An address, a position on earth, or both.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Place {
    /// Country or territory.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Province, state or region: 广东.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// City.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// Street, house and the rest.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// Postal code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// Degrees north (WGS 84), as exact text.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_decimal_text")]
    pub latitude: Option<Decimal>,
    /// Degrees east (WGS 84), as exact text.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_decimal_text")]
    pub longitude: Option<Decimal>,
}

impl Value {
    /// Text, or blank when there is none left after trimming.
    pub fn text(text: &str) -> Self {
        let trimmed = text.trim();
        if trimmed.is_empty() { Value::Empty } else { Value::Text(Arc::from(trimmed)) }
    }

    /// A whole number.
    pub fn integer(number: i64) -> Self {
        Value::Number(Decimal::from(number))
    }

    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.is_empty(),
            Value::Choices(options) => options.is_empty(),
            Value::Links(links) => links.is_empty(),
            Value::Files(files) => files.is_empty(),
            Value::Flag(_)
            | Value::Number(_)
            | Value::Money(_)
            | Value::Date(_)
            | Value::Instant(_)
            | Value::Duration(_)
            | Value::Choice(_)
            | Value::Link(_)
            | Value::Place(_) => false,
        }
    }

    /// The number in a number, an amount, a flag or a length of time; nothing elsewhere.
    pub fn as_number(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Money(money) => Some(money.amount),
            Value::Flag(flag) => Some(if *flag { Decimal::ONE } else { Decimal::ZERO }),
            Value::Duration(seconds) => Some(Decimal::from(*seconds)),
            _ => None,
        }
    }

    /// The text in a text value.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The records that this value points at.
    pub fn links(&self) -> &[RecordId] {
        match self {
            Value::Link(link) => std::slice::from_ref(link),
            Value::Links(links) => links,
            _ => &[],
        }
    }

    /// The same value without its links to some records.
    pub fn without_links(&self, is_gone: impl Fn(RecordId) -> bool) -> Value {
        match self {
            Value::Link(link) if is_gone(*link) => Value::Empty,
            Value::Links(links) => Value::Links(links.iter().copied().filter(|link| !is_gone(*link)).collect()),
            _ => self.clone(),
        }
    }

    /// The options that this value holds.
    pub fn options(&self) -> &[OptionId] {
        match self {
            Value::Choice(option) => std::slice::from_ref(option),
            Value::Choices(options) => options,
            _ => &[],
        }
    }

    /// Orders two values of one field: blank last, then by what they mean. Amounts in different currencies order by currency first.
    pub fn compare(&self, other: &Value) -> Ordering {
        match (self, other) {
            (Value::Flag(a), Value::Flag(b)) => a.cmp(b),
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Money(a), Value::Money(b)) => a.currency.cmp(&b.currency).then(a.amount.cmp(&b.amount)),
            (Value::Text(a), Value::Text(b)) => compare_text(a, b),
            (Value::Date(a), Value::Date(b)) => a.cmp(b),
            (Value::Instant(a), Value::Instant(b)) => a.cmp(b),
            (Value::Duration(a), Value::Duration(b)) => a.cmp(b),
            (Value::Choice(a), Value::Choice(b)) => a.cmp(b),
            (Value::Choices(a), Value::Choices(b)) => a.cmp(b),
            (Value::Link(a), Value::Link(b)) => a.cmp(b),
            (Value::Links(a), Value::Links(b)) => a.cmp(b),
            (Value::Files(a), Value::Files(b)) => a.len().cmp(&b.len()),
            (Value::Place(a), Value::Place(b)) => place_key(a).cmp(&place_key(b)),
            _ => self.is_empty().cmp(&other.is_empty()).then(self.rank().cmp(&other.rank())),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Value::Flag(_) => 0,
            Value::Number(_) => 1,
            Value::Money(_) => 2,
            Value::Duration(_) => 3,
            Value::Date(_) => 4,
            Value::Instant(_) => 5,
            Value::Text(_) => 6,
            Value::Choice(_) => 7,
            Value::Choices(_) => 8,
            Value::Link(_) => 9,
            Value::Links(_) => 10,
            Value::Files(_) => 11,
            Value::Place(_) => 12,
            Value::Empty => 13,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::text(text)
    }
}

/// Orders text as people expect of a list: case does not matter unless it is all that differs.
fn compare_text(a: &str, b: &str) -> Ordering {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    if a.is_ascii() && b.is_ascii() {
        let left = a.bytes().map(|byte| byte.to_ascii_lowercase());
        let right = b.bytes().map(|byte| byte.to_ascii_lowercase());
        return left.cmp(right).then_with(|| a.cmp(b));
    }
    lower(a).cmp(&lower(b)).then_with(|| a.cmp(b))
}

fn place_key(place: &Place) -> [&str; 4] {
    [&place.country, &place.region, &place.city, &place.street]
}

/// Decimals in JSON: exact text, never a binary fraction.
pub mod decimal_text {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes the decimal as text.
    pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    /// Reads the decimal from text.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Decimal::from_str_exact(&text).map_err(serde::de::Error::custom)
    }
}

/// Decimals that may be absent.
pub mod optional_decimal_text {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes the decimal as text, or null.
    pub fn serialize<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => serializer.collect_str(number),
            None => serializer.serialize_none(),
        }
    }

    /// Reads the decimal from text, or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| Decimal::from_str_exact(&text).map_err(serde::de::Error::custom)).transpose()
    }
}

/// The member that tells the type of a value in JSON.
#[derive(Deserialize)]
enum Tag {
    #[serde(rename = "n")]
    Number,
    #[serde(rename = "m")]
    Money,
    #[serde(rename = "d")]
    Date,
    #[serde(rename = "t")]
    Instant,
    #[serde(rename = "s")]
    Duration,
    #[serde(rename = "o")]
    Choice,
    #[serde(rename = "os")]
    Choices,
    #[serde(rename = "l")]
    Link,
    #[serde(rename = "ls")]
    Links,
    #[serde(rename = "f")]
    Files,
    #[serde(rename = "p")]
    Place,
}

/// A decimal as JSON has it.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Exact(#[serde(with = "decimal_text")] Decimal);

// Written by hand: derived untagged enums read each value into a buffer first, which makes a log four times as slow to read.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Empty => serializer.serialize_unit(),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => serializer.serialize_newtype_variant("Value", 0, "n", &Exact(*number)),
            Value::Money(money) => serializer.serialize_newtype_variant("Value", 1, "m", money),
            Value::Date(date) => serializer.serialize_newtype_variant("Value", 2, "d", date),
            Value::Instant(at) => serializer.serialize_newtype_variant("Value", 3, "t", at),
            Value::Duration(seconds) => serializer.serialize_newtype_variant("Value", 4, "s", seconds),
            Value::Choice(option) => serializer.serialize_newtype_variant("Value", 5, "o", option),
            Value::Choices(options) => serializer.serialize_newtype_variant("Value", 6, "os", options),
            Value::Link(link) => serializer.serialize_newtype_variant("Value", 7, "l", link),
            Value::Links(links) => serializer.serialize_newtype_variant("Value", 8, "ls", links),
            Value::Files(files) => serializer.serialize_newtype_variant("Value", 9, "f", files),
            Value::Place(place) => serializer.serialize_newtype_variant("Value", 10, "p", place),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("null, true, false, a text, or an object of one member that tells the type of the value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        Ok(Value::Empty)
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(Arc::from(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let tag = map.next_key::<Tag>()?.ok_or_else(|| serde::de::Error::invalid_length(0, &self))?;
        let value = match tag {
            Tag::Number => Value::Number(map.next_value::<Exact>()?.0),
            Tag::Money => Value::Money(map.next_value()?),
            Tag::Date => Value::Date(map.next_value()?),
            Tag::Instant => Value::Instant(map.next_value()?),
            Tag::Duration => Value::Duration(map.next_value()?),
            Tag::Choice => Value::Choice(map.next_value()?),
            Tag::Choices => Value::Choices(map.next_value()?),
            Tag::Link => Value::Link(map.next_value()?),
            Tag::Links => Value::Links(map.next_value()?),
            Tag::Files => Value::Files(map.next_value()?),
            Tag::Place => Value::Place(map.next_value()?),
        };
        match map.next_key::<serde::de::IgnoredAny>()? {
            None => Ok(value),
            Some(_) => Err(serde::de::Error::invalid_length(2, &ValueVisitor)),
        }
    }
}

/// A number with so many digits at most behind its point; halves away from zero, as people and formulas round.
pub fn rounded(number: Decimal, digits: u32) -> Decimal {
    number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}
