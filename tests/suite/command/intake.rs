//! Slices of an import: whatever happens to one row, the others find their place, and each has a fate.

use perennial::command::intake::{Fate, Intake, RowStep, SliceRow, take_in};
use perennial::command::{Command, NewRecord, RowUpdate};
use perennial::model::diagnostic::Code;
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::record::Values;
use perennial::model::state::Reader;
use perennial::model::value::Value;

use super::change::rule;
use super::{Desk, assert_same};

fn lead() -> EntityId {
    EntityId::new("lead")
}

fn named(name: &str) -> Values {
    Values::from_iter([(FieldId::new("name"), Value::text(name))])
}

fn with(mut values: Values, field: &str, value: Value) -> Values {
    values.set(FieldId::new(field), value);
    values
}

fn new(id: u128, entity: &str, values: Values) -> NewRecord {
    NewRecord { id: RecordId(id), entity: EntityId::new(entity), created: None, values }
}

fn create(id: u128, values: Values) -> SliceRow {
    SliceRow::alone(RowStep::Create(new(id, "lead", values)))
}

fn update(id: u128, values: Values) -> SliceRow {
    SliceRow::alone(RowStep::Update(RowUpdate { record: RecordId(id), values }))
}

/// A desk where leads of a certain city wake rules that never come to rest.
fn restless() -> Desk {
    let mut desk = Desk::new();
    let rules = vec![
        rule("甲", "do_not_call", "AND(do_not_call,city=\"Restless\")", "do_not_call", "FALSE"),
        rule("乙", "do_not_call", "AND(NOT(do_not_call),city=\"Restless\")", "do_not_call", "TRUE"),
        serde_json::from_value(serde_json::json!({ "rule": {
            "id": "丙", "label": { "zh-CN": "丙", "en": "C" }, "entity": "lead", "enabled": true,
            "triggers": [{ "on": "created" }], "condition": { "formula": "city=\"Restless\"" },
            "actions": [{ "do": "set", "field": "do_not_call", "to": "TRUE" }],
        } }))
        .unwrap(),
    ];
    desk.act(Command::Define { definitions: rules });
    desk
}

/// Takes rows in on a desk; how many commands that took, too.
fn take(desk: &mut Desk, rows: Vec<SliceRow>) -> (Intake, usize) {
    let mut asked = 0;
    let intake = take_in(lead(), rows, &mut |command| {
        asked += 1;
        desk.try_act(command).map(|outcome| outcome.refused)
    });
    (intake, asked)
}

fn said(intake: &Intake) -> Vec<String> {
    let say = |fate: &Fate| match fate {
        Fate::Created => "created".to_owned(),
        Fate::Updated => "updated".to_owned(),
        Fate::Refused(_, wrong) => wrong.first().map_or("", |wrong| wrong.code.as_str()).to_owned(),
    };
    intake.fates.iter().map(say).collect()
}

#[test]
fn a_row_that_no_command_can_take_costs_no_other_row_its_place() {
    let mut desk = restless();
    let rows = |first: u128| -> Vec<SliceRow> {
        (first..first + 40)
            .map(|id| {
                let city = if id % 100 == 17 { "Restless" } else { "Lyon" };
                create(id, with(named(&format!("Lead {id}")), "city", Value::text(city)))
            })
            .collect()
    };
    let (first, asked) = take(&mut desk, rows(1000));
    assert_eq!(said(&first).iter().filter(|fate| *fate == "created").count(), 39);
    assert_eq!(said(&first)[17], Code::EndlessRules.as_str());
    assert!(asked < 16, "halving finds the row: {asked}");
    // Slices after it are none the worse.
    let (second, asked) = take(&mut desk, rows(2050));
    assert_eq!((second.fates.iter().all(|fate| *fate == Fate::Created), asked), (true, 1));
    assert_eq!(desk.state.member_ids(lead()).len(), 79);
}

#[test]
fn all_of_a_slice_can_be_undone_as_one() {
    let mut desk = restless();
    let before = desk.state.clone();
    let kept = desk.commits.len();
    let rows = (0..8).map(|id| {
        let city = if id == 3 { "Restless" } else { "Lyon" };
        create(900 + id, with(named(&format!("Lead {id}")), "city", Value::text(city)))
    });
    let (intake, _) = take(&mut desk, rows.collect());
    assert_eq!(intake.fates.iter().filter(|fate| **fate == Fate::Created).count(), 7);
    let commits = desk.commits[kept..].to_vec();
    desk.undo(&commits);
    assert_same(&before, &desk.state);
}

#[test]
fn a_later_row_of_the_same_record_takes_the_place_of_one_that_was_refused() {
    let mut desk = restless();
    let rows = vec![
        create(1, with(named("Ada"), "score", Value::integer(5))),
        update(1, named("Ada once more")),
        update(1, with(named("Ada at last"), "city", Value::text("Lyon"))),
        create(2, with(named("Bo"), "city", Value::text("Restless"))),
        update(2, named("Bo once more")),
        update(3, named("Nobody")),
    ];
    let (intake, _) = take(&mut desk, rows);
    let unknown = Code::UnknownRecord.as_str();
    assert_eq!(
        said(&intake),
        [Code::ReadOnly.as_str(), "created", "updated", Code::EndlessRules.as_str(), "created", unknown]
    );
    assert_eq!(intake.lost, []);
    assert_eq!(desk.shown(RecordId(1), "name"), "Ada at last");
    assert_eq!(desk.shown(RecordId(2), "name"), "Bo once more");
}

#[test]
fn two_rows_for_one_record_have_a_fate_each() {
    let mut desk = Desk::new();
    let known = desk.create("lead", serde_json::json!({ "name": "Cy" }));
    let rows = vec![
        update(known.0, named("Cy once more")),
        update(known.0, with(named("Cy at last"), "score", Value::integer(5))),
        update(known.0, named("Cy for good")),
    ];
    let (intake, asked) = take(&mut desk, rows);
    assert_eq!(
        (said(&intake), asked),
        (vec!["updated".to_owned(), Code::ReadOnly.as_str().to_owned(), "updated".to_owned()], 1)
    );
}

#[test]
fn what_a_refused_row_brings_along_stays_for_the_others() {
    let mut desk = restless();
    let account = new(70, "account", named("Shared Ltd"));
    let refused = SliceRow {
        also: vec![account],
        step: RowStep::Create(new(71, "lead", with(named("Di"), "city", Value::text("Restless")))),
    };
    let nameless =
        SliceRow { also: vec![new(72, "account", Values::new())], step: RowStep::Create(new(73, "lead", named("Ed"))) };
    let (intake, _) = take(&mut desk, vec![refused, nameless]);
    assert_eq!(said(&intake), [Code::EndlessRules.as_str(), "created"]);
    assert_eq!(intake.also_created, 1);
    let lost: Vec<u128> = intake.lost.iter().map(|new| new.id.0).collect();
    assert_eq!(lost, [71, 72]);
    assert!(desk.state.record(RecordId(70)).is_some());
}
