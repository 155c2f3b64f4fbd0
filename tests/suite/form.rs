//! What people type, what they see again, and what is wrong with it; the cases stand in `tests/data/form`.

use std::sync::Arc;

use chrono::NaiveDate;
use perennial::engine::form::{self, ReadSettings, ShowSettings};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::Code;
use perennial::model::entity::Entity;
use perennial::model::field::{Field, Language};
use perennial::model::id::{Currency, EntityId, FieldId, OptionId, RecordId};
use perennial::model::record::Record;
use perennial::model::state::State;
use perennial::model::time::{Instant, Zone};
use perennial::model::value::{Money, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

fn settings() -> ReadSettings {
    ReadSettings {
        currency: Currency::new("CNY"),
        calling_code: "86".to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        zone: Zone::fixed(8 * 3600),
    }
}

fn field(kind: &str) -> Field {
    let option = |id: &str, zh: &str, en: &str| json!({"id": id, "label": {"zh-CN": zh, "en": en}});
    let colours = json!([option("red", "红", "Red"), option("blue", "蓝", "Blue")]);
    let (kind, more) = match kind {
        "choice" => (
            "choice",
            json!({"options": [option("won", "赢单", "Closed Won"), option("lost", "输单", "Closed Lost"), option("mixed", "混合", "A, B or C")]}),
        ),
        "choices" => ("choices", json!({ "options": colours })),
        "tags" => ("choices", json!({"options": colours, "open": true})),
        "rating" => ("rating", json!({"max": 5})),
        "formula" => ("formula", json!({"formula": "1", "result": "number"})),
        "money_usd" => ("money", json!({"currency": "USD"})),
        "phone_us" => ("phone", json!({})),
        other => (other, json!({})),
    };
    let mut field = json!({"id": "f", "label": {"zh-CN": "字段", "en": "Field"}, "kind": kind});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(field).unwrap_or_else(|error| panic!("{kind}: {error}"))
}

fn check_cases(file: &str, cases: &str) {
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(cases.as_bytes()).records() {
        let row = row.unwrap();
        let field = field(&row[0]);
        let mut settings = settings();
        if &row[0] == "phone_us" {
            settings.calling_code = "1".to_owned();
        }
        let read = form::read_text(&field, &row[1], &settings);
        let found = match &read {
            Ok(value) => form::edit_text(&field, value, &settings),
            Err(diagnostic) => format!("!{}", diagnostic.code.as_str()),
        };
        if found != row[2] {
            wrong.push(format!("{} {:?}: {found:?} instead of {:?}", &row[0], &row[1], &row[2]));
        }
        if let Ok(value) = read {
            let again = form::read_text(&field, &found, &settings);
            if again.as_ref() != Ok(&value) {
                wrong.push(format!("{} {:?}: {value:?} comes back as {again:?}", &row[0], &row[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

#[test]
fn numbers_and_amounts_are_read_as_people_write_them() {
    check_cases("number.csv", include_str!("../data/form/number.csv"));
}

#[test]
fn dates_times_and_durations_are_read_as_people_write_them() {
    check_cases("time.csv", include_str!("../data/form/time.csv"));
}

#[test]
fn days_and_times_are_typed_in_short_in_both_languages() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in csv::Reader::from_reader(include_str!("../data/form/typed.csv").as_bytes()).records() {
        let row = row.unwrap();
        let field = field(&row[0]);
        let found = match form::read_typed(&field, &row[1], &settings()) {
            Ok(value) => form::edit_text(&field, &value, &settings()),
            Err(wrong) => match (wrong.argument("one"), wrong.argument("other")) {
                (Some(one), Some(other)) => format!("{one} or {other}"),
                _ => format!("!{}", wrong.code.as_str()),
            },
        };
        if found != row[2] {
            wrong.push(format!("{} {:?}: {found:?} instead of {:?}", &row[0], &row[1], &row[2]));
        }
        if &row[0] == "date" {
            let alone = form::read_day(&row[1], &settings());
            let is_alike = match &alone {
                Ok(day) => day.is_some_and(|day| day.to_string() == row[2]),
                Err(_) => row[2].starts_with('!') || row[2].contains(" or "),
            };
            assert!(is_alike, "{:?} alone: {alone:?}", &row[1]);
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "{count} cases");
}

#[test]
fn a_time_alone_is_read_as_a_clock_shows_it() {
    for (text, expected) in [
        ("14:30", "14:30"),
        ("2pm", "14:00"),
        ("2:30 PM", "14:30"),
        ("9", "09:00"),
        ("14", "14:00"),
        ("1430", "14:30"),
        ("930", "09:30"),
        ("9.30", "09:30"),
        ("下午3点", "15:00"),
        ("上午九点", ""),
        ("9点半", "09:30"),
        ("１４：３０", "14:30"),
        ("12am", "00:00"),
        ("25", ""),
        ("14:61", ""),
        ("noonish", ""),
        ("", ""),
        ("12345", ""),
    ] {
        let found = form::read_clock(text).map_or_else(String::new, |time| time.format("%H:%M").to_string());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn options_and_flags_are_read_in_both_languages() {
    check_cases("choice.csv", include_str!("../data/form/choice.csv"));
}

#[test]
fn phones_mails_and_addresses_of_the_web_get_one_spelling() {
    check_cases("contact.csv", include_str!("../data/form/contact.csv"));
}

#[test]
fn addresses_are_cut_into_region_city_and_street() {
    let field = field("address");
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(include_str!("../data/form/address.csv").as_bytes()).records() {
        let row = row.unwrap();
        let value = form::read_text(&field, &row[0], &settings()).unwrap();
        let Value::Place(place) = &value else { panic!("{row:?}") };
        let parts = [&place.country, &place.region, &place.city, &place.street, &place.postcode];
        if !parts.iter().zip(row.iter().skip(1)).all(|(found, expected)| *found == expected) {
            wrong.push(format!("{row:?}: {parts:?}"));
        }
        let text = form::edit_text(&field, &value, &settings());
        let again = form::read_text(&field, &text, &settings());
        if again.as_ref() != Ok(&value) {
            wrong.push(format!("{text:?} comes back as {again:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_are_shown_in_the_language_of_the_reader() {
    let option = |id: &str| Value::Choice(OptionId::new(id));
    let cases = [
        ("choice", option("won"), "赢单", "Closed Won"),
        ("flag", Value::Flag(true), "是", "Yes"),
        ("percent", Value::Number(Decimal::new(1250, 2)), "12.5%", "12.5%"),
        ("money", money("CNY", 12005, 1), "1200.50", "1200.50"),
        ("money", money("USD", 30, 0), "USD 30", "USD 30"),
        ("choices", Value::Choices([OptionId::new("red"), OptionId::new("blue")].into()), "红、蓝", "Red, Blue"),
        ("link", Value::Link(RecordId(7)), "#7", "#7"),
        ("number", Value::Empty, "", ""),
        ("instant", Value::Instant(Instant(0)), "1970-01-01 08:00", "1970-01-01 08:00"),
    ];
    for (kind, value, zh, en) in cases {
        for (language, expected) in [(Language::Zh, zh), (Language::En, en)] {
            let settings = ShowSettings { language, currency: Currency::new("CNY"), zone: Zone::fixed(8 * 3600) };
            let shown = form::show(&field(kind), &value, &settings, &|id| format!("#{}", id.0));
            assert_eq!(shown, expected, "{kind}");
        }
    }
}

fn money(currency: &str, amount: i64, scale: u32) -> Value {
    Value::Money(Money { amount: Decimal::new(amount, scale), currency: Currency::new(currency) })
}

fn any_value() -> impl Strategy<Value = (&'static str, Value)> {
    let decimal = (any::<i64>(), 0u32..10).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    let currency = prop_oneof![Just("CNY"), Just("USD"), Just("EUR")];
    prop_oneof![
        decimal.clone().prop_map(|number| ("number", Value::Number(number))),
        decimal.clone().prop_map(|number| ("percent", Value::Number(number))),
        (decimal, currency).prop_map(|(amount, currency)| {
            ("money", Value::Money(Money { amount, currency: Currency::new(currency) }))
        }),
        (-700_000i32..2_000_000).prop_filter_map("a day", |days| {
            NaiveDate::from_num_days_from_ce_opt(days.abs() + 400).map(|date| ("date", Value::Date(date)))
        }),
        (-2_000_000_000_000i64..4_000_000_000_000).prop_map(|at| ("instant", Value::Instant(Instant(at)))),
        (-10_000_000i64..10_000_000).prop_map(|seconds| ("duration", Value::Duration(seconds))),
        any::<bool>().prop_map(|flag| ("flag", Value::Flag(flag))),
        any::<u128>().prop_map(|id| ("link", Value::Link(RecordId(id)))),
        "[a-z一-龥][a-zA-Z0-9 .,一-龥]{0,20}".prop_map(|text| ("text", Value::text(&text))),
    ]
}

proptest! {
    #[test]
    fn what_an_input_shows_reads_as_the_same_value((kind, value) in any_value()) {
        let field = field(kind);
        let text = form::edit_text(&field, &value, &settings());
        prop_assert_eq!(form::read_text(&field, &text, &settings()), Ok(value), "{}", text);
    }

    #[test]
    fn no_text_upsets_the_reading(text in "\\PC{0,40}") {
        for kind in ["number", "percent", "money", "date", "instant", "duration", "flag", "choices", "rating", "phone", "email", "url", "address", "location", "link", "links"] {
            let _ = form::read_text(&field(kind), &text, &settings());
        }
    }

    #[test]
    fn no_text_of_digits_and_signs_upsets_the_reading(text in "[0-9年月日时点分秒上下午:/.+ -万亿元$¥天h%(),TZ]{0,24}") {
        for kind in ["number", "percent", "money", "date", "instant", "duration", "rating", "phone", "url", "location"] {
            let _ = form::read_text(&field(kind), &text, &settings());
        }
    }
}

fn workspace() -> (State, Arc<Entity>) {
    let entity: Entity = serde_json::from_value(json!({
        "id": "thing", "label": {"en": "Thing"}, "plural": {"en": "Things"}, "icon": "dot", "group": "grow", "title": "name",
        "fields": [
            {"id": "name", "label": {"en": "Name"}, "kind": "text", "max": 5, "required": true},
            {"id": "code", "label": {"en": "Code"}, "kind": "text", "pattern": "[A-Z]-[0-9]+", "unique": true},
            {"id": "size", "label": {"en": "Size"}, "kind": "number", "min": "1", "max": "100"},
            {"id": "mark", "label": {"en": "Mark"}, "kind": "rating", "max": 5},
            {"id": "nps", "label": {"en": "NPS"}, "kind": "nps"},
            {"id": "stage", "label": {"en": "Stage"}, "kind": "choice", "options": [{"id": "a", "label": {"en": "A"}}]},
            {"id": "parent", "label": {"en": "Parent"}, "kind": "link", "to": ["thing"]},
            {"id": "other", "label": {"en": "Other"}, "kind": "link", "to": ["elsewhere"]},
            {"id": "total", "label": {"en": "Total"}, "kind": "formula", "formula": "1", "result": "number", "required": true}
        ]
    }))
    .unwrap();
    let entity = Arc::new(entity);
    let mut state = State::new();
    state.define(Definition::entity_id(entity.id), Some(Definition::Entity(entity.clone())));
    state.insert(Arc::new(record(1, &[("name", Value::text("one")), ("code", Value::text("A-1"))])));
    (state, entity)
}

fn record(id: u128, values: &[(&str, Value)]) -> Record {
    Record {
        id: RecordId(id),
        entity: EntityId::new("thing"),
        created: Instant(0),
        updated: Instant(0),
        values: values.iter().map(|(field, value)| (FieldId::new(field), value.clone())).collect(),
    }
}

#[test]
fn a_record_is_told_what_is_wrong_field_by_field() {
    let (state, entity) = workspace();
    let cases: &[(&str, Value, Option<Code>)] = &[
        ("name", Value::text("客户客户客"), None),
        ("name", Value::text("客户客户客户"), Some(Code::TooLong)),
        ("name", Value::Empty, Some(Code::MissingRequired)),
        ("name", Value::integer(1), Some(Code::WrongType)),
        ("code", Value::text("B-2"), None),
        ("code", Value::text("xB-2"), Some(Code::PatternMismatch)),
        ("code", Value::text("A-1"), Some(Code::NotUnique)),
        ("size", Value::integer(1), None),
        ("size", Value::integer(0), Some(Code::TooSmall)),
        ("size", Value::integer(101), Some(Code::TooLarge)),
        ("mark", Value::integer(6), Some(Code::TooLarge)),
        ("mark", Value::Number(Decimal::new(35, 1)), Some(Code::TooPrecise)),
        ("nps", Value::integer(0), None),
        ("nps", Value::integer(11), Some(Code::TooLarge)),
        ("stage", Value::Choice(OptionId::new("a")), None),
        ("stage", Value::Choice(OptionId::new("b")), Some(Code::NotAnOption)),
        ("parent", Value::Link(RecordId(1)), None),
        ("parent", Value::Link(RecordId(9)), Some(Code::NoSuchLink)),
        ("other", Value::Link(RecordId(1)), Some(Code::WrongEntity)),
    ];
    for (name, value, expected) in cases {
        let mut record = record(2, &[("name", Value::text("two"))]);
        record.values.set(FieldId::new(name), value.clone());
        let found = form::check(&state, &entity, &record, None);
        let codes: Vec<Code> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, Vec::from_iter(*expected), "{name} = {value:?}");
        assert!(found.iter().all(|diagnostic| diagnostic.at.field == Some(FieldId::new(name))));
        assert_eq!(form::check(&state, &entity, &record, Some(&[])), []);
    }
    // A record is no rival of itself.
    let own = record(1, &[("name", Value::text("one")), ("code", Value::text("A-1"))]);
    assert_eq!(form::check(&state, &entity, &own, None), []);
}

#[test]
fn a_shared_text_fills_in_what_it_says_beyond_doubt() {
    let field = |id: &str, kind: &str| json!({"id": id, "label": {"zh-CN": id, "en": id}, "kind": kind});
    let entity: Entity = serde_json::from_value(json!({
        "id": "person", "label": {"zh-CN": "人", "en": "Person"}, "plural": {"zh-CN": "人", "en": "People"}, "icon": "user",
        "group": "grow", "title": "name",
        "fields": [field("name", "text"), field("phone", "phone"), field("second phone", "text"), field("mail", "email"), field("site", "url"), field("notes", "long_text")],
    }))
    .unwrap();
    let check = |title: &str, text: &str, url: &str, expected: &str| {
        let shared = form::SharedText { title: title.to_owned(), text: text.to_owned(), url: url.to_owned() };
        let found = form::found(&entity, &shared, &settings());
        let shown: Vec<String> =
            found.iter().map(|(field, value)| format!("{field}={}", value.as_text().unwrap_or_default())).collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    };
    check("", "张伟，13800138000", "", "phone=+8613800138000; name=张伟; notes=张伟，13800138000");
    check("Fair", "See you <a@b.example>", "", "mail=a@b.example; name=Fair; notes=See you <a@b.example>");
    check("Acme", "", "https://acme.example/", "site=https://acme.example/; name=Acme");
    check(
        "",
        "Acme https://acme.example/x",
        "",
        "site=https://acme.example/x; name=Acme; notes=Acme https://acme.example/x",
    );
    check("", "订单 99", "", "name=订单 99");
    check(
        "",
        "Li 010-62345678 13800138000",
        "",
        "phone=+861062345678; second phone=13800138000; name=Li; notes=Li 010-62345678 13800138000",
    );
    check("", "Acme", "", "name=Acme");
    check("", "", "", "");
}
