//! Buttons that carry an icon alone, and the keys that do the same.

use leptos::prelude::*;

use super::icon::icon;

/// A quiet small button with nothing but an icon; `label` is its name and its tip.
pub fn icon_button(label: String, name: &'static str, clicked: impl Fn() + 'static) -> AnyView {
    let tip = label.clone();
    view! {
        <button
            class="button button--quiet button--icon button--small"
            type="button"
            aria-label=label
            title=tip
            on:click=move |_| clicked()
        >
            {icon(name)}
        </button>
    }
    .into_any()
}

/// Keys, one picture each: `kbd("Ctrl Z")`.
pub fn kbd(keys: &'static str) -> AnyView {
    let keys: Vec<AnyView> =
        keys.split(' ').map(|key| view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> }.into_any()).collect();
    keys.into_any()
}
