//! Other tabs of the same workspace: whoever has written says so, and the others read the log.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::workspace::App;

const CHANNEL: &str = "perennial";

thread_local! {
    /// One channel for the life of the page; a browser without channels simply has no live updates.
    static SPEAKER: Option<web_sys::BroadcastChannel> = web_sys::BroadcastChannel::new(CHANNEL).ok();
}

impl App {
    /// Says that the log has grown, or is another one.
    pub(super) fn tell_other_tabs(self) {
        let end = self.log_end();
        SPEAKER.with(|speaker| {
            if let Some(speaker) = speaker {
                let _ = speaker.post_message(&end.as_str().into());
            }
        });
    }

    /// Reads the log whenever another tab has written to it.
    pub(super) fn listen_to_other_tabs(self) {
        let heard = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |message: web_sys::MessageEvent| {
            // A log that was replaced may be shorter, so any other end is news.
            if message.data().as_string().is_some_and(|end| end != self.log_end()) {
                self.hear_news();
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

    fn log_end(self) -> String {
        let head = self.inner().writer.head.borrow();
        format!("{} {}", head.position, head.hash)
    }
}
