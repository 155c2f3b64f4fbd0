//! HTML as text, for what is drawn by the hundred: a browser reads a row of a list faster than it is put together piece by piece.
//! Markup is written in the program; whatever else goes in is escaped.

use leptos::prelude::*;

use crate::ui::browser;

/// HTML that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Nothing yet.
    pub fn new() -> Html {
        Html::default()
    }

    /// Markup of the program itself.
    pub fn tag(&mut self, markup: &'static str) -> &mut Html {
        self.0.push_str(markup);
        self
    }

    /// Text, as it reads.
    pub fn text(&mut self, text: &str) -> &mut Html {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            self.0.push_str(&rest[..at]);
            self.0.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            });
            rest = &rest[at + 1..];
        }
        self.0.push_str(rest);
        self
    }

    /// An attribute after an open tag: ` name="value"`.
    pub fn attribute(&mut self, name: &'static str, value: &str) -> &mut Html {
        self.tag(" ").tag(name).tag("=\"").text(value).tag("\"")
    }

    /// Other HTML.
    pub fn add(&mut self, other: &Html) -> &mut Html {
        self.0.push_str(&other.0);
        self
    }

    /// What is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, as what it is from now on.
    pub fn into_string(self) -> String {
        self.0
    }

    /// As a view of its own, in an element that has no box; a click on a link in it stays there.
    pub fn into_view(self) -> AnyView {
        let stop = |event: web_sys::MouseEvent| {
            if browser::closest(event.target(), "a").is_some() {
                event.stop_propagation();
            }
        };
        view! { <span class="written" on:click=stop inner_html=self.0></span> }.into_any()
    }
}
