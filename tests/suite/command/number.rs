//! Records that get numbers after they were made: those that were there before, and those that were numbered in another way.

use serde_json::{Value as Json, json};

use perennial::command::{Command, misnumbered};
use perennial::model::diagnostic::Code;
use perennial::model::entity::Entity;
use perennial::model::field::Field;
use perennial::model::id::{EntityId, FieldId};

use super::{Desk, assert_indexed};

/// A field as a definition file writes it.
fn field(mut json: Json) -> Field {
    let id = json["id"].clone();
    json["label"] = json!({ "zh-CN": id, "en": id });
    serde_json::from_value(json).expect("a field")
}

/// Puts a field in the place of the one with its id, or at the end.
fn put(entity: &mut Entity, field: Field) {
    entity.fields.retain(|known| known.id != field.id);
    entity.fields.push(field);
}

#[test]
fn records_that_were_numbered_in_another_way_are_numbered_again_when_somebody_asks() {
    let mut desk = Desk::new();
    let (entity, code) = (EntityId::new("lead"), FieldId::new("code"));
    let look = |prefix: &str, digits: u8| {
        field(json!({ "id": "code", "kind": "auto_number", "prefix": prefix, "digits": digits }))
    };
    desk.redefine("lead", |entity| put(entity, look("2025", 3))).unwrap();
    let leads = ["甲", "乙", "丙"].map(|name| desk.create("lead", json!({ "name": name })));
    let own = desk.create("lead", json!({ "name": "自带编号", "code": "VIP" }));
    let taken = desk.create("lead", json!({ "name": "占了号", "code": "K-0002" }));
    desk.redefine("lead", |entity| put(entity, look("K-", 4))).unwrap();
    let shown = |desk: &Desk| [leads[0], leads[1], leads[2], own, taken].map(|lead| desk.shown(lead, "code"));
    let before = shown(&desk);
    assert_eq!(before, ["2025001", "2025002", "2025003", "VIP", "K-0002"].map(|code| json!(code)));
    let next: Vec<String> = misnumbered(&desk.state, entity, code).into_iter().map(|(_, next)| next).collect();
    assert_eq!(next, ["K-0001", "K-0002", "K-0003"], "what ends as no number stays");
    desk.act(Command::NumberRecords { entity, field: code, again: true });
    let after = ["K-0001", "K-0004", "K-0003", "VIP", "K-0002"].map(|code| json!(code));
    assert_eq!(shown(&desk), after, "a number that is taken is passed over");
    assert!(misnumbered(&desk.state, entity, code).is_empty());
    assert_indexed(&desk.state);
    let done = desk.last();
    desk.undo(&[done]);
    assert_eq!(shown(&desk), before);
    assert_indexed(&desk.state);
}

#[test]
fn records_that_were_there_before_are_numbered_when_somebody_asks() {
    let mut desk = Desk::new();
    let before = desk.state.member_ids(EntityId::new("lead")).len();
    let first = desk.create("lead", json!({ "name": "先来的" }));
    let second = desk.create("lead", json!({ "name": "后来的" }));
    let number = json!({ "id": "code", "kind": "auto_number", "prefix": "L-", "digits": 3 });
    desk.redefine("lead", |entity| {
        put(entity, field(number));
        put(
            entity,
            field(json!({ "id": "called", "kind": "formula", "formula": "code&\" \"&name", "result": "text" })),
        );
    })
    .unwrap();
    let own = desk.create("lead", json!({ "name": "带着号来的", "code": "L-002" }));
    let newer = desk.create("lead", json!({ "name": "更后来的" }));
    assert_eq!(desk.shown(newer, "code"), "L-001", "a new record does not wait for the others");
    desk.act(Command::NumberRecords { entity: EntityId::new("lead"), field: FieldId::new("code"), again: false });
    let numbers = [first, second, own, newer].map(|lead| desk.shown(lead, "code"));
    let expected = [before + 3, before + 4].map(|number| json!(format!("L-{number:0>3}")));
    assert_eq!(numbers, [expected[0].clone(), expected[1].clone(), json!("L-002"), json!("L-001")]);
    assert_eq!(desk.shown(first, "called"), json!(format!("L-{:0>3} 先来的", before + 3)));
    assert_indexed(&desk.state);
    let done = desk.last();
    desk.undo(&[done]);
    assert_eq!((desk.shown(first, "code"), desk.shown(own, "code")), (json!(null), json!("L-002")));
    assert_indexed(&desk.state);
    let wrong = Command::NumberRecords { entity: EntityId::new("lead"), field: FieldId::new("name"), again: true };
    assert_eq!(desk.try_act(wrong).unwrap_err().diagnostics[0].code, Code::WrongType);
}
