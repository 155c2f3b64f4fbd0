//! Conditions, by cases as text: `tests/data/condition.csv` holds a condition as JSON, what it gives, and on which record.

use perennial::engine::condition::{self, Day, Explained};
use perennial::engine::formula::Scope;
use perennial::model::condition::Condition;
use perennial::model::field::{Field, Language};
use perennial::model::time::{Date, Reckoning};

use crate::formula::{DEFAULT_RECORD, Fixture, fixture, folder, record, show_diagnostics};

fn outcome(fixture: &Fixture, json: &str, on: &str) -> String {
    let on = if on.is_empty() { DEFAULT_RECORD } else { on };
    let record = record(&fixture.state, on);
    let condition: Condition = match serde_json::from_str(json) {
        Ok(condition) => condition,
        Err(error) => return format!("!{error}"),
    };
    let compiled = match condition::compile(&condition, &fixture.state, record.entity) {
        Ok(compiled) => compiled,
        Err(errors) => return show_diagnostics(&errors),
    };
    let before = (on == DEFAULT_RECORD).then_some(&fixture.before);
    let scope = Scope { reader: &fixture.state, record, before, clock: &fixture.clock, language: Language::Zh };
    let holds = compiled.holds(&scope);
    assert_eq!(compiled.explain(&scope).holds, holds);
    if holds { "TRUE" } else { "FALSE" }.to_owned()
}

#[test]
fn every_comparison_on_every_kind() {
    let fixture = fixture();
    let path = folder().parent().unwrap().join("condition.csv");
    let mut failures = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .quoting(false)
        .delimiter(b'|')
        .flexible(true)
        .from_path(path)
        .unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        let (json, expected, on) = (row[0].trim(), row[1].trim(), row.get(2).unwrap_or_default().trim());
        let found = outcome(&fixture, json, on);
        if found != expected {
            failures.push(format!("  {json} on {on}\n    expected {expected}, found {found}"));
        }
    }
    assert!(failures.is_empty(), "{} cases fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn an_explanation_holds_what_was_compared() {
    let fixture = fixture();
    let record = record(&fixture.state, DEFAULT_RECORD);
    let json = r#"{"all":[{"field":"company_size","is":"greater","value":500},{"formula":"公司规模>1000"}]}"#;
    let condition: Condition = serde_json::from_str(json).unwrap();
    let compiled = condition::compile(&condition, &fixture.state, record.entity).unwrap();
    let scope = Scope { reader: &fixture.state, record, before: None, clock: &fixture.clock, language: Language::Zh };
    let explanation = compiled.explain(&scope);
    assert!(!explanation.holds);
    let Explained::All(parts) = &explanation.what else { panic!("all") };
    assert!(parts[0].holds && !parts[1].holds);
    let Explained::Compare { label, .. } = &parts[0].what else { panic!("compare") };
    assert_eq!(label.zh, "公司规模");
}

#[test]
fn a_day_is_read_as_it_stands_and_as_people_say_it_and_written_back() {
    let today = Date::from_ymd_opt(2026, 11, 22).unwrap();
    for (text, written, on) in [
        ("2026-02-01", "2026-02-01", "2026-02-01"),
        ("today", "today", "2026-11-22"),
        ("today-7", "today-7", "2026-11-15"),
        ("今天＋30", "today+30", "2026-12-22"),
        ("today-3m", "today-3m", "2026-08-22"),
        ("today+12m", "today+1y", "2027-11-22"),
        ("month", "month", "2026-11-01"),
        ("quarter-end-1", "quarter-end-1", "2026-09-30"),
        ("-1 month", "today-1m", "2026-10-22"),
        ("3 weeks ago", "today-21", "2026-11-01"),
        ("in 2 quarters", "today+6m", "2027-05-22"),
        ("Yesterday", "today-1", "2026-11-21"),
        ("This quarter", "quarter", "2026-10-01"),
        ("last week", "week-1", "2026-11-09"),
        ("本季度", "quarter", "2026-10-01"),
        ("上个月", "month-1", "2026-10-01"),
        ("下周", "week+1", "2026-11-23"),
        ("去年", "year-1", "2025-01-01"),
        ("7天前", "today-7", "2026-11-15"),
        ("2个月后", "today+2m", "2027-01-22"),
        ("昨天", "today-1", "2026-11-21"),
    ] {
        let day = Day::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (day.to_string().as_str(), day.on(today, Reckoning::default()).unwrap().to_string().as_str()),
            (written, on),
            "{text}"
        );
        assert_eq!(Day::read(written), Some(day), "{written}");
    }
    for text in ["", "soon", "monthly", "today7", "month1", "1 month", "前", "this", "99999999999999999999 days ago"] {
        assert_eq!(Day::read(text), None, "{text}");
    }
}

#[test]
fn a_calendar_offers_the_days_that_the_checks_of_a_field_leave() {
    let left = |kind: &str, conditions: serde_json::Value| {
        let label = serde_json::json!({"zh-CN": "日", "en": "Day"});
        let checks: Vec<serde_json::Value> = conditions
            .as_array()
            .unwrap()
            .iter()
            .map(|condition| serde_json::json!({"condition": condition, "message": label}))
            .collect();
        let field = serde_json::json!({"id": "due", "label": label, "kind": kind, "checks": checks});
        let field: Field = serde_json::from_value(field).unwrap();
        let today: Date = "2026-11-22".parse().unwrap();
        let (first, last) = condition::days_left(&field, today, Reckoning::default());
        let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        format!("{} to {}", text(first), text(last))
    };
    let due = |is: &str, value: &str| serde_json::json!({"field": "due", "is": is, "value": value});
    for (conditions, expected) in [
        (serde_json::json!([]), " to "),
        (serde_json::json!([due("at_least", "today")]), "2026-11-22 to "),
        (serde_json::json!([due("greater", "today"), due("at_most", "today+3m")]), "2026-11-23 to 2027-02-22"),
        (serde_json::json!([due("less", "2027-01-01"), due("at_most", "2028-01-01")]), " to 2026-12-31"),
        (serde_json::json!([{"all": [due("at_least", "2026-01-01"), due("at_least", "today")]}]), "2026-11-22 to "),
        (
            serde_json::json!([{"field": "due", "is": "between", "value": ["month", "month-end"]}]),
            "2026-11-01 to 2026-11-30",
        ),
        (
            serde_json::json!([{"any": [due("at_least", "today")]}, {"field": "other", "is": "less", "value": "today"}]),
            " to ",
        ),
    ] {
        assert_eq!(left("date", conditions.clone()), expected, "{conditions}");
    }
    assert_eq!(left("instant", serde_json::json!([due("greater", "today")])), "2026-11-22 to ");
}
