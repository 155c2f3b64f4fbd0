//! What becomes of a lead: scored, assigned, followed up, in the words of the issue.

use rust_decimal::Decimal;
use serde_json::json;

use perennial::command::{Command, NewRecord};
use perennial::engine::formula::Scope;
use perennial::engine::rule::score;
use perennial::model::definition::Definition;
use perennial::model::field::Language;
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::rule::ScoreModel;
use perennial::model::state::State;

use super::{Desk, assert_same, named};

fn model(state: &State) -> &ScoreModel {
    let found = state.definitions().find_map(|(_, it)| if let Definition::Score(it) = it { Some(it) } else { None });
    found.expect("the score model")
}

fn points(desk: &Desk, lead: RecordId) -> Vec<(String, String)> {
    let clock = desk.context_now().clock(&desk.state);
    let record = desk.record(lead);
    let scope = Scope { reader: &desk.state, record, before: None, clock: &clock, language: Language::Zh };
    let card = score::card(model(&desk.state), &scope);
    assert_eq!(json!(card.total.to_string()), desk.shown(lead, "score"), "the card says what the record holds");
    let met = card.lines.iter().filter(|line| line.is_met);
    met.map(|line| (line.label.zh.clone(), line.points.to_string())).collect()
}

fn download(desk: &mut Desk, lead: RecordId) -> RecordId {
    let values = json!({ "content": "产品价格表", "kind": "download", "lead": lead.to_string() });
    desk.create("event", values)
}

fn visit(desk: &mut Desk, lead: RecordId) -> RecordId {
    desk.create("event", json!({ "content": "首页", "kind": "visit", "lead": lead.to_string() }))
}

#[test]
fn three_criteria_alone_make_45_and_no_mql() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "王芳", "title": "销售总监", "company_size": "620" }));
    download(&mut desk, lead);
    let lines = points(&desk, lead);
    let figures: Vec<&str> = lines.iter().map(|(_, points)| points.as_str()).collect();
    assert_eq!(figures, ["20", "15", "10"]);
    assert_eq!(desk.shown(lead, "score"), "45");
    assert_eq!(desk.shown(lead, "status"), "new");
    assert!(desk.related(lead, "notification", "about").is_empty());
}

#[test]
fn the_three_criteria_alone_cannot_reach_the_threshold() {
    let desk = Desk::new();
    let mut three = model(&desk.state).clone();
    three.criteria.retain(|criterion| criterion.id.starts_with('r'));
    three.criteria.retain(|criterion| criterion.id != "repeat_visit");
    assert_eq!(score::reachable(&three), Decimal::from(45));
    assert!(score::reachable(&three) <= three.threshold.unwrap());
    assert!(score::reachable(model(&desk.state)) > three.threshold.unwrap());
}

#[test]
fn with_the_further_criteria_it_becomes_an_mql_that_somebody_works_on() {
    let mut desk = Desk::new();
    let values = json!({
        "name": "王芳", "company": "明远集团", "title": "销售总监", "company_size": "620", "source": "website",
        "email": "wang.fang@mingyuan.example", "budget": "200000",
    });
    let lead = desk.create("lead", values);
    assert_eq!(desk.shown(lead, "owner"), json!(named("user/b").to_string()));
    // 20 + 15 + 10 + 10 + 15: enough without a visit.
    assert_eq!(desk.shown(lead, "score"), "70");
    download(&mut desk, lead);
    for _ in 0..3 {
        visit(&mut desk, lead);
    }
    assert_eq!(desk.shown(lead, "score"), "90");
    assert_eq!(desk.shown(lead, "status"), "mql");
    let tasks = desk.related(lead, "task", "about");
    assert_eq!(tasks.len(), 1);
    assert_eq!(desk.shown(tasks[0], "owner"), desk.shown(lead, "owner"));
    assert_eq!(desk.shown(tasks[0], "title"), "联系新线索：王芳 明远集团");
    assert_eq!(desk.shown(tasks[0], "due"), "2026-11-23");
    assert_eq!(desk.shown(tasks[0], "status"), "todo");
    let notices = desk.related(lead, "notification", "about");
    assert_eq!(notices.len(), 1);
    assert_eq!(desk.shown(notices[0], "to"), json!(named("user/sales-director").to_string()));
    assert_eq!(desk.shown(notices[0], "text"), "线索「王芳 明远集团」评分 70，已成为 MQL");
}

#[test]
fn a_later_behaviour_lifts_the_score_and_the_director_is_told_once() {
    let mut desk = Desk::new();
    let values = json!({
        "name": "李雷", "title": "CEO", "company_size": "501", "email": "li@lei.example", "source": "referral",
    });
    let lead = desk.create("lead", values);
    assert_eq!(desk.shown(lead, "score"), "55");
    assert_eq!(desk.shown(lead, "status"), "new");
    let event = download(&mut desk, lead);
    assert_eq!(desk.shown(lead, "score"), "65");
    assert_eq!(desk.shown(lead, "status"), "mql");
    // Nobody had it: an MQL without an owner goes to the director.
    assert_eq!(desk.shown(lead, "owner"), json!(named("user/sales-director").to_string()));
    download(&mut desk, lead);
    for _ in 0..3 {
        visit(&mut desk, lead);
    }
    assert_eq!(desk.shown(lead, "score"), "75");
    assert_eq!(desk.related(lead, "notification", "about").len(), 1);
    assert_eq!(desk.related(lead, "task", "about").len(), 1);
    desk.remove(event);
    assert_eq!(desk.shown(lead, "price_list_downloads"), "1");
    assert_eq!(desk.shown(lead, "score"), "75");
}

#[test]
fn malformed_contact_details_make_an_invalid_lead_that_nobody_gets() {
    for (phone, email) in [("12", ""), ("", "nobody@"), ("13800010001", "a b@c.example")] {
        let mut desk = Desk::new();
        let values =
            json!({ "name": "某人", "phone": phone, "email": email, "source": "website", "region": "guangdong" });
        let lead = desk.create("lead", values);
        assert_eq!(desk.shown(lead, "status"), "invalid", "{phone} {email}");
        assert_eq!(desk.shown(lead, "invalid_reason"), "contact");
        assert!(desk.record(lead).value(FieldId::new("owner")).is_empty());
        assert!(desk.related(lead, "task", "about").is_empty());
    }
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "某人", "phone": "13800010001", "email": "a@b.example" }));
    assert_eq!(desk.shown(lead, "status"), "new");
    desk.update(lead, json!({ "phone": "138" }));
    assert_eq!(desk.shown(lead, "status"), "invalid");
}

#[test]
fn leads_of_a_fair_score_for_it_and_go_to_whoever_fits_or_is_next() {
    let mut desk = Desk::new();
    let mut owner = |more: serde_json::Value| {
        let mut values = json!({ "name": "观众", "source": "fair", "phone": "13800010001" });
        if let (Some(all), Some(more)) = (values.as_object_mut(), more.as_object()) {
            all.extend(more.clone());
        }
        let lead = desk.create("lead", values);
        assert!(points(&desk, lead).contains(&("在展会上与我们面谈".into(), "10".into())));
        desk.shown(lead, "owner")
    };
    let user = |id: &str| json!(named(&format!("user/{id}")).to_string());
    assert_eq!(owner(json!({})), user("b"));
    assert_eq!(owner(json!({ "industry": "manufacturing" })), user("a"), "the expert comes first");
    assert_eq!(owner(json!({ "region": "guangdong" })), user("lin-jiayi"), "and the team of the region");
    assert_eq!(owner(json!({})), user("c"));
}

#[test]
fn website_leads_go_to_b_c_d_in_turn_also_after_a_reload() {
    let mut desk = Desk::new();
    let mut owners = Vec::new();
    for turn in 0..6 {
        if turn == 4 {
            // The workspace as it is opened again: folded from the log.
            let mut state = State::new();
            desk.commits.iter().for_each(|commit| state.apply_all(&commit.changes));
            assert_same(&state, &desk.state);
            desk.state = state;
        }
        let lead = desk.create("lead", json!({ "name": format!("线索{turn}"), "source": "website" }));
        owners.push(desk.shown(lead, "owner").as_str().unwrap().to_owned());
        assert_eq!(desk.shown(lead, "team"), json!(named("team/general").to_string()));
    }
    let turns = ["user/b", "user/c", "user/d", "user/b", "user/c", "user/d"];
    assert_eq!(owners, turns.map(|name| named(name).to_string()));
}

#[test]
fn an_import_keeps_the_turn_as_well() {
    let mut desk = Desk::new();
    desk.create("lead", json!({ "name": "先来的", "source": "website" }));
    let mut ids = desk.context().ids;
    let create: Vec<NewRecord> = (0..5)
        .map(|row| NewRecord {
            id: ids.record(),
            entity: EntityId::new("lead"),
            created: None,
            values: desk.values("lead", json!({ "name": format!("行{row}"), "source": "website" })),
        })
        .collect();
    let rows: Vec<RecordId> = create.iter().map(|row| row.id).collect();
    desk.act(Command::ImportRows { entity: EntityId::new("lead"), create, update: Vec::new() });
    let owners: Vec<String> = rows.iter().map(|row| desk.shown(*row, "owner").as_str().unwrap().to_owned()).collect();
    let turns = ["user/c", "user/d", "user/b", "user/c", "user/d"];
    assert_eq!(owners, turns.map(|name| named(name).to_string()));
    assert_eq!(desk.shown(named("user/c"), "open_leads"), "2");
    assert_eq!(desk.shown(named("user/b"), "open_leads"), "2");
}

#[test]
fn guangdong_goes_to_the_south_team_and_manufacturing_to_its_expert() {
    let mut desk = Desk::new();
    let south = json!(named("team/south").to_string());
    let expert = json!(named("user/a").to_string());
    let lead = desk.create("lead", json!({ "name": "一", "region": "guangdong" }));
    assert_eq!(desk.shown(lead, "team"), south);
    assert_eq!(desk.shown(lead, "owner"), json!(named("user/lin-jiayi").to_string()));
    let lead = desk.create("lead", json!({ "name": "二", "industry": "manufacturing" }));
    assert_eq!(desk.shown(lead, "owner"), expert);
    assert_eq!(desk.shown(lead, "team"), json!(named("team/manufacturing").to_string()));
    let lead = desk.create(
        "lead",
        json!({ "name": "三", "region": "guangdong", "industry": "manufacturing", "source": "website" }),
    );
    assert_eq!(desk.shown(lead, "team"), south);
    assert_eq!(desk.shown(lead, "owner"), expert);
    assert_eq!(desk.related(lead, "task", "about").len(), 1);
}

#[test]
fn every_assignment_gives_the_new_owner_a_to_do() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "换手", "source": "website" }));
    desk.update(lead, json!({ "owner": named("user/c").to_string() }));
    desk.update(lead, json!({ "owner": named("user/b").to_string() }));
    let tasks = desk.related(lead, "task", "about");
    let owners: Vec<_> = tasks.iter().map(|task| desk.shown(*task, "owner")).collect();
    let for_whom = |name: &str| owners.iter().filter(|owner| **owner == json!(named(name).to_string())).count();
    assert_eq!((for_whom("user/b"), for_whom("user/c"), owners.len()), (2, 1, 3));
    // The same owner again is no assignment.
    desk.update(lead, json!({ "owner": named("user/b").to_string(), "need": "培训" }));
    assert_eq!(desk.related(lead, "task", "about").len(), 3);
}

#[test]
fn two_assignments_within_one_millisecond_are_two() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "快", "source": "website" }));
    for (count, name) in [(1, "user/c"), (2, "user/d")] {
        let mut context = desk.context_now();
        context.stamp.count = count;
        let command = desk.change(lead, json!({ "owner": named(name).to_string() }));
        let outcome = perennial::command::decide(&desk.state, &desk.blueprint, &command, &mut context).unwrap();
        desk.state.apply_all(&outcome.changes);
    }
    assert_eq!(desk.related(lead, "task", "about").len(), 3);
}

#[test]
fn undoing_a_creation_takes_back_its_to_do_its_notice_and_its_turn() {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    let values = json!({
        "name": "王芳", "title": "销售总监", "company_size": "620", "source": "website", "email": "w@f.example",
        "budget": "200000",
    });
    let lead = desk.create("lead", values.clone());
    assert_eq!(desk.related(lead, "task", "about").len(), 1);
    assert_eq!(desk.related(lead, "notification", "about").len(), 1);
    let after = desk.state.clone();
    let created = desk.last();
    desk.undo(&[created]);
    assert_same(&before, &desk.state);
    let undone = desk.last();
    desk.undo(&[undone]);
    assert_same(&after, &desk.state);
    let redone = desk.last();
    desk.undo(&[redone]);
    let again = desk.create("lead", values);
    assert_eq!(desk.shown(again, "owner"), json!(named("user/b").to_string()));
    assert_eq!(desk.shown(again, "number"), "L-00001");
}
