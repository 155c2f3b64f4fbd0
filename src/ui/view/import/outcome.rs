//! The last step: every row of the file is accounted for, and the whole can be undone.

use std::sync::Arc;

use leptos::prelude::*;

use super::source::count_text;
use super::{Stage, Wizard, look_at_heading, rejected};
use crate::app::{ImportPhase, ImportReport};
use crate::ui::part::{icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let Some(report) = report_of(wizard) else {
        return ().into_any();
    };
    let (file, rows, is_whole) = wizard.source.with_untracked(|source| {
        source.as_ref().map_or((String::new(), 0, true), |source| {
            (source.name.clone(), source.survey.rows, source.survey.is_whole)
        })
    });
    let tally = report.tally;
    let taken = tally.created + tally.updated;
    let is_cancelled = report.is_cancelled;
    let heading = move || {
        let entity = wizard.entity();
        let arguments = [
            ("count", taken.into()),
            ("thing", label_within(&entity.label).into()),
            ("things", label_within(&entity.plural).into()),
        ];
        if wizard.is_undone.get() {
            t("import-undone")
        } else if is_cancelled {
            tr("import-stopped", arguments)
        } else {
            tr("import-done", arguments)
        }
    };
    let say = move || {
        let file = file.clone();
        if wizard.is_undone.get() {
            t("import-undone-say")
        } else if is_cancelled {
            let arguments = [("file", file.into()), ("rows", rows.into()), ("done", count_text(tally.rows()).into())];
            if is_whole { tr("import-done-part", arguments) } else { tr("import-done-part-about", arguments) }
        } else {
            tr("import-done-whole", [("file", file.into()), ("rows", tally.rows().into())])
        }
    };
    let blank = (tally.blank > 0).then(|| view! { <p>{tr("import-blank-rows", [("count", tally.blank.into())])}</p> });
    let also = (report.also_created > 0).then(|| tr("import-also-created", [("count", report.also_created.into())]));
    let updated_say = if tally.updated > 0 { t("import-updated-say") } else { String::new() };
    let skipped_say = if tally.skipped > 0 { t("import-skipped-say") } else { String::new() };
    let rejected_say = if report.rejected.is_empty() { String::new() } else { t("import-rejected-say") };
    view! {
        <div class="wizard__say" role="status">
            <h2 id="import-heading" tabindex="-1">{heading}</h2>
            <p>{say}</p>
            {blank}
        </div>
        <dl class="results">
            {result("circle-check", "icon icon--good", t("import-created"), tally.created, also.unwrap_or_default())}
            {result("pencil", "icon icon--info", t("import-updated"), tally.updated, updated_say)}
            {result("minus", "icon", t("import-skipped"), tally.skipped, skipped_say)}
            {result("circle-x", "icon icon--bad", t("import-rejected"), tally.rejected, rejected_say)}
        </dl>
        {rejected::understood(wizard, &report)}
        {rejected::table(wizard, report, Stage::Finished)}
    }
    .into_any()
}

pub fn foot(wizard: Wizard) -> AnyView {
    let Some(report) = report_of(wizard) else {
        return ().into_any();
    };
    let entity = wizard.entity();
    let taken = report.tally.created + report.tally.updated;
    let list = Route::records(entity.id);
    let is_working = RwSignal::new(false);
    let undo = move |_| {
        let Some(batch) = report.batch.filter(|_| !is_working.get_untracked()) else {
            return;
        };
        is_working.set(true);
        let undone = wizard.is_undone;
        wizard.app.undo_batch_now(batch, move |is_done| {
            is_working.set(false);
            undone.set(is_done);
            look_at_heading();
        });
    };
    let undo_button = move || {
        if wizard.is_undone.get() || taken == 0 {
            return view! {
                <button class="button" type="button" on:click=move |_| wizard.again()>
                    {icon("arrow-left")}
                    {t("import-again")}
                </button>
            }
            .into_any();
        }
        view! {
            <button
                class="button button--danger"
                type="button"
                aria-busy=move || is_working.get().then_some("true")
                on:click=undo.clone()
            >
                {icon("undo-2")}
                {t("import-undo")}
            </button>
            <span class="quiet wide-only">{tr("import-undo-say", [("count", taken.into())])}</span>
        }
        .into_any()
    };
    view! {
        {undo_button}
        <span class="push">
            <a class="button button--primary" href=list.href()>
                {tr("import-show", [("things", label_within(&entity.plural).into())])}
            </a>
        </span>
    }
    .into_any()
}

fn report_of(wizard: Wizard) -> Option<Arc<ImportReport>> {
    wizard.job.get_untracked()?.phase.with_untracked(|phase| match phase {
        ImportPhase::Finished(report) => Some(report.clone()),
        ImportPhase::Running(..) | ImportPhase::Refused(_) => None,
    })
}

fn result(name: &'static str, class: &'static str, title: String, count: usize, say: String) -> AnyView {
    view! {
        <div class="result">
            <dt>{icon_styled(name, class)}{title}</dt>
            <dd>{count_text(count)}{(!say.is_empty()).then(|| view! { <small>{say}</small> })}</dd>
        </div>
    }
    .into_any()
}
