//! Migrations: each numbered step has its file, its fixtures, and runs; an older log and an older snapshot open.

use std::fs;
use std::path::{Path, PathBuf};

use perennial::store::migration::{DATA_VERSION, Document, STEPS, migrate};
use perennial::store::shelf::{Read, Room, Shelf, Write};
use perennial::store::{Note, Reason, Store, log, memory::MemoryShelf, snapshot};
use serde_json::Value;

use super::now;

fn fixture(step: &str, kind: &str, side: &str) -> Value {
    let path = data().join(format!("{step}.{kind}.{side}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/migration")
}

#[test]
fn every_step_is_there_and_runs() {
    let numbers: Vec<u32> = STEPS.iter().map(|step| step.number).collect();
    assert_eq!(
        numbers,
        (1..=DATA_VERSION).collect::<Vec<_>>(),
        "the steps lead from 0 to the present version, one by one"
    );
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migration");
    let mut files: Vec<String> = fs::read_dir(source)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let names: Vec<String> = STEPS.iter().map(|step| format!("s{:04}_{}", step.number, step.name)).collect();
    assert_eq!(files, names, "each step has its file and each file is a step");
    for step in STEPS {
        let name = format!("s{:04}_{}", step.number, step.name);
        for (kind, document) in [("commit", Document::Commit), ("snapshot", Document::Snapshot)] {
            let mut found = fixture(&name, kind, "before");
            let ran = migrate(document, step.number - 1, &mut found);
            assert_eq!(ran, (step.number..=DATA_VERSION).collect::<Vec<_>>());
            let mut alone = fixture(&name, kind, "before");
            step.run(document, &mut alone);
            assert_eq!(alone, fixture(&name, kind, "after"), "{name}, {kind}");
            let again = found.clone();
            assert!(migrate(document, DATA_VERSION, &mut found).is_empty());
            assert_eq!(found, again, "what is up to date stays as it is");
        }
    }
}

#[test]
fn an_older_snapshot_opens() {
    for step in STEPS {
        let text = fixture(&format!("s{:04}_{}", step.number, step.name), "snapshot", "before").to_string();
        let snapshot = snapshot::read(&text).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(snapshot.state.record_count(), 1);
    }
}

/// A log of the time before causes had types, chained, and pages of that time.
fn older_log() -> MemoryShelf {
    let shelf = MemoryShelf::new();
    let mut writes = Vec::new();
    let mut head = String::new();
    let log = fixture("s0002_typed_causes", "snapshot", "before")["log"].take();
    for (position, mut commit) in (1u64..).zip(log.as_array().unwrap().clone()) {
        commit["previous"] = head.clone().into();
        let bytes = commit.to_string().into_bytes();
        head = log::hash(&bytes);
        writes.push(Write::put(Room::Log, position, bytes));
    }
    let head = format!(r#"{{"position":{},"hash":"{head}"}}"#, writes.len());
    writes.push(Write::put(Room::Meta, "version", br#"{"data":1,"page":1}"#.as_slice()));
    writes.push(Write::put(Room::Meta, "head", head.into_bytes()));
    writes.push(Write::put(Room::Page, "thing/00000", b"of another time".as_slice()));
    now(shelf.write(None, &writes)).unwrap();
    shelf
}

fn names(opened: &perennial::store::Opened) -> Vec<(&str, Reason)> {
    opened.quarantined.iter().map(|found| (found.key.as_str(), found.reason)).collect()
}

#[test]
fn a_log_of_the_time_before_causes_had_types_opens() {
    let opened = now(Store::open(older_log(), 1)).unwrap();
    assert_eq!((opened.state.record_count(), names(&opened)), (1, Vec::new()));
    let told = now(opened.store.last_commits(99, None)).unwrap();
    assert_eq!((told.commits.len(), told.damaged.len()), (17, 0));
    assert!(now(opened.store.verify()).unwrap().is_empty());
}

#[test]
fn damage_in_an_older_log_is_named_and_the_rest_is_migrated() {
    let shelf = older_log();
    assert!(shelf.flip(Room::Log, 3, 7));
    assert!(shelf.flip(Room::Log, 17, 7));
    now(shelf.write(None, &[Write::Delete { room: Room::Log, key: 7u64.into() }])).unwrap();
    let opened = now(Store::open(shelf.another(), 1)).unwrap();
    let lost = [("log/3", Reason::Damaged), ("log/7", Reason::Missing), ("log/17", Reason::Damaged)];
    assert_eq!(names(&opened), lost);
    assert_eq!((opened.state.record_count(), opened.head.position.0), (1, 17));
    let kept: Vec<String> = now(opened.store.set_aside()).unwrap().into_iter().map(|(key, _)| key).collect();
    assert_eq!(kept, ["log/17", "log/3", "page/thing/00000"]);
    let told = now(opened.store.last_commits(99, None)).unwrap();
    assert_eq!((told.commits.len(), told.damaged.len()), (14, 3));
    let again = now(Store::open(shelf.another(), 1)).unwrap();
    assert_eq!(names(&again), lost, "until pages are written, it is said again");
    assert_eq!(now(again.store.verify()).unwrap().len(), 3);
}

#[test]
fn an_older_entry_that_was_changed_is_named_though_the_log_is_chained_anew() {
    let shelf = older_log();
    let entry = now(shelf.read(&[Read::One(Room::Log, 2u64.into())])).unwrap().remove(0).remove(0);
    let changed = String::from_utf8(entry.bytes).unwrap().replace("新客户", "大客户");
    now(shelf.write(None, &[Write::put(Room::Log, 2, changed.clone().into_bytes())])).unwrap();
    let opened = now(Store::open(shelf.another(), 1)).unwrap();
    assert_eq!(names(&opened), [("log/2", Reason::Altered)]);
    assert_eq!(now(opened.store.set_aside()).unwrap(), [("log/2".to_owned(), changed.into_bytes())]);
}

#[test]
fn an_older_log_opens_chained_anew() {
    let shelf = MemoryShelf::new();
    let entry = fixture("s0001_record_times", "commit", "before").to_string();
    let head = format!(r#"{{"position":1,"hash":"{}"}}"#, log::hash(entry.as_bytes()));
    let writes = [
        Write::put(Room::Log, 1, entry.into_bytes()),
        Write::put(Room::Meta, "version", br#"{"data":0,"page":0}"#.as_slice()),
        Write::put(Room::Meta, "head", head.into_bytes()),
        Write::put(Room::Page, "thing/00000", b"of another time".as_slice()),
    ];
    now(shelf.write(None, &writes)).unwrap();
    let opened = now(Store::open(shelf.another(), 1)).unwrap();
    assert!(opened.notes.contains(&Note::Migrated { from: 0, to: DATA_VERSION }));
    assert_eq!(opened.state.record_count(), 1);
    assert!(opened.quarantined.is_empty(), "{:?}", opened.quarantined);
    assert!(now(opened.store.verify()).unwrap().is_empty());
    let again = now(Store::open(shelf.another(), 1)).unwrap();
    assert!(again.notes.is_empty(), "{:?}", again.notes);
}
