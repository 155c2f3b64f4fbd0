//! Commands on definitions: every one is checked against the whole workspace before it is kept.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::automation::Work;
use super::{Blueprint, Outcome};
use crate::engine::form;
use crate::model::change::{Change, squash};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{DefinitionId, EntityId, FieldId};
use crate::model::state::Reader;
use crate::model::time::Instant;
use crate::model::value::Value;
use crate::model::view::ViewShape;

pub(super) fn define(mut work: Work<'_>, definitions: &[Definition]) -> Result<Outcome, Rejection> {
    for definition in definitions {
        let id = definition.id();
        let before = work.draft.definition(id).cloned();
        if before.as_ref() != Some(definition) {
            work.draft.push(Change::Defined { id, before, after: Some(definition.clone()) });
        }
    }
    conclude(work)
}

pub(super) fn undefine(mut work: Work<'_>, ids: &[DefinitionId]) -> Result<Outcome, Rejection> {
    for id in ids {
        let Some(before) = work.draft.definition(*id).cloned() else {
            return Err(Diagnostic::new(Code::UnknownDefinition).with("name", id).into());
        };
        if let Definition::Entity(entity) = &before
            && !work.draft.members(entity.id).is_empty()
        {
            return Err(Diagnostic::new(Code::StillUsed).in_definition(*id).with("name", &entity.label.en).into());
        }
        work.draft.push(Change::Defined { id: *id, before: Some(before), after: None });
    }
    conclude(work)
}

/// Checks the workspace as it would be, and brings the computed fields of changed entities up to date.
fn conclude(work: Work<'_>) -> Result<Outcome, Rejection> {
    let mut wrong = Vec::new();
    let mut recomputed: FxHashSet<EntityId> = FxHashSet::default();
    for change in work.draft.changes() {
        let Change::Defined { id, before, after } = change else { continue };
        match after {
            Some(Definition::Entity(entity)) => {
                let former = if let Some(Definition::Entity(former)) = before { Some(former) } else { None };
                wrong.extend(check_entity(&work, entity, former));
                recomputed.insert(entity.id);
            }
            Some(Definition::Score(score)) => {
                recomputed.insert(score.entity);
                let field = work.draft.entity(score.entity).and_then(|entity| entity.field(score.field));
                if !field.is_some_and(|field| field.kind == FieldKind::Score) {
                    wrong.push(Diagnostic::of_field(Code::WrongType, score.field).in_definition(*id));
                }
            }
            Some(Definition::View(view)) => {
                let fields: Vec<FieldId> = match &view.shape {
                    ViewShape::List { columns } => columns.clone(),
                    ViewShape::Board { by, card, sum } => {
                        std::iter::once(*by).chain(card.iter().copied()).chain(*sum).collect()
                    }
                };
                let sorted = view.sort.iter().map(|sort| sort.field);
                wrong.extend(check_fields(&work.draft, *id, view.entity, fields.into_iter().chain(sorted)));
            }
            Some(Definition::Layout(layout)) => {
                let fields = layout.sections.iter().flat_map(|section| section.fields.iter().copied());
                wrong.extend(check_fields(&work.draft, *id, layout.entity, fields));
            }
            Some(Definition::Rule(_) | Definition::Workspace(_)) | None => {}
        }
        if let (Some(Definition::Score(score)), None) = (before, after) {
            recomputed.insert(score.entity);
        }
    }
    let blueprint = match Blueprint::compile(&work.draft) {
        Ok(blueprint) if wrong.is_empty() => blueprint,
        Ok(_) => return Err(wrong.into()),
        Err(found) => {
            wrong.extend(found);
            return Err(wrong.into());
        }
    };
    // Computed fields follow the new definitions, in the same commit.
    let mut entities: Vec<EntityId> = recomputed.into_iter().collect();
    entities.sort_unstable();
    let Work { draft, context, .. } = work;
    let clock = context.clock(&draft);
    let mut draft = draft;
    let language = super::written_language(&draft);
    let moment = crate::engine::compute::Moment { clock: &clock, language, at: context.stamp.time };
    drop_orphans(&mut draft, context.stamp.time);
    for entity in entities {
        crate::engine::compute::settle_entity(&blueprint.plan, &mut draft, entity, moment);
    }
    Ok(Outcome { changes: squash(draft.into_changes()), ..Outcome::default() })
}

/// Empties the computed fields that are defined no more: nobody typed their values, so nobody misses them.
fn drop_orphans(draft: &mut Draft<'_>, at: Instant) {
    let orphans: Vec<(EntityId, Vec<FieldId>)> = draft
        .changes()
        .iter()
        .filter_map(|change| match change {
            Change::Defined {
                before: Some(Definition::Entity(former)),
                after: Some(Definition::Entity(entity)),
                ..
            } => {
                let gone = former.fields.iter().filter(|field| field.is_computed() && entity.field(field.id).is_none());
                Some((entity.id, gone.map(|field| field.id).collect()))
            }
            _ => None,
        })
        .collect();
    for (entity, fields) in orphans.into_iter().filter(|(_, fields)| !fields.is_empty()) {
        for id in draft.members(entity) {
            draft.update(id, fields.iter().map(|field| (*field, Value::Empty)), at, None);
        }
    }
}

fn check_entity(work: &Work<'_>, entity: &Arc<Entity>, former: Option<&Arc<Entity>>) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    let id = Definition::entity_id(entity.id);
    let mut seen = FxHashSet::default();
    for field in &entity.fields {
        if !seen.insert(field.id) {
            wrong.push(Diagnostic::of_field(Code::DuplicateId, field.id).with("name", field.id));
        }
        let mut options = FxHashSet::default();
        for option in field.options().iter().filter(|option| !options.insert(option.id)) {
            wrong.push(Diagnostic::of_field(Code::DuplicateId, field.id).with("name", option.id));
        }
        for target in field.link().iter().flat_map(|target| &target.to) {
            if work.draft.entity(*target).is_none() {
                wrong.push(Diagnostic::of_field(Code::UnknownEntity, field.id).with("name", target));
            }
        }
        if let FieldKind::Lines { entity: lines, via } = &field.kind
            && work.draft.entity(*lines).is_none_or(|lines| lines.field(*via).is_none())
        {
            wrong.push(Diagnostic::of_field(Code::UnknownField, field.id).with("name", via));
        }
    }
    for field in std::iter::once(&entity.title).chain(&entity.summary) {
        if entity.field(*field).is_none() {
            wrong.push(Diagnostic::new(Code::UnknownField).with("name", field));
        }
    }
    if let Some(former) = former {
        wrong.extend(check_held_values(work, entity, former));
    }
    wrong.into_iter().map(|diagnostic| diagnostic.in_definition(id)).collect()
}

/// What records hold must still fit: a field that some record fills cannot go or turn into another kind of thing.
fn check_held_values(work: &Work<'_>, entity: &Arc<Entity>, former: &Arc<Entity>) -> Vec<Diagnostic> {
    let changed: Vec<&Field> = former
        .fields
        .iter()
        .filter(|field| !field.is_computed() && entity.field(field.id).is_none_or(|next| next.kind != field.kind))
        .collect();
    let mut wrong = Vec::new();
    for field in changed {
        let misfits = work.draft.members(entity.id).into_iter().filter(|id| {
            let Some(record) = work.draft.record(*id) else { return false };
            let held = !record.value(field.id).is_empty();
            held && match entity.field(field.id) {
                None => true,
                Some(next) => !form::fits(next, record.value(field.id)),
            }
        });
        let count = misfits.count();
        if count > 0 {
            wrong.push(
                Diagnostic::of_field(Code::StillUsed, field.id).with("name", &field.label.en).with("count", count),
            );
        }
    }
    wrong
}

fn check_fields(
    reader: &dyn Reader,
    definition: DefinitionId,
    entity: EntityId,
    fields: impl Iterator<Item = FieldId>,
) -> Vec<Diagnostic> {
    let Some(entity) = reader.entity(entity) else {
        return vec![Diagnostic::new(Code::UnknownEntity).with("name", entity).in_definition(definition)];
    };
    fields
        .filter(|field| entity.field(*field).is_none())
        .map(|field| Diagnostic::new(Code::UnknownField).with("name", field).in_definition(definition))
        .collect()
}
