//! Conversions: what the records of an entity turn into once they are ripe, as data.

use serde::{Deserialize, Serialize};

use crate::model::action::Assignment;
use crate::model::condition::Condition;
use crate::model::field::is_false;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::value::Value;

/// How a record of an entity turns into records of others; it stays, and points at them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// Which records are ripe; all when absent.
    #[serde(default)]
    pub condition: Condition,
    /// What it turns into, in the order in which that is made; each entity once.
    pub targets: Vec<ConversionTarget>,
    /// What the record itself holds afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Assignment>,
    /// What of that which points at the record is led to the targets as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Carried>,
}

/// One of the records that a record turns into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversionTarget {
    /// Its entity.
    pub entity: EntityId,
    /// The field of the converted record that points at it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<FieldId>,
    /// Whether one may do without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// What it holds: a formula for each field, asked of the converted record.
    pub values: Vec<Assignment>,
    /// Its links to the other targets, and to the converted record itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<TargetLink>,
}

/// A link field, and which of the records in a conversion it points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetLink {
    /// The field.
    pub field: FieldId,
    /// The entity of the target; that of the converted record means itself.
    pub to: EntityId,
}

/// Records that point at the converted one and are led to the targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Their entity.
    pub entity: EntityId,
    /// The field by which they point at the converted record.
    pub via: FieldId,
    /// The fields that point at the targets afterwards, where they are blank or are the very field by which the record is pointed at;
    /// of several for one field the first whose target there is.
    pub links: Vec<TargetLink>,
}

/// What somebody chose for one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenTarget {
    /// Its entity.
    pub entity: EntityId,
    /// A record that is there already, whose blank fields are filled in; a new one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<RecordId>,
    /// Values that go before those of the conversion; a blank one keeps the field blank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(FieldId, Value)>,
}
