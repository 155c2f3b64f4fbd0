//! Weeks, quarters and years as a workspace reckons them, wherever they are asked for; and conditions that ask who looks.

use perennial::engine::condition::{self, Day};
use perennial::engine::formula::{Read, Scope};
use perennial::model::condition::Condition;
use perennial::model::field::Language;
use perennial::model::time::{Date, Reckoning};
use perennial::model::value::Value;

use crate::formula::{DEFAULT_RECORD, fixture, record};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn weeks_quarters_and_years_begin_where_the_workspace_says() {
    // 22 November 2026 is a Sunday.
    let cases = [
        ((1, 1), "2026-11-22", ["2026-11-16", "2026-10-01", "2026-01-01"], 4),
        ((7, 4), "2026-11-22", ["2026-11-22", "2026-10-01", "2026-04-01"], 3),
        ((6, 4), "2026-02-28", ["2026-02-28", "2026-01-01", "2025-04-01"], 4),
        ((1, 12), "2026-11-30", ["2026-11-30", "2026-09-01", "2025-12-01"], 4),
        ((1, 2), "2026-01-31", ["2026-01-26", "2025-11-01", "2025-02-01"], 4),
        // What cannot be is brought to what can.
        ((0, 0), "2026-11-22", ["2026-11-16", "2026-10-01", "2026-01-01"], 4),
        ((99, 99), "2026-11-22", ["2026-11-22", "2026-09-01", "2025-12-01"], 4),
    ];
    for ((week_start, first_month), on, [week, quarter, year], number) in cases {
        let reckoning = Reckoning::new(week_start, first_month);
        let found = [reckoning.week(day(on)), reckoning.quarter(day(on)), reckoning.year(day(on))];
        assert_eq!(found, [week, quarter, year].map(day), "{week_start} {first_month} {on}");
        assert_eq!(reckoning.quarter_number(day(on)), number, "{week_start} {first_month} {on}");
    }
}

#[test]
fn days_of_conditions_follow_it() {
    let reckoning = Reckoning::new(7, 4);
    let on = |text: &str| Day::read(text).and_then(|it| it.on(day("2026-11-22"), reckoning)).map(|it| it.to_string());
    for (text, expected) in [
        ("week", "2026-11-22"),
        ("week-end", "2026-11-28"),
        ("week-1", "2026-11-15"),
        ("quarter", "2026-10-01"),
        ("quarter-end", "2026-12-31"),
        ("year", "2026-04-01"),
        ("year-end", "2027-03-31"),
        ("year-1", "2025-04-01"),
        ("month", "2026-11-01"),
    ] {
        assert_eq!(on(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn me_is_whoever_asks() {
    let mut fixture = fixture();
    let record = record(&fixture.state, DEFAULT_RECORD);
    let owner = record.values.iter().find_map(|(field, value)| match value {
        Value::Link(link) if field.as_str() == "owner" => Some(*link),
        _ => None,
    });
    for json in [
        r#"{"field":"owner","is":"equals","value":"me"}"#,
        r#"{"field":"owner","is":"one_of","value":["我"]}"#,
        r#"{"formula":"owner=ME()"}"#,
        r#"{"formula":"负责人=我()"}"#,
    ] {
        let condition: Condition = serde_json::from_str(json).unwrap();
        let compiled = condition::compile(&condition, &fixture.state, record.entity).unwrap();
        assert!(compiled.reads().contains(&Read::Actor), "{json}");
        for (actor, expected) in [(owner, true), (Some(record.id), false), (None, false)] {
            fixture.clock.actor = actor;
            let clock = &fixture.clock;
            let scope = Scope { reader: &fixture.state, record, before: None, clock, language: Language::En };
            assert_eq!(compiled.holds(&scope), expected, "{json} by {actor:?}");
        }
    }
    let path = r#"{"field":"owner.manager","is":"equals","value":"me"}"#;
    let condition: Condition = serde_json::from_str(path).unwrap();
    assert!(condition::compile(&condition, &fixture.state, record.entity).is_ok());
}
