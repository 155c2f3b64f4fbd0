//! What an answer carries besides what people fill in, whom it joins, what is hoped of it, how a form runs on a device of its own, and where
//! answers go that are given elsewhere.

use serde::{Deserialize, Serialize};

use crate::model::condition::Condition;
use crate::model::field::Label;
use crate::model::id::FieldId;
use crate::model::value::Value;

/// What is written into answers besides what people fill in.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Capture {
    /// The channel of answers that name none, in a word: `website`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// The field that the channel is written into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_into: Option<FieldId>,
    /// What every answer holds, such as its campaign.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<FixedValue>,
    /// Parameters of the form's address, such as `utm_source`, and the fields that they go into.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
}

/// A value that every answer holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedValue {
    /// The field.
    pub field: FieldId,
    /// Its value.
    pub value: Value,
}

/// A parameter of a form's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name: `utm_source`.
    pub name: String,
    /// The field that it goes into.
    pub into: FieldId,
}

/// Fields that together tell which record is known already: the phone number alone, or company and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinKey {
    /// The fields; all of them filled in and alike, however they are written.
    pub fields: Vec<FieldId>,
}

/// What is hoped of the record that an answer becomes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Unique within the form: `mql`.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// When it is reached.
    pub condition: Condition,
}

/// How a form runs on a device of its own, such as a tablet at a fair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kiosk {
    /// After how many seconds without a touch it starts anew.
    pub idle_seconds: u32,
    /// How many seconds the thank-you page stands.
    pub reset_seconds: u32,
    /// What the code to leave it was sealed with; empty where it can be left without one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub salt: String,
    /// The sealed code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sealed_code: String,
}

impl Default for Kiosk {
    fn default() -> Self {
        Kiosk { idle_seconds: 60, reset_seconds: 8, salt: String::new(), sealed_code: String::new() }
    }
}

/// Where answers go by themselves that are given away from the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Returns {
    /// The address that they are posted to, as JSON; nowhere when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub post: String,
    /// The e-mail address that they can be mailed to; whoever fills it in is asked for one when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mail: String,
}

impl Returns {
    /// Whether they go nowhere by themselves.
    pub fn is_empty(&self) -> bool {
        self.post.is_empty() && self.mail.is_empty()
    }
}
