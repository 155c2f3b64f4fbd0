//! The dialog that changes fields of all ticked records: what is done to which field, and what comes of it before it is done.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::{Grid, fill};
use super::preview::{self, Preview};
use super::{conclude, ticked};
use crate::app::{EditAct, EditRequest};
use crate::engine::cells::{CellChange, Operation, operations};
use crate::engine::{form, formula};
use crate::model::diagnostic::Diagnostic;
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::FieldId;
use crate::model::value::Value;
use crate::ui::field::{FieldDraft, FieldInput, FormulaInput, bare_formula};
use crate::ui::part::{Dialog, icon, icon_button, unique_id};
use crate::ui::text::{label, t, tr};

/// The fields and what is done to them.
pub(super) type Changes = Vec<(FieldId, CellChange)>;

/// One field, and what is done to it.
#[derive(Clone, Copy)]
struct Line {
    id: u32,
    grid: Grid,
    field: RwSignal<FieldId>,
    operation: RwSignal<Operation>,
    /// The value that is set, added or taken away.
    draft: Memo<Option<FieldDraft>>,
    /// A number, a text to look for or a formula, and what replaces it.
    text: RwSignal<String>,
    with: RwSignal<String>,
}

/// The dialog.
pub(super) fn dialog(grid: Grid, open: RwSignal<bool>) -> AnyView {
    let title =
        Signal::derive(move || tr("bulk-title", [("count", if open.get() { ticked(grid).len() } else { 0 }.into())]));
    let applied = RwSignal::new(None::<(Arc<Changes>, Vec<crate::model::id::RecordId>)>);
    let apply = move |_| {
        let Some((changes, records)) = applied.get_untracked().filter(|(_, records)| !records.is_empty()) else {
            return;
        };
        open.set(false);
        let request = EditRequest {
            entity: grid.lens.entity,
            records,
            act: EditAct::Change((*changes).clone()),
            create: Vec::new(),
            is_trial: false,
        };
        fill::run(grid, request, move |report| conclude(grid, report, "toast-changed", 0));
        grid.focus_rows();
    };
    let count = move || applied.with(|applied| applied.as_ref().map_or(0, |(_, records)| records.len()));
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("bulk-cancel")}</button>
            <span class="push"></span>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || (count() == 0).then_some("true")
                on:click=apply
            >
                {move || tr("bulk-apply", [("count", count().into())])}
            </button>
        }
        .into_any()
    });
    view! {
        <Dialog open=open title=title class="dialog--wide dialog--tall" footer=footer>{move || body(grid, applied)}</Dialog>
    }
    .into_any()
}

fn body(grid: Grid, applied: RwSignal<Option<(Arc<Changes>, Vec<crate::model::id::RecordId>)>>) -> AnyView {
    let entity = grid.entity.get_value();
    let fields: Vec<Field> = entity.fields.iter().filter(|field| !operations(field).is_empty()).cloned().collect();
    let next = StoredValue::new(0u32);
    let fields = StoredValue::new(fields);
    let free = move |taken: &[FieldId]| {
        fields.with_value(|fields| {
            let free = || fields.iter().filter(|field| !taken.contains(&field.id));
            free().find(|field| !field.required).or_else(|| free().next()).cloned()
        })
    };
    let add = move |taken: &[FieldId]| {
        let free = free(taken)?;
        let id = next.get_value();
        next.set_value(id + 1);
        Some(Line::new(grid, id, &free))
    };
    let lines = RwSignal::new(add(&[]).into_iter().collect::<Vec<Line>>());
    let changes = Memo::new_with_compare(
        move |_| {
            let read = lines.get().into_iter().filter_map(|line| line.change().ok().flatten());
            Arc::new(read.collect::<Changes>())
        },
        |_, _| true,
    );
    let records = StoredValue::new(Arc::new(ticked(grid)));
    let preview = Preview::new(grid, records.get_value(), changes);
    Effect::new(move |_| {
        let report = preview.report.get();
        applied.set(report.map(|(changes, report)| (changes, report.changed.clone())));
    });
    on_cleanup(move || {
        let _ = applied.try_set(None);
    });
    let taken = move || lines.get().iter().map(|line| line.field.get()).collect::<Vec<FieldId>>();
    // One field is changed in one way: which of two was meant, nobody could tell.
    let has_more = Memo::new(move |_| free(&taken()).is_some());
    let rows = move || {
        let count = lines.with(Vec::len);
        lines.get().into_iter().map(|line| line.draw(fields, lines, count > 1)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="bulk-lines">{rows}</div>
        {move || has_more.get().then(|| view! {
            <p>
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| {
                        if let Some(line) = add(&untrack(taken)) {
                            lines.update(|lines| lines.push(line));
                        }
                    }
                >
                    {icon("plus")}
                    {t("bulk-another")}
                </button>
            </p>
        })}
        {preview::table(preview)}
    }
    .into_any()
}

impl Line {
    fn new(grid: Grid, id: u32, field: &Field) -> Line {
        let first = operations(field).first().copied().unwrap_or(Operation::Set);
        let (field, operation) = (RwSignal::new(field.id), RwSignal::new(first));
        let draft = Memo::new_with_compare(
            move |_| {
                let kept = matches!(operation.get(), Operation::Set | Operation::Add | Operation::Remove);
                let entity = grid.entity.get_value();
                let own = entity.field(field.get()).cloned().filter(|_| kept)?;
                Some(FieldDraft::new(grid.app, &entity, &own, None, &Value::Empty))
            },
            |_, _| true,
        );
        Line { id, grid, field, operation, draft, text: RwSignal::default(), with: RwSignal::default() }
    }

    fn known(self) -> Option<Field> {
        let field = self.field.get();
        self.grid.entity.with_value(|entity| entity.field(field).cloned())
    }

    /// What is done, once it is all there; tracked.
    fn change(self) -> Result<Option<(FieldId, CellChange)>, Diagnostic> {
        let (grid, field) = (self.grid, self.field.get());
        let value = || match self.draft.get() {
            Some(draft) if draft.is_blank() => Ok(None),
            Some(draft) => draft.read().map(Some),
            None => Ok(None),
        };
        let number = |kind| {
            let read = form::read_result(kind, &self.text.get(), &grid.app.read_settings());
            read.and_then(|value| value.as_number())
        };
        Ok(match self.operation.get() {
            Operation::Empty => Some(CellChange::Set(Value::Empty)),
            Operation::Set => value()?.map(CellChange::Set),
            Operation::Add => value()?.map(CellChange::Add),
            Operation::Remove => value()?.map(CellChange::Remove),
            Operation::Plus => number(ResultKind::Number).map(CellChange::Plus),
            Operation::Grow => number(ResultKind::Percent).map(CellChange::Grow),
            Operation::Replace => {
                let (find, with) = (self.text.get(), self.with.get());
                (!find.is_empty()).then_some(CellChange::Replace { find, with })
            }
            Operation::Formula => {
                let text = self.text.get();
                let bare = bare_formula(&text).trim();
                if bare.is_empty() {
                    None
                } else {
                    let compiled = grid.app.ask(|state| formula::compile(bare, state, grid.lens.entity));
                    let formula = compiled.map_err(|mut wrong| wrong.swap_remove(0))?;
                    Some(CellChange::Formula(Arc::new(formula)))
                }
            }
        }
        .map(|change| (field, change)))
    }

    fn draw(self, fields: StoredValue<Vec<Field>>, lines: RwSignal<Vec<Line>>, may_go: bool) -> AnyView {
        let own = unique_id("bulk");
        let (field_id, operation_id, value_id) =
            (format!("{own}-field"), format!("{own}-operation"), format!("{own}-value"));
        let chosen = move |event| {
            let id = event_target_value(&event);
            let found = fields.with_value(|fields| fields.iter().find(|field| field.id.as_str() == id).cloned());
            if let Some(field) = found {
                let first = operations(&field).first().copied().unwrap_or(Operation::Set);
                let kept = self.operation.get_untracked();
                self.text.set(String::new());
                self.field.set(field.id);
                self.operation.set(if operations(&field).contains(&kept) { kept } else { first });
            }
        };
        let options = fields.with_value(|fields| {
            let option = |field: &Field| {
                let id = field.id;
                let is_chosen = self.field.get_untracked() == id;
                let is_elsewhere =
                    move || lines.with(|lines| lines.iter().any(|line| line.id != self.id && line.field.get() == id));
                view! {
                    <option value=id.as_str() selected=is_chosen disabled=is_elsewhere>{label(&field.label)}</option>
                }
                .into_any()
            };
            fields.iter().map(option).collect::<Vec<AnyView>>()
        });
        let ways = move || {
            let Some(field) = self.known() else { return Vec::new() };
            let way = |operation: Operation| {
                let is_chosen = self.operation.get() == operation;
                view! { <option value=operation.as_str() selected=is_chosen>{name_of(operation, &field)}</option> }
                    .into_any()
            };
            operations(&field).into_iter().map(way).collect()
        };
        let turned = move |event| {
            let wanted = event_target_value(&event);
            let known = self.known().map(|field| operations(&field)).unwrap_or_default();
            if let Some(operation) = known.into_iter().find(|operation| operation.as_str() == wanted) {
                self.text.set(String::new());
                self.operation.set(operation);
            }
        };
        let control = value_id.clone();
        let remove = move || lines.update(|lines| lines.retain(|line| line.id != self.id));
        view! {
            <div class="bulk-line" role="group" aria-label=move || self.known().map(|field| label(&field.label)).unwrap_or_default()>
                <div class="field">
                    <label class="field__label" for=field_id.clone()>{t("list-field")}</label>
                    <select class="input" id=field_id on:change=chosen>{options}</select>
                </div>
                <div class="field">
                    <label class="field__label" for=operation_id.clone()>{t("bulk-operation")}</label>
                    <select class="input" id=operation_id on:change=turned>{ways}</select>
                </div>
                <div class="field">
                    {move || {
                        // It is another draft with each field and operation that is chosen, and the control has to be its own.
                        self.draft.track();
                        self.value(&control)
                    }}
                </div>
                {may_go.then(|| icon_button(t("bulk-drop"), "x", remove))}
            </div>
        }
        .into_any()
    }

    /// The control for what is set, added or looked for.
    fn value(self, id: &str) -> AnyView {
        let plain = |id: String, name: String, text: RwSignal<String>, class: &'static str| {
            view! {
                <label class="field__label" for=id.clone()>{name}</label>
                <input
                    class=class
                    id=id
                    type="text"
                    autocomplete="off"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            }
            .into_any()
        };
        let id = id.to_owned();
        let is_day = self.grid.entity.with_value(|entity| {
            entity.field(self.field.get_untracked()).is_some_and(|field| matches!(field.kind, FieldKind::Date))
        });
        match self.operation.get_untracked() {
            Operation::Set | Operation::Add | Operation::Remove => {
                let Some(draft) = self.draft.get_untracked() else { return ().into_any() };
                let error = format!("{id}-error");
                view! {
                    <label class="field__label" for=id.clone()>{t("list-new-value")}</label>
                    <FieldInput draft=draft id=id/>
                    {move || draft.error().filter(|_| !draft.is_blank()).map(|wrong| view! {
                        <p class="field__error" id=error.clone() role="alert">{icon("circle-alert")}{wrong}</p>
                    })}
                }
                .into_any()
            }
            Operation::Empty => ().into_any(),
            Operation::Plus if is_day => plain(id, t("bulk-days"), self.text, "input input--num"),
            Operation::Plus => plain(id, t("bulk-number"), self.text, "input input--num"),
            Operation::Grow => plain(id, t("bulk-percent"), self.text, "input input--num"),
            Operation::Replace => {
                let with = format!("{id}-with");
                view! {
                    {plain(id, t("bulk-find"), self.text, "input")}
                    {plain(with, t("bulk-replacement"), self.with, "input")}
                }
                .into_any()
            }
            Operation::Formula => {
                let entity = Signal::derive(move || self.grid.entity.get_value());
                let sample = ticked(self.grid).first().copied();
                view! {
                    <label class="field__label" for=id.clone()>{t("bulk-formula")}</label>
                    <FormulaInput entity=entity text=self.text id=id sample=sample/>
                }
                .into_any()
            }
        }
    }
}

fn name_of(operation: Operation, field: &Field) -> String {
    let is_day = matches!(field.kind, FieldKind::Date);
    match operation {
        Operation::Set => t("bulk-set"),
        Operation::Empty => t("bulk-empty"),
        Operation::Add => t("bulk-add"),
        Operation::Remove => t("bulk-remove"),
        Operation::Plus if is_day => t("bulk-plus-days"),
        Operation::Plus => t("bulk-plus"),
        Operation::Grow => t("bulk-grow"),
        Operation::Replace => t("bulk-replace"),
        Operation::Formula => t("bulk-by-formula"),
    }
}
