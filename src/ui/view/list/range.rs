//! The range of cells: a rectangle between the cell where it began and the active one, drawn by keys or with the mouse.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{Grid, Spot, element_of, fill, spot_of};
use crate::app::EditJob;
use crate::engine::list::{self, Lines, Sum};
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::ui::browser;
use crate::ui::format;
use crate::ui::text::{t, tr};
use crate::ui::view::figure;
use crate::ui::view::lens::{Found, Lens};

/// How near to an edge the pointer lets the list roll, and how far with each frame at most.
const EDGE: f64 = 28.0;
const FASTEST: f64 = 40.0;

/// What ranges of cells need besides the grid.
#[derive(Clone, Copy)]
pub(in crate::ui::view) struct Cells {
    /// Where the range begins; none while only one cell is meant.
    from: RwSignal<Option<Spot>>,
    /// The rectangle, while it is more than one cell.
    pub(super) rect: Memo<Option<Rect>>,
    drag: StoredValue<Drag>,
    /// How far what stands in the range is being drawn on.
    pub(super) filling: RwSignal<Option<Rect>>,
    /// Whether the range is drawn by its grips, as fingers do.
    pub(super) is_touched: RwSignal<bool>,
    /// What was copied here last, as text and with its very values: a button cannot ask the clipboard for these.
    pub(super) copied: StoredValue<Option<(String, String)>>,
    /// What was not taken of what was pasted or filled in.
    pub(super) outcome: RwSignal<Option<Arc<super::refused::Outcome>>>,
    /// Rows that were pasted below the last one, until somebody says what becomes of them.
    pub(super) waiting: RwSignal<Option<Arc<super::clipboard::Waiting>>>,
    /// The edit of many records that is running.
    pub(super) job: RwSignal<Option<EditJob>>,
}

/// A range as it was drawn: between which cells, over how many rows, and where it lies now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Drawn {
    ends: (Spot, Spot),
    rows: usize,
    rect: Rect,
}

/// A rectangle of cells by the places of its rows and by its columns, all of them within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub top: usize,
    pub bottom: usize,
    pub left: usize,
    pub right: usize,
}

/// What of a range is taken to draw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grip {
    /// Its upper left corner.
    Start,
    /// Its lower right corner.
    End,
    /// The square that draws on what stands in it.
    Fill,
}

/// The part of a row that is in the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    left: usize,
    right: usize,
    is_top: bool,
    is_bottom: bool,
}

/// A mouse that draws a range.
#[derive(Clone, Copy, Default)]
struct Drag {
    /// The cell on which it came down.
    start: Option<Spot>,
    /// Where it is by now.
    at: (f64, f64),
    /// Whether it has come to another cell.
    is_drawn: bool,
    /// Whether it draws on what stands in the range, rather than the range itself.
    fills: bool,
    /// Whether the list is rolling.
    rolls: bool,
}

impl Cells {
    pub(super) fn new(lens: Lens, active: RwSignal<Option<Spot>>) -> Cells {
        let from = RwSignal::new(None::<Spot>);
        let drawn = Memo::new(move |former: Option<&Option<Drawn>>| {
            let ends = (from.get()?, active.get()?);
            let rect = lens.found.with(|found| lens.lines.with(|lines| between(found, lines, ends)))?;
            let known = former.and_then(Option::as_ref).filter(|former| former.ends == ends);
            let rows = known.map_or(rect.size().0, |former| former.rows);
            Some(Drawn { ends, rows, rect })
        });
        // Records that have come to stand elsewhere, because of what was put into them, would take in all that lies between.
        let rect = Memo::new(move |_| drawn.get().filter(|drawn| drawn.rows == drawn.rect.size().0).map(|it| it.rect));
        Cells {
            from,
            rect,
            drag: StoredValue::new(Drag::default()),
            filling: RwSignal::new(None),
            is_touched: RwSignal::new(false),
            copied: StoredValue::new(None),
            outcome: RwSignal::new(None),
            waiting: RwSignal::new(None),
            job: RwSignal::new(None),
        }
    }

    /// From now on one cell alone is meant.
    pub(super) fn collapse(self) {
        if self.from.get_untracked().is_some() {
            self.from.set(None);
        }
    }

    /// The range goes from one cell to the other, which is the active one.
    fn hold(self, from: Spot, to: Spot, active: RwSignal<Option<Spot>>) {
        self.from.set(Some(from));
        active.set(Some(to));
    }

    /// The range begins at a cell, unless it has begun already.
    pub(super) fn begin(self, spot: Spot) {
        if self.from.get_untracked().is_none() && spot.column > 0 {
            self.from.set(Some(spot));
        }
    }

    /// What of a row is in the range, by its place among those that are shown.
    pub(super) fn mark(self, place: usize) -> Option<Mark> {
        let rect = self.rect.get().filter(|rect| (rect.top..=rect.bottom).contains(&place))?;
        let (is_top, is_bottom) = (rect.top == place, rect.bottom == place);
        Some(Mark { left: rect.left, right: rect.right, is_top, is_bottom })
    }
}

/// The rectangle between two cells; what is folded away is not among the rows that it counts.
fn between(found: &Found, lines: &Lines, (from, to): (Spot, Spot)) -> Option<Rect> {
    if from == to || from.column == 0 || to.column == 0 {
        return None;
    }
    let place = |wanted: RecordId| lines.nth(found.rows.iter().position(|row| *row == wanted)?);
    let (one, other) = (place(from.row)?, place(to.row)?);
    Some(Rect {
        top: one.min(other),
        bottom: one.max(other),
        left: from.column.min(to.column),
        right: from.column.max(to.column),
    })
}

impl Mark {
    /// Which edges of the range a cell has, one letter each; nothing if it is not in the range.
    pub(super) fn edges(self, column: usize) -> Option<String> {
        if !(self.left..=self.right).contains(&column) {
            return None;
        }
        let edges =
            [(self.is_top, 't'), (self.right == column, 'r'), (self.is_bottom, 'b'), (self.left == column, 'l')];
        Some(edges.into_iter().filter(|(is_edge, _)| *is_edge).map(|(_, letter)| letter).collect())
    }
}

/// Shows in the cells of a row what of it is in the range.
pub(super) fn draw_mark(row: &web_sys::Element, mark: Option<Mark>) {
    let mut next = row.first_element_child();
    while let Some(cell) = next {
        next = cell.next_element_sibling();
        let Some(column) = cell.get_attribute("data-col").and_then(|at| at.parse::<usize>().ok()) else { continue };
        match mark.and_then(|mark| mark.edges(column)) {
            Some(edges) => {
                let _ = cell.set_attribute("aria-selected", "true");
                let _ = cell.set_attribute("data-range", &edges);
            }
            None => {
                let _ = cell.remove_attribute("aria-selected");
                let _ = cell.remove_attribute("data-range");
            }
        }
    }
}

impl Rect {
    fn of(spot: Spot, place: usize) -> Rect {
        Rect { top: place, bottom: place, left: spot.column, right: spot.column }
    }

    /// Whether a cell is within it.
    pub(super) fn holds(self, place: usize, column: usize) -> bool {
        (self.top..=self.bottom).contains(&place) && (self.left..=self.right).contains(&column)
    }

    /// How many rows and columns it has.
    pub(super) fn size(self) -> (usize, usize) {
        (self.bottom - self.top + 1, self.right - self.left + 1)
    }
}

impl Grid {
    /// The rectangle that keys and the clipboard mean: the range, or the active cell.
    pub(super) fn meant(self) -> Option<Rect> {
        if let Some(rect) = self.cells.rect.get_untracked() {
            return Some(rect);
        }
        let spot = self.current.get_untracked().filter(|spot| spot.column > 0)?;
        Some(Rect::of(spot, self.place_of(spot.row)?))
    }

    /// The records of rows, from the first place to the last.
    pub(super) fn records(self, top: usize, bottom: usize) -> Vec<RecordId> {
        (top..=bottom).filter_map(|place| self.row_at(place)).collect()
    }

    /// The fields of columns, counted from one.
    pub(super) fn fields(self, left: usize, right: usize) -> Vec<Field> {
        self.columns.with_untracked(|columns| {
            let there = columns.get(left.saturating_sub(1)..right.min(columns.len())).unwrap_or_default();
            there.iter().map(|column| column.field.clone()).collect()
        })
    }

    /// Makes cells the range; the active one is the upper left of them, which is in sight.
    pub(super) fn select(self, rect: Rect) {
        let (first, last) = (self.row_at(rect.top), self.row_at(rect.bottom));
        if let (Some(first), Some(last)) = (first, last) {
            self.cells.from.set(Some(Spot { row: last, column: rect.right }));
            self.active.set(Some(Spot { row: first, column: rect.left }));
            // Over how many rows it was drawn is reckoned now: what is put into them next may move them.
            let _ = self.cells.rect.get_untracked();
        }
    }
}

/// The row of the active cell, or its column: all of its cells.
pub(super) fn select_row(grid: Grid) {
    let Some(rect) = grid.meant() else { return };
    let last = grid.columns.with_untracked(Vec::len);
    let Some(row) = grid.row_at(rect.bottom) else { return };
    let first = grid.row_at(rect.top).unwrap_or(row);
    grid.cells.from.set(Some(Spot { row: first, column: 1 }));
    grid.go(Spot { row, column: last });
}

/// The columns of the range from the first row to the last.
pub(super) fn select_column(grid: Grid) {
    let Some(rect) = grid.meant() else { return };
    let count = grid.row_count();
    // The focus stays in sight: the range goes from the last row up to the first.
    if let (Some(first), Some(last)) = (grid.row_at(0), count.checked_sub(1).and_then(|at| grid.row_at(at))) {
        grid.cells.from.set(Some(Spot { row: last, column: rect.right }));
        grid.go(Spot { row: first, column: rect.left });
    }
}

/// All cells; once these are the range, all records are ticked.
pub(super) fn widen(grid: Grid) {
    let (rows, columns) = (grid.row_count(), grid.columns.with_untracked(Vec::len));
    let all = Rect { top: 0, bottom: rows.saturating_sub(1), left: 1, right: columns };
    let is_all = grid.meant() == Some(all);
    let is_tick = grid.current.get_untracked().is_some_and(|spot| spot.column == 0);
    if is_all || is_tick {
        grid.cells.collapse();
        let rows = grid.lens.found.with_untracked(|found| found.rows.clone());
        grid.lens.selected.update(|selected| selected.extend(rows));
        return;
    }
    if let (Some(first), Some(last)) = (grid.row_at(0), grid.row_at(all.bottom)) {
        grid.cells.from.set(Some(Spot { row: last, column: columns }));
        grid.go(Spot { row: first, column: 1 });
    }
}

/// The mouse comes down on a cell: with Shift the range goes there, otherwise it begins there.
pub(super) fn down(grid: Grid, event: &web_sys::PointerEvent) {
    grid.cells.drag.set_value(Drag::default());
    if event.pointer_type() != "mouse" || event.button() != 0 {
        return;
    }
    grid.cells.is_touched.set(false);
    let Some(target) = element_of(event.target()) else { return };
    let is_control = target.closest("button, input, select, textarea, .grid__editor, .grid__head, .grid__foot");
    let Some(spot) = spot_of(&target).filter(|spot| spot.column > 0) else { return };
    if is_control.ok().flatten().is_some() || grid.lens.is_selecting.get_untracked() {
        return;
    }
    if event.shift_key() {
        if let Some(before) = grid.active.get_untracked() {
            grid.cells.begin(before);
        }
        // Neither a text is selected from there to here, nor a link followed in a new window.
        event.prevent_default();
        grid.go(spot);
    } else {
        grid.cells.collapse();
    }
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    grid.cells.drag.set_value(Drag { start: Some(spot), at, ..Drag::default() });
}

/// A grip of the range is taken: its other end stays, or what stands in it is drawn on.
pub(super) fn taken(grid: Grid, grip: Grip, event: &web_sys::PointerEvent) {
    let Some(rect) = grid.meant().filter(|_| event.button() == 0) else { return };
    let cell = |place: usize, column: usize| grid.row_at(place).map(|row| Spot { row, column });
    let ends = (cell(rect.top, rect.left), cell(rect.bottom, rect.right));
    let (Some(first), Some(last)) = ends else { return };
    let start = if grip == Grip::Start { first } else { last };
    match grip {
        Grip::Start => grid.cells.hold(last, first, grid.active),
        Grip::End => grid.cells.hold(first, last, grid.active),
        Grip::Fill => {}
    }
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let fills = grip == Grip::Fill;
    grid.cells.drag.set_value(Drag { start: Some(start), at, is_drawn: true, fills, rolls: false });
    if let Some(scroller) = grid.scroller.get_untracked() {
        let _ = scroller.set_pointer_capture(event.pointer_id());
        // What lies over the cells hides none of them from the pointer meanwhile.
        let _ = scroller.set_attribute("data-drawing", "");
    }
    event.prevent_default();
    event.stop_propagation();
}

/// The mouse moves with its button down.
pub(super) fn moved(grid: Grid, event: &web_sys::PointerEvent) {
    let mut drag = grid.cells.drag.get_value();
    let Some(start) = drag.start else { return };
    if event.buttons() & 1 == 0 {
        grid.cells.drag.set_value(Drag::default());
        grid.cells.filling.set(None);
        return;
    }
    drag.at = (f64::from(event.client_x()), f64::from(event.client_y()));
    if !drag.is_drawn {
        let over = spot_near(grid, drag.at);
        if over.is_none_or(|over| over == start) {
            grid.cells.drag.set_value(drag);
            return;
        }
        drag.is_drawn = true;
        grid.cells.begin(start);
        if let Some(scroller) = grid.scroller.get_untracked() {
            // From here on the mouse is ours, wherever it goes, and its click is nobody's.
            let _ = scroller.set_pointer_capture(event.pointer_id());
        }
    }
    grid.cells.drag.set_value(drag);
    draw(grid);
    roll_soon(grid);
}

/// The mouse lets go: the active cell is where it is now.
pub(super) fn up(grid: Grid) {
    let Some(drag) = grid.cells.drag.try_get_value() else { return };
    grid.cells.drag.set_value(Drag::default());
    if let Some(scroller) = grid.scroller.get_untracked().filter(|_| drag.is_drawn) {
        let _ = scroller.remove_attribute("data-drawing");
    }
    if let Some(to) = grid.cells.filling.try_get_untracked().flatten() {
        grid.cells.filling.set(None);
        if let Some(from) = grid.meant().filter(|from| *from != to) {
            grid.select(to);
            fill::go_on(grid, from, to);
        }
    }
    if let (true, Some(spot)) = (drag.is_drawn, grid.active.get_untracked()) {
        grid.focus_soon(spot);
    }
}

/// A link or a picture in a cell is not carried away: that would end the drawing of a range.
pub(super) fn carried(event: &web_sys::DragEvent) {
    let is_in_body = element_of(event.target()).and_then(|target| target.closest(".grid__body").ok().flatten());
    if is_in_body.is_some() {
        event.prevent_default();
    }
}

/// Brings the range to the cell below the mouse.
fn draw(grid: Grid) {
    let drag = grid.cells.drag.get_value();
    if drag.fills {
        let to = spot_near(grid, drag.at).and_then(|spot| drawn_on(grid, spot));
        if grid.cells.filling.get_untracked() != to {
            grid.cells.filling.set(to);
        }
    } else if let Some(spot) = spot_near(grid, drag.at)
        && grid.active.get_untracked() != Some(spot)
    {
        grid.active.set(Some(spot));
    }
}

/// The range with the rows below or above it or the columns on either side, up to a cell; whichever reaches farthest.
fn drawn_on(grid: Grid, spot: Spot) -> Option<Rect> {
    let rect = grid.meant()?;
    let place = grid.place_of(spot.row)?;
    let (down, up) = (place.saturating_sub(rect.bottom), rect.top.saturating_sub(place));
    let wide = |from: usize, to: usize| {
        let between = |widths: &Vec<u32>| widths.get(from..to).unwrap_or_default().iter().sum::<u32>();
        f64::from(grid.widths.with_untracked(between))
    };
    let aside = wide(rect.right, spot.column).max(wide(spot.column.saturating_sub(1), rect.left - 1));
    let tall = down.max(up) as f64 * grid.row_height.get_untracked();
    if tall == 0.0 && aside == 0.0 {
        None
    } else if tall >= aside {
        Some(Rect { top: rect.top - up, bottom: rect.bottom + down, ..rect })
    } else {
        Some(Rect { left: rect.left.min(spot.column), right: rect.right.max(spot.column), ..rect })
    }
}

/// The cell at a place of the window, or the nearest one in sight.
fn spot_near(grid: Grid, (x, y): (f64, f64)) -> Option<Spot> {
    let scroller = grid.scroller.get_untracked()?;
    let (frame, row) = (scroller.get_bounding_client_rect(), grid.row_height.get_untracked());
    let width = f64::from(scroller.client_width());
    let height = f64::from(scroller.client_height());
    let x = x.clamp(frame.left() + 42.0, frame.left() + width - 2.0);
    let (first, last) = (frame.top() + row + 2.0, frame.top() + height - row - 2.0);
    let at = |y: f64| {
        let found = browser::document()?.element_from_point(x as f32, y as f32)?;
        spot_of(&found).filter(|spot| spot.column > 0)
    };
    // Beside the last column, and below the last row of a short list, the nearest cell counts.
    at(y.clamp(first, last)).or_else(|| {
        let place = ((f64::from(scroller.scroll_top()) + y - frame.top()) / row - 1.0).max(0.0) as usize;
        let row = grid.row_at(place.min(grid.row_count().saturating_sub(1)))?;
        let now = grid.active.get_untracked()?;
        let beyond = at(y.clamp(first, last)).is_none() && x > frame.left() + width / 2.0;
        let column = if beyond { grid.columns.with_untracked(Vec::len) } else { now.column };
        Some(Spot { row, column: if y > first && y < last { column } else { now.column } })
    })
}

/// Rolls the list for as long as the mouse stays at its edge.
fn roll_soon(grid: Grid) {
    let drag = grid.cells.drag.get_value();
    if drag.rolls || step_of(grid, drag.at) == (0, 0) {
        return;
    }
    grid.cells.drag.set_value(Drag { rolls: true, ..drag });
    request_animation_frame(move || roll(grid));
}

fn roll(grid: Grid) {
    let Some(drag) = grid.cells.drag.try_get_value().filter(|drag| drag.is_drawn) else { return };
    let Some(scroller) = grid.scroller.try_get_untracked().flatten() else { return };
    let (right, down) = step_of(grid, drag.at);
    if (right, down) == (0, 0) {
        grid.cells.drag.set_value(Drag { rolls: false, ..drag });
        return;
    }
    scroller.set_scroll_top(scroller.scroll_top() + down);
    scroller.set_scroll_left(scroller.scroll_left() + right);
    grid.measure();
    draw(grid);
    request_animation_frame(move || roll(grid));
}

/// How far the list rolls with the next frame: the farther beyond the edge, the faster.
fn step_of(grid: Grid, (x, y): (f64, f64)) -> (i32, i32) {
    let Some(scroller) = grid.scroller.get_untracked() else { return (0, 0) };
    let (frame, row) = (scroller.get_bounding_client_rect(), grid.row_height.get_untracked());
    let speed = |at: f64, from: f64, to: f64| {
        let beyond = if at < from { at - from } else { (at - to).max(0.0) };
        (beyond / 2.0).clamp(-FASTEST, FASTEST) as i32
    };
    let (width, height) = (f64::from(scroller.client_width()), f64::from(scroller.client_height()));
    (
        speed(x, frame.left() + EDGE, frame.left() + width - EDGE),
        speed(y, frame.top() + row + EDGE / 2.0, frame.top() + height - row - EDGE / 2.0),
    )
}

/// What is in the range, said and shown: how many cells, and what their numbers come to.
pub(super) fn status(grid: Grid) -> AnyView {
    let said = Memo::new(move |_| {
        let rect = grid.cells.rect.get()?;
        let (rows, columns) = rect.size();
        let mut parts = vec![tr("range-cells", [("rows", number(rows).into()), ("columns", number(columns).into())])];
        parts.extend(figures(grid, rect));
        Some(parts)
    });
    view! {
        <div class="range-status" role="status" data-shown=move || said.with(Option::is_some).then_some("")>
            {move || {
                said.get()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|part| view! { <span>{part}</span> }.into_any())
                    .collect::<Vec<AnyView>>()
            }}
        </div>
    }
    .into_any()
}

/// Sum and average of the numbers, if all columns of numbers in the range are of one kind.
fn figures(grid: Grid, rect: Rect) -> Vec<String> {
    let numbers: Vec<(FieldId, Field)> = grid.columns.with(|columns| {
        let there = columns.get(rect.left - 1..rect.right.min(columns.len())).unwrap_or_default();
        let counted = there.iter().filter(|column| column.is_number && !column.source.is_ungrouped());
        counted.map(|column| (column.field.id, column.source.clone())).collect()
    });
    let Some((_, source)) = numbers.first() else { return Vec::new() };
    let kind = std::mem::discriminant(&source.kind);
    if numbers.iter().any(|(_, other)| std::mem::discriminant(&other.kind) != kind) {
        return Vec::new();
    }
    grid.app.track_entity(grid.lens.entity);
    let fields: Vec<FieldId> = numbers.iter().map(|(field, _)| *field).collect();
    let rows = grid.records(rect.top, rect.bottom);
    let mut all: Vec<Sum> = Vec::new();
    for (_, sums) in grid.app.ask(|state| list::sums(state, &rows, &fields)) {
        for sum in sums {
            match all.iter_mut().find(|other| other.currency == sum.currency) {
                Some(other) => {
                    other.total = other.total.saturating_add(sum.total);
                    other.count += sum.count;
                }
                None => all.push(sum),
            }
        }
    }
    let count: usize = all.iter().map(|sum| sum.count).sum();
    if count == 0 {
        return Vec::new();
    }
    let mut parts = vec![tr("range-numbers", [("count", count.into())])];
    if figure::is_summed(source) {
        parts.push(format!("{} {}", t("list-sum"), figure::sums(source, &all)));
    }
    if all.len() == 1 {
        parts.extend(figure::mean(source, &all).map(|mean| format!("{} {mean}", t("list-average"))));
    }
    parts
}

fn number(count: usize) -> String {
    format::number(Decimal::from(count), Some(0))
}
