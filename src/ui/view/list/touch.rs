//! Ranges by touch: a finger that rests on a cell takes it, two round grips draw the range, and a bar over it says what to do.

use leptos::prelude::*;

use super::corner::{Frame, frame_of};
use super::range::{self, Grip, Rect};
use super::{Grid, Spot, clipboard, fill};
use crate::ui::part::{icon, icon_button};
use crate::ui::text::t;

/// About how wide and tall the bar is, and how far it stays off the cells and the edges.
const WIDE: f64 = 340.0;
const TALL: f64 = 48.0;
const OFF: f64 = 14.0;
const EDGE: f64 = 8.0;

/// A finger has rested on a cell.
pub(super) fn begin(grid: Grid, spot: Spot) {
    grid.cells.collapse();
    grid.go(spot);
    grid.cells.is_touched.set(true);
}

/// Back to taps that open.
pub(super) fn end(grid: Grid) {
    if grid.cells.is_touched.get_untracked() {
        grid.cells.is_touched.set(false);
        grid.cells.collapse();
    }
}

/// The grips and the bar of a range.
#[derive(Clone, Copy)]
pub(super) struct Touch {
    grid: Grid,
    frame: Memo<Option<Frame>>,
    is_shown: Memo<bool>,
    /// Whether the range is being filled rather than drawn.
    fills: RwSignal<bool>,
}

/// What fingers take ranges by; nothing of it is there for a mouse.
pub(super) fn touch(grid: Grid) -> Touch {
    let fills = RwSignal::new(false);
    let meant = Memo::new(move |_| {
        let is_on = grid.cells.is_touched.get() && grid.editing.get().is_none() && !grid.lens.is_selecting.get();
        let (rect, active) = (grid.cells.rect.get(), grid.active.get());
        let spot = active.filter(|spot| spot.column > 0 && is_on)?;
        grid.lens.lines.track();
        rect.or_else(|| {
            let place = grid.place_of(spot.row)?;
            Some(Rect { top: place, bottom: place, left: spot.column, right: spot.column })
        })
    });
    let frame = Memo::new(move |_| meant.get().and_then(|rect| frame_of(grid, rect)));
    let is_shown = Memo::new(move |_| frame.with(Option::is_some));
    Effect::new(move |_| {
        // The next range is drawn before it is filled.
        if !is_shown.get() {
            fills.set(false);
        }
    });
    Touch { grid, frame, is_shown, fills }
}

/// The grips, over the cells.
pub(super) fn grips(touch: Touch) -> AnyView {
    let Touch { grid, frame, is_shown, fills } = touch;
    let grip = move |class: &'static str, which: Grip| {
        view! {
            <div
                class=class
                on:mousedown=|event| event.prevent_default()
                on:pointerdown=move |event| range::taken(grid, which, &event)
            ></div>
        }
        .into_any()
    };
    let handles = move || {
        if fills.get() {
            grip("grid__square grid__square--touch", Grip::Fill)
        } else {
            view! { {grip("grid__grip grid__grip--start", Grip::Start)}{grip("grid__grip grid__grip--end", Grip::End)} }
                .into_any()
        }
    };
    view! {
        {move || is_shown.get().then(|| view! {
            <div
                class="grid__over grid__over--touch"
                data-still=move || frame.get().is_some_and(|frame| frame.is_still).then_some("")
                style=move || frame.get().map(Frame::style)
                aria-hidden="true"
            >
                {handles}
            </div>
        })}
    }
    .into_any()
}

/// The bar, beside the grid: what stands in a grid are its rows.
pub(super) fn bar(touch: Touch) -> AnyView {
    view! { {move || touch.is_shown.get().then(|| buttons(touch))} }.into_any()
}

fn buttons(touch: Touch) -> AnyView {
    let Touch { grid, frame, fills, .. } = touch;
    let place = move || frame.get().map(|frame| place(grid, frame));
    let button = |name: &str, done: Box<dyn Fn() + Send + Sync>| {
        view! { <button class="button button--quiet" type="button" on:click=move |_| done()>{t(name)}</button> }
            .into_any()
    };
    view! {
        <div
            class="cell-bar"
            role="toolbar"
            aria-label=t("touch-bar")
            style=place
            // The focus stays in the cell.
            on:mousedown=|event| event.prevent_default()
        >
            {button("touch-copy", Box::new(move || clipboard::copy_by_button(grid)))}
            {button("touch-paste", Box::new(move || clipboard::paste_by_button(grid)))}
            {button("touch-clear", Box::new(move || fill::empty(grid)))}
            <button
                class="button button--quiet"
                type="button"
                aria-pressed=move || fills.get().to_string()
                on:click=move |_| fills.update(|fills| *fills = !*fills)
            >
                {t("touch-fill")}
            </button>
            <button
                class="button button--quiet button--icon"
                type="button"
                aria-label=t("touch-tick")
                title=t("touch-tick")
                on:click=move |_| tick(grid)
            >
                {icon("list-checks")}
            </button>
            {icon_button(t("touch-end"), "x", move || end(grid))}
        </div>
    }
    .into_any()
}

/// Ticks the rows of the range; from then on taps tick.
fn tick(grid: Grid) {
    let rows = grid.meant().map(|rect| grid.records(rect.top, rect.bottom)).unwrap_or_default();
    end(grid);
    grid.lens.selected.update(|selected| selected.extend(rows));
    grid.lens.is_selecting.set(true);
}

/// Over the range where there is room, else below it, and always where it can be seen.
fn place(grid: Grid, frame: Frame) -> String {
    let (aside, top, row) = (grid.scrolled_aside.get(), grid.scrolled.get(), grid.row_height.get());
    let (width, height) = (grid.width.get(), grid.height.get());
    let left = (frame.left - aside).min(width - WIDE - EDGE).max(EDGE);
    let (first, last) = (row + EDGE, height - row - TALL - EDGE);
    let (above, below) = (frame.top - top - TALL - OFF, frame.top - top + frame.height + OFF + EDGE);
    let at = if above >= first { above } else { below };
    format!("inset-inline-start:{left}px;inset-block-start:{}px", at.clamp(first, last.max(first)))
}
