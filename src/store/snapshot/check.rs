//! The checks of a snapshot: shape, ids, entities, fields, types, links and log, each fault with its place.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::content::File;
use super::{Definitions, Fault, Problem};
use crate::model::change::Commit;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{FieldKind, ResultKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::json;
use crate::model::record::Record;
use crate::model::state::State;
use crate::model::value::Value;

/// Where the shape of a document is wrong; only asked when it is known to be.
pub(super) fn shape(document: &Json) -> Vec<Problem> {
    const KNOWN: [&str; 9] =
        ["format", "version", "made", "definitions", "records", "cells", "log", "files", "checksum"];
    let mut problems = Vec::new();
    let Some(members) = document.as_object() else {
        return vec![malformed("$", "an object is expected here")];
    };
    for name in members.keys().filter(|name| !KNOWN.contains(&name.as_str())) {
        problems.push(Problem { path: format!("$.{name}"), fault: Fault::UnknownMember });
    }
    for name in ["made", "definitions", "records", "cells"] {
        if !members.contains_key(name) {
            problems.push(malformed(&format!("$.{name}"), "this member is missing"));
        }
    }
    each::<Record>(document, "records", &mut problems);
    each::<Commit>(document, "log", &mut problems);
    each::<File>(document, "files", &mut problems);
    if let Some(cells) = document.get("cells").and_then(Json::as_object) {
        for (cell, value) in cells {
            attempt::<Value>(value, &format!("$.cells.{cell}"), &mut problems);
        }
    }
    problems
}

fn each<T: DeserializeOwned>(document: &Json, name: &str, problems: &mut Vec<Problem>) {
    for (at, item) in document.get(name).and_then(Json::as_array).into_iter().flatten().enumerate() {
        let path = format!("$.{name}[{at}]");
        let before = problems.len();
        // A value says more about itself than the record around it.
        if let Some(values) = item.get("values").and_then(Json::as_object) {
            for (field, value) in values {
                attempt::<Value>(value, &format!("{path}.values.{field}"), problems);
            }
        }
        if problems.len() == before {
            attempt::<T>(item, &path, problems);
        }
    }
}

fn attempt<T: DeserializeOwned>(item: &Json, path: &str, problems: &mut Vec<Problem>) {
    // Reading from the value itself would refuse what borrows text, so it is written out again; this is the slow way anyway.
    if let Err(error) = json::read::<T>(&item.to_string()) {
        problems.push(malformed(path, &error.to_string()));
    }
}

/// The definitions, if each is one, has no member that nobody knows, and no two are the same.
pub(super) fn definitions(documents: &[Json]) -> Result<Definitions, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut definitions = Definitions::new();
    for (at, document) in documents.iter().enumerate() {
        let path = format!("$.definitions[{at}]");
        let definition = match json::read::<Definition>(&document.to_string()) {
            Ok(definition) => definition,
            Err(error) => {
                problems.push(malformed(&path, &error.to_string()));
                continue;
            }
        };
        unknown_members(document, &json::to_value(&definition), &path, &mut problems);
        let id = definition.id();
        if definitions.insert(id, definition).is_some() {
            problems.push(Problem { path, fault: Fault::Duplicate { id: id.to_string() } });
        }
    }
    if problems.is_empty() { Ok(definitions) } else { Err(problems) }
}

/// Members of what was given that are not in what was understood; those that say nothing may be left out when writing.
fn unknown_members(given: &Json, understood: &Json, path: &str, problems: &mut Vec<Problem>) {
    match (given, understood) {
        (Json::Object(given), Json::Object(understood)) => {
            for (name, value) in given {
                let path = format!("{path}.{name}");
                match understood.get(name) {
                    Some(known) => unknown_members(value, known, &path, problems),
                    None if says_nothing(value) => {}
                    None => problems.push(Problem { path, fault: Fault::UnknownMember }),
                }
            }
        }
        (Json::Array(given), Json::Array(understood)) => {
            for (at, (given, understood)) in given.iter().zip(understood).enumerate() {
                unknown_members(given, understood, &format!("{path}[{at}]"), problems);
            }
        }
        _ => {}
    }
}

fn says_nothing(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Array(items) => items.is_empty(),
        Json::Bool(true) | Json::Number(_) | Json::String(_) | Json::Object(_) => false,
    }
}

/// What is wrong with the records.
pub(super) fn records(definitions: &Definitions, records: &[Record]) -> Vec<Problem> {
    let entities: FxHashMap<_, &Entity> =
        definitions
            .values()
            .filter_map(|definition| {
                if let Definition::Entity(entity) = definition { Some((entity.id, entity.as_ref())) } else { None }
            })
            .collect();
    let kinds: FxHashMap<_, FxHashMap<FieldId, &FieldKind>> = entities
        .iter()
        .map(|(id, entity)| (*id, entity.fields.iter().map(|field| (field.id, &field.kind)).collect()))
        .collect();
    let mut problems = Vec::new();
    let mut seen: FxHashSet<RecordId> = FxHashSet::default();
    for (at, record) in records.iter().enumerate() {
        let path = || format!("$.records[{at}]");
        if !seen.insert(record.id) {
            problems.push(Problem { path: path(), fault: Fault::Duplicate { id: record.id.to_string() } });
        }
        let Some(fields) = kinds.get(&record.entity) else {
            let name = record.entity.to_string();
            problems.push(Problem { path: format!("{}.entity", path()), fault: Fault::UnknownEntity { name } });
            continue;
        };
        for (field, value) in record.values.iter() {
            let fault = match fields.get(&field) {
                None => Fault::UnknownField { name: field.to_string() },
                Some(kind) if !fits(kind, value) => Fault::WrongType,
                Some(_) => continue,
            };
            problems.push(Problem { path: format!("{}.values.{field}", path()), fault });
        }
    }
    problems
}

/// Whether a field of this kind may hold a value of this type.
fn fits(kind: &FieldKind, value: &Value) -> bool {
    match kind {
        FieldKind::Choice { .. } => matches!(value, Value::Choice(_)),
        FieldKind::Choices { .. } => matches!(value, Value::Choices(_)),
        FieldKind::Address | FieldKind::Location => matches!(value, Value::Place(_)),
        FieldKind::Link(_) => matches!(value, Value::Link(_)),
        FieldKind::Links(_) => matches!(value, Value::Links(_)),
        FieldKind::Files | FieldKind::Signature => matches!(value, Value::Files(_)),
        // What they hold depends on other entities; they are computed anew anyway.
        FieldKind::Lookup { .. } | FieldKind::Rollup(_) => true,
        plain => match plain.result() {
            Some(ResultKind::Text) => matches!(value, Value::Text(_)),
            Some(ResultKind::Number | ResultKind::Percent) => matches!(value, Value::Number(_)),
            Some(ResultKind::Money) => matches!(value, Value::Money(_)),
            Some(ResultKind::Date) => matches!(value, Value::Date(_)),
            Some(ResultKind::Instant) => matches!(value, Value::Instant(_)),
            Some(ResultKind::Duration) => matches!(value, Value::Duration(_)),
            Some(ResultKind::Flag) => matches!(value, Value::Flag(_)),
            None => false,
        },
    }
}

/// Links to records that are not there. A workspace may hold such links, so its snapshot may as well.
pub(super) fn links(records: &FxHashMap<RecordId, Arc<Record>>) -> Vec<Problem> {
    let mut notices = Vec::new();
    for record in records.values() {
        for (field, value) in record.values.iter() {
            for link in value.links().iter().filter(|link| !records.contains_key(link)) {
                let path = format!("$.records[?@.id=='{}'].values.{field}", record.id);
                notices.push(Problem { path, fault: Fault::MissingRecord { record: *link } });
            }
        }
    }
    notices.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    notices
}

/// Whether carrying out a log upon nothing gives a state.
pub(super) fn log_tells(log: &[Commit], state: &State) -> bool {
    let mut folded = crate::store::fold::Fold::default();
    for commit in log {
        for change in &commit.changes {
            folded.apply(change);
        }
    }
    folded.tells(state)
}

pub(super) fn malformed(path: &str, detail: &str) -> Problem {
    Problem { path: path.to_owned(), fault: Fault::Malformed { detail: detail.to_owned() } }
}
