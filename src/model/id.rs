//! Identifiers: names for what is defined, 128-bit numbers for what is recorded.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::model::symbol::Symbol;

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Symbol);

        impl $name {
            /// The identifier with this text.
            pub fn new(text: &str) -> Self {
                $name(Symbol::new(text))
            }

            /// The text of the identifier.
            pub fn as_str(self) -> &'static str {
                self.0.as_str()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "`{}`", self.as_str())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

name_id!(
    /// Names an entity: `lead`.
    EntityId
);
name_id!(
    /// Names a field within its entity: `company_size`.
    FieldId
);
name_id!(
    /// Names one option of a choice field: `won`.
    OptionId
);
name_id!(
    /// Names a definition across all kinds: `entity/lead`, `rule/region_to_team`.
    DefinitionId
);
name_id!(
    /// Names a cell that automation remembers something in, such as the position of a round robin.
    CellId
);
name_id!(
    /// An ISO 4217 currency code: `CNY`.
    Currency
);

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                Uuid::from_u128(self.0).as_hyphenated().fmt(out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(|uuid| $name(uuid.as_u128()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut buffer = Uuid::encode_buffer();
                serializer.serialize_str(Uuid::from_u128(self.0).as_hyphenated().encode_lower(&mut buffer))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

number_id!(
    /// Identifies a record; written as a UUID.
    RecordId
);
number_id!(
    /// Identifies an answer to a form, wherever it was given; written as a UUID.
    SubmissionId
);
number_id!(
    /// Identifies a commit; written as a UUID.
    CommitId
);
number_id!(
    /// Identifies a batch: the commits of one long piece of work, undone as one.
    BatchId
);

/// The namespace of record ids that are derived from a reason rather than drawn (UUID version 5, RFC 9562).
const NAMED: Uuid = Uuid::from_u128(0x7065_7265_6e6e_6961_6c2e_6e61_6d65_6421);

impl RecordId {
    /// The id that belongs to a reason: the same reason gives the same record on every device and on every run.
    pub fn named(reason: &str) -> Self {
        RecordId(Uuid::new_v5(&NAMED, reason.as_bytes()).as_u128())
    }
}

/// A deterministic source of new ids: a clock reading and a seed go in, so the core needs neither clock nor chance.
#[derive(Clone, Debug)]
pub struct IdSource {
    millis: u64,
    seed: u64,
    drawn: u64,
}

impl IdSource {
    /// Starts a source at a moment (milliseconds since 1970) with a seed that no other source of that moment has.
    pub fn new(millis: u64, seed: u64) -> Self {
        IdSource { millis, seed, drawn: 0 }
    }

    /// Draws the next id: a UUID version 7, ordered by time and then by the order of drawing.
    pub fn draw(&mut self) -> u128 {
        self.drawn += 1;
        let mut bytes = [0u8; 10];
        // The twelve bits after the time hold the counter, so that the records of one commit keep their order.
        let counter = (self.drawn & 0x0fff) as u16;
        bytes[..2].copy_from_slice(&counter.to_be_bytes());
        let noise = split_mix(self.seed.wrapping_add(self.drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        bytes[2..].copy_from_slice(&noise.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid().as_u128()
    }

    /// Draws the id of a new record.
    pub fn record(&mut self) -> RecordId {
        RecordId(self.draw())
    }
}

/// SplitMix64's finaliser (Steele, Lea and Flood, 2014): turns a counter into well-spread bits.
pub fn split_mix(seed: u64) -> u64 {
    let mut mixed = seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
