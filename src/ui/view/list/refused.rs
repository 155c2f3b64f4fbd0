//! What did not fit into cells: each with its text and the reason, so that nothing that was pasted is lost.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Grid, named};
use crate::engine::cells::{self, Cell};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::{FieldId, RecordId};
use crate::ui::browser;
use crate::ui::part::{Dialog, icon};
use crate::ui::text::{diagnostic, label, t, tr};

/// More than this are counted, not listed.
const MOST: usize = 200;

/// What came of filling many cells.
#[derive(Debug, PartialEq)]
pub(in crate::ui::view) struct Outcome {
    /// Cells that were not taken.
    pub cells: Vec<RefusedCell>,
    /// How many were.
    pub taken: usize,
    /// How many columns there was no place for.
    pub beside: usize,
    /// Whether it was stopped on the way.
    pub is_cancelled: bool,
}

/// A cell that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::view) struct RefusedCell {
    /// The record; none for a row that was to become one.
    pub record: Option<RecordId>,
    /// The field.
    pub field: Option<FieldId>,
    /// What was to stand there.
    pub text: String,
    /// Why it does not.
    pub wrong: Diagnostic,
}

/// The list of what did not fit; it opens when there is something to say.
pub(super) fn refused(grid: Grid) -> AnyView {
    let outcome = grid.cells.outcome;
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if outcome.with(Option::is_some) {
            open.set(true);
        }
    });
    let close = move || {
        open.set(false);
        outcome.set(None);
        grid.focus_rows();
    };
    let title = Signal::derive(move || {
        let count = outcome.with(|outcome| outcome.as_ref().map_or(0, |outcome| outcome.cells.len()));
        if count == 0 { t("refused-title-beside") } else { tr("refused-title", [("count", count.into())]) }
    });
    let footer = Callback::new(move |()| {
        let undo = move |_| {
            close();
            grid.app.undo_now();
        };
        view! {
            {move || outcome.get().filter(|outcome| !outcome.cells.is_empty()).map(|outcome| view! {
                <button class="button" type="button" on:click=move |_| copy(grid, &outcome)>
                    {icon("copy")}
                    {t("refused-copy")}
                </button>
            })}
            <span class="push"></span>
            {move || outcome.get().filter(|outcome| outcome.taken > 0).map(|_| view! {
                <button class="button" type="button" on:click=undo>{icon("undo-2")}{t("refused-undo")}</button>
            })}
            <button class="button button--primary" type="button" autofocus=true on:click=move |_| close()>{t("refused-done")}</button>
        }
        .into_any()
    });
    view! {
        <Dialog open=open title=title class="dialog--wide" on_leave=Callback::new(move |()| close()) footer=footer>
            {move || outcome.get().map(|outcome| body(grid, &outcome))}
        </Dialog>
    }
    .into_any()
}

fn body(grid: Grid, outcome: &Arc<Outcome>) -> AnyView {
    let rows: Vec<AnyView> = outcome.cells.iter().take(MOST).map(|cell| row(grid, cell)).collect();
    let more = outcome.cells.len().saturating_sub(MOST);
    let beside = outcome.beside;
    view! {
        <p>{tr("refused-taken", [("count", outcome.taken.into())])}</p>
        {outcome.is_cancelled.then(|| view! { <p>{t("refused-cancelled")}</p> })}
        {(beside > 0).then(|| view! { <p>{tr("refused-beside", [("count", beside.into())])}</p> })}
        {(!rows.is_empty()).then(|| view! {
            <table class="refused">
                <thead>
                    <tr>
                        <th scope="col">{t("refused-row")}</th>
                        <th scope="col">{t("refused-column")}</th>
                        <th scope="col">{t("refused-text")}</th>
                        <th scope="col">{t("refused-reason")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        })}
        {(more > 0).then(|| view! { <p class="quiet">{tr("refused-more", [("count", more.into())])}</p> })}
    }
    .into_any()
}

fn row(grid: Grid, cell: &RefusedCell) -> AnyView {
    view! {
        <tr>
            <td>{row_name(grid, cell)}</td>
            <td>{column_name(grid, cell)}</td>
            <td class="refused__text">{cell.text.clone()}</td>
            <td><span class="refused__why">{icon("circle-alert")}<span>{diagnostic(&cell.wrong)}</span></span></td>
        </tr>
    }
    .into_any()
}

fn row_name(grid: Grid, cell: &RefusedCell) -> String {
    let name = cell.record.map(|record| named(grid.app, record));
    match name {
        None => t("refused-new-row"),
        Some(name) if name.is_empty() => t("list-untitled"),
        Some(name) => name,
    }
}

fn column_name(grid: Grid, cell: &RefusedCell) -> String {
    let field = cell.field.and_then(|id| grid.entity.with_value(|entity| entity.field(id).cloned()));
    field.map(|field| label(&field.label)).unwrap_or_default()
}

/// Puts all of them on the clipboard, for a spreadsheet to mend.
fn copy(grid: Grid, outcome: &Outcome) {
    let cell = |text: String| Cell { text, is_plain: false };
    let mut block =
        vec![["refused-row", "refused-column", "refused-text", "refused-reason"].map(|key| cell(t(key))).to_vec()];
    block.extend(outcome.cells.iter().map(|refused| {
        let said = diagnostic(&refused.wrong);
        vec![cell(row_name(grid, refused)), cell(column_name(grid, refused)), cell(refused.text.clone()), cell(said)]
    }));
    browser::copy(&cells::text(&block));
    grid.app.toast("toast-refused-copied", Vec::new(), crate::app::ToastAction::None);
}
