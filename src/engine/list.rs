//! Lists: which records a view shows, in which order, groups and columns, and their totals. It knows nothing of screens.

mod alphabet;
mod board;
mod colour;
mod column;
mod follow;
mod group;
mod look;
mod offer;
mod search;
mod sort;
mod tally;
mod total;
mod usual;

use std::rc::Rc;

use crate::model::field::Language;
use crate::model::id::{EntityId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::view::Sort;

pub use alphabet::Alphabet;
pub use board::{Board, Deal, Lane, LaneKey, board, follow_board, join, lanes, may_be_lanes};
pub use colour::{Beside, Coloured, Colours};
pub use column::columns;
pub use follow::{Touch, follow, follow_sums, others};
pub use group::{Gathering, Group, Grouped, Line, Lines, follow_groups, gather, group_id};
pub use look::{Prepared, Wish};
pub use offer::shapes;
pub use search::narrows;
pub use tally::{Figure, Tally, follow_tallies, tally};
pub use total::{Column, Sum, groups, sums, together};
pub use usual::{is_number, is_summed, usual_total};

/// Whoever knows the reader's language: asked for an alphabet that has these letters and all that were asked for before.
pub type Letters<'a> = &'a dyn Fn(&[char]) -> Rc<Alphabet>;

/// Which records of an entity are asked for, and in which order.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// The entity.
    pub entity: EntityId,
    /// Which records; all when absent.
    pub filter: Option<&'a dyn Fn(&Record) -> bool>,
    /// Words that all have to occur in a record's texts, option labels or linked titles; a number finds telephone numbers too.
    pub search: &'a str,
    /// The order; records that are equal by it, or all when it is empty, stand by age.
    pub sort: &'a [Sort],
    /// The language of option labels.
    pub language: Language,
    /// Who knows how letters are ordered, such as the browser's `Intl`; by their codes in lower case when absent.
    pub letters: Option<Letters<'a>>,
}

/// The records that a query asks for, in its order.
pub fn run(reader: &dyn Reader, query: &Query) -> Vec<RecordId> {
    let Some(entity) = reader.entity(query.entity) else {
        return Vec::new();
    };
    let needle = search::Needle::new(reader, entity, query.search, query.language);
    let mut found = reader.members(query.entity);
    if query.filter.is_some() || !needle.is_blank() {
        found.retain(|id| reader.record(*id).is_some_and(|record| belongs(query, &needle, record)));
    }
    sort::sort(reader, entity, query, found)
}

/// Those of the records that a query asks for, in their order: what it gives where they are all that can be found.
fn among(reader: &dyn Reader, query: &Query, rows: &[RecordId]) -> Vec<RecordId> {
    let Some(entity) = reader.entity(query.entity) else {
        return Vec::new();
    };
    let needle = search::Needle::new(reader, entity, query.search, query.language);
    let belongs = |id: &&RecordId| reader.record(**id).is_some_and(|record| belongs(query, &needle, record));
    rows.iter().filter(belongs).copied().collect()
}

fn belongs(query: &Query, needle: &search::Needle, record: &Record) -> bool {
    query.filter.is_none_or(|filter| filter(record)) && needle.is_in(record)
}
