//! Groups of a list: gathered level within level, folded, followed, and what their columns come to.

use perennial::engine::list::{self, Figure, Gathering, Group, Grouped, Line, Lines, Touch};
use perennial::model::change::Change;
use perennial::model::id::{FieldId, OptionId, RecordId};
use perennial::model::state::State;
use perennial::model::time::Zone;
use perennial::model::value::Value;
use perennial::model::view::{Bucket, Grouping, Sort, SortOrder, Total};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{by, deal_entity, ids, put, query, stage, workspace};

fn level(field: &str) -> Grouping {
    Grouping { field: FieldId::new(field), order: SortOrder::Ascending, by: None }
}

fn gathered(state: &State, sort: &[Sort], levels: &[Grouping]) -> Grouped {
    let query = query("", sort);
    let gathering = Gathering { query: &query, levels, zone: Zone::fixed(8 * 3600) };
    list::gather(state, &gathering, list::run(state, &query))
}

/// Groups as a reader would see them: indented, with their records.
fn drawn(grouped: &Grouped) -> Vec<String> {
    grouped
        .groups
        .iter()
        .map(|group| {
            let value = match &group.value {
                Value::Empty => "–".to_owned(),
                Value::Choice(option) => option.as_str().to_owned(),
                Value::Number(number) => number.to_string(),
                Value::Money(money) => format!("{} {}", money.currency, money.amount),
                Value::Date(day) => day.to_string(),
                Value::Link(link) => link.0.to_string(),
                other => format!("{other:?}"),
            };
            format!("{}{value} {:?}", "  ".repeat(group.level), ids(&grouped.rows[group.start..group.end]))
        })
        .collect()
}

#[test]
fn records_are_gathered_by_options_in_their_order_and_the_blank_is_last() {
    let state = workspace();
    let sort = [by("size", SortOrder::Descending)];
    let found = gathered(&state, &sort, &[level("stage")]);
    assert_eq!(drawn(&found), ["open [2, 3]", "won [1]", "lost [4]", "– [5]"]);
    let down = Grouping { order: SortOrder::Descending, ..level("stage") };
    let found = gathered(&state, &sort, &[down]);
    assert_eq!(drawn(&found), ["lost [4]", "won [1]", "open [2, 3]", "– [5]"]);
}

#[test]
fn links_are_gathered_by_name_and_levels_stand_within_levels() {
    let state = workspace();
    let found = gathered(&state, &[], &[level("firm"), level("stage")]);
    let expected =
        ["102 [2]", "  open [2]", "101 [1]", "  won [1]", "– [3, 4, 5]", "  open [3]", "  lost [4]", "  – [5]"];
    assert_eq!(drawn(&found), expected);
    assert_eq!(found.path(5), [Value::Empty, stage("open")]);
    assert_eq!(list::group_id(&found.path(5)), found.groups[5].id);
}

#[test]
fn numbers_and_days_go_into_buckets() {
    let mut state = workspace();
    let step = Grouping { by: Some(Bucket::Step(Decimal::from(5))), ..level("size") };
    let found = gathered(&state, &[], &[step]);
    assert_eq!(drawn(&found), ["-5 [4]", "5 [2]", "10 [1, 5]", "– [3]"]);
    for (id, day) in [(21, "2026-01-31"), (22, "2026-02-01"), (23, "2026-03-31"), (24, "2025-12-29")] {
        put(&mut state, "deal", id, vec![("due", Value::Date(day.parse().unwrap()))]);
    }
    let due = |by| gathered(&state, &[], &[Grouping { by: Some(by), ..level("due") }]);
    let blank = "– [1, 2, 3, 4, 5]";
    assert_eq!(drawn(&due(Bucket::Quarter)), ["2025-10-01 [24]", "2026-01-01 [21, 22, 23]", blank]);
    assert_eq!(drawn(&due(Bucket::Year)), ["2025-01-01 [24]", "2026-01-01 [21, 22, 23]", blank]);
    let weeks = ["2025-12-29 [24]", "2026-01-26 [21, 22]", "2026-03-30 [23]", blank];
    assert_eq!(drawn(&due(Bucket::Week)), weeks);
    // Eight hours east of Greenwich it is the next day already.
    put(&mut state, "deal", 31, vec![("seen", Value::Instant("2026-05-31T20:00:00Z".parse().unwrap()))]);
    let found = gathered(&state, &[], &[Grouping { by: Some(Bucket::Month), ..level("seen") }]);
    assert_eq!(drawn(&found)[0], "2026-06-01 [31]");
}

#[test]
fn what_is_folded_takes_no_lines() {
    let state = workspace();
    let found = gathered(&state, &[], &[level("firm"), level("stage")]);
    let seen = |is_folded: &dyn Fn(&Group) -> bool| -> Vec<String> {
        let lines = Lines::new(&found, is_folded);
        (0..lines.count())
            .map(|line| match lines.at(line).unwrap() {
                Line::Head(group) => {
                    assert_eq!(lines.of_head(group), Some(line));
                    assert_eq!(lines.around(line).last(), Some(&(group, line)));
                    format!("{}#", "  ".repeat(found.groups[group].level))
                }
                Line::Record(place) => {
                    assert_eq!(lines.of_record(place), Some(line));
                    found.rows[place].0.to_string()
                }
            })
            .collect()
    };
    let open = ["#", "  #", "2", "#", "  #", "1", "#", "  #", "3", "  #", "4", "  #", "5"];
    assert_eq!(seen(&|_| false), open);
    assert_eq!(seen(&|group| group.level == 0), ["#", "#", "#"]);
    assert_eq!(seen(&|group| group.level == 1), ["#", "  #", "#", "  #", "#", "  #", "  #", "  #"]);
    let last = found.groups[4].id;
    let lines = Lines::new(&found, |group| group.id == last);
    assert_eq!(lines.of_record(2), None);
    assert_eq!(
        (lines.rows(), lines.row(1), lines.row(2), lines.nth(1), lines.nth(2)),
        (2, Some(1), None, Some(1), None)
    );
    let first = found.groups[0].id;
    let lines = Lines::new(&found, |group| group.id == first);
    assert_eq!((lines.rows(), lines.row(0), lines.nth(0), lines.nth(1)), (4, Some(1), None, Some(0)));
    assert_eq!(Lines::new(&Grouped { rows: found.rows.clone(), groups: Vec::new() }, |_| true).count(), 5);
}

#[test]
fn columns_come_to_something_else_by_wish() {
    let state = workspace();
    let all = list::run(&state, &query("", &[]));
    let size = FieldId::new("size");
    let asked = [Total::Sum, Total::Average, Total::Filled, Total::Distinct, Total::Min, Total::Max];
    let figures = list::tally(&state, &all, &asked.map(|total| (size, total)));
    let said: Vec<String> = figures
        .iter()
        .map(|tally| match &tally.figure {
            Figure::Sums(sums) if tally.total == Total::Average => sums[0].average().unwrap().to_string(),
            Figure::Sums(sums) => sums[0].total.to_string(),
            Figure::Count(count) => count.to_string(),
            Figure::Ends(ends) => ends[0].as_number().unwrap().to_string(),
        })
        .collect();
    assert_eq!(said, ["28", "7", "4", "3", "-1", "10"]);
    let dear = list::tally(&state, &all, &[(FieldId::new("value"), Total::Max)]);
    assert!(matches!(&dear[0].figure, Figure::Ends(ends) if ends.len() == 2), "one for each currency");
}

proptest! {
    #[test]
    fn groups_that_are_followed_are_those_gathered_anew(
        sizes in prop::collection::vec((prop::option::of(0i64..9), 0usize..4), 0..40),
        steps in prop::collection::vec(
            prop::collection::vec((0u128..50, prop::option::of(0i64..9), 0usize..4, 0u8..4), 0..8), 1..4,
        ),
        levels in 0usize..3,
        descending in any::<bool>(),
    ) {
        let mut state = workspace();
        let values = |size: Option<i64>, at: usize| vec![
            ("size", size.map_or(Value::Empty, Value::integer)),
            ("stage", ["open", "won", "lost"].get(at).map_or(Value::Empty, |option| stage(option))),
        ];
        for (index, (size, at)) in sizes.iter().enumerate() {
            put(&mut state, "deal", 10 + index as u128, values(*size, *at));
        }
        let order = if descending { SortOrder::Descending } else { SortOrder::Ascending };
        let sort = [by("size", order)];
        let query = query("", &sort);
        let step = Grouping { order, by: Some(Bucket::Step(Decimal::from(3))), ..level("size") };
        let levels = &[level("stage"), step][..levels];
        let gathering = Gathering { query: &query, levels, zone: Zone::UTC };
        let size = FieldId::new("size");
        let asked = [Total::Sum, Total::Filled, Total::Distinct, Total::Min, Total::Max].map(|total| (size, total));
        let mut former = list::gather(&state, &gathering, list::run(&state, &query));
        let mut tallies = list::tally(&state, &former.rows, &asked);
        for step in steps {
            let mut touched = Vec::new();
            for (id, size, at, fate) in step {
                let record = RecordId(10 + id);
                touched.push(Touch { record, before: state.shared_record(record).cloned() });
                match (fate, state.shared_record(record).cloned()) {
                    (0, Some(gone)) => state.apply(&Change::Removed { record: gone }),
                    _ => put(&mut state, "deal", record.0, values(size, at)),
                }
            }
            let next = list::follow_groups(&state, &gathering, &former, &touched);
            list::follow_tallies(&state, &mut tallies, (&former.rows, &next.rows), &touched);
            prop_assert_eq!(&next, &list::gather(&state, &gathering, list::run(&state, &query)));
            prop_assert_eq!(&tallies, &list::tally(&state, &next.rows, &asked));
            former = next;
        }
    }
}

/// A large list loses nothing by being gathered, and nothing when it follows a record.
#[test]
fn a_hundred_thousand_records_are_gathered() {
    let mut state = workspace();
    for index in 0..100_000u128 {
        let values = vec![
            ("size", Value::integer((index * 7919 % 100_003) as i64)),
            ("firm", Value::Link(RecordId(101 + index % 2))),
            ("stage", stage(["open", "won", "lost"][index as usize % 3])),
        ];
        put(&mut state, "deal", 1_000 + index, values);
    }
    let query = query("", &[]);
    let rows = list::run(&state, &query);
    let step = Grouping { by: Some(Bucket::Step(Decimal::from(10))), ..level("size") };
    for levels in [vec![level("stage")], vec![level("firm"), level("stage")], vec![level("stage"), step]] {
        let gathering = Gathering { query: &query, levels: &levels, zone: Zone::UTC };
        let found = list::gather(&state, &gathering, rows.clone());
        let touch = Touch { record: RecordId(50_000), before: state.shared_record(RecordId(50_000)).cloned() };
        let followed = list::follow_groups(&state, &gathering, &found, &[touch]);
        let lines = Lines::new(&followed, |_| false);
        assert_eq!(lines.count(), 100_005 + found.groups.len());
        assert_eq!(followed, found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// A board that follows the records that were touched is the one that would be dealt anew.
    #[test]
    fn a_board_follows_as_it_would_be_dealt(
        sizes in prop::collection::vec((prop::option::of(0i64..9), 0usize..5), 0..40),
        steps in prop::collection::vec(
            prop::collection::vec((0u128..44, prop::option::of(0i64..9), 0usize..5, 0u8..5), 0..6), 1..5,
        ),
        hides in any::<bool>(),
    ) {
        let mut state = workspace();
        let values = |size: Option<i64>, at: usize| vec![
            ("size", size.map_or(Value::Empty, Value::integer)),
            ("stage", ["open", "won", "lost", "old"].get(at).map_or(Value::Empty, |option| stage(option))),
        ];
        for (index, (size, at)) in sizes.iter().enumerate() {
            put(&mut state, "deal", 10 + index as u128, values(*size, *at));
        }
        let sort = [by("size", SortOrder::Descending)];
        let query = query("", &sort);
        let hidden = if hides { vec![OptionId::new("won")] } else { Vec::new() };
        let size = FieldId::new("size");
        let deal = list::Deal { by: FieldId::new("stage"), lanes: None, sum: Some(size), hidden: &hidden };
        let entity = deal_entity();
        let mut board = list::board(&state, &entity, &list::run(&state, &query), deal, None);
        for step in steps {
            let mut touched = Vec::new();
            for (id, size, at, fate) in step {
                let record = RecordId(10 + id);
                touched.push(Touch { record, before: state.shared_record(record).cloned() });
                match (fate, state.shared_record(record).cloned()) {
                    (0, Some(gone)) => state.apply(&Change::Removed { record: gone }),
                    _ => put(&mut state, "deal", record.0, values(size, at)),
                }
            }
            let rows = list::run(&state, &query);
            let anew = list::board(&state, &entity, &rows, deal, None);
            if let Some(followed) = list::follow_board(&state, &entity, &board, &rows, &touched, deal) {
                prop_assert_eq!(&followed, &anew);
            }
            board = anew;
        }
    }
}

#[test]
fn a_board_of_a_hundred_thousand_follows_one_card() {
    let mut state = workspace();
    for index in 0..100_000u128 {
        let values = vec![("size", Value::integer(7)), ("stage", stage(["open", "won", "lost"][index as usize % 3]))];
        put(&mut state, "deal", 1_000 + index, values);
    }
    let entity = deal_entity();
    let deal = list::Deal { by: FieldId::new("stage"), lanes: None, sum: Some(FieldId::new("size")), hidden: &[] };
    let rows = list::run(&state, &query("", &[]));
    let board = list::board(&state, &entity, &rows, deal, None);
    let record = RecordId(50_000);
    let touch = Touch { record, before: state.shared_record(record).cloned() };
    put(&mut state, "deal", record.0, vec![("size", Value::integer(9)), ("stage", stage("lost"))]);
    let followed = list::follow_board(&state, &entity, &board, &rows, &[touch], deal);
    assert_eq!(followed, Some(list::board(&state, &entity, &rows, deal, None)));
}
