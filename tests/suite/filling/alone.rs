//! Forms in files of their own: what a file is told of the ready forms, and the cases that its scripts are held to as well.

use super::*;
use perennial::engine::form::{Needs, Obstacle, alone, alone_page, decode, is_post_address};
use perennial::engine::pack;
use perennial::model::field::FieldKind;
use perennial::model::form::Returns;
use perennial::model::id::EntityId;
use perennial::model::state::Reader;
use perennial::model::time::Reckoning;
use perennial::model::value::FileRef;

/// The definitions of a file of cases, whose entities say no more than forms need.
fn whole(entity: &Json, owned: bool) -> Definition {
    let mut entity = entity.clone();
    let object = entity.as_object_mut().unwrap();
    object.insert("plural".to_owned(), object["label"].clone());
    object.insert("icon".to_owned(), json!("dot"));
    object.insert("group".to_owned(), json!("sell"));
    object.insert("title".to_owned(), object["fields"][0]["id"].clone());
    for field in object["fields"].as_array_mut().unwrap().iter_mut().filter(|field| owned && field["kind"] == "link") {
        field["owned"] = json!(true);
    }
    serde_json::from_value(json!({ "entity": entity })).unwrap()
}

fn code_of(code: Code) -> Json {
    json!(code.as_str())
}

#[test]
fn the_cases_of_forms_in_files_come_out_the_same_here() {
    let file: Json = serde_json::from_str(include_str!("../../data/form/alone.json")).unwrap();
    let mut bench = Bench { state: State::new(), ..Bench::new() };
    bench.blueprint = Arc::default();
    let workspace = json!({ "workspace": { "name": { "zh-CN": "试", "en": "Trial" }, "currency": "CNY", "language": "en", "calling_code": "86" } });
    let definitions = vec![
        whole(&file["entity"], false),
        whole(&file["lines"]["item"], true),
        serde_json::from_value(workspace).unwrap(),
    ];
    bench.act(Command::Define { definitions }).expect("the entities are sound");
    for case in file["cases"].as_array().unwrap() {
        let items = case["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| ask(item[0].as_str().unwrap(), item.get(1).cloned().unwrap_or_else(|| json!({}))));
        let (week_start, first_month) = match case.get("reckoning") {
            Some(own) => (own["week_start"].as_u64().unwrap() as u8, own["first_month"].as_u64().unwrap() as u8),
            None => (1, 1),
        };
        bench.clock.reckoning = Reckoning::new(week_start, first_month);
        let mut attempt = bench.fill(page(items.collect()));
        for (at, step) in case["steps"].as_array().unwrap().iter().enumerate() {
            take(&mut attempt, step);
            look(&attempt, step, &format!("{}, step {}", case["what"], at + 1));
        }
    }
}

fn take(attempt: &mut Attempt<'_>, step: &Json) {
    let (around, settings) = (attempt.bench.around(), attempt.bench.settings());
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    if let Some(typed) = step.get("type") {
        attempt.filling.type_text(field(&text(&typed[0])), &text(&typed[1]), &settings, &around);
    }
    if let Some(list) = step.get("add") {
        attempt.filling.add_line(field(&text(list)), &around);
    }
    if let Some(line) = step.get("line") {
        let at = line[1].as_u64().unwrap() as usize;
        attempt.filling.type_into_line(
            field(&text(&line[0])),
            at,
            field(&text(&line[2])),
            &text(&line[3]),
            &settings,
            &around,
        );
    }
    if step.get("reload").is_some() {
        let form = attempt.filling.form().clone();
        let subject = attempt.bench.subject(&form.form);
        attempt.filling = Filling::resume(form, subject, &attempt.filling.draft(), &around);
    }
    if let Some(line) = step.get("remove") {
        attempt.filling.remove_line(field(&text(&line[0])), line[1].as_u64().unwrap() as usize, &around);
    }
}

fn look(attempt: &Attempt<'_>, step: &Json, what: &str) {
    let each = |name: &str| step.get(name).and_then(Json::as_object).cloned().unwrap_or_default();
    for (item, expected) in each("shown") {
        assert_eq!(json!(attempt.is_shown(&item)), expected, "{what}, {item} shown");
    }
    for (item, expected) in each("wrong") {
        let found: Vec<Json> = attempt.wrong(&item).into_iter().map(code_of).collect();
        assert_eq!(json!(found), expected, "{what}, {item} wrong");
    }
    for (item, expected) in each("said") {
        let item = attempt.filling.item(&item).unwrap();
        assert_eq!(json!(item.problems[0].argument("message-en")), expected, "{what}");
    }
    for (item, expected) in each("offered") {
        assert_eq!(json!(attempt.filling.item(&item).unwrap().offered), expected, "{what}, {item} offered");
    }
    for (item, expected) in each("values") {
        // How many digits a figure is written with is not the file's to say.
        let found = attempt.value(&item);
        let found = found
            .as_number()
            .filter(|_| expected.get("n").is_some())
            .map_or(json!(found), |number| json!({ "n": number.normalize().to_string() }));
        assert_eq!(found, expected, "{what}, {item}");
    }
    for (item, expected) in each("sent") {
        assert_eq!(json!(attempt.sent().value(field(&item))), expected, "{what}, {item} sent");
    }
    for (item, expected) in each("sums") {
        let sums = &attempt.filling.lines(field(&item)).unwrap().sums;
        let sums: Vec<String> =
            sums.iter().map(|(_, sum)| sum.as_number().unwrap_or_default().normalize().to_string()).collect();
        assert_eq!(json!(sums), expected, "{what}, sums");
    }
    for (item, expected) in each("sent_lines") {
        assert_eq!(json!(attempt.sent().lines(field(&item))), expected, "{what}, lines sent");
    }
    if let Some(expected) = step.get("emptied") {
        assert_eq!(&json!(attempt.sent().emptied), expected, "{what}, what was emptied");
    }
    if let Some(expected) = step.get("all") {
        let found: Vec<Json> = attempt.all_wrong().into_iter().map(|(_, code)| code_of(code)).collect();
        assert_eq!(&json!(found), expected, "{what}, all that is wrong");
    }
}

#[test]
fn the_ready_forms_leave_in_files_but_for_the_one_that_asks_for_records() {
    let pack = pack::parse(include_str!("../../../public/pack/consultancy.json")).unwrap();
    let mut state = State::new();
    for definition in &pack.definitions {
        state.define(definition.id(), Some(definition.clone()));
    }
    let mut left = Vec::new();
    for definition in &pack.definitions {
        let Definition::Form(form) = definition else { continue };
        assert_eq!(alone(form, &Returns::default(), &state), Err(vec![Obstacle::Unpublished]));
        let edition = Form { edition: Some(1), seal: "k".to_owned(), ..(**form).clone() };
        match alone(&edition, &Returns::default(), &state) {
            Ok(told) => {
                let text = told.sheet.to_string();
                assert!(text.len() < 15_000, "{} is told {} bytes", form.id, text.len());
                assert!(told.sheet["form"].get("join").is_none() && !text.contains("aliases"));
                assert_eq!(told.sheet["form"]["seal"], "k");
            }
            Err(obstacles) => left.push((form.id.clone(), obstacles)),
        }
    }
    let asks_for = |item: &str| Obstacle::Item { item: item.to_owned(), needs: Needs::Records };
    assert_eq!(left, [("interview".to_owned(), vec![asks_for("account"), asks_for("owner")])]);
}

#[test]
fn what_a_file_cannot_work_out_keeps_a_form_at_home() {
    let bench = Bench::new();
    let tried = |items: Json| {
        let edition = Form { edition: Some(1), ..form(page(items)) };
        alone(&edition, &Returns::default(), &bench.state).err().unwrap_or_default()
    };
    let formula = |text: &str| vec![Obstacle::Formula { text: text.to_owned() }];
    let lines = json!({ "id": "items", "kind": "lines", "field": "items", "columns": [{ "field": "product" }, { "field": "price" }] });
    assert_eq!(tried(json!([ask("name", json!({ "computed": "UPPER(title)" }))])), []);
    assert_eq!(tried(json!([ask("name", json!({ "computed": "PROPER(title)" }))])), formula("PROPER(title)"));
    assert_eq!(tried(json!([ask("name", json!({ "default": "account.city" }))])), formula("account.city"));
    assert_eq!(tried(json!([ask("name", json!({ "default": "account&title" }))])), formula("account&title"));
    assert_eq!(tried(json!([ask("name", json!({ "default": "\"Dr. (\" & title" }))])), []);
    for kept_at_home in [
        "name & topics",
        "LEN(topics)",
        "name & kind",
        "IF(consent,starts,ends)",
        "IF(people>\"5\",name,title)",
        "length*2",
        "MIN(budget)",
    ] {
        assert_eq!(tried(json!([ask("note", json!({ "computed": kept_at_home }))])), formula(kept_at_home));
    }
    for worked_out in [
        "IF(starts>\"2026-01-01\",name,title)",
        "IF(kind=\"Demo\",name,title)",
        "SUM(items[price])",
        "IF(AND(consent,people>5),1,0)",
        "name & \"-\" & people",
    ] {
        assert_eq!(tried(json!([ask("note", json!({ "computed": worked_out })), lines.clone()])), [], "{worked_out}");
    }
    let about = |field: &str| json!([ask("name", json!({ "visible": { "field": field, "is": "filled" } }))]);
    assert_eq!(tried(about("title")), []);
    assert_eq!(tried(about("account")), formula("account"));
    let needed = tried(json!([ask("account", json!({ "required": { "all": [] } }))]));
    assert_eq!(needed, [Obstacle::Item { item: "account".to_owned(), needs: Needs::Records }]);
}

#[test]
fn what_is_asked_is_written_as_a_file_understands_it() {
    let bench = Bench::new();
    let visible = json!({ "any": [
        { "field": "Starts", "is": "one_of", "value": ["yesterday", "this quarter", "2026年1月2日"] },
        { "field": "kind", "is": "equals", "value": "Demo" }, { "field": "consent", "is": "equals", "value": "是" },
        { "field": "people", "is": "greater", "value": "1,000.50" }, { "field": "name", "is": "filled" },
    ] });
    let items = json!([ask("name", json!({ "visible": visible }))]);
    let edition = Form { edition: Some(1), ..form(page(items)) };
    let told = alone(&edition, &Returns::default(), &bench.state).unwrap().sheet;
    let expected = json!([
        { "field": "starts", "is": "one_of", "value": ["today-1", "quarter", "2026-01-02"] },
        { "field": "kind", "is": "equals", "value": "demo" }, { "field": "consent", "is": "equals", "value": true },
        { "field": "people", "is": "greater", "value": "1000.5" }, { "field": "name", "is": "filled" },
    ]);
    assert_eq!(told["form"]["pages"][0]["sections"][0]["items"][0]["visible"]["any"], expected);
    let mut entity = (**bench.state.entity(EntityId::new("enquiry")).unwrap()).clone();
    let tried = |bench: &Bench| {
        alone(
            &Form { edition: Some(1), ..form(page(json!([ask("code", json!({}))]))) },
            &Returns::default(),
            &bench.state,
        )
    };
    assert!(tried(&bench).is_ok());
    for (pattern, is_told) in [(r"\d{3}\-\d{4}", true), ("(?i)ab", false)] {
        let mut bench = Bench::new();
        for field in entity.fields.iter_mut().filter(|field| field.id.as_str() == "code") {
            if let FieldKind::Text { pattern: own, .. } = &mut field.kind {
                own.replace(pattern.to_owned());
            }
        }
        let entity = Definition::Entity(Arc::new(entity.clone()));
        bench.state.define(entity.id(), Some(entity));
        let found = tried(&bench);
        assert_eq!(found.is_ok(), is_told, "{pattern}");
        if let Ok(told) = found {
            assert!(told.sheet["entity"].to_string().contains(r"\\d{3}-\\d{4}"), "{}", told.sheet["entity"]);
        }
    }
}

#[test]
fn what_nobody_has_to_fill_in_stays_behind() {
    let bench = Bench::new();
    let returns = Returns { post: "https://forms.example/in".to_owned(), mail: String::new() };
    let edition = Form { edition: Some(1), ..form(page(json!([ask("name", json!({})), ask("account", json!({}))]))) };
    let told = alone(&edition, &returns, &bench.state).unwrap();
    assert_eq!(told.left_out, ["account"]);
    assert_eq!((&told.sheet["post"], told.sheet.get("mail")), (&json!("https://forms.example/in"), None));
}

#[test]
fn a_page_holds_what_it_is_told_and_nothing_ends_it_early() {
    let bench = Bench::new();
    let edition = Form {
        edition: Some(1),
        introduction: serde_json::from_value(json!({ "zh-CN": "</script>", "en": "</script>" })).unwrap(),
        ..form(page(json!([ask("name", json!({}))])))
    };
    let told = alone(&edition, &Returns::default(), &bench.state).unwrap();
    let logo = FileRef { hash: "h".to_owned(), name: "l".to_owned(), media_type: "image/png".to_owned(), size: 3 };
    let page = alone_page("<title></title>[/*sheet*/]", &told, "A & <b>", &[(logo, vec![0xfb, 0xff, 0xfe, 1])]);
    assert!(page.starts_with("<title>A &amp; &lt;b></title>[{") && !page.contains("</script>"), "{page}");
    assert!(page.contains("\"files\":{\"h\":\"data:image/png;base64,+//+AQ\"}"), "{page}");
}

#[test]
fn answers_are_posted_over_https_or_to_this_device() {
    for good in [
        "https://a.example",
        "https://a.example:8443/x?y=z",
        "http://localhost",
        "http://localhost:8080/in",
        "http://[::1]:9/",
        "http://127.0.0.1/",
    ] {
        assert!(is_post_address(good), "{good}");
    }
    for bad in [
        "",
        "a.example",
        "http://a.example",
        "https://",
        "https:///x",
        "https://me:pass@a.example",
        "https://a b",
        "http://localhost.example",
        "ftp://localhost",
        "javascript:alert(1)",
    ] {
        assert!(!is_post_address(bad), "{bad}");
    }
}

#[test]
fn an_answer_that_a_file_has_written_comes_home() {
    // Written by `public/form/code.js` for this form; the journey of the file makes one of the same shape.
    const CODE: &str = include_str!("../../data/form/alone.code.txt");
    let mut bench = Bench::new();
    let edition = Form {
        edition: Some(2),
        seal: "k3y".to_owned(),
        ..form(page(json!([ask("name", json!({})), ask("kind", json!({}))])))
    };
    bench.state.define(edition.definition_id(), Some(Definition::Form(Arc::new(edition))));
    let home = decode(CODE.trim(), &bench.state).expect("it comes home");
    assert_eq!(home.answers.value(field("name")), &Value::text("李雷"));
    assert_eq!(json!(home.answers.value(field("kind"))), json!({ "o": "demo" }));
}
