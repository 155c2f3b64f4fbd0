//! Computed fields: which there are, in which order they have to be computed, and which of them a change makes stale.

mod defined;
mod news;
mod plan;
mod route;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rust_decimal::Decimal;

use crate::engine::condition::CompiledCondition;
use crate::engine::formula::function::{Clock, Operand};
use crate::engine::formula::{Formula, Scope, as_value};
use crate::model::change::Change;
use crate::model::draft::Draft;
use crate::model::field::{Language, ResultKind, RollupFunction};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::sum::Sum;
use crate::model::time::Instant;
use crate::model::value::Value;

use news::News;
pub use plan::Plan;
use route::Route;

/// One computed field of one entity, ready to be computed.
pub struct Step {
    /// The entity.
    pub entity: EntityId,
    /// The field that it fills.
    pub field: FieldId,
    computation: Computation,
    reads_clock: bool,
}

enum Computation {
    Formula {
        formula: Formula,
        result: ResultKind,
    },
    Lookup {
        link: FieldId,
        field: FieldId,
    },
    Rollup {
        entity: EntityId,
        via: FieldId,
        function: RollupFunction,
        field: Option<FieldId>,
        counts: Option<CompiledCondition>,
        /// Whether a related record alone tells whether it counts.
        is_local: bool,
    },
    Score {
        criteria: Vec<(CompiledCondition, Decimal)>,
    },
}

/// What the computations of one command share.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// What time it is, for formulas.
    pub clock: &'a Clock,
    /// The language in which options become text.
    pub language: Language,
    /// When the changes are made; none where only time has passed, which is nobody's doing: then records keep when they last changed.
    pub at: Option<Instant>,
}

/// Brings every computed field up to date that the changes of a draft, from the given one on, have made stale.
///
/// Ends always: steps are taken in an order in which no step makes an earlier one stale, but for those that read when a record last
/// changed; and within one command a record's time changes once.
pub fn settle(plan: &Plan, draft: &mut Draft<'_>, from: usize, moment: Moment<'_>) {
    settle_with(plan, draft, from, &[], moment);
}

/// Brings every computed field up to date that a draft has made stale, those included whose definition, or what it speaks of, it
/// has changed; these are computed for every record.
pub fn settle_redefined(plan: &Plan, draft: &mut Draft<'_>, moment: Moment<'_>) {
    let redefined = defined::redefined(plan, draft);
    settle_with(plan, draft, 0, &redefined, moment);
}

/// Computes every computed field of every record anew.
pub fn settle_all(plan: &Plan, draft: &mut Draft<'_>, moment: Moment<'_>) {
    let all: Vec<usize> = (0..plan.steps.len()).collect();
    settle_with(plan, draft, 0, &all, moment);
}

/// `anew` are the steps, in ascending order, that are taken for every record whatever has changed.
fn settle_with(plan: &Plan, draft: &mut Draft<'_>, from: usize, anew: &[usize], moment: Moment<'_>) {
    let until = draft.changes().len();
    for at in from..until {
        plan.fill(draft, at, moment);
    }
    let mut stale = Stale::default();
    for rank in anew {
        draft.members(plan.steps[*rank].entity).into_iter().for_each(|record| stale.mark(*rank, record));
    }
    for change in &draft.changes()[from..] {
        plan.mark(draft, change, &mut stale);
        plan.mark_figures(change, &mut stale);
    }
    let mut news = News::since(from);
    while let Some((rank, id)) = stale.next() {
        let step = &plan.steps[rank];
        let Some(record) = draft.record(id) else { continue };
        if record.entity != step.entity {
            continue;
        }
        let is_new = anew.binary_search(&rank).is_ok();
        let value = if is_new { None } else { news.move_on(step, draft, record, moment) };
        let value = value.unwrap_or_else(|| compute(step, draft, record, moment));
        let at = moment.at.unwrap_or(record.updated);
        if draft.update(id, [(step.field, value)], at, None).is_empty() {
            continue;
        }
        if let Some(change) = draft.changes().last() {
            plan.mark(draft, change, &mut stale);
        }
    }
}

/// The steps that have to be taken for a record each, in their order.
#[derive(Default)]
struct Stale {
    // A heap with repetitions: most commands mark a handful, for which nothing is quicker to set up.
    marks: BinaryHeap<Reverse<(usize, RecordId)>>,
}

impl Stale {
    fn mark(&mut self, rank: usize, record: RecordId) {
        self.marks.push(Reverse((rank, record)));
    }

    fn next(&mut self) -> Option<(usize, RecordId)> {
        let Reverse(first) = self.marks.pop()?;
        while self.marks.peek().is_some_and(|Reverse(mark)| *mark == first) {
            self.marks.pop();
        }
        Some(first)
    }
}

/// Computes the fields of an entity whose value depends on what time it is, for one record.
pub fn settle_clock(plan: &Plan, draft: &mut Draft<'_>, record: RecordId, moment: Moment<'_>) {
    let Some(entity) = draft.record(record).map(|record| record.entity) else { return };
    let from = draft.changes().len();
    for rank in plan.ranks(entity) {
        let step = &plan.steps[*rank];
        if !step.reads_clock {
            continue;
        }
        let Some(current) = draft.record(record) else { return };
        let value = compute(step, draft, current, moment);
        let at = moment.at.unwrap_or(current.updated);
        draft.update(record, [(step.field, value)], at, None);
    }
    settle(plan, draft, from, moment);
}

/// A record as it would be once these fields, or all where none are given, were computed from what else it holds.
///
/// Other records are taken as they are, even if what they compute would follow.
pub fn preview(
    plan: &Plan,
    reader: &dyn Reader,
    record: &Record,
    fields: Option<&[FieldId]>,
    moment: Moment<'_>,
) -> Record {
    let mut next = record.clone();
    for step in plan.ranks(record.entity).iter().map(|rank| &plan.steps[*rank]) {
        if fields.is_none_or(|fields| fields.contains(&step.field)) {
            let value = compute(step, reader, &next, moment);
            next.values.set(step.field, value);
        }
    }
    next
}

fn compute(step: &Step, reader: &dyn Reader, record: &Record, moment: Moment<'_>) -> Value {
    let scope = |record| Scope { reader, record, before: None, clock: moment.clock, language: moment.language };
    match &step.computation {
        Computation::Formula { formula, result } => {
            let operand = formula.evaluate(&scope(record)).unwrap_or(Operand::One(Value::Empty));
            as_value(operand, *result, moment.clock).unwrap_or(Value::Empty)
        }
        Computation::Lookup { link, field } => match record.value(*link).links() {
            [] => Value::Empty,
            [first, ..] => reader.record(*first).map_or(Value::Empty, |linked| linked.value(*field).clone()),
        },
        Computation::Rollup { entity, via, function, field, counts, is_local: _ } => {
            let related = reader.incoming(record.id, *entity, *via);
            let counted = related
                .iter()
                .filter_map(|id| reader.record(*id))
                .filter(|related| counts.as_ref().is_none_or(|condition| condition.holds(&scope(related))));
            roll_up(*function, *field, counted)
        }
        Computation::Score { criteria } => {
            let scope = scope(record);
            let met = criteria.iter().filter(|(condition, _)| condition.holds(&scope));
            Value::Number(met.map(|(_, points)| *points).fold(Decimal::ZERO, |sum, points| sum + points))
        }
    }
}

fn roll_up<'a>(function: RollupFunction, field: Option<FieldId>, related: impl Iterator<Item = &'a Record>) -> Value {
    if function == RollupFunction::Count {
        let counted = related.filter(|record| field.is_none_or(|field| !record.value(field).is_empty()));
        return Value::integer(counted.count() as i64);
    }
    let Some(field) = field else { return Value::Empty };
    let mut values = related.map(|record| record.value(field)).filter(|value| !value.is_empty());
    match function {
        RollupFunction::Count => Value::Empty,
        RollupFunction::First => values.next().cloned().unwrap_or_default(),
        RollupFunction::Last => values.last().cloned().unwrap_or_default(),
        RollupFunction::Min => values.min_by(|a, b| a.compare(b)).cloned().unwrap_or_default(),
        RollupFunction::Max => values.max_by(|a, b| a.compare(b)).cloned().unwrap_or_default(),
        RollupFunction::Sum => Sum::of(values).ok().and_then(Sum::total).unwrap_or_default(),
        RollupFunction::Average => Sum::of(values).ok().and_then(Sum::mean).unwrap_or_default(),
    }
}

impl Plan {
    /// Computes all fields of a record that has just been created, in one go and as a part of its creation.
    ///
    /// What these fields read of other records may itself be stale: those are marked later and bring these along.
    fn fill(&self, draft: &mut Draft<'_>, at: usize, moment: Moment<'_>) {
        let Some(Change::Created { record, .. }) = draft.changes().get(at) else { return };
        let ranks = self.ranks(record.entity);
        if ranks.is_empty() || !draft.is_as_created(record) {
            return;
        }
        let mut filled = record.with_room(ranks.len());
        let mut fields: Vec<FieldId> = Vec::with_capacity(ranks.len());
        for rank in ranks {
            let step = &self.steps[*rank];
            let value = compute(step, draft, &filled, moment);
            let current = filled.value(step.field);
            if *current != value && !(current.is_empty() && value.is_empty()) {
                filled.values.set(step.field, value);
                fields.push(step.field);
            }
        }
        if !fields.is_empty() {
            draft.fill(at, filled, &fields);
        }
    }

    /// Marks the figures that a change itself sets, as an undo does: what they were made from may have gone elsewhere since.
    fn mark_figures(&self, change: &Change, stale: &mut Stale) {
        let Change::Updated { record, entity, fields, .. } = change else { return };
        for rank in self.ranks(*entity) {
            if fields.iter().any(|change| change.field == self.steps[*rank].field) {
                stale.mark(*rank, *record);
            }
        }
    }

    /// Marks what a change that the draft already holds makes stale.
    fn mark(&self, draft: &Draft<'_>, change: &Change, stale: &mut Stale) {
        match change {
            Change::Created { record, .. } => {
                // A record that still stands as it was created has been filled in.
                let is_filled = draft.is_as_created(record);
                if is_filled && !draft.is_linked(record.id) {
                    for (field, rank, route) in self.ahead(record.entity) {
                        if !record.value(*field).is_empty() {
                            route.mark(draft, record, *rank, stale);
                        }
                    }
                    return;
                }
                if !is_filled {
                    self.ranks(record.entity).iter().for_each(|rank| stale.mark(*rank, record.id));
                }
                for (field, _) in record.values.iter() {
                    for (rank, route) in self.readers(record.entity, field) {
                        if !is_filled || !route.stays() {
                            route.mark(draft, record, *rank, stale);
                        }
                    }
                }
            }
            Change::Removed { record } => {
                for (field, _) in record.values.iter() {
                    for (rank, route) in self.readers(record.entity, field) {
                        route.mark(draft, record, *rank, stale);
                    }
                }
            }
            Change::Updated { record, entity, fields, before, after, .. } => {
                let Some(current) = draft.record(*record) else {
                    // What goes with the same changes tells at its removal only what it held last.
                    for change in fields {
                        let leaving = self.readers(*entity, change.field).iter();
                        for (rank, route) in leaving.filter(|(_, route)| route.leaves_by(change.field)) {
                            for link in change.before.links().iter().chain(change.after.links()) {
                                route.arrive(draft, *link).into_iter().for_each(|target| stale.mark(*rank, target));
                            }
                        }
                    }
                    return;
                };
                if before != after {
                    for (rank, route) in self.dated(*entity) {
                        route.mark(draft, current, *rank, stale);
                    }
                }
                for change in fields {
                    for (rank, route) in self.readers(*entity, change.field) {
                        route.mark(draft, current, *rank, stale);
                        if route.leaves_by(change.field) {
                            for link in change.before.links() {
                                route.arrive(draft, *link).into_iter().for_each(|target| stale.mark(*rank, target));
                            }
                        }
                    }
                }
            }
            Change::Defined { .. } | Change::Remembered { .. } => {}
        }
    }
}

impl Route {
    fn mark(&self, reader: &dyn Reader, from: &Record, rank: usize, stale: &mut Stale) {
        if self.stays() {
            stale.mark(rank, from.id);
        } else {
            self.follow(reader, from).into_iter().for_each(|target| stale.mark(rank, target));
        }
    }
}
