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
    let entity = wizard.entity();
    let plural = label_within(&entity.plural);
    let (file, rows) = wizard.source.with_untracked(|source| {
        source.as_ref().map_or((String::new(), 0), |source| (source.name.clone(), source.survey.rows))
    });
    let taken = report.created + report.updated;
    let heading = {
        let plural = plural.clone();
        let is_cancelled = report.is_cancelled;
        move || {
            if wizard.is_undone.get() {
                t("import-undone")
            } else if is_cancelled {
                tr("import-stopped", [("count", taken.into()), ("things", plural.clone().into())])
            } else {
                tr("import-done", [("count", taken.into()), ("things", plural.clone().into())])
            }
        }
    };
    let accounted = report.rows();
    let say = move || {
        if wizard.is_undone.get() {
            t("import-undone-say")
        } else if accounted < rows {
            tr(
                "import-done-part",
                [("file", file.clone().into()), ("rows", rows.into()), ("done", count_text(accounted).into())],
            )
        } else {
            tr("import-done-whole", [("file", file.clone().into()), ("rows", accounted.into())])
        }
    };
    let also = (report.also_created > 0).then(|| tr("import-also-created", [("count", report.also_created.into())]));
    let updated_say = if report.updated > 0 { t("import-updated-say") } else { String::new() };
    let skipped_say = if report.skipped > 0 { t("import-skipped-say") } else { String::new() };
    let rejected_say = if report.rejected.is_empty() { String::new() } else { t("import-rejected-say") };
    view! {
        <div class="wizard__say" role="status">
            <h2 id="import-heading" tabindex="-1">{heading}</h2>
            <p>{say}</p>
        </div>
        <dl class="results">
            {result("circle-check", "icon icon--good", t("import-created"), report.created, also.unwrap_or_default())}
            {result("pencil", "icon icon--info", t("import-updated"), report.updated, updated_say)}
            {result("minus", "icon", t("import-skipped"), report.skipped, skipped_say)}
            {result("circle-x", "icon icon--bad", t("import-rejected"), report.rejected.len(), rejected_say)}
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
    let taken = report.created + report.updated;
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
        ImportPhase::Finished(report) => Some(Arc::new(report.clone())),
        ImportPhase::Running(_) | ImportPhase::Refused(_) => None,
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
