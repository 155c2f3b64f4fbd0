//! The packs hold together: every name that they speak of exists, every label is there in both languages, and the sample is whole.

mod money;
mod own;
mod sample;
mod service;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use perennial::engine::pack::{self, Calendar, Pack, PlainRecord, SeedRecord};
use perennial::model::action::{Action, Assignee, Recipient};
use perennial::model::change::Change;
use perennial::model::condition::{Compare, Condition, Operand};
use perennial::model::definition::Definition;
use perennial::model::diagnostic::Code;
use perennial::model::entity::Entity;
use perennial::model::field::{Field, FieldKind};
use perennial::model::id::{EntityId, FieldId, RecordId};
use perennial::model::rule::Trigger;
use perennial::model::state::{Reader, State};
use perennial::model::view::ViewShape;

const CONSULTANCY: &str = include_str!("../../public/pack/consultancy.json");
const ICONS: &str = include_str!("../../public/icons.svg");

const KINDS: &[&str] = &[
    "text",
    "long_text",
    "rich_text",
    "number",
    "money",
    "percent",
    "date",
    "instant",
    "duration",
    "choice",
    "choices",
    "flag",
    "rating",
    "nps",
    "phone",
    "email",
    "url",
    "address",
    "location",
    "link",
    "links",
    "lines",
    "files",
    "signature",
    "auto_number",
    "formula",
    "lookup",
    "rollup",
    "score",
    "hidden",
];

fn consultancy() -> Pack {
    pack::parse(CONSULTANCY).expect("the pack reads")
}

fn calendar() -> Calendar {
    Calendar {
        today: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
        zone: perennial::model::time::Zone::fixed(8 * 3600),
    }
}

/// A workspace with the definitions of the pack and nothing else.
pub fn whole_state() -> State {
    defined(&consultancy())
}

fn defined(pack: &Pack) -> State {
    let mut state = State::new();
    for definition in &pack.definitions {
        state.apply(&Change::Defined { id: definition.id(), before: None, after: Some(definition.clone()) });
    }
    state
}

fn entity<'a>(state: &'a State, id: &str) -> &'a Entity {
    state.entity(EntityId::new(id)).unwrap_or_else(|| panic!("no entity {id}"))
}

fn field<'a>(state: &'a State, entity_id: EntityId, id: &str) -> &'a Field {
    entity(state, entity_id.as_str()).field(FieldId::new(id)).unwrap_or_else(|| panic!("no field {entity_id}.{id}"))
}

/// The field at the end of a path over links.
fn at_path<'a>(state: &'a State, entity_id: EntityId, path: &str) -> &'a Field {
    match path.split_once('.') {
        None => field(state, entity_id, path),
        Some((first, rest)) => {
            let target = field(state, entity_id, first).link().unwrap_or_else(|| panic!("{first} is no link"));
            at_path(state, target.to[0], rest)
        }
    }
}

fn operands(operand: &Operand) -> Vec<&str> {
    match operand {
        Operand::Text(text) => vec![text],
        Operand::List(items) => items.iter().flat_map(operands).collect(),
        Operand::Absent | Operand::Flag(_) | Operand::Integer(_) => Vec::new(),
    }
}

fn check_condition(state: &State, entity_id: EntityId, condition: &Condition) {
    match condition {
        Condition::All { all } => all.iter().for_each(|part| check_condition(state, entity_id, part)),
        Condition::Any { any } => any.iter().for_each(|part| check_condition(state, entity_id, part)),
        Condition::Not { not } => check_condition(state, entity_id, not),
        Condition::Formula { formula } => assert!(!formula.is_empty()),
        Condition::Compare(Compare { field, value, .. }) => {
            let field = at_path(state, entity_id, field);
            if matches!(field.kind, FieldKind::Choice { .. }) {
                for text in operands(value) {
                    assert!(field.options().iter().any(|option| option.id.as_str() == text), "{}: {text}", field.id);
                }
            }
        }
    }
}

fn check_fields(state: &State, entity_id: EntityId, fields: &[FieldId]) {
    let mut seen = BTreeSet::new();
    for id in fields {
        field(state, entity_id, id.as_str());
        assert!(seen.insert(*id), "{entity_id}.{id} stands there twice");
    }
}

#[test]
fn the_navigation_has_one_order_that_begins_with_leads() {
    let pack = consultancy();
    let entities = pack.definitions.iter().filter_map(|definition| match definition {
        Definition::Entity(entity) => Some(entity),
        _ => None,
    });
    let places: BTreeMap<u32, &str> =
        entities.clone().map(|entity| (entity.order.expect("an order"), entity.id.as_str())).collect();
    assert_eq!(places.len(), entities.count(), "no two stand at the same place");
    let first: Vec<&str> = places.into_values().take(4).collect();
    assert_eq!(first, ["lead", "opportunity", "account", "contact"]);
}

#[test]
fn every_definition_reads_and_is_there_once() {
    let pack = consultancy();
    assert_eq!(pack.id, "consultancy");
    let ids: BTreeSet<_> = pack.definitions.iter().map(Definition::id).collect();
    assert_eq!(ids.len(), pack.definitions.len());
    let written: Json = serde_json::from_str(CONSULTANCY).expect("JSON");
    for (definition, written) in pack.definitions.iter().zip(written["definitions"].as_array().expect("a list")) {
        let again = serde_json::to_value(definition).expect("JSON");
        let (kind, body) = written.as_object().and_then(|object| object.iter().next()).expect("one kind");
        for key in body.as_object().expect("an object").keys() {
            assert!(!again[kind][key].is_null() || body[key].is_null(), "{}: {key} is not read", definition.id());
        }
        let back: Definition = serde_json::from_value(again).expect("a definition");
        assert_eq!(&back, definition);
    }
}

#[test]
fn both_languages_are_there_everywhere() {
    fn walk(json: &Json, path: &str) {
        match json {
            Json::Object(object) => {
                if object.contains_key("zh-CN") || object.contains_key("en") {
                    for language in ["zh-CN", "en"] {
                        let text = object.get(language).and_then(Json::as_str).unwrap_or_default();
                        assert!(!text.trim().is_empty(), "{path}: no text in {language}");
                    }
                }
                for (key, value) in object {
                    if ["label", "plural", "hint", "message", "inverse", "description"].contains(&key.as_str())
                        && !path.contains("values")
                    {
                        assert!(value.is_object(), "{path}.{key} is no label");
                    }
                    walk(value, &format!("{path}.{key}"));
                }
            }
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| walk(item, &format!("{path}[{at}]")));
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
    walk(&serde_json::from_str(CONSULTANCY).expect("JSON"), "");
}

#[test]
fn every_kind_of_field_is_used_and_labels_are_clear() {
    let pack = consultancy();
    let mut kinds = BTreeSet::new();
    for definition in &pack.definitions {
        let Definition::Entity(entity) = definition else {
            continue;
        };
        let mut names = BTreeMap::new();
        for field in &entity.fields {
            let written = serde_json::to_value(field).expect("JSON");
            kinds.insert(written["kind"].as_str().expect("a kind").to_owned());
            for name in [field.id.as_str().to_owned(), field.label.zh.clone(), field.label.en.to_lowercase()] {
                if let Some(other) = names.insert(name.clone(), field.id) {
                    assert_eq!(other, field.id, "{}: {name} means two fields", entity.id);
                }
            }
            let options: BTreeSet<_> = field.options().iter().map(|option| option.id).collect();
            assert_eq!(options.len(), field.options().len(), "{}.{}", entity.id, field.id);
            assert!(field.options().iter().all(|option| option.hue.is_none_or(|hue| hue < 10)));
        }
        assert!(ICONS.contains(&format!("id=\"i-{}\"", entity.icon)), "no icon {}", entity.icon);
    }
    assert_eq!(kinds, KINDS.iter().map(|kind| (*kind).to_owned()).collect());
}

#[test]
fn every_name_in_a_definition_exists() {
    let pack = consultancy();
    let state = defined(&pack);
    let people: BTreeMap<RecordId, EntityId> =
        pack.records.iter().map(|record| (RecordId::named(&record.name), record.entity)).collect();
    for definition in &pack.definitions {
        match definition {
            Definition::Entity(entity) => check_entity(&state, entity),
            Definition::Layout(layout) => {
                let fields: Vec<FieldId> = layout.sections.iter().flat_map(|section| section.fields.clone()).collect();
                check_fields(&state, layout.entity, &fields);
                let all = self::entity(&state, layout.entity.as_str()).fields.len();
                assert_eq!(fields.len(), all, "{} lays out all fields", layout.entity);
            }
            Definition::View(view) => {
                check_fields(&state, view.entity, view.shape.fields());
                if let ViewShape::Board { by, sum, .. } = &view.shape {
                    check_fields(&state, view.entity, sum.as_slice());
                    assert!(matches!(field(&state, view.entity, by.as_str()).kind, FieldKind::Choice { .. }));
                }
                check_condition(&state, view.entity, &view.filter);
                view.sort.iter().for_each(|sort| check_fields(&state, view.entity, &[sort.field]));
            }
            Definition::Rule(rule) => {
                check_condition(&state, rule.entity, &rule.condition);
                for trigger in &rule.triggers {
                    if let Trigger::Changed { fields } = trigger {
                        check_fields(&state, rule.entity, fields);
                    }
                }
                rule.actions.iter().for_each(|action| check_action(&state, rule.entity, action, &people));
            }
            Definition::Score(score) => {
                assert!(matches!(field(&state, score.entity, score.field.as_str()).kind, FieldKind::Score));
                score.criteria.iter().for_each(|criterion| check_condition(&state, score.entity, &criterion.condition));
                let ids: BTreeSet<_> = score.criteria.iter().map(|criterion| &criterion.id).collect();
                assert_eq!(ids.len(), score.criteria.len());
            }
            Definition::Form(form) => {
                check_fields(&state, form.entity, &form.asked().collect::<Vec<_>>());
                check_fields(&state, form.entity, &form.captured().collect::<Vec<_>>());
            }
            Definition::Workspace(workspace) => {
                let tasks = workspace.tasks.as_ref().expect("tasks");
                check_fields(&state, tasks.entity, &[tasks.title, tasks.owner, tasks.about, tasks.due]);
                let notices = workspace.notices.as_ref().expect("notices");
                check_fields(&state, notices.entity, &[notices.to, notices.text, notices.about, notices.read]);
                self::entity(&state, workspace.people.expect("people").as_str());
            }
        }
    }
}

fn check_entity(state: &State, entity: &Entity) {
    check_fields(state, entity.id, &[entity.title]);
    check_fields(state, entity.id, &entity.summary);
    for field in &entity.fields {
        field.checks.iter().for_each(|check| check_condition(state, entity.id, &check.condition));
        match &field.kind {
            FieldKind::Link(target) | FieldKind::Links(target) => {
                target.to.iter().for_each(|id| assert!(state.entity(*id).is_some(), "{id}"));
            }
            FieldKind::Lines { entity: lines, via } => {
                let link = self::field(state, *lines, via.as_str()).link().expect("a link");
                assert!(link.accepts(entity.id));
            }
            FieldKind::Lookup { link, field: of } => {
                let target = self::field(state, entity.id, link.as_str()).link().expect("a link");
                self::field(state, target.to[0], of.as_str());
            }
            FieldKind::Rollup(rollup) => {
                let via = self::field(state, rollup.entity, rollup.via.as_str()).link().expect("a link");
                assert!(via.accepts(entity.id));
                check_fields(state, rollup.entity, rollup.field.as_slice());
                rollup.condition.iter().for_each(|condition| check_condition(state, rollup.entity, condition));
            }
            _ => {}
        }
    }
}

fn check_action(state: &State, entity: EntityId, action: &Action, people: &BTreeMap<RecordId, EntityId>) {
    match action {
        Action::Set { field: id, to } => {
            let field = field(state, entity, id.as_str());
            if matches!(field.kind, FieldKind::Choice { .. }) {
                let option = to.trim_matches('"');
                assert!(field.options().iter().any(|known| known.id.as_str() == option), "{option}");
            }
        }
        Action::Assign { field: id, to } => {
            let target = field(state, entity, id.as_str()).link().expect("a link");
            let records = match to {
                Assignee::Person { record } => std::slice::from_ref(record),
                Assignee::RoundRobin { records } => records,
            };
            assert!(!records.is_empty());
            records.iter().for_each(|id| assert!(target.accepts(people[id])));
        }
        Action::Notify { to: Recipient::People { records }, .. } => {
            records.iter().for_each(|id| assert_eq!(people[id].as_str(), "user"));
        }
        Action::Notify { to: Recipient::Field { path }, .. } => {
            at_path(state, entity, path);
        }
        Action::Add { field: id, .. } | Action::Tag { field: id, .. } => {
            field(state, entity, id.as_str());
        }
        Action::Create { .. } | Action::Task { .. } => {}
    }
}

#[test]
fn the_three_criteria_of_the_source_keep_their_figures() {
    let pack = consultancy();
    let score = pack.definitions.iter().find_map(|definition| match definition {
        Definition::Score(score) => Some(score),
        _ => None,
    });
    let points: BTreeMap<_, _> =
        score.expect("a score model").criteria.iter().map(|line| (line.id.as_str(), line.points.to_string())).collect();
    assert_eq!((&*points["r08_title"], &*points["r09_company_size"], &*points["r10_price_list"]), ("20", "15", "10"));
    let sum: i64 = points.values().map(|points| points.parse::<i64>().expect("whole points")).sum();
    assert_eq!(sum, 100);
}

#[test]
fn the_pack_alone_is_whole() {
    let pack = consultancy();
    let records = pack::records(&pack.records, &defined(&pack), calendar()).expect("its records resolve");
    assert_eq!(records.len(), pack.records.len());
}

#[test]
fn relative_days_count_from_the_day_of_installing() {
    let seeds = read_task(json!({"title": "x", "due": "@7d", "done_at": "@-37dT09:30"}), Some("@-1d")).expect("reads");
    let text = |id: &str| serde_json::to_value(seeds.values.get(FieldId::new(id))).expect("JSON");
    assert_eq!(text("due"), json!({"d": "2026-11-29"}));
    assert_eq!(text("done_at"), json!({"t": "2026-10-16T01:30:00.000Z"}));
    assert_eq!(seeds.created.map(|at| at.to_string()).as_deref(), Some("2026-11-20T16:00:00.000Z"));
}

#[test]
fn what_does_not_fit_is_named() {
    let refused = |values: Json| read_task(values, None).expect_err("is refused");
    assert_eq!(refused(json!({"titel": "x"})), [(Code::UnknownField, "titel".to_owned())]);
    assert_eq!(refused(json!({"status": "nope"})), [(Code::NotAnOption, "status".to_owned())]);
    assert_eq!(refused(json!({"owner": "user/nobody"})), [(Code::NoSuchLink, "owner".to_owned())]);
    assert_eq!(refused(json!({"owner": "team/south"})), [(Code::WrongEntity, "owner".to_owned())]);
    assert_eq!(refused(json!({"due": "@soon"})), [(Code::NotADate, "due".to_owned())]);
    assert_eq!(refused(json!({"due": 3, "estimate": "long"})).len(), 2);
    assert_eq!(pack::parse("{").expect_err("is refused")[0].code, Code::Malformed);
    let unread = r#"{"id":"x","label":{},"description":{},"definitions":[{"view":{}},{"gadget":{}}]}"#;
    assert_eq!(pack::parse(unread).expect_err("is refused").len(), 2);
}

fn read_task(values: Json, created: Option<&str>) -> Result<SeedRecord, Vec<(Code, String)>> {
    let pack = consultancy();
    let values = values.as_object().expect("an object");
    let task = PlainRecord {
        name: "task/x".to_owned(),
        entity: EntityId::new("task"),
        created: created.map(str::to_owned),
        values: values.iter().map(|(field, json)| (FieldId::new(field), json.clone())).collect(),
    };
    match pack::records(pack.records.iter().chain([&task]), &defined(&pack), calendar()) {
        Ok(mut seeds) => Ok(seeds.pop().expect("the task")),
        Err(wrong) => Err(wrong
            .into_iter()
            .map(|found| {
                assert_eq!(found.at.record, Some(RecordId::named("task/x")));
                assert_eq!(found.argument("name"), Some("task/x"));
                (found.code, found.at.field.map_or("", FieldId::as_str).to_owned())
            })
            .collect()),
    }
}
