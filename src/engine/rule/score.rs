//! Score cards: the lines of a score model for one record, each with the reason why it counts or does not.

use rust_decimal::Decimal;

use crate::engine::condition::{self, ConditionExplanation};
use crate::engine::formula::Scope;
use crate::model::field::Label;
use crate::model::rule::{CriterionGroup, ScoreModel};

/// What a record gets from a score model, line by line.
#[derive(Clone, Debug)]
pub struct ScoreCard {
    /// What people call the model.
    pub label: Label,
    /// The sum of the lines that count.
    pub total: Decimal,
    /// What all lines together would give.
    pub reachable: Decimal,
    /// A sum above this is enough.
    pub threshold: Option<Decimal>,
    /// The lines.
    pub lines: Vec<ScoreLine>,
}

/// One line of a score card.
#[derive(Clone, Debug)]
pub struct ScoreLine {
    /// What people call the criterion.
    pub label: Label,
    /// What it speaks of.
    pub group: CriterionGroup,
    /// What it gives when it is met.
    pub points: Decimal,
    /// Whether the record meets it.
    pub is_met: bool,
    /// Why, or why not.
    pub why: Option<ConditionExplanation>,
}

/// Draws up the score card of the record in scope.
pub fn card(model: &ScoreModel, scope: &Scope<'_>) -> ScoreCard {
    let lines: Vec<ScoreLine> = model
        .criteria
        .iter()
        .map(|criterion| {
            let compiled = condition::compile(&criterion.condition, scope.reader, model.entity).ok();
            ScoreLine {
                label: criterion.label.clone(),
                group: criterion.group,
                points: criterion.points,
                is_met: compiled.as_ref().is_some_and(|condition| condition.holds(scope)),
                why: compiled.map(|condition| condition.explain(scope)),
            }
        })
        .collect();
    ScoreCard {
        label: model.label.clone(),
        total: lines.iter().filter(|line| line.is_met).map(|line| line.points).sum(),
        reachable: reachable(model),
        threshold: model.threshold,
        lines,
    }
}

/// The most that a record can get: the sum of all points that are not taken off.
pub fn reachable(model: &ScoreModel) -> Decimal {
    model.criteria.iter().map(|criterion| criterion.points.max(Decimal::ZERO)).sum()
}
