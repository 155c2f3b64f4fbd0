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
pub use screen::{idle, screen, stuck};

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

/// Whether the screen is kept from going dark; unknown until the browser has said so.
#[derive(Clone, Copy)]
struct Awake(RwSignal<Option<bool>>);

/// Whether the kiosk was started in another tab, which shows its form: two would count each visitor twice.
#[derive(Clone, Copy)]
pub struct Elsewhere(pub RwSignal<bool>);

/// Says whether this device is a kiosk; called once, by the shell.
pub fn provide_kiosk() -> RwSignal<Option<Locked>> {
    let kiosk = RwSignal::new(remembered());
    Effect::new(move |_| {
        let text = kiosk.with(|kiosk| kiosk.as_ref().and_then(|kiosk| serde_json::to_string(kiosk).ok()));
        browser::remember(REMEMBERED, &text.unwrap_or_default());
    });
    let awake = Awake(RwSignal::new(None));
    browser::on_window("visibilitychange", move |_: web_sys::Event| {
        // The lock goes whenever the page is hidden.
        if kiosk.with_untracked(Option::is_some) {
            awake.ask();
        }
    });
    let elsewhere = Elsewhere(RwSignal::new(false));
    provide_context(elsewhere);
    // No other tab shows what this one hides.
    browser::on_window("storage", move |_: web_sys::Event| {
        let known = remembered();
        if kiosk.with_untracked(|kiosk| *kiosk != known) {
            if kiosk.with_untracked(Option::is_none) || known.is_none() {
                elsewhere.0.set(known.is_some());
            }
            kiosk.set(known);
        }
    });
    provide_context(awake);
    provide_context(kiosk);
    kiosk
}

/// Whether this device is a kiosk, for any view.
pub fn use_kiosk() -> RwSignal<Option<Locked>> {
    expect_context::<RwSignal<Option<Locked>>>()
}

fn remembered() -> Option<Locked> {
    browser::remembered(REMEMBERED).and_then(|text| json::read::<Locked>(&text).ok())
}

impl Awake {
    /// Asks the browser to keep the screen on.
    fn ask(self) {
        browser::stay_awake(move |is_awake| {
            let _ = self.0.try_set(Some(is_awake));
        });
    }
}
