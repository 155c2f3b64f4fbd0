//! What lies over the range: the square that draws on what stands in it, and how far it is drawn on.

use leptos::prelude::*;

use super::Grid;
use super::column::{NARROW, TICKS};
use super::range::{self, Grip, Rect};
use crate::engine::cells;
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::text::t;

/// Where a rectangle of cells lies, in pixels from the upper left of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    /// Whether its right end stands still while the others scroll aside.
    pub is_still: bool,
}

impl Frame {
    /// Where it lies, as a style.
    pub fn style(self) -> String {
        let Frame { left, top, width, height, .. } = self;
        format!("inset-inline-start:{left}px;inset-block-start:{top}px;inline-size:{width}px;block-size:{height}px")
    }
}

/// The square of the range, or of the active cell, and what it draws.
pub(super) fn corner(grid: Grid) -> AnyView {
    let meant = Memo::new(move |_| {
        let (rect, active) = (grid.cells.rect.get(), grid.active.get());
        let is_off = grid.editing.get().is_some() || grid.lens.is_selecting.get() || grid.cells.is_touched.get();
        let spot = active.filter(|spot| spot.column > 0 && !is_off)?;
        grid.lens.lines.track();
        let rect = rect.or_else(|| {
            let place = grid.place_of(spot.row)?;
            Some(Rect { top: place, bottom: place, left: spot.column, right: spot.column })
        })?;
        let is_open = grid.columns.with(|columns| {
            let meant = columns.get(rect.left - 1..rect.right.min(columns.len())).unwrap_or_default();
            meant.iter().any(|column| column.field.is_editable())
        });
        is_open.then_some(rect)
    });
    let frame = Memo::new(move |_| meant.get().and_then(|rect| frame_of(grid, rect)));
    let further = Memo::new(move |_| {
        let (to, from) = (grid.cells.filling.get()?, meant.get()?);
        let rest = if to.bottom > from.bottom {
            Rect { top: from.bottom + 1, ..to }
        } else if to.top < from.top {
            Rect { bottom: from.top.saturating_sub(1), ..to }
        } else if to.right > from.right {
            Rect { left: from.right + 1, ..to }
        } else {
            Rect { right: from.left.saturating_sub(1), ..to }
        };
        Some((frame_of(grid, rest)?, goes_on(grid, from, to)))
    });
    view! {
        {move || frame.get().map(|frame| view! {
            <div class="grid__over" data-still=frame.is_still.then_some("") style=frame.style() aria-hidden="true">
                <div
                    class="grid__square"
                    title=t("fill-square")
                    // The focus stays in the cell.
                    on:mousedown=|event| event.prevent_default()
                    on:pointerdown=move |event| range::taken(grid, Grip::Fill, &event)
                ></div>
            </div>
        })}
        {move || further.get().map(|(frame, is_series)| view! {
            <div class="grid__over grid__over--further" style=frame.style() aria-hidden="true">
                <span class="grid__further">{t(if is_series { "fill-series" } else { "fill-copies" })}</span>
            </div>
        })}
    }
    .into_any()
}

/// Where cells lie; tracked.
pub(super) fn frame_of(grid: Grid, rect: Rect) -> Option<Frame> {
    let row = grid.row_height.get();
    let is_narrow = grid.width.get() < NARROW;
    let (first, last) = grid.lens.lines.with(|lines| {
        let line = |nth: usize| lines.row(nth).and_then(|place| lines.of_record(place));
        Some((line(rect.top)?, line(rect.bottom)?))
    })?;
    let (left, right) = grid.widths.with(|widths| {
        // A narrow page has no ticks, and a first column that leaves room for others.
        let wide =
            |(at, width): (usize, &u32)| f64::from(if at == 0 && is_narrow { (*width).min(200) } else { *width });
        let until = |count: usize| widths.iter().enumerate().take(count).map(wide).sum::<f64>();
        let start = if is_narrow { 0.0 } else { f64::from(TICKS) };
        (start + until(rect.left - 1), start + until(rect.right))
    });
    let still = grid.still.get();
    let is_still = rect.right <= still;
    // What stands still goes along with what is scrolled.
    let aside = if is_still { grid.scrolled_aside.get() } else { 0.0 };
    Some(Frame {
        left: left + aside,
        top: row + first as f64 * row,
        width: right - left,
        height: (last + 1 - first) as f64 * row,
        is_still,
    })
}

/// Whether what stands in the range goes on as a series in any line of it.
fn goes_on(grid: Grid, from: Rect, to: Rect) -> bool {
    let fields = grid.fields(from.left, from.right);
    let rows = grid.records(from.top, from.bottom);
    grid.app.ask(|state| {
        let held = |row: &RecordId, at: usize| -> Value {
            state
                .record(*row)
                .zip(fields.get(at))
                .map(|(record, field)| record.value(field.id).clone())
                .unwrap_or_default()
        };
        if to.size().0 > from.size().0 {
            let line = |at: usize| rows.iter().map(|row| held(row, at)).collect::<Vec<Value>>();
            (0..fields.len()).any(|at| fields[at].is_editable() && cells::is_series(&line(at)))
        } else {
            let line = |row: &RecordId| (0..fields.len()).map(|at| held(row, at)).collect::<Vec<Value>>();
            rows.iter().any(|row| cells::is_series(&line(row)))
        }
    })
}
