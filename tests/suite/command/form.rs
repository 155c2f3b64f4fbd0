//! The pack's forms: sound, published, and answered by people whose leads are scored, assigned, joined and counted.

use super::*;
use perennial::command::TakenHow;
use perennial::engine::form::{CompiledForm, figures, problems};
use perennial::model::field::Language;
use perennial::model::form::{Answers, Form, Submission};
use perennial::model::id::SubmissionId;

fn forms(desk: &Desk) -> Vec<Arc<Form>> {
    let form =
        |definition: &Definition| if let Definition::Form(form) = definition { Some(form.clone()) } else { None };
    desk.state.definitions().filter_map(|(_, it)| form(it)).filter(|form| form.edition.is_none()).collect()
}

fn published() -> Desk {
    let mut desk = Desk::new();
    let forms = forms(&desk).iter().map(|form| form.id.clone()).collect();
    desk.act(Command::PublishForms { forms });
    desk
}

fn answer(desk: &mut Desk, id: u128, form: &str, values: Json) -> Result<Outcome, Rejection> {
    let known = forms(desk).into_iter().find(|it| it.id == form).expect("the form");
    let answers = Answers { values: desk.values(known.entity.as_str(), values), ..Answers::default() };
    let at = Instant(desk.millis);
    let form = form.to_owned();
    desk.try_act(Command::Submit(Submission { id: SubmissionId(id), form, edition: 1, at, channel: None, answers }))
}

#[test]
fn the_eight_ready_forms_have_nothing_wrong_with_them() {
    let desk = Desk::new();
    let forms = forms(&desk);
    let ids: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
    assert_eq!(ids, ["contact_us", "csat", "fair", "feedback", "interview", "landing", "nps", "white_paper"]);
    for form in forms {
        let compiled = CompiledForm::compile(form.clone(), &desk.state, &*desk.blueprint).unwrap();
        let mut found = problems(&compiled, &desk.state);
        // Consultants fill in what was said in an interview: they may search, and are told what that means.
        found.retain(|it| form.id != "interview" || it.diagnostic.code != Code::VisitorsSearch);
        assert_eq!(found, [], "{}", form.id);
        assert_eq!(form.kiosk.is_some(), form.id == "fair");
    }
}

#[test]
fn a_visitor_of_a_fair_becomes_a_scored_and_assigned_lead_and_comes_back_as_the_same() {
    let mut desk = published();
    let visitor = serde_json::json!({
        "name": "李雷", "company": "明远科技有限公司", "title": "销售总监", "phone": "138 0013 8000", "company_size": 620, "industry": "manufacturing"
    });
    let taken = answer(&mut desk, 1, "fair", visitor).unwrap();
    let lead = taken.subject.unwrap();
    let held = |desk: &Desk, name: &str| desk.state.record(lead).unwrap().value(FieldId::new(name)).clone();
    assert_eq!(held(&desk, "phone"), Value::text("+8613800138000"));
    assert_eq!(held(&desk, "source").options()[0].as_str(), "fair");
    assert_eq!(held(&desk, "channel"), Value::text("kiosk"));
    assert!(held(&desk, "score").as_number().unwrap() >= rust_decimal::Decimal::from(35));
    assert!(taken.trace.iter().any(|step| step.record == lead), "rules ran");
    let again = serde_json::json!({ "name": "李雷", "email": "lilei@mingyuan.cn", "phone": "13800138000", "company": "明远科技" });
    let joined = answer(&mut desk, 2, "fair", again).unwrap().taken.unwrap();
    assert!(joined.record == lead && matches!(joined.how, TakenHow::Joined { .. }));
    assert_eq!(held(&desk, "email"), Value::text("lilei@mingyuan.cn"));
    let touches = desk.state.incoming(lead, EntityId::new("touchpoint"), FieldId::new("lead"));
    assert_eq!(touches.len(), 2);
    let found = figures(&desk.state, &desk.context_now().clock(&desk.state), Language::Zh, None);
    let row = found.iter().find(|row| row.form == "fair").unwrap();
    assert_eq!((row.channel.as_str(), row.submits, row.records), ("kiosk", 2, 1));
    assert_eq!(row.goals.iter().map(|(goal, _)| goal.as_str()).collect::<Vec<_>>(), ["mql", "customer"]);
}

#[test]
fn a_submission_is_taken_back_like_anything_else() {
    let mut desk = published();
    let before = desk.state.clone();
    answer(&mut desk, 1, "landing", serde_json::json!({ "name": "韩梅梅", "phone": "13900139000" })).unwrap();
    let last = desk.last();
    desk.undo(&[last]);
    assert_same(&before, &desk.state);
    answer(&mut desk, 1, "landing", serde_json::json!({ "name": "韩梅梅", "phone": "13900139000" })).unwrap();
}

#[test]
fn an_edition_published_anew_as_it_was_still_knows_the_answers_that_are_under_way() {
    let mut desk = published();
    let seal = |desk: &Desk| match desk.state.definition(Form::edition_id("landing", 1)) {
        Some(Definition::Form(edition)) => edition.seal.clone(),
        _ => String::new(),
    };
    let (first, last) = (seal(&desk), desk.last());
    desk.undo(&[last]);
    assert_eq!(seal(&desk), "");
    let publish = || Command::PublishForms { forms: vec!["landing".to_owned()] };
    desk.act(publish());
    assert_eq!((seal(&desk), first.len()), (first.clone(), 32));
    let last = desk.last();
    desk.undo(&[last]);
    let mut other = (**forms(&desk).iter().find(|form| form.id == "landing").unwrap()).clone();
    other.pages[0].sections[0].items.pop();
    desk.act(Command::Define { definitions: vec![Definition::Form(Arc::new(other))] });
    desk.act(publish());
    assert_ne!(seal(&desk), first, "what asks otherwise takes its own answers");
}

#[test]
fn a_lead_form_wants_a_number_or_an_address_that_works() {
    let mut desk = published();
    let mut refused = |values: Json| -> Vec<Code> {
        let refused = answer(&mut desk, 9, "contact_us", values).expect_err("it is refused");
        refused.diagnostics.iter().map(|it| it.code).collect()
    };
    assert_eq!(
        refused(serde_json::json!({ "name": "A", "need": "x" })),
        [Code::MissingRequired, Code::MissingRequired]
    );
    assert!(refused(serde_json::json!({ "name": "A", "need": "x", "phone": "123" })).contains(&Code::NotAPhone));
    assert!(refused(serde_json::json!({ "name": "A", "need": "x", "email": "a@b" })).contains(&Code::NotAnEmail));
}

#[test]
fn surveys_become_responses_of_their_survey() {
    let mut desk = published();
    let refused =
        answer(&mut desk, 1, "csat", serde_json::json!({ "rating": 2 })).expect_err("a low mark wants a reason");
    assert_eq!(refused.diagnostics[0].code, Code::MissingRequired);
    assert_eq!(refused.diagnostics[0].argument("message-zh"), Some("一句话也好，我们会逐条跟进"));
    for (id, form, values) in [
        (2, "csat", serde_json::json!({ "rating": 2, "comment": "太慢" })),
        (3, "nps", serde_json::json!({ "nps": 10 })),
        (4, "feedback", serde_json::json!({ "rating": 4, "comment": "好用" })),
    ] {
        let taken = answer(&mut desk, id, form, values).unwrap().taken.unwrap();
        assert_eq!(taken.how, TakenHow::Created);
        let response = desk.state.record(taken.record).unwrap();
        let survey = response.value(FieldId::new("survey")).links()[0];
        assert!(desk.state.record(survey).is_some(), "{form}");
        let touch = desk.state.record(taken.touch.unwrap()).unwrap();
        assert_eq!(touch.value(FieldId::new("response")), &Value::Link(taken.record), "{form}");
    }
}
