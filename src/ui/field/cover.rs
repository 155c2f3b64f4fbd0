//! Covers: the first picture among the files of a record. An address is made once for each content, however often it is shown.

use std::cell::RefCell;

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use crate::app::App;
use crate::model::value::{FileRef, Value};

thread_local! {
    // Addresses live as long as the page, and so does this; the content is that of the hash for ever.
    static ADDRESSES: RefCell<FxHashMap<String, String>> = RefCell::new(FxHashMap::default());
}

/// The first picture among the files of a value.
pub fn first_picture(value: &Value) -> Option<&FileRef> {
    if let Value::Files(files) = value {
        return files.iter().find(|file| file.media_type.starts_with("image/"));
    }
    None
}

/// A picture that says something of its own.
pub fn picture(app: App, file: &FileRef, description: String) -> AnyView {
    let address = address(app, file);
    (move || {
        let description = description.clone();
        address.get().map(|url| view! { <img src=url alt=description decoding="async"/> })
    })
    .into_any()
}

/// A picture that fills the room it is given. It adorns what is named beside it, and its own name would only be in the way.
pub fn cover(app: App, file: &FileRef) -> AnyView {
    let address = address(app, file);
    (move || address.get().map(|url| view! { <img class="cover" src=url alt="" decoding="async" draggable="false"/> }))
        .into_any()
}

/// Where the content of a file can be shown, once that is known.
fn address(app: App, file: &FileRef) -> RwSignal<Option<String>> {
    let known = ADDRESSES.with_borrow(|addresses| addresses.get(&file.hash).cloned());
    let is_known = known.is_some();
    let address = RwSignal::new(known);
    if !is_known {
        let hash = file.hash.clone();
        app.file_url(file.clone(), move |url| {
            if let Some(url) = &url {
                ADDRESSES.with_borrow_mut(|addresses| addresses.insert(hash, url.clone()));
            }
            let _ = address.try_set(url);
        });
    }
    address
}
