//! What scripts do: every promise resolves when the change is on disk.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::ask::{entity, record_id};
use super::{Given, malformed, text};
use crate::app::import::{FileReport, ImportFile, ImportRequest, RejectedRow};
use crate::app::pack::Sample;
use crate::app::snapshot::{Files, Mode};
use crate::app::workspace::{App, Done};
use crate::command::Command;
use crate::engine::form;
use crate::engine::plain;
use crate::engine::transfer::{self, Mapping, OnMatch};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{BatchId, FieldId};
use crate::model::json;
use crate::model::state::Reader;
use crate::model::value::Value;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Install {
    sample: bool,
}

pub async fn install(app: App, given: Given) -> Result<Json, Rejection> {
    let Install { sample } = given.options(1)?;
    let sample = if sample { Sample::With } else { Sample::Without };
    let created = app.install(&text(&given[0])?, sample, None, |_| {}).await?;
    Ok(json!({ "created": created }))
}

pub async fn create(app: App, given: Given) -> Result<Json, Rejection> {
    let entity = entity(app, &text(&given[0])?)?;
    let values = values(app, &entity, &given[1])?.into_iter().collect();
    let done = app.dispatch(Command::CreateRecord { id: None, entity: entity.id, values })?;
    told(done).await
}

pub async fn update(app: App, given: Given) -> Result<Json, Rejection> {
    let entity = entity(app, &text(&given[0])?)?;
    let record = record_id(&text(&given[1])?)?;
    let values = values(app, &entity, &given[2])?;
    told(app.dispatch(Command::UpdateRecord { record, values })?).await
}

pub async fn remove(app: App, given: Given) -> Result<Json, Rejection> {
    entity(app, &text(&given[0])?)?;
    let record = record_id(&text(&given[1])?)?;
    app.dispatch(Command::RemoveRecords { records: vec![record] })?.saved.wait().await?;
    Ok(Json::Null)
}

pub async fn dispatch(app: App, given: Given) -> Result<Json, Rejection> {
    let command: Command = json::read_value(&given[0]).map_err(|error| malformed(&error))?;
    told(app.dispatch(command)?).await
}

pub async fn undo(app: App, given: Given) -> Result<Json, Rejection> {
    let done = if given.is_given(0) {
        let batch: BatchId = text(&given[0])?.parse().map_err(|_| malformed("batch-is-a-uuid"))?;
        app.undo_batch(batch).await?
    } else {
        app.undo().await?
    };
    done.saved.wait().await?;
    Ok(Json::Null)
}

pub async fn redo(app: App) -> Result<Json, Rejection> {
    app.redo().await?.saved.wait().await?;
    Ok(Json::Null)
}

/// `{ files }`: whether the content of files is in it, which it is unless told otherwise.
pub async fn snapshot(app: App, given: Given) -> Result<Json, Rejection> {
    let files = if given[0]["files"] == Json::Bool(false) { Files::Without } else { Files::With };
    let text = app.snapshot(files).await;
    text.map(Json::String).map_err(|error| Diagnostic::new(Code::NotSaved).with("detail", error).into())
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Restore {
    mode: String,
}

pub async fn restore(app: App, given: Given) -> Result<Json, Rejection> {
    let Restore { mode } = given.options(1)?;
    // What cannot be undone is not a default.
    let mode = match mode.as_str() {
        "replace" => Mode::Replace,
        "merge" => Mode::Merge,
        _ => return Err(malformed("mode-is-replace-or-merge")),
    };
    let clashes = app.restore(&text(&given[0])?, mode).await?;
    Ok(match mode {
        Mode::Replace => Json::Null,
        Mode::Merge => json!({ "clashes": clashes }),
    })
}

/// `{ entity, text, format, mapping, match, trial }`.
pub async fn import(app: App, given: Given) -> Result<Json, Rejection> {
    const KNOWN: [&str; 6] = ["entity", "text", "format", "mapping", "match", "trial"];
    let given = &given[0];
    let unknown =
        given.as_object().into_iter().flat_map(|given| given.keys()).find(|key| !KNOWN.contains(&key.as_str()));
    if let Some(unknown) = unknown {
        return Err(Diagnostic::new(Code::Malformed).with("detail", "option-is-unknown").with("name", unknown).into());
    }
    let entity = entity(app, &text(&given["entity"])?)?;
    match given["format"].as_str() {
        Some("csv") | None => {}
        Some(_) => return Err(malformed("format-is-csv")),
    }
    let content = text(&given["text"])?;
    let sniffed = transfer::sniff(head(&content));
    let mapping = mapping(app, &entity, given, &content, sniffed.separator)?;
    let trial = match &given["trial"] {
        Json::Bool(true) => Some(100),
        Json::Bool(false) | Json::Null => None,
        count => match count.as_u64() {
            Some(count) => Some(count as usize),
            None => return Err(malformed("trial-is-a-number-or-true")),
        },
    };
    let file = ImportFile { text: Arc::new(content), signs: sniffed.separator.into(), mapping, key: None };
    let (report, saved) = app.import(ImportRequest { files: vec![file], trial }, |_| true).await?;
    for waiting in saved {
        waiting.wait().await?;
    }
    let batch = report.batch;
    Ok(report.files.first().map_or(Json::Null, |file| described(batch, file)))
}

fn mapping(app: App, entity: &Entity, given: &Json, content: &str, separator: u8) -> Result<Mapping, Rejection> {
    let mut mapping = match &given["mapping"] {
        Json::Null => {
            let settings = app.read_settings();
            let read = |field: &Field, text: &str| form::read_text(field, text, &settings);

            let mut rows = transfer::rows(head(content).as_bytes().to_vec(), separator).filter_map(Result::ok);
            let headers = rows.next().map(|row| transfer::headings(&row.cells)).unwrap_or_default();
            let samples: Vec<csv::StringRecord> = rows.take(50).map(|row| row.cells).collect();
            app.ask(|state| transfer::suggest(state, entity, &headers, &samples, &read))
        }
        json => Mapping::from_json(entity, json)?,
    };
    let fields = match &given["match"] {
        Json::Null => return Ok(mapping),
        Json::String(name) => vec![super::ask::field(entity, name)?],
        Json::Array(names) => names
            .iter()
            .map(|name| super::ask::field(entity, name.as_str().unwrap_or_default()))
            .collect::<Result<Vec<FieldId>, Rejection>>()?,
        Json::Object(object) => {
            if let Some(what) = object.get("found") {
                mapping.on_match = json::read_value::<OnMatch>(what).map_err(|error| malformed(&error))?;
            }
            let names = object.get("on").and_then(Json::as_array).cloned().unwrap_or_default();
            names
                .iter()
                .map(|name| super::ask::field(entity, name.as_str().unwrap_or_default()))
                .collect::<Result<Vec<FieldId>, Rejection>>()?
        }
        _ => return Err(malformed("match-is-a-field-or-several")),
    };
    mapping.match_on = fields;
    Ok(mapping)
}

/// The beginning of a text, for guessing; cut where a character ends.
fn head(text: &str) -> &str {
    let mut end = text.len().min(64 * 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn described(batch: Option<BatchId>, report: &FileReport) -> Json {
    let listed = |rows: &[RejectedRow]| -> Vec<Json> {
        rows.iter().flat_map(|row| {
            row.reasons.iter().map(|(header, diagnostic)| {
                let arguments: Vec<String> =
                    diagnostic.arguments.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                json!({
                    "row": row.row,
                    "field": diagnostic.at.field,
                    "column": header,
                    "code": diagnostic.code,
                    "message": format!("{} {}", diagnostic.code.as_str().replace('-', " "), arguments.join(", ")).trim(),
                })
            })
        })
        .collect()
    };
    let understood: Vec<Json> = report
        .understood
        .iter()
        .map(|(field, text, taken_for, count)| json!({ "field": field, "text": text, "as": taken_for, "count": count }))
        .collect();
    json!({
        "batch": batch,
        "created": report.tally.created,
        "updated": report.tally.updated,
        "unchanged": report.tally.unchanged,
        "skipped": report.tally.skipped,
        "blankRows": report.tally.blank,
        "rejectedRows": report.tally.rejected,
        "rejected": listed(&report.rejected),
        "unlinked": listed(&report.unlinked),
        "alsoCreated": report.also_created,
        "understood": understood,
    })
}

/// Values as a script writes them, read by the entity's fields.
fn values(app: App, entity: &Entity, given: &Json) -> Result<Vec<(FieldId, Value)>, Rejection> {
    let Some(object) = given.as_object() else {
        return Err(malformed("values-are-an-object"));
    };
    let currency = app.ask(Reader::currency);
    let mut values = Vec::with_capacity(object.len());
    let mut wrong = Vec::new();
    for (name, json) in object {
        match entity.field_called(name) {
            None => wrong.push(Diagnostic::new(Code::UnknownField).with("name", name)),
            Some(field) => match plain::read(field, json, currency) {
                Ok(value) => values.push((field.id, value)),
                Err(found) => wrong.push(found.at_field(field.id)),
            },
        }
    }
    if wrong.is_empty() { Ok(values) } else { Err(wrong.into()) }
}

async fn told(done: Done) -> Result<Json, Rejection> {
    done.saved.wait().await?;
    Ok(json!({ "id": done.subject, "notices": done.notices }))
}
