//! Input methods: Chinese is typed into the cell that has the focus as letters are.
//!
//! An input method speaks only to what can be edited, and what it has begun to compose cannot be moved. So the focused cell itself can
//! be edited, with all that it says selected: what is composed takes its place, and once it is whole it begins the control of the cell.
//! Letters that need no composing never get there; the keys of the grid take them before.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, Spot, edit, element_of, key, spot_of};
use crate::ui::browser;

const COMPOSING: &str = "grid__cell--composing";
const EDITABLE: &str = "contenteditable";

/// What an input method has put into a cell.
#[derive(Clone, Default)]
pub(super) struct Composed {
    spot: Option<Spot>,
    text: String,
    /// Whether it is still being put together.
    is_live: bool,
    /// Whether a finger or a link was touched last: neither is to be typed into.
    is_elsewhere: bool,
}

/// Lets go of the cell while letters are commands, as they are beside an open record.
pub(super) fn follow(grid: Grid) {
    Effect::new(move |_| {
        grid.beside.track();
        ready(grid);
    });
}

/// A pointer comes down: a link is to be followed and a finger wants no keyboard, so that neither finds the cell editable.
pub(super) fn down(grid: Grid, event: &web_sys::PointerEvent) {
    let is_link = browser::closest(event.target(), "a").is_some();
    grid.composed.update_value(|composed| composed.is_elsewhere = is_link || event.pointer_type() == "touch");
    if is_link && let Some(cell) = focused_cell(grid) {
        let _ = cell.remove_attribute(EDITABLE);
    }
}

/// A key is pressed: whoever uses keys may compose.
pub(super) fn by_key(grid: Grid) {
    let was_elsewhere =
        grid.composed.try_update_value(|composed| std::mem::take(&mut composed.is_elsewhere)).unwrap_or_default();
    if was_elsewhere {
        ready(grid);
    }
}

/// Has the focused cell ready for an input method, if something can be typed into it.
pub(super) fn ready(grid: Grid) {
    let is_free = grid.editing.get_untracked().is_none()
        && !grid.composed.with_value(|composed| composed.is_elsewhere || composed.spot.is_some());
    let Some(cell) = focused_cell(grid).filter(|_| is_free) else { return };
    if spot_of(&cell).is_some_and(|spot| key::may_type(grid, spot)) {
        let _ = cell.set_attribute(EDITABLE, "plaintext-only");
        let _ = cell.set_attribute("spellcheck", "false");
        browser::select_all_of(&cell);
    } else {
        let _ = cell.remove_attribute(EDITABLE);
    }
}

/// The same once a click is over, which puts a caret where it was.
pub(super) fn ready_soon(grid: Grid) {
    request_animation_frame(move || {
        if grid.editing.try_get_untracked() == Some(None) {
            ready(grid);
        }
    });
}

/// The focus goes.
pub(super) fn lost(event: &web_sys::FocusEvent) {
    if let Some(cell) = host(event.target()) {
        let _ = cell.remove_attribute(EDITABLE);
    }
}

/// The cell in which an input method is busy: nothing else writes into it then.
pub(super) fn busy(grid: Grid) -> Option<Spot> {
    grid.composed.with_value(|composed| composed.spot)
}

/// Something begins to be composed.
pub(super) fn started(grid: Grid, event: &web_sys::CompositionEvent) {
    let Some(cell) = host(event.target()) else { return };
    let spot = spot_of(&cell);
    grid.composed.update_value(|composed| {
        if composed.spot != spot {
            composed.text.clear();
        }
        (composed.spot, composed.is_live) = (spot, true);
    });
    let _ = cell.class_list().add_1(COMPOSING);
}

/// Something is composed. Some input methods begin the next word with the same key: then that is waited for.
pub(super) fn ended(grid: Grid, event: &web_sys::CompositionEvent) {
    if host(event.target()).is_none() {
        return;
    }
    let text = event.data().unwrap_or_default();
    grid.composed.update_value(|composed| {
        composed.text.push_str(&text);
        composed.is_live = false;
    });
    set_timeout(move || take(grid), Duration::ZERO);
}

fn take(grid: Grid) {
    let whole = grid.composed.try_update_value(|composed| {
        let spot = composed.spot.filter(|_| !composed.is_live)?;
        composed.spot = None;
        Some((spot, std::mem::take(&mut composed.text)))
    });
    let Some((spot, text)) = whole.flatten() else { return };
    edit::write_back(grid, spot);
    if let Some(cell) = grid.cell(spot) {
        let _ = cell.class_list().remove_1(COMPOSING);
    }
    if text.is_empty() || !key::type_over(grid, spot, &text) {
        ready(grid);
    }
}

/// What comes neither by a key nor by composing, as from a list of signs or a voice, is typed as well; nothing else changes the cell.
pub(super) fn put_in(grid: Grid, event: &web_sys::InputEvent) {
    let Some(spot) = host(event.target()).and_then(|cell| spot_of(&cell)) else { return };
    if event.is_composing() || grid.composed.with_value(|composed| composed.is_live) {
        return;
    }
    event.prevent_default();
    if event.input_type() == "insertText"
        && let Some(text) = event.data().filter(|text| !text.is_empty())
    {
        key::type_over(grid, spot, &text);
    }
}

/// The cell that an event is about, if it is ready for an input method.
fn host(target: Option<web_sys::EventTarget>) -> Option<web_sys::Element> {
    element_of(target).filter(|cell| cell.matches("[data-col][contenteditable]").unwrap_or(false))
}

fn focused_cell(grid: Grid) -> Option<web_sys::HtmlElement> {
    let scroller = grid.scroller.try_get_untracked().flatten()?;
    let active = browser::document()?.active_element()?;
    let is_cell = scroller.contains(Some(&active)) && active.matches(".grid__body [data-col]").unwrap_or(false);
    is_cell.then_some(active)?.dyn_into().ok()
}
