//! The outside world: clock, time zone, chance, timers. The only file that may ask for them.
#![allow(clippy::disallowed_methods, reason = "this is the one named place for clocks, chance and the window")]

use std::cell::Cell;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::command::Context;
use crate::model::change::Stamp;
use crate::model::id::{IdSource, RecordId};
use crate::model::time::Instant;

/// What the core is told about the world, and the hybrid logical clock of this device.
pub struct Platform {
    device: Cell<u32>,
    last: Cell<Stamp>,
    offset: Cell<Option<i32>>,
    fixed: Cell<Option<i64>>,
}

impl Platform {
    /// A platform whose device is not known yet.
    pub fn new() -> Self {
        Platform {
            device: Cell::new(0),
            last: Cell::new(Stamp::default()),
            offset: Cell::new(None),
            fixed: Cell::new(None),
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
        let stamp = self.tick();
        Context { stamp, offset: self.offset(), actor, ids: IdSource::new(stamp.time.0.max(0) as u64, random()) }
    }

    /// Now.
    pub fn now(&self) -> Instant {
        Instant(self.fixed.get().unwrap_or_else(|| js_sys::Date::now() as i64))
    }

    /// The user's time zone now: seconds east of Greenwich.
    pub fn offset(&self) -> i32 {
        self.offset.get().unwrap_or_else(|| {
            let seconds = -js_sys::Date::new_0().get_timezone_offset() as i32 * 60;
            self.offset.set(Some(seconds));
            seconds
        })
    }

    /// Reads the hybrid logical clock: never twice the same, never behind what was heard from others.
    fn tick(&self) -> Stamp {
        let (last, now) = (self.last.get(), self.now());
        let next = if now > last.time {
            Stamp { time: now, count: 0, device: self.device.get() }
        } else {
            Stamp { time: last.time, count: last.count + 1, device: self.device.get() }
        };
        self.last.set(next);
        next
    }

    /// Takes note of a stamp from another tab or of a reopened log, so that later ones follow it.
    pub fn hear(&self, stamp: Stamp) {
        if stamp > self.last.get() {
            self.last.set(stamp);
        }
    }
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
