//! Lists: found, sorted, dealt to columns and summed as a person would expect of the screen.

mod colour;
mod group;
mod usual;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use perennial::engine::formula::Read;
use perennial::engine::list::{self, Alphabet, Query, Sum, Touch};
use perennial::model::change::Change;
use perennial::model::definition::{Definition, Workspace};
use perennial::model::entity::Entity;
use perennial::model::field::Language;
use perennial::model::id::{Currency, EntityId, FieldId, OptionId, RecordId};
use perennial::model::record::Record;
use perennial::model::state::{Reader, State};
use perennial::model::time::Instant;
use perennial::model::value::{Money, Value};
use perennial::model::view::{Sort, SortOrder};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

fn deal_entity() -> Arc<Entity> {
    let entity: Entity = serde_json::from_value(json!({
        "id": "deal", "label": {"en": "Deal"}, "plural": {"en": "Deals"}, "icon": "dot", "group": "sell", "title": "name",
        "fields": [
            {"id": "name", "label": {"en": "Name"}, "kind": "text"},
            {"id": "phone", "label": {"en": "Phone"}, "kind": "phone"},
            {"id": "size", "label": {"en": "Size"}, "kind": "number"},
            {"id": "value", "label": {"en": "Value"}, "kind": "money"},
            {"id": "firm", "label": {"en": "Firm"}, "kind": "link", "to": ["firm"]},
            {"id": "due", "label": {"en": "Due"}, "kind": "date"},
            {"id": "seen", "label": {"en": "Seen"}, "kind": "instant"},
            {"id": "stage", "label": {"en": "Stage"}, "kind": "choice", "options": [
                {"id": "open", "label": {"en": "Open", "zh-CN": "进行中"}, "weight": "50"},
                {"id": "won", "label": {"en": "Won", "zh-CN": "赢单"}},
                {"id": "lost", "label": {"en": "Lost", "zh-CN": "输单"}},
                {"id": "old", "label": {"en": "Old"}, "retired": true}
            ]}
        ]
    }))
    .unwrap();
    Arc::new(entity)
}

fn firm_entity() -> Arc<Entity> {
    let entity: Entity = serde_json::from_value(json!({
        "id": "firm", "label": {"en": "Firm"}, "plural": {"en": "Firms"}, "icon": "dot", "group": "sell", "title": "title",
        "fields": [{"id": "title", "label": {"en": "Title"}, "kind": "text"}]
    }))
    .unwrap();
    Arc::new(entity)
}

fn put(state: &mut State, entity: &str, id: u128, values: Vec<(&str, Value)>) {
    state.insert(Arc::new(Record {
        id: RecordId(id),
        entity: EntityId::new(entity),
        created: Instant(0),
        updated: Instant(0),
        values: values.into_iter().map(|(field, value)| (FieldId::new(field), value)).collect(),
    }));
}

fn money(currency: &str, amount: i64) -> Value {
    Value::Money(Money { amount: Decimal::from(amount), currency: Currency::new(currency) })
}

fn stage(option: &str) -> Value {
    Value::Choice(OptionId::new(option))
}

fn workspace() -> State {
    let mut state = State::new();
    for entity in [deal_entity(), firm_entity()] {
        state.define(Definition::entity_id(entity.id), Some(Definition::Entity(entity)));
    }
    put(&mut state, "firm", 101, vec![("title", Value::text("Zeta 科技"))]);
    put(&mut state, "firm", 102, vec![("title", Value::text("acme"))]);
    let firm = |id: u128| Value::Link(RecordId(id));
    put(
        &mut state,
        "deal",
        1,
        vec![
            ("name", Value::text("beta 设备采购")),
            ("size", Value::integer(10)),
            ("value", money("CNY", 300)),
            ("firm", firm(101)),
            ("stage", stage("won")),
        ],
    );
    put(
        &mut state,
        "deal",
        2,
        vec![
            ("name", Value::text("Alpha")),
            ("size", Value::integer(9)),
            ("value", money("USD", 5)),
            ("firm", firm(102)),
            ("stage", stage("open")),
        ],
    );
    put(
        &mut state,
        "deal",
        3,
        vec![
            ("name", Value::text("alpha")),
            ("value", money("CNY", 100)),
            ("stage", stage("open")),
            ("phone", Value::text("+8613812345678")),
        ],
    );
    put(&mut state, "deal", 4, vec![("size", Value::integer(-1)), ("stage", stage("lost"))]);
    put(&mut state, "deal", 5, vec![("name", Value::text("Gamma")), ("size", Value::integer(10))]);
    state
}

fn ids(found: &[RecordId]) -> Vec<u128> {
    found.iter().map(|id| id.0).collect()
}

fn query<'a>(search: &'a str, sort: &'a [Sort]) -> Query<'a> {
    Query { entity: EntityId::new("deal"), filter: None, search, sort, language: Language::Zh, letters: None }
}

fn by(field: &str, order: SortOrder) -> Sort {
    Sort { field: FieldId::new(field), order }
}

#[test]
fn words_are_found_in_titles_labels_links_and_phones() {
    let state = workspace();
    let cases: &[(&str, &[u128])] = &[
        ("", &[1, 2, 3, 4, 5]),
        ("ALPHA", &[2, 3]),
        ("alp ha", &[2, 3]),
        ("设备", &[1]),
        ("采购 beta", &[1]),
        ("赢单", &[1]),
        ("科技", &[1]),
        ("ACME", &[2]),
        ("138-1234", &[3]),
        ("5678", &[3]),
        ("alpha 138", &[3]),
        ("nobody", &[]),
        ("alpha nobody", &[]),
    ];
    for (search, expected) in cases {
        assert_eq!(ids(&list::run(&state, &query(search, &[]))), *expected, "{search}");
    }
}

#[test]
fn lists_are_sorted_by_meaning_with_blanks_last() {
    let state = workspace();
    use SortOrder::{Ascending, Descending};
    let cases: &[(&[Sort], &[u128])] = &[
        (&[by("name", Ascending)], &[2, 3, 1, 5, 4]),
        (&[by("name", Descending)], &[5, 1, 2, 3, 4]),
        (&[by("size", Ascending)], &[4, 2, 1, 5, 3]),
        (&[by("size", Descending)], &[1, 5, 2, 4, 3]),
        (&[by("size", Descending), by("name", Descending)], &[5, 1, 2, 4, 3]),
        (&[by("stage", Ascending)], &[2, 3, 1, 4, 5]),
        (&[by("stage", Descending)], &[4, 1, 2, 3, 5]),
        (&[by("firm", Ascending)], &[2, 1, 3, 4, 5]),
        (&[by("value", Ascending)], &[3, 1, 2, 4, 5]),
        (&[by("missing", Ascending)], &[1, 2, 3, 4, 5]),
    ];
    for (sort, expected) in cases {
        assert_eq!(ids(&list::run(&state, &query("", sort))), *expected, "{sort:?}");
    }
}

#[test]
fn somebody_else_may_order_letters() {
    let state = workspace();
    let asked: RefCell<BTreeSet<char>> = RefCell::default();
    let backwards = |letters: &[char]| {
        asked.borrow_mut().extend(letters.iter().map(|letter| letter.to_ascii_lowercase()));
        let groups: Vec<Vec<char>> =
            asked.borrow().iter().rev().map(|letter| vec![*letter, letter.to_ascii_uppercase()]).collect();
        Rc::new(Alphabet::new(groups.iter().map(Vec::as_slice)))
    };
    let sort = [by("name", SortOrder::Ascending)];
    let query = Query { letters: Some(&backwards), ..query("", &sort) };
    assert_eq!(ids(&list::run(&state, &query)), [5, 1, 2, 3, 4]);
}

#[test]
fn a_board_has_a_column_for_each_option_and_one_for_none() {
    let state = workspace();
    let all = state.members(EntityId::new("deal"));
    let columns = list::groups(&state, &deal_entity(), &all, FieldId::new("stage"), Some(FieldId::new("value")));
    let shape: Vec<(Option<&str>, Vec<u128>)> =
        columns.iter().map(|column| (column.option.map(OptionId::as_str), ids(&column.ids))).collect();
    assert_eq!(shape, [(Some("open"), vec![2, 3]), (Some("won"), vec![1]), (Some("lost"), vec![4]), (None, vec![5])]);
    let sums = |sums: &[list::Sum]| -> Vec<(String, String)> {
        sums.iter().map(|sum| (sum.currency.unwrap().to_string(), sum.total.to_string())).collect()
    };
    let pair = |currency: &str, total: &str| (currency.to_owned(), total.to_owned());
    assert_eq!(sums(&columns[0].sums), [pair("USD", "5"), pair("CNY", "100")]);
    assert_eq!(sums(&columns[0].weighted), [pair("USD", "2.5"), pair("CNY", "50")]);
    assert!(columns[1].weighted.is_empty());
}

#[test]
fn sums_in_several_currencies_are_worth_something_together_where_there_are_rates() {
    let workspace: Workspace = serde_json::from_value(json!({
        "name": {"en": "W"}, "currency": "CNY", "calling_code": "86",
        "rates": [
            {"currency": "USD", "since": "2026-03-01", "rate": "7.1"},
            {"currency": "USD", "since": "2026-01-01", "rate": "7.2"},
            {"currency": "EUR", "since": "2026-02-01", "rate": "8"}
        ]
    }))
    .unwrap();
    let sum =
        |currency: &str, total: i64| Sum { currency: Some(Currency::new(currency)), total: total.into(), count: 1 };
    let together = |sums: &[Sum], day: &str| {
        list::together(&workspace, sums, day.parse().unwrap()).map(|all| (all.total.to_string(), all.count))
    };
    let (yuan, dollars, euros) = (sum("CNY", 1000), sum("USD", 100), sum("EUR", 10));
    assert_eq!(together(&[yuan.clone(), dollars.clone()], "2026-03-01"), Some(("1710".to_owned(), 2)));
    assert_eq!(together(&[yuan.clone(), dollars.clone()], "2026-02-28"), Some(("1720".to_owned(), 2)));
    assert_eq!(together(&[dollars.clone(), euros.clone()], "2026-03-02"), Some(("790".to_owned(), 2)));
    assert_eq!(together(&[yuan.clone(), euros], "2026-01-31"), None, "no rate holds yet");
    assert_eq!(together(&[yuan.clone(), sum("JPY", 1)], "2026-03-01"), None, "nobody knows");
    assert_eq!(together(&[yuan], "2026-03-01"), None, "one currency says it all");
}

#[test]
fn a_board_has_lanes_across_its_columns() {
    let state = workspace();
    let all = state.members(EntityId::new("deal"));
    let deal = |lanes: &str| list::Deal {
        by: FieldId::new("stage"),
        lanes: Some(FieldId::new(lanes)),
        sum: Some(FieldId::new("value")),
        hidden: &[],
    };
    let shown = |deal: list::Deal<'_>| -> Vec<String> {
        let board = list::board(&state, &deal_entity(), &all, deal, None);
        let lane = |lane: &list::Lane| {
            let sums = |sums: &[list::Sum]| -> Vec<String> {
                sums.iter().map(|sum| format!("{} {}", sum.currency.unwrap(), sum.total)).collect()
            };
            let cells: Vec<String> = lane.cells.iter().map(|cell| format!("{:?}", ids(cell))).collect();
            let (sum, weighted) = (sums(&lane.sums).join("+"), sums(&lane.weighted).join("+"));
            format!("{} {} {} = {sum} weighted {weighted}", lane.key, lane.count, cells.join(" "))
        };
        board.lanes.iter().map(lane).collect()
    };
    // By name, without regard to who came first; the blank at the end.
    let [zeta, acme] = [RecordId(101), RecordId(102)].map(|id| format!("link:{id}"));
    assert_eq!(
        shown(deal("firm")),
        [
            format!("{zeta} 1 [] [1] [] [] = CNY 300 weighted "),
            format!("{acme} 1 [2] [] [] [] = USD 5 weighted USD 2.5"),
            "blank: 3 [3] [] [4] [5] = CNY 100 weighted CNY 50".to_owned(),
        ]
    );
    // Options stand in their order, and are there before a card is.
    let by_stage = shown(deal("stage"));
    assert_eq!(by_stage[0], "choice:open 2 [2, 3] [] [] [] = CNY 100+USD 5 weighted CNY 50+USD 2.5");
    assert_eq!(by_stage.len(), 4);
    let hidden = [OptionId::new("open"), OptionId::new("lost")];
    let shown = shown(list::Deal { hidden: &hidden, ..deal("firm") });
    assert_eq!(shown, [format!("{zeta} 1 [1] [] = CNY 300 weighted "), "blank: 1 [] [5] =  weighted ".to_owned()]);
}

#[test]
fn a_lane_is_written_and_read() {
    use list::LaneKey::{Blank, Choice, Flag, Link};
    for key in [Blank, Flag(true), Flag(false), Choice(OptionId::new("a:b")), Link(RecordId(7))] {
        assert_eq!(list::LaneKey::parse(&key.to_string()), Some(key));
    }
    assert_eq!(list::LaneKey::parse("other"), None);
}

#[test]
fn a_list_knows_its_totals() {
    let state = workspace();
    let all = state.members(EntityId::new("deal"));
    let sums = list::sums(&state, &all, &[FieldId::new("size"), FieldId::new("name")]);
    let [(_, size), (_, name)] = &sums[..] else { panic!("two fields") };
    assert_eq!((size[0].total, size[0].count), (Decimal::from(28), 4));
    assert_eq!(size[0].average(), Some(Decimal::from(7)));
    assert!(name.is_empty());
}

proptest! {
    #[test]
    fn a_list_that_is_followed_is_the_list_found_anew(
        sizes in prop::collection::vec(prop::option::of(0i64..5), 1..40),
        // Which record, what it holds then, and whether it is a record at all then.
        steps in prop::collection::vec(prop::collection::vec((0u128..50, prop::option::of(0i64..5), 0u8..5), 0..12), 1..4),
        descending in any::<bool>(),
        is_filtered in any::<bool>(),
    ) {
        let mut state = workspace();
        let value = |size: Option<i64>| size.map_or(Value::Empty, Value::integer);
        for (index, size) in sizes.iter().enumerate() {
            put(&mut state, "deal", 10 + index as u128, vec![("name", Value::text("x")), ("size", value(*size))]);
        }
        let sort = [by("size", if descending { SortOrder::Descending } else { SortOrder::Ascending })];
        let size = FieldId::new("size");
        let is_small = move |record: &Record| record.value(size).as_number().is_none_or(|size| size < Decimal::from(3));
        let mut query = query("", &sort);
        query.filter = is_filtered.then_some(&is_small as &dyn Fn(&Record) -> bool);
        let mut rows = list::run(&state, &query);
        let mut sums = list::sums(&state, &rows, &[size]);
        for step in steps {
            let mut touched = Vec::new();
            for (id, size, fate) in step {
                let record = RecordId(10 + id);
                touched.push(Touch { record, before: state.shared_record(record).cloned() });
                match (fate, state.shared_record(record).cloned()) {
                    (0, Some(gone)) => state.apply(&Change::Removed { record: gone }),
                    _ => put(&mut state, "deal", record.0, vec![("name", Value::text("x")), ("size", value(size))]),
                }
            }
            let after = list::follow(&state, &query, &rows, &touched);
            list::follow_sums(&state, &mut sums, (&rows, &after), &touched);
            prop_assert_eq!(&after, &list::run(&state, &query));
            prop_assert_eq!(&sums, &list::sums(&state, &after, &[size]));
            rows = after;
        }
    }
}

#[test]
fn a_list_says_whose_records_it_reads() {
    let state = workspace();
    let firm = vec![EntityId::new("firm")];
    assert_eq!(list::others(&state, &query("", &[by("size", SortOrder::Ascending)]), &[]), []);
    assert_eq!(list::others(&state, &query("", &[by("firm", SortOrder::Ascending)]), &[]), firm);
    assert_eq!(list::others(&state, &query("acme", &[]), &[]), firm);
    let reads = [Read::Own(FieldId::new("size")), Read::Clock];
    assert_eq!(list::others(&state, &query("", &[]), &reads), []);
    let through = Read::Through { path: vec![FieldId::new("firm")], entity: firm[0], field: FieldId::new("title") };
    assert_eq!(list::others(&state, &query("", &[]), &[through]), firm);
}

/// Prints how long a large list takes; it asserts only that nothing is lost.
#[test]
fn a_hundred_thousand_records_are_listed() {
    let mut state = workspace();
    for index in 0..100_000u128 {
        let text =
            |what: &str| Value::text(&format!("{what} {} {index}", ["Acme", "贝塔", "Gamma"][index as usize % 3]));
        put(
            &mut state,
            "deal",
            1_000 + index,
            vec![
                ("name", text("Deal")),
                ("phone", Value::text(&format!("+86138{index:08}"))),
                ("size", Value::integer((index * 7919 % 100_003) as i64)),
                ("value", money("CNY", index as i64)),
                ("firm", Value::Link(RecordId(101 + index % 2))),
                ("stage", stage(["open", "won", "lost"][index as usize % 3])),
            ],
        );
    }
    assert_eq!(list::run(&state, &query("", &[])).len(), 100_005);
    assert_eq!(list::run(&state, &query("99999", &[])).len(), 1);
    let sort = [by("name", SortOrder::Descending)];
    let sorted = list::run(&state, &query("", &sort));
    let touch = Touch { record: RecordId(50_000), before: state.shared_record(RecordId(50_000)).cloned() };
    assert_eq!(list::follow(&state, &query("", &sort), &sorted, &[touch]), sorted);
}

#[test]
fn a_search_that_narrows_another_finds_nothing_new() {
    let state = workspace();
    let typed = [
        "", "a", "al", "alpha", "Alpha 13", "13", "138", "138-", "138-1", "8-1", "3-8", "+86", "al ph", "alp ph", "x",
        "acme", "ac open", "o", "开", "ß", "İ",
    ];
    for former in typed {
        let found = list::run(&state, &query(former, &[]));
        for search in typed.into_iter().filter(|search| list::narrows(search, former)) {
            let narrowed = list::run(&state, &query(search, &[]));
            assert!(narrowed.iter().all(|id| found.contains(id)), "{search:?} among what {former:?} finds");
        }
    }
    assert!(list::narrows("alpha", "al") && list::narrows("alp x", "a") && !list::narrows("a", "al"));
    assert!(!list::narrows("138-1", "13-"), "a telephone number may be found once it is long enough");
}
