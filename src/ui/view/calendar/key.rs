//! Keys of the calendar: from day to day and record to record, lifting, carrying, dropping, ending earlier and later.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Act, Mode, Table, begin, change, place_of, plus_days, plus_months, zone_of};
use crate::engine::schedule;
use crate::model::id::RecordId;
use crate::model::time::Date;
use crate::ui::part::Carried;
use crate::ui::text::{t, tr};
use crate::ui::{browser, format};

/// The last half hour of a day.
const LATEST: u32 = 47 * 30;

/// Answers a key that was pressed on the calendar.
pub fn pressed(table: Table, event: &web_sys::KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let is_answered = if target.matches(".cal__bar").unwrap_or(false) {
        on_bar(table, &target, event)
    } else if target.matches("[role=gridcell][data-zone]").unwrap_or(false) {
        on_cell(table, &target, event)
    } else {
        false
    };
    if is_answered {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Gives the focus to the bar of a record once it is drawn where it has gone.
pub fn focus_bar_soon(id: RecordId) {
    request_animation_frame(move || {
        browser::focus_first(&format!(".cal__bar[data-record=\"{id}\"]"));
    });
}

fn focus_cell_soon(table: Table, day: Date, minute: Option<u32>) {
    let zone = zone_of(day, minute);
    table.day.set(day);
    request_animation_frame(move || {
        browser::focus_first(&format!(".cal [role=gridcell][data-zone=\"{zone}\"]"));
    });
}

fn on_cell(table: Table, cell: &web_sys::Element, event: &web_sys::KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let Some((day, minute)) = cell.get_attribute("data-zone").as_deref().and_then(place_of) else { return false };
    let is_month = table.mode.get_untracked() == Mode::Month;
    let week = schedule::week_of(day, table.app.reckoning().week_start());
    match (event.key().as_str(), minute) {
        ("ArrowLeft", _) => focus_cell_soon(table, plus_days(day, -1), minute),
        ("ArrowRight", _) => focus_cell_soon(table, plus_days(day, 1), minute),
        ("ArrowUp", None) if is_month => focus_cell_soon(table, plus_days(day, -7), None),
        ("ArrowDown", None) if is_month => focus_cell_soon(table, plus_days(day, 7), None),
        // Above the first half hour are the whole days.
        ("ArrowUp", Some(minute)) => to_minute(table, day, minute.checked_sub(30)),
        ("ArrowDown", minute) => to_minute(table, day, Some(minute.map_or(0, |minute| (minute + 30).min(LATEST)))),
        ("Home", _) => focus_cell_soon(table, week, minute),
        ("End", _) => focus_cell_soon(table, plus_days(week, 6), minute),
        ("PageUp", _) => focus_cell_soon(table, far(table, day, -1), minute),
        ("PageDown", _) => focus_cell_soon(table, far(table, day, 1), minute),
        ("t", _) => focus_cell_soon(table, table.app.today(), minute),
        ("n", _) => begin(table, day, minute),
        ("Enter", _) => match cell.query_selector(".cal__bar").ok().flatten() {
            Some(bar) => focus(&bar),
            None => begin(table, day, minute),
        },
        _ => return false,
    }
    true
}

fn to_minute(table: Table, day: Date, minute: Option<u32>) {
    if let Some(minute) = minute {
        table.minute.set(minute);
    }
    focus_cell_soon(table, day, minute);
}

fn far(table: Table, day: Date, by: i64) -> Date {
    match table.mode.get_untracked() {
        Mode::Month => plus_months(day, by),
        Mode::Week | Mode::Day => plus_days(day, 7 * by),
    }
}

fn on_bar(table: Table, bar: &web_sys::Element, event: &web_sys::KeyboardEvent) -> bool {
    let cell = bar.closest("[data-zone]").ok().flatten();
    let place = cell.as_ref().and_then(|cell| cell.get_attribute("data-zone")).as_deref().and_then(place_of);
    let id = bar.get_attribute("data-record").and_then(|id| id.parse::<RecordId>().ok());
    let (Some(cell), Some((day, minute)), Some(id)) = (cell, place, id) else { return false };
    let (days, minutes) = match (event.key().as_str(), minute) {
        ("ArrowLeft", _) => (-1, 0),
        ("ArrowRight", _) => (1, 0),
        ("ArrowUp", None) => (-7, 0),
        ("ArrowDown", None) => (7, 0),
        ("ArrowUp", Some(_)) => (0, -30),
        ("ArrowDown", Some(_)) => (0, 30),
        _ => (0, 0),
    };
    let is_arrow = days != 0 || minutes != 0;
    if let Some(carried) = table.drag.carried.get_untracked().filter(|carried| carried.by_key) {
        match event.key().as_str() {
            " " | "Enter" => table.drag.drop_by_key(),
            "Escape" => {
                table.drag.cancel();
                table.said.set(t("board-said-put-back"));
            }
            _ if is_arrow => carry(table, &carried, days, minutes),
            _ => {}
        }
        return true;
    }
    if event.alt_key() || event.meta_key() {
        return false;
    }
    if event.ctrl_key() {
        let act = if event.shift_key() { Act::Stretch } else { Act::Move };
        let may = if act == Act::Move { table.can_move } else { table.can_stretch };
        if is_arrow && may {
            change(table, id, act, days, minutes);
            focus_bar_soon(id);
        }
        return is_arrow;
    }
    match event.key().as_str() {
        " " if table.can_move => {
            table.drag.lift_by_key(bar);
            let title = super::bar::title(table, id);
            table.said.set(tr("calendar-said-lifted", [("title", title.into())]));
        }
        // A record that is open beside the calendar is closed first.
        "Escape" if table.beside.get_untracked().is_none() => focus_cell_soon(table, day, minute),
        "ArrowUp" => match near(bar, -1) {
            Some(near) => focus(&near),
            None => focus_cell_soon(table, day, minute),
        },
        "ArrowDown" => {
            if let Some(near) = near(bar, 1) {
                focus(&near);
            }
        }
        "ArrowLeft" => focus_day(table, &cell, plus_days(day, -1), minute),
        "ArrowRight" => focus_day(table, &cell, plus_days(day, 1), minute),
        _ => return false,
    }
    true
}

/// The bar above or below in the same cell.
fn near(bar: &web_sys::Element, by: i32) -> Option<web_sys::Element> {
    let mut next = bar.clone();
    loop {
        next = if by > 0 { next.next_element_sibling()? } else { next.previous_element_sibling()? };
        if next.matches(".cal__bar").unwrap_or(false) {
            return Some(next);
        }
    }
}

/// Goes to the first record of a day, or to the day if it has none.
fn focus_day(table: Table, cell: &web_sys::Element, day: Date, minute: Option<u32>) {
    let wanted = format!("[data-zone=\"{}\"] .cal__bar", zone_of(day, minute));
    let grid = cell.closest("[role=grid]").ok().flatten();
    match grid.and_then(|grid| grid.query_selector(&wanted).ok().flatten()) {
        Some(bar) => focus(&bar),
        None => focus_cell_soon(table, day, minute),
    }
}

fn carry(table: Table, carried: &Carried, days: i64, minutes: i64) {
    let Some((day, minute)) = carried.over.as_deref().and_then(place_of) else { return };
    let day = plus_days(day, days);
    let minute = minute.map(|minute| (i64::from(minute) + minutes).clamp(0, i64::from(LATEST)) as u32);
    table.drag.carry_to(&zone_of(day, minute));
    table.said.set(tr("board-said-over", [("column", format::full_day(day).into())]));
}

fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}
