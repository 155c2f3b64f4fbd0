//! Filters: the chips above a list, and the sheet in which they are put together. What comes out is a condition of the model.

mod row;
mod word;

pub use word::describe;

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::entity::Entity;
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
}

/// What the rows of the sheet share.
#[derive(Clone, Copy)]
struct Sheet {
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    drafts: RwSignal<Vec<Draft>>,
    next: StoredValue<usize>,
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
    let sheet = Sheet { lens, entity, drafts: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
    let show = move |with_new: bool| {
        sheet.take_up();
        if with_new || sheet.drafts.with_untracked(Vec::is_empty) {
            sheet.add(sheet.first());
        }
        open.set(true);
    };
    let chips = move || {
        let filters = lens.filters.get().into_iter().enumerate().filter(|(_, condition)| condition.is_whole());
        filters.map(|(at, condition)| chip(sheet, at, &condition, move || show(false))).collect::<Vec<AnyView>>()
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
            on:click=move |_| show(true)
        >
            {icon("plus")}
            {t("filter-add")}
        </button>
        <Popover open=open anchor=anchor class="builder">{move || sheet_view(sheet, open)}</Popover>
    }
    .into_any()
}

impl Sheet {
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
        let draft = Draft { id, condition: RwSignal::new(condition) };
        self.drafts.update(|drafts| drafts.push(draft));
    }

    fn remove(self, id: usize) {
        self.drafts.update(|drafts| drafts.retain(|draft| draft.id != id));
        self.apply();
    }

    /// Lets the lens look through the filters as they stand now.
    fn apply(self) {
        let conditions = self.drafts.with_untracked(|drafts| {
            drafts
                .iter()
                .map(|draft| draft.condition.get_untracked())
                .filter(Condition::is_whole)
                .collect::<Vec<Condition>>()
        });
        if self.lens.filters.with_untracked(|filters| *filters != conditions) {
            self.lens.filters.set(conditions);
            self.lens.remember();
        }
    }

    /// A condition that asks nothing yet, of the first field that can be asked.
    fn first(self) -> Condition {
        self.entity.with_value(|entity| {
            let field = entity.fields.iter().find(|field| word::shape_of(&field.kind).is_some());
            let field = field.or(entity.field(entity.title));
            match field {
                Some(field) => {
                    let is = word::comparisons(&field.kind).first().copied().unwrap_or(Comparison::Filled);
                    Condition::compare(field.id, is, Operand::Absent)
                }
                None => Condition::Formula { formula: String::new() },
            }
        })
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
                <span class="push" role="status">
                    {move || tr("filter-match", [("count", found.with(|found| found.rows.len()).into())])}
                </span>
            </div>
        </div>
    }
    .into_any()
}
