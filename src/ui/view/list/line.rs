//! Lines of the grid: heads of groups and records, which of them are in sight, and how one finds the other.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, Spot, Window, head};
use crate::engine::list::{Line, Lines};
use crate::model::id::RecordId;
use crate::ui::browser;
use crate::ui::view::lens::Found;

/// Rows drawn beyond what is in sight, and the step in which the window moves.
const STEP: usize = 8;

/// What stands in a line, by what stays the same while it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The head of the group with this id.
    Head(u64),
    /// A record.
    Record(RecordId),
}

/// A line that is drawn: what stands in it, and its place among the groups or the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub key: Key,
    pub place: usize,
}

/// The lines in a window.
pub(super) fn drawn(found: &Found, lines: &Lines, window: Window) -> Vec<Drawn> {
    (window.start..window.end)
        .filter_map(|line| match lines.at(line)? {
            Line::Head(place) => Some(Drawn { key: Key::Head(found.groups.get(place)?.id), place }),
            Line::Record(place) => Some(Drawn { key: Key::Record(*found.rows.get(place)?), place }),
        })
        .collect()
}

/// The window around what is in sight.
pub(super) fn window(scrolled: f64, height: f64, row_height: f64, count: usize) -> Window {
    let first = (scrolled / row_height).max(0.0) as usize;
    let seen = (height / row_height).ceil() as usize;
    let start = (first / STEP * STEP).saturating_sub(STEP).min(count);
    Window { start, end: ((first + seen) / STEP * STEP + 2 * STEP).min(count) }
}

impl Grid {
    /// Where a record stands among those that are shown.
    pub(super) fn place_of(self, row: RecordId) -> Option<usize> {
        let place = self.place_among_all(row)?;
        self.lens.lines.with_untracked(|lines| lines.nth(place))
    }

    /// The record at a place among those that are shown.
    pub(super) fn row_at(self, place: usize) -> Option<RecordId> {
        let at = self.lens.lines.with_untracked(|lines| lines.row(place))?;
        self.lens.found.with_untracked(|found| found.rows.get(at).copied())
    }

    /// How many records are shown.
    pub(super) fn row_count(self) -> usize {
        self.lens.lines.with_untracked(|lines| lines.rows())
    }

    /// The record that is so many rows from a place, or the last one on that way.
    pub(super) fn row_from(self, place: usize, by: isize) -> Option<RecordId> {
        self.row_at(place.saturating_add_signed(by).min(self.row_count().saturating_sub(1)))
    }

    fn place_among_all(self, row: RecordId) -> Option<usize> {
        self.lens.found.with_untracked(|found| found.rows.iter().position(|id| *id == row))
    }

    fn line_of(self, row: RecordId) -> Option<usize> {
        let place = self.place_among_all(row)?;
        self.lens.lines.with_untracked(|lines| lines.of_record(place))
    }

    /// What stands in a line, and its place; of what is drawn only, and with the line itself.
    pub(super) fn drawn_at(self, key: Key) -> Option<(usize, usize)> {
        let start = self.window.get().start;
        self.drawn.with(|drawn| {
            let at = drawn.iter().position(|drawn| drawn.key == key)?;
            Some((start + at, drawn[at].place))
        })
    }

    /// Goes from a record to the head of a group, if one stands in that direction.
    pub(super) fn walk_to_head(self, spot: Spot, by: isize) -> bool {
        let next = self.line_of(spot.row).and_then(|line| line.checked_add_signed(by));
        let found = next.and_then(|next| self.lens.lines.with_untracked(|lines| lines.at(next)));
        match (by, found) {
            (1 | -1, Some(Line::Head(group))) => {
                self.go_to_group(group);
                true
            }
            _ => false,
        }
    }

    /// Goes to what stands so many lines from the head of a group.
    pub(super) fn walk_from_head(self, group: usize, by: isize) {
        let (line, last) =
            self.lens.lines.with_untracked(|lines| (lines.of_head(group), lines.count().saturating_sub(1)));
        let Some(line) = line else { return };
        if line == 0 && by == -1 {
            head::focus_head(self, 0);
            return;
        }
        let to = line.saturating_add_signed(by).min(last);
        match self.lens.lines.with_untracked(|lines| lines.at(to)) {
            Some(Line::Head(group)) => self.go_to_group(group),
            Some(Line::Record(place)) => {
                if let Some(row) = self.lens.found.with_untracked(|found| found.rows.get(place).copied()) {
                    let column = self.active.get_untracked().map_or(1, |spot| spot.column);
                    self.go(Spot { row, column });
                }
            }
            None => {}
        }
    }

    /// Goes to the head of the group around another one.
    pub(super) fn walk_out(self, group: usize) {
        let around = self.lens.lines.with_untracked(|lines| lines.of_head(group).map(|line| lines.around(line)));
        if let Some([.., (outer, _), _]) = around.as_deref() {
            self.go_to_group(*outer);
        }
    }

    /// Brings the head of a group into sight and gives it the focus.
    pub(super) fn go_to_group(self, group: usize) {
        let Some(id) = self.lens.found.with_untracked(|found| found.groups.get(group).map(|group| group.id)) else {
            return;
        };
        if let Some(line) = self.lens.lines.with_untracked(|lines| lines.of_head(group)) {
            self.show_line(line);
        }
        self.head.set(Some(id));
        request_animation_frame(move || {
            if self.head.try_get_untracked().flatten() != Some(id) {
                return;
            }
            let scroller = self.scroller.try_get_untracked().flatten();
            let cell = scroller
                .and_then(|scroller| {
                    scroller.query_selector(&format!(".grid__body [data-group=\"{id}\"] > .gathered")).ok()
                })
                .flatten()
                .and_then(|cell| cell.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(cell) = cell.filter(|cell| !browser::is_focused(cell)) {
                let _ = cell.focus();
            }
        });
    }

    pub(super) fn show_row(self, row: RecordId) {
        if let Some(line) = self.line_of(row) {
            self.show_line(line);
        }
    }

    fn show_line(self, line: usize) {
        let Some(scroller) = self.scroller.get_untracked() else {
            return;
        };
        let (row_height, height) = (self.row_height.get_untracked(), f64::from(scroller.client_height()));
        // The head and the foot lie over the rows, and so do the heads of the groups around.
        let stuck = self.lens.lines.with_untracked(|lines| lines.around(line).len().saturating_sub(1));
        let top = line.saturating_sub(stuck) as f64 * row_height;
        let bottom = (line + 1) as f64 * row_height + 2.0 * row_height;
        let now = f64::from(scroller.scroll_top());
        let wanted = if top < now {
            top
        } else if bottom > now + height {
            bottom - height
        } else {
            return;
        };
        scroller.set_scroll_top(wanted.round() as i32);
        self.measure();
    }

    /// The groups whose heads are scrolled away while their records are in sight, the outermost first.
    pub(super) fn stuck(self) -> Memo<Vec<(u64, usize)>> {
        Memo::new(move |_| {
            let (scrolled, row_height) = (self.scrolled.get(), self.row_height.get());
            let lines: Arc<Lines> = self.lens.lines.get();
            if scrolled < 1.0 || !lines.has_heads() {
                return Vec::new();
            }
            let first = (scrolled / row_height) as usize;
            let mut found = Vec::new();
            loop {
                let line = first + found.len();
                match lines.around(line).get(found.len()) {
                    Some((group, head)) if *head <= line && line < lines.count() => found.push(*group),
                    _ => break,
                }
            }
            self.lens.found.with(|known| {
                found.iter().filter_map(|at| known.groups.get(*at).map(|group| (group.id, *at))).collect()
            })
        })
    }
}
