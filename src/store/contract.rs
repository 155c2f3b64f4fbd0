//! What every store promises, as one program that is run upon each of them: in memory by the native tests, in a browser by the others.
//! It reports instead of panicking, so that it may live beside what it tests.

use std::future::Future;
use std::sync::Arc;

use crate::model::change::{Cause, Change, Commit, FieldChange, Stamp};
use crate::model::id::{CellId, CommitId, EntityId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::{Reader, State};
use crate::model::time::Instant;
use crate::model::value::Value;
use crate::store::shelf::{Guard, Key, Read, Room, Shelf, Write, Written};
use crate::store::{AnyShelf, EncodedCommit, Head, LogPosition, Note, Opened, Reason, Store, StoreError, log};

/// A promise that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{promise}: {detail}")]
pub struct Broken {
    /// Which.
    pub promise: &'static str,
    /// What was found instead.
    pub detail: String,
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Broken { promise: "the store answers", detail: error.to_string() }
    }
}

type Outcome = Result<(), Broken>;

/// Runs all promises. `connect` gives a new connection to the shelf of that name, which is empty the first time.
pub async fn every_store_keeps_its_promises<F, C>(connect: F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    a_transaction_happens_wholly_or_not_at_all(connect("wholly").await?).await?;
    what_was_appended_is_there_again(&connect).await?;
    pages_and_tail_give_the_state(&connect).await?;
    of_two_tabs_one_is_behind(&connect).await?;
    of_two_tabs_one_is_overtaken(&connect).await?;
    a_damaged_page_is_named_and_rebuilt(&connect).await?;
    a_damaged_entry_is_named_and_the_rest_opens(&connect).await?;
    newer_data_is_left_alone(&connect).await?;
    the_timeline_of_a_record_is_told(&connect).await?;
    a_workspace_is_replaced_at_once(&connect).await?;
    files_and_settings_are_kept(connect("files").await?).await?;
    a_closed_connection_says_so(connect("closed").await?).await
}

async fn a_transaction_happens_wholly_or_not_at_all(shelf: AnyShelf) -> Outcome {
    const PROMISE: &str = "a transaction happens wholly or not at all";
    let put = |number: u64| Write::put(Room::Page, number, vec![number as u8; 3]);
    shelf.write(None, &[put(1), put(2), Write::put(Room::Meta, "guard", vec![7u8])]).await?;
    let guard = Guard { key: "guard", expected: Some(&[8]) };
    let written = shelf.write(Some(guard), &[put(3), Write::Clear { room: Room::Page }]).await?;
    equal(PROMISE, &written, &Written::Refused { found: Some(vec![7]) })?;
    let guard = Guard { key: "guard", expected: Some(&[7]) };
    let delete = Write::Delete { room: Room::Page, key: Key::Number(1) };
    let text = Write::put(Room::Page, "text", Vec::new());
    equal(PROMISE, &shelf.write(Some(guard), &[put(3), delete, text]).await?, &Written::Done)?;
    let keys =
        |entries: &[crate::store::shelf::Entry]| entries.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>();
    let reads = [Read::All(Room::Page), Read::Between(Room::Page, 3.into(), 9.into()), Read::Keys(Room::Log)];
    let found = shelf.read(&reads).await?;
    equal(PROMISE, &keys(&found[0]), &vec![Key::Number(2), Key::Number(3), Key::from("text")])?;
    equal(PROMISE, &keys(&found[1]), &vec![Key::Number(3)])?;
    equal(PROMISE, &found[0][0].bytes, &vec![2; 3])?;
    equal(PROMISE, &found[2].len(), &0)?;
    let absent = Guard { key: "absent", expected: None };
    equal(PROMISE, &shelf.write(Some(absent), &[Write::Clear { room: Room::Page }]).await?, &Written::Done)?;
    equal(PROMISE, &shelf.read(&[Read::All(Room::Page)]).await?[0].len(), &0)
}

async fn what_was_appended_is_there_again<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "what was appended is there again";
    let mut tab = Tab::open(connect("again").await?).await?;
    ensure(PROMISE, tab.notes.contains(&Note::Created) && tab.head == Head::default())?;
    for number in 1..=20 {
        tab.save(vec![create(number, "新客户"), update(number.max(2) - 1, "改")]).await?;
    }
    tab.save(vec![Change::Removed { record: record(3, "x") }, remember("turn", 4)]).await?;
    let again = Tab::open(connect("again").await?).await?;
    same_state(PROMISE, &again.state, &tab.state)?;
    equal(PROMISE, &again.head, &tab.head)?;
    equal(PROMISE, &again.device, &tab.device)?;
    equal(PROMISE, &again.quarantined.len(), &0)?;
    equal(PROMISE, &tab.store.verify().await?.len(), &0)
}

async fn pages_and_tail_give_the_state<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "pages and tail give the state";
    let mut tab = Tab::open(connect("tail").await?).await?;
    tab.save((1..=1200).map(|number| create(number, "a text that repeats")).collect()).await?;
    tab.save(vec![remember("turn", 1)]).await?;
    tab.checkpoint().await?;
    ensure(PROMISE, tab.pages.is_clean())?;
    tab.save(vec![update(7, "after the checkpoint"), create(2000, "later")]).await?;
    equal(PROMISE, &tab.pages.dirty(), &2)?;
    // A commit between two steps of a checkpoint: its record is on a page already written, and on one not yet written.
    let mut checkpoint = tab.pages.begin(&tab.head);
    tab.pages.encode_some(&tab.state, &mut checkpoint, 1)?;
    tab.save(vec![update(7, "meanwhile"), update(2000, "meanwhile"), Change::Removed { record: record(8, "x") }])
        .await?;
    while tab.pages.encode_some(&tab.state, &mut checkpoint, 1)? {}
    tab.store.checkpoint(&checkpoint).await?;
    let mut again = Tab::open(connect("tail").await?).await?;
    same_state(PROMISE, &again.state, &tab.state)?;
    ensure(PROMISE, !again.notes.contains(&Note::Rebuilt))?;
    again.save(vec![create(2001, "on the second"), update(1100, "x")]).await?;
    again.checkpoint().await?;
    let third = Tab::open(connect("tail").await?).await?;
    same_state(PROMISE, &third.state, &again.state)?;
    ensure(PROMISE, third.pages.is_clean() && third.quarantined.is_empty())
}

async fn of_two_tabs_one_is_behind<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "of two tabs that write at once, one is told that it is behind";
    let mut first = Tab::open(connect("behind").await?).await?;
    let mut second = Tab::open(connect("behind").await?).await?;
    first.save(vec![create(1, "first")]).await?;
    let entry = second.encode(vec![create(2, "second")])?;
    let refused = second.store.append(&second.head, &[entry]).await;
    equal(PROMISE, &refused, &Err(StoreError::Behind { head: LogPosition(1) }))?;
    let (head, missed) = second.store.commits_since(&second.head).await?;
    equal(PROMISE, &head, &first.head)?;
    equal(PROMISE, &missed.commits.len(), &1)?;
    second.take_in(head, &missed.commits[0].commit);
    second.save(vec![create(2, "second")]).await?;
    let (head, missed) = first.store.commits_since(&first.head).await?;
    first.take_in(head, &missed.commits[0].commit);
    same_state(PROMISE, &first.state, &second.state)?;
    equal(PROMISE, &first.store.verify().await?.len(), &0)
}

async fn of_two_tabs_one_is_overtaken<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "of two tabs that write pages, one is told that it is overtaken";
    let mut first = Tab::open(connect("overtaken").await?).await?;
    first.save((1..=600).map(|number| create(number, "x")).collect()).await?;
    let mut second = Tab::open(connect("overtaken").await?).await?;
    first.checkpoint().await?;
    second.save(vec![update(5, "y")]).await?;
    let checkpoint = second.pack()?;
    equal(PROMISE, &second.store.checkpoint(&checkpoint).await, &Err(StoreError::Overtaken))?;
    second.pages.give_up(checkpoint);
    second.pages.spoil_all();
    second.checkpoint().await?;
    let again = Tab::open(connect("overtaken").await?).await?;
    same_state(PROMISE, &again.state, &second.state)?;
    ensure(PROMISE, again.quarantined.is_empty() && again.pages.is_clean())?;
    equal(PROMISE, &again.store.commits_of(RecordId(5)).await?.commits.len(), &2)
}

async fn a_damaged_page_is_named_and_rebuilt<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "a damaged page is named and made anew from the log";
    let mut tab = Tab::open(connect("page").await?).await?;
    tab.save((1..=600).map(|number| create(number, "x")).collect()).await?;
    tab.checkpoint().await?;
    tab.save(vec![update(5, "y")]).await?;
    let shelf = connect("page").await?;
    damage(&shelf, Room::Page, "thing/00000".into()).await?;
    let mut again = Tab::open(connect("page").await?).await?;
    same_state(PROMISE, &again.state, &tab.state)?;
    let named: Vec<_> =
        again.quarantined.iter().map(|found| (found.key.as_str(), found.reason, found.rebuilt)).collect();
    equal(PROMISE, &named, &vec![("page/thing/00000", Reason::Damaged, true)])?;
    equal(PROMISE, &again.store.set_aside().await?.len(), &1)?;
    again.checkpoint().await?;
    let third = Tab::open(connect("page").await?).await?;
    same_state(PROMISE, &third.state, &tab.state)?;
    ensure(PROMISE, third.quarantined.is_empty())
}

async fn a_damaged_entry_is_named_and_the_rest_opens<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "a damaged log entry is named and the rest opens";
    let mut tab = Tab::open(connect("entry").await?).await?;
    for number in 1..=5 {
        tab.save(vec![create(number, "x")]).await?;
    }
    let shelf = connect("entry").await?;
    damage(&shelf, Room::Log, 3.into()).await?;
    let again = Tab::open(connect("entry").await?).await?;
    ensure(PROMISE, again.quarantined.iter().any(|found| found.key == "log/3" && !found.rebuilt))?;
    equal(PROMISE, &again.state.record_count(), &4)?;
    equal(PROMISE, &again.head, &tab.head)?;
    shelf.write(None, &[Write::Delete { room: Room::Log, key: 2.into() }]).await?;
    let again = Tab::open(connect("entry").await?).await?;
    ensure(PROMISE, again.quarantined.iter().any(|found| found.key == "log/2" && found.reason == Reason::Missing))?;
    equal(PROMISE, &again.state.record_count(), &3)
}

async fn newer_data_is_left_alone<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "newer data is refused and left alone";
    let mut tab = Tab::open(connect("newer").await?).await?;
    tab.save(vec![create(1, "x")]).await?;
    let shelf = connect("newer").await?;
    shelf.write(None, &[Write::put(Room::Meta, "version", br#"{"data":999,"page":9}"#.as_slice())]).await?;
    let everything = Room::ALL.map(Read::All);
    let before = shelf.read(&everything).await?;
    let refused = Store::open(connect("newer").await?, 1).await.map(|_| ());
    let known = crate::store::migration::DATA_VERSION;
    equal(PROMISE, &refused, &Err(StoreError::TooNew { found: 999, known }))?;
    equal(PROMISE, &shelf.read(&everything).await?, &before)
}

async fn the_timeline_of_a_record_is_told<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "the timeline of a record is told, the newest first";
    let mut tab = Tab::open(connect("timeline").await?).await?;
    tab.save(vec![create(1, "x"), create(2, "x")]).await?;
    tab.save(vec![update(1, "y")]).await?;
    tab.checkpoint().await?;
    tab.save(vec![update(2, "y")]).await?;
    tab.save(vec![update(1, "z")]).await?;
    for tab in [&tab, &Tab::open(connect("timeline").await?).await?] {
        let told = tab.store.commits_of(RecordId(1)).await?;
        let positions: Vec<u64> = told.commits.iter().map(|kept| kept.position.0).collect();
        equal(PROMISE, &positions, &vec![4, 2, 1])?;
        ensure(PROMISE, tab.store.commits_of(RecordId(99)).await?.commits.is_empty())?;
        let last = tab.store.last_commits(2, Some(LogPosition(4))).await?;
        equal(PROMISE, &last.commits.iter().map(|kept| kept.position.0).collect::<Vec<_>>(), &vec![3, 2])?;
        equal(PROMISE, &tab.store.last_commits(10, None).await?.commits.len(), &4)?;
    }
    Ok(())
}

async fn a_workspace_is_replaced_at_once<F, C>(connect: &F) -> Outcome
where
    F: Fn(&'static str) -> C,
    C: Future<Output = Result<AnyShelf, StoreError>>,
{
    const PROMISE: &str = "a workspace is replaced at once, and other tabs are told";
    let mut tab = Tab::open(connect("replaced").await?).await?;
    let mut other = Tab::open(connect("replaced").await?).await?;
    tab.save(vec![create(1, "x")]).await?;
    tab.save(vec![create(2, "x")]).await?;
    let (head, missed) = other.store.commits_since(&other.head).await?;
    missed.commits.iter().for_each(|kept| other.take_in(head.clone(), &kept.commit));
    let mut founding = commit(50, vec![create(9, "new")]);
    let entries = [log::encode(&mut founding, "")?];
    let content = b"a file".to_vec();
    let files = std::collections::BTreeMap::from([(log::hash(&content), content)]);
    tab.store.replace_all(&tab.head, &entries, &files).await?;
    equal(PROMISE, &tab.store.blobs().await?.len(), &1)?;
    let entry = other.encode(vec![create(3, "x")])?;
    equal(PROMISE, &other.store.append(&other.head, &[entry]).await, &Err(StoreError::Replaced))?;
    equal(PROMISE, &other.store.commits_since(&other.head).await, &Err(StoreError::Replaced))?;
    let again = Tab::open(connect("replaced").await?).await?;
    equal(PROMISE, &again.state.record_count(), &1)?;
    equal(PROMISE, &again.head.position, &LogPosition(1))?;
    again.store.clear(&again.head).await?;
    let empty = Tab::open(connect("replaced").await?).await?;
    equal(PROMISE, &(empty.state.record_count(), empty.head.clone()), &(0, Head::default()))
}

async fn files_and_settings_are_kept(shelf: AnyShelf) -> Outcome {
    const PROMISE: &str = "files and settings are kept";
    let store = Store::open(shelf.clone(), 1).await?.store;
    let hash = store.put_blob(b"content").await?;
    equal(PROMISE, &store.blob(&hash).await?, &Some(b"content".to_vec()))?;
    equal(PROMISE, &store.blobs().await?, &vec![hash.clone()])?;
    damage(&shelf, Room::Blob, hash.as_str().into()).await?;
    ensure(PROMISE, matches!(store.blob(&hash).await, Err(StoreError::Corrupt { .. })))?;
    store.remove_blob(&hash).await?;
    equal(PROMISE, &store.blob(&hash).await?, &None)?;
    store.set_setting("theme", &serde_json::json!({ "dark": true })).await?;
    equal(PROMISE, &store.setting("theme").await?, &Some(serde_json::json!({ "dark": true })))?;
    equal(PROMISE, &store.setting("other").await?, &None)
}

async fn a_closed_connection_says_so(shelf: AnyShelf) -> Outcome {
    const PROMISE: &str = "a closed connection says so";
    let mut tab = Tab::open(shelf).await?;
    tab.save(vec![create(1, "x")]).await?;
    tab.store.close();
    let entry = tab.encode(vec![create(2, "x")])?;
    equal(PROMISE, &tab.store.append(&tab.head, &[entry]).await, &Err(StoreError::Closed))
}

/// What the application does with a store, in short.
struct Tab {
    store: Store,
    state: State,
    head: Head,
    pages: crate::store::PageMap,
    device: u32,
    quarantined: Vec<crate::store::Quarantined>,
    notes: Vec<Note>,
}

impl Tab {
    async fn open(shelf: AnyShelf) -> Result<Self, StoreError> {
        let Opened { store, state, head, pages, device, quarantined, notes, .. } = Store::open(shelf, 7).await?;
        Ok(Tab { store, state, head, pages, device, quarantined, notes })
    }

    fn encode(&self, changes: Vec<Change>) -> Result<EncodedCommit, StoreError> {
        log::encode(&mut commit(self.head.position.0 + 1, changes), &self.head.hash)
    }

    async fn save(&mut self, changes: Vec<Change>) -> Result<(), StoreError> {
        let mut commit = commit(self.head.position.0 + 1, changes);
        let entry = log::encode(&mut commit, &self.head.hash)?;
        let head = self.store.append(&self.head, &[entry]).await?;
        self.take_in(head, &commit);
        Ok(())
    }

    fn take_in(&mut self, head: Head, commit: &Commit) {
        self.state.apply_all(&commit.changes);
        self.pages.note(commit);
        self.head = head;
    }

    fn pack(&mut self) -> Result<crate::store::Checkpoint, StoreError> {
        let mut checkpoint = self.pages.begin(&self.head);
        while self.pages.encode_some(&self.state, &mut checkpoint, 2)? {}
        Ok(checkpoint)
    }

    async fn checkpoint(&mut self) -> Result<(), StoreError> {
        let checkpoint = self.pack()?;
        self.store.checkpoint(&checkpoint).await
    }
}

async fn damage(shelf: &AnyShelf, room: Room, key: Key) -> Result<(), StoreError> {
    let mut found = shelf.read(&[Read::One(room, key.clone())]).await?;
    let mut bytes = found.pop().and_then(|mut entries| entries.pop()).map(|entry| entry.bytes).unwrap_or_default();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 0x80;
    }
    shelf.write(None, &[Write::put(room, key, bytes)]).await.map(|_| ())
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

fn record(number: u64, text: &str) -> Arc<Record> {
    let mut values = Values::new();
    values.set(FieldId::new("name"), Value::text(&format!("{text} {number}")));
    values.set(FieldId::new("city"), Value::text(text));
    values.set(FieldId::new("size"), Value::integer(number as i64));
    let id = RecordId(u128::from(number));
    Arc::new(Record { id, entity: EntityId::new("thing"), created: Instant(1), updated: Instant(1), values })
}

fn create(number: u64, text: &str) -> Change {
    Change::Created { record: record(number, text), by: None }
}

fn update(number: u64, text: &str) -> Change {
    let change = FieldChange { field: FieldId::new("city"), before: Value::Empty, after: Value::text(text) };
    Change::Updated {
        record: RecordId(u128::from(number)),
        entity: EntityId::new("thing"),
        fields: vec![change],
        before: Instant(1),
        after: Instant(2),
        by: None,
    }
}

fn remember(cell: &str, number: i64) -> Change {
    Change::Remembered { cell: CellId::new(cell), before: Value::Empty, after: Value::integer(number) }
}

fn ensure(promise: &'static str, holds: bool) -> Outcome {
    if holds { Ok(()) } else { Err(Broken { promise, detail: "it is not so".to_owned() }) }
}

fn equal<T: PartialEq + std::fmt::Debug>(promise: &'static str, found: &T, expected: &T) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(Broken { promise, detail: format!("{found:?} instead of {expected:?}") })
}

fn same_state(promise: &'static str, found: &State, expected: &State) -> Outcome {
    equal(promise, &found.record_count(), &expected.record_count())?;
    for record in expected.records() {
        equal(promise, &found.record(record.id), &Some(record.as_ref()))?;
    }
    ensure(promise, found.cells().eq(expected.cells()) && found.definitions().eq(expected.definitions()))
}
