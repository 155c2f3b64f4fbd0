//! Heads of groups: what their records have in common, how many there are, and what their columns come to.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::column::line;
use super::line::Key;
use super::{Grid, foot};
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::FieldId;
use crate::model::value::{Money, Value};
use crate::model::view::{Bucket, Grouping, SortOrder, Total};
use crate::ui::field::{meaning, plain, show_in_cell};
use crate::ui::format;
use crate::ui::part::{icon, icon_styled};
use crate::ui::text::{label, label_within, tr};
use crate::ui::view::{figure, form};

/// A group as its head shows it.
#[derive(Clone, PartialEq)]
struct Here {
    place: usize,
    level: usize,
    value: Value,
    count: usize,
    is_folded: bool,
}

/// The head of a group among the lines.
pub(super) fn head(grid: Grid, id: u64) -> AnyView {
    let here = here(grid, id);
    let line = Memo::new(move |_| grid.drawn_at(Key::Head(id)).map_or(0, |(line, _)| line));
    let has_focus = Memo::new(move |_| grid.current_head.get() == Some(id));
    view! {
        <div
            class="grid__row grid__row--group"
            role="row"
            data-group=id.to_string()
            aria-rowindex=move || (line.get() + 2).to_string()
            aria-expanded=move || here.with(|here| here.as_ref().is_some_and(|here| !here.is_folded)).to_string()
        >
            <div
                class="grid__cell gathered"
                role="gridcell"
                aria-colindex="1"
                tabindex=move || if has_focus.get() { "0" } else { "-1" }
                style=move || style(grid, here)
                on:click=move |_| turn(grid, id)
                on:focusin=move |_| grid.head.set(Some(id))
                on:keydown=move |event| pressed(grid, id, &event)
            >
                {move || here.get().map(|here| content(grid, &here))}
            </div>
            {figures(grid, id)}
        </div>
    }
    .attr("aria-level", move || here.with(|here| here.as_ref().map_or(1, |here| here.level + 1)).to_string())
    .into_any()
}

/// The heads of the groups around the first line in sight, which lie over the lines while their own places are scrolled away.
pub(super) fn stuck(grid: Grid) -> AnyView {
    let stuck = grid.stuck();
    view! {
        <div class="grid__stuck" aria-hidden="true">
            <For each=move || stuck.get() key=|(id, _)| *id let((id, place))>
                {
                    let here = here(grid, id);
                    view! {
                        <div class="grid__row grid__row--group">
                            <div class="grid__cell gathered" style=move || style(grid, here) on:click=move |_| {
                                grid.go_to_group(place);
                                turn(grid, id);
                            }>
                                {move || here.get().map(|here| content(grid, &here))}
                            </div>
                            {figures(grid, id)}
                        </div>
                    }
                }
            </For>
        </div>
    }
    .into_any()
}

fn here(grid: Grid, id: u64) -> Memo<Option<Here>> {
    let lens = grid.lens;
    Memo::new(move |_| {
        let is_folded = lens.folds.with(|folds| folds.is_folded(id));
        lens.found.with(|found| {
            let place = found.groups.iter().position(|group| group.id == id)?;
            let group = &found.groups[place];
            Some(Here { place, level: group.level, value: group.value.clone(), count: group.count(), is_folded })
        })
    })
}

/// The name reaches as far as the first column that comes to something.
fn style(grid: Grid, here: Memo<Option<Here>>) -> String {
    let level = here.with(|here| here.as_ref().map_or(0, |here| here.level));
    let count = grid.columns.with(Vec::len);
    let until = grid.columns.with(|columns| columns.iter().skip(1).position(|column| column.total != Total::None));
    let end = until.map_or(count + 3, |at| at + 3);
    format!("grid-column:1 / {end};--level:{level}")
}

fn content(grid: Grid, here: &Here) -> AnyView {
    let level = grid.lens.group.with(|levels| levels.get(here.level).copied());
    let field = level.and_then(|level| grid.entity.with_value(|entity| entity.field(level.field).cloned()));
    let (Some(level), Some(field)) = (level, field) else { return ().into_any() };
    let value = here.value.clone();
    let path = grid.lens.found.with_untracked(|found| found.path(here.place));
    let preset = preset(grid, path);
    let entity = grid.lens.entity;
    let count = format::number(Decimal::from(here.count), Some(0));
    let create = (!preset.is_empty()).then(|| {
        let name = grid.entity.with_value(|entity| tr("list-new", [("name", label_within(&entity.label).into())]));
        let title = name.clone();
        view! {
            <button
                class="button button--quiet button--icon button--small gathered__new"
                type="button"
                tabindex="-1"
                aria-label=name
                title=title
                on:click=move |event| {
                    event.stop_propagation();
                    form::create(entity, preset.clone());
                }
            >
                {icon("plus")}
            </button>
        }
    });
    view! {
        {icon_styled("chevron-right", if here.is_folded { "icon gathered__fold" } else { "icon gathered__fold gathered__fold--open" })}
        <span class="gathered__name" title=label(&field.label)>{name(grid, &field, level, &value)}</span>
        <span class="gathered__count">{count}</span>
        {create}
    }
    .into_any()
}

/// What a new record of a group has from the start.
fn preset(grid: Grid, path: Vec<Value>) -> Vec<(FieldId, Value)> {
    let levels = grid.lens.group.get_untracked();
    let known = levels.iter().zip(path).filter(|(level, value)| level.by.is_none() && !value.is_empty());
    grid.entity.with_value(|entity| {
        let settable = known.filter(|(level, value)| {
            !matches!(value, Value::Date(_)) && entity.field(level.field).is_some_and(Field::is_editable)
        });
        settable.map(|(level, value)| (level.field, value)).chain(grid.lens.preset()).collect()
    })
}

fn name(grid: Grid, field: &Field, level: Grouping, value: &Value) -> AnyView {
    let number = |number: Decimal| format::number(number, None);
    match (value, level.by) {
        (Value::Empty, _) => {
            let name = tr("group-blank", [("name", label_within(&field.label).into())]);
            view! { <span class="quiet">{name}</span> }.into_any()
        }
        (Value::Choice(_) | Value::Choices(_) | Value::Flag(_), _) => {
            grid.entity.with_value(|entity| show_in_cell(grid.app, entity, field, value))
        }
        (Value::Date(day), by) => {
            let reckoning = grid.app.reckoning();
            let year = || format::year_of_account(reckoning.year(*day), reckoning);
            match by {
                Some(Bucket::Year) => {
                    tr(if reckoning.is_plain() { "group-year" } else { "group-fiscal-year" }, [("year", year().into())])
                }
                Some(Bucket::Quarter) => {
                    let quarter = reckoning.quarter_number(*day).to_string();
                    let key = if reckoning.is_plain() { "group-quarter" } else { "group-fiscal-quarter" };
                    tr(key, [("year", year().into()), ("quarter", quarter.into())])
                }
                Some(Bucket::Month) => format::month(*day),
                Some(Bucket::Week) => tr("group-week", [("day", format::date(*day, grid.app.today()).into())]),
                Some(Bucket::Day | Bucket::Step(_)) | None => format::date(*day, grid.app.today()),
            }
            .into_any()
        }
        (Value::Number(from), Some(Bucket::Step(step))) => {
            range(number(*from), number(from.saturating_add(step))).into_any()
        }
        (Value::Money(from), Some(Bucket::Step(step))) => {
            let money = |amount| format::money(Money { amount, currency: from.currency });
            range(money(from.amount), money(from.amount.saturating_add(step))).into_any()
        }
        (other, _) => grid.entity.with_value(|entity| plain(grid.app, entity, field, other)).into_any(),
    }
}

fn range(from: String, to: String) -> String {
    tr("group-range", [("from", from.into()), ("to", to.into())])
}

/// What the columns in sight come to over the records of a group.
fn figures(grid: Grid, id: u64) -> AnyView {
    let tallied = foot::tallied(grid, move |found| {
        found.groups.iter().find(|group| group.id == id).map_or(0..0, |group| group.start..group.end)
    });
    let cells = move || {
        let columns = grid.columns.get();
        let drawn = grid.sight.get();
        drawn
            .into_iter()
            .skip(1)
            .filter_map(|at| Some((at, columns.get(at)?.clone())))
            .filter(|(_, column)| column.total != Total::None)
            .map(|(at, column)| {
                let field = column.field.id;
                let shown = Memo::new(move |_| {
                    let room = grid.room_in(at);
                    tallied.with(|tallied| {
                        let tally = tallied.of(field)?;
                        let whole = figure::total(&column.source, tally)?;
                        let is_long = line(&whole) > room;
                        Some((whole, is_long.then(|| figure::brief(&column.source, tally)).flatten()))
                    })
                });
                view! {
                    <div
                        class="grid__cell grid__cell--num gathered__figure"
                        role="gridcell"
                        aria-colindex=(at + 2).to_string()
                        style=format!("grid-column:{}", at + 2)
                    >
                        {move || shown.get().map(|(whole, brief)| {
                            let tip = whole.clone();
                            view! { <span title=tip>{foot::figure_view(whole, brief)}</span> }
                        })}
                    </div>
                }
                .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    cells.into_any()
}

/// Folds a group, or opens it.
pub(super) fn turn(grid: Grid, id: u64) {
    let path = grid.lens.found.with_untracked(|found| {
        let place = found.groups.iter().position(|group| group.id == id)?;
        Some(found.path(place))
    });
    if let Some(path) = path {
        grid.lens.folds.update(|folds| folds.turn(id, path));
        grid.lens.remember();
    }
}

fn pressed(grid: Grid, id: u64, event: &web_sys::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(here) = here_now(grid, id) else { return };
    let (place, is_folded) = here;
    match (event.key().as_str(), is_folded) {
        ("Enter" | " ", _) | ("ArrowLeft", false) | ("ArrowRight", true) => turn(grid, id),
        ("ArrowLeft", true) => grid.walk_out(place),
        ("ArrowRight" | "ArrowDown", _) => grid.walk_from_head(place, 1),
        ("ArrowUp", _) => grid.walk_from_head(place, -1),
        ("Home", _) => grid.walk_from_head(place, -10_000_000),
        ("End", _) => grid.walk_from_head(place, 10_000_000),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn here_now(grid: Grid, id: u64) -> Option<(usize, bool)> {
    let place = grid.lens.found.with_untracked(|found| found.groups.iter().position(|group| group.id == id))?;
    Some((place, grid.lens.folds.with_untracked(|folds| folds.is_folded(id))))
}

/// Whether records can be gathered by a field.
pub fn may_gather(field: &Field) -> bool {
    field.is_stored()
        && !matches!(
            field.kind,
            FieldKind::Signature
                | FieldKind::LongText
                | FieldKind::RichText
                | FieldKind::Files
                | FieldKind::Location
                | FieldKind::Address
                | FieldKind::Lines { .. }
        )
}

/// How a field is gathered until somebody chooses otherwise: days by month, other values each by itself.
pub fn usual_level(entity: &Entity, app: App, field: &Field) -> Grouping {
    let kind = app.ask(|state| meaning(state, entity, field).kind.result());
    let by = matches!(kind, Some(ResultKind::Date | ResultKind::Instant)).then_some(Bucket::Month);
    Grouping { field: field.id, order: SortOrder::Ascending, by }
}
