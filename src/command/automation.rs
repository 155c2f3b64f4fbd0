//! The work on one command: changes collected on a draft, computed fields settled, rules run to a fixed point with a bound.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Blueprint, Context, Outcome, written_language};
use crate::engine::compute::{self, Moment};
use crate::engine::form;
use crate::engine::formula::function::Clock;
use crate::engine::formula::{Scope, into_field};
use crate::engine::rule::{Effect, Event};
use crate::model::change::{Change, Stamp, squash};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::field::Language;
use crate::model::id::{DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::time::Instant;
use crate::model::value::Value;

/// Rules may wake rules this many times over before the command is refused.
const ROUNDS: usize = 16;

/// A rule that ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceStep {
    /// The rule.
    pub rule: DefinitionId,
    /// The record that it ran for.
    pub record: RecordId,
    /// How many things it did.
    pub effects: usize,
}

/// A command being decided.
pub(super) struct Work<'a> {
    pub draft: Draft<'a>,
    pub blueprint: &'a Blueprint,
    pub context: &'a mut Context,
    pub clock: Clock,
    pub outcome: Outcome,
    language: Language,
    /// Changes before this one have been settled.
    settled: usize,
    /// Changes before this one have been shown to the rules.
    seen: usize,
    runs: FxHashMap<(DefinitionId, RecordId), usize>,
    /// When the command was given, as the ids of what rules make are derived from.
    occasion: OnceCell<String>,
}

impl<'a> Work<'a> {
    pub fn new(state: &'a State, blueprint: &'a Blueprint, context: &'a mut Context) -> Self {
        Work {
            clock: context.clock(state),
            language: written_language(state),
            draft: Draft::new(state),
            blueprint,
            context,
            outcome: Outcome::default(),
            settled: 0,
            seen: 0,
            runs: FxHashMap::default(),
            occasion: OnceCell::new(),
        }
    }

    /// When the changes are made.
    pub fn now(&self) -> Instant {
        self.context.stamp.time
    }

    /// What a formula or condition is asked about.
    pub fn scope<'s>(&'s self, record: &'s Record, before: Option<&'s Record>) -> Scope<'s> {
        Scope { reader: &self.draft, record, before, clock: &self.clock, language: self.language }
    }

    /// Brings computed fields up to date with all changes so far.
    pub fn settle(&mut self) {
        let moment = Moment { clock: &self.clock, language: self.language, at: self.context.stamp.time };
        compute::settle(&self.blueprint.plan, &mut self.draft, self.settled, moment);
        self.settled = self.draft.changes().len();
    }

    /// Brings the fields of a record that depend on the day up to date.
    pub fn settle_clock(&mut self, record: RecordId) {
        let moment = Moment { clock: &self.clock, language: self.language, at: self.context.stamp.time };
        compute::settle_clock(&self.blueprint.plan, &mut self.draft, record, moment);
        self.settled = self.draft.changes().len();
    }

    /// Leaves the changes so far out of what rules get to see.
    pub fn keep_from_rules(&mut self) {
        self.seen = self.draft.changes().len();
    }

    /// Completes a new record: defaults for what is blank, numbers for what is numbered.
    pub fn complete(&mut self, record: &mut Record) {
        let Some(form) = self.blueprint.form(record.entity) else { return };
        let entity = self.draft.entity(record.entity);
        for (field, formula) in &form.defaults {
            if record.value(*field).is_empty()
                && let Some(definition) = entity.and_then(|entity| entity.field(*field))
                && let Ok(operand) = formula.evaluate(&self.scope(record, None))
                && let Some(value) = into_field(operand, definition, &self.clock)
            {
                record.values.set(*field, value);
            }
        }
        for number in &form.numbers {
            if !record.value(number.field).is_empty() {
                continue;
            }
            let mut next = self.draft.cell(number.cell).as_number().unwrap_or_default();
            // Numbers that records brought along are passed over.
            let value = loop {
                next += rust_decimal::Decimal::ONE;
                let value = number.write(next);
                if self.draft.holders(record.entity, number.field, &value).is_empty() {
                    break value;
                }
            };
            self.draft.remember(number.cell, Value::Number(next));
            record.values.set(number.field, value);
        }
    }

    /// What is wrong with a record as it would be; only these fields are looked at, if given.
    pub fn check(&self, record: &Record, only: Option<&[FieldId]>) -> Vec<Diagnostic> {
        let Some(entity) = self.draft.entity(record.entity) else {
            return vec![Diagnostic::new(Code::UnknownEntity).with("name", record.entity)];
        };
        let mut wrong = form::check(&self.draft, entity, record, only);
        if let Some(form) = self.blueprint.form(record.entity) {
            for (field, condition, message) in &form.checks {
                if !condition.holds(&self.scope(record, None)) {
                    wrong.push(
                        Diagnostic::of_field(Code::CheckFailed, *field)
                            .with("message-zh", &message.zh)
                            .with("message-en", &message.en),
                    );
                }
            }
        }
        wrong
    }

    /// Runs the rules that the changes so far have woken, and those that these wake in turn, until nothing stirs.
    pub fn run_rules(&mut self) -> Result<(), Rejection> {
        self.settle();
        let mut half = 0;
        for round in 0.. {
            let events = self.events();
            self.seen = self.draft.changes().len();
            if events.is_empty() {
                return Ok(());
            }
            if round == ROUNDS / 2 {
                half = self.outcome.trace.len();
            }
            for (entity, event) in &events {
                self.handle(*entity, event);
            }
            if round == ROUNDS {
                let chain = self.chain(&self.outcome.trace[half..]);
                return Err(Diagnostic::new(Code::EndlessRules).with("rules", chain).into());
            }
        }
        Ok(())
    }

    /// The rules of a trace as people call them, each once and in the order in which they first ran.
    fn chain(&self, trace: &[TraceStep]) -> String {
        let mut rules: Vec<DefinitionId> = Vec::new();
        for step in trace {
            if !rules.contains(&step.rule) {
                rules.push(step.rule);
            }
        }
        let label = |id: &DefinitionId| {
            let label = self.draft.definition(*id).map(|definition| definition.label().text(self.language).to_owned());
            label.unwrap_or_else(|| id.to_string())
        };
        rules.iter().map(label).collect::<Vec<_>>().join(" → ")
    }

    /// Ends the work: what is left to do is settled, and the changes are handed over, each said once.
    pub fn finish(mut self) -> Result<Outcome, Rejection> {
        self.run_rules()?;
        self.outcome.changes = squash(self.draft.into_changes());
        Ok(self.outcome)
    }

    /// What has happened to each record since the rules last looked, for those entities that rules look at.
    fn events(&self) -> Vec<(EntityId, Event)> {
        let changes = &self.draft.changes()[self.seen..];
        let mut events: Vec<(EntityId, Event)> = Vec::with_capacity(changes.len());
        let mut places: FxHashMap<RecordId, usize> = FxHashMap::default();
        for change in changes {
            let Some((record, entity)) = change.record() else { continue };
            if !self.blueprint.rules.watches(entity) {
                continue;
            }
            match change {
                Change::Created { record: created, .. } => {
                    let at = *places.entry(record).or_insert_with(|| {
                        events.push((entity, Event { record, before: None, fields: Vec::new() }));
                        events.len() - 1
                    });
                    let fields = created.values.iter().map(|(field, _)| field);
                    let known = &mut events[at].1.fields;
                    if known.is_empty() {
                        *known = fields.collect();
                    } else {
                        let more: Vec<FieldId> = fields.filter(|field| !known.contains(field)).collect();
                        known.extend(more);
                    }
                }
                Change::Updated { fields, .. } => {
                    let at = *places.entry(record).or_insert_with(|| {
                        let before = self.draft.record(record).cloned().map(Arc::new);
                        events.push((entity, Event { record, before, fields: Vec::new() }));
                        events.len() - 1
                    });
                    let event = &mut events[at].1;
                    for change in fields {
                        if event.fields.contains(&change.field) {
                            continue;
                        }
                        if let Some(before) = event.before.as_mut().map(Arc::make_mut) {
                            before.values.set(change.field, change.before.clone());
                        }
                        event.fields.push(change.field);
                    }
                }
                Change::Removed { .. } | Change::Defined { .. } | Change::Remembered { .. } => {}
            }
        }
        events
    }

    fn handle(&mut self, entity: EntityId, event: &Event) {
        let blueprint = self.blueprint;
        for rule in blueprint.rules.woken(entity, event) {
            let Some(record) = self.draft.record(event.record) else { return };
            let scope = self.scope(record, event.before.as_deref());
            if !rule.applies(&scope) {
                continue;
            }
            let run = self.runs.get(&(rule.id, event.record)).copied().unwrap_or(0);
            let Stamp { time, count, .. } = self.context.stamp;
            let occasion = || format!("{}/{run}", self.occasion.get_or_init(|| format!("{time}/{count}")));
            let effects = rule.effects(&scope, &occasion);
            self.runs.insert((rule.id, event.record), run + 1);
            self.outcome.trace.push(TraceStep { rule: rule.id, record: event.record, effects: effects.len() });
            for effect in effects {
                self.carry_out(event.record, rule.id, effect);
            }
            self.settle();
            if rule.rule.stop {
                break;
            }
        }
    }

    fn carry_out(&mut self, record: RecordId, by: DefinitionId, effect: Effect) {
        match effect {
            Effect::Set(values) => {
                self.draft.update(record, values, self.context.stamp.time, Some(by));
            }
            Effect::Remember(cell, value) => self.draft.remember(cell, value),
            Effect::Create { id, entity, values, is_notice } => {
                // The id is derived from the occasion: if the record is there, this has already been done.
                if self.draft.record(id).is_some() {
                    return;
                }
                let at = self.context.stamp.time;
                let mut created = Record { id, entity, created: at, updated: at, values };
                self.complete(&mut created);
                self.draft.push(Change::Created { record: Arc::new(created), by: Some(by) });
                if is_notice {
                    self.outcome.notices.push(id);
                }
            }
        }
    }
}
