//! The second step: each column of the file goes into a field, or is left out; what does not fit has its rules.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::source::{Source, count_text};
use super::{Stage, Wizard, choice, look_at_heading, rejected, running, takes_cells};
use crate::app::ImportPhase;
use crate::engine::transfer::Reason;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;
use crate::ui::part::icon;
use crate::ui::text::{label, label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let Some(source) = wizard.source.get_untracked() else {
        return ().into_any();
    };
    let entity = wizard.entity();
    let columns = source.survey.headers.len();
    let matched = move || {
        let found = wizard.mapping.with(|mapping| mapping.columns.iter().filter(|it| it.field.is_some()).count());
        tr("import-matched", [("found", found.into()), ("columns", columns.into())])
    };
    view! {
        <div class="wizard__say">
            <h2 id="import-heading" tabindex="-1">{t("import-match-columns")}</h2>
            <p>{matched}</p>
        </div>
        {missing(wizard, &entity)}
        {table(wizard, &source, &entity)}
        {choice::blanks(wizard, &source)}
        {choice::rules(wizard)}
        {trial(wizard)}
    }
    .into_any()
}

pub fn foot(wizard: Wizard) -> AnyView {
    let (rows, is_whole) = wizard.source.with_untracked(|source| {
        source.as_ref().map_or((0, true), |source| (source.survey.rows, source.survey.is_whole))
    });
    let count = [("count", rows.into())];
    let start_text = if is_whole { tr("import-start", count) } else { tr("import-start-about", count) };
    let is_empty = move || wizard.mapping.with(|mapping| mapping.columns.iter().all(|column| column.field.is_none()));
    let is_trying =
        move || wizard.trial.get().is_some_and(|job| job.phase.with(|phase| matches!(phase, ImportPhase::Running(..))));
    let back = move |_| {
        wizard.is_matching.set(false);
        look_at_heading();
    };
    let try_some = move |_| {
        if !is_empty() {
            wizard.start_trial();
        }
    };
    let start = move |_| {
        if !is_empty() {
            wizard.start();
        }
    };
    let why = move || is_empty().then(|| t("import-needs-column"));
    view! {
        <button class="button" type="button" on:click=back>{icon("arrow-left")}{t("import-back")}</button>
        <span class="push">
            <button
                class="button"
                type="button"
                aria-disabled=move || is_empty().then_some("true")
                aria-busy=move || is_trying().then_some("true")
                title=why
                on:click=try_some
            >
                {icon("flask-conical")}
                {t("import-try")}
            </button>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || is_empty().then_some("true")
                title=why
                on:click=start
            >
                {start_text}
            </button>
        </span>
    }
    .into_any()
}

/// The fields that every record needs and that no column goes into.
fn missing(wizard: Wizard, entity: &Arc<Entity>) -> AnyView {
    let needed: Vec<(FieldId, String)> = entity
        .fields
        .iter()
        .filter(|field| field.required && field.default.is_none() && takes_cells(field))
        .map(|field| (field.id, label(&field.label)))
        .collect();
    (move || {
        if wizard.mapping.with(|mapping| mapping.columns.iter().all(|column| column.field.is_none())) {
            return Some(
                view! {
                    <div class="banner banner--warn banner--inline" role="status">
                        {icon("triangle-alert")}<p>{t("import-needs-column")}</p>
                    </div>
                }
                .into_any(),
            );
        }
        let names: Vec<String> = wizard.mapping.with(|mapping| {
            let is_mapped = |id: &FieldId| mapping.columns.iter().any(|column| column.field == Some(*id));
            needed.iter().filter(|(id, _)| !is_mapped(id)).map(|(_, name)| name.clone()).collect()
        });
        (!names.is_empty()).then(|| {
            let names = names.join(&t("import-list-separator"));
            view! {
                <div class="banner banner--warn banner--inline" role="status">
                    {icon("triangle-alert")}
                    <p><strong>{tr("import-missing", [("names", names.into())])}</strong>{t("import-missing-do")}</p>
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}

fn table(wizard: Wizard, source: &Arc<Source>, entity: &Arc<Entity>) -> AnyView {
    let rows: Vec<AnyView> = (0..source.survey.headers.len()).map(|at| row(wizard, source, entity, at)).collect();
    let plural = label_within(&entity.plural);
    view! {
        <div class="map" tabindex="0" role="region" aria-label=t("import-columns-and-fields")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("import-column-in-file")}</th>
                        <th scope="col">{t("import-samples")}</th>
                        <th scope="col">{tr("import-field-of", [("things", plural.into())])}</th>
                        <th scope="col">{t("import-how")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(wizard: Wizard, source: &Arc<Source>, entity: &Arc<Entity>, at: usize) -> AnyView {
    let header = wizard
        .mapping
        .with_untracked(|mapping| mapping.columns.get(at).map(|column| column.header.clone()).unwrap_or_default());
    let shown =
        if header.is_empty() { tr("import-column-number", [("number", (at + 1).to_string().into())]) } else { header };
    let column = source.survey.columns.get(at).cloned().unwrap_or_default();
    let is_off = move || wizard.mapping.with(|mapping| mapping.columns.get(at).is_none_or(|it| it.field.is_none()));
    let samples: Vec<AnyView> = column
        .samples
        .into_iter()
        .map(|sample| {
            let text = sample.clone();
            let is_blank = move || {
                wizard
                    .mapping
                    .with(|mapping| mapping.blanks.iter().any(|blank| blank.to_lowercase() == text.to_lowercase()))
            };
            let tip = is_blank.clone();
            view! {
                <code class:map__blank=is_blank title=move || tip().then(|| t("import-read-as-blank"))>{sample}</code>
            }
            .into_any()
        })
        .collect();
    let chosen = wizard.mapping.with_untracked(|mapping| mapping.columns.get(at).and_then(|column| column.field));
    let options: Vec<AnyView> = entity
        .fields
        .iter()
        .filter(|field| takes_cells(field))
        .map(|field| option(field, chosen == Some(field.id)))
        .collect();
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        wizard.choose(at, (!wanted.is_empty()).then(|| FieldId::new(&wanted)));
    };
    let filled = tr("import-filled", [("count", column.filled.into())]);
    view! {
        <tr class:map__off=is_off>
            <th scope="row">{shown.clone()}<small>{filled}</small></th>
            <td><div class="map__samples">{samples}</div></td>
            <td>
                <div class="map__target">
                    {crate::ui::part::icon_styled("arrow-right", "icon icon--14")}
                    <select class="input" aria-label=tr("import-field-for", [("column", shown.into())]) on:change=changed>
                        <option value="" selected=chosen.is_none()>{t("import-leave-out")}</option>
                        {options}
                    </select>
                </div>
            </td>
            <td class="map__note">{move || note(wizard, at)}</td>
        </tr>
    }
    .into_any()
}

fn option(field: &Field, is_chosen: bool) -> AnyView {
    let name = label(&field.label);
    let name = if field.required { format!("{name} *") } else { name };
    view! { <option value=field.id.to_string() selected=is_chosen>{name}</option> }.into_any()
}

/// Why the column goes where it goes.
fn note(wizard: Wizard, at: usize) -> AnyView {
    let is_touched = wizard.touched.with(|touched| touched.contains(&at));
    let is_remembered = wizard.is_remembered.get();
    wizard.mapping.with(|mapping| {
        let Some(column) = mapping.columns.get(at) else {
            return ().into_any();
        };
        let Some(field) = column.field else {
            return chip("chip", "ban", t("import-note-left-out"), String::new());
        };
        if mapping.columns[..at].iter().any(|earlier| earlier.field == Some(field)) {
            return twice();
        }
        if is_touched {
            return chip("chip chip--info", "user-check", t("import-note-chosen"), String::new());
        }
        if is_remembered {
            return chip("chip chip--info", "history", t("import-note-last-time"), String::new());
        }
        match column.reason {
            Some(Reason::Name) if column.confidence >= 85 => {
                chip("chip chip--good", "check", t("import-note-sure"), t("import-reason-name"))
            }
            Some(Reason::Name) => suggested(t("import-reason-name")),
            Some(Reason::Synonym) => suggested(t("import-reason-synonym")),
            Some(Reason::Similar) => suggested(t("import-reason-similar")),
            Some(Reason::Content) => suggested(t("import-reason-content")),
            None => chip("chip chip--info", "user-check", t("import-note-chosen"), String::new()),
        }
    })
}

/// Two columns for one field: what that means is said where it was chosen, not in a tip alone.
fn twice() -> AnyView {
    view! {
        {chip("chip chip--warn", "layers", t("import-note-twice"), String::new())}
        <small class="map__why">{t("import-note-twice-say")}</small>
    }
    .into_any()
}

fn suggested(reason: String) -> AnyView {
    chip("chip chip--info", "lightbulb", t("import-note-suggested"), reason)
}

fn chip(class: &'static str, name: &'static str, text: String, why: String) -> AnyView {
    let tip = (!why.is_empty()).then(|| why.clone());
    view! {
        <span class=class title=tip>
            {icon(name)}
            <span>{text}</span>
            {(!why.is_empty()).then(|| view! { <span class="sr-only">{format!(": {why}")}</span> })}
        </span>
    }
    .into_any()
}

/// What a trial has shown.
fn trial(wizard: Wizard) -> AnyView {
    (move || {
        let job = wizard.trial.get()?;
        job.phase.with(|phase| match phase {
            ImportPhase::Running(..) => None,
            ImportPhase::Refused(wrong) => {
                let sentence = wrong.first().map(running::sentence).unwrap_or_default();
                Some(
                    view! {
                        <div class="banner banner--bad banner--inline" role="alert">
                            {icon("circle-alert")}<p>{sentence}</p>
                        </div>
                    }
                    .into_any(),
                )
            }
            ImportPhase::Finished(report) => {
                let (report, tally) = (report.clone(), report.tally);
                let sentence = tr(
                    "import-tried",
                    [
                        ("rows", tally.rows().into()),
                        ("created", count_text(tally.created).into()),
                        ("updated", count_text(tally.updated).into()),
                        ("skipped", count_text(tally.skipped).into()),
                        ("rejected", count_text(tally.rejected).into()),
                    ],
                );
                let (class, name) = if tally.rejected == 0 {
                    ("banner banner--good banner--inline", "circle-check")
                } else {
                    ("banner banner--warn banner--inline", "triangle-alert")
                };
                Some(
                    view! {
                        <div class=class role="status">
                            {icon(name)}
                            <p><strong>{sentence}</strong>{t("import-tried-nothing-kept")}</p>
                        </div>
                        {rejected::understood(wizard, &report)}
                        {rejected::table(wizard, report, Stage::Columns)}
                    }
                    .into_any(),
                )
            }
        })
    })
    .into_any()
}
