//! A finger that rests on a cell takes it for a range; where rows are being ticked, it ticks. What a mouse draws is handed on.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, Spot, compose, range, spot_of, touch};

/// How long a finger rests before it counts, and how far it may stray meanwhile.
const LONG: Duration = Duration::from_millis(450);
const STRAY: f64 = 10.0;

/// A finger on a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Press {
    start: (f64, f64),
    timer: Option<TimeoutHandle>,
    /// Whether it has rested long enough; stays until the next finger.
    has_rested: bool,
}

/// A finger comes down.
pub(super) fn down(grid: Grid, event: &web_sys::PointerEvent) {
    up(grid);
    compose::down(grid, event);
    range::down(grid, event);
    grid.press.set_value(Press::default());
    if event.pointer_type() == "mouse" || !event.is_primary() || grid.editing.get_untracked().is_some() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(spot) = target.as_ref().and_then(spot_of) else { return };
    let timer = set_timeout_with_handle(move || rested(grid, spot), LONG).ok();
    let start = (f64::from(event.client_x()), f64::from(event.client_y()));
    grid.press.set_value(Press { start, timer, has_rested: false });
}

/// A finger that moves scrolls; a mouse draws a range.
pub(super) fn moved(grid: Grid, event: &web_sys::PointerEvent) {
    range::moved(grid, event);
    let start = grid.press.with_value(|press| press.timer.is_some().then_some(press.start));
    if let Some((x, y)) = start
        && (f64::from(event.client_x()) - x).hypot(f64::from(event.client_y()) - y) > STRAY
    {
        up(grid);
    }
}

/// The finger is gone, or has turned to something else.
pub(super) fn up(grid: Grid) {
    range::up(grid);
    let timer = grid.press.try_update_value(|press| press.timer.take()).flatten();
    if let Some(timer) = timer {
        timer.clear();
    }
}

/// Browsers answer a resting finger with a menu; here it takes the cell.
pub(super) fn menu_wanted(grid: Grid, event: &web_sys::MouseEvent) {
    if grid.press.with_value(|press| press.has_rested || press.timer.is_some()) {
        event.prevent_default();
    }
}

/// Whether the finger that was down last has rested: then it was no tap.
pub(super) fn is_over(grid: Grid) -> bool {
    grid.press.with_value(|press| press.has_rested)
}

fn rested(grid: Grid, spot: Spot) {
    let is_there = grid.press.try_update_value(|press| {
        press.timer = None;
        press.has_rested = true;
    });
    if is_there.is_none() {
        return;
    }
    if spot.column == 0 || grid.lens.is_selecting.get_untracked() {
        grid.lens.is_selecting.set(true);
        grid.tick(spot.row, false);
    } else {
        touch::begin(grid, spot);
    }
}
