//! How the bytes of a file become a text with rows: the encoding, the separator and the headings are guessed or chosen.

use std::sync::Arc;

use leptos::prelude::Set;

use super::Wizard;
use super::source::Source;
use crate::engine::transfer::{Signs, contents, sniff, survey};
use crate::model::diagnostic::Diagnostic;
use crate::ui::browser;
use crate::ui::text::{self, tr};

/// The encodings that a file may be read in, the likeliest first.
pub const ENCODINGS: [(&str, &str); 5] =
    [("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16le", "UTF-16"), ("utf-16be", "UTF-16 BE")];

pub fn open_file(wizard: Wizard, file: web_sys::File) {
    let name = file.name();
    browser::read_bytes(file, move |bytes| match bytes {
        Some(bytes) => open_bytes(wizard, name, bytes),
        None => {
            wizard.problem.set(Some(tr("import-unreadable", [("name", name.into())])));
        }
    });
}

pub fn open_bytes(wizard: Wizard, name: String, bytes: Vec<u8>) {
    // Workbooks are zipped, or the older compound files: both would read as noise.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        wizard.problem.set(Some(tr("import-workbook", [("name", name.into())])));
        return;
    }
    let bytes = Arc::new(bytes);
    let plan = Plan::in_encoding(encoding_of(&bytes).unwrap_or("utf-8"));
    take(wizard, name, bytes, &plan);
}

/// The encoding that a file says it is in by its first bytes, else the likeliest that reads as text.
fn encoding_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] => Some("utf-16le"),
        [0xfe, 0xff, ..] => Some("utf-16be"),
        _ => {
            let order = ["utf-8", "gb18030", "big5", "utf-16le", "utf-16be"];
            // No text holds a NUL; one in two bytes is a NUL where western text is written in UTF-16.
            order.into_iter().find(|encoding| browser::decode(bytes, encoding).is_some_and(|text| !text.contains('\0')))
        }
    }
}

/// How a file is to be read; what is missing is guessed.
pub struct Plan {
    pub encoding: &'static str,
    pub separator: Option<u8>,
    /// What text stands in; nothing where quotation marks are plain signs.
    pub quote: Option<u8>,
    pub has_header: Option<bool>,
}

/// A file that could not be read as it was tried.
#[derive(Clone)]
pub struct Unread {
    pub name: String,
    pub bytes: Arc<Vec<u8>>,
    pub encoding: &'static str,
}

impl Plan {
    /// In an encoding, all else guessed.
    pub fn in_encoding(encoding: &'static str) -> Self {
        Plan { encoding, separator: None, quote: Some(b'"'), has_header: None }
    }
}

fn read(name: String, bytes: Arc<Vec<u8>>, plan: &Plan) -> Result<Source, String> {
    let wrong_encoding = || {
        let shown = ENCODINGS.iter().find(|(id, _)| *id == plan.encoding).map_or(plan.encoding, |(_, shown)| shown);
        tr("import-wrong-encoding", [("name", name.as_str().into()), ("encoding", shown.into())])
    };
    let decoded = browser::decode(&bytes, plan.encoding).ok_or_else(wrong_encoding)?;
    let sniffed = sniff(head_of(&decoded));
    let signs = Signs { separator: plan.separator.unwrap_or(sniffed.separator), quote: plan.quote };
    let has_header = plan.has_header.unwrap_or(sniffed.has_header);
    let sentence = |wrong: Diagnostic| text::diagnostic(&wrong);
    let mut text = decoded;
    if !has_header {
        let columns = survey(&text, signs).map_err(sentence)?.headers.len();
        text = with_names(&text, columns, signs.separator);
    }
    let found = survey(&text, signs).map_err(sentence)?;
    let held = contents(&text, signs);
    Ok(Source {
        name,
        bytes,
        encoding: plan.encoding,
        signs,
        has_header,
        text: Arc::new(text),
        survey: Arc::new(found),
        contents: Arc::new(held),
    })
}

/// Reads a file as planned. One that cannot be read leaves the others where they are, and its name on the screen.
pub fn take(wizard: Wizard, name: String, bytes: Arc<Vec<u8>>, plan: &Plan) {
    match read(name.clone(), bytes.clone(), plan) {
        Ok(source) => wizard.take(source),
        Err(problem) => {
            wizard.problem.set(Some(problem));
            wizard.unread.set(Some(Unread { name, bytes, encoding: plan.encoding }));
        }
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
