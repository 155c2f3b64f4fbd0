//! Icons of the one sprite, and keys of the keyboard. An icon is never the only name of anything.

use leptos::prelude::*;

use super::html::Html;

/// An icon of the sprite at 16 px.
pub fn icon(name: &'static str) -> AnyView {
    icon_styled(name, "icon")
}

// The sprite stands within the page: out of a file of its own, a browser reads all of it anew for each icon that appears.

/// An icon with other classes: `icon icon--20 icon--good`. The name may come from a definition.
pub fn icon_styled(name: &str, class: &'static str) -> AnyView {
    view! { <svg class=class aria-hidden="true"><use href=format!("#i-{name}")></use></svg> }.into_any()
}

/// The same as HTML.
pub fn icon_into<'h>(html: &'h mut Html, name: &str, class: &'static str) -> &'h mut Html {
    html.tag("<svg aria-hidden=\"true\"")
        .attribute("class", class)
        .tag("><use href=\"#i-")
        .text(name)
        .tag("\"></use></svg>")
}
