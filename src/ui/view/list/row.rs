//! One row of the grid: it reads its own record, so that an edit elsewhere leaves it alone.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Column, Grid, key, named};
use crate::command::Command;
use crate::model::id::RecordId;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::{FieldDraft, FieldInput, field_clash, show_in_cell};
use crate::ui::part::icon;
use crate::ui::route::Route;
use crate::ui::text::{t, tr};

/// The row of a record.
pub fn row(grid: Grid, id: RecordId) -> AnyView {
    let lens = grid.lens;
    let record = Memo::new(move |_| grid.app.record(id));
    let place = Memo::new(move |_| {
        let window = grid.window.get();
        lens.found.with(|found| {
            let drawn = found.rows.get(window.start..window.end.min(found.rows.len())).unwrap_or_default();
            window.start + drawn.iter().position(|row| *row == id).unwrap_or_default()
        })
    });
    let is_selected = Memo::new(move |_| lens.selected.with(|selected| selected.contains(&id)));
    let active = Memo::new(move |_| grid.current.get().filter(|spot| spot.row == id).map(|spot| spot.column));
    let edited = Memo::new(move |_| grid.editing.get().filter(|spot| spot.row == id).map(|spot| spot.column));
    let is_open = Memo::new(move |_| grid.beside.get() == Some(id));
    let cells = move || {
        let columns = grid.columns.get().into_iter().enumerate();
        columns.map(|(at, column)| cell(grid, id, at + 1, column, record, active, edited)).collect::<Vec<AnyView>>()
    };
    view! {
        <div
            class="grid__row"
            role="row"
            data-id=id.to_string()
            aria-rowindex=move || (place.get() + 2).to_string()
            aria-selected=move || is_selected.get().to_string()
            data-open=move || is_open.get().then_some("")
        >
            <div
                class="grid__cell grid__cell--check"
                role="gridcell"
                aria-colindex="1"
                data-col="0"
                tabindex=move || if active.get() == Some(0) { "0" } else { "-1" }
            >
                <span class="grid__number" aria-hidden="true">{move || place.get() + 1}</span>
                <input
                    class="check__box"
                    type="checkbox"
                    tabindex="-1"
                    aria-label=move || {
                        record.track();
                        tr("list-select", [("title", named(grid.app, id).into())])
                    }
                    prop:checked=is_selected
                />
            </div>
            {cells}
            <div class="grid__cell" role="gridcell" aria-colindex=move || (grid.columns.with(Vec::len) + 2).to_string()></div>
        </div>
    }
    .into_any()
}

fn cell(
    grid: Grid,
    id: RecordId,
    at: usize,
    column: Column,
    record: Memo<Option<Arc<Record>>>,
    active: Memo<Option<usize>>,
    edited: Memo<Option<usize>>,
) -> AnyView {
    let plain = match (at, column.is_number) {
        (1, _) => "grid__cell grid__cell--first",
        (_, true) => "grid__cell grid__cell--num",
        (_, false) => "grid__cell",
    };
    let is_editable = column.field.is_editable();
    let is_edited = Memo::new(move |_| edited.get() == Some(at));
    let content = move || {
        if is_edited.get() {
            return editor(grid, id, &column, record);
        }
        let column = column.clone();
        (move || record.get().map(|record| content(grid, &record, at, &column))).into_any()
    };
    view! {
        <div
            class=move || if is_edited.get() { format!("{plain} grid__cell--edit") } else { plain.to_owned() }
            role="gridcell"
            aria-colindex=(at + 1).to_string()
            aria-readonly=(!is_editable).then_some("true")
            data-col=at.to_string()
            tabindex=move || if active.get() == Some(at) { "0" } else { "-1" }
        >
            {content}
        </div>
    }
    .into_any()
}

fn content(grid: Grid, record: &Record, at: usize, column: &Column) -> AnyView {
    let value = record.value(column.field.id);
    let shown = |value: &Value| grid.entity.with_value(|entity| show_in_cell(grid.app, entity, &column.field, value));
    if at > 1 {
        return match value {
            // A bare text would not be cut off with three dots.
            Value::Text(_) | Value::Duration(_) | Value::Place(_) => view! { <span>{shown(value)}</span> }.into_any(),
            other => shown(other),
        };
    }
    let name = match value {
        Value::Empty => t("list-untitled").into_any(),
        Value::Text(text) => text.to_string().into_any(),
        other => shown(other),
    };
    let href = Route::Record { entity: record.entity, id: record.id }.href();
    view! {
        <a class="grid__title" href=href tabindex="-1"><span>{name}</span></a>
        <button
            class="button button--quiet button--icon button--small grid__open"
            type="button"
            tabindex="-1"
            aria-label=t("list-open-beside")
            title=t("list-open-beside")
        >
            {icon("panel-right")}
        </button>
    }
    .into_any()
}

/// The control that stands in a cell while it is edited: Enter and leaving it send, Esc drops.
fn editor(grid: Grid, id: RecordId, column: &Column, record: Memo<Option<Arc<Record>>>) -> AnyView {
    const CONTROL: &str = "cell-editor";
    let field = column.field.id;
    let before = record.with_untracked(|record| record.as_ref().map(|record| record.value(field).clone()));
    let entity = grid.entity.get_value();
    let draft = FieldDraft::new(grid.app, &entity, &column.field, Some(id), &before.unwrap_or_default());
    let is_done = StoredValue::new(false);
    let send = move || {
        // The control loses the focus once more when it is taken away.
        if is_done.try_get_value() != Some(false) {
            return;
        }
        if !draft.is_changed() {
            is_done.set_value(true);
            grid.leave();
            return;
        }
        if untrack(|| draft.clash()).is_some() {
            return;
        }
        match untrack(|| draft.read()) {
            Ok(value) => match grid.app.dispatch(Command::UpdateRecord { record: id, values: vec![(field, value)] }) {
                Ok(_) => {
                    is_done.set_value(true);
                    grid.leave();
                }
                Err(refused) => refused.diagnostics.iter().take(1).for_each(|wrong| draft.refuse(wrong)),
            },
            Err(_) => draft.judge(),
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            // The first Enter of an input method takes its characters over, and a list that is open takes its own.
            "Enter" if !event.is_composing() && !event.default_prevented() && !event.shift_key() => send(),
            "Escape" if !event.default_prevented() => {
                is_done.set_value(true);
                grid.leave();
            }
            "Tab" if !event.default_prevented() => {
                send();
                let by = if event.shift_key() { -1 } else { 1 };
                if is_done.try_get_value() != Some(false) {
                    key::beside(grid, by);
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let left = move |event: ev::FocusEvent| {
        let cell = event.current_target().and_then(|cell| cell.dyn_into::<web_sys::Node>().ok());
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let is_inside = cell.is_some_and(|cell| cell.contains(to.as_ref()));
        let is_over = is_done.try_get_value() != Some(false);
        if !is_inside
            && !is_over
            && browser::has_focus()
            && grid.editing.get_untracked().is_some_and(|spot| spot.row == id)
        {
            let is_elsewhere = to.is_some();
            send();
            if is_done.try_get_value() != Some(false) && is_elsewhere {
                // The focus is where the reader has put it.
                grid.focus_nowhere();
            }
        }
    };
    request_animation_frame(|| focus_control(CONTROL));
    view! {
        <div class="grid__editor" on:keydown=pressed on:focusout=left>
            <label class="sr-only" for=CONTROL>{column.name.clone()}</label>
            <FieldInput draft=draft id=CONTROL.to_owned() settled=Callback::new(move |()| send())/>
            {move || draft.error().map(|error| view! {
                <p class="grid__problem" id=format!("{CONTROL}-error") role="alert">{icon("circle-alert")}{error}</p>
            })}
            {field_clash(draft, CONTROL, Callback::new(move |()| send()))}
        </div>
    }
    .into_any()
}

fn focus_control(id: &str) {
    let Some(control) = browser::document().and_then(|page| page.get_element_by_id(id)) else {
        return;
    };
    if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
        let _ = input.focus();
        input.select();
        return;
    }
    if let Some(control) = control.dyn_ref::<web_sys::HtmlElement>() {
        let _ = control.focus();
        if control.has_attribute("aria-haspopup") {
            control.click();
        }
    }
}
