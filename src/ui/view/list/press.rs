//! A finger that rests on a row ticks it, and from then on taps tick instead of opening. What a mouse draws is handed on.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, range, spot_of};
use crate::model::id::RecordId;

/// How long a finger rests before it ticks, and how far it may stray meanwhile.
const LONG: Duration = Duration::from_millis(450);
const STRAY: f64 = 10.0;

/// A finger on a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Press {
    start: (f64, f64),
    timer: Option<TimeoutHandle>,
    /// Whether it has rested long enough; stays until the next finger.
    has_ticked: bool,
}

/// A finger comes down.
pub(super) fn down(grid: Grid, event: &web_sys::PointerEvent) {
    up(grid);
    range::down(grid, event);
    grid.press.set_value(Press::default());
    if event.pointer_type() != "touch" || !event.is_primary() || grid.editing.get_untracked().is_some() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(spot) = target.as_ref().and_then(spot_of) else { return };
    let timer = set_timeout_with_handle(move || rested(grid, spot.row), LONG).ok();
    let start = (f64::from(event.client_x()), f64::from(event.client_y()));
    grid.press.set_value(Press { start, timer, has_ticked: false });
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

/// Browsers answer a resting finger with a menu; here it ticks.
pub(super) fn menu_wanted(grid: Grid, event: &web_sys::MouseEvent) {
    if grid.press.with_value(|press| press.has_ticked || press.timer.is_some()) {
        event.prevent_default();
    }
}

/// Whether the finger that was down last has ticked a row already.
pub(super) fn is_over(grid: Grid) -> bool {
    grid.press.with_value(|press| press.has_ticked)
}

fn rested(grid: Grid, row: RecordId) {
    let is_there = grid.press.try_update_value(|press| {
        press.timer = None;
        press.has_ticked = true;
    });
    if is_there.is_some() {
        grid.lens.is_selecting.set(true);
        grid.tick(row, false);
    }
}
