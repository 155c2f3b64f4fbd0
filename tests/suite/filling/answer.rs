//! Portable answers: what goes out as a code comes home as it was, and nothing else does.

use super::submit::answer;
use super::*;
use perennial::engine::form::{answers_in, decode, encode};
use perennial::model::form::{AnsweredLines, Submission};
use perennial::model::id::OptionId;
use perennial::model::value::Money;
use rust_decimal::Decimal;

/// A workspace with an edition of a form that asks for all sorts, and that edition.
fn workshop(seal: &str) -> (Bench, Form) {
    let label = json!({ "zh-CN": "问", "en": "Ask" });
    let lines = json!({ "id": "items", "kind": "lines", "field": "items", "columns": [{ "field": "product" }, { "field": "price" }] });
    let items = json!([
        ask("name", json!({})),
        ask("phone", json!({})),
        ask("budget", json!({})),
        ask("kind", json!({})),
        ask("topics", json!({})),
        ask("consent", json!({})),
        ask("starts", json!({})),
        lines,
        ask("note", json!({}))
    ]);
    let form: Form = serde_json::from_value(json!({
        "id": "contact", "label": label, "entity": "enquiry", "pages": page(items), "edition": 1, "seal": seal,
        "capture": { "parameters": [{ "name": "utm_source", "into": "source" }] }
    }))
    .unwrap();
    let mut bench = Bench::new();
    let kept = Definition::Form(Arc::new(form.clone()));
    bench.state.define(kept.id(), Some(kept));
    (bench, form)
}

fn full() -> Submission {
    let mut full = answer(
        0x1234_5678_9abc_def0,
        &[
            ("name", Value::text("李雷 “Lei” 😀")),
            ("phone", Value::text("+8613800138000")),
            ("budget", Value::Money(Money { amount: Decimal::new(12050, 2), currency: Currency::new("CNY") })),
            ("kind", Value::Choice(OptionId::new("price"))),
            ("topics", Value::Choices([OptionId::new("crm"), OptionId::new("bi")].into())),
            ("consent", Value::Flag(true)),
            ("starts", Value::Date(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap())),
            ("source", Value::text("baidu")),
        ],
    );
    full.answers.emptied = vec![field("note")];
    full.channel = Some("qr".to_owned());
    let line = |product: &str| {
        [(field("product"), Value::text(product)), (field("price"), Value::integer(4))].into_iter().collect()
    };
    full.answers.lines = vec![AnsweredLines { field: field("items"), lines: vec![line("椅子"), line("桌子")] }];
    full
}

fn refused(bench: &Bench, code: &str) -> Code {
    decode(code, &bench.state).expect_err("it is refused").code
}

#[test]
fn what_goes_out_comes_home_as_it_was() {
    let (bench, form) = workshop("key");
    let bare = answer(7, &[("name", Value::text("A"))]);
    for sent in [full(), bare.clone()] {
        let code = encode(&sent, &form);
        assert_eq!(decode(&code, &bench.state), Ok(sent));
        assert!(code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')), "{code}");
    }
    // As the documentation of the format has it, so that what is written elsewhere can be held against it.
    let code = encode(&bare, &form);
    let parts: Vec<&str> = code.split('.').collect();
    assert_eq!(parts[..3], ["PF1", "contact", "1"]);
    assert_eq!(parts[4], parts[5].len().to_string());
    // Made by Python's hashlib, hmac and base64.
    let elsewhere = "PF1.contact.1.LHDh.87.WyIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDciLDE3OTUzMDkyMDAwMDAsbnVsbCxbIkEiXV0.WzBXHgRZRQkgt_Dv";
    assert_eq!(code, elsewhere);
}

#[test]
fn a_changed_sign_is_noticed_wherever_it_is() {
    let (bench, form) = workshop("key");
    let code = encode(&full(), &form);
    for at in 0..code.len() {
        let other = if code.as_bytes()[at] == b'A' { 'B' } else { 'A' };
        let mut changed = code.clone();
        changed.replace_range(at..=at, &other.to_string());
        assert!(decode(&changed, &bench.state).is_err(), "{at}: {changed}");
    }
    let payload = code.split('.').nth(5).unwrap();
    let swapped = code.replace(payload, &payload.chars().rev().collect::<String>());
    assert_eq!(refused(&bench, &swapped), Code::AnswerChanged);
}

#[test]
fn what_is_cut_short_foreign_newer_or_no_answer_is_refused_with_the_reason() {
    let (bench, form) = workshop("key");
    let code = encode(&full(), &form);
    for end in 3..code.len() {
        assert_eq!(refused(&bench, &code[..end]), Code::AnswerCutShort, "{end}");
    }
    let (elsewhere, _) = workshop("another key");
    assert_eq!(refused(&elsewhere, &code), Code::AnswerForeign);
    assert_eq!(refused(&Bench::new(), &code), Code::AnswerForeign);
    assert_eq!(refused(&bench, &code.replacen("PF1", "PF2", 1)), Code::TooNew);
    for wrong in ["", "hello", "PF", "PF0.contact.1.k.1.x.y", "PFx.contact", "PF1.contact.x.k.1.y.z", "你好"] {
        assert_eq!(refused(&bench, wrong), Code::NotAnAnswer, "{wrong}");
    }
}

#[test]
fn codes_are_found_among_words_and_through_line_ends() {
    let (bench, form) = workshop("key");
    let (one, two) = (encode(&full(), &form), encode(&answer(8, &[("name", Value::text("B"))]), &form));
    let wrapped: Vec<String> =
        one.as_bytes().chunks(60).map(|line| format!("> {}", std::str::from_utf8(line).unwrap())).collect();
    let mail = format!("Dear all, see below PF.\n{}\nBest regards\n\n{two}您好 {two}", wrapped.join("=\r\n"));
    let found = answers_in(&mail);
    assert_eq!(found, [one.clone(), two.clone()]);
    assert!(found.iter().all(|code| decode(code, &bench.state).is_ok()));
    assert_eq!(answers_in("PF1.contact.1."), [] as [&str; 0]);
}
