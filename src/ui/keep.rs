//! What is typed and not sent yet: kept by the browser for its tab, so that a reload brings it back. It knows no editor's inside.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{on_cleanup, set_timeout};
use send_wrapper::SendWrapper;

use crate::app::App;
use crate::ui::browser;

/// How long after the last act what is typed is written down, in milliseconds.
const PATIENCE: u64 = 400;

/// What cannot be kept, so that a page does not reload by itself while it is open: other dialogs, a value being changed in its place,
/// files on their way in.
const OPEN: &str = "dialog[open]:not(:has([data-kept])), .fact__box--edit, .grid__editor, .grid__held, .file--card";

/// What tells how an editor stands: something to keep, or nothing.
type Ask = Rc<dyn Fn() -> Option<String>>;

thread_local! {
    static EDITORS: RefCell<Vec<(u32, String, Ask)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// What becomes of what is kept once its editor goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once {
    /// It is done with, by whoever has closed the editor.
    Closed,
    /// It waits for the editor to be opened again.
    Left,
}

/// Keeps what an editor says, under a name, for as long as the running view is shown.
pub fn keep(name: String, once: Once, ask: impl Fn() -> Option<String> + 'static) {
    let number = LAST.get() + 1;
    LAST.set(number);
    let ask: Ask = Rc::new(ask);
    EDITORS.with_borrow_mut(|editors| editors.push((number, name.clone(), ask.clone())));
    let own = SendWrapper::new((name, ask));
    on_cleanup(move || {
        let (name, ask) = &*own;
        EDITORS.with_borrow_mut(|editors| editors.retain(|(other, _, _)| *other != number));
        match once {
            Once::Closed => browser::keep_in_tab(name, None),
            Once::Left => browser::keep_in_tab(name, ask().as_deref()),
        }
    });
}

/// What was kept under a name.
pub fn kept(name: &str) -> Option<String> {
    browser::kept_in_tab(name)
}

/// Keeps what is typed from now on, and lets a page leave for a new version only when nothing is lost by it.
pub fn listen(app: App) {
    for event in ["input", "change", "click", "keyup"] {
        browser::on_window(event, |_: web_sys::Event| soon());
    }
    browser::on_window("pagehide", |_: web_sys::Event| write());
    browser::on_window("perennial:leave", move |event: web_sys::Event| {
        write();
        let is_writing = browser::is_typing() && !browser::has_focus_within("[data-kept]");
        if app.would_lose() || is_writing || browser::is_there(OPEN) {
            event.prevent_default();
        }
    });
}

fn soon() {
    if EDITORS.with_borrow(Vec::is_empty) || IS_ASKED.replace(true) {
        return;
    }
    set_timeout(
        || {
            IS_ASKED.set(false);
            write();
        },
        std::time::Duration::from_millis(PATIENCE),
    );
}

fn write() {
    // An editor may go while it is asked.
    let editors = EDITORS.with_borrow(Clone::clone);
    for (_, name, ask) in editors {
        browser::keep_in_tab(&name, ask().as_deref());
    }
}
