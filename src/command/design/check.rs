//! Checks of changed definitions: that what they name is there, and that what records hold still fits.

use rustc_hash::FxHashSet;

use super::{redefined, redefined_entities};
use crate::engine::form;
use crate::model::definition::{Definition, Workspace};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::{DefinitionId, EntityId, FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::model::view::{View, ViewShape};

/// How many records with the same value a refusal names.
const NAMED_DUPLICATES: usize = 5;

/// Everything that is wrong with the definitions that a draft changes, formulas and conditions aside.
pub(super) fn check(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for id in redefined(draft) {
        match draft.definition(id) {
            Some(Definition::Entity(_) | Definition::Rule(_)) | None => {}
            Some(Definition::Score(score)) => {
                let field = draft.entity(score.entity).and_then(|entity| entity.field(score.field));
                if !field.is_some_and(|field| field.kind == FieldKind::Score) {
                    wrong.push(Diagnostic::of_field(Code::WrongType, score.field).in_definition(id));
                }
            }
            Some(Definition::View(view)) => {
                wrong.extend(check_fields(draft, id, view.entity, view.named()));
                wrong.extend(check_shape(draft, id, view));
            }
            Some(Definition::Layout(layout)) => {
                wrong.extend(check_fields(draft, id, layout.entity, layout.named()));
                let strangers = layout.through.iter().filter(|entity| draft.entity(**entity).is_none());
                wrong.extend(
                    strangers.map(|it| Diagnostic::new(Code::UnknownEntity).with("name", it).in_definition(id)),
                );
            }
            Some(Definition::Form(form)) => wrong.extend(crate::command::form::check(draft, form)),
            Some(Definition::Workspace(workspace)) => wrong.extend(check_workspace(draft, workspace)),
        }
    }
    let mut lost = Vec::new();
    for (before, after) in redefined_entities(draft) {
        match (before, after) {
            (before, Some(entity)) => wrong.extend(check_entity(draft, entity, before)),
            (Some(before), None) => {
                lost.push(before.id);
                wrong.extend(check_members(draft, before));
            }
            (None, None) => {}
        }
    }
    // The workspace itself names entities as well.
    if !lost.is_empty()
        && !redefined(draft).contains(&Definition::workspace_id())
        && let Some(workspace) = draft.workspace()
    {
        wrong.extend(check_workspace(draft, workspace));
    }
    wrong
}

/// What people have typed into a field that computes from now on.
pub(super) struct Typed {
    field: Field,
    values: Vec<(RecordId, Value)>,
}

/// What people have typed into fields that compute from now on, before anything is computed; what the draft itself has emptied is
/// not missed.
pub(super) fn typed(draft: &Draft<'_>) -> Vec<Typed> {
    let mut found = Vec::new();
    for (before, after) in redefined_entities(draft) {
        let (Some(before), Some(after)) = (before, after) else { continue };
        let begun = after.fields.iter().filter(|field| field.is_computed());
        for former in begun.filter_map(|field| before.field(field.id)).filter(|former| !former.is_computed()) {
            let held = |id: &RecordId| {
                let value = draft.record(*id)?.value(former.id);
                (!value.is_empty()).then(|| (*id, value.clone()))
            };
            let values = draft.base().member_ids(before.id).iter().filter_map(held).collect();
            found.push(Typed { field: former.clone(), values });
        }
    }
    found
}

/// What of that a field has overwritten by computing.
pub(super) fn overwritten(draft: &Draft<'_>, typed: &[Typed]) -> Vec<Diagnostic> {
    let lost = |typed: &Typed| {
        let differs = |(id, held): &&(RecordId, Value)| {
            draft.record(*id).is_some_and(|record| record.value(typed.field.id) != held)
        };
        still_used(draft, &typed.field, typed.values.iter().filter(differs).count())
    };
    typed.iter().filter_map(lost).collect()
}

/// Whether a field, if a shape gives it a part, can play it.
pub(super) fn fits_shape(entity: &Entity, shape: &ViewShape, field: FieldId) -> bool {
    let own = entity.field(field);
    parts(shape).into_iter().all(|(part, fits)| part != Some(field) || own.is_some_and(fits))
}

/// The fields of a shape hold what the shape needs of them.
fn check_shape(draft: &Draft<'_>, id: DefinitionId, view: &View) -> Vec<Diagnostic> {
    let Some(entity) = draft.entity(view.entity) else { return Vec::new() };
    let misfits = parts(&view.shape)
        .into_iter()
        .filter(|(field, fits)| field.and_then(|field| entity.field(field)).is_some_and(|field| !fits(field)));
    misfits.filter_map(|(field, _)| Some(Diagnostic::of_field(Code::WrongType, field?).in_definition(id))).collect()
}

type Fits = fn(&Field) -> bool;

/// The parts that fields play in a shape, and what they must be for it.
fn parts(shape: &ViewShape) -> Vec<(Option<FieldId>, Fits)> {
    let is_choice: Fits = |field| matches!(field.kind, FieldKind::Choice { .. });
    let is_cover: Fits = |field| field.kind == FieldKind::Files;
    let is_flag: Fits = |field| field.kind == FieldKind::Flag;
    let is_time: Fits = |field| matches!(field.kind.result(), Some(ResultKind::Date | ResultKind::Instant));
    let is_lane: Fits = |field| matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Link(_) | FieldKind::Flag);
    match shape {
        ViewShape::List { .. } => Vec::new(),
        ViewShape::Board { by, lanes, cover, colour, .. } => {
            vec![(Some(*by), is_choice), (*lanes, is_lane), (*cover, is_cover), (*colour, is_choice)]
        }
        ViewShape::Calendar { from, to, all_day, colour, .. } => {
            vec![(Some(*from), is_time), (*to, is_time), (*all_day, is_flag), (*colour, is_choice)]
        }
        ViewShape::Timeline { from, to, lanes, colour, .. } => {
            vec![(Some(*from), is_time), (Some(*to), is_time), (*lanes, is_lane), (*colour, is_choice)]
        }
        ViewShape::Gallery { cover, .. } => vec![(*cover, is_cover)],
    }
}

fn check_entity(draft: &Draft<'_>, entity: &Entity, former: Option<&Entity>) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
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
            if draft.entity(*target).is_none() {
                wrong.push(Diagnostic::of_field(Code::UnknownEntity, field.id).with("name", target));
            }
        }
        if let FieldKind::Lines { entity: lines, via } = &field.kind
            && draft.entity(*lines).is_none_or(|lines| lines.field(*via).is_none())
        {
            wrong.push(Diagnostic::of_field(Code::UnknownField, field.id).with("name", via));
        }
        if let FieldKind::Text { pattern: Some(pattern), .. } = &field.kind
            && !form::is_pattern(pattern)
        {
            wrong.push(Diagnostic::of_field(Code::InvalidPattern, field.id).with("pattern", pattern));
        }
        // Values that become others may become alike.
        let is_same = |former: &Field| former.unique && former.kind == field.kind;
        let was_unique = former.and_then(|former| former.field(field.id)).is_some_and(is_same);
        if field.unique && !was_unique && !field.is_computed() {
            wrong.extend(form::duplicates(draft, entity, field, NAMED_DUPLICATES));
        }
    }
    let named = entity.summary.iter().chain(&entity.happens).chain(&entity.active);
    for field in std::iter::once(&entity.title).chain(named) {
        if entity.field(*field).is_none() {
            wrong.push(Diagnostic::new(Code::UnknownField).with("name", field));
        }
    }
    if let Some(former) = former {
        wrong.extend(check_held_values(draft, entity, former));
    }
    let id = Definition::entity_id(entity.id);
    wrong.into_iter().map(|diagnostic| diagnostic.in_definition(id)).collect()
}

/// What records hold must still fit: a field that some record fills cannot go or turn into another kind of thing.
fn check_held_values(draft: &Draft<'_>, entity: &Entity, former: &Entity) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for field in former.fields.iter().filter(|field| !field.is_computed()) {
        let next = entity.field(field.id);
        if next.is_some_and(|next| next.kind == field.kind || next.is_computed()) {
            continue;
        }
        let misfits = draft.members(entity.id).into_iter().filter(|id| {
            let held = draft.record(*id).map_or(&Value::Empty, |record| record.value(field.id));
            !held.is_empty() && next.is_none_or(|next| !form::fits(next, held))
        });
        wrong.extend(still_used(draft, field, misfits.count()));
    }
    wrong
}

fn still_used(draft: &Draft<'_>, field: &Field, count: usize) -> Option<Diagnostic> {
    let label = field.label.text(crate::command::written_language(draft.base()));
    let found = Diagnostic::of_field(Code::StillUsed, field.id).with("name", label).with("count", count);
    (count > 0).then_some(found)
}

/// An entity that has records cannot go.
fn check_members(draft: &Draft<'_>, entity: &Entity) -> Option<Diagnostic> {
    let count = draft.members(entity.id).len();
    let label = entity.label.text(crate::command::written_language(draft.base()));
    let found = Diagnostic::new(Code::StillUsed).in_definition(Definition::entity_id(entity.id));
    (count > 0).then(|| found.with("name", label).with("count", count))
}

fn check_workspace(draft: &Draft<'_>, workspace: &Workspace) -> Vec<Diagnostic> {
    let id = Definition::workspace_id();
    let mut wrong = Vec::new();
    if let Some(tasks) = &workspace.tasks {
        let fields = [tasks.title, tasks.owner, tasks.about, tasks.due];
        wrong.extend(check_fields(draft, id, tasks.entity, fields.into_iter()));
    }
    if let Some(notices) = &workspace.notices {
        let fields = [notices.to, notices.text, notices.about, notices.read];
        wrong.extend(check_fields(draft, id, notices.entity, fields.into_iter()));
    }
    if let Some(comments) = &workspace.comments {
        let fields = [comments.text, comments.about, comments.by, comments.mentions];
        let fields = fields.into_iter().chain(comments.reply);
        wrong.extend(check_fields(draft, id, comments.entity, fields.into_iter()));
    }
    if let Some(activities) = &workspace.activities {
        let fields = [activities.title, activities.text, activities.kind, activities.by];
        wrong.extend(check_fields(draft, id, activities.entity, fields.into_iter()));
    }
    if let Some(files) = &workspace.files {
        let fields = [files.name, files.files, files.about, files.by];
        wrong.extend(check_fields(draft, id, files.entity, fields.into_iter()));
    }
    if let Some(touches) = &workspace.touches {
        let fields = [touches.title, touches.at, touches.form, touches.edition, touches.channel, touches.text];
        wrong.extend(check_fields(draft, id, touches.entity, fields.into_iter().chain(touches.medium)));
    }
    if let Some(people) = workspace.people {
        wrong.extend(check_fields(draft, id, people, std::iter::empty()));
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
