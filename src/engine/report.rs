//! Reports: the records of an entity grouped by fields and summed up, as a table of plain rows. Shapes of charts are not its business.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::engine::condition;
use crate::engine::formula::function::Clock;
use crate::engine::formula::kind::Kind;
use crate::engine::formula::{self, Scope};
use crate::engine::plain;
use crate::model::condition::Condition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, Language};
use crate::model::id::{EntityId, FieldId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::sum::{Sum, Unsummable};
use crate::model::time::{Date, Reckoning};
use crate::model::value::Value;

/// A question about many records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Whose records.
    pub entity: EntityId,
    /// Which of them.
    #[serde(default, rename = "where")]
    pub condition: Condition,
    /// What they are grouped by, the outermost first; all in one group when empty.
    #[serde(default)]
    pub rows: Vec<GroupBy>,
    /// What is computed for each group.
    pub values: Vec<Measure>,
}

/// What records are grouped by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupBy {
    /// The field.
    pub field: FieldId,
    /// How wide the steps of a date are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<DateStep>,
}

/// How wide the steps of a date are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStep {
    /// Each day.
    Day,
    /// ISO weeks, named by their Monday.
    Week,
    /// Months, named by their first day.
    Month,
    /// Quarters, named by their first day.
    Quarter,
    /// Years, named by their first day.
    Year,
}

/// What is computed for a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// How.
    pub function: MeasureFunction,
    /// Of which field; none counts records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
}

/// How a group becomes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureFunction {
    /// How many records, or how many in which the field is filled in.
    Count,
    /// How many different values.
    Distinct,
    /// The sum.
    Sum,
    /// The mean of what is filled in.
    Average,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The columns: groups first, then measures.
    pub columns: Vec<Column>,
    /// The rows, ordered by their groups.
    pub rows: Vec<Vec<Json>>,
}

/// A column of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The field, or the measure as `sum_amount`.
    pub id: String,
    /// What it holds: `number`, `money`, `date`, `text`, `choice`, `link`, `flag`.
    pub kind: String,
}

/// Answers a report.
///
/// # Errors
///
/// Unknown entity or fields, a condition that does not compile, a sum of something that is no number, amounts in several
/// currencies in one sum.
pub fn run(reader: &dyn Reader, report: &Report, clock: &Clock, language: Language) -> Result<Table, Vec<Diagnostic>> {
    let Some(entity) = reader.entity(report.entity) else {
        return Err(vec![Diagnostic::new(Code::UnknownEntity).with("name", report.entity)]);
    };
    let groups = bind_groups(entity, report)?;
    let measures = bind_measures(entity, report)?;
    let compiled = condition::compile(&report.condition, reader, report.entity)?;
    let mut found: BTreeMap<Vec<Key>, Vec<Tally>> = BTreeMap::new();
    for id in reader.members(report.entity) {
        let Some(record) = reader.record(id) else { continue };
        if !compiled.is_always() && !compiled.holds(&Scope { reader, record, before: None, clock, language }) {
            continue;
        }
        let key = groups.iter().map(|(field, step)| Key::of(field, record, *step, clock)).collect();
        let tallies = found.entry(key).or_insert_with(|| vec![Tally::default(); measures.len()]);
        for (tally, (_, field)) in tallies.iter_mut().zip(&measures) {
            tally.add(*field, record);
        }
    }
    if found.is_empty() && groups.is_empty() {
        found.insert(Vec::new(), vec![Tally::default(); measures.len()]);
    }
    let mut rows = Vec::with_capacity(found.len());
    for (key, tallies) in found {
        let mut row: Vec<Json> =
            key.iter().zip(&groups).map(|(key, (field, _))| plain::write(field, &key.value, clock.currency)).collect();
        for (tally, (measure, field)) in tallies.into_iter().zip(&measures) {
            row.push(tally.answer(measure.function, *field, clock)?);
        }
        rows.push(row);
    }
    Ok(Table { columns: columns(reader, report.entity, &groups, &measures), rows })
}

type Groups<'a> = Vec<(&'a Field, Option<DateStep>)>;
type Measures<'a> = Vec<(&'a Measure, Option<&'a Field>)>;

fn bind_groups<'a>(entity: &'a Entity, report: &Report) -> Result<Groups<'a>, Vec<Diagnostic>> {
    report.rows.iter().map(|group| field(entity, group.field).map(|field| (field, group.step))).collect()
}

fn bind_measures<'a>(entity: &'a Entity, report: &'a Report) -> Result<Measures<'a>, Vec<Diagnostic>> {
    let bind = |measure: &'a Measure| match measure.field {
        None if measure.function == MeasureFunction::Count => Ok((measure, None)),
        None => Err(vec![Diagnostic::new(Code::Malformed).with("detail", "measure-needs-a-field")]),
        Some(id) => field(entity, id).map(|field| (measure, Some(field))),
    };
    report.values.iter().map(bind).collect()
}

fn field(entity: &Entity, id: FieldId) -> Result<&Field, Vec<Diagnostic>> {
    entity.field(id).ok_or_else(|| vec![Diagnostic::new(Code::UnknownField).with("name", id)])
}

fn columns(reader: &dyn Reader, entity: EntityId, groups: &Groups<'_>, measures: &Measures<'_>) -> Vec<Column> {
    let kind_of = |field: &Field| kind_name(&formula::kind_of_field(reader, entity, field)).to_owned();
    let grouped = groups.iter().map(|(field, step)| Column {
        id: field.id.as_str().to_owned(),
        kind: if step.is_some() { "date".to_owned() } else { kind_of(field) },
    });
    let measured = measures.iter().map(|(measure, field)| {
        let function = serde_json::to_value(measure.function).unwrap_or_default();
        let function = function.as_str().unwrap_or_default();
        let counts = matches!(measure.function, MeasureFunction::Count | MeasureFunction::Distinct);
        match field {
            None => Column { id: function.to_owned(), kind: "number".to_owned() },
            Some(field) => Column {
                id: format!("{function}_{}", field.id),
                kind: if counts { "number".to_owned() } else { kind_of(field) },
            },
        }
    });
    grouped.chain(measured).collect()
}

/// What a column holds, as scripts are told; look-ups and roll-ups hold what the field that they read does.
fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number | Kind::Duration => "number",
        Kind::Money => "money",
        Kind::Date => "date",
        Kind::Instant => "instant",
        Kind::Choice(..) => "choice",
        Kind::Flag => "flag",
        Kind::Link(_) => "link",
        Kind::List(item) => kind_name(item),
        Kind::Any | Kind::Text | Kind::Files | Kind::Place => "text",
    }
}

/// A group's value, ordered as the values of its field are: options by their place, blank last.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    place: usize,
    value: Value,
}

impl Key {
    fn of(field: &Field, record: &Record, step: Option<DateStep>, clock: &Clock) -> Key {
        let value = record.value(field.id);
        let value = match (step, value) {
            (Some(step), Value::Date(date)) => Value::Date(floor(*date, step, clock.reckoning)),
            (Some(step), Value::Instant(at)) => Value::Date(floor(at.local(clock.zone).date(), step, clock.reckoning)),
            _ => value.clone(),
        };
        let option = value.options().first();
        let place = option.and_then(|id| field.options().iter().position(|option| option.id == *id));
        Key { place: place.unwrap_or(usize::from(value.is_empty()) * usize::MAX), value }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place.cmp(&other.place).then_with(|| self.value.compare(&other.value))
    }
}

/// The first day of the step that a day lies in.
fn floor(date: Date, step: DateStep, reckoning: Reckoning) -> Date {
    use chrono::Datelike;
    match step {
        DateStep::Day => date,
        DateStep::Week => reckoning.week(date),
        DateStep::Month => date.with_day(1).unwrap_or(date),
        DateStep::Quarter => reckoning.quarter(date),
        DateStep::Year => reckoning.year(date),
    }
}

#[derive(Clone, Default)]
struct Tally {
    count: u64,
    values: Vec<Value>,
}

impl Tally {
    fn add(&mut self, field: Option<&Field>, record: &Record) {
        match field {
            None => self.count += 1,
            Some(field) => {
                let value = record.value(field.id);
                if !value.is_empty() {
                    self.count += 1;
                    self.values.push(value.clone());
                }
            }
        }
    }

    fn answer(self, function: MeasureFunction, field: Option<&Field>, clock: &Clock) -> Result<Json, Vec<Diagnostic>> {
        let Some(field) = field else {
            return Ok(self.count.to_string().into());
        };
        let written = |value: Value| plain::write(field, &value, clock.currency);
        Ok(match function {
            MeasureFunction::Count => self.count.to_string().into(),
            MeasureFunction::Distinct => {
                let distinct: rustc_hash::FxHashSet<&Value> = self.values.iter().collect();
                distinct.len().to_string().into()
            }
            MeasureFunction::Min => self.values.into_iter().min_by(|a, b| a.compare(b)).map_or(Json::Null, written),
            MeasureFunction::Max => self.values.into_iter().max_by(|a, b| a.compare(b)).map_or(Json::Null, written),
            MeasureFunction::Sum => {
                sum(&self.values, field)?.total().map_or_else(|| Json::String("0".to_owned()), written)
            }
            MeasureFunction::Average => sum(&self.values, field)?.mean().map_or(Json::Null, written),
        })
    }
}

fn sum(values: &[Value], field: &Field) -> Result<Sum, Vec<Diagnostic>> {
    Sum::of(values).map_err(|wrong| {
        let code = match wrong {
            Unsummable::NoNumber => Code::WrongType,
            Unsummable::OtherUnit => Code::NotAnAmount,
            Unsummable::TooLarge => Code::TooLarge,
        };
        vec![Diagnostic::of_field(code, field.id)]
    })
}
