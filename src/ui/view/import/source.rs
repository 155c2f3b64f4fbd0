//! The first step: files are dropped, chosen or pasted; how each was read is shown and can be changed.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use rust_decimal::Decimal;

use super::reading::{ENCODINGS, Plan, Unread, open_bytes, open_file, take};
use super::{Sheet, Step, Wizard, files, writing};
use crate::engine::transfer::{Contents, Signs, Survey};
use crate::ui::browser::is_repeated;
use crate::ui::format;
use crate::ui::part::{icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{t, tr};

const QUOTES: [(Option<u8>, &str); 3] =
    [(Some(b'"'), "import-quote-double"), (Some(b'\''), "import-quote-single"), (None, "import-quote-none")];

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A file that was read.
#[derive(Clone)]
pub struct Source {
    pub(super) name: String,
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) encoding: &'static str,
    pub(super) signs: Signs,
    /// Whether the first row names the columns; if not, names were put before it.
    pub(super) has_header: bool,
    /// The text, a row of headings first.
    pub(super) text: Arc<String>,
    pub(super) survey: Arc<Survey>,
    pub(super) contents: Arc<Contents>,
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
        {move || wizard.unread.get().map(|file| unread(wizard, file))}
        {files::list(wizard)}
        {drop_zone(wizard)}
        {paste(wizard)}
        {move || wizard.sheet().filter(|_| wizard.unread.with(Option::is_none)).map(|sheet| chosen(wizard, sheet))}
    }
    .into_any()
}

pub fn foot(wizard: Wizard) -> AnyView {
    let list = Route::records(wizard.home.get_value().id);
    let why_not = move || {
        let is_none = wizard.sheets.with(Vec::is_empty);
        let rows = wizard.sheets.with(|sheets| sheets.iter().any(|sheet| sheet.source.with(|it| it.survey.rows > 0)));
        match (is_none, rows) {
            (true, _) => Some(t("import-next-needs-file")),
            (false, false) => Some(t("error-no-rows")),
            (false, true) => wizard.active().is_empty().then(|| t("import-next-needs-kind")),
        }
    };
    let next = move |event: ev::MouseEvent| {
        if !is_repeated(&event) && why_not().is_none() {
            wizard.go(Step::Columns);
        }
    };
    view! {
        <span class="push">
            <a class="button" href=list.href()>{t("import-cancel")}</a>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || why_not().map(|_| "true")
                title=why_not
                on:click=next
            >
                {t("import-next")}
                {icon("arrow-right")}
            </button>
        </span>
    }
    .into_any()
}

/// How the file that is to be seen was read, and its first rows.
fn chosen(wizard: Wizard, sheet: Sheet) -> AnyView {
    let drawn = move || {
        let source = sheet.source.get();
        view! {
            {facts(wizard, &source)}
            {writing::body(sheet, &source)}
            {first_rows(&source)}
        }
        .into_any()
    };
    drawn.into_any()
}

fn drop_zone(wizard: Wizard) -> AnyView {
    let is_over = RwSignal::new(false);
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            open_all(wizard, &files);
        }
    };
    view! {
        <label
            class="drop"
            class:drop--large=move || wizard.sheets.with(Vec::is_empty)
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
                multiple
                aria-label=t("import-file")
                accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                on:change=move |event| {
                    let input: web_sys::HtmlInputElement = event_target(&event);
                    if let Some(files) = input.files() {
                        open_all(wizard, &files);
                    }
                    // So that the same file can be chosen again.
                    input.set_value("");
                }
            />
        </label>
    }
    .into_any()
}

fn open_all(wizard: Wizard, files: &web_sys::FileList) {
    for file in (0..files.length()).filter_map(|at| files.get(at)) {
        open_file(wizard, file);
    }
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
    let (encoding, has_header) = (source.encoding, source.has_header);
    let Signs { separator, quote } = source.signs;
    let separators: Vec<AnyView> = SEPARATORS
        .iter()
        .map(|byte| {
            view! { <option value=byte.to_string() selected=*byte == separator>{separator_name(*byte)}</option> }
                .into_any()
        })
        .collect();
    let source = source.clone();
    let (name, bytes) = (source.name.clone(), source.bytes.clone());
    let again = move |change: &dyn Fn(&mut Plan)| {
        let mut plan =
            Plan { encoding: source.encoding, separator: Some(separator), quote, has_header: Some(source.has_header) };
        change(&mut plan);
        take(wizard, source.name.clone(), source.bytes.clone(), &plan);
    };
    let first = again.clone();
    let set_separator = move |event: ev::Event| {
        if let Ok(byte) = event_target_value(&event).parse() {
            first(&|plan: &mut Plan| plan.separator = Some(byte));
        }
    };
    let second = again.clone();
    let set_quote = move |event: ev::Event| {
        let quote = event_target_value(&event).parse().ok();
        second(&|plan: &mut Plan| plan.quote = quote);
    };
    let quotes: Vec<AnyView> = QUOTES
        .iter()
        .map(|(sign, name)| {
            let value = sign.map(|sign| sign.to_string()).unwrap_or_default();
            view! { <option value=value selected=*sign == quote>{t(name)}</option> }.into_any()
        })
        .collect();
    let set_header = move |event: ev::Event| {
        let has_header = event_target_value(&event) == "names";
        again(&|plan: &mut Plan| plan.has_header = Some(has_header));
    };
    view! {
        <div class="facts-line">
            {encodings(wizard, encoding, name, bytes)}
            <div class="field">
                <label class="field__label" for="import-separator">{t("import-separator")}</label>
                <select class="input" id="import-separator" on:change=set_separator>{separators}</select>
            </div>
            <div class="field">
                <label class="field__label" for="import-quote">{t("import-quote")}</label>
                <select class="input" id="import-quote" on:change=set_quote>{quotes}</select>
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

/// The choice of an encoding; the file is read anew in it.
fn encodings(wizard: Wizard, encoding: &'static str, name: String, bytes: Arc<Vec<u8>>) -> AnyView {
    let options: Vec<AnyView> = ENCODINGS
        .iter()
        .map(|(id, name)| view! { <option value=*id selected=*id == encoding>{*name}</option> }.into_any())
        .collect();
    let changed = move |event: ev::Event| {
        let wanted = event_target_value(&event);
        if let Some((id, _)) = ENCODINGS.iter().find(|(id, _)| *id == wanted) {
            take(wizard, name.clone(), bytes.clone(), &Plan::in_encoding(id));
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="import-encoding">{t("import-encoding")}</label>
            <select class="input" id="import-encoding" on:change=changed>{options}</select>
        </div>
    }
    .into_any()
}

/// A file that could not be read: another encoding may do.
fn unread(wizard: Wizard, unread: Unread) -> AnyView {
    view! {
        <div class="facts-line">{encodings(wizard, unread.encoding, unread.name, unread.bytes)}</div>
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
