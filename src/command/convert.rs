//! Turning a record into others, as its entity's conversion says: new ones are made, others are filled up, and what points at it follows.

use std::sync::Arc;

use super::automation::Work;
use super::{Blueprint, Context, record};
use crate::engine::convert::Plan;
use crate::engine::formula::Scope;
use crate::model::change::Change;
use crate::model::conversion::{Carried, ChosenTarget, Conversion, ConversionTarget, TargetLink};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::{Reader, State};
use crate::model::value::Value;

/// What a conversion would come to, before anybody has chosen anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What would be made of what.
    pub plan: Plan,
    /// For each target, the record that the converted one points at already.
    pub known: Vec<Option<RecordId>>,
    /// How many records would be led to the targets, by entity.
    pub carried: Vec<(EntityId, usize)>,
}

/// What converting a record would come to.
///
/// # Errors
///
/// The record is gone, its entity has no conversion, or it is not ripe.
pub fn propose(
    state: &State,
    blueprint: &Blueprint,
    record: RecordId,
    context: &Context,
) -> Result<Proposal, Rejection> {
    let refused = || Diagnostic::new(Code::NotConvertible).at_record(record);
    let found = state.record(record).ok_or_else(|| Diagnostic::new(Code::UnknownRecord).at_record(record))?;
    let compiled = blueprint.conversion(found.entity).ok_or_else(refused)?;
    let clock = context.clock(state);
    let language = super::written_language(state);
    let scope = Scope { reader: state, record: found, before: None, clock: &clock, language };
    if !compiled.is_ripe(&scope) {
        return Err(refused().into());
    }
    let conversion = state.entity(found.entity).and_then(|entity| entity.conversion.as_deref()).ok_or_else(refused)?;
    let target = |target: &ConversionTarget| {
        let linked = target.link.and_then(|link| found.value(link).links().first().copied());
        linked.filter(|id| state.record(*id).is_some())
    };
    let known = conversion.targets.iter().map(target).collect();
    let mut carried: Vec<(EntityId, usize)> = Vec::new();
    for Carried { entity, via, .. } in &conversion.carried {
        let count = state.incoming_ids(record, *entity, *via).len();
        match carried.iter_mut().find(|(known, _)| known == entity) {
            Some((_, known)) => *known += count,
            None => carried.push((*entity, count)),
        }
    }
    carried.retain(|(_, count)| *count > 0);
    Ok(Proposal { plan: compiled.plan(&scope), known, carried })
}

/// Converts a record. What is wrong is placed at a field in the definition of the target's entity.
pub(super) fn convert(work: &mut Work<'_>, id: RecordId, chosen: &[ChosenTarget]) -> Result<(), Rejection> {
    let refused = || Diagnostic::new(Code::NotConvertible).at_record(id);
    let Some(source) = work.draft.record(id).cloned() else {
        return Err(Diagnostic::new(Code::UnknownRecord).at_record(id).into());
    };
    let blueprint = work.blueprint;
    let compiled = blueprint.conversion(source.entity).ok_or_else(refused)?;
    let entity = work.draft.entity(source.entity).cloned().ok_or_else(refused)?;
    let conversion = entity.conversion.clone().ok_or_else(refused)?;
    let (plan, after) = {
        let scope = work.scope(&source, None);
        if !compiled.is_ripe(&scope) {
            return Err(refused().into());
        }
        (compiled.plan(&scope), compiled.after(&scope))
    };
    check_choice(&conversion, chosen)?;
    let mut turning = Turning { source: &source, made: Vec::new(), wrong: Vec::new() };
    for target in &conversion.targets {
        let Some(choice) = chosen.iter().find(|choice| choice.entity == target.entity) else { continue };
        let mapped = plan.targets.iter().find(|(entity, _)| *entity == target.entity).map(|(_, values)| &values[..]);
        turning.take(work, target, choice, mapped.unwrap_or_default());
    }
    if !turning.wrong.is_empty() {
        return Err(turning.wrong.into());
    }
    turning.link_up(work, &conversion);
    turning.finish(work, &conversion, &entity, after)?;
    turning.carry(work, &conversion);
    work.outcome.subject = turning.made.first().map(|(_, record)| *record);
    Ok(())
}

/// Every choice is for a target, each target has one at most, and nothing is left out that has to be there.
fn check_choice(conversion: &Conversion, chosen: &[ChosenTarget]) -> Result<(), Rejection> {
    let mut wrong = Vec::new();
    for (at, choice) in chosen.iter().enumerate() {
        if conversion.targets.iter().all(|target| target.entity != choice.entity) {
            wrong.push(Diagnostic::new(Code::UnknownEntity).with("name", choice.entity));
        }
        if chosen[..at].iter().any(|other| other.entity == choice.entity) {
            wrong.push(Diagnostic::new(Code::DuplicateId).with("name", choice.entity));
        }
    }
    let is_chosen = |target: &&ConversionTarget| chosen.iter().any(|choice| choice.entity == target.entity);
    let missing = conversion.targets.iter().filter(|target| !target.optional && !is_chosen(target));
    let place = |target: &ConversionTarget| Definition::entity_id(target.entity);
    wrong.extend(missing.map(|target| Diagnostic::new(Code::MissingRequired).in_definition(place(target))));
    if chosen.is_empty() && wrong.is_empty() {
        wrong.push(Diagnostic::new(Code::MissingRequired));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

struct Turning<'s> {
    source: &'s Record,
    made: Vec<(EntityId, RecordId)>,
    wrong: Vec<Diagnostic>,
}

impl Turning<'_> {
    /// The record that a link of the conversion points at, if it is there.
    fn target(&self, to: EntityId) -> Option<RecordId> {
        if to == self.source.entity {
            return Some(self.source.id);
        }
        self.made.iter().find(|(entity, _)| *entity == to).map(|(_, record)| *record)
    }

    /// Makes a target, or fills up the record that was chosen for it.
    fn take(
        &mut self,
        work: &mut Work<'_>,
        target: &ConversionTarget,
        choice: &ChosenTarget,
        mapped: &[(FieldId, Value)],
    ) {
        let place = Definition::entity_id(target.entity);
        let Some(entity) = work.draft.entity(target.entity).cloned() else { return };
        let mut wrong: Vec<Diagnostic> = Vec::new();
        for (id, _) in &choice.values {
            match entity.field(*id) {
                None => wrong.push(Diagnostic::of_field(Code::UnknownField, *id).with("name", id)),
                Some(field) if record::is_closed(field) => wrong.push(Diagnostic::of_field(Code::ReadOnly, *id)),
                Some(_) => {}
            }
        }
        let mut values: Vec<(FieldId, Value)> = mapped.to_vec();
        values.retain(|(field, _)| choice.values.iter().all(|(other, _)| other != field));
        let links: Vec<(FieldId, Value)> = self.links(&entity, &target.links);
        let found = match choice.existing {
            None => self.make(work, &entity, &choice.values, values, links),
            Some(existing) => self.fill(work, &entity, existing, &choice.values, values, links),
        };
        match found {
            Ok(record) => self.made.push((target.entity, record)),
            Err(found) => wrong.extend(found),
        }
        self.wrong.extend(wrong.into_iter().map(|diagnostic| diagnostic.in_definition(place)));
    }

    fn make(
        &self,
        work: &mut Work<'_>,
        entity: &Entity,
        given: &[(FieldId, Value)],
        mapped: Vec<(FieldId, Value)>,
        links: Vec<(FieldId, Value)>,
    ) -> Result<RecordId, Vec<Diagnostic>> {
        let (id, at) = (work.context.ids.record(), work.now());
        let mut values = Values::new();
        // What was given goes before what is linked, and that before what was mapped.
        for (field, value) in mapped.into_iter().chain(links).chain(given.iter().cloned()) {
            values.set(field, value);
        }
        let mut made = Record { id, entity: entity.id, created: at, updated: at, values };
        work.complete(&mut made);
        let wrong = work.check(&made, None);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        work.draft.push(Change::Created { record: Arc::new(made), by: None });
        Ok(id)
    }

    fn fill(
        &self,
        work: &mut Work<'_>,
        entity: &Entity,
        id: RecordId,
        given: &[(FieldId, Value)],
        mapped: Vec<(FieldId, Value)>,
        links: Vec<(FieldId, Value)>,
    ) -> Result<RecordId, Vec<Diagnostic>> {
        let Some(current) = work.draft.record(id).cloned() else {
            return Err(vec![Diagnostic::new(Code::UnknownRecord).at_record(id)]);
        };
        if current.entity != entity.id {
            return Err(vec![Diagnostic::new(Code::WrongEntity).at_record(id).with("found", current.entity)]);
        }
        let mut next = current.clone();
        let blank = mapped.into_iter().chain(links).filter(|(field, _)| current.value(*field).is_empty());
        for (field, value) in blank.chain(given.iter().cloned()) {
            next.values.set(field, value);
        }
        let mut changed: Vec<FieldId> = next.values.iter().map(|(field, _)| field).collect();
        changed.extend(current.values.iter().map(|(field, _)| field).filter(|it| next.value(*it).is_empty()));
        changed.retain(|field| next.value(*field) != current.value(*field));
        let wrong = work.check(&next, Some(&changed));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let at = work.now();
        let values: Vec<(FieldId, Value)> =
            changed.into_iter().map(|field| (field, next.value(field).clone())).collect();
        work.draft.update(id, values, at, None);
        Ok(id)
    }

    /// The links of a target to those that are there already.
    fn links(&self, entity: &Entity, links: &[TargetLink]) -> Vec<(FieldId, Value)> {
        let link = |link: &TargetLink| {
            let target = self.target(link.to)?;
            Some((link.field, linking(entity.field(link.field)?, target)))
        };
        links.iter().filter_map(link).collect()
    }

    /// Links to targets that were made only afterwards.
    fn link_up(&self, work: &mut Work<'_>, conversion: &Conversion) {
        let at = work.now();
        for target in &conversion.targets {
            let Some(entity) = work.draft.entity(target.entity).cloned() else { continue };
            let Some(made) = self.target(target.entity).and_then(|id| work.draft.record(id)) else { continue };
            let (id, mut links) = (made.id, self.links(&entity, &target.links));
            links.retain(|(field, _)| made.value(*field).is_empty());
            work.draft.update(id, links, at, None);
        }
    }

    /// The converted record points at what it has become.
    fn finish(
        &self,
        work: &mut Work<'_>,
        conversion: &Conversion,
        entity: &Entity,
        after: Vec<(FieldId, Value)>,
    ) -> Result<(), Rejection> {
        let mut values = after;
        for target in &conversion.targets {
            if let Some(field) = target.link.and_then(|link| entity.field(link))
                && let Some(made) = self.target(target.entity)
            {
                values.push((field.id, linking(field, made)));
            }
        }
        let mut next = self.source.clone();
        values.iter().for_each(|(field, value)| drop(next.values.set(*field, value.clone())));
        let touched: Vec<FieldId> = values.iter().map(|(field, _)| *field).collect();
        let wrong = work.check(&next, Some(&touched));
        if !wrong.is_empty() {
            return Err(wrong.into_iter().map(|it| it.at_record(self.source.id)).collect::<Vec<_>>().into());
        }
        let at = work.now();
        work.draft.update(self.source.id, values, at, None);
        Ok(())
    }

    /// What points at the converted record is led to what it has become.
    fn carry(&self, work: &mut Work<'_>, conversion: &Conversion) {
        let at = work.now();
        for Carried { entity, via, links } in &conversion.carried {
            let Some(definition) = work.draft.entity(*entity).cloned() else { continue };
            for id in work.draft.incoming(self.source.id, *entity, *via) {
                let Some(record) = work.draft.record(id) else { continue };
                let mut values: Vec<(FieldId, Value)> = Vec::new();
                for link in links {
                    let is_free = record.value(link.field).is_empty() || link.field == *via;
                    if is_free
                        && values.iter().all(|(field, _)| *field != link.field)
                        && let Some(field) = definition.field(link.field)
                        && let Some(target) = self.target(link.to)
                    {
                        values.push((field.id, linking(field, target)));
                    }
                }
                if !values.is_empty() {
                    work.draft.update(id, values, at, None);
                }
            }
        }
    }
}

fn linking(field: &Field, to: RecordId) -> Value {
    match field.kind {
        FieldKind::Links(_) => Value::Links([to].into()),
        _ => Value::Link(to),
    }
}
