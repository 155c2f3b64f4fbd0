//! Records: one row of one entity, its values kept in a short list.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::time::Instant;
use crate::model::value::Value;

/// One row of one entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its identity.
    pub id: RecordId,
    /// What kind of record it is.
    pub entity: EntityId,
    /// When it was created.
    pub created: Instant,
    /// When a value last changed.
    pub updated: Instant,
    /// What it holds.
    pub values: Values,
}

/// The values of a record by field; blank ones are not kept.
#[derive(Clone, Debug, Default)]
pub struct Values {
    // Invariant: each field once, no blank value; the order is that of filling in and means nothing.
    pairs: Vec<(FieldId, Value)>,
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.pairs.len() == other.pairs.len() && self.pairs.iter().all(|(field, value)| other.get(*field) == value)
    }
}

static BLANK: Value = Value::Empty;

impl Record {
    /// The value of a field; blank when nothing is filled in.
    pub fn value(&self, field: FieldId) -> &Value {
        self.values.get(field)
    }

    /// A copy with room for that many more values.
    pub fn with_room(&self, more: usize) -> Self {
        let mut values = Values::with_capacity(self.values.len() + more);
        values.pairs.extend_from_slice(&self.values.pairs);
        Record { values, ..*self }
    }
}

impl Values {
    /// No values.
    pub fn new() -> Self {
        Values::default()
    }

    /// The value of a field; blank when nothing is filled in.
    pub fn get(&self, field: FieldId) -> &Value {
        // Records hold a few dozen values at most: comparing four-byte numbers in a row beats any search.
        self.pairs.iter().find(|(id, _)| *id == field).map_or(&BLANK, |(_, value)| value)
    }

    /// Puts a value in and gives back what stood there.
    pub fn set(&mut self, field: FieldId, value: Value) -> Value {
        let found = self.pairs.iter().position(|(id, _)| *id == field);
        match (found, value.is_empty()) {
            (Some(at), true) => self.pairs.remove(at).1,
            (Some(at), false) => std::mem::replace(&mut self.pairs[at].1, value),
            (None, true) => Value::Empty,
            (None, false) => {
                self.pairs.push((field, value));
                Value::Empty
            }
        }
    }

    /// Puts in a value that is not blank, of a field that has none yet: for whoever knows that much and has many to put in.
    pub fn add(&mut self, field: FieldId, value: Value) {
        debug_assert!(!value.is_empty());
        self.pairs.push((field, value));
    }

    /// All that is filled in.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Value)> {
        self.pairs.iter().map(|(field, value)| (*field, value))
    }

    /// How many fields are filled in.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Room for that many values.
    pub fn with_capacity(count: usize) -> Self {
        Values { pairs: Vec::with_capacity(count) }
    }
}

impl FromIterator<(FieldId, Value)> for Values {
    fn from_iter<I: IntoIterator<Item = (FieldId, Value)>>(pairs: I) -> Self {
        let mut values = Values::new();
        for (field, value) in pairs {
            values.set(field, value);
        }
        values
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.pairs.iter().map(|(field, value)| (field, value)))
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Values;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("an object of values by field")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
                let mut values = Values::with_capacity(map.size_hint().unwrap_or(8));
                while let Some((field, value)) = map.next_entry::<FieldId, Value>()? {
                    values.set(field, value);
                }
                Ok(values)
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
