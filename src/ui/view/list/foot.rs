//! The foot of the grid: how many, and what the columns come to.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::column::line;
use super::{Column, Grid};
use crate::app::Mark;
use crate::engine::list::{self, Tally};
use crate::model::id::FieldId;
use crate::model::view::Total;
use crate::ui::format;
use crate::ui::text::tr;
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
    let tallied = tallied(grid, |found| 0..found.rows.len());
    let columns = move || grid.drawn_columns().into_iter().skip_while(|(at, _)| *at == 0).collect::<Vec<_>>();
    view! {
        <div class="grid__foot" role="rowgroup">
            <div
                class="grid__row grid__row--foot"
                role="row"
                aria-rowindex=move || grid.lens.lines.with(|lines| lines.count() + 2).to_string()
            >
                <div class="grid__cell grid__cell--check" role="gridcell" aria-colindex="1"></div>
                <div class="grid__cell grid__cell--first" role="gridcell" aria-colindex="2"><span>{count}</span></div>
                <For each=columns key=super::column_key let((at, column))>
                    {total(grid, at, column, tallied)}
                </For>
                <div
                    class="grid__cell"
                    role="gridcell"
                    aria-colindex=move || (grid.columns.with(Vec::len) + 2).to_string()
                    style=move || format!("grid-column:{}", grid.columns.with(Vec::len) + 2)
                ></div>
            </div>
        </div>
    }
    .into_any()
}

fn total(grid: Grid, at: usize, column: Arc<Column>, tallied: Memo<Tallied>) -> AnyView {
    let (field, asked) = (column.field.id, column.total);
    let name = figure::total_name(asked);
    let called = name.clone();
    let shown = Memo::new(move |_| {
        let room = grid.room_in(at);
        let told = |tallied: &Tallied| {
            let tally = tallied.of(field)?;
            let whole = figure::total(&column.source, tally).filter(|whole| !whole.is_empty())?;
            let is_named = line(&called) + line(&whole) + 6.0 <= room;
            let brief = (!is_named && line(&whole) > room).then(|| figure::brief(&column.source, tally)).flatten();
            Some((is_named, whole, brief))
        };
        if asked == Total::None { None } else { tallied.with(told) }
    });
    view! {
        <div
            class=move || grid.cell_class(at, true)
            role="gridcell"
            aria-colindex=(at + 2).to_string()
            style=grid.cell_style(at)
        >
            {move || {
                let name = name.clone();
                shown
                    .get()
                    .map(|(is_named, whole, brief)| {
                        let tip = format!("{name} {whole}");
                        let class = if is_named { "" } else { "sr-only" };
                        view! { <span title=tip><span class=class>{name}" "</span>{figure_view(whole, brief)}</span> }
                    })
            }}
        </div>
    }
    .into_any()
}

/// A figure; where it has been shortened, the whole is for those who listen.
pub(super) fn figure_view(whole: String, brief: Option<String>) -> AnyView {
    match brief {
        None => view! { <b>{whole}</b> }.into_any(),
        Some(brief) => view! { <b aria-hidden="true">{brief}</b><span class="sr-only">{whole}</span> }.into_any(),
    }
}

/// What columns come to, with what it takes to follow the records that are touched.
#[derive(Clone, PartialEq)]
pub(super) struct Tallied {
    tallies: Vec<Tally>,
    found: Arc<Found>,
    range: Range<usize>,
    mark: Mark,
}

impl Tallied {
    /// What a column comes to.
    pub fn of(&self, field: FieldId) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.field == field)
    }
}

/// What columns come to over the records at some places of what is found.
pub(super) fn tallied(grid: Grid, range: impl Fn(&Found) -> Range<usize> + Send + Sync + 'static) -> Memo<Tallied> {
    Memo::new_with_compare(
        move |former: Option<&Tallied>| sum(grid, &range, former),
        |one, other| one.map(|tallied| &tallied.tallies) != other.map(|tallied| &tallied.tallies),
    )
}

fn sum(grid: Grid, range: &impl Fn(&Found) -> Range<usize>, former: Option<&Tallied>) -> Tallied {
    let (app, entity) = (grid.app, grid.lens.entity);
    app.track_entity(entity);
    let found = grid.lens.found.get();
    let range = range(&found);
    let asked: Vec<(FieldId, Total)> = grid.columns.with(|columns| {
        let told = columns.iter().filter(|column| column.total != Total::None);
        told.map(|column| (column.field.id, column.total)).collect()
    });
    let mark = app.mark(entity);
    let is_same = |former: &&Tallied| {
        former.found.run == found.run
            && former.tallies.iter().map(|tally| (tally.field, tally.total)).eq(asked.iter().copied())
    };
    let followed = former.filter(is_same).and_then(|former| Some((former, app.touched_since(entity, former.mark)?)));
    let rows = found.rows.get(range.clone()).unwrap_or_default();
    let tallies = app.ask(|state| match followed {
        Some((former, touched)) => {
            let before = former.found.rows.get(former.range.clone()).unwrap_or_default();
            let mut tallies = former.tallies.clone();
            list::follow_tallies(state, &mut tallies, (before, rows), &touched);
            tallies
        }
        None => list::tally(state, rows, &asked),
    });
    Tallied { tallies, found, range, mark }
}
