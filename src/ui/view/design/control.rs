//! Controls of the inspector: those of all designers, with the sentence about what is wrong kept by the bench.

use std::sync::Arc;

use leptos::prelude::*;

use super::Bench;
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::ui::field::FormulaInput;
use crate::ui::part::{self, field_error};
use crate::ui::text::t;

/// How a control is drawn.
#[derive(Clone)]
pub enum Shape {
    /// One line.
    Line,
    /// A number.
    Number,
    /// A formula about the records of an entity.
    Formula(Signal<Arc<Entity>>),
    /// A tick.
    Tick,
    /// One of these: value and name.
    Select(Vec<(String, String)>),
}

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
    let (wrong, hint) = (bench.work.wrong_at(id), hint.map(t));
    let shape = match shape {
        Shape::Line => part::Shape::Line,
        Shape::Number => part::Shape::Number,
        Shape::Tick => part::Shape::Tick,
        Shape::Select(options) => part::Shape::Select(options),
        Shape::Formula(entity) => {
            return view! {
                <div class="field">
                    <label class="field__label" for=id>{t(name)}</label>
                    {formula(id, entity, read, write)}
                    {field_error(id, wrong)}
                    {hint.map(|hint| view! { <p class="field__hint">{hint}</p> })}
                </div>
            }
            .into_any();
        }
    };
    part::control(part::Control { id: id.to_owned(), name: t(name), hint, shape, read, write, wrong })
}

/// The editor of a formula; what does not work yet is not kept, and says so where it stands.
fn formula(
    id: &'static str,
    entity: Signal<Arc<Entity>>,
    read: Callback<(), String>,
    write: Callback<String, bool>,
) -> AnyView {
    let text = RwSignal::new(untrack(|| read.run(())));
    let is_wrong = StoredValue::new(false);
    // Undoing changes it from outside.
    let kept = Memo::new(move |_| read.run(()));
    Effect::new(move |former: Option<String>| {
        let now = kept.get();
        if former.as_ref().is_some_and(|former| *former != now) {
            text.set(now.clone());
        }
        now
    });
    let judged = Callback::new(move |wrong: Option<Diagnostic>| is_wrong.set_value(wrong.is_some()));
    let keep = move || {
        let typed = text.get_untracked();
        if !is_wrong.get_value() && typed != kept.get_untracked() {
            write.run(typed);
        }
    };
    view! {
        <div
            class="design__formula"
            on:focusout=move |_| keep()
            on:keydown=move |event| {
                if event.key() == "Enter" && !event.default_prevented() {
                    keep();
                }
            }
        >
            <FormulaInput entity=entity text=text id=id judged=judged/>
        </div>
    }
    .into_any()
}
