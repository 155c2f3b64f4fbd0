//! What lies over the page, as steps of the browser's history: Back closes the topmost instead of leaving the page under it.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;

use crate::ui::browser;

/// A dialog that is open.
struct Layer {
    id: u32,
    open: RwSignal<bool>,
    leave: Callback<()>,
}

thread_local! {
    // The browser has one history, which knows no context.
    static LAYERS: RefCell<Vec<Layer>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    /// Whether a step back is on its way, and where one is to go when it has been taken.
    static STEPPING: Cell<bool> = const { Cell::new(false) };
    static NEXT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Listens to Back, for the life of the page.
pub fn listen() {
    // The step of what lay over the page before it was loaded anew: whatever lies there now has steps of its own.
    if browser::step() > 0 {
        browser::number_step(0);
    }
    browser::on_window("popstate", |_: web_sys::Event| {
        if STEPPING.replace(false) {
            if let Some(hash) = NEXT.take() {
                browser::set_hash(&hash);
            }
            return;
        }
        let depth = browser::step() as usize;
        while let Some(Layer { id, open, leave }) =
            LAYERS.with_borrow_mut(|layers| (layers.len() > depth).then(|| layers.pop())?)
        {
            if open.try_get_untracked() != Some(true) {
                continue;
            }
            leave.run(());
            // It asks first, because something has been typed: it stays, and so does its step.
            if open.try_get_untracked() == Some(true) {
                put(Layer { id, open, leave });
                return;
            }
        }
    });
}

/// A dialog opens; gives what it is to close with.
pub fn open(open: RwSignal<bool>, leave: Callback<()>) -> u32 {
    let id = LAST.get() + 1;
    LAST.set(id);
    put(Layer { id, open, leave });
    id
}

/// A dialog has closed by itself, so its step is taken back.
pub fn close(id: u32) {
    let is_known = LAYERS.with_borrow_mut(|layers| {
        let at = layers.iter().position(|layer| layer.id == id)?;
        Some(layers.remove(at))
    });
    if is_known.is_none() {
        return;
    }
    // Whoever closed it may go somewhere else in the same breath.
    request_animation_frame(|| {
        let open = LAYERS.with_borrow(Vec::len);
        if browser::step() as usize > open {
            back();
        }
    });
}

/// Goes one step back. A step that is on its way already is not taken twice: the second might leave the app.
pub fn back() {
    if !STEPPING.replace(true) {
        browser::step_back();
    }
}

/// Goes to another `#`; the step of a dialog becomes that of the new place.
pub fn go(hash: &str) {
    if STEPPING.get() {
        NEXT.set(Some(hash.to_owned()));
    } else if browser::step() > 0 {
        browser::replace_hash(hash);
    } else {
        browser::set_hash(hash);
    }
}

fn put(layer: Layer) {
    let depth = LAYERS.with_borrow_mut(|layers| {
        layers.push(layer);
        layers.len()
    });
    browser::push_step(depth as u32);
}
