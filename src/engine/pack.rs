//! Packs: workspaces ready to start from, read from JSON into definitions and records. It installs nothing and reads no clock.

mod own;

use chrono::{Days, NaiveTime};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::engine::plain;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, LinkTarget};
use crate::model::id::{Currency, EntityId, FieldId, RecordId};
use crate::model::json;
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::time::{Date, Instant, Zone};
use crate::model::value::Value;

pub use own::{Beginning, begin};

/// A workspace ready to start from.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Unique among packs.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// What it is good for.
    pub description: Label,
    /// Its definitions, in the order in which they are put in.
    pub definitions: Vec<Definition>,
    /// The records that its definitions need: teams, users.
    pub records: Vec<PlainRecord>,
}

/// Sample records for a pack.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The pack that it belongs to.
    pub pack: String,
    /// The texts of files that its records name by their hash: pictures drawn in SVG.
    pub files: Vec<String>,
    /// The records; they may link to those of the pack.
    pub records: Vec<PlainRecord>,
}

/// A record as a pack writes it: named rather than numbered, with plain values.
#[derive(Clone, Debug)]
pub struct PlainRecord {
    /// Its name, `user/wang-fang`; its id is [`RecordId::named`] of it.
    pub name: String,
    /// Its entity.
    pub entity: EntityId,
    /// When it was created: an instant, or days from the day of installing such as `@-37dT09:30`.
    pub created: Option<String>,
    /// Its values as plain JSON.
    pub values: Vec<(FieldId, Json)>,
}

/// A record of a pack, ready to be put in.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedRecord {
    /// Its id, derived from its name.
    pub id: RecordId,
    /// Its entity.
    pub entity: EntityId,
    /// When it was created, if the pack says so.
    pub created: Option<Instant>,
    /// What it holds.
    pub values: Values,
}

/// The day from which relative dates count.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// The day of installing.
    pub today: Date,
    /// The time zone there.
    pub zone: Zone,
}

/// Reads a pack.
///
/// # Errors
///
/// Every definition and group of records that cannot be read, with its place in the text.
pub fn parse(json: &str) -> Result<Pack, Vec<Diagnostic>> {
    let written: WrittenPack = json::read(json).map_err(|error| vec![malformed("", &error)])?;
    let WrittenPack { id, label, description, definitions, records } = written;
    let mut wrong = Vec::new();
    let mut read = Vec::with_capacity(definitions.len());
    for (at, definition) in definitions.into_iter().enumerate() {
        match json::read_value::<Definition>(&definition) {
            Ok(definition) => read.push(definition),
            Err(error) => {
                let detail = format!("definitions[{at}]: {error}");
                wrong.push(Diagnostic::new(Code::InvalidDefinition).with("detail", detail));
            }
        }
    }
    let records = unfold(records, &mut wrong);
    if wrong.is_empty() { Ok(Pack { id, label, description, definitions: read, records }) } else { Err(wrong) }
}

/// Reads the sample records of a pack.
///
/// # Errors
///
/// Every group of records that cannot be read, with its place in the text.
pub fn parse_sample(json: &str) -> Result<Sample, Vec<Diagnostic>> {
    let WrittenSample { pack, files, records } = json::read(json).map_err(|error| vec![malformed("", &error)])?;
    let mut wrong = Vec::new();
    let records = unfold(records, &mut wrong);
    if wrong.is_empty() { Ok(Sample { pack, files, records }) } else { Err(wrong) }
}

/// Gives the records of a pack and its sample their types and ids. `reader` knows the pack's definitions already; links may
/// point at any of `records` and at records that `reader` knows.
///
/// # Errors
///
/// Every unknown entity, field, option and link, every value that does not fit its field, and every name given twice, each
/// placed at record and field with the record's name as the argument `name`.
pub fn records<'a>(
    records: impl IntoIterator<Item = &'a PlainRecord>,
    reader: &dyn Reader,
    calendar: Calendar,
) -> Result<Vec<SeedRecord>, Vec<Diagnostic>> {
    let records: Vec<&PlainRecord> = records.into_iter().collect();
    let mut wrong = Vec::new();
    let mut names: FxHashMap<&str, (RecordId, EntityId)> = FxHashMap::default();
    for record in &records {
        let id = RecordId::named(&record.name);
        if names.insert(&record.name, (id, record.entity)).is_some() {
            wrong.push(Diagnostic::new(Code::DuplicateId).at_record(id).with("name", &record.name));
        }
    }
    let currency = reader.currency();
    let source = Source { names, reader, calendar, currency };
    let mut seeds = Vec::with_capacity(records.len());
    for record in records {
        match source.seed(record) {
            Ok(seed) => seeds.push(seed),
            Err(found) => {
                let id = RecordId::named(&record.name);
                wrong.extend(found.into_iter().map(|found| found.at_record(id).with("name", &record.name)));
            }
        }
    }
    if wrong.is_empty() { Ok(seeds) } else { Err(wrong) }
}

/// All that the values of a record are read against.
struct Source<'a> {
    names: FxHashMap<&'a str, (RecordId, EntityId)>,
    reader: &'a dyn Reader,
    calendar: Calendar,
    currency: Currency,
}

impl Source<'_> {
    fn seed(&self, record: &PlainRecord) -> Result<SeedRecord, Vec<Diagnostic>> {
        let Some(entity) = self.reader.entity(record.entity) else {
            return Err(vec![Diagnostic::new(Code::UnknownEntity).with("entity", record.entity)]);
        };
        let mut wrong = Vec::new();
        let created = record.created.as_deref().map(|text| self.calendar.instant(text));
        if created == Some(None) {
            wrong
                .push(Diagnostic::new(Code::NotAnInstant).with("value", record.created.as_deref().unwrap_or_default()));
        }
        let mut values = Values::with_capacity(record.values.len());
        for (field, json) in &record.values {
            match self.value(entity, *field, json) {
                Ok(value) => {
                    values.set(*field, value);
                }
                Err(found) => wrong.push(found),
            }
        }
        let id = RecordId::named(&record.name);
        if wrong.is_empty() {
            Ok(SeedRecord { id, entity: record.entity, created: created.flatten(), values })
        } else {
            Err(wrong)
        }
    }

    fn value(&self, entity: &Entity, id: FieldId, json: &Json) -> Result<Value, Diagnostic> {
        let Some(field) = entity.field(id) else {
            return Err(Diagnostic::of_field(Code::UnknownField, id).with("field", id));
        };
        match (&field.kind, json) {
            (FieldKind::Date, Json::String(text)) if text.starts_with('@') => match self.calendar.day(text) {
                Some(day) => Ok(Value::Date(day)),
                None => Err(Diagnostic::of_field(Code::NotADate, id).with("value", text)),
            },
            (FieldKind::Instant, Json::String(text)) if text.starts_with('@') => match self.calendar.instant(text) {
                Some(at) => Ok(Value::Instant(at)),
                None => Err(Diagnostic::of_field(Code::NotAnInstant, id).with("value", text)),
            },
            (FieldKind::Link(_), Json::Null) => Ok(Value::Empty),
            (FieldKind::Link(target), name) => self.link(field, target, name).map(Value::Link),
            (FieldKind::Links(target), Json::Array(names)) => {
                let links = names.iter().map(|name| self.link(field, target, name)).collect::<Result<Vec<_>, _>>();
                links.map(|links| Value::Links(links.into()))
            }
            _ => plain::read(field, json, self.currency),
        }
    }

    /// The record of that name; 17 is `<entity>/17` where the field takes one entity only.
    fn link(&self, field: &Field, target: &LinkTarget, json: &Json) -> Result<RecordId, Diagnostic> {
        let numbered;
        let name = match (json, target.to.as_slice()) {
            (Json::String(name), _) => name.as_str(),
            (Json::Number(number), [entity]) => {
                numbered = format!("{entity}/{number}");
                numbered.as_str()
            }
            _ => return Err(Diagnostic::of_field(Code::NoSuchLink, field.id).with("value", json)),
        };
        let known = self.names.get(name).copied().or_else(|| {
            let id = name.parse().unwrap_or_else(|_| RecordId::named(name));
            self.reader.record(id).map(|record| (id, record.entity))
        });
        match known {
            Some((id, entity)) if target.accepts(entity) => Ok(id),
            Some((_, entity)) => {
                Err(Diagnostic::of_field(Code::WrongEntity, field.id).with("value", name).with("entity", entity))
            }
            None => Err(Diagnostic::of_field(Code::NoSuchLink, field.id).with("value", name)),
        }
    }
}

impl Calendar {
    /// The day that `@-37d` or `@14d` means, or a day written out.
    fn day(&self, text: &str) -> Option<Date> {
        let Some(relative) = text.strip_prefix('@') else {
            return text.parse().ok();
        };
        let days: i64 = relative.strip_suffix('d')?.parse().ok()?;
        let distance = Days::new(days.unsigned_abs());
        if days < 0 { self.today.checked_sub_days(distance) } else { self.today.checked_add_days(distance) }
    }

    /// The instant that `@-37dT09:30` means on clocks there, or an instant written out; a day alone begins at midnight.
    fn instant(&self, text: &str) -> Option<Instant> {
        if !text.starts_with('@') {
            return text.parse().ok();
        }
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, NaiveTime::parse_from_str(time, "%H:%M").ok()?),
            None => (text, NaiveTime::MIN),
        };
        Some(Instant::from_local(self.day(day)?.and_time(time), self.zone))
    }
}

/// The JSON shape of a pack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPack {
    id: String,
    label: Label,
    description: Label,
    // Read one by one, so that each one that is wrong is named.
    definitions: Vec<Json>,
    #[serde(default)]
    records: Vec<Json>,
}

/// The JSON shape of a sample.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSample {
    pack: String,
    #[serde(default)]
    files: Vec<String>,
    records: Vec<Json>,
}

/// One record, spelt out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRecord {
    id: String,
    entity: EntityId,
    #[serde(default)]
    created: Option<String>,
    values: Map<String, Json>,
}

/// Many records of one entity, as a table. A row begins with the record's name, or with 17 for `<entity>/17`; the rest are
/// fields, save for the column `created`, which says when the record was made. Rows may end early.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTable {
    entity: EntityId,
    /// The field whose instant is also when the record was made.
    #[serde(default)]
    created: Option<String>,
    fields: Vec<String>,
    rows: Vec<Vec<Json>>,
}

/// Turns what is written into records and collects what cannot be read.
fn unfold(written: Vec<Json>, wrong: &mut Vec<Diagnostic>) -> Vec<PlainRecord> {
    let mut records = Vec::new();
    for (at, json) in written.into_iter().enumerate() {
        let place = format!("records[{at}]");
        if json.get("rows").is_some() {
            match json::read_value::<WrittenTable>(&json) {
                Ok(table) => unfold_table(table, &place, &mut records, wrong),
                Err(error) => wrong.push(malformed(&place, &error)),
            }
            continue;
        }
        match json::read_value::<WrittenRecord>(&json) {
            Ok(WrittenRecord { id, entity, created, values }) => {
                let values = values.into_iter().map(|(field, json)| (FieldId::new(&field), json)).collect();
                records.push(PlainRecord { name: id, entity, created, values });
            }
            Err(error) => wrong.push(malformed(&place, &error)),
        }
    }
    records
}

fn unfold_table(table: WrittenTable, place: &str, records: &mut Vec<PlainRecord>, wrong: &mut Vec<Diagnostic>) {
    let entity = table.entity;
    let is_created = |field: &str| field == "created" || table.created.as_deref() == Some(field);
    let columns: Vec<(Option<FieldId>, bool)> = table
        .fields
        .iter()
        .map(|field| ((field != "created").then(|| FieldId::new(field)), is_created(field)))
        .collect();
    records.reserve(table.rows.len());
    for (at, row) in table.rows.into_iter().enumerate() {
        let filled = row.len();
        let mut cells = row.into_iter();
        let name = match cells.next() {
            Some(Json::String(name)) => name,
            Some(Json::Number(number)) => format!("{entity}/{number}"),
            _ => {
                wrong.push(malformed(&format!("{place}.rows[{at}]"), &"a row begins with the name of its record"));
                continue;
            }
        };
        if filled > columns.len() + 1 {
            wrong.push(malformed(&format!("{place}.rows[{at}]"), &"more cells than fields"));
            continue;
        }
        let mut record = PlainRecord { name, entity, created: None, values: Vec::with_capacity(filled) };
        for ((field, is_created), json) in columns.iter().zip(cells) {
            if json.is_null() || json.as_str() == Some("") {
                continue;
            }
            if *is_created {
                record.created = json.as_str().map(str::to_owned);
            }
            record.values.extend(field.map(|field| (field, json)));
        }
        records.push(record);
    }
}

fn malformed(place: &str, detail: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new(Code::Malformed).with("detail", format!("{place}: {detail}").trim_start_matches(": "))
}
