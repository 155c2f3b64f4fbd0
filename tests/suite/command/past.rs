//! Undo long after: what has happened since stays, clashes are named, and a record is seen as it was.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use perennial::command::Command;
use perennial::command::history::{self, Clashing, Review, Standing};
use perennial::engine::past;
use perennial::model::change::{Cause, Commit};
use perennial::model::diagnostic::Code;
use perennial::model::id::{FieldId, RecordId};
use perennial::model::state::Reader;
use perennial::model::time::Instant;
use perennial::model::value::Value;

use super::property::{Deed, assert_settled, command};
use super::{Desk, assert_indexed, assert_same, named};

impl Desk {
    fn review(&self, commits: &[Arc<Commit>]) -> Review {
        history::review(&self.state, commits, Instant(self.millis))
    }

    fn take_back(&mut self, commits: &[Arc<Commit>], clashing: Clashing) -> Result<Arc<Commit>, Vec<Code>> {
        let mut context = self.context();
        let outcome = history::take_back(&self.state, &self.blueprint, commits, clashing, &context)
            .map_err(|refused| refused.diagnostics.iter().map(|it| it.code).collect::<Vec<Code>>())?;
        let cause = Cause::Undo(commits.iter().map(|commit| commit.id).collect());
        let commit = context.sign(outcome.changes, cause, None);
        self.commit(commit);
        assert_indexed(&self.state);
        Ok(self.last())
    }

    fn lead(&mut self, name: &str) -> RecordId {
        self.create("lead", json!({ "name": name, "owner": named("user/b").to_string() }))
    }

    fn owner(&self, lead: RecordId) -> Json {
        self.shown(lead, "owner")
    }
}

fn user(name: &str) -> Json {
    json!(named(name).to_string())
}

/// How things stand with what clashes, in a word each, in their order.
fn standings(review: &Review) -> Vec<&'static str> {
    let word = |standing: &Standing| match standing {
        Standing::Changed { .. } => "changed",
        Standing::Grown { .. } => "grown",
        Standing::Linked { .. } => "linked",
        Standing::Needed { .. } => "needed",
        Standing::Gone => "gone",
        Standing::Needs => "needs",
        Standing::Taken { .. } => "taken",
        Standing::Undefined { .. } => "undefined",
        Standing::Redefined(_) => "redefined",
    };
    review.clashes.iter().map(|clash| word(&clash.standing)).collect()
}

#[test]
fn three_hundred_leads_go_back_to_their_owner_and_what_was_done_since_stays() {
    let mut desk = Desk::new();
    let leads: Vec<RecordId> = (0..300).map(|n| desk.lead(&format!("线索{n}"))).collect();
    let values = desk.pairs("lead", json!({ "owner": user("user/c") }));
    desk.act(Command::UpdateRecords { records: leads.clone(), values });
    let reassigned = desk.last();
    desk.update(leads[0], json!({ "city": "上海" }));
    desk.update(leads[1], json!({ "owner": user("user/a") }));
    let account = desk.create("account", json!({ "name": "新客户" }));

    let review = desk.review(std::slice::from_ref(&reassigned));
    assert_eq!(standings(&review), ["changed"]);
    let Standing::Changed { field, now, back } = &review.clashes[0].standing else { panic!() };
    assert_eq!(
        (*field, now.links(), back.links()),
        (FieldId::new("owner"), &[named("user/a")][..], &[named("user/b")][..])
    );

    let before = desk.state.clone();
    let undone = desk.take_back(std::slice::from_ref(&reassigned), Clashing::Leave).unwrap();
    assert_eq!(
        (desk.owner(leads[0]), desk.owner(leads[1]), desk.owner(leads[299])),
        (user("user/b"), user("user/a"), user("user/b"))
    );
    assert_eq!(desk.shown(leads[0], "city"), "上海");
    assert!(desk.state.record(account).is_some());
    assert_eq!(desk.shown(named("user/c"), "open_leads"), "0");
    desk.take_back(&[undone], Clashing::Leave).unwrap();
    assert_same(&before, &desk.state);

    desk.take_back(&[reassigned], Clashing::TakeBack).unwrap();
    assert_eq!(desk.owner(leads[1]), user("user/b"));
}

#[test]
fn a_field_that_somebody_has_already_set_back_is_no_clash() {
    let mut desk = Desk::new();
    let lead = desk.lead("李雷");
    desk.update(lead, json!({ "city": "上海" }));
    let first = desk.last();
    desk.update(lead, json!({ "city": null }));
    assert!(desk.review(std::slice::from_ref(&first)).clashes.is_empty());
    assert_eq!(desk.take_back(&[first], Clashing::Leave).unwrap_err(), [Code::NothingToUndo]);
}

#[test]
fn of_several_commits_the_oldest_says_what_comes_back() {
    let mut desk = Desk::new();
    let lead = desk.lead("李雷");
    desk.update(lead, json!({ "city": "上海" }));
    let first = desk.last();
    desk.update(lead, json!({ "city": "北京" }));
    let second = desk.last();
    // Somebody goes back to what the first of them had put there: it stays all the same.
    desk.update(lead, json!({ "city": "上海" }));
    let both = [first, second];
    let review = desk.review(&both);
    assert_eq!(standings(&review), ["changed"]);
    let Standing::Changed { back, .. } = &review.clashes[0].standing else { panic!() };
    assert!(back.is_empty());
    assert_eq!(desk.take_back(&both, Clashing::Leave).unwrap_err(), [Code::NothingToUndo]);
    desk.take_back(&both, Clashing::TakeBack).unwrap();
    assert_eq!(desk.shown(lead, "city"), Json::Null);
}

#[test]
fn a_record_that_has_grown_since_stays_unless_it_is_to_go() {
    let mut desk = Desk::new();
    let account = desk.create("account", json!({ "name": "甲" }));
    let made = desk.last();
    desk.update(account, json!({ "employees": "40" }));
    assert_eq!(standings(&desk.review(std::slice::from_ref(&made))), ["grown"]);
    assert_eq!(desk.take_back(std::slice::from_ref(&made), Clashing::Leave).unwrap_err(), [Code::NothingToUndo]);
    let undone = desk.take_back(&[made], Clashing::TakeBack).unwrap();
    assert!(desk.state.record(account).is_none());
    desk.take_back(&[undone], Clashing::Leave).unwrap();
    assert_eq!(desk.shown(account, "employees"), "40");
}

#[test]
fn a_record_that_others_point_at_stays_unless_it_is_to_go() {
    let mut desk = Desk::new();
    let account = desk.create("account", json!({ "name": "甲" }));
    let made = desk.last();
    let deal = desk.create("opportunity", json!({ "name": "项目", "account": account.to_string() }));
    let line = desk.create("opportunity_line", json!({ "name": "行", "opportunity": deal.to_string() }));
    assert_eq!(standings(&desk.review(std::slice::from_ref(&made))), ["linked"]);
    assert_eq!(desk.take_back(std::slice::from_ref(&made), Clashing::Leave).unwrap_err(), [Code::NothingToUndo]);
    let before = desk.state.clone();
    let undone = desk.take_back(&[made], Clashing::TakeBack).unwrap();
    assert!(desk.state.record(account).is_none());
    let is_left = desk.state.record(deal).is_some();
    assert_eq!(desk.state.record(line).is_some(), is_left, "what belongs to a record goes with it");
    desk.take_back(&[undone], Clashing::Leave).unwrap();
    assert_same(&before, &desk.state);
}

#[test]
fn what_is_gone_cannot_be_changed_back_and_the_rest_is() {
    let mut desk = Desk::new();
    let leads = [desk.lead("一"), desk.lead("二")];
    let values = desk.pairs("lead", json!({ "city": "上海" }));
    desk.act(Command::UpdateRecords { records: leads.to_vec(), values });
    let changed = desk.last();
    desk.remove(leads[0]);
    assert_eq!(standings(&desk.review(std::slice::from_ref(&changed))), ["gone"]);
    desk.take_back(&[changed], Clashing::Leave).unwrap();
    assert_eq!(desk.shown(leads[1], "city"), Json::Null);
}

#[test]
fn a_value_that_may_be_there_once_stays_with_whoever_has_it() {
    let mut desk = Desk::new();
    let first = desk.create("lead", json!({ "name": "一", "external_id": "X1" }));
    desk.update(first, json!({ "external_id": "X2", "city": "上海" }));
    let changed = desk.last();
    desk.create("lead", json!({ "name": "二", "external_id": "X1" }));
    assert_eq!(standings(&desk.review(std::slice::from_ref(&changed))), ["taken"]);
    desk.take_back(&[changed], Clashing::TakeBack).unwrap();
    assert_eq!((desk.shown(first, "external_id"), desk.shown(first, "city")), (json!("X2"), Json::Null));
}

#[test]
fn what_needs_something_that_is_gone_stays_gone() {
    let mut desk = Desk::new();
    let deal = desk.create("opportunity", json!({ "name": "项目" }));
    let line = desk.create("opportunity_line", json!({ "name": "行", "opportunity": deal.to_string() }));
    let other = desk.lead("旁观");
    desk.act(Command::RemoveRecords { records: vec![line, other] });
    let removed = desk.last();
    desk.remove(deal);
    assert_eq!(standings(&desk.review(std::slice::from_ref(&removed))), ["needs"]);
    desk.take_back(&[removed], Clashing::Leave).unwrap();
    assert!(desk.state.record(line).is_none() && desk.state.record(other).is_some());
}

#[test]
fn a_definition_goes_back_only_where_nobody_has_changed_it_since() {
    let mut desk = Desk::new();
    desk.redefine("lead", |entity| entity.hue = 3).unwrap();
    let first = desk.last();
    desk.redefine("account", |entity| entity.hue = 5).unwrap();
    assert!(desk.review(std::slice::from_ref(&first)).clashes.is_empty());
    let undone = desk.take_back(std::slice::from_ref(&first), Clashing::Leave).unwrap();
    desk.take_back(&[undone], Clashing::Leave).unwrap();
    desk.redefine("lead", |entity| entity.hue = 4).unwrap();
    assert_eq!(standings(&desk.review(std::slice::from_ref(&first))), ["redefined"]);
    assert_eq!(desk.take_back(&[first], Clashing::Leave).unwrap_err(), [Code::NothingToUndo]);
}

#[test]
fn a_record_is_seen_as_it_was_and_gets_its_values_back() {
    let mut desk = Desk::new();
    let lead = desk.create("lead", json!({ "name": "李雷", "city": "上海", "company_size": "100" }));
    let was = desk.record(lead).clone();
    let born = desk.last();
    let began = desk.millis;
    desk.update(lead, json!({ "city": "北京", "company_size": "700", "owner": user("user/c") }));
    let between = desk.record(lead).clone();
    desk.update(lead, json!({ "name": "李磊" }));
    let mut commits: Vec<Arc<Commit>> =
        desk.commits.iter().filter(|it| it.records().iter().any(|(id, _)| *id == lead)).cloned().collect();
    commits.reverse();
    let now = desk.record(lead).clone();
    let seen = |after: &Arc<Commit>| past::as_of(lead, Some(&now), &commits, after.id);
    assert_eq!(seen(&born).as_ref(), Some(&was));
    assert_eq!(seen(&commits[1]).as_ref(), Some(&between));
    assert_eq!(seen(&commits[0]).as_ref(), Some(&now));
    assert_eq!(past::last_before(&commits, Instant(began)), Some(born.id));
    assert_eq!(past::last_before(&commits, Instant(began - 1)), None);

    let entity = desk.state.entity(was.entity).unwrap().clone();
    let values = history::restoring(&desk.state, &entity, &now, &was);
    desk.act(Command::UpdateRecord { record: lead, values });
    let differing = past::differing(&entity, &was, desk.record(lead));
    assert!(differing.iter().all(|field| entity.field(*field).unwrap().is_computed()), "{differing:?}");
    assert_eq!(desk.shown(lead, "name"), "李雷");
    desk.remove(lead);
    commits.insert(0, desk.last());
    assert_eq!(past::as_of(lead, None, &commits, born.id).as_ref(), Some(&was));
}

#[test]
fn a_figure_of_an_undone_step_is_counted_anew_where_its_source_has_moved_away() {
    let mut desk = Desk::new();
    let create = |desk: &mut Desk, name: &str| desk.create("account", json!({ "name": name, "industry": "finance" }));
    let (former, later) = (create(&mut desk, "甲"), create(&mut desk, "乙"));
    let deal = json!({ "name": "项目", "account": former.to_string(), "amount": "7", "stage": "won" });
    let deal = desk.create("opportunity", deal);
    desk.update(deal, json!({ "stage": "lost" }));
    let lost = desk.last();
    desk.update(deal, json!({ "account": later.to_string() }));
    desk.undo(&[lost]);
    let won = |of: RecordId| desk.record(of).value(FieldId::new("won_count")).clone();
    assert_eq!((won(former), won(later)), (Value::integer(0), Value::integer(1)));
    assert_settled(&desk.state, &desk);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where nothing clashes, taking an old commit back and then taking that back gives the same workspace, and whatever happens
    /// nothing is stale and everything can be taken back exactly.
    #[test]
    fn an_old_commit_taken_back_and_done_again_changes_nothing(
        deeds in prop::collection::vec(any::<Deed>(), 2..20),
        which in any::<prop::sample::Index>(),
        take in any::<bool>(),
    ) {
        let mut desk = Desk::new();
        let first = desk.commits.len();
        for deed in deeds {
            if let Some(command) = command(&desk, deed) {
                let _ = desk.try_act(command);
            }
        }
        let done = desk.commits[first..].to_vec();
        if !done.is_empty() {
            let chosen = which.get(&done).clone();
            let before = desk.state.clone();
            let review = desk.review(std::slice::from_ref(&chosen));
            let clashing = if take { Clashing::TakeBack } else { Clashing::Leave };
            let touched: Vec<RecordId> = review.changes.iter().filter_map(|it| it.record()).map(|it| it.0).collect();
            if let Ok(undone) = desk.take_back(&[chosen], clashing) {
                assert_settled(&desk.state, &desk);
                for record in before.records().filter(|_| review.clashes.is_empty()) {
                    // Records that are not spoken of may only follow with what is computed.
                    let entity = before.entity(record.entity).unwrap();
                    let now = desk.state.record(record.id);
                    if !touched.contains(&record.id) {
                        let differing = past::differing(entity, record, now.expect("the rest stays"));
                        prop_assert!(differing.iter().all(|field| entity.field(*field).unwrap().is_computed()));
                    }
                }
                let again = desk.review(std::slice::from_ref(&undone));
                prop_assert!(again.clashes.is_empty(), "{:?}", again.clashes);
                desk.take_back(&[undone], Clashing::Leave).unwrap();
                assert_same(&before, &desk.state);
            }
        }
    }
}
