//! The index: the short texts of all records in one piece, each with its signs, kept current record by record.

use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::push_folded;
use super::meet::Way;
use super::readings::Readings;
use super::sign::Sign;
use super::{Found, Hit, Query, Tier, Wanted};
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;

/// A name has so many letters at most here, and a code so many.
const LONGEST_NAME: usize = 200;
const LONGEST_CODE: usize = 60;

/// The texts by which records are found.
#[derive(Default)]
pub struct Index {
    parts: Vec<Part>,
    readings: Readings,
    /// The Latin words of all names, with how many there were: what may have been meant by somebody who slips.
    vocabulary: FxHashMap<Box<str>, u32>,
}

/// The records of one entity.
struct Part {
    entity: EntityId,
    names: Vec<FieldId>,
    /// Telephone numbers, addresses and numbers, whatever they hold.
    codes: Vec<FieldId>,
    /// Texts that count if they look like one of those.
    doubtful: Vec<FieldId>,
    is_tucked: bool,
    rows: Vec<Row>,
    /// The signs of the rows, apart from them: they are read with every letter that is typed.
    literal: Vec<Sign>,
    spoken: Vec<Sign>,
    texts: String,
    places: FxHashMap<RecordId, u32>,
    /// Rows whose record is gone or stands elsewhere.
    dead: usize,
    /// Records that are not in it yet, the last one first.
    waiting: Vec<RecordId>,
}

/// One record: where its texts are.
struct Row {
    id: RecordId,
    start: u32,
    title: u16,
    names: u16,
    codes: u16,
    /// How long the title is, in letters.
    letters: u16,
}

impl Index {
    /// An index that knows how Han characters are read.
    pub fn new(readings: Readings) -> Index {
        Index { readings, ..Index::default() }
    }

    /// How Han characters are read.
    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    /// Whether the records of an entity are in it, or waiting to be, by the fields that it has now.
    pub fn covers(&self, entity: &Entity) -> bool {
        let found = self.parts.iter().find(|part| part.entity == entity.id);
        found.is_some_and(|part| {
            let (names, codes, doubtful) = identifying(entity);
            part.names == names && part.codes == codes && part.doubtful == doubtful && part.is_tucked == entity.tucked
        })
    }

    /// Begins anew with an entity: its records wait to be put in.
    pub fn begin(&mut self, entity: &Entity, mut records: Vec<RecordId>) {
        self.parts.retain(|part| part.entity != entity.id);
        let (names, codes, doubtful) = identifying(entity);
        // Those that were made last are looked for more often; they come first.
        records.sort_unstable();
        let part = Part {
            entity: entity.id,
            names,
            codes,
            doubtful,
            is_tucked: entity.tucked,
            rows: Vec::with_capacity(records.len()),
            literal: Vec::with_capacity(records.len()),
            spoken: Vec::with_capacity(records.len()),
            texts: String::new(),
            places: FxHashMap::default(),
            dead: 0,
            waiting: records,
        };
        self.parts.push(part);
    }

    /// Forgets all entities but these.
    pub fn keep(&mut self, entities: &[EntityId]) {
        self.parts.retain(|part| entities.contains(&part.entity));
    }

    /// Puts some of the waiting records in; says whether any are left.
    pub fn work(&mut self, reader: &dyn Reader, most: usize) -> bool {
        let mut left = most;
        for part in &mut self.parts {
            while left > 0 {
                let Some(id) = part.waiting.pop() else { break };
                part.put(reader.record(id), id, &self.readings, &mut self.vocabulary);
                left -= 1;
            }
        }
        self.is_growing()
    }

    /// Whether records are waiting to be put in.
    pub fn is_growing(&self) -> bool {
        self.parts.iter().any(|part| !part.waiting.is_empty())
    }

    /// Follows records that were changed, made or removed.
    pub fn touch(&mut self, reader: &dyn Reader, entity: EntityId, records: impl IntoIterator<Item = RecordId>) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.entity == entity) {
            for id in records {
                let record = reader.record(id).filter(|record| record.entity == entity);
                part.put(record, id, &self.readings, &mut self.vocabulary);
            }
            part.tidy(reader, &self.readings, &mut self.vocabulary);
        }
    }

    /// Finds records. How they sound is only asked where there is little else, and typing errors are forgiven where there is less.
    pub fn find(&self, wanted: &Wanted) -> Found {
        let mut query = Query::new(wanted.text);
        if query.is_blank() || wanted.most == 0 {
            return Found::default();
        }
        let mut best = Best { heap: BinaryHeap::new(), most: wanted.most, count: 0 };
        self.gather(&query, wanted, Way::Letters, &mut best);
        if best.count < wanted.most {
            self.gather(&query, wanted, Way::Sounds, &mut best);
        }
        if best.count == 0 {
            query.suspect(&self.vocabulary, &self.readings);
            self.gather(&query, wanted, Way::Slips, &mut best);
        }
        let is_all = best.count <= wanted.most;
        let ranked = best.heap.into_sorted_vec().into_iter();
        let hit = |(rank, part, row): (u64, u32, u32)| {
            let part = self.parts.get(part as usize)?;
            Some(Hit { entity: part.entity, record: part.rows.get(row as usize)?.id, tier: tier_of(rank) })
        };
        Found { hits: ranked.filter_map(hit).collect(), is_all }
    }

    fn gather(&self, query: &Query, wanted: &Wanted, way: Way, best: &mut Best) {
        let found_before = match way {
            Way::Letters => None,
            Way::Sounds => Some(Tier::Inside),
            Way::Slips => Some(Tier::Sound),
        };
        for (at, part) in self.parts.iter().enumerate() {
            if wanted.only.is_some_and(|only| only != part.entity) {
                continue;
            }
            let mut recent: Vec<(u32, u64)> = Vec::new();
            for (rank, id) in wanted.recent.iter().take(62).enumerate() {
                recent.extend(part.places.get(id).map(|place| (*place, rank as u64)));
            }
            recent.sort_unstable();
            let mut recent = recent.into_iter().peekable();
            for (number, (literal, spoken)) in part.literal.iter().zip(&part.spoken).enumerate() {
                if !query.words.iter().all(|word| word.may_meet(literal, spoken, way)) {
                    continue;
                }
                let Some(row) = part.rows.get(number).filter(|row| row.names > 0) else { continue };
                let (title, names, codes) = part.texts_of(row);
                let Some((tier, is_first)) = query.tier(title, names, codes, &self.readings, way) else { continue };
                if found_before.is_some_and(|found| tier <= found) {
                    continue;
                }
                let number = number as u32;
                while recent.next_if(|(row, _)| *row < number).is_some() {}
                let recency = recent.peek().filter(|(row, _)| *row == number).map_or(63, |(_, rank)| *rank);
                best.add(rank_of(tier, is_first, recency, part.is_tucked, row.letters), at as u32, number);
            }
        }
    }
}

/// The best so far: the worst of them on top.
struct Best {
    heap: BinaryHeap<(u64, u32, u32)>,
    most: usize,
    count: usize,
}

impl Best {
    fn add(&mut self, rank: u64, part: u32, row: u32) {
        self.count += 1;
        if self.heap.len() < self.most {
            self.heap.push((rank, part, row));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && (rank, part, row) < *worst
        {
            *worst = (rank, part, row);
        }
    }
}

/// The order as one number: how well it is met, from the beginning or not, recent ones, those of every day, short names.
fn rank_of(tier: Tier, is_first: bool, recency: u64, is_tucked: bool, letters: u16) -> u64 {
    let mut rank = tier as u64;
    rank = rank << 1 | u64::from(!is_first);
    rank = rank << 6 | recency.min(63);
    rank = rank << 1 | u64::from(is_tucked);
    rank << 16 | u64::from(letters)
}

fn tier_of(rank: u64) -> Tier {
    const TIERS: [Tier; 7] =
        [Tier::Exact, Tier::Start, Tier::Word, Tier::Inside, Tier::Initials, Tier::Sound, Tier::Slip];
    TIERS.get((rank >> 24) as usize).copied().unwrap_or(Tier::Slip)
}

impl Part {
    fn texts_of(&self, row: &Row) -> (&str, &str, &str) {
        let start = row.start as usize;
        let names = start + usize::from(row.names);
        let text = |from: usize, to: usize| self.texts.get(from..to).unwrap_or_default();
        (text(start, start + usize::from(row.title)), text(start, names), text(names, names + usize::from(row.codes)))
    }

    fn put(
        &mut self,
        record: Option<&Record>,
        id: RecordId,
        readings: &Readings,
        vocabulary: &mut FxHashMap<Box<str>, u32>,
    ) {
        if let Some(at) = self.places.remove(&id).map(|at| at as usize) {
            if let Some(row) = self.rows.get_mut(at) {
                *row = Row { title: 0, names: 0, codes: 0, letters: 0, ..*row };
            }
            // Its bits are gone with it, so nobody looks at it again.
            if let (Some(literal), Some(spoken)) = (self.literal.get_mut(at), self.spoken.get_mut(at)) {
                (*literal, *spoken) = (Sign::default(), Sign::default());
            }
            self.dead += 1;
        }
        let Some(record) = record else { return };
        let start = self.texts.len();
        let (Ok(from), Ok(place)) = (u32::try_from(start), u32::try_from(self.rows.len())) else { return };
        let (mut literal, mut spoken) = (Sign::default(), Sign::default());
        let mut title = 0;
        let line = |texts: &mut String, value: &Value, longest: usize| {
            let before = texts.len();
            match value {
                Value::Text(text) => push_line(texts, text, longest),
                Value::Number(number) => push_line(texts, &number.to_string(), longest),
                _ => {}
            }
            before
        };
        for (at, field) in self.names.iter().enumerate() {
            let before = line(&mut self.texts, record.value(*field), LONGEST_NAME);
            let text = &self.texts[before..];
            literal.add_text(text);
            spoken.add_sound(text, readings);
            note_words(vocabulary, text);
            if at == 0 {
                title = text.len();
            }
            self.texts.push('\n');
        }
        let names = self.texts.len() - start;
        let looks = |field: &&FieldId| record.value(**field).as_text().is_some_and(is_code);
        for field in self.codes.iter().chain(self.doubtful.iter().filter(looks)) {
            let before = line(&mut self.texts, record.value(*field), LONGEST_CODE);
            literal.add_text(&self.texts[before..]);
            if self.texts.len() > before {
                self.texts.push('\n');
            }
        }
        let codes = self.texts.len() - start - names;
        let letters = self.texts.get(start..start + title).map_or(0, |title| title.chars().count());
        let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
        let (title, names, codes, letters) = (short(title), short(names), short(codes), short(letters));
        self.places.insert(id, place);
        self.literal.push(literal);
        self.spoken.push(spoken);
        self.rows.push(Row { id, start: from, title, names, codes, letters });
    }

    /// Makes it anew where much of it is dead.
    fn tidy(&mut self, reader: &dyn Reader, readings: &Readings, vocabulary: &mut FxHashMap<Box<str>, u32>) {
        if self.dead < 1_000 || self.dead < self.rows.len() / 2 {
            return;
        }
        let known: FxHashSet<RecordId> = self.places.drain().map(|(id, _)| id).collect();
        let rows = std::mem::take(&mut self.rows);
        self.texts.clear();
        self.literal.clear();
        self.spoken.clear();
        self.dead = 0;
        for row in rows.into_iter().filter(|row| row.names > 0 && known.contains(&row.id)) {
            self.put(reader.record(row.id), row.id, readings, vocabulary);
        }
    }
}

/// The fields by which people look for a record: what names it, its telephone numbers, addresses and numbers, and short texts
/// that may hold such.
fn identifying(entity: &Entity) -> (Vec<FieldId>, Vec<FieldId>, Vec<FieldId>) {
    let (mut names, mut codes, mut doubtful) = (vec![entity.title], Vec::new(), Vec::new());
    for field in entity.fields.iter().filter(|field| field.id != entity.title) {
        match field.kind {
            FieldKind::Phone | FieldKind::Email | FieldKind::AutoNumber { .. } => codes.push(field.id),
            FieldKind::Text { .. } if entity.summary.contains(&field.id) => names.push(field.id),
            FieldKind::Text { .. } if field.unique => codes.push(field.id),
            FieldKind::Text { .. } => doubtful.push(field.id),
            _ => {}
        }
    }
    (names, codes, doubtful)
}

/// Whether a text looks like an address, a telephone number or a code: no gaps, and a digit or an @ in it.
fn is_code(text: &str) -> bool {
    text.len() <= LONGEST_CODE
        && text.bytes().any(|byte| byte == b'@' || byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Notes the Latin words of a name that are long enough for a slip.
fn note_words(vocabulary: &mut FxHashMap<Box<str>, u32>, name: &str) {
    for word in name.split(|letter: char| !letter.is_ascii_lowercase()).filter(|word| word.len() > 2) {
        match vocabulary.get_mut(word) {
            Some(count) => *count += 1,
            None => drop(vocabulary.insert(word.into(), 1)),
        }
    }
}

fn push_line(into: &mut String, text: &str, longest: usize) {
    let end = text.char_indices().nth(longest).map_or(text.len(), |(at, _)| at);
    let line = &text[..end];
    if line.contains(['\n', '\r']) {
        push_folded(into, &line.replace(['\n', '\r'], " "));
    } else {
        push_folded(into, line.trim_end());
    }
}
