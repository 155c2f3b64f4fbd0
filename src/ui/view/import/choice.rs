//! What an import does with texts that mean blank, rows that are there already, and texts that fit nothing.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::source::Source;
use super::{Sheet, Wizard, takes_cells};
use crate::engine::transfer::{Mapping, OnMatch, Overwriting, UnknownLink, UnknownOption};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::FieldId;
use crate::ui::part::icon;
use crate::ui::text::{label, label_within, t, tr};

/// The words that count as blank: those of the file first, more can be added.
pub fn blanks(sheet: Sheet, source: &Arc<Source>) -> AnyView {
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
        let words = sheet.mapping.with(|mapping| mapping.blanks.clone());
        let (here, elsewhere): (Vec<String>, Vec<String>) = words.into_iter().partition(|word| count_of(word) > 0);
        let hidden = elsewhere.len();
        let shown: Vec<String> = if shows_all.get() { here.into_iter().chain(elsewhere).collect() } else { here };
        let chips: Vec<AnyView> = shown
            .into_iter()
            .map(|word| blank_chip(sheet, spelled(&word).unwrap_or_else(|| word.clone()), word))
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
        let words = sheet.mapping.with(|mapping| mapping.blanks.clone());
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
        let words = sheet.mapping.with(|mapping| mapping.blanks.clone());
        let offered: Vec<AnyView> = found.with_value(|found| {
            found
                .iter()
                .filter(|(text, _)| !words.iter().any(|word| is_same(text, word)))
                .take(6)
                .map(|(text, count)| offer(sheet, text.clone(), *count))
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
            add_blank(sheet, word);
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

/// Rows that are there already, texts that are no option, names that nobody has.
pub fn rules(sheet: Sheet, entity: &Arc<Entity>) -> AnyView {
    view! {
        <div class="facts-line">
            {matching(sheet, entity)}
            {move || has_mapped(sheet, |field| !field.options().is_empty()).then(|| unknown_options(sheet))}
            {move || has_mapped(sheet, |field| field.link().is_some()).then(|| unknown_links(sheet))}
        </div>
    }
    .into_any()
}

/// Whether to remember all this.
pub fn remember(wizard: Wizard) -> AnyView {
    let remembers = move |event: ev::Event| wizard.remembers.set(event_target_checked(&event));
    view! {
        <label class="check">
            <input
                class="check__box"
                type="checkbox"
                checked=wizard.remembers.get_untracked()
                on:change=remembers
            />
            {t("import-remember")}
        </label>
    }
    .into_any()
}

fn blank_chip(sheet: Sheet, shown: String, word: String) -> AnyView {
    let drop = move |_| {
        change(sheet, |mapping| mapping.blanks.retain(|other| *other != word));
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

fn offer(sheet: Sheet, text: String, count: usize) -> AnyView {
    let shown = tr("import-blank-offer", [("text", text.as_str().into()), ("count", count.into())]);
    view! {
        <button
            class="button button--quiet button--small"
            type="button"
            on:click=move |_| add_blank(sheet, text.clone())
        >
            {icon("plus")}
            {shown}
        </button>
    }
    .into_any()
}

fn add_blank(sheet: Sheet, word: String) {
    change(sheet, |mapping| {
        if !mapping.blanks.iter().any(|known| is_same(known, &word)) {
            mapping.blanks.push(word);
        }
    });
}

fn is_same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// By which field rows are recognised, and what happens to those that are.
fn matching(sheet: Sheet, entity: &Arc<Entity>) -> AnyView {
    let kept = entity.clone();
    let label_text = tr("import-same-when", [("thing", label_within(&entity.label).into())]);
    let options = move || {
        let mapped: Vec<FieldId> =
            sheet.mapping.with(|mapping| mapping.columns.iter().filter_map(|column| column.field).collect());
        let chosen = sheet.mapping.with(|mapping| mapping.match_on.first().copied());
        kept.fields
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
        change(sheet, |mapping| {
            mapping.match_on = if wanted.is_empty() { Vec::new() } else { vec![FieldId::new(&wanted)] };
        });
    };
    let is_matching = Memo::new(move |_| sheet.mapping.with(|mapping| !mapping.match_on.is_empty()));
    let then = move || {
        is_matching.get().then(|| {
            let chosen = sheet.mapping.with_untracked(|mapping| mapping.on_match);
            let options = [
                ("update", OnMatch::Update, t("import-then-update")),
                ("only", OnMatch::UpdateOnly, t("import-then-only-update")),
                ("skip", OnMatch::Skip, t("import-then-skip")),
                ("create", OnMatch::Create, t("import-then-create")),
            ];
            select("import-then", t("import-then"), options, chosen, move |on_match| {
                change(sheet, |mapping| mapping.on_match = on_match);
            })
        })
    };
    let updates = Memo::new(move |_| {
        is_matching.get()
            && sheet.mapping.with(|mapping| matches!(mapping.on_match, OnMatch::Update | OnMatch::UpdateOnly))
    });
    let overwriting = move || {
        updates.get().then(|| {
            let chosen = sheet.mapping.with_untracked(|mapping| mapping.overwriting);
            let options = [
                ("replace", Overwriting::Replace, t("import-overwrite-replace")),
                ("fill", Overwriting::FillBlanks, t("import-overwrite-fill")),
            ];
            select("import-overwrite", t("import-overwrite"), options, chosen, move |overwriting| {
                change(sheet, |mapping| mapping.overwriting = overwriting);
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
        {overwriting}
    }
    .into_any()
}

fn unknown_options(sheet: Sheet) -> AnyView {
    let chosen = sheet.mapping.with_untracked(|mapping| mapping.unknown_options);
    let options = [
        ("reject", UnknownOption::Reject, t("import-unknown-reject")),
        ("blank", UnknownOption::Blank, t("import-unknown-blank")),
        ("add", UnknownOption::Add, t("import-unknown-option-add")),
    ];
    select("import-unknown-options", t("import-unknown-options"), options, chosen, move |unknown| {
        change(sheet, |mapping| mapping.unknown_options = unknown);
    })
}

fn unknown_links(sheet: Sheet) -> AnyView {
    let chosen = sheet.mapping.with_untracked(|mapping| mapping.unknown_links);
    let options = [
        ("reject", UnknownLink::Reject, t("import-unknown-reject")),
        ("blank", UnknownLink::Blank, t("import-unknown-blank")),
        ("create", UnknownLink::Create, t("import-unknown-link-create")),
    ];
    select("import-unknown-links", t("import-unknown-links"), options, chosen, move |unknown| {
        change(sheet, |mapping| mapping.unknown_links = unknown);
    })
}

fn select<T: Copy + PartialEq + Send + Sync + 'static, const N: usize>(
    id: &'static str,
    name: String,
    options: [(&'static str, T, String); N],
    chosen: T,
    set: impl Fn(T) + 'static,
) -> AnyView {
    let values: Vec<(&'static str, T)> = options.iter().map(|(value, meaning, _)| (*value, *meaning)).collect();
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

fn change(sheet: Sheet, change: impl FnOnce(&mut Mapping)) {
    sheet.change(change);
}

/// Whether a column goes into a field that is so.
fn has_mapped(sheet: Sheet, is_so: impl Fn(&Field) -> bool) -> bool {
    let Some(entity) = sheet.entity() else { return false };
    sheet.mapping.with(|mapping| mapping.columns.iter().filter_map(|column| entity.field(column.field?)).any(is_so))
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
