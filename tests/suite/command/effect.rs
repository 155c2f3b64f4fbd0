//! What rules do fits like what people do: the rest is withheld and said, and the person's own command goes through.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use perennial::command::{Blueprint, Command, Outcome};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::Code;
use perennial::model::id::{DefinitionId, FieldId, RecordId};
use perennial::model::state::State;

use super::{Desk, named};

/// A rule that runs when the need of a lead changes.
fn rule(desk: &mut Desk, actions: Json) {
    rule_on(desk, "need", actions);
}

fn rule_on(desk: &mut Desk, field: &str, actions: Json) {
    let label = json!({ "zh-CN": "试试", "en": "Try" });
    let rule = json!({ "rule": {
        "id": "try", "label": label, "entity": "lead", "enabled": true, "priority": 1,
        "triggers": [{ "on": "changed", "fields": [field] }], "condition": { "all": [] }, "actions": actions,
    } });
    desk.act(Command::Define { definitions: vec![serde_json::from_value(rule).unwrap()] });
}

fn with_field(desk: &mut Desk, field: Json) {
    let mut field = field;
    field["label"] = json!({ "zh-CN": "码", "en": "Code" });
    desk.redefine("lead", |entity| entity.fields.push(serde_json::from_value(field).unwrap())).unwrap();
}

/// What the rule might not do, as the trace and the commit say it.
fn withheld(outcome: &Outcome) -> Vec<(Option<FieldId>, Code)> {
    let listed = outcome.withheld();
    assert!(listed.iter().all(|it| it.rule == DefinitionId::new("rule/try")));
    listed.iter().flat_map(|it| &it.wrong).map(|wrong| (wrong.at.field, wrong.code)).collect()
}

fn at(field: &str, code: Code) -> Vec<(Option<FieldId>, Code)> {
    vec![(Some(FieldId::new(field)), code)]
}

#[test]
fn a_rule_cannot_blank_a_required_field() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "李雷" }));
    rule(
        &mut desk,
        json!([{ "do": "set", "field": "name", "to": "\"\"" }, { "do": "set", "field": "title", "to": "\"总监\"" }]),
    );
    let outcome = desk.update(lead, json!({ "need": "培训" }));
    assert_eq!(withheld(&outcome), at("name", Code::MissingRequired));
    assert_eq!((desk.shown(lead, "name"), desk.shown(lead, "title")), (json!("李雷"), json!("总监")));
    assert_eq!(desk.shown(lead, "need"), "培训");
}

#[test]
fn a_rule_cannot_break_what_is_unique_nor_a_limit() {
    let mut desk = Desk::new();
    with_field(&mut desk, json!({ "id": "code", "kind": "text", "unique": true }));
    with_field(&mut desk, json!({ "id": "count", "kind": "number", "max": "10" }));
    let leads: Vec<RecordId> = (0..2).map(|n| desk.create("lead", json!({ "name": format!("线索{n}") }))).collect();
    rule(
        &mut desk,
        json!([{ "do": "set", "field": "code", "to": "\"A\"" }, { "do": "add", "field": "count", "by": "8" }]),
    );
    assert!(withheld(&desk.update(leads[0], json!({ "need": "一" }))).is_empty());
    assert_eq!((desk.shown(leads[0], "code"), desk.shown(leads[0], "count")), (json!("A"), json!("8")));
    assert_eq!(withheld(&desk.update(leads[1], json!({ "need": "一" }))), at("code", Code::NotUnique));
    assert_eq!((desk.shown(leads[1], "code"), desk.shown(leads[1], "count")), (Json::Null, json!("8")));
    assert_eq!(withheld(&desk.update(leads[0], json!({ "need": "二" }))), at("count", Code::TooLarge));
    assert_eq!((desk.shown(leads[0], "count"), desk.shown(leads[0], "need")), (json!("8"), json!("二")));
}

#[test]
fn a_rule_cannot_assign_somebody_who_is_gone() {
    let mut desk = Desk::new();
    let gone = desk.create("user", json!({ "name": "走了" }));
    rule(
        &mut desk,
        json!([
            { "do": "assign", "field": "owner", "to": { "by": "person", "record": gone.to_string() } },
            { "do": "set", "field": "title", "to": "\"总监\"" },
        ]),
    );
    desk.remove(gone);
    let lead = desk.create("lead", json!({ "name": "李雷", "owner": named("user/b").to_string() }));
    let outcome = desk.update(lead, json!({ "need": "培训" }));
    assert_eq!(withheld(&outcome), at("owner", Code::NoSuchLink));
    assert_eq!(desk.shown(lead, "owner"), json!(named("user/b").to_string()));
    assert_eq!(desk.shown(lead, "title"), "总监");
}

#[test]
fn a_record_that_would_be_wrong_is_not_made() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "李雷" }));
    rule(
        &mut desk,
        json!([
            { "do": "create", "entity": "account", "values": [{ "field": "name", "to": "\"\"" }] },
            { "do": "create", "entity": "account", "values": [{ "field": "name", "to": "name" }] },
        ]),
    );
    let before = desk.state.record_count();
    let outcome = desk.update(lead, json!({ "need": "培训" }));
    assert_eq!(withheld(&outcome), at("name", Code::MissingRequired));
    assert_eq!(desk.state.record_count(), before + 1);
}

#[test]
fn what_was_wrong_before_does_not_stop_a_rule() {
    let mut desk = Desk::new();
    with_field(&mut desk, json!({ "id": "day", "kind": "formula", "formula": "TODAY()", "result": "date" }));
    let lead = desk.create("lead", json!({ "name": "李雷" }));
    let message = json!({ "zh-CN": "请填写", "en": "Fill it in" });
    let check = json!({ "condition": { "field": "title", "is": "filled" }, "message": message });
    with_field(&mut desk, json!({ "id": "code", "kind": "text", "checks": [check] }));
    rule_on(&mut desk, "day", json!([{ "do": "set", "field": "company_size", "to": "7" }]));
    desk.millis += 86_400_000;
    let outcome = desk.act(Command::Tick { entity: desk.record(lead).entity, records: vec![lead] });
    assert!(withheld(&outcome).is_empty(), "{:?}", outcome.trace);
    assert_eq!(desk.shown(lead, "company_size"), "7");
}

#[test]
fn one_wrong_definition_does_not_stop_the_others() {
    let mut desk = Desk::new();
    with_field(&mut desk, json!({ "id": "twice", "kind": "formula", "formula": "company_size*2", "result": "number" }));
    rule(&mut desk, json!([{ "do": "set", "field": "title", "to": "\"总监\"" }]));
    let mut definitions: BTreeMap<DefinitionId, Definition> =
        desk.state.definitions().map(|(id, definition)| (id, definition.clone())).collect();
    let mut spoil = |id: &str, from: &str, to: &str| {
        let id = DefinitionId::new(id);
        let text = serde_json::to_string(&definitions[&id]).unwrap();
        assert!(text.contains(from), "{id}");
        definitions.insert(id, serde_json::from_str(&text.replace(from, to)).unwrap());
    };
    spoil("entity/lead", "company_size*2", "twice*2");
    spoil("rule/r01_region_to_team", "guangdong", "nowhere");
    let records = desk.state.records().map(|record| (record.id, record.clone())).collect();
    let cells = desk.state.cells().map(|(id, value)| (id, value.clone())).collect();
    desk.state = State::load(definitions, records, cells);
    assert!(Blueprint::compile(&desk.state).is_err());
    let (blueprint, wrong) = Blueprint::compile_sound(&desk.state);
    let mut named: Vec<DefinitionId> = wrong.iter().filter_map(|wrong| wrong.at.definition).collect();
    named.sort();
    assert_eq!(named, [DefinitionId::new("entity/lead"), DefinitionId::new("rule/r01_region_to_team")]);
    desk.blueprint = Arc::new(blueprint);
    let lead =
        desk.create("lead", json!({ "name": "李雷", "need": "培训", "source": "website", "company_size": "620" }));
    assert_eq!(desk.shown(lead, "title"), "总监", "other rules run");
    assert_ne!(desk.shown(lead, "score"), Json::Null, "other fields are computed");
    assert_eq!(desk.shown(lead, "number"), "L-00001", "what numbers and fills in works");
    assert_eq!(
        desk.refused(Command::UpdateRecord { record: lead, values: desk.pairs("lead", json!({ "name": null })) }),
        [Code::MissingRequired]
    );
}
