//! A table of lines on a form: a line below the other, what is wrong at its cell, and what the columns come to.

use std::sync::Arc;

use leptos::prelude::*;

use super::Fill;
use super::bind::{Spot, bind};
use super::item::need;
use crate::engine::form::LinesState;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::form::{LineColumn, LinesItem};
use crate::model::id::RecordId;
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::{Asking, FieldDraft, FieldInput, show};
use crate::ui::part::{field_error, icon, icon_button};
use crate::ui::text::{diagnostic, label, t, tr};

/// The columns of a table, each with what it asks for.
type Columns = Arc<Vec<(LineColumn, Field)>>;

/// A table.
pub(super) fn table(fill: Fill, id: String, item: LinesItem) -> AnyView {
    let Some((entity, field)) = fill
        .form
        .with_value(|compiled| compiled.field(&id).cloned())
        .and_then(|field| Some((fill.filling.with_value(|it| Some(it.lines(item.field)?.entity.clone()))?, field)))
    else {
        return ().into_any();
    };
    let columns: Columns = Arc::new(item.columns.iter().filter_map(|it| column(&entity, it)).collect());
    let name = label(item.label.as_ref().unwrap_or(&field.label));
    let at = id.clone();
    let lines = move |ask: fn(&LinesState<'_>) -> Vec<RecordId>| fill.look(&at, |it| it.lines.as_ref().map(ask));
    let ids = Memo::new(move |_| {
        lines(|it| it.lines.iter().map(|line| line.record.id).collect()).flatten().unwrap_or_default()
    });
    let (may, locking, wrong) = (id.clone(), id.clone(), id.clone());
    let may_add =
        Memo::new(move |_| fill.look(&may, |it| it.lines.as_ref().is_some_and(|it| it.may_add)) == Some(true));
    let locked = Memo::new(move |_| fill.look(&locking, |it| it.is_read_only).unwrap_or(true));
    let problem = Memo::new(move |_| {
        fill.look(&wrong, |it| it.lines.as_ref().and_then(|it| it.problems.first().map(diagnostic))).flatten()
    });
    let error = Signal::derive(move || problem.get().filter(|_| fill.is_tried.get()));
    let control = fill.control(&id);
    let error_id = format!("{control}-error");
    let heads: Vec<AnyView> = columns
        .iter()
        .map(|(column, field)| {
            let need = (column.required || field.required).then(need);
            view! { <th scope="col">{label(&field.label)}{need}</th> }.into_any()
        })
        .collect();
    let table = item.field;
    let add = move |_| {
        fill.begun();
        fill.change(|filling, around| filling.add_line(table, around));
        let last = ids.with_untracked(|ids| ids.last().copied());
        request_animation_frame(move || {
            if let Some(line) = last {
                browser::focus_first(&format!("[data-line=\"{line}\"] :is(input, select, textarea)"));
            }
        });
    };
    let row = {
        let (id, entity, columns) = (id.clone(), entity.clone(), columns.clone());
        move |line: RecordId| row(fill, (&id, table, line), &entity, &columns, ids, locked)
    };
    let sums = sums(fill, id, &item, entity, columns);
    let named = name.clone();
    view! {
        <fieldset class="field fill__lines" aria-describedby=move || error.get().map(|_| error_id.clone())>
            <legend class="field__label">{name}</legend>
            <table id=control.clone() aria-label=named>
                <thead><tr>{heads}<th><span class="sr-only">{t("fill-line-actions")}</span></th></tr></thead>
                <tbody><For each=move || ids.get() key=|id| *id children=row/></tbody>
                {sums}
            </table>
            {field_error(&control, error)}
            {move || (may_add.get() && !locked.get()).then(|| view! {
                <span><button class="button button--small" type="button" on:click=add>{icon("plus")}{t("fill-add-line")}</button></span>
            })}
        </fieldset>
    }
    .into_any()
}

fn column(entity: &Entity, column: &LineColumn) -> Option<(LineColumn, Field)> {
    let mut field = entity.field(column.field)?.clone();
    if let Some(own) = &column.label {
        field.label = own.clone();
    }
    field.hint = None;
    Some((column.clone(), field))
}

fn row(
    fill: Fill,
    (item, table, line): (&str, crate::model::id::FieldId, RecordId),
    entity: &Arc<Entity>,
    columns: &Columns,
    ids: Memo<Vec<RecordId>>,
    locked: Memo<bool>,
) -> AnyView {
    let place = move || ids.with(|ids| ids.iter().position(|id| *id == line)).unwrap_or_default();
    let cells: Vec<AnyView> = columns
        .iter()
        .map(|(column, field)| {
            let spot = Spot::Cell { item: item.to_owned(), table, line, column: field.id };
            let (entity, field, column) = (entity.clone(), field.clone(), column.clone());
            let name = label(&field.label);
            let is_closed = field.is_computed() || !field.is_editable() || (field.link().is_some() && !column.search);
            let cell = move || match locked.get() || is_closed {
                true => computed(fill, spot.clone(), entity.clone(), field.clone()),
                false => cell(fill, spot.clone(), &entity, &field, column.required),
            };
            view! { <td data-name=name>{cell}</td> }.into_any()
        })
        .collect();
    let remove = move || {
        let at = untrack(place);
        fill.change(|filling, around| filling.remove_line(table, at, around));
    };
    let label = move || tr("fill-remove-line", [("number", (place() + 1).into())]);
    let is_many = Memo::new(move |_| ids.with(|ids| ids.len() > 1));
    view! {
        <tr data-line=line.to_string()>
            {cells}
            <td class="fill__drop">
                {move || (is_many.get() && !locked.get()).then(|| icon_button(label(), "trash-2", remove))}
            </td>
        </tr>
    }
    .into_any()
}

fn cell(fill: Fill, spot: Spot, entity: &Arc<Entity>, field: &Field, is_required: bool) -> AnyView {
    let value = untrack(|| fill.value(&spot));
    let draft = FieldDraft::new(fill.app, entity, field, None, &value);
    let at_fault = spot.clone();
    let problem = Memo::new(move |_| fill.wrong(&at_fault));
    let wrong = Signal::derive(move || problem.get().filter(|_| fill.is_tried.get() || draft.is_judged.get()));
    let is_required = Signal::stored(is_required || field.required);
    draft.asked_by(Asking { wrong, is_required, placeholder: None });
    let id = match &spot {
        Spot::Item { item, .. } => fill.control(item),
        Spot::Cell { item, line, column, .. } => format!("{}-{line}-{column}", fill.control(item)),
    };
    bind(fill, spot, draft);
    view! {
        <label class="fill__name" for=id.clone()>{label(&field.label)}</label>
        <FieldInput draft=draft id=id.clone()/>
        {field_error(&id, wrong)}
    }
    .into_any()
}

fn computed(fill: Fill, spot: Spot, entity: Arc<Entity>, field: Field) -> AnyView {
    let name = label(&field.label);
    let value = Memo::new(move |_| fill.value(&spot));
    view! {
        <span class="fill__name">{name}</span>
        <output class="fill__value">{move || show(fill.app, &entity, &field, &value.get())}</output>
    }
    .into_any()
}

/// What the columns come to that are added up.
fn sums(fill: Fill, id: String, item: &LinesItem, entity: Arc<Entity>, columns: Columns) -> Option<AnyView> {
    if item.sums.is_empty() {
        return None;
    }
    let sums = Memo::new(move |_| {
        fill.look(&id, |it| it.lines.as_ref().map(|it| it.sums.to_vec())).flatten().unwrap_or_default()
    });
    let summed = item.sums.clone();
    let cells = move || {
        let mut is_named = false;
        let cells = columns.iter().map(|(_, field)| {
            if !summed.contains(&field.id) {
                let says = (!std::mem::replace(&mut is_named, true)).then(|| t("fill-sum"));
                return view! { <td>{says}</td> }.into_any();
            }
            let value = sums.with(|sums| sums.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value.clone()));
            let value: Value = value.unwrap_or_default();
            let name = tr("fill-sum-of", [("name", label(&field.label).into())]);
            view! { <td data-name=name><output class="fill__value">{show(fill.app, &entity, field, &value)}</output></td> }.into_any()
        });
        cells.collect::<Vec<AnyView>>()
    };
    Some(view! { <tfoot><tr>{cells}<td></td></tr></tfoot> }.into_any())
}
