//! The menu of a cell: only the records with its value, or all but those.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Grid, Spot, fill, press, spot_of};
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::plain;
use crate::ui::part::{Menu, MenuItem, MenuRow};
use crate::ui::text::{label, t, tr};

/// The id that a cell has while its menu is open.
const ANCHOR: &str = "cell-menu";

/// The menu of whichever cell is asked for.
pub(super) fn menu(grid: Grid) -> AnyView {
    let items = Callback::new(move |()| grid.quick.get_untracked().map(|spot| rows(grid, spot)).unwrap_or_default());
    view! { <Menu open=grid.is_quick_open anchor=ANCHOR.to_owned() label=t("cell-menu") items=items/> }.into_any()
}

/// Answers the wish for a menu: by the right button of a mouse, or the key for it. A resting finger ticks instead.
pub(super) fn wanted(grid: Grid, event: &web_sys::MouseEvent) {
    press::menu_wanted(grid, event);
    if event.default_prevented() || grid.editing.get_untracked().is_some() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(target) = target.filter(|target| target.closest(".grid__body").ok().flatten().is_some()) else { return };
    let Some(spot) = spot_of(&target).filter(|spot| spot.column > 0) else { return };
    let Some(cell) = grid.cell(spot) else { return };
    event.prevent_default();
    if let Some(former) = browser::element(ANCHOR) {
        let _ = former.remove_attribute("id");
    }
    cell.set_id(ANCHOR);
    let is_within = grid.cells.rect.get_untracked().zip(grid.place_of(spot.row));
    // The range that the menu is asked for on stays.
    if !is_within.is_some_and(|(rect, place)| rect.holds(place, spot.column)) {
        grid.cells.collapse();
        grid.active.set(Some(spot));
    }
    grid.quick.set(Some(spot));
    grid.is_quick_open.set(true);
}

fn rows(grid: Grid, spot: Spot) -> Vec<MenuRow> {
    let lens = grid.lens;
    let column =
        spot.column.checked_sub(1).and_then(|at| grid.columns.with_untracked(|columns| columns.get(at).cloned()));
    let record = grid.app.ask(|state| state.shared_record(spot.row).cloned());
    let (Some(column), Some(record)) = (column, record) else { return Vec::new() };
    let field = column.field.id;
    let value = record.value(field).clone();
    let add = move |is: Comparison, value: Operand| {
        move || {
            lens.filters.update(|filters| filters.push(Condition::compare(field, is, value.clone())));
            lens.remember();
        }
    };
    let shown = match &value {
        Value::Empty => tr("group-blank", [("name", label(&column.field.label).into())]),
        other => grid.entity.with_value(|entity| plain(grid.app, entity, &column.field, other)),
    };
    let short: String = shown.chars().take(40).collect();
    let mut rows = Vec::new();
    if let Some(((only, but), operand)) = comparisons(&value) {
        let name = |key| tr(key, [("value", short.as_str().into())]);
        rows.push(MenuItem::new(name("cell-only"), add(only, operand.clone())).icon("list-filter"));
        rows.push(MenuItem::new(name("cell-without"), add(but, operand.clone())).icon("ban"));
        if matches!(value, Value::Number(_) | Value::Money(_) | Value::Date(_)) {
            let (from, until) = match value {
                Value::Date(_) => ("cell-from", "cell-until"),
                _ => ("cell-at-least", "cell-at-most"),
            };
            rows.push(MenuItem::new(name(from), add(Comparison::AtLeast, operand.clone())).icon("chevron-right"));
            rows.push(MenuItem::new(name(until), add(Comparison::AtMost, operand)).icon("chevron-left"));
        }
    }
    if let Some((from, to)) = fill::begun(grid) {
        rows.push(MenuItem::new(t("cell-go-on"), move || fill::go_on(grid, from, to)).icon("arrow-down"));
    }
    rows.push(MenuItem::new(t("column-filter"), move || lens.asked_filter.set(Some(field))).icon("funnel"));
    rows.into_iter().map(MenuRow::Item).collect()
}

/// How records with this value are told from the others; none where values are not compared.
fn comparisons(value: &Value) -> Option<((Comparison, Comparison), Operand)> {
    const SAME: (Comparison, Comparison) = (Comparison::Equals, Comparison::NotEquals);
    const AMONG: (Comparison, Comparison) = (Comparison::OneOf, Comparison::NoneOf);
    let text = |text: String| Operand::Text(text);
    Some(match value {
        Value::Empty => ((Comparison::Empty, Comparison::Filled), Operand::Absent),
        Value::Flag(flag) => (SAME, Operand::Flag(*flag)),
        Value::Number(number) => (SAME, text(number.normalize().to_string())),
        Value::Money(money) => (SAME, text(money.amount.normalize().to_string())),
        Value::Text(held) => (SAME, text(held.to_string())),
        Value::Date(day) => (SAME, text(day.to_string())),
        Value::Link(link) => (SAME, text(link.to_string())),
        Value::Choice(option) => (AMONG, Operand::List(vec![text(option.as_str().to_owned())])),
        Value::Choices(options) => {
            (AMONG, Operand::List(options.iter().map(|option| text(option.as_str().to_owned())).collect()))
        }
        Value::Links(_) | Value::Instant(_) | Value::Duration(_) | Value::Files(_) | Value::Place(_) => return None,
    })
}
