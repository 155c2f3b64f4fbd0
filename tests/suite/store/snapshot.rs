//! Snapshots: the schema describes what is exported, and what is wrong is refused with its place.

use std::path::Path;

use perennial::model::change::{Cause, Commit, Signature, Stamp};
use perennial::model::time::Instant;
use perennial::store::snapshot::{self, Fault};
use regex_lite::Regex;
use serde_json::{Value as Json, json};

fn small() -> Json {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/migration/s0002_typed_causes.snapshot.after.json");
    let mut document: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    document.as_object_mut().unwrap().remove("log");
    document
}

/// The places and faults for which a snapshot is refused.
fn refusal(document: &Json) -> Vec<String> {
    match snapshot::read(&document.to_string()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

fn check(change: impl Fn(&mut Json), expected: &str) {
    let mut document = small();
    change(&mut document);
    let found = refusal(&document);
    assert!(found.iter().any(|problem| problem.contains(expected)), "{expected} is not among {found:?}");
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    assert_eq!(refusal(&small()), Vec::<String>::new());
    check(|it| it["format"] = json!("other"), "$.format: `perennial.snapshot`");
    check(|it| it["version"] = json!(99), "$.version: version 99 is newer than 2");
    check(|it| it["extra"] = json!(1), "$.extra: nobody knows this member");
    check(|it| it["records"][0]["extra"] = json!(1), "$.records[0]: unknown field `extra`");
    check(|it| it["records"][0]["values"]["name"] = json!({ "n": "abc" }), "$.records[0].values.name");
    check(|it| it["records"][0]["values"]["name"] = json!({ "n": "1" }), "$.records[0].values.name: the field holds");
    check(|it| it["records"][0]["values"]["other"] = json!("x"), "$.records[0].values.other: there is no field other");
    check(|it| it["records"][0]["entity"] = json!("other"), "$.records[0].entity: there is no entity other");
    check(|it| it["records"][0]["created"] = json!("yesterday"), "$.records[0]");
    check(|it| it["definitions"][0]["entity"]["extra"] = json!(1), "$.definitions[0].entity.extra: nobody knows");
    check(|it| it["definitions"][0]["entity"]["fields"][0]["kind"] = json!("other"), "$.definitions[0]");
    check(|it| it["checksum"] = json!("0".repeat(64)), "$.checksum: the checksum is another one");
    check(|it| it["log"] = json!([]), "$.log: the log does not tell this state");
    let twice = |name: &'static str| {
        move |it: &mut Json| {
            let first = it[name][0].clone();
            it[name].as_array_mut().unwrap().push(first);
        }
    };
    check(twice("records"), "$.records[1]: 00000000-0000-0000-0000-000000000010 is there twice");
    check(twice("definitions"), "$.definitions[1]: entity/thing is there twice");
    assert!(snapshot::read("{").is_err() && snapshot::read("").is_err() && snapshot::read("[]").is_err());
}

#[test]
fn a_link_to_nowhere_is_a_notice() {
    let mut document = small();
    let link = json!({ "id": "next", "label": {}, "kind": "link" });
    document["definitions"][0]["entity"]["fields"].as_array_mut().unwrap().push(link);
    document["records"][0]["values"]["next"] = json!({ "l": "00000000-0000-0000-0000-0000000000ff" });
    let read = snapshot::read(&document.to_string()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(matches!(read.notices[..], [snapshot::Problem { fault: Fault::MissingRecord { .. }, .. }]));
}

#[test]
fn a_workspace_put_in_after_hearing_of_2099_says_when_that_was() {
    let read = snapshot::read(&small().to_string()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let far = Stamp { time: Instant(4_080_000_000_000), count: 3, device: 9 };
    let by = Signature { at: Stamp::next(far, Instant(7), 1), wall: Some(Instant(7)), actor: None };
    let entries = read.entries(by, &mut perennial::model::id::IdSource::new(1, 1)).unwrap();
    let commit: Commit = serde_json::from_slice(entries[0].bytes()).unwrap();
    assert_eq!((commit.made(), commit.at, entries[0].at()), (Instant(7), by.at, by.at));
}

#[test]
fn the_schema_describes_what_is_exported() {
    let read = snapshot::read(&small().to_string()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let entries = read.entries(Default::default(), &mut perennial::model::id::IdSource::new(1, 1)).unwrap();
    let log: Vec<_> = entries.iter().map(|entry| serde_json::from_slice(entry.bytes()).unwrap()).collect();
    let text = snapshot::export(&read.state, Some(&log), Some(&Default::default()), Instant(1)).unwrap();
    assert_eq!(faults(&serde_json::from_str(&text).unwrap()), Vec::<String>::new());
    assert_eq!(faults(&small()), Vec::<String>::new());
    for (path, value) in [
        ("/version", json!(1)),
        ("/made", json!("yesterday")),
        ("/records/0/id", json!("x")),
        ("/records/0/values/name", json!(12)),
        ("/records/0/values/name", json!({ "n": "1e5" })),
        ("/definitions/0/entity/group", json!("other")),
        ("/log/0/changes/0", json!({ "other": {} })),
        ("/records/0", json!({})),
    ] {
        let mut document: Json = serde_json::from_str(&text).unwrap();
        *document.pointer_mut(path).unwrap() = value;
        assert!(!faults(&document).is_empty(), "{path} is not seen");
    }
}

/// The journey asks the same of the app and of a validator from outside.
#[test]
fn schema_and_reader_judge_alike() {
    let data = |name: &str| -> Json {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/snapshot").join(name);
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let sample = data("sample.json");
    assert_eq!(refusal(&sample), Vec::<String>::new());
    assert_eq!(faults(&sample), Vec::<String>::new());
    for wrong in data("wrong.json").as_array().unwrap() {
        let (pointer, name) = (wrong["at"].as_str().unwrap(), wrong["name"].as_str().unwrap());
        let (place, last) = pointer.rsplit_once('/').unwrap();
        let mut document = sample.clone();
        match document.pointer_mut(place).unwrap() {
            Json::Object(members) if wrong["remove"] == json!(true) => {
                members.remove(last);
            }
            Json::Object(members) => {
                members.insert(last.to_owned(), wrong["set"].clone());
            }
            items => items[last.parse::<usize>().unwrap()] = wrong["set"].clone(),
        }
        assert!(!refusal(&document).is_empty(), "the reader takes {name}");
        let is_beyond = wrong["beyond_the_schema"] == json!(true);
        assert_eq!(faults(&document).is_empty(), is_beyond, "the schema and {name}");
    }
}

#[test]
fn every_cause_is_described() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/snapshot/causes.json");
    let causes: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/schema/snapshot.schema.json");
    let schema: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let described = schema["$defs"]["cause"]["properties"].as_object().unwrap();
    for name in described.keys() {
        assert!(causes.as_array().unwrap().iter().any(|cause| cause.get(name).is_some()), "no example of {name}");
    }
    for cause in causes.as_array().unwrap() {
        let read: Cause = serde_json::from_str(&cause.to_string()).unwrap_or_else(|error| panic!("{cause}: {error}"));
        assert_eq!(serde_json::to_value(read).unwrap(), *cause);
        let mut wrong = Vec::new();
        validate(&schema, &schema["$defs"]["cause"], cause, "$", &mut wrong);
        assert_eq!(wrong, Vec::<String>::new(), "{cause}");
    }
}

/// What the schema finds wrong with a document.
pub fn faults(document: &Json) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/schema/snapshot.schema.json");
    let schema: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut faults = Vec::new();
    validate(&schema, &schema, document, "$", &mut faults);
    faults
}

/// As much of JSON Schema as our schema uses; a keyword that is not known here is a mistake in the test.
fn validate(root: &Json, schema: &Json, document: &Json, path: &str, faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else { return };
    for (keyword, wanted) in keywords {
        let is_right =
            match keyword.as_str() {
                "$schema" | "$id" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let target = root.pointer(wanted.as_str().unwrap().trim_start_matches('#')).expect("a definition");
                    validate(root, target, document, path, faults);
                    true
                }
                "type" => match wanted {
                    Json::Array(types) => types.iter().any(|kind| is_of_type(document, kind.as_str().unwrap())),
                    kind => is_of_type(document, kind.as_str().unwrap()),
                },
                "const" => document == wanted,
                "enum" => wanted.as_array().unwrap().contains(document),
                "pattern" => {
                    document.as_str().is_none_or(|text| Regex::new(wanted.as_str().unwrap()).unwrap().is_match(text))
                }
                "minimum" => document.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
                "maximum" => document.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap()),
                "minProperties" => document.as_object().is_none_or(|it| it.len() as u64 >= wanted.as_u64().unwrap()),
                "maxProperties" => document.as_object().is_none_or(|it| it.len() as u64 <= wanted.as_u64().unwrap()),
                "required" => wanted.as_array().unwrap().iter().all(|name| {
                    document.as_object().is_none_or(|members| members.contains_key(name.as_str().unwrap()))
                }),
                "anyOf" => wanted.as_array().unwrap().iter().any(|option| {
                    let mut found = Vec::new();
                    validate(root, option, document, path, &mut found);
                    found.is_empty()
                }),
                "items" => {
                    for (at, item) in document.as_array().into_iter().flatten().enumerate() {
                        validate(root, wanted, item, &format!("{path}[{at}]"), faults);
                    }
                    true
                }
                "properties" => {
                    for (name, wanted) in wanted.as_object().unwrap() {
                        if let Some(member) = document.get(name) {
                            validate(root, wanted, member, &format!("{path}.{name}"), faults);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let listed = keywords.get("properties").and_then(Json::as_object);
                    let members = document.as_object().into_iter().flatten();
                    let others = members.filter(|(name, _)| listed.is_none_or(|listed| !listed.contains_key(*name)));
                    let mut is_right = true;
                    for (name, member) in others {
                        match wanted {
                            Json::Bool(allowed) => is_right &= allowed,
                            wanted => validate(root, wanted, member, &format!("{path}.{name}"), faults),
                        }
                    }
                    is_right
                }
                other => panic!("the test does not know the keyword {other}"),
            };
        if !is_right {
            faults.push(format!("{path}: {keyword}"));
        }
    }
}

fn is_of_type(document: &Json, kind: &str) -> bool {
    match kind {
        "null" => document.is_null(),
        "boolean" => document.is_boolean(),
        "string" => document.is_string(),
        "integer" => document.is_i64() || document.is_u64(),
        "array" => document.is_array(),
        "object" => document.is_object(),
        other => panic!("the test does not know the type {other}"),
    }
}
