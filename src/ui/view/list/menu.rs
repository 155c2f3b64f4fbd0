//! The menu of a column: its order, groups, filter and total, and where it stands.

use std::sync::Arc;

use leptos::prelude::*;

use super::gathered::{may_gather, usual_level};
use super::{Column, Grid, head};
use crate::model::view::SortOrder;
use crate::ui::part::{Menu, MenuItem, MenuRow};
use crate::ui::text::{t, tr};
use crate::ui::view::condition::may_ask;
use crate::ui::view::figure;
use crate::ui::view::lens::Turn;

/// The id of the button below which the menu stands.
pub(super) const MENU: &str = "column-menu";

/// The menu of whichever column is asked for.
pub(super) fn menu(grid: Grid) -> AnyView {
    let items = Callback::new(move |()| {
        let at = grid.menu_of.get_untracked();
        let column = at.and_then(|at| grid.columns.with_untracked(|columns| columns.get(at).cloned()));
        at.zip(column).map(|(at, column)| rows(grid, at, &column)).unwrap_or_default()
    });
    view! { <Menu open=grid.is_menu_open anchor=MENU.to_owned() label=t("column-menu") items=items/> }.into_any()
}

fn rows(grid: Grid, at: usize, column: &Arc<Column>) -> Vec<MenuRow> {
    let lens = grid.lens;
    let field = column.field.id;
    let order = lens.sort.with_untracked(|sort| sort.iter().find(|step| step.field == field).map(|step| step.order));
    let is_sorted_otherwise = lens.sort.with_untracked(|sort| sort.iter().any(|step| step.field != field));
    let sort = |key: &str, icon, wanted: SortOrder, turn| {
        let item = MenuItem::new(t(key), move || lens.sort_by(field, wanted, turn)).icon(icon);
        MenuRow::Item(if turn == Turn::Instead { item.checked(order == Some(wanted)) } else { item })
    };
    let mut rows = vec![
        sort("sort-ascending", "arrow-up", SortOrder::Ascending, Turn::Instead),
        sort("sort-descending", "arrow-down", SortOrder::Descending, Turn::Instead),
    ];
    if is_sorted_otherwise && order.is_none() {
        rows.push(sort("column-sort-besides", "arrow-up-down", SortOrder::Ascending, Turn::Besides));
    }
    rows.push(MenuRow::Rule);
    if may_gather(&column.field) {
        let is_level = lens.group.with_untracked(|levels| levels.iter().any(|level| level.field == field));
        let item = if is_level {
            MenuItem::new(t("column-ungroup"), move || {
                let left = lens.group.get_untracked().into_iter().filter(|level| level.field != field).collect();
                lens.gather_by(left);
            })
        } else {
            let of = column.field.clone();
            MenuItem::new(t("column-group"), move || {
                let level = grid.entity.with_value(|entity| usual_level(entity, grid.app, &of));
                lens.gather_by(lens.group.get_untracked().into_iter().chain([level]).collect());
            })
        };
        rows.push(MenuRow::Item(item.icon("group")));
    }
    if may_ask(&column.source) {
        let item = MenuItem::new(t("column-filter"), move || lens.asked_filter.set(Some(field)));
        rows.push(MenuRow::Item(item.icon("list-filter")));
    }
    rows.push(MenuRow::Rule);
    rows.push(MenuRow::Label(t("column-total")));
    let now = column.total;
    for total in figure::totals(&column.source) {
        let total = *total;
        let item = MenuItem::new(figure::total_name(total), move || {
            lens.totals.update(|totals| {
                totals.insert(field, total);
            });
            lens.remember();
        });
        rows.push(MenuRow::Item(item.checked(total == now)));
    }
    rows.push(MenuRow::Rule);
    rows.extend(places(grid, at, column));
    rows
}

fn places(grid: Grid, at: usize, column: &Column) -> Vec<MenuRow> {
    let lens = grid.lens;
    let field = column.field.id;
    let count = grid.columns.with_untracked(Vec::len);
    let freeze = move |columns: usize| {
        lens.frozen.set(columns);
        lens.remember();
    };
    let mut rows = Vec::new();
    let is_last_still = grid.still.get_untracked() == at + 1;
    if at > 0 && is_last_still {
        rows.push(MenuItem::new(t("column-unfreeze"), move || freeze(1)).icon("pin-off"));
    } else if at > 0 || lens.frozen.get_untracked() > 1 {
        rows.push(MenuItem::new(t("column-freeze"), move || freeze(at + 1)).icon("pin"));
    }
    if at > 0 {
        rows.push(MenuItem::new(t("column-left"), move || head::move_column(grid, at, -1)).icon("arrow-left"));
    }
    if at + 1 < count {
        rows.push(MenuItem::new(t("column-right"), move || head::move_column(grid, at, 1)).icon("arrow-right"));
    }
    rows.push(MenuItem::new(t("column-fit"), move || grid.fit_column(at)).icon("ruler"));
    if count > 1 {
        let name = tr("column-hide", [("name", column.name.as_str().into())]);
        let hide = move || {
            lens.columns.update(|columns| columns.retain(|column| *column != field));
            lens.remember();
        };
        rows.push(MenuItem::new(name, hide).icon("eye-off"));
    }
    rows.into_iter().map(MenuRow::Item).collect()
}
