//! Changing, removing, importing and undoing: what is refused, what follows, what comes back.

use serde_json::{Value as Json, json};

use perennial::command::{Command, NewRecord};
use perennial::model::definition::Definition;
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
fn nobody_stands_above_themselves() {
    let mut desk = Desk::new();
    let chief = desk.create("user", json!({ "name": "总" }));
    let head = desk.create("user", json!({ "name": "长", "manager": chief.to_string() }));
    let member = desk.create("user", json!({ "name": "员", "manager": head.to_string() }));
    for above in [chief, head, member] {
        let command = desk.change(chief, json!({ "manager": above.to_string() }));
        assert_eq!(desk.refused(command), [Code::StandsAboveItself]);
    }
    // A deputy may be anybody: only the way up is a tree.
    desk.update(chief, json!({ "deputy": member.to_string() }));
    desk.update(member, json!({ "manager": chief.to_string() }));
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
    let refused: Vec<Code> = outcome.refused.iter().map(|row| row.wrong[0].code).collect();
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
fn what_comes_back_does_not_point_at_what_is_gone() {
    let mut desk = Desk::new();
    let account = desk.create("account", json!({ "name": "甲" }));
    let other = desk.create("account", json!({ "name": "乙" }));
    let deal = desk.create("opportunity", json!({ "name": "项目", "account": account.to_string() }));
    let line = desk.create("opportunity_line", json!({ "name": "明细", "opportunity": deal.to_string() }));
    desk.remove(line);
    let line_removed = desk.last();
    desk.update(deal, json!({ "account": other.to_string() }));
    let moved = desk.last();
    desk.remove(deal);
    let deal_removed = desk.last();
    desk.remove(account);
    let account_removed = desk.last();
    desk.remove(other);
    let said = |outcome: &perennial::command::Outcome| -> Vec<(Code, Option<RecordId>, String)> {
        let said = outcome.left_out.iter();
        said.map(|it| (it.code, it.at.record, it.argument("field").unwrap_or_default().to_owned())).collect()
    };
    // A line without its opportunity would be found by nobody.
    let before = desk.state.clone();
    let refused = desk.try_undo(std::slice::from_ref(&line_removed)).unwrap_err();
    assert_same(&before, &desk.state);
    let [only] = &refused.diagnostics[..] else { panic!("{refused:?}") };
    assert_eq!((only.code, only.at.record, only.argument("title")), (Code::NeedsRemoved, Some(line), Some("明细")));
    // An opportunity can do without its account.
    let outcome = desk.undo(&[deal_removed]);
    assert_eq!(said(&outcome), [(Code::LinkDropped, Some(deal), "客户".to_owned())]);
    assert!(desk.record(deal).value(FieldId::new("account")).is_empty());
    assert_indexed(&desk.state);
    assert!(desk.undo(&[line_removed]).left_out.is_empty());
    assert_eq!(desk.record(line).value(FieldId::new("opportunity")), &Value::Link(deal));
    // The removal of the account has emptied the link since.
    assert_eq!(desk.try_undo(&[moved]).unwrap_err().diagnostics[0].code, Code::Clash);
    desk.undo(&[account_removed]);
    super::property::assert_settled(&desk.state, &desk);
    assert_indexed(&desk.state);
    // What pointed at it may be gone by now.
    let contact = desk.create("contact", json!({ "name": "丙", "account": account.to_string() }));
    desk.remove(account);
    let removed = desk.last();
    desk.remove(contact);
    desk.undo(&[removed]);
    assert_eq!(desk.shown(account, "name"), "甲");
    assert_indexed(&desk.state);
}

#[test]
fn a_link_that_was_changed_comes_back_only_to_what_is_there() {
    let mut desk = Desk::new();
    let account = desk.create("account", json!({ "name": "甲" }));
    let deal = desk.create("opportunity", json!({ "name": "项目", "account": account.to_string() }));
    desk.update(deal, json!({ "account": null, "amount": "7" }));
    let emptied = desk.last();
    desk.remove(account);
    let removed = desk.last();
    let outcome = desk.undo(&[emptied]);
    assert_eq!(outcome.left_out.len(), 1);
    assert!(desk.record(deal).value(FieldId::new("account")).is_empty());
    assert_eq!(desk.shown(deal, "amount"), Json::Null);
    desk.undo(&[removed]);
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

#[test]
fn links_texts_and_patterns_are_checked_when_they_are_written() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "一" }));
    let refusals = [
        ("account", json!({ "name": "甲", "owner": RecordId::named("nobody").to_string() }), Code::NoSuchLink),
        ("account", json!({ "name": "甲", "owner": lead.to_string() }), Code::WrongEntity),
        ("account", json!({ "name": "长".repeat(201) }), Code::TooLong),
        ("account", json!({ "name": "甲", "credit_code": "91310000MA1FL0A12" }), Code::PatternMismatch),
        ("account", json!({ "name": "甲", "credit_code": "x91310000MA1FL0A12Bx" }), Code::PatternMismatch),
        ("contact", json!({ "name": "丙", "nps": "11" }), Code::TooLarge),
        ("account", json!({ "name": "甲", "satisfaction": "2.5" }), Code::TooPrecise),
    ];
    for (entity, values, code) in refusals {
        let command = desk.creation(entity, values.clone());
        assert_eq!(desk.refused(command), [code], "{values}");
    }
    let long_enough = json!({ "name": "长".repeat(200), "credit_code": "91310000MA1FL0A12B" });
    let account = desk.create("account", long_enough);
    let command = desk.change(account, json!({ "owner": RecordId::named("nobody").to_string(), "credit_code": "1" }));
    let mut codes = desk.refused(command);
    codes.sort_by_key(|code| code.as_str());
    assert_eq!(codes, [Code::NoSuchLink, Code::PatternMismatch]);
    // One record that does not fit keeps all of them from being changed.
    let values = vec![(FieldId::new("owner"), Value::Link(lead))];
    let records = vec![account, desk.create("account", json!({ "name": "乙" }))];
    assert_eq!(desk.refused(Command::UpdateRecords { records, values }), [Code::WrongEntity]);
}

#[test]
fn a_record_that_a_required_link_points_at_cannot_go() {
    let mut desk = Desk::new();
    desk.redefine("opportunity", |entity| {
        entity.fields.iter_mut().find(|field| field.id.as_str() == "account").unwrap().required = true;
    })
    .unwrap();
    let account = desk.create("account", json!({ "name": "甲" }));
    let deal = desk.create("opportunity", json!({ "name": "大项目", "account": account.to_string() }));
    let before = desk.state.clone();
    let refused = desk.try_act(Command::RemoveRecords { records: vec![account] }).unwrap_err();
    assert_same(&before, &desk.state);
    let [only] = &refused.diagnostics[..] else { panic!("{refused:?}") };
    assert_eq!((only.code, only.at.record), (Code::StillPointedAt, Some(deal)));
    let told = ["name", "count", "example"].map(|name| only.argument(name).unwrap());
    assert_eq!(told, ["甲", "1", "大项目"]);
    // Together they can.
    desk.act(Command::RemoveRecords { records: vec![account, deal] });
    let removed = desk.last();
    desk.undo(&[removed]);
    assert_same(&before, &desk.state);
}

/// A rule on leads that sets a field when another one has changed.
pub fn rule(id: &str, when: &str, condition: &str, field: &str, to: &str) -> Definition {
    serde_json::from_value(json!({ "rule": {
        "id": id, "label": { "zh-CN": format!("规则{id}"), "en": format!("Rule {id}") }, "entity": "lead", "enabled": true,
        "triggers": [{ "on": "changed", "fields": [when] }], "condition": { "formula": condition },
        "actions": [{ "do": "set", "field": field, "to": to }],
    } }))
    .unwrap()
}

#[test]
fn rules_that_wake_one_another_without_end_are_stopped_and_named() {
    let flip = vec![
        rule("甲", "do_not_call", "do_not_call", "do_not_call", "FALSE"),
        rule("乙", "do_not_call", "NOT(do_not_call)", "do_not_call", "TRUE"),
    ];
    let chase = vec![
        rule("甲", "web_visits", "TRUE", "pages_per_visit", "web_visits+1"),
        rule("乙", "pages_per_visit", "TRUE", "web_visits", "pages_per_visit+1"),
        rule("丙", "pages_per_visit", "pages_per_visit=1", "city", "name"),
    ];
    for (rules, values) in [(flip, json!({ "do_not_call": true })), (chase, json!({ "web_visits": "0" }))] {
        let mut desk = Desk::new();
        desk.act(Command::Define { definitions: rules });
        let lead = desk.create("lead", json!({ "name": "一" }));
        let before = desk.state.clone();
        let command = desk.change(lead, values);
        let refused = desk.try_act(command).unwrap_err();
        assert_same(&before, &desk.state);
        let [only] = &refused.diagnostics[..] else { panic!("{refused:?}") };
        assert_eq!(only.code, Code::EndlessRules);
        let mut rules: Vec<&str> = only.argument("rules").unwrap().split(" → ").collect();
        rules.sort_unstable();
        assert_eq!(rules, ["规则乙", "规则甲"]);
    }
    // A chain that comes to rest is none of their business, however long it is.
    let mut desk = Desk::new();
    let settles = rule("丁", "web_visits", "web_visits<9", "web_visits", "web_visits+1");
    desk.act(Command::Define { definitions: vec![settles] });
    let lead = desk.create("lead", json!({ "name": "一", "web_visits": "0" }));
    assert_eq!(desk.shown(lead, "web_visits"), "9");
}
