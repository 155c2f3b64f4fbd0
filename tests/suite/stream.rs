//! The stream of a record: what is in it, in which order, and how far it reaches.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use perennial::engine::pack;
use perennial::engine::stream::{self, Stream};
use perennial::engine::transfer::{Likeness, twins};
use perennial::engine::tree;
use perennial::model::definition::Definition;
use perennial::model::entity::Entity;
use perennial::model::id::{EntityId, FieldId, OptionId, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::{Reader, State};
use perennial::model::time::{Instant, Zone};
use perennial::model::value::Value;

const CONSULTANCY: &str = include_str!("../../public/pack/consultancy.json");
const DAY: i64 = 86_400_000;

/// A workspace with the pack's definitions and the records that a case lists: `entity/name field=value field>entity/name …`, each
/// a day younger than the one before it.
struct Case {
    state: State,
}

impl Case {
    fn new(lines: &str) -> Case {
        let mut definitions: BTreeMap<_, Definition> = BTreeMap::new();
        for definition in pack::parse(CONSULTANCY).expect("the pack reads").definitions {
            definitions.insert(definition.id(), definition);
        }
        let mut records: FxHashMap<RecordId, Arc<Record>> = FxHashMap::default();
        for (at, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap();
            let entity = EntityId::new(name.split('/').next().unwrap());
            let mut values = Values::new();
            for word in words {
                let at = word.find(['>', '@', '=']).unwrap();
                let (field, rest) = (FieldId::new(&word[..at]), &word[at + 1..]);
                let value = match word.as_bytes()[at] {
                    b'>' => Value::Link(RecordId::named(rest)),
                    b'@' => Value::Instant(Instant(rest.parse::<i64>().unwrap() * DAY)),
                    _ => Value::text(rest),
                };
                values.set(field, value);
            }
            let (id, at) = (RecordId::named(name), Instant(at as i64 * DAY));
            records.insert(id, Arc::new(Record { id, entity, created: at, updated: at, values }));
        }
        Case { state: State::load(definitions, records, BTreeMap::new()) }
    }

    fn stream(&self, of: &str) -> Stream {
        stream::gather(&self.state, RecordId::named(of), Zone::fixed(0))
    }

    /// The names of what is in a stream, the newest first; with what is in between in brackets.
    fn told(&self, of: &str, names: &[&str]) -> Vec<String> {
        let name = |id: RecordId| names.iter().find(|name| RecordId::named(name) == id).copied().unwrap_or("?");
        let told = self.stream(of).entries;
        told.iter()
            .map(|entry| match entry.through {
                Some(through) => format!("{} ({})", name(entry.record), name(through)),
                None => name(entry.record).to_owned(),
            })
            .collect()
    }

    fn entity(&self, id: &str) -> Arc<Entity> {
        self.state.entity(EntityId::new(id)).unwrap().clone()
    }
}

#[test]
fn the_newest_comes_first_and_what_happens_says_when() {
    let case = Case::new(
        "account/a
         ticket/old account>account/a
         activity/late account>account/a at@9
         activity/early account>account/a at@0",
    );
    let names = ["account/a", "ticket/old", "activity/late", "activity/early"];
    assert_eq!(case.told("account/a", &names), ["activity/late", "ticket/old", "activity/early"]);
}

#[test]
fn it_goes_on_behind_what_the_layout_names_and_no_further() {
    let case = Case::new(
        "account/a
         opportunity/o account>account/a
         quote/q opportunity>opportunity/o
         task/t about>quote/q
         task/u about>opportunity/o
         campaign/c
         lead/l campaign>campaign/c
         event/e lead>lead/l",
    );
    let names = ["opportunity/o", "quote/q", "task/u", "lead/l"];
    let expected = ["task/u (opportunity/o)", "quote/q (opportunity/o)", "opportunity/o"];
    assert_eq!(case.told("account/a", &names), expected);
    // A campaign's layout names nothing: what its leads do is not its story.
    assert_eq!(case.told("campaign/c", &names), ["lead/l"]);
}

#[test]
fn answers_stand_below_what_they_answer_the_oldest_first() {
    let mut case = Case::new(
        "account/a
         comment/head about>account/a
         comment/first about>account/a reply_to>comment/head
         ticket/t account>account/a
         comment/second about>account/a reply_to>comment/first
         comment/gone about>account/a reply_to>comment/nowhere",
    );
    let names = ["comment/head", "comment/first", "comment/second", "comment/gone", "ticket/t"];
    let told = |case: &Case| -> Vec<String> {
        let name = |id: RecordId| names.iter().find(|name| RecordId::named(name) == id).copied().unwrap_or("?");
        let threads = stream::threads(&case.stream("account/a").entries);
        threads
            .iter()
            .map(|it| {
                let (before, after) = (if it.is_answer { "> " } else { "" }, if it.is_last { "." } else { "" });
                format!("{before}{}{after}", name(it.entry.record))
            })
            .collect()
    };
    let expected = ["comment/gone.", "ticket/t.", "comment/head", "> comment/first", "> comment/second."];
    assert_eq!(told(&case), expected);
    // Where the head is not shown, its answers stand by themselves.
    let entries: Vec<_> = case.stream("account/a").entries;
    let some: Vec<_> = entries.into_iter().filter(|it| it.record != RecordId::named("comment/head")).collect();
    assert!(stream::threads(&some).iter().all(|it| !it.is_answer && it.is_last));
    // Whoever answers himself in a circle is left alone.
    case = Case::new("account/a\n comment/x about>account/a reply_to>comment/x");
    assert_eq!(stream::threads(&case.stream("account/a").entries).len(), 1);
}

#[test]
fn what_points_here_twice_is_told_once() {
    let case = Case::new(
        "account/a
         opportunity/o account>account/a
         activity/x account>account/a opportunity>opportunity/o",
    );
    assert_eq!(case.told("account/a", &["opportunity/o", "activity/x"]), ["activity/x", "opportunity/o"]);
}

#[test]
fn what_it_was_converted_from_is_its_story_too() {
    let case = Case::new(
        "lead/l account>account/a opportunity>opportunity/o
         event/e lead>lead/l
         account/a
         opportunity/o account>account/a lead>lead/l",
    );
    let names = ["lead/l", "event/e", "opportunity/o"];
    assert_eq!(case.told("account/a", &names), ["opportunity/o", "event/e (lead/l)", "lead/l"]);
    assert_eq!(case.stream("account/a").origins, [RecordId::named("lead/l")]);
    assert_eq!(case.told("opportunity/o", &names), ["event/e (lead/l)", "lead/l"]);
    assert_eq!(case.stream("opportunity/o").origins, [RecordId::named("lead/l")]);
}

#[test]
fn notices_and_lines_are_told_by_what_they_belong_to() {
    let case = Case::new(
        "opportunity/o
         notification/n about>opportunity/o
         opportunity_line/p opportunity>opportunity/o
         comment/c about>opportunity/o",
    );
    assert_eq!(case.told("opportunity/o", &["comment/c"]), ["comment/c"]);
}

#[test]
fn a_record_that_is_gone_has_none() {
    assert_eq!(Case::new("").stream("account/a"), Stream::default());
}

#[test]
fn thousands_of_records_are_gathered() {
    let mut lines = String::from("account/a\n");
    for at in 0..200 {
        lines.push_str(&format!("opportunity/{at} account>account/a\n"));
        for other in 0..20 {
            lines.push_str(&format!("activity/{at}-{other} opportunity>opportunity/{at}\n"));
        }
    }
    let case = Case::new(&lines);
    assert_eq!(case.stream("account/a").entries.len(), 4_200);
}

#[test]
fn a_call_about_an_opportunity_is_about_its_account_too() {
    let case = Case::new(
        "account/a
         contact/c account>account/a
         opportunity/o account>account/a contact>contact/c
         user/u",
    );
    let check = |of: &str, entity: &str, expected: &[(&str, &str)]| {
        let about = stream::about(&case.state, RecordId::named(of), &case.entity(entity));
        let expected: Vec<(FieldId, Value)> =
            expected.iter().map(|(field, to)| (FieldId::new(field), Value::Link(RecordId::named(to)))).collect();
        assert_eq!(about, expected, "{of} {entity}");
    };
    let all = [("opportunity", "opportunity/o"), ("account", "account/a"), ("contact", "contact/c")];
    check("opportunity/o", "activity", &all);
    check("contact/c", "activity", &[("contact", "contact/c"), ("account", "account/a")]);
    check("account/a", "activity", &[("account", "account/a")]);
    check("account/a", "comment", &[("about", "account/a")]);
    check("opportunity/o", "opportunity", &[]);
    check("account/nobody", "activity", &[]);
}

#[test]
fn what_a_record_says_can_be_searched() {
    let case = Case::new("ticket/t subject=打印机Broken");
    let mut ticket = case.state.record(RecordId::named("ticket/t")).unwrap().clone();
    ticket.values.set(FieldId::new("priority"), Value::Choice(OptionId::new("urgent")));
    let check = |words: &[&str], expected: bool| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(stream::says(&case.entity("ticket"), &ticket, &words), expected, "{words:?}");
    };
    check(&[], true);
    check(&["broken"], true);
    check(&["broken", "urgent"], true);
    check(&["打印", "紧急"], true);
    check(&["scanner"], false);
}

#[test]
fn a_tree_is_told_from_its_root() {
    let case = Case::new(
        "account/root
         account/b parent>account/root
         account/c parent>account/root
         account/d parent>account/b
         account/alone
         account/x parent>account/y
         account/y parent>account/x",
    );
    let parent = FieldId::new("parent");
    let told = |of: &str| -> Vec<(RecordId, usize, usize)> {
        let branches = tree::family(&case.state, RecordId::named(of), parent);
        branches.iter().map(|branch| (branch.record, branch.depth, branch.children)).collect()
    };
    let mut below = [RecordId::named("account/b"), RecordId::named("account/c")];
    below.sort();
    let all = told("account/d");
    assert_eq!(all[0], (RecordId::named("account/root"), 0, 2));
    assert_eq!(all.len(), 4);
    assert_eq!(all, told("account/root"));
    let [b, d] = ["account/b", "account/d"].map(RecordId::named);
    let at = all.iter().position(|(record, ..)| *record == b).unwrap();
    assert_eq!(all[at..at + 2], [(b, 1, 1), (d, 2, 0)]);
    assert_eq!(told("account/alone"), [(RecordId::named("account/alone"), 0, 0)]);
    assert_eq!(told("account/x").len(), 2, "a circle ends");
    let ways = |id: &str| tree::upward(&case.entity(id)).map(|field| field.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ways("account"), ["parent"]);
    assert_eq!(ways("contact"), ["reports_to"]);
    assert!(ways("ticket").is_empty());
}

#[test]
fn twins_are_found_by_what_tells_them_apart() {
    let case = Case::new(
        "account/name name=明远集团有限公司
         account/site name=别家 website=https://www.mingyuan.example/
         account/phone name=另一家 phone=+862162345678
         account/code name=再一家 credit_code=91310000
         account/other name=无关 website=https://qq.com
         contact/mail name=张三 email=wang@mingyuan.example",
    );
    let check = |entity: &str, values: &[(&str, &str)], addresses: &[&str], expected: &[(&str, Likeness)]| {
        let values: Values = values.iter().map(|(field, text)| (FieldId::new(field), Value::text(text))).collect();
        let found = twins(&case.state, &case.entity(entity), &values, addresses, 5);
        let found: Vec<(RecordId, Likeness)> = found.iter().map(|twin| (twin.record, twin.reasons[0])).collect();
        let expected: Vec<(RecordId, Likeness)> =
            expected.iter().map(|(name, reason)| (RecordId::named(name), *reason)).collect();
        assert_eq!(found, expected, "{values:?}");
    };
    check("account", &[("name", "明远")], &[], &[("account/name", Likeness::Name)]);
    check("account", &[("name", "x")], &["li@mingyuan.example"], &[("account/site", Likeness::Domain)]);
    check("account", &[("name", "x")], &["li@qq.com"], &[]);
    check("account", &[("phone", "021-62345678")], &[], &[("account/phone", Likeness::Phone)]);
    let code = Likeness::Unique(FieldId::new("credit_code"));
    check("account", &[("credit_code", "91310000")], &[], &[("account/code", code)]);
    check("contact", &[("email", "WANG@mingyuan.example")], &[], &[("contact/mail", Likeness::Email)]);
    check("account", &[], &[], &[]);
}
