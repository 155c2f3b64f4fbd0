//! Plain values come back as they went, whatever the kind of field; what does not fit is refused by code.

use serde_json::{Value as Json, json};

use perennial::engine::plain;
use perennial::model::diagnostic::Code;
use perennial::model::field::Field;
use perennial::model::id::{Currency, FieldId};
use perennial::model::value::Value;

#[test]
fn plain_values_of_every_kind_come_back_as_they_went() {
    let id = "0b603521-5fa2-5b7c-a1cd-58835e77fb67";
    let files = json!([{"hash": "ab", "name": "a.png", "media_type": "image/png", "size": 3}]);
    let place = json!({"city": "深圳", "latitude": "22.5431", "longitude": "114.0579"});
    let cases = [
        (json!({"kind": "text"}), json!("王芳"), json!("王芳")),
        (json!({"kind": "long_text"}), json!("一\n二"), json!("一\n二")),
        (json!({"kind": "rich_text"}), json!("**a**"), json!("**a**")),
        (json!({"kind": "phone"}), json!("+8613800010001"), json!("+8613800010001")),
        (json!({"kind": "email"}), json!("a@b.example"), json!("a@b.example")),
        (json!({"kind": "url"}), json!("https://b.example"), json!("https://b.example")),
        (json!({"kind": "hidden"}), json!("utm"), json!("utm")),
        (json!({"kind": "auto_number", "prefix": "C-", "digits": 5}), json!("C-00042"), json!("C-00042")),
        (json!({"kind": "number"}), json!("12.50"), json!("12.50")),
        (json!({"kind": "number"}), json!(0.1), json!("0.1")),
        (json!({"kind": "number"}), json!(-7), json!("-7")),
        (json!({"kind": "percent"}), json!("12.5"), json!("12.5")),
        (json!({"kind": "rating", "max": 5}), json!(4), json!("4")),
        (json!({"kind": "nps"}), json!(10), json!("10")),
        (json!({"kind": "money"}), json!("100.00"), json!("100.00")),
        (json!({"kind": "money"}), json!("100.00 CNY"), json!("100.00")),
        (json!({"kind": "money"}), json!("100.00 USD"), json!("100.00 USD")),
        (json!({"kind": "money", "currency": "USD"}), json!("100.00 USD"), json!("100.00")),
        (json!({"kind": "money", "currency": "USD"}), json!("9 CNY"), json!("9 CNY")),
        (json!({"kind": "date"}), json!("2026-11-22"), json!("2026-11-22")),
        (json!({"kind": "instant"}), json!("2026-11-22T10:00:00+08:00"), json!("2026-11-22T02:00:00.000Z")),
        (json!({"kind": "duration"}), json!(5400), json!("5400")),
        (json!({"kind": "choice", "options": options()}), json!("a"), json!("a")),
        (json!({"kind": "choice", "options": options()}), json!("乙"), json!("b")),
        (json!({"kind": "choices", "options": options()}), json!(["second", "a"]), json!(["b", "a"])),
        (json!({"kind": "choices", "options": options(), "open": true}), json!(["新"]), json!(["新"])),
        (json!({"kind": "flag"}), json!(false), json!(false)),
        (json!({"kind": "address"}), place.clone(), place.clone()),
        (json!({"kind": "location"}), place.clone(), place),
        (json!({"kind": "link"}), json!(id), json!(id)),
        (json!({"kind": "links"}), json!([id]), json!([id])),
        (json!({"kind": "files"}), files.clone(), files.clone()),
        (json!({"kind": "signature"}), files.clone(), files),
        (json!({"kind": "text"}), json!(null), json!(null)),
        (json!({"kind": "date"}), json!(" "), json!(null)),
    ];
    let currency = Currency::new("CNY");
    for (kind, given, expected) in cases {
        let field = field_of(kind.clone());
        let value = plain::read(&field, &given, currency).unwrap_or_else(|wrong| panic!("{kind} {given}: {wrong:?}"));
        let written = plain::write(&field, &value, currency);
        assert_eq!(written, expected, "{kind} {given}");
        assert_eq!(plain::read(&field, &written, currency), Ok(value), "{kind} {given}");
    }
}

#[test]
fn plain_values_that_do_not_fit_are_refused() {
    let cases = [
        (json!({"kind": "text"}), json!(1), Code::WrongType),
        (json!({"kind": "number"}), json!("twelve"), Code::NotANumber),
        (json!({"kind": "money"}), json!("1 yuan"), Code::NotAnAmount),
        (json!({"kind": "date"}), json!("22.11.2026"), Code::NotADate),
        (json!({"kind": "instant"}), json!("2026-11-22"), Code::NotAnInstant),
        (json!({"kind": "duration"}), json!("1.5"), Code::NotADuration),
        (json!({"kind": "choice", "options": options()}), json!("c"), Code::NotAnOption),
        (json!({"kind": "choices", "options": options()}), json!(["a", "c"]), Code::NotAnOption),
        (json!({"kind": "flag"}), json!(1), Code::NotAFlag),
        (json!({"kind": "address"}), json!({"town": "x"}), Code::NotAPlace),
        (json!({"kind": "link"}), json!("x"), Code::NoSuchLink),
        (json!({"kind": "files"}), json!("x"), Code::WrongType),
        (json!({"kind": "score"}), json!(1), Code::ReadOnly),
        (json!({"kind": "lookup", "link": "a", "field": "b"}), json!(1), Code::ReadOnly),
    ];
    for (kind, given, code) in cases {
        let wrong = plain::read(&field_of(kind.clone()), &given, Currency::new("CNY")).expect_err("is refused");
        assert_eq!((wrong.code, wrong.at.field), (code, Some(FieldId::new("x"))), "{kind} {given}");
    }
    assert!(plain::write(&field_of(json!({"kind": "text"})), &Value::Empty, Currency::new("CNY")).is_null());
}

fn field_of(kind: Json) -> Field {
    let mut field = json!({"id": "x", "label": {"zh-CN": "甲", "en": "X"}});
    field.as_object_mut().expect("an object").extend(kind.as_object().expect("an object").clone());
    serde_json::from_value(field).expect("a field")
}

fn options() -> Json {
    json!([{"id": "a", "label": {"zh-CN": "甲", "en": "First"}}, {"id": "b", "label": {"zh-CN": "乙", "en": "Second"}}])
}
