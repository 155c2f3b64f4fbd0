//! What an import does with texts that mean blank, rows that are there already, and texts that fit nothing.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::source::Source;
use super::{Wizard, takes_cells};
use crate::engine::transfer::{Mapping, OnMatch, UnknownLink, UnknownOption};
use crate::model::field::{Field, FieldKind};
use crate::model::id::FieldId;
use crate::ui::part::icon;
use crate::ui::text::{label, label_within, t, tr};

/// The words that count as blank: those of the file first, more can be added.
pub fn blanks(wizard: Wizard, source: &Arc<Source>) -> AnyView {
    let shows_all = RwSignal::new(false);
    let found = StoredValue::new(source.survey.blanks.clone());
    let count_of = move |word: &str| {
        found.with_value(|found| {
            found.iter().filter(|(text, _)| is_same(text, word)).map(|(_, count)| *count).sum::<usize>()
        })
    };
    let spelled = move |word: &str| {
        found.with_value(|found| found.iter().find(|(text, _)| is_same(text, word)).map(|(text, _)| text.clone()))
    };
    let chips = move || {
        let words = wizard.mapping.with(|mapping| mapping.blanks.clone());
        let (here, elsewhere): (Vec<String>, Vec<String>) = words.into_iter().partition(|word| count_of(word) > 0);
        let hidden = elsewhere.len();
        let shown: Vec<String> = if shows_all.get() { here.into_iter().chain(elsewhere).collect() } else { here };
        let chips: Vec<AnyView> = shown
            .into_iter()
            .map(|word| blank_chip(wizard, spelled(&word).unwrap_or_else(|| word.clone()), word))
            .collect();
        let more = (hidden > 0).then(|| {
            let text = move || {
                if shows_all.get() {
                    t("import-blank-fewer")
                } else {
                    tr("import-blank-more", [("count", hidden.into())])
                }
            };
            view! {
                <button
                    class="button button--quiet button--small"
                    type="button"
                    aria-expanded=move || if shows_all.get() { "true" } else { "false" }
                    on:click=move |_| shows_all.update(|shows| *shows = !*shows)
                >
                    {text}
                </button>
            }
        });
        view! { {chips}{more} }.into_any()
    };
    let hint = move || {
        let words = wizard.mapping.with(|mapping| mapping.blanks.clone());
        let parts: Vec<String> = found.with_value(|found| {
            found
                .iter()
                .filter(|(text, _)| words.iter().any(|word| is_same(text, word)))
                .take(3)
                .map(|(text, count)| {
                    tr("import-blank-stands", [("text", text.as_str().into()), ("count", (*count).into())])
                })
                .collect()
        });
        if parts.is_empty() { t("import-blank-none") } else { parts.join(&t("import-list-separator")) }
    };
    let offers = move || {
        let words = wizard.mapping.with(|mapping| mapping.blanks.clone());
        let offered: Vec<AnyView> = found.with_value(|found| {
            found
                .iter()
                .filter(|(text, _)| !words.iter().any(|word| is_same(text, word)))
                .take(6)
                .map(|(text, count)| offer(wizard, text.clone(), *count))
                .collect()
        });
        (!offered.is_empty()).then(|| {
            view! { <p class="field__hint">{t("import-blank-also")}</p><div class="chips">{offered}</div> }
        })
    };
    let add = move |event: ev::KeyboardEvent| {
        if event.key() != "Enter" || event.is_composing() {
            return;
        }
        event.prevent_default();
        let input: web_sys::HtmlInputElement = event_target(&event);
        let word = input.value().trim().to_owned();
        if !word.is_empty() {
            input.set_value("");
            add_blank(wizard, word);
        }
    };
    view! {
        <div class="facts-line">
            <div class="field import-blanks">
                <label class="field__label" for="import-blank">{t("import-blank")}</label>
                <div class="input input-box">
                    {chips}
                    <input id="import-blank" placeholder=t("import-blank-add") on:keydown=add/>
                </div>
                <p class="field__hint">{hint}</p>
                {offers}
            </div>
        </div>
    }
    .into_any()
}

/// Rows that are there already, texts that are no option, names that nobody has; and whether to remember all this.
pub fn rules(wizard: Wizard) -> AnyView {
    let remembers = move |event: ev::Event| wizard.remembers.set(event_target_checked(&event));
    view! {
        <div class="facts-line">
            {matching(wizard)}
            {move || has_mapped(wizard, |field| !field.options().is_empty()).then(|| unknown_options(wizard))}
            {move || has_mapped(wizard, |field| field.link().is_some()).then(|| unknown_links(wizard))}
            <label class="check">
                <input
                    class="check__box"
                    type="checkbox"
                    checked=wizard.remembers.get_untracked()
                    on:change=remembers
                />
                {t("import-remember")}
            </label>
        </div>
    }
    .into_any()
}

fn blank_chip(wizard: Wizard, shown: String, word: String) -> AnyView {
    let drop = move |_| {
        wizard.mapping.update(|mapping| mapping.blanks.retain(|other| *other != word));
        wizard.trial.set(None);
    };
    view! {
        <span class="chip">
            <span>{shown.clone()}</span>
            <button
                class="chip__drop"
                type="button"
                aria-label=tr("import-blank-remove", [("text", shown.into())])
                on:click=drop
            >
                {icon("x")}
            </button>
        </span>
    }
    .into_any()
}

fn offer(wizard: Wizard, text: String, count: usize) -> AnyView {
    let shown = tr("import-blank-offer", [("text", text.as_str().into()), ("count", count.into())]);
    view! {
        <button
            class="button button--quiet button--small"
            type="button"
            on:click=move |_| add_blank(wizard, text.clone())
        >
            {icon("plus")}
            {shown}
        </button>
    }
    .into_any()
}

fn add_blank(wizard: Wizard, word: String) {
    wizard.mapping.update(|mapping| {
        if !mapping.blanks.iter().any(|known| is_same(known, &word)) {
            mapping.blanks.push(word);
        }
    });
    wizard.trial.set(None);
}

fn is_same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// By which field rows are recognised, and what happens to those that are.
fn matching(wizard: Wizard) -> AnyView {
    let entity = wizard.entity();
    let label_text = tr("import-same-when", [("thing", label_within(&entity.label).into())]);
    let options = move || {
        let mapped: Vec<FieldId> =
            wizard.mapping.with(|mapping| mapping.columns.iter().filter_map(|column| column.field).collect());
        let chosen = wizard.mapping.with(|mapping| mapping.match_on.first().copied());
        wizard
            .entity()
            .fields
            .iter()
            .filter(|field| mapped.contains(&field.id) && tells_apart(field))
            .map(|field| {
                let name = tr("import-same-field", [("field", label(&field.label).into())]);
                view! { <option value=field.id.to_string() selected=chosen == Some(field.id)>{name}</option> }
                    .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        change(wizard, |mapping| {
            mapping.match_on = if wanted.is_empty() { Vec::new() } else { vec![FieldId::new(&wanted)] };
        });
    };
    let is_matching = Memo::new(move |_| wizard.mapping.with(|mapping| !mapping.match_on.is_empty()));
    let then = move || {
        is_matching.get().then(|| {
            let chosen = wizard.mapping.with_untracked(|mapping| mapping.on_match);
            let options = [
                ("update", OnMatch::Update, t("import-then-update")),
                ("skip", OnMatch::Skip, t("import-then-skip")),
                ("create", OnMatch::Create, t("import-then-create")),
            ];
            select("import-then", t("import-then"), options, chosen, move |on_match| {
                change(wizard, |mapping| mapping.on_match = on_match);
            })
        })
    };
    view! {
        <div class="field">
            <label class="field__label" for="import-same">{label_text}</label>
            <select class="input" id="import-same" on:change=changed>
                <option value="" selected=move || !is_matching.get()>{t("import-same-never")}</option>
                {options}
            </select>
        </div>
        {then}
    }
    .into_any()
}

fn unknown_options(wizard: Wizard) -> AnyView {
    let chosen = wizard.mapping.with_untracked(|mapping| mapping.unknown_options);
    let options = [
        ("reject", UnknownOption::Reject, t("import-unknown-reject")),
        ("blank", UnknownOption::Blank, t("import-unknown-blank")),
        ("add", UnknownOption::Add, t("import-unknown-option-add")),
    ];
    select("import-unknown-options", t("import-unknown-options"), options, chosen, move |unknown| {
        change(wizard, |mapping| mapping.unknown_options = unknown);
    })
}

fn unknown_links(wizard: Wizard) -> AnyView {
    let chosen = wizard.mapping.with_untracked(|mapping| mapping.unknown_links);
    let options = [
        ("reject", UnknownLink::Reject, t("import-unknown-reject")),
        ("blank", UnknownLink::Blank, t("import-unknown-blank")),
        ("create", UnknownLink::Create, t("import-unknown-link-create")),
    ];
    select("import-unknown-links", t("import-unknown-links"), options, chosen, move |unknown| {
        change(wizard, |mapping| mapping.unknown_links = unknown);
    })
}

fn select<T: Copy + PartialEq + Send + Sync + 'static>(
    id: &'static str,
    name: String,
    options: [(&'static str, T, String); 3],
    chosen: T,
    set: impl Fn(T) + 'static,
) -> AnyView {
    let values: [(&'static str, T); 3] =
        [(options[0].0, options[0].1), (options[1].0, options[1].1), (options[2].0, options[2].1)];
    let shown: Vec<AnyView> = options
        .into_iter()
        .map(|(value, meaning, text)| {
            view! { <option value=value selected=meaning == chosen>{text}</option> }.into_any()
        })
        .collect();
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        if let Some((_, meaning)) = values.iter().find(|(value, _)| *value == wanted) {
            set(*meaning);
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{name}</label>
            <select class="input" id=id on:change=changed>{shown}</select>
        </div>
    }
    .into_any()
}

fn change(wizard: Wizard, change: impl FnOnce(&mut Mapping)) {
    wizard.mapping.update(change);
    wizard.trial.set(None);
}

/// Whether a column goes into a field that is so.
fn has_mapped(wizard: Wizard, is_so: impl Fn(&Field) -> bool) -> bool {
    let entity = wizard.entity();
    wizard.mapping.with(|mapping| {
        mapping.columns.iter().filter_map(|column| entity.field(column.field?)).any(|field| is_so(field))
    })
}

/// Whether rows can be recognised by a field.
fn tells_apart(field: &Field) -> bool {
    takes_cells(field)
        && matches!(
            field.kind,
            FieldKind::Text { .. }
                | FieldKind::Number(_)
                | FieldKind::Phone
                | FieldKind::Email
                | FieldKind::Url
                | FieldKind::AutoNumber { .. }
                | FieldKind::Hidden
                | FieldKind::Link(_)
                | FieldKind::Date
        )
}
