//! The head of the grid: names of columns, the order, and their widths.

use leptos::prelude::*;
use rustc_hash::FxHashSet;
use wasm_bindgen::JsCast;

use super::{Column, Grid, Spot};
use crate::model::view::SortOrder;
use crate::ui::part::{icon, icon_styled};
use crate::ui::text::{t, tr};

const NARROWEST: u32 = 60;
const WIDEST: u32 = 800;
/// How far a column moves with one press of an arrow.
const NUDGE: i32 = 16;

/// The head.
pub fn head(grid: Grid) -> AnyView {
    let lens = grid.lens;
    // Many ticks are compared with many rows only when either changes.
    let share = Memo::new(move |_| {
        let (ticked, all) = (lens.selected.with(FxHashSet::len), lens.found.with(|found| found.rows.len()));
        (ticked > 0, ticked >= all && all > 0)
    });
    let toggle = move |_| {
        let is_full = share.get_untracked().1;
        lens.selected.update(|selected| {
            selected.clear();
            if !is_full {
                selected.extend(lens.found.with_untracked(|found| found.rows.clone()));
            }
        });
    };
    view! {
        <div class="grid__head" role="rowgroup">
            <div class="grid__row grid__row--head" role="row" aria-rowindex="1" on:keydown=move |event| walk(grid, &event)>
                <div class="grid__cell grid__cell--check" role="columnheader" aria-colindex="1">
                    <input
                        class="check__box"
                        type="checkbox"
                        tabindex="-1"
                        aria-label=t("list-select-all")
                        prop:checked=move || share.get().1
                        prop:indeterminate=move || share.get().0 && !share.get().1
                        on:change=toggle
                    />
                </div>
                {move || {
                    let columns = grid.columns.get().into_iter().enumerate();
                    columns.map(|(at, column)| column_head(grid, at, &column)).collect::<Vec<AnyView>>()
                }}
                <div
                    class="grid__cell"
                    role="columnheader"
                    aria-colindex=move || (grid.columns.with(Vec::len) + 2).to_string()
                >
                    <button
                        class="grid__sort"
                        type="button"
                        tabindex="-1"
                        aria-label=t("list-choose-columns")
                        title=t("list-choose-columns")
                        on:click=move |_| grid.choose_columns.run(())
                    >
                        {icon("plus")}
                    </button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn column_head(grid: Grid, at: usize, column: &Column) -> AnyView {
    let field = column.field.id;
    let order = Memo::new(move |_| {
        grid.lens.sort.with(|sort| sort.iter().find(|step| step.field == field).map(|step| step.order))
    });
    let class = match (at, column.is_number) {
        (0, _) => "grid__cell grid__cell--first",
        (_, true) => "grid__cell grid__cell--num",
        (_, false) => "grid__cell",
    };
    let sorted = move || match order.get() {
        None => "none",
        Some(SortOrder::Ascending) => "ascending",
        Some(SortOrder::Descending) => "descending",
    };
    let arrow = move || {
        order.get().map(|order| match order {
            SortOrder::Ascending => icon_styled("arrow-up", "icon grid__dir"),
            SortOrder::Descending => icon_styled("arrow-down", "icon grid__dir"),
        })
    };
    view! {
        <div class=class role="columnheader" aria-colindex=(at + 2).to_string() aria-sort=sorted data-head=at.to_string()>
            <button
                class="grid__sort"
                type="button"
                tabindex="-1"
                title=column.name.clone()
                on:click=move |_| grid.lens.turn_sort(field)
            >
                <span>{column.name.clone()}</span>
                {arrow}
            </button>
            {separator(grid, at, column)}
        </div>
    }
    .into_any()
}

fn separator(grid: Grid, at: usize, column: &Column) -> AnyView {
    let width = column.width;
    let start = StoredValue::new(None::<(i32, u32)>);
    let is_active = RwSignal::new(false);
    let down = move |event: web_sys::PointerEvent| {
        event.prevent_default();
        event.stop_propagation();
        if let Some(handle) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        start.set_value(Some((event.client_x(), width)));
        is_active.set(true);
    };
    let moved = move |event: web_sys::PointerEvent| {
        if let (Some((from, width)), Some(scroller)) = (start.get_value(), grid.scroller.get_untracked()) {
            // While it moves only the widths of the grid change; the columns are drawn anew once at the end.
            let wide = clamp(width as i32 + event.client_x() - from);
            let element: &web_sys::HtmlElement = &scroller;
            let _ = element.style().set_property("--cols", &template(grid, at, wide));
        }
    };
    let up = move |event: web_sys::PointerEvent| {
        if let Some((from, width)) = start.get_value() {
            start.set_value(None);
            is_active.set(false);
            set_width(grid, at, clamp(width as i32 + event.client_x() - from));
        }
    };
    view! {
        <span
            class="grid__resize"
            role="separator"
            tabindex="-1"
            aria-orientation="vertical"
            aria-label=tr("list-width-of", [("name", column.name.as_str().into())])
            aria-valuenow=width.to_string()
            aria-valuemin=NARROWEST.to_string()
            aria-valuemax=WIDEST.to_string()
            data-active=move || is_active.get().then_some("")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:click=|event| event.stop_propagation()
            on:dblclick=move |event| {
                event.stop_propagation();
                let field = grid.columns.with_untracked(|columns| columns.get(at).map(|column| column.field.id));
                if let Some(field) = field {
                    grid.lens.widths.update(|widths| {
                        widths.remove(&field);
                    });
                    grid.lens.remember();
                }
            }
        ></span>
    }
    .into_any()
}

/// Arrows walk along the head; with Shift they move the edge of the column; Down goes to the rows.
fn walk(grid: Grid, event: &web_sys::KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(cell) = target.as_ref().and_then(|target| target.closest("[data-head]").ok().flatten()) else { return };
    let Some(at) = cell.get_attribute("data-head").and_then(|at| at.parse::<usize>().ok()) else { return };
    let is_edge = event.shift_key() || target.is_some_and(|target| target.matches(".grid__resize").unwrap_or(false));
    let width = grid.columns.with_untracked(|columns| columns.get(at).map(|column| column.width as i32));
    match (event.key().as_str(), is_edge, width) {
        ("ArrowLeft", true, Some(width)) => nudge(grid, at, width - NUDGE),
        ("ArrowRight", true, Some(width)) => nudge(grid, at, width + NUDGE),
        ("ArrowLeft", false, _) => focus_head(grid, at.saturating_sub(1)),
        ("ArrowRight", false, _) => focus_head(grid, at + 1),
        ("ArrowDown", _, _) => {
            if let Some(row) = grid.row_at(0) {
                grid.go(Spot { row, column: at + 1 });
            }
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn nudge(grid: Grid, at: usize, width: i32) {
    set_width(grid, at, clamp(width));
    // The head is drawn anew with its new width, and the focus with it.
    request_animation_frame(move || focus_head(grid, at));
}

/// Gives the focus to the name of a column.
pub fn focus_head(grid: Grid, at: usize) {
    let Some(Some(scroller)) = grid.scroller.try_get_untracked() else { return };
    let button = scroller.query_selector(&format!("[data-head=\"{at}\"] > .grid__sort")).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn set_width(grid: Grid, at: usize, width: u32) {
    let field = grid.columns.with_untracked(|columns| columns.get(at).map(|column| column.field.id));
    if let Some(field) = field {
        grid.lens.widths.update(|widths| {
            widths.insert(field, width);
        });
        grid.lens.remember();
    }
}

fn template(grid: Grid, changed: usize, width: u32) -> String {
    grid.columns.with_untracked(|columns| {
        let widths = columns.iter().enumerate();
        let px: String =
            widths.map(|(at, column)| format!("{}px ", if at == changed { width } else { column.width })).collect();
        format!("40px {px}minmax(48px, 1fr)")
    })
}

fn clamp(width: i32) -> u32 {
    u32::try_from(width).unwrap_or_default().clamp(NARROWEST, WIDEST)
}
