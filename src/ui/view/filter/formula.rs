//! The editor of a formula: what may come next is offered while one types, and what is wrong is marked in what was typed.

use leptos::html;
use leptos::prelude::*;

use super::{Draft, Sheet};
use crate::engine::condition;
use crate::engine::formula::{Candidate, complete};
use crate::model::condition::Condition;
use crate::model::diagnostic::Diagnostic;
use crate::ui::part::{icon, unique_id};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, language, t};

/// How many offers are shown.
const SHOWN: usize = 8;

/// The editor. Half a formula leaves the filters as they are.
pub fn input(sheet: Sheet, draft: Draft, given: String) -> AnyView {
    let app = use_app();
    let typed = RwSignal::new(given.clone());
    let caret = RwSignal::new(None::<usize>);
    let active = RwSignal::new(0usize);
    let element = NodeRef::<html::Input>::new();
    let wrong = Memo::new(move |_| {
        let formula = typed.get();
        if formula.trim().is_empty() {
            return None;
        }
        let compiled = app.ask(|state| condition::compile(&Condition::Formula { formula }, state, sheet.lens.entity));
        compiled.err().and_then(|wrong| wrong.into_iter().next())
    });
    // Nothing is offered until somebody types, and nothing when the word is whole.
    let offers = Memo::new(move |_| {
        let caret = caret.get()?;
        let text = typed.get();
        let found = app.ask(|state| complete(&text, caret, state, sheet.lens.entity));
        let word = text.get(found.span.from..found.span.to).unwrap_or_default().to_owned();
        let mut offers = found.candidates;
        offers.retain(|offer| offer.insert.text(language()) != word);
        offers.truncate(SHOWN);
        (!word.is_empty() && !offers.is_empty()).then_some((found.span, offers))
    });
    let note = move || {
        let Some(input) = element.get_untracked() else { return };
        let text = input.value();
        let units = input.selection_start().ok().flatten().unwrap_or_default() as usize;
        caret.set(Some(bytes_of(&text, units)));
        typed.set(text);
        active.set(0);
        if wrong.get_untracked().is_none() {
            draft.condition.set(Condition::Formula { formula: typed.get_untracked() });
            sheet.apply();
        }
    };
    let take = move |offer: Candidate| {
        let Some((span, _)) = offers.get_untracked() else { return };
        let insert = offer.insert.text(language()).to_owned();
        let mut text = typed.get_untracked();
        if text.get(span.from..span.to).is_none() {
            return;
        }
        text.replace_range(span.from..span.to, &insert);
        let at = span.from + insert.len();
        let units = text[..at].encode_utf16().count() as u32;
        if let Some(input) = element.get_untracked() {
            input.set_value(&text);
            let _ = input.focus();
            let _ = input.set_selection_range(units, units);
        }
        note();
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let count = offers.with_untracked(|offers| offers.as_ref().map_or(0, |(_, offers)| offers.len()));
        if count == 0 || event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" => {
                let chosen = offers.with_untracked(|offers| {
                    offers.as_ref().and_then(|(_, offers)| offers.get(active.get_untracked()).cloned())
                });
                if let Some(chosen) = chosen {
                    take(chosen);
                }
            }
            "Escape" => caret.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let id = unique_id("filter-formula");
    let (error, list) = (format!("{id}-error"), format!("{id}-offers"));
    let (described, controls, active_of, list_id) = (error.clone(), list.clone(), list.clone(), list.clone());
    let is_open = move || offers.with(Option::is_some);
    view! {
        <div class="formula">
            <div class="input input-box">
                {icon("sigma")}
                <input
                    id=id
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=t("filter-formula")
                    aria-expanded=move || is_open().to_string()
                    aria-controls=controls
                    aria-autocomplete="list"
                    aria-activedescendant=move || is_open().then(|| format!("{active_of}-{}", active.get()))
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=move || wrong.with(Option::is_some).then(|| described.clone())
                    placeholder=t("filter-formula-example")
                    node_ref=element
                    value=given
                    on:input=move |_| note()
                    on:keydown=keys
                    on:blur=move |_| caret.set(None)
                />
            </div>
            <ul class="formula__offers" id=list_id role="listbox" aria-label=t("filter-formula-offers") hidden=move || !is_open()>
                {move || {
                    let (_, found) = offers.get()?;
                    let rows = found.into_iter().enumerate().map(|(at, offer)| {
                        let name = label(&offer.label);
                        let id = format!("{list}-{at}");
                        view! {
                            <li
                                class="menu__item"
                                id=id
                                role="option"
                                aria-selected=move || (active.get() == at).to_string()
                                // The caret stays where it is.
                                on:mousedown=move |event| {
                                    event.prevent_default();
                                    take(offer.clone());
                                }
                            >
                                {name}
                            </li>
                        }
                        .into_any()
                    });
                    Some(rows.collect::<Vec<AnyView>>())
                }}
            </ul>
            {move || wrong.get().map(|wrong| view! {
                <p class="field__error" id=error.clone() role="status">{icon("circle-alert")}<span>{diagnostic(&wrong)}</span></p>
                {marked(&typed.get_untracked(), &wrong)}
            })}
        </div>
    }
    .into_any()
}

/// What was typed, with what is wrong in it underlined.
fn marked(text: &str, wrong: &Diagnostic) -> Option<AnyView> {
    let (from, to) = wrong.at.span?;
    let (before, part, after) = (text.get(..from)?, text.get(from..to)?, text.get(to..)?);
    let part = if part.is_empty() { "\u{2423}" } else { part };
    Some(
        view! {
            <p class="formula__marked" aria-hidden="true">
                {before.to_owned()}<mark>{part.to_owned()}</mark>{after.to_owned()}
            </p>
        }
        .into_any(),
    )
}

/// Browsers count in UTF-16, texts here in bytes.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}
