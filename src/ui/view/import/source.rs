//! The first step: a file is dropped, chosen or pasted; how it was read is shown and can be changed.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use rust_decimal::Decimal;

use super::{Wizard, look_at_heading};
use crate::engine::transfer::{Survey, sniff, survey};
use crate::model::diagnostic::Diagnostic;
use crate::ui::browser;
use crate::ui::format;
use crate::ui::part::{icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{self, t, tr};

/// The encodings that a file may be read in, the likeliest first.
const ENCODINGS: [(&str, &str); 4] =
    [("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16le", "UTF-16")];

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A file that was read.
#[derive(Clone)]
pub struct Source {
    pub(super) name: String,
    bytes: Arc<Vec<u8>>,
    encoding: &'static str,
    pub(super) separator: u8,
    /// Whether the first row names the columns; if not, names were put before it.
    pub(super) has_header: bool,
    /// The text, a row of headings first.
    pub(super) text: Arc<String>,
    pub(super) survey: Arc<Survey>,
}

pub fn body(wizard: Wizard) -> AnyView {
    view! {
        <div class="wizard__say">
            <h2 id="import-heading" tabindex="-1">{t("import-choose")}</h2>
            <p>{t("import-choose-say")}</p>
        </div>
        {move || {
            wizard.problem.get().map(|problem| {
                view! {
                    <div class="banner banner--bad banner--inline" role="alert">
                        {icon("circle-alert")}<p>{problem}</p>
                    </div>
                }
            })
        }}
        {move || wizard.source.get().map(|source| chosen(&source))}
        {drop_zone(wizard)}
        {paste(wizard)}
        {move || wizard.source.get().map(|source| facts(wizard, &source))}
        {move || wizard.source.get().map(|source| first_rows(&source))}
    }
    .into_any()
}

pub fn foot(wizard: Wizard) -> AnyView {
    let list = Route::records(wizard.entity().id);
    let next = move |_| {
        if wizard.source.with_untracked(Option::is_some) {
            wizard.is_matching.set(true);
            look_at_heading();
        }
    };
    view! {
        <span class="push">
            <a class="button" href=list.href()>{t("import-cancel")}</a>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || wizard.source.with(Option::is_none).then_some("true")
                title=move || wizard.source.with(Option::is_none).then(|| t("import-next-needs-file"))
                on:click=next
            >
                {t("import-next")}
                {icon("arrow-right")}
            </button>
        </span>
    }
    .into_any()
}

fn chosen(source: &Source) -> AnyView {
    let size = format::bytes(source.bytes.len() as f64);
    let facts = tr(
        "import-file-facts",
        [("size", size.into()), ("rows", source.survey.rows.into()), ("columns", source.survey.headers.len().into())],
    );
    view! {
        <div class="file">
            {icon_styled("file-spreadsheet", "icon icon--20")}
            <span class="clip"><b>{source.name.clone()}</b></span>
            <span class="file__size" role="status">{facts}</span>
        </div>
    }
    .into_any()
}

fn drop_zone(wizard: Wizard) -> AnyView {
    let is_over = RwSignal::new(false);
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
        if let Some(file) = file {
            open_file(wizard, file);
        }
    };
    view! {
        <label
            class="drop drop--large"
            data-over=move || is_over.get().then_some("")
            on:dragover=move |event: ev::DragEvent| {
                event.prevent_default();
                is_over.set(true);
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=dropped
        >
            {icon_styled("upload", "icon icon--20")}
            <span>{t("import-drop")} " " <strong>{t("import-drop-choose")}</strong></span>
            <span class="field__hint">{t("import-drop-hint")}</span>
            <input
                type="file"
                aria-label=t("import-file")
                accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                on:change=move |event| {
                    if let Some(file) = browser::chosen_file(&event) {
                        open_file(wizard, file);
                    }
                }
            />
        </label>
    }
    .into_any()
}

fn paste(wizard: Wizard) -> AnyView {
    let area = NodeRef::<html::Textarea>::new();
    let take = move |_| {
        let Some(area) = area.get_untracked() else { return };
        let text = area.value();
        if !text.trim().is_empty() {
            open_bytes(wizard, t("import-pasted"), text.into_bytes());
        }
    };
    view! {
        <details class="group">
            <summary>{icon("chevron-down")}<h2>{t("import-paste")}</h2></summary>
            <div class="field">
                <label class="field__label" for="import-paste">{t("import-paste-label")}</label>
                <textarea class="input" id="import-paste" rows="6" spellcheck="false" node_ref=area></textarea>
                <p>
                    <button class="button" type="button" on:click=take>
                        {icon("clipboard-list")}
                        {t("import-paste-take")}
                    </button>
                </p>
            </div>
        </details>
    }
    .into_any()
}

fn facts(wizard: Wizard, source: &Arc<Source>) -> AnyView {
    let (encoding, separator, has_header) = (source.encoding, source.separator, source.has_header);
    let encodings: Vec<AnyView> = ENCODINGS
        .iter()
        .map(|(id, name)| view! { <option value=*id selected=*id == encoding>{*name}</option> }.into_any())
        .collect();
    let separators: Vec<AnyView> = SEPARATORS
        .iter()
        .map(|byte| {
            view! { <option value=byte.to_string() selected=*byte == separator>{separator_name(*byte)}</option> }
                .into_any()
        })
        .collect();
    let again = move |change: &dyn Fn(&mut Plan)| {
        let Some(source) = wizard.source.get_untracked() else {
            return;
        };
        let mut plan =
            Plan { encoding: source.encoding, separator: Some(source.separator), has_header: Some(source.has_header) };
        change(&mut plan);
        let outcome = read(source.name.clone(), source.bytes.clone(), &plan);
        take(wizard, outcome);
    };
    let set_encoding = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        if let Some((id, _)) = ENCODINGS.iter().find(|(id, _)| *id == wanted) {
            again(&|plan: &mut Plan| *plan = Plan { encoding: id, separator: None, has_header: None });
        }
    };
    let set_separator = move |event: ev::Event| {
        if let Ok(byte) = event_target_value(&event).parse() {
            again(&|plan: &mut Plan| plan.separator = Some(byte));
        }
    };
    let set_header = move |event: ev::Event| {
        let has_header = event_target_value(&event) == "names";
        again(&|plan: &mut Plan| plan.has_header = Some(has_header));
    };
    view! {
        <div class="facts-line">
            <div class="field">
                <label class="field__label" for="import-encoding">{t("import-encoding")}</label>
                <select class="input" id="import-encoding" on:change=set_encoding>{encodings}</select>
            </div>
            <div class="field">
                <label class="field__label" for="import-separator">{t("import-separator")}</label>
                <select class="input" id="import-separator" on:change=set_separator>{separators}</select>
            </div>
            <div class="field">
                <label class="field__label" for="import-header">{t("import-first-row")}</label>
                <select class="input" id="import-header" on:change=set_header>
                    <option value="names" selected=has_header>{t("import-first-row-names")}</option>
                    <option value="data" selected=!has_header>{t("import-first-row-data")}</option>
                </select>
            </div>
            <span class="chip chip--good">{icon("check")}<span>{t("import-detected")}</span></span>
        </div>
    }
    .into_any()
}

fn separator_name(byte: u8) -> String {
    match byte {
        b';' => t("import-separator-semicolon"),
        b'\t' => t("import-separator-tab"),
        b'|' => t("import-separator-bar"),
        _ => t("import-separator-comma"),
    }
}

fn first_rows(source: &Source) -> AnyView {
    const SHOWN: usize = 5;
    let heads: Vec<AnyView> = source
        .survey
        .headers
        .iter()
        .enumerate()
        .map(|(at, header)| {
            let name = match header.trim() {
                "" => tr("import-column-number", [("number", (at + 1).to_string().into())]),
                name => name.to_owned(),
            };
            view! { <th scope="col">{name}</th> }.into_any()
        })
        .collect();
    let rows: Vec<AnyView> = source
        .survey
        .samples
        .iter()
        .take(SHOWN)
        .map(|row| {
            let cells: Vec<AnyView> =
                row.iter().map(|cell| view! { <td class="map__cell">{shortened(cell)}</td> }.into_any()).collect();
            view! { <tr>{cells}</tr> }.into_any()
        })
        .collect();
    let name = tr("import-first-rows", [("count", source.survey.samples.len().min(SHOWN).into())]);
    view! {
        <section class="wizard__say">
            <h3>{name.clone()}</h3>
            <div class="map" tabindex="0" role="region" aria-label=name>
                <table>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// A cell that does not push the others off the screen.
pub fn shortened(cell: &str) -> String {
    const LONGEST: usize = 60;
    match cell.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &cell[..at]),
        None => cell.to_owned(),
    }
}

/// The number of rows as people read it.
pub fn count_text(count: usize) -> String {
    format::number(Decimal::from(count), Some(0))
}

fn open_file(wizard: Wizard, file: web_sys::File) {
    let name = file.name();
    browser::read_bytes(file, move |bytes| match bytes {
        Some(bytes) => open_bytes(wizard, name, bytes),
        None => wizard.problem.set(Some(tr("import-unreadable", [("name", name.into())]))),
    });
}

fn open_bytes(wizard: Wizard, name: String, bytes: Vec<u8>) {
    // Workbooks are zipped, or the older compound files: both would read as noise.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        wizard.problem.set(Some(tr("import-workbook", [("name", name.into())])));
        return;
    }
    let bytes = Arc::new(bytes);
    let has_wide_mark = bytes.starts_with(&[0xff, 0xfe]);
    let order =
        if has_wide_mark { ["utf-16le", "utf-8", "gb18030", "big5"] } else { ["utf-8", "gb18030", "big5", "utf-16le"] };
    let fitting = order.into_iter().find(|encoding| browser::decode(&bytes, encoding).is_some());
    let plan = Plan { encoding: fitting.unwrap_or("utf-8"), separator: None, has_header: None };
    take(wizard, read(name, bytes, &plan));
}

/// How a file is to be read; what is missing is guessed.
struct Plan {
    encoding: &'static str,
    separator: Option<u8>,
    has_header: Option<bool>,
}

fn read(name: String, bytes: Arc<Vec<u8>>, plan: &Plan) -> Result<Source, String> {
    let wrong_encoding = || {
        let shown = ENCODINGS.iter().find(|(id, _)| *id == plan.encoding).map_or(plan.encoding, |(_, shown)| shown);
        tr("import-wrong-encoding", [("name", name.as_str().into()), ("encoding", shown.into())])
    };
    let decoded = browser::decode(&bytes, plan.encoding).ok_or_else(wrong_encoding)?;
    let sniffed = sniff(head_of(&decoded));
    let separator = plan.separator.unwrap_or(sniffed.separator);
    let has_header = plan.has_header.unwrap_or(sniffed.has_header);
    let sentence = |wrong: Diagnostic| text::diagnostic(&wrong);
    let mut text = decoded;
    if !has_header {
        let columns = survey(&text, separator).map_err(sentence)?.headers.len();
        text = with_names(&text, columns, separator);
    }
    let found = survey(&text, separator).map_err(sentence)?;
    Ok(Source {
        name,
        bytes,
        encoding: plan.encoding,
        separator,
        has_header,
        text: Arc::new(text),
        survey: Arc::new(found),
    })
}

fn take(wizard: Wizard, outcome: Result<Source, String>) {
    match outcome {
        Ok(source) => wizard.take(source),
        Err(problem) => wizard.problem.set(Some(problem)),
    }
}

/// The text with a row of names before its first row.
fn with_names(text: &str, columns: usize, separator: u8) -> String {
    let names: Vec<String> =
        (1..=columns).map(|number| tr("import-column-number", [("number", number.to_string().into())])).collect();
    let names = names.join(&char::from(separator).to_string());
    format!("{names}\n{}", text.trim_start_matches('\u{feff}'))
}

/// The beginning of a text, for guessing.
fn head_of(text: &str) -> &str {
    const ENOUGH: usize = 64_000;
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
