//! Controls drawn from tables: what they say, what they read and what they write, without code for each.

use leptos::prelude::*;

use super::field_error;

/// How a control is drawn.
#[derive(Clone)]
pub enum Shape {
    /// One line.
    Line,
    /// A number.
    Number,
    /// Several lines.
    Lines,
    /// A tick.
    Tick,
    /// One of these: value and name.
    Select(Vec<(String, String)>),
}

/// A control: its id, its name, what it shows, and who is told what was typed. A tick says `true` or nothing.
pub struct Control {
    /// The id of the element.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The sentence below it.
    pub hint: Option<String>,
    /// How it is drawn.
    pub shape: Shape,
    /// What it shows; tracked.
    pub read: Callback<(), String>,
    /// Told what was typed or chosen; says whether it was kept.
    pub write: Callback<String, bool>,
    /// What is wrong with what was typed.
    pub wrong: Signal<Option<String>>,
}

/// Draws a control, with what is wrong below it.
pub fn control(control: Control) -> AnyView {
    let Control { id, name, hint, shape, read, write, wrong } = control;
    let error = field_error(&id, wrong);
    let hint = hint.map(|hint| view! { <p class="field__hint">{hint}</p> });
    let shown = move || read.run(());
    if let Shape::Tick = shape {
        let ticked = move |event: web_sys::Event| {
            let typed = if event_target_checked(&event) { "true".to_owned() } else { String::new() };
            let is_kept = write.try_run(typed).unwrap_or(true);
            if !is_kept {
                let input = event_target::<web_sys::HtmlInputElement>(&event);
                input.set_checked(untrack(shown) == "true");
            }
        };
        return view! {
            <div class="field">
                <label class="check">
                    <input class="check__box" type="checkbox" id=id prop:checked=move || shown() == "true" on:change=ticked/>
                    <span>{name}</span>
                </label>
                {error}
                {hint}
            </div>
        }
        .into_any();
    }
    let (own, labelled) = (id.clone(), id.clone());
    let described = move || wrong.with(Option::is_some).then(|| format!("{own}-error"));
    let is_invalid = move || wrong.with(Option::is_some).then_some("true");
    let is_select = matches!(shape, Shape::Select(_));
    let changed = move |event: web_sys::Event| {
        // A browser tells of a change in what has just gone, too: closed by Escape, it does not count.
        let is_kept = write.try_run(event_target_value(&event)).unwrap_or(true);
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
        Shape::Lines => view! {
            <textarea class="input" id=id rows="2" spellcheck="false" aria-invalid=is_invalid aria-describedby=described prop:value=shown on:change=changed></textarea>
        }
        .into_any(),
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
            <label class="field__label" for=labelled>{name}</label>
            {element}
            {error}
            {hint}
        </div>
    }
    .into_any()
}
