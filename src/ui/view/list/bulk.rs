//! What can be done with the ticked records: change fields, export, remove, untick; and how far a long piece of work is.

mod change;
mod preview;

use leptos::prelude::*;

use super::refused::{Outcome, RefusedCell};
use super::{Grid, fill};
use crate::app::{EditAct, EditJob, EditPhase, EditReport, EditRequest, ToastAction};
use crate::command;
use crate::model::id::RecordId;
use crate::ui::focus;
use crate::ui::part::{icon, icon_button};
use crate::ui::text::{t, tr};
use crate::ui::view::export;

/// Shorter work is over before anybody could stop it.
const LONG: usize = 200;

/// The bar; there is none while nothing is ticked and nothing runs.
pub fn bulk(grid: Grid) -> AnyView {
    let selected = grid.lens.selected;
    let is_selecting = grid.lens.is_selecting;
    let is_shown = Memo::new(move |_| is_selecting.get() || selected.with(|selected| !selected.is_empty()));
    let is_changing = RwSignal::new(false);
    let bar = move || match grid.cells.job.get().filter(is_long) {
        Some(job) => progress(job),
        None if is_shown.get() => bar(grid, is_changing),
        None => ().into_any(),
    };
    view! {
        {bar}
        {change::dialog(grid, is_changing)}
    }
    .into_any()
}

fn bar(grid: Grid, is_changing: RwSignal<bool>) -> AnyView {
    let selected = grid.lens.selected;
    // What was ticked before and is not found any more is not touched, and not counted.
    let count = Memo::new(move |_| {
        selected.with(|selected| match selected.len() {
            0 => 0,
            _ => grid.lens.found.with(|found| found.rows.iter().filter(|id| selected.contains(id)).count()),
        })
    });
    let is_none = Memo::new(move |_| count.get() == 0);
    let off = move || is_none.get().then_some("true");
    let ask = move |done: fn(Grid)| {
        if !is_none.get_untracked() {
            done(grid);
        }
    };
    view! {
        <div class="bulk" role="toolbar" aria-label=t("list-with-selected")>
            <strong role="status">
                {move || tr("list-selected", [("count", count.get().into())])}
            </strong>
            <button
                class="button button--quiet button--small"
                type="button"
                aria-haspopup="dialog"
                aria-disabled=off
                on:click=move |_| if !is_none.get_untracked() { is_changing.set(true) }
            >
                {icon("pencil")}
                {t("bulk-change")}
            </button>
            <button class="button button--quiet button--small" type="button" aria-disabled=off on:click=move |_| ask(hand_over)>
                {icon("download")}
                {t("bulk-export")}
            </button>
            <button
                class="button button--quiet button--small button--danger"
                type="button"
                aria-disabled=off
                on:click=move |_| ask(remove)
            >
                {icon("trash-2")}
                {t("list-remove")}
            </button>
            {icon_button(t("list-clear-selection"), "x", move || {
                grid.lens.unselect();
                grid.focus_rows();
            })}
        </div>
    }
    .into_any()
}

fn is_long(job: &EditJob) -> bool {
    job.phase.with(|phase| matches!(phase, EditPhase::Running(_, all) if *all > LONG))
}

/// How far a long piece of work is, and the way to stop it.
fn progress(job: EditJob) -> AnyView {
    let (phase, stopped) = (job.phase.clone(), job);
    let stand = Memo::new(move |_| {
        phase.with(|phase| match phase {
            EditPhase::Running(done, all) => (*done, *all),
            EditPhase::Finished(_) => (1, 1),
        })
    });
    let line = move || {
        let (done, all) = stand.get();
        tr("bulk-progress", [("done", done.into()), ("all", all.into())])
    };
    view! {
        <div class="bulk" role="group" aria-label=t("bulk-running")>
            <strong role="status">{line}</strong>
            <progress
                class="progress"
                aria-label=t("bulk-running")
                max=move || stand.get().1.to_string()
                value=move || stand.get().0.to_string()
            ></progress>
            <button class="button button--quiet button--small" type="button" on:click=move |_| stopped.cancel()>
                {icon("circle-stop")}
                {t("bulk-stop")}
            </button>
        </div>
    }
    .into_any()
}

fn remove(grid: Grid) {
    let losing = grid.app.ask(|state| command::losing_links(state, &ticked(grid)));
    let request = EditRequest {
        entity: grid.lens.entity,
        records: ticked(grid),
        act: EditAct::Remove,
        create: Vec::new(),
        is_trial: false,
    };
    fill::run(grid, request, move |report| {
        // What could not be removed stays ticked.
        let kept = report.refused.iter().map(|row| row.record).collect();
        let _ = grid.lens.selected.try_set(kept);
        conclude(grid, report, "toast-removed", losing);
        // Nothing may be left of the list.
        focus::held().keep();
    });
}

fn hand_over(grid: Grid) {
    let entity = grid.entity.get_value();
    export::export(grid.app, grid.lens, &entity, ticked(grid));
}

/// Says what became of many records, and lists what was refused.
fn conclude(grid: Grid, report: &EditReport, said: &'static str, losing: usize) {
    let count = report.changed.len();
    if count > 0 && losing > 0 {
        let told = vec![("count", count.to_string()), ("links", losing.to_string())];
        grid.app.toast("toast-removed-links", told, ToastAction::Undo);
    } else if count > 0 {
        grid.app.toast(said, vec![("count", count.to_string())], ToastAction::Undo);
    }
    if report.refused.is_empty() && !report.is_cancelled {
        return;
    }
    let cells = report.refused.iter().flat_map(|row| {
        let cell = |wrong: &crate::model::diagnostic::Diagnostic| RefusedCell {
            record: Some(row.record),
            field: wrong.at.field,
            text: String::new(),
            wrong: wrong.clone(),
        };
        row.wrong.iter().map(cell).collect::<Vec<RefusedCell>>()
    });
    let outcome = Outcome { cells: cells.collect(), taken: count, beside: 0, is_cancelled: report.is_cancelled };
    let _ = grid.cells.outcome.try_set(Some(std::sync::Arc::new(outcome)));
}

/// The ticked records that are still there, in the order of the list.
fn ticked(grid: Grid) -> Vec<RecordId> {
    let selected = grid.lens.selected.get_untracked();
    grid.app.ask(|state| {
        let there = grid.lens.found.with_untracked(|found| {
            found.rows.iter().copied().filter(|id| selected.contains(id)).collect::<Vec<RecordId>>()
        });
        there.into_iter().filter(|id| state.shared_record(*id).is_some()).collect()
    })
}
