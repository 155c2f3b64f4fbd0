//! A new field out of the palette: it is there at once, with a name to be typed over and an id that follows the name.

use std::sync::Arc;

use leptos::prelude::*;

use super::Bench;
use crate::engine::design::{self, Spot, Way, Zone};
use crate::engine::list;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label};
use crate::model::id::FieldId;
use crate::model::state::Reader;
use crate::model::view::{Layout, View, ViewShape};
use crate::ui::text::{both, label};

/// Adds a field of a kind at a place of the page; behind the field that is looked at when none is named.
pub fn add(bench: Bench, name: &str, spot: Option<Spot>) {
    let (Some(entity), Some(layout)) = (bench.entity.get_untracked(), bench.layout.get_untracked()) else { return };
    let mut definitions = Vec::new();
    let title = named(&entity, name);
    let kind = if name == "lines" {
        let names =
            ["design-line-of", "design-line-name", "design-line-quantity", "design-line-price", "design-line-sum"];
        let (kind, lines) =
            bench.app.ask(|state| design::new_lines(state, &entity, &both("kind-lines-name"), names.map(both)));
        definitions.push(lines);
        Some(kind)
    } else {
        bench.app.ask(|state| design::starting(name, state, &entity))
    };
    let Some(kind) = kind else { return };
    let id = design::field_id(&entity, &title, &kind);
    let field = design::plain(id, title, kind);
    let said = label(&field.label);
    let is_stored = field.is_stored();
    let before = list::shapes(&entity);
    let mut next = (*entity).clone();
    next.fields.push(field);
    let layout = if is_stored {
        let spot = spot.unwrap_or_else(|| behind(&layout, bench.chosen.get_untracked()));
        let layout = design::moved(&layout, id, Zone::Off, spot);
        next = design::ordered(&next, &layout);
        Some(layout)
    } else {
        None
    };
    let views = if entity.own { companions(bench, &next, &before) } else { Vec::new() };
    definitions.push(Definition::Entity(Arc::new(next)));
    definitions.extend(layout.map(|layout| Definition::Layout(Arc::new(layout))));
    definitions.extend(views.into_iter().map(|view| Definition::View(Arc::new(view))));
    match bench.define(definitions, &said) {
        Ok(()) => {
            let number = bench.fresh.get_untracked().map_or(0, |(_, number)| number + 1);
            bench.fresh.set(Some((id, number)));
            bench.is_naming.set(true);
            bench.choose(Some(id));
        }
        Err(refused) => bench.app.toast_rejection(&refused),
    }
}

/// Gives the field that is looked at another name, and as long as nothing speaks of it an id that fits.
pub fn rename(bench: Bench, control: &str, change: &dyn Fn(&mut Label)) -> bool {
    let (Some(entity), Some(field)) = (bench.entity.get_untracked(), untrack(|| bench.chosen.get())) else {
        return false;
    };
    let Some(fresh) = bench.fresh.get_untracked().filter(|(now, _)| *now == field) else {
        return bench.change_field(control, &|field| change(&mut field.label));
    };
    let Some(known) = entity.field(field) else { return false };
    let mut renamed = known.clone();
    change(&mut renamed.label);
    if renamed.label == known.label {
        return true;
    }
    // What the kind is called says nothing in the other language once the field has a name.
    let given = both(&format!("kind-{}", design::kind_name(&known.kind)));
    let (was, now) = (&known.label, &mut renamed.label);
    if now.en != was.en && now.zh.starts_with(&given.zh) {
        now.zh.clear();
    } else if now.zh != was.zh && now.en.starts_with(&given.en) {
        now.en.clear();
    }
    let change = |label: &mut Label| *label = renamed.label.clone();
    let mut others = (*entity).clone();
    others.fields.retain(|other| other.id != field);
    let id = design::field_id(&others, &renamed.label, &renamed.kind);
    if id == field || !is_free(bench, field) {
        return bench.change_field(control, &|field| change(&mut field.label));
    }
    let said = label(&renamed.label);
    let mut next = (*entity).clone();
    let kept = Field { id, ..renamed.clone() };
    next.fields.iter_mut().filter(|other| other.id == field).for_each(|other| *other = kept.clone());
    let mut definitions = vec![Definition::Entity(Arc::new(next))];
    definitions.extend(spoken(bench, field, id));
    if bench.work.tell(control, bench.define(definitions, &said)) {
        bench.fresh.set(Some((id, fresh.1)));
        bench.choose(Some(id));
        return true;
    }
    false
}

/// Whether no record holds the field, and nothing but the page and the views that came with it speaks of it.
fn is_free(bench: Bench, field: FieldId) -> bool {
    bench.app.ask(|state| {
        let is_blank =
            |id: &crate::model::id::RecordId| state.record(*id).is_none_or(|record| record.value(field).is_empty());
        let is_alone = || {
            design::usages(state, bench.id, field).iter().all(|usage| {
                usage.entity == Some(bench.id)
                    && usage.field.is_none()
                    && usage.ways.iter().all(|way| matches!(way, Way::Page | Way::Shape))
            })
        };
        state.member_ids(bench.id).iter().all(is_blank) && is_alone()
    })
}

/// The layout and the views of the entity that speak of a field, with its new id.
fn spoken(bench: Bench, from: FieldId, to: FieldId) -> Vec<Definition> {
    let change = |id: &mut FieldId| {
        if *id == from {
            *id = to;
        }
    };
    bench.app.ask(|state| {
        let all = state.all_definitions().into_iter();
        all.filter_map(|definition| match definition {
            Definition::Layout(layout) if layout.entity == bench.id => {
                let mut next = Layout::clone(&layout);
                next.sections.iter_mut().flat_map(|section| &mut section.fields).for_each(change);
                next.highlights.iter_mut().chain(&mut next.important).for_each(change);
                Some(Definition::Layout(Arc::new(next)))
            }
            Definition::View(view) if view.entity == bench.id && view.named().any(|id| id == from) => {
                let mut next = View::clone(&view);
                match &mut next.shape {
                    ViewShape::Board { by, colour, .. } => std::iter::once(by).chain(colour).for_each(change),
                    ViewShape::Calendar { from, colour, .. } => std::iter::once(from).chain(colour).for_each(change),
                    ViewShape::List { .. } | ViewShape::Timeline { .. } | ViewShape::Gallery { .. } => {}
                }
                Some(Definition::View(Arc::new(next)))
            }
            _ => None,
        })
        .collect()
    })
}

/// The views that an entity can have from now on.
fn companions(bench: Bench, entity: &Entity, before: &[ViewShape]) -> Vec<View> {
    let views = bench.app.ask(|state| {
        let is_own = |definition: &Definition| matches!(definition, Definition::View(view) if view.entity == entity.id);
        state.all_definitions().iter().filter(|definition| is_own(definition)).count()
    });
    let name = |shape: &ViewShape| match shape {
        ViewShape::Board { .. } => both("shape-board"),
        _ => both("shape-calendar"),
    };
    let new = design::companions(entity, (before, list::shapes(entity)), views, &name);
    // One that was made before and is still there is somebody's own by now.
    let is_new = |view: &View| {
        let id = Definition::View(Arc::new(view.clone())).id();
        bench.app.ask(|state| state.definition(id).is_none())
    };
    new.into_iter().filter(is_new).collect()
}

/// Behind a field in its section, or at the end of the first section.
fn behind(layout: &Layout, chosen: Option<FieldId>) -> Spot {
    let found = layout.sections.iter().enumerate().find_map(|(section, it)| {
        let at = it.fields.iter().position(|id| Some(*id) == chosen)?;
        Some(Spot { zone: Zone::Section(section), before: it.fields.get(at + 1).copied() })
    });
    found.unwrap_or(Spot { zone: Zone::Section(0), before: None })
}

/// What a new field of a kind is called until somebody says: the kind, with a number where that is taken.
fn named(entity: &Entity, kind: &str) -> Label {
    let name = both(&format!("kind-{kind}"));
    let is_taken =
        |name: &Label| entity.fields.iter().any(|field| field.label.says(&name.zh) || field.label.says(&name.en));
    let numbered = |number: u32| Label { zh: format!("{} {number}", name.zh), en: format!("{} {number}", name.en) };
    if !is_taken(&name) {
        return name;
    }
    (2..).map(numbered).find(|name| !is_taken(name)).unwrap_or(name)
}

/// Whether a field of a kind can be added now.
pub fn is_possible(bench: Bench, entity: &Entity, name: &str) -> bool {
    name == "lines" || bench.app.ask(|state| design::starting(name, state, entity).is_some())
}

/// The icon of a kind.
pub fn picture(kind: &FieldKind) -> &'static str {
    let name = design::kind_name(kind);
    design::KINDS.iter().find(|(_, known, _)| *known == name).map_or("gauge", |(.., picture)| picture)
}
