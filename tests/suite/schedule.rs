//! Schedules: what a person sees on a calendar and an axis of time, in cases as text.

use std::sync::Arc;

use chrono::{NaiveTime, Weekday};
use perennial::engine::schedule::{self, Axis, Span, When, Zoom};
use perennial::model::entity::Entity;
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::record::Record;
use perennial::model::time::{Date, Instant, Reckoning, Zone};
use perennial::model::value::Value;
use serde_json::json;

/// Shanghai, eight hours ahead.
const ZONE: Zone = Zone::fixed(8 * 3_600);

/// Clocks that are put forward an hour at 2026-03-29T01:00Z.
const CHANGING: Zone = Zone::changing(3_600, &[(Instant(1_774_746_000_000), 7_200)]);

fn visit() -> Entity {
    serde_json::from_value(json!({
        "id": "visit", "label": {"en": "Visit"}, "plural": {"en": "Visits"}, "icon": "dot", "group": "work", "title": "name",
        "fields": [
            {"id": "name", "label": {"en": "Name"}, "kind": "text"},
            {"id": "due", "label": {"en": "Due"}, "kind": "date"},
            {"id": "until", "label": {"en": "Until"}, "kind": "date"},
            {"id": "at", "label": {"en": "At"}, "kind": "instant"},
            {"id": "end", "label": {"en": "End"}, "kind": "instant"},
            {"id": "whole", "label": {"en": "Whole"}, "kind": "flag"}
        ]
    }))
    .unwrap()
}

/// `due=2026-11-22 at=2026-11-22T10:00Z whole`.
fn record(text: &str) -> Record {
    let values = text.split_whitespace().map(|pair| {
        let (field, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = match (value.parse::<Date>(), value.len()) {
            (Ok(day), _) => Value::Date(day),
            (Err(_), 0) => Value::Flag(true),
            (Err(_), _) => Value::Instant(format!("{}:00Z", value.trim_end_matches('Z')).parse().unwrap()),
        };
        (FieldId::new(field), value)
    });
    let entity = EntityId::new("visit");
    Record { id: RecordId(1), entity, created: Instant(0), updated: Instant(0), values: values.collect() }
}

fn days() -> When {
    When { from: FieldId::new("due"), to: Some(FieldId::new("until")), all_day: None }
}

fn hours() -> When {
    When { from: FieldId::new("at"), to: Some(FieldId::new("end")), all_day: Some(FieldId::new("whole")) }
}

fn said(span: Option<Span>) -> String {
    let Some(span) = span else { return "nowhere".to_owned() };
    let days = format!("{} to {}", span.first(), span.last());
    if span.is_timed { format!("{days}, {} to {}", span.start.time(), span.end.time()) } else { days }
}

fn values(values: &[(FieldId, Value)]) -> String {
    let text = |(field, value): &(FieldId, Value)| match value {
        Value::Date(day) => format!("{field}={day}"),
        Value::Instant(at) => format!("{field}={}", at.to_string().replace(":00.000Z", "Z")),
        other => format!("{field}={other:?}"),
    };
    values.iter().map(text).collect::<Vec<String>>().join(" ")
}

#[test]
fn a_record_is_when_its_fields_say() {
    let cases = [
        (days(), "due=2026-11-22", "2026-11-22 to 2026-11-22"),
        (days(), "due=2026-11-22 until=2026-11-25", "2026-11-22 to 2026-11-25"),
        (days(), "until=2026-11-25", "2026-11-25 to 2026-11-25"),
        (days(), "due=2026-11-22 until=2026-11-20", "2026-11-22 to 2026-11-22"),
        (days(), "", "nowhere"),
        // It is already the next day in Shanghai.
        (hours(), "at=2026-11-22T17:30Z", "2026-11-23 to 2026-11-23, 01:30:00 to 01:30:00"),
        (hours(), "at=2026-11-22T01:00Z end=2026-11-22T03:00Z", "2026-11-22 to 2026-11-22, 09:00:00 to 11:00:00"),
        // Until midnight is not until the next day.
        (hours(), "at=2026-11-22T14:00Z end=2026-11-22T16:00Z", "2026-11-22 to 2026-11-22, 22:00:00 to 00:00:00"),
        (hours(), "at=2026-11-22T14:00Z end=2026-11-22T17:00Z", "2026-11-22 to 2026-11-23, 22:00:00 to 01:00:00"),
        (hours(), "at=2026-11-22T01:00Z end=2026-11-23T03:00Z whole", "2026-11-22 to 2026-11-23"),
    ];
    for (when, text, expected) in cases {
        assert_eq!(said(schedule::span(&record(text), when, ZONE)), expected, "{text}");
    }
}

#[test]
fn a_record_that_is_moved_keeps_its_hours_and_its_length() {
    let cases = [
        (days(), "due=2026-11-22 until=2026-11-25", (7, 0), "due=2026-11-29 until=2026-12-02"),
        (days(), "due=2026-11-22", (-22, 90), "due=2026-10-31"),
        (hours(), "at=2026-11-22T01:00Z end=2026-11-22T03:00Z", (1, 30), "at=2026-11-23T01:30Z end=2026-11-23T03:30Z"),
        (hours(), "end=2026-11-22T03:00Z", (1, 0), "end=2026-11-23T03:00Z"),
    ];
    for (when, text, (by_days, minutes), expected) in cases {
        assert_eq!(values(&schedule::moved(&record(text), when, ZONE, by_days, minutes)), expected, "{text}");
    }
    // Nine in the morning stays nine in the morning when the clocks are put forward.
    let moved = schedule::moved(&record("at=2026-03-28T08:00Z"), hours(), CHANGING, 1, 0);
    assert_eq!(values(&moved), "at=2026-03-29T07:00Z");
}

#[test]
fn a_record_ends_at_another_time_but_not_before_it_begins() {
    let cases = [
        (days(), "due=2026-11-22 until=2026-11-25", (2, 0), "until=2026-11-27"),
        (days(), "due=2026-11-22 until=2026-11-25", (-9, 0), "until=2026-11-22"),
        (days(), "due=2026-11-22", (3, 0), "until=2026-11-25"),
        (hours(), "at=2026-11-22T01:00Z end=2026-11-22T03:00Z", (0, 45), "end=2026-11-22T03:45Z"),
        // Without an end it took an hour on the screen.
        (hours(), "at=2026-11-22T01:00Z", (0, 30), "end=2026-11-22T02:30Z"),
        (hours(), "at=2026-11-22T01:00Z end=2026-11-22T03:00Z", (-1, 0), "end=2026-11-22T01:00Z"),
    ];
    for (when, text, (by_days, minutes), expected) in cases {
        let found = schedule::stretched(&visit(), &record(text), when, ZONE, by_days, minutes);
        assert_eq!(values(&found.into_iter().collect::<Vec<_>>()), expected, "{text}");
    }
    let endless = When { to: None, ..days() };
    assert_eq!(schedule::stretched(&visit(), &record("due=2026-11-22"), endless, ZONE, 1, 0), None);
}

#[test]
fn a_record_begins_at_another_time_but_not_after_it_ends() {
    let cases = [
        (days(), "due=2026-11-22 until=2026-11-25", (-2, 0), "due=2026-11-20"),
        (days(), "due=2026-11-22 until=2026-11-25", (9, 0), "due=2026-11-25"),
        // An end that was left blank stays where it was seen.
        (days(), "due=2026-11-22", (-3, 0), "due=2026-11-19 until=2026-11-22"),
        (days(), "until=2026-11-22", (-1, 0), "due=2026-11-21"),
        (hours(), "at=2026-11-22T01:00Z end=2026-11-22T03:00Z", (0, 45), "at=2026-11-22T01:45Z"),
        (hours(), "whole", (1, 0), ""),
    ];
    for (when, text, (by_days, minutes), expected) in cases {
        let found = schedule::hastened(&visit(), &record(text), when, ZONE, by_days, minutes);
        assert_eq!(values(&found), expected, "{text}");
    }
}

#[test]
fn a_record_that_is_begun_on_a_day_has_that_day() {
    let day = "2026-11-22".parse().unwrap();
    let half_past_two = NaiveTime::from_hms_opt(14, 30, 0);
    let found = |when, hour| values(&schedule::begun(&visit(), when, ZONE, day, hour));
    assert_eq!(found(days(), None), "due=2026-11-22 until=2026-11-22");
    assert_eq!(found(hours(), None), "at=2026-11-22T01:00Z end=2026-11-22T02:00Z");
    assert_eq!(found(hours(), half_past_two), "at=2026-11-22T06:30Z end=2026-11-22T07:30Z");
}

fn spans(texts: &[&str]) -> Vec<Span> {
    texts.iter().map(|text| schedule::span(&record(text), days(), ZONE).unwrap()).collect()
}

#[test]
fn a_month_has_the_weeks_that_it_touches() {
    let weeks = |day: &str, start| -> Vec<String> {
        schedule::month(day.parse().unwrap(), start).iter().map(Date::to_string).collect()
    };
    let monday = ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"];
    assert_eq!(weeks("2026-11-22", Weekday::Mon), monday);
    assert_eq!(
        weeks("2026-11-01", Weekday::Sun),
        ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29"]
    );
    assert_eq!(weeks("2027-02-10", Weekday::Mon), ["2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22"]);
    // The year of a week is that of its Thursday.
    for (first, number) in [("2026-12-28", 53), ("2027-01-04", 1), ("2026-12-27", 53), ("2026-11-16", 47)] {
        assert_eq!(schedule::week_number(first.parse().unwrap()), number, "{first}");
    }
}

#[test]
fn a_week_has_its_bars_in_rows() {
    let first = "2026-11-16".parse().unwrap();
    let shown = |texts: &[&str], rows| -> (Vec<String>, [usize; 7]) {
        let week = schedule::week(first, &spans(texts), rows);
        let bar = |bar: &schedule::Bar| {
            let ends = format!("{}{}", if bar.begins { "" } else { "<" }, if bar.ends { "" } else { ">" });
            format!("{}: day {} for {} in row {}{ends}", bar.at, bar.day, bar.days, bar.row)
        };
        (week.bars.iter().map(bar).collect(), week.hidden)
    };
    let few =
        ["due=2026-11-18", "due=2026-11-10 until=2026-11-17", "due=2026-11-17 until=2026-12-01", "due=2026-11-25"];
    let rows = ["1: day 0 for 2 in row 0<", "2: day 1 for 6 in row 1>", "0: day 2 for 1 in row 0"];
    assert_eq!(shown(&few, 3), (rows.map(str::to_owned).to_vec(), [0; 7]));
    // Where there are more than fit, the last row says so; what has room beside stays.
    let many =
        ["due=2026-11-18", "due=2026-11-18", "due=2026-11-18 until=2026-11-19", "due=2026-11-20 until=2026-11-21"];
    let (bars, hidden) = shown(&many, 2);
    assert_eq!(bars, ["2: day 2 for 2 in row 0", "3: day 4 for 2 in row 0"]);
    assert_eq!(hidden, [0, 0, 2, 0, 0, 0, 0]);
}

#[test]
fn what_is_at_the_same_hour_stands_side_by_side() {
    let day = "2026-11-22".parse().unwrap();
    let texts = [
        "at=2026-11-22T01:00Z end=2026-11-22T03:00Z",
        "at=2026-11-22T01:30Z end=2026-11-22T02:00Z",
        "at=2026-11-22T02:00Z end=2026-11-22T04:00Z",
        "at=2026-11-22T06:00Z",
        "at=2026-11-21T06:00Z end=2026-11-22T06:00Z",
        "at=2026-11-22T15:50Z",
    ];
    let spans: Vec<Span> = texts.iter().map(|text| schedule::span(&record(text), hours(), ZONE).unwrap()).collect();
    let blocks: Vec<String> = schedule::blocks(day, &spans)
        .iter()
        .map(|block| format!("{}: {} to {}, {} of {}", block.at, block.from, block.to, block.column, block.columns))
        .collect();
    let expected = [
        "0: 540 to 660, 0 of 2",
        "1: 570 to 600, 1 of 2",
        "2: 600 to 720, 1 of 2",
        "3: 840 to 870, 0 of 1",
        "5: 1430 to 1440, 0 of 1",
    ];
    assert_eq!(blocks, expected);
}

#[test]
fn an_axis_has_room_at_both_ends_and_ticks_in_between() {
    let today: Date = "2026-11-22".parse().unwrap();
    let spans = spans(&["due=2026-10-05 until=2027-01-10", "due=1926-01-01"]);
    for zoom in Zoom::ALL {
        let axis = Axis::around(&spans, today, zoom, Reckoning::default());
        assert!(axis.first < spans[0].first() && axis.day_at(axis.length() - 1.0) > spans[0].last(), "{zoom:?}");
        assert!(axis.days < 366 * 4, "{zoom:?}: a mistyped year stretches it to {} days", axis.days);
        let (start, length) = axis.bar(&spans[0]);
        assert_eq!((axis.day_at(start), length), (spans[0].first(), 98.0 * zoom.per_day()));
    }
    let axis = Axis::around(&spans, today, Zoom::Month, Reckoning::default());
    let from = axis.place("2026-11-20".parse().unwrap());
    let ticks: Vec<String> =
        axis.ticks(from, from + 300.0).iter().map(|tick| format!("{} {}", tick.day, tick.days)).collect();
    assert_eq!(ticks, ["2026-11-01 30", "2026-12-01 31", "2027-01-01 31"]);
    let years: Vec<String> = axis.large_ticks(from, from + 300.0).iter().map(|tick| tick.day.to_string()).collect();
    assert_eq!(years, ["2026-01-01", "2027-01-01"]);
}

#[test]
fn bars_are_packed_into_as_few_rows_as_they_need() {
    let spans = spans(&[
        "due=2026-11-01 until=2026-11-10",
        "due=2026-11-11 until=2026-11-20",
        "due=2026-11-05 until=2026-11-12",
        "due=2026-11-20",
    ]);
    assert_eq!(schedule::pack(&spans), (vec![0, 0, 1, 1], 2));
}

#[test]
fn many_bars_are_packed_as_one_by_one() {
    // As the definition says it: the first row that is free when the bar begins.
    let slowly = |spans: &[Span]| {
        let mut order: Vec<usize> = (0..spans.len()).collect();
        order.sort_by_key(|at| (spans[*at].first(), std::cmp::Reverse(spans[*at].days()), *at));
        let (mut busy, mut rows): (Vec<Date>, Vec<usize>) = (Vec::new(), vec![0; spans.len()]);
        for at in order {
            let free = busy.iter().position(|until| *until < spans[at].first()).unwrap_or(busy.len());
            rows[at] = free;
            busy.resize(busy.len().max(free + 1), spans[at].last());
            busy[free] = spans[at].last();
        }
        (rows, busy.len())
    };
    let day = |after: u64| Date::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(after);
    let spans = |count: u64, days: u64| -> Vec<Span> {
        let texts: Vec<String> = (0..count)
            .map(|at| {
                let start = at.wrapping_mul(7_919) % days;
                format!("due={} until={}", day(start), day(start + at.wrapping_mul(104_729) % 23))
            })
            .collect();
        spans(&texts.iter().map(String::as_str).collect::<Vec<&str>>())
    };
    for (count, days) in [(0, 1), (1, 1), (60, 9), (400, 90), (900, 40)] {
        let spans = spans(count, days);
        assert_eq!(schedule::pack(&spans), slowly(&spans), "{count} within {days}");
    }
    // Each within a row of its own or nearly so: nobody looks through all rows for each.
    assert!(schedule::pack(&spans(40_000, 2)).1 > 20_000);
}

/// Not a promise: it prints how long a hundred thousand records take.
#[test]
fn a_hundred_thousand_records_have_their_days() {
    let records: Vec<Arc<Record>> = (0..100_000).map(|_| Arc::new(record("at=2026-11-22T06:00Z"))).collect();
    let spans: Vec<Span> = records.iter().filter_map(|record| schedule::span(record, hours(), ZONE)).collect();
    let week = schedule::week("2026-11-16".parse().unwrap(), &spans, 4);
    assert_eq!((week.bars.len(), week.hidden[6]), (3, 99_997));
}
