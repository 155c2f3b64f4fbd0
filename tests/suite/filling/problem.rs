//! The problem list of a form's definition: what is wrong or odd, and where to jump to.

use super::*;
use perennial::engine::form::{Aspect, FormProblem, Gravity, problems};

fn found(bench: &Bench, form: Form) -> Vec<FormProblem> {
    problems(&bench.compile(form), &bench.state)
}

/// What is wrong with these items on one page: part, what of it, which code.
fn list(items: Json) -> Vec<(String, Aspect, Code)> {
    list_pages(page(items))
}

fn list_pages(pages: Json) -> Vec<(String, Aspect, Code)> {
    let told = |it: FormProblem| (it.part.unwrap_or_default(), it.aspect, it.diagnostic.code);
    found(&Bench::new(), form(pages)).into_iter().map(told).collect()
}

fn one(part: &str, aspect: Aspect, code: Code) -> Vec<(String, Aspect, Code)> {
    vec![(part.to_owned(), aspect, code)]
}

fn is(field: &str, is: &str, value: Json) -> Json {
    json!({ "field": field, "is": is, "value": value })
}

#[test]
fn a_sound_form_has_none() {
    assert_eq!(list(json!([ask("name", json!({})), ask("kind", json!({}))])), []);
}

#[test]
fn a_label_is_missed_in_each_language_that_the_form_speaks() {
    let items = json!([ask("name", json!({ "label": { "en": "Who" } }))]);
    assert_eq!(list(items.clone()), one("name", Aspect::Label, Code::MissingLabel));
    let mut english = form(page(items));
    english.languages = vec![Language::En];
    assert_eq!(found(&Bench::new(), english), []);
}

#[test]
fn a_check_that_does_not_say_what_is_wrong_is_a_problem() {
    let check =
        |message: Json| json!({ "checks": [{ "condition": is("name", "filled", json!(null)), "message": message }] });
    let silent = list(json!([ask("name", check(json!({})))]));
    let missing = || ("name".to_owned(), Aspect::Check(0), Code::MissingMessage);
    assert_eq!(silent, [missing(), missing()]);
    assert_eq!(list(json!([ask("name", check(json!({ "zh-CN": "太短" })))])), [missing()]);
    assert_eq!(list(json!([ask("name", check(json!({ "zh-CN": "太短", "en": "Too short" })))])), []);
}

#[test]
fn fields_are_asked_for_once_and_required_ones_at_all() {
    let twice = json!([ask("name", json!({})), { "id": "again", "kind": "field", "field": "name" }]);
    assert_eq!(list(twice), one("again", Aspect::Field, Code::AskedTwice));
    assert_eq!(list(json!([ask("note", json!({}))])), one("", Aspect::Itself, Code::NotAsked));
    let mut captured = form(page(json!([ask("note", json!({}))])));
    captured.capture.fixed.push(serde_json::from_value(json!({ "field": "name", "value": "Fair" })).unwrap());
    assert_eq!(found(&Bench::new(), captured), []);
    let gone = list(json!([ask("name", json!({})), ask("gone", json!({}))]));
    assert_eq!(gone, one("gone", Aspect::Field, Code::UnknownField));
}

#[test]
fn what_can_never_be_met_is_told_and_what_can_is_not() {
    let both = |a: Json, b: Json| json!({ "all": [a, b] });
    let never = [
        both(is("kind", "equals", json!("demo")), is("kind", "equals", json!("报价"))),
        both(is("kind", "equals", json!("演示")), is("kind", "not_equals", json!("demo"))),
        both(is("people", "greater", json!(10)), is("people", "less", json!(10))),
        both(is("people", "at_least", json!(10)), is("people", "between", json!([1, 9]))),
        both(is("people", "equals", json!(5)), is("people", "greater", json!("5.5"))),
        both(is("kind", "empty", json!(null)), is("kind", "filled", json!(null))),
        both(json!({ "not": is("kind", "one_of", json!(["demo", "price"])) }), is("kind", "equals", json!("demo"))),
        is("web", "filled", json!(null)),
        json!({ "formula": "=FALSE()" }),
        json!({ "any": [] }),
        json!({ "not": { "any": [is("kind", "empty", json!(null)), is("kind", "filled", json!(null))] } }),
    ];
    let sometimes = [
        both(is("people", "at_least", json!(10)), is("people", "at_most", json!(10))),
        both(is("kind", "one_of", json!(["demo", "price"])), is("kind", "not_equals", json!("demo"))),
        both(is("topics", "contains", json!("crm")), is("topics", "contains", json!("bi"))),
        is("consent", "equals", json!(false)),
        is("status", "equals", json!("new")),
        json!({ "not": is("people", "greater", json!(10)) }),
        json!({ "formula": "people>10" }),
        json!({ "all": [] }),
    ];
    let clean = |condition: &Json| -> Json {
        let text = condition.to_string().replace(",\"value\":null", "");
        serde_json::from_str(&text).unwrap()
    };
    for (conditions, expected) in
        [(&never[..], one("note", Aspect::Visible, Code::NeverShown)), (&sometimes[..], Vec::new())]
    {
        for condition in conditions {
            let items = json!([
                ask("name", json!({})),
                ask("kind", json!({})),
                ask("people", json!({})),
                ask("topics", json!({})),
                ask("consent", json!({})),
                ask("note", json!({ "visible": clean(condition) }))
            ]);
            assert_eq!(list(items), expected, "{condition}");
        }
    }
}

#[test]
fn a_page_that_nobody_reaches_is_named_and_what_is_on_it_is_not() {
    let pages = json!([
        { "id": "one", "sections": [{ "id": "a", "items": [ask("name", json!({})), ask("kind", json!({}))] }] },
        { "id": "two", "visible": is("web", "equals", json!("x")), "sections": [{ "id": "b", "items": [ask("note", json!({}))] }] }
    ]);
    assert_eq!(list_pages(pages), one("two", Aspect::Visible, Code::NeverShown));
}

#[test]
fn contradictions_between_required_hidden_and_read_only_are_told() {
    let never = json!({ "any": [] });
    let hidden = list(json!([ask("name", json!({ "visible": never })), ask("note", json!({}))]));
    assert_eq!(hidden.iter().map(|it| it.2).collect::<Vec<_>>(), [Code::RequiredButHidden, Code::NeverShown]);
    let at_times =
        list(json!([ask("note", json!({})), ask("name", json!({ "visible": { "field": "note", "is": "filled" } }))]));
    assert_eq!(at_times, one("name", Aspect::Visible, Code::RequiredAndHidden));
    let apart = json!([
        ask("name", json!({})),
        ask("kind", json!({})),
        ask(
            "note",
            json!({ "visible": is("kind", "equals", json!("demo")), "required": is("kind", "equals", json!("price")) })
        )
    ]);
    assert_eq!(list(apart), one("note", Aspect::Required, Code::RequiredButHidden));
    let locked = json!([ask("name", json!({ "read_only": { "all": [] } }))]);
    assert_eq!(list(locked), one("name", Aspect::ReadOnly, Code::RequiredButLocked));
    assert_eq!(list(json!([ask("name", json!({ "read_only": { "all": [] }, "default": "\"Visitor\"" }))])), []);
}

#[test]
fn a_condition_looks_back_not_ahead() {
    let pages = json!([
        { "id": "one", "sections": [{ "id": "a", "items": [ask("name", json!({ "required": is("kind", "equals", json!("demo")) }))] }] },
        { "id": "two", "sections": [{ "id": "b", "items": [ask("kind", json!({ "visible": { "field": "name", "is": "filled" } }))] }] }
    ]);
    assert_eq!(list_pages(pages), one("name", Aspect::Required, Code::ReadsLater));
}

#[test]
fn what_concerns_the_whole_form_is_told_without_a_part() {
    let mut trial = form(page(json!([ask("name", json!({}))])));
    let link = json!({ "label": { "zh-CN": "看", "en": "Look" }, "address": "no where" });
    trial.ending.link = serde_json::from_value(link).unwrap();
    trial.join.push(serde_json::from_value(json!({ "fields": ["nothing"] })).unwrap());
    let goal = json!({ "id": "g", "label": { "zh-CN": "g", "en": "g" }, "condition": { "formula": "nothing>1" } });
    trial.goals.push(serde_json::from_value(goal).unwrap());
    let aspects: Vec<Aspect> = found(&Bench::new(), trial).iter().map(|it| it.aspect).collect();
    assert_eq!(aspects, [Aspect::Join, Aspect::Ending, Aspect::Goal(0)]);
    let empty = found(&Bench::new(), form(json!([])));
    assert!(empty.iter().any(|it| it.diagnostic.code == Code::EmptyPart && it.gravity == Gravity::Error));
}

#[test]
fn circles_and_options_that_are_gone_are_on_the_list() {
    let circle = json!([
        ask("name", json!({ "visible": { "field": "note", "is": "filled" } })),
        ask("note", json!({ "computed": "name" }))
    ]);
    assert!(list(circle).iter().any(|it| it.2 == Code::Cycle));
    let gone = json!([ask("name", json!({})), ask("kind", json!({ "options": [{ "options": ["demo", "lost"] }] }))]);
    assert_eq!(list(gone), one("kind", Aspect::Options, Code::NotAnOption));
}

#[test]
fn visitors_who_may_search_records_and_those_who_cannot_choose_any_are_spoken_of() {
    let asked = |more: Json| list(json!([ask("name", json!({})), ask("account", more)]));
    assert_eq!(asked(json!({ "search": true })), one("account", Aspect::Search, Code::VisitorsSearch));
    assert_eq!(asked(json!({})), one("account", Aspect::Search, Code::VisitorsCannotChoose));
    assert_eq!(asked(json!({ "read_only": { "all": [] } })), [], "what is only looked at is nobody's question");
}
