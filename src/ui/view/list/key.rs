//! Keys of the grid: walking, ticking, opening, editing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, Spot, head};

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
    let is_command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    match (key.as_str(), is_command, event.shift_key()) {
        ("Enter", _, _) => grid.open_beside.run(spot.row),
        ("F2", _, _) => grid.edit(spot),
        (" ", false, with_range) => grid.tick(spot.row, with_range),
        ("x", false, false) => grid.tick(spot.row, false),
        ("a", true, false) => {
            let rows = grid.lens.found.with_untracked(|found| found.rows.clone());
            grid.lens.selected.update(|selected| selected.extend(rows));
        }
        ("Escape", _, _) if grid.lens.has_selection() => grid.lens.unselect(),
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

enum Step {
    Rows(isize),
    Columns(isize),
}

fn step(grid: Grid, key: &str, to_the_end: bool) -> Option<Step> {
    const ALL: isize = 10_000_000;
    let page = ((grid.height.get_untracked() / grid.row_height.get_untracked()) as isize - 3).max(1);
    Some(match (key, to_the_end) {
        ("ArrowDown", false) => Step::Rows(1),
        ("ArrowUp", false) => Step::Rows(-1),
        ("PageDown", _) => Step::Rows(page),
        ("PageUp", _) => Step::Rows(-page),
        ("ArrowDown" | "End", true) => Step::Rows(ALL),
        ("ArrowUp" | "Home", true) => Step::Rows(-ALL),
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
    match step {
        Step::Rows(by) => {
            if !with_range && grid.walk_to_head(spot, by) {
                return;
            }
            let Some(at) = grid.place_of(spot.row) else { return };
            if at == 0 && by == -1 {
                head::focus_head(grid, spot.column.saturating_sub(1));
                return;
            }
            if let Some(row) = grid.row_from(at, by) {
                if with_range {
                    if grid.anchor.get_value().is_none() {
                        grid.tick(spot.row, false);
                    }
                    grid.tick(row, true);
                }
                grid.go(Spot { row, column: spot.column });
            }
        }
        Step::Columns(by) => {
            let last = grid.columns.with_untracked(Vec::len);
            grid.go(Spot { row: spot.row, column: spot.column.saturating_add_signed(by).min(last) });
        }
    }
}
