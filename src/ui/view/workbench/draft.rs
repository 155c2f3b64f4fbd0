//! What is being typed at the bench: kept for its tab, so that a reload brings it back half done as it was, where it was typed.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::soon;
use crate::app::App;
use crate::model::json;
use crate::ui::browser;
use crate::ui::keep::{self, Once};

/// The name that it is kept under; there is one bench at a time.
const KEPT: &str = "bench";
/// What is typed into.
const LINES: &str =
    ".design__bench :is(input:not([type=checkbox], [type=radio], [type=search], [type=file]), textarea)";
/// What is filled in to be looked at is nobody's work.
const TRIED: &str = ".form-design__frame, .design__preview, dialog";

/// What was typed, and where.
#[derive(Clone, Serialize, Deserialize)]
struct Draft {
    /// The address of the page.
    page: String,
    /// The place among all that can be typed into.
    at: usize,
    /// What it is called: things may have come before it meanwhile.
    name: String,
    /// The part on the canvas that it belongs to.
    part: Option<String>,
    text: String,
    /// Whether it was left, so that it counts.
    is_done: bool,
}

/// Keeps what is typed from now on, and brings back what was being typed before the page was loaded anew.
pub(super) fn keep(app: App) {
    if let Some(draft) = keep::kept(KEPT).and_then(|kept| json::read::<Draft>(&kept).ok()) {
        bring_back(draft);
    }
    let draft = StoredValue::new(None::<Draft>);
    let typed = window_event_listener(leptos::ev::input, move |event| {
        if let Some(next) = read(event.target()) {
            draft.set_value(Some(next));
        }
    });
    let left = window_event_listener(leptos::ev::change, move |_| {
        draft.update_value(|draft| draft.iter_mut().for_each(|draft| draft.is_done = true));
    });
    on_cleanup(move || {
        typed.remove();
        left.remove();
    });
    keep::keep(KEPT.to_owned(), Once::Closed, move || {
        let draft = draft.try_get_value()??;
        // What was left is being written; what was given up or taken back says something else by now.
        let is_open = || find(&draft).is_some_and(|line| text_of(&line).as_deref() == Some(draft.text.as_str()));
        let is_kept = if draft.is_done { app.would_lose() } else { is_open() };
        is_kept.then(|| serde_json::to_string(&draft).ok()).flatten()
    });
}

fn read(target: Option<web_sys::EventTarget>) -> Option<Draft> {
    let line = browser::closest(target, LINES).filter(|line| line.closest(TRIED).ok().flatten().is_none())?;
    let at = lines().iter().position(|known| known.is_same_node(Some(&line)))?;
    let part = line.closest("[data-part]").ok().flatten().and_then(|part| part.get_attribute("data-part"));
    let text = text_of(&line)?;
    Some(Draft { page: browser::hash(), at, name: name_of(&line), part, text, is_done: false })
}

fn bring_back(draft: Draft) {
    if draft.page != browser::hash() {
        return;
    }
    soon(move || {
        if let Some(line) = find(&draft) {
            return put(&line, &draft);
        }
        // A name that is typed over the button that says it.
        let over = draft.part.as_ref().map(|part| format!(".design__canvas [data-part=\"{part}\"] .design__name"));
        let button = over.and_then(|over| browser::document()?.query_selector(&over).ok()?);
        if let (Some(button), Ok(twice)) = (button, web_sys::MouseEvent::new("dblclick")) {
            let _ = button.dispatch_event(&twice);
            soon(move || {
                if let Some(line) = find(&draft) {
                    put(&line, &draft);
                }
            });
        }
    });
}

fn put(line: &web_sys::Element, draft: &Draft) {
    if text_of(line).as_deref() == Some(draft.text.as_str()) {
        return;
    }
    let Some(focusable) = line.dyn_ref::<web_sys::HtmlElement>() else { return };
    if let Some(fold) = line.closest("details").ok().flatten() {
        let _ = fold.set_attribute("open", "");
    }
    let _ = focusable.focus();
    match line.dyn_ref::<web_sys::HtmlInputElement>() {
        Some(input) => input.select(),
        None => line.dyn_ref::<web_sys::HtmlTextAreaElement>().iter().for_each(|area| area.select()),
    }
    // As typing does, so that it counts once it is left.
    browser::insert(&draft.text);
    if draft.is_done {
        let _ = focusable.blur();
    }
}

fn find(draft: &Draft) -> Option<web_sys::Element> {
    let is_it = |line: &web_sys::Element| name_of(line) == draft.name;
    let lines = lines();
    lines.get(draft.at).filter(|line| is_it(line)).or_else(|| lines.iter().find(|line| is_it(line))).cloned()
}

fn lines() -> Vec<web_sys::Element> {
    let Some(Ok(found)) = browser::document().map(|page| page.query_selector_all(LINES)) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn name_of(line: &web_sys::Element) -> String {
    let label = || line.closest(".field").ok()??.query_selector(".field__label").ok()??.text_content();
    line.get_attribute("aria-label").or_else(label).unwrap_or_default()
}

fn text_of(line: &web_sys::Element) -> Option<String> {
    let input = line.dyn_ref::<web_sys::HtmlInputElement>().map(web_sys::HtmlInputElement::value);
    input.or_else(|| line.dyn_ref::<web_sys::HtmlTextAreaElement>().map(web_sys::HtmlTextAreaElement::value))
}
