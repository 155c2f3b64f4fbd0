//! What can be done with the ticked records: set a field, remove, untick.

use leptos::prelude::*;

use super::Grid;
use crate::app::ToastAction;
use crate::command::Command;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::value::Value;
use crate::ui::field::{FieldDraft, FieldInput};
use crate::ui::part::{Popover, icon, icon_button, unique_id};
use crate::ui::text::{diagnostic, label, t, tr};

/// The bar; there is none while nothing is ticked.
pub fn bulk(grid: Grid) -> AnyView {
    let selected = grid.lens.selected;
    let is_selecting = grid.lens.is_selecting;
    let is_shown = Memo::new(move |_| is_selecting.get() || selected.with(|selected| !selected.is_empty()));
    (move || is_shown.get().then(|| bar(grid))).into_any()
}

fn bar(grid: Grid) -> AnyView {
    let selected = grid.lens.selected;
    let open = RwSignal::new(false);
    let anchor = unique_id("bulk");
    let is_none = Memo::new(move |_| selected.with(|selected| selected.is_empty()));
    let off = move || is_none.get().then_some("true");
    let remove = move |_| {
        let records = ticked(grid);
        if records.is_empty() {
            return;
        }
        let count = records.len().to_string();
        match grid.app.dispatch(Command::RemoveRecords { records }) {
            Ok(_) => {
                grid.lens.unselect();
                grid.app.toast("toast-removed", vec![("count", count)], ToastAction::Undo);
            }
            Err(refused) => {
                let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
                grid.app.toast("toast-refused", vec![("reason", reason)], ToastAction::None);
            }
        }
    };
    view! {
        <div class="bulk" role="toolbar" aria-label=t("list-with-selected")>
            <strong role="status">
                {move || tr("list-selected", [("count", selected.with(|selected| selected.len()).into())])}
            </strong>
            <button
                id=anchor.clone()
                class="button button--quiet button--small"
                type="button"
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                aria-disabled=off
                on:click=move |_| if !is_none.get_untracked() { open.set(true) }
            >
                {icon("pencil")}
                {t("list-set-field")}
            </button>
            <button class="button button--quiet button--small button--danger" type="button" aria-disabled=off on:click=remove>
                {icon("trash-2")}
                {t("list-remove")}
            </button>
            {icon_button(t("list-clear-selection"), "x", move || {
                grid.lens.unselect();
                grid.focus_rows();
            })}
        </div>
        <Popover open=open anchor=anchor class="builder">{move || form(grid, open)}</Popover>
    }
    .into_any()
}

fn form(grid: Grid, open: RwSignal<bool>) -> AnyView {
    let entity = grid.entity.get_value();
    let fields: Vec<Field> = entity.fields.iter().filter(|field| may_be_set(field)).cloned().collect();
    let chosen = RwSignal::new(fields.first().map(|field| field.id));
    let options: Vec<AnyView> = fields
        .iter()
        .map(|field| view! { <option value=field.id.as_str()>{label(&field.label)}</option> }.into_any())
        .collect();
    let known = fields.clone();
    let choose = move |event| {
        let id = event_target_value(&event);
        chosen.set(known.iter().map(|field| field.id).find(|field| field.as_str() == id));
    };
    let draft = Memo::new_with_compare(
        move |_| {
            let field = chosen.get().and_then(|id| fields.iter().find(|field| field.id == id).cloned())?;
            Some(FieldDraft::new(grid.app, &grid.entity.get_value(), &field, None, &Value::Empty))
        },
        |_, _| true,
    );
    view! {
        <div class="popover__head">
            {tr("list-set-field-of", [("count", ticked(grid).len().into())])}
            {icon_button(t("part-close"), "x", move || open.set(false))}
        </div>
        <div class="builder__rows">
            <div class="field">
                <label class="field__label" for="bulk-field">{t("list-field")}</label>
                <select class="input" id="bulk-field" on:change=choose>{options}</select>
            </div>
            {move || draft.get().map(|draft| view! {
                <div class="field">
                    <label class="field__label" for="bulk-value">{t("list-new-value")}</label>
                    <FieldInput draft=draft id="bulk-value".to_owned()/>
                    {move || draft.error().map(|error| view! {
                        <p class="field__error" id="bulk-value-error" role="alert">{icon("circle-alert")}{error}</p>
                    })}
                </div>
            })}
        </div>
        <div class="popover__foot">
            <span class="push"></span>
            <button
                class="button button--primary button--small"
                type="button"
                on:click=move |_| {
                    if let Some(draft) = draft.get_untracked() {
                        send(grid, draft, open);
                    }
                }
            >
                {t("list-apply")}
            </button>
        </div>
    }
    .into_any()
}

fn send(grid: Grid, draft: FieldDraft, open: RwSignal<bool>) {
    draft.judge();
    // Checked one by one by the command: a value may be wrong for some records only.
    let Ok(value) = untrack(|| draft.read()) else { return };
    let field: FieldId = draft.id();
    let records = ticked(grid);
    let count = records.len().to_string();
    match grid.app.dispatch(Command::UpdateRecords { records, values: vec![(field, value)] }) {
        Ok(_) => {
            open.set(false);
            grid.app.toast("toast-changed", vec![("count", count)], ToastAction::Undo);
        }
        Err(refused) => refused.diagnostics.iter().take(1).for_each(|wrong| draft.refuse(wrong)),
    }
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

fn may_be_set(field: &Field) -> bool {
    field.is_editable() && !field.unique && !matches!(field.kind, FieldKind::Files | FieldKind::Signature)
}
