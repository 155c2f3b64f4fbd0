//! The third step: the import runs, with counts, and can be stopped.

use leptos::ev;
use leptos::prelude::*;

use super::source::count_text;
use super::{Sheet, Wizard};
use crate::app::{ImportPhase, Stand, Tally};
use crate::model::diagnostic::Diagnostic;
use crate::ui::browser::is_repeated;
use crate::ui::part::icon;
use crate::ui::text::{self, label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let sheets = wizard.running.get_untracked();
    let (rows, is_whole) = totals(&sheets);
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name()).collect();
    let stand = move || {
        wizard.job.get().map_or_else(Stand::default, |job| {
            job.phase.with(|phase| match phase {
                ImportPhase::Running(stand) => stand.clone(),
                ImportPhase::Finished(report) => Stand { file: 0, tally: report.tally(), done: 1.0 },
                ImportPhase::Refused(_) => Stand::default(),
            })
        })
    };
    let count = move |ask: fn(&Tally) -> usize| count_text(ask(&stand().tally));
    let progress = move || stand().done.clamp(0.0, 1.0);
    let line = move || {
        let arguments = [("done", count(Tally::rows).into()), ("rows", rows.into())];
        if is_whole { tr("import-running-rows", arguments) } else { tr("import-running-rows-about", arguments) }
    };
    let things = match &sheets[..] {
        [sheet] => sheet.entity().map(|entity| label_within(&entity.plural)).unwrap_or_default(),
        _ => tr("import-files-count", [("count", sheets.len().into())]),
    };
    let title = tr("import-running", [("things", things.into())]);
    let several = sheets.len() > 1;
    let file = move || several.then(|| names.get(stand().file).cloned()).flatten();
    view! {
        <section class="running" aria-labelledby="import-heading">
            <h2 id="import-heading" tabindex="-1">
                {title}
                <output>{move || format!("{:.0}%", progress() * 100.0)}</output>
            </h2>
            <div class="work">
                <progress
                    class="progress progress--large"
                    max="1"
                    value=move || progress().to_string()
                    aria-labelledby="import-heading"
                ></progress>
                <p class="work__line">
                    <span>{line}</span>
                    <span>{file}</span>
                </p>
            </div>
            <dl class="counts">
                <div><dd>{move || count(|it| it.created)}</dd><dt>{t("import-count-created")}</dt></div>
                <div><dd>{move || count(|it| it.updated)}</dd><dt>{t("import-count-updated")}</dt></div>
                <div><dd>{move || count(|it| it.skipped)}</dd><dt>{t("import-count-skipped")}</dt></div>
                <div><dd>{move || count(|it| it.rejected)}</dd><dt>{t("import-count-rejected")}</dt></div>
            </dl>
        </section>
        <p class="quiet">{t("import-running-say")}</p>
    }
    .into_any()
}

/// The rows of all files, and whether they were counted rather than estimated.
pub fn totals(sheets: &[Sheet]) -> (usize, bool) {
    let of = |sheet: &Sheet| sheet.source.with_untracked(|source| (source.survey.rows, source.survey.is_whole));
    sheets.iter().map(of).fold((0, true), |(rows, whole), (more, is_whole)| (rows + more, whole && is_whole))
}

pub fn foot(wizard: Wizard) -> AnyView {
    let stop = move |event: ev::MouseEvent| {
        if let Some(job) = wizard.job.get_untracked().filter(|_| !is_repeated(&event)) {
            job.cancel();
        }
    };
    view! {
        <span class="push">
            <button class="button button--danger" type="button" on:click=stop>{t("import-stop")}</button>
        </span>
    }
    .into_any()
}

/// The import could not begin.
pub fn refused(wizard: Wizard) -> AnyView {
    let sentences: Vec<AnyView> = wizard
        .job
        .get_untracked()
        .map(|job| {
            job.phase.with_untracked(|phase| match phase {
                ImportPhase::Refused(wrong) => wrong.iter().map(sentence).collect::<Vec<String>>(),
                ImportPhase::Running(_) | ImportPhase::Finished(_) => Vec::new(),
            })
        })
        .unwrap_or_default()
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> }.into_any())
        .collect();
    view! {
        <div class="wizard__say">
            <h2 id="import-heading" tabindex="-1">{t("import-refused")}</h2>
            <p>{t("import-refused-say")}</p>
        </div>
        <div class="banner banner--bad banner--inline" role="alert">{icon("circle-alert")}<ul>{sentences}</ul></div>
    }
    .into_any()
}

/// What is wrong, with the column to blame where there is one.
pub fn sentence(wrong: &Diagnostic) -> String {
    let said = text::diagnostic(wrong);
    match wrong.argument("header") {
        Some(column) => tr("import-in-column", [("column", column.into()), ("wrong", said.into())]),
        None => said,
    }
}

pub fn refused_foot(wizard: Wizard) -> AnyView {
    view! {
        <button class="button" type="button" on:click=move |_| wizard.again()>{icon("arrow-left")}{t("import-back")}</button>
    }
    .into_any()
}
