//! What an import understood otherwise than it stood there, and the rows that it rejected, page by page, with their reasons.

use std::sync::Arc;

use leptos::prelude::*;

use super::source::{Source, count_text, shortened};
use super::{Stage, Wizard};
use crate::app::{ImportReport, RejectedRow};
use crate::engine::transfer::{clean_header, rejected_csv};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::FieldId;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{self, label, t, tr};

/// How many rejected rows stand on a page.
const PAGE: usize = 50;

/// Texts that were taken for something, each once with the number of its rows.
pub fn understood(wizard: Wizard, report: &ImportReport) -> AnyView {
    const MOST: usize = 200;
    let found = report.noted();
    if found.is_empty() {
        return ().into_any();
    }
    let entity = wizard.entity();
    let rows: Vec<AnyView> = found
        .iter()
        .take(MOST)
        .map(|(field, text, taken_for, count)| {
            let name = entity.field(*field).map(|field| label(&field.label)).unwrap_or_default();
            let meaning = if taken_for.is_empty() {
                view! { <span class="late">{icon("circle-alert")}<span>{t("import-taken-for-nothing")}</span></span> }
                    .into_any()
            } else {
                taken_for.clone().into_any()
            };
            view! {
                <tr>
                    <td>{name}</td>
                    <th scope="row"><code>{shortened(text)}</code></th>
                    <td>{meaning}</td>
                    <td class="num">{count_text(*count)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <div>
            <header class="group__head">
                <h2 id="import-understood">{t("import-understood")}</h2>
                <span class="group__count">{count_text(found.len())}</span>
            </header>
            <div class="map" tabindex="0" role="region" aria-labelledby="import-understood">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t("import-field")}</th>
                            <th scope="col">{t("import-in-file")}</th>
                            <th scope="col">{t("import-taken-for")}</th>
                            <th scope="col" class="num">{t("import-rows")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
    .into_any()
}

/// The rejected rows.
pub fn table(wizard: Wizard, report: Arc<ImportReport>, stage: Stage) -> AnyView {
    let Some(source) = wizard.source.get_untracked() else {
        return ().into_any();
    };
    if report.rejected.is_empty() {
        return ().into_any();
    }
    let count = report.rejected.len();
    let pages = count.div_ceil(PAGE);
    let page = RwSignal::new(0usize);
    let title_column = title_column(wizard, &source);
    let title_name = wizard.entity().field(wizard.entity().title).map(|field| label(&field.label)).unwrap_or_default();
    let body = {
        let (report, source) = (report.clone(), source.clone());
        move || {
            let from = page.get() * PAGE;
            report.rejected[from..count.min(from + PAGE)]
                .iter()
                .map(|rejected| row(wizard, &source, rejected, title_column))
                .collect::<Vec<AnyView>>()
        }
    };
    let download = move |_| {
        let text = as_csv(wizard, &source, &report);
        browser::download(&file_name(&source.name), "text/csv", &text);
    };
    view! {
        <div>
            <header class="group__head">
                <h2 id="import-rejected-rows">{t("import-rejected-rows")}</h2>
                <span class="group__count">{count_text(count)}</span>
                {(stage == Stage::Finished)
                    .then(|| {
                        view! {
                            <span class="push">
                                <button class="button button--small" type="button" on:click=download>
                                    {icon("download")}
                                    {t("import-download-rejected")}
                                </button>
                            </span>
                        }
                    })}
            </header>
            <div class="map map--rejected" tabindex="0" role="region" aria-labelledby="import-rejected-rows">
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="num">{t("import-row")}</th>
                            <th scope="col">{title_name}</th>
                            <th scope="col">{t("import-column")}</th>
                            <th scope="col">{t("import-value")}</th>
                            <th scope="col">{t("import-reason")}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            {(pages > 1).then(|| pager(page, pages, count))}
        </div>
    }
    .into_any()
}

fn pager(page: RwSignal<usize>, pages: usize, count: usize) -> AnyView {
    let shown = move || {
        let from = page.get() * PAGE + 1;
        let to = count.min(from + PAGE - 1);
        tr(
            "import-page",
            [("from", count_text(from).into()), ("to", count_text(to).into()), ("count", count_text(count).into())],
        )
    };
    let is_first = move || page.get() == 0;
    let is_last = move || page.get() + 1 >= pages;
    view! {
        <nav class="import-pager" aria-label=t("import-pages")>
            <button
                class="button button--small"
                type="button"
                aria-disabled=move || is_first().then_some("true")
                on:click=move |_| page.update(|page| *page = page.saturating_sub(1))
            >
                {icon("chevron-left")}
                {t("import-page-before")}
            </button>
            <span class="quiet" role="status">{shown}</span>
            <button
                class="button button--small"
                type="button"
                aria-disabled=move || is_last().then_some("true")
                on:click=move |_| page.update(|page| *page = (*page + 1).min(pages - 1))
            >
                {t("import-page-after")}
                {icon("chevron-right")}
            </button>
        </nav>
    }
    .into_any()
}

fn row(wizard: Wizard, source: &Source, rejected: &RejectedRow, title_column: Option<usize>) -> AnyView {
    let cell = |at: Option<usize>| at.and_then(|at| rejected.cells.get(at)).map(|cell| cell.trim().to_owned());
    let (columns, values, reasons): (Vec<AnyView>, Vec<AnyView>, Vec<AnyView>) = rejected
        .reasons
        .iter()
        .map(|(header, wrong)| {
            let at = column_at(wizard, source, header.as_deref(), wrong);
            let column = match at {
                Some(at) => clean_header(source.survey.headers.get(at).unwrap_or_default()).to_owned(),
                None => field_name(wizard, wrong),
            };
            let value = match cell(at).filter(|cell| !cell.is_empty()) {
                Some(value) => view! { <code>{shortened(&value)}</code> }.into_any(),
                // Where the row as a whole is to blame, no cell is blank.
                None if at.is_none() && wrong.at.field.is_none() => ().into_any(),
                None => view! { <span class="quiet">{t("import-value-blank")}</span> }.into_any(),
            };
            let reason =
                view! { <span class="late">{icon("circle-alert")}<span>{text::diagnostic(wrong)}</span></span> };
            (
                view! { <div>{column}</div> }.into_any(),
                view! { <div>{value}</div> }.into_any(),
                view! { <div>{reason}</div> }.into_any(),
            )
        })
        .collect();
    let number = shown_number(source, rejected.row);
    let title = cell(title_column).filter(|title| !title.is_empty()).unwrap_or_else(|| "—".to_owned());
    view! {
        <tr>
            <td class="num">{number.to_string()}</td>
            <th scope="row">{shortened(&title)}</th>
            <td>{columns}</td>
            <td>{values}</td>
            <td>{reasons}</td>
        </tr>
    }
    .into_any()
}

/// The row's number in the file as it is, without the names that were put before it.
fn shown_number(source: &Source, row: u64) -> u64 {
    if source.has_header { row } else { row.saturating_sub(1) }
}

/// The column to blame: by its heading, or by the field that it goes into.
fn column_at(wizard: Wizard, source: &Source, header: Option<&str>, wrong: &Diagnostic) -> Option<usize> {
    match header.filter(|header| !header.is_empty()) {
        Some(header) => source.survey.headers.iter().position(|known| clean_header(known) == header),
        None => column_of(wizard, wrong.at.field?),
    }
}

fn column_of(wizard: Wizard, field: FieldId) -> Option<usize> {
    wizard.mapping.with_untracked(|mapping| mapping.columns.iter().position(|column| column.field == Some(field)))
}

fn field_name(wizard: Wizard, wrong: &Diagnostic) -> String {
    let entity = wizard.entity();
    wrong.at.field.and_then(|field| entity.field(field)).map(|field| label(&field.label)).unwrap_or_default()
}

fn title_column(wizard: Wizard, source: &Source) -> Option<usize> {
    column_of(wizard, wizard.entity().title).filter(|at| *at < source.survey.headers.len())
}

/// The rejected rows as a file, each with its reasons behind it.
fn as_csv(wizard: Wizard, source: &Source, report: &ImportReport) -> String {
    let rows: Vec<(csv::StringRecord, String)> = report
        .rejected
        .iter()
        .map(|rejected| {
            let reasons: Vec<String> = rejected
                .reasons
                .iter()
                .map(|(header, wrong)| {
                    let column = header.clone().unwrap_or_else(|| field_name(wizard, wrong));
                    let sentence = text::diagnostic(wrong);
                    if column.is_empty() { sentence } else { format!("{column}: {sentence}") }
                })
                .collect();
            (rejected.cells.iter().collect(), reasons.join("; "))
        })
        .collect();
    rejected_csv(
        &source.survey.headers,
        &t("import-reason"),
        rows.iter().map(|(cells, reason)| (cells, reason.as_str())),
    )
}

fn file_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    tr("import-rejected-file", [("name", stem.into())])
}
