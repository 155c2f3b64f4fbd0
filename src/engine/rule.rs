//! Rules: which of them an event wakes, whether their condition holds, and what they would do. Doing it is the caller's.

mod action;
pub mod score;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::engine::condition::{self, CompiledCondition, ConditionExplanation};
use crate::engine::formula::{self, Read, Scope};
use crate::model::change::FieldChange;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::FieldKind;
use crate::model::id::{CellId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::rule::{Repeat, Rule, Trigger};
use crate::model::state::Reader;
use crate::model::value::Value;

use action::CompiledAction;

/// The rules of a workspace, compiled, by entity and in the order in which they run.
#[derive(Default)]
pub struct RuleBook {
    by_entity: FxHashMap<EntityId, Vec<CompiledRule>>,
}

/// A rule ready to be asked.
pub struct CompiledRule {
    /// The rule as people made it.
    pub rule: Arc<Rule>,
    /// Its definition, which signs what it does.
    pub id: DefinitionId,
    condition: CompiledCondition,
    actions: Vec<CompiledAction>,
}

/// Something that happened to a record within a command.
#[derive(Clone, Debug)]
pub struct Event {
    /// The record.
    pub record: RecordId,
    /// As it was before; absent if it was created.
    pub before: Option<Arc<Record>>,
    /// The fields that changed.
    pub fields: Vec<FieldId>,
}

/// Something that a rule would do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Give fields of the record at hand these values.
    Set(Vec<(FieldId, Value)>),
    /// Create a record.
    Create {
        /// Its id, derived from the rule, the record and the occasion.
        id: RecordId,
        /// Its entity.
        entity: EntityId,
        /// What it holds.
        values: Values,
        /// Whether it is a notice, which the interface may show at once.
        is_notice: bool,
    },
    /// Remember a value.
    Remember(CellId, Value),
}

impl RuleBook {
    /// Compiles all rules that are switched on. Everything that is wrong with any rule is listed, and such rules are left out.
    pub fn compile(reader: &dyn Reader, rules: &[Arc<Rule>]) -> (RuleBook, Vec<Diagnostic>) {
        let mut book = RuleBook::default();
        let mut wrong = Vec::new();
        for rule in rules {
            match compile_rule(reader, rule) {
                Ok(compiled) if rule.enabled => book.by_entity.entry(rule.entity).or_default().push(compiled),
                Ok(_) => {}
                Err(found) => {
                    let id = Definition::Rule(rule.clone()).id();
                    wrong.extend(found.into_iter().map(|diagnostic| diagnostic.in_definition(id)));
                }
            }
        }
        for rules in book.by_entity.values_mut() {
            rules.sort_by(|a, b| b.rule.priority.cmp(&a.rule.priority).then_with(|| a.rule.id.cmp(&b.rule.id)));
        }
        (book, wrong)
    }

    /// Whether any rule looks at an entity.
    pub fn watches(&self, entity: EntityId) -> bool {
        self.by_entity.contains_key(&entity)
    }

    /// The rules that an event wakes, in the order in which they run.
    pub fn woken<'a>(&'a self, entity: EntityId, event: &'a Event) -> impl Iterator<Item = &'a CompiledRule> {
        self.by_entity.get(&entity).into_iter().flatten().filter(|rule| rule.is_woken(event))
    }
}

impl CompiledRule {
    fn is_woken(&self, event: &Event) -> bool {
        self.rule.triggers.iter().any(|trigger| match trigger {
            Trigger::Created => event.before.is_none(),
            Trigger::Updated => event.before.is_some(),
            // A field that a new record starts with has changed as well: from blank.
            Trigger::Changed { fields } => fields.iter().any(|field| event.fields.contains(field)),
        })
    }

    /// Whether the rule applies to the record as it stands.
    pub fn applies(&self, scope: &Scope<'_>) -> bool {
        if !self.condition.holds(scope) {
            return false;
        }
        match (self.rule.repeat, scope.before) {
            (Repeat::Always, _) | (Repeat::OnBecomingTrue, None) => true,
            (Repeat::OnBecomingTrue, Some(before)) => {
                !self.condition.holds(&Scope { record: before, before: None, ..*scope })
            }
        }
    }

    /// What the rule does to the record as it stands. `occasion` tells one run on a record from another.
    pub fn effects(&self, scope: &Scope<'_>, occasion: &dyn Fn() -> String) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (at, action) in self.actions.iter().enumerate() {
            let reason = || RecordId::named(&format!("{}/{at}/{}/{}", self.id, scope.record.id, occasion()));
            effects.extend(action.effects(scope, &reason));
        }
        effects
    }

    /// What the rule reads of the record.
    pub fn reads(&self) -> &[Read] {
        self.condition.reads()
    }
}

/// Why the condition of a rule holds for a record, or does not, as the record was before the rule itself changed these fields.
pub fn explain(rule: &Rule, scope: &Scope<'_>, changed: &[FieldChange]) -> Option<ConditionExplanation> {
    let compiled = condition::compile(&rule.condition, scope.reader, rule.entity).ok()?;
    let mut record = scope.record.clone();
    changed.iter().for_each(|change| drop(record.values.set(change.field, change.before.clone())));
    Some(compiled.explain(&Scope { record: &record, ..*scope }))
}

fn compile_rule(reader: &dyn Reader, rule: &Arc<Rule>) -> Result<CompiledRule, Vec<Diagnostic>> {
    let Some(entity) = reader.entity(rule.entity) else {
        return Err(vec![Diagnostic::new(Code::UnknownEntity).with("name", rule.entity)]);
    };
    let mut wrong = Vec::new();
    for trigger in &rule.triggers {
        if let Trigger::Changed { fields } = trigger {
            for field in fields.iter().filter(|field| entity.field(**field).is_none()) {
                wrong.push(Diagnostic::new(Code::UnknownField).with("name", field));
            }
        }
    }
    if rule.triggers.is_empty() {
        wrong.push(Diagnostic::new(Code::InvalidDefinition).with("detail", "triggers"));
    }
    let condition = condition::compile(&rule.condition, reader, rule.entity).map_err(|found| wrong.extend(found)).ok();
    let mut actions = Vec::new();
    let id = Definition::Rule(rule.clone()).id();
    for (at, action) in rule.actions.iter().enumerate() {
        match action::compile(action, reader, entity, || CellId::new(&format!("{id}/{at}/next"))) {
            Ok(compiled) => actions.push(compiled),
            Err(found) => wrong.extend(found),
        }
    }
    match condition {
        Some(condition) if wrong.is_empty() => Ok(CompiledRule { id, rule: rule.clone(), condition, actions }),
        _ => Err(wrong),
    }
}

/// Compiles a formula whose result goes into a field, refusing fields that nobody can write.
fn compile_for_field(
    text: &str,
    reader: &dyn Reader,
    source: EntityId,
    target: EntityId,
    field: FieldId,
) -> Result<formula::Formula, Vec<Diagnostic>> {
    let Some(definition) = reader.entity(target).and_then(|entity| entity.field(field)) else {
        return Err(vec![Diagnostic::new(Code::UnknownField).with("name", field)]);
    };
    if definition.is_computed() || matches!(definition.kind, FieldKind::Lines { .. }) {
        return Err(vec![Diagnostic::of_field(Code::ReadOnly, field)]);
    }
    formula::compile(text, reader, source)
}
