//! Cells filled in at once: each record gets its own values, what is wrong is refused cell by cell, and rules and undo see one deed.

use perennial::command::{Command, NewRecord, RecordEdit, RefusedRow, RowPlace};
use perennial::model::diagnostic::Code;
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::record::Values;
use perennial::model::state::Reader;
use perennial::model::value::Value;

use super::Desk;

fn lead() -> EntityId {
    EntityId::new("lead")
}

fn new(id: u128, values: &[(&str, Value)]) -> NewRecord {
    let values: Values = values.iter().map(|(field, value)| (FieldId::new(field), value.clone())).collect();
    NewRecord { id: RecordId(id), entity: lead(), created: None, values }
}

fn edit(id: u128, values: &[(&str, Value)]) -> RecordEdit {
    let values = values.iter().map(|(field, value)| (FieldId::new(field), value.clone())).collect();
    RecordEdit { record: RecordId(id), values }
}

/// A desk with three leads.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let create = (1..=3).map(|id| new(id, &[("name", Value::text(&format!("Lead {id}")))])).collect();
    desk.act(Command::EditCells { entity: lead(), edits: Vec::new(), create });
    desk
}

fn held(desk: &Desk, id: u128, field: &str) -> Value {
    desk.state.record(RecordId(id)).map(|record| record.value(FieldId::new(field)).clone()).unwrap_or_default()
}

#[test]
fn each_record_gets_its_own_values_and_undo_takes_all_of_them_back() {
    let mut desk = desk();
    let edits = vec![
        edit(1, &[("city", "Shanghai".into()), ("company_size", Value::integer(620))]),
        edit(2, &[("city", "Suzhou".into())]),
        edit(3, &[("city", Value::Empty)]),
    ];
    let outcome =
        desk.act(Command::EditCells { entity: lead(), edits, create: vec![new(4, &[("name", "New".into())])] });
    assert_eq!(outcome.refused, vec![]);
    assert_eq!(held(&desk, 1, "city"), "Shanghai".into());
    assert_eq!(held(&desk, 2, "city"), "Suzhou".into());
    // Rules have seen it.
    assert_ne!(held(&desk, 1, "score"), held(&desk, 2, "score"));
    assert_eq!(held(&desk, 4, "name"), "New".into());
    let commit = desk.commits.last().cloned().unwrap();
    desk.undo(&[commit]);
    assert!(desk.state.record(RecordId(4)).is_none());
    assert_eq!(held(&desk, 1, "city"), Value::Empty);
}

#[test]
fn a_wrong_cell_is_refused_and_the_others_of_its_record_are_taken() {
    let mut desk = desk();
    let edits = vec![
        edit(1, &[("name", Value::Empty), ("city", "Shanghai".into())]),
        edit(2, &[("score", Value::integer(5)), ("nonsense", Value::integer(5)), ("city", "Suzhou".into())]),
        edit(77, &[("city", "Nowhere".into())]),
    ];
    let outcome = desk.act(Command::EditCells { entity: lead(), edits, create: Vec::new() });
    let wrong = |row: &RefusedRow| row.wrong.iter().map(|wrong| (wrong.at.field, wrong.code)).collect();
    type Told = Vec<(Option<FieldId>, Code)>;
    let told: Vec<(RowPlace, Told)> = outcome.refused.iter().map(|row| (row.place, wrong(row))).collect();
    let at = |field: &str| Some(FieldId::new(field));
    assert_eq!(told[0], (RowPlace::Update(0), vec![(at("name"), Code::MissingRequired)]));
    let mut second = told[1].1.clone();
    second.sort_by_key(|(_, code)| code.as_str());
    assert_eq!(second, [(at("score"), Code::ReadOnly), (at("nonsense"), Code::UnknownField)]);
    assert_eq!(told[2], (RowPlace::Update(2), vec![(None, Code::UnknownRecord)]));
    assert_eq!(held(&desk, 1, "name"), "Lead 1".into());
    assert_eq!(held(&desk, 1, "city"), "Shanghai".into());
    assert_eq!(held(&desk, 2, "city"), "Suzhou".into());
}

#[test]
fn a_new_record_comes_to_be_without_what_does_not_fit_but_not_without_its_name() {
    let mut desk = desk();
    let create = vec![new(8, &[("city", "Nameless".into())])];
    let outcome = desk.act(Command::EditCells { entity: lead(), edits: Vec::new(), create });
    assert_eq!(outcome.refused[0].wrong[0].code, Code::MissingRequired);
    assert!(desk.state.record(RecordId(8)).is_none());
    let create = vec![new(9, &[("name", "Kept".into()), ("company_size", "many".into())])];
    let outcome = desk.act(Command::EditCells { entity: lead(), edits: Vec::new(), create });
    assert_eq!(outcome.refused[0].wrong[0].at.field, Some(FieldId::new("company_size")));
    assert_eq!(held(&desk, 9, "name"), "Kept".into());
    assert_eq!(held(&desk, 9, "company_size"), Value::Empty);
}
