//! Controls of the inspector: those of all designers, with the sentence about what is wrong kept by the bench.

use leptos::prelude::*;

use super::Bench;
pub use crate::ui::part::Shape;
use crate::ui::part::{self, icon};
use crate::ui::text::t;

/// A control: its id, the key of its name, what it shows, and who is told what was typed. A tick says `true` or nothing.
pub struct Control {
    /// Unique in the inspector; also the id of the element.
    pub id: &'static str,
    /// The key of its name.
    pub name: &'static str,
    /// The key of the sentence below it.
    pub hint: Option<&'static str>,
    /// How it is drawn.
    pub shape: Shape,
    /// What it shows; tracked.
    pub read: Callback<(), String>,
    /// Told what was typed or chosen; says whether it was kept.
    pub write: Callback<String, bool>,
}

/// Draws a control, with what is wrong below it.
pub fn control(bench: Bench, control: Control) -> AnyView {
    let Control { id, name, hint, shape, read, write } = control;
    let (wrong, hint) = (bench.wrong_at(id), hint.map(t));
    part::control(part::Control { id: id.to_owned(), name: t(name), hint, shape, read, write, wrong })
}

/// A part of the inspector that folds.
pub fn part(name: &'static str, is_open: bool, inside: AnyView) -> AnyView {
    view! {
        <details class="design__part" open=is_open>
            <summary>{icon("chevron-down")}<h3>{t(name)}</h3></summary>
            <div class="design__inside">{inside}</div>
        </details>
    }
    .into_any()
}
