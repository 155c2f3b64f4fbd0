//! Editing in a cell: the control is put into it and taken out again when it is done.

use std::sync::Arc;

use leptos::ev;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;

use super::{Column, Grid, Spot, key, row};
use crate::command::Command;
use crate::model::id::RecordId;
use crate::ui::browser;
use crate::ui::field::{FieldDraft, FieldInput, field_clash};
use crate::ui::part::icon;

const EDITED: &str = "grid__cell--edit";

/// Puts a control into the cell that is edited, for as long as it is.
pub fn follow(grid: Grid) {
    Effect::new(move |former: Option<Option<(Spot, UnmountHandle<AnyViewState>)>>| {
        let now = grid.editing.get();
        if let Some(Some((spot, handle))) = former {
            drop(handle);
            close(grid, spot);
        }
        let spot = now?;
        let cell = grid.cell(spot)?;
        let column = grid.columns.with_untracked(|columns| columns.get(spot.column.checked_sub(1)?).cloned())?;
        cell.set_inner_html("");
        let _ = cell.class_list().add_1(EDITED);
        Some((spot, mount_to(cell, move || editor(grid, spot.row, &column))))
    });
}

/// Writes into a cell again what its record says.
fn close(grid: Grid, spot: Spot) {
    let Some(cell) = grid.cell(spot) else { return };
    let _ = cell.class_list().remove_1(EDITED);
    let record = grid.app.ask(|state| state.shared_record(spot.row).map(Arc::clone));
    let column = grid.columns.with_untracked(|columns| columns.get(spot.column.checked_sub(1)?).cloned());
    if let (Some(record), Some(column)) = (record, column) {
        cell.set_inner_html(row::cell_of(grid, &record, spot.column, &column).as_str());
    }
}

/// The control that stands in a cell while it is edited: Enter and leaving it send, Esc drops.
fn editor(grid: Grid, id: RecordId, column: &Column) -> AnyView {
    const CONTROL: &str = "cell-editor";
    let field = column.field.id;
    let before = grid.app.ask(|state| state.shared_record(id).map(|record| record.value(field).clone()));
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
