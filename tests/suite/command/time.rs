//! Now, order and what tells one occasion from another: three things that must not stand for each other.

use chrono::NaiveDate;
use serde_json::json;

use perennial::command::{Command, decide};
use perennial::model::change::{Cause, Change, Stamp};
use perennial::model::field::Field;
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::time::{Instant, Zone};
use perennial::model::value::Value;

use super::{Desk, named};

const DAY: i64 = 86_400_000;

/// A device on which somebody has set the clock to 2099.
const WRONG: Stamp = Stamp { time: Instant(4_080_000_000_000), count: 3, device: 9 };

fn with_clocked(desk: &mut Desk, formula: &str, result: &str) {
    let label = json!({ "zh-CN": "那天", "en": "That day" });
    let field = json!({ "id": "clocked", "label": label, "kind": "formula", "formula": formula, "result": result });
    let field: Field = serde_json::from_value(field).unwrap();
    desk.redefine("lead", |entity| entity.fields.push(field)).unwrap();
}

fn tick(records: &[RecordId]) -> Command {
    Command::Tick { entity: EntityId::new("lead"), records: records.to_vec() }
}

#[test]
fn a_device_set_to_2099_orders_commits_and_tells_nobody_the_time() {
    let mut desk = Desk::new();
    with_clocked(&mut desk, "TODAY()", "date");
    let command = desk.creation("lead", json!({ "name": "李雷", "source": "website" }));
    let mut context = desk.context();
    context.stamp = Stamp::next(WRONG, context.now, 1);
    let now = context.now;
    let outcome = decide(&desk.state, &desk.blueprint, &command, &mut context).unwrap();
    let lead = outcome.subject.unwrap();
    let commit = context.sign(outcome.changes, command.cause(), None);
    assert!(commit.at > WRONG, "what is done after hearing of it stands behind it");
    assert_eq!(commit.made(), now);
    desk.commit(commit);
    assert_eq!((desk.record(lead).created, desk.record(lead).updated), (now, now));
    assert_eq!(desk.shown(lead, "clocked"), "2026-11-22");
    let tasks = desk.related(lead, "task", "about");
    assert_eq!(tasks.len(), 1);
    for task in tasks {
        assert_eq!(desk.record(task).created, now, "what rules make is made now");
        assert!(desk.shown(task, "due").as_str().is_some_and(|due| due.starts_with("2026-1")));
    }
    let text = serde_json::to_string(&*desk.last()).unwrap();
    assert_eq!(serde_json::from_str::<perennial::model::change::Commit>(&text).unwrap(), *desk.last());
}

#[test]
fn stamps_follow_each_other_whatever_the_clock_says() {
    let now = Instant(1_795_309_200_000);
    let first = Stamp::next(Stamp::default(), now, 1);
    assert_eq!(first, Stamp { time: now, count: 0, device: 1 });
    let second = Stamp::next(first, now, 1);
    let third = Stamp::next(second, Instant(now.0 - DAY), 1);
    assert!(first < second && second < third);
    let full = Stamp { count: u32::MAX, ..WRONG };
    assert!(Stamp::next(full, now, 1) > full);
}

#[test]
fn the_same_thing_done_on_two_devices_makes_one_record() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "换手", "source": "website" }));
    let mut other = desk.clone();
    other.millis += 3 * 3_600_000;
    for desk in [&mut desk, &mut other] {
        desk.update(lead, json!({ "owner": named("user/c").to_string() }));
    }
    let made = |desk: &Desk| -> Vec<RecordId> { desk.related(lead, "task", "about") };
    assert_eq!(made(&desk).len(), 2);
    assert_eq!(made(&desk), made(&other), "both make the same to-do");
    // Done once more it is another occasion, though the same is done.
    desk.update(lead, json!({ "owner": named("user/b").to_string() }));
    desk.update(lead, json!({ "owner": named("user/c").to_string() }));
    assert_eq!(made(&desk).len(), 4);
}

#[test]
fn the_passing_of_a_day_brings_up_to_date_what_reads_the_clock_and_nothing_else() {
    let mut desk = Desk::new();
    with_clocked(&mut desk, "DAYS(TODAY(),DATE(2026,11,20))", "number");
    let leads: Vec<RecordId> = (0..3).map(|n| desk.create("lead", json!({ "name": format!("线索{n}") }))).collect();
    let updated = desk.record(leads[0]).updated;
    assert_eq!(desk.shown(leads[0], "clocked"), "2");
    assert!(desk.act(tick(&leads)).changes.is_empty(), "on the same day nothing changes");
    desk.millis += DAY;
    let changes = desk.act(tick(&leads)).changes;
    let is_clocked = |change: &Change| matches!(change, Change::Updated { fields, by: None, .. } if fields.len() == 1);
    assert!(changes.len() == 3 && changes.iter().all(is_clocked), "{changes:?}");
    assert_eq!(desk.shown(leads[0], "clocked"), "3");
    assert_eq!(desk.record(leads[0]).updated, updated, "a day that passes is nobody's change");
    assert_eq!(desk.last().cause, Cause::Tick { entity: EntityId::new("lead") });
    assert!(desk.act(tick(&leads)).changes.is_empty(), "another tab that looks as well finds nothing to do");
    let clocked = ["equipment", "lead", "payment_plan", "project", "renewal"].map(EntityId::new);
    assert_eq!(desk.blueprint.plan.clocked(), clocked);
}

#[test]
fn days_are_those_of_the_season() {
    // Berlin: winter time from 2025-10-26 01:00 UTC, summer time from 2026-03-29, winter time from 2026-10-25.
    const HOUR: i32 = 3600;
    let at = |text: &str| text.parse::<Instant>().unwrap();
    let changes = [("2025-10-26T01:00:00Z", HOUR), ("2026-03-29T01:00:00Z", 2 * HOUR), ("2026-10-25T01:00:00Z", HOUR)];
    let changes: Vec<(Instant, i32)> = changes.into_iter().map(|(from, offset)| (at(from), offset)).collect();
    let berlin = Zone::changing(2 * HOUR, changes.leak());
    let shown = |text: &str| at(text).local(berlin).to_string();
    assert_eq!(shown("2026-07-01T22:30:00Z"), "2026-07-02 00:30:00");
    assert_eq!(shown("2026-12-01T22:30:00Z"), "2026-12-01 23:30:00");
    let local = |text: &str| Instant::from_local(text.parse().unwrap(), berlin);
    assert_eq!(local("2026-07-02T00:30:00"), at("2026-07-01T22:30:00Z"));
    assert_eq!(local("2026-12-01T23:30:00"), at("2026-12-01T22:30:00Z"));
    assert_eq!(local("2026-03-29T02:30:00"), at("2026-03-29T01:30:00Z"), "an hour that is left out");
    assert_eq!(local("2026-10-25T02:30:00"), at("2026-10-25T00:30:00Z"), "an hour that comes twice");
    assert_eq!(berlin.day_end(at("2026-03-28T23:30:00Z")), at("2026-03-29T22:00:00Z"), "a day of 23 hours");
    assert_eq!(berlin.day_end(at("2026-10-24T22:00:00Z")), at("2026-10-25T23:00:00Z"), "a day of 25 hours");
    assert_eq!(Zone::fixed(-8 * HOUR).day_end(at("2026-11-22T07:00:00Z")), at("2026-11-22T08:00:00Z"));

    // A formula asked in winter about a moment in summer sees that summer's day.
    let mut desk = Desk::new();
    with_clocked(&mut desk, "DATEVALUE(created)", "date");
    let command = desk.creation("lead", json!({ "name": "夏天" }));
    let mut context = desk.context();
    (context.zone, context.now) = (berlin, at("2026-07-01T22:30:00Z"));
    let outcome = decide(&desk.state, &desk.blueprint, &command, &mut context).unwrap();
    let lead = outcome.subject.unwrap();
    desk.state.apply_all(&outcome.changes);
    let day = NaiveDate::from_ymd_opt(2026, 7, 2).map(Value::Date).unwrap();
    assert_eq!(*desk.record(lead).value(FieldId::new("clocked")), day);
}

#[test]
fn what_was_asked_of_records_stands_in_the_log_as_it_was_asked() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "李雷" }));
    let entity = EntityId::new("lead");
    let values = desk.pairs("lead", json!({ "company_size": "620" }));
    let field = FieldId::new("status");
    let commands = [
        Command::CreateRecord {
            id: Some(RecordId(7)), entity, values: desk.values("lead", json!({ "name": "韩梅" }))
        },
        desk.creation("lead", json!({ "name": "韩梅" })),
        Command::UpdateRecord { record: lead, values: values.clone() },
        Command::UpdateRecords { records: vec![lead], values },
        Command::MoveCard { record: lead, field, to: Some(perennial::model::id::OptionId::new("mql")) },
        Command::MoveCard { record: lead, field, to: None },
        Command::RemoveRecords { records: vec![lead] },
        Command::Undefine { ids: vec![perennial::model::definition::Definition::entity_id(entity)] },
    ];
    for command in commands {
        let (asked, kept) = (serde_json::to_value(&command).unwrap(), serde_json::to_value(command.cause()).unwrap());
        assert_eq!(asked, kept);
        let read: Cause = serde_json::from_value(kept).unwrap();
        assert_eq!(read, command.cause());
    }
    assert!(serde_json::from_value::<Cause>(json!({ "command": { "tick": {} } })).is_err());
}
