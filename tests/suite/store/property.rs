//! Properties over generated values, records, commits and bytes.

use std::sync::Arc;

use perennial::model::change::{Cause, Change, Commit, FieldChange, Signature, Stamp, invert};
use perennial::model::definition::Definition;
use perennial::model::id::{CellId, CommitId, Currency, EntityId, FieldId, IdSource, OptionId, RecordId};
use perennial::model::record::Record;
use perennial::model::state::{Reader, State};
use perennial::model::time::{Date, Instant};
use perennial::model::value::{FileRef, Money, Place, Value};
use perennial::store::memory::MemoryShelf;
use perennial::store::{Opened, Store, codec, history, log, snapshot};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::now;

/// The state as comparable text, its indexes included.
pub fn told(state: &State) -> String {
    let mut records: Vec<&Arc<Record>> = state.records().collect();
    records.sort_by_key(|record| record.id);
    let mut text = String::new();
    for record in records {
        let mut values: Vec<_> = record.values.iter().collect();
        values.sort_by_key(|(field, _)| *field);
        text += &format!("{} {} {} {} {values:?}", record.id, record.entity, record.created, record.updated);
        text += &format!(" {:?}\n", state.all_incoming(record.id));
        for (field, value) in values {
            text += &format!("{:?}", state.holders(record.entity, field, value));
        }
    }
    for entity in ENTITIES {
        text += &format!("{:?}\n", state.member_ids(EntityId::new(entity)));
    }
    text += &format!("{:?}{:?}", state.cells().collect::<Vec<_>>(), state.definitions().collect::<Vec<_>>());
    text
}

const ENTITIES: [&str; 2] = ["thing", "other"];

/// The fields of both entities, one for each type of value.
const FIELDS: [(&str, &str); 14] = [
    ("name", r#""kind":"text","unique":true"#),
    ("flag", r#""kind":"flag""#),
    ("number", r#""kind":"number""#),
    ("money", r#""kind":"money""#),
    ("date", r#""kind":"date""#),
    ("instant", r#""kind":"instant""#),
    ("duration", r#""kind":"duration""#),
    ("choice", r#""kind":"choice","options":[]"#),
    ("choices", r#""kind":"choices","options":[]"#),
    ("link", r#""kind":"link""#),
    ("links", r#""kind":"links""#),
    ("files", r#""kind":"files""#),
    ("place", r#""kind":"address""#),
    ("note", r#""kind":"long_text""#),
];

fn definition(entity: &str) -> Definition {
    let label = r#"{"zh-CN":"物","en":"Thing"}"#;
    let fields: Vec<String> =
        FIELDS.iter().map(|(id, kind)| format!(r#"{{"id":"{id}","label":{label},{kind}}}"#)).collect();
    let text = format!(
        r#"{{"entity":{{"id":"{entity}","label":{label},"plural":{label},"icon":"box","group":"work","title":"name","fields":[{}]}}}}"#,
        fields.join(",")
    );
    serde_json::from_str(&text).unwrap()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z]{1,6}", "[一-十]{1,4}", "\\PC{1,80}"]
}

fn decimal() -> impl Strategy<Value = Decimal> {
    let wide =
        (any::<i128>(), 0u32..=28).prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits >> 33, scale));
    prop_oneof![(any::<i64>(), 0u32..=28).prop_map(|(digits, scale)| Decimal::new(digits, scale)), wide]
}

fn record_id() -> impl Strategy<Value = RecordId> {
    (1u128..20).prop_map(RecordId)
}

fn option() -> impl Strategy<Value = OptionId> {
    "[a-d]".prop_map(|text| OptionId::new(&text))
}

/// Milliseconds between the years 1 and 9999, which is what ISO 8601 writes with four digits.
fn instant() -> impl Strategy<Value = Instant> {
    (-62_135_596_800_000i64..253_402_300_800_000).prop_map(Instant)
}

fn value(field: &str) -> BoxedStrategy<Value> {
    match field {
        "flag" => any::<bool>().prop_map(Value::Flag).boxed(),
        "number" => decimal().prop_map(Value::Number).boxed(),
        "money" => (decimal(), prop_oneof!["CNY", "EUR"])
            .prop_map(|(amount, currency)| Value::Money(Money { amount, currency: Currency::new(&currency) }))
            .boxed(),
        "date" => (1..3_652_059i32).prop_map(|day| Value::Date(Date::from_num_days_from_ce_opt(day).unwrap())).boxed(),
        "instant" => instant().prop_map(Value::Instant).boxed(),
        "duration" => any::<i64>().prop_map(Value::Duration).boxed(),
        "choice" => option().prop_map(Value::Choice).boxed(),
        "choices" => prop::collection::vec(option(), 1..4).prop_map(|list| Value::Choices(list.into())).boxed(),
        "link" => record_id().prop_map(Value::Link).boxed(),
        "links" => prop::collection::vec(record_id(), 1..4).prop_map(|list| Value::Links(list.into())).boxed(),
        "files" => prop::collection::vec(text(), 1..3)
            .prop_map(|names| {
                // Its name is its content, so that the content of a file is known wherever the file is.
                let file = |name: String| {
                    let hash = log::hash(name.as_bytes());
                    FileRef { hash, size: name.len() as u64, name, media_type: "text/plain".to_owned() }
                };
                Value::Files(names.into_iter().map(file).collect())
            })
            .boxed(),
        "place" => (text(), text(), prop::option::of(decimal()))
            .prop_map(|(city, street, latitude)| {
                Value::Place(Arc::new(Place { city, street, latitude, ..Place::default() }))
            })
            .boxed(),
        _ => text().prop_map(|text| Value::text(&text)).boxed(),
    }
}

fn field_value() -> impl Strategy<Value = (FieldId, Value)> {
    prop::sample::select(FIELDS.as_slice())
        .prop_flat_map(|(field, _)| value(field).prop_map(move |value| (FieldId::new(field), value)))
}

fn record() -> impl Strategy<Value = Arc<Record>> {
    let entity = prop::sample::select(ENTITIES.as_slice());
    (record_id(), entity, instant(), instant(), prop::collection::vec(field_value(), 0..12)).prop_map(
        |(id, entity, created, updated, values)| {
            let entity = EntityId::new(entity);
            Arc::new(Record { id, entity, created, updated, values: values.into_iter().collect() })
        },
    )
}

/// What somebody wants; which change it is depends on the state.
#[derive(Clone, Debug)]
enum Wish {
    Put(Arc<Record>),
    Set(RecordId, Vec<(FieldId, Value)>),
    Remove(RecordId),
    Remember(String, Value),
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        3 => record().prop_map(Wish::Put),
        3 => (record_id(), prop::collection::vec(field_value(), 1..4)).prop_map(|(id, values)| Wish::Set(id, values)),
        1 => record_id().prop_map(Wish::Remove),
        1 => ("[a-c]", value("number")).prop_map(|(cell, value)| Wish::Remember(cell, value)),
    ]
}

/// The change that fulfils a wish on a state, if there is one.
fn fulfil(state: &State, wish: Wish, at: Instant) -> Option<Change> {
    match wish {
        Wish::Put(record) if state.record(record.id).is_none() => Some(Change::Created { record, by: None }),
        Wish::Put(_) => None,
        Wish::Remove(id) => state.shared_record(id).cloned().map(|record| Change::Removed { record }),
        Wish::Remember(cell, after) => {
            let cell = CellId::new(&cell);
            Some(Change::Remembered { cell, before: state.cell(cell).clone(), after })
        }
        Wish::Set(id, values) => {
            let record = state.record(id)?;
            let mut fields: Vec<FieldChange> = Vec::new();
            for (field, after) in values {
                if fields.iter().all(|known| known.field != field) {
                    fields.push(FieldChange { field, before: record.value(field).clone(), after });
                }
            }
            let (entity, before) = (record.entity, record.updated);
            Some(Change::Updated { record: id, entity, fields, before, after: at, by: None })
        }
    }
}

fn defining() -> Vec<Change> {
    let define = |entity: &&str| {
        let after = definition(entity);
        Change::Defined { id: after.id(), before: None, after: Some(after) }
    };
    ENTITIES.iter().map(define).collect()
}

/// The commits that fulfil wishes one after the other, and the state that they lead to.
fn commits(wishes: Vec<Vec<Wish>>) -> (Vec<Commit>, State) {
    let mut state = State::new();
    let mut commits = Vec::new();
    for (number, wishes) in wishes.into_iter().enumerate() {
        let at = Instant(number as i64);
        let mut changes = if number == 0 { defining() } else { Vec::new() };
        state.apply_all(&changes);
        for wish in wishes {
            let change = fulfil(&state, wish, at);
            change.iter().for_each(|change| state.apply(change));
            changes.extend(change);
        }
        commits.push(Commit {
            id: CommitId(number as u128 + 1),
            at: Stamp { time: at, count: 0, device: 1 },
            wall: None,
            actor: None,
            batch: None,
            cause: Cause::AddRecords { count: 0, source: None },
            changes,
            withheld: Vec::new(),
            previous: String::new(),
        });
    }
    (commits, state)
}

fn history_of_a_workspace() -> impl Strategy<Value = Vec<Vec<Wish>>> {
    prop::collection::vec(prop::collection::vec(wish(), 0..6), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_packed_is_unpacked(records in prop::collection::vec(record(), 0..20)) {
        let entity = EntityId::new("thing");
        let records: Vec<Arc<Record>> = records
            .into_iter()
            .map(|record| Arc::new(Record { entity, ..(*record).clone() }))
            .collect();
        let sealed = codec::seal(&codec::encode_records(entity, records.iter().map(Arc::as_ref)));
        let (found, unpacked) = codec::decode_records(codec::unseal(&sealed).unwrap()).unwrap();
        prop_assert_eq!(found, entity);
        prop_assert_eq!(unpacked, records);
    }

    #[test]
    fn a_flipped_bit_is_found(records in prop::collection::vec(record(), 1..8), at in any::<prop::sample::Index>()) {
        let mut sealed = codec::seal(&codec::encode_records(EntityId::new("thing"), records.iter().map(Arc::as_ref)));
        let bit = at.index(sealed.len() * 8);
        sealed[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(codec::unseal(&sealed).is_err());
    }

    #[test]
    fn any_bytes_may_come(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in any::<prop::sample::Index>()) {
        let _ = codec::unseal(&bytes);
        let _ = codec::decode_records(&bytes);
        let _ = history::decode(&codec::seal(&bytes));
        let mut changed = codec::encode_records(EntityId::new("thing"), [].into_iter());
        changed.extend_from_slice(&bytes);
        let at = cut.index(changed.len());
        changed[at] = changed[at].wrapping_add(1);
        let _ = codec::decode_records(&changed);
    }

    #[test]
    fn changed_bytes_never_panic(
        records in prop::collection::vec(record(), 1..8),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut body = codec::encode_records(EntityId::new("thing"), records.iter().map(Arc::as_ref));
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let _ = codec::decode_records(&body);
        body.truncate(cut.index(body.len()));
        let _ = codec::decode_records(&body);
    }

    #[test]
    fn a_commit_reads_back(wishes in history_of_a_workspace()) {
        for mut commit in commits(wishes).0 {
            let entry = log::encode(&mut commit, "abc").unwrap();
            prop_assert_eq!(log::decode(log_position(1), entry.bytes()).unwrap(), commit);
        }
    }

    #[test]
    fn taking_back_restores(wishes in history_of_a_workspace()) {
        let (commits, state) = commits(wishes);
        let mut state = state;
        let mut states = vec![told(&state)];
        for commit in commits.iter().rev() {
            state.apply_all(&invert(&commit.changes));
            states.push(told(&state));
        }
        prop_assert_eq!(told(&state), told(&State::new()));
        states.pop();
        for (commit, expected) in commits.iter().zip(states.iter().rev()) {
            state.apply_all(&commit.changes);
            prop_assert_eq!(&told(&state), expected);
        }
    }

    #[test]
    fn pages_and_tail_are_the_fold_of_the_log(
        wishes in history_of_a_workspace(),
        rests in prop::collection::vec(0u8..4, 12),
        damage in any::<Option<(prop::sample::Index, prop::sample::Index)>>(),
    ) {
        let (commits, expected) = commits(wishes);
        let shelf = MemoryShelf::new();
        let Opened { store, mut state, mut head, mut pages, .. } = now(Store::open(shelf.another(), 1)).unwrap();
        let mut written = Vec::new();
        for (mut commit, rest) in commits.into_iter().zip(rests) {
            let entry = log::encode(&mut commit, &head.hash).unwrap();
            state.apply_all(&commit.changes);
            pages.note(&commit);
            head = now(store.append(&head, &[entry])).unwrap();
            if rest == 0 {
                let mut checkpoint = pages.begin(&head);
                while pages.encode_some(&state, &mut checkpoint, 1).unwrap() {}
                now(store.checkpoint(&checkpoint)).unwrap();
                written = checkpoint.pages;
            }
        }
        let killed = shelf.copy();
        if let Some((page, bit)) = damage && !written.is_empty() && let (key, Some(bytes)) = &written[page.index(written.len())] {
            prop_assert!(killed.flip(perennial::store::shelf::Room::Page, key.as_str(), bit.index(bytes.len() * 8)));
        }
        let again = now(Store::open(killed, 1)).unwrap();
        prop_assert_eq!(told(&again.state), told(&expected));
        prop_assert_eq!(again.head, head);
        prop_assert!(again.quarantined.iter().all(|found| found.rebuilt));
        for record in expected.records() {
            let told = now(again.store.commits_of(record.id)).unwrap();
            prop_assert!(told.damaged.is_empty() && !told.commits.is_empty());
            prop_assert!(told.commits.iter().all(|kept| kept.commit.records().iter().any(|(id, _)| *id == record.id)));
        }
    }

    #[test]
    fn a_snapshot_restores(
        wishes in history_of_a_workspace(),
        with_log in any::<bool>(),
        with_files in any::<bool>(),
        lost in any::<Option<prop::sample::Index>>(),
    ) {
        let (commits, state) = commits(wishes);
        let log = with_log.then_some(commits.as_slice());
        let mut contents: snapshot::Contents = snapshot::referenced(&state, log)
            .into_iter()
            .map(|(hash, file)| (hash, Some(file.name.into_bytes())))
            .collect();
        if let Some(lost) = lost && !contents.is_empty() {
            let at = lost.index(contents.len());
            *contents.values_mut().nth(at).unwrap() = None;
        }
        let files = with_files.then_some(&contents);
        let text = snapshot::export(&state, log, files, Instant(7)).unwrap();
        let read = snapshot::read(&text).unwrap_or_else(|problems| panic!("{problems:?}"));
        prop_assert_eq!(told(&read.state), told(&state));
        prop_assert_eq!(super::snapshot::faults(&serde_json::from_str(&text).unwrap()), Vec::<String>::new());
        let again = snapshot::export(&read.state, read.log.as_deref(), files, Instant(7)).unwrap();
        prop_assert_eq!(again.len(), text.len());
        let entries = read.entries(Signature::default(), &mut IdSource::new(1, 1)).unwrap();
        let shelf = MemoryShelf::new();
        let opened = now(Store::open(shelf.another(), 1)).unwrap();
        now(opened.store.replace_all(&opened.head, &entries, &read.files)).unwrap();
        let again = now(Store::open(shelf.another(), 1)).unwrap();
        prop_assert_eq!(told(&again.state), told(&state));
        prop_assert!(again.quarantined.is_empty() && now(again.store.verify()).unwrap().is_empty());
        for (hash, content) in &contents {
            let expected = content.clone().filter(|_| with_files);
            prop_assert_eq!(&now(again.store.blob(hash)).unwrap(), &expected);
        }
    }
}

fn log_position(at: u64) -> perennial::store::LogPosition {
    perennial::store::LogPosition(at)
}
