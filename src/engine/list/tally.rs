//! Tallies: what columns come to, over a whole list or one of its groups, kept up to date with the records that are touched.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::list::follow::among;
use crate::engine::list::total::{Sum, add, take};
use crate::engine::list::{Touch, total};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::model::view::Total;

/// What a column comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// The column.
    pub field: FieldId,
    /// What is asked of it.
    pub total: Total,
    /// The answer.
    pub figure: Figure,
}

/// An answer to what a column comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// Sums with their counts, one per currency.
    Sums(Vec<Sum>),
    /// How many.
    Count(usize),
    /// The least or the greatest, one per currency.
    Ends(Vec<Value>),
}

/// What columns come to over a list of records.
pub fn tally(reader: &dyn Reader, ids: &[RecordId], asked: &[(FieldId, Total)]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = asked
        .iter()
        .map(|(field, total)| Tally { field: *field, total: *total, figure: Figure::none(*total) })
        .collect();
    let mut seen: FxHashSet<(FieldId, &Value)> = FxHashSet::default();
    for record in ids.iter().filter_map(|id| reader.record(*id)) {
        for tally in &mut tallies {
            let value = record.value(tally.field);
            match &mut tally.figure {
                Figure::Sums(sums) => add(sums, value),
                Figure::Count(count) if tally.total == Total::Distinct => {
                    *count += usize::from(!value.is_empty() && seen.insert((tally.field, value)));
                }
                Figure::Count(count) => *count += usize::from(!value.is_empty()),
                Figure::Ends(ends) => reach(ends, value, tally.total),
            }
        }
    }
    tallies
}

/// Brings tallies over a list up to date with the records that were touched since they were made.
pub fn follow_tallies(
    reader: &dyn Reader,
    tallies: &mut [Tally],
    (before, after): (&[RecordId], &[RecordId]),
    touched: &[Touch],
) {
    // Of several touches of one record the first knows what the tallies hold of it.
    let mut formers: FxHashMap<RecordId, Option<&Record>> = FxHashMap::default();
    for touch in touched {
        formers.entry(touch.record).or_insert(touch.before.as_deref());
    }
    let ids: FxHashSet<RecordId> = formers.keys().copied().collect();
    let left: Vec<&Record> = among(before, &ids).iter().filter_map(|id| formers.get(id).copied().flatten()).collect();
    let joined: Vec<&Record> = among(after, &ids).iter().filter_map(|id| reader.record(*id)).collect();
    for tally in tallies {
        let of = |record: &&Record| record.value(tally.field).clone();
        match (&mut tally.figure, tally.total) {
            (Figure::Sums(sums), _) => {
                left.iter().for_each(|record| take(sums, record.value(tally.field)));
                joined.iter().for_each(|record| add(sums, record.value(tally.field)));
            }
            (Figure::Count(count), Total::Filled) => {
                *count -= left.iter().filter(|record| !record.value(tally.field).is_empty()).count().min(*count);
                *count += joined.iter().filter(|record| !record.value(tally.field).is_empty()).count();
            }
            // What a single value did to these cannot be taken back without asking all others.
            (Figure::Count(_) | Figure::Ends(_), _) => {
                let is_same = left.iter().map(of).eq(joined.iter().map(of));
                if !is_same && let Some(anew) = tally_one(reader, after, tally) {
                    *tally = anew;
                }
            }
        }
    }
}

fn tally_one(reader: &dyn Reader, ids: &[RecordId], asked: &Tally) -> Option<Tally> {
    tally(reader, ids, &[(asked.field, asked.total)]).pop()
}

impl Figure {
    fn none(total: Total) -> Figure {
        match total {
            Total::Sum | Total::Average => Figure::Sums(Vec::new()),
            Total::None | Total::Filled | Total::Distinct => Figure::Count(0),
            Total::Min | Total::Max => Figure::Ends(Vec::new()),
        }
    }
}

/// Lets a value be the end that it is further at than what was there.
fn reach(ends: &mut Vec<Value>, value: &Value, total: Total) {
    if value.is_empty() {
        return;
    }
    let currency = total::currency(value);
    match ends.iter_mut().find(|end| total::currency(end) == currency) {
        Some(end) => {
            let wanted = if total == Total::Min { Ordering::Less } else { Ordering::Greater };
            if value.compare(end) == wanted {
                *end = value.clone();
            }
        }
        None => ends.push(value.clone()),
    }
}
