//! Conversions: what a record would turn into, which of its values go where, and which have no place there. It changes nothing.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::engine::condition::{self, CompiledCondition};
use crate::engine::formula::{self, Formula, Read, Scope, into_field};
use crate::model::action::Assignment;
use crate::model::contact;
use crate::model::conversion::{Conversion, TargetLink};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// A conversion that was checked against the schema.
pub struct CompiledConversion {
    entity: Arc<Entity>,
    condition: CompiledCondition,
    targets: Vec<(EntityId, Vec<(Field, Formula)>)>,
    after: Vec<(Field, Formula)>,
    /// Fields of the converted record that the conversion itself writes.
    written: FxHashSet<FieldId>,
}

/// What a record would turn into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The targets in the order of the definition, with the values that go there.
    pub targets: Vec<(EntityId, Vec<(FieldId, Value)>)>,
    /// Fields of the record that are filled in and go nowhere: they stay where they are.
    pub left: Vec<FieldId>,
}

/// Checks a conversion against the schema; everything that is wrong is told at once.
pub fn compile(
    reader: &dyn Reader,
    entity: &Arc<Entity>,
    conversion: &Conversion,
) -> Result<CompiledConversion, Vec<Diagnostic>> {
    let mut compiler = Compiler { reader, source: entity, conversion, wrong: Vec::new() };
    let compiled = compiler.compile();
    match compiled {
        Some(compiled) if compiler.wrong.is_empty() => Ok(compiled),
        _ => Err(compiler.wrong),
    }
}

impl CompiledConversion {
    /// Whether a record may be converted.
    pub fn is_ripe(&self, scope: &Scope<'_>) -> bool {
        self.condition.holds(scope)
    }

    /// What the record would turn into.
    pub fn plan(&self, scope: &Scope<'_>) -> Plan {
        let mut placed = self.written.clone();
        let mut targets = Vec::with_capacity(self.targets.len());
        for (entity, formulas) in &self.targets {
            let mut values = Vec::new();
            for (field, formula) in formulas {
                let Some(value) = fitting(field, formula, scope).filter(|value| !value.is_empty()) else { continue };
                placed.extend(formula.reads().iter().filter_map(|read| match read {
                    Read::Own(field) => Some(*field),
                    Read::Through { path, .. } => path.first().copied(),
                    Read::Related { .. } | Read::RelatedThrough { .. } | Read::Updated | Read::Clock | Read::Actor => {
                        None
                    }
                }));
                values.push((field.id, value));
            }
            targets.push((*entity, values));
        }
        let is_left = |field: &&Field| {
            let is_told = field.is_stored()
                && !field.is_computed()
                && !matches!(field.kind, FieldKind::AutoNumber { .. } | FieldKind::Flag);
            is_told && !placed.contains(&field.id) && !scope.record.value(field.id).is_empty()
        };
        let left = self.entity.fields.iter().filter(is_left).map(|field| field.id).collect();
        Plan { targets, left }
    }

    /// What the record itself holds afterwards.
    pub fn after(&self, scope: &Scope<'_>) -> Vec<(FieldId, Value)> {
        self.after.iter().filter_map(|(field, formula)| Some((field.id, fitting(field, formula, scope)?))).collect()
    }
}

/// What a formula gives, as the field keeps it; nothing where it does not fit.
fn fitting(field: &Field, formula: &Formula, scope: &Scope<'_>) -> Option<Value> {
    let value = into_field(formula.evaluate(scope).ok()?, field, scope.clock)?;
    let Some(text) = value.as_text() else { return Some(value) };
    // Elsewhere such a text may stand as it was typed; here it has to be one.
    match &field.kind {
        FieldKind::Phone => contact::read_phone(text, scope.reader.calling_code()).map(|phone| Value::text(&phone)),
        FieldKind::Email => contact::read_email(text).map(|email| Value::text(&email)),
        FieldKind::Url => contact::read_url(text).map(|url| Value::text(&url)),
        _ => Some(value),
    }
}

struct Compiler<'a> {
    reader: &'a dyn Reader,
    source: &'a Arc<Entity>,
    conversion: &'a Conversion,
    wrong: Vec<Diagnostic>,
}

impl Compiler<'_> {
    fn compile(&mut self) -> Option<CompiledConversion> {
        let conversion = self.conversion;
        let condition = condition::compile(&conversion.condition, self.reader, self.source.id);
        let condition = condition.map_err(|found| self.wrong.extend(found)).ok();
        let mut targets = Vec::new();
        let mut written = FxHashSet::default();
        for target in &conversion.targets {
            if targets.iter().any(|(known, _)| *known == target.entity) {
                self.wrong.push(Diagnostic::new(Code::DuplicateId).with("name", target.entity));
            }
            let Some(entity) = self.entity(target.entity) else { continue };
            if let Some(link) = target.link {
                written.insert(link);
                let source = self.source.clone();
                self.leads(&source, link, target.entity);
            }
            target.links.iter().for_each(|link| self.target_link(&entity, *link));
            targets.push((target.entity, self.assignments(&entity, &target.values)));
        }
        let source = self.source.clone();
        let after = self.assignments(&source, &conversion.after);
        written.extend(after.iter().map(|(field, _)| field.id));
        for carried in &conversion.carried {
            let Some(entity) = self.entity(carried.entity) else { continue };
            self.leads(&entity, carried.via, self.source.id);
            carried.links.iter().for_each(|link| self.target_link(&entity, *link));
        }
        Some(CompiledConversion { entity: source, condition: condition?, targets, after, written })
    }

    fn entity(&mut self, id: EntityId) -> Option<Arc<Entity>> {
        let found = self.reader.entity(id).cloned();
        if found.is_none() {
            self.wrong.push(Diagnostic::new(Code::UnknownEntity).with("name", id));
        }
        found
    }

    /// A link to a target, or to the converted record.
    fn target_link(&mut self, entity: &Entity, link: TargetLink) {
        let is_there =
            link.to == self.source.id || self.conversion.targets.iter().any(|target| target.entity == link.to);
        if !is_there {
            self.wrong.push(Diagnostic::of_field(Code::UnknownEntity, link.field).with("name", link.to));
        }
        self.leads(entity, link.field, link.to);
    }

    fn leads(&mut self, entity: &Entity, field: FieldId, to: EntityId) {
        match entity.field(field) {
            None => self.wrong.push(Diagnostic::of_field(Code::UnknownField, field).with("name", field)),
            Some(known) if known.link().is_some_and(|target| target.accepts(to)) => {}
            Some(_) => self.wrong.push(Diagnostic::of_field(Code::WrongType, field)),
        }
    }

    fn assignments(&mut self, entity: &Entity, assignments: &[Assignment]) -> Vec<(Field, Formula)> {
        let mut compiled = Vec::with_capacity(assignments.len());
        for Assignment { field, to } in assignments {
            match entity.field(*field) {
                None => self.wrong.push(Diagnostic::of_field(Code::UnknownField, *field).with("name", field)),
                Some(known) if known.is_computed() || !known.is_stored() => {
                    self.wrong.push(Diagnostic::of_field(Code::ReadOnly, *field));
                }
                Some(known) => match formula::compile(to, self.reader, self.source.id) {
                    Ok(formula) => compiled.push((known.clone(), formula)),
                    Err(found) => self.wrong.extend(found.into_iter().map(|one| one.at_field(*field))),
                },
            }
        }
        compiled
    }
}
