//! Score cards: the lines of a score model for one record, each with the reason why it counts or does not.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::engine::condition::{self, ConditionExplanation};
use crate::engine::formula::Scope;
use crate::model::definition::Definition;
use crate::model::field::Label;
use crate::model::id::EntityId;
use crate::model::rule::{CriterionGroup, ScoreModel};
use crate::model::state::State;

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

/// The lines of a card that speak of the same thing.
#[derive(Clone, Debug)]
pub struct ScoreGroup<'a> {
    /// What they give.
    pub got: Decimal,
    /// What they would give at most.
    pub most: Decimal,
    /// The lines.
    pub lines: Vec<&'a ScoreLine>,
}

impl ScoreCard {
    /// Whether the total is enough: as many points as the threshold are not more than that.
    pub fn is_enough(&self) -> bool {
        self.threshold.is_none_or(|threshold| self.total > threshold)
    }

    /// How many lines count.
    pub fn met(&self) -> usize {
        self.lines.iter().filter(|line| line.is_met).count()
    }

    /// How far points reach from nothing to all that can be reached, from 0 to 1.
    pub fn share(&self, points: Decimal) -> f64 {
        let most = self.reachable.to_f64().filter(|most| *most > 0.0).unwrap_or(1.0);
        (points.to_f64().unwrap_or(0.0) / most).clamp(0.0, 1.0)
    }

    /// The lines that speak of one thing, if there are any.
    pub fn group(&self, group: CriterionGroup) -> Option<ScoreGroup<'_>> {
        let lines: Vec<&ScoreLine> = self.lines.iter().filter(|line| line.group == group).collect();
        let got = lines.iter().filter(|line| line.is_met).map(|line| line.points).sum();
        let most = lines.iter().map(|line| line.points.max(Decimal::ZERO)).sum();
        (!lines.is_empty()).then_some(ScoreGroup { got, most, lines })
    }

    /// The one line that would be enough, or lift the total most, with the total that it would make; none if the total is enough.
    pub fn nearest(&self) -> Option<(&ScoreLine, Decimal)> {
        let threshold = self.threshold.filter(|_| !self.is_enough())?;
        let open = self.lines.iter().filter(|line| !line.is_met && line.points > Decimal::ZERO);
        let best = open.max_by_key(|line| {
            let reaches = self.total + line.points > threshold;
            // Among those that are enough the smallest is the nearest.
            (reaches, if reaches { -line.points } else { line.points })
        })?;
        Some((best, self.total + best.points))
    }
}

/// The score models of an entity.
pub fn models(state: &State, entity: EntityId) -> Vec<Arc<ScoreModel>> {
    let models = state.definitions().filter_map(|(_, definition)| match definition {
        Definition::Score(model) if model.entity == entity => Some(model.clone()),
        _ => None,
    });
    models.collect()
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
