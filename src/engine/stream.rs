//! The stream of a record: everything that points at it, and what points at that as far as its layout goes on, each with its time.

mod mention;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::{Reader, State};
use crate::model::time::{Instant, Zone};
use crate::model::value::Value;

pub use mention::{Piece, begun, pieces};

/// Answers to answers are followed so far: whoever writes here answers the head of a thread, but scripts may do as they like.
const DEEPEST: usize = 32;

/// Something that happened around a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamEntry {
    /// The record that stands for it.
    pub record: RecordId,
    /// Its entity.
    pub entity: EntityId,
    /// When it happened.
    pub at: Instant,
    /// The record in between, if it does not point here by itself.
    pub through: Option<RecordId>,
    /// The comment at the head of the thread, if it is an answer.
    pub answers: Option<RecordId>,
}

/// An entry where it stands among others: answers stand below what they answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threaded {
    /// The entry.
    pub entry: StreamEntry,
    /// When the head of its thread happened: there it stands.
    pub at: Instant,
    /// Whether it stands below another one.
    pub is_answer: bool,
    /// Whether its thread ends with it.
    pub is_last: bool,
}

/// Everything around a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// What happened, the newest first.
    pub entries: Vec<StreamEntry>,
    /// The records that have turned into this one: what was changed in them belongs to its story as well.
    pub origins: Vec<RecordId>,
}

/// Gathers the stream of a record. A day without a time begins at midnight of the zone.
pub fn gather(state: &State, record: RecordId, zone: Zone) -> Stream {
    let Some(own) = state.record(record) else { return Stream::default() };
    let mut gathering = Gathering { state, zone, seen: FxHashSet::from_iter([record]), stream: Stream::default() };
    let through = match state.definition(Definition::layout_id(own.entity)) {
        Some(Definition::Layout(layout)) => layout.through.clone(),
        _ => Vec::new(),
    };
    gathering.pointing_at(record, None);
    let ahead = own.values.iter().flat_map(|(_, value)| value.links());
    for linked in ahead.filter_map(|link| state.record(*link)).filter(|linked| through.contains(&linked.entity)) {
        gathering.note(linked, None);
    }
    let near: Vec<RecordId> = gathering.stream.entries.iter().map(|entry| entry.record).collect();
    for between in near {
        let Some(entity) = state.record(between).map(|record| record.entity) else { continue };
        if gathering.turned_into(between, record) {
            gathering.stream.origins.push(between);
        }
        if through.contains(&entity) {
            gathering.pointing_at(between, Some(between));
        }
    }
    // Of what happened at the same moment the younger record stands first.
    gathering.stream.entries.sort_unstable_by_key(|entry| std::cmp::Reverse((entry.at, entry.record)));
    gathering.stream
}

/// Entries in their threads: those that answer another one of them stand below it, the oldest first.
pub fn threads(entries: &[StreamEntry]) -> Vec<Threaded> {
    let heads: FxHashSet<RecordId> = entries.iter().filter(|it| it.answers.is_none()).map(|it| it.record).collect();
    let mut answers: FxHashMap<RecordId, Vec<StreamEntry>> = FxHashMap::default();
    let head_of = |entry: &StreamEntry| entry.answers.filter(|head| heads.contains(head));
    for entry in entries.iter().rev() {
        if let Some(head) = head_of(entry) {
            answers.entry(head).or_default().push(*entry);
        }
    }
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries.iter().filter(|entry| head_of(entry).is_none()) {
        let below = answers.remove(&entry.record).unwrap_or_default();
        let (at, count) = (entry.at, below.len());
        found.push(Threaded { entry: *entry, at, is_answer: false, is_last: count == 0 });
        let answer =
            |(n, entry): (usize, StreamEntry)| Threaded { entry, at, is_answer: true, is_last: n + 1 == count };
        found.extend(below.into_iter().enumerate().map(answer));
    }
    found
}

/// Whether all words occur in what a record says: its texts, its options in either language, the names of its files. Small letters.
pub fn says(entity: &Entity, record: &Record, words: &[String]) -> bool {
    let is_in = |text: &str, word: &str| text.to_lowercase().contains(word);
    words.iter().all(|word| {
        record.values.iter().any(|(id, value)| match value {
            Value::Text(text) => is_in(text, word),
            Value::Choice(_) | Value::Choices(_) => value.options().iter().any(|option| {
                let known = entity.field(id).and_then(|field| field.option(*option));
                match known {
                    Some(option) => is_in(&option.label.zh, word) || is_in(&option.label.en, word),
                    // Free tags are their own label.
                    None => is_in(option.as_str(), word),
                }
            }),
            Value::Files(files) => files.iter().any(|file| is_in(&file.name, word)),
            Value::Empty
            | Value::Flag(_)
            | Value::Number(_)
            | Value::Money(_)
            | Value::Date(_)
            | Value::Instant(_)
            | Value::Duration(_)
            | Value::Link(_)
            | Value::Links(_)
            | Value::Place(_) => false,
        })
    })
}

/// How a new record of an entity says that it is about a record: its link to that, and to what that points at alike, so that a call
/// about an opportunity is one about its account as well. Nothing where no link leads there.
pub fn about(state: &State, record: RecordId, entity: &Entity) -> Vec<(FieldId, Value)> {
    let Some(own) = state.record(record) else { return Vec::new() };
    let single = |field: &&Field| matches!(field.kind, FieldKind::Link(_));
    let leads = |field: &&Field| field.link().is_some_and(|target| target.accepts(own.entity));
    // A field for this entity alone says more than one for any record.
    let found = entity.link_fields().filter(single).filter(leads).max_by_key(|field| {
        field.link().map_or(0, |target| usize::from(target.to.len() == 1) + usize::from(!target.to.is_empty()))
    });
    let Some(found) = found else { return Vec::new() };
    let mut links = vec![(found.id, Value::Link(record))];
    let people = state.workspace().and_then(|workspace| workspace.people);
    let Some(definition) = state.entity(own.entity) else { return links };
    for field in entity.link_fields().filter(single).filter(|field| field.id != found.id) {
        let Some([to]) = field.link().map(|target| target.to.as_slice()) else { continue };
        let alike = |other: &&Field| other.link().is_some_and(|target| target.to == [*to]);
        let mut ways = definition.link_fields().filter(single).filter(alike);
        if let (Some(way), None) = (ways.next(), ways.next())
            && Some(*to) != people
            && *to != own.entity
            && let value @ Value::Link(_) = own.value(way.id)
        {
            links.push((field.id, value.clone()));
        }
    }
    links
}

/// When that for which a record stands happens: what its entity's field says, or else its creation.
pub fn moment(entity: &Entity, record: &Record, zone: Zone) -> Instant {
    let said = entity.happens.map(|field| record.value(field));
    match said {
        Some(Value::Instant(at)) => *at,
        Some(Value::Date(day)) => Instant::from_local(day.and_time(chrono::NaiveTime::MIN), zone),
        _ => record.created,
    }
}

/// The comment at the head of the thread that a record answers in; nothing if it is no answer.
pub fn head_of(state: &State, record: &Record) -> Option<RecordId> {
    let shape = state.workspace()?.comments.as_ref().filter(|shape| shape.entity == record.entity)?;
    let field = shape.reply?;
    let (mut here, mut head) = (record, None);
    for _ in 0..DEEPEST {
        let Some(next) = here.value(field).links().first().and_then(|id| state.record(*id)) else { break };
        head = Some(next.id);
        here = next;
    }
    head.filter(|head| *head != record.id)
}

struct Gathering<'a> {
    state: &'a State,
    zone: Zone,
    seen: FxHashSet<RecordId>,
    stream: Stream,
}

impl Gathering<'_> {
    fn pointing_at(&mut self, to: RecordId, through: Option<RecordId>) {
        for link in self.state.all_incoming(to) {
            if let Some(record) = self.state.record(link.from) {
                self.note(record, through);
            }
        }
    }

    fn note(&mut self, record: &Record, through: Option<RecordId>) {
        let Some(entity) = self.state.entity(record.entity).filter(|entity| self.is_told(entity)) else { return };
        if self.seen.insert(record.id) {
            let at = moment(entity, record, self.zone);
            let answers = head_of(self.state, record);
            self.stream.entries.push(StreamEntry { record: record.id, entity: entity.id, at, through, answers });
        }
    }

    /// Line items are told by what they belong to, and notices by what they are about.
    fn is_told(&self, entity: &Entity) -> bool {
        let notices = self.state.workspace().and_then(|workspace| workspace.notices.as_ref());
        if notices.is_some_and(|notices| notices.entity == entity.id) {
            return false;
        }
        let mut owners = entity.link_fields().filter_map(|field| field.link()).filter(|target| target.owned);
        !owners.any(|target| {
            let owners = target.to.iter().filter_map(|owner| self.state.entity(*owner));
            owners.flat_map(|owner| owner.line_entities()).any(|line| line == entity.id)
        })
    }

    /// Whether a record was converted into another one.
    fn turned_into(&self, record: RecordId, into: RecordId) -> bool {
        let Some(record) = self.state.record(record) else { return false };
        let conversion = self.state.entity(record.entity).and_then(|entity| entity.conversion.as_deref());
        let mut links = conversion.into_iter().flat_map(|conversion| &conversion.targets).filter_map(|it| it.link);
        links.any(|link| record.value(link).links().contains(&into))
    }
}
