//! Groups: the records of a list gathered by the values of fields, level within level, each group with its place in one flat
//! sequence of records. What is folded away is the reader's business; `Lines` says what is left to draw.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use chrono::Datelike;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::list::alphabet::Alphabet;
use crate::engine::list::search::Needle;
use crate::engine::list::sort::{self, Key, Placer, Step};
use crate::engine::list::{Query, Touch, belongs, follow};
use crate::model::id::RecordId;
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::time::{Date, Reckoning, Zone};
use crate::model::value::{Money, Value};
use crate::model::view::{Bucket, Grouping, Sort};

/// A list that is gathered into groups.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Grouped {
    /// The records: those of a group together, within the innermost in the order of the list.
    pub rows: Vec<RecordId>,
    /// The groups, each before those in it; none where the list is not gathered.
    pub groups: Vec<Group>,
}

/// A group of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Tells it from all others, and is the same for the same values as long as the program runs.
    pub id: u64,
    /// How many groups it stands in.
    pub level: usize,
    /// What its records have in common: a value, or the start of a bucket.
    pub value: Value,
    /// Where its records start among all.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

impl Group {
    /// How many records it has.
    pub fn count(&self) -> usize {
        self.end - self.start
    }
}

impl Grouped {
    /// The values that lead to a group, from the outermost.
    pub fn path(&self, group: usize) -> Vec<Value> {
        let Some(own) = self.groups.get(group) else { return Vec::new() };
        let mut path = vec![own.value.clone()];
        let mut level = own.level;
        for above in self.groups[..group].iter().rev() {
            if above.level < level {
                level = above.level;
                path.push(above.value.clone());
            }
        }
        path.reverse();
        path
    }
}

/// The id of the group that a path of values leads to.
pub fn group_id(path: &[Value]) -> u64 {
    path.iter().fold(0, within)
}

fn within(parent: u64, value: &Value) -> u64 {
    // Half as many bits would let two of many thousand groups meet.
    let mut hasher = DefaultHasher::new();
    (parent, value).hash(&mut hasher);
    hasher.finish()
}

/// How a list is gathered.
#[derive(Clone, Copy)]
pub struct Gathering<'a> {
    /// The list.
    pub query: &'a Query<'a>,
    /// The levels, the outermost first.
    pub levels: &'a [Grouping],
    /// The reader's time zone: it decides which day an instant belongs to.
    pub zone: Zone,
}

/// Gathers records that stand in the order of the list.
pub fn gather(reader: &dyn Reader, gathering: &Gathering, rows: Vec<RecordId>) -> Grouped {
    let Some(tree) = Tree::new(reader, gathering) else {
        return Grouped { rows, groups: Vec::new() };
    };
    let records = rows.iter().filter_map(|id| reader.record(*id)).collect();
    let mut grouped = Grouped { rows: Vec::with_capacity(rows.len()), groups: Vec::new() };
    tree.deal(records, 0, 0, &mut grouped);
    grouped
}

/// What `gather` would give now, made from what it gave before the records were touched.
///
/// Other records, and whatever else the list reads, must be as they were.
pub fn follow_groups(reader: &dyn Reader, gathering: &Gathering, former: &Grouped, touched: &[Touch]) -> Grouped {
    let ids: FxHashSet<RecordId> = touched.iter().map(|touch| touch.record).collect();
    let query = gathering.query;
    let (Some(tree), Some(entity)) = (Tree::new(reader, gathering), reader.entity(query.entity)) else {
        return Grouped { rows: follow(reader, query, &former.rows, touched), groups: Vec::new() };
    };
    let needle = Needle::new(reader, entity, query.search, query.language);
    let placer = Placer::new(reader, entity, query, ids.iter().filter_map(|id| reader.record(*id)));
    let mut next = former.without(&ids);
    for record in ids.iter().filter_map(|id| reader.record(*id)) {
        if record.entity == query.entity && belongs(query, &needle, record) {
            tree.insert(&mut next, record, &placer);
        }
    }
    next.groups.retain(|group| group.count() > 0);
    next
}

impl Grouped {
    /// The same without some records; groups stay even if nothing is left in them.
    fn without(&self, gone: &FxHashSet<RecordId>) -> Grouped {
        let mut groups = self.groups.clone();
        let mut rows = Vec::with_capacity(self.rows.len() + gone.len());
        // One record is the rule, and comparing beats hashing.
        let only = gone.iter().next().filter(|_| gone.len() == 1);
        for (place, id) in self.rows.iter().enumerate() {
            if only.map_or_else(|| !gone.contains(id), |only| only != id) {
                rows.push(*id);
                continue;
            }
            // Places are those before anything went.
            for (group, before) in groups.iter_mut().zip(&self.groups) {
                group.start -= usize::from(before.start > place);
                group.end -= usize::from(before.end > place);
            }
        }
        Grouped { rows, groups }
    }
}

/// The levels with what it takes to read and order their values.
struct Tree<'a> {
    reader: &'a dyn Reader,
    query: &'a Query<'a>,
    levels: Vec<(Grouping, Step)>,
    zone: Zone,
}

impl<'a> Tree<'a> {
    /// None where there is nothing to gather by.
    fn new(reader: &'a dyn Reader, gathering: &Gathering<'a>) -> Option<Tree<'a>> {
        let query = gathering.query;
        let entity = reader.entity(query.entity)?;
        let known = gathering.levels.iter().filter(|level| entity.field(level.field).is_some());
        let levels: Vec<(Grouping, Step)> = known
            .flat_map(|level| {
                let order = Sort { field: level.field, order: level.order };
                sort::steps(reader, entity, &[order]).into_iter().map(|step| (*level, step))
            })
            .collect();
        (!levels.is_empty()).then_some(Tree { reader, query, levels, zone: gathering.zone })
    }

    fn deal(&self, records: Vec<&Record>, level: usize, parent: u64, grouped: &mut Grouped) {
        let Some((grouping, step)) = self.levels.get(level) else {
            grouped.rows.extend(records.iter().map(|record| record.id));
            return;
        };
        let mut piles: Vec<(Cow<Value>, Vec<&Record>)> = Vec::new();
        let mut known: FxHashMap<Cow<Value>, usize> = FxHashMap::default();
        let mut last = 0;
        for record in records {
            let value = bucket(record.value(grouping.field), grouping.by, self.zone, self.reader.reckoning());
            // A list is often in the order of its groups already.
            if piles.get(last).is_none_or(|(held, _)| *held != value) {
                last = *known.entry(value).or_insert_with_key(|value| {
                    piles.push((value.clone(), Vec::new()));
                    piles.len() - 1
                });
            }
            piles[last].1.push(record);
        }
        drop(known);
        let mut order: Vec<(Standing, usize)> =
            piles.iter().enumerate().map(|(at, (value, _))| (self.standing(step, value, parent), at)).collect();
        let alphabet = self.alphabet(order.iter().map(|(standing, _)| &standing.key));
        order.sort_unstable_by(|(a, _), (b, _)| a.compare(b, step, alphabet.as_deref()));
        let order: Vec<(u64, usize)> = order.into_iter().map(|(standing, at)| (standing.id, at)).collect();
        for (id, at) in order {
            let records = std::mem::take(&mut piles[at].1);
            let value = &*piles[at].0;
            let (own, start) = (grouped.groups.len(), grouped.rows.len());
            grouped.groups.push(Group { id, level, value: value.clone(), start, end: start });
            self.deal(records, level + 1, id, grouped);
            grouped.groups[own].end = grouped.rows.len();
        }
    }

    /// Puts a record in its groups, which are made where there are none.
    fn insert(&self, grouped: &mut Grouped, record: &Record, placer: &Placer<'_>) {
        let (mut from, mut until, mut parent) = (0, grouped.groups.len(), 0);
        let mut chain = Vec::with_capacity(self.levels.len());
        for (level, (grouping, step)) in self.levels.iter().enumerate() {
            let value = bucket(record.value(grouping.field), grouping.by, self.zone, self.reader.reckoning());
            let own = self.standing(step, &value, parent);
            let (id, alphabet) = (own.id, self.alphabet(std::iter::once(&own.key)));
            let siblings = (from..until).filter(|at| grouped.groups[*at].level == level);
            let found = siblings
                .map(|at| (at, &grouped.groups[at]))
                .find(|(_, group)| {
                    self.standing(step, &group.value, parent).compare(&own, step, alphabet.as_deref()).is_ge()
                })
                .map(|(at, group)| (at, group.id == id, group.start));
            let at = match found {
                Some((at, true, _)) => at,
                other => {
                    let end_of_parent = chain.last().map_or(grouped.rows.len(), |at: &usize| grouped.groups[*at].end);
                    let (at, start) = other.map_or((until, end_of_parent), |(at, _, start)| (at, start));
                    grouped.groups.insert(at, Group { id, level, value: value.into_owned(), start, end: start });
                    until += 1;
                    at
                }
            };
            chain.push(at);
            let inner = grouped.groups[at + 1..until].iter().position(|group| group.level <= level);
            (from, until, parent) = (at + 1, inner.map_or(until, |inner| at + 1 + inner), id);
        }
        let Some(innermost) = chain.last().copied() else { return };
        let Group { start, end, .. } = grouped.groups[innermost];
        let place = start + placer.place(&grouped.rows[start..end], record);
        grouped.rows.insert(place, record.id);
        for at in chain {
            grouped.groups[at].end += 1;
        }
        for group in &mut grouped.groups[innermost + 1..] {
            group.start += 1;
            group.end += 1;
        }
    }

    fn standing<'v>(&self, step: &Step, value: &'v Value, parent: u64) -> Standing<'v>
    where
        'a: 'v,
    {
        let key = sort::key_of(self.reader, step, value, self.query.letters);
        Standing { key, is_blank: value.is_empty(), id: within(parent, value) }
    }

    fn alphabet<'k>(&self, keys: impl Iterator<Item = &'k Key<'k>>) -> Option<Rc<Alphabet>> {
        self.query.letters.map(|letters| sort::alphabet(letters, keys))
    }
}

/// What decides where a group stands among others.
struct Standing<'v> {
    key: Key<'v>,
    /// A linked record without a name is no value either, but it stands before the blank.
    is_blank: bool,
    id: u64,
}

impl Standing<'_> {
    fn compare(&self, other: &Standing, step: &Step, alphabet: Option<&Alphabet>) -> Ordering {
        let by_keys = sort::compare(&self.key, &other.key, step.order, alphabet);
        by_keys.then(self.is_blank.cmp(&other.is_blank)).then(self.id.cmp(&other.id))
    }
}

/// The value that stands for all that go into the same group.
fn bucket(value: &Value, by: Option<Bucket>, zone: Zone, reckoning: Reckoning) -> Cow<'_, Value> {
    match (value, by) {
        (Value::Date(day), Some(by)) => Cow::Owned(Value::Date(first_day(*day, by, reckoning))),
        (Value::Instant(at), by) => {
            Cow::Owned(Value::Date(first_day(at.local(zone).date(), by.unwrap_or(Bucket::Day), reckoning)))
        }
        (Value::Number(number), Some(Bucket::Step(step))) => Cow::Owned(Value::Number(floor(*number, step))),
        (Value::Money(money), Some(Bucket::Step(step))) => {
            Cow::Owned(Value::Money(Money { amount: floor(money.amount, step), currency: money.currency }))
        }
        (plain, _) => Cow::Borrowed(plain),
    }
}

fn first_day(day: Date, by: Bucket, reckoning: Reckoning) -> Date {
    match by {
        Bucket::Week => reckoning.week(day),
        Bucket::Month => day.with_day(1).unwrap_or(day),
        Bucket::Quarter => reckoning.quarter(day),
        Bucket::Year => reckoning.year(day),
        Bucket::Day | Bucket::Step(_) => day,
    }
}

fn floor(number: Decimal, step: Decimal) -> Decimal {
    if step <= Decimal::ZERO {
        return number;
    }
    number.checked_div(step).and_then(|parts| parts.floor().checked_mul(step)).unwrap_or(number).normalize()
}

/// What stands in a line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The head of the group at this place among the groups.
    Head(usize),
    /// The record at this place among the rows.
    Record(usize),
}

/// The lines of a list whose groups may be folded: heads, and the records below those that are open.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Lines {
    pieces: Vec<Piece>,
    count: usize,
}

/// A head with the records that stand right below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    line: usize,
    group: usize,
    /// The piece of the group around it.
    parent: Option<usize>,
    start: usize,
    rows: usize,
    /// How many records are shown before it.
    before: usize,
}

impl Lines {
    /// The lines of a list.
    pub fn new(grouped: &Grouped, is_folded: impl Fn(&Group) -> bool) -> Lines {
        if grouped.groups.is_empty() {
            return Lines { pieces: Vec::new(), count: grouped.rows.len() };
        }
        let mut lines = Lines::default();
        let mut around: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(group) = grouped.groups.get(at) {
            around.truncate(group.level);
            let inner = grouped.groups.get(at + 1).is_some_and(|next| next.level > group.level);
            let is_folded = is_folded(group);
            let rows = if is_folded || inner { 0 } else { group.count() };
            let before = lines.rows();
            let (line, parent, start) = (lines.count, around.last().copied(), group.start);
            let piece = Piece { line, group: at, parent, start, rows, before };
            around.push(lines.pieces.len());
            lines.pieces.push(piece);
            lines.count += 1 + rows;
            at += 1;
            if is_folded {
                while grouped.groups.get(at).is_some_and(|next| next.level > group.level) {
                    at += 1;
                }
            }
        }
        lines
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether the list is gathered.
    pub fn has_heads(&self) -> bool {
        !self.pieces.is_empty()
    }

    /// What stands in a line.
    pub fn at(&self, line: usize) -> Option<Line> {
        if line >= self.count {
            return None;
        }
        let Some((_, piece)) = self.piece(line) else { return Some(Line::Record(line)) };
        Some(match line - piece.line {
            0 => Line::Head(piece.group),
            below => Line::Record(piece.start + below - 1),
        })
    }

    /// The line of a record, by its place among the rows; none while it is folded away.
    pub fn of_record(&self, place: usize) -> Option<usize> {
        if self.pieces.is_empty() {
            return (place < self.count).then_some(place);
        }
        let after = self.pieces.partition_point(|piece| piece.start <= place);
        let piece = self.pieces[..after].last().filter(|piece| place - piece.start < piece.rows)?;
        Some(piece.line + 1 + place - piece.start)
    }

    /// How many records are shown.
    pub fn rows(&self) -> usize {
        self.pieces.last().map_or(self.count, |last| last.before + last.rows)
    }

    /// The place among the rows of the record that is shown as the nth.
    pub fn row(&self, nth: usize) -> Option<usize> {
        if self.pieces.is_empty() {
            return (nth < self.count).then_some(nth);
        }
        let after = self.pieces.partition_point(|piece| piece.before + piece.rows <= nth);
        self.pieces.get(after).map(|piece| piece.start + nth - piece.before)
    }

    /// As which one the record at a place among the rows is shown; none while it is folded away.
    pub fn nth(&self, place: usize) -> Option<usize> {
        if self.pieces.is_empty() {
            return (place < self.count).then_some(place);
        }
        let after = self.pieces.partition_point(|piece| piece.start <= place);
        let piece = self.pieces[..after].last().filter(|piece| place - piece.start < piece.rows)?;
        Some(piece.before + place - piece.start)
    }

    /// The line of the head of a group, by its place among the groups; none while it is folded away.
    pub fn of_head(&self, group: usize) -> Option<usize> {
        let at = self.pieces.binary_search_by_key(&group, |piece| piece.group).ok()?;
        Some(self.pieces[at].line)
    }

    /// The groups that a line stands in, the outermost first, each with the line of its head; a head stands in its own.
    pub fn around(&self, line: usize) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut next = self.piece(line).map(|(at, _)| at);
        while let Some(piece) = next.and_then(|at| self.pieces.get(at)) {
            found.push((piece.group, piece.line));
            next = piece.parent;
        }
        found.reverse();
        found
    }

    fn piece(&self, line: usize) -> Option<(usize, Piece)> {
        let at = self.pieces.partition_point(|piece| piece.line <= line).checked_sub(1)?;
        Some((at, *self.pieces.get(at)?))
    }
}
