//! What must not be lost: the disk is full, the tab is killed, another tab is faster, the clock is set back, bits are turned.

use std::collections::BTreeMap;
use std::sync::Arc;

use perennial::model::change::{Cause, Change, Commit, FieldChange, Stamp};
use perennial::model::id::{CommitId, EntityId, FieldId, RecordId};
use perennial::model::record::{Record, Values};
use perennial::model::state::{Reader, State};
use perennial::model::time::Instant;
use perennial::model::value::Value;
use perennial::store::memory::MemoryShelf;
use perennial::store::shelf::{Read, Room, Shelf, Write};
use perennial::store::{Head, LogPosition, Note, Opened, PageMap, Quarantined, Store, StoreError, history, log};

use super::now;

struct Tab {
    store: Store,
    state: State,
    head: Head,
    latest: Stamp,
    pages: PageMap,
    quarantined: Vec<Quarantined>,
    notes: Vec<Note>,
}

impl Tab {
    fn open(shelf: &MemoryShelf) -> Tab {
        let Opened { store, state, head, latest, pages, quarantined, notes, .. } =
            now(Store::open(shelf.another(), 7)).unwrap();
        Tab { store, state, head, latest, pages, quarantined, notes }
    }

    fn save(&mut self, changes: Vec<Change>) {
        let mut commit = commit(self.head.position.0 + 1, changes);
        let entry = log::encode(&mut commit, &self.head.hash).unwrap();
        let head = now(self.store.append(&self.head, &[entry])).unwrap();
        self.take_in(head, &commit);
    }

    fn take_in(&mut self, head: Head, commit: &Commit) {
        self.state.apply_all(&commit.changes);
        self.pages.note(commit);
        self.head = head;
    }

    fn catch_up(&mut self) {
        let (head, missed) = now(self.store.commits_since(&self.head)).unwrap();
        missed.commits.iter().for_each(|kept| self.take_in(head.clone(), &kept.commit));
    }

    fn checkpoint(&mut self) -> Result<(), StoreError> {
        let mut checkpoint = self.pages.begin(&self.head);
        while self.pages.encode_some(&self.state, &mut checkpoint, 1).unwrap() {}
        let outcome = now(self.store.checkpoint(&checkpoint));
        if outcome.is_err() {
            self.pages.give_up(checkpoint);
        }
        outcome
    }

    fn ids(&self) -> Vec<u128> {
        let mut ids: Vec<u128> = self.state.records().map(|record| record.id.0).collect();
        ids.sort_unstable();
        ids
    }

    fn names(&self) -> Vec<&str> {
        self.quarantined.iter().map(|found| found.key.as_str()).collect()
    }
}

fn commit(number: u64, changes: Vec<Change>) -> Commit {
    Commit {
        id: CommitId(u128::from(number)),
        at: Stamp { time: Instant(number as i64 * 1000), count: 0, device: 7 },
        wall: None,
        actor: None,
        batch: None,
        cause: Cause::AddRecords { count: number as usize, source: None },
        changes,
        withheld: Vec::new(),
        previous: String::new(),
    }
}

fn create(number: u128) -> Change {
    let values = Values::from_iter([(FieldId::new("name"), Value::text(&format!("客户 {number}")))]);
    let (created, updated) = (Instant(1), Instant(1));
    let record = Record { id: RecordId(number), entity: EntityId::new("thing"), created, updated, values };
    Change::Created { record: Arc::new(record), by: None }
}

fn rename(number: u128, name: &str) -> Change {
    let change = FieldChange { field: FieldId::new("name"), before: Value::Empty, after: Value::text(name) };
    Change::Updated {
        record: RecordId(number),
        entity: EntityId::new("thing"),
        fields: vec![change],
        before: Instant(1),
        after: Instant(2),
        by: None,
    }
}

fn everything(shelf: &MemoryShelf) -> Vec<Vec<perennial::store::shelf::Entry>> {
    now(shelf.read(&Room::ALL.map(Read::All))).unwrap()
}

#[test]
fn a_disk_that_is_full_at_a_checkpoint_costs_nothing() {
    let shelf = MemoryShelf::new();
    let mut tab = Tab::open(&shelf);
    tab.save((1..=600).map(create).collect());
    tab.checkpoint().unwrap();
    tab.save(vec![rename(5, "later"), create(700)]);
    let before = everything(&shelf);
    shelf.fail_next_write(StoreError::Quota);
    assert_eq!(tab.checkpoint(), Err(StoreError::Quota));
    assert_eq!(everything(&shelf), before);
    assert_eq!(Tab::open(&shelf).ids(), tab.ids());
    tab.checkpoint().unwrap();
    let again = Tab::open(&shelf);
    assert_eq!(again.ids(), tab.ids());
    assert_eq!(again.state.record(RecordId(5)), tab.state.record(RecordId(5)));
    assert!(again.pages.is_clean() && again.names().is_empty());
}

#[test]
fn a_tab_killed_amid_a_migration_leaves_the_old_data() {
    let shelf = MemoryShelf::new();
    let mut tab = Tab::open(&shelf);
    (1..=300).for_each(|number| tab.save(vec![create(number)]));
    let old = [Write::put(Room::Meta, "version", br#"{"data":0,"page":1}"#.as_slice())];
    now(shelf.write(None, &old)).unwrap();
    let before = everything(&shelf);
    shelf.fail_next_write(StoreError::Quota);
    assert_eq!(now(Store::open(shelf.another(), 7)).map(|_| ()), Err(StoreError::Quota));
    assert_eq!(everything(&shelf), before);
    let again = Tab::open(&shelf);
    assert!(again.notes.iter().any(|note| matches!(note, Note::Migrated { .. })));
    assert_eq!(again.ids(), tab.ids());
}

#[test]
fn pages_of_a_log_that_was_replaced_are_not_taken_for_those_of_the_new_one() {
    for commits_of_the_new_log in [1u64, 3, 9] {
        let shelf = MemoryShelf::new();
        let (mut first, mut second) = (Tab::open(&shelf), Tab::open(&shelf));
        (1..=3).for_each(|number| first.save(vec![create(number)]));
        second.catch_up();
        let mut entries = Vec::new();
        let mut previous = String::new();
        for number in 1..=commits_of_the_new_log {
            let mut commit = commit(100 + number, vec![create(1000 + u128::from(number))]);
            let entry = log::encode(&mut commit, &previous).unwrap();
            entry.hash().clone_into(&mut previous);
            entries.push(entry);
        }
        now(first.store.replace_all(&first.head, &entries, &BTreeMap::new())).unwrap();
        // It has not heard of it yet, and no checkpoint was there before that could tell.
        let _ = second.checkpoint();
        let expected: Vec<u128> = (1..=commits_of_the_new_log).map(|number| 1000 + u128::from(number)).collect();
        let mut again = Tab::open(&shelf);
        assert_eq!(again.ids(), expected);
        again.save(vec![create(2000)]);
        again.checkpoint().unwrap();
        let third = Tab::open(&shelf);
        assert_eq!(third.ids(), again.ids());
        assert!(third.names().is_empty() && third.pages.is_clean());
    }
}

#[test]
fn a_damaged_history_bucket_is_made_anew_and_does_not_keep_pages_from_being_written() {
    let shelf = MemoryShelf::new();
    let mut tab = Tab::open(&shelf);
    tab.save(vec![create(1), create(2)]);
    tab.save(vec![rename(1, "b")]);
    tab.checkpoint().unwrap();
    assert!(shelf.flip(Room::History, history::bucket(RecordId(1)), 40));
    let told = |tab: &Tab| -> Vec<u64> {
        let told = now(tab.store.commits_of(RecordId(1))).unwrap();
        told.commits.iter().map(|kept| kept.position.0).collect()
    };
    let mut again = Tab::open(&shelf);
    assert_eq!(told(&again), [2, 1]);
    again.save(vec![rename(1, "c")]);
    again.checkpoint().unwrap();
    assert_eq!(told(&Tab::open(&shelf)), [3, 2, 1]);
    let kept: Vec<String> = now(again.store.set_aside()).unwrap().into_iter().map(|(key, _)| key).collect();
    assert_eq!(kept, [format!("history/{}", history::bucket(RecordId(1)))]);
}

#[test]
fn a_clock_that_was_set_back_goes_on_behind_the_log() {
    let shelf = MemoryShelf::new();
    let mut tab = Tab::open(&shelf);
    assert_eq!(tab.latest, Stamp::default());
    tab.save(vec![create(1)]);
    tab.save(vec![create(2)]);
    assert_eq!(Tab::open(&shelf).latest.time, Instant(2000));
    tab.checkpoint().unwrap();
    assert_eq!(Tab::open(&shelf).latest.time, Instant(2000));
}

#[test]
fn a_long_tail_with_damage_amid_it_opens_but_for_what_is_damaged() {
    let shelf = MemoryShelf::new();
    let mut tab = Tab::open(&shelf);
    (1..=20).for_each(|number| tab.save(vec![create(number)]));
    tab.checkpoint().unwrap();
    (21..=800).for_each(|number| tab.save(vec![create(number)]));
    for position in [276u64, 277, 532, 800] {
        assert!(shelf.flip(Room::Log, position, 7));
    }
    let again = Tab::open(&shelf);
    assert_eq!(again.names(), ["log/276", "log/277", "log/532", "log/800"]);
    assert_eq!(again.ids().len(), 796);
    assert_eq!(again.head, tab.head);
    let mut again = Tab::open(&shelf);
    again.save(vec![create(900)]);
    again.checkpoint().unwrap();
    let third = Tab::open(&shelf);
    assert_eq!(third.ids(), again.ids());
    assert!(third.names().is_empty());
}

#[test]
fn a_damaged_head_and_a_wide_gap_do_not_hide_the_end_of_the_log() {
    let shelf = MemoryShelf::new();
    let mut tab = Tab::open(&shelf);
    (1..=900).for_each(|number| tab.save(vec![create(number)]));
    let gap = (200u64..=850).map(|at| Write::Delete { room: Room::Log, key: at.into() });
    now(shelf.write(None, &gap.collect::<Vec<_>>())).unwrap();
    assert!(shelf.flip(Room::Meta, "head", 7));
    let mut again = Tab::open(&shelf);
    assert_eq!(again.head, tab.head);
    assert_eq!(again.ids().len(), 900 - 651);
    again.save(vec![create(2000)]);
    assert_eq!(again.head.position, LogPosition(901));
    assert!(Tab::open(&shelf).ids().contains(&900));
}
