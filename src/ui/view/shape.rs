//! The shapes of views: how each is called and drawn as an icon, and the sheet of what it is made by.

use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::list::may_be_lanes;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, OptionId};
use crate::model::record::Record;
use crate::model::view::ViewShape;
use crate::ui::part::{hue_name, icon_button, sheet_button, unique_id};
use crate::ui::text::{label, t};
use crate::ui::view::figure;
use crate::ui::view::lens::Lens;

/// The icon of a shape.
pub fn picture(shape: &ViewShape) -> &'static str {
    match shape {
        ViewShape::List { .. } => "table-2",
        ViewShape::Board { .. } => "kanban",
        ViewShape::Calendar { .. } => "calendar-days",
        ViewShape::Timeline { .. } => "chart-gantt",
        ViewShape::Gallery { .. } => "layout-grid",
    }
}

/// What a shape is called.
pub fn name(shape: &ViewShape) -> String {
    t(match shape {
        ViewShape::List { .. } => "shape-list",
        ViewShape::Board { .. } => "shape-board",
        ViewShape::Calendar { .. } => "shape-calendar",
        ViewShape::Timeline { .. } => "shape-timeline",
        ViewShape::Gallery { .. } => "shape-gallery",
    })
}

/// The hue that a record has by the choice field that colours a view.
pub fn hue(entity: &Entity, colour: Option<FieldId>, record: &Record) -> &'static str {
    let found = colour.and_then(|colour| {
        let option = record.value(colour).options().first().copied()?;
        entity.field(colour)?.option(option)?.hue
    });
    found.map_or("gray", hue_name)
}

/// The button of the sheet in which a view is told what it is made by; lists have none.
pub fn button(lens: Lens, entity: &Arc<Entity>) -> AnyView {
    if matches!(lens.shape.get_untracked(), ViewShape::List { .. }) {
        return ().into_any();
    }
    let open = RwSignal::new(false);
    let entity = entity.clone();
    let changed = Callback::new(move |()| lens.remember());
    let says = view! {
        <span class="wide-only">{t("shape-title")}</span>
        <span class="narrow-only sr-only">{t("shape-title")}</span>
    };
    let sheet = move || {
        view! {
            <div role="dialog" aria-label=t("shape-title")>
                <div class="popover__head">{t("shape-title")}{icon_button(t("part-close"), "x", move || open.set(false))}</div>
                <div class="shape">{settings(&entity, lens.shape, changed)}</div>
            </div>
        }
        .into_any()
    };
    sheet_button(open, "layout-template", says.into_any(), "builder builder--narrow", Callback::new(|()| ()), sheet)
}

/// The controls of what a shape is made by; `changed` is told after each change.
pub fn settings(entity: &Arc<Entity>, shape: RwSignal<ViewShape>, changed: Callback<()>) -> AnyView {
    let change = move |change: &dyn Fn(&mut ViewShape)| {
        shape.update(|shape| change(shape));
        changed.run(());
    };
    match shape.get_untracked() {
        ViewShape::List { .. } => ().into_any(),
        ViewShape::Board { by, sum, lanes, cover, colour, compact, .. } => {
            let kept = StoredValue::new(entity.clone());
            let stands = Memo::new(move |_| if let ViewShape::Board { by, .. } = shape.get() { Some(by) } else { None });
            view! {
                {needed(entity, t("shape-by"), by, is_choice, move |to| change(&|shape| if let ViewShape::Board { by, hidden, .. } = shape {
                    *by = to;
                    hidden.clear();
                }))}
                {optional(entity, t("shape-lanes"), lanes, may_be_lanes, move |to| change(&|shape| if let ViewShape::Board { lanes, .. } = shape { *lanes = to; }))}
                {optional(entity, t("shape-sum"), sum, is_summed, move |to| change(&|shape| if let ViewShape::Board { sum, .. } = shape { *sum = to; }))}
                {optional(entity, t("shape-colour"), colour, is_choice, move |to| change(&|shape| if let ViewShape::Board { colour, .. } = shape { *colour = to; }))}
                {optional(entity, t("shape-cover"), cover, is_files, move |to| change(&|shape| if let ViewShape::Board { cover, .. } = shape { *cover = to; }))}
                <label class="check">
                    <input class="check__box" type="checkbox" checked=compact on:change=move |event| {
                        let is_on = event_target_checked(&event);
                        change(&|shape| if let ViewShape::Board { compact, .. } = shape { *compact = is_on; });
                    }/>
                    <span>{t("shape-compact")}</span>
                </label>
                {move || stands.get().map(|by| kept.with_value(|entity| columns(entity, by, shape, changed)))}
            }
            .into_any()
        }
        ViewShape::Calendar { from, to, all_day, colour, .. } => view! {
            {needed(entity, t("shape-from"), from, is_time, move |to| change(&|shape| if let ViewShape::Calendar { from, .. } = shape { *from = to; }))}
            {optional(entity, t("shape-to"), to, is_time, move |end| change(&|shape| if let ViewShape::Calendar { to, .. } = shape { *to = end; }))}
            {optional(entity, t("shape-all-day"), all_day, is_flag, move |to| change(&|shape| if let ViewShape::Calendar { all_day, .. } = shape { *all_day = to; }))}
            {optional(entity, t("shape-colour"), colour, is_choice, move |to| change(&|shape| if let ViewShape::Calendar { colour, .. } = shape { *colour = to; }))}
        }
        .into_any(),
        ViewShape::Timeline { from, to, lanes, colour, .. } => view! {
            {needed(entity, t("shape-from"), from, is_time, move |to| change(&|shape| if let ViewShape::Timeline { from, .. } = shape { *from = to; }))}
            {needed(entity, t("shape-to"), to, is_time, move |end| change(&|shape| if let ViewShape::Timeline { to, .. } = shape { *to = end; }))}
            {optional(entity, t("shape-lanes"), lanes, may_be_lanes, move |to| change(&|shape| if let ViewShape::Timeline { lanes, .. } = shape { *lanes = to; }))}
            {optional(entity, t("shape-colour"), colour, is_choice, move |to| change(&|shape| if let ViewShape::Timeline { colour, .. } = shape { *colour = to; }))}
        }
        .into_any(),
        ViewShape::Gallery { cover, .. } => {
            optional(entity, t("shape-cover"), cover, is_files, move |to| change(&|shape| if let ViewShape::Gallery { cover, .. } = shape { *cover = to; }))
        }
    }
}

/// The columns of a board, each ticked if it is shown.
fn columns(entity: &Entity, by: FieldId, shape: RwSignal<ViewShape>, changed: Callback<()>) -> AnyView {
    let is_hidden = move |option: OptionId| {
        shape.with(|shape| match shape {
            ViewShape::Board { hidden, .. } => hidden.contains(&option),
            ViewShape::List { .. }
            | ViewShape::Calendar { .. }
            | ViewShape::Timeline { .. }
            | ViewShape::Gallery { .. } => false,
        })
    };
    let toggle = move |option: OptionId| {
        shape.update(|shape| {
            if let ViewShape::Board { hidden, .. } = shape {
                match hidden.iter().position(|known| *known == option) {
                    Some(at) => drop(hidden.remove(at)),
                    None => hidden.push(option),
                }
            }
        });
        changed.run(());
    };
    let options = entity.field(by).map(|field| field.options()).unwrap_or_default();
    let lines: Vec<AnyView> = options
        .iter()
        .filter(|option| !option.retired)
        .map(|option| {
            let id = option.id;
            view! {
                <label class="check">
                    <input class="check__box" type="checkbox" prop:checked=move || !is_hidden(id) on:change=move |_| toggle(id)/>
                    <span>{label(&option.label)}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! { <fieldset class="shape__columns"><legend>{t("shape-columns")}</legend>{lines}</fieldset> }.into_any()
}

fn needed(
    entity: &Entity,
    name: String,
    now: FieldId,
    fits: fn(&Field) -> bool,
    choose: impl Fn(FieldId) + 'static,
) -> AnyView {
    select(entity, name, Some(now), fits, None, move |to| {
        if let Some(to) = to {
            choose(to);
        }
    })
}

/// A field that may be left out; nothing where the entity has none that fits.
fn optional(
    entity: &Entity,
    name: String,
    now: Option<FieldId>,
    fits: fn(&Field) -> bool,
    choose: impl Fn(Option<FieldId>) + 'static,
) -> AnyView {
    if now.is_none() && !entity.fields.iter().any(fits) {
        return ().into_any();
    }
    select(entity, name, now, fits, Some(t("shape-none")), choose)
}

fn select(
    entity: &Entity,
    name: String,
    now: Option<FieldId>,
    fits: fn(&Field) -> bool,
    none: Option<String>,
    choose: impl Fn(Option<FieldId>) + 'static,
) -> AnyView {
    let id = unique_id("shape-field");
    let fields = entity.fields.iter().filter(|field| fits(field) || Some(field.id) == now);
    let options: Vec<AnyView> = fields
        .map(|field| {
            let is_chosen = Some(field.id) == now;
            view! { <option value=field.id.as_str() selected=is_chosen>{label(&field.label)}</option> }.into_any()
        })
        .collect();
    view! {
        <div class="shape__line">
            <label for=id.clone()>{name}</label>
            <select class="input" id=id on:change=move |event| {
                let chosen = event_target_value(&event);
                choose((!chosen.is_empty()).then(|| FieldId::new(&chosen)));
            }>
                {none.map(|none| view! { <option value="" selected=now.is_none()>{none}</option> })}
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn is_choice(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Choice { .. })
}

fn is_files(field: &Field) -> bool {
    field.kind == FieldKind::Files
}

fn is_flag(field: &Field) -> bool {
    field.kind == FieldKind::Flag
}

fn is_summed(field: &Field) -> bool {
    figure::is_number(&field.kind) && figure::is_summed(field) && !field.is_ungrouped()
}

fn is_time(field: &Field) -> bool {
    matches!(
        field.kind.result(),
        Some(crate::model::field::ResultKind::Date | crate::model::field::ResultKind::Instant)
    )
}
