//! What goes into many cells at once: emptying, filling down and right, and the road that all such edits take.

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::range::Rect;
use super::refused::{Outcome, RefusedCell};
use super::{Grid, Spot, held};
use crate::app::{EditAct, EditReport, EditRequest, ToastAction};
use crate::command::{Command, NewRecord, RecordEdit, RefusedRow};
use crate::engine::cells::{self, Way};
use crate::model::diagnostic::Diagnostic;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::text::{diagnostic, label, t};

/// So many records are edited at once; more of them in slices.
const AT_ONCE: usize = 200;

/// Cells that get new values.
pub(super) struct Edits {
    /// The values, record by record.
    pub edits: Vec<(RecordId, Vec<(FieldId, Value)>)>,
    /// Records that come to be.
    pub create: Vec<NewRecord>,
    /// What was refused before anything was tried.
    pub refused: Vec<RefusedCell>,
    /// What each cell was to get, for the sentence about those that are refused.
    pub text: Box<dyn Fn(Option<RecordId>, FieldId) -> String>,
    /// The message that says how many cells have changed.
    pub said: &'static str,
    /// How many columns there was no place for.
    pub beside: usize,
}

/// Empties the cells of the range.
pub(super) fn empty(grid: Grid) {
    let Some(rect) = grid.meant() else { return };
    let fields = grid.fields(rect.left, rect.right);
    if fields.iter().all(|field| !field.is_editable()) {
        say_closed(grid, fields.first());
        return;
    }
    let rows = grid.records(rect.top, rect.bottom);
    let edits = grid.app.ask(|state| {
        let filled = |id: &RecordId| {
            let record = state.record(*id)?;
            let held = fields.iter().filter(|field| field.is_editable() && !record.value(field.id).is_empty());
            let values: Vec<(FieldId, Value)> = held.map(|field| (field.id, Value::Empty)).collect();
            (!values.is_empty()).then_some((*id, values))
        };
        rows.iter().filter_map(filled).collect()
    });
    carry_out(grid, Edits::alike(edits, "toast-cells-emptied"));
}

/// Fills the range from its first row or column; a single row takes what stands above it.
pub(super) fn fill(grid: Grid, way: Way) {
    let Some(mut rect) = grid.meant() else { return };
    if way == Way::Down && rect.top == rect.bottom {
        let Some(above) = rect.top.checked_sub(1).filter(|above| grid.row_at(*above).is_some()) else { return };
        rect.top = above;
    }
    let fields = grid.fields(rect.left, rect.right);
    let rows = grid.records(rect.top, rect.bottom);
    let edits = grid.app.ask(|state| {
        let fields: Vec<&Field> = fields.iter().collect();
        cells::filled(state, &rows, &fields, way)
    });
    if edits.iter().all(|(_, values)| values.is_empty()) {
        say_closed(grid, fields.last());
        return;
    }
    carry_out(grid, Edits::alike(edits, "toast-cells-filled"));
}

/// Puts a value into all cells of the range that can hold it.
pub(super) fn everywhere(grid: Grid, field: FieldId, value: &Value) {
    let Some(rect) = grid.meant() else { return };
    let fields = grid.fields(rect.left, rect.right);
    let Some(source) = fields.iter().find(|known| known.id == field) else { return };
    let edits =
        cells::everywhere(&grid.records(rect.top, rect.bottom), &fields.iter().collect::<Vec<&Field>>(), source, value);
    carry_out(grid, Edits::alike(edits, "toast-cells-filled"));
}

/// Goes on with what stands in the range in the cells that another one has around it, on one side.
pub(super) fn go_on(grid: Grid, from: Rect, to: Rect) {
    let is_down = to.size().0 > from.size().0;
    let (way, known) = if is_down { (Way::Down, from.size().0) } else { (Way::Right, from.size().1) };
    let mut fields = grid.fields(to.left, to.right);
    let mut rows = grid.records(to.top, to.bottom);
    // Up is down seen from below, and left is right seen from the other side.
    if to.top < from.top {
        rows.reverse();
    }
    if to.left < from.left {
        fields.reverse();
    }
    let found = grid.app.ask(|state| {
        let fields: Vec<&Field> = fields.iter().collect();
        cells::continued(state, &rows, &fields, known, way)
    });
    if found.edits.is_empty() {
        say_closed(grid, fields.last());
        return;
    }
    let said = if found.in_series > 0 { "toast-cells-series" } else { "toast-cells-copied" };
    carry_out(grid, Edits::alike(found.edits, said));
}

/// The rows at the top of the range that are filled, and all of it: what a series can be made of by key.
pub(super) fn begun(grid: Grid) -> Option<(Rect, Rect)> {
    let to = grid.cells.rect.get_untracked().filter(|rect| rect.size().0 > 2)?;
    let fields = grid.fields(to.left, to.right);
    let filled = grid.app.ask(|state| {
        let is_filled = |id: &RecordId| {
            let record = state.record(*id);
            record.is_some_and(|record| fields.iter().any(|field| !record.value(field.id).is_empty()))
        };
        grid.records(to.top, to.bottom).iter().take_while(|id| is_filled(id)).count()
    });
    // A range that is full is gone over from its first two rows.
    let known = if filled == to.size().0 { 2 } else { filled };
    (known > 0).then_some((Rect { bottom: to.top + known - 1, ..to }, to))
}

/// Switches a cell that holds yes or no; whether it is one.
pub(super) fn toggle(grid: Grid, spot: Spot) -> bool {
    let at = spot.column.checked_sub(1);
    let field = grid.columns.with_untracked(|columns| at.and_then(|at| columns.get(at)).map(|it| it.field.clone()));
    let is_flag = |field: &Field| matches!(field.kind, FieldKind::Flag) && field.is_editable();
    let Some(field) = field.filter(is_flag) else { return false };
    let is_on =
        grid.app.ask(|state| state.record(spot.row).is_some_and(|record| *record.value(field.id) == Value::Flag(true)));
    put(grid, spot, field.id, Value::Flag(!is_on));
    true
}

/// Puts one value into one cell.
pub(super) fn put(grid: Grid, spot: Spot, field: FieldId, value: Value) {
    if let Err(refused) = grid.app.dispatch(Command::UpdateRecord { record: spot.row, values: vec![(field, value)] }) {
        let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
        grid.app.warn("toast-refused", vec![("reason", reason)], ToastAction::None);
    }
}

/// Says why a cell cannot be edited.
pub(super) fn say_closed(grid: Grid, field: Option<&Field>) {
    let Some(field) = field else { return };
    let reason = t(match field.kind {
        FieldKind::Formula { .. } => "cell-closed-formula",
        FieldKind::Lookup { .. } => "cell-closed-lookup",
        FieldKind::Rollup(_) => "cell-closed-rollup",
        FieldKind::Score => "cell-closed-score",
        FieldKind::AutoNumber { .. } => "cell-closed-number",
        FieldKind::Lines { .. } => "cell-closed-lines",
        _ => "cell-closed-read-only",
    });
    let name = label(&field.label);
    grid.app.warn("toast-cell-closed", vec![("name", name), ("reason", reason)], ToastAction::None);
}

impl Edits {
    fn alike(edits: Vec<(RecordId, Vec<(FieldId, Value)>)>, said: &'static str) -> Edits {
        let (create, refused, beside) = (Vec::new(), Vec::new(), 0);
        Edits { edits, create, refused, text: Box::new(|_, _| String::new()), said, beside }
    }
}

/// Has cells changed: at once where they are few, else in slices that can be stopped. What was refused is shown.
pub(super) fn carry_out(grid: Grid, edits: Edits) {
    let Edits { edits, create, refused, text, said, beside } = edits;
    held::overwrite(grid, edits.iter().flat_map(|(record, values)| values.iter().map(|(field, _)| (*record, *field))));
    let entity = grid.lens.entity;
    let edited: Vec<(RecordId, usize)> = edits.iter().map(|(record, values)| (*record, values.len())).collect();
    let made: Vec<(RecordId, usize)> = create.iter().map(|new| (new.id, new.values.len())).collect();
    let reached = (edited.len(), made.len());
    let conclude = move |by_command: &[RefusedRow], reached: (usize, usize), is_cancelled: bool| {
        let mut all = refused;
        // What had its turn before it was stopped counts, and of that what was not refused.
        let done = edited.iter().take(reached.0).chain(made.iter().take(reached.1));
        let sizes: FxHashMap<RecordId, usize> = done.copied().collect();
        let lost = |row: &RefusedRow| {
            let whole = sizes.get(&row.record).copied().unwrap_or_default();
            if row.wrong.iter().any(|wrong| wrong.at.field.is_none()) { whole } else { row.wrong.len().min(whole) }
        };
        let taken = sizes.values().sum::<usize>().saturating_sub(by_command.iter().map(lost).sum());
        let created: FxHashSet<RecordId> = made.iter().map(|(record, _)| *record).collect();
        all.extend(by_command.iter().flat_map(|row| {
            let record = Some(row.record).filter(|id| !created.contains(id));
            let cell = |wrong: &Diagnostic| RefusedCell {
                record,
                field: wrong.at.field,
                text: wrong.at.field.map(|field| text(Some(row.record), field)).unwrap_or_default(),
                wrong: wrong.clone(),
            };
            row.wrong.iter().map(cell).collect::<Vec<RefusedCell>>()
        }));
        if taken > 0 && (taken > 1 || !all.is_empty()) {
            grid.app.toast(said, vec![("count", taken.to_string())], ToastAction::Undo);
        }
        let is_worth_a_list = all.len() > 1 || all.iter().any(|cell| !cell.text.is_empty()) || beside > 0;
        match all.first() {
            None if beside == 0 && !is_cancelled => {}
            Some(only) if !is_worth_a_list => {
                let reason = diagnostic(&only.wrong);
                grid.app.warn("toast-refused", vec![("reason", reason)], ToastAction::None);
            }
            _ => {
                let outcome = Outcome { cells: all, taken, beside, is_cancelled };
                let _ = grid.cells.outcome.try_set(Some(Arc::new(outcome)));
            }
        }
    };
    if edits.len() + create.len() <= AT_ONCE {
        let edits = edits.into_iter().map(|(record, values)| RecordEdit { record, values }).collect();
        match grid.app.dispatch(Command::EditCells { entity, edits, create }) {
            Ok(done) => conclude(&done.refused, reached, false),
            Err(rejection) => grid.app.toast_rejection(&rejection),
        }
        return;
    }
    let (records, values) = edits.into_iter().unzip();
    let request = EditRequest { entity, records, act: EditAct::Values(values), create, is_trial: false };
    run(grid, request, move |report| conclude(&report.refused, report.reached, report.is_cancelled));
}

/// Starts an edit of many records and shows how far it is.
pub(super) fn run(grid: Grid, request: EditRequest, finished: impl FnOnce(&EditReport) + 'static) {
    let job = grid.app.start_edits(request, move |report| {
        let _ = grid.cells.job.try_set(None);
        finished(report);
    });
    grid.cells.job.set(Some(job));
}
