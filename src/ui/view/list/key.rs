//! Keys of the grid: walking, ranges, ticking, opening, editing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, Spot, compose, fill, head, held, range, touch};
use crate::engine::cells::Way;
use crate::engine::form;
use crate::model::field::{Field, FieldKind};
use crate::model::value::Value;

/// Answers a key that was pressed in the grid.
pub fn pressed(grid: Grid, event: &web_sys::KeyboardEvent) {
    let is_in_body = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|target| target.closest(".grid__body").ok().flatten())
        .is_some();
    // What is typed into a cell belongs to its input, which says itself when it is done.
    if !is_in_body || grid.editing.get_untracked().is_some() {
        return;
    }
    let Some(spot) = grid.current.get_untracked() else {
        return;
    };
    compose::by_key(grid);
    // An input method has it already.
    if event.is_composing() || event.key() == "Process" || event.key_code() == 229 {
        return;
    }
    // With AltGr letters are typed that other keyboards have no key for.
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.get_modifier_state("AltGraph");
    let key = event.key();
    let is_tick = spot.column == 0;
    match (key.as_str(), is_command, event.shift_key()) {
        ("Enter", _, _) if !event.alt_key() => grid.open_beside.run(spot.row),
        ("F2", false, _) => grid.edit_or_say(spot),
        (" ", false, true) if !is_tick => range::select_row(grid),
        (" ", true, _) if !is_tick => range::select_column(grid),
        (" ", false, false) if fill::toggle(grid, spot) => {}
        (" ", false, with_range) => grid.tick(spot.row, with_range),
        ("a", true, false) => range::widen(grid),
        ("d", true, false) if !is_tick => fill::fill(grid, Way::Down),
        // With one column alone it stays what it is everywhere: to load the page anew.
        ("r", true, false) if grid.meant().is_some_and(|rect| rect.size().1 > 1) => fill::fill(grid, Way::Right),
        ("Delete" | "Backspace", false, false) if !is_tick => fill::empty(grid),
        ("Escape", _, _) if held::give_up(grid, Some(spot)) => {}
        ("Escape", _, _) if grid.cells.is_touched.get_untracked() => touch::end(grid),
        ("Escape", _, _) if grid.cells.rect.get_untracked().is_some() => grid.cells.collapse(),
        ("Escape", _, _) if grid.lens.has_selection() => grid.lens.unselect(),
        ("Escape", _, _) if held::give_up(grid, None) => {}
        ("Tab", false, is_back) if !event.alt_key() => {
            let last = grid.columns.with_untracked(Vec::len);
            let is_over = is_tick || spot.column == if is_back { 1 } else { last };
            // At the end of the row Tab leads out of the list, as everywhere.
            if is_over {
                return;
            }
            grid.cells.collapse();
            walk(grid, spot, Step::Columns(if is_back { -1 } else { 1 }), false);
        }
        _ if !is_command && !event.alt_key() && types(grid, spot, &key) => {}
        ("x", false, false) => grid.tick(spot.row, false),
        _ => {
            let Some(step) = step(grid, &key, is_command) else {
                return;
            };
            walk(grid, spot, step, event.shift_key());
        }
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Begins to edit a cell with a letter that is typed; whether it was one.
fn types(grid: Grid, spot: Spot, key: &str) -> bool {
    let mut letters = key.chars();
    let is_letter = matches!((letters.next(), letters.next()), (Some(_), None));
    is_letter && type_over(grid, spot, key)
}

/// The field of a cell into which something can be typed without opening it first. Beside an open record letters are commands.
fn typed_into(grid: Grid, spot: Spot) -> Option<Field> {
    let at = spot.column.checked_sub(1).filter(|_| grid.beside.get_untracked().is_none())?;
    let field = grid.columns.with_untracked(|columns| columns.get(at).map(|column| column.field.clone()))?;
    let is_typed = !matches!(field.kind, FieldKind::Files | FieldKind::Signature | FieldKind::Address);
    (is_typed && field.is_editable()).then_some(field)
}

/// Whether something can be typed into a cell without opening it first.
pub(super) fn may_type(grid: Grid, spot: Spot) -> bool {
    typed_into(grid, spot).is_some()
}

/// Begins to edit a cell with what is typed; whether it was for it.
pub(super) fn type_over(grid: Grid, spot: Spot, text: &str) -> bool {
    let Some(field) = typed_into(grid, spot) else { return false };
    match field.kind {
        // A letter or a word says all: it is taken at once.
        FieldKind::Flag | FieldKind::Rating { .. } => {
            let value = match form::read_text(&field, text, &grid.app.read_settings()) {
                Ok(value) if value == Value::integer(0) => Value::Empty,
                Ok(value) => value,
                Err(_) => return false,
            };
            fill::put(grid, spot, field.id, value);
        }
        _ => grid.begin_with(spot, text),
    }
    true
}

enum Step {
    Rows(isize),
    Columns(isize),
    /// To the first cell of all, or to the last.
    Corner(isize),
}

const ALL: isize = 10_000_000;

fn step(grid: Grid, key: &str, to_the_end: bool) -> Option<Step> {
    let page = ((grid.height.get_untracked() / grid.row_height.get_untracked()) as isize - 3).max(1);
    Some(match (key, to_the_end) {
        ("ArrowDown", false) => Step::Rows(1),
        ("ArrowUp", false) => Step::Rows(-1),
        ("PageDown", _) => Step::Rows(page),
        ("PageUp", _) => Step::Rows(-page),
        ("ArrowDown", true) => Step::Rows(ALL),
        ("ArrowUp", true) => Step::Rows(-ALL),
        ("End", true) => Step::Corner(ALL),
        ("Home", true) => Step::Corner(-ALL),
        ("ArrowRight", false) => Step::Columns(1),
        ("ArrowLeft", false) => Step::Columns(-1),
        ("End", false) | ("ArrowRight", true) => Step::Columns(ALL),
        ("Home", false) | ("ArrowLeft", true) => Step::Columns(-ALL),
        _ => return None,
    })
}

/// Goes to the cell on the left or right of the active one.
pub fn beside(grid: Grid, by: isize) {
    if let Some(spot) = grid.active.get_untracked() {
        walk(grid, spot, Step::Columns(by), false);
    }
}

fn walk(grid: Grid, spot: Spot, step: Step, with_range: bool) {
    let last_column = grid.columns.with_untracked(Vec::len);
    // The tick box is no part of a range of cells; beside it rows are ticked.
    let is_to_the_end = matches!(step, Step::Columns(by) if by == -ALL);
    let first_column = usize::from((with_range || is_to_the_end) && spot.column > 0);
    if with_range && spot.column > 0 {
        grid.cells.begin(spot);
    } else {
        grid.cells.collapse();
    }
    match step {
        Step::Rows(by) => {
            if !with_range && grid.walk_to_head(spot, by) {
                return;
            }
            let Some(at) = grid.place_of(spot.row) else { return };
            if at == 0 && by == -1 && !with_range {
                head::focus_head(grid, spot.column.saturating_sub(1));
                return;
            }
            let Some(row) = grid.row_from(at, by) else { return };
            if with_range && spot.column == 0 {
                if grid.anchor.get_value().is_none() {
                    grid.tick(spot.row, false);
                }
                grid.tick(row, true);
            }
            grid.go(Spot { row, column: spot.column });
        }
        Step::Columns(by) => {
            let column = spot.column.saturating_add_signed(by).clamp(first_column, last_column);
            grid.go(Spot { row: spot.row, column });
        }
        Step::Corner(by) => {
            let column = if by < 0 { 1 } else { last_column };
            let end = if by < 0 { 0 } else { grid.row_count().saturating_sub(1) };
            if let Some(row) = grid.row_from(end, 0) {
                grid.go(Spot { row, column });
            }
        }
    }
}
