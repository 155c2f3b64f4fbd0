//! What a form cannot be kept with. Everything else that is wrong with one that is worked on is its problem list's to say.

use rustc_hash::FxHashSet;

use crate::command::Blueprint;
use crate::engine::form::{CompiledForm, is_email, is_post_address};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::draft::Draft;
use crate::model::form::Form;
use crate::model::id::DefinitionId;
use crate::model::state::Reader;

/// Everything that keeps a form from being kept: no entity, no proper name, parts of the same name, an edition that was rewritten.
pub fn check(draft: &Draft<'_>, form: &Form) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    if draft.entity(form.entity).is_none() {
        wrong.push(Diagnostic::new(Code::UnknownEntity).with("name", form.entity));
    }
    // Ids stand in addresses and in portable answers.
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-');
    if form.id.is_empty() || !form.id.chars().all(is_sign) {
        wrong.push(Diagnostic::new(Code::InvalidDefinition).with("detail", "form-id"));
    }
    if !form.returns.post.is_empty() && !is_post_address(&form.returns.post) {
        wrong.push(Diagnostic::new(Code::InvalidDefinition).with("detail", "form-post"));
    }
    if !form.returns.mail.is_empty() && !is_email(&form.returns.mail) {
        wrong.push(Diagnostic::new(Code::NotAnEmail));
    }
    let mut seen = FxHashSet::default();
    for id in form.ids().filter(|id| !seen.insert(*id)) {
        wrong.push(Diagnostic::new(Code::DuplicateId).with("name", id));
    }
    if form.edition.is_some() && draft.base().definition(form.definition_id()).is_some() {
        wrong.push(Diagnostic::new(Code::InvalidDefinition).with("detail", "form-published"));
    }
    wrong.into_iter().map(|diagnostic| diagnostic.in_definition(form.definition_id())).collect()
}

/// Parts of a form that depend on each other in a circle, so that nobody could say what they come to.
pub fn circles(reader: &dyn Reader, blueprint: &Blueprint, id: DefinitionId) -> Vec<Diagnostic> {
    let Some(Definition::Form(form)) = reader.definition(id) else { return Vec::new() };
    let Ok(compiled) = CompiledForm::compile(form.clone(), reader, blueprint) else { return Vec::new() };
    let circles = compiled.faults().iter().map(|fault| &fault.diagnostic).filter(|it| it.code == Code::Cycle);
    circles.map(|circle| circle.clone().in_definition(id)).collect()
}
