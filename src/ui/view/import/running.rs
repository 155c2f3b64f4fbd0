//! The third step: the import runs, with counts, and can be stopped.

use leptos::prelude::*;

use super::Wizard;
use super::source::count_text;
use crate::app::{ImportPhase, ImportReport};
use crate::ui::part::icon;
use crate::ui::text::{self, label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let rows = wizard.source.with_untracked(|source| source.as_ref().map_or(0, |source| source.survey.rows));
    let report = move |ask: fn(&ImportReport) -> usize| {
        wizard.job.get().map_or(0, |job| {
            job.phase.with(|phase| match phase {
                ImportPhase::Running(report) | ImportPhase::Finished(report) => ask(report),
                ImportPhase::Refused(_) => 0,
            })
        })
    };
    let progress = move || {
        wizard.job.get().map_or(0.0, |job| {
            job.phase.with(|phase| match phase {
                ImportPhase::Running(report) | ImportPhase::Finished(report) => report.progress.clamp(0.0, 1.0),
                ImportPhase::Refused(_) => 0.0,
            })
        })
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
                    <span>
                        {move || tr("import-running-rows", [("done", count_text(report(ImportReport::rows)).into()), ("rows", count_text(rows).into())])}
                    </span>
                </p>
            </div>
            <dl class="counts">
                <div><dd>{move || count_text(report(|it| it.created))}</dd><dt>{t("import-count-created")}</dt></div>
                <div><dd>{move || count_text(report(|it| it.updated))}</dd><dt>{t("import-count-updated")}</dt></div>
                <div><dd>{move || count_text(report(|it| it.skipped))}</dd><dt>{t("import-count-skipped")}</dt></div>
                <div>
                    <dd>{move || count_text(report(|it| it.rejected.len()))}</dd>
                    <dt>{t("import-count-rejected")}</dt>
                </div>
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
                ImportPhase::Refused(wrong) => wrong.iter().map(text::diagnostic).collect::<Vec<String>>(),
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

pub fn refused_foot(wizard: Wizard) -> AnyView {
    view! {
        <button class="button" type="button" on:click=move |_| wizard.again()>{icon("arrow-left")}{t("import-back")}</button>
    }
    .into_any()
}
