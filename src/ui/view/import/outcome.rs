//! The last step: every row of every file is accounted for, and the whole can be undone.

use std::sync::Arc;

use leptos::prelude::*;

use super::source::count_text;
use super::{Sheet, Wizard, look_at_heading, rejected, running};
use crate::app::{FileReport, ImportPhase, ImportReport, Tally};
use crate::ui::part::{icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{label, label_within, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let Some(report) = report_of(wizard) else {
        return ().into_any();
    };
    let sheets = wizard.running.get_untracked();
    let (rows, is_whole) = running::totals(&sheets);
    let file = match &sheets[..] {
        [sheet] => sheet.name(),
        _ => tr("import-files-count", [("count", sheets.len().into())]),
    };
    let tally = report.tally();
    let taken = tally.created + tally.updated;
    let is_cancelled = report.is_cancelled;
    let (thing, things) = match &sheets[..] {
        [sheet] => sheet.entity().map(|it| (label_within(&it.label), label_within(&it.plural))).unwrap_or_default(),
        _ => (t("import-record"), t("import-records")),
    };
    let heading = move || {
        let arguments = [("count", taken.into()), ("thing", thing.as_str().into()), ("things", things.as_str().into())];
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
    let also: usize = report.files.iter().map(|file| file.also_created).sum();
    let also = (also > 0).then(|| tr("import-also-created", [("count", also.into())]));
    let say_if = |is: bool, key: &str| if is { t(key) } else { String::new() };
    let unchanged = (tally.unchanged > 0)
        .then(|| result("check-check", "icon", t("import-unchanged"), tally.unchanged, t("import-unchanged-say")));
    let several = sheets.len() > 1;
    let parts: Vec<AnyView> = sheets
        .iter()
        .zip(&report.files)
        .map(|(sheet, file)| {
            let file = Arc::new(file.clone());
            let understood = rejected::understood(*sheet, &file);
            let rejected = rejected::table(*sheet, file.clone());
            let has_more = !file.rejected.is_empty() || !file.noted().is_empty();
            let name = (several && has_more).then(|| view! { <h2 class="import-part">{sheet.name()}</h2> });
            view! { {name}{understood}{rejected} }.into_any()
        })
        .collect();
    view! {
        <div class="wizard__say" role="status">
            <h2 id="import-heading" tabindex="-1">{heading}</h2>
            <p>{say}</p>
            {blank}
        </div>
        <dl class="results">
            {result("circle-check", "icon icon--good", t("import-created"), tally.created, also.unwrap_or_default())}
            {result(
                "pencil",
                "icon icon--info",
                t("import-updated"),
                tally.updated,
                say_if(tally.updated > 0, "import-updated-say"),
            )}
            {unchanged}
            {result("minus", "icon", t("import-skipped"), tally.skipped, say_if(tally.skipped > 0, "import-skipped-say"))}
            {result(
                "circle-x",
                "icon icon--bad",
                t("import-rejected"),
                tally.rejected,
                say_if(tally.rejected > 0, "import-rejected-say"),
            )}
        </dl>
        {several.then(|| per_file(&sheets, &report.files))}
        {parts}
    }
    .into_any()
}

/// Which of the counts of a tally is meant.
type Count = fn(&Tally) -> usize;

/// What has become of the rows of each file.
fn per_file(sheets: &[Sheet], files: &[FileReport]) -> AnyView {
    let columns: [(&str, Count); 5] = [
        ("import-created", |tally| tally.created),
        ("import-updated", |tally| tally.updated),
        ("import-unchanged", |tally| tally.unchanged),
        ("import-skipped", |tally| tally.skipped),
        ("import-rejected", |tally| tally.rejected),
    ];
    let heads: Vec<AnyView> =
        columns.iter().map(|(name, _)| view! { <th scope="col" class="num">{t(name)}</th> }.into_any()).collect();
    let rows: Vec<AnyView> = sheets
        .iter()
        .zip(files)
        .map(|(sheet, file)| {
            let becomes = sheet.entity().map(|entity| {
                view! { <a href=Route::records(entity.id).href()>{label(&entity.plural)}</a> }
            });
            let cells: Vec<AnyView> = columns
                .iter()
                .map(|(_, count)| view! { <td class="num">{count_text(count(&file.tally))}</td> }.into_any())
                .collect();
            view! { <tr><th scope="row">{sheet.name()}</th><td>{becomes}</td>{cells}</tr> }.into_any()
        })
        .collect();
    view! {
        <div class="map map--files" tabindex="0" role="region" aria-label=t("import-per-file")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("import-file-name")}</th>
                        <th scope="col">{t("import-file-becomes")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub fn foot(wizard: Wizard) -> AnyView {
    let Some(report) = report_of(wizard) else {
        return ().into_any();
    };
    let sheets = wizard.running.get_untracked();
    // The last file names the others: that is where people want to go.
    let shown = sheets.last().and_then(|sheet| sheet.entity()).unwrap_or_else(|| wizard.home.get_value());
    let tally = report.tally();
    let taken = tally.created + tally.updated;
    let list = Route::records(shown.id);
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
                {tr("import-show", [("things", label_within(&shown.plural).into())])}
            </a>
        </span>
    }
    .into_any()
}

fn report_of(wizard: Wizard) -> Option<Arc<ImportReport>> {
    wizard.job.get_untracked()?.phase.with_untracked(|phase| match phase {
        ImportPhase::Finished(report) => Some(report.clone()),
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
