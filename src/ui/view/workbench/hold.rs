//! Holds the focus and the pointer while a canvas is drawn anew: whoever was somewhere on it is there again afterwards. And lets
//! what is being typed be kept when the page goes.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::ui::browser;

/// What can have the focus on a canvas.
const STOPS: &str = "button, input, summary, a[href]";

thread_local! {
    /// What a pointer was last put down on, and where that stands.
    static PRESSED: RefCell<Option<(web_sys::Element, Place)>> = const { RefCell::new(None) };
}

/// A place on the canvas that outlives being drawn anew: the zone, and how many of its stops come before.
#[derive(Clone, PartialEq)]
struct Place {
    zone: String,
    at: usize,
}

/// Notes where on the canvas the focus is, and puts it back there once it is drawn anew, unless it has gone elsewhere.
pub fn hold_focus() {
    let Some(place) = focused().and_then(|here| place_of(&here)) else { return };
    request_animation_frame(move || {
        let is_lost = focused().is_none_or(|now| !now.is_connected() || now.tag_name() == "BODY");
        if let Some(stop) = stop_at(&place).filter(|_| is_lost) {
            let _ = stop.focus();
        }
    });
}

/// For `on:pointerdown`: what is typed elsewhere counts as soon as one presses here, and then the canvas is drawn anew under the
/// pointer.
pub fn pressed(event: &web_sys::PointerEvent) {
    let stop = browser::closest(event.target(), STOPS);
    let found = stop.and_then(|stop| place_of(&stop).map(|place| (stop, place)));
    PRESSED.with_borrow_mut(|pressed| *pressed = found);
}

/// For `on:pointerup`: the browser knows of no click where what was pressed has been drawn anew meanwhile.
pub fn released(event: &web_sys::PointerEvent) {
    let Some((stop, place)) = PRESSED.with_borrow_mut(Option::take) else { return };
    if stop.is_connected() {
        return;
    }
    let now = browser::closest(event.target(), STOPS).and_then(|stop| place_of(&stop));
    if let Some(stop) = stop_at(&place).filter(|_| now.as_ref() == Some(&place)) {
        let _ = stop.focus();
        stop.click();
    }
}

fn place_of(stop: &web_sys::Element) -> Option<Place> {
    let zone = stop.closest(".design__canvas [data-zone]").ok()??;
    let at = stops(&zone).iter().position(|known| known.is_same_node(Some(stop)))?;
    Some(Place { zone: zone.get_attribute("data-zone")?, at })
}

fn stop_at(place: &Place) -> Option<web_sys::HtmlElement> {
    let found = browser::document()?.query_selector_all(".design__canvas [data-zone]").ok()?;
    let mut zones = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::Element>().ok());
    let zone = zones.find(|zone| zone.get_attribute("data-zone").as_ref() == Some(&place.zone))?;
    stops(&zone).into_iter().nth(place.at)?.dyn_into().ok()
}

/// What is typed into a setting counts when one leaves it; leaving the page is leaving it.
pub fn keep_when_leaving(app: App) {
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        let here = focused().filter(|here| here.closest(".design").ok().flatten().is_some());
        if let Some(here) = here.and_then(|here| here.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = here.blur();
            // It is being written from now on: the browser asks before that is cut short.
            if app.would_lose() {
                event.prevent_default();
            }
        }
    });
    on_cleanup(move || leaving.remove());
}

fn focused() -> Option<web_sys::Element> {
    browser::document()?.active_element()
}

/// What can have the focus in a zone, itself first where it can.
fn stops(zone: &web_sys::Element) -> Vec<web_sys::Element> {
    let own = zone.matches(STOPS).unwrap_or(false).then(|| zone.clone());
    let Ok(found) = zone.query_selector_all(STOPS) else { return Vec::new() };
    let inner = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::Element>().ok());
    own.into_iter().chain(inner).collect()
}
