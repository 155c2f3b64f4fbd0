//! Keys that work wherever one is: search, undo, redo, the sheet of shortcuts.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Floating;
use crate::app::App;
use crate::ui::{browser, focus};

/// Listens for the life of the page.
pub fn listen(app: App, floating: Floating) {
    browser::on_window("keydown", move |event: web_sys::KeyboardEvent| {
        // Visitors of a form have no business with the product's keys.
        if event.default_prevented() || browser::is_there(".alone") {
            return;
        }
        let is_command = event.ctrl_key() || event.meta_key();
        let key = event.key().to_lowercase();
        match (is_command, event.shift_key(), key.as_str()) {
            (true, false, "k") => {
                event.prevent_default();
                floating.palette.update(|open| *open = !*open);
            }
            _ if is_typing(&event) || is_behind_dialog() => {}
            (true, false, "z") => {
                event.prevent_default();
                let held = focus::held();
                app.undo_now();
                held.keep();
            }
            (true, true, "z") | (true, false, "y") => {
                event.prevent_default();
                let held = focus::held();
                app.redo_now();
                held.keep();
            }
            (false, _, "?") => {
                event.prevent_default();
                floating.shortcuts.set(true);
            }
            (false, false, "/") => {
                if let Some(find) = element(".find input") {
                    event.prevent_default();
                    let _ = find.focus();
                }
            }
            (false, false, "n") if !event.alt_key() => {
                if let Some(button) = element("[data-new]") {
                    event.prevent_default();
                    button.click();
                }
            }
            _ => {}
        }
    });
}

/// Whether the key belongs to something that is being typed.
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    const TYPED_INTO: &str =
        "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [contenteditable='']";
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.matches(TYPED_INTO).unwrap_or(false))
}

fn is_behind_dialog() -> bool {
    browser::document().and_then(|page| page.query_selector("dialog[open]").ok().flatten()).is_some()
}

fn element(selector: &str) -> Option<web_sys::HtmlElement> {
    browser::document()?.query_selector(selector).ok()??.dyn_into().ok()
}
