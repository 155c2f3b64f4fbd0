//! Checks of single fields: a change is asked about what it touches and what follows from that, and about nothing else.

use serde_json::{Value as Json, json};

use perennial::command::Command;
use perennial::model::diagnostic::Code;
use perennial::model::entity::Entity;
use perennial::model::field::Field;
use perennial::model::id::{EntityId, FieldId, RecordId};

use super::Desk;

/// Leads with a margin that is computed, and a discount that may not be greater than what remains.
fn desk_with_checks(checks: &[(&str, &str)]) -> Desk {
    let mut desk = Desk::new();
    let field = |id: &str, more: Json| -> Field {
        let mut field = json!({ "id": id, "label": { "zh-CN": id, "en": id }, "kind": "number" });
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(field).unwrap()
    };
    let fields = vec![
        field("price", json!({})),
        field("cost", json!({})),
        field("discount", json!({})),
        field("margin", json!({ "kind": "formula", "formula": "price-cost", "result": "number" })),
        field("rest", json!({ "kind": "formula", "formula": "margin-discount", "result": "number" })),
    ];
    desk.redefine("lead", |entity| entity.fields.extend(fields)).unwrap();
    add_checks(&mut desk, checks);
    desk
}

fn add_checks(desk: &mut Desk, checks: &[(&str, &str)]) {
    let add = |entity: &mut Entity| {
        for (field, formula) in checks {
            let message = json!({ "zh-CN": "不行", "en": formula });
            let check = json!({ "condition": { "formula": formula }, "message": message });
            let field = entity.fields.iter_mut().find(|it| it.id == FieldId::new(field)).unwrap();
            field.checks.push(serde_json::from_value(check).unwrap());
        }
    };
    desk.redefine("lead", add).unwrap();
}

/// The fields beside which a change is refused.
fn refused(desk: &mut Desk, lead: RecordId, values: Json) -> Vec<String> {
    let command = desk.change(lead, values);
    let found = desk.try_act(command).expect_err("it is refused").diagnostics;
    assert!(found.iter().all(|it| it.code == Code::CheckFailed && it.at.record == Some(lead)), "{found:?}");
    found.iter().map(|it| it.at.field.unwrap().to_string()).collect()
}

#[test]
fn what_was_wrong_before_is_not_held_against_another_field() {
    let mut desk = desk_with_checks(&[]);
    let lead = desk.create("lead", json!({ "name": "李雷", "price": "5", "cost": "9" }));
    add_checks(&mut desk, &[("cost", "cost<=price"), ("margin", "margin>=0"), ("city", "city<>\"\"")]);
    desk.update(lead, json!({ "company": "甲" }));
    desk.act(Command::MoveCard {
        record: lead,
        field: FieldId::new("status"),
        to: Some(perennial::model::id::OptionId::new("invalid")),
    });
    let row = perennial::command::RowUpdate { record: lead, values: desk.values("lead", json!({ "company": "乙" })) };
    let import = Command::ImportRows { entity: EntityId::new("lead"), create: Vec::new(), update: vec![row] };
    assert!(desk.act(import).refused.is_empty());
    // A new record is asked about everything.
    let command = desk.creation("lead", json!({ "name": "韩梅", "price": "5", "cost": "9" }));
    assert_eq!(desk.refused(command), [Code::CheckFailed; 3]);
}

#[test]
fn a_change_is_asked_about_whatever_speaks_of_it() {
    let mut desk = desk_with_checks(&[("cost", "cost<=price")]);
    let lead = desk.create("lead", json!({ "name": "李雷", "price": "5", "cost": "3" }));
    assert_eq!(refused(&mut desk, lead, json!({ "price": "2" })), ["cost"], "the other side of the comparison");
    desk.update(lead, json!({ "price": "3" }));
}

#[test]
fn a_check_of_a_computed_field_sees_what_the_change_makes_of_it() {
    let mut desk = desk_with_checks(&[("margin", "margin>=0"), ("discount", "rest>=0")]);
    let command = desk.creation("lead", json!({ "name": "韩梅", "price": "5", "cost": "9" }));
    assert_eq!(desk.refused(command), [Code::CheckFailed; 2]);
    let lead = desk.create("lead", json!({ "name": "李雷", "price": "5", "cost": "3" }));
    assert_eq!(refused(&mut desk, lead, json!({ "cost": "6" })), ["discount", "margin"]);
    assert_eq!(refused(&mut desk, lead, json!({ "discount": "3" })), ["discount"]);
    desk.update(lead, json!({ "price": "9", "cost": "6", "discount": "3" }));
    assert_eq!((desk.shown(lead, "margin"), desk.shown(lead, "rest")), (json!("3"), json!("0")));
}
