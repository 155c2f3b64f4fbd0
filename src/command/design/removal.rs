//! What goes along when entities and fields go: definitions that are only about them, and their mentions in views and layouts.

use std::sync::Arc;

use super::{put, redefined, redefined_entities};
use crate::model::conversion::Conversion;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{DefinitionId, EntityId, FieldId};
use crate::model::state::{Reader, State};
use crate::model::view::Layout;

/// Takes along what is only about an entity that goes.
pub(super) fn take_along(draft: &mut Draft<'_>, gone: EntityId) {
    for definition in draft.all_definitions() {
        let id = definition.id();
        match definition {
            Definition::View(view) if view.entity == gone => put(draft, id, None),
            Definition::Layout(layout) if layout.entity == gone => put(draft, id, None),
            Definition::Layout(layout) if layout.through.contains(&gone) => {
                let mut left = (*layout).clone();
                left.through.retain(|entity| *entity != gone);
                put(draft, id, Some(Definition::Layout(Arc::new(left))));
            }
            Definition::Rule(rule) if rule.entity == gone => put(draft, id, None),
            Definition::Score(score) if score.entity == gone => put(draft, id, None),
            Definition::Form(form) if form.entity == gone => put(draft, id, None),
            Definition::Entity(entity) => {
                if let Some(left) = without(&entity, gone) {
                    put(draft, id, Some(Definition::Entity(Arc::new(left))));
                }
            }
            Definition::View(_)
            | Definition::Layout(_)
            | Definition::Rule(_)
            | Definition::Score(_)
            | Definition::Form(_)
            | Definition::Workspace(_) => {}
        }
    }
}

/// An entity without its fields that only lead to another one; none if it has no such field.
fn without(entity: &Entity, gone: EntityId) -> Option<Entity> {
    let leads_there = |field: &Field| match &field.kind {
        FieldKind::Link(target) | FieldKind::Links(target) => target.to.contains(&gone),
        FieldKind::Lines { entity, .. } => *entity == gone,
        _ => false,
    };
    let turns_there = |conversion: &Conversion| {
        conversion.targets.iter().any(|target| target.entity == gone)
            || conversion.carried.iter().any(|carried| carried.entity == gone)
    };
    let is_turned = entity.conversion.as_deref().is_some_and(turns_there);
    if !is_turned && !entity.fields.iter().any(leads_there) {
        return None;
    }
    let mut left = entity.clone();
    if let Some(conversion) = &mut left.conversion {
        conversion.targets.retain(|target| target.entity != gone);
        conversion.targets.iter_mut().for_each(|target| target.links.retain(|link| link.to != gone));
        conversion.carried.retain(|carried| carried.entity != gone);
        conversion.carried.iter_mut().for_each(|carried| carried.links.retain(|link| link.to != gone));
    }
    for field in &mut left.fields {
        if let FieldKind::Link(target) | FieldKind::Links(target) = &mut field.kind
            && target.to.len() > 1
        {
            target.to.retain(|to| *to != gone);
        }
    }
    left.fields.retain(|field| !leads_there(field));
    left.summary.retain(|field| left.fields.iter().any(|known| known.id == *field));
    left.conversion = left.conversion.filter(|conversion| !conversion.targets.is_empty());
    Some(left)
}

/// Takes fields that go out of the views and layouts that show them. A board by such a field stays as it is and is refused.
pub(super) fn prune(draft: &mut Draft<'_>) {
    let mut gone: Vec<(EntityId, Vec<FieldId>)> = Vec::new();
    for (before, after) in redefined_entities(draft) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        let fields = before.fields.iter().map(|field| field.id).filter(|field| after.field(*field).is_none());
        gone.push((after.id, fields.collect()));
    }
    gone.retain(|(_, fields)| !fields.is_empty());
    if gone.is_empty() {
        return;
    }
    // What the command itself defines is to be right as it stands.
    let given = redefined(draft);
    for definition in draft.all_definitions() {
        let id = definition.id();
        let lost = |entity: EntityId| gone.iter().find(|(known, _)| *known == entity).map(|(_, fields)| fields);
        match definition {
            Definition::View(view) if !given.contains(&id) => {
                if let Some(fields) = lost(view.entity) {
                    let left = (*view).clone().without(fields);
                    put(draft, id, Some(Definition::View(Arc::new(left))));
                }
            }
            Definition::Layout(layout) if !given.contains(&id) => {
                if let Some(fields) = lost(layout.entity) {
                    put(draft, id, Some(Definition::Layout(Arc::new(prune_layout(&layout, fields)))));
                }
            }
            Definition::Entity(entity) if entity.conversion.is_some() => {
                let mut left = (*entity).clone();
                left.conversion = left.conversion.map(|it| Box::new(prune_conversion(*it, entity.id, &lost)));
                put(draft, id, Some(Definition::Entity(Arc::new(left))));
            }
            Definition::View(_)
            | Definition::Layout(_)
            | Definition::Entity(_)
            | Definition::Rule(_)
            | Definition::Score(_)
            | Definition::Form(_)
            | Definition::Workspace(_) => {}
        }
    }
}

/// Without what goes into fields that are gone, and what comes from nothing but such a field.
fn prune_conversion<'g>(
    mut conversion: Conversion,
    source: EntityId,
    lost: &impl Fn(EntityId) -> Option<&'g Vec<FieldId>>,
) -> Conversion {
    let is_gone = |entity: EntityId, field: FieldId| lost(entity).is_some_and(|gone| gone.contains(&field));
    let is_from_gone = |formula: &str| is_gone(source, FieldId::new(formula.trim_start_matches('=').trim()));
    for target in &mut conversion.targets {
        let entity = target.entity;
        target.link = target.link.filter(|link| !is_gone(source, *link));
        target.values.retain(|value| !is_gone(entity, value.field) && !is_from_gone(&value.to));
        target.links.retain(|link| !is_gone(entity, link.field));
    }
    conversion.after.retain(|value| !is_gone(source, value.field) && !is_from_gone(&value.to));
    conversion.carried.retain(|carried| !is_gone(carried.entity, carried.via));
    for carried in &mut conversion.carried {
        let entity = carried.entity;
        carried.links.retain(|link| !is_gone(entity, link.field));
    }
    conversion
}

fn prune_layout(layout: &Layout, gone: &[FieldId]) -> Layout {
    let mut layout = layout.clone();
    for section in &mut layout.sections {
        section.fields.retain(|field| !gone.contains(field));
    }
    layout.highlights.retain(|field| !gone.contains(field));
    layout.important.retain(|field| !gone.contains(field));
    layout
}

/// A refusal to remove entities in the words of what stands in the way: what breaks without them is what needs them.
pub(super) fn explain(base: &State, refused: Rejection, name: &str) -> Rejection {
    let mut found: Vec<Diagnostic> = Vec::new();
    for diagnostic in refused.diagnostics {
        let explained = match diagnostic.at.definition {
            Some(definition) if diagnostic.code != Code::StillUsed => {
                let by = speaker(base, definition, diagnostic.at.field);
                let mut explained = Diagnostic::new(Code::NeededBy).in_definition(definition);
                explained.at.field = diagnostic.at.field;
                explained.with("name", name).with("by", by)
            }
            _ => diagnostic,
        };
        if !found.contains(&explained) {
            found.push(explained);
        }
    }
    found.into()
}

/// What people call a definition, or a field in it: `订单 · 客户行业`.
fn speaker(base: &State, id: DefinitionId, field: Option<FieldId>) -> String {
    let language = crate::command::written_language(base);
    let Some(definition) = base.definition(id) else { return id.to_string() };
    let label = definition.label().text(language).to_owned();
    let entity = if let Definition::Entity(entity) = definition { Some(entity) } else { None };
    match field.and_then(|field| entity?.field(field)) {
        Some(field) => format!("{label} · {}", field.label.text(language)),
        None => label,
    }
}
