//! The foot of the grid: how many, and what the columns of numbers come to.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{Column, Grid};
use crate::app::Mark;
use crate::engine::list::{self, Sum};
use crate::model::id::FieldId;
use crate::ui::format;
use crate::ui::text::{t, tr};
use crate::ui::view::figure;
use crate::ui::view::lens::Found;

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
    let sums = Memo::new_with_compare(
        move |former: Option<&Summed>| sum(grid, former),
        |one, other| one.map(|summed| &summed.sums) != other.map(|summed| &summed.sums),
    );
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
                    columns.map(|(at, column)| total(at, column, sums)).collect::<Vec<AnyView>>()
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

fn total(at: usize, column: Column, summed: Memo<Summed>) -> AnyView {
    let index = (at + 2).to_string();
    if !column.is_number || column.source.is_ungrouped() {
        return view! { <div class="grid__cell" role="gridcell" aria-colindex=index></div> }.into_any();
    }
    let (field, source) = (column.field.id, column.source);
    let is_summed = figure::is_summed(&source);
    let shown = Memo::new(move |_| {
        let sums = summed.with(|summed| summed.of(field).to_vec());
        if is_summed { Some(figure::sums(&source, &sums)) } else { figure::mean(&source, &sums) }
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

/// The sums of the columns of numbers, with what it takes to follow the records that are touched.
#[derive(Clone, PartialEq)]
struct Summed {
    sums: Vec<(FieldId, Vec<Sum>)>,
    found: Arc<Found>,
    mark: Mark,
}

impl Summed {
    fn of(&self, field: FieldId) -> &[Sum] {
        self.sums.iter().find(|(id, _)| *id == field).map_or(&[], |(_, sums)| sums)
    }
}

fn sum(grid: Grid, former: Option<&Summed>) -> Summed {
    let (app, entity) = (grid.app, grid.lens.entity);
    app.track_entity(entity);
    let found = grid.lens.found.get();
    let fields: Vec<FieldId> = grid
        .columns
        .with(|columns| columns.iter().filter(|column| column.is_number).map(|column| column.field.id).collect());
    let mark = app.mark(entity);
    let followed = former
        .filter(|former| former.found.run == found.run && former.sums.iter().map(|(field, _)| field).eq(&fields))
        .and_then(|former| Some((former, app.touched_since(entity, former.mark)?)));
    let sums = app.ask(|state| match followed {
        Some((former, touched)) => {
            let mut sums = former.sums.clone();
            list::follow_sums(state, &mut sums, (&former.found.rows, &found.rows), &touched);
            sums
        }
        None => list::sums(state, &found.rows, &fields),
    });
    Summed { sums, found, mark }
}
