//! The rows of the history: the lines that are asked for under the names of their days. They go on where older lines come, so that
//! searching through a long log does not look at each line again with each part that is read.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::filter::Filter;
use super::line::Line;
use crate::model::id::CommitId;
use crate::model::time::Date;

/// A row: the name of a day, or the line at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The name of a day.
    Day(Date),
    /// A line.
    Line {
        /// Its place.
        at: usize,
        /// Whether it no longer holds.
        is_undone: bool,
    },
}

/// The rows of the lines that are asked for, with what it takes to go on where older lines come behind them.
pub struct Shown {
    lines: Arc<Vec<Arc<Line>>>,
    filter: Filter,
    /// The commits that no longer hold: an undoing that was itself taken back counts for nothing.
    undone: FxHashSet<CommitId>,
    day: Option<Date>,
    /// The rows.
    pub rows: Arc<Vec<Row>>,
}

impl Shown {
    /// The rows of what has been read by now.
    pub fn of(lines: Arc<Vec<Arc<Line>>>, filter: Filter, former: Option<Shown>) -> Shown {
        let is_begun = |former: &Shown| {
            let (known, count) = (&former.lines, former.lines.len());
            let is_same =
                |at: usize| known.get(at).zip(lines.get(at)).is_some_and(|(one, other)| Arc::ptr_eq(one, other));
            count > 0 && former.filter == filter && is_same(0) && is_same(count - 1)
        };
        let (from, mut shown) = match former.filter(is_begun) {
            // Older lines take nothing back that is newer: what stands there stays.
            Some(former) => (former.lines.len(), Shown { lines: lines.clone(), ..former }),
            None => {
                let (undone, rows) = (FxHashSet::default(), Arc::default());
                (0, Shown { lines: lines.clone(), filter, undone, day: None, rows })
            }
        };
        let rows = Arc::make_mut(&mut shown.rows);
        for (at, line) in lines.iter().enumerate().skip(from) {
            if !shown.undone.contains(&line.id) {
                shown.undone.extend(&line.turns);
            }
            if !shown.filter.takes(line) {
                continue;
            }
            if shown.day != Some(line.day) {
                shown.day = Some(line.day);
                rows.push(Row::Day(line.day));
            }
            rows.push(Row::Line { at, is_undone: shown.undone.contains(&line.id) });
        }
        shown
    }
}
