//! The plan: all computed fields of a workspace compiled, ordered by what they read, with circles refused.

use rustc_hash::{FxHashMap, FxHashSet};

use super::route::{Hop, Route};
use super::{Computation, Step};
use crate::engine::condition;
use crate::engine::formula::{self, Read};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId};
use crate::model::rule::ScoreModel;
use crate::model::state::Reader;

/// All computed fields, in an order in which each comes after those that it reads.
#[derive(Default)]
pub struct Plan {
    pub(super) steps: Vec<Step>,
    ranks: FxHashMap<EntityId, Vec<usize>>,
    readers: FxHashMap<(EntityId, FieldId), Vec<(usize, Route)>>,
    ahead: FxHashMap<EntityId, Vec<(FieldId, usize, Route)>>,
    dated: FxHashMap<EntityId, Vec<(usize, Route)>>,
}

impl Plan {
    /// Compiles the computed fields of all entities and the score models that fill score fields.
    ///
    /// What is wrong is listed, and left out of the plan.
    pub fn compile(reader: &dyn Reader, scores: &[&ScoreModel]) -> (Plan, Vec<Diagnostic>) {
        let mut wrong = Vec::new();
        let mut drafts = Vec::new();
        for entity in reader.entities() {
            for field in entity.fields.iter().filter(|field| field.is_computed()) {
                match draft_step(reader, &entity, field, scores) {
                    Ok(draft) => drafts.push(draft),
                    Err(found) => wrong.extend(found.into_iter().map(|diagnostic| {
                        let placed = diagnostic.in_definition(Definition::entity_id(entity.id));
                        if placed.at.field.is_none() { placed.at_field(field.id) } else { placed }
                    })),
                }
            }
        }
        let (order, circles) = order(&drafts);
        wrong.extend(circles);
        (assemble(reader, drafts, &order), wrong)
    }

    /// The steps of an entity, in order.
    pub(super) fn ranks(&self, entity: EntityId) -> &[usize] {
        self.ranks.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// The steps that read a field, each with the way back to the records that hold them.
    pub(super) fn readers(&self, entity: EntityId, field: FieldId) -> &[(usize, Route)] {
        self.readers.get(&(entity, field)).map_or(&[], Vec::as_slice)
    }

    /// The steps that read when a record of an entity last changed, each with the way back.
    pub(super) fn dated(&self, entity: EntityId) -> &[(usize, Route)] {
        self.dated.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Whether any field is computed from when a record last changed.
    pub fn reads_dates(&self) -> bool {
        !self.dated.is_empty()
    }

    /// Fields of an entity and, after them, those of the same record that are computed from them.
    pub fn following(&self, entity: EntityId, fields: &[FieldId]) -> Vec<FieldId> {
        let mut found = fields.to_vec();
        let mut at = 0;
        while at < found.len() {
            for (rank, route) in self.readers(entity, found[at]) {
                let next = self.steps[*rank].field;
                if route.stays() && !found.contains(&next) {
                    found.push(next);
                }
            }
            at += 1;
        }
        found
    }

    /// The steps that read any field of these entities.
    pub(super) fn readers_of(&self, entities: &FxHashSet<EntityId>) -> impl Iterator<Item = usize> {
        let readers = self.readers.iter().filter(|((entity, _), _)| entities.contains(entity));
        readers.flat_map(|(_, readers)| readers.iter().map(|(rank, _)| *rank))
    }

    /// The steps that a new record, at which nothing points yet, makes stale elsewhere: each with the field that it reads and the
    /// way there, which follows a link of the record.
    pub(super) fn ahead(&self, entity: EntityId) -> &[(FieldId, usize, Route)] {
        self.ahead.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// The entities that have a field whose value depends on what time it is.
    pub fn clocked(&self) -> Vec<EntityId> {
        let mut entities: Vec<EntityId> =
            self.steps.iter().filter(|step| step.reads_clock).map(|step| step.entity).collect();
        entities.sort_unstable();
        entities.dedup();
        entities
    }
}

/// A step with what it reads.
struct StepDraft {
    step: Step,
    sources: Sources,
}

/// What a step reads, each with the way back to the step's record.
#[derive(Default)]
struct Sources {
    fields: Vec<(EntityId, FieldId, Route)>,
    dates: Vec<(EntityId, Route)>,
}

/// What is kept in a record is the same for everybody: it cannot ask who looks at it.
fn for_everybody(reads: &[Read], field: &Field) -> Result<(), Vec<Diagnostic>> {
    match reads.contains(&Read::Actor) {
        true => Err(vec![Diagnostic::of_field(Code::InvalidDefinition, field.id).with("detail", "asks-who")]),
        false => Ok(()),
    }
}

fn draft_step(
    reader: &dyn Reader,
    entity: &Entity,
    field: &Field,
    scores: &[&ScoreModel],
) -> Result<StepDraft, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let mut reads_clock = false;
    let mut note = |reads: &[Read], from: EntityId, ahead: &Route| {
        for read in reads {
            reads_clock |= matches!(read, Read::Clock);
            trace(reader, from, read, ahead, &mut sources);
        }
    };
    let computation = match &field.kind {
        FieldKind::Formula { formula: text, result } => {
            let formula = formula::compile(text, reader, entity.id)?;
            for_everybody(formula.reads(), field)?;
            note(formula.reads(), entity.id, &Route::here());
            Computation::Formula { formula, result: *result }
        }
        FieldKind::Lookup { link, field: looked_up } => {
            let target = entity.field(*link).and_then(Field::link);
            let Some(target) = target else {
                return Err(vec![unknown(*link)]);
            };
            for to in &target.to {
                if reader.entity(*to).is_none_or(|to| to.field(*looked_up).is_none()) {
                    return Err(vec![unknown(*looked_up)]);
                }
                let read = Read::Through { path: vec![*link], entity: *to, field: *looked_up };
                note(&[read], entity.id, &Route::here());
            }
            Computation::Lookup { link: *link, field: *looked_up }
        }
        FieldKind::Rollup(rollup) => {
            let Some(related) = reader.entity(rollup.entity) else {
                return Err(vec![Diagnostic::new(Code::UnknownEntity).with("name", rollup.entity)]);
            };
            for read in std::iter::once(rollup.via).chain(rollup.field) {
                if related.field(read).is_none() {
                    return Err(vec![unknown(read)]);
                }
            }
            let ahead = Route::here().then(Hop::Forward(rollup.via));
            sources.fields.push((rollup.entity, rollup.via, ahead.clone()));
            sources.fields.extend(rollup.field.map(|field| (rollup.entity, field, ahead.clone())));
            let counts = match &rollup.condition {
                None => None,
                Some(condition) => {
                    let compiled = condition::compile(condition, reader, rollup.entity)?;
                    for_everybody(compiled.reads(), field)?;
                    for read in compiled.reads() {
                        reads_clock |= matches!(read, Read::Clock);
                        trace(reader, rollup.entity, read, &ahead, &mut sources);
                    }
                    Some(compiled)
                }
            };
            let (function, field) = (rollup.function, rollup.field);
            let reads = counts.iter().flat_map(|condition| condition.reads());
            let is_local = reads.into_iter().all(|read| matches!(read, Read::Own(_)));
            Computation::Rollup { entity: rollup.entity, via: rollup.via, function, field, counts, is_local }
        }
        FieldKind::Score => {
            let mut criteria = Vec::new();
            let models = scores.iter().filter(|model| model.entity == entity.id && model.field == field.id);
            for criterion in models.flat_map(|model| &model.criteria) {
                let compiled = condition::compile(&criterion.condition, reader, entity.id)?;
                note(compiled.reads(), entity.id, &Route::here());
                criteria.push((compiled, criterion.points));
            }
            Computation::Score { criteria }
        }
        _ => {
            return Err(vec![Diagnostic::of_field(Code::InvalidDefinition, field.id).with("detail", "not-computed")]);
        }
    };
    Ok(StepDraft { step: Step { entity: entity.id, field: field.id, computation, reads_clock }, sources })
}

fn unknown(field: FieldId) -> Diagnostic {
    Diagnostic::new(Code::UnknownField).with("name", field)
}

/// Notes everything that a read touches, with the way from the record that holds it back to the step's record.
///
/// `ahead` is the way from the records of `entity` to the step's record.
fn trace(reader: &dyn Reader, entity: EntityId, read: &Read, ahead: &Route, sources: &mut Sources) {
    match read {
        Read::Own(field) => sources.fields.push((entity, *field, ahead.clone())),
        Read::Updated => sources.dates.push((entity, ahead.clone())),
        Read::Related { entity: related, via, field } => {
            let back = ahead.after(Hop::Forward(*via));
            sources.fields.push((*related, *via, back.clone()));
            sources.fields.extend(field.map(|field| (*related, field, back)));
        }
        Read::Through { path, entity: target, field } => {
            let mut places = vec![(entity, ahead.clone())];
            for (at, link) in path.iter().enumerate() {
                let mut next = Vec::new();
                for (place, way) in &places {
                    let Some(holder) = reader.entity(*place) else { continue };
                    let Some(link_target) = holder.field(*link).and_then(Field::link) else {
                        continue;
                    };
                    sources.fields.push((*place, *link, way.clone()));
                    let back = way.after(Hop::Back(*place, *link));
                    let reached: Vec<EntityId> = if at + 1 == path.len() {
                        vec![*target]
                    } else if link_target.to.is_empty() {
                        reader.entities().iter().map(|entity| entity.id).collect()
                    } else {
                        link_target.to.clone()
                    };
                    next.extend(reached.into_iter().map(|reached| (reached, back.clone())));
                }
                places = next;
            }
            sources.fields.extend(places.into_iter().map(|(place, way)| (place, *field, way)));
        }
        Read::RelatedThrough { entity: related, via, path, target, field } => {
            let back = ahead.after(Hop::Forward(*via));
            sources.fields.push((*related, *via, back.clone()));
            let read = Read::Through { path: path.clone(), entity: *target, field: *field };
            trace(reader, *related, &read, &back, sources);
        }
        Read::Clock | Read::Actor => {}
    }
}

/// An order in which every step comes after the steps that it reads (Kahn, 1962), without those in circles, which forbid one.
fn order(drafts: &[StepDraft]) -> (Vec<usize>, Vec<Diagnostic>) {
    let place: FxHashMap<(EntityId, FieldId), usize> =
        drafts.iter().enumerate().map(|(at, draft)| ((draft.step.entity, draft.step.field), at)).collect();
    let needs: Vec<Vec<usize>> = drafts
        .iter()
        .map(|draft| {
            let fields = draft.sources.fields.iter();
            fields.filter_map(|(entity, field, _)| place.get(&(*entity, *field)).copied()).collect()
        })
        .collect();
    let mut done = vec![false; drafts.len()];
    let mut order = Vec::with_capacity(drafts.len());
    let mut circles = Vec::new();
    while done.contains(&false) {
        let before = order.len();
        for at in 0..drafts.len() {
            if !done[at] && needs[at].iter().all(|need| done[*need]) {
                done[at] = true;
                order.push(at);
            }
        }
        if order.len() == before {
            let members = circle(&needs, &done);
            circles.push(told(drafts, &members));
            members.into_iter().for_each(|member| done[member] = true);
        }
    }
    (order, circles)
}

/// Steps that need each other in a circle, given that no step that is left can be taken.
fn circle(needs: &[Vec<usize>], done: &[bool]) -> Vec<usize> {
    // Every step that is left needs another one that is left: walking along must come back to a place already seen.
    let mut path: Vec<usize> = Vec::new();
    let mut at = done.iter().position(|done| !done).unwrap_or(0);
    while !path.contains(&at) {
        path.push(at);
        at = needs[at].iter().copied().find(|need| !done[*need]).unwrap_or(at);
    }
    let start = path.iter().position(|step| *step == at).unwrap_or(0);
    path.split_off(start)
}

fn told(drafts: &[StepDraft], members: &[usize]) -> Diagnostic {
    let name = |step: &usize| format!("{}.{}", drafts[*step].step.entity, drafts[*step].step.field);
    let names: Vec<String> = members.iter().chain(members.first()).map(name).collect();
    let told = Diagnostic::new(Code::Cycle).with("path", names.join(" → "));
    match members.first().map(|first| &drafts[*first].step) {
        Some(step) => told.at_field(step.field).in_definition(Definition::entity_id(step.entity)),
        None => told,
    }
}

fn assemble(reader: &dyn Reader, drafts: Vec<StepDraft>, order: &[usize]) -> Plan {
    let mut plan = Plan::default();
    let mut drafts: Vec<Option<StepDraft>> = drafts.into_iter().map(Some).collect();
    for at in order {
        let Some(draft) = drafts[*at].take() else { continue };
        let rank = plan.steps.len();
        for (entity, route) in draft.sources.dates {
            plan.dated.entry(entity).or_default().push((rank, route));
        }
        for (entity, field, route) in draft.sources.fields {
            let readers = plan.readers.entry((entity, field)).or_default();
            if readers.contains(&(rank, route.clone())) {
                continue;
            }
            if !route.stays() && !route.goes_back() {
                plan.ahead.entry(entity).or_default().push((field, rank, route.clone()));
            }
            readers.push((rank, route));
        }
        plan.ranks.entry(draft.step.entity).or_default().push(rank);
        plan.steps.push(draft.step);
    }
    debug_assert!(plan.ranks.keys().all(|entity| reader.entity(*entity).is_some()));
    plan
}
