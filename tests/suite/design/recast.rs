//! What a value becomes when its field turns into another kind of thing: one line a case.

use serde_json::{Value as Json, json};

use perennial::engine::form::{ReadSettings, Recast, Recasting, distinct_texts};
use perennial::engine::plain;
use perennial::model::field::{Field, Language};
use perennial::model::id::{Currency, EntityId, RecordId};
use perennial::model::time::Zone;
use perennial::model::value::Value;

const ACME: &str = "0b603521-5fa2-5b7c-a1cd-58835e77fb67";

/// Kinds by the short names that the cases use.
fn kind(name: &str) -> Json {
    let options = json!([
        { "id": "a", "label": { "zh-CN": "甲", "en": "First" } },
        { "id": "b", "label": { "zh-CN": "乙", "en": "Second" } },
        { "id": "12", "label": { "zh-CN": "十二", "en": "Twelve" } },
        { "id": "yes", "label": { "zh-CN": "是", "en": "Yes" } },
    ]);
    let other = json!([{ "id": "one", "label": { "zh-CN": "甲", "en": "" } }]);
    match name {
        "choice" | "choices" => json!({ "kind": name, "options": options }),
        "other" => json!({ "kind": "choice", "options": other }),
        "tags" => json!({ "kind": "choices", "options": [], "open": true }),
        "rating" => json!({ "kind": name, "max": 5 }),
        "usd" => json!({ "kind": "money", "currency": "USD" }),
        "link" | "links" => json!({ "kind": name, "to": ["account"] }),
        "contact" => json!({ "kind": "link", "to": ["contact"] }),
        "auto_number" => json!({ "kind": name, "digits": 5 }),
        "formula" => json!({ "kind": name, "formula": "1", "result": "number" }),
        "lines" => json!({ "kind": name, "entity": "x", "via": "y" }),
        "scored" => json!({ "kind": "score" }),
        plain => json!({ "kind": plain }),
    }
}

fn field(name: &str) -> Field {
    let mut field = json!({ "id": "x", "label": { "zh-CN": "甲", "en": "X" } });
    field.as_object_mut().unwrap().extend(kind(name).as_object().unwrap().clone());
    serde_json::from_value(field).expect("a field")
}

fn settings() -> ReadSettings {
    ReadSettings {
        currency: Currency::new("CNY"),
        calling_code: "86".to_owned(),
        today: "2026-11-22".parse().unwrap(),
        zone: Zone::fixed(8 * 3600),
    }
}

/// What a value becomes: `kept`, `lost`, or the new value as plain JSON.
fn recast(from: &str, value: &Json, to: &str) -> Json {
    let currency = Currency::new("CNY");
    let (from, to) = (field(from), field(to));
    let value = plain::read(&from, value, currency).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let read = settings();
    let title_of = |_: RecordId| "Acme".to_owned();
    let entity_of = |_: RecordId| Some(EntityId::new("account"));
    let recasting = Recasting { from: &from, to: &to, read: &read, title_of: &title_of, entity_of: &entity_of };
    let fate = recasting.of(&value, &mut |field, text| {
        let id: RecordId = ACME.parse().unwrap();
        let is_several = matches!(field.kind, perennial::model::field::FieldKind::Links(_));
        let found = if is_several { Value::Links([id].into()) } else { Value::Link(id) };
        (text == "Acme").then_some(found)
    });
    match fate {
        Recast::Kept => json!("kept"),
        Recast::Lost => json!("lost"),
        Recast::Becomes(value) => plain::write(&to, &value, currency),
    }
}

#[test]
fn values_say_the_same_in_another_kind_or_are_lost() {
    let place = json!({ "region": "广东", "city": "深圳" });
    let located = json!({ "latitude": "22.5431", "longitude": "114.0579" });
    let picture = json!([{ "hash": "ab", "name": "a.png", "media_type": "image/png", "size": 3 }]);
    let paper = json!([{ "hash": "ab", "name": "a.pdf", "media_type": "application/pdf", "size": 3 }]);
    let cases = [
        // Words.
        ("text", json!("约"), "long_text", json!("kept")),
        ("long_text", json!("一\n二"), "text", json!("一 二")),
        ("text", json!("A@B.Example"), "email", json!("A@b.example")),
        ("text", json!("nobody"), "email", json!("lost")),
        ("text", json!("138 0001 0001"), "phone", json!("+8613800010001")),
        ("phone", json!("+8613800010001"), "text", json!("kept")),
        ("text", json!("example.com"), "url", json!("https://example.com")),
        ("email", json!("a@b.example"), "phone", json!("lost")),
        ("text", json!("C-7"), "auto_number", json!("kept")),
        ("text", json!("utm"), "hidden", json!("kept")),
        // Figures out of words.
        ("text", json!("1,200"), "number", json!("1200")),
        ("text", json!("１２"), "number", json!("12")),
        ("text", json!("about 100"), "number", json!("lost")),
        ("text", json!("¥1,200.50"), "money", json!("1200.50")),
        ("text", json!("USD 30"), "money", json!("30 USD")),
        ("text", json!("12%"), "percent", json!("12")),
        ("text", json!("4"), "rating", json!("4")),
        ("text", json!("1h 30m"), "duration", json!("5400")),
        ("text", json!("2026/3/5"), "date", json!("2026-03-05")),
        ("text", json!("2026年3月5日"), "date", json!("2026-03-05")),
        ("text", json!("next spring"), "date", json!("lost")),
        ("text", json!("2026-03-05 14:30"), "instant", json!("2026-03-05T06:30:00.000Z")),
        ("text", json!("是"), "flag", json!(true)),
        ("text", json!("maybe"), "flag", json!("lost")),
        ("text", json!("深圳市南山区"), "files", json!("lost")),
        // Options out of words and back.
        ("text", json!("second"), "choice", json!("b")),
        ("text", json!("甲"), "choice", json!("a")),
        ("text", json!("丙"), "choice", json!("lost")),
        ("text", json!("甲、乙"), "choices", json!(["a", "b"])),
        ("text", json!("甲，新"), "tags", json!(["甲", "新"])),
        ("choice", json!("a"), "text", json!("甲")),
        ("choice", json!("a"), "choices", json!(["a"])),
        ("choice", json!("a"), "other", json!("one")),
        ("choice", json!("b"), "other", json!("lost")),
        ("choice", json!("12"), "number", json!("lost")),
        ("choice", json!("yes"), "flag", json!(true)),
        ("choice", json!("b"), "tags", json!(["b"])),
        ("choices", json!(["b", "a"]), "choice", json!("b")),
        ("choices", json!(["b", "a"]), "text", json!("乙、甲")),
        ("number", json!("12"), "choice", json!("12")),
        ("flag", json!(true), "choice", json!("yes")),
        // Figures among themselves.
        ("number", json!("12.5"), "text", json!("12.5")),
        ("number", json!("12.5"), "percent", json!("kept")),
        ("number", json!("12.5"), "money", json!("12.5")),
        ("number", json!("12.5"), "usd", json!("12.5")),
        ("money", json!("30 USD"), "number", json!("30")),
        ("money", json!("30 USD"), "usd", json!("kept")),
        ("money", json!("30 USD"), "text", json!("USD 30")),
        ("number", json!("3.6"), "rating", json!("4")),
        ("number", json!("7"), "rating", json!("lost")),
        ("rating", json!("5"), "nps", json!("kept")),
        ("number", json!("1.5"), "duration", json!("5400")),
        ("duration", json!("5400"), "number", json!("1.5")),
        ("number", json!("1"), "flag", json!(true)),
        ("number", json!("2"), "flag", json!("lost")),
        ("flag", json!(false), "number", json!("0")),
        ("flag", json!(true), "text", json!("是")),
        ("number", json!("13800010001"), "phone", json!("+8613800010001")),
        // Time.
        ("date", json!("2026-11-22"), "instant", json!("2026-11-21T16:00:00.000Z")),
        ("instant", json!("2026-11-21T16:30:00.000Z"), "date", json!("2026-11-22")),
        ("date", json!("2026-11-22"), "text", json!("2026-11-22")),
        ("date", json!("2026-11-22"), "number", json!("lost")),
        // Records.
        ("link", json!(ACME), "links", json!([ACME])),
        ("links", json!([ACME]), "link", json!(ACME)),
        ("link", json!(ACME), "contact", json!("lost")),
        ("link", json!(ACME), "text", json!("Acme")),
        ("text", json!("Acme"), "link", json!(ACME)),
        ("text", json!("Nobody"), "link", json!("lost")),
        ("text", json!("Acme"), "links", json!([ACME])),
        // Things.
        ("files", picture.clone(), "signature", json!("kept")),
        ("files", paper.clone(), "signature", json!("lost")),
        ("files", paper, "text", json!("lost")),
        ("signature", picture, "files", json!("kept")),
        ("address", place.clone(), "text", json!("广东 深圳")),
        ("address", place, "location", json!("lost")),
        ("location", located, "address", json!("kept")),
        // What fills itself holds nothing of what was typed.
        ("text", json!("x"), "formula", json!("lost")),
        ("text", json!("x"), "lines", json!("lost")),
        ("number", json!("3"), "scored", json!("lost")),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(from, value, to, expected)| (from, value, to, expected, recast(from, value, to)))
        .filter(|(.., expected, found)| found != *expected)
        .map(|(from, value, to, expected, found)| format!("{from} {value} as {to}: {found}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn options_are_proposed_from_what_is_there() {
    let texts = ["银牌", "金牌", "金牌 ", "", "铜牌", "金牌"].map(Value::text);
    let values: Vec<&Value> = texts.iter().collect();
    assert_eq!(distinct_texts(&field("text"), &values, Language::Zh, &settings()), ["金牌", "银牌", "铜牌"]);
}
