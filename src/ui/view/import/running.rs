//! The third step: the import runs, with counts, and can be stopped.

use leptos::prelude::*;

use super::Wizard;
use super::source::count_text;
use crate::app::{ImportPhase, Tally};
use crate::model::diagnostic::Diagnostic;
use crate::ui::part::icon;
use crate::ui::text::{self, label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let (rows, is_whole) = wizard.source.with_untracked(|source| {
        source.as_ref().map_or((0, true), |source| (source.survey.rows, source.survey.is_whole))
    });
    let stand = move || {
        wizard.job.get().map_or((Tally::default(), 0.0), |job| {
            job.phase.with(|phase| match phase {
                ImportPhase::Running(tally, done) => (*tally, done.clamp(0.0, 1.0)),
                ImportPhase::Finished(report) => (report.tally, 1.0),
                ImportPhase::Refused(_) => (Tally::default(), 0.0),
            })
        })
    };
    let count = move |ask: fn(&Tally) -> usize| count_text(ask(&stand().0));
    let progress = move || stand().1;
    let line = move || {
        let arguments = [("done", count(Tally::rows).into()), ("rows", rows.into())];
        if is_whole { tr("import-running-rows", arguments) } else { tr("import-running-rows-about", arguments) }
    };
    let title = tr("import-running", [("things", label_within(&wizard.entity().plural).into())]);
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

pub fn foot(wizard: Wizard) -> AnyView {
    let stop = move |_| {
        if let Some(job) = wizard.job.get_untracked() {
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
                ImportPhase::Running(..) | ImportPhase::Finished(_) => Vec::new(),
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
