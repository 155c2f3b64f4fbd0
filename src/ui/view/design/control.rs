//! Controls of the inspector, drawn from tables: what they say, what they read and what they write, without code for each.

use std::sync::Arc;

use leptos::prelude::*;

use super::Bench;
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::ui::field::FormulaInput;
use crate::ui::part::{field_error, icon};
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
    let wrong = bench.wrong_at(id);
    let shown = move || read.run(());
    if let Shape::Tick = shape {
        let ticked = move |event: web_sys::Event| {
            let is_kept = write.run(if event_target_checked(&event) { "true".to_owned() } else { String::new() });
            if !is_kept {
                let input = event_target::<web_sys::HtmlInputElement>(&event);
                input.set_checked(untrack(shown) == "true");
            }
        };
        return view! {
            <div class="field">
                <label class="check">
                    <input class="check__box" type="checkbox" id=id prop:checked=move || shown() == "true" on:change=ticked/>
                    <span>{t(name)}</span>
                </label>
                {field_error(id, wrong)}
                {hint.map(|hint| view! { <p class="field__hint">{t(hint)}</p> })}
            </div>
        }
        .into_any();
    }
    let described = move || wrong.with(Option::is_some).then(|| format!("{id}-error"));
    let is_invalid = move || wrong.with(Option::is_some).then_some("true");
    let is_select = matches!(shape, Shape::Select(_));
    let changed = move |event: web_sys::Event| {
        let is_kept = write.run(event_target_value(&event));
        // What was typed stays to be put right; what was chosen and not kept is not so.
        if !is_kept && is_select {
            event_target::<web_sys::HtmlSelectElement>(&event).set_value(&untrack(shown));
        }
    };
    let element = match shape {
        Shape::Select(options) => {
            let options: Vec<AnyView> = options
                .into_iter()
                .map(|(value, name)| {
                    let own = value.clone();
                    view! { <option value=value selected=move || shown() == own>{name}</option> }.into_any()
                })
                .collect();
            view! { <select class="input" id=id aria-invalid=is_invalid aria-describedby=described prop:value=shown on:change=changed>{options}</select> }
                .into_any()
        }
        Shape::Formula(entity) => formula(id, entity, read, write),
        Shape::Line | Shape::Number | Shape::Tick => {
            let (class, mode) = match shape {
                Shape::Number => ("input input--num", "decimal"),
                _ => ("input", "text"),
            };
            view! {
                <input class=class id=id type="text" inputmode=mode autocomplete="off" aria-invalid=is_invalid aria-describedby=described prop:value=shown on:change=changed/>
            }
            .into_any()
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{t(name)}</label>
            {element}
            {field_error(id, wrong)}
            {hint.map(|hint| view! { <p class="field__hint">{t(hint)}</p> })}
        </div>
    }
    .into_any()
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
