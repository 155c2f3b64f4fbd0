//! What an import understood otherwise than it stood there, and the rows that it rejected, page by page, with their reasons.

use std::sync::Arc;

use leptos::prelude::*;

use super::Sheet;
use super::source::{Source, count_text, shortened};
use crate::app::{FileReport, RejectedRow};
use crate::engine::transfer::{clean_header, rejected_csv};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::FieldId;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{self, label, t, tr};

/// How many rejected rows stand on a page.
const PAGE: usize = 50;

/// Texts that were taken for something, each once with the number of its rows.
pub fn understood(sheet: Sheet, report: &FileReport) -> AnyView {
    const MOST: usize = 200;
    let found = report.noted();
    if found.is_empty() {
        return ().into_any();
    }
    let Some(entity) = sheet.entity() else { return ().into_any() };
    let id = format!("import-understood-{}", sheet.id);
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
                <h2 id=id.clone()>{t("import-understood")}</h2>
                <span class="group__count">{count_text(found.len())}</span>
            </header>
            <div class="map" tabindex="0" role="region" aria-labelledby=id>
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
pub fn table(sheet: Sheet, report: Arc<FileReport>) -> AnyView {
    let source = sheet.source.get_untracked();
    if report.rejected.is_empty() {
        return ().into_any();
    }
    let count = report.rejected.len();
    let pages = count.div_ceil(PAGE);
    let id = format!("import-rejected-{}", sheet.id);
    let page = RwSignal::new(0usize);
    let title_column = title_column(sheet, &source);
    let title_name = sheet
        .entity()
        .and_then(|entity| entity.field(entity.title).map(|field| label(&field.label)))
        .unwrap_or_default();
    let body = {
        let (report, source) = (report.clone(), source.clone());
        move || {
            let from = page.get() * PAGE;
            report.rejected[from..count.min(from + PAGE)]
                .iter()
                .map(|rejected| row(sheet, &source, rejected, title_column))
                .collect::<Vec<AnyView>>()
        }
    };
    let download = move |_| {
        let text = as_csv(sheet, &source, &report);
        browser::download(&file_name(&source.name), "text/csv", &text);
    };
    view! {
        <div>
            <header class="group__head">
                <h2 id=id.clone()>{t("import-rejected-rows")}</h2>
                <span class="group__count">{count_text(count)}</span>
                <span class="push">
                    <button class="button button--small" type="button" on:click=download>
                        {icon("download")}
                        {t("import-download-rejected")}
                    </button>
                </span>
            </header>
            <div class="map map--rejected" tabindex="0" role="region" aria-labelledby=id>
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

fn row(sheet: Sheet, source: &Source, rejected: &RejectedRow, title_column: Option<usize>) -> AnyView {
    let cell = |at: Option<usize>| at.and_then(|at| rejected.cells.get(at)).map(|cell| cell.trim().to_owned());
    let (columns, values, reasons): (Vec<AnyView>, Vec<AnyView>, Vec<AnyView>) = rejected
        .reasons
        .iter()
        .map(|(header, wrong)| {
            let at = column_at(sheet, source, header.as_deref(), wrong);
            let column = match at {
                Some(at) => clean_header(source.survey.headers.get(at).unwrap_or_default()).to_owned(),
                None => field_name(sheet, wrong),
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
pub fn shown_number(source: &Source, row: u64) -> u64 {
    if source.has_header { row } else { row.saturating_sub(1) }
}

/// The column to blame: by its heading, or by the field that it goes into.
pub fn column_at(sheet: Sheet, source: &Source, header: Option<&str>, wrong: &Diagnostic) -> Option<usize> {
    match header.filter(|header| !header.is_empty()) {
        Some(header) => source.survey.headers.iter().position(|known| clean_header(known) == header),
        None => column_of(sheet, wrong.at.field?),
    }
}

fn column_of(sheet: Sheet, field: FieldId) -> Option<usize> {
    sheet.mapping.with_untracked(|mapping| mapping.columns.iter().position(|column| column.field == Some(field)))
}

/// The field that something is wrong with, by its name.
pub(super) fn field_name(sheet: Sheet, wrong: &Diagnostic) -> String {
    let Some(entity) = sheet.entity() else { return String::new() };
    wrong.at.field.and_then(|field| entity.field(field)).map(|field| label(&field.label)).unwrap_or_default()
}

fn title_column(sheet: Sheet, source: &Source) -> Option<usize> {
    column_of(sheet, sheet.entity()?.title).filter(|at| *at < source.survey.headers.len())
}

/// The rejected rows as a file, each with its reasons behind it.
fn as_csv(sheet: Sheet, source: &Source, report: &FileReport) -> String {
    let rows: Vec<(csv::StringRecord, String)> = report
        .rejected
        .iter()
        .map(|rejected| {
            let reasons: Vec<String> = rejected
                .reasons
                .iter()
                .map(|(header, wrong)| {
                    let column = header.clone().unwrap_or_else(|| field_name(sheet, wrong));
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
