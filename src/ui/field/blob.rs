//! Addresses of kept files: one for each content, shared by whoever shows it, and given back to the browser once nobody has for a
//! while.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use crate::app::App;
use crate::model::value::FileRef;
use crate::ui::browser;

/// So many addresses are kept that nobody shows: whoever scrolls back finds the pictures there.
const IDLE: usize = 60;

thread_local! {
    static ADDRESSES: RefCell<Addresses> = RefCell::new(Addresses::default());
}

/// The addresses by the hash of their content.
#[derive(Default)]
struct Addresses {
    known: FxHashMap<String, Address>,
    /// Those that nobody shows, the longest idle first.
    idle: VecDeque<String>,
}

struct Address {
    url: String,
    shown: usize,
}

/// Where the content of a file can be shown, once that is known; for as long as the running view is there.
pub fn address(app: App, file: &FileRef) -> RwSignal<Option<String>> {
    let known = ADDRESSES.with_borrow_mut(|addresses| addresses.show(&file.hash));
    let address = RwSignal::new(known.clone());
    let is_held = StoredValue::new(known.is_some());
    let hash = StoredValue::new(file.hash.clone());
    if known.is_none() {
        app.file_url(file.clone(), move |url| {
            let Some(url) = url else { return };
            let Some(hash) = hash.try_get_value() else { return browser::give_back(&url) };
            let url = ADDRESSES.with_borrow_mut(|addresses| addresses.take_up(hash, url));
            is_held.set_value(true);
            address.set(Some(url));
        });
    }
    on_cleanup(move || {
        if is_held.get_value() {
            hash.with_value(|hash| ADDRESSES.with_borrow_mut(|addresses| addresses.leave(hash)));
        }
    });
    address
}

impl Addresses {
    /// The address of a content that is known, which is shown once more.
    fn show(&mut self, hash: &str) -> Option<String> {
        let address = self.known.get_mut(hash)?;
        address.shown += 1;
        self.idle.retain(|idle| idle != hash);
        Some(address.url.clone())
    }

    /// Takes up a new address, unless another one has come first.
    fn take_up(&mut self, hash: String, url: String) -> String {
        if let Some(known) = self.show(&hash) {
            browser::give_back(&url);
            return known;
        }
        self.known.insert(hash, Address { url: url.clone(), shown: 1 });
        url
    }

    fn leave(&mut self, hash: &str) {
        let Some(address) = self.known.get_mut(hash) else { return };
        address.shown = address.shown.saturating_sub(1);
        if address.shown > 0 {
            return;
        }
        self.idle.push_back(hash.to_owned());
        while self.idle.len() > IDLE {
            let longest = self.idle.pop_front().and_then(|hash| self.known.remove(&hash));
            if let Some(address) = longest {
                browser::give_back(&address.url);
            }
        }
    }
}
