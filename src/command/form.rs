//! Forms as commands see them: the workspace's computed fields handed to whoever fills a form in.

use rustc_hash::FxHashSet;

use super::Blueprint;
use crate::engine::compute::{self, Moment};
use crate::engine::form::{CompiledForm, Computing};
use crate::engine::formula::Scope;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::form::Form;
use crate::model::id::{DefinitionId, EntityId, FieldId};
use crate::model::record::Record;
use crate::model::state::Reader;

impl Computing for Blueprint {
    fn following(&self, entity: EntityId, fields: &[FieldId]) -> Vec<FieldId> {
        self.plan.following(entity, fields)
    }

    fn computed(&self, scope: &Scope<'_>, fields: Option<&[FieldId]>) -> Record {
        let moment = Moment { clock: scope.clock, language: scope.language, at: Some(scope.clock.now) };
        compute::preview(&self.plan, scope.reader, scope.record, fields, moment)
    }
}

/// What a form cannot be kept with. Everything else that is wrong with one that is worked on is its problem list's to say.
pub(super) fn check(reader: &dyn Reader, form: &Form) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    if reader.entity(form.entity).is_none() {
        wrong.push(Diagnostic::new(Code::UnknownEntity).with("name", form.entity));
    }
    if form.id.is_empty() || form.id.contains('@') {
        wrong.push(Diagnostic::new(Code::InvalidDefinition).with("detail", "form-id"));
    }
    let mut seen = FxHashSet::default();
    for id in form.ids().filter(|id| !seen.insert(*id)) {
        wrong.push(Diagnostic::new(Code::DuplicateId).with("name", id));
    }
    wrong.into_iter().map(|diagnostic| diagnostic.in_definition(form.definition_id())).collect()
}

/// Parts of a form that depend on each other in a circle, so that nobody could say what they come to.
pub(super) fn circles(reader: &dyn Reader, blueprint: &Blueprint, id: DefinitionId) -> Vec<Diagnostic> {
    let Some(Definition::Form(form)) = reader.definition(id) else { return Vec::new() };
    let Ok(compiled) = CompiledForm::compile(form.clone(), reader, blueprint) else { return Vec::new() };
    let circles = compiled.faults().iter().map(|fault| &fault.diagnostic).filter(|it| it.code == Code::Cycle);
    circles.map(|circle| circle.clone().in_definition(id)).collect()
}
