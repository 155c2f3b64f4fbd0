//! The trial: what the first rows of each file would become, cell by cell, to be looked at before all of them come in.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::source::{count_text, shortened};
use super::{Sheet, Step, Wizard, files, rejected, running};
use crate::app::{FileReport, ImportPhase, ImportReport, Tally, TriedFate, TriedRow};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::value::Value;
use crate::ui::browser::is_repeated;
use crate::ui::field::plain;
use crate::ui::part::{icon, icon_styled};
use crate::ui::text::{self, label, t, tr};

pub fn body(wizard: Wizard) -> AnyView {
    let current = Memo::new(move |_| wizard.sheet().map(|sheet| sheet.id));
    let state = move || {
        let Some(job) = wizard.trial.get() else {
            return nothing_tried(wizard);
        };
        job.phase.with(|phase| match phase {
            ImportPhase::Running(stand) => {
                let done = stand.done.clamp(0.0, 1.0).to_string();
                view! {
                    <div class="work" role="status">
                        <p>{t("import-trying")}</p>
                        <progress class="progress" max="1" value=done aria-label=t("import-trying")></progress>
                    </div>
                }
                .into_any()
            }
            ImportPhase::Refused(wrong) => {
                let sentence = wrong.first().map(running::sentence).unwrap_or_default();
                view! {
                    <div class="banner banner--bad banner--inline" role="alert">
                        {icon("circle-alert")}<p>{sentence}</p>
                    </div>
                }
                .into_any()
            }
            ImportPhase::Finished(report) => found(wizard, current, report.clone()),
        })
    };
    view! {
        <div class="wizard__say">
            <h2 id="import-heading" tabindex="-1">{t("import-trial")}</h2>
            <p>{t("import-trial-say")}</p>
        </div>
        {files::tabs(wizard)}
        {state}
    }
    .into_any()
}

/// Steps forth and back, and the whole import at any time for those who know what they do.
pub fn foot(wizard: Wizard, step: Step) -> AnyView {
    let (before, next) = match step {
        Step::Source | Step::Columns => (Step::Source, Some(Step::Cleaning)),
        Step::Cleaning => (Step::Columns, Some(Step::Trial)),
        Step::Trial => (Step::Cleaning, None),
    };
    let is_empty = move || {
        let nowhere =
            |sheet: &Sheet| sheet.mapping.with(|mapping| mapping.columns.iter().all(|column| column.field.is_none()));
        let active = wizard.active();
        active.is_empty() || active.iter().any(nowhere)
    };
    let start_text = move || {
        let active = wizard.active();
        let (rows, is_whole) = untrack(|| running::totals(&active));
        let arguments = || [("count", rows.into()), ("files", active.len().into())];
        match (active.len(), is_whole) {
            (0 | 1, true) => tr("import-start", arguments()),
            (0 | 1, false) => tr("import-start-about", arguments()),
            (_, true) => tr("import-start-files", arguments()),
            (_, false) => tr("import-start-files-about", arguments()),
        }
    };
    let why = move || is_empty().then(|| t("import-needs-column"));
    let start = move |event: ev::MouseEvent| {
        if !is_repeated(&event) && !is_empty() {
            wizard.start();
        }
    };
    let on = next.map(|to| {
        let go = move |event: ev::MouseEvent| {
            if !is_repeated(&event) && !is_empty() {
                wizard.go(to);
            }
        };
        view! {
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || is_empty().then_some("true")
                title=why
                on:click=go
            >
                {t("import-next")}
                {icon("arrow-right")}
            </button>
        }
    });
    // On a narrow screen the way leads through the trial.
    let class = if next.is_some() { "button wide-only" } else { "button button--primary" };
    view! {
        <button class="button" type="button" on:click=move |_| wizard.go(before)>
            {icon("arrow-left")}
            {t("import-back")}
        </button>
        <span class="push">
            <button
                class=class
                type="button"
                aria-disabled=move || is_empty().then_some("true")
                title=why
                on:click=start
            >
                {start_text}
            </button>
            {on}
        </span>
    }
    .into_any()
}

fn nothing_tried(wizard: Wizard) -> AnyView {
    view! {
        <p>
            <button class="button" type="button" on:click=move |_| wizard.start_trial()>
                {icon("flask-conical")}
                {t("import-try")}
            </button>
        </p>
    }
    .into_any()
}

fn found(wizard: Wizard, current: Memo<Option<usize>>, report: Arc<ImportReport>) -> AnyView {
    let sheets = wizard.running.get_untracked();
    let sum = summary(&report.tally());
    let one = move || {
        let at = sheets.iter().position(|sheet| Some(sheet.id) == current.get())?;
        let file = report.files.get(at)?;
        Some(rows(*sheets.get(at)?, Arc::new(file.clone())))
    };
    view! { {sum}{one} }.into_any()
}

fn summary(tally: &Tally) -> AnyView {
    let sentence = tr(
        "import-tried",
        [
            ("rows", tally.rows().into()),
            ("created", count_text(tally.created).into()),
            ("updated", count_text(tally.updated).into()),
            ("unchanged", count_text(tally.unchanged).into()),
            ("skipped", count_text(tally.skipped).into()),
            ("rejected", count_text(tally.rejected).into()),
        ],
    );
    let (class, name) = if tally.rejected == 0 {
        ("banner banner--good banner--inline", "circle-check")
    } else {
        ("banner banner--warn banner--inline", "triangle-alert")
    };
    view! {
        <div class=class role="status">
            {icon(name)}
            <p><strong>{sentence}</strong>{t("import-tried-nothing-kept")}</p>
        </div>
    }
    .into_any()
}

/// The rows of one file, all or only those that come to the same.
fn rows(sheet: Sheet, file: Arc<FileReport>) -> AnyView {
    let Some(entity) = file.entity.clone().or_else(|| sheet.entity()) else {
        return ().into_any();
    };
    let shown = RwSignal::new(None::<TriedFate>);
    let mut fields: Vec<Field> = Vec::new();
    sheet.mapping.with_untracked(|mapping| {
        for field in mapping.columns.iter().filter_map(|column| entity.field(column.field?)) {
            if fields.iter().all(|known| known.id != field.id) {
                fields.push(field.clone());
            }
        }
    });
    // The title first: it is how people know which row they look at.
    fields.sort_by_key(|field| field.id != entity.title);
    let heads: Vec<AnyView> =
        fields.iter().map(|field| view! { <th scope="col">{label(&field.label)}</th> }.into_any()).collect();
    let filters: Vec<AnyView> = std::iter::once((None, file.tried.len()))
        .chain(FATES.iter().map(|fate| (Some(*fate), file.tried.iter().filter(|row| row.fate == *fate).count())))
        .filter(|(fate, count)| fate.is_none() || *count > 0)
        .map(|(fate, count)| filter(shown, fate, count))
        .collect();
    let understood = rejected::understood(sheet, &file);
    let lines = move || {
        let fate = shown.get();
        let rows = file.tried.iter().filter(|row| fate.is_none_or(|fate| row.fate == fate));
        rows.map(|tried| line(sheet, &entity, &fields, &file, tried)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="tried">
            <div class="chips" role="group" aria-label=t("import-tried-show")>{filters}</div>
            <div class="map map--tried" tabindex="0" role="region" aria-label=t("import-tried-rows")>
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="num">{t("import-row")}</th>
                            <th scope="col">{t("import-fate")}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </div>
        {understood}
    }
    .into_any()
}

const FATES: [TriedFate; 5] =
    [TriedFate::Created, TriedFate::Updated, TriedFate::Unchanged, TriedFate::Skipped, TriedFate::Rejected];

fn fate_name(fate: TriedFate) -> &'static str {
    match fate {
        TriedFate::Created => "import-created",
        TriedFate::Updated => "import-updated",
        TriedFate::Unchanged => "import-unchanged",
        TriedFate::Skipped => "import-skipped",
        TriedFate::Rejected => "import-rejected",
    }
}

fn filter(shown: RwSignal<Option<TriedFate>>, fate: Option<TriedFate>, count: usize) -> AnyView {
    let name = fate.map_or_else(|| t("import-tried-all"), |fate| t(fate_name(fate)));
    view! {
        <button
            class="button button--small"
            type="button"
            aria-pressed=move || (shown.get() == fate).to_string()
            on:click=move |_| shown.set(fate)
        >
            {name}
            " "
            <span class="quiet">{count_text(count)}</span>
        </button>
    }
    .into_any()
}

fn line(sheet: Sheet, entity: &Entity, fields: &[Field], file: &FileReport, tried: &TriedRow) -> AnyView {
    let source = sheet.source.get_untracked();
    let (class, sign) = match tried.fate {
        TriedFate::Created => ("chip chip--good", "plus"),
        TriedFate::Updated => ("chip chip--info", "pencil"),
        TriedFate::Unchanged | TriedFate::Skipped => ("chip", "minus"),
        TriedFate::Rejected => ("chip chip--bad", "circle-x"),
    };
    // What is wrong with no cell in particular is said of the row.
    let whole: Vec<AnyView> = tried
        .reasons
        .iter()
        .filter(|(header, wrong)| blamed(sheet, fields, header.as_deref(), wrong.at.field).is_none())
        .map(|(_, wrong)| {
            // The field has no column here whose place would tell its name.
            let (field, sentence) = (rejected::field_name(sheet, wrong), text::diagnostic(wrong));
            let said = if field.is_empty() { sentence } else { format!("{field}: {sentence}") };
            view! { <small class="late">{said}</small> }.into_any()
        })
        .collect();
    let cells: Vec<AnyView> = fields
        .iter()
        .map(|field| match tried.fate {
            TriedFate::Rejected | TriedFate::Skipped => {
                let columns: Vec<usize> = sheet.mapping.with_untracked(|mapping| {
                    let goes = |at: &usize| mapping.columns.get(*at).is_some_and(|it| it.field == Some(field.id));
                    (0..mapping.columns.len()).filter(goes).collect()
                });
                let cell = columns.iter().filter_map(|at| tried.cells.get(*at)).map(|cell| cell.trim());
                let cell: Vec<&str> = cell.filter(|cell| !cell.is_empty()).collect();
                let wrong: Vec<AnyView> = tried
                    .reasons
                    .iter()
                    .filter(|(header, wrong)| blamed(sheet, fields, header.as_deref(), wrong.at.field) == Some(field.id))
                    .map(|(_, wrong)| {
                        view! { <small class="late">{icon("circle-alert")}<span>{text::diagnostic(wrong)}</span></small> }
                            .into_any()
                    })
                    .collect();
                let class = if wrong.is_empty() { "map__cell" } else { "map__cell map__wrong" };
                view! { <td class=class><span>{shortened(&cell.join(" "))}</span>{wrong}</td> }.into_any()
            }
            TriedFate::Created | TriedFate::Updated | TriedFate::Unchanged => {
                let now = shown_value(sheet, entity, field, tried.values.get(field.id), file);
                let before = shown_value(sheet, entity, field, tried.before.get(field.id), file);
                let was = (tried.fate == TriedFate::Updated && before != now).then(|| {
                    let before = if before.is_empty() { t("import-value-blank") } else { shortened(&before) };
                    view! { <del>{before}</del> }
                });
                let class = if was.is_some() { "map__cell map__new" } else { "map__cell" };
                view! { <td class=class>{was}<span>{shortened(&now)}</span></td> }.into_any()
            }
        })
        .collect();
    let number = rejected::shown_number(&source, tried.row);
    view! {
        <tr>
            <td class="num">{number.to_string()}</td>
            <td>
                <span class=class>{icon_styled(sign, "icon icon--14")}<span>{t(fate_name(tried.fate))}</span></span>
                {whole}
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

/// The field of the column to blame, if it is among those that are shown.
fn blamed(
    sheet: Sheet,
    fields: &[Field],
    header: Option<&str>,
    field: Option<crate::model::id::FieldId>,
) -> Option<crate::model::id::FieldId> {
    let by_header = header.and_then(|header| {
        sheet.mapping.with_untracked(|mapping| mapping.columns.iter().find(|column| column.header == header)?.field)
    });
    by_header.or(field).filter(|field| fields.iter().any(|known| known.id == *field))
}

fn shown_value(sheet: Sheet, entity: &Entity, field: &Field, value: &Value, file: &FileReport) -> String {
    let links = value.links();
    if links.is_empty() || links.iter().all(|link| !file.titles.contains_key(link)) {
        return plain(sheet.app, entity, field, value);
    }
    let titles: Vec<&str> = links.iter().filter_map(|link| file.titles.get(link)).map(String::as_str).collect();
    titles.join(&t("field-separator"))
}
