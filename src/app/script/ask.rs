//! Questions that scripts ask: schema, records, lists, reports.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::malformed;
use crate::app::pack::packs as pack_cards;
use crate::app::workspace::App;
use crate::engine::condition;
use crate::engine::formula::Scope;
use crate::engine::list::{self, Query};
use crate::engine::plain;
use crate::engine::report;
use crate::model::condition::Condition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::Language;
use crate::model::id::{FieldId, RecordId};
use crate::model::json;
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::view::{Sort, SortOrder};

pub fn ready(app: App, data_version: u32) -> Json {
    app.ask(|state| {
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "dataVersion": data_version,
            "records": state.record_count(),
            "entities": state.entities().len(),
        })
    })
}

pub fn packs() -> Json {
    pack_cards().iter().map(|pack| json!({ "id": pack.id, "label": pack.label })).collect()
}

pub fn schema(app: App) -> Json {
    let entities: Vec<Json> = app.ask(|state| state.entities().iter().map(describe).collect());
    json!({ "entities": entities })
}

fn describe(entity: &Arc<Entity>) -> Json {
    let fields: Vec<Json> = entity
        .fields
        .iter()
        .map(|field| {
            let whole = json::to_value(field);
            let options: Vec<Json> =
                field.options().iter().map(|option| json!({ "id": option.id, "label": option.label })).collect();
            let mut described = json!({ "id": field.id, "label": field.label, "kind": whole["kind"] });
            if !options.is_empty() {
                described["options"] = options.into();
            }
            if let Some(link) = field.link() {
                described["to"] = json!(link.to);
            }
            described
        })
        .collect();
    json!({ "id": entity.id, "label": entity.label, "fields": fields })
}

/// The entity that a script means.
pub fn entity(app: App, name: &str) -> Result<Arc<Entity>, Rejection> {
    let found = app.ask(|state| {
        let entities = state.entities();
        let by_id = entities.iter().find(|entity| entity.id.as_str() == name).cloned();
        by_id.or_else(|| entities.iter().find(|entity| entity.is_called(name)).cloned())
    });
    found.ok_or_else(|| Diagnostic::new(Code::UnknownEntity).with("name", name).into())
}

pub fn get(app: App, name: &str, id: &str) -> Result<Json, Rejection> {
    let entity = entity(app, name)?;
    let id = record_id(id)?;
    app.ask(|state| match state.record(id) {
        Some(record) if record.entity == entity.id => Ok(row(state, &entity, record, None)),
        _ => Err(Diagnostic::new(Code::UnknownRecord).at_record(id).into()),
    })
}

pub fn record_id(text: &str) -> Result<RecordId, Rejection> {
    text.parse().map_err(|_| malformed("id-is-a-uuid"))
}

/// What a script may ask of a list.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wanted {
    /// Formula text, or a condition.
    #[serde(rename = "where")]
    condition: Json,
    sort: Json,
    limit: Option<usize>,
    fields: Option<Vec<String>>,
    search: String,
}

pub fn find(app: App, name: &str, wanted: Wanted) -> Result<Json, Rejection> {
    let entity = entity(app, name)?;
    let condition = match wanted.condition {
        Json::Null => Condition::always(),
        Json::String(formula) => Condition::Formula { formula },
        other => json::read_value(&other).map_err(|error| malformed(&error))?,
    };
    let sort = sorts(&entity, &wanted.sort)?;
    let limit = wanted.limit.unwrap_or(usize::MAX);
    let fields = match &wanted.fields {
        Some(names) => {
            Some(names.iter().map(|name| field(&entity, name)).collect::<Result<Vec<FieldId>, Rejection>>()?)
        }
        None => None,
    };
    let context = app.context();
    app.ask(|state| {
        let compiled = condition::compile(&condition, state, entity.id).map_err(|wrong| {
            wrong.into_iter().map(|wrong| in_characters(wrong, &condition)).collect::<Vec<Diagnostic>>()
        })?;
        let clock = context.clock(state);
        let holds = |record: &Record| {
            compiled.holds(&Scope { reader: state, record, before: None, clock: &clock, language: Language::En })
        };
        let query = Query {
            entity: entity.id,
            filter: if condition.is_always() { None } else { Some(&holds) },
            search: &wanted.search,
            sort: &sort,
            language: app.language(),
            letters: None,
        };
        let found = list::run(state, &query);
        let rows = found.iter().take(limit).filter_map(|id| state.record(*id));
        Ok(rows.map(|record| row(state, &entity, record, fields.as_deref())).collect())
    })
}

/// Where a formula is wrong, counted as JavaScript counts the characters of a text.
fn in_characters(mut wrong: Diagnostic, condition: &Condition) -> Diagnostic {
    if let (Condition::Formula { formula }, Some((from, to))) = (condition, wrong.at.span) {
        let count = |end: usize| formula.get(..end).map_or(end, |text| text.encode_utf16().count());
        wrong.at.span = Some((count(from), count(to)));
    }
    wrong
}

/// `"amount"`, `"-amount"`, or a list of these or of `{ field, order }`.
fn sorts(entity: &Entity, given: &Json) -> Result<Vec<Sort>, Rejection> {
    match given {
        Json::Null => Ok(Vec::new()),
        Json::String(name) => {
            let (name, order) = match name.strip_prefix('-') {
                Some(name) => (name, SortOrder::Descending),
                None => (name.as_str(), SortOrder::Ascending),
            };
            Ok(vec![Sort { field: field(entity, name)?, order }])
        }
        Json::Array(items) => {
            let sorts: Result<Vec<Vec<Sort>>, Rejection> = items.iter().map(|item| sorts(entity, item)).collect();
            Ok(sorts?.into_iter().flatten().collect())
        }
        other => {
            let sort: Sort = json::read_value(other).map_err(|error| malformed(&error))?;
            Ok(vec![Sort { field: field(entity, sort.field.as_str())?, ..sort }])
        }
    }
}

/// The field that a script means.
pub fn field(entity: &Entity, name: &str) -> Result<FieldId, Rejection> {
    let found = entity.field_called(name).map(|field| field.id);
    found.ok_or_else(|| Diagnostic::new(Code::UnknownField).with("name", name).into())
}

fn row(state: &State, entity: &Entity, record: &Record, only: Option<&[FieldId]>) -> Json {
    let currency = state.currency();
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(record.id));
    for field in &entity.fields {
        if only.is_some_and(|only| !only.contains(&field.id)) || !field.is_stored() {
            continue;
        }
        object.insert(field.id.as_str().to_owned(), plain::write(field, record.value(field.id), currency));
    }
    if only.is_none() {
        object.insert("created_at".to_owned(), json!(record.created));
        object.insert("updated_at".to_owned(), json!(record.updated));
    }
    Json::Object(object)
}

pub fn report(app: App, given: &Json) -> Result<Json, Rejection> {
    let query: report::Report = json::read_value(given).map_err(|error| malformed(&error))?;
    let context = app.context();
    app.ask(|state| {
        let clock = context.clock(state);
        let table = report::run(state, &query, &clock, app.language()).map_err(Rejection::from)?;
        Ok(json::to_value(&table))
    })
}
