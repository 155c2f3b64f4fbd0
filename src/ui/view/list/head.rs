//! The head of the grid: names of columns, the order, and their widths.

use leptos::prelude::*;
use rustc_hash::FxHashSet;
use wasm_bindgen::JsCast;

use super::menu::MENU;
use super::{Column, Grid, Spot, column_key};
use crate::model::id::FieldId;
use crate::model::view::SortOrder;
use crate::ui::part::{icon, icon_styled};
use crate::ui::text::{t, tr};
use crate::ui::view::lens::{Lens, Turn};

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
                <For each=move || grid.drawn_columns() key=column_key let((at, column))>
                    {column_head(grid, at, &column)}
                </For>
                <div
                    class="grid__cell"
                    role="columnheader"
                    aria-colindex=move || (grid.columns.with(Vec::len) + 2).to_string()
                    style=move || format!("grid-column:{}", grid.columns.with(Vec::len) + 2)
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
        grid.lens.sort.with(|sort| {
            let at = sort.iter().position(|step| step.field == field)?;
            Some((at, sort[at].order, sort.len()))
        })
    });
    let sorted = move || match order.get() {
        None => "none",
        Some((_, SortOrder::Ascending, _)) => "ascending",
        Some((_, SortOrder::Descending, _)) => "descending",
    };
    let arrow = move || {
        order.get().map(|(place, order, count)| {
            let picture = match order {
                SortOrder::Ascending => "arrow-up",
                SortOrder::Descending => "arrow-down",
            };
            view! {
                {icon_styled(picture, "icon grid__dir")}
                {(count > 1).then(|| view! { <span class="grid__step">{place + 1}</span> })}
            }
        })
    };
    let carried = grid.drag.carried;
    let drop = move || {
        carried.with(|carried| {
            let carried = carried.as_ref()?;
            let is_here = carried.over.as_deref() == Some(field.as_str()) && carried.thing != field.as_str();
            is_here.then(|| {
                let from = grid.columns.with_untracked(|columns| {
                    columns.iter().position(|column| column.field.id.as_str() == carried.thing)
                });
                if from.is_some_and(|from| from < at) { "after" } else { "before" }
            })
        })
    };
    let is_carried =
        move || carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.thing == field.as_str()));
    let open_menu = move || {
        grid.menu_of.set(Some(at));
        grid.is_menu_open.set(true);
    };
    let is_anchor = move || grid.menu_of.get() == Some(at);
    let tip = format!("{}\n{}", column.name, t("list-head-tip"));
    let named = tr("column-menu-of", [("name", column.name.as_str().into())]);
    view! {
        <div
            class=move || grid.cell_class(at, false)
            role="columnheader"
            aria-colindex=(at + 2).to_string()
            aria-sort=sorted
            data-head=at.to_string()
            data-key=field.as_str()
            data-zone=field.as_str()
            data-drop=drop
            data-carried=move || is_carried().then_some("")
            style=grid.cell_style(at)
            on:contextmenu=move |event| {
                event.prevent_default();
                event.stop_propagation();
                open_menu();
            }
        >
            <button
                class="grid__sort"
                type="button"
                tabindex="-1"
                data-lifts=""
                title=tip
                on:click=move |event| {
                    let turn = if event.shift_key() { Turn::Besides } else { Turn::Instead };
                    grid.lens.turn_sort(field, turn);
                }
            >
                <span>{column.name.clone()}</span>
                {arrow}
            </button>
            <button
                id=move || is_anchor().then_some(MENU)
                class="grid__menu"
                type="button"
                tabindex="-1"
                aria-label=named.clone()
                title=named
                aria-haspopup="menu"
                aria-expanded=move || (is_anchor() && grid.is_menu_open.get()).to_string()
                on:click=move |_| open_menu()
            >
                {icon("chevron-down")}
            </button>
            {separator(grid, at, column)}
        </div>
    }
    .into_any()
}

fn separator(grid: Grid, at: usize, column: &Column) -> AnyView {
    let width = move || grid.widths.with(|widths| widths.get(at).copied().unwrap_or_default());
    let start = StoredValue::new(None::<(i32, u32)>);
    let is_active = RwSignal::new(false);
    let down = move |event: web_sys::PointerEvent| {
        event.prevent_default();
        event.stop_propagation();
        if let Some(handle) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        start.set_value(Some((event.client_x(), untrack(width))));
        is_active.set(true);
    };
    let moved = move |event: web_sys::PointerEvent| {
        if let (Some((from, width)), Some(scroller)) = (start.get_value(), grid.scroller.get_untracked()) {
            // While it moves only the widths of the grid change; the columns are drawn anew once at the end.
            let wide = clamp(width as i32 + event.client_x() - from);
            let _ = scroller.set_attribute("style", &grid.tracks_with(at, wide));
        }
    };
    let up = move |event: web_sys::PointerEvent| {
        if let Some((from, width)) = start.get_value() {
            start.set_value(None);
            is_active.set(false);
            if event.client_x() != from {
                set_width(grid, at, clamp(width as i32 + event.client_x() - from));
            }
        }
    };
    view! {
        <span
            class="grid__resize"
            role="separator"
            tabindex="-1"
            aria-orientation="vertical"
            aria-label=tr("list-width-of", [("name", column.name.as_str().into())])
            aria-valuenow=move || width().to_string()
            aria-valuemin=NARROWEST.to_string()
            aria-valuemax=WIDEST.to_string()
            data-active=move || is_active.get().then_some("")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:click=|event| event.stop_propagation()
            on:dblclick=move |event| {
                event.stop_propagation();
                grid.fit_column(at);
            }
        ></span>
    }
    .into_any()
}

/// Arrows walk along the head; with Shift they move the edge of the column; Down goes to the rows.
fn walk(grid: Grid, event: &web_sys::KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(cell) = target.as_ref().and_then(|target| target.closest("[data-head]").ok().flatten()) else {
        return;
    };
    let Some(at) = cell.get_attribute("data-head").and_then(|at| at.parse::<usize>().ok()) else {
        return;
    };
    let is_edge = event.shift_key() || target.is_some_and(|target| target.matches(".grid__resize").unwrap_or(false));
    let width = grid.widths.with_untracked(|widths| widths.get(at).map(|width| *width as i32));
    let is_command = event.ctrl_key() || event.meta_key();
    match (event.key().as_str(), is_edge, width) {
        ("ArrowLeft", true, _) if is_command => move_column(grid, at, -1),
        ("ArrowRight", true, _) if is_command => move_column(grid, at, 1),
        ("ContextMenu", _, _) | ("F10", true, _) => open_menu(grid, at),
        ("ArrowDown", _, _) if event.alt_key() => open_menu(grid, at),
        ("ArrowLeft", true, Some(width)) => nudge(grid, at, width - NUDGE),
        ("ArrowRight", true, Some(width)) => nudge(grid, at, width + NUDGE),
        ("ArrowLeft", false, _) => focus_head(grid, at.saturating_sub(1)),
        ("ArrowRight", false, _) => focus_head(grid, at + 1),
        ("ArrowDown", _, _) => {
            let is_head = grid.lens.lines.with_untracked(|lines| lines.has_heads());
            if is_head {
                grid.go_to_group(0);
            } else if let Some(row) = grid.row_at(0) {
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
    grid.show_column(at);
    let Some(Some(scroller)) = grid.scroller.try_get_untracked() else {
        return;
    };
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

fn open_menu(grid: Grid, at: usize) {
    grid.menu_of.set(Some(at));
    grid.is_menu_open.set(true);
}

/// Moves a column by one place; the focus goes with its head.
pub(super) fn move_column(grid: Grid, at: usize, by: isize) {
    let to = at.checked_add_signed(by);
    let count = grid.columns.with_untracked(Vec::len);
    if let Some(to) = to.filter(|to| *to < count) {
        grid.lens.columns.update(|columns| columns.swap(at, to));
        grid.lens.remember();
        request_animation_frame(move || focus_head(grid, to));
    }
}

/// Puts a column where another one is.
pub(super) fn put_column(lens: Lens, moved: &str, over: &str) {
    let place = |columns: &[FieldId], id: &str| columns.iter().position(|column| column.as_str() == id);
    lens.columns.update(|columns| {
        if let (Some(from), Some(to)) = (place(columns, moved), place(columns, over)) {
            let column = columns.remove(from);
            columns.insert(to, column);
        }
    });
    lens.remember();
}

fn clamp(width: i32) -> u32 {
    u32::try_from(width).unwrap_or_default().clamp(NARROWEST, WIDEST)
}
