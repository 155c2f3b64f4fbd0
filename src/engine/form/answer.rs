//! Answers as portable text: what somebody filled in away from the workspace, as a short code that comes home by paste, QR code or mail.
//!
//! # The format, for whoever writes it elsewhere
//!
//! ```text
//! PF1.<form>.<edition>.<key>.<length>.<payload>.<seal>
//! ```
//!
//! Seven parts without blanks, of letters, digits, `_` and `-` (so that it stands in an address as it is); whatever blanks and line
//! ends a mail program puts in between are passed over.
//!
//! - `PF1`: a Perennial form answer, first version.
//! - `form`, `edition`: the form's id, and the number of the edition in decimal digits.
//! - `key`: the first four signs of base64url(SHA-256(key)), so that an answer for another workspace's form of that name is known.
//! - `length`: how many signs the payload has, in decimal digits, so that a code cut short is known as such.
//! - `payload`: base64url (RFC 4648, section 5) without padding of a JSON array in UTF-8:
//!   `[submission, at, channel, values, lines]`.
//!   - `submission`: the number of this answer, drawn by chance, as a UUID; it is taken once however often it is brought.
//!   - `at`: when it was given, in milliseconds since 1970.
//!   - `channel`: a word, or `null` for the form's own.
//!   - `values`: an array with one value for each field item of the edition in the order of the form, then one for each parameter of
//!     its address in their order; `null` where nothing is filled in, `""` where somebody emptied
//!     what stood there by default, and left out at the end. A value is written as in the log:
//!     text as a string, yes and no as `true` and `false`, and otherwise `{"n":"12.50"}`, `{"d":"2026-11-22"}`, `{"o":"option"}`,
//!     `{"os":["a","b"]}`, `{"m":{"amount":"12.50","currency":"CNY"}}` and so on. Files and signatures stay behind.
//!   - `lines`: an array with one entry for each table of the edition in the order of the form, each an array of lines, each an array
//!     of values in the order of the table's columns; left out where there is none.
//! - `seal`: the first 16 signs of base64url(HMAC-SHA-256(key, everything before the last point)) (RFC 2104), where the key is the
//!   text of the edition's `seal`. A form that left the workspace carries its key, so this tells what was damaged on its way; it is no
//!   proof of who wrote it.

pub(super) mod base64;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::form::{AnsweredLines, Answers, Form, ItemContent, LinesItem, Submission};
use crate::model::id::{FieldId, SubmissionId};
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::time::Instant;
use crate::model::value::Value;

const MARK: &str = "PF";
const VERSION: u32 = 1;
const SEAL_SIGNS: usize = 16;
const KEY_SIGNS: usize = 4;
/// Nobody fills in as much; what is longer is no answer.
const LONGEST: usize = 1 << 20;

/// An answer as a code. The edition is the one that it was given to.
pub fn encode(submission: &Submission, edition: &Form) -> String {
    let (fields, tables) = (fields(edition), tables(edition));
    let written = |value: &Value| match value {
        Value::Files(_) => Json::Null,
        value => serde_json::to_value(value).unwrap_or(Json::Null),
    };
    let answered = |field: &FieldId| match submission.answers.value(*field) {
        Value::Empty if submission.answers.emptied.contains(field) => json!(""),
        value => written(value),
    };
    let mut values: Vec<Json> = fields.iter().map(answered).collect();
    values.truncate(values.iter().rposition(|value| !value.is_null()).map_or(0, |last| last + 1));
    let lines: Vec<Vec<Vec<Json>>> = tables
        .iter()
        .map(|table| {
            let line = |line: &Values| table.columns.iter().map(|column| written(line.get(column.field))).collect();
            submission.answers.lines(table.field).iter().map(line).collect()
        })
        .collect();
    let mut payload = json!([submission.id, submission.at.0, submission.channel, values]);
    if lines.iter().any(|lines| !lines.is_empty())
        && let Json::Array(parts) = &mut payload
    {
        parts.push(json!(lines));
    }
    let payload = base64::encode(payload.to_string().as_bytes());
    let Submission { form, edition: number, .. } = submission;
    let body = format!("{MARK}{VERSION}.{form}.{number}.{}.{}.{payload}", fingerprint(edition), payload.len());
    let seal = sealed(edition, &body);
    format!("{body}.{seal}")
}

/// The answer that a code holds.
///
/// # Errors
///
/// It is no answer, comes from a newer version, is cut short, was changed, or belongs to a form that is not of this workspace.
pub fn decode(code: &str, reader: &dyn Reader) -> Result<Submission, Diagnostic> {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let no_answer = || Diagnostic::new(Code::NotAnAnswer);
    let cut_short = || Diagnostic::new(Code::AnswerCutShort);
    if code.len() > LONGEST || !code.is_ascii() {
        return Err(no_answer());
    }
    let mut parts = code.splitn(7, '.');
    let version = parts.next().and_then(|mark| mark.strip_prefix(MARK)).and_then(|digits| digits.parse::<u32>().ok());
    match version {
        None | Some(0) => return Err(no_answer()),
        Some(found) if found > VERSION => {
            return Err(Diagnostic::new(Code::TooNew).with("found", found).with("known", VERSION));
        }
        Some(_) => {}
    }
    let head: Vec<&str> = parts.by_ref().take(4).collect();
    let [form, edition, key, length] = head[..] else { return Err(cut_short()) };
    if length.is_empty() {
        return Err(cut_short());
    }
    let (Ok(edition), Ok(length)) = (edition.parse::<u32>(), length.parse::<usize>()) else { return Err(no_answer()) };
    let (payload, seal) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if payload.len() < length || (payload.len() == length && seal.len() < SEAL_SIGNS) {
        return Err(cut_short());
    }
    let known = Form::edition_id(form, edition);
    let known = match reader.definition(known) {
        Some(Definition::Form(known)) if fingerprint(known) == key => known,
        _ => return Err(Diagnostic::new(Code::AnswerForeign).with("form", form).with("edition", edition)),
    };
    let changed = || Diagnostic::new(Code::AnswerChanged).with("form", form);
    let body = code.rsplit_once('.').map_or("", |(body, _)| body);
    if payload.len() != length || sealed(known, body) != seal {
        return Err(changed());
    }
    let payload = base64::decode(payload).and_then(|bytes| serde_json::from_slice::<Json>(&bytes).ok());
    payload.and_then(|payload| read(payload, known)).ok_or_else(changed)
}

/// The codes that stand anywhere in a text, such as a mail with words around them or several files in one.
pub fn answers_in(text: &str) -> Vec<String> {
    // Mail programs quote with `>`, and break lines with `=` (RFC 2045, section 6.7).
    let is_between = |sign: char| sign.is_whitespace() || matches!(sign, '>' | '=');
    let text: String = text.chars().filter(|sign| !is_between(*sign)).collect();
    let mut found: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(MARK) {
        let after = &rest[at..];
        rest = &after[MARK.len()..];
        if let Some(code) = one_code(after)
            && !found.iter().any(|known| known == code)
        {
            found.push(code.to_owned());
            rest = &after[code.len()..];
        }
    }
    found
}

/// The code with which a text begins, as far as it goes.
fn one_code(text: &str) -> Option<&str> {
    let mut points = text.match_indices('.').map(|(at, _)| at);
    let marks = [points.next()?, points.next()?, points.next()?, points.next()?, points.next()?];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(&text[MARK.len()..marks[0]]) || !is_number(&text[marks[1] + 1..marks[2]]) {
        return None;
    }
    let length: usize = text[marks[3] + 1..marks[4]].parse().ok().filter(|length| *length < LONGEST)?;
    let end = (marks[4] + 1 + length + 1 + SEAL_SIGNS).min(text.len());
    let is_code = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let end = text.bytes().take(end).position(|byte| !is_code(byte)).unwrap_or(end);
    Some(&text[..end])
}

/// The fields whose values stand in an answer, in their order.
fn fields(form: &Form) -> Vec<FieldId> {
    let asked = form.items().filter_map(|(_, _, item)| match &item.content {
        ItemContent::Field(field) => Some(field.field),
        ItemContent::Lines(_) | ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => None,
    });
    asked.chain(form.capture.parameters.iter().map(|parameter| parameter.into)).collect()
}

fn tables(form: &Form) -> Vec<&LinesItem> {
    let tables = form.items().filter_map(|(_, _, item)| match &item.content {
        ItemContent::Lines(lines) => Some(&**lines),
        ItemContent::Field(_) | ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => None,
    });
    tables.collect()
}

fn read(payload: Json, form: &Form) -> Option<Submission> {
    let Json::Array(parts) = payload else { return None };
    let mut parts = parts.into_iter();
    let id: SubmissionId = serde_json::from_value(parts.next()?).ok()?;
    let at = Instant(parts.next()?.as_i64()?);
    let channel: Option<String> = serde_json::from_value(parts.next()?).ok()?;
    let Json::Array(written) = parts.next()? else { return None };
    let is_emptied = |(field, json): (FieldId, &Json)| (json.as_str() == Some("")).then_some(field);
    let emptied = fields(form).into_iter().zip(&written).filter_map(is_emptied).collect();
    let values: Vec<Value> = serde_json::from_value(Json::Array(written)).ok()?;
    let lines: Vec<Vec<Vec<Value>>> = match parts.next() {
        Some(lines) => serde_json::from_value(lines).ok()?,
        None => Vec::new(),
    };
    let values = fields(form).into_iter().zip(values).collect();
    let lines = tables(form).into_iter().zip(lines).filter(|(_, lines)| !lines.is_empty());
    let lines = lines.map(|(table, lines)| {
        let columns = || table.columns.iter().map(|column| column.field);
        let lines = lines.into_iter().map(|line| columns().zip(line).collect()).collect();
        AnsweredLines { field: table.field, lines }
    });
    let answers = Answers { values, emptied, lines: lines.collect() };
    Some(Submission { id, form: form.id.clone(), edition: form.edition?, at, channel, answers })
}

/// Tells the key of an edition from others without telling it.
fn fingerprint(form: &Form) -> String {
    let mut print = base64::encode(&Sha256::digest(form.seal.as_bytes()));
    print.truncate(KEY_SIGNS);
    print
}

/// What the text of a code is sealed with: HMAC (RFC 2104) over SHA-256.
fn sealed(form: &Form, text: &str) -> String {
    const BLOCK: usize = 64;
    let mut key = [0u8; BLOCK];
    let seal = form.seal.as_bytes();
    match key.get_mut(..seal.len()) {
        Some(front) => front.copy_from_slice(seal),
        None => key[..32].copy_from_slice(&Sha256::digest(seal)),
    }
    let padded = |with: u8| key.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
    let outer = Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize();
    let mut seal = base64::encode(&outer);
    seal.truncate(SEAL_SIGNS);
    seal
}
