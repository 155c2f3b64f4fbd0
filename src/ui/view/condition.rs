//! Conditions as people put them together: rows of field, comparison and value, groups, formulas. Filters, colours, forms and every
//! designer ask through the same rows; what comes out is a condition of the model.

mod day;
mod editor;
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
use crate::ui::part::icon;
use crate::ui::shell::use_app;
use crate::ui::text::t;

pub use editor::{ConditionAsked, condition_part};
pub use word::describe as words;

/// A condition while it is put together. Rows keep their inputs while others come and go.
#[derive(Clone, Copy)]
struct Draft {
    id: usize,
    condition: RwSignal<Condition>,
    /// What it asked when it could last be asked.
    kept: StoredValue<Option<Condition>>,
}

/// Conditions that are put together row by row.
#[derive(Clone, Copy)]
pub struct Sheet {
    app: App,
    /// The entity whose records are asked.
    pub entity: StoredValue<Arc<Entity>>,
    drafts: RwSignal<Vec<Draft>>,
    /// The draft that gets the focus when the sheet opens.
    wanted: StoredValue<Option<usize>>,
    next: StoredValue<usize>,
    joint: Signal<Joint>,
    /// Whether it is no group of another one: groups do not nest.
    is_outer: bool,
    /// Told what is put together.
    write: Callback<Vec<Condition>>,
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

/// The editor of a single condition, for whoever asks one of records: what colours them.
pub fn condition_editor(
    entity: StoredValue<Arc<Entity>>,
    condition: Condition,
    changed: Callback<Condition>,
) -> AnyView {
    let write = Callback::new(move |conditions: Vec<Condition>| {
        if let Some(condition) = conditions.into_iter().next() {
            changed.run(condition);
        }
    });
    let sheet = Sheet { is_outer: false, ..Sheet::new(entity, write) };
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
    /// An empty sheet; `write` is told what is put together, after each change.
    pub fn new(entity: StoredValue<Arc<Entity>>, write: Callback<Vec<Condition>>) -> Sheet {
        let (drafts, next) = (RwSignal::new(Vec::new()), StoredValue::new(0));
        let (app, wanted, joint) = (use_app(), StoredValue::new(None), Signal::stored(Joint::And));
        Sheet { app, entity, drafts, wanted, next, joint, is_outer: true, write }
    }

    /// A sheet for the conditions of a group in this one.
    fn within(self, parts: &[Condition], joint: Signal<Joint>, write: Callback<Vec<Condition>>) -> Sheet {
        let inner = Sheet { joint, is_outer: false, ..Sheet::new(self.entity, write) };
        parts.iter().for_each(|part| inner.add(part.clone()));
        inner
    }

    /// Starts anew from conditions.
    pub fn start(self, conditions: impl Iterator<Item = Condition>) {
        self.drafts.set(Vec::new());
        conditions.for_each(|condition| self.add(condition));
    }

    /// Whether there is no row.
    pub fn is_empty(self) -> bool {
        self.drafts.with_untracked(Vec::is_empty)
    }

    /// Adds a row; it is not told before it asks something.
    pub fn add(self, condition: Condition) {
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

    /// Tells the conditions as they stand now.
    fn apply(self) {
        let conditions = self.drafts.with_untracked(|drafts| {
            drafts.iter().filter_map(|draft| self.settled(*draft)).collect::<Vec<Condition>>()
        });
        self.write.run(conditions);
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
        let entity = self.entity.with_value(|entity| entity.id);
        let compiled = self.app.ask(|state| condition::compile(condition, state, entity));
        compiled.err()?.into_iter().next()
    }

    /// Gives the focus to the draft at a place when the sheet opens, or to the last one.
    pub fn want(self, at: Option<usize>) {
        let wanted = self.drafts.with_untracked(|drafts| {
            let draft = at.and_then(|at| drafts.get(at)).or(drafts.last());
            draft.map(|draft| draft.id)
        });
        self.wanted.set_value(wanted);
    }

    fn wants(self, draft: Draft) -> bool {
        self.wanted.get_value() == Some(draft.id)
    }

    /// The rows.
    pub fn rows(self) -> AnyView {
        view! { <For each=move || self.drafts.get() key=|draft| draft.id let:draft>{row::row(self, draft)}</For> }
            .into_any()
    }

    /// The buttons that add a row, a formula, a group.
    pub fn adders(self) -> AnyView {
        let adder = |name: &'static str, key: &str, new: Callback<(), Condition>| {
            view! {
                <button class="button button--quiet button--small" type="button" on:click=move |_| self.add(new.run(()))>
                    {icon(name)}
                    {t(key)}
                </button>
            }
            .into_any()
        };
        let group = move |()| row::Bracket::Any.around(vec![self.first(), self.first()]);
        view! {
            {adder("plus", "filter-add-condition", Callback::new(move |()| self.first()))}
            {adder("sigma", "filter-add-formula", Callback::new(|()| Condition::Formula { formula: String::new() }))}
            {adder("braces", "filter-add-group", Callback::new(group))}
        }
        .into_any()
    }

    /// A condition that asks nothing yet, of the first field that can be asked.
    pub fn first(self) -> Condition {
        let field = self.entity.with_value(|entity| {
            let field = entity.fields.iter().find(|field| word::shape_of(&field.kind).is_some());
            field.or(entity.field(entity.title)).map(|field| field.id)
        });
        field.map_or(Condition::Formula { formula: String::new() }, |field| self.about(field))
    }

    /// A condition that asks nothing yet, of this field.
    pub fn about(self, field: FieldId) -> Condition {
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
