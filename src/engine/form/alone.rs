//! A form that leaves the workspace in a file of its own: what the file is told, and what it could not do where there is no workspace.
//! Its scripts stand in `public/form`; they refuse to guess at what is not said here to be known.

use serde_json::{Map, Value as Json, json};

use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::form::{Form, ItemContent};
use crate::model::json;
use crate::model::state::Reader;

/// The functions that a form in a file can work out.
const FUNCTIONS: [&str; 23] = [
    "IF", "IFERROR", "AND", "OR", "NOT", "ISBLANK", "LEN", "UPPER", "LOWER", "TRIM", "ABS", "INT", "ROUND", "TODAY",
    "YEAR", "MONTH", "DAY", "SUM", "COUNT", "MIN", "MAX", "TRUE", "FALSE",
];

/// Where conditions and formulas stand in a definition.
const ASKING: [&str; 4] = ["field", "formula", "default", "computed"];

/// What keeps a form from leaving the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It was not published, so that no answer to it could come home.
    Unpublished,
    /// Its entity is gone.
    NoEntity,
    /// An item that has to be filled in asks for what only the workspace has: records, files, places.
    Item {
        /// The item.
        item: String,
    },
    /// A condition or formula asks for more than a file can work out.
    Formula {
        /// As it was written.
        text: String,
    },
}

/// What the file of an edition is told, as JSON: the form, the fields that it speaks of, and how answers are read.
///
/// # Errors
///
/// All that keeps it from leaving.
pub fn alone(edition: &Form, reader: &dyn Reader) -> Result<Json, Vec<Obstacle>> {
    if edition.edition.is_none() {
        return Err(vec![Obstacle::Unpublished]);
    }
    let Some(entity) = reader.entity(edition.entity) else { return Err(vec![Obstacle::NoEntity]) };
    let mut obstacles = Vec::new();
    let mut lines = Map::new();
    for (_, _, item) in edition.items() {
        match &item.content {
            ItemContent::Field(asked) => {
                let field = entity.field(asked.field);
                let is_needed = field.is_some_and(|field| field.required) || asked.required.is_some();
                if is_needed && !field.is_some_and(|field| is_known(&field.kind)) {
                    obstacles.push(Obstacle::Item { item: item.id.clone() });
                }
            }
            ItemContent::Lines(asked) => {
                let of = entity.field(asked.field).and_then(|field| match &field.kind {
                    FieldKind::Lines { entity, .. } => reader.entity(*entity),
                    _ => None,
                });
                let Some(of) = of else { continue };
                let columns: Vec<_> = asked.columns.iter().map(|column| column.field).collect();
                let told = fields(of, &Json::Null, |field| columns.contains(&field.id) || field.required);
                lines.insert(of.id.to_string(), described(of, told));
            }
            ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => {}
        }
    }
    let mut form = json::to_value(edition);
    if let Json::Object(form) = &mut form {
        // What is hoped of its answers, and how they find their records, is nobody's business outside.
        ["goals", "join", "kiosk", "published", "entity"].iter().for_each(|name| drop(form.remove(*name)));
    }
    let asked: Vec<_> = edition.asked().chain(edition.captured()).collect();
    let told = fields(entity, &form, |field| asked.contains(&field.id) || field.required);
    let currency = reader.workspace().map(|workspace| workspace.currency.to_string()).unwrap_or_default();
    let sheet = json!({
        "form": form,
        "entity": described(entity, told),
        "lines": lines,
        "settings": { "currency": currency, "calling_code": reader.calling_code() },
    });
    for (name, text) in asking(&sheet) {
        let obstacle = Obstacle::Formula { text: text.to_owned() };
        if !(if name == "field" { !text.contains('.') } else { is_worked_out(text) }) && !obstacles.contains(&obstacle)
        {
            obstacles.push(obstacle);
        }
    }
    if obstacles.is_empty() { Ok(sheet) } else { Err(obstacles) }
}

/// The fields that are wanted, and those that they or the form speak of, as far as a file knows their kinds.
fn fields(entity: &Entity, form: &Json, is_wanted: impl Fn(&Field) -> bool) -> Vec<Json> {
    let mut told: Vec<(&Field, Json)> = Vec::new();
    loop {
        let spoken: Vec<String> = told
            .iter()
            .map(|(_, json)| json)
            .chain([form])
            .flat_map(asking)
            .map(|(_, text)| text.to_lowercase())
            .collect();
        let is_spoken_of = |field: &Field| {
            let names = [field.id.as_str(), &field.label.zh, &field.label.en].map(str::to_lowercase);
            names.iter().any(|name| !name.is_empty() && spoken.iter().any(|text| text.contains(name)))
        };
        let is_new = |field: &&Field| is_known(&field.kind) && told.iter().all(|(known, _)| known.id != field.id);
        let next: Vec<&Field> =
            entity.fields.iter().filter(is_new).filter(|field| is_wanted(field) || is_spoken_of(field)).collect();
        if next.is_empty() {
            break;
        }
        told.extend(next.into_iter().map(|field| (field, lean(field))));
    }
    // In the order of the entity, as labels that two fields share mean the first.
    told.sort_by_key(|(field, _)| entity.fields.iter().position(|known| known.id == field.id));
    told.into_iter().map(|(_, json)| json).collect()
}

fn described(entity: &Entity, fields: Vec<Json>) -> Json {
    json!({ "id": entity.id, "label": entity.label, "fields": fields })
}

/// A field without what only lists and searches need.
fn lean(field: &Field) -> Json {
    let mut json = json::to_value(field);
    if let Json::Object(field) = &mut json {
        field.remove("aliases");
        for option in field.get_mut("options").and_then(Json::as_array_mut).into_iter().flatten() {
            if let Json::Object(option) = option {
                ["aliases", "hue", "weight", "ended"].iter().for_each(|name| drop(option.remove(*name)));
            }
        }
    }
    json
}

/// Whether a file can ask for such a field, or work it out. Links, files and places stay behind.
fn is_known(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Text { .. }
        | FieldKind::LongText
        | FieldKind::RichText
        | FieldKind::Number(_)
        | FieldKind::Money { .. }
        | FieldKind::Percent(_)
        | FieldKind::Date
        | FieldKind::Duration
        | FieldKind::Choice { .. }
        | FieldKind::Choices { .. }
        | FieldKind::Flag
        | FieldKind::Rating { .. }
        | FieldKind::Nps
        | FieldKind::Phone
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Lines { .. }
        | FieldKind::AutoNumber { .. }
        | FieldKind::Formula { .. }
        | FieldKind::Rollup(_)
        | FieldKind::Hidden => true,
        FieldKind::Instant
        | FieldKind::Address
        | FieldKind::Location
        | FieldKind::Link(_)
        | FieldKind::Links(_)
        | FieldKind::Files
        | FieldKind::Signature
        | FieldKind::Lookup { .. }
        | FieldKind::Score => false,
    }
}

/// Whether a formula calls what is known only, and goes over no link.
fn is_worked_out(text: &str) -> bool {
    let mut word = String::new();
    let mut is_quoted = false;
    for sign in text.chars() {
        if sign == '"' {
            is_quoted = !is_quoted;
        }
        if is_quoted || sign == '"' {
            word.clear();
            continue;
        }
        if sign.is_alphanumeric() || sign == '_' {
            word.push(sign);
            continue;
        }
        let is_call = matches!(sign, '(' | '（') && !word.is_empty();
        if is_call && !FUNCTIONS.contains(&word.to_uppercase().as_str()) {
            return false;
        }
        let is_after_name = word.chars().any(|letter| !letter.is_ascii_digit());
        if sign == '{' || sign == '.' && is_after_name {
            return false;
        }
        word.clear();
    }
    true
}

/// Every text that asks for something, with the name that it stands under.
fn asking(json: &Json) -> Vec<(&str, &str)> {
    match json {
        Json::Array(items) => items.iter().flat_map(asking).collect(),
        Json::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value {
                Json::String(text) if ASKING.contains(&name.as_str()) => vec![(name.as_str(), text.as_str())],
                other => asking(other),
            })
            .collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Vec::new(),
    }
}
