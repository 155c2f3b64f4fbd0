//! Keys of the canvas: walking from name to name, lifting, carrying, dropping.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::browser;
use crate::ui::part::{Carried, Drag};
use crate::ui::text::{t, tr};

/// Answers a key that was pressed on the name of something on a canvas.
pub fn pressed(drag: Drag, said: RwSignal<String>, event: &web_sys::KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    if !target.matches(".design__name").unwrap_or(false) || event.ctrl_key() || event.meta_key() {
        return;
    }
    let carried = drag.carried.get_untracked().filter(|carried| carried.by_key);
    match (event.key().as_str(), carried) {
        (" ", None) => {
            drag.lift_by_key(&target);
            let name = target.text_content().unwrap_or_default();
            said.set(tr("design-said-lifted", [("name", name.trim().into())]));
        }
        (" " | "Enter", Some(_)) => drag.drop_by_key(),
        ("Escape", Some(_)) => {
            drag.cancel();
            said.set(t("design-said-put-back"));
        }
        ("ArrowDown", Some(carried)) => carry(drag, said, &carried, 1),
        ("ArrowUp", Some(carried)) => carry(drag, said, &carried, -1),
        ("ArrowDown", None) => walk(&target, 1),
        ("ArrowUp", None) => walk(&target, -1),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Carries what is lifted to the place before or behind, over the ends of sections as well.
fn carry(drag: Drag, said: RwSignal<String>, carried: &Carried, by: isize) {
    let over = carried.over.as_deref();
    // A section goes where sections are.
    let zones = match carried.thing.starts_with("section:") {
        true => all(".design__canvas .design__section[data-key]"),
        false => all(".design__canvas :is(.design__row, .design__end)[data-zone]"),
    };
    let names: Vec<String> = zones.iter().filter_map(|zone| zone.get_attribute("data-zone")).collect();
    let at = names.iter().position(|name| Some(name.as_str()) == over).unwrap_or(0);
    let Some(next) = at.checked_add_signed(by).and_then(|at| names.get(at)) else { return };
    drag.carry_to(next);
    let zone = zones.iter().find(|zone| zone.get_attribute("data-zone").as_ref() == Some(next));
    if let Some(zone) = zone {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        zone.scroll_into_view_with_scroll_into_view_options(&options);
        said.set(zone.get_attribute("data-say").unwrap_or_default());
    }
}

fn walk(from: &web_sys::Element, by: isize) {
    let names = all(".design__canvas .design__name");
    let here = names.iter().position(|name| name.is_same_node(Some(from)));
    let next = here.and_then(|at| at.checked_add_signed(by)).and_then(|at| names.get(at));
    if let Some(next) = next.and_then(|next| next.dyn_ref::<web_sys::HtmlElement>()) {
        let _ = next.focus();
    }
}

fn all(selector: &str) -> Vec<web_sys::Element> {
    let Some(Ok(found)) = browser::document().map(|page| page.query_selector_all(selector)) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::Element>().ok()).collect()
}
