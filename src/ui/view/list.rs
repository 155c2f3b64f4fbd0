//! The list: a windowed grid of records. Only the rows in sight are drawn, and one edit draws one row anew.

mod bulk;
mod clipboard;
mod edit;
mod fill;
mod foot;
mod head;
mod key;
mod press;
mod range;
mod refused;
mod row;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::field::{Shown, meaning};
use crate::ui::shell::use_app;
use crate::ui::text::label;
use crate::ui::view::figure;
use crate::ui::view::lens::Lens;

/// Rows drawn beyond what is in sight, and the step in which the window moves.
const STEP: usize = 8;

/// A cell: the record and the column, counted from one; zero is the tick box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    row: RecordId,
    column: usize,
}

/// The rows that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    start: usize,
    end: usize,
}

/// A column as it is drawn.
#[derive(Clone, PartialEq)]
pub(super) struct Column {
    field: Field,
    /// Where its kind comes from: the field itself, or the one that a look-up reads.
    source: Field,
    shown: Shown,
    name: String,
    width: u32,
    is_number: bool,
}

/// What the parts of the grid share.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    columns: Memo<Vec<Column>>,
    window: Memo<Window>,
    /// The cell that has the focus, or would get it.
    active: RwSignal<Option<Spot>>,
    /// The same, or the first cell in sight: one cell can always be reached by Tab.
    current: Memo<Option<Spot>>,
    editing: RwSignal<Option<Spot>>,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    choose_columns: Callback<()>,
    scroller: NodeRef<html::Div>,
    scrolled: RwSignal<f64>,
    height: RwSignal<f64>,
    row_height: RwSignal<f64>,
    /// Where a range of ticks starts.
    anchor: StoredValue<Option<RecordId>>,
    /// The cell that gets the focus with the next frame.
    focus_wanted: StoredValue<Option<Spot>>,
    /// The finger that rests on a row.
    press: StoredValue<press::Press>,
    /// What was typed on a cell to begin editing it.
    typed: StoredValue<Option<String>>,
    cells: range::Cells,
}

/// A grid of what the lens finds. It expects to find something: empty states are the page's.
#[component]
pub fn List(
    /// What is looked at.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The record that is open beside the list.
    beside: Signal<Option<RecordId>>,
    /// Opens a record beside the list.
    open_beside: Callback<RecordId>,
    /// Opens the choice of columns.
    choose_columns: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let grid = Grid::new(app, lens, entity.clone(), beside, open_beside, choose_columns);
    grid.watch_size();
    grid.watch_current();
    edit::follow(grid);
    let widths = move || {
        let columns = grid.columns.get();
        let px = |columns: &[Column]| columns.iter().map(|column| format!("{}px ", column.width)).collect::<String>();
        let rest = columns.get(1..).unwrap_or_default();
        let rest = px(rest);
        format!(
            "--cols:40px {}minmax(48px, 1fr);--cols-narrow:220px {rest}48px;--cols-ticks:44px 220px {rest}48px",
            px(&columns)
        )
    };
    // Memos, not closures: an effect that reads a memo and then what that memo is made from is not woken when only the latter has
    // changed (reactive_graph 0.2). Memos are.
    let padding = Memo::new(move |_| {
        let (window, height) = (grid.window.get(), grid.row_height.get());
        let count = lens.found.with(|found| found.rows.len());
        let after = count.saturating_sub(window.end);
        format!("padding-block:{}px {}px", window.start as f64 * height, after as f64 * height)
    });
    let rows = Memo::new(move |_| {
        let window = grid.window.get();
        lens.found
            .with(|found| found.rows.get(window.start..window.end.min(found.rows.len())).unwrap_or_default().to_vec())
    });
    view! {
        <div class="list" data-selecting=move || lens.is_selecting.get().then_some("")>
            <div
                class="grid"
                role="grid"
                aria-label=label(&entity.plural)
                aria-rowcount=move || lens.found.with(|found| found.rows.len() + 2).to_string()
                aria-colcount=move || (grid.columns.with(Vec::len) + 2).to_string()
                aria-multiselectable="true"
                style=widths
                node_ref=grid.scroller
                on:scroll=move |_| grid.scrolled()
                on:keydown=move |event| key::pressed(grid, &event)
                on:copy=move |event| clipboard::copy(grid, &event)
                on:cut=move |event| clipboard::cut(grid, &event)
                on:paste=move |event| clipboard::paste(grid, &event)
                on:dragstart=move |event| range::carried(&event)
                on:click=move |event| clicked(grid, &event)
                on:dblclick=move |event| double_clicked(grid, &event)
                on:focusin=move |event| focused(grid, &event)
                on:pointerdown=move |event| press::down(grid, &event)
                on:pointermove=move |event| press::moved(grid, &event)
                on:pointerup=move |_| press::up(grid)
                on:pointercancel=move |_| press::up(grid)
                on:contextmenu=move |event| press::menu_wanted(grid, &event)
            >
                <div class="grid__inner" role="presentation">
                    {head::head(grid)}
                    <div class="grid__body" role="rowgroup" style=padding>
                        <For each=move || rows.get() key=|id| *id let:id>
                            {row::row(grid, id)}
                        </For>
                    </div>
                    {foot::foot(grid)}
                </div>
            </div>
            {range::status(grid)}
            {bulk::bulk(grid)}
            {clipboard::ask(grid)}
            {refused::refused(grid)}
        </div>
    }
    .into_any()
}

impl Grid {
    fn new(
        app: App,
        lens: Lens,
        entity: Arc<Entity>,
        beside: Signal<Option<RecordId>>,
        open_beside: Callback<RecordId>,
        choose_columns: Callback<()>,
    ) -> Grid {
        let scrolled = RwSignal::new(0.0_f64);
        // As much as a large screen shows, until the first measuring.
        let height = RwSignal::new(900.0_f64);
        let row_height = RwSignal::new(36.0_f64);
        let kept = StoredValue::new(entity);
        let columns = Memo::new(move |_| {
            let widths = lens.widths.get();
            kept.with_value(|entity| {
                let fields = lens.columns.get().into_iter().filter_map(|id| entity.field(id).cloned()).enumerate();
                fields
                    .map(|(at, field)| {
                        let source = app.ask(|state| meaning(state, entity, &field).into_owned());
                        let width =
                            widths.get(&field.id).copied().unwrap_or_else(|| usual_width(&source.kind, at == 0));
                        let is_number = figure::is_number(&source.kind);
                        let shown = Shown::new(app, entity, &field);
                        Column { name: label(&field.label), width, is_number, source, shown, field }
                    })
                    .collect()
            })
        });
        let window = Memo::new(move |_| {
            let first = (scrolled.get() / row_height.get()).max(0.0) as usize;
            let seen = (height.get() / row_height.get()).ceil() as usize;
            let count = lens.found.with(|found| found.rows.len());
            let start = (first / STEP * STEP).saturating_sub(STEP).min(count);
            Window { start, end: ((first + seen) / STEP * STEP + 2 * STEP).min(count) }
        });
        let active = RwSignal::new(None);
        let current = Memo::new(move |_| {
            let window = window.get();
            let active: Option<Spot> = active.get();
            lens.found.with(|found| {
                let drawn = found.rows.get(window.start..window.end.min(found.rows.len())).unwrap_or_default();
                let first =
                    ((scrolled.get_untracked() / row_height.get_untracked()) as usize).saturating_sub(window.start);
                active
                    .filter(|spot| drawn.contains(&spot.row))
                    .or_else(|| drawn.get(first).or(drawn.first()).map(|row| Spot { row: *row, column: 1 }))
            })
        });
        Grid {
            app,
            lens,
            entity: kept,
            columns,
            window,
            active,
            current,
            editing: RwSignal::new(None),
            beside,
            open_beside,
            choose_columns,
            scroller: NodeRef::new(),
            scrolled,
            height,
            row_height,
            anchor: StoredValue::new(None),
            focus_wanted: StoredValue::new(None),
            press: StoredValue::new(press::Press::default()),
            typed: StoredValue::new(None),
            cells: range::Cells::new(lens, active),
        }
    }

    /// Follows the size of the grid and the height of its rows.
    fn watch_size(self) {
        let density = self.app.preferences().density.clone();
        Effect::new(move |_| {
            density.track();
            self.scroller.track();
            request_animation_frame(move || self.measure());
        });
        let resized = window_event_listener(ev::resize, move |_| self.measure());
        on_cleanup(move || resized.remove());
    }

    /// One cell is a stop of the Tab key: the one that has the focus, or would get it.
    fn watch_current(self) {
        Effect::new(move |former: Option<Option<Spot>>| {
            let now = self.current.get();
            if former != Some(now) {
                let set = |spot: Spot, stop: &str| self.cell(spot).map(|cell| cell.set_attribute("tabindex", stop));
                let _ = former.flatten().and_then(|spot| set(spot, "-1"));
                let _ = now.and_then(|spot| set(spot, "0"));
            }
            now
        });
    }

    fn measure(self) {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else {
            return;
        };
        let set = |signal: RwSignal<f64>, value: f64| {
            if value > 0.0 && (signal.get_untracked() - value).abs() > 0.1 {
                signal.set(value);
            }
        };
        let head = scroller.query_selector(".grid__row--head").ok().flatten();
        if let Some(head) = head {
            set(self.row_height, head.get_bounding_client_rect().height());
        }
        set(self.height, f64::from(scroller.client_height()));
        self.scrolled();
    }

    /// Follows the scrolling alone: this happens with every frame.
    fn scrolled(self) {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else {
            return;
        };
        let top = f64::from(scroller.scroll_top());
        if (self.scrolled.get_untracked() - top).abs() > 0.1 {
            self.scrolled.set(top);
        }
        // Only then columns have to stand still; until then they would be layers of their own for nothing.
        let _ = scroller.toggle_attribute_with_force("data-aside", scroller.scroll_left() != 0);
    }

    /// Brings a cell into sight and gives it the focus.
    pub(super) fn go(self, spot: Spot) {
        self.active.set(Some(spot));
        self.show_row(spot.row);
        self.focus_soon(spot);
    }

    fn show_row(self, row: RecordId) {
        let Some(scroller) = self.scroller.get_untracked() else {
            return;
        };
        let Some(at) = self.place_of(row) else { return };
        let (row_height, height) = (self.row_height.get_untracked(), f64::from(scroller.client_height()));
        // The head and the foot lie over the rows.
        let (top, bottom) = (at as f64 * row_height, (at + 1) as f64 * row_height + 2.0 * row_height);
        let now = f64::from(scroller.scroll_top());
        let wanted = if top < now {
            top
        } else if bottom > now + height {
            bottom - height
        } else {
            return;
        };
        scroller.set_scroll_top(wanted.round() as i32);
        self.measure();
    }

    fn focus_soon(self, spot: Spot) {
        self.focus_wanted.set_value(Some(spot));
        request_animation_frame(move || {
            if self.focus_wanted.try_get_value().flatten() != Some(spot) {
                return;
            }
            // Giving it to what has it already would have the page laid out for nothing.
            if let Some(cell) = self.cell(spot).filter(|cell| !browser::is_focused(cell)) {
                let _ = cell.focus();
            }
        });
    }

    fn cell(self, spot: Spot) -> Option<web_sys::HtmlElement> {
        let scroller = self.scroller.try_get_untracked().flatten()?;
        let selector = format!("[data-id=\"{}\"] > [data-col=\"{}\"]", spot.row, spot.column);
        scroller.query_selector(&selector).ok().flatten()?.dyn_into().ok()
    }

    /// Where a record stands in the list.
    pub(super) fn place_of(self, row: RecordId) -> Option<usize> {
        self.lens.found.with_untracked(|found| found.rows.iter().position(|id| *id == row))
    }

    fn row_at(self, place: usize) -> Option<RecordId> {
        self.lens.found.with_untracked(|found| found.rows.get(place).copied())
    }

    /// How many rows there are.
    fn row_count(self) -> usize {
        self.lens.found.with_untracked(|found| found.rows.len())
    }

    /// The record that is so many rows from a place, or the last one on that way.
    fn row_from(self, place: usize, by: isize) -> Option<RecordId> {
        self.row_at(place.saturating_add_signed(by).min(self.row_count().saturating_sub(1)))
    }

    /// Starts editing a cell, or says why it cannot be edited.
    pub(super) fn edit_or_say(self, spot: Spot) {
        let at = spot.column.checked_sub(1);
        let field = self.columns.with_untracked(|columns| at.and_then(|at| columns.get(at)).map(|it| it.field.clone()));
        match field {
            Some(field) if field.is_editable() => self.edit(spot),
            Some(field) if matches!(field.kind, FieldKind::Lines { .. }) => self.open_beside.run(spot.row),
            other => fill::say_closed(self, other.as_ref()),
        }
    }

    /// Starts editing a cell with what was typed on it in the place of what it holds.
    pub(super) fn begin_with(self, spot: Spot, typed: &str) {
        self.typed.set_value(Some(typed.to_owned()));
        self.edit(spot);
    }

    fn edit(self, spot: Spot) {
        self.cells.collapse();
        self.active.set(Some(spot));
        self.editing.set(Some(spot));
    }

    /// Gives the focus to the cell that had it, or would get it.
    pub(super) fn focus_rows(self) {
        if let Some(spot) = self.current.get_untracked() {
            self.focus_soon(spot);
        }
    }

    /// Ends editing; the focus goes back to the cell.
    pub(super) fn leave(self) {
        if let Some(spot) = self.editing.get_untracked() {
            // Before the control goes: nothing has to be laid out yet, and the row may move with the next frame.
            if let Some(cell) = self.cell(spot) {
                let _ = cell.focus();
            }
            self.editing.set(None);
            self.focus_soon(spot);
        }
    }

    /// Leaves the focus where the reader has put it, although editing has ended.
    pub(super) fn focus_nowhere(self) {
        self.focus_wanted.set_value(None);
    }

    /// Ticks or unticks a record; with a range, everything from the last tick to this one.
    pub(super) fn tick(self, row: RecordId, with_range: bool) {
        let from = self.anchor.get_value().filter(|_| with_range).and_then(|anchor| self.place_of(anchor));
        let range = from.zip(self.place_of(row));
        self.lens.selected.update(|selected| match range {
            Some((from, to)) => {
                let rows = self.lens.found.with_untracked(|found| found.rows[from.min(to)..=from.max(to)].to_vec());
                selected.extend(rows);
            }
            None => {
                if !selected.remove(&row) {
                    selected.insert(row);
                }
            }
        });
        self.anchor.set_value(Some(row));
    }
}

fn clicked(grid: Grid, event: &ev::MouseEvent) {
    let Some(target) = element_of(event.target()) else {
        return;
    };
    let Some(spot) = spot_of(&target) else { return };
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0);
    if press::is_over(grid) {
        // The finger that ticked the row by resting on it is taken away: that is no tap.
        event.prevent_default();
    } else if grid.lens.is_selecting.get_untracked() {
        if target.closest(".check__box").ok().flatten().is_none() {
            event.prevent_default();
        }
        grid.tick(spot.row, event.shift_key());
    } else if target.closest(".check__box").ok().flatten().is_some() {
        grid.tick(spot.row, event.shift_key());
    } else if target.closest("a:not(.grid__title)").ok().flatten().is_some() {
        // A link in a cell leads where it says.
    } else if target.closest(".grid__open").ok().flatten().is_some()
        || (is_plain && target.closest(".grid__title").ok().flatten().is_some())
    {
        event.prevent_default();
        grid.active.set(Some(Spot { column: 1, ..spot }));
        grid.open_beside.run(spot.row);
    } else if spot.column == 0 {
        grid.tick(spot.row, event.shift_key());
    }
}

fn double_clicked(grid: Grid, event: &ev::MouseEvent) {
    let Some(target) = element_of(event.target()) else {
        return;
    };
    if target.closest("a, button, input").ok().flatten().is_some() {
        return;
    }
    if let Some(spot) = spot_of(&target).filter(|spot| spot.column > 0) {
        grid.edit_or_say(spot);
    }
}

fn focused(grid: Grid, event: &ev::FocusEvent) {
    let Some(target) = element_of(event.target()) else {
        return;
    };
    if let Some(spot) = spot_of(&target)
        && grid.active.get_untracked() != Some(spot)
    {
        grid.active.set(Some(spot));
    }
}

fn element_of(target: Option<web_sys::EventTarget>) -> Option<web_sys::Element> {
    target.and_then(|target| target.dyn_into().ok())
}

/// The cell in which an element stands.
fn spot_of(element: &web_sys::Element) -> Option<Spot> {
    let cell = element.closest("[data-col]").ok()??;
    let row = cell.closest("[data-id]").ok()??;
    Some(Spot {
        row: row.get_attribute("data-id")?.parse().ok()?,
        column: cell.get_attribute("data-col")?.parse().ok()?,
    })
}

fn usual_width(kind: &FieldKind, is_first: bool) -> u32 {
    if is_first {
        return 280;
    }
    match kind {
        FieldKind::Text { .. } | FieldKind::LongText | FieldKind::RichText | FieldKind::Hidden => 190,
        FieldKind::Link(_) | FieldKind::Links(_) | FieldKind::Email | FieldKind::Url | FieldKind::Address => 190,
        FieldKind::Choices { .. } | FieldKind::Files | FieldKind::Location => 200,
        FieldKind::Choice { .. } | FieldKind::Phone | FieldKind::Instant => 150,
        // A sum stands below it, with its name.
        FieldKind::Money { .. } => 160,
        FieldKind::Formula { result, .. } => match result {
            ResultKind::Text => 190,
            ResultKind::Money => 160,
            ResultKind::Instant => 150,
            ResultKind::Number | ResultKind::Percent | ResultKind::Date | ResultKind::Duration | ResultKind::Flag => {
                120
            }
        },
        FieldKind::Number(_)
        | FieldKind::Percent(_)
        | FieldKind::Date
        | FieldKind::Duration
        | FieldKind::Flag
        | FieldKind::Rating { .. }
        | FieldKind::Nps
        | FieldKind::Signature
        | FieldKind::AutoNumber { .. }
        | FieldKind::Lookup { .. }
        | FieldKind::Rollup(_)
        | FieldKind::Lines { .. }
        | FieldKind::Score => 124,
    }
}

/// The name of a record in a list.
pub(super) fn named(app: App, row: RecordId) -> String {
    app.ask(|state| crate::app::title(state as &dyn Reader, row))
}
