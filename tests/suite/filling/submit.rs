//! Forms published, answered and counted: what an answer makes, whom it joins, and that it is taken once.

use super::*;
use perennial::command::TakenHow;
use perennial::engine::form::{FormFigures, Traffic, figures, opens, seal, together};
use perennial::model::form::{AnsweredLines, Kiosk, Submission};
use perennial::model::id::{OptionId, SubmissionId};
use perennial::model::state::Reader;

/// A form for enquiries that joins by phone, e-mail, or company and name.
fn contact() -> Form {
    let label = |text: &str| json!({ "zh-CN": text, "en": text });
    let lines = json!({ "id": "items", "kind": "lines", "field": "items", "columns": [{ "field": "product" }, { "field": "price" }] });
    serde_json::from_value(json!({
        "id": "contact", "label": label("Contact"), "entity": "enquiry",
        "pages": page(json!([
            ask("name", json!({})), ask("company", json!({})), ask("phone", json!({})), ask("email", json!({})),
            ask("note", json!({})), ask("kind", json!({})),
            ask("budget", json!({ "visible": { "field": "kind", "is": "equals", "value": "price" } })), lines
        ])),
        "capture": {
            "channel": "website", "channel_into": "channel",
            "fixed": [{ "field": "status", "value": { "o": "open" } }],
            "parameters": [{ "name": "utm_source", "into": "source" }]
        },
        "join": [{ "fields": ["phone"] }, { "fields": ["email"] }, { "fields": ["company", "name"] }],
        "goals": [{ "id": "done", "label": label("Done"), "condition": { "field": "status", "is": "equals", "value": "done" } }]
    }))
    .unwrap()
}

fn published() -> Bench {
    published_as(contact())
}

fn published_as(form: Form) -> Bench {
    let mut bench = Bench::new();
    bench.act(Command::Define { definitions: vec![Definition::Form(Arc::new(form))] }).unwrap();
    publish(&mut bench).unwrap();
    bench
}

fn publish(bench: &mut Bench) -> Result<Outcome, Rejection> {
    bench.act(Command::PublishForms { forms: vec!["contact".to_owned()] })
}

pub fn answer(id: u128, values: &[(&str, Value)]) -> Submission {
    let values = values.iter().map(|(name, value)| (field(name), value.clone())).collect();
    let answers = Answers { values, ..Answers::default() };
    Submission {
        id: SubmissionId(id),
        form: "contact".to_owned(),
        edition: 1,
        at: Instant(MORNING),
        channel: None,
        answers,
    }
}

fn text(text: &str) -> Value {
    Value::text(text)
}

impl Bench {
    fn submit(&mut self, submission: &Submission) -> (RecordId, TakenHow) {
        let outcome = self.act(Command::Submit(submission.clone())).expect("it is taken");
        let taken = outcome.taken.expect("it says what became of it");
        assert_eq!(outcome.subject, Some(taken.record));
        (taken.record, taken.how)
    }

    fn submit_again(&mut self, submission: &Submission) -> TakenHow {
        self.act(Command::Submit(submission.clone())).expect("it is no fault").taken.expect("it says so").how
    }

    fn held(&self, record: RecordId, name: &str) -> Value {
        self.state.record(record).expect("the record").value(field(name)).clone()
    }

    fn count(&self, entity: &str) -> usize {
        self.state.members(perennial::model::id::EntityId::new(entity)).len()
    }
}

#[test]
fn an_answer_becomes_a_record_with_what_was_captured_and_a_touch() {
    let mut bench = published();
    let mut first = answer(
        1,
        &[
            ("name", text("李雷")),
            ("phone", text("+8613800138000")),
            ("source", text("baidu")),
            ("channel", text("forged")),
            ("status", Value::Choice(OptionId::new("done"))),
            ("budget", text("hidden")),
        ],
    );
    first.answers.lines = vec![AnsweredLines {
        field: field("items"),
        lines: vec![[(field("product"), text("Chair")), (field("price"), Value::integer(4))].into_iter().collect()],
    }];
    let (record, how) = bench.submit(&first);
    assert_eq!(how, TakenHow::Created);
    for (name, expected) in [
        ("name", text("李雷")),
        ("channel", text("website")),
        ("source", text("baidu")),
        ("number", text("E-0001")),
        ("status", Value::Choice(OptionId::new("open"))),
        ("budget", Value::Empty),
        ("total", Value::integer(4)),
    ] {
        assert_eq!(bench.held(record, name), expected, "{name}");
    }
    let touch = bench.state.members(perennial::model::id::EntityId::new("touch"))[0];
    for (name, expected) in [
        ("name", text("Contact")),
        ("form", text("contact")),
        ("edition", Value::integer(1)),
        ("word", text("website")),
        ("medium", Value::Choice(OptionId::new("website"))),
        ("enquiry", Value::Link(record)),
        ("source", text("baidu")),
        ("at", Value::Instant(Instant(MORNING))),
    ] {
        assert_eq!(bench.held(touch, name), expected, "{name}");
    }
}

#[test]
fn what_was_emptied_stays_empty_in_the_record() {
    let mut form = serde_json::to_value(contact()).unwrap();
    let items = form["pages"][0]["sections"][0]["items"].as_array_mut().unwrap();
    items.push(ask("greeting", json!({})));
    let mut bench = published_as(serde_json::from_value(form).unwrap());
    let mut blank = answer(1, &[("name", text("Ann"))]);
    blank.answers.emptied = vec![field("greeting")];
    let (record, _) = bench.submit(&blank);
    assert_eq!(bench.held(record, "greeting"), Value::Empty, "its default does not come back");
    let (record, _) = bench.submit(&answer(2, &[("name", text("Ann"))]));
    assert_eq!(bench.held(record, "greeting"), text("Dear Ann"), "nobody has looked at it");
}

#[test]
fn what_was_captured_and_emptied_stays_empty_as_well() {
    let mut form = serde_json::to_value(contact()).unwrap();
    form["capture"]["fixed"].as_array_mut().unwrap().push(json!({ "field": "kind", "value": { "o": "demo" } }));
    let form: Form = serde_json::from_value(form).unwrap();
    let mut bench = published_as(form.clone());
    let mut blank = answer(1, &[("name", text("Ann"))]);
    let (record, _) = bench.submit(&blank);
    assert_eq!(bench.held(record, "kind"), Value::Choice(OptionId::new("demo")));
    let mut subject = bench.subject(&form);
    subject.values.set(field("kind"), Value::Choice(OptionId::new("demo")));
    let mut filling = Filling::begin(bench.compile(form), subject, &bench.around());
    filling.answer(field("kind"), Value::Empty, &bench.around());
    assert_eq!((filling.draft().emptied, filling.submission().emptied), (vec![field("kind")], vec![field("kind")]));
    blank.id = SubmissionId(2);
    blank.answers.emptied = vec![field("kind")];
    let (record, _) = bench.submit(&blank);
    assert_eq!(bench.held(record, "kind"), Value::Empty);
}

#[test]
fn the_word_of_the_channel_is_read_as_the_page_reads_it() {
    let mut form = contact();
    form.capture.channel_into = Some(field("topics"));
    form.capture.channel = "crm、bi".to_owned();
    let mut bench = published_as(form);
    let (record, _) = bench.submit(&answer(1, &[("name", text("Ann"))]));
    let topics = Value::Choices([OptionId::new("crm"), OptionId::new("bi")].into());
    assert_eq!(bench.held(record, "topics"), topics);
}

#[test]
fn an_answer_is_taken_once_however_often_it_is_brought() {
    let mut bench = published();
    let first = answer(1, &[("name", text("李雷")), ("phone", text("+8613800138000"))]);
    let (record, _) = bench.submit(&first);
    let again = bench.act(Command::Submit(first.clone())).unwrap();
    assert_eq!((again.changes.len(), again.taken.unwrap().how), (0, TakenHow::Before));
    let (joined, how) = bench.submit(&answer(2, &[("name", text("Li Lei")), ("phone", text("+8613800138000"))]));
    assert!(joined == record && matches!(how, TakenHow::Joined { .. }));
    let again = bench.submit(&answer(2, &[("name", text("Li Lei")), ("phone", text("+8613800138000"))]));
    assert_eq!(again, (record, TakenHow::Before));
    assert_eq!((bench.count("enquiry"), bench.count("touch")), (1, 2));
}

#[test]
fn an_answer_whose_record_was_removed_is_not_taken_in_again() {
    let mut bench = published();
    let spam = answer(1, &[("name", text("Spam"))]);
    let (record, _) = bench.submit(&spam);
    bench.act(Command::RemoveRecords { records: vec![record] }).unwrap();
    assert_eq!((bench.count("enquiry"), bench.count("touch")), (0, 1), "what was done is still known");
    let again = bench.act(Command::Submit(spam.clone())).unwrap();
    assert_eq!((again.changes.len(), again.subject), (0, None));
    assert_eq!(again.taken.map(|taken| (taken.record, taken.how)), Some((record, TakenHow::Before)));
    let touch = bench.state.members(perennial::model::id::EntityId::new("touch"))[0];
    bench.act(Command::RemoveRecords { records: vec![touch] }).unwrap();
    assert_eq!(bench.submit_again(&spam), TakenHow::Before, "its touch may be gone as well");
    let joining = answer(3, &[("name", text("Li")), ("phone", text("+8613800138000"))]);
    let mut bench = published();
    bench.submit(&answer(2, &[("name", text("Li")), ("phone", text("+8613800138000"))]));
    let (record, _) = bench.submit(&joining);
    bench.act(Command::RemoveRecords { records: vec![record] }).unwrap();
    assert_eq!(bench.submit_again(&joining), TakenHow::Before, "so is one that had joined it");
}

#[test]
fn whoever_is_known_is_joined_and_it_is_said_what_was_answered_otherwise() {
    let mut bench = published();
    let known = answer(
        1,
        &[
            ("name", text("李雷")),
            ("company", text("明远科技有限公司")),
            ("phone", text("+8613800138000")),
            ("note", text("first")),
        ],
    );
    let (record, _) = bench.submit(&known);
    let (joined, how) = bench.submit(&answer(
        2,
        &[
            ("name", text("李磊")),
            ("phone", text("+8613800138000")),
            ("email", text("li@example.com")),
            ("note", text("second")),
        ],
    ));
    assert_eq!(joined, record);
    let (by, filled, differing) = (vec![field("phone")], vec![field("email")], vec![field("name"), field("note")]);
    assert_eq!(how, TakenHow::Joined { by, filled, differing });
    assert_eq!((bench.held(record, "name"), bench.held(record, "email")), (text("李雷"), text("li@example.com")));
    let touches = bench.state.members(perennial::model::id::EntityId::new("touch"));
    let said = touches.iter().map(|touch| bench.held(*touch, "text")).find(|text| !text.is_empty()).unwrap();
    assert_eq!(said, text("Name: 李磊 (李雷)\nNote: second (first)"));
    let (by_mail, _) = bench.submit(&answer(3, &[("name", text("Someone")), ("email", text("LI@example.com"))]));
    assert_eq!(by_mail, record);
    let (by_name, _) = bench.submit(&answer(4, &[("name", text("李 雷")), ("company", text("明远科技"))]));
    assert_eq!(by_name, record);
    let (other, how) = bench.submit(&answer(5, &[("name", text("李雷")), ("company", text("别家"))]));
    assert!(other != record && how == TakenHow::Created);
}

#[test]
fn what_the_form_would_not_send_is_refused() {
    let mut bench = published();
    let refused = bench.act(Command::Submit(answer(1, &[("phone", text("+8613800138000"))]))).expect_err("no name");
    assert_eq!(refused.diagnostics[0].code, Code::MissingRequired);
    let mut unknown = answer(2, &[("name", text("A"))]);
    unknown.edition = 7;
    let refused = bench.act(Command::Submit(unknown)).expect_err("no such edition");
    assert_eq!(refused.diagnostics[0].code, Code::UnknownDefinition);
}

#[test]
fn an_answer_for_an_older_edition_still_fits() {
    let mut bench = published();
    let mut next = contact();
    next.published = 1;
    next.pages[0].sections[0].items.retain(|item| item.id != "note");
    bench.act(Command::Define { definitions: vec![Definition::Form(Arc::new(next))] }).unwrap();
    publish(&mut bench).unwrap();
    let (record, _) = bench.submit(&answer(1, &[("name", text("李雷")), ("note", text("old"))]));
    assert_eq!(bench.held(record, "note"), text("old"));
    let mut new = answer(2, &[("name", text("韩梅梅")), ("note", text("not asked"))]);
    new.edition = 2;
    let (record, _) = bench.submit(&new);
    assert_eq!(bench.held(record, "note"), Value::Empty);
}

#[test]
fn publishing_refuses_errors_keeps_editions_and_does_nothing_twice() {
    let mut bench = published();
    assert_eq!(publish(&mut bench).unwrap().changes.len(), 0, "it stands as it was published");
    let Some(Definition::Form(edition)) = bench.state.definition(Form::edition_id("contact", 1)).cloned() else {
        panic!()
    };
    assert!(edition.seal.len() == 32 && edition.edition == Some(1));
    let rewritten = Form { retired: true, ..(*edition).clone() };
    bench
        .act(Command::Define { definitions: vec![Definition::Form(Arc::new(rewritten))] })
        .expect_err("it never changes");
    let mut wrong = contact();
    wrong.published = 1;
    wrong.pages[0].sections[0].items.remove(0);
    bench.act(Command::Define { definitions: vec![Definition::Form(Arc::new(wrong))] }).expect("it can be worked on");
    assert_eq!(publish(&mut bench).expect_err("name is required").diagnostics[0].code, Code::NotAsked);
    bench.act(Command::Undefine { ids: vec![Form::worked_on("contact")] }).unwrap();
    assert!(bench.state.definition(Form::edition_id("contact", 1)).is_none());
}

#[test]
fn two_devices_make_the_same_of_the_same_answer() {
    let (mut one, mut other) = (published(), published());
    let brought = answer(9, &[("name", text("李雷"))]);
    assert_eq!(one.submit(&brought), other.submit(&brought));
}

#[test]
fn visits_starts_and_answers_are_counted_per_form_and_channel() {
    let mut bench = published();
    let mut visit = |channel: &str, views: u32, starts: u32, at: Option<&str>| {
        let abandons = at.map(|item| (item.to_owned(), 1)).into_iter().collect();
        let traffic = Traffic { views, starts, abandons };
        let (form, channel) = ("contact".to_owned(), channel.to_owned());
        bench.act(Command::CountTraffic { form, channel, traffic }).unwrap();
    };
    visit("website", 1, 0, None);
    visit("website", 1, 1, Some("phone"));
    visit("website", 1, 1, Some("nonsense"));
    visit("fair", 1, 1, None);
    let (record, _) = bench.submit(&answer(1, &[("name", text("李雷")), ("phone", text("+8613800138000"))]));
    bench.submit(&Submission {
        channel: Some("fair".to_owned()),
        ..answer(2, &[("name", text("x")), ("phone", text("+8613800138000"))])
    });
    bench.submit(&Submission { channel: Some("fair".to_owned()), ..answer(3, &[("name", text("y"))]) });
    let done = vec![(field("status"), Value::Choice(OptionId::new("done")))];
    bench.act(Command::UpdateRecord { record, values: done }).unwrap();
    let row = |channel: &str, views, starts, at: Option<&str>, submits, records, done| FormFigures {
        form: "contact".to_owned(),
        channel: channel.to_owned(),
        views,
        starts,
        abandons: at.map(|item| (item.to_owned(), 1)).into_iter().collect(),
        submits,
        records,
        goals: vec![("done".to_owned(), done)],
    };
    let found = figures(&bench.state, &bench.clock, Language::En, None);
    assert_eq!(found, [row("fair", 1, 1, None, 2, 2, 1), row("website", 3, 2, Some("phone"), 1, 1, 1)]);
    let whole = together(&found);
    assert_eq!((whole.views, whole.starts, whole.submits, whole.records), (4, 3, 3, 3));
    assert_eq!((whole.abandons.get("phone"), &whole.goals), (Some(&1), &vec![("done".to_owned(), 2)]));
    let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    assert_eq!(figures(&bench.state, &bench.clock, Language::En, Some((day(22), day(22)))).len(), 2);
    assert_eq!(figures(&bench.state, &bench.clock, Language::En, Some((day(1), day(21)))), []);
}

#[test]
fn a_kiosk_is_left_with_its_code_alone() {
    let kiosk = Kiosk { salt: "salt".to_owned(), sealed_code: seal("2468", "salt"), ..Kiosk::default() };
    assert!(opens(&kiosk, " 2468 ") && !opens(&kiosk, "2469") && !opens(&kiosk, ""));
    assert!(opens(&Kiosk::default(), ""));
    assert!(!kiosk.sealed_code.contains("2468") && seal("2468", "other") != kiosk.sealed_code);
}

#[test]
fn a_copy_asks_the_same_and_begins_anew() {
    let bench = published();
    let Some(Definition::Form(edition)) = bench.state.definition(Form::edition_id("contact", 1)) else { panic!() };
    let label = edition.label.clone();
    let copy = edition.copied("other", label);
    assert_eq!((copy.edition, copy.published, copy.seal.as_str()), (None, 0, ""));
    assert_eq!(copy.definition_id(), Form::worked_on("other"));
    assert_eq!(copy.pages, edition.pages);
}
