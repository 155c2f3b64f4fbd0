//! The third step: what is done to the cells of each column before they are read, with cells before and after.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::source::shortened;
use super::{Sheet, Wizard, files, words};
use crate::engine::transfer::{Cleaning, LetterCase, Part, PhoneForm, clean, clean_header};
use crate::model::field::Field;
use crate::model::state::Reader;
use crate::ui::part::icon;
use crate::ui::text::{label, t, tr};

/// The steps that can be added, by the key of their sentences.
const STEPS: [&str; 11] = [
    "import-clean-spaces",
    "import-clean-half-width",
    "import-clean-upper",
    "import-clean-lower",
    "import-clean-title",
    "import-clean-company",
    "import-clean-phone",
    "import-clean-phone-national",
    "import-clean-split",
    "import-clean-replace",
    "import-clean-default",
];

pub fn body(wizard: Wizard) -> AnyView {
    let current = Memo::new(move |_| wizard.sheet().map(|sheet| sheet.id));
    view! {
        <div class="wizard__say">
            <h2 id="import-heading" tabindex="-1">{t("import-clean")}</h2>
            <p>{t("import-clean-say")}</p>
        </div>
        {files::tabs(wizard)}
        {move || {
            current.get();
            untrack(|| wizard.sheet()).map(one)
        }}
    }
    .into_any()
}

/// The columns of one file that go into a field.
fn one(sheet: Sheet) -> AnyView {
    let Some(entity) = sheet.entity() else { return ().into_any() };
    let mapped: Vec<(usize, Arc<Field>)> = sheet.mapping.with_untracked(|mapping| {
        let field =
            |column: &crate::engine::transfer::ColumnMapping| entity.field(column.field?).cloned().map(Arc::new);
        mapping.columns.iter().enumerate().filter_map(|(at, column)| Some((at, field(column)?))).collect()
    });
    let rows: Vec<AnyView> = mapped.iter().map(|(at, field)| row(sheet, *at, field)).collect();
    let words: Vec<AnyView> = mapped.iter().filter_map(|(at, field)| words::editor(sheet, *at, field)).collect();
    let words = (!words.is_empty()).then(|| {
        view! {
            <section class="wizard__say">
                <h3>{t("import-words")}</h3>
                <p>{t("import-words-say")}</p>
            </section>
            {words}
        }
    });
    view! {
        <div class="map map--clean" tabindex="0" role="region" aria-label=t("import-clean")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("import-column-in-file")}</th>
                        <th scope="col">{t("import-clean-steps")}</th>
                        <th scope="col">{t("import-clean-preview")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {all_at_once(sheet)}
        {words}
    }
    .into_any()
}

fn row(sheet: Sheet, at: usize, field: &Arc<Field>) -> AnyView {
    let header =
        sheet.source.with_untracked(|source| match clean_header(source.survey.headers.get(at).unwrap_or_default()) {
            "" => tr("import-column-number", [("number", (at + 1).to_string().into())]),
            header => header.to_owned(),
        });
    // Only what kinds of steps there are draws them anew: a keystroke in one of them must not.
    let kinds = Memo::new(move |_| steps_of(sheet, at).iter().map(kind).collect::<Vec<_>>());
    let name = header.clone();
    let steps = move || {
        let kinds = kinds.get();
        let name = name.clone();
        let shown = kinds.iter().enumerate().filter(|(_, kind)| !kind.is_empty());
        shown.map(|(place, &kind)| step(sheet, at, place, kind, &name)).collect::<Vec<AnyView>>()
    };
    let add = move |event: ev::Event| {
        let select: web_sys::HtmlSelectElement = event_target(&event);
        let wanted = select.value();
        select.set_value("");
        if let Some(step) = new_step(sheet, &wanted) {
            change(sheet, at, move |steps| {
                // Words are translated last: the steps before decide how they are spelled.
                let end = steps.iter().position(|step| matches!(step, Cleaning::Translate { .. }));
                steps.insert(end.unwrap_or(steps.len()), step);
            });
        }
    };
    let options: Vec<AnyView> =
        STEPS.iter().map(|name| view! { <option value=*name>{t(name)}</option> }.into_any()).collect();
    view! {
        <tr>
            <th scope="row">{header.clone()}<small>{label(&field.label)}</small></th>
            <td>
                <div class="clean-steps">
                    {steps}
                    <select class="input" aria-label=tr("import-clean-add", [("column", header.into())]) on:change=add>
                        <option value="" selected>{t("import-clean-add-step")}</option>
                        {options}
                    </select>
                </div>
            </td>
            <td>{preview(sheet, at)}</td>
        </tr>
    }
    .into_any()
}

/// Cells before and after, those first that change.
fn preview(sheet: Sheet, at: usize) -> AnyView {
    const SHOWN: usize = 3;
    const LOOKED_AT: usize = 500;
    (move || {
        let steps = steps_of(sheet, at);
        let contents = sheet.source.with(|source| source.contents.clone());
        let Some(column) = contents.columns.get(at) else { return ().into_any() };
        let looked = &column.cells[..column.cells.len().min(LOOKED_AT)];
        let blank = [String::new()];
        let cells = looked.iter().chain(blank.iter().filter(|_| !steps.is_empty()));
        let changed: Vec<(&str, String)> = cells
            .filter_map(|cell| {
                let after = clean(cell, &steps);
                (after != cell.as_str()).then(|| (cell.as_str(), after.into_owned()))
            })
            .collect();
        if changed.is_empty() {
            let cells: Vec<AnyView> =
                looked.iter().take(SHOWN).map(|cell| view! { <code>{shortened(cell)}</code> }.into_any()).collect();
            return view! { <div class="map__samples">{cells}</div> }.into_any();
        }
        let count = tr("import-clean-changed", [("count", changed.len().into()), ("cells", looked.len().into())]);
        let shown_as = |text: &str| if text.is_empty() { t("import-value-blank") } else { shortened(text) };
        let lines: Vec<AnyView> = changed
            .iter()
            .take(SHOWN)
            .map(|(before, after)| {
                view! { <li><del>{shown_as(before)}</del> " " <ins>{shown_as(after)}</ins></li> }.into_any()
            })
            .collect();
        view! { <ul class="clean-preview">{lines}</ul><small class="quiet">{count}</small> }.into_any()
    })
    .into_any()
}

/// Blanks and width for all columns that need it, with one press: nobody regrets it.
fn all_at_once(sheet: Sheet) -> AnyView {
    let tidy = move |_| {
        let contents = sheet.source.get_untracked().contents.clone();
        sheet.change(|mapping| {
            for (column, held) in mapping.columns.iter_mut().zip(&contents.columns) {
                for step in [Cleaning::Spaces, Cleaning::HalfWidth] {
                    let steps = [step];
                    let helps = held.cells.iter().any(|cell| clean(cell, &steps) != cell.as_str());
                    let [step] = steps;
                    if column.field.is_some() && helps && !column.clean.contains(&step) {
                        column.clean.insert(0, step);
                    }
                }
            }
        });
    };
    view! {
        <p>
            <button class="button" type="button" on:click=tidy>{icon("sparkles")}{t("import-clean-tidy")}</button>
        </p>
    }
    .into_any()
}

fn steps_of(sheet: Sheet, at: usize) -> Vec<Cleaning> {
    sheet.mapping.with(|mapping| mapping.columns.get(at).map(|column| column.clean.clone()).unwrap_or_default())
}

fn change(sheet: Sheet, at: usize, change: impl FnOnce(&mut Vec<Cleaning>)) {
    sheet.change(|mapping| {
        if let Some(column) = mapping.columns.get_mut(at) {
            change(&mut column.clean);
        }
    });
}

/// The key of a step's sentences; words have a place of their own.
fn kind(step: &Cleaning) -> &'static str {
    match step {
        Cleaning::Spaces => "import-clean-spaces",
        Cleaning::HalfWidth => "import-clean-half-width",
        Cleaning::Case { to: LetterCase::Upper } => "import-clean-upper",
        Cleaning::Case { to: LetterCase::Lower } => "import-clean-lower",
        Cleaning::Case { to: LetterCase::Title } => "import-clean-title",
        Cleaning::CompanyForm => "import-clean-company",
        Cleaning::Phone { form: PhoneForm::International, .. } => "import-clean-phone",
        Cleaning::Phone { form: PhoneForm::National, .. } => "import-clean-phone-national",
        Cleaning::Split { .. } => "import-clean-split",
        Cleaning::Replace { .. } => "import-clean-replace",
        Cleaning::Default { .. } => "import-clean-default",
        Cleaning::Translate { .. } => "",
    }
}

fn new_step(sheet: Sheet, kind: &str) -> Option<Cleaning> {
    let code = || sheet.app.ask(|state| state.calling_code().to_owned());
    Some(match kind {
        "import-clean-spaces" => Cleaning::Spaces,
        "import-clean-half-width" => Cleaning::HalfWidth,
        "import-clean-upper" => Cleaning::Case { to: LetterCase::Upper },
        "import-clean-lower" => Cleaning::Case { to: LetterCase::Lower },
        "import-clean-title" => Cleaning::Case { to: LetterCase::Title },
        "import-clean-company" => Cleaning::CompanyForm,
        "import-clean-phone" => Cleaning::Phone { code: code(), form: PhoneForm::International },
        "import-clean-phone-national" => Cleaning::Phone { code: code(), form: PhoneForm::National },
        "import-clean-split" => Cleaning::Split { at: String::new(), take: Part::First },
        "import-clean-replace" => Cleaning::Replace { find: String::new(), with: String::new() },
        "import-clean-default" => Cleaning::Default { text: String::new() },
        _ => return None,
    })
}

/// A step with what has to be said about it.
fn step(sheet: Sheet, at: usize, place: usize, kind: &'static str, column: &str) -> AnyView {
    let name = t(kind);
    let text = move |which: &'static str| text_of(sheet, at, place, which);
    let input = |which: &'static str| {
        let name = t(which);
        view! {
            <input
                class="input"
                aria-label=name.clone()
                placeholder=name
                prop:value=text(which)
                on:input=move |event| set_text(sheet, at, place, which, event_target_value(&event))
            />
        }
        .into_any()
    };
    let more = match kind {
        "import-clean-split" => view! { {input("import-clean-at")}{part(sheet, at, place)} }.into_any(),
        "import-clean-replace" => view! { {input("import-clean-find")}{input("import-clean-with")} }.into_any(),
        "import-clean-default" => input("import-clean-text"),
        "import-clean-phone" | "import-clean-phone-national" => input("import-clean-code"),
        _ => ().into_any(),
    };
    let remove = tr("import-clean-remove", [("step", name.as_str().into()), ("column", column.into())]);
    let drop = move |_| {
        change(sheet, at, |steps| {
            if place < steps.len() {
                steps.remove(place);
            }
        });
    };
    view! {
        <div class="clean-step">
            <span class="clean-step__name">{name}</span>
            {more}
            <button class="button button--quiet button--icon button--small" type="button" aria-label=remove on:click=drop>
                {icon("x")}
            </button>
        </div>
    }
    .into_any()
}

/// Which part of a cut text is kept.
fn part(sheet: Sheet, at: usize, place: usize) -> AnyView {
    let chosen = untrack(|| match steps_of(sheet, at).get(place) {
        Some(Cleaning::Split { take, .. }) => *take,
        _ => Part::First,
    });
    let options: Vec<AnyView> =
        [(Part::First, "import-clean-first"), (Part::Last, "import-clean-last"), (Part::Rest, "import-clean-rest")]
            .into_iter()
            .map(|(part, name)| view! { <option value=name selected=part == chosen>{t(name)}</option> }.into_any())
            .collect();
    let changed = move |event: ev::Event| {
        let wanted = match event_target_value(&event).as_str() {
            "import-clean-last" => Part::Last,
            "import-clean-rest" => Part::Rest,
            _ => Part::First,
        };
        change(sheet, at, |steps| {
            if let Some(Cleaning::Split { take, .. }) = steps.get_mut(place) {
                *take = wanted;
            }
        });
    };
    view! { <select class="input" aria-label=t("import-clean-part") on:change=changed>{options}</select> }.into_any()
}

fn text_of(sheet: Sheet, at: usize, place: usize, which: &str) -> String {
    match untrack(|| steps_of(sheet, at)).get(place) {
        Some(Cleaning::Split { at, .. }) => at.clone(),
        Some(Cleaning::Replace { find, with }) => if which == "import-clean-find" { find } else { with }.clone(),
        Some(Cleaning::Default { text }) => text.clone(),
        Some(Cleaning::Phone { code, .. }) => code.clone(),
        Some(_) | None => String::new(),
    }
}

fn set_text(sheet: Sheet, at: usize, place: usize, which: &str, wanted: String) {
    change(sheet, at, |steps| match steps.get_mut(place) {
        Some(Cleaning::Split { at, .. }) => *at = wanted,
        Some(Cleaning::Replace { find, with }) => *(if which == "import-clean-find" { find } else { with }) = wanted,
        Some(Cleaning::Default { text }) => *text = wanted,
        Some(Cleaning::Phone { code, .. }) => *code = wanted.trim().trim_start_matches('+').to_owned(),
        Some(_) | None => {}
    });
}
