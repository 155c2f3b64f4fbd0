//! Rules and score models as data: when something happens to a record that meets a condition, do this.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::action::Action;
use crate::model::condition::Condition;
use crate::model::field::Label;
use crate::model::id::{EntityId, FieldId};

/// A rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Unique among rules.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// Whose records it looks at.
    pub entity: EntityId,
    /// Whether it runs.
    pub enabled: bool,
    /// Rules with a higher number go first; equal ones in the order of their ids.
    #[serde(default)]
    pub priority: i32,
    /// What wakes it; any one is enough.
    pub triggers: Vec<Trigger>,
    /// What must hold.
    #[serde(default)]
    pub condition: Condition,
    /// What it does, in order.
    pub actions: Vec<Action>,
    /// Whether rules of lower priority are left out for the same event once this one ran.
    #[serde(default)]
    pub stop: bool,
    /// How often it may run for one record.
    #[serde(default)]
    pub repeat: Repeat,
}

/// What wakes a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Trigger {
    /// The record was created.
    Created,
    /// Anything in the record changed.
    Updated,
    /// One of these fields changed; computed ones count.
    Changed {
        /// The fields.
        fields: Vec<FieldId>,
    },
}

/// How often a rule may run for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Each time that it is woken and its condition holds.
    #[default]
    Always,
    /// Only when the condition did not hold before the change.
    OnBecomingTrue,
}

/// A score model: points for each criterion that a record meets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreModel {
    /// Unique among score models.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// Whose records it scores.
    pub entity: EntityId,
    /// The score field that holds the sum.
    pub field: FieldId,
    /// A sum above this is enough; shown on the score card.
    #[serde(default, with = "crate::model::value::optional_decimal_text", skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Decimal>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

/// One line of a score card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Unique within the model.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// Whether it speaks of who they are or of what they do.
    pub group: CriterionGroup,
    /// When the points are given.
    pub condition: Condition,
    /// The points; negative ones are taken off.
    #[serde(with = "crate::model::value::decimal_text")]
    pub points: Decimal,
}

/// What a criterion speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionGroup {
    /// Who they are: title, size, industry.
    Fit,
    /// What they do: visits, downloads, replies.
    Engagement,
}
