//! Spans: when a record is on the reader's calendar, and the values it takes to move it or to end it at another time.

use chrono::{Duration, NaiveDateTime, NaiveTime};

use crate::model::entity::Entity;
use crate::model::field::ResultKind;
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::time::{Date, Instant, Zone};
use crate::model::value::Value;

/// How long something takes that has just been put at an hour.
const USUAL: i64 = 60;

/// The fields that say when a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The day or moment on which it is, or begins.
    pub from: FieldId,
    /// When it ends; a day is meant to its end.
    pub to: Option<FieldId>,
    /// The flag that says that it takes whole days.
    pub all_day: Option<FieldId>,
}

/// When a record is, in the reader's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The record.
    pub record: RecordId,
    /// When it begins; midnight if it takes whole days.
    pub start: NaiveDateTime,
    /// When it ends; midnight at the start of its last day if it takes whole days.
    pub end: NaiveDateTime,
    /// Whether it has hours, rather than whole days.
    pub is_timed: bool,
}

impl Span {
    /// Its first day.
    pub fn first(&self) -> Date {
        self.start.date()
    }

    /// Its last day; what ends at midnight does not reach into the day that begins then.
    pub fn last(&self) -> Date {
        let ends_before = self.is_timed && self.end > self.start && self.end.time() == NaiveTime::MIN;
        let last = if ends_before { self.end.date().pred_opt() } else { None };
        last.unwrap_or(self.end.date())
    }

    /// How many days it touches.
    pub fn days(&self) -> i64 {
        (self.last() - self.first()).num_days() + 1
    }

    /// Whether it touches a day.
    pub fn is_on(&self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }
}

/// When a record is; nothing where neither its beginning nor its end is filled in. What ends before it begins takes no longer.
pub fn span(record: &Record, when: When, zone: Zone) -> Option<Span> {
    let from = local(record.value(when.from), zone);
    let to = when.to.and_then(|to| local(record.value(to), zone));
    let (start, has_hours) = from.or(to)?;
    let end = to.map_or(start, |(end, _)| end).max(start);
    let is_whole = when.all_day.is_some_and(|flag| record.value(flag) == &Value::Flag(true));
    if has_hours && !is_whole {
        return Some(Span { record: record.id, start, end, is_timed: true });
    }
    let midnight = |at: NaiveDateTime| at.date().and_time(NaiveTime::MIN);
    Some(Span { record: record.id, start: midnight(start), end: midnight(end), is_timed: false })
}

/// The values of a record that is so many days and minutes later: its hours and its length stay. Days know no minutes.
pub fn moved(record: &Record, when: When, zone: Zone, days: i64, minutes: i64) -> Vec<(FieldId, Value)> {
    let fields = std::iter::once(when.from).chain(when.to);
    fields.filter_map(|field| Some((field, later(record.value(field), zone, days, minutes)?))).collect()
}

/// The values of a record that ends so many days and minutes later, but not before it begins; nothing if it has no field for it.
pub fn stretched(
    entity: &Entity,
    record: &Record,
    when: When,
    zone: Zone,
    days: i64,
    minutes: i64,
) -> Option<(FieldId, Value)> {
    let field = entity.field(when.to?)?;
    let now = span(record, when, zone)?;
    let (mut end, had_hours) = local(record.value(field.id), zone).unwrap_or((now.end, now.is_timed));
    if record.value(field.id).is_empty() && had_hours {
        end = plus(end, 0, USUAL)?;
    }
    let end = plus(end, days, minutes)?.max(now.start);
    at(entity, field.id, end, zone)
}

/// The values of a record that begins so many days and minutes later, but not after it ends; nothing if its beginning is no time.
/// An end that was left blank is filled in: it stays where it is seen.
pub fn hastened(
    entity: &Entity,
    record: &Record,
    when: When,
    zone: Zone,
    days: i64,
    minutes: i64,
) -> Vec<(FieldId, Value)> {
    let Some(now) = span(record, when, zone) else { return Vec::new() };
    let start = local(record.value(when.from), zone).map_or(now.start, |(start, _)| start);
    let Some(start) = plus(start, days, minutes) else { return Vec::new() };
    let Some(begun) = at(entity, when.from, start.min(now.end), zone) else { return Vec::new() };
    let blank = when.to.filter(|to| record.value(*to).is_empty());
    let end = blank.and_then(|to| at(entity, to, now.end, zone));
    std::iter::once(begun).chain(end).collect()
}

/// The value of a field that is a day or a moment.
fn at(entity: &Entity, field: FieldId, at: NaiveDateTime, zone: Zone) -> Option<(FieldId, Value)> {
    match entity.field(field)?.kind.result()? {
        ResultKind::Date => Some((field, Value::Date(at.date()))),
        ResultKind::Instant => Some((field, Value::Instant(Instant::from_local(at, zone)))),
        ResultKind::Text
        | ResultKind::Number
        | ResultKind::Money
        | ResultKind::Percent
        | ResultKind::Duration
        | ResultKind::Flag => None,
    }
}

/// What a record has from the start that is begun on a day, at an hour if one is given.
pub fn begun(entity: &Entity, when: When, zone: Zone, day: Date, hour: Option<NaiveTime>) -> Vec<(FieldId, Value)> {
    let morning = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or(NaiveTime::MIN);
    let start = day.and_time(hour.unwrap_or(morning));
    let end = when.to.and_then(|to| at(entity, to, plus(start, 0, USUAL)?, zone));
    at(entity, when.from, start, zone).into_iter().chain(end).collect()
}

/// A day or moment on the reader's calendar, and whether it has an hour.
fn local(value: &Value, zone: Zone) -> Option<(NaiveDateTime, bool)> {
    match value {
        Value::Date(day) => Some((day.and_time(NaiveTime::MIN), false)),
        Value::Instant(at) => Some((at.local(zone), true)),
        _ => None,
    }
}

fn later(value: &Value, zone: Zone, days: i64, minutes: i64) -> Option<Value> {
    match value {
        Value::Date(day) => Some(Value::Date(plus(day.and_time(NaiveTime::MIN), days, 0)?.date())),
        // By the clock on the wall: what is at nine stays at nine, whatever summer time does.
        Value::Instant(at) => Some(Value::Instant(Instant::from_local(plus(at.local(zone), days, minutes)?, zone))),
        _ => None,
    }
}

fn plus(at: NaiveDateTime, days: i64, minutes: i64) -> Option<NaiveDateTime> {
    at.checked_add_signed(Duration::try_days(days)?)?.checked_add_signed(Duration::try_minutes(minutes)?)
}
