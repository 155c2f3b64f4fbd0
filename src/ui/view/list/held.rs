//! Held cells: what was typed and refused waits in its cell, with the reason, while the reader goes on elsewhere. Whoever opens the
//! cell again goes on with the text; Esc gives it up.

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use super::{Grid, Spot, edit};
use crate::model::id::{FieldId, RecordId};
use crate::ui::field::{FieldDraft, Typed, plain};
use crate::ui::part::{Html, icon_into};
use crate::ui::text::t;

/// The cells of a list that wait, by their record and field.
pub(super) type HeldCells = RwSignal<FxHashMap<(RecordId, FieldId), Held>>;

/// What waits in a cell.
#[derive(Clone, PartialEq)]
pub(super) struct Held {
    typed: Typed,
    /// How it reads.
    text: String,
    /// Why it was not taken.
    sentence: String,
}

/// Lets what was refused wait in its cell.
pub(super) fn hold(grid: Grid, record: RecordId, draft: FieldDraft) {
    let Some(typed) = draft.typed() else { return };
    let (entity, field) = (draft.entity(), draft.field());
    let (text, sentence) = untrack(|| {
        let value = draft.value.get();
        let text = if draft.is_typed() { draft.text.get() } else { plain(grid.app, &entity, &field, &value) };
        (text, draft.error().unwrap_or_else(|| t("field-clash")))
    });
    grid.held.update(|held| {
        held.insert((record, field.id), Held { typed, text, sentence });
    });
}

/// Goes on with what waits in a cell, if anything does.
pub(super) fn resume(grid: Grid, record: RecordId, draft: FieldDraft) {
    if let Some(held) = take(grid, record, draft.id()) {
        draft.resume(&held.typed);
        draft.judge();
        draft.refuse_with(held.sentence);
    }
}

/// Gives up what waits in a cell, or all of it; whether anything did.
pub(super) fn give_up(grid: Grid, spot: Option<Spot>) -> bool {
    match spot {
        Some(spot) => {
            let field = field_at(grid, spot);
            let is_given_up = field.is_some_and(|field| take(grid, spot.row, field).is_some());
            if is_given_up {
                edit::write_back(grid, spot);
            }
            is_given_up
        }
        None => {
            let has_any = grid.held.with_untracked(|held| !held.is_empty());
            if has_any {
                grid.held.set(FxHashMap::default());
            }
            has_any
        }
    }
}

/// What has just been put into cells takes the place of what waits there.
pub(super) fn overwrite(grid: Grid, cells: impl Iterator<Item = (RecordId, FieldId)>) {
    if grid.held.with_untracked(FxHashMap::is_empty) {
        return;
    }
    grid.held.update(|held| {
        cells.for_each(|cell| {
            held.remove(&cell);
        });
    });
}

/// What a cell says in which something waits; the running view depends on it.
pub(super) fn said(grid: Grid, record: RecordId, field: FieldId) -> Option<Html> {
    grid.held.with(|held| {
        let held = held.get(&(record, field))?;
        let mut html = Html::new();
        html.tag("<span class=\"grid__held\">")
            .text(&held.text)
            .tag("</span><span class=\"grid__problem\" role=\"alert\">");
        icon_into(&mut html, "circle-alert", "icon");
        html.text(&held.sentence).tag("</span>");
        Some(html)
    })
}

/// Whether something waits in a cell.
pub(super) fn is_held(grid: Grid, record: RecordId, field: FieldId) -> bool {
    grid.held.with_untracked(|held| held.contains_key(&(record, field)))
}

/// Marks a cell in which something waits, and no other.
pub(super) fn mark(grid: Grid, cell: &web_sys::Element, record: RecordId, field: FieldId) {
    let _ = match is_held(grid, record, field) {
        true => cell.set_attribute("aria-invalid", "true"),
        false => cell.remove_attribute("aria-invalid"),
    };
}

fn take(grid: Grid, record: RecordId, field: FieldId) -> Option<Held> {
    if grid.held.with_untracked(|held| !held.contains_key(&(record, field))) {
        return None;
    }
    grid.held.try_update(|held| held.remove(&(record, field))).flatten()
}

fn field_at(grid: Grid, spot: Spot) -> Option<FieldId> {
    grid.columns.with_untracked(|columns| columns.get(spot.column.checked_sub(1)?).map(|column| column.field.id))
}
