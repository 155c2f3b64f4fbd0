//! A form that leaves the workspace in a file of its own: what the file is told, and what it could not do where there is no workspace.
//! Its scripts stand in `public/form`; they refuse to guess at what is not said here to be known.

mod pattern;

use serde_json::{Map, Value as Json, json};

use super::answer::base64;
use super::compiled::quoted;
use crate::engine::condition;
use crate::engine::formula::{self, Read, is_known_away};
use crate::model::condition::Compare;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::form::{Form, ItemContent, Returns};
use crate::model::id::{EntityId, FieldId};
use crate::model::json;
use crate::model::state::Reader;
use crate::model::value::FileRef;

/// Where formulas stand in a definition.
const FORMULAS: [&str; 3] = ["formula", "default", "computed"];

/// A form as its file is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Alone {
    /// The form, the fields that it speaks of, and how answers are read.
    pub sheet: Json,
    /// The items that stay behind, as nobody has to fill them in: they ask for what only the workspace has.
    pub left_out: Vec<String>,
}

/// What keeps a form from leaving the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It was not published, so that no answer to it could come home.
    Unpublished,
    /// Its entity is gone.
    NoEntity,
    /// An item that has to be filled in asks for what only the workspace has.
    Item {
        /// The item.
        item: String,
        /// What it asks for.
        needs: Needs,
    },
    /// A condition or formula asks for more than a file can work out.
    Formula {
        /// As it was written.
        text: String,
    },
}

/// What a question needs the workspace for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The records that it links to.
    Records,
    /// A place to keep a file, or something drawn.
    Files,
    /// An address, or where one is.
    Places,
    /// Something that is worked out there.
    Work,
}

/// What the file of an edition is told. `returns` says where its answers go by themselves.
///
/// # Errors
///
/// All that keeps it from leaving.
pub fn alone(edition: &Form, returns: &Returns, reader: &dyn Reader) -> Result<Alone, Vec<Obstacle>> {
    if edition.edition.is_none() {
        return Err(vec![Obstacle::Unpublished]);
    }
    let Some(entity) = reader.entity(edition.entity) else { return Err(vec![Obstacle::NoEntity]) };
    let (mut obstacles, mut left_out) = (Vec::new(), Vec::new());
    let mut lines = Map::new();
    for (_, _, item) in edition.items() {
        let mut stays = |needs: Needs, is_needed: bool| match is_needed {
            true => obstacles.push(Obstacle::Item { item: item.id.clone(), needs }),
            false => left_out.push(item.id.clone()),
        };
        match &item.content {
            ItemContent::Field(asked) => {
                let Some(field) = entity.field(asked.field).filter(|field| !field.retired) else { continue };
                if let Some(needs) = needs(&field.kind) {
                    stays(needs, (field.required || asked.required.is_some()) && !field.is_computed());
                }
            }
            ItemContent::Lines(asked) => {
                let Some(FieldKind::Lines { entity: of, via }) = entity.field(asked.field).map(|field| &field.kind)
                else {
                    continue;
                };
                let Some(of) = reader.entity(*of) else { continue };
                let column = |field: &Field| asked.columns.iter().find(|column| column.field == field.id);
                let far = of.fields.iter().filter(|field| field.id != *via && !field.retired);
                let far = far.filter_map(|field| Some((field, needs(&field.kind)?)));
                for (field, needs) in far.filter(|(field, _)| !field.is_computed()) {
                    if field.required || column(field).is_some_and(|column| column.required) {
                        stays(needs, true);
                        break;
                    }
                }
                let told = fields(of, &Json::Null, |field| column(field).is_some() || is_needed(field));
                lines.insert(of.id.to_string(), described(of, told));
            }
            ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => {}
        }
    }
    let mut form = json::to_value(edition);
    if let Json::Object(form) = &mut form {
        // What is hoped of its answers, and how they find their records, is nobody's business outside.
        ["goals", "join", "kiosk", "published", "entity", "returns"].iter().for_each(|name| drop(form.remove(*name)));
    }
    let asked: Vec<_> = edition.asked().chain(edition.captured()).collect();
    let told = fields(entity, &form, |field| asked.contains(&field.id) || is_needed(field));
    let mut settings = json!({ "currency": "", "calling_code": reader.calling_code() });
    if let Some(workspace) = reader.workspace() {
        settings["currency"] = json!(workspace.currency);
        settings["week_start"] = json!(workspace.week_start);
        settings["first_month"] = json!(workspace.first_month);
    }
    let mut sheet = json!({
        "form": form,
        "entity": described(entity, told),
        "lines": lines,
        "settings": settings,
    });
    let known = Known::of(&sheet, edition, entity);
    let mut refused = Vec::new();
    for part in ["form", "entity"] {
        settle(&mut sheet[part], entity, reader, &known, &mut refused);
    }
    for (id, lines) in sheet["lines"].as_object_mut().into_iter().flatten() {
        if let Some(of) = reader.entity(EntityId::new(id)) {
            settle(lines, of, reader, &known, &mut refused);
        }
    }
    for text in refused {
        let obstacle = Obstacle::Formula { text };
        if !obstacles.contains(&obstacle) {
            obstacles.push(obstacle);
        }
    }
    if !obstacles.is_empty() {
        return Err(obstacles);
    }
    if let Json::Object(sheet) = &mut sheet {
        let places = [("post", &returns.post), ("mail", &returns.mail)];
        for (name, place) in places.into_iter().filter(|(_, place)| !place.is_empty()) {
            sheet.insert(name.to_owned(), Json::String(place.clone()));
        }
    }
    Ok(Alone { sheet, left_out })
}

/// The file of a form: the page that every file is made from, with what it is told and the content of the files that it shows.
pub fn alone_page(shell: &str, alone: &Alone, title: &str, files: &[(FileRef, Vec<u8>)]) -> String {
    let mut sheet = alone.sheet.clone();
    if let Json::Object(sheet) = &mut sheet {
        let contents: Map<String, Json> =
            files.iter().map(|(file, bytes)| (file.hash.clone(), Json::String(data_address(file, bytes)))).collect();
        if !contents.is_empty() {
            sheet.insert("files".to_owned(), Json::Object(contents));
        }
    }
    // Whatever the form says, nothing in it ends the script that it stands in.
    let told = sheet.to_string().replace('<', "\\u003c");
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    shell.replacen("<title></title>", &format!("<title>{title}</title>"), 1).replacen("/*sheet*/", &told, 1)
}

fn data_address(file: &FileRef, bytes: &[u8]) -> String {
    let encoded = base64::encode(bytes).replace('-', "+").replace('_', "/");
    format!("data:{};base64,{encoded}", file.media_type)
}

/// Whether answers can be posted to an address: over https, or to this device.
pub fn is_post_address(text: &str) -> bool {
    let host = |rest: &str| rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_plain =
        text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'<' | b'>'));
    let has_port =
        |rest: &str| rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    is_plain
        && match (text.strip_prefix("https://").map(host), text.strip_prefix("http://").map(host)) {
            // Who may write there is nothing to put into a file that anybody reads.
            (Some(host), _) => !host.is_empty() && !host.starts_with([':', '.']) && !host.contains('@'),
            (None, Some(host)) => {
                ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| host.strip_prefix(own).is_some_and(has_port))
            }
            (None, None) => false,
        }
}

/// The fields that are wanted, and those that they or the form speak of, as far as a file knows their kinds.
fn fields(entity: &Entity, form: &Json, is_wanted: impl Fn(&Field) -> bool) -> Vec<Json> {
    let mut told: Vec<(&Field, Json)> = Vec::new();
    loop {
        let spoken: Vec<String> =
            told.iter().map(|(_, json)| json).chain([form]).flat_map(asking).map(str::to_lowercase).collect();
        let is_spoken_of = |field: &Field| {
            let names = [field.id.as_str(), &field.label.zh, &field.label.en].map(str::to_lowercase);
            names.iter().any(|name| !name.is_empty() && spoken.iter().any(|text| text.contains(name)))
        };
        let is_new = |field: &&Field| {
            needs(&field.kind).is_none() && !field.retired && told.iter().all(|(known, _)| known.id != field.id)
        };
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

/// Whether a file has to know a field that it does not ask for: one that is required, but not a moment that is noted at home.
fn is_needed(field: &Field) -> bool {
    field.required && !matches!(field.kind, FieldKind::Instant)
}

fn described(entity: &Entity, fields: Vec<Json>) -> Json {
    json!({ "id": entity.id, "label": entity.label, "fields": fields })
}

/// A field without what only lists and searches need.
fn lean(field: &Field) -> Json {
    let mut json = json::to_value(field);
    if let Json::Object(json) = &mut json {
        json.remove("aliases");
        if let FieldKind::Instant = field.kind {
            // The moment at which a record is made is worked out at home.
            json.remove("default");
        }
        for option in json.get_mut("options").and_then(Json::as_array_mut).into_iter().flatten() {
            if let Json::Object(option) = option {
                ["aliases", "hue", "weight", "ended"].iter().for_each(|name| drop(option.remove(*name)));
            }
        }
    }
    json
}

/// What a field needs the workspace for; nothing where a file can ask for it, or work it out.
fn needs(kind: &FieldKind) -> Option<Needs> {
    match kind {
        FieldKind::Text { .. }
        | FieldKind::LongText
        | FieldKind::RichText
        | FieldKind::Number(_)
        | FieldKind::Money { .. }
        | FieldKind::Percent(_)
        | FieldKind::Date
        | FieldKind::Instant
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
        | FieldKind::Hidden => None,
        FieldKind::Link(_) | FieldKind::Links(_) => Some(Needs::Records),
        FieldKind::Files | FieldKind::Signature => Some(Needs::Files),
        FieldKind::Address | FieldKind::Location => Some(Needs::Places),
        FieldKind::Lookup { .. } | FieldKind::Score => Some(Needs::Work),
    }
}

/// What a file is told and can reckon with: fields of the form's entity and of lines, and the tables of lines.
struct Known {
    fields: Vec<(EntityId, FieldId)>,
    tables: Vec<(EntityId, FieldId)>,
}

impl Known {
    fn of(sheet: &Json, edition: &Form, entity: &Entity) -> Known {
        let told = |described: &Json| {
            let id = described["id"].as_str().map(EntityId::new);
            let fields = described["fields"].as_array().into_iter().flatten();
            // Points in time are in the clock of whoever fills it in.
            let fields = fields.filter(|field| field["kind"] != "instant");
            let fields = fields.filter_map(|field| Some((id?, FieldId::new(field["id"].as_str()?))));
            fields.collect::<Vec<_>>()
        };
        let lines = sheet["lines"].as_object().into_iter().flat_map(|lines| lines.values());
        let tables = edition.items().filter_map(|(_, _, item)| match &entity.field(item.field()?)?.kind {
            FieldKind::Lines { entity, via } => Some((*entity, *via)),
            _ => None,
        });
        Known { fields: lines.chain([&sheet["entity"]]).flat_map(told).collect(), tables: tables.collect() }
    }

    fn knows(&self, entity: EntityId, read: &Read) -> bool {
        match read {
            Read::Own(field) => self.fields.contains(&(entity, *field)),
            Read::Related { entity, via, field: Some(field) } => {
                self.tables.contains(&(*entity, *via)) && self.fields.contains(&(*entity, *field))
            }
            Read::Clock => true,
            Read::Related { field: None, .. }
            | Read::Through { .. }
            | Read::RelatedThrough { .. }
            | Read::Updated
            | Read::Actor => false,
        }
    }
}

/// Writes what a definition of an entity asks as a file understands it; what a file cannot know is told.
fn settle(json: &mut Json, entity: &Entity, reader: &dyn Reader, known: &Known, refused: &mut Vec<String>) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| settle(item, entity, reader, known, refused)),
        Json::Object(members) => {
            if let (Some(Json::String(field)), true) = (members.get("field"), members.contains_key("is")) {
                let field = field.clone();
                let compare = Json::Object(members.clone());
                let meant = serde_json::from_value::<Compare>(compare).ok();
                let meant = meant.and_then(|compare| condition::as_meant(&compare, reader, entity.id));
                match meant.filter(|(field, _)| known.knows(entity.id, &Read::Own(*field))) {
                    Some((field, operand)) => {
                        members.insert("field".to_owned(), json!(field));
                        if members.contains_key("value") {
                            members.insert("value".to_owned(), json!(operand));
                        }
                    }
                    None => refused.push(field),
                }
                return;
            }
            let field = members.get("field").or(members.get("id")).and_then(Json::as_str);
            let field = field.and_then(|field| entity.field(FieldId::new(field))).cloned();
            for (name, value) in members.iter_mut() {
                match value {
                    Json::String(text) if FORMULAS.contains(&name.as_str()) => {
                        let source = field.as_ref().map_or_else(|| text.clone(), |field| quoted(field, text));
                        let is_same = is_worked_out(text)
                            && formula::compile(&source, reader, entity.id).is_ok_and(|formula| {
                                formula.is_same_away()
                                    && formula.reads().iter().all(|read| known.knows(entity.id, read))
                            });
                        if !is_same {
                            refused.push(text.clone());
                        }
                    }
                    Json::String(text) if name == "pattern" => match pattern::in_browser(text) {
                        Some(written) => *text = written,
                        None => refused.push(text.clone()),
                    },
                    other => settle(other, entity, reader, known, refused),
                }
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

/// Whether a formula calls what is known only, by the names that are known, and goes over no link.
fn is_worked_out(text: &str) -> bool {
    let mut word = String::new();
    let mut is_quoted = false;
    // The last word ends as well.
    for sign in text.chars().chain([' ']) {
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
        if is_call && !is_known_away(&word) {
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

/// The fields and formulas that a definition asks.
fn asking(json: &Json) -> Vec<&str> {
    match json {
        Json::Array(items) => items.iter().flat_map(asking).collect(),
        Json::Object(members) => {
            let is_comparison = members.contains_key("is");
            let asked = members.iter().flat_map(|(name, value)| match value {
                Json::String(text) if name == "field" && is_comparison => vec![text.as_str()],
                Json::String(text) if FORMULAS.contains(&name.as_str()) => vec![text.as_str()],
                other => asking(other),
            });
            asked.collect()
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Vec::new(),
    }
}
