//! Step 2: the cause of a commit is what was asked for itself, and no longer any JSON under the name `command`.

use serde_json::{Map, Value, json};

use super::Step;

pub(super) const STEP: Step = Step { number: 2, name: "typed_causes", commit, snapshot };

/// What was asked for, with the members that each had.
const KNOWN: [(&str, &[&str]); 13] = [
    ("create_record", &["id", "entity", "values"]),
    ("update_record", &["record", "values"]),
    ("update_records", &["records", "values"]),
    ("move_card", &["record", "field", "to"]),
    ("remove_records", &["records"]),
    ("add_records", &["count"]),
    ("import_rows", &["entity", "created", "updated"]),
    ("define", &["ids"]),
    ("undefine", &["ids"]),
    ("tick", &["entity"]),
    ("restore", &["made"]),
    ("snapshot", &["made"]),
    ("merge", &["made", "commits", "origins"]),
];

fn commit(document: &mut Value) {
    if let Some(asked) = document.pointer("/cause/command") {
        document["cause"] = typed(asked).unwrap_or_else(unknown);
    }
}

fn snapshot(document: &mut Value) {
    // The checksum was that of the older text.
    if let Some(members) = document.as_object_mut() {
        members.remove("checksum");
    }
}

fn typed(asked: &Value) -> Option<Value> {
    let (name, members) = asked.as_object().filter(|asked| asked.len() == 1)?.iter().next()?;
    let members = members.as_object()?;
    let (_, known) = KNOWN.iter().find(|(known, _)| known == name)?;
    let is_whole = |member: &&str| members.contains_key(*member) || matches!(*member, "id" | "to");
    if !known.iter().all(is_whole) {
        return None;
    }
    let kept = members.iter().filter(|(member, _)| known.contains(&member.as_str()));
    let kept: Map<String, Value> = kept.map(|(member, value)| (member.clone(), value.clone())).collect();
    Some(json!({ name: kept }))
}

/// Something was asked for of which nothing else is known: the changes say what became of it.
fn unknown() -> Value {
    json!({ "update_records": { "records": [], "values": [] } })
}
