//! Cells: what a spreadsheet puts on the clipboard is read back as it was, and each value goes where a person would expect it.

use std::sync::Arc;

use perennial::engine::cells::{self, Cell, CellChange, Operation, Pasted, Target, Way};
use perennial::engine::form::{self, ReadSettings};
use perennial::engine::formula::{self, Scope, function::Clock};
use perennial::engine::transfer::LinkReader;
use perennial::model::definition::Definition;
use perennial::model::diagnostic::Code;
use perennial::model::entity::Entity;
use perennial::model::field::{Field, Language};
use perennial::model::id::{Currency, EntityId, FieldId, OptionId, RecordId};
use perennial::model::record::Record;
use perennial::model::state::{Reader, State};
use perennial::model::time::{Date, Instant, Zone};
use perennial::model::value::{Money, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

fn entity() -> Arc<Entity> {
    let entity: Entity = serde_json::from_value(json!({
        "id": "deal", "label": {"en": "Deal"}, "plural": {"en": "Deals"}, "icon": "dot", "group": "sell", "title": "name",
        "fields": [
            {"id": "name", "label": {"en": "Name", "zh-CN": "名称"}, "kind": "text", "required": true},
            {"id": "size", "label": {"en": "Size"}, "kind": "number"},
            {"id": "value", "label": {"en": "Value", "zh-CN": "金额"}, "kind": "money"},
            {"id": "due", "label": {"en": "Due"}, "kind": "date"},
            {"id": "stage", "label": {"en": "Stage"}, "kind": "choice", "options": [
                {"id": "open", "label": {"en": "Open", "zh-CN": "进行中"}},
                {"id": "won", "label": {"en": "Won", "zh-CN": "赢单"}}
            ]},
            {"id": "tags", "label": {"en": "Tags"}, "kind": "choices", "open": true, "options": []},
            {"id": "owner", "label": {"en": "Owner"}, "kind": "link", "to": ["person"]},
            {"id": "double", "label": {"en": "Double"}, "kind": "formula", "formula": "size*2", "result": "number"},
            {"id": "weight", "label": {"en": "Weight"}, "kind": "number"}
        ]
    }))
    .unwrap();
    Arc::new(entity)
}

fn person() -> Arc<Entity> {
    let entity: Entity = serde_json::from_value(json!({
        "id": "person", "label": {"en": "Person"}, "plural": {"en": "People"}, "icon": "dot", "group": "sell", "title": "name",
        "fields": [{"id": "name", "label": {"en": "Name"}, "kind": "text"}]
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

/// Three deals and three people, two of whom share a name.
fn desk() -> State {
    let mut state = State::new();
    for entity in [entity(), person()] {
        state.define(Definition::entity_id(entity.id), Some(Definition::Entity(entity)));
    }
    put(&mut state, "person", 11, vec![("name", "李雷".into())]);
    put(&mut state, "person", 12, vec![("name", "Han Mei".into())]);
    put(&mut state, "person", 13, vec![("name", "Twin".into())]);
    put(&mut state, "person", 14, vec![("name", "Twin".into())]);
    for (id, name, size) in [(1, "One", 10), (2, "Two", 20), (3, "Three", 30)] {
        put(&mut state, "deal", id, vec![("name", name.into()), ("size", Value::integer(size))]);
    }
    state
}

fn settings() -> ReadSettings {
    ReadSettings {
        currency: Currency::new("CNY"),
        calling_code: "86".to_owned(),
        today: Date::from_ymd_opt(2026, 11, 22).unwrap(),
        zone: Zone::fixed(8 * 3600),
    }
}

/// Pastes a text over some columns and rows.
fn pasted(text: &str, columns: &[&str], rows: &[u128], selected: (usize, usize)) -> Pasted {
    let state = desk();
    let entity = entity();
    let fields: Vec<&Field> = columns.iter().map(|id| entity.field(FieldId::new(id)).unwrap()).collect();
    let rows: Vec<RecordId> = rows.iter().map(|id| RecordId(*id)).collect();
    let mut links = LinkReader::new(&state);
    let settings = settings();
    let mut read = |field: &Field, text: &str| match field.link() {
        Some(_) => links.read(field, text),
        None => form::read_text(field, text, &settings),
    };
    cells::paste(&cells::parse(text), None, &Target { fields: &fields, rows: &rows, selected }, &mut read)
}

fn edit(id: u128, values: &[(&str, Value)]) -> (RecordId, Vec<(FieldId, Value)>) {
    (RecordId(id), values.iter().map(|(field, value)| (FieldId::new(field), value.clone())).collect())
}

#[test]
fn a_block_is_read_as_the_spreadsheet_meant_it() {
    for (text, expected) in [
        ("a\tb\r\nc\td\r\n", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("a\tb\nc", vec![vec!["a", "b"], vec!["c"]]),
        ("\"two\nlines\"\tb\n", vec![vec!["two\nlines", "b"]]),
        ("\"a \"\"quoted\"\" word\"", vec![vec!["a \"quoted\" word"]]),
        ("12\" pipe\tx", vec![vec!["12\" pipe", "x"]]),
        ("\"open\tx\ny", vec![vec!["\"open", "x"], vec!["y"]]),
        ("\"\"", vec![vec![""]]),
        ("\"", vec![vec!["\""]]),
        ("", vec![vec![""]]),
        ("a\t\tb", vec![vec!["a", "", "b"]]),
        ("a\n\nb\n", vec![vec!["a"], vec![""], vec!["b"]]),
        ("\u{feff}姓名\t电话", vec![vec!["姓名", "电话"]]),
        ("１２３\t　x", vec![vec!["１２３", "　x"]]),
    ] {
        assert_eq!(cells::parse(text), expected, "{text:?}");
    }
}

#[test]
fn a_table_keeps_texts_as_texts_and_lines_in_their_cell() {
    let cell = |text: &str, is_plain| Cell { text: text.to_owned(), is_plain };
    let html = cells::html(&[vec![cell("=1+1", false), cell("12.5", true)], vec![cell("a\nb <i>", false)]]);
    assert!(html.contains("<td style=\"mso-number-format:'\\@'\">=1+1</td><td>12.5</td>"), "{html}");
    assert!(html.contains("a<br style=\"mso-data-placement:same-cell\">b &lt;i&gt;</td>"), "{html}");
}

proptest! {
    #[test]
    fn what_is_copied_is_read_back(block in prop::collection::vec(prop::collection::vec("[a\"\\t\\n\\r '=,.好\u{feff}]{0,6}", 1..4), 1..4)) {
        let cells: Vec<Vec<Cell>> =
            block.iter().map(|row| row.iter().map(|text| Cell { text: text.clone(), is_plain: false }).collect()).collect();
        let mut text = cells::text(&cells);
        // A mark at the very beginning is that of the encoding, unless another one stands before it.
        text.insert(0, '\u{feff}');
        // A blank last row cannot be told from the end of the row before it.
        if block.len() < 2 || block.last() != Some(&vec![String::new()]) {
            prop_assert_eq!(cells::parse(&text), block);
        }
    }
}

#[test]
fn texts_become_values_by_the_field_they_land_in() {
    let found = pasted(
        "5万\t2026年11月30日\t赢单\t重点、老客户\t李雷",
        &["value", "due", "stage", "tags", "owner"],
        &[1],
        (1, 1),
    );
    let tags = Value::Choices([OptionId::new("重点"), OptionId::new("老客户")].into());
    assert_eq!(found.refused, vec![]);
    let money = Money { amount: Decimal::from(50_000), currency: Currency::new("CNY") };
    let due = Date::from_ymd_opt(2026, 11, 30).unwrap();
    assert_eq!(
        found.edits,
        vec![edit(
            1,
            &[
                ("value", Value::Money(money)),
                ("due", Value::Date(due)),
                ("stage", Value::Choice(OptionId::new("won"))),
                ("tags", tags),
                ("owner", Value::Link(RecordId(11))),
            ]
        )]
    );
}

#[test]
fn what_does_not_fit_is_told_cell_by_cell_and_the_rest_goes_on() {
    let found = pasted("a lot\tHan Mei\nＮ\tNobody\n7\tTwin", &["size", "owner"], &[1, 2, 3], (1, 1));
    let told: Vec<(usize, &str, Code)> =
        found.refused.iter().map(|cell| (cell.row, cell.text.as_str(), cell.wrong.code)).collect();
    assert_eq!(
        told,
        [
            (0, "a lot", Code::NotANumber),
            (1, "Ｎ", Code::NotANumber),
            (1, "Nobody", Code::NoSuchLink),
            (2, "Twin", Code::AmbiguousLink),
        ]
    );
    assert_eq!(
        found.edits,
        vec![edit(1, &[("owner", Value::Link(RecordId(12)))]), edit(3, &[("size", Value::integer(7))])]
    );
}

#[test]
fn a_block_fills_the_range_if_it_fits_without_a_rest() {
    let rows = |found: Pasted| found.edits.iter().map(|(id, values)| (id.0, values.len())).collect::<Vec<_>>();
    // One value over a range.
    assert_eq!(rows(pasted("5", &["size", "weight"], &[1, 2, 3], (3, 2))), [(1, 2), (2, 2), (3, 2)]);
    // A row over a range of rows.
    assert_eq!(rows(pasted("5\t6", &["size", "weight"], &[1, 2, 3], (3, 1))), [(1, 2), (2, 2), (3, 2)]);
    // Two rows into three: as they are.
    assert_eq!(rows(pasted("5\n6", &["size", "weight"], &[1, 2, 3], (3, 1))), [(1, 1), (2, 1)]);
    // More columns than there are.
    let found = pasted("5\t6\t7", &["size", "weight"], &[1], (1, 1));
    assert_eq!((found.beside, found.size), (1, (1, 3)));
}

#[test]
fn rows_below_the_last_one_would_be_new_records() {
    let found = pasted("One\t1\nFour\t4\n\t", &["name", "size"], &[1], (1, 1));
    assert_eq!(found.edits.len(), 1);
    let names: Vec<Option<&str>> =
        found.beyond.iter().map(|values| values.get(FieldId::new("name")).as_text()).collect();
    assert_eq!(names, [Some("Four"), None]);
    assert!(found.beyond[1].is_empty());
}

#[test]
fn computed_fields_are_closed_but_lose_nothing_where_nothing_stands() {
    let found = pasted("12\t\n\t3", &["double", "size"], &[1, 2], (1, 1));
    let told: Vec<(usize, Code)> = found.refused.iter().map(|cell| (cell.row, cell.wrong.code)).collect();
    assert_eq!(told, [(0, Code::ReadOnly)]);
    assert_eq!(found.edits, vec![edit(1, &[("size", Value::Empty)]), edit(2, &[("size", Value::integer(3))])]);
}

#[test]
fn the_very_values_are_taken_where_they_mean_the_same() {
    let entity = entity();
    let field = |id: &str| entity.field(FieldId::new(id)).unwrap().clone();
    let (owner, size, weight) = (field("owner"), field("size"), field("weight"));
    let block = vec![vec!["Twin".to_owned(), "30".to_owned()]];
    let values = vec![vec![Value::Link(RecordId(14)), Value::integer(3)]];
    let known = [owner.clone(), size];
    let mut read = |_: &Field, _: &str| Ok(Value::Empty);
    let target = Target { fields: &[&owner, &weight], rows: &[RecordId(1)], selected: (1, 1) };
    let found = cells::paste(&block, Some((&known, &values)), &target, &mut read);
    assert_eq!(found.edits, vec![edit(1, &[("owner", Value::Link(RecordId(14))), ("weight", Value::integer(3))])]);
}

#[test]
fn filling_goes_down_from_the_first_row_and_right_from_the_first_column() {
    let (state, entity) = (desk(), entity());
    let field = |id: &str| entity.field(FieldId::new(id)).unwrap();
    let rows = [RecordId(1), RecordId(2), RecordId(3)];
    let down = cells::filled(&state, &rows, &[field("size"), field("double")], Way::Down);
    assert_eq!(down, vec![edit(2, &[("size", Value::integer(10))]), edit(3, &[("size", Value::integer(10))])]);
    let right = cells::filled(&state, &rows[..2], &[field("size"), field("due"), field("weight")], Way::Right);
    assert_eq!(right, vec![edit(1, &[("weight", Value::integer(10))]), edit(2, &[("weight", Value::integer(20))])]);
}

/// What a change makes of the first deal's field, which holds a value.
fn changed(change: &CellChange, field: &str, held: Value) -> Result<Value, Code> {
    let mut state = desk();
    put(&mut state, "deal", 9, vec![("name", "Nine".into()), ("size", Value::integer(9)), (field, held)]);
    let entity = entity();
    let record = state.record(RecordId(9)).unwrap();
    let settings = settings();
    let clock = Clock {
        now: Instant(0),
        today: settings.today,
        zone: settings.zone,
        currency: settings.currency,
        reckoning: Default::default(),
        actor: None,
    };
    let scope = Scope { reader: &state, record, before: None, clock: &clock, language: Language::En };
    change.apply(entity.field(FieldId::new(field)).unwrap(), record, &scope).map_err(|wrong| wrong.code)
}

#[test]
fn a_change_makes_of_each_value_what_was_asked() {
    let cny = |amount: &str| Value::Money(Money { amount: amount.parse().unwrap(), currency: Currency::new("CNY") });
    let day = |text: &str| Value::Date(text.parse().unwrap());
    let tags = |names: &[&str]| Value::Choices(names.iter().map(|name| OptionId::new(name)).collect());
    let replace = |find: &str, with: &str| CellChange::Replace { find: find.to_owned(), with: with.to_owned() };
    let number = |text: &str| text.parse::<Decimal>().unwrap();
    for (change, field, held, expected) in [
        (CellChange::Set(Value::Empty), "size", Value::integer(3), Value::Empty),
        (CellChange::Plus(number("1.5")), "size", Value::integer(3), Value::Number(number("4.5"))),
        (CellChange::Plus(number("1.5")), "weight", Value::Empty, Value::Empty),
        (CellChange::Plus(number("-7")), "due", day("2026-11-30"), day("2026-11-23")),
        (CellChange::Grow(number("10")), "value", cny("99.99"), cny("109.99")),
        (CellChange::Grow(number("-50")), "size", Value::integer(3), Value::Number(number("1.5"))),
        (CellChange::Add(tags(&["b", "c"])), "tags", tags(&["a", "b"]), tags(&["a", "b", "c"])),
        (CellChange::Add(tags(&["a"])), "tags", tags(&["a"]), tags(&["a"])),
        (CellChange::Remove(tags(&["a"])), "tags", tags(&["a", "b"]), tags(&["b"])),
        (CellChange::Remove(tags(&["a"])), "tags", tags(&["a"]), Value::Empty),
        (replace("LTD", "Inc"), "name", "Acme Ltd and ltd.".into(), "Acme Inc and Inc.".into()),
        (replace("公司", ""), "name", "甲公司".into(), "甲".into()),
        (replace("", "x"), "name", "a".into(), "a".into()),
        (replace("ß", "ss"), "name", "Straße".into(), "Strasse".into()),
    ] {
        assert_eq!(changed(&change, field, held), Ok(expected), "{change:?} of {field}");
    }
}

#[test]
fn a_formula_gives_each_record_its_own_value_or_says_that_it_does_not_fit() {
    let state = desk();
    let formula =
        |text: &str| CellChange::Formula(Arc::new(formula::compile(text, &state, EntityId::new("deal")).unwrap()));
    assert_eq!(changed(&formula("size*100"), "weight", Value::Empty), Ok(Value::integer(900)));
    assert!(changed(&formula("UPPER(name)&\"!\""), "tags", Value::Empty).is_ok());
    assert_eq!(changed(&formula("name"), "due", Value::Empty), Err(Code::WrongType));
}

#[test]
fn each_kind_offers_what_can_be_done_to_it() {
    let entity = entity();
    let offered = |id: &str| cells::operations(entity.field(FieldId::new(id)).unwrap());
    assert_eq!(offered("double"), []);
    assert_eq!(offered("name"), [Operation::Set, Operation::Replace, Operation::Formula]);
    assert_eq!(
        offered("tags"),
        [Operation::Set, Operation::Add, Operation::Remove, Operation::Empty, Operation::Formula]
    );
    assert_eq!(offered("due"), [Operation::Set, Operation::Plus, Operation::Empty, Operation::Formula]);
}

#[test]
fn days_are_typed_in_short() {
    let due = entity().field(FieldId::new("due")).unwrap().clone();
    // 2026-11-22 is a Sunday.
    for (text, expected) in [
        ("明天", "2026-11-23"),
        ("+3d", "2026-11-25"),
        ("+3", "2026-11-25"),
        ("-2w", "2026-11-08"),
        ("+1m", "2026-12-22"),
        ("3天后", "2026-11-25"),
        ("2 weeks ago", "2026-11-08"),
        ("in 10 days", "2026-12-02"),
        ("11/25", "2026-11-25"),
        ("25/11", "2026-11-25"),
        ("３/４", "2026-03-04"),
        ("25", "2026-11-25"),
        ("fri", "2026-11-27"),
        ("sunday", "2026-11-22"),
        ("周五", "2026-11-27"),
        ("下周一", "2026-11-23"),
        ("下周五", "2026-11-27"),
        ("2027-01-02", "2027-01-02"),
    ] {
        let found = form::read_typed(&due, text, &settings());
        assert_eq!(found, Ok(Value::Date(expected.parse().unwrap())), "{text}");
    }
    for text in ["soon", "+", "13/13", "+3x", "下周八", "31/02", "+99999999999y"] {
        assert!(form::read_typed(&due, text, &settings()).is_err(), "{text}");
    }
}

/// What two or more rows of a field go on with in three more; whether as a series.
fn gone_on(field: &str, held: &[Value]) -> (Vec<Value>, bool) {
    let mut state = desk();
    let rows: Vec<RecordId> = (0..held.len() + 3).map(|at| RecordId(100 + at as u128)).collect();
    for (at, row) in rows.iter().enumerate() {
        put(
            &mut state,
            "deal",
            row.0,
            vec![("name", "Line".into()), (field, held.get(at).cloned().unwrap_or_default())],
        );
    }
    let entity = entity();
    let field = entity.field(FieldId::new(field)).unwrap();
    let found = cells::continued(&state, &rows, &[field], held.len(), Way::Down);
    (found.edits.into_iter().map(|(_, values)| values[0].1.clone()).collect(), found.in_series > 0)
}

#[test]
fn two_numbers_or_days_go_on_as_a_series_and_all_else_is_repeated() {
    let numbers = |all: &[&str]| all.iter().map(|one| Value::Number(one.parse().unwrap())).collect::<Vec<Value>>();
    let days = |all: &[&str]| all.iter().map(|one| Value::Date(one.parse().unwrap())).collect::<Vec<Value>>();
    let texts = |all: &[&str]| all.iter().map(|one| Value::from(*one)).collect::<Vec<Value>>();
    let money = |all: &[(&str, &str)]| {
        let one = |(amount, code): &(&str, &str)| {
            Value::Money(Money { amount: amount.parse().unwrap(), currency: Currency::new(code) })
        };
        all.iter().map(one).collect::<Vec<Value>>()
    };
    for (field, held, expected, is_series) in [
        ("size", numbers(&["1", "3"]), numbers(&["5", "7", "9"]), true),
        ("size", numbers(&["0.3", "0.2"]), numbers(&["0.1", "0.0", "-0.1"]), true),
        ("size", numbers(&["7"]), numbers(&["7", "7", "7"]), false),
        ("size", numbers(&["7", "7"]), numbers(&["7", "7", "7"]), false),
        ("size", numbers(&["1", "2", "4"]), numbers(&["1", "2", "4"]), false),
        ("due", days(&["2026-11-22", "2026-11-29"]), days(&["2026-12-06", "2026-12-13", "2026-12-20"]), true),
        ("due", days(&["2026-11-22"]), days(&["2026-11-22", "2026-11-22", "2026-11-22"]), false),
        ("due", days(&["2026-01-15", "2026-02-15"]), days(&["2026-03-15", "2026-04-15", "2026-05-15"]), true),
        ("due", days(&["2026-01-31", "2026-02-28"]), days(&["2026-03-31", "2026-04-30", "2026-05-31"]), true),
        ("due", days(&["2024-02-29", "2025-02-28"]), days(&["2026-02-28", "2027-02-28", "2028-02-29"]), true),
        ("due", days(&["2026-03-10", "2026-03-08"]), days(&["2026-03-06", "2026-03-04", "2026-03-02"]), true),
        ("value", money(&[("10", "CNY"), ("20", "CNY")]), money(&[("30", "CNY"), ("40", "CNY"), ("50", "CNY")]), true),
        ("value", money(&[("10", "CNY"), ("20", "USD")]), money(&[("10", "CNY"), ("20", "USD"), ("10", "CNY")]), false),
        ("name", texts(&["a", "b"]), texts(&["a", "b", "a"]), false),
    ] {
        assert_eq!(gone_on(field, &held), (expected, is_series), "{field} {held:?}");
    }
}

#[test]
fn a_series_goes_up_as_it_goes_down() {
    let mut state = desk();
    let sizes = ["", "", "7", "10"];
    for (at, size) in sizes.iter().enumerate() {
        let value = if size.is_empty() { Value::Empty } else { Value::Number(size.parse().unwrap()) };
        put(&mut state, "deal", 100 + at as u128, vec![("name", "Line".into()), ("size", value)]);
    }
    let entity = entity();
    let field = entity.field(FieldId::new("size")).unwrap();
    // Whoever draws upwards hands the rows over from below.
    let rows = [103, 102, 101, 100].map(RecordId);
    let found = cells::continued(&state, &rows, &[field], 2, Way::Down);
    let size = |row: u128, size: i64| edit(row, &[("size", Value::integer(size))]);
    assert_eq!((found.edits, found.in_series), (vec![size(101, 4), size(100, 1)], 2));
}

#[test]
fn a_series_goes_right_only_where_it_means_the_same() {
    let (state, entity) = (desk(), entity());
    let field = |id: &str| entity.field(FieldId::new(id)).unwrap();
    let fields = [field("size"), field("weight"), field("due"), field("double")];
    let found = cells::continued(&state, &[RecordId(1), RecordId(2)], &fields, 1, Way::Right);
    let expected = vec![edit(1, &[("weight", Value::integer(10))]), edit(2, &[("weight", Value::integer(20))])];
    assert_eq!((found.edits, found.in_series), (expected, 0));
}

#[test]
fn one_value_goes_into_all_cells_that_can_hold_it() {
    let entity = entity();
    let field = |id: &str| entity.field(FieldId::new(id)).unwrap();
    let fields = [field("size"), field("due"), field("weight"), field("double")];
    let filled = cells::everywhere(&[RecordId(1), RecordId(2)], &fields, fields[0], &Value::integer(5));
    let both = [("size", Value::integer(5)), ("weight", Value::integer(5))];
    assert_eq!(filled, vec![edit(1, &both), edit(2, &both)]);
}
