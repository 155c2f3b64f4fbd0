//! A field that turns into another kind of thing, or goes: all its values follow in the same step, and none is lost unasked.

use std::sync::Arc;

use super::check::fits_shape;
use super::{as_entity, conclude, put, removal};
use crate::command::automation::Work;
use crate::command::{Context, Outcome};
use crate::engine::form::{ReadSettings, Recast, Recasting};
use crate::engine::transfer::LinkReader;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{DefinitionId, EntityId, FieldId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::value::Value;
use crate::model::view::View;

/// How many examples of each fate a forecast shows.
const EXAMPLES: usize = 4;

/// What would become of the values of a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forecast {
    /// Records that leave the field blank.
    pub blank: usize,
    /// Values that stay as they are.
    pub kept: usize,
    /// Values that become others.
    pub changed: usize,
    /// Values that nothing comes of.
    pub lost: usize,
    /// A few of those that change or are lost, no two alike.
    pub examples: Vec<Example>,
}

/// One value, and what would become of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The record.
    pub record: RecordId,
    /// What it holds.
    pub before: Value,
    /// What it would hold; nothing where the value is lost.
    pub after: Option<Value>,
}

/// What would become of the values of a field if it turned into another one, or went.
pub fn forecast(state: &State, context: &Context, entity: EntityId, field: FieldId, into: Option<&Field>) -> Forecast {
    let mut forecast = Forecast::default();
    let Some(from) = state.entity(entity).and_then(|entity| entity.field(field)).cloned() else { return forecast };
    let filled = state.member_ids(entity).len();
    each(state, context, entity, &from, into, |record, before, fate| {
        let after = match fate {
            Recast::Kept => {
                forecast.kept += 1;
                return;
            }
            Recast::Becomes(after) => {
                forecast.changed += 1;
                Some(after)
            }
            Recast::Lost => {
                forecast.lost += 1;
                None
            }
        };
        let alike = forecast.examples.iter().filter(|known| known.after.is_some() == after.is_some());
        let is_news = forecast.examples.iter().all(|known| known.before != *before);
        if is_news && alike.count() < EXAMPLES {
            forecast.examples.push(Example { record, before: before.clone(), after });
        }
    });
    // What is lost is looked at first.
    forecast.examples.sort_by_key(|example| example.after.is_some());
    forecast.blank = filled - forecast.kept - forecast.changed - forecast.lost;
    forecast
}

/// Carries it out. Refused if more values would be lost than somebody has agreed to.
pub(in crate::command) fn recast(
    mut work: Work<'_>,
    entity: EntityId,
    field: FieldId,
    into: Option<&Field>,
    agreed: usize,
) -> Result<Outcome, Rejection> {
    let id = Definition::entity_id(entity);
    let Some(former) = as_entity(work.draft.definition(id)).cloned() else {
        return Err(Diagnostic::new(Code::UnknownEntity).with("name", entity).into());
    };
    let Some(from) = former.field(field).cloned() else {
        return Err(Diagnostic::of_field(Code::UnknownField, field).with("name", field).into());
    };
    let state = work.draft.base();
    let label = from.label.text(crate::command::written_language(state)).to_owned();
    let mut next: Vec<(RecordId, Value)> = Vec::new();
    let mut lost = 0;
    each(state, work.context, entity, &from, into, |record, _, fate| match fate {
        Recast::Kept => {}
        Recast::Becomes(value) => next.push((record, value)),
        Recast::Lost => {
            lost += 1;
            next.push((record, Value::Empty));
        }
    });
    if lost > agreed {
        return Err(Diagnostic::of_field(Code::ValuesLost, field).with("name", label).with("count", lost).into());
    }
    let after = reshaped(&former, field, into);
    put(&mut work.draft, id, Some(Definition::Entity(Arc::new(after.clone()))));
    // A computed field fills itself; what people typed into it goes.
    let at = work.now();
    for (record, value) in next {
        work.draft.update(record, [(field, value)], at, None);
    }
    adapt_views(&mut work.draft, &after, field);
    let changes = conclude(work.draft, work.context).map_err(|refused| explain(state, refused, (id, field), &label))?;
    Ok(Outcome { changes, ..Outcome::default() })
}

/// What is wrong with the field itself as it is, and of everything else that it needs the field.
fn explain(state: &State, refused: Rejection, (id, field): (DefinitionId, FieldId), label: &str) -> Rejection {
    let is_own = |wrong: &Diagnostic| wrong.at.definition == Some(id) && wrong.at.field == Some(field);
    let (mut own, others): (Vec<_>, Vec<_>) = refused.diagnostics.into_iter().partition(is_own);
    own.extend(removal::explain(state, others.into(), label).diagnostics);
    own.into()
}

/// Asks of each value of a field what becomes of it; blanks are not asked about.
fn each(
    state: &State,
    context: &Context,
    entity: EntityId,
    from: &Field,
    into: Option<&Field>,
    mut tell: impl FnMut(RecordId, &Value, Recast),
) {
    let read = settings(state, context);
    let mut names = LinkReader::new(state);
    let title_of = |id: RecordId| {
        let record = state.record(id);
        let title =
            record.and_then(|record| Some(record.value(state.entity(record.entity)?.title).as_text()?.to_owned()));
        title.unwrap_or_default()
    };
    let entity_of = |id: RecordId| state.record(id).map(|record| record.entity);
    let recasting = into.filter(|into| into.kind != from.kind).map(|to| Recasting {
        from,
        to,
        read: &read,
        title_of: &title_of,
        entity_of: &entity_of,
    });
    for id in state.member_ids(entity) {
        let Some(value) = state.record(*id).map(|record| record.value(from.id)).filter(|value| !value.is_empty())
        else {
            continue;
        };
        let fate = match (&recasting, into) {
            (Some(recasting), _) => recasting.of(value, &mut |field, text| names.read(field, text).ok()),
            (None, Some(_)) => Recast::Kept,
            // Nobody typed what was computed, so nobody misses it.
            (None, None) if from.is_computed() => Recast::Kept,
            (None, None) => Recast::Lost,
        };
        tell(*id, value, fate);
    }
}

/// How texts of this workspace are read.
fn settings(state: &State, context: &Context) -> ReadSettings {
    ReadSettings {
        currency: state.currency(),
        calling_code: state.calling_code().to_owned(),
        today: context.now.local(context.zone).date(),
        zone: context.zone,
    }
}

/// The entity with another field in the place of this one, or without it.
fn reshaped(entity: &Entity, field: FieldId, into: Option<&Field>) -> Entity {
    let mut next = entity.clone();
    match into {
        Some(into) => {
            let into = Field { id: field, ..into.clone() };
            next.fields.iter_mut().filter(|known| known.id == field).for_each(|known| *known = into.clone());
        }
        None => {
            next.fields.retain(|known| known.id != field);
            next.summary.retain(|known| *known != field);
            next.happens = next.happens.filter(|known| *known != field);
            next.active = next.active.filter(|known| *known != field);
        }
    }
    next
}

/// Views in which the field cannot play its part any more do without it, or go where they cannot.
fn adapt_views(draft: &mut Draft<'_>, entity: &Entity, field: FieldId) {
    for definition in draft.all_definitions() {
        let id = definition.id();
        let Definition::View(view) = definition else { continue };
        if view.entity != entity.id || fits_shape(entity, &view.shape, field) {
            continue;
        }
        let left = (!view.shape.needed().contains(&field)).then(|| {
            let shape = view.shape.clone().without_parts(&[field]);
            Definition::View(Arc::new(View { shape, ..(*view).clone() }))
        });
        put(draft, id, left);
    }
}
