//! The foot of the grid: how many, and what the columns of numbers come to.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{Column, Grid};
use crate::engine::list;
use crate::ui::format;
use crate::ui::text::{t, tr};
use crate::ui::view::figure;

/// The foot.
pub fn foot(grid: Grid) -> AnyView {
    let found = grid.lens.found;
    let number = |count: usize| format::number(Decimal::from(count), Some(0));
    let count = move || {
        found.with(|found| match found.rows.len() == found.all {
            true => tr("list-count", [("count", found.all.into())]),
            false => {
                tr("list-count-of", [("count", number(found.rows.len()).into()), ("all", number(found.all).into())])
            }
        })
    };
    view! {
        <div class="grid__foot" role="rowgroup">
            <div
                class="grid__row grid__row--foot"
                role="row"
                aria-rowindex=move || found.with(|found| found.rows.len() + 2).to_string()
            >
                <div class="grid__cell grid__cell--check" role="gridcell" aria-colindex="1"></div>
                <div class="grid__cell grid__cell--first" role="gridcell" aria-colindex="2"><span>{count}</span></div>
                {move || {
                    let columns = grid.columns.get().into_iter().enumerate().skip(1);
                    columns.map(|(at, column)| total(grid, at, column)).collect::<Vec<AnyView>>()
                }}
                <div
                    class="grid__cell"
                    role="gridcell"
                    aria-colindex=move || (grid.columns.with(Vec::len) + 2).to_string()
                ></div>
            </div>
        </div>
    }
    .into_any()
}

fn total(grid: Grid, at: usize, column: Column) -> AnyView {
    let index = (at + 2).to_string();
    if !column.is_number || column.source.is_ungrouped() {
        return view! { <div class="grid__cell" role="gridcell" aria-colindex=index></div> }.into_any();
    }
    let (field, source) = (column.field.id, column.source);
    let is_summed = figure::is_summed(&source);
    let shown = Memo::new(move |_| {
        grid.app.track_entity(grid.lens.entity);
        let totals = grid.lens.found.with(|found| grid.app.ask(|state| list::totals(state, &found.rows, field)));
        if is_summed { Some(figure::sums(&source, &totals.sums)) } else { figure::mean(&source, &totals.sums) }
    });
    let name = if is_summed { t("list-sum") } else { t("list-average") };
    view! {
        <div class="grid__cell grid__cell--num" role="gridcell" aria-colindex=index>
            {move || {
                let name = name.clone();
                shown
                    .get()
                    .filter(|text| !text.is_empty())
                    .map(|text| view! { <span title=format!("{name} {text}")>{name.clone()}" "<b>{text.clone()}</b></span> })
            }}
        </div>
    }
    .into_any()
}
