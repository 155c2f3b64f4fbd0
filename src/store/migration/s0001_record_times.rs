//! Step 1: records that say neither when they were created nor when they changed get the time of the commit or snapshot they stand in.

use serde_json::Value;

use super::Step;

pub(super) const STEP: Step = Step { number: 1, name: "record_times", commit, snapshot };

fn commit(document: &mut Value) {
    let time = document.pointer("/at/time").cloned().unwrap_or_else(epoch);
    let changes = document.get_mut("changes").and_then(Value::as_array_mut);
    for change in changes.into_iter().flatten() {
        for kind in ["created", "removed"] {
            if let Some(record) = change.pointer_mut(&format!("/{kind}/record")) {
                fill_in(record, &time);
            }
        }
        if let Some(updated) = change.get_mut("updated").and_then(Value::as_object_mut) {
            updated.entry("before").or_insert_with(|| time.clone());
            updated.entry("after").or_insert_with(|| time.clone());
        }
    }
}

fn snapshot(document: &mut Value) {
    let time = document.get("made").cloned().unwrap_or_else(epoch);
    let records = document.get_mut("records").and_then(Value::as_array_mut);
    records.into_iter().flatten().for_each(|record| fill_in(record, &time));
    // The checksum was that of the older text.
    if let Some(members) = document.as_object_mut() {
        members.remove("checksum");
    }
}

fn fill_in(record: &mut Value, time: &Value) {
    let Some(members) = record.as_object_mut() else { return };
    let created = members.entry("created").or_insert_with(|| time.clone()).clone();
    members.entry("updated").or_insert(created);
}

fn epoch() -> Value {
    Value::from("1970-01-01T00:00:00.000Z")
}
