//! What other programs have shared into the product or opened with it, on its way to where it is taken up.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::form::SharedText;
use crate::ui::browser;

/// Something shared, that waits for a person to say what becomes of it.
#[derive(Clone)]
pub struct Shared {
    /// Text and address.
    pub text: SharedText,
    /// Files.
    pub files: Vec<web_sys::File>,
}

/// What waits, if anything does.
#[derive(Clone, Copy)]
pub struct Received(pub RwSignal<Option<Shared>, LocalStorage>);

thread_local! {
    /// Files that a person has sent to the place where they are opened.
    static HANDED: RefCell<Vec<web_sys::File>> = const { RefCell::new(Vec::new()) };
}

/// Hears of what is shared from now on; called once, by the shell.
pub fn provide_received() {
    let received = RwSignal::new_local(None);
    browser::on_window("perennial:shared", move |event: web_sys::CustomEvent| {
        received.try_set(Some(read(&event.detail())));
    });
    provide_context(Received(received));
    // Whatever came before anybody could hear it comes now.
    browser::announce("perennial:ready", "");
}

/// What waits, for any view.
pub fn use_received() -> Received {
    expect_context::<Received>()
}

impl Received {
    /// It has been taken up.
    pub fn take(self) {
        self.0.set(None);
        browser::announce("perennial:shared-taken", "");
    }
}

/// Sends files to the place that opens them, which is about to be shown.
pub fn hand(files: Vec<web_sys::File>) {
    HANDED.set(files);
}

/// The files that were sent here.
pub fn handed() -> Vec<web_sys::File> {
    HANDED.take()
}

fn read(detail: &JsValue) -> Shared {
    let get = |name: &str| js_sys::Reflect::get(detail, &JsValue::from_str(name)).unwrap_or_default();
    let text = |name: &str| get(name).as_string().unwrap_or_default();
    let files = get("files").dyn_into::<js_sys::Array>().unwrap_or_default();
    Shared {
        text: SharedText { title: text("title"), text: text("text"), url: text("url") },
        files: files.iter().filter_map(|file| file.dyn_into().ok()).collect(),
    }
}
