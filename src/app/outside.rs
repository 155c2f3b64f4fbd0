//! The outside world: clock, time zone, chance, timers. The only file that may ask for them.
#![allow(clippy::disallowed_methods, reason = "this is the one named place for clocks, chance and the window")]

use std::cell::{Cell, RefCell};

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::command::Context;
use crate::model::change::Stamp;
use crate::model::id::{IdSource, RecordId};
use crate::model::time::{Instant, Zone};

/// What the core is told about the world: this device's clock, its time zone, and the hybrid logical clock that orders commits.
pub struct Platform {
    device: Cell<u32>,
    last: Cell<Stamp>,
    zone: Cell<Option<Zone>>,
    /// The clock of the zone that the workspace has chosen, by its name.
    chosen: RefCell<Option<(String, js_sys::Function)>>,
}

impl Platform {
    /// A platform whose device is not known yet.
    pub fn new() -> Self {
        Platform {
            device: Cell::new(0),
            last: Cell::new(Stamp::default()),
            zone: Cell::new(None),
            chosen: RefCell::new(None),
        }
    }

    /// Says which device this is.
    pub fn set_device(&self, device: u32) {
        self.device.set(device);
    }

    /// Which device this is.
    pub fn device(&self) -> u32 {
        self.device.get()
    }

    /// What a command needs to know.
    pub fn context(&self, actor: Option<RecordId>) -> Context {
        let now = self.now();
        let stamp = Stamp::next(self.last.get(), now, self.device.get());
        self.last.set(stamp);
        Context { now, stamp, zone: self.zone(), actor, ids: IdSource::new(now.0.max(0) as u64, random()) }
    }

    /// Now.
    pub fn now(&self) -> Instant {
        Instant(js_sys::Date::now() as i64)
    }

    /// The user's time zone. A device that has travelled since is noticed by what its clock shows now.
    pub fn zone(&self) -> Zone {
        let now = self.now();
        // A chosen zone does not travel.
        let holds = |zone: &Zone| self.chosen.borrow().is_some() || zone.offset_at(now) == offset_at(now);
        match self.zone.get().filter(holds) {
            Some(zone) => zone,
            None => self.look_at_zone(),
        }
    }

    /// Lets days and hours be those of a zone, whatever the device's own is; one that the browser does not know is passed over.
    pub fn choose_zone(&self, name: Option<String>) {
        let is_known = self.chosen.borrow().as_ref().map(|(known, _)| known) == name.as_ref();
        if !is_known {
            let clock = name.and_then(|name| Some((name.clone(), clock_of(&name)?)));
            *self.chosen.borrow_mut() = clock;
            self.look_at_zone();
        }
    }

    /// Looks anew at how the clocks here are changed, as two zones may show the same time now and not in summer.
    pub fn look_at_zone(&self) -> Zone {
        let found = match &*self.chosen.borrow() {
            Some((_, clock)) => surveyed(|at| shown_offset(clock, at)),
            None => surveyed(offset_at),
        };
        // A zone is kept for the life of the page; a survey that says the same again is dropped.
        let known = self.zone.get().filter(|zone| zone.is_as(found.0, &found.1));
        let zone = known.unwrap_or_else(|| Zone::changing(found.0, found.1.leak()));
        self.zone.set(Some(zone));
        zone
    }

    /// Takes note of a stamp from another tab or device or of a reopened log, so that later ones follow it. It tells no time.
    pub fn hear(&self, stamp: Stamp) {
        if stamp > self.last.get() {
            self.last.set(stamp);
        }
    }
}

/// Seconds that clocks here are ahead of Greenwich at an instant, as the browser knows.
fn offset_at(at: Instant) -> i32 {
    let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
    (-date.get_timezone_offset() * 60.0) as i32
}

/// What writes an instant as clocks of a zone show it; nothing where the browser knows no such zone.
fn clock_of(zone: &str) -> Option<js_sys::Function> {
    let options = js_sys::Object::new();
    let mut wanted = vec![("timeZone", zone), ("hourCycle", "h23")];
    wanted.extend(["year", "month", "day", "hour", "minute", "second"].map(|part| (part, "numeric")));
    for (name, value) in wanted {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let intl = js_sys::Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let format: js_sys::Function = js_sys::Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    // Swedish writes days as ISO 8601 does.
    let arguments = js_sys::Array::of2(&"sv-SE".into(), &options);
    let format = js_sys::Reflect::construct(&format, &arguments).ok()?;
    js_sys::Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()
}

/// Seconds that clocks of a zone are ahead of Greenwich, by what they show.
fn shown_offset(clock: &js_sys::Function, at: Instant) -> i32 {
    let shown = clock.call1(&JsValue::NULL, &JsValue::from_f64(at.0 as f64)).ok().and_then(|text| text.as_string());
    let shown = shown.and_then(|text| chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok());
    shown.map_or(0, |local| (local.and_utc().timestamp() - at.0.div_euclid(1_000)) as i32)
}

/// The changes of clocks here from 1970 to 2070: looked for every three weeks, then narrowed down to the minute.
fn surveyed(offset_at: impl Fn(Instant) -> i32) -> (i32, Vec<(Instant, i32)>) {
    const MINUTE: i64 = 60_000;
    const STEP: i64 = 21 * 24 * 60 * MINUTE;
    const END: i64 = 100 * 366 * 24 * 60 * MINUTE;
    let first = offset_at(Instant(0));
    let mut changes = Vec::new();
    let (mut before, mut known) = (0, first);
    while before < END {
        let mut after = before + STEP;
        let next = offset_at(Instant(after));
        if next != known {
            let mut still = before;
            while after - still > MINUTE {
                let middle = still + (after - still) / (2 * MINUTE) * MINUTE;
                if offset_at(Instant(middle)) == known { still = middle } else { after = middle }
            }
            known = offset_at(Instant(after));
            changes.push((Instant(after), known));
            before = after;
        } else {
            before = after;
        }
    }
    (first, changes)
}

impl Default for Platform {
    fn default() -> Self {
        Platform::new()
    }
}

/// Sixty-four bits of chance.
pub(super) fn random() -> u64 {
    let mut bytes = [0u8; 8];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    match filled {
        Some(_) => u64::from_le_bytes(bytes),
        None => (js_sys::Math::random() * f64::from(u32::MAX)) as u64 ^ js_sys::Date::now().to_bits(),
    }
}

/// Milliseconds since the page was opened, fine enough to measure with.
pub(super) fn performance_now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// The window; a page without one cannot run the product.
pub(super) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Waits that many milliseconds.
pub async fn pause(millis: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // A refused timer resolves at once: waiting less is better than waiting for ever.
            if window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Lets the browser draw and handle input, and goes on right after.
///
/// A message to oneself is not slowed down as nested timers are, which costs a long import a third of its time.
pub(super) async fn breathe() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let Ok(channel) = web_sys::MessageChannel::new() else {
            let _ = resolve.call0(&JsValue::NULL);
            return;
        };
        let port = channel.port1();
        let closing = port.clone();
        let heard = wasm_bindgen::closure::Closure::once_into_js(move |_: JsValue| {
            closing.close();
            let _ = resolve.call0(&JsValue::NULL);
        });
        port.set_onmessage(Some(heard.unchecked_ref()));
        let _ = channel.port2().post_message(&JsValue::NULL);
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits until the next frame has been drawn.
pub async fn after_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
    breathe().await;
}

/// Runs work that must be finished even if the view that began it is gone.
pub(super) fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}
