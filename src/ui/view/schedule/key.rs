//! Keys of the timeline: from bar to bar, moving, beginning and ending earlier and later, lifting and carrying.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Act, BAR, RowHead, Table, change, place_of, zone_of};
use crate::engine::list::LaneKey;
use crate::model::id::RecordId;
use crate::ui::browser;
use crate::ui::text::{t, tr};

/// Answers a key that was pressed on the timeline.
pub fn pressed(table: Table, event: &web_sys::KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(bar) = target.filter(|target| target.matches(".gantt__bar").unwrap_or(false)) else { return };
    let Some(id) = bar.get_attribute("data-record").and_then(|id| id.parse::<RecordId>().ok()) else { return };
    if event.alt_key() || event.meta_key() {
        return;
    }
    if answered(table, id, event) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn answered(table: Table, id: RecordId, event: &web_sys::KeyboardEvent) -> bool {
    let step = table.axis.with_untracked(|axis| axis.zoom.step());
    let (days, rows) = match event.key().as_str() {
        "ArrowLeft" => (-step, 0),
        "ArrowRight" => (step, 0),
        "ArrowUp" => (0, -1),
        "ArrowDown" => (0, 1),
        _ => (0, 0),
    };
    let is_arrow = days != 0 || rows != 0;
    if let Some(carried) = table.drag.carried.get_untracked().filter(|carried| carried.by_key) {
        match event.key().as_str() {
            " " | "Enter" => table.drag.drop_by_key(),
            "Escape" => {
                table.drag.cancel();
                table.said.set(t("board-said-put-back"));
            }
            _ if is_arrow => {
                let Some((day, lane)) = carried.over.as_deref().and_then(place_of) else { return true };
                let lane = lane.map(|lane| beside(table, lane, rows).unwrap_or(lane));
                let day = day.checked_add_signed(chrono::Duration::days(days)).unwrap_or(day);
                table.drag.carry_to(&zone_of(day, lane.map(|lane| lane.to_string()).as_deref()));
                table.said.set(tr("board-said-over", [("column", crate::ui::format::full_day(day).into())]));
            }
            _ => {}
        }
        return true;
    }
    if event.ctrl_key() {
        if days != 0 && event.shift_key() && table.can_stretch {
            change(table, id, Act::Stretch, days, None);
        } else if is_arrow && !event.shift_key() && table.can_move {
            let lane = lane_of(table, id).and_then(|lane| beside(table, lane, rows)).filter(|_| rows != 0);
            change(table, id, Act::Move, days, lane);
        }
        focus_bar_soon(table, id);
        return is_arrow;
    }
    if event.shift_key() && days != 0 && table.can_hasten {
        change(table, id, Act::Hasten, days, None);
        focus_bar_soon(table, id);
        return true;
    }
    match event.key().as_str() {
        " " if table.can_move => lift(table, id),
        "ArrowUp" | "ArrowDown" => walk(table, id, rows),
        "ArrowLeft" => walk_along(table, id, -1),
        "ArrowRight" => walk_along(table, id, 1),
        _ => return false,
    }
    true
}

/// Gives the focus to the bar of a record once it is drawn where it has gone.
pub fn focus_bar_soon(table: Table, id: RecordId) {
    table.current.set(Some(id));
    request_animation_frame(move || {
        browser::focus_first(&format!(".gantt__bar[data-record=\"{id}\"]"));
    });
}

fn lift(table: Table, id: RecordId) {
    let lane = lane_of(table, id).map(|lane| lane.to_string());
    let day = table.rows.with_untracked(|rows| {
        let bars = rows.iter().flat_map(|row| row.bars.iter());
        bars.map(|(span, _)| span).find(|span| span.record == id).map(|span| span.first())
    });
    let Some(day) = day else { return };
    let zone = zone_of(day, lane.as_deref());
    table.drag.lift_from(&id.to_string(), &zone);
    let title = untrack(|| super::bar::title(table, id));
    table.said.set(tr("calendar-said-lifted", [("title", title.into())]));
}

fn lane_of(table: Table, id: RecordId) -> Option<LaneKey> {
    table.rows.with_untracked(|rows| {
        let row = rows.iter().find(|row| row.bars.iter().any(|(span, _)| span.record == id))?;
        match row.head {
            RowHead::Lane(lane) => Some(lane),
            RowHead::Record(_) => None,
        }
    })
}

fn beside(table: Table, lane: LaneKey, by: isize) -> Option<LaneKey> {
    table.rows.with_untracked(|rows| {
        let at = rows.iter().position(|row| row.head == RowHead::Lane(lane))?;
        match rows.get(at.checked_add_signed(by)?)?.head {
            RowHead::Lane(lane) => Some(lane),
            RowHead::Record(_) => None,
        }
    })
}

/// Goes to the bar in the row above or below that is nearest in time; in a lane first through its own rows.
fn walk(table: Table, id: RecordId, by: isize) {
    let next = table.rows.with_untracked(|rows| {
        let at = rows.iter().position(|row| row.bars.iter().any(|(span, _)| span.record == id))?;
        let (own, place) = rows[at].bars.iter().find(|(span, _)| span.record == id)?;
        let near = |bars: &[(crate::engine::schedule::Span, usize)], row: usize| {
            let there = bars.iter().filter(|(_, place)| *place == row);
            there.min_by_key(|(span, _)| (span.first() - own.first()).num_days().abs()).map(|(span, _)| span.record)
        };
        let within = place.checked_add_signed(by).and_then(|row| near(&rows[at].bars, row));
        within.or_else(|| {
            let row = rows.get(at.checked_add_signed(by)?)?;
            let last = row.bars.iter().map(|(_, place)| *place).max().unwrap_or(0);
            near(&row.bars, if by > 0 { 0 } else { last })
        })
    });
    if let Some(next) = next {
        show(table, next);
    }
}

/// Goes to the bar before or after in the same row.
fn walk_along(table: Table, id: RecordId, by: isize) {
    let next = table.rows.with_untracked(|rows| {
        let row = rows.iter().find(|row| row.bars.iter().any(|(span, _)| span.record == id))?;
        let mut order: Vec<_> = row.bars.iter().map(|(span, _)| (span.first(), span.record)).collect();
        order.sort_unstable();
        let at = order.iter().position(|(_, record)| *record == id)?;
        order.get(at.checked_add_signed(by)?).map(|(_, record)| *record)
    });
    if let Some(next) = next {
        show(table, next);
    }
}

/// Scrolls to a bar and gives it the focus.
pub fn show(table: Table, id: RecordId) {
    let at = table.rows.with_untracked(|rows| {
        let row = rows.iter().find(|row| row.bars.iter().any(|(span, _)| span.record == id))?;
        let (span, place) = row.bars.iter().find(|(span, _)| span.record == id)?;
        Some((table.axis.get_untracked().place(span.first()), row.top + *place as f64 * BAR))
    });
    let scroller = table.drag.container.try_get_untracked().flatten();
    if let (Some((left, top)), Some(scroller)) = (at, scroller) {
        let room = f64::from(scroller.client_width()) - table.side.get_untracked();
        let (x, y) = (f64::from(scroller.scroll_left()), f64::from(scroller.scroll_top()));
        if left < x || left > x + room - 40.0 {
            scroller.set_scroll_left((left - room / 3.0).max(0.0) as i32);
        }
        let tall = f64::from(scroller.client_height()) - 96.0;
        if top < y || top > y + tall {
            scroller.set_scroll_top((top - tall / 2.0).max(0.0) as i32);
        }
    }
    table.current.set(Some(id));
    request_animation_frame(move || focus_bar_soon(table, id));
}
