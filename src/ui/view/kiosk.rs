//! Kiosks: a form that has the device for itself, over reloads and restarts, until somebody knows the code.

mod door;
mod pad;
mod screen;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::form::Kiosk;
use crate::model::json;
use crate::ui::browser;

pub use door::door;
pub use screen::screen;

/// Under what this device remembers that it is a kiosk.
const REMEMBERED: &str = "kiosk";

/// That this device is a kiosk, and how it is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Locked {
    /// The form.
    pub form: String,
    /// The code that leaves it, sealed.
    kiosk: Kiosk,
    /// How many wrong codes were tried in a row.
    wrong: u32,
    /// Until when no code is taken, in milliseconds since 1970.
    until: i64,
}

/// Says whether this device is a kiosk; called once, by the shell.
pub fn provide_kiosk() -> RwSignal<Option<Locked>> {
    let known = browser::remembered(REMEMBERED).and_then(|text| json::read::<Locked>(&text).ok());
    let kiosk = RwSignal::new(known);
    Effect::new(move |_| {
        let text = kiosk.with(|kiosk| kiosk.as_ref().and_then(|kiosk| serde_json::to_string(kiosk).ok()));
        browser::remember(REMEMBERED, &text.unwrap_or_default());
    });
    browser::on_window("visibilitychange", move |_: web_sys::Event| {
        // The lock goes whenever the page is hidden.
        if kiosk.with_untracked(Option::is_some) {
            browser::stay_awake();
        }
    });
    provide_context(kiosk);
    kiosk
}

/// Whether this device is a kiosk, for any view.
pub fn use_kiosk() -> RwSignal<Option<Locked>> {
    expect_context::<RwSignal<Option<Locked>>>()
}
