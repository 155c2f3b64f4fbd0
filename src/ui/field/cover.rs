//! Covers: the first picture among the files of a record.

use leptos::prelude::*;

use super::blob::address;
use crate::app::App;
use crate::model::value::{FileRef, Value};

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
