//! What is shown, required, read-only, offered, filled in by itself and refused, as answers come in.

use super::*;
use perennial::model::id::OptionId;

fn when(field: &str, value: &str) -> Json {
    json!({ "field": field, "is": "equals", "value": value })
}

#[test]
fn an_answer_shows_what_it_is_about_and_nothing_else_is_looked_at() {
    let bench = Bench::new();
    let mut attempt = bench.fill(page(json!([
        ask("name", json!({})),
        ask("kind", json!({})),
        ask("budget", json!({ "visible": when("kind", "price") })),
        ask("note", json!({}))
    ])));
    assert!(!attempt.is_shown("budget"));
    assert_eq!(attempt.type_text("kind", "price"), ["kind", "budget"]);
    assert!(attempt.is_shown("budget"));
    assert_eq!(attempt.type_text("note", "x"), ["note"]);
    assert_eq!(attempt.type_text("kind", "demo"), ["kind", "budget"]);
    assert!(!attempt.is_shown("budget"));
}

#[test]
fn what_is_hidden_counts_as_blank_is_not_checked_and_not_sent_and_comes_back() {
    let bench = Bench::new();
    let mut attempt = bench.fill(page(json!([
        ask("name", json!({})),
        ask("kind", json!({})),
        ask("email", json!({ "visible": when("kind", "price"), "required": { "all": [] } })),
        ask("note", json!({ "visible": { "field": "email", "is": "filled" } }))
    ])));
    attempt.type_text("name", "李雷");
    attempt.type_text("kind", "price");
    assert_eq!(attempt.wrong("email"), [Code::MissingRequired]);
    attempt.type_text("email", "nonsense");
    assert_eq!(attempt.wrong("email"), [Code::NotAnEmail]);
    assert!(!attempt.filling.may_submit());
    attempt.type_text("kind", "demo");
    assert_eq!(attempt.all_wrong(), []);
    assert!(attempt.filling.may_submit());
    attempt.type_text("kind", "price");
    attempt.type_text("email", "li@example.com");
    assert!(attempt.is_shown("note"));
    attempt.type_text("kind", "demo");
    assert!(!attempt.is_shown("note"), "a hidden answer counts as blank");
    assert_eq!(attempt.sent().value(field("email")), &Value::Empty);
    assert_eq!(attempt.filling.draft().value(field("email")), &Value::text("li@example.com"));
    attempt.type_text("kind", "price");
    assert_eq!(attempt.value("email"), Value::text("li@example.com"));
}

#[test]
fn options_are_filtered_by_the_first_rule_that_holds() {
    let bench = Bench::new();
    let rules = json!([
        { "when": { "field": "people", "is": "at_least", "value": 500 }, "options": ["demo", "price"] },
        { "when": { "field": "people", "is": "filled" }, "options": ["support"] }
    ]);
    let mut attempt = bench.fill(page(json!([ask("people", json!({})), ask("kind", json!({ "options": rules }))])));
    let offered = |attempt: &Attempt| -> Vec<String> {
        attempt.filling.item("kind").unwrap().offered.iter().map(|it| it.as_str().to_owned()).collect()
    };
    assert_eq!(offered(&attempt), ["demo", "price", "support"]);
    attempt.type_text("people", "20");
    assert_eq!(offered(&attempt), ["support"]);
    attempt.type_text("kind", "support");
    assert_eq!(attempt.wrong("kind"), []);
    attempt.type_text("people", "500");
    assert_eq!(offered(&attempt), ["demo", "price"]);
    assert_eq!(attempt.wrong("kind"), [Code::NotAnOption]);
}

#[test]
fn defaults_stand_until_somebody_fills_in_and_computed_values_whatever_anybody_does() {
    let bench = Bench::new();
    let mut attempt = bench.fill(page(json!([
        ask("name", json!({})),
        ask("company", json!({ "default": "name & \" Ltd\"" })),
        ask("title", json!({ "computed": "UPPER(name)" })),
        ask("status", json!({})),
        ask("size_class", json!({})),
        ask("people", json!({}))
    ])));
    attempt.type_text("name", "Ann");
    assert_eq!((attempt.value("company"), attempt.value("title")), (Value::text("Ann Ltd"), Value::text("ANN")));
    assert_eq!(attempt.value("status"), Value::Choice(OptionId::new("new")));
    assert_eq!(attempt.type_text("title", "Boss"), [] as [&str; 0]);
    attempt.type_text("company", "Acme");
    attempt.type_text("name", "Bea");
    assert_eq!((attempt.value("company"), attempt.value("title")), (Value::text("Acme"), Value::text("BEA")));
    attempt.type_text("company", "");
    assert_eq!(attempt.value("company"), Value::Empty, "what was emptied stays empty");
    let around = bench.around();
    attempt.filling.forget(field("company"), &around);
    assert_eq!(attempt.value("company"), Value::text("Bea Ltd"));
    let class = attempt.filling.item("size_class").unwrap();
    assert!(class.is_read_only && *class.value == Value::text("small"));
    assert_eq!(attempt.type_text("people", "800"), ["size_class", "people"]);
    assert_eq!(attempt.value("size_class"), Value::text("large"));
}

#[test]
fn the_checks_of_the_field_and_of_the_form_speak_each_with_its_own_words() {
    let bench = Bench::new();
    let check = json!([{ "condition": { "formula": "LEN(name)>1" }, "message": { "en": "In full, please" } }]);
    let messages = json!([{ "on": "missing-required", "text": { "en": "Who are you?" } }]);
    let mut attempt = bench.fill(page(json!([
        ask("name", json!({ "checks": check, "messages": messages })),
        ask("starts", json!({})),
        ask("ends", json!({})),
        ask("people", json!({})),
        ask("discount", json!({}))
    ])));
    let said = |attempt: &Attempt, item: &str| {
        let item = attempt.filling.item(item).unwrap();
        item.problems.first().and_then(|problem| problem.argument("message-en")).map(str::to_owned)
    };
    assert_eq!(said(&attempt, "name").as_deref(), Some("Who are you?"));
    attempt.type_text("name", "A");
    assert_eq!(said(&attempt, "name").as_deref(), Some("In full, please"));
    attempt.type_text("name", "Ann");
    assert_eq!(attempt.wrong("name"), []);
    attempt.type_text("starts", "2026-12-02");
    attempt.type_text("ends", "2026-12-01");
    assert_eq!(said(&attempt, "ends").as_deref(), Some("Ends before it starts"));
    assert_eq!(attempt.type_text("starts", "2026-11-30"), ["starts", "ends"]);
    assert_eq!(attempt.wrong("ends"), []);
    attempt.type_text("discount", "20");
    assert_eq!(attempt.wrong("discount"), [Code::CheckFailed]);
    attempt.type_text("people", "900");
    assert_eq!(attempt.wrong("discount"), [], "a check may read what is computed");
}

#[test]
fn a_wizard_passes_over_pages_that_are_not_shown() {
    let bench = Bench::new();
    let section = |id: &str, items: Json| json!([{ "id": id, "items": items }]);
    let mut attempt = bench.fill(json!([
        { "id": "one", "sections": section("s1", json!([ask("name", json!({})), ask("kind", json!({}))])) },
        { "id": "two", "visible": when("kind", "price"), "sections": section("s2", json!([ask("budget", json!({ "required": { "all": [] } }))])) },
        { "id": "three", "sections": section("s3", json!([ask("note", json!({}))])) }
    ]));
    assert_eq!((attempt.filling.pages(), attempt.filling.next_page(0)), (vec![0, 2], Some(2)));
    assert_eq!(attempt.filling.problems_on(0).len(), 1);
    attempt.type_text("kind", "price");
    attempt.type_text("name", "Ann");
    assert_eq!((attempt.filling.next_page(0), attempt.filling.previous_page(2)), (Some(1), Some(1)));
    assert_eq!(attempt.filling.next_page(2), None);
    assert_eq!((attempt.filling.problems_on(0).len(), attempt.filling.problems_on(1).len()), (0, 1));
}

#[test]
fn what_is_read_only_cannot_be_answered_and_a_section_says_so_for_all_in_it() {
    let bench = Bench::new();
    let locked = json!({ "field": "consent", "is": "equals", "value": true });
    let mut attempt = bench.fill(json!([{ "id": "page", "sections": [
        { "id": "a", "items": [ask("consent", json!({}))] },
        { "id": "b", "read_only": locked, "items": [ask("name", json!({})), ask("number", json!({}))] }
    ] }]));
    attempt.type_text("name", "Ann");
    assert!(attempt.filling.item("number").unwrap().is_read_only);
    attempt.type_text("consent", "yes");
    assert!(attempt.filling.item("name").unwrap().is_read_only);
    assert_eq!(attempt.type_text("name", "Bea"), [] as [&str; 0]);
    assert_eq!(attempt.value("name"), Value::text("Ann"));
}

#[test]
fn a_required_field_that_the_form_does_not_ask_for_keeps_it_from_being_sent() {
    let bench = Bench::new();
    let attempt = bench.fill(page(json!([ask("note", json!({}))])));
    assert_eq!(attempt.all_wrong(), [(None, Code::MissingRequired)]);
}

#[test]
fn circles_are_found_and_refused_when_the_form_is_kept() {
    let mut bench = Bench::new();
    let pages = page(json!([
        ask("name", json!({ "visible": { "field": "note", "is": "filled" } })),
        ask("note", json!({ "visible": { "field": "title", "is": "filled" } })),
        ask("title", json!({ "computed": "name" }))
    ]));
    let faults = bench.faults(pages.clone());
    assert_eq!(faults.iter().map(|fault| fault.diagnostic.code).collect::<Vec<_>>(), [Code::Cycle], "{faults:?}");
    let kept = bench.act(Command::Define { definitions: vec![Definition::Form(Arc::new(form(pages)))] });
    assert_eq!(kept.expect_err("it is refused").diagnostics[0].code, Code::Cycle);
    let own = page(json!([ask("name", json!({ "visible": { "field": "name", "is": "filled" } }))]));
    assert_eq!(bench.faults(own)[0].diagnostic.code, Code::Cycle);
    // Filling it in ends all the same.
    let looped = bench.compile(form(page(json!([
        ask("name", json!({ "computed": "title" })),
        ask("title", json!({ "computed": "name & \"!\"" }))
    ]))));
    let subject = bench.subject(&looped.form);
    Filling::begin(looped, subject, &bench.around());
}

#[test]
fn an_unsound_part_is_named_and_the_rest_works() {
    let bench = Bench::new();
    let pages = page(json!([
        ask("name", json!({ "visible": { "field": "nowhere", "is": "filled" } })),
        ask("gone", json!({})),
        { "id": "again", "kind": "field", "field": "note" },
        ask("note", json!({ "default": "1+" }))
    ]));
    let parts: Vec<_> = bench.faults(pages.clone()).into_iter().filter_map(|fault| fault.part).collect();
    assert_eq!(parts, ["name", "gone"]);
    let compiled = bench.compile(form(pages));
    let subject = bench.subject(&compiled.form);
    let filling = Filling::begin(compiled, subject, &bench.around());
    assert!(filling.is_shown("name") && !filling.is_shown("gone"));
    assert!(filling.is_shown("again") && !filling.is_shown("note"), "a field is asked for once");
}

#[test]
fn a_draft_goes_on_where_it_was_left() {
    let bench = Bench::new();
    let items = json!([ask("name", json!({})), ask("title", json!({ "default": "\"Buyer\"" }))]);
    let mut attempt = bench.fill(page(items));
    attempt.type_text("name", "Ann");
    attempt.type_text("title", "Boss");
    let mut draft = attempt.filling.draft();
    draft.values.set(field("status"), Value::Choice(OptionId::new("done")));
    let written = serde_json::to_string(&draft).unwrap();
    let read: Answers = serde_json::from_str(&written).unwrap();
    let (form, subject) = (attempt.filling.form().clone(), bench.subject(&attempt.filling.form().form));
    let again = Filling::resume(form, subject, &read, &bench.around());
    assert_eq!(again.item("title").unwrap().value, &Value::text("Boss"));
    assert_eq!(again.submission().value(field("status")), &Value::Empty, "what is not asked for is not taken");
}

#[test]
fn a_text_field_may_take_phone_numbers_only_and_keeps_them_in_one_spelling() {
    let bench = Bench::new();
    let mut attempt = bench.fill(page(json!([ask("name", json!({})), ask("title", json!({ "takes": "phone" }))])));
    attempt.type_text("title", "138 0013 8000");
    assert_eq!(attempt.value("title"), Value::text("+8613800138000"));
    attempt.type_text("title", "12");
    assert_eq!(attempt.wrong("title"), [Code::NotAPhone]);
    let around = bench.around();
    attempt.filling.answer(field("title"), Value::text("010-62345678"), &around);
    assert_eq!(attempt.value("title"), Value::text("+861062345678"));
    let read_as = attempt.filling.form().read_as("title").unwrap().kind.clone();
    assert_eq!(read_as, perennial::model::field::FieldKind::Phone);
}
