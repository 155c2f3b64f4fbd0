//! A field that turns into another kind of thing takes its values along in one step, and undoing brings all of them back.

use serde_json::{Value as Json, json};

use perennial::command::{Command, forecast};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::{Code, Rejection};
use perennial::model::field::Field;
use perennial::model::id::{DefinitionId, EntityId, FieldId, RecordId};
use perennial::model::state::Reader;

use super::{Desk, assert_indexed, assert_same};

fn turned(desk: &Desk, field: &str, kind: Json) -> Field {
    let entity = desk.state.entity(EntityId::new("lead")).unwrap();
    let mut json = serde_json::to_value(entity.field(FieldId::new(field)).expect("the field")).unwrap();
    let members = json.as_object_mut().unwrap();
    for member in ["max", "pattern", "options", "currency", "decimals", "min"] {
        members.remove(member);
    }
    members.extend(kind.as_object().unwrap().clone());
    serde_json::from_value(json).expect("a field")
}

fn recast(desk: &mut Desk, field: &str, into: Option<Field>, lost: usize) -> Result<(), Rejection> {
    let (entity, field) = (EntityId::new("lead"), FieldId::new(field));
    desk.try_act(Command::Recast { entity, field, into: into.map(Box::new), lost }).map(|_| ())
}

fn wechats(desk: &mut Desk) -> Vec<RecordId> {
    ["12", "1,200", "about 7", "", "12"]
        .into_iter()
        .enumerate()
        .map(|(at, text)| desk.create("lead", json!({ "name": format!("线索{at}"), "wechat": text })))
        .collect()
}

#[test]
fn values_follow_their_field_in_one_step_and_come_back() {
    let mut desk = Desk::new();
    let leads = wechats(&mut desk);
    let number = turned(&desk, "wechat", json!({ "kind": "number" }));
    let context = desk.context();
    let said = forecast(&desk.state, &context, EntityId::new("lead"), FieldId::new("wechat"), Some(&number));
    assert_eq!((said.blank, said.kept, said.changed, said.lost), (1, 0, 3, 1));
    assert_eq!(said.examples.len(), 3, "no two alike");
    assert_eq!((said.examples[0].record, &said.examples[0].after), (leads[2], &None), "what is lost comes first");
    let before = desk.state.clone();
    let refused = recast(&mut desk, "wechat", Some(number.clone()), 0).unwrap_err();
    assert_eq!((refused.diagnostics[0].code, refused.diagnostics[0].argument("count")), (Code::ValuesLost, Some("1")));
    assert_same(&before, &desk.state);
    recast(&mut desk, "wechat", Some(number), 1).unwrap();
    let shown: Vec<Json> = leads.iter().map(|lead| desk.shown(*lead, "wechat")).collect();
    assert_eq!(shown, [json!("12"), json!("1200"), json!(null), json!(null), json!("12")]);
    assert_indexed(&desk.state);
    let done = desk.last();
    desk.undo(&[done]);
    assert_eq!(desk.shown(leads[2], "wechat"), "about 7");
    assert_eq!(desk.shown(leads[1], "wechat"), "1,200");
    assert_indexed(&desk.state);
    let undone = desk.last();
    desk.undo(&[undone]);
    assert_eq!(desk.shown(leads[1], "wechat"), "1200");
}

#[test]
fn a_field_that_computes_takes_the_place_of_what_was_typed_only_if_that_is_agreed() {
    let mut desk = Desk::new();
    let leads = wechats(&mut desk);
    let formula = turned(&desk, "wechat", json!({ "kind": "formula", "formula": "=LEN(name)", "result": "number" }));
    assert_eq!(
        recast(&mut desk, "wechat", Some(formula.clone()), 3).unwrap_err().diagnostics[0].code,
        Code::ValuesLost
    );
    recast(&mut desk, "wechat", Some(formula), 4).unwrap();
    assert_eq!(desk.shown(leads[3], "wechat"), "3");
    let done = desk.last();
    desk.undo(&[done]);
    assert_eq!((desk.shown(leads[2], "wechat"), desk.shown(leads[3], "wechat")), (json!("about 7"), json!(null)));
    let undone = desk.last();
    desk.undo(&[undone]);
    assert_eq!(desk.shown(leads[2], "wechat"), "3");
    let text = turned(&desk, "wechat", json!({ "kind": "text" }));
    recast(&mut desk, "wechat", Some(text), 0).unwrap();
    assert_eq!(desk.shown(leads[2], "wechat"), "3", "a number in words");
    assert_indexed(&desk.state);
}

#[test]
fn values_that_become_alike_are_no_longer_unique() {
    let mut desk = Desk::new();
    for (name, wechat) in [("一", "1200"), ("二", "1,200")] {
        desk.create("lead", json!({ "name": name, "wechat": wechat }));
    }
    let unique = Field { unique: true, ..turned(&desk, "wechat", json!({ "kind": "text" })) };
    recast(&mut desk, "wechat", Some(unique), 0).unwrap();
    let number = turned(&desk, "wechat", json!({ "kind": "number" }));
    let refused = recast(&mut desk, "wechat", Some(number), 0).unwrap_err();
    assert_eq!(refused.diagnostics[0].code, Code::NotUnique);
}

#[test]
fn a_field_goes_with_its_values_and_the_views_that_cannot_do_without() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "一", "wechat": "abc" }));
    let before = desk.state.clone();
    assert_eq!(recast(&mut desk, "wechat", None, 0).unwrap_err().diagnostics[0].code, Code::ValuesLost);
    recast(&mut desk, "wechat", None, 1).unwrap();
    assert!(desk.record(lead).value(FieldId::new("wechat")).is_empty());
    let layout = desk.state.definition(DefinitionId::new("layout/lead"));
    let Some(Definition::Layout(layout)) = layout else { panic!("a layout") };
    assert!(layout.named().all(|field| field.as_str() != "wechat"));
    let done = desk.last();
    desk.undo(&[done]);
    assert_eq!(desk.shown(lead, "wechat"), "abc");
    let definitions =
        |state: &perennial::model::state::State| state.definitions().map(|(_, it)| it.clone()).collect::<Vec<_>>();
    assert!(definitions(&before) == definitions(&desk.state));
    // What others speak of stays, and they are named.
    let refused = recast(&mut desk, "phone", None, 10).unwrap_err();
    assert!(refused.diagnostics.iter().any(|wrong| wrong.code == Code::NeededBy), "{refused:?}");
}

#[test]
fn a_board_goes_when_what_it_stands_by_is_no_choice_any_more() {
    let mut desk = Desk::new();
    let make = json!({ "id": "board_of_tiers", "label": { "zh-CN": "级别", "en": "Tiers" }, "entity": "lead",
        "shape": { "shape": "board", "by": "tier", "card": ["tier", "name"] } });
    let tier = json!({ "id": "tier", "label": { "zh-CN": "级别", "en": "Tier" }, "kind": "choice",
        "options": [{ "id": "gold", "label": { "zh-CN": "金", "en": "Gold" } }] });
    desk.redefine("lead", |entity| entity.fields.push(serde_json::from_value(tier).unwrap())).unwrap();
    desk.act(Command::Define { definitions: vec![Definition::View(serde_json::from_value(make).unwrap())] });
    let lead = desk.create("lead", json!({ "name": "一", "tier": "gold" }));
    let text = turned(&desk, "tier", json!({ "kind": "text" }));
    recast(&mut desk, "tier", Some(text), 0).unwrap();
    assert_eq!(desk.shown(lead, "tier"), "金");
    assert!(desk.state.definition(DefinitionId::new("view/board_of_tiers")).is_none());
    let done = desk.last();
    desk.undo(&[done]);
    assert_eq!(desk.shown(lead, "tier"), "gold");
    assert!(desk.state.definition(DefinitionId::new("view/board_of_tiers")).is_some());
}

#[test]
fn a_retired_field_is_asked_of_nobody_and_keeps_what_it_holds() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "一", "wechat": "abc" }));
    let retired = Field { retired: true, required: true, ..turned(&desk, "wechat", json!({ "kind": "text" })) };
    recast(&mut desk, "wechat", Some(retired), 0).unwrap();
    assert_eq!(desk.shown(lead, "wechat"), "abc");
    desk.create("lead", json!({ "name": "二" }));
    let back = Field { retired: false, ..turned(&desk, "wechat", json!({ "kind": "text" })) };
    recast(&mut desk, "wechat", Some(back), 0).unwrap();
    let missing = desk.creation("lead", json!({ "name": "三" }));
    assert_eq!(desk.refused(missing), [Code::MissingRequired]);
}
