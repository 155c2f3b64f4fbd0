//! Commands on definitions: every one is checked against the whole workspace before it is kept.

mod check;
pub mod number;
pub mod recast;
mod removal;
pub mod sample;

use super::automation::Work;
use super::{Blueprint, Context, Outcome, form as form_command};
use crate::engine::compute::{Moment, settle_redefined};
use crate::engine::form;
use crate::model::change::{Change, squash};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::form::Form;
use crate::model::id::{DefinitionId, FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::time::Instant;
use crate::model::value::Value;

pub(super) fn define(mut work: Work<'_>, definitions: &[Definition]) -> Result<Outcome, Rejection> {
    for definition in definitions {
        put(&mut work.draft, definition.id(), Some(definition.clone()));
    }
    let changes = conclude(work.draft, work.context)?;
    Ok(Outcome { changes, ..Outcome::default() })
}

/// Takes definitions away. An entity without records takes along what is only about it: its views, layout, rules and scores, and
/// the fields of other entities that point at it or list its records. While records of it remain, or formulas, conditions, rules or
/// the workspace speak of it, it stays, and the refusal names them one by one.
pub(super) fn undefine(mut work: Work<'_>, ids: &[DefinitionId]) -> Result<Outcome, Rejection> {
    let mut gone = Vec::new();
    for id in ids {
        let Some(before) = work.draft.base().definition(*id).cloned() else {
            return Err(Diagnostic::new(Code::UnknownDefinition).with("name", id).into());
        };
        put(&mut work.draft, *id, None);
        if let Definition::Entity(entity) = before {
            removal::take_along(&mut work.draft, entity.id);
            gone.push(entity);
        } else if let Definition::Form(form) = before
            && form.edition.is_none()
        {
            for number in 1..=form.published {
                put(&mut work.draft, Form::edition_id(&form.id, number), None);
            }
        }
    }
    let labels: Vec<String> =
        gone.iter().map(|entity| entity.label.text(super::written_language(work.draft.base())).to_owned()).collect();
    let changes = match labels.is_empty() {
        true => conclude(work.draft, work.context)?,
        false => {
            let base = work.draft.base();
            conclude(work.draft, work.context).map_err(|refused| removal::explain(base, refused, &labels.join(", ")))?
        }
    };
    Ok(Outcome { changes, ..Outcome::default() })
}

/// Checks a workspace as it would be with the definitions that a draft has changed, and brings its computed fields up to date.
pub(super) fn conclude(mut draft: Draft<'_>, context: &Context) -> Result<Vec<Change>, Rejection> {
    removal::prune(&mut draft);
    let mut wrong = check::check(&draft);
    let blueprint = match Blueprint::compile(&draft) {
        Ok(blueprint) if wrong.is_empty() => {
            let circles: Vec<Diagnostic> =
                redefined(&draft).into_iter().flat_map(|id| form_command::circles(&draft, &blueprint, id)).collect();
            if !circles.is_empty() {
                return Err(circles.into());
            }
            blueprint
        }
        Ok(_) => return Err(wrong.into()),
        Err(found) => {
            wrong.extend(found);
            return Err(wrong.into());
        }
    };
    let clock = context.clock(&draft);
    let moment = Moment { clock: &clock, language: super::written_language(&draft), at: Some(context.now) };
    drop_orphans(&mut draft, context.now);
    let typed = check::typed(&draft);
    settle_redefined(&blueprint.plan, &mut draft, moment);
    let overwritten = check::overwritten(&draft, &typed);
    if overwritten.is_empty() { Ok(squash(draft.into_changes())) } else { Err(overwritten.into()) }
}

/// Notes a definition as it shall be, or that it shall not be.
pub(super) fn put(draft: &mut Draft<'_>, id: DefinitionId, after: Option<Definition>) {
    let before = draft.definition(id).cloned();
    if before != after {
        draft.push(Change::Defined { id, before, after });
    }
}

/// The definitions that a draft changes, each once, in the order in which it does.
fn redefined(draft: &Draft<'_>) -> Vec<DefinitionId> {
    let mut ids: Vec<DefinitionId> = Vec::new();
    for change in draft.changes() {
        if let Change::Defined { id, .. } = change
            && !ids.contains(id)
        {
            ids.push(*id);
        }
    }
    ids.retain(|id| draft.base().definition(*id) != draft.definition(*id));
    ids
}

/// The entities that a draft changes, as they were and as they will be.
fn redefined_entities<'d>(draft: &'d Draft<'_>) -> Vec<(Option<&'d Entity>, Option<&'d Entity>)> {
    let ids = redefined(draft);
    let pairs = ids.into_iter().map(|id| (as_entity(draft.base().definition(id)), as_entity(draft.definition(id))));
    pairs.filter(|(before, after)| before.is_some() || after.is_some()).collect()
}

fn as_entity(definition: Option<&Definition>) -> Option<&Entity> {
    if let Some(Definition::Entity(entity)) = definition { Some(entity) } else { None }
}

/// Empties what fields have computed that compute no more: nobody typed these values, so nobody misses them. A field that people
/// fill in from now on keeps what it can hold.
fn drop_orphans(draft: &mut Draft<'_>, at: Instant) {
    let mut orphans: Vec<(RecordId, Vec<FieldId>)> = Vec::new();
    for (before, after) in redefined_entities(draft) {
        let Some(before) = before else { continue };
        let gone: Vec<(FieldId, Option<&Field>)> = before
            .fields
            .iter()
            .filter(|field| field.is_computed())
            .map(|field| (field.id, after.and_then(|entity| entity.field(field.id))))
            .filter(|(_, next)| next.is_none_or(|next| !next.is_computed()))
            .collect();
        if gone.is_empty() {
            continue;
        }
        for id in draft.members(before.id) {
            let Some(record) = draft.record(id) else { continue };
            let stays = |field: FieldId, next: Option<&Field>| {
                next.is_some_and(|next| next.is_stored() && form::fits(next, record.value(field)))
            };
            let lost = gone.iter().filter(|(field, next)| !stays(*field, *next)).map(|(field, _)| *field);
            orphans.push((id, lost.collect()));
        }
    }
    for (id, fields) in orphans {
        draft.update(id, fields.into_iter().map(|field| (field, Value::Empty)), at, None);
    }
}
