//! Changing, removing, importing and undoing: what is refused, what follows, what comes back.

use serde_json::json;

use perennial::command::{Command, NewRecord};
use perennial::model::diagnostic::Code;
use perennial::model::field::{FieldKind, Label};
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::record::Values;
use perennial::model::value::Value;

use super::{Desk, assert_indexed, assert_same, named};

#[test]
fn figures_follow_edits_on_both_sides_of_a_link() {
    let mut desk = Desk::new();
    let first = desk.create("account", json!({ "name": "甲", "industry": "finance" }));
    let second = desk.create("account", json!({ "name": "乙", "industry": "retail" }));
    let values = json!({ "name": "项目", "account": first.to_string(), "amount": "100", "stage": "won" });
    let deal = desk.create("opportunity", values);
    assert_eq!(desk.shown(first, "won_amount"), "100");
    assert_eq!(desk.shown(deal, "industry"), "finance");
    desk.update(first, json!({ "industry": "energy" }));
    assert_eq!(desk.shown(deal, "industry"), "energy");
    desk.update(deal, json!({ "account": second.to_string() }));
    assert_eq!((desk.shown(first, "won_count"), desk.shown(second, "won_count")), (json!("0"), json!("1")));
    assert_eq!(desk.shown(deal, "industry"), "retail");
    desk.remove(deal);
    assert_eq!(desk.shown(second, "won_count"), "0");
    assert_indexed(&desk.state);
}

#[test]
fn a_long_list_is_counted_as_a_short_one_is() {
    let mut desk = Desk::new();
    let owner = named("user/b");
    let leads: Vec<RecordId> = (0..60)
        .map(|n| desk.create("lead", json!({ "name": format!("线索{n}"), "owner": owner.to_string() })))
        .collect();
    assert_eq!(desk.shown(owner, "open_leads"), "60");
    desk.update(leads[3], json!({ "status": "invalid" }));
    desk.update(leads[4], json!({ "owner": named("user/c").to_string() }));
    desk.remove(leads[5]);
    assert_eq!(desk.shown(owner, "open_leads"), "57");
    assert_eq!(desk.shown(named("user/c"), "open_leads"), "1");
    let done = desk.commits[desk.commits.len() - 3..].to_vec();
    desk.undo(&done);
    assert_eq!(desk.shown(owner, "open_leads"), "60");
    let undone = desk.last();
    desk.undo(&[undone]);
    assert_eq!(desk.shown(owner, "open_leads"), "57");
    assert_indexed(&desk.state);
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut desk = Desk::new();
    let command = desk.creation("lead", json!({ "title": "没有名字" }));
    assert_eq!(desk.refused(command), [Code::MissingRequired]);
    let command = desk.creation("lead", json!({ "name": "负数", "company_size": "-1" }));
    assert_eq!(desk.refused(command), [Code::TooSmall]);
    desk.create("lead", json!({ "name": "一", "external_id": "X1" }));
    let command = desk.creation("lead", json!({ "name": "二", "external_id": "x1" }));
    assert_eq!(desk.refused(command), [Code::NotUnique]);
    let lead = desk.create("lead", json!({ "name": "三" }));
    let score = vec![(FieldId::new("score"), Value::integer(100))];
    assert_eq!(desk.refused(Command::UpdateRecord { record: lead, values: score }), [Code::ReadOnly]);
    let to = Some(perennial::model::id::OptionId::new("nowhere"));
    assert_eq!(
        desk.refused(Command::MoveCard { record: lead, field: FieldId::new("status"), to }),
        [Code::NotAnOption]
    );
}

#[test]
fn bad_rows_are_refused_one_by_one() {
    let mut desk = Desk::new();
    let mut ids = desk.context().ids;
    let entity = EntityId::new("lead");
    let mut row = |values: Values| NewRecord { id: ids.record(), entity, created: None, values };
    let good = |name: &str| Values::from_iter([(FieldId::new("name"), Value::text(name))]);
    let mut unknown = good("二");
    unknown.set(FieldId::new("no_such_field"), Value::text("x"));
    let mut computed = good("三");
    computed.set(FieldId::new("score"), Value::integer(99));
    let rows = [good("一"), unknown, computed, Values::new(), good("五")].map(&mut row);
    let outcome = desk.act(Command::ImportRows { entity, create: rows.to_vec(), update: Vec::new() });
    let refused: Vec<Code> = outcome.refused.iter().map(|(_, wrong)| wrong[0].code).collect();
    assert_eq!(refused, [Code::UnknownField, Code::ReadOnly, Code::MissingRequired]);
    assert_eq!(desk.state.member_ids(entity), [rows[0].id, rows[4].id]);
    assert_indexed(&desk.state);
}

#[test]
fn removing_takes_what_is_owned_and_clears_the_other_links() {
    let mut desk = Desk::new();
    let account = desk.create("account", json!({ "name": "甲" }));
    let deal = desk.create("opportunity", json!({ "name": "项目", "account": account.to_string() }));
    let values = json!({ "name": "明细", "opportunity": deal.to_string(), "price": "10", "quantity": "3" });
    let line = desk.create("opportunity_line", values);
    assert_eq!(desk.shown(deal, "lines_total"), "30");
    let before = desk.state.clone();
    desk.remove(account);
    assert!(desk.record(deal).value(FieldId::new("account")).is_empty());
    desk.remove(deal);
    assert!(perennial::model::state::Reader::record(&desk.state, line).is_none());
    let done = desk.commits[desk.commits.len() - 2..].to_vec();
    desk.undo(&done);
    assert_same(&before, &desk.state);
    assert_indexed(&desk.state);
}

#[test]
fn undo_does_not_overwrite_others_work_nor_use_a_number_twice() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "一" }));
    let created = desk.last();
    desk.update(lead, json!({ "name": "改过" }));
    let before = desk.state.clone();
    let refused = desk.try_undo(std::slice::from_ref(&created)).unwrap_err();
    assert_eq!(refused.diagnostics[0].code, Code::Clash);
    assert_same(&before, &desk.state);
    let renamed = desk.last();
    desk.undo(&[renamed]);
    let second = desk.create("lead", json!({ "name": "二" }));
    desk.undo(&[created]);
    let third = desk.create("lead", json!({ "name": "三" }));
    assert_eq!((desk.shown(second, "number"), desk.shown(third, "number")), (json!("L-00002"), json!("L-00003")));
}

#[test]
fn definitions_are_checked_computed_and_undone() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "一", "company_size": "20", "company": "甲" }));
    let before = desk.state.clone();
    let formula = |text: &str| {
        let text = text.to_owned();
        move |entity: &mut perennial::model::entity::Entity| {
            let mut field = entity.field(FieldId::new("price_list_downloads")).unwrap().clone();
            field.id = FieldId::new("twice");
            field.label = Label::same("Twice");
            let FieldKind::Formula { formula, .. } = &mut field.kind else { panic!("a formula") };
            *formula = text;
            entity.fields.push(field);
        }
    };
    desk.redefine("lead", formula("company_size*2")).unwrap();
    assert_eq!(desk.shown(lead, "twice"), "40");
    let defined = desk.last();
    desk.undo(&[defined]);
    assert_same(&before, &desk.state);
    let cycle = desk.redefine("lead", formula("twice+1")).unwrap_err();
    assert_eq!(cycle.diagnostics[0].code, Code::Cycle);
    assert_eq!(cycle.diagnostics[0].argument("path"), Some("lead.twice → lead.twice"));
    let wrong = desk.redefine("lead", formula("company_size*")).unwrap_err();
    assert!(wrong.diagnostics[0].at.span.is_some());
    let used = desk.redefine("lead", |entity| entity.fields.retain(|field| field.id != FieldId::new("company")));
    assert!(used.unwrap_err().diagnostics.iter().any(|it| it.code == Code::StillUsed));
    assert_same(&before, &desk.state);
}
