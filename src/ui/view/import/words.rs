//! The words of a column that are none of our options: each becomes one of them, a new one, or blank.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::Sheet;
use super::source::{count_text, shortened};
use crate::engine::form;
use crate::engine::transfer::{Cleaning, Word, clean, clean_header, is_same_word, tally, usual_blanks};
use crate::model::field::{Field, FieldKind};
use crate::ui::part::icon;
use crate::ui::text::{label, t, tr};

/// How many different words are offered.
const MOST: usize = 60;

/// The words of a column that goes into a choice; none where all of them are options.
pub fn editor(sheet: Sheet, at: usize, field: &Arc<Field>) -> Option<AnyView> {
    if !matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Choices { open: false, .. }) {
        return None;
    }
    let source = sheet.source.get_untracked();
    let settings = sheet.app.read_settings();
    let column = sheet.mapping.with_untracked(|mapping| mapping.columns.get(at).cloned())?;
    let blanks = sheet.mapping.with_untracked(|mapping| mapping.blanks.clone());
    let before: Vec<Cleaning> =
        column.clean.iter().filter(|step| !matches!(step, Cleaning::Translate { .. })).cloned().collect();
    let usual = usual_blanks();
    let is_blank = |text: &str| text.is_empty() || usual.iter().chain(&blanks).any(|blank| is_same_word(blank, text));
    let unknown: Vec<(String, usize)> = tally(&source.text, source.signs, at, 500)
        .into_iter()
        .map(|(cell, count)| (clean(&cell, &before).trim().to_owned(), count))
        .filter(|(cell, _)| !is_blank(cell) && form::read_text(field, cell, &settings).is_err())
        .take(MOST)
        .collect();
    if unknown.is_empty() {
        return None;
    }
    let header = clean_header(source.survey.headers.get(at).unwrap_or_default()).to_owned();
    let title = tr(
        "import-words-of",
        [("column", header.into()), ("field", label(&field.label).into()), ("count", unknown.len().into())],
    );
    let rows: Vec<AnyView> = unknown.into_iter().map(|(word, count)| row(sheet, at, field, word, count)).collect();
    Some(
        view! {
            <details class="group" open>
                <summary>{icon("chevron-down")}<h4>{title}</h4></summary>
                <ul class="words">{rows}</ul>
            </details>
        }
        .into_any(),
    )
}

fn row(sheet: Sheet, at: usize, field: &Arc<Field>, word: String, count: usize) -> AnyView {
    let chosen = chosen_for(sheet, at, &word);
    let options: Vec<AnyView> = field
        .options()
        .iter()
        .filter(|option| !option.retired)
        .map(|option| {
            let id = option.id.to_string();
            let is_chosen = chosen == Some((id.clone(), false));
            view! { <option value=format!("o:{id}") selected=is_chosen>{label(&option.label)}</option> }.into_any()
        })
        .collect();
    let text = word.clone();
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        let to = match wanted.as_str() {
            "" => None,
            "blank" => Some((String::new(), false)),
            "new" => Some((text.clone(), true)),
            option => Some((option.trim_start_matches("o:").to_owned(), false)),
        };
        choose(sheet, at, &text, to);
    };
    let is_new = chosen == Some((word.clone(), true));
    let is_blank = chosen == Some((String::new(), false));
    view! {
        <li>
            <code>{shortened(&word)}</code>
            <span class="quiet num">{count_text(count)}</span>
            {icon("arrow-right")}
            <select class="input" aria-label=tr("import-word", [("word", word.as_str().into())]) on:change=changed>
                <option value="">{t("import-word-rule")}</option>
                <option value="new" selected=is_new>{tr("import-word-new", [("word", shortened(&word).into())])}</option>
                <option value="blank" selected=is_blank>{t("import-word-blank")}</option>
                {options}
            </select>
        </li>
    }
    .into_any()
}

/// What a word becomes as chosen so far, and whether that is a new option.
fn chosen_for(sheet: Sheet, at: usize, word: &str) -> Option<(String, bool)> {
    sheet.mapping.with_untracked(|mapping| {
        let steps = &mapping.columns.get(at)?.clean;
        let words = steps.iter().find_map(|step| match step {
            Cleaning::Translate { words } => Some(words),
            _ => None,
        })?;
        let known = words.iter().find(|known| is_same_word(&known.from, word))?;
        Some((known.to.clone(), known.is_new))
    })
}

fn choose(sheet: Sheet, at: usize, word: &str, to: Option<(String, bool)>) {
    sheet.change(|mapping| {
        let Some(column) = mapping.columns.get_mut(at) else { return };
        if !column.clean.iter().any(|step| matches!(step, Cleaning::Translate { .. })) {
            column.clean.push(Cleaning::Translate { words: Vec::new() });
        }
        for step in &mut column.clean {
            let Cleaning::Translate { words } = step else { continue };
            words.retain(|known| !is_same_word(&known.from, word));
            if let Some((to, is_new)) = &to {
                words.push(Word { from: word.to_owned(), to: to.clone(), is_new: *is_new });
            }
        }
        column.clean.retain(|step| !matches!(step, Cleaning::Translate { words } if words.is_empty()));
    });
}
