//! Holds the focus while a canvas is drawn anew: whoever was somewhere on it is there again afterwards. And lets what is being
//! typed be kept when the page goes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::browser;

/// What can have the focus on a canvas.
const STOPS: &str = "button, input, summary, a[href]";

/// Notes where on the canvas the focus is, and puts it back there once it is drawn anew, unless it has gone elsewhere.
pub fn hold_focus() {
    let Some(here) = focused() else { return };
    let Some(zone) = here.closest(".design__canvas [data-zone]").ok().flatten() else { return };
    let Some(name) = zone.get_attribute("data-zone") else { return };
    let Some(at) = stops(&zone).iter().position(|stop| stop.is_same_node(Some(&here))) else { return };
    request_animation_frame(move || {
        let is_lost = focused().is_none_or(|now| !now.is_connected() || now.tag_name() == "BODY");
        if !is_lost {
            return;
        }
        let page = browser::document();
        let found = page.and_then(|page| page.query_selector_all(".design__canvas [data-zone]").ok());
        let Some(found) = found else { return };
        let zones = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::Element>().ok());
        let zone = zones.into_iter().find(|zone| zone.get_attribute("data-zone").as_ref() == Some(&name));
        let stop = zone.and_then(|zone| stops(&zone).into_iter().nth(at));
        if let Some(stop) = stop.and_then(|stop| stop.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = stop.focus();
        }
    });
}

/// What is typed into a setting counts when one leaves it; leaving the page is leaving it.
pub fn keep_when_leaving() {
    let leaving = window_event_listener(leptos::ev::beforeunload, |_| {
        let here = focused().filter(|here| here.closest(".design").ok().flatten().is_some());
        if let Some(here) = here.and_then(|here| here.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = here.blur();
        }
    });
    on_cleanup(move || leaving.remove());
}

fn focused() -> Option<web_sys::Element> {
    browser::document()?.active_element()
}

fn stops(zone: &web_sys::Element) -> Vec<web_sys::Element> {
    let Ok(found) = zone.query_selector_all(STOPS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::Element>().ok()).collect()
}
