//! Conditions, by cases as text: `tests/data/condition.csv` holds a condition as JSON, what it gives, and on which record.

use perennial::engine::condition::{self, Explained};
use perennial::engine::formula::Scope;
use perennial::model::condition::Condition;
use perennial::model::field::Language;

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
