//! Two devices work apart and merge: they come to the same, nothing is lost without being named, and twice is as good as once.

use perennial::command::merge::{self, Clash, Merge, Reason, Side};
use perennial::command::{Blueprint, Command, Context, history};
use perennial::model::change::{Commit, Stamp};
use perennial::model::definition::Definition;
use perennial::model::id::{CommitId, EntityId, FieldId, IdSource, RecordId};
use perennial::model::record::Record;
use perennial::model::state::{Reader, State};
use perennial::model::time::{Instant, Zone};
use perennial::model::value::Value;
use proptest::prelude::*;

/// A device with its own clock, log and state.
#[derive(Clone)]
struct Device {
    number: u32,
    state: State,
    blueprint: std::rc::Rc<Blueprint>,
    log: Vec<Commit>,
}

impl Device {
    fn new(number: u32) -> Device {
        Device { number, state: State::new(), blueprint: Blueprint::default().into(), log: Vec::new() }
    }

    /// The same workspace on another device.
    fn copy(&self, number: u32) -> Device {
        Device { number, ..self.clone() }
    }

    fn context(&self, at: i64) -> Context {
        let stamp = Stamp { time: Instant(at), count: 0, device: self.number };
        let seed = u64::from(self.number) << 32 | at as u64;
        Context { now: Instant(at), stamp, zone: Zone::UTC, actor: None, ids: IdSource::new(at as u64, seed) }
    }

    /// Does something; what is refused is left.
    fn does(&mut self, at: i64, command: Command) -> bool {
        let mut context = self.context(at);
        let decided = perennial::command::decide(&self.state, &self.blueprint, &command, &mut context);
        let Ok(outcome) = decided else { return false };
        if !outcome.changes.is_empty() {
            let commit = context.sign(outcome.changes, command.cause(), None);
            self.keep(commit);
        }
        true
    }

    fn keep(&mut self, commit: Commit) {
        self.state.apply_all(&commit.changes);
        self.log.push(commit);
        self.blueprint = Blueprint::compile(&self.state).unwrap().into();
    }

    fn decide_merge(&self, at: i64, other: &[Commit]) -> Merge {
        let context = self.context(at);
        merge::merge(&self.state, &self.blueprint, self.log.iter(), other, Instant(at), &context).unwrap()
    }

    fn merge(&mut self, at: i64, other: &[Commit]) -> Vec<Clash> {
        let Merge { outcome, cause, clashes } = self.decide_merge(at, other);
        if !outcome.changes.is_empty() {
            let commit = self.context(at).sign(outcome.changes, cause, None);
            // What stands in the log is what can be read back from it.
            self.keep(serde_json::from_str(&serde_json::to_string(&commit).unwrap()).unwrap());
        }
        clashes
    }

    fn value(&self, record: u128, field: &str) -> Value {
        self.state.record(RecordId(record)).unwrap().value(FieldId::new(field)).clone()
    }

    fn told(&self) -> String {
        let mut records: Vec<&Record> = self.state.records().map(|record| &**record).collect();
        records.sort_by_key(|record| record.id);
        let mut text = String::new();
        for record in records {
            let mut values: Vec<_> = record.values.iter().collect();
            values.sort_by_key(|(field, _)| *field);
            // When it was last changed is left out: a figure may have gone up and down again on one side only.
            text += &format!("{} {} {} {values:?}\n", record.id, record.entity, record.created);
        }
        let definitions: Vec<_> = self.state.definitions().collect();
        text + &serde_json::to_string(&definitions).unwrap() + &format!("{:?}", self.state.cells().collect::<Vec<_>>())
    }
}

fn entity(json: &str) -> Definition {
    serde_json::from_str(&format!(r#"{{"entity":{json}}}"#)).unwrap()
}

/// A thing with parts that belong to it, and friends that only point at it.
fn definitions() -> Vec<Definition> {
    vec![thing(""), part(), friend()]
}

fn thing(more: &str) -> Definition {
    entity(&format!(
        r#"{{"id":"thing","label":{L},"plural":{L},"icon":"box","group":"work","title":"name","fields":[
        {{"id":"name","label":{L},"kind":"text"}},{{"id":"size","label":{L},"kind":"number"}},
        {{"id":"state","label":{L},"kind":"choice","options":[{{"id":"new","label":{L}}},{{"id":"old","label":{L}}}]}},
        {{"id":"double","label":{L},"kind":"formula","formula":"size*2","result":"number"}},
        {{"id":"parts","label":{L},"kind":"rollup","entity":"part","via":"thing","function":"count"}}{more}]}}"#
    ))
}

const L: &str = r#"{"zh-CN":"物","en":"Thing"}"#;

fn part() -> Definition {
    entity(&format!(
        r#"{{"id":"part","label":{L},"plural":{L},"icon":"box","group":"work","title":"name","fields":[
        {{"id":"name","label":{L},"kind":"text"}},
        {{"id":"thing","label":{L},"kind":"link","to":["thing"],"owned":true}}]}}"#
    ))
}

fn friend() -> Definition {
    entity(&format!(
        r#"{{"id":"friend","label":{L},"plural":{L},"icon":"box","group":"work","title":"name","fields":[
        {{"id":"name","label":{L},"kind":"text"}},
        {{"id":"of","label":{L},"kind":"links","to":["thing"]}}]}}"#
    ))
}

fn create(id: u128, entity: &str, values: &[(&str, Value)]) -> Command {
    let values = values.iter().map(|(field, value)| (FieldId::new(field), value.clone())).collect();
    Command::CreateRecord { id: Some(RecordId(id)), entity: EntityId::new(entity), values }
}

fn update(id: u128, field: &str, value: Value) -> Command {
    Command::UpdateRecord { record: RecordId(id), values: vec![(FieldId::new(field), value)] }
}

fn remove(id: u128) -> Command {
    Command::RemoveRecords { records: vec![RecordId(id)] }
}

fn number(number: i64) -> Value {
    Value::integer(number)
}

/// Two devices that have started from one workspace with a thing and its part.
fn pair() -> (Device, Device) {
    let mut a = Device::new(1);
    assert!(a.does(1, Command::Define { definitions: definitions() }));
    assert!(a.does(2, create(1, "thing", &[("name", Value::text("one")), ("size", number(1))])));
    assert!(a.does(3, create(102, "part", &[("name", Value::text("part")), ("thing", Value::Link(RecordId(1)))])));
    let b = a.copy(2);
    (a, b)
}

#[test]
fn different_fields_come_together_and_the_same_field_clashes() {
    let (mut a, mut b) = pair();
    a.does(10, update(1, "name", Value::text("ours")));
    a.does(11, update(1, "size", number(2)));
    b.does(12, update(1, "size", number(3)));
    b.does(13, create(3, "part", &[("thing", Value::Link(RecordId(1)))]));
    let clashes = a.merge(20, &b.log);
    assert_eq!(a.value(1, "name"), Value::text("ours"));
    assert_eq!(a.value(1, "size"), number(3));
    assert_eq!(a.value(1, "double"), number(6), "computed afresh");
    assert_eq!(a.value(1, "parts"), number(2), "computed afresh");
    assert_eq!(clashes.len(), 1);
    assert_eq!((clashes[0].reason, clashes[0].winner), (Reason::BothChanged, Side::Theirs));
    assert_eq!((clashes[0].won.time, clashes[0].lost.time), (Instant(12), Instant(11)));
}

#[test]
fn a_field_that_reads_when_the_record_changed_is_not_stale_after_a_merge() {
    let (mut a, mut b) = pair();
    let field = format!(r#",{{"id":"since","label":{L},"kind":"formula","formula":"updated","result":"instant"}}"#);
    a.does(5, Command::Define { definitions: vec![thing(&field)] });
    b.does(6, Command::Define { definitions: vec![thing(&field)] });
    a.does(10, update(1, "name", Value::text("ours")));
    b.does(12, update(1, "size", number(3)));
    b.does(13, create(3, "part", &[("thing", Value::Link(RecordId(1)))]));
    b.does(14, create(4, "thing", &[("name", Value::text("later"))]));
    let before_a = a.clone();
    a.merge(20, &b.log);
    b.merge(21, &before_a.log);
    for device in [&a, &b] {
        for id in [1, 4] {
            let updated = device.state.record(RecordId(id)).unwrap().updated;
            assert_eq!(device.value(id, "since"), Value::Instant(updated), "{id} on {}", device.number);
        }
        assert_eq!(device.value(1, "since"), Value::Instant(Instant(13)));
    }
}

#[test]
fn a_removal_wins_over_what_was_changed_meanwhile_and_says_so() {
    let (mut a, mut b) = pair();
    a.does(10, remove(1));
    b.does(12, update(1, "size", number(3)));
    b.does(13, create(3, "part", &[("thing", Value::Link(RecordId(1)))]));
    b.does(14, create(4, "friend", &[("of", Value::Links([RecordId(1)].into()))]));
    let (before_a, before_b) = (a.clone(), b.clone());
    let reasons: Vec<Reason> = a.merge(20, &before_b.log).iter().map(|clash| clash.reason).collect();
    assert!(reasons.contains(&Reason::Removed) && reasons.contains(&Reason::LinkLost), "{reasons:?}");
    assert!(a.state.record(RecordId(1)).is_none() && a.state.record(RecordId(3)).is_none());
    assert_eq!(a.value(4, "of"), Value::Empty);
    b.merge(20, &before_a.log);
    assert_eq!(a.told(), b.told());
}

#[test]
fn what_was_brought_back_later_stays() {
    let (mut a, mut b) = pair();
    b.does(9, remove(102));
    a.does(10, remove(1));
    let undone = a.log.last().unwrap().clone().into();
    let context = a.context(30);
    let outcome = history::undo(&a.state, &a.blueprint, &[undone], &context).unwrap();
    let commit = context.clone().sign(outcome.changes, perennial::model::change::Cause::Undo(Vec::new()), None);
    a.keep(commit);
    let before_a = a.clone();
    a.merge(40, &b.log);
    b.merge(40, &before_a.log);
    assert!(a.state.record(RecordId(1)).is_some());
    assert_eq!(a.told(), b.told());
}

#[test]
fn both_install_the_same_pack_and_no_edit_is_lost() {
    let (mut a, mut b) = (Device::new(1), Device::new(2));
    a.does(1, Command::Define { definitions: definitions() });
    a.does(2, create(1, "thing", &[("size", number(1))]));
    a.does(3, update(1, "size", number(5)));
    a.does(
        4,
        Command::Define {
            definitions: vec![thing(r#",{"id":"more","label":{"zh-CN":"多","en":"More"},"kind":"text"}"#)],
        },
    );
    b.does(10, Command::Define { definitions: definitions() });
    b.does(11, create(1, "thing", &[("size", number(1))]));
    let clashes = b.merge(20, &a.log);
    assert_eq!(clashes, vec![]);
    assert_eq!(b.value(1, "size"), number(5));
    assert!(b.state.entity(EntityId::new("thing")).unwrap().field(FieldId::new("more")).is_some());
    assert_eq!(a.merge(20, &b.log), vec![]);
    assert_eq!(a.value(1, "size"), number(5));
}

#[test]
fn a_field_that_others_fill_in_stays_defined() {
    let (mut a, mut b) = pair();
    let more = r#",{"id":"more","label":{"zh-CN":"多","en":"More"},"kind":"text"}"#;
    let less = r#",{"id":"less","label":{"zh-CN":"少","en":"Less"},"kind":"text"}"#;
    assert!(a.does(10, Command::Define { definitions: vec![thing(more)] }));
    assert!(a.does(11, update(1, "more", Value::text("held"))));
    assert!(b.does(12, Command::Define { definitions: vec![thing(less)] }));
    let (before_a, before_b) = (a.clone(), b.clone());
    let clashes = a.merge(20, &before_b.log);
    assert!(clashes.iter().any(|clash| clash.definition.is_some() && clash.winner == Side::Theirs));
    b.merge(20, &before_a.log);
    assert_eq!(a.value(1, "more"), Value::text("held"));
    assert_eq!(a.told(), b.told());
}

#[test]
fn the_same_value_on_both_sides_is_kept_twice_and_named() {
    let (mut a, mut b) = pair();
    let code = r#",{"id":"code","label":{"zh-CN":"码","en":"Code"},"kind":"text","unique":true}"#;
    assert!(a.does(4, Command::Define { definitions: vec![thing(code)] }));
    b.merge(5, &a.log);
    a.does(10, create(11, "thing", &[("code", Value::text("X1"))]));
    b.does(12, create(12, "thing", &[("code", Value::text("x1"))]));
    let (before_a, before_b) = (a.clone(), b.clone());
    let clashes = a.merge(20, &before_b.log);
    let [only] = &clashes[..] else { panic!("{clashes:?}") };
    assert_eq!((only.reason, only.field), (Reason::NotUnique, Some(FieldId::new("code"))));
    assert!(a.state.record(RecordId(11)).is_some() && a.state.record(RecordId(12)).is_some());
    assert_eq!(b.merge(20, &before_a.log).len(), 1);
    assert_eq!(a.told(), b.told());
}

#[test]
fn what_no_field_takes_any_more_is_named_and_what_breaks_a_limit_is_kept() {
    let (mut a, mut b) = pair();
    let field = |kind: &str| format!(r#",{{"id":"more","label":{{"zh-CN":"多","en":"More"}},{kind}}}"#);
    assert!(a.does(4, Command::Define { definitions: vec![thing(&field(r#""kind":"text""#))] }));
    b.merge(5, &a.log);
    let (other_a, mut other_b) = (a.clone(), b.clone());
    a.does(10, Command::Define { definitions: vec![thing(&field(r#""kind":"number""#))] });
    b.does(12, update(1, "more", Value::text("held")));
    let before_b = b.clone();
    let clashes = a.merge(20, &before_b.log);
    let lost = clashes.iter().find(|clash| clash.reason == Reason::FieldGone).expect("the field takes numbers now");
    assert_eq!((lost.record, lost.field), (Some(RecordId(1)), Some(FieldId::new("more"))));
    assert_eq!(a.value(1, "more"), Value::Empty);
    // A limit that one side has tightened takes nothing from the other one.
    let mut a = other_a;
    a.does(10, Command::Define { definitions: vec![thing(&field(r#""kind":"text","max":2"#))] });
    other_b.does(12, update(1, "more", Value::text("held")));
    assert_eq!(a.merge(20, &other_b.log), vec![]);
    assert_eq!(a.value(1, "more"), Value::text("held"));
}

#[test]
fn a_definition_that_both_have_changed_is_the_later_one_and_says_so() {
    let (mut a, mut b) = pair();
    let named = |name: &str| {
        let field = format!(
            r#",{{"id":"more","label":{{"zh-CN":"{name}","en":"{name}"}},"kind":"formula","formula":"size*{}","result":"number"}}"#,
            name.len()
        );
        Command::Define { definitions: vec![thing(&field)] }
    };
    assert!(a.does(10, named("a")));
    assert!(b.does(12, named("bb")));
    let (before_a, before_b) = (a.clone(), b.clone());
    let clashes = a.merge(20, &before_b.log);
    let [only] = &clashes[..] else { panic!("{clashes:?}") };
    assert_eq!((only.reason, only.winner), (Reason::BothChanged, Side::Theirs));
    assert_eq!(only.definition, Some(Definition::entity_id(EntityId::new("thing"))));
    assert_eq!(a.value(1, "more"), number(2));
    b.merge(20, &before_a.log);
    assert_eq!(a.told(), b.told());
}

#[test]
fn a_snapshot_without_history_is_one_commit() {
    let (mut a, mut b) = pair();
    a.does(10, update(1, "size", number(2)));
    b.does(11, update(1, "name", Value::text("theirs")));
    b.does(12, create(7, "thing", &[("name", Value::text("new"))]));
    let founding = [merge::founding(&b.state, Instant(13))];
    a.merge(20, &founding);
    assert_eq!(a.value(1, "name"), Value::text("theirs"));
    assert_eq!(a.value(7, "name"), Value::text("new"));
    let told = a.told();
    a.merge(30, &founding);
    assert_eq!(a.told(), told);
}

#[test]
fn a_merge_remembers_who_was_later() {
    let (mut a, mut b) = pair();
    let mut c = a.copy(3);
    c.does(11, update(1, "size", number(11)));
    b.does(12, update(1, "size", number(12)));
    b.does(13, update(1, "name", Value::text("b")));
    a.merge(50, &b.log);
    // After the merge by the clock of the wall, but before it in what the other device has done.
    b.does(40, update(1, "name", Value::text("b again")));
    let clashes = a.merge(60, &b.log);
    assert_eq!((clashes, a.value(1, "name")), (vec![], Value::text("b again")));
    a.merge(70, &c.log);
    assert_eq!(a.value(1, "size"), number(12), "eleven is before twelve, whenever they meet");
}

#[test]
fn undoing_a_merge_gives_the_workspace_back() {
    let (mut a, mut b) = pair();
    b.does(12, update(1, "size", number(3)));
    b.does(13, create(3, "part", &[("thing", Value::Link(RecordId(1)))]));
    let values = |device: &Device| device.told().replace(|it: char| it.is_ascii_digit() && it == ' ', "");
    let before = values(&a);
    a.merge(20, &b.log);
    let merged = a.log.last().unwrap().clone().into();
    let outcome = history::undo(&a.state, &a.blueprint, &[merged], &a.context(30)).unwrap();
    a.state.apply_all(&outcome.changes);
    assert_eq!(values(&a), before);
}

/// What somebody does on one of two devices.
#[derive(Clone, Debug)]
struct Deed {
    device: bool,
    command: Command,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let id = 1u128..9;
    let field = prop_oneof![
        (0i64..5).prop_map(|it| ("size", number(it))),
        "[a-c]".prop_map(|it| ("name", Value::text(&it))),
        Just(("name", Value::Empty)),
        prop_oneof!["new", "old"].prop_map(|it| ("state", Value::Choice(perennial::model::id::OptionId::new(&it)))),
    ];
    let name = "[a-c]{1,2}".prop_map(|it| ("name", Value::text(&it)));
    let fields = proptest::collection::vec(field, 1..3);
    let command = prop_oneof![
        (id.clone(), fields.clone()).prop_map(|(id, fields)| create(id, "thing", &fields)),
        (id.clone(), id.clone(), name.clone()).prop_map(|(id, to, name)| create(
            id + 100,
            "part",
            &[name, ("thing", Value::Link(RecordId(to)))]
        )),
        (id.clone(), proptest::collection::vec(id.clone(), 1..3)).prop_map(|(id, to)| {
            create(id + 200, "friend", &[("of", Value::Links(to.into_iter().map(RecordId).collect()))])
        }),
        (id.clone(), fields).prop_map(|(id, fields)| Command::UpdateRecord {
            record: RecordId(id),
            values: fields.into_iter().map(|(field, value)| (FieldId::new(field), value)).collect(),
        }),
        (id.clone(), id.clone()).prop_map(|(id, to)| update(id + 100, "thing", Value::Link(RecordId(to)))),
        (id.clone(), id.clone()).prop_map(|(id, to)| update(id + 200, "of", Value::Links([RecordId(to)].into()))),
        (id.clone(), 0u128..3).prop_map(|(id, kind)| remove(id + 100 * kind)),
        prop_oneof![Just("extra"), Just("other")].prop_map(|field| Command::Define {
            definitions: vec![thing(&format!(r#",{{"id":"{field}","label":{L},"kind":"text"}}"#))],
        }),
        (id, prop_oneof![Just("extra"), Just("other")]).prop_map(|(id, field)| update(id, field, Value::text("x"))),
    ];
    proptest::collection::vec((any::<bool>(), command).prop_map(|(device, command)| Deed { device, command }), 0..40)
}

/// Carries deeds out, one each millisecond.
fn work(a: &mut Device, b: &mut Device, deeds: &[Deed], from: i64) {
    for (at, deed) in (from..).zip(deeds) {
        if deed.device {
            a.does(at, deed.command.clone())
        } else {
            b.does(at, deed.command.clone())
        };
    }
}

/// Things that both devices made by themselves under one number began at different times; that difference stays.
fn without_beginnings(mut device: Device) -> Device {
    let records: Vec<Record> =
        device.state.records().map(|it| Record { created: Instant(0), ..(**it).clone() }).collect();
    records.into_iter().for_each(|record| device.state.insert(record.into()));
    device
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn merging_commutes(deeds in deeds()) {
        let (mut a, mut b) = pair();
        work(&mut a, &mut b, &deeds, 10);
        let (before_a, before_b) = (a.clone(), b.clone());
        a.merge(1000, &before_b.log);
        b.merge(2000, &before_a.log);
        prop_assert_eq!(without_beginnings(a).told(), without_beginnings(b).told());
    }

    #[test]
    fn merging_twice_is_merging_once(deeds in deeds()) {
        let (mut a, mut b) = pair();
        work(&mut a, &mut b, &deeds, 10);
        a.merge(1000, &b.log);
        prop_assert_eq!(a.decide_merge(2000, &b.log).outcome.changes, vec![]);
        prop_assert_eq!(a.decide_merge(2000, &a.log.clone()).outcome.changes, vec![]);
    }

    #[test]
    fn merging_back_and_forth_ends_in_one_workspace(first in deeds(), second in deeds()) {
        let (mut a, mut b) = pair();
        work(&mut a, &mut b, &first, 10);
        a.merge(100, &b.log);
        b.merge(101, &a.log);
        work(&mut a, &mut b, &second, 200);
        let (before_a, before_b) = (a.clone(), b.clone());
        a.merge(1000, &before_b.log);
        b.merge(2000, &before_a.log);
        prop_assert_eq!(without_beginnings(a).told(), without_beginnings(b).told());
    }

    #[test]
    fn nothing_of_a_disjoint_history_is_lost(deeds in deeds()) {
        let (mut a, _) = pair();
        let mut b = Device::new(2);
        b.does(1, Command::Define { definitions: definitions() });
        for (at, deed) in (10..).zip(&deeds) {
            // Another range of numbers, so that the two have nothing in common.
            let json = serde_json::to_string(&deed.command).unwrap().replace("-000000000", "-100000000");
            b.does(at, serde_json::from_str(&json).unwrap());
        }
        let before = a.clone();
        let clashes = a.merge(1000, &b.log);
        prop_assert_eq!(clashes, vec![]);
        for record in b.state.records().chain(before.state.records()) {
            prop_assert_eq!(&a.state.record(record.id).unwrap().values, &record.values);
        }
    }
}

#[test]
fn commits_known_by_their_number_are_skipped() {
    let (a, b) = pair();
    let merged = a.decide_merge(20, &b.log);
    assert!(merged.outcome.changes.is_empty() && merged.clashes.is_empty());
    assert_ne!(a.log[0].id, CommitId::default());
}
