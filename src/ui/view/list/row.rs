//! One row of the grid: it reads its own record, so that an edit elsewhere leaves it alone.
//!
//! A row is written as HTML in one piece, and what changes later is put into its cell: while somebody scrolls, rows come and go by
//! the dozen within a frame. Clicks and keys are answered by the grid.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::line::Key;
use super::range::{self, Mark};
use super::{Column, Grid, Spot, compose, held, named};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::part::{Html, hue_name};
use crate::ui::route::Route;
use crate::ui::text::{t, tr};
use crate::ui::view::tint::Tint;

/// What the cells of a row say.
#[derive(Clone, PartialEq)]
struct Said {
    /// The name of the record, which its tick box says.
    name: String,
    /// How many columns stand still.
    still: usize,
    /// The hue of the row, with the rule that says so.
    tint: Option<Tint>,
    /// The same of single cells.
    cell_tints: Vec<(FieldId, Tint)>,
    /// The cells that are drawn, with the places of their columns.
    cells: Vec<(usize, FieldId, Html)>,
}

/// How a row stands among the others.
#[derive(Clone, Copy, PartialEq)]
struct Standing {
    /// The line, counted from zero.
    line: usize,
    /// The place among the records, counted from zero.
    place: usize,
    /// How deep it stands in groups; absent where there are none.
    level: Option<usize>,
    is_selected: bool,
    is_open: bool,
    /// What of it is in the range of cells.
    mark: Option<Mark>,
}

/// The row of a record.
pub fn row(grid: Grid, id: RecordId) -> AnyView {
    let lens = grid.lens;
    let said = Memo::new(move |_| Arc::new(say(grid, id)));
    let standing = Memo::new(move |_| {
        let (line, place) = grid.drawn_at(Key::Record(id)).unwrap_or_default();
        let level = lens.lines.with(|lines| lines.has_heads()).then(|| lens.group.with(Vec::len) + 1);
        let is_selected = lens.selected.with(|selected| selected.contains(&id));
        let mark = lens.lines.with(|lines| lines.nth(place)).and_then(|nth| grid.cells.mark(nth));
        Standing { line, place, level, is_selected, is_open: grid.beside.get() == Some(id), mark }
    });
    let element = NodeRef::<html::Div>::new();
    let first = standing.get_untracked();
    let whole = write(grid, id, &said.get_untracked(), first);
    Effect::new(move |former: Option<Standing>| {
        let now = standing.get();
        let former = former.unwrap_or(first);
        if former != now
            && let Some(row) = element.get_untracked()
        {
            stand(&row, now);
            if former.mark != now.mark {
                range::draw_mark(&row, now.mark);
            }
        }
        now
    });
    let tinted = said.with_untracked(|said| said.tint.clone());
    let (hue, says) = tinted.map(|(hue, says)| (hue_name(hue), says)).unzip();
    Effect::new(move |former: Option<Arc<Said>>| {
        let now = said.get();
        if let (Some(former), Some(row)) = (former, element.get_untracked()) {
            correct(grid, id, &row, &former, &now, standing.get_untracked());
        }
        now
    });
    on_cleanup(move || {
        // What is typed into a row goes with it.
        if grid.editing.try_get_untracked().flatten().is_some_and(|spot| spot.row == id) {
            let _ = grid.editing.try_set(None);
        }
    });
    view! {
        <div
            class="grid__row"
            role="row"
            data-id=id.to_string()
            aria-rowindex=(first.line + 2).to_string()
            aria-selected=first.is_selected.to_string()
            data-open=first.is_open.then_some("")
            data-hue=hue
            title=says
            node_ref=element
            inner_html=whole.into_string()
        ></div>
    }
    .attr("aria-level", first.level.map(|level| level.to_string()))
    .into_any()
}

/// What a cell says now.
pub(super) fn cell_of(grid: Grid, record: &Record, at: usize, column: &Column) -> Html {
    if let Some(held) = held::said(grid, record.id, column.field.id) {
        return held;
    }
    let value = record.value(column.field.id);
    let shown = column.shown.in_cell(grid.app, value);
    if at > 1 {
        return shown;
    }
    let mut html = Html::new();
    let href = Route::Record { entity: record.entity, id: record.id }.href();
    html.tag("<a class=\"grid__title\" tabindex=\"-1\"").attribute("href", &href).tag("><span>");
    match value {
        Value::Empty => html.text(&t("list-untitled")),
        Value::Text(text) => html.text(text),
        _ => html.add(&shown),
    };
    let open = t("list-open-beside");
    html.tag("</span></a><button class=\"button button--quiet button--icon button--small grid__open\" type=\"button\" tabindex=\"-1\"");
    html.attribute("aria-label", &open).attribute("title", &open).tag("></button>");
    html
}

fn say(grid: Grid, id: RecordId) -> Said {
    let record = grid.app.record(id);
    let cells = grid.drawn_columns().into_iter().map(|(at, column)| {
        let html = record.as_ref().map(|record| cell_of(grid, record, at + 1, &column));
        (at, column.field.id, html.unwrap_or_default())
    });
    let tinted = record.as_ref().map(|record| grid.colours.get().of(grid.app, record)).unwrap_or_default();
    Said {
        name: named(grid.app, id),
        still: grid.still.get(),
        tint: tinted.whole,
        cell_tints: tinted.fields,
        cells: cells.collect(),
    }
}

/// The inside of a row, whole.
fn write(grid: Grid, id: RecordId, said: &Said, standing: Standing) -> Html {
    let current = grid.current.get_untracked().filter(|spot| spot.row == id).map(|spot| spot.column);
    let stop = |at: usize| if current == Some(at) { " tabindex=\"0\"" } else { " tabindex=\"-1\"" };
    let mut html = Html::new();
    html.tag("<div class=\"grid__cell grid__cell--check\" role=\"gridcell\" aria-colindex=\"1\" data-col=\"0\"");
    html.tag(stop(0))
        .tag("><span class=\"grid__number\" aria-hidden=\"true\">")
        .text(&(standing.place + 1).to_string());
    html.tag("</span><input class=\"check__box\" type=\"checkbox\" tabindex=\"-1\"");
    html.attribute("aria-label", &tick_of(said)).tag(if standing.is_selected { " checked></div>" } else { "></div>" });
    grid.columns.with_untracked(|columns| {
        for (at, field, inside) in &said.cells {
            let Some(column) = columns.get(*at) else { continue };
            html.tag("<div role=\"gridcell\"").attribute("class", untrack(|| grid.cell_class(*at, false)));
            html.attribute("style", &untrack(|| grid.own_cell_style(*at)));
            if let Some((_, (hue, says))) = said.cell_tints.iter().find(|(coloured, _)| coloured == field) {
                html.attribute("data-hue", hue_name(*hue)).attribute("title", says);
            }
            html.attribute("aria-colindex", &(at + 2).to_string()).attribute("data-col", &(at + 1).to_string());
            html.tag(if column.field.is_editable() { "" } else { " aria-readonly=\"true\"" });
            html.tag(if held::is_held(grid, id, *field) { " aria-invalid=\"true\"" } else { "" });
            if let Some(edges) = standing.mark.and_then(|mark| mark.edges(at + 1)) {
                html.tag(" aria-selected=\"true\"").attribute("data-range", &edges);
            }
            html.tag(stop(at + 1)).tag(">").add(inside).tag("</div>");
        }
        html.tag("<div class=\"grid__cell\" role=\"gridcell\"");
        html.attribute("style", &untrack(|| grid.own_cell_style(columns.len())));
        html.attribute("aria-colindex", &(columns.len() + 2).to_string()).tag("></div>");
    });
    html
}

/// Colours a row, and says by which rule.
fn tint(row: &web_sys::Element, said: &Said) {
    match &said.tint {
        Some((hue, says)) => {
            let _ = row.set_attribute("data-hue", hue_name(*hue));
            let _ = row.set_attribute("title", says);
        }
        None => {
            let _ = row.remove_attribute("data-hue");
            let _ = row.remove_attribute("title");
        }
    }
}

fn tick_of(said: &Said) -> String {
    tr("list-select", [("title", said.name.as_str().into())])
}

/// Puts a row where it stands now.
fn stand(row: &web_sys::Element, now: Standing) {
    let _ = row.set_attribute("aria-rowindex", &(now.line + 2).to_string());
    let _ = match now.level {
        Some(level) => row.set_attribute("aria-level", &level.to_string()),
        None => row.remove_attribute("aria-level"),
    };
    let _ = row.set_attribute("aria-selected", &now.is_selected.to_string());
    let _ = row.toggle_attribute_with_force("data-open", now.is_open);
    if let Ok(Some(number)) = row.query_selector(".grid__number") {
        number.set_text_content(Some(&(now.place + 1).to_string()));
    }
    if let Some(tick) = tick_box(row) {
        tick.set_checked(now.is_selected);
    }
}

fn tick_box(row: &web_sys::Element) -> Option<web_sys::HtmlInputElement> {
    use wasm_bindgen::JsCast;
    row.query_selector(".check__box").ok()??.dyn_into().ok()
}

/// Brings a row that was drawn to what it says now. Only cells that say something else are touched, so that the focus stays.
fn correct(grid: Grid, id: RecordId, row: &web_sys::Element, former: &Said, now: &Said, standing: Standing) {
    let fields = |said: &Said| said.cells.iter().map(|(at, field, _)| (*at, *field)).collect::<Vec<(usize, FieldId)>>();
    if former.tint != now.tint {
        tint(row, now);
    }
    if former.still != now.still || former.cell_tints != now.cell_tints || fields(former) != fields(now) {
        let had_focus = browser::holds_focus(row);
        let edited = grid.editing.get_untracked().or(compose::busy(grid)).filter(|spot| spot.row == id);
        let edited = edited.and_then(|spot| grid.cell(spot));
        let html = write(grid, id, now, standing);
        if let Some(edited) = edited {
            write_around(grid, row, &edited, &html);
            return;
        }
        row.set_inner_html(html.as_str());
        let active = grid.active.get_untracked().filter(|spot| had_focus && spot.row == id);
        if let Some(cell) = active.and_then(|spot| grid.cell(spot)) {
            browser::focus_in_place(&cell);
        }
        return;
    }
    if former.name != now.name
        && let Some(tick) = tick_box(row)
    {
        let _ = tick.set_attribute("aria-label", &tick_of(now));
    }
    let edited = grid.editing.get_untracked().or(compose::busy(grid));
    for ((at, field, before), (_, _, after)) in former.cells.iter().zip(&now.cells) {
        let spot = Spot { row: id, column: at + 1 };
        // What is being typed stays; its cell is written when that ends.
        if before != after
            && edited != Some(spot)
            && let Some(cell) = grid.cell(spot)
        {
            cell.set_inner_html(after.as_str());
            held::mark(grid, &cell, id, *field);
        }
    }
}

/// Writes a row anew but for one cell, which stays where it is with all that is typed into it.
fn write_around(grid: Grid, row: &web_sys::Element, kept: &web_sys::Element, html: &Html) {
    let Some(fresh) = browser::document().and_then(|page| page.create_element("div").ok()) else { return };
    fresh.set_inner_html(html.as_str());
    let others: Vec<web_sys::Element> = browser::children(row).into_iter().filter(|child| child != kept).collect();
    others.iter().for_each(web_sys::Element::remove);
    let column = kept.get_attribute("data-col");
    if let Some(at) =
        column.as_deref().and_then(|column| column.parse::<usize>().ok()).and_then(|column| column.checked_sub(1))
    {
        let _ = kept.set_attribute("style", &grid.cell_style(at));
    }
    let mut is_past = false;
    for child in browser::children(&fresh) {
        if child.get_attribute("data-col") == column {
            is_past = true;
        } else {
            let _ = row.insert_before(&child, (!is_past).then_some(kept));
        }
    }
}
