//! Properties of the road: whatever is done, it can be taken back exactly, and what follows from the records is never stale.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use perennial::command::{Blueprint, Command};
use perennial::engine::compute::{self, Moment};
use perennial::model::change::{Commit, invert, squash};
use perennial::model::draft::Draft;
use perennial::model::id::{EntityId, FieldId, OptionId, RecordId};
use perennial::model::state::{Reader, State};
use perennial::model::value::Value;

use super::{Desk, assert_indexed, assert_same, named};

/// A workspace with fields that are computed from when records were made and last changed.
fn dated_desk() -> Desk {
    let mut desk = Desk::new();
    let fields = [
        ("lead", "touched", json!({ "kind": "formula", "formula": "updated", "result": "instant" })),
        ("lead", "idle", json!({ "kind": "formula", "formula": "touched-created", "result": "number" })),
        ("lead", "odd", json!({ "kind": "formula", "formula": "MOD(MINUTE(updated)+score,2)", "result": "number" })),
        ("opportunity", "heard", json!({ "kind": "formula", "formula": "lead.touched", "result": "instant" })),
        (
            "account",
            "moved",
            json!({ "kind": "rollup", "entity": "opportunity", "via": "account", "function": "count",
            "condition": { "formula": "MOD(MINUTE(updated),2)=0" } }),
        ),
        ("account", "touched", json!({ "kind": "formula", "formula": "updated", "result": "instant" })),
        ("account", "busy", json!({ "kind": "formula", "formula": "moved>0 OR updated>created", "result": "flag" })),
    ];
    for (entity, id, mut field) in fields {
        field["id"] = json!(id);
        field["label"] = json!({ "zh-CN": id, "en": id });
        desk.redefine(entity, |entity| entity.fields.push(serde_json::from_value(field).unwrap())).unwrap();
    }
    desk
}

#[test]
fn a_field_that_reads_when_the_record_changed_follows_every_change() {
    let mut desk = dated_desk();
    let lead = desk.create("lead", json!({ "name": "李雷" }));
    let deal = desk.create("opportunity", json!({ "name": "项目", "lead": lead.to_string() }));
    let touched = |desk: &Desk, of: RecordId, field: &str| desk.record(of).value(FieldId::new(field)).clone();
    for city in ["上海", "北京"] {
        desk.update(lead, json!({ "city": city }));
        let updated = Value::Instant(desk.record(lead).updated);
        assert_eq!(desk.record(lead).updated.0, desk.millis);
        assert_eq!((touched(&desk, lead, "touched"), touched(&desk, deal, "heard")), (updated.clone(), updated));
    }
    let last = desk.last();
    desk.undo(&[last]);
    assert_eq!(touched(&desk, lead, "touched"), Value::Instant(desk.record(lead).updated));
    assert!(desk.record(lead).updated.0 < desk.millis - 60_000, "as it was before");
}

/// Something to do: what, to which records, how.
pub type Deed = (u8, u8, u8);

fn pick(desk: &Desk, entity: &str, at: u8) -> Option<RecordId> {
    let members = desk.state.member_ids(EntityId::new(entity));
    (!members.is_empty()).then(|| members[at as usize % members.len()])
}

fn link(record: Option<RecordId>) -> Json {
    record.map_or(Json::Null, |record| json!(record.to_string()))
}

pub fn command(desk: &Desk, (what, which, how): Deed) -> Option<Command> {
    let owner = ["user/b", "user/c", "user/a"].map(named)[how as usize % 3];
    let lead = pick(desk, "lead", which);
    let account = pick(desk, "account", how);
    let deal = pick(desk, "opportunity", which);
    let sources = ["website", "referral", "fair", ""];
    let stages = ["needs", "won", "lost"];
    Some(match what % 12 {
        0 => desk.creation("lead", json!({
            "name": format!("线索{which}"), "source": sources[how as usize % 4], "company_size": how.to_string(),
            "title": if which % 2 == 0 { "总监" } else { "" }, "phone": if how % 5 == 0 { "12" } else { "" },
            "region": if which % 3 == 0 { "guangdong" } else { "" },
        })),
        1 => desk.creation("event", json!({ "kind": "download", "content": "产品价格表", "lead": link(lead) })),
        2 => desk.creation("account", json!({ "name": format!("客户{which}"), "industry": "finance" })),
        3 => desk.creation("opportunity", json!({
            "name": "项目", "account": link(account), "amount": which.to_string(), "stage": stages[how as usize % 3],
            "lead": link(lead),
        })),
        4 => desk.creation("opportunity_line", json!({ "name": "行", "opportunity": link(deal), "price": how.to_string() })),
        5 => desk.change(lead?, json!({ "owner": owner.to_string(), "budget": (u32::from(which) * 1000).to_string() })),
        6 => desk.change(lead?, json!({ "company_size": (u32::from(how) * 9).to_string(), "source": sources[how as usize % 4] })),
        7 => desk.change(deal?, json!({ "account": link(account), "amount": how.to_string() })),
        8 => Command::MoveCard {
            record: deal?,
            field: FieldId::new("stage"),
            to: Some(OptionId::new(stages[how as usize % 3])),
        },
        9 => Command::RemoveRecords { records: vec![[lead, account, deal][how as usize % 3]?] },
        10 => Command::RemoveRecords { records: vec![pick(desk, ["event", "task", "user"][how as usize % 3], which)?] },
        _ => desk.change(account?, json!({ "industry": (["retail", "energy"][how as usize % 2]) })),
    })
}

pub fn assert_settled(state: &State, desk: &Desk) {
    let blueprint = Blueprint::compile(state).unwrap();
    let clock = desk.context_now().clock(state);
    let moment = Moment { clock: &clock, language: state.workspace().unwrap().language, at: Some(clock.now) };
    let mut draft = Draft::new(state);
    compute::settle_all(&blueprint.plan, &mut draft, moment);
    assert!(draft.changes().is_empty(), "stale: {:?}", draft.changes());
}

fn assert_undoable(before: &State, commit: &Commit, after: &State) {
    let mut back = after.clone();
    back.apply_all(&invert(&commit.changes));
    assert_same(before, &back);
    assert_indexed(&back);
    let mut one_by_one = before.clone();
    commit.changes.iter().for_each(|change| one_by_one.apply(change));
    assert_same(&one_by_one, after);
    let mut squashed = before.clone();
    squashed.apply_all(&squash(commit.changes.clone()));
    assert_same(&squashed, after);
    let json = serde_json::to_string(commit).unwrap();
    assert_eq!(serde_json::from_str::<Commit>(&json).unwrap(), *commit);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_can_be_taken_back_and_nothing_is_stale(deeds in prop::collection::vec(any::<Deed>(), 1..24)) {
        let mut desk = dated_desk();
        let mut done: Vec<Arc<Commit>> = Vec::new();
        for deed in deeds {
            let Some(command) = command(&desk, deed) else { continue };
            let json = serde_json::to_string(&command).unwrap();
            assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
            let before = desk.state.clone();
            if desk.try_act(command).is_err() {
                assert_same(&before, &desk.state);
                continue;
            }
            let after = desk.state.clone();
            let commit = desk.last();
            assert_undoable(&before, &commit, &after);
            assert_indexed(&after);
            assert_settled(&after, &desk);
            desk.undo(&[commit]);
            assert_same(&before, &desk.state);
            let undone = desk.last();
            desk.undo(&[undone]);
            assert_same(&after, &desk.state);
            done.push(desk.last());
        }
        if !done.is_empty() {
            let before = desk.state.clone();
            desk.undo(&done);
            assert_settled(&desk.state, &desk);
            assert_indexed(&desk.state);
            let undone = desk.last();
            desk.undo(&[undone]);
            assert_same(&before, &desk.state);
        }
    }
}
