//! Search in an index of records: what is found, in which order, and how it follows changes.

use std::sync::Arc;

use perennial::engine::search::{Index, Readings, Tier, Wanted};
use perennial::model::definition::Definition;
use perennial::model::entity::Entity;
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::State;
use perennial::model::time::Instant;
use perennial::model::value::Value;
use serde_json::json;

struct Fixture {
    state: State,
    index: Index,
}

fn entity(id: &str, is_tucked: bool) -> Entity {
    let label = json!({ "en": id, "zh-CN": id });
    let field = |id: &str, kind: &str| json!({ "id": id, "label": { "en": id, "zh-CN": id }, "kind": kind });
    let mut number = field("number", "auto_number");
    number["digits"] = json!(3);
    number["prefix"] = json!("K-");
    serde_json::from_value(json!({
        "id": id, "label": label, "plural": label, "icon": "x", "group": "sell", "title": "name", "summary": ["company"],
        "tucked": is_tucked,
        "fields": [field("name", "text"), field("company", "text"), number, field("phone", "phone"), field("mail", "text"), field("note", "long_text")],
    }))
    .unwrap()
}

fn record(entity: &str, id: u128, values: &[(&str, &str)]) -> Arc<Record> {
    let mut held = Values::new();
    for (field, text) in values {
        held.set(FieldId::new(field), Value::text(text));
    }
    let at = Instant(0);
    Arc::new(Record { id: RecordId(id), entity: EntityId::new(entity), created: at, updated: at, values: held })
}

fn fixture() -> Fixture {
    let mut state = State::new();
    let entities = [entity("firm", false), entity("notice", true)];
    for entity in &entities {
        state.define(Definition::entity_id(entity.id), Some(Definition::Entity(Arc::new(entity.clone()))));
    }
    let names = [
        "上海晨光文具有限公司",
        "Shanghai Trading",
        "Morning Capital",
        "Capital Morning Group",
        "北京重庆路商贸",
        "MC Systems",
        "晨光",
        "Café Zürich",
        "Mountain Coffee",
    ];
    for (at, name) in names.into_iter().enumerate() {
        let (phone, code) = (format!("+86138123400{at:02}"), format!("K-{at:03}"));
        let mail = format!("person{at}@firm-{at}.example");
        let company = if at == 5 { "远山集团" } else { "" };
        let values = [
            ("name", name),
            ("number", &code),
            ("phone", &phone),
            ("mail", &mail),
            ("company", company),
            ("note", "hidden"),
        ];
        state.insert(record("firm", at as u128 + 1, &values));
    }
    state.insert(record("notice", 100, &[("name", "Morning")]));
    let readings = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/public/pinyin.txt")).unwrap();
    let mut index = Index::new(Readings::read(&readings));
    for entity in &entities {
        index.begin(entity, state.member_ids(entity.id).to_vec());
    }
    while index.work(&state, 3) {}
    Fixture { state, index }
}

fn found(fixture: &Fixture, typed: &str) -> Vec<String> {
    found_with(fixture, Wanted { text: typed, only: None, recent: &[], most: 20 })
}

fn found_with(fixture: &Fixture, wanted: Wanted<'_>) -> Vec<String> {
    let title = |id: RecordId| fixture.state.shared_record(id).unwrap().value(FieldId::new("name")).as_text().unwrap();
    fixture.index.find(&wanted).hits.iter().map(|hit| title(hit.record).to_owned()).collect()
}

#[test]
fn records_are_found_as_people_type_them() {
    let fixture = fixture();
    for (typed, expected) in [
        ("shcg", vec!["上海晨光文具有限公司"]),
        ("shanghai", vec!["Shanghai Trading", "上海晨光文具有限公司"]),
        ("shang hai cg", vec!["上海晨光文具有限公司"]),
        ("cgwj", vec!["上海晨光文具有限公司"]),
        ("chongqing", vec!["北京重庆路商贸"]),
        ("晨光", vec!["晨光", "上海晨光文具有限公司"]),
        ("cg", vec!["晨光", "上海晨光文具有限公司"]),
        ("mornign", vec!["Morning Capital", "Capital Morning Group", "Morning"]),
        ("morning", vec!["Morning", "Morning Capital", "Capital Morning Group"]),
        ("capital morn", vec!["Capital Morning Group", "Morning Capital"]),
        ("ＺＵＲＩＣＨ", vec!["Café Zürich"]),
        ("k-003", vec!["Capital Morning Group"]),
        ("138-1234-0003", vec!["Capital Morning Group"]),
        ("12340003", vec!["Capital Morning Group"]),
        ("person7@firm", vec!["Café Zürich"]),
        ("远山", vec!["MC Systems"]),
        ("yuanshan", vec!["MC Systems"]),
        ("mc", vec!["MC Systems", "Mountain Coffee", "Morning Capital"]),
        ("辰光", vec!["晨光", "上海晨光文具有限公司"]),
        ("hidden", vec![]),
        ("nothing like it", vec![]),
    ] {
        assert_eq!(found(&fixture, typed), expected, "{typed}");
    }
}

#[test]
fn what_was_opened_last_stands_before_what_is_as_good() {
    let fixture = fixture();
    let recent = [RecordId(9)];
    let wanted = Wanted { text: "mo", only: None, recent: &recent, most: 20 };
    assert_eq!(found_with(&fixture, wanted)[0], "Mountain Coffee");
    let only = Wanted { only: Some(EntityId::new("notice")), recent: &[], ..wanted };
    assert_eq!(found_with(&fixture, only), ["Morning"]);
    let first = fixture.index.find(&Wanted { text: "晨光", most: 1, ..wanted });
    assert_eq!((first.hits[0].tier, first.is_all), (Tier::Exact, false));
}

#[test]
fn the_index_follows_its_records() {
    let mut fixture = fixture();
    let firm = EntityId::new("firm");
    fixture.state.insert(record("firm", 3, &[("name", "Evening Capital")]));
    fixture.state.insert(record("firm", 50, &[("name", "深圳新客户")]));
    fixture.index.touch(&fixture.state, firm, [RecordId(3), RecordId(50), RecordId(77)]);
    assert_eq!(found(&fixture, "evening"), ["Evening Capital"]);
    assert_eq!(found(&fixture, "morning cap"), ["Capital Morning Group"]);
    assert_eq!(found(&fixture, "szxkh"), ["深圳新客户"]);
    fixture.index.keep(&[EntityId::new("notice")]);
    assert_eq!(found(&fixture, "evening"), Vec::<String>::new());
}
