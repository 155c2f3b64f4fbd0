//! A lead turns into an account, a contact and an opportunity: one step, with nothing lost, and taken back as one.

use serde_json::json;

use perennial::command::{Command, Proposal, propose};
use perennial::engine::stream;
use perennial::model::conversion::ChosenTarget;
use perennial::model::diagnostic::{Code, Rejection};
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::state::Reader;
use perennial::model::time::Zone;
use perennial::model::value::Value;

use super::{Desk, assert_indexed, assert_same, named};

fn lead(desk: &mut Desk) -> RecordId {
    let values = json!({
        "name": "王芳", "company": "明远集团", "title": "销售总监", "phone": "138 0001 0002", "email": "wang.fang@mingyuan.example",
        "industry": "retail", "region": "shanghai", "company_size": "620", "budget": "200000", "need": "想做薪酬设计",
        "interest": "薪酬", "country": "中国", "source": "website",
    });
    desk.create("lead", values)
}

fn new(entity: &str) -> ChosenTarget {
    ChosenTarget { entity: EntityId::new(entity), existing: None, values: Vec::new() }
}

fn all_new() -> Vec<ChosenTarget> {
    ["account", "contact", "opportunity"].map(new).to_vec()
}

fn proposal(desk: &Desk, record: RecordId) -> Result<Proposal, Rejection> {
    propose(&desk.state, &desk.blueprint, record, &desk.context_now())
}

fn link(desk: &Desk, record: RecordId, field: &str) -> Option<RecordId> {
    desk.record(record).value(FieldId::new(field)).links().first().copied()
}

#[test]
fn a_lead_becomes_an_account_a_contact_and_an_opportunity() {
    let mut desk = Desk::new();
    let lead = lead(&mut desk);
    let before = desk.state.clone();
    let outcome = desk.act(Command::Convert { record: lead, targets: all_new() });
    let (account, contact) = (link(&desk, lead, "account").unwrap(), link(&desk, lead, "contact").unwrap());
    let opportunity = link(&desk, lead, "opportunity").unwrap();
    assert_eq!(outcome.subject, Some(account));
    assert_eq!(desk.shown(lead, "status"), "converted");
    assert_eq!(desk.shown(lead, "converted"), true);
    for (record, field, expected) in [
        (account, "name", json!("明远集团")),
        (account, "kind", json!("company")),
        (account, "industry", json!("retail")),
        (account, "employees", json!("620")),
        (account, "owner", json!(named("user/b").to_string())),
        (contact, "name", json!("王芳")),
        (contact, "title", json!("销售总监")),
        (contact, "phone", json!("+8613800010002")),
        (contact, "email", json!("wang.fang@mingyuan.example")),
        (contact, "account", json!(account.to_string())),
        (opportunity, "name", json!("明远集团 · 薪酬")),
        (opportunity, "amount", json!("200000")),
        (opportunity, "stage", json!("contact")),
        (opportunity, "description", json!("想做薪酬设计")),
        (opportunity, "account", json!(account.to_string())),
        (opportunity, "contact", json!(contact.to_string())),
        (opportunity, "contacts", json!([contact.to_string()])),
        (opportunity, "lead", json!(lead.to_string())),
    ] {
        assert_eq!(desk.shown(record, field), expected, "{field}");
    }
    assert_indexed(&desk.state);
    let last = desk.last();
    desk.undo(&[last]);
    assert_same(&before, &desk.state);
}

#[test]
fn what_has_no_place_is_told() {
    let mut desk = Desk::new();
    let lead = lead(&mut desk);
    let Proposal { plan, known, carried } = proposal(&desk, lead).unwrap();
    let left: Vec<&str> = plan.left.iter().map(|field| field.as_str()).collect();
    assert_eq!(left, ["country", "first_touch"]);
    assert_eq!(known, [None, None, None]);
    // The rule's to-do about the lead.
    let carried: Vec<(&str, usize)> = carried.iter().map(|(entity, count)| (entity.as_str(), *count)).collect();
    assert_eq!(carried, [("task", 1)]);
}

#[test]
fn a_telephone_number_that_is_none_stays_behind() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "李雷", "company": "某公司" }));
    desk.update(lead, json!({ "phone": "问前台" }));
    desk.update(lead, json!({ "status": "working" }));
    let plan = proposal(&desk, lead).unwrap().plan;
    assert!(plan.left.contains(&FieldId::new("phone")));
    desk.act(Command::Convert { record: lead, targets: all_new() });
    let contact = link(&desk, lead, "contact").unwrap();
    assert_eq!(desk.shown(contact, "phone"), json!(null));
}

#[test]
fn a_person_needs_no_company() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "李雷", "phone": "13800010003" }));
    desk.act(Command::Convert { record: lead, targets: vec![new("account"), new("opportunity")] });
    let account = link(&desk, lead, "account").unwrap();
    assert_eq!(desk.shown(account, "name"), "李雷");
    assert_eq!(desk.shown(account, "kind"), "person");
    assert_eq!(desk.shown(account, "phone"), "+8613800010003");
    assert_eq!(link(&desk, lead, "contact"), None);
}

#[test]
fn a_record_that_is_there_is_filled_up_and_keeps_what_it_holds() {
    let mut desk = Desk::new();
    let lead = lead(&mut desk);
    let account = desk.create("account", json!({ "name": "上海明远", "industry": "finance" }));
    let mut targets = all_new();
    targets[0].existing = Some(account);
    targets[2].values = vec![
        (FieldId::new("name"), Value::text("明远薪酬项目")),
        (FieldId::new("amount"), Value::Empty),
        (FieldId::new("next_step"), Value::text("约拜访")),
    ];
    let before = desk.state.clone();
    desk.act(Command::Convert { record: lead, targets });
    assert_eq!(desk.shown(account, "name"), "上海明远");
    assert_eq!(desk.shown(account, "industry"), "finance");
    assert_eq!(desk.shown(account, "region"), "shanghai");
    assert_eq!(link(&desk, lead, "account"), Some(account));
    let opportunity = link(&desk, lead, "opportunity").unwrap();
    assert_eq!(desk.shown(opportunity, "name"), "明远薪酬项目");
    assert_eq!(desk.shown(opportunity, "amount"), json!(null));
    assert_eq!(desk.shown(opportunity, "next_step"), "约拜访");
    let last = desk.last();
    desk.undo(&[last]);
    assert_same(&before, &desk.state);
}

#[test]
fn what_points_at_the_lead_follows_it() {
    let mut desk = Desk::new();
    let lead = lead(&mut desk);
    let visit = desk.create("event", json!({ "content": "首页", "kind": "visit", "lead": lead.to_string() }));
    let call = desk.create("activity", json!({ "subject": "首次电话", "kind": "call", "lead": lead.to_string() }));
    let said = desk.create("comment", json!({ "text": "老客户推荐", "about": lead.to_string() }));
    let task = desk.related(lead, "task", "about")[0];
    desk.act(Command::Convert { record: lead, targets: all_new() });
    let (account, opportunity) = (link(&desk, lead, "account").unwrap(), link(&desk, lead, "opportunity").unwrap());
    assert_eq!(link(&desk, call, "account"), Some(account));
    assert_eq!(link(&desk, call, "opportunity"), Some(opportunity));
    assert_eq!(link(&desk, call, "lead"), Some(lead), "it still says where it happened");
    assert_eq!(link(&desk, visit, "account"), Some(account));
    assert_eq!(link(&desk, task, "about"), Some(opportunity));
    assert_eq!(link(&desk, said, "about"), Some(lead));
    for record in [account, opportunity] {
        let stream = stream::gather(&desk.state, record, Zone::fixed(8 * 3600));
        assert_eq!(stream.origins, [lead]);
        for told in [lead, visit, call, said, task] {
            assert!(stream.entries.iter().any(|entry| entry.record == told), "all of it is in the stream");
        }
    }
}

#[test]
fn what_is_not_ripe_is_refused() {
    let mut desk = Desk::new();
    let lead = lead(&mut desk);
    let account = desk.create("account", json!({ "name": "甲" }));
    desk.act(Command::Convert { record: lead, targets: all_new() });
    let again = Command::Convert { record: lead, targets: all_new() };
    assert_eq!(desk.refused(again), [Code::NotConvertible]);
    assert_eq!(desk.refused(Command::Convert { record: account, targets: all_new() }), [Code::NotConvertible]);
    let gone = RecordId::named("nobody");
    assert_eq!(desk.refused(Command::Convert { record: gone, targets: all_new() }), [Code::UnknownRecord]);
    assert!(proposal(&desk, lead).is_err() && proposal(&desk, gone).is_err());
}

#[test]
fn a_choice_that_makes_no_sense_is_refused() {
    let mut desk = Desk::new();
    let record = lead(&mut desk);
    let ticket = desk.create("ticket", json!({ "subject": "乙" }));
    let existing = |id| ChosenTarget { existing: Some(id), ..new("account") };
    for (targets, expected) in [
        (Vec::new(), Code::MissingRequired),
        (vec![new("ticket")], Code::UnknownEntity),
        (vec![new("account"), new("account")], Code::DuplicateId),
        (vec![existing(ticket)], Code::WrongEntity),
        (vec![existing(RecordId::named("nobody"))], Code::UnknownRecord),
        (
            vec![ChosenTarget { values: vec![(FieldId::new("name"), Value::Empty)], ..new("account") }],
            Code::MissingRequired,
        ),
        (vec![ChosenTarget { values: vec![(FieldId::new("health"), Value::Empty)], ..new("account") }], Code::ReadOnly),
        (
            vec![ChosenTarget { values: vec![(FieldId::new("nothing"), Value::text("x"))], ..new("account") }],
            Code::UnknownField,
        ),
    ] {
        assert_eq!(desk.refused(Command::Convert { record, targets: targets.clone() })[0], expected, "{targets:?}");
    }
}

#[test]
fn what_is_wrong_with_a_target_says_with_which() {
    let mut desk = Desk::new();
    let record = lead(&mut desk);
    let mut targets = all_new();
    targets[2].values = vec![(FieldId::new("name"), Value::Empty)];
    let refused = desk.try_act(Command::Convert { record, targets }).unwrap_err();
    let at = &refused.diagnostics[0].at;
    assert_eq!(at.field, Some(FieldId::new("name")));
    assert_eq!(at.definition.map(|id| id.to_string()).as_deref(), Some("entity/opportunity"));
}

#[test]
fn a_conversion_that_names_what_is_not_there_is_refused() {
    let mut desk = Desk::new();
    for (field, to) in [("nothing", "name"), ("name", "nothing"), ("health", "1")] {
        let refused = desk.redefine("lead", |lead| {
            let conversion = lead.conversion.as_mut().unwrap();
            conversion.targets[0].values[0].field = FieldId::new(field);
            conversion.targets[0].values[0].to = to.to_owned();
        });
        assert!(refused.is_err(), "{field} {to}");
    }
    let refused =
        desk.redefine("lead", |lead| lead.conversion.as_mut().unwrap().targets[0].link = Some(FieldId::new("owner")));
    assert!(refused.is_err());
}

#[test]
fn a_target_that_goes_leaves_the_rest_of_the_conversion() {
    let mut desk = Desk::new();
    let lead = desk.state.entity(EntityId::new("lead")).unwrap().clone();
    let known = lead.conversion.as_ref().unwrap().carried.len();
    desk.act(Command::Undefine { ids: vec![perennial::model::id::DefinitionId::new("entity/calendar_entry")] });
    let lead = desk.state.entity(EntityId::new("lead")).unwrap().clone();
    assert_eq!(lead.conversion.as_ref().unwrap().carried.len(), known - 1);
}
