//! Values: the closed set of things that a field can hold, how they compare and how they are written in the log.

use std::cmp::Ordering;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::id::{Currency, OptionId, RecordId};
use crate::model::time::{Date, Instant};

/// What a field of a record holds.
///
/// The JSON form is self-describing, so that a log entry can be read without the definitions of its day:
/// text is a string, a flag is `true` or `false`, blank is `null`, and the rest are one-key objects (`{"n":"12.50"}`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
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
pub struct Money {
    /// The amount in major units: 12.50 yuan is `12.50`.
    #[serde(with = "decimal_text")]
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

/// Where the content of an attached file is found, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// The JSON shape of a value.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Empty(()),
    Flag(bool),
    Text(Arc<str>),
    Tagged(Tagged),
}

#[derive(Serialize, Deserialize)]
enum Tagged {
    #[serde(rename = "n", with = "decimal_text")]
    Number(Decimal),
    #[serde(rename = "m")]
    Money(Money),
    #[serde(rename = "d")]
    Date(Date),
    #[serde(rename = "t")]
    Instant(Instant),
    #[serde(rename = "s")]
    Duration(i64),
    #[serde(rename = "o")]
    Choice(OptionId),
    #[serde(rename = "os")]
    Choices(Arc<[OptionId]>),
    #[serde(rename = "l")]
    Link(RecordId),
    #[serde(rename = "ls")]
    Links(Arc<[RecordId]>),
    #[serde(rename = "f")]
    Files(Arc<[FileRef]>),
    #[serde(rename = "p")]
    Place(Arc<Place>),
}

impl From<Written> for Value {
    fn from(written: Written) -> Self {
        match written {
            Written::Empty(()) => Value::Empty,
            Written::Flag(flag) => Value::Flag(flag),
            Written::Text(text) => Value::Text(text),
            Written::Tagged(tagged) => match tagged {
                Tagged::Number(number) => Value::Number(number),
                Tagged::Money(money) => Value::Money(money),
                Tagged::Date(date) => Value::Date(date),
                Tagged::Instant(at) => Value::Instant(at),
                Tagged::Duration(seconds) => Value::Duration(seconds),
                Tagged::Choice(option) => Value::Choice(option),
                Tagged::Choices(options) => Value::Choices(options),
                Tagged::Link(link) => Value::Link(link),
                Tagged::Links(links) => Value::Links(links),
                Tagged::Files(files) => Value::Files(files),
                Tagged::Place(place) => Value::Place(place),
            },
        }
    }
}

impl From<Value> for Written {
    fn from(value: Value) -> Self {
        match value {
            Value::Empty => Written::Empty(()),
            Value::Flag(flag) => Written::Flag(flag),
            Value::Text(text) => Written::Text(text),
            Value::Number(number) => Written::Tagged(Tagged::Number(number)),
            Value::Money(money) => Written::Tagged(Tagged::Money(money)),
            Value::Date(date) => Written::Tagged(Tagged::Date(date)),
            Value::Instant(at) => Written::Tagged(Tagged::Instant(at)),
            Value::Duration(seconds) => Written::Tagged(Tagged::Duration(seconds)),
            Value::Choice(option) => Written::Tagged(Tagged::Choice(option)),
            Value::Choices(options) => Written::Tagged(Tagged::Choices(options)),
            Value::Link(link) => Written::Tagged(Tagged::Link(link)),
            Value::Links(links) => Written::Tagged(Tagged::Links(links)),
            Value::Files(files) => Written::Tagged(Tagged::Files(files)),
            Value::Place(place) => Written::Tagged(Tagged::Place(place)),
        }
    }
}
