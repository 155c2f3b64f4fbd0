//! Migrations: each numbered step has its file, its fixtures, and runs; an older log and an older snapshot open.

use std::fs;
use std::path::{Path, PathBuf};

use perennial::store::migration::{DATA_VERSION, Document, STEPS, migrate};
use perennial::store::shelf::{Room, Shelf, Write};
use perennial::store::{Note, Store, log, memory::MemoryShelf, snapshot};
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
            if step.number == DATA_VERSION {
                assert_eq!(found, fixture(&name, kind, "after"), "{name}, {kind}");
            }
            let again = found.clone();
            assert!(migrate(document, DATA_VERSION, &mut found).is_empty());
            assert_eq!(found, again, "what is up to date stays as it is");
        }
    }
}

#[test]
fn an_older_snapshot_opens() {
    let text = fixture("s0001_record_times", "snapshot", "before").to_string();
    let snapshot = snapshot::read(&text).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(snapshot.state.record_count(), 1);
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
