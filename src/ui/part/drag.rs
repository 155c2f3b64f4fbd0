//! Dragging things from zone to zone by mouse, pen, touch and keyboard. It knows nothing of what is dragged.
//!
//! Things carry `data-key`, zones `data-zone`; a button within a thing does not lift it unless it carries `data-lifts`. A mouse or
//! pen lifts by moving, a finger by a long press, so that it can still scroll. What is carried follows the pointer as a
//! copy; the original and the zones are drawn by whoever reads `carried`.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::ui::browser;

/// How far a mouse moves before it lifts.
const THRESHOLD: f64 = 4.0;
/// How long a finger rests before it lifts, and how far it may stray meanwhile.
const LONG_PRESS: Duration = Duration::from_millis(350);
const STRAY: f64 = 10.0;
/// How close to an edge what is carried makes things scroll, and how fast at most, in pixels and pixels per frame.
const EDGE: f64 = 56.0;
const FASTEST: f64 = 16.0;

/// Where things and zones are found.
#[derive(Clone, Copy)]
pub struct DragRules {
    /// Selects what may be lifted.
    pub thing: &'static str,
    /// Selects where it may be dropped.
    pub zone: &'static str,
    /// Selects what scrolls up and down within a zone.
    pub scroller: &'static str,
    /// The class that the copy gets besides its own.
    pub copy: &'static str,
}

/// What is being carried.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The key of the thing.
    pub thing: String,
    /// The zone that it came from.
    pub from: String,
    /// The zone that it would be dropped in.
    pub over: Option<String>,
    /// Its height, for the place that is kept free for it.
    pub height: f64,
    /// Whether arrows carry it rather than a pointer.
    pub by_key: bool,
}

/// A drag layer over one container.
#[derive(Clone, Copy)]
pub struct Drag {
    rules: DragRules,
    /// The container that the events come from; it scrolls where it can.
    pub container: NodeRef<html::Div>,
    /// What is being carried, if anything.
    pub carried: RwSignal<Option<Carried>>,
    dropped: Callback<Carried>,
    /// Tells the zone at a place of the window where zones are no elements.
    locate: Option<Callback<(f64, f64), Option<String>>>,
    press: StoredValue<Option<Press>, LocalStorage>,
}

/// A pointer that is down on a thing.
struct Press {
    pointer: i32,
    thing: web_sys::HtmlElement,
    key: String,
    zone: String,
    start: (f64, f64),
    /// Where the pointer is within the thing.
    grip: (f64, f64),
    last: (f64, f64),
    is_touch: bool,
    timer: Option<TimeoutHandle>,
    copy: Option<web_sys::HtmlElement>,
}

impl Drag {
    /// A layer; `dropped` is told when something is let go over a zone.
    pub fn new(rules: DragRules, dropped: Callback<Carried>) -> Drag {
        Drag::within(NodeRef::new(), rules, None, dropped)
    }

    /// A layer over a container that it may share with others, and that may know by itself which zone is where.
    pub fn within(
        container: NodeRef<html::Div>,
        rules: DragRules,
        locate: Option<Callback<(f64, f64), Option<String>>>,
        dropped: Callback<Carried>,
    ) -> Drag {
        let drag = Drag {
            rules,
            container,
            carried: RwSignal::new(None),
            dropped,
            locate,
            press: StoredValue::new_local(None),
        };
        drag.hold_touches();
        let escape = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" && drag.carried.get_untracked().is_some() {
                event.prevent_default();
                event.stop_propagation();
                drag.cancel();
            }
        });
        on_cleanup(move || {
            escape.remove();
            drag.end();
        });
        drag
    }

    /// For `on:pointerdown` of the container.
    pub fn down(self, event: &web_sys::PointerEvent) {
        if event.button() != 0 || !event.is_primary() || self.carried.get_untracked().is_some() {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        if target.closest("button:not([data-lifts]), input, select, textarea").ok().flatten().is_some() {
            return;
        }
        let Some(thing) = closest(&target, self.rules.thing) else {
            return;
        };
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(zone) = self.zone_at(at) else {
            return;
        };
        let Some(key) = thing.get_attribute("data-key") else {
            return;
        };
        let rect = thing.get_bounding_client_rect();
        let is_touch = event.pointer_type() == "touch";
        let timer = is_touch.then(|| set_timeout_with_handle(move || self.lift(), LONG_PRESS).ok()).flatten();
        self.press.set_value(Some(Press {
            pointer: event.pointer_id(),
            thing,
            key,
            zone,
            start: at,
            grip: (at.0 - rect.left(), at.1 - rect.top()),
            last: at,
            is_touch,
            timer,
            copy: None,
        }));
    }

    /// For `on:pointermove` of the container.
    pub fn moved(self, event: &web_sys::PointerEvent) {
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (mut is_lifting, mut has_strayed, mut is_carried) = (false, false, false);
        self.press.update_value(|press| {
            let Some(press) = press.as_mut().filter(|press| press.pointer == event.pointer_id()) else {
                return;
            };
            press.last = at;
            let distance = (at.0 - press.start.0).hypot(at.1 - press.start.1);
            is_carried = press.copy.is_some();
            is_lifting = !is_carried && !press.is_touch && distance > THRESHOLD;
            has_strayed = !is_carried && press.is_touch && distance > STRAY;
        });
        if has_strayed {
            self.end();
        } else if is_lifting {
            self.lift();
        } else if is_carried {
            event.prevent_default();
            self.follow();
        }
    }

    /// For `on:pointerup` of the container.
    pub fn up(self, event: &web_sys::PointerEvent) {
        let is_own =
            self.press.with_value(|press| press.as_ref().is_some_and(|press| press.pointer == event.pointer_id()));
        if is_own {
            let carried = self.carried.get_untracked();
            self.end();
            if let Some(carried) = carried.filter(|carried| carried.over.is_some()) {
                self.dropped.run(carried);
            }
        }
    }

    /// Lifts something with the keyboard.
    pub fn lift_by_key(self, thing: &web_sys::Element) {
        let Some(thing) = closest(thing, self.rules.thing) else {
            return;
        };
        let zone = closest(&thing, self.rules.zone).and_then(|zone| zone.get_attribute("data-zone"));
        let zone = zone.or_else(|| thing.get_attribute("data-zone"));
        if let (Some(key), Some(zone)) = (thing.get_attribute("data-key"), zone) {
            let height = thing.get_bounding_client_rect().height();
            self.carried.set(Some(Carried { thing: key, over: Some(zone.clone()), from: zone, height, by_key: true }));
        }
    }

    /// Lifts with the keyboard what is known to be in a zone.
    pub fn lift_from(self, thing: &str, zone: &str) {
        let (thing, zone) = (thing.to_owned(), zone.to_owned());
        self.carried.set(Some(Carried { thing, over: Some(zone.clone()), from: zone, height: 0.0, by_key: true }));
    }

    /// Carries what the keyboard has lifted to another zone.
    pub fn carry_to(self, zone: &str) {
        self.carried.update(|carried| {
            if let Some(carried) = carried {
                carried.over = Some(zone.to_owned());
            }
        });
    }

    /// Lets go what the keyboard has lifted.
    pub fn drop_by_key(self) {
        if let Some(carried) = self.carried.get_untracked() {
            self.end();
            self.dropped.run(carried);
        }
    }

    /// Puts what is carried back.
    pub fn cancel(self) {
        self.end();
    }

    fn lift(self) {
        let mut carried = None;
        let container = self.container.try_get_untracked().flatten();
        self.press.update_value(|press| {
            let Some(press) = press.as_mut().filter(|press| press.copy.is_none()) else {
                return;
            };
            let rect = press.thing.get_bounding_client_rect();
            let Some(copy) = copy_of(&press.thing, self.rules.copy) else {
                return;
            };
            let _ = copy.style().set_property("inline-size", &format!("{}px", rect.width()));
            place(&copy, press);
            if let Some(container) = &container {
                let _ = container.set_pointer_capture(press.pointer);
            }
            press.copy = Some(copy);
            let over = Some(press.zone.clone());
            let (thing, from) = (press.key.clone(), press.zone.clone());
            carried = Some(Carried { thing, from, over, height: rect.height(), by_key: false });
        });
        if carried.is_some() {
            self.carried.set(carried);
            self.scroll_on();
        }
    }

    /// Moves the copy and looks what is below it.
    fn follow(self) {
        let mut at = None;
        self.press.with_value(|press| {
            if let Some((press, copy)) = press.as_ref().and_then(|press| Some((press, press.copy.as_ref()?))) {
                place(copy, press);
                at = Some(press.last);
            }
        });
        let Some(at) = at else { return };
        let zone = self.zone_at(at);
        let is_other =
            self.carried.with_untracked(|carried| carried.as_ref().is_some_and(|carried| carried.over != zone));
        if is_other {
            self.carried.update(|carried| {
                if let Some(carried) = carried {
                    carried.over = zone;
                }
            });
        }
    }

    /// Scrolls, frame after frame, for as long as something is held near an edge.
    fn scroll_on(self) {
        request_animation_frame(move || {
            let last = self
                .press
                .try_with_value(|press| press.as_ref().filter(|press| press.copy.is_some()).map(|press| press.last));
            let Some((x, y)) = last.flatten() else { return };
            if let Some(container) = self.container.try_get_untracked().flatten() {
                let rect = container.get_bounding_client_rect();
                container.set_scroll_left(container.scroll_left() + pull(x, rect.left(), rect.right()));
                container.set_scroll_top(container.scroll_top() + pull(y, rect.top(), rect.bottom()));
            }
            let scroller = element_at((x, y), self.rules.zone)
                .and_then(|zone| zone.query_selector(self.rules.scroller).ok().flatten());
            if let Some(scroller) = scroller {
                let rect = scroller.get_bounding_client_rect();
                scroller.set_scroll_top(scroller.scroll_top() + pull(y, rect.top(), rect.bottom()));
            }
            self.follow();
            self.scroll_on();
        });
    }

    /// The zone at a place of the window, whatever lies over it.
    fn zone_at(self, at: (f64, f64)) -> Option<String> {
        match self.locate {
            Some(locate) => locate.run(at),
            None => element_at(at, self.rules.zone).and_then(|zone| zone.get_attribute("data-zone")),
        }
    }

    fn end(self) {
        let press = self.press.try_update_value(Option::take).flatten();
        if let Some(press) = press {
            if let Some(timer) = press.timer {
                timer.clear();
            }
            if let Some(copy) = press.copy {
                copy.remove();
            }
        }
        if self.carried.try_get_untracked().flatten().is_some() {
            self.carried.set(None);
        }
    }

    /// Keeps the browser from scrolling under a finger that carries something: only a listener that is not passive can.
    fn hold_touches(self) {
        let hold = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            if self.carried.try_get_untracked().flatten().is_some() {
                event.prevent_default();
            }
        });
        let hold = StoredValue::new_local(hold);
        Effect::new(move |_| {
            let Some(container) = self.container.get() else { return };
            let options = web_sys::AddEventListenerOptions::new();
            options.set_passive(false);
            hold.with_value(|hold| {
                let _ = container.add_event_listener_with_callback_and_add_event_listener_options(
                    "touchmove",
                    hold.as_ref().unchecked_ref(),
                    &options,
                );
            });
        });
    }
}

/// The topmost of the elements at a place of the window that a selector finds. What lies over it may belong to another one, as a
/// bar does that reaches over several days.
fn element_at((x, y): (f64, f64), selector: &str) -> Option<web_sys::Element> {
    let there = browser::document()?.elements_from_point(x as f32, y as f32);
    let there: Vec<web_sys::Element> = there.iter().filter_map(|element| element.dyn_into().ok()).collect();
    let itself = there.iter().find(|element| element.matches(selector).unwrap_or(false));
    // The row of a table is never found itself, only its cells.
    itself.cloned().or_else(|| there.iter().find_map(|element| element.closest(selector).ok().flatten()))
}

fn closest(element: &web_sys::Element, selector: &str) -> Option<web_sys::HtmlElement> {
    element.closest(selector).ok()??.dyn_into().ok()
}

fn copy_of(thing: &web_sys::HtmlElement, class: &str) -> Option<web_sys::HtmlElement> {
    let copy: web_sys::HtmlElement = thing.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    // A list item needs a list around it, and nothing in the copy may be found or focused.
    let _ = copy.set_attribute("role", "presentation");
    let _ = copy.set_attribute("aria-hidden", "true");
    let _ = copy.set_attribute("inert", "");
    let _ = copy.remove_attribute("data-key");
    let _ = copy.class_list().add_1(class);
    // What is carried within a sheet that floats above the page has to float there too.
    match thing.closest("[popover], dialog").ok().flatten() {
        Some(sheet) => sheet.append_child(&copy).ok()?,
        None => browser::document()?.body()?.append_child(&copy).ok()?,
    };
    Some(copy)
}

fn place(copy: &web_sys::HtmlElement, press: &Press) {
    let _ = copy.style().set_property("left", &format!("{}px", press.last.0 - press.grip.0));
    let _ = copy.style().set_property("top", &format!("{}px", press.last.1 - press.grip.1));
}

/// How far to scroll when something is held at a place between two edges.
fn pull(at: f64, from: f64, to: f64) -> i32 {
    let share = if at < from + EDGE {
        -((from + EDGE - at) / EDGE).min(1.0)
    } else if at > to - EDGE {
        ((at - to + EDGE) / EDGE).min(1.0)
    } else {
        return 0;
    };
    (share * FASTEST) as i32
}
