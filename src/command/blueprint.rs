//! The blueprint: everything compiled that follows from the definitions alone. Made anew when a definition changes.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::command::design::number;
use crate::engine::compute::Plan;
use crate::engine::condition::{self, CompiledCondition};
use crate::engine::convert::{self, CompiledConversion};
use crate::engine::formula::{self, Formula, Read};
use crate::engine::rule::RuleBook;
use crate::model::definition::Definition;
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label};
use crate::model::id::{CellId, EntityId, FieldId};
use crate::model::rule::{Rule, ScoreModel};
use crate::model::state::Reader;
use crate::model::value::Value;

/// The compiled definitions of a workspace.
#[derive(Default)]
pub struct Blueprint {
    /// Computed fields.
    pub plan: Plan,
    /// Rules.
    pub rules: RuleBook,
    forms: FxHashMap<EntityId, FormPlan>,
    conversions: FxHashMap<EntityId, CompiledConversion>,
}

/// What a new or changed record of an entity is given and asked.
#[derive(Default)]
pub struct FormPlan {
    /// Formulas for fields that nobody filled in.
    pub defaults: Vec<(FieldId, Formula)>,
    /// Conditions that fields must meet, with the sentence for when they do not.
    pub checks: Vec<FieldCheck>,
    /// Fields that are numbered at creation.
    pub numbers: Vec<Numbering>,
}

/// A condition that a field must meet.
pub struct FieldCheck {
    /// The field beside which the sentence stands.
    pub field: FieldId,
    /// What must hold.
    pub condition: CompiledCondition,
    /// The sentence for when it does not.
    pub message: Label,
    /// Whether it has to be asked of a record whose computed fields are up to date.
    pub reads_computed: bool,
    /// What of the record it is about; any change of these may break it.
    concerns: Vec<FieldId>,
    /// Whether any change at all may break it.
    is_record_wide: bool,
}

impl FieldCheck {
    fn new(entity: &Entity, field: FieldId, condition: CompiledCondition, message: Label) -> Self {
        let mut concerns = vec![field];
        for read in condition.reads() {
            let own = match read {
                Read::Own(field) => Some(*field),
                Read::Through { path, .. } => path.first().copied(),
                Read::Related { .. } | Read::RelatedThrough { .. } | Read::Updated | Read::Clock | Read::Actor => None,
            };
            concerns.extend(own.filter(|own| !concerns.contains(own)));
        }
        let is_record_wide = condition.reads().contains(&Read::Updated);
        let reads_computed = concerns.iter().any(|id| entity.field(*id).is_some_and(Field::is_computed));
        FieldCheck { field, condition, message, reads_computed, concerns, is_record_wide }
    }

    /// Whether a change of these fields may break it.
    pub fn is_about(&self, fields: &[FieldId]) -> bool {
        !fields.is_empty() && (self.is_record_wide || self.concerns.iter().any(|field| fields.contains(field)))
    }
}

/// How a field is numbered at creation.
pub struct Numbering {
    /// The field.
    pub field: FieldId,
    /// Where the last number is remembered.
    pub cell: CellId,
    prefix: String,
    digits: usize,
}

impl Numbering {
    /// A number as the field holds it.
    pub fn write(&self, number: Decimal) -> Value {
        Value::text(&format!("{}{number:0>digits$}", self.prefix, digits = self.digits))
    }
}

impl Blueprint {
    /// Compiles every definition; everything that is wrong anywhere is listed.
    pub fn compile(reader: &dyn Reader) -> Result<Blueprint, Vec<Diagnostic>> {
        let (blueprint, wrong) = Blueprint::compile_sound(reader);
        if wrong.is_empty() { Ok(blueprint) } else { Err(wrong) }
    }

    /// Compiles what can be compiled. What is wrong is listed and left out: a rule, a field's formula, a check or a default each by
    /// itself, so that the rest of a damaged workspace works.
    pub fn compile_sound(reader: &dyn Reader) -> (Blueprint, Vec<Diagnostic>) {
        let definitions = reader.all_definitions();
        let scores: Vec<&ScoreModel> = definitions
            .iter()
            .filter_map(|definition| if let Definition::Score(score) = definition { Some(&**score) } else { None })
            .collect();
        let rules: Vec<Arc<Rule>> = definitions
            .iter()
            .filter_map(|definition| if let Definition::Rule(rule) = definition { Some(rule.clone()) } else { None })
            .collect();
        let (plan, mut wrong) = Plan::compile(reader, &scores);
        let (rules, found) = RuleBook::compile(reader, &rules);
        wrong.extend(found);
        let mut forms = FxHashMap::default();
        let mut conversions = FxHashMap::default();
        for entity in reader.entities() {
            match entity.conversion.as_ref().map(|conversion| convert::compile(reader, &entity, conversion)) {
                Some(Ok(compiled)) => drop(conversions.insert(entity.id, compiled)),
                Some(Err(found)) => {
                    let id = Definition::entity_id(entity.id);
                    wrong.extend(found.into_iter().map(|diagnostic| diagnostic.in_definition(id)));
                }
                None => {}
            }
            let (form, found) = form_plan(reader, &entity);
            forms.insert(entity.id, form);
            wrong.extend(found);
        }
        (Blueprint { plan, rules, forms, conversions }, wrong)
    }

    /// What the records of an entity turn into, if they do.
    pub fn conversion(&self, entity: EntityId) -> Option<&CompiledConversion> {
        self.conversions.get(&entity)
    }

    /// What a record of an entity is given and asked.
    pub fn form(&self, entity: EntityId) -> Option<&FormPlan> {
        self.forms.get(&entity)
    }
}

fn form_plan(reader: &dyn Reader, entity: &Entity) -> (FormPlan, Vec<Diagnostic>) {
    let id = entity.id;
    let mut form = FormPlan::default();
    let mut wrong = Vec::new();
    let mut note = |field: FieldId, found: Vec<Diagnostic>| {
        let placed = |diagnostic: Diagnostic| diagnostic.at_field(field).in_definition(Definition::entity_id(id));
        wrong.extend(found.into_iter().map(placed));
    };
    for field in entity.fields.iter().filter(|field| !field.retired) {
        if let Some(text) = &field.default {
            let quoted = field.options().iter().any(|option| option.id.as_str() == text || option.label.says(text));
            let text = if quoted { format!("\"{text}\"") } else { text.clone() };
            match formula::compile(&text, reader, id) {
                Ok(formula) => form.defaults.push((field.id, formula)),
                Err(found) => note(field.id, found),
            }
        }
        for check in &field.checks {
            match condition::compile(&check.condition, reader, id) {
                Ok(compiled) => form.checks.push(FieldCheck::new(entity, field.id, compiled, check.message.clone())),
                Err(found) => note(field.id, found),
            }
        }
        if let FieldKind::AutoNumber { prefix, digits } = &field.kind {
            let cell = number::cell(id, field.id);
            let (prefix, digits) = (prefix.clone(), usize::from(*digits));
            form.numbers.push(Numbering { field: field.id, cell, prefix, digits });
        }
    }
    (form, wrong)
}
