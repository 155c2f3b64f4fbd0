//! The history of the workspace: who did what when and why, day by day. Only the lines in sight are drawn, and only as much of the
//! log is read as somebody looks at or searches through.

mod detail;
mod filter;
mod line;
mod shown;
mod undo;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::app::{App, SaveState, Stretch};
use crate::model::change::Commit;
use crate::model::time::{Date, Zone};
use crate::ui::browser;
use crate::ui::format;
use crate::ui::part::{Art, Dialog, Empty, avatar_styled, icon};
use crate::ui::text::{t, tr};

use filter::Filter;
use line::{Line, Sort};
use shown::{Row, Shown};

/// Entries that are read at a time.
const READ: u64 = 400;

/// New entries that are expected at the end of the log when it has grown; if there are more, it is read anew.
const NEW: u64 = 40;

/// Entries of a piece of work that are read at most to show it as one line.
const LONGEST: usize = 4_000;

/// Pixels of a line, and of one on a narrow screen; the style sheet says the same.
const TALL: f64 = 52.0;
const TALL_NARROW: f64 = 84.0;

/// Lines drawn beyond what is in sight.
const BEYOND: usize = 8;

/// The lines as far as the log has been read, and how they are looked at.
#[derive(Clone, Copy)]
pub struct Chronicle {
    app: App,
    zone: Zone,
    lines: RwSignal<Arc<Vec<Arc<Line>>>>,
    filter: RwSignal<Filter>,
    rows: Memo<Arc<Vec<Row>>>,
    progress: RwSignal<Progress>,
    /// Commits of a batch whose beginning has not been read yet.
    held: StoredValue<Vec<(u64, Arc<Commit>)>, LocalStorage>,
    is_reading: StoredValue<bool>,
    /// Whether something was saved while it was read.
    is_behind: StoredValue<bool>,
    scroller: NodeRef<html::Div>,
    scrolled: RwSignal<f64>,
    height: RwSignal<f64>,
    tall: RwSignal<f64>,
    opened: RwSignal<Option<Arc<Line>>>,
    asked: RwSignal<Option<Arc<Line>>>,
}

/// How far the log has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Progress {
    /// The position before which it goes on; none at its beginning, once something has been read.
    next: Option<u64>,
    total: u64,
    has_begun: bool,
}

impl Chronicle {
    /// The history from its end.
    pub fn new(app: App) -> Self {
        let lines = RwSignal::new(Arc::new(Vec::<Arc<Line>>::new()));
        let filter = RwSignal::new(Filter::default());
        let shown = Memo::new_owning(move |former| (Shown::of(lines.get(), filter.get(), former), true));
        let chronicle = Chronicle {
            app,
            zone: app.zone(),
            lines,
            filter,
            rows: Memo::new(move |_| shown.with(|shown| shown.rows.clone())),
            progress: RwSignal::new(Progress::default()),
            held: StoredValue::new_local(Vec::new()),
            is_reading: StoredValue::new(false),
            is_behind: StoredValue::new(false),
            scroller: NodeRef::new(),
            scrolled: RwSignal::new(0.0),
            height: RwSignal::new(900.0),
            tall: RwSignal::new(TALL),
            opened: RwSignal::new(None),
            asked: RwSignal::new(None),
        };
        let save_state = app.save_state();
        // The log is not a part of the state: whenever it may have grown, its end is read again.
        Effect::new(move |_| {
            if save_state.get() != SaveState::Saving {
                chronicle.read_end();
            }
        });
        let wants = Memo::new(move |_| {
            let (scrolled, height, tall) = (chronicle.scrolled.get(), chronicle.height.get(), chronicle.tall.get());
            let ends = chronicle
                .lines
                .with(|lines| lines.last().is_some_and(|last| chronicle.filter.with(|filter| filter.ends_at(last))));
            let is_short = chronicle.rows.with(|rows| rows.len() as f64 * tall) < scrolled + height * 2.0;
            let progress = chronicle.progress.get();
            (progress.has_begun && is_short && !ends).then_some(progress.next).flatten()
        });
        Effect::new(move |_| {
            if let Some(next) = wants.get() {
                chronicle.read_on(next);
            }
        });
        chronicle
    }

    /// Reads what has come to the end of the log.
    fn read_end(self) {
        if self.is_reading.get_value() {
            self.is_behind.set_value(true);
            return;
        }
        self.is_reading.set_value(true);
        let newest = self.lines.with_untracked(|lines| lines.first().cloned());
        // A piece of work that was under way is read once more as a whole.
        let known = newest.as_ref().map_or(0, |line| if line.batch.is_some() { line.from - 1 } else { line.at });
        let count = match (&newest, self.progress.get_untracked().total) {
            (None, _) => READ,
            (Some(_), total) => (total + NEW).saturating_sub(known),
        };
        let former = newest.is_some().then_some((known, count));
        self.app.read_log(None, count, move |stretch| {
            self.take_end(stretch, former);
            self.rest();
        });
    }

    /// Takes in the end of the log, of which all up to a position is known; `former` says to which, and how much was asked for.
    fn take_end(self, stretch: Stretch, former: Option<(u64, u64)>) {
        let Some(progress) = self.progress.try_get_untracked() else { return };
        let expected =
            former.filter(|(known, count)| stretch.total >= progress.total && stretch.total - known <= *count);
        let Some((known, _)) = expected else {
            // The first reading, or another workspace, or more than was expected: from the end on.
            self.held.set_value(Vec::new());
            self.lines.set(Arc::default());
            self.take(stretch);
            return;
        };
        let fresh: Vec<_> = stretch.commits.into_iter().filter(|(at, _)| *at > known).collect();
        if fresh.is_empty() {
            return;
        }
        let mut lines = line::lines(self.app, fresh, self.zone);
        let former = self.lines.get_untracked();
        lines.extend(former.iter().filter(|line| line.at <= known).cloned());
        self.lines.set(Arc::new(lines));
        self.progress.update(|progress| progress.total = stretch.total);
    }

    fn read_on(self, next: u64) {
        if self.is_reading.get_value() {
            return;
        }
        self.is_reading.set_value(true);
        // Who searches waits for the whole log; who scrolls wants the next lines at once.
        let count = if self.filter.with_untracked(Filter::is_off) { READ } else { READ * 4 };
        self.app.read_log(Some(next), count, move |stretch| {
            if self.progress.try_get_untracked().is_some_and(|progress| progress.next == Some(next)) {
                self.take(stretch);
            }
            self.rest();
        });
    }

    /// A reading has come to its end: what was saved during it is read now.
    fn rest(self) {
        self.is_reading.try_set_value(false);
        if self.is_behind.try_update_value(std::mem::take) == Some(true) {
            self.read_end();
        }
    }

    /// Puts older commits behind the lines; those of a batch wait until its beginning is there.
    fn take(self, stretch: Stretch) {
        let Stretch { commits, next, total } = stretch;
        let mut commits = [self.held.try_update_value(std::mem::take).unwrap_or_default(), commits].concat();
        if next.is_some() {
            let last = commits.last().and_then(|(_, commit)| commit.batch);
            let whole = commits.iter().rposition(|(_, commit)| commit.batch != last).map_or(0, |at| at + 1);
            if last.is_some() && commits.len() - whole < LONGEST {
                self.held.set_value(commits.split_off(whole));
            }
        }
        let older = line::lines(self.app, commits, self.zone);
        let former = self.lines.get_untracked();
        self.lines.set(Arc::new(former.iter().cloned().chain(older).collect()));
        self.progress.set(Progress { next, total, has_begun: true });
    }

    fn measure(self) {
        let Some(Some(scroller)) = self.scroller.try_get_untracked() else { return };
        let tall = if browser::window_width() < 720.0 { TALL_NARROW } else { TALL };
        let set = |signal: RwSignal<f64>, value: f64| {
            if (signal.get_untracked() - value).abs() > 0.1 {
                signal.set(value);
            }
        };
        set(self.tall, tall);
        set(self.height, f64::from(scroller.client_height()));
        set(self.scrolled, f64::from(scroller.scroll_top()));
    }
}

/// The number of steps that are shown, beside the title; a plus says that there are more.
pub fn count(chronicle: Chronicle) -> AnyView {
    let shown = Memo::new(move |_| {
        let lines = chronicle.rows.with(|rows| rows.iter().filter(|row| matches!(row, Row::Line { .. })).count());
        let progress = chronicle.progress.get();
        progress.has_begun.then_some((lines, progress.next.is_some()))
    });
    (move || {
        shown.get().map(|(lines, has_more)| {
            let more = if has_more { "+" } else { "" };
            view! { <span class="page__count">{format::number(Decimal::from(lines), Some(0))}{more}</span> }
        })
    })
    .into_any()
}

/// Undo and redo of the last step.
pub fn steps(app: App) -> AnyView {
    let (can_undo, can_redo) = (app.can_undo(), app.can_undo());
    let is_undoable = Signal::derive(move || can_undo.get().0);
    let is_redoable = Signal::derive(move || can_redo.get().1);
    view! {
        <button
            class="button"
            type="button"
            aria-keyshortcuts="Control+Z"
            aria-disabled=move || (!is_undoable.get()).then_some("true")
            title=move || (!is_undoable.get()).then(|| t("history-nothing-to-undo"))
            on:click=move |_| {
                if is_undoable.get_untracked() {
                    app.undo_now();
                }
            }
        >
            {icon("undo-2")}
            {t("history-undo")}
        </button>
        <button
            class="button"
            type="button"
            aria-keyshortcuts="Control+Shift+Z"
            aria-disabled=move || (!is_redoable.get()).then_some("true")
            title=move || (!is_redoable.get()).then(|| t("history-nothing-to-redo"))
            on:click=move |_| {
                if is_redoable.get_untracked() {
                    app.redo_now();
                }
            }
        >
            {icon("redo-2")}
            {t("history-redo")}
        </button>
    }
    .into_any()
}

/// The controls that choose what is shown.
pub fn controls(chronicle: Chronicle) -> AnyView {
    view! { <div class="page__bar">{filter::controls(chronicle.app, chronicle.filter)}</div> }.into_any()
}

/// The lines, day by day, in a box of their own that scrolls.
pub fn list(chronicle: Chronicle) -> AnyView {
    Effect::new(move |_| {
        chronicle.scroller.track();
        request_animation_frame(move || chronicle.measure());
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| chronicle.measure());
    on_cleanup(move || resized.remove());
    // What is asked for anew is looked at from the top.
    Effect::new(move |_| {
        chronicle.filter.track();
        if let Some(scroller) = chronicle.scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    });
    let window = Memo::new(move |_| {
        let (tall, count) = (chronicle.tall.get(), chronicle.rows.with(|rows| rows.len()));
        let first = (chronicle.scrolled.get() / tall) as usize;
        let start = (first / BEYOND * BEYOND).saturating_sub(BEYOND).min(count);
        let end = (start + (chronicle.height.get() / tall) as usize + 3 * BEYOND).min(count);
        (start, end)
    });
    let padding = move || {
        let ((start, end), tall) = (window.get(), chronicle.tall.get());
        let count = chronicle.rows.with(|rows| rows.len());
        let after = count.saturating_sub(end);
        format!("--before:{}px;--after:{}px", start as f64 * tall, after as f64 * tall)
    };
    let drawn = Memo::new(move |_| {
        let (start, end) = window.get();
        let rows = chronicle.rows.get();
        let lines = chronicle.lines.get();
        let row = |row: &Row| match row {
            Row::Day(day) => Drawn { key: format!("{day}"), day: Some(*day), line: None, is_undone: false },
            Row::Line { at, is_undone } => {
                let line = lines[*at].clone();
                Drawn {
                    key: format!("{} {} {is_undone}", line.at, line.from),
                    day: None,
                    line: Some(line),
                    is_undone: *is_undone,
                }
            }
        };
        rows.get(start..end.min(rows.len())).unwrap_or_default().iter().map(row).collect::<Vec<Drawn>>()
    });
    let state = Memo::new(move |_| {
        let (progress, is_empty) = (chronicle.progress.get(), chronicle.rows.with(|rows| rows.is_empty()));
        match (is_empty, progress.has_begun && progress.next.is_none()) {
            (false, _) => State::Some,
            (true, false) => State::Reading,
            (true, true) if chronicle.filter.with(Filter::is_off) => State::Nothing,
            (true, true) => State::NoMatch,
        }
    });
    let note = move || match state.get() {
        State::Some => ().into_any(),
        State::Reading => view! { <p class="quiet history__note" role="status">{t("history-reading")}</p> }.into_any(),
        State::Nothing => {
            view! { <Empty art=Art::Cards title=t("history-empty") say=t("history-empty-say")/> }.into_any()
        }
        State::NoMatch => {
            view! { <Empty art=Art::Search title=t("history-no-match") say=t("history-no-match-say")/> }.into_any()
        }
    };
    let searching = move || {
        let progress = chronicle.progress.get();
        let is_searching = !chronicle.filter.with(Filter::is_off) && progress.has_begun;
        let next = progress.next.filter(|_| is_searching)?;
        let read = progress.total.saturating_sub(next.saturating_sub(1));
        let (read, total) = (Decimal::from(read), Decimal::from(progress.total));
        let named = [("read", format::number(read, Some(0)).into()), ("total", format::number(total, Some(0)).into())];
        Some(view! { <p class="quiet history__note">{tr("history-searched", named)}</p> })
    };
    let (app, opened, asked) = (chronicle.app, chronicle.opened, chronicle.asked);
    view! {
        <div
            class="page__body history__scroll"
            tabindex="0"
            role="region"
            aria-label=t("history-title")
            node_ref=chronicle.scroller
            on:scroll=move |_| chronicle.measure()
        >
            <div class="history">
                <ol class="commits" style=padding hidden=move || state.get() != State::Some on:keydown=walk>
                    <For each=move || drawn.get() key=|row| row.key.clone() let:row>
                        {draw(chronicle, row)}
                    </For>
                </ol>
                {note}
                {searching}
            </div>
        </div>
        {details(app, opened, asked)}
        {undo::asking(app, asked)}
    }
    .into_any()
}

/// What stands where the lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Some,
    Reading,
    Nothing,
    NoMatch,
}

/// A row as it is drawn.
#[derive(Clone)]
struct Drawn {
    key: String,
    day: Option<Date>,
    line: Option<Arc<Line>>,
    is_undone: bool,
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

fn draw(chronicle: Chronicle, row: Drawn) -> AnyView {
    let (app, zone) = (chronicle.app, chronicle.zone);
    let Some(line) = row.line else {
        let name = row.day.map(|day| day_name(day, app.today())).unwrap_or_default();
        return view! { <li class="commit__day"><h2>{name}</h2></li> }.into_any();
    };
    let picture = match line.picture {
        Some(name) => icon(name),
        None if line.actor.is_some() => avatar_styled(&line.who, "avatar avatar--28"),
        None => icon("pencil"),
    };
    let class = if row.is_undone { "commit commit--undone" } else { "commit" };
    let mut notes = line.notes.clone();
    if row.is_undone {
        notes.insert(0, t("history-undone"));
    }
    let notes = notes.join(" · ");
    let name = format!("{} {}", line.who, line.said);
    let at = line.when;
    let can_undo = line.is_undoable && !row.is_undone;
    let is_turn = line.sort == Sort::Turn;
    let (shown, undone) = (line.clone(), line.clone());
    let undo = can_undo.then(|| {
        let (key, named) = match is_turn {
            true => ("history-redo-this", "history-redo-this-of"),
            false => ("history-undo-this", "history-undo-this-of"),
        };
        view! {
            <button
                class="button button--small"
                type="button"
                aria-label=tr(named, [("what", name.clone().into())])
                on:click=move |_| chronicle.asked.set(Some(undone.clone()))
            >
                {icon(if is_turn { "redo-2" } else { "undo-2" })}
                {t(key)}
            </button>
        }
    });
    view! {
        <li class=class>
            <span class="entry__mark">{picture}</span>
            <div class="commit__say">
                <button
                    class="commit__open"
                    type="button"
                    aria-haspopup="dialog"
                    title=name.clone()
                    on:click=move |_| chronicle.opened.set(Some(shown.clone()))
                >
                    <b>{line.who.clone()}</b>
                    " "
                    <span>{line.said.clone()}</span>
                </button>
                {(!notes.is_empty()).then(|| view! { <small>{notes}</small> })}
            </div>
            <span class="commit__do">{undo}</span>
            <time class="commit__when" datetime=at.to_string() title=format::instant(at)>
                {at.local(zone).format("%H:%M").to_string()}
            </time>
        </li>
    }
    .into_any()
}

fn day_name(day: Date, today: Date) -> String {
    if day == today {
        t("history-today")
    } else if day.succ_opt() == Some(today) {
        t("history-yesterday")
    } else {
        format::date(day, today)
    }
}

/// Arrows go from line to line.
fn walk(event: web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let is_down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let mut row = target.and_then(|target| target.closest("li").ok().flatten());
    while let Some(here) = row {
        row = if is_down { here.next_element_sibling() } else { here.previous_element_sibling() };
        let button = row.as_ref().and_then(|row| row.query_selector(".commit__open").ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            let _ = button.focus();
            return;
        }
    }
}

/// What a step changed, record by record, with a link to each.
fn details(app: App, opened: RwSignal<Option<Arc<Line>>>, asked: RwSignal<Option<Arc<Line>>>) -> AnyView {
    let open = RwSignal::new(false);
    let commits = RwSignal::new(None::<Vec<Arc<Commit>>>);
    Effect::new(move |_| {
        let Some(line) = opened.get() else { return };
        commits.set(None);
        open.set(true);
        app.read_step(line.at, line.batch, move |found| {
            commits.try_set(Some(found));
        });
    });
    Effect::new(move |_| {
        if !open.get() && opened.with_untracked(Option::is_some) {
            opened.set(None);
        }
    });
    // A link inside leads away from here.
    let footer = Callback::new(move |()| {
        let undo = opened.get_untracked().filter(|line| line.is_undoable).map(|line| {
            let key = if line.sort == Sort::Turn { "history-redo-this" } else { "history-undo-this" };
            view! {
                <button
                    class="button"
                    type="button"
                    on:click=move |_| {
                        open.set(false);
                        asked.set(Some(line.clone()));
                    }
                >
                    {icon("undo-2")}
                    {t(key)}
                </button>
            }
        });
        view! {
            {undo}
            <button class="button button--primary" type="button" on:click=move |_| open.set(false)>{t("part-close")}</button>
        }
        .into_any()
    });
    view! {
        <Dialog open=open title=Signal::derive(|| t("history-details")) class="dialog--wide" footer=footer>
            {move || opened.get().map(|line| undo::head(&line))}
            {move || match commits.get() {
                None => view! { <p class="quiet" role="status">{t("history-reading")}</p> }.into_any(),
                Some(found) => detail::changes(app, found.iter().flat_map(|commit| &commit.changes)),
            }}
        </Dialog>
    }
    .into_any()
}
