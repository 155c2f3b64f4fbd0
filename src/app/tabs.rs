//! Other tabs of the same workspace: whoever has written says so, and the others read the log.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::outside::spawn;
use super::workspace::App;

const CHANNEL: &str = "perennial";

thread_local! {
    /// One channel for the life of the page; a browser without channels simply has no live updates.
    static SPEAKER: Option<web_sys::BroadcastChannel> = web_sys::BroadcastChannel::new(CHANNEL).ok();
}

impl App {
    /// Says that the log has grown.
    pub(super) fn tell_other_tabs(self) {
        let position = self.inner().writer.head.borrow().position.0 as f64;
        SPEAKER.with(|speaker| {
            if let Some(speaker) = speaker {
                let _ = speaker.post_message(&position.into());
            }
        });
    }

    /// Reads the log whenever another tab has written to it.
    pub(super) fn listen_to_other_tabs(self) {
        let heard = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |message: web_sys::MessageEvent| {
            let position = message.data().as_f64().unwrap_or_default();
            if position > self.inner().writer.head.borrow().position.0 as f64 {
                spawn(async move {
                    if let Err(error) = self.catch_up().await {
                        leptos::logging::warn!("another tab's changes could not be read: {error}");
                    }
                });
            }
        });
        SPEAKER.with(|speaker| {
            if let Some(speaker) = speaker {
                speaker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            }
        });
        // The listener lives as long as the page.
        heard.forget();
    }
}
