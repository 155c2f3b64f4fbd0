//! Boards: the records of a list dealt to columns and, across them, to swim lanes.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::follow::Touch;
use super::total::{Column, Sum, add, groups, take, weigh};
use super::{Letters, alphabet};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;

/// What a board is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Deal<'a> {
    /// The choice field whose options are the columns.
    pub by: FieldId,
    /// The field whose values are the swim lanes, if there are any.
    pub lanes: Option<FieldId>,
    /// The number that is summed up.
    pub sum: Option<FieldId>,
    /// The options whose columns are left out, and with them their records.
    pub hidden: &'a [OptionId],
}

/// The records of a list as a board shows them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Board {
    /// The columns; that of the blank is only there while something stands in it.
    pub columns: Vec<Column>,
    /// The swim lanes; none where the board has no lanes.
    pub lanes: Vec<Lane>,
}

/// A swim lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What its records have in common.
    pub key: LaneKey,
    /// How many records are in it.
    pub count: usize,
    /// Their sums, one per currency.
    pub sums: Vec<Sum>,
    /// The sums weighted with the weights of the columns; empty where no column has one.
    pub weighted: Vec<Sum>,
    /// The records by column, in the order of the columns.
    pub cells: Vec<Vec<RecordId>>,
}

/// What the records of a swim lane have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneKey {
    /// Nothing is filled in.
    Blank,
    /// Yes or no.
    Flag(bool),
    /// An option.
    Choice(OptionId),
    /// A linked record.
    Link(RecordId),
}

/// Deals the records of a list to columns and lanes.
pub fn board(
    reader: &dyn Reader,
    entity: &Entity,
    ids: &[RecordId],
    deal: Deal<'_>,
    letters: Option<Letters<'_>>,
) -> Board {
    let mut columns = groups(reader, entity, ids, deal.by, deal.sum);
    columns.retain(|column| match column.option {
        Some(option) => !deal.hidden.contains(&option),
        None => !column.ids.is_empty(),
    });
    let Some(field) = deal.lanes.and_then(|lanes| entity.field(lanes)) else {
        return Board { columns, lanes: Vec::new() };
    };
    let mut lanes: Vec<Lane> = Vec::new();
    let mut places: FxHashMap<LaneKey, usize> = FxHashMap::default();
    let mut open = |key: LaneKey, lanes: &mut Vec<Lane>| {
        *places.entry(key).or_insert_with(|| {
            lanes.push(Lane::new(key, columns.len()));
            lanes.len() - 1
        })
    };
    // What one may drop a card on is there before a card is.
    for key in always(field) {
        open(key, &mut lanes);
    }
    let weights = columns.iter().map(|column| {
        let option = column.option.and_then(|option| entity.field(deal.by)?.option(option));
        option.and_then(|option| option.weight)
    });
    for (at, (column, weight)) in columns.iter().zip(weights).enumerate() {
        let mut own: FxHashMap<usize, Vec<Sum>> = FxHashMap::default();
        for id in &column.ids {
            let Some(record) = reader.record(*id) else { continue };
            let place = open(lane_of(field, record), &mut lanes);
            lanes[place].cells[at].push(*id);
            lanes[place].count += 1;
            if let Some(sum) = deal.sum {
                add(own.entry(place).or_default(), record.value(sum));
            }
        }
        for (place, sums) in own {
            lanes[place].take_up(&sums, weight);
        }
    }
    sort(reader, field, &mut lanes, |lane| lane.key, letters);
    Board { columns, lanes }
}

/// What `board` would give now, made from what it gave before some records were touched; nothing where it has to be dealt anew:
/// with lanes, where many were touched, or where a column comes or goes. `ids` are the records of the list by now.
pub fn follow_board(
    reader: &dyn Reader,
    entity: &Entity,
    former: &Board,
    ids: &[RecordId],
    touched: &[Touch],
    deal: Deal<'_>,
) -> Option<Board> {
    const MANY: usize = 64;
    if deal.lanes.is_some() || touched.len() > MANY {
        return None;
    }
    let options = entity.field(deal.by)?.options();
    let option = |record: &Record| {
        let held = record.value(deal.by).options().first().copied();
        held.filter(|held| options.iter().any(|option| option.id == *held))
    };
    let is_hidden = |option: Option<OptionId>| option.is_some_and(|option| deal.hidden.contains(&option));
    let mut board = former.clone();
    // Of several touches of one record the first knows where it stood.
    let mut formers: FxHashMap<RecordId, Option<&Record>> = FxHashMap::default();
    for touch in touched {
        formers.entry(touch.record).or_insert(touch.before.as_deref());
    }
    for (id, before) in formers.iter().filter_map(|(id, before)| Some((id, (*before)?))) {
        let stood = option(before);
        let Some(column) = board.columns.iter_mut().find(|column| column.option == stood) else { continue };
        let Some(at) = column.ids.iter().position(|other| other == id) else { continue };
        column.ids.remove(at);
        if let Some(sum) = deal.sum {
            take(&mut column.sums, before.value(sum));
        }
    }
    let places: Vec<usize> = (0..ids.len()).filter(|at| formers.contains_key(&ids[*at])).collect();
    // From the last one on: what stands behind each is in its place already.
    for at in places.into_iter().rev() {
        let record = reader.record(ids[at])?;
        let stands = option(record);
        if is_hidden(stands) {
            continue;
        }
        let column = board.columns.iter_mut().find(|column| column.option == stands)?;
        let is_here = |id: &&RecordId| reader.record(**id).is_some_and(|other| option(other) == stands);
        let place = match ids[at + 1..].iter().find(is_here) {
            Some(next) => column.ids.iter().position(|id| id == next)?,
            None => column.ids.len(),
        };
        column.ids.insert(place, record.id);
        if let Some(sum) = deal.sum {
            add(&mut column.sums, record.value(sum));
        }
    }
    for column in &mut board.columns {
        let known = column.option.and_then(|id| options.iter().find(|option| option.id == id));
        if column.ids.is_empty() && known.is_none_or(|option| option.retired) {
            return None;
        }
        if let Some(weight) = known.and_then(|option| option.weight) {
            column.weighted = weigh(&column.sums, weight);
        }
    }
    Some(board)
}

/// The records of a list by what they have in a field, in its order.
pub fn lanes(
    reader: &dyn Reader,
    ids: &[RecordId],
    field: &Field,
    letters: Option<Letters<'_>>,
) -> Vec<(LaneKey, Vec<RecordId>)> {
    let mut found: Vec<(LaneKey, Vec<RecordId>)> = Vec::new();
    let mut places: FxHashMap<LaneKey, usize> = FxHashMap::default();
    for record in ids.iter().filter_map(|id| reader.record(*id)) {
        let key = lane_of(field, record);
        let place = *places.entry(key).or_insert_with(|| {
            found.push((key, Vec::new()));
            found.len() - 1
        });
        found[place].1.push(record.id);
    }
    sort(reader, field, &mut found, |(key, _)| *key, letters);
    found
}

/// Whether the values of a field can be swim lanes: one for each record, and a person may change it by moving a card.
pub fn may_be_lanes(field: &Field) -> bool {
    field.is_editable() && matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Link(_) | FieldKind::Flag)
}

impl Lane {
    fn new(key: LaneKey, columns: usize) -> Lane {
        Lane { key, count: 0, sums: Vec::new(), weighted: Vec::new(), cells: vec![Vec::new(); columns] }
    }

    fn take_up(&mut self, sums: &[Sum], weight: Option<Decimal>) {
        join(&mut self.sums, sums);
        if let Some(weight) = weight {
            join(&mut self.weighted, &weigh(sums, weight));
        }
    }
}

/// Adds sums to those of the same currency.
pub fn join(sums: &mut Vec<Sum>, more: &[Sum]) {
    for sum in more {
        match sums.iter_mut().find(|known| known.currency == sum.currency) {
            Some(known) => {
                known.total = known.total.saturating_add(sum.total);
                known.count += sum.count;
            }
            None => sums.push(sum.clone()),
        }
    }
    // A sum does not depend on which column came first.
    sums.sort_by_key(|sum| sum.currency.map(|currency| currency.to_string()));
}

impl LaneKey {
    /// What a record of the lane holds.
    pub fn value(self) -> Value {
        match self {
            LaneKey::Blank => Value::Empty,
            LaneKey::Flag(flag) => Value::Flag(flag),
            LaneKey::Choice(option) => Value::Choice(option),
            LaneKey::Link(record) => Value::Link(record),
        }
    }

    /// Reads what `to_string` has written.
    pub fn parse(text: &str) -> Option<LaneKey> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "blank" => Some(LaneKey::Blank),
            "flag" => Some(LaneKey::Flag(rest == "yes")),
            "choice" => Some(LaneKey::Choice(OptionId::new(rest))),
            "link" => rest.parse().ok().map(LaneKey::Link),
            _ => None,
        }
    }
}

impl fmt::Display for LaneKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LaneKey::Blank => out.write_str("blank:"),
            LaneKey::Flag(flag) => write!(out, "flag:{}", if *flag { "yes" } else { "no" }),
            LaneKey::Choice(option) => write!(out, "choice:{option}"),
            LaneKey::Link(record) => write!(out, "link:{record}"),
        }
    }
}

/// The lane of a record.
fn lane_of(field: &Field, record: &Record) -> LaneKey {
    match record.value(field.id) {
        Value::Flag(flag) => LaneKey::Flag(*flag),
        // Nobody has ticked it: that is a no.
        Value::Empty if field.kind == FieldKind::Flag => LaneKey::Flag(false),
        Value::Choice(option) => LaneKey::Choice(*option),
        Value::Link(link) => LaneKey::Link(*link),
        _ => LaneKey::Blank,
    }
}

/// The lanes that are there without a record.
fn always(field: &Field) -> Vec<LaneKey> {
    match &field.kind {
        FieldKind::Choice { options } => {
            options.iter().filter(|option| !option.retired).map(|option| LaneKey::Choice(option.id)).collect()
        }
        FieldKind::Flag => vec![LaneKey::Flag(true), LaneKey::Flag(false)],
        _ => Vec::new(),
    }
}

/// Options in their order, links by their names, yes before no, the blank last.
fn sort<T>(
    reader: &dyn Reader,
    field: &Field,
    lanes: &mut [T],
    key: impl Fn(&T) -> LaneKey,
    letters: Option<Letters<'_>>,
) {
    let name = |link: RecordId| {
        let record = reader.record(link)?;
        record.value(reader.entity(record.entity)?.title).as_text()
    };
    let links = lanes.iter().filter_map(|lane| if let LaneKey::Link(link) = key(lane) { name(link) } else { None });
    let alphabet = letters.map(|letters| alphabet::of(letters, links));
    let place = |option: OptionId| {
        let found = field.options().iter().position(|known| known.id == option);
        found.unwrap_or(usize::MAX)
    };
    lanes.sort_by(|one, other| match (key(one), key(other)) {
        (LaneKey::Choice(one), LaneKey::Choice(other)) => place(one).cmp(&place(other)),
        (LaneKey::Flag(one), LaneKey::Flag(other)) => other.cmp(&one),
        (LaneKey::Link(one), LaneKey::Link(other)) => match (name(one), name(other), &alphabet) {
            (Some(one), Some(other), Some(alphabet)) => alphabet.compare(one, other),
            (one, other, _) => one.is_none().cmp(&other.is_none()).then(one.cmp(&other)),
        },
        (LaneKey::Blank, LaneKey::Blank) => Ordering::Equal,
        (LaneKey::Blank, _) => Ordering::Greater,
        (_, LaneKey::Blank) => Ordering::Less,
        // A field holds one kind of value; what is left over from another kind stands where it stood.
        _ => Ordering::Equal,
    });
}
