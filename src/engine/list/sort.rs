//! Order: keys made once per record, blank last either way.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::engine::list::alphabet::{self, Alphabet};
use crate::engine::list::{Letters, Query};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::model::view::{Sort, SortOrder};

/// What a value is ordered by.
pub(super) enum Key<'a> {
    Blank,
    /// A number in billionths, within a group: the currency of an amount, the first of several options.
    Number {
        group: u32,
        billionths: i128,
    },
    /// Text; in lower case unless somebody else compares it.
    Text(Cow<'a, str>),
}

/// One step of the order, with what its keys need.
pub(super) struct Step {
    field: FieldId,
    options: FxHashMap<OptionId, u32>,
    /// Which end comes first.
    pub(super) order: SortOrder,
}

/// Puts records in the order of a query; those that are equal stay as they stand.
pub fn sort(reader: &dyn Reader, entity: &Entity, query: &Query, found: Vec<RecordId>) -> Vec<RecordId> {
    let steps = steps(reader, entity, query.sort);
    if steps.is_empty() || found.len() < 2 {
        return found;
    }
    let records: Vec<Option<&Record>> = found.iter().map(|id| reader.record(*id)).collect();
    let columns: Vec<Vec<u128>> = steps
        .iter()
        .map(|step| {
            let keys =
                records.iter().map(|record| record.map_or(Key::Blank, |record| key(reader, step, record, query)));
            standings(&keys.collect::<Vec<Key>>(), step.order, query.letters)
        })
        .collect();
    let Some((first, others)) = columns.split_first() else { return found };
    let mut places: Vec<(u128, u32)> = first.iter().copied().zip(0..).collect();
    places.sort_unstable_by(|(standing, a), (other, b)| {
        standing.cmp(other).then_with(|| {
            let by_others = others.iter().map(|column| column[*a as usize].cmp(&column[*b as usize]));
            by_others.fold(Ordering::Equal, Ordering::then).then(a.cmp(b))
        })
    });
    places.into_iter().map(|(_, place)| found[place as usize]).collect()
}

/// A number for each key that stands among the others as the key does, so that each pair is compared at once.
fn standings(keys: &[Key], order: SortOrder, letters: Option<Letters>) -> Vec<u128> {
    let texts = Ranks::of(keys, letters);
    let whole: Option<Vec<u128>> = keys.iter().map(|key| key.standing(order, &texts)).collect();
    whole.unwrap_or_else(|| {
        // Some number is too great for that; then all of them are compared as they are.
        let alphabet = letters.map(|letters| alphabet(letters, keys.iter()));
        let compare = |a: usize, b: usize| compare(&keys[a], &keys[b], order, alphabet.as_deref());
        let mut places: Vec<usize> = (0..keys.len()).collect();
        places.sort_unstable_by(|a, b| compare(*a, *b));
        ranks(&places, |a, b| compare(a, b).is_eq()).into_iter().map(u128::from).collect()
    })
}

/// The places of things that stand in order, those that are alike having the same.
fn ranks(ordered: &[usize], is_same: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    let mut ranks = vec![0; ordered.len()];
    let mut rank = 0;
    for (at, place) in ordered.iter().enumerate() {
        if at > 0 && !is_same(ordered[at - 1], *place) {
            rank += 1;
        }
        ranks[*place] = rank;
    }
    ranks
}

/// Where the texts of a column stand among each other. A text is often there many times, and is asked about once.
struct Ranks<'a>(FxHashMap<&'a str, u32>);

impl<'a> Ranks<'a> {
    fn of(keys: &'a [Key<'a>], letters: Option<Letters>) -> Ranks<'a> {
        let mut texts: Vec<&str> = Vec::new();
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        for key in keys {
            if let Key::Text(text) = key {
                known.entry(text).or_insert_with_key(|text| {
                    texts.push(text);
                    texts.len() as u32 - 1
                });
            }
        }
        let alphabet = letters.map(|letters| alphabet::of(letters, texts.iter().copied()));
        let alphabet = alphabet.as_deref();
        let compare = |a: usize, b: usize| match alphabet {
            Some(alphabet) => alphabet.compare(texts[a], texts[b]),
            None => texts[a].cmp(texts[b]),
        };
        let mut places: Vec<(u128, usize)> =
            texts.iter().enumerate().map(|(at, text)| (start(text, alphabet), at)).collect();
        places.sort_unstable_by(|(start, a), (other, b)| start.cmp(other).then_with(|| compare(*a, *b)));
        let ordered: Vec<usize> = places.into_iter().map(|(_, at)| at).collect();
        let ranks = ranks(&ordered, |a, b| compare(a, b).is_eq());
        known.values_mut().for_each(|place| *place = ranks[*place as usize]);
        Ranks(known)
    }
}

/// A number that never orders otherwise than the text: as many of its letters as fit.
fn start(text: &str, alphabet: Option<&Alphabet>) -> u128 {
    match alphabet {
        Some(alphabet) => {
            let mut ranks = alphabet.ranks(text);
            (0..8).fold(0, |start, _| start << 16 | u128::from(ranks.next().unwrap_or(0)))
        }
        None => {
            let mut bytes = [0; 16];
            bytes.iter_mut().zip(text.bytes()).for_each(|(start, byte)| *start = byte);
            u128::from_be_bytes(bytes)
        }
    }
}

/// Where a record would stand in a sorted list that does not hold it.
pub struct Placer<'a> {
    reader: &'a dyn Reader,
    query: &'a Query<'a>,
    steps: Vec<Step>,
    alphabet: Option<Rc<Alphabet>>,
}

impl<'a> Placer<'a> {
    /// Knows the order of a query and the letters of the records that are to be placed.
    pub fn new(
        reader: &'a dyn Reader,
        entity: &Entity,
        query: &'a Query<'a>,
        placed: impl Iterator<Item = &'a Record>,
    ) -> Placer<'a> {
        let steps = steps(reader, entity, query.sort);
        let alphabet = query.letters.map(|letters| {
            let keys: Vec<Key> =
                placed.flat_map(|record| steps.iter().map(|step| key(reader, step, record, query))).collect();
            alphabet(letters, keys.iter())
        });
        Placer { reader, query, steps, alphabet }
    }

    /// The place of a record among others that stand in their order.
    pub fn place(&self, others: &[RecordId], record: &Record) -> usize {
        let key = |step, record| key(self.reader, step, record, self.query);
        let own: Vec<Key> = self.steps.iter().map(|step| key(step, record)).collect();
        others.partition_point(|id| {
            let Some(other) = self.reader.record(*id) else { return true };
            let by_keys = self
                .steps
                .iter()
                .zip(&own)
                .map(|(step, own)| compare(&key(step, other), own, step.order, self.alphabet.as_deref()))
                .find(|order| order.is_ne());
            by_keys.unwrap_or_else(|| id.cmp(&record.id)).is_lt()
        })
    }
}

/// The field that a look-up reads in the end, or the field itself.
pub fn source_of<'a>(reader: &'a dyn Reader, mut entity: &'a Entity, mut field: &'a Field) -> Option<&'a Field> {
    const DEEPEST: usize = 8;
    for _ in 0..DEEPEST {
        let FieldKind::Lookup { link, field: read } = &field.kind else {
            return Some(field);
        };
        let target = entity.field(*link)?.link()?.to.first().copied()?;
        entity = reader.entity(target)?;
        field = entity.field(*read)?;
    }
    None
}

/// The steps of an order whose fields are there.
pub(super) fn steps(reader: &dyn Reader, entity: &Entity, sort: &[Sort]) -> Vec<Step> {
    let known = sort.iter().filter_map(|sort| Some((sort, entity.field(sort.field)?)));
    known
        .map(|(sort, field)| {
            let source = source_of(reader, entity, field);
            let options = source.into_iter().flat_map(|source| source.options()).map(|option| option.id);
            let options = options.enumerate().map(|(place, option)| (option, place as u32)).collect();
            Step { field: field.id, options, order: sort.order }
        })
        .collect()
}

fn key<'a>(reader: &'a dyn Reader, step: &Step, record: &'a Record, query: &Query) -> Key<'a> {
    key_of(reader, step, record.value(step.field), query.letters)
}

/// What a value is ordered by in a step.
pub(super) fn key_of<'a>(
    reader: &'a dyn Reader,
    step: &Step,
    value: &'a Value,
    letters: Option<Letters<'_>>,
) -> Key<'a> {
    let number = |group: u32, number: Decimal| Key::Number { group, billionths: billionths(number) };
    let whole = |number: i64| Key::Number { group: 0, billionths: i128::from(number) };
    match value {
        Value::Empty => Key::Blank,
        Value::Flag(flag) => whole(i64::from(*flag)),
        Value::Number(amount) => number(0, *amount),
        Value::Money(money) => number(group_of(money.currency.as_str()), money.amount),
        Value::Date(date) => whole(i64::from(chrono::Datelike::num_days_from_ce(date))),
        Value::Instant(at) => whole(at.0),
        Value::Duration(seconds) => whole(*seconds),
        Value::Text(text) => text_key(text, letters),
        Value::Choice(option) => whole(i64::from(step.place(*option))),
        Value::Choices(options) => match options.first() {
            Some(first) => Key::Number { group: step.place(*first), billionths: options.len() as i128 },
            None => Key::Blank,
        },
        Value::Link(link) => title_key(reader, *link, letters),
        Value::Links(links) => links.first().map_or(Key::Blank, |link| title_key(reader, *link, letters)),
        Value::Files(files) => whole(files.len() as i64),
        Value::Place(place) => {
            let line = [place.country.as_str(), &place.region, &place.city, &place.street].join(" ");
            match letters {
                Some(_) => Key::Text(Cow::Owned(line)),
                None => Key::Text(Cow::Owned(line.to_lowercase())),
            }
        }
    }
}

impl Step {
    fn place(&self, option: OptionId) -> u32 {
        // What is no longer an option stands behind all that are.
        self.options.get(&option).copied().unwrap_or(u32::MAX)
    }
}

fn title_key<'a>(reader: &'a dyn Reader, link: RecordId, letters: Option<Letters>) -> Key<'a> {
    let title = reader.record(link).and_then(|record| {
        let title = reader.entity(record.entity)?.title;
        record.value(title).as_text()
    });
    title.map_or(Key::Blank, |title| text_key(title, letters))
}

fn text_key<'a>(text: &'a str, letters: Option<Letters>) -> Key<'a> {
    // Chinese has no letter case, and asking each letter takes long.
    let is_capital = |c: char| !('\u{3000}'..='\u{9fff}').contains(&c) && c.is_uppercase();
    if letters.is_some() || !text.chars().any(is_capital) {
        return Key::Text(Cow::Borrowed(text));
    }
    Key::Text(Cow::Owned(text.to_lowercase()))
}

/// An alphabet with every letter of the keys.
pub(super) fn alphabet<'a>(letters: Letters, keys: impl Iterator<Item = &'a Key<'a>>) -> Rc<Alphabet> {
    alphabet::of(letters, keys.filter_map(|key| if let Key::Text(text) = key { Some(text.as_ref()) } else { None }))
}

/// Which of two keys comes first; blank is last either way.
pub(super) fn compare(a: &Key, b: &Key, order: SortOrder, alphabet: Option<&Alphabet>) -> Ordering {
    let ascending = match (a, b) {
        (Key::Blank, Key::Blank) => return Ordering::Equal,
        (Key::Blank, _) => return Ordering::Greater,
        (_, Key::Blank) => return Ordering::Less,
        (Key::Number { group, billionths }, Key::Number { group: other_group, billionths: other }) => {
            group.cmp(other_group).then(billionths.cmp(other))
        }
        (Key::Text(a), Key::Text(b)) => match alphabet {
            Some(alphabet) => alphabet.compare(a, b),
            None => a.cmp(b),
        },
        // Values of different types in one field: formulas may give them.
        (a, b) => a.type_rank().cmp(&b.type_rank()),
    };
    match order {
        SortOrder::Ascending => ascending,
        SortOrder::Descending => ascending.reverse(),
    }
}

impl Key<'_> {
    /// A number that stands among others as the key does: its type, and it; none where it is too great to fit.
    fn standing(&self, order: SortOrder, texts: &Ranks) -> Option<u128> {
        const TYPE: u32 = 126;
        const GROUP: u32 = TYPE - 32;
        const MOST: i128 = 1 << (GROUP - 1);
        let own = match self {
            // Last either way.
            Key::Blank => return Some(u128::MAX),
            Key::Number { group, billionths } if (-MOST..MOST).contains(billionths) => {
                u128::from(*group) << GROUP | (billionths + MOST).unsigned_abs()
            }
            Key::Number { .. } => return None,
            Key::Text(text) => u128::from(texts.0.get(text.as_ref()).copied()?),
        };
        let typed = u128::from(self.type_rank()) << TYPE | own;
        Some(match order {
            SortOrder::Ascending => typed,
            SortOrder::Descending => (1 << (TYPE + 1)) - 1 - typed,
        })
    }

    fn type_rank(&self) -> u8 {
        match self {
            Key::Number { .. } => 0,
            Key::Text(_) => 1,
            Key::Blank => 2,
        }
    }
}

/// A number in billionths, finer digits cut off: 96 bits of a decimal times a billion fit.
fn billionths(number: Decimal) -> i128 {
    const DIGITS: u32 = 9;
    let scale = number.scale();
    if scale <= DIGITS {
        number.mantissa() * 10i128.pow(DIGITS - scale)
    } else {
        number.mantissa() / 10i128.pow(scale - DIGITS)
    }
}

/// A number for a currency that orders like its code.
fn group_of(code: &str) -> u32 {
    code.bytes().take(4).fold(0, |group, byte| group << 8 | u32::from(byte))
}
