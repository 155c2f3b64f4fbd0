//! Editing in a cell: the control is put into it and taken out again when it is done. Enter takes it and goes down, Tab takes it
//! and goes on, Esc leaves it as it was.

use std::sync::Arc;

use leptos::ev;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;

use super::{Column, Grid, Spot, compose, element_of, fill, held, key, row};
use crate::app::ToastAction;
use crate::command::Command;
use crate::model::field::FieldKind;
use crate::model::id::RecordId;
use crate::ui::field::{FieldDraft, InlineInput, field_clash};
use crate::ui::part::icon;
use crate::ui::{browser, focus};

const EDITED: &str = "grid__cell--edit";
const CONTROL: &str = "cell-editor";

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
        let _ = cell.remove_attribute("aria-invalid");
        let _ = cell.remove_attribute("contenteditable");
        let _ = cell.class_list().add_1(EDITED);
        Some((spot, mount_to(cell, move || editor(grid, spot.row, &column))))
    });
}

/// A cell is a cell again.
fn close(grid: Grid, spot: Spot) {
    if let Some(cell) = grid.cell(spot) {
        let _ = cell.class_list().remove_1(EDITED);
        write_back(grid, spot);
        compose::ready(grid);
    }
}

/// Writes into a cell again what its record says.
pub(super) fn write_back(grid: Grid, spot: Spot) {
    let Some(cell) = grid.cell(spot) else { return };
    let record = grid.app.ask(|state| state.shared_record(spot.row).map(Arc::clone));
    let column = grid.columns.with_untracked(|columns| columns.get(spot.column.checked_sub(1)?).cloned());
    if let (Some(record), Some(column)) = (record, column) {
        cell.set_inner_html(untrack(|| row::cell_of(grid, &record, spot.column, &column)).as_str());
        held::mark(grid, &cell, spot.row, column.field.id);
    }
}

/// Where the focus goes once a cell is taken.
#[derive(Clone, Copy)]
enum Then {
    Stay,
    /// The reader has put it elsewhere already.
    Away,
    /// All cells of the range get the same.
    Everywhere,
    Rows(isize),
    Columns(isize),
}

/// The control of a cell.
fn editor(grid: Grid, id: RecordId, column: &Column) -> AnyView {
    let field = column.field.id;
    let before = grid.app.ask(|state| state.shared_record(id).map(|record| record.value(field).clone()));
    let entity = grid.entity.get_value();
    let draft = FieldDraft::new(grid.app, &entity, &column.field, Some(id), &before.unwrap_or_default());
    let typed = grid.typed.try_update_value(Option::take).flatten();
    let is_begun = typed.is_some();
    held::resume(grid, id, draft);
    if let Some(typed) = typed {
        draft.begin_with(&typed);
    }
    let is_done = StoredValue::new(false);
    let goes_everywhere = StoredValue::new(false);
    let is_over = move || is_done.try_get_value() != Some(false);
    let send = move |then: Then| {
        // The control loses the focus once more when it is taken away.
        if is_over() {
            return;
        }
        // The row may move with its new value: what is below it now is where the reader goes on.
        let place = grid.place_of(id);
        let next = place.and_then(|at| match then {
            Then::Rows(by) => grid.row_from(at, by),
            Then::Stay | Then::Away | Then::Everywhere | Then::Columns(_) => None,
        });
        let spot = grid.editing.get_untracked();
        let finish = move || {
            is_done.set_value(true);
            if matches!(then, Then::Away) {
                return grid.let_go();
            }
            grid.leave();
            match (then, next, spot) {
                (Then::Rows(_), Some(row), Some(spot)) => {
                    grid.cells.collapse();
                    grid.go(Spot { row, ..spot });
                }
                (Then::Columns(by), _, _) => key::beside(grid, by),
                _ => {}
            }
        };
        let is_for_all = matches!(then, Then::Everywhere) && grid.cells.rect.get_untracked().is_some();
        if is_for_all {
            match untrack(|| draft.read()) {
                Ok(value) => {
                    finish();
                    fill::everywhere(grid, field, &value);
                }
                Err(_) => draft.judge(),
            }
            return;
        }
        if !draft.is_changed() {
            finish();
            return;
        }
        if untrack(|| draft.clash()).is_some() {
            return;
        }
        match untrack(|| draft.read()) {
            Ok(value) => match grid.app.dispatch(Command::UpdateRecord { record: id, values: vec![(field, value)] }) {
                Ok(_) => {
                    finish();
                    follow_leaver(grid, id, place, spot);
                }
                Err(refused) => refused.diagnostics.iter().take(1).for_each(|wrong| draft.refuse(wrong)),
            },
            Err(_) => draft.judge(),
        }
    };
    let is_sheet = matches!(
        column.field.kind,
        FieldKind::Address
            | FieldKind::Files
            | FieldKind::Signature
            | FieldKind::LongText
            | FieldKind::RichText
            | FieldKind::Nps
    );
    let is_several = matches!(column.field.kind, FieldKind::Address | FieldKind::Files | FieldKind::Signature);
    let pressed = move |event: ev::KeyboardEvent| {
        let target = element_of(event.target());
        let is = |selector: &str| target.as_ref().is_some_and(|target| target.matches(selector).unwrap_or(false));
        let is_back = event.shift_key();
        match event.key().as_str() {
            // The first Enter of an input method takes its characters over, and a list that is open takes its own.
            "Enter" if event.is_composing() || event.default_prevented() => return,
            "Enter" if is("button, input[type=file]") => return,
            // As in a spreadsheet; with Shift the browser itself begins a line.
            "Enter" if event.alt_key() && is("textarea") => browser::insert("\n"),
            "Enter" if is_back && is("textarea") => return,
            // As in a spreadsheet: into all cells of the range, and the focus stays.
            "Enter" if event.ctrl_key() || event.meta_key() => {
                goes_everywhere.set_value(true);
                draft.take_offered();
                if !is_over() {
                    send(Then::Everywhere);
                }
                let _ = goes_everywhere.try_update_value(|goes| *goes = false);
            }
            "Enter" => send(Then::Rows(if is_back { -1 } else { 1 })),
            "Escape" if !event.default_prevented() => {
                is_done.set_value(true);
                grid.leave();
            }
            "Tab" if event.default_prevented() => return,
            "Tab" if is_several && has_next(&event) => return,
            "Tab" => {
                let by = if is_back { -1 } else { 1 };
                draft.take_offered();
                // What was taken may have been all that there is to say.
                if is_over() { key::beside(grid, by) } else { send(Then::Columns(by)) }
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
        if !is_inside
            && !is_over()
            && browser::has_focus()
            && grid.editing.get_untracked().is_some_and(|spot| spot.row == id)
        {
            let then = if to.is_some() { Then::Away } else { Then::Stay };
            send(then);
            if !is_over() {
                // What was refused waits in its cell: it holds nobody up.
                held::hold(grid, id, draft);
                is_done.set_value(true);
                if to.is_some() { grid.let_go() } else { grid.leave() }
            }
        }
    };
    // Stars are chosen by walking through them: only Enter says which.
    let is_walked = matches!(column.field.kind, FieldKind::Rating { .. } | FieldKind::Nps);
    let settled = Callback::new(move |()| {
        if goes_everywhere.get_value() {
            send(Then::Everywhere);
        } else if !is_walked {
            send(Then::Stay);
        }
    });
    // At once, so that no letter that is typed meanwhile is lost.
    queue_microtask(move || {
        if !focus_control(is_begun) {
            request_animation_frame(move || {
                focus_control(is_begun);
            });
        }
    });
    // What is picked from, and a day that says how it is understood, needs more room than a narrow column has: it lies over the cells beside it.
    let is_picked = matches!(
        column.field.kind,
        FieldKind::Choice { .. }
            | FieldKind::Choices { .. }
            | FieldKind::Link(_)
            | FieldKind::Links(_)
            | FieldKind::Date
            | FieldKind::Instant
    );
    let class = match (is_sheet, is_picked) {
        (true, _) => "grid__editor grid__editor--sheet",
        (false, true) => "grid__editor grid__editor--over",
        (false, false) => "grid__editor",
    };
    view! {
        <div class=class on:keydown=pressed on:focusout=left>
            <label class="sr-only" for=CONTROL>{column.name.clone()}</label>
            <InlineInput draft=draft id=CONTROL.to_owned() settled=settled/>
            {move || draft.error().map(|error| view! {
                <p class="grid__problem" id=format!("{CONTROL}-error") role="alert">{icon("circle-alert")}{error}</p>
            })}
            {field_clash(draft, CONTROL, Callback::new(move |()| send(Then::Stay)))}
        </div>
    }
    .into_any()
}

/// A record that no longer fits what the list shows has left with its edit: that is said, and the focus, if it went along, goes to
/// the one that has come to its place.
fn follow_leaver(grid: Grid, row: RecordId, place: Option<usize>, spot: Option<Spot>) {
    let Some((place, spot)) = place.zip(spot).filter(|_| grid.place_of(row).is_none()) else { return };
    grid.app.toast("toast-left-view", vec![("name", grid.app.title(row))], ToastAction::Undo);
    let stays = grid.active.get_untracked().is_some_and(|active| active.row != row);
    match grid.row_from(place, 0).filter(|_| !stays) {
        Some(next) => grid.go(Spot { row: next, ..spot }),
        None => focus::held().keep(),
    }
}

/// Whether Tab has a further control to go to within the editor.
fn has_next(event: &ev::KeyboardEvent) -> bool {
    let editor = event.current_target().and_then(|editor| editor.dyn_into::<web_sys::Element>().ok());
    let Some(controls) = editor.and_then(|editor| editor.query_selector_all("input, textarea, button").ok()) else {
        return false;
    };
    let last = if event.shift_key() { 0 } else { controls.length().saturating_sub(1) };
    let end = controls.item(last);
    end.is_some_and(|end| !end.is_same_node(element_of(event.target()).as_deref()))
}

/// Puts the focus into the control: on what is chosen, and behind the text. Whether it is there yet.
fn focus_control(is_begun: bool) -> bool {
    let Some(control) = browser::document().and_then(|page| page.get_element_by_id(CONTROL)) else {
        return false;
    };
    if let Some(input) = control.dyn_ref::<web_sys::HtmlInputElement>() {
        let chosen = control.closest("[role=radiogroup]").ok().flatten();
        let chosen = chosen.and_then(|group| group.query_selector("input:checked").ok().flatten());
        if let Some(chosen) = chosen.and_then(|chosen| chosen.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = chosen.focus();
            return true;
        }
        let _ = input.focus();
        let end = input.value().encode_utf16().count() as u32;
        // Controls that are no text have no place for a caret.
        let _ = input.set_selection_range(end, end);
        if !is_begun && control.get_attribute("role").as_deref() == Some("combobox") {
            input.click();
        }
    } else if let Some(area) = control.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        let _ = area.focus();
        let end = area.value().encode_utf16().count() as u32;
        let _ = area.set_selection_range(end, end);
    } else if let Some(control) = control.dyn_ref::<web_sys::HtmlElement>() {
        let _ = control.focus();
        if control.has_attribute("aria-haspopup") {
            control.click();
        }
    }
    true
}
