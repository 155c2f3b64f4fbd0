//! Reports, by cases as text: `tests/data/report/cases.json` holds a few records, questions about them and the answers.

use std::sync::Arc;

use perennial::engine::formula::function::Clock;
use perennial::engine::plain;
use perennial::engine::report::{self, Report};
use perennial::model::definition::Definition;
use perennial::model::entity::Entity;
use perennial::model::field::Language;
use perennial::model::id::{Currency, EntityId, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::State;
use perennial::model::time::{Date, Instant, Zone};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

#[derive(Deserialize)]
struct Written {
    records: Vec<Map<String, Json>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    say: String,
    report: Json,
    #[serde(default)]
    columns: Option<Vec<String>>,
    #[serde(default)]
    rows: Option<Vec<Vec<Json>>>,
    /// The code of the first diagnostic, and its field if it has one.
    #[serde(default)]
    error: Option<String>,
}

fn deals() -> Entity {
    let option = |id: &str| json!({ "id": id, "label": { "en": id } });
    let field = |id: &str, more: Json| {
        let mut field = json!({ "id": id, "label": { "en": id } });
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        field
    };
    serde_json::from_value(json!({
        "id": "deal", "label": { "en": "Deal" }, "plural": { "en": "Deals" }, "icon": "dot", "group": "sell", "title": "name",
        "fields": [
            field("name", json!({ "kind": "text" })),
            field("stage", json!({ "kind": "choice", "options": [option("open"), option("won"), option("lost")] })),
            field("amount", json!({ "kind": "money" })),
            field("foreign", json!({ "kind": "money" })),
            field("size", json!({ "kind": "number" })),
            field("tags", json!({ "kind": "choices", "options": [option("vip"), option("new")] })),
            field("day", json!({ "kind": "date" })),
            field("at", json!({ "kind": "instant" })),
            field("spent", json!({ "kind": "duration" })),
            field("paid", json!({ "kind": "flag" })),
            field("parent", json!({ "kind": "link", "to": ["deal"] })),
            field("parent_stage", json!({ "kind": "lookup", "link": "parent", "field": "stage" })),
            field("last", json!({ "kind": "rollup", "entity": "deal", "via": "parent", "function": "max", "field": "day" })),
            field("parts", json!({ "kind": "rollup", "entity": "deal", "via": "parent", "function": "count" })),
        ]
    }))
    .unwrap()
}

#[test]
fn every_report_answers_as_written() {
    let text = include_str!("../data/report/cases.json");
    let written: Written = serde_json::from_str(text).unwrap();
    let entity = Arc::new(deals());
    let mut state = State::new();
    let definition = Definition::Entity(entity.clone());
    state.define(definition.id(), Some(definition));
    for (at, json) in written.records.iter().enumerate() {
        let value = |(id, json): (&String, &Json)| {
            let field = entity.field_called(id).unwrap_or_else(|| panic!("no field {id}"));
            (field.id, plain::read(field, json, Currency::new("CNY")).unwrap_or_else(|wrong| panic!("{wrong:?}")))
        };
        let values: Values = json.iter().map(value).collect();
        let id = RecordId(at as u128 + 1);
        let record = Record { id, entity: EntityId::new("deal"), created: Instant(0), updated: Instant(0), values };
        state.insert(Arc::new(record));
    }
    let now: Instant = "2026-11-22T09:00:00+08:00".parse().unwrap();
    let today = Date::from_ymd_opt(2026, 11, 22).unwrap();
    let clock = Clock {
        now,
        today,
        zone: Zone::fixed(8 * 3600),
        currency: Currency::new("CNY"),
        reckoning: Default::default(),
        actor: None,
    };
    let mut failures = Vec::new();
    for case in written.cases {
        let mut json = case.report;
        json["entity"] = json!("deal");
        let report: Report = serde_json::from_value(json).unwrap_or_else(|error| panic!("{}: {error}", case.say));
        match report::run(&state, &report, &clock, Language::Zh) {
            Ok(table) => {
                let columns: Vec<String> =
                    table.columns.iter().map(|column| format!("{} {}", column.id, column.kind)).collect();
                if Some(&table.rows) != case.rows.as_ref() || case.columns.is_some_and(|expected| expected != columns) {
                    failures.push(format!("{}: {columns:?} {:?}", case.say, table.rows));
                }
            }
            Err(wrong) => {
                let first = &wrong[0];
                let at = first.at.field.map_or_else(String::new, |field| format!(" {field}"));
                if Some(format!("{}{at}", first.code.as_str())) != case.error {
                    failures.push(format!("{}: {wrong:?}", case.say));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
