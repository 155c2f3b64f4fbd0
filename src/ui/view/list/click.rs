//! Clicks and the focus in the grid: what is ticked, opened or edited by them.

use leptos::ev;
use leptos::prelude::*;

use super::{Grid, Spot, compose, element_of, press, spot_of};

/// A click on a cell, its box, its button or its name.
pub(super) fn clicked(grid: Grid, event: &ev::MouseEvent) {
    let Some(target) = element_of(event.target()) else {
        return;
    };
    let Some(spot) = spot_of(&target) else { return };
    compose::ready_soon(grid);
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0);
    if press::is_over(grid) {
        // The finger that took the cell by resting on it is taken away: that is no tap.
        event.prevent_default();
    } else if grid.cells.is_touched.get_untracked() && spot.column > 0 {
        // Another cell is taken by a tap.
        event.prevent_default();
        grid.cells.collapse();
        grid.go(spot);
    } else if grid.lens.is_selecting.get_untracked() {
        if target.closest(".check__box").ok().flatten().is_none() {
            event.prevent_default();
        }
        grid.tick(spot.row, event.shift_key());
    } else if target.closest(".check__box").ok().flatten().is_some() {
        grid.tick(spot.row, event.shift_key());
    } else if target.closest("a:not(.grid__title)").ok().flatten().is_some() {
        // A link in a cell leads where it says.
    } else if target.closest(".grid__open").ok().flatten().is_some()
        || (is_plain && target.closest(".grid__title").ok().flatten().is_some())
    {
        event.prevent_default();
        grid.active.set(Some(Spot { column: 1, ..spot }));
        grid.open_beside.run(spot.row);
    } else if spot.column == 0 {
        grid.tick(spot.row, event.shift_key());
    }
}

/// A cell that is clicked twice is edited.
pub(super) fn double_clicked(grid: Grid, event: &ev::MouseEvent) {
    let Some(target) = element_of(event.target()) else {
        return;
    };
    if target.closest("a, button, input").ok().flatten().is_some() {
        return;
    }
    if let Some(spot) = spot_of(&target).filter(|spot| spot.column > 0) {
        grid.edit_or_say(spot);
    }
}

/// A cell that gets the focus is the active one.
pub(super) fn focused(grid: Grid, event: &ev::FocusEvent) {
    let Some(target) = element_of(event.target()) else {
        return;
    };
    let Some(spot) = spot_of(&target) else { return };
    if grid.head.get_untracked().is_some() {
        grid.head.set(None);
    }
    if grid.active.get_untracked() != Some(spot) {
        grid.active.set(Some(spot));
    }
    if target.matches("[data-col]").unwrap_or(false) {
        compose::ready(grid);
    }
}
