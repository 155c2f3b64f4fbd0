//! Imports and exports: files as people have them, and the shared real data where it is there.

mod clean;
mod files;
mod real;

use std::sync::Arc;

use chrono::NaiveDate;
use perennial::engine::form::{self, ReadSettings, ShowSettings};
use perennial::engine::transfer::{
    self, ColumnMapping, ExportSettings, Importer, Mapping, OnMatch, Rejected, Row, RowOutcome, UnknownLink,
    UnknownOption,
};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::{Code, Diagnostic};
use perennial::model::entity::Entity;
use perennial::model::field::{Field, FieldKind, Language};
use perennial::model::id::{Currency, EntityId, FieldId, OptionId, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::{Reader, State};
use perennial::model::time::{Instant, Zone};
use perennial::model::value::Value;
use serde_json::json;

fn settings() -> ReadSettings {
    ReadSettings {
        currency: Currency::new("USD"),
        calling_code: "86".to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        zone: Zone::fixed(0),
    }
}

fn read(field: &Field, text: &str) -> Result<Value, Diagnostic> {
    form::read_text(field, text, &settings())
}

fn entity(id: &str, title: &str, fields: serde_json::Value) -> Entity {
    let label = |text: &str| json!({"en": text, "zh-CN": text});
    let fields: Vec<serde_json::Value> = fields
        .as_object()
        .unwrap()
        .iter()
        .map(|(id, kind)| {
            let mut field = json!({"id": id, "label": {"en": id.replace('_', " ")}});
            let more =
                kind.as_object().cloned().unwrap_or_else(|| json!({ "kind": kind }).as_object().unwrap().clone());
            field.as_object_mut().unwrap().extend(more);
            field
        })
        .collect();
    let entity = json!({
        "id": id, "label": label(id), "plural": label(&format!("{id}s")), "icon": "dot", "group": "grow", "title": title, "fields": fields
    });
    serde_json::from_value(entity).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn options(labels: &[&str]) -> serde_json::Value {
    let options =
        labels.iter().map(|label| json!({"id": label.to_lowercase().replace(' ', "_"), "label": {"en": label}}));
    json!({"kind": "choice", "options": options.collect::<Vec<_>>()})
}

fn link(to: &str) -> serde_json::Value {
    json!({"kind": "link", "to": [to]})
}

fn pipeline() -> State {
    let mut state = State::new();
    let definitions = [
        entity(
            "account",
            "name",
            json!({"name": {"kind": "text", "unique": true, "required": true}, "industry": options(&["Retail", "Medical"]), "founded": "number", "revenue": "money", "employees": "number", "country": "text", "parent": link("account")}),
        ),
        entity("product", "name", json!({"name": "text", "series": "text", "price": "money"})),
        entity("person", "name", json!({"name": "text", "manager": link("person"), "team": "text"})),
        entity(
            "deal",
            "number",
            json!({"number": {"kind": "text", "unique": true}, "owner": link("person"), "product": link("product"), "account": link("account"), "stage": options(&["Prospecting", "Engaging", "Won", "Lost"]), "start_date": "date", "close_date": "date", "amount": "money"}),
        ),
    ];
    for entity in definitions {
        state.define(Definition::entity_id(entity.id), Some(Definition::Entity(Arc::new(entity))));
    }
    state
}

/// What an import came to.
#[derive(Default)]
struct Outcome {
    created: Vec<RecordId>,
    updated: usize,
    unchanged: usize,
    skipped: usize,
    rejected: Vec<Rejected>,
    notes: Vec<transfer::Note>,
}

fn insert(state: &mut State, entity: EntityId, id: RecordId, values: Values) {
    state.insert(Arc::new(Record { id, entity, created: Instant(0), updated: Instant(0), values }));
}

/// Carries an import out as the application does, a row at a time.
fn run(state: &mut State, mapping: Mapping, text: &str, next: &mut u128) -> Outcome {
    let entity = mapping.entity;
    let separator = transfer::sniff(text).separator;
    let mut rows = transfer::rows(text.to_owned(), separator);
    let headers = rows.next().unwrap().unwrap().cells;
    let mut importer = Importer::new(state, mapping, &headers).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let mut outcome = Outcome::default();
    let mut draw = || {
        *next += 1;
        RecordId(*next)
    };
    for row in rows {
        let plan = importer.read_row(state, &read, &row.unwrap(), &mut draw);
        outcome.notes.extend(plan.notes.iter().cloned());
        for (field, option) in importer.take_new_options() {
            let mut next = (**state.entity(entity).unwrap()).clone();
            let field = next.fields.iter_mut().find(|other| other.id == field).unwrap();
            if let FieldKind::Choice { options } = &mut field.kind {
                options.push(option);
            }
            state.define(Definition::entity_id(entity), Some(Definition::Entity(Arc::new(next))));
        }
        for new in &plan.also {
            insert(state, new.entity, new.id, new.values.clone());
        }
        match &plan.outcome {
            RowOutcome::Create(values) => {
                let id = draw();
                let record = Record { id, entity, created: Instant(0), updated: Instant(0), values: values.clone() };
                let wrong = form::check(state, &state.entity(entity).unwrap().clone(), &record, None);
                assert_eq!(wrong, []);
                insert(state, entity, id, values.clone());
                importer.note_done(&plan, id);
                outcome.created.push(id);
            }
            RowOutcome::Update(id, values) => {
                let mut next = state.record(*id).unwrap().clone();
                for (field, value) in values.iter() {
                    next.values.set(field, value.clone());
                }
                state.insert(Arc::new(next));
                importer.note_done(&plan, *id);
                outcome.updated += 1;
            }
            RowOutcome::Unchanged(id) => {
                importer.note_done(&plan, *id);
                outcome.unchanged += 1;
            }
            RowOutcome::Skip => outcome.skipped += 1,
            RowOutcome::Rejected(rejected) => outcome.rejected.extend(rejected.iter().cloned()),
        }
    }
    let ending = importer.finish(state, &mut draw);
    for new in ending.also {
        insert(state, new.entity, new.id, new.values);
    }
    for update in ending.updates {
        let mut next = state.record(update.record).unwrap().clone();
        next.values.set(update.field, update.value);
        state.insert(Arc::new(next));
    }
    outcome.rejected.extend(ending.rejected);
    outcome
}

fn suggested(state: &State, entity: &str, text: &str) -> Mapping {
    let separator = transfer::sniff(text).separator;
    let mut rows = transfer::rows(text, separator).map(Result::unwrap);
    let headers = rows.next().unwrap().cells;
    let samples: Vec<csv::StringRecord> = rows.take(50).map(|row| row.cells).collect();
    let entity = state.entity(EntityId::new(entity)).unwrap();
    transfer::suggest(state, entity, &headers, &samples, &read)
}

fn shape(mapping: &Mapping) -> Vec<(&str, &str)> {
    mapping.columns.iter().map(|column| (column.header.as_str(), column.field.map_or("", FieldId::as_str))).collect()
}

#[test]
fn separators_and_headings_are_guessed() {
    let cases: &[(&str, u8, bool)] = &[
        ("a,b\n1,2\n", b',', true),
        ("\u{feff}姓名;金额\n张三;1,5\n李四;2,5\n", b';', true),
        ("a\tb, c\n1\t2\n", b'\t', true),
        ("a|b|c\n1|2|3\n", b'|', true),
        ("1,2,3\n4,5,6\n", b',', false),
        ("ann@example.com,Ann\nbob@example.com,Bob\n", b',', false),
        ("name\nAnn\n", b',', true),
        ("", b',', true),
        ("a,\"x;y;z\"\n1,\"p;q\"\n", b',', true),
        ("Name,Company,Company,Name\nAnn,Acme,Bolt,Ann\n", b',', true),
        ("Ann,Lyon,Lyon\nBob,Lyon,Paris\n", b',', false),
    ];
    for (text, separator, has_header) in cases {
        let sniffed = transfer::sniff(text);
        assert_eq!((sniffed.separator, sniffed.has_header), (*separator, *has_header), "{text:?}");
    }
}

#[test]
fn rows_keep_quoted_line_ends_and_count_like_a_spreadsheet() {
    let text = "\u{feff}name,note\n\"Ann\",\"two\nlines, \"\"quoted\"\"\"\n,\nBob\n";
    let rows: Vec<Row> = transfer::rows(text, b',').map(Result::unwrap).collect();
    let seen: Vec<(u64, Vec<&str>)> = rows.iter().map(|row| (row.number, row.cells.iter().collect())).collect();
    assert_eq!(seen[0], (1, vec!["name", "note"]));
    assert_eq!(seen[1], (2, vec!["Ann", "two\nlines, \"quoted\""]));
    assert_eq!(seen[2], (4, vec!["Bob"]));
}

#[test]
fn blank_rows_are_counted_and_keep_their_numbers() {
    let cases: &[(&str, &[u64], u64)] = &[
        ("a,b\n,,\n1,2\n", &[1, 3], 1),
        ("a,b\r\n\r\n\r\n1,2\r\n  , \r\n3,4", &[1, 4, 6], 3),
        ("a\n\n\n", &[1], 0),
        ("sep=,\r\na,b\r\n1,2\r\n", &[1, 2], 0),
        ("\u{feff}sep=;\na;b\n", &[1], 0),
        ("sep=\n1\n", &[1, 2], 0),
        ("a\r1\r\r2\r", &[1, 2, 4], 1),
        ("\n\na\n", &[3], 2),
    ];
    for (text, numbers, blank) in cases {
        let mut rows = transfer::rows(text, transfer::sniff(text).separator);
        let seen: Vec<u64> = rows.by_ref().map(|row| row.unwrap().number).collect();
        assert_eq!((&seen[..], rows.blank()), (*numbers, *blank), "{text:?}");
    }
}

#[test]
fn rows_that_swallow_others_are_noticed() {
    let cases: &[(&str, &[Option<u64>])] = &[
        ("a,b\n\"Open,co\nNext,co2\n", &[None, Some(1)]),
        ("a,b\n\"Open,co\nNext,\"co2\"\nLast,co3\n", &[None, Some(1), None]),
        ("a,b\n1,\"Open", &[None, Some(0)]),
        ("a,b\n1,\"\n", &[None, Some(0)]),
        ("a,b\n\"two\nlines\",\"say \"\"so\"\"\"\n", &[None, None]),
        ("a,b\n5\" pipe,\"6\"\" pipe\"\n1,it's \"odd\n", &[None, None, None]),
        ("a,b\n\"x\"y,2\n", &[None, None]),
        ("a,b\n1,\"\"", &[None, None]),
    ];
    for (text, swallowed) in cases {
        let seen: Vec<Option<u64>> = transfer::rows(text, b',').map(|row| row.unwrap().swallowed).collect();
        assert_eq!(&seen[..], *swallowed, "{text:?}");
    }
}

#[test]
fn misshapen_rows_are_rejected_with_the_reason() {
    let mut state = pipeline();
    let mapping = short(&state, "product", json!({"Name": "name"}));
    let text = "Name,Price\nAda,1\nBo,2,,\nCy,3,four,five\nDi\n\"Ed,5\nFy,6\n";
    let outcome = run(&mut state, mapping, text, &mut 0);
    let rejected: Vec<(u64, Code, Option<&str>, Option<&str>)> = outcome
        .rejected
        .iter()
        .map(|it| (it.row, it.diagnostic.code, it.diagnostic.argument("count"), it.diagnostic.argument("value")))
        .collect();
    assert_eq!(rejected, [(4, Code::TooManyCells, Some("2"), Some("four")), (6, Code::UnclosedQuote, Some("1"), None)]);
    assert_eq!(outcome.created.len(), 3);
}

#[test]
fn headings_that_come_again_get_a_number() {
    let headings = |cells: &[&str]| -> Vec<String> {
        transfer::headings(&csv::StringRecord::from(cells.to_vec())).iter().map(str::to_owned).collect()
    };
    assert_eq!(headings(&["Name", "Company", "Company", "Name "]), ["Name", "Company", "Company (2)", "Name (2)"]);
    assert_eq!(headings(&["A", "A", "A (2)", "", "", "A"]), ["A", "A (3)", "A (2)", "", "", "A (4)"]);
    let mut state = pipeline();
    let mapping = short(&state, "product", json!({"Name": "name", "Company (2)": "series"}));
    let outcome = run(&mut state, mapping, "Name,Company,Company\nAda,Acme,Bolt\n", &mut 0);
    let made = state.record(outcome.created[0]).unwrap();
    assert_eq!(made.value(FieldId::new("series")).as_text(), Some("Bolt"));
    // A mapping in full may name the second by the heading alone.
    let mut mapping = Mapping::new(EntityId::new("product"));
    mapping.columns = vec![
        ColumnMapping::chosen("Name", Some(FieldId::new("name"))),
        ColumnMapping::chosen("Company", None),
        ColumnMapping::chosen("Company", Some(FieldId::new("series"))),
    ];
    let outcome = run(&mut state, mapping, "Name,Company,Company\nBo,Acme,Bolt\n", &mut 10);
    let made = state.record(outcome.created[0]).unwrap();
    assert_eq!(made.value(FieldId::new("series")).as_text(), Some("Bolt"));
}

#[test]
fn options_are_found_ahead_of_the_rows() {
    let state = pipeline();
    let mut mapping = short(&state, "deal", json!({"id": "number", "stage": "stage"}));
    let headers = csv::StringRecord::from(vec!["id", "stage"]);
    assert!(!Importer::new(&state, mapping.clone(), &headers).unwrap().makes_options());
    mapping.unknown_options = UnknownOption::Add;
    let mut importer = Importer::new(&state, mapping, &headers).unwrap();
    assert!(importer.makes_options());
    let text = "1,won\n2,On Hold\n3,on  hold\n4,C\n5,C++\n6,n/a\n7,Too,many\n";
    for row in transfer::rows(text, b',') {
        importer.look_ahead(&read, &row.unwrap());
    }
    let found: Vec<(String, String)> =
        importer.take_new_options().into_iter().map(|(_, option)| (option.id.to_string(), option.label.en)).collect();
    let expected = [("on_hold", "On Hold"), ("c", "C"), ("c_2", "C++")].map(|(id, en)| (id.to_owned(), en.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn a_record_that_has_not_come_to_be_is_found_by_nobody() {
    let state = pipeline();
    let mut mapping = short(&state, "person", json!({"who": "name", "boss": "manager"}));
    mapping.match_on = vec![FieldId::new("name")];
    let headers = csv::StringRecord::from(vec!["who", "boss"]);
    let mut importer = Importer::new(&state, mapping, &headers).unwrap();
    let mut rows = transfer::rows("Ann,\nBob,Ann\nAnn,\nCy,Ann\n", b',').map(Result::unwrap);
    let mut next =
        |importer: &mut Importer| importer.read_row(&state, &read, &rows.next().unwrap(), &mut || RecordId(9));
    let ann = next(&mut importer);
    importer.note_done(&ann, RecordId(1));
    let RowOutcome::Create(values) = next(&mut importer).outcome else { panic!("Bob is new") };
    assert_eq!(values.get(FieldId::new("manager")), &Value::Link(RecordId(1)));
    let RowOutcome::Create(lost) = ann.outcome else { panic!("Ann is new") };
    importer.note_lost(EntityId::new("person"), RecordId(1), &lost);
    assert!(matches!(next(&mut importer).outcome, RowOutcome::Create(_)));
    assert_eq!(next(&mut importer).late.len(), 1);
}

#[test]
fn ids_are_nobodys_name() {
    let mut state = pipeline();
    let fields = |more: serde_json::Value| {
        let mut fields = json!({"name": {"kind": "text", "required": true}, "number": {"kind": "auto_number", "digits": 5}, "wechat": {"kind": "text", "unique": true}, "source": options(&["Web"])});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        fields
    };
    let with_key = fields(json!({"external_id": {"kind": "text", "unique": true}}));
    for lead in [entity("lead", "name", with_key), entity("visitor", "name", fields(json!({})))] {
        state.define(Definition::entity_id(lead.id), Some(Definition::Entity(Arc::new(lead))));
    }
    let text = include_str!("../data/import/leads_small.csv");
    let mapping = suggested(&state, "lead", text);
    assert_eq!(
        &shape(&mapping)[..3],
        [("Prospect ID", "external_id"), ("Lead Number", "number"), ("Lead Source", "source")]
    );
    assert_eq!(mapping.match_on, [FieldId::new("external_id")]);
    // Where nothing takes keys, they go nowhere.
    let mapping = suggested(&state, "visitor", text);
    assert!(mapping.columns.iter().all(|column| column.field != Some(FieldId::new("name"))), "{:?}", shape(&mapping));
    let uuids = "Row,Who\n7927b2df-8bba,Ann\n2a272436-5132,Bo\n8cc8c611-a219,Cy\n";
    assert_eq!(shape(&suggested(&state, "visitor", uuids)), [("Row", ""), ("Who", "name")]);
    // An id of something else is no key of these rows.
    let foreign = "Account ID,Name\nA1,Ann\nA2,Bo\nA3,Cy\n";
    assert_eq!(shape(&suggested(&state, "lead", foreign)), [("Account ID", ""), ("Name", "name")]);
}

#[test]
fn columns_find_their_fields_in_both_languages() {
    let mut state = pipeline();
    let lead = entity(
        "lead",
        "name",
        json!({
            "name": "text", "company": "text", "job_title": "text", "email": {"kind": "email", "unique": true}, "phone": "phone", "source": options(&["Web", "Fair"]),
            "owner": link("person"), "budget": "money", "created_on": "date", "note": "long_text"
        }),
    );
    state.define(Definition::entity_id(lead.id), Some(Definition::Entity(Arc::new(lead))));
    let text = include_str!("../data/import/leads_zh.csv");
    let mapping = suggested(&state, "lead", text);
    assert_eq!(
        shape(&mapping),
        [
            ("姓名", "name"),
            ("公司名称", "company"),
            ("职位", "job_title"),
            ("邮箱", "email"),
            ("手机", "phone"),
            ("线索来源", "source"),
            ("负责人", "owner"),
            ("预算", "budget"),
            ("备注", "note"),
            ("列十", "")
        ]
    );
    assert_eq!(mapping.match_on, [FieldId::new("email")]);
    let english = "Lead Name,Organisation,Title,Contact,Cell,Lead Source,Assigned To,Remarks\nAnn,Acme,CEO,ann@example.com,13812345678,Web,Bob,hi\nBo,Beta,CTO,bo@example.com,13912345678,Fair,Bob,\n";
    assert_eq!(
        shape(&suggested(&state, "lead", english)),
        [
            ("Lead Name", "name"),
            ("Organisation", "company"),
            ("Title", "job_title"),
            ("Contact", "email"),
            ("Cell", "phone"),
            ("Lead Source", "source"),
            ("Assigned To", "owner"),
            ("Remarks", "note")
        ]
    );
}

#[test]
fn a_mapping_is_written_in_full_or_short() {
    let state = pipeline();
    let deal = state.entity(EntityId::new("deal")).unwrap();
    let short = Mapping::from_json(deal, &json!({"Id": "number", "Who": "owner", "Else": null})).unwrap();
    assert_eq!(short.columns.len(), 3);
    let full = serde_json::to_value(&short).unwrap();
    assert_eq!(Mapping::from_json(deal, &full).unwrap(), short);
    let wrong = Mapping::from_json(deal, &json!({"Id": "nowhere"})).unwrap_err();
    assert_eq!((wrong[0].code, wrong[0].argument("name")), (Code::UnknownField, Some("nowhere")));
}

fn short(state: &State, entity: &str, json: serde_json::Value) -> Mapping {
    Mapping::from_json(state.entity(EntityId::new(entity)).unwrap(), &json).unwrap()
}

fn title(state: &State, value: &Value) -> String {
    let record = state.record(value.links()[0]).unwrap();
    record.value(state.entity(record.entity).unwrap().title).as_text().unwrap().to_owned()
}

#[test]
fn names_lead_to_records_even_when_written_otherwise() {
    let mut state = pipeline();
    let mut next = 0;
    let names = ["GTX Pro", "深圳市星火科技有限公司", "Acme Co., Ltd.", "Twin", "Twin"];
    for (index, name) in names.iter().enumerate() {
        let values = [(FieldId::new("name"), Value::text(name))].into_iter().collect();
        insert(&mut state, EntityId::new("product"), RecordId(900 + index as u128), values);
    }
    let mapping = short(&state, "deal", json!({"id": "number", "product": "product"}));
    let text = "id,product\n1,GTX Pro\n2,GTXPro\n3,ＧＴＸ pro\n4,深圳市星火科技有限责任公司\n5,ACME Limited\n6,Twin\n7,Nobody\n8,N/A\n";
    let outcome = run(&mut state, mapping, text, &mut next);
    let linked: Vec<String> = outcome
        .created
        .iter()
        .map(|id| state.record(*id).unwrap().value(FieldId::new("product")))
        .filter(|value| !value.is_empty())
        .map(|value| title(&state, value))
        .collect();
    assert_eq!(linked, ["GTX Pro", "GTX Pro", "GTX Pro", "深圳市星火科技有限公司", "Acme Co., Ltd."]);
    let notes: Vec<(u64, &str)> = outcome.notes.iter().map(|note| (note.row, note.taken_for.as_str())).collect();
    assert_eq!(notes, [(3, "GTX Pro"), (4, "GTX Pro"), (5, "深圳市星火科技有限公司"), (6, "Acme Co., Ltd.")]);
    let rejected: Vec<(u64, Code)> = outcome.rejected.iter().map(|wrong| (wrong.row, wrong.diagnostic.code)).collect();
    assert_eq!(rejected, [(7, Code::AmbiguousLink), (8, Code::NoSuchLink)]);
    assert_eq!(outcome.rejected[1].header.as_deref(), Some("product"));
    assert_eq!(outcome.created.len(), 6);
}

#[test]
fn rows_may_name_rows_before_and_after_them() {
    let mut state = pipeline();
    let mut next = 0;
    let mapping = short(&state, "person", json!({"who": "name", "boss": "manager"}));
    let outcome = run(&mut state, mapping, "who,boss\nAnn,Cy\nBob,Ann\nCy,\nDi,Nobody\n", &mut next);
    assert_eq!(outcome.created.len(), 4);
    let boss = |index: usize| state.record(outcome.created[index]).unwrap().value(FieldId::new("manager"));
    assert_eq!((title(&state, boss(0)), title(&state, boss(1))), ("Cy".to_owned(), "Ann".to_owned()));
    let rejected: Vec<(u64, Code)> = outcome.rejected.iter().map(|wrong| (wrong.row, wrong.diagnostic.code)).collect();
    assert_eq!(rejected, [(5, Code::NoSuchLink)]);
}

#[test]
fn unknown_names_and_options_can_be_made() {
    let mut state = pipeline();
    let mut next = 0;
    let mut mapping = short(&state, "deal", json!({"id": "number", "product": "product", "stage": "stage"}));
    mapping.unknown_links = UnknownLink::Create;
    mapping.unknown_options = UnknownOption::Add;
    let outcome = run(
        &mut state,
        mapping,
        "id,product,stage\n1,New Thing,won\n2,NewThing,On Hold\n3,New Thing,on hold\n",
        &mut next,
    );
    assert!(outcome.rejected.is_empty(), "{:?}", outcome.rejected);
    assert_eq!(state.member_ids(EntityId::new("product")).len(), 1);
    let stage = |index: usize| state.record(outcome.created[index]).unwrap().value(FieldId::new("stage")).clone();
    assert_eq!(stage(0), Value::Choice(OptionId::new("won")));
    assert_eq!(stage(1), Value::Choice(OptionId::new("on_hold")));
    assert_eq!(stage(1), stage(2));
}

#[test]
fn rows_that_are_there_already_are_updated_or_left_out() {
    for (on_match, created, updated, skipped) in [(OnMatch::Update, 1, 3, 0), (OnMatch::Skip, 1, 0, 3)] {
        let mut state = pipeline();
        let mut next = 0;
        insert(
            &mut state,
            EntityId::new("deal"),
            RecordId(900),
            [(FieldId::new("number"), Value::text("A1"))].into_iter().collect(),
        );
        let mut mapping = short(&state, "deal", json!({"id": "number", "amount": "amount"}));
        mapping.match_on = vec![FieldId::new("number")];
        mapping.on_match = on_match;
        let outcome = run(&mut state, mapping, "id,amount\nA1,5\nB2,6\nb2,7\na1,\n", &mut next);
        assert_eq!((outcome.created.len(), outcome.updated, outcome.skipped), (created, updated, skipped));
    }
}

#[test]
fn wrong_cells_are_rejected_with_row_column_and_reason() {
    let mut state = pipeline();
    let mapping =
        short(&state, "deal", json!({"id": "number", "when": "close_date", "amount": "amount", "stage": "stage"}));
    let outcome = run(&mut state, mapping, "id,when,amount,stage\n1,soon,many,won\n2,2026-01-02,5,odd\n3,,,\n", &mut 0);
    let rejected: Vec<(u64, &str, Code)> = outcome
        .rejected
        .iter()
        .map(|wrong| (wrong.row, wrong.header.as_deref().unwrap(), wrong.diagnostic.code))
        .collect();
    assert_eq!(
        rejected,
        [(2, "when", Code::NotADate), (2, "amount", Code::NotAnAmount), (3, "stage", Code::NotAnOption)]
    );
    assert_eq!(outcome.created.len(), 1);
}

#[test]
fn a_mapping_that_misses_a_column_is_refused() {
    let state = pipeline();
    let mut mapping = Mapping::new(EntityId::new("deal"));
    mapping.columns.push(ColumnMapping::chosen("gone", Some(FieldId::new("number"))));
    let headers = csv::StringRecord::from(vec!["id"]);
    let wrong = Importer::new(&state, mapping, &headers).err().unwrap();
    assert_eq!(wrong[0].argument("header"), Some("gone"));
}

#[test]
fn a_mapping_must_send_a_column_somewhere_and_nowhere_forbidden() {
    let mut state = pipeline();
    let computed = entity(
        "quote",
        "name",
        json!({"name": "text", "double": {"kind": "formula", "result": "number", "formula": "2"}}),
    );
    state.define(Definition::entity_id(computed.id), Some(Definition::Entity(Arc::new(computed))));
    let headers = csv::StringRecord::from(vec!["Name", "Twice"]);
    let refused = |json: serde_json::Value| -> (Code, Option<String>) {
        let wrong = Importer::new(&state, short(&state, "quote", json), &headers).err().unwrap();
        (wrong[0].code, wrong[0].argument("header").map(str::to_owned))
    };
    assert_eq!(refused(json!({"Name": null})), (Code::NoColumns, None));
    assert_eq!(refused(json!({"Name": "name", "Twice": "double"})), (Code::ReadOnly, Some("Twice".to_owned())));
}

#[test]
fn exports_come_back_and_cannot_run_formulas() {
    let mut state = pipeline();
    let mut next = 0;
    let name = FieldId::new("name");
    for (index, text) in ["=1+1", "-5", "+8613812345678", "@x", "-cmd|x", "a \"b\", c", "two\nlines"].iter().enumerate()
    {
        let values = [(name, Value::text(text))].into_iter().collect();
        insert(&mut state, EntityId::new("product"), RecordId(index as u128 + 1), values);
    }
    let product = state.entity(EntityId::new("product")).unwrap().clone();
    let show_settings = ShowSettings { language: Language::En, currency: Currency::new("USD"), zone: Zone::fixed(0) };
    let show = |field: &Field, value: &Value| form::show(field, value, &show_settings, &|id| id.to_string());
    let settings = ExportSettings { fields: &[name], language: Language::En, show: &show };
    let text = transfer::export_csv(&state, &product, state.member_ids(product.id), &settings);
    assert_eq!(
        text,
        "\u{feff}name\r\n'=1+1\r\n-5\r\n+8613812345678\r\n'@x\r\n'-cmd|x\r\n\"a \"\"b\"\", c\"\r\n\"two\nlines\"\r\n"
    );
    let mut other = pipeline();
    let mapping = short(&other, "product", json!({"name": "name"}));
    let outcome = run(&mut other, mapping, &text, &mut next);
    let names: Vec<&str> =
        outcome.created.iter().map(|id| other.record(*id).unwrap().value(name).as_text().unwrap()).collect();
    assert_eq!(names, ["=1+1", "-5", "+8613812345678", "@x", "-cmd|x", "a \"b\", c", "two lines"]);
}

#[test]
fn rejected_rows_can_be_downloaded_with_the_reason() {
    let headers = csv::StringRecord::from(vec!["id", "when"]);
    let row = csv::StringRecord::from(vec!["1"]);
    let text = transfer::rejected_csv(&headers, "reason", [(&row, "no date, sorry")]);
    assert_eq!(text, "\u{feff}id,when,reason\r\n1,,\"no date, sorry\"\r\n");
}
