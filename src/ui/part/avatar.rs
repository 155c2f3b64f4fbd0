//! Initials of a person or a company, with a hue that always is the same for the same name.

use leptos::prelude::*;

use super::chip::hue_name;
use super::html::Html;

/// A round picture of 20 px with the initials of a name.
pub fn avatar(name: &str) -> AnyView {
    avatar_styled(name, "avatar")
}

/// The same with other classes: `avatar avatar--square avatar--40`.
pub fn avatar_styled(name: &str, class: &'static str) -> AnyView {
    view! { <span class=class data-hue=hue_name(hue_of(name)) aria-hidden="true">{initials(name)}</span> }.into_any()
}

/// The same as HTML.
pub fn avatar_into<'h>(html: &'h mut Html, name: &str, class: &'static str) -> &'h mut Html {
    html.tag("<span aria-hidden=\"true\"").attribute("class", class).attribute("data-hue", hue_name(hue_of(name)));
    html.tag(">").text(&initials(name)).tag("</span>")
}

fn hue_of(name: &str) -> u8 {
    let sum = name.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    1 + (sum % 9) as u8
}

/// The first character of a Chinese name; the first letters of the first and last word of another.
fn initials(name: &str) -> String {
    let name = name.trim();
    let Some(first) = name.chars().next() else {
        return "?".to_owned();
    };
    if !first.is_ascii() && first > '\u{2e7f}' {
        return first.to_string();
    }
    let mut words = name.split_whitespace();
    let second = words.nth(1).and_then(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    first.to_uppercase().chain(second.into_iter().flat_map(char::to_uppercase)).collect()
}
