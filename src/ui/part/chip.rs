//! Chips: options of a choice with their hue, and key figures of a record.

use leptos::prelude::*;

use super::html::Html;

const HUES: [&str; 10] = ["gray", "red", "orange", "amber", "green", "teal", "sky", "blue", "violet", "pink"];

/// The name under which style sheets know a hue.
pub fn hue_name(hue: u8) -> &'static str {
    HUES.get(usize::from(hue)).copied().unwrap_or("gray")
}

/// A small chip; grey without a hue.
pub fn chip(label: &str, hue: Option<u8>) -> AnyView {
    chip_styled(label, hue, "chip")
}

/// A chip with other classes: `chip chip--dot`, `chip chip--large chip--line`.
pub fn chip_styled(label: &str, hue: Option<u8>, class: &'static str) -> AnyView {
    view! { <span class=class data-hue=hue.map(hue_name)><span>{label.to_owned()}</span></span> }.into_any()
}

/// The same as HTML.
pub fn chip_into<'h>(html: &'h mut Html, label: &str, hue: Option<u8>, class: &'static str) -> &'h mut Html {
    html.tag("<span").attribute("class", class);
    if let Some(hue) = hue {
        html.attribute("data-hue", hue_name(hue));
    }
    html.tag("><span>").text(label).tag("</span></span>")
}
