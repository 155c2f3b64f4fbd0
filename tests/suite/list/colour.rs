//! Colours of a list: the first rule that holds counts, for the row and for each cell by itself.

use perennial::engine::formula::function::Clock;
use perennial::engine::list::Colours;
use perennial::model::field::Language;
use perennial::model::id::{Currency, EntityId, FieldId, RecordId};
use perennial::model::state::Reader;
use perennial::model::time::{Instant, Zone};
use perennial::model::view::ColourRule;
use serde_json::json;

use super::workspace;

#[test]
fn the_first_rule_that_holds_colours_the_row_and_each_cell() {
    let state = workspace();
    let rules: Vec<ColourRule> = serde_json::from_value(json!([
        { "when": { "field": "size", "is": "at_least", "value": 10 }, "hue": 4 },
        { "when": { "field": "nowhere", "is": "filled" }, "hue": 5 },
        { "when": { "field": "stage", "is": "equals", "value": "won" }, "hue": 1 },
        { "when": { "field": "stage", "is": "equals", "value": "won" }, "hue": 2, "field": "stage" },
        { "when": { "field": "firm.title", "is": "contains", "value": "科技" }, "hue": 3, "field": "stage" },
        { "when": { "field": "firm.title", "is": "contains", "value": "科技" }, "hue": 3, "field": "firm" },
    ]))
    .unwrap();
    let colours = Colours::compile(&state, EntityId::new("deal"), &rules);
    let clock = Clock {
        now: Instant(0),
        today: "2026-11-22".parse().unwrap(),
        zone: Zone::UTC,
        currency: Currency::new("CNY"),
        reckoning: Default::default(),
        actor: None,
    };
    let of = |id: u128| colours.of(&state, state.record(RecordId(id)).unwrap(), &clock, Language::Zh);
    let first = of(1);
    assert_eq!(first.row, Some(0));
    assert_eq!(first.cells, [(FieldId::new("stage"), 3), (FieldId::new("firm"), 5)]);
    assert_eq!(of(2), Default::default());
    assert_eq!(of(5).row, Some(0));
}

#[test]
fn a_rule_that_asks_a_linked_record_names_it() {
    let state = workspace();
    let beside = |when: serde_json::Value| {
        let rules: Vec<ColourRule> = serde_json::from_value(json!([{ "when": when, "hue": 1 }])).unwrap();
        let colours = Colours::compile(&state, EntityId::new("deal"), &rules);
        colours.beside(&state, state.record(RecordId(1)).unwrap())
    };
    let linked = beside(json!({ "field": "firm.title", "is": "contains", "value": "科技" }));
    assert_eq!((linked.records, linked.entities, linked.clock), (vec![RecordId(101)], vec![], false));
    assert!(beside(json!({ "formula": "size > DAY(TODAY())" })).clock);
    assert_eq!(beside(json!({ "field": "size", "is": "at_least", "value": 1 })), Default::default());
}
