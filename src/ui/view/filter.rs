//! Filters: the chips above a list, and the sheet in which they are put together. What comes out is a condition of the model.

mod day;
mod phrase;
mod row;
mod word;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::engine::condition;
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;
use crate::ui::part::{Popover, icon, icon_button, unique_id};
use crate::ui::route::{Linked, Route};
use crate::ui::shell::use_app;
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::lens::Lens;

/// A condition while it is put together. Rows keep their inputs while others come and go.
#[derive(Clone, Copy)]
struct Draft {
    id: usize,
    condition: RwSignal<Condition>,
    /// What it asked when it could last be asked.
    kept: StoredValue<Option<Condition>>,
}

/// What the rows of the sheet share.
#[derive(Clone, Copy)]
struct Sheet {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    drafts: RwSignal<Vec<Draft>>,
    /// The draft that gets the focus when the sheet opens.
    wanted: StoredValue<Option<usize>>,
    next: StoredValue<usize>,
    joint: Signal<Joint>,
    /// Who is told what is put together; the filters of the lens where nobody is named.
    write: Option<Callback<Vec<Condition>>>,
}

/// What stands between conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

/// Whether a field can be asked for something.
pub fn may_ask(field: &Field) -> bool {
    word::shape_of(&field.kind).is_some()
}

/// The chips of a lens's filters, and the button that adds one.
#[component]
pub fn FilterBar(
    /// What is filtered.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let anchor = unique_id("filter");
    let entity = StoredValue::new(entity);
    let sheet = Sheet::new(lens, entity, None);
    let show = move |at: Option<usize>| {
        sheet.take_up();
        if at.is_none() || sheet.drafts.with_untracked(Vec::is_empty) {
            sheet.add(sheet.first());
        }
        sheet.want(at);
        open.set(true);
    };
    Effect::new(move |_| {
        if let Some(field) = lens.asked_filter.get() {
            lens.asked_filter.set(None);
            sheet.take_up();
            sheet.add(sheet.about(field));
            sheet.want(None);
            open.set(true);
        }
    });
    let chips = move || {
        let filters = lens.filters.get().into_iter().enumerate().filter(|(_, condition)| condition.is_whole());
        filters.map(|(at, condition)| chip(sheet, at, &condition, move || show(Some(at)))).collect::<Vec<AnyView>>()
    };
    view! {
        {lens.linked.map(|linked| linked_chip(lens, entity, linked))}
        {chips}
        <button
            id=anchor.clone()
            class="button button--quiet button--small"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| show(None)
        >
            {icon("plus")}
            {t("filter-add")}
        </button>
        <Popover open=open anchor=anchor class="builder">{move || sheet_view(sheet, open)}</Popover>
    }
    .into_any()
}

/// The editor of a single condition, for whoever asks one of records: what colours them.
pub fn condition_editor(
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    condition: Condition,
    changed: Callback<Condition>,
) -> AnyView {
    let write = Callback::new(move |conditions: Vec<Condition>| {
        if let Some(condition) = conditions.into_iter().next() {
            changed.run(condition);
        }
    });
    let sheet = Sheet::new(lens, entity, Some(write));
    sheet.add(if condition.is_always() { sheet.first() } else { condition });
    view! {
        <div class="builder__one">
            <For each=move || sheet.drafts.get() key=|draft| draft.id let:draft>
                {row::single(sheet, draft)}
            </For>
        </div>
    }
    .into_any()
}

/// What a condition asks, in words.
pub fn describe(app: App, entity: &Entity, condition: &Condition) -> String {
    word::describe(app, entity, condition).whole()
}

impl Sheet {
    fn new(lens: Lens, entity: StoredValue<Arc<Entity>>, write: Option<Callback<Vec<Condition>>>) -> Sheet {
        let joint = Signal::stored(Joint::And);
        Sheet {
            app: use_app(),
            lens,
            entity,
            drafts: RwSignal::new(Vec::new()),
            wanted: StoredValue::new(None),
            next: StoredValue::new(0),
            joint,
            write,
        }
    }

    /// A sheet for the conditions of a group in this one.
    fn within(self, parts: &[Condition], joint: Signal<Joint>, write: Callback<Vec<Condition>>) -> Sheet {
        let inner = Sheet { joint, ..Sheet::new(self.lens, self.entity, Some(write)) };
        parts.iter().for_each(|part| inner.add(part.clone()));
        inner
    }

    /// Whether it is the sheet of the filters themselves.
    fn is_outer(self) -> bool {
        self.write.is_none()
    }

    /// Starts from the filters as they are.
    fn take_up(self) {
        self.drafts.set(Vec::new());
        for condition in self.lens.filters.get_untracked().into_iter().filter(Condition::is_whole) {
            self.add(condition);
        }
    }

    fn add(self, condition: Condition) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let kept = StoredValue::new(asked(&condition));
        let draft = Draft { id, condition: RwSignal::new(condition), kept };
        self.drafts.update(|drafts| drafts.push(draft));
    }

    fn remove(self, id: usize) {
        self.drafts.update(|drafts| drafts.retain(|draft| draft.id != id));
        self.apply();
    }

    /// Lets the lens look through the filters as they stand now.
    fn apply(self) {
        let conditions = self.drafts.with_untracked(|drafts| {
            drafts.iter().filter_map(|draft| self.settled(*draft)).collect::<Vec<Condition>>()
        });
        if let Some(write) = self.write {
            write.run(conditions);
        } else if self.lens.filters.with_untracked(|filters| *filters != conditions) {
            self.lens.filters.set(conditions);
            self.lens.remember();
        }
    }

    /// What a draft asks. While it cannot be asked, such as half a number, it is what it asked before.
    fn settled(self, draft: Draft) -> Option<Condition> {
        let condition = asked(&draft.condition.get_untracked());
        if condition.as_ref().is_some_and(|condition| self.wrong(condition).is_some()) {
            return draft.kept.get_value();
        }
        draft.kept.set_value(condition.clone());
        condition
    }

    /// Why a condition cannot be asked.
    fn wrong(self, condition: &Condition) -> Option<Diagnostic> {
        let compiled = self.app.ask(|state| condition::compile(condition, state, self.lens.entity));
        compiled.err()?.into_iter().next()
    }

    /// Gives the focus to the draft at a place when the sheet opens, or to the last one.
    fn want(self, at: Option<usize>) {
        let wanted = self.drafts.with_untracked(|drafts| {
            let draft = at.and_then(|at| drafts.get(at)).or(drafts.last());
            draft.map(|draft| draft.id)
        });
        self.wanted.set_value(wanted);
    }

    fn wants(self, draft: Draft) -> bool {
        self.wanted.get_value() == Some(draft.id)
    }

    /// A condition that asks nothing yet, of the first field that can be asked.
    fn first(self) -> Condition {
        let field = self.entity.with_value(|entity| {
            let field = entity.fields.iter().find(|field| word::shape_of(&field.kind).is_some());
            field.or(entity.field(entity.title)).map(|field| field.id)
        });
        field.map_or(Condition::Formula { formula: String::new() }, |field| self.about(field))
    }

    /// A condition that asks nothing yet, of this field.
    fn about(self, field: FieldId) -> Condition {
        let app = use_app();
        let source = self.entity.with_value(|entity| entity.field(field).map(|field| word::source(app, entity, field)));
        let is = source.and_then(|source| word::comparisons(&source.kind).first().copied());
        Condition::compare(field, is.unwrap_or(Comparison::Filled), Operand::Absent)
    }
}

/// What a condition asks so far: parts that are not whole yet ask nothing, and a group without parts asks nothing either.
fn asked(condition: &Condition) -> Option<Condition> {
    let several = |parts: &[Condition]| {
        let parts: Vec<Condition> = parts.iter().filter_map(asked).collect();
        (!parts.is_empty()).then_some(parts)
    };
    match condition {
        Condition::All { all } => several(all).map(|all| Condition::All { all }),
        Condition::Any { any } => several(any).map(|any| Condition::Any { any }),
        Condition::Not { not } => asked(not).map(|not| Condition::Not { not: Box::new(not) }),
        plain => plain.is_whole().then(|| plain.clone()),
    }
}

/// That one came from a record and sees what points at it; the cross shows everything.
fn linked_chip(lens: Lens, entity: StoredValue<Arc<Entity>>, linked: Linked) -> AnyView {
    let app = use_app();
    let field =
        entity.with_value(|entity| entity.field(linked.via).map(|field| label(&field.label))).unwrap_or_default();
    let title = move || app.title(linked.to);
    let name = tr("filter-name", [("what", format!("{field} {}", untrack(title)).into())]);
    let view = lens.view.with_value(|view| view.id.clone());
    let whole = Route::Records { entity: lens.entity, view: Some(view), beside: None, linked: None }.href();
    view! {
        <div class="filter" role="group" aria-label=name>
            <span class="filter__part">{icon("link")}{field}</span>
            <span class="filter__part filter__part--op">{t("filter-linked")}</span>
            <span class="filter__part filter__part--value"><span class="clip">{title}</span></span>
            <a class="filter__drop" href=whole aria-label=t("filter-remove") title=t("filter-remove")>{icon("x")}</a>
        </div>
    }
    .into_any()
}

fn chip(sheet: Sheet, at: usize, condition: &Condition, opened: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let app = use_app();
    let words = sheet.entity.with_value(|entity| word::describe(app, entity, condition));
    let name = tr("filter-name", [("what", words.whole().into())]);
    let drop = move |_| {
        sheet.lens.filters.update(|filters| {
            if at < filters.len() {
                filters.remove(at);
            }
        });
        sheet.lens.remember();
    };
    view! {
        <div class=if words.is_lost { "filter filter--bad" } else { "filter" } role="group" aria-label=name>
            <button class="filter__part" type="button" on:click=move |_| opened()>{icon(words.icon)}{words.field}</button>
            {(!words.comparison.is_empty()).then(|| view! {
                <button class="filter__part filter__part--op" type="button" on:click=move |_| opened()>{words.comparison}</button>
            })}
            {(!words.value.is_empty()).then(|| view! {
                <button class="filter__part filter__part--value" type="button" on:click=move |_| opened()>
                    <span class="clip">{words.value}</span>
                </button>
            })}
            <button class="filter__drop" type="button" aria-label=t("filter-remove") title=t("filter-remove") on:click=drop>
                {icon("x")}
            </button>
        </div>
    }
    .into_any()
}

fn sheet_view(sheet: Sheet, open: RwSignal<bool>) -> AnyView {
    let name = sheet.entity.with_value(|entity| label_within(&entity.plural));
    let found = sheet.lens.found;
    view! {
        <div role="dialog" aria-label=t("filter-title")>
            <div class="popover__head">
                {tr("filter-show", [("name", name.into())])}
                {icon_button(t("part-close"), "x", move || open.set(false))}
            </div>
            {phrase::field(sheet)}
            <div class="builder__rows">
                <For each=move || sheet.drafts.get() key=|draft| draft.id let:draft>
                    {row::row(sheet, draft)}
                </For>
            </div>
            <div class="popover__foot">
                <button class="button button--quiet button--small" type="button" on:click=move |_| sheet.add(sheet.first())>
                    {icon("plus")}
                    {t("filter-add-condition")}
                </button>
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| sheet.add(Condition::Formula { formula: String::new() })
                >
                    {icon("sigma")}
                    {t("filter-add-formula")}
                </button>
                <button
                    class="button button--quiet button--small"
                    type="button"
                    on:click=move |_| sheet.add(row::Bracket::Any.around(vec![sheet.first(), sheet.first()]))
                >
                    {icon("braces")}
                    {t("filter-add-group")}
                </button>
                <span class="push" role="status">
                    {move || tr("filter-match", [("count", found.with(|found| found.rows.len()).into())])}
                </span>
            </div>
        </div>
    }
    .into_any()
}
