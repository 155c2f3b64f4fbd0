//! What a change would do: tried on a copy of the workspace, counted, and shown record by record.

use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use rustc_hash::FxHashMap;

use super::super::{Grid, named};
use super::change::Changes;
use crate::app::{EditAct, EditJob, EditReport, EditRequest};
use crate::engine::formula::Scope;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::Field;
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::show_in_cell;
use crate::ui::part::icon;
use crate::ui::text::{diagnostic, label, language, t, tr};

/// How long nothing is typed before it is tried.
const PAUSE: Duration = Duration::from_millis(180);
const ROW: f64 = 36.0;
const SEEN: usize = 40;

/// Which records are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    Changed,
    Refused,
}

/// A change that is tried out.
#[derive(Clone, Copy)]
pub(super) struct Preview {
    grid: Grid,
    records: StoredValue<Arc<Vec<RecordId>>>,
    changes: Memo<Arc<Changes>>,
    /// What came of trying it, with what was tried; none while that is still to be seen.
    pub report: RwSignal<Option<(Arc<Changes>, Arc<EditReport>)>>,
}

impl Preview {
    /// Tries changes out whenever they have come to rest.
    pub(super) fn new(grid: Grid, records: Arc<Vec<RecordId>>, changes: Memo<Arc<Changes>>) -> Preview {
        let report = RwSignal::new(None::<(Arc<Changes>, Arc<EditReport>)>);
        let job = StoredValue::new(None::<EditJob>);
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(Some(timer)) = waiting.try_update_value(Option::take) {
                timer.clear();
            }
            if let Some(Some(job)) = job.try_update_value(Option::take) {
                job.cancel();
            }
        };
        let kept = StoredValue::new(records);
        Effect::new(move |_| {
            let tried = changes.get();
            stop();
            report.set(None);
            if tried.is_empty() {
                return;
            }
            let try_out = move || {
                let Some(records) = kept.try_get_value() else { return };
                let request = EditRequest {
                    entity: grid.lens.entity,
                    records: records.to_vec(),
                    act: EditAct::Change((*tried).clone()),
                    create: Vec::new(),
                    is_trial: true,
                };
                let started = grid.app.start_edits(request, move |found| {
                    if !found.is_cancelled {
                        let _ = report.try_set(Some((tried.clone(), Arc::new(found.clone()))));
                    }
                });
                job.set_value(Some(started));
            };
            waiting.set_value(set_timeout_with_handle(try_out, PAUSE).ok());
        });
        on_cleanup(stop);
        Preview { grid, records: kept, changes, report }
    }
}

/// The counts, and a row for each record.
pub(super) fn table(preview: Preview) -> AnyView {
    let Preview { grid, records, changes, report } = preview;
    let shown = RwSignal::new(Shown::All);
    let wrong = Memo::new(move |_| {
        let by_record = report.get().map(|(_, report)| {
            let rows = report.refused.iter().map(|row| (row.record, row.wrong.clone()));
            rows.collect::<FxHashMap<RecordId, Vec<Diagnostic>>>()
        });
        Arc::new(by_record.unwrap_or_default())
    });
    let rows = Memo::new(move |_| match (shown.get(), report.get()) {
        (Shown::Changed, Some((_, report))) => Arc::new(report.changed.clone()),
        (Shown::Refused, Some((_, report))) => {
            let mut refused: Vec<RecordId> = report.refused.iter().map(|row| row.record).collect();
            refused.dedup();
            Arc::new(refused)
        }
        _ => records.get_value(),
    });
    let counts = move || {
        if changes.with(|changes| changes.is_empty()) {
            return t("bulk-incomplete");
        }
        match report.get() {
            None => t("bulk-trying"),
            Some((_, report)) => tr(
                "bulk-counts",
                [
                    ("changed", report.changed.len().into()),
                    ("unchanged", report.unchanged.into()),
                    ("refused", wrong.get().len().into()),
                ],
            ),
        }
    };
    let tab = move |which: Shown, key: &'static str| {
        view! {
            <button
                class="button button--small button--quiet"
                type="button"
                aria-pressed=move || (shown.get() == which).to_string()
                on:click=move |_| shown.set(which)
            >
                {t(key)}
            </button>
        }
        .into_any()
    };
    let scroller = NodeRef::<html::Div>::new();
    let scrolled = RwSignal::new(0usize);
    let window = Memo::new(move |_| {
        let count = rows.with(|rows| rows.len());
        let start = scrolled.get().saturating_sub(8).min(count.saturating_sub(1)) / 8 * 8;
        (start, (start + SEEN).min(count), count)
    });
    let heads = move || {
        let names = changed_fields(grid, &changes.get());
        names
            .iter()
            .map(|field| view! { <th scope="col">{label(&field.label)}</th> }.into_any())
            .collect::<Vec<AnyView>>()
    };
    let drawn = move || {
        let ((start, end, count), changes, wrong) = (window.get(), changes.get(), wrong.get());
        let ids = rows.with(|rows| rows.get(start..end).unwrap_or_default().to_vec());
        let space = |rows: usize| {
            (rows > 0).then(|| {
                let height = format!("block-size:{}px", rows as f64 * ROW);
                view! { <tr aria-hidden="true"><td style=height></td></tr> }.into_any()
            })
        };
        let body: Vec<AnyView> =
            ids.into_iter().enumerate().map(|(at, id)| row(grid, id, start + at, &changes, wrong.get(&id))).collect();
        view! { {space(start)}{body}{space(count - end)} }.into_any()
    };
    view! {
        <div class="bulk-counts">
            <strong role="status">{counts}</strong>
            <span class="push"></span>
            <span class="bulk-tabs" role="group" aria-label=t("bulk-show")>
                {tab(Shown::All, "bulk-show-all")}
                {tab(Shown::Changed, "bulk-show-changed")}
                {tab(Shown::Refused, "bulk-show-refused")}
            </span>
        </div>
        <div
            class="bulk-preview"
            tabindex="0"
            role="region"
            aria-label=t("bulk-preview")
            node_ref=scroller
            on:scroll=move |_| {
                if let Some(scroller) = scroller.get_untracked() {
                    scrolled.set((f64::from(scroller.scroll_top()) / ROW) as usize);
                }
            }
        >
            <table aria-rowcount=move || (rows.with(|rows| rows.len()) + 1).to_string()>
                <thead>
                    <tr>
                        <th scope="col">{t("refused-row")}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{drawn}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn changed_fields(grid: Grid, changes: &Changes) -> Vec<Field> {
    grid.entity.with_value(|entity| changes.iter().filter_map(|(id, _)| entity.field(*id).cloned()).collect())
}

fn row(grid: Grid, id: RecordId, at: usize, changes: &Changes, wrong: Option<&Vec<Diagnostic>>) -> AnyView {
    let entity = grid.entity.get_value();
    let fields = changed_fields(grid, changes);
    let pairs: Vec<(Value, Option<Value>)> = grid.app.ask(|state| {
        let Some(record) = state.record(id) else { return Vec::new() };
        let clock = grid.app.context().clock(state);
        let scope = Scope { reader: state, record, before: None, clock: &clock, language: language() };
        let change = |(field, (_, change)): (&Field, &(_, crate::engine::cells::CellChange))| {
            (record.value(field.id).clone(), change.apply(field, record, &scope).ok())
        };
        fields.iter().zip(changes).map(change).collect()
    });
    let cells: Vec<AnyView> = fields
        .iter()
        .zip(pairs)
        .map(|(field, (before, after))| {
            let own = wrong.and_then(|all| {
                all.iter().find(|wrong| wrong.at.field == Some(field.id)).or_else(|| all.first().filter(|it| it.at.field.is_none()))
            });
            let shown = |value: &Value| match value {
                Value::Empty => view! { <span class="quiet">{t("history-blank")}</span> }.into_any(),
                value => view! { <span class="bulk-value">{show_in_cell(grid.app, &entity, field, value)}</span> }.into_any(),
            };
            if let Some(wrong) = own {
                return view! { <td class="bulk-wrong">{shown(&before)}{icon("circle-alert")}<span>{diagnostic(wrong)}</span></td> }
                    .into_any();
            }
            match after {
                Some(after) if after != before => view! {
                    <td>
                        {shown(&before)}
                        {icon("arrow-right")}
                        <span class="sr-only">{t("bulk-becomes")}</span>
                        {shown(&after)}
                    </td>
                }
                .into_any(),
                _ => view! { <td class="quiet">{shown(&before)}<span>{t("bulk-stays")}</span></td> }.into_any(),
            }
        })
        .collect();
    let name = named(grid.app, id);
    let name = if name.is_empty() { t("list-untitled") } else { name };
    view! { <tr aria-rowindex=(at + 2).to_string()><th scope="row">{name}</th>{cells}</tr> }.into_any()
}
