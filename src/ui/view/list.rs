//! The list: a windowed grid of records. Only the rows in sight are drawn, and one edit draws one row anew.

mod bulk;
mod click;
mod clipboard;
mod column;
mod compose;
mod corner;
mod edit;
mod fill;
mod foot;
mod gathered;
mod head;
mod held;
mod key;
mod line;
mod menu;
mod press;
mod quick;
mod range;
mod refused;
mod row;
mod touch;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::part::{Carried, Drag, DragRules};
use crate::ui::shell::use_app;
use crate::ui::text::label;
use crate::ui::view::lens::Lens;
use crate::ui::view::tint::{self, Tints};

use column::Column;
use line::Drawn;

pub use gathered::{may_gather, usual_level};

/// A cell: the record and the column, counted from one; zero is the tick box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    row: RecordId,
    column: usize,
}

/// The lines that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    start: usize,
    end: usize,
}

/// What the parts of the grid share.
#[derive(Clone, Copy)]
pub(super) struct Grid {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    columns: Memo<Vec<Arc<Column>>>,
    /// Their widths in pixels.
    widths: Memo<Vec<u32>>,
    /// The places of those that are drawn.
    sight: Memo<Vec<usize>>,
    /// How many at the start stand still.
    still: Memo<usize>,
    window: Memo<Window>,
    drawn: Memo<Vec<Drawn>>,
    /// The head of a group that has the focus.
    head: RwSignal<Option<u64>>,
    /// The same, or the first head where no record is in sight.
    current_head: Memo<Option<u64>>,
    /// The rules of colour, ready to be asked.
    colours: Memo<Arc<Tints>>,
    drag: Drag,
    /// The column whose menu is open.
    menu_of: RwSignal<Option<usize>>,
    is_menu_open: RwSignal<bool>,
    /// The cell whose menu is open.
    quick: RwSignal<Option<Spot>>,
    is_quick_open: RwSignal<bool>,
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
    scrolled_aside: RwSignal<f64>,
    height: RwSignal<f64>,
    width: RwSignal<f64>,
    /// The width that the columns are to fill.
    room: RwSignal<f64>,
    row_height: RwSignal<f64>,
    /// Where a range of ticks starts.
    anchor: StoredValue<Option<RecordId>>,
    /// The cell that gets the focus with the next frame.
    focus_wanted: StoredValue<Option<Spot>>,
    /// The finger that rests on a row.
    press: StoredValue<press::Press>,
    /// What was typed on a cell to begin editing it.
    typed: StoredValue<Option<String>>,
    /// Cells in which something waits that was refused.
    held: held::HeldCells,
    cells: range::Cells,
    composed: StoredValue<compose::Composed>,
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
    compose::follow(grid);
    // Memos, not closures: an effect that reads a memo and then what that memo is made from is not woken when only the latter has
    // changed (reactive_graph 0.2). Memos are.
    let tracks = Memo::new(move |_| grid.tracks());
    let padding = Memo::new(move |_| {
        let (window, height) = (grid.window.get(), grid.row_height.get());
        let count = lens.lines.with(|lines| lines.count());
        let after = count.saturating_sub(window.end);
        format!("padding-block:{}px {}px", window.start as f64 * height, after as f64 * height)
    });
    let touch = touch::touch(grid);
    let is_gathered = Memo::new(move |_| lens.lines.with(|lines| lines.has_heads()));
    view! {
        <div class="list" data-selecting=move || lens.is_selecting.get().then_some("")>
            <div
                class="grid"
                role=move || if is_gathered.get() { "treegrid" } else { "grid" }
                aria-label=label(&entity.plural)
                aria-rowcount=move || lens.lines.with(|lines| lines.count() + 2).to_string()
                aria-colcount=move || (grid.columns.with(Vec::len) + 2).to_string()
                aria-multiselectable="true"
                style=tracks
                node_ref=grid.scroller
                on:scroll=move |_| grid.scrolled()
                on:keydown=move |event| key::pressed(grid, &event)
                on:copy=move |event| clipboard::copy(grid, &event)
                on:cut=move |event| clipboard::cut(grid, &event)
                on:paste=move |event| clipboard::paste(grid, &event)
                on:dragstart=move |event| range::carried(&event)
                on:click=move |event| click::clicked(grid, &event)
                on:dblclick=move |event| click::double_clicked(grid, &event)
                on:focusin=move |event| click::focused(grid, &event)
                on:focusout=move |event| compose::lost(&event)
                on:beforeinput=move |event| compose::put_in(grid, &event)
                on:compositionstart=move |event| compose::started(grid, &event)
                on:compositionend=move |event| compose::ended(grid, &event)
                on:pointerdown=move |event| {
                    grid.drag.down(&event);
                    press::down(grid, &event);
                }
                on:pointermove=move |event| {
                    grid.drag.moved(&event);
                    press::moved(grid, &event);
                }
                on:pointerup=move |event| {
                    grid.drag.up(&event);
                    press::up(grid);
                }
                on:pointercancel=move |_| {
                    grid.drag.cancel();
                    press::up(grid);
                }
                on:contextmenu=move |event| quick::wanted(grid, &event)
            >
                <div class="grid__inner" role="presentation">
                    {head::head(grid)}
                    {gathered::stuck(grid)}
                    <div class="grid__body" role="rowgroup" style=padding>
                        <For each=move || grid.drawn.get() key=|drawn| drawn.key let:drawn>
                            {match drawn.key {
                                line::Key::Head(id) => gathered::head(grid, id),
                                line::Key::Record(id) => row::row(grid, id),
                            }}
                        </For>
                    </div>
                    {foot::foot(grid)}
                    {corner::corner(grid)}
                    {touch::grips(touch)}
                </div>
            </div>
            {range::status(grid)}
            {touch::bar(touch)}
            {bulk::bulk(grid)}
            {menu::menu(grid)}
            {quick::menu(grid)}
            {clipboard::ask(grid)}
            {refused::refused(grid)}
        </div>
    }
    .into_any()
}

/// What stays the same for a cell while its column does.
fn column_key((at, column): &(usize, Arc<Column>)) -> (usize, usize) {
    (*at, Arc::as_ptr(column) as usize)
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
        let columns = column::columns(app, lens, kept);
        let room = RwSignal::new(browser::window_width() - 240.0);
        let widths = column::widths(app, lens, columns, room);
        let window = Memo::new(move |_| {
            let count = lens.lines.with(|lines| lines.count());
            line::window(scrolled.get(), height.get(), row_height.get(), count)
        });
        let drawn = Memo::new(move |_| {
            let (window, lines) = (window.get(), lens.lines.get());
            lens.found.with(|found| line::drawn(found, &lines, window))
        });
        let active = RwSignal::new(None);
        let head = RwSignal::new(None);
        let current = Memo::new(move |_| {
            let (active, start): (Option<Spot>, usize) = (active.get(), window.get().start);
            let first = ((scrolled.get_untracked() / row_height.get_untracked()) as usize).saturating_sub(start);
            let head: Option<u64> = head.get();
            drawn.with(|drawn| {
                let record = |drawn: &Drawn| match drawn.key {
                    line::Key::Record(id) => Some(id),
                    line::Key::Head(_) => None,
                };
                if head.is_some_and(|head| drawn.iter().any(|drawn| drawn.key == line::Key::Head(head))) {
                    return None;
                }
                active.filter(|spot| drawn.iter().any(|drawn| record(drawn) == Some(spot.row))).or_else(|| {
                    let below = drawn.get(first..).unwrap_or_default().iter().find_map(record);
                    below.or_else(|| drawn.iter().find_map(record)).map(|row| Spot { row, column: 1 })
                })
            })
        });
        let current_head = Memo::new(move |_| {
            let (is_elsewhere, wished) = (current.with(Option::is_some), head.get());
            if is_elsewhere {
                return None;
            }
            drawn.with(|drawn| {
                let heads = || {
                    drawn.iter().filter_map(|drawn| match drawn.key {
                        line::Key::Head(id) => Some(id),
                        line::Key::Record(_) => None,
                    })
                };
                heads().find(|id| Some(*id) == wished).or_else(|| heads().next())
            })
        });
        let rules = DragRules {
            thing: ".grid__cell[data-key]",
            zone: ".grid__cell[data-zone]",
            scroller: "none",
            copy: "grid__carried",
        };
        let drag = Drag::new(
            rules,
            Callback::new(move |carried: Carried| {
                if let Some(over) = carried.over {
                    head::put_column(lens, &carried.thing, &over);
                }
            }),
        );
        let grid = Grid {
            app,
            lens,
            entity: kept,
            columns,
            widths,
            // What these are made from has to be there first.
            sight: Memo::new(|_| Vec::new()),
            still: Memo::new(|_| 1),
            window,
            drawn,
            head,
            current_head,
            colours: tint::tints(app, lens, kept),
            drag,
            menu_of: RwSignal::new(None),
            is_menu_open: RwSignal::new(false),
            quick: RwSignal::new(None),
            is_quick_open: RwSignal::new(false),
            active,
            current,
            editing: RwSignal::new(None),
            beside,
            open_beside,
            choose_columns,
            scroller: drag.container,
            scrolled,
            scrolled_aside: RwSignal::new(0.0),
            height,
            width: RwSignal::new(browser::window_width()),
            room,
            row_height,
            anchor: StoredValue::new(None),
            focus_wanted: StoredValue::new(None),
            press: StoredValue::new(press::Press::default()),
            typed: StoredValue::new(None),
            held: RwSignal::default(),
            cells: range::Cells::new(lens, active),
            composed: StoredValue::new(compose::Composed::default()),
        };
        let still = grid.standing();
        Grid { still, sight: grid.in_sight(still), ..grid }
    }

    /// The columns that are drawn, with their places.
    fn drawn_columns(self) -> Vec<(usize, Arc<Column>)> {
        let sight = self.sight.get();
        self.columns.with(|columns| sight.into_iter().filter_map(|at| Some((at, columns.get(at)?.clone()))).collect())
    }

    /// The classes of a cell by its column.
    fn cell_class(self, at: usize, is_figure: bool) -> &'static str {
        let is_number =
            is_figure || self.columns.with(|columns| columns.get(at).is_some_and(|column| column.is_number));
        match (at, is_number, at < self.still.get()) {
            (0, _, _) => "grid__cell grid__cell--first",
            (_, true, true) => "grid__cell grid__cell--num grid__cell--still",
            (_, false, true) => "grid__cell grid__cell--still",
            (_, true, false) => "grid__cell grid__cell--num",
            (_, false, false) => "grid__cell",
        }
    }

    /// Where a cell stands by its column.
    fn cell_style(self, at: usize) -> String {
        format!("grid-column:{};--left:var(--at-{at})", at + 2)
    }

    /// What of that a cell of a row must say: how far from the edge is asked only of those that stand still.
    fn own_cell_style(self, at: usize) -> String {
        if at == 0 || at < self.still.get() { self.cell_style(at) } else { format!("grid-column:{}", at + 2) }
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
        let width = f64::from(scroller.client_width());
        set(self.width, width);
        // A record that is opened beside the list does not move the columns about.
        if self.beside.get_untracked().is_none() {
            set(self.room, width);
        }
        self.scrolled();
    }

    /// Follows the scrolling alone: this happens with every frame.
    fn scrolled(self) {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else {
            return;
        };
        let aside = f64::from(scroller.scroll_left());
        if (self.scrolled_aside.get_untracked() - aside).abs() > 0.1 {
            self.scrolled_aside.set(aside);
        }
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
        self.head.set(None);
        self.show_row(spot.row);
        if let Some(at) = spot.column.checked_sub(1) {
            self.show_column(at);
        }
        self.focus_soon(spot);
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
        // The range stays: with Ctrl what is typed goes into all of it.
        if self.active.get_untracked() != Some(spot) {
            self.cells.collapse();
        }
        // The control takes the focus; the cell would take it back with the next frame.
        self.focus_nowhere();
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

    /// Ends editing; the focus is where the reader has put it.
    pub(super) fn let_go(self) {
        self.editing.set(None);
        self.focus_nowhere();
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
            Some((from, to)) => selected.extend((from.min(to)..=from.max(to)).filter_map(|at| self.row_at(at))),
            None => {
                if !selected.remove(&row) {
                    selected.insert(row);
                }
            }
        });
        self.anchor.set_value(Some(row));
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

/// The name of a record in a list.
pub(super) fn named(app: App, row: RecordId) -> String {
    app.ask(|state| crate::app::title(state as &dyn Reader, row))
}
