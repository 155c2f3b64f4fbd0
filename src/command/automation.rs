//! The work on one command: changes collected on a draft, computed fields settled, rules run to a fixed point with a bound.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::blueprint::FieldCheck;
use super::{Blueprint, Context, Outcome, written_language};
use crate::engine::compute::{self, Moment};
use crate::engine::form;
use crate::engine::formula::function::Clock;
use crate::engine::formula::{Scope, into_field};
use crate::engine::rule::{Effect, Event};
use crate::model::change::{Change, Withheld, squash};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::{Field, Language};
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
    /// How many things it did, or would have done.
    pub effects: usize,
    /// What it would have done and may not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Withheld>,
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
    /// How many of the changes are the command's own, before anything followed from them.
    own: Option<usize>,
    /// What the command itself did, as the ids of what rules make are derived from.
    occasion: OnceCell<RecordId>,
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
            own: None,
            occasion: OnceCell::new(),
        }
    }

    /// When the changes are made.
    pub fn now(&self) -> Instant {
        self.context.now
    }

    /// What a formula or condition is asked about.
    pub fn scope<'s>(&'s self, record: &'s Record, before: Option<&'s Record>) -> Scope<'s> {
        Scope { reader: &self.draft, record, before, clock: &self.clock, language: self.language }
    }

    /// Brings computed fields up to date with all changes so far.
    pub fn settle(&mut self) {
        let moment = Moment { clock: &self.clock, language: self.language, at: Some(self.context.now) };
        compute::settle(&self.blueprint.plan, &mut self.draft, self.settled, moment);
        self.settled = self.draft.changes().len();
    }

    /// Brings the fields of a record that depend on the day up to date.
    pub fn settle_clock(&mut self, record: RecordId) {
        let moment = Moment { clock: &self.clock, language: self.language, at: None };
        compute::settle_clock(&self.blueprint.plan, &mut self.draft, record, moment);
        self.settled = self.draft.changes().len();
    }

    /// Leaves the changes so far out of what rules get to see.
    pub fn keep_from_rules(&mut self) {
        self.seen = self.draft.changes().len();
    }

    /// Values for fields of an entity, in the one spelling in which each is kept: whichever way they came.
    pub fn spell(&self, entity: &Entity, values: &mut [(FieldId, Value)]) {
        for (id, value) in values {
            let spelt = entity.field(*id).and_then(|field| form::respelt(field, value, self.draft.calling_code()));
            if let Some(spelt) = spelt {
                *value = spelt;
            }
        }
    }

    /// Completes a new record: one spelling for what has several, defaults for what is blank, numbers for what is numbered.
    pub fn complete(&mut self, record: &mut Record) {
        self.complete_save(record, &[]);
    }

    /// Completes a new record, save for fields that somebody emptied: they stay blank, whatever their default.
    pub fn complete_save(&mut self, record: &mut Record, emptied: &[FieldId]) {
        if let Some(entity) = self.draft.entity(record.entity) {
            let spelt = |field: &Field| {
                Some((field.id, form::respelt(field, record.value(field.id), self.draft.calling_code())?))
            };
            let spelt: Vec<(FieldId, Value)> = entity.fields.iter().filter_map(spelt).collect();
            spelt.into_iter().for_each(|(field, value)| drop(record.values.set(field, value)));
        }
        let Some(form) = self.blueprint.form(record.entity) else { return };
        let entity = self.draft.entity(record.entity);
        for (field, formula) in &form.defaults {
            if record.value(*field).is_empty()
                && !emptied.contains(field)
                && let Some(definition) = entity.and_then(|entity| entity.field(*field))
                && let Ok(operand) = formula.evaluate(&self.scope(record, None))
                && let Some(value) = into_field(operand, definition, &self.clock)
            {
                record.values.set(*field, value);
            }
        }
        for number in &form.numbers {
            if record.value(number.field).is_empty()
                && let Some(value) = self.next_number(record.entity, number.field)
            {
                record.values.set(number.field, value);
            }
        }
    }

    /// The next number of a field that numbers records; numbers that records brought along are passed over.
    pub fn next_number(&mut self, entity: EntityId, field: FieldId) -> Option<Value> {
        let number = self.blueprint.form(entity)?.numbers.iter().find(|number| number.field == field)?;
        let mut next = self.draft.cell(number.cell).as_number().unwrap_or_default();
        let value = loop {
            next += rust_decimal::Decimal::ONE;
            let value = number.write(next);
            if self.draft.holders(entity, field, &value).is_empty() {
                break value;
            }
        };
        self.draft.remember(number.cell, Value::Number(next));
        Some(value)
    }

    /// What is wrong with a record as it would be. If fields are given, only these are looked at, and the checks that they or what
    /// is computed from them may break: what was wrong before somebody touched another field is not held against them.
    pub fn check(&self, record: &Record, only: Option<&[FieldId]>) -> Vec<Diagnostic> {
        let Some(entity) = self.draft.entity(record.entity) else {
            return vec![Diagnostic::new(Code::UnknownEntity).with("name", record.entity)];
        };
        let mut wrong = form::check(&self.draft, entity, record, only);
        let checks = self.blueprint.form(record.entity).map(|form| &form.checks[..]).unwrap_or_default();
        if checks.is_empty() {
            return wrong;
        }
        let plan = &self.blueprint.plan;
        let touched = only.map(|only| plan.following(record.entity, only));
        let is_asked = |check: &&FieldCheck| touched.as_deref().is_none_or(|touched| check.is_about(touched));
        let asked: Vec<&FieldCheck> = checks.iter().filter(is_asked).collect();
        let next = asked.iter().any(|check| check.reads_computed).then(|| {
            let moment = Moment { clock: &self.clock, language: self.language, at: Some(self.context.now) };
            compute::preview(plan, &self.draft, record, touched.as_deref(), moment)
        });
        let scope = self.scope(next.as_ref().unwrap_or(record), None);
        for FieldCheck { field, message, .. } in asked.into_iter().filter(|check| !check.condition.holds(&scope)) {
            wrong.push(
                Diagnostic::of_field(Code::CheckFailed, *field)
                    .with("message-zh", &message.zh)
                    .with("message-en", &message.en),
            );
        }
        wrong
    }

    /// Runs the rules that the changes so far have woken, and those that these wake in turn, until nothing stirs.
    pub fn run_rules(&mut self) -> Result<(), Rejection> {
        self.own.get_or_insert(self.draft.changes().len());
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
            let occasion = || format!("{}/{run}", self.occasion(event.record));
            let effects = rule.effects(&scope, &occasion);
            self.runs.insert((rule.id, event.record), run + 1);
            let count = effects.len();
            let withheld = self.carry_out(event.record, rule.id, effects);
            self.outcome.trace.push(TraceStep { rule: rule.id, record: event.record, effects: count, withheld });
            self.settle();
            if rule.rule.stop {
                break;
            }
        }
    }

    /// What tells this command from others that wake the same rule for a record: what it did to the record, or else to all records.
    ///
    /// It says nothing of when and where. So two tabs or devices that do the same to the same record make one record of it.
    fn occasion(&self, record: RecordId) -> RecordId {
        let own = &self.draft.changes()[..self.own.unwrap_or(0)];
        let of = |id: RecordId| own.iter().filter(move |change| change.record().is_some_and(|(its, _)| its == id));
        if of(record).next().is_some() {
            return named(of(record));
        }
        *self.occasion.get_or_init(|| named(own.iter()))
    }

    /// Does what a rule wants done for a record, as far as it fits; what does not is handed back with the reasons.
    fn carry_out(&mut self, record: RecordId, rule: DefinitionId, effects: Vec<Effect>) -> Vec<Withheld> {
        let mut withheld: Vec<Withheld> = Vec::new();
        let mut values: Vec<(FieldId, Value)> = Vec::new();
        let mut hold_back = |entity: EntityId, wrong: Vec<Diagnostic>| {
            if !wrong.is_empty() {
                withheld.push(Withheld { rule, record, entity, wrong });
            }
        };
        for effect in effects {
            match effect {
                Effect::Set(new) => {
                    // Of several values for one field the last one counts.
                    values.retain(|(field, _)| new.iter().all(|(other, _)| other != field));
                    values.extend(new);
                }
                Effect::Remember(cell, value) => self.draft.remember(cell, value),
                Effect::Create { id, entity, values, is_notice } => {
                    // The id is derived from the occasion: if the record is there, this has already been done.
                    if self.draft.record(id).is_none() {
                        let at = self.context.now;
                        let record = Record { id, entity, created: at, updated: at, values };
                        hold_back(entity, self.create(record, rule, is_notice));
                    }
                }
            }
        }
        if let Some(entity) = self.draft.record(record).map(|record| record.entity).filter(|_| !values.is_empty()) {
            hold_back(entity, self.set(record, rule, values));
        }
        withheld
    }

    /// Gives a record the values that fit it together, and says what is wrong with the others.
    fn set(&mut self, id: RecordId, rule: DefinitionId, mut values: Vec<(FieldId, Value)>) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        if let Some(current) = self.draft.record(id) {
            let mut next = current.clone();
            values.retain(|(field, value)| current.value(*field) != value);
            values.iter().for_each(|(field, value)| drop(next.values.set(*field, value.clone())));
            while !values.is_empty() {
                let touched: Vec<FieldId> = values.iter().map(|(field, _)| *field).collect();
                let mut found = self.check(&next, Some(&touched));
                if found.is_empty() {
                    break;
                }
                // What was wrong before is not the rule's doing.
                let before = self.check(current, Some(&touched));
                found.retain(|it| !before.contains(it) || it.at.field.is_some_and(|field| touched.contains(&field)));
                if found.is_empty() {
                    break;
                }
                let is_blamed = |field: FieldId| found.iter().any(|it| it.at.field == Some(field));
                let mut blamed: Vec<FieldId> = touched.iter().copied().filter(|field| is_blamed(*field)).collect();
                if blamed.is_empty() {
                    blamed = touched;
                }
                blamed.iter().for_each(|field| drop(next.values.set(*field, current.value(*field).clone())));
                values.retain(|(field, _)| !blamed.contains(field));
                wrong.extend(found);
            }
        }
        self.draft.update(id, values, self.context.now, Some(rule));
        wrong
    }

    /// Creates a record without the values that do not fit; not at all if it would not be right without them.
    fn create(&mut self, record: Record, rule: DefinitionId, is_notice: bool) -> Vec<Diagnostic> {
        let given: Vec<FieldId> = record.values.iter().map(|(field, _)| field).collect();
        let mut created = record;
        self.complete(&mut created);
        let mut wrong = self.check(&created, None);
        let blamed: Vec<FieldId> =
            given.into_iter().filter(|field| wrong.iter().any(|it| it.at.field == Some(*field))).collect();
        blamed.iter().for_each(|field| drop(created.values.set(*field, Value::Empty)));
        if !wrong.is_empty() {
            let left = self.check(&created, None);
            if !left.is_empty() {
                wrong.extend(left.into_iter().filter(|it| it.at.field.is_none_or(|field| !blamed.contains(&field))));
                wrong.dedup();
                return wrong;
            }
        }
        if is_notice {
            self.outcome.notices.push(created.id);
        }
        self.draft.push(Change::Created { record: Arc::new(created), by: Some(rule) });
        wrong
    }
}

/// An id derived from changes: from what they changed and what stood there before, not from when they are made.
fn named<'c>(changes: impl Iterator<Item = &'c Change>) -> RecordId {
    use std::fmt::Write;
    let mut text = String::new();
    for change in changes {
        // Writing into a text cannot fail.
        let _ = match change {
            Change::Created { record, .. } => write!(text, "+{}", record.id),
            Change::Removed { record } => write!(text, "-{}{}", record.id, record.updated),
            Change::Updated { record, fields, before, .. } => {
                let fields = fields.iter().try_for_each(|it| write!(text, "{}{:?}{:?}", it.field, it.before, it.after));
                fields.and_then(|()| write!(text, "={record}{before}"))
            }
            Change::Defined { .. } | Change::Remembered { .. } => Ok(()),
        };
    }
    RecordId::named(&text)
}
