//! What stands on a form: questions, tables, texts, pictures and lines. Each is drawn anew only when it looks different itself.

use std::sync::Arc;

use leptos::prelude::*;

use super::bind::{Spot, bind};
use super::{Fill, lines};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::form::{FieldItem, FormItem, ItemContent};
use crate::model::id::OptionId;
use crate::ui::field::{Asking, FieldDraft, FieldInput, is_group, picture, show};
use crate::ui::part::{field_error, markdown};
use crate::ui::text::{label, t};

/// An item.
pub(super) fn item(fill: Fill, item: &FormItem) -> AnyView {
    let id = item.id.clone();
    let shown = {
        let id = id.clone();
        Memo::new(move |_| fill.look(&id, |state| state.is_shown).unwrap_or_default())
    };
    let (marked, style) = (fill.control(&id), format!("--span:{}", item.width.max(1)));
    let content = item.content.clone();
    let drawn = move || {
        let (marked, style, id) = (marked.clone(), style.clone(), id.clone());
        let last = id.clone();
        let inside = match &content {
            ItemContent::Field(field) => question(fill, id, (**field).clone()),
            ItemContent::Lines(table) => lines::table(fill, id, (**table).clone()),
            ItemContent::Text { text } => {
                view! { <div class="fill__text">{markdown(&label(text)).into_view()}</div> }.into_any()
            }
            ItemContent::Picture { file, description } => {
                view! { <div class="fill__picture">{picture(fill.app, file, label(description))}</div> }.into_any()
            }
            ItemContent::Divider => view! { <hr/> }.into_any(),
        };
        view! {
            <div
                class="fill__item"
                style=style
                data-item=marked
                on:focusin=move |_| fill.last.set_value(Some(last.clone()))
            >
                {inside}
            </div>
        }
        .into_any()
    };
    (move || shown.get().then(&drawn)).into_any()
}

/// A question: its control, or what stands there where nobody can change it.
fn question(fill: Fill, id: String, ask: FieldItem) -> AnyView {
    let (looked, offering) = (id.clone(), id.clone());
    let locked = Memo::new(move |_| fill.look(&looked, |state| state.is_read_only).unwrap_or(true));
    let offered = Memo::new(move |_| fill.look(&offering, |state| state.offered.clone()).unwrap_or_default());
    let spot = Spot::Item { item: id.clone(), field: ask.field };
    let blank = Memo::new(move |_| fill.value(&spot).is_empty());
    (move || {
        let Some((entity, field)) = definition(fill, &id, &ask, &offered.get()) else { return ().into_any() };
        if field.link().is_some() && !ask.search {
            // Nobody reads the names of others here. What the address of the form says is shown.
            return if blank.get() { ().into_any() } else { looked_at(fill, &id, entity, field) };
        }
        if locked.get() { looked_at(fill, &id, entity, field) } else { asked(fill, &id, &ask, &entity, &field) }
    })
    .into_any()
}

/// The field as the form asks for it, and its entity.
fn definition(fill: Fill, id: &str, ask: &FieldItem, offered: &[OptionId]) -> Option<(Arc<Entity>, Field)> {
    let (entity, mut field) =
        fill.form.with_value(|compiled| Some((compiled.entity.clone(), compiled.read_as(id)?.clone())))?;
    if let Some(own) = &ask.label {
        field.label = own.clone();
    }
    // What the field says of itself does not hold where the form reads it in another way.
    if ask.hint.is_some() || ask.takes.is_some() {
        field.hint = ask.hint.clone();
    }
    if let FieldKind::Choice { options } | FieldKind::Choices { options, .. } = &mut field.kind {
        options.retain(|option| offered.contains(&option.id));
    }
    Some((entity, field))
}

fn looked_at(fill: Fill, id: &str, entity: Arc<Entity>, field: Field) -> AnyView {
    let spot = Spot::Item { item: id.to_owned(), field: field.id };
    let (name, hint) = (label(&field.label), field.hint.as_ref().map(label));
    let value = Memo::new(move |_| fill.value(&spot));
    let drawn = move || match value.get() {
        value if value.is_empty() => view! { <span class="quiet">"–"</span> }.into_any(),
        value => show(fill.app, &entity, &field, &value),
    };
    view! {
        <div class="field" role="group" aria-label=name.clone()>
            <span class="field__label">{name.clone()}</span>
            <div class="fill__value">{drawn}</div>
            {hint.map(|hint| view! { <p class="field__hint">{hint}</p> })}
        </div>
    }
    .into_any()
}

fn asked(fill: Fill, id: &str, ask: &FieldItem, entity: &Arc<Entity>, field: &Field) -> AnyView {
    let spot = Spot::Item { item: id.to_owned(), field: field.id };
    let value = untrack(|| fill.value(&spot));
    let draft = FieldDraft::new(fill.app, entity, field, None, &value);
    let (needed, at_fault) = (id.to_owned(), spot.clone());
    let required = Memo::new(move |_| fill.look(&needed, |state| state.is_required).unwrap_or_default());
    let problem = Memo::new(move |_| fill.wrong(&at_fault));
    let wrong = Signal::derive(move || {
        let is_time = fill.is_tried.get() || draft.is_judged.get();
        problem.get().filter(|_| is_time)
    });
    let placeholder = ask.placeholder.as_ref().map(label);
    draft.asked_by(Asking { wrong, is_required: required.into(), placeholder });
    bind(fill, spot, draft);
    frame(draft, fill.control(id))
}

/// A control with its label, its hint and what is wrong with it.
fn frame(draft: FieldDraft, id: String) -> AnyView {
    let field = draft.field();
    let name = label(&field.label);
    let error = field_error(&id, Signal::derive(move || draft.error()));
    let hint_id = format!("{id}-hint");
    let hint = field.hint.as_ref().map(label).map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> });
    let need = move || draft.is_required().then(need);
    let control = view! { <FieldInput draft=draft id=id.clone()/> }.into_any();
    if field.kind == FieldKind::Flag {
        return view! {
            <div class="field"><div class="form__switch"><label for=id>{name}{need}</label>{control}</div>{error}{hint}</div>
        }
        .into_any();
    }
    if is_group(&field.kind) {
        // The control is a group and names itself.
        return view! {
            <div class="field"><span class="field__label">{name}{need}</span>{control}{error}{hint}</div>
        }
        .into_any();
    }
    view! {
        <div class="field"><label class="field__label" for=id>{name}{need}</label>{control}{error}{hint}</div>
    }
    .into_any()
}

/// The sign of what has to be filled in.
pub(super) fn need() -> AnyView {
    view! { <span class="field__need" title=t("fill-needed") aria-hidden="true">"*"</span> }.into_any()
}
