//! Filters: the chips above a list, and the sheet in which they are put together. What comes out is a condition of the model.

mod phrase;

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::condition::Condition;
use crate::model::entity::Entity;
use crate::ui::part::{Popover, icon, icon_button, unique_id};
use crate::ui::route::{Linked, Route};
use crate::ui::shell::use_app;
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::condition::{Sheet, words};
use crate::ui::view::lens::Lens;

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
    let sheet = Sheet::new(entity, Callback::new(move |conditions| look_through(lens, conditions)));
    let show = move |at: Option<usize>| {
        take_up(lens, sheet);
        if at.is_none() || sheet.is_empty() {
            sheet.add(sheet.first());
        }
        sheet.want(at);
        open.set(true);
    };
    Effect::new(move |_| {
        if let Some(field) = lens.asked_filter.get() {
            lens.asked_filter.set(None);
            take_up(lens, sheet);
            sheet.add(sheet.about(field));
            sheet.want(None);
            open.set(true);
        }
    });
    let chips = move || {
        let filters = lens.filters.get().into_iter().enumerate().filter(|(_, condition)| condition.is_whole());
        filters
            .map(|(at, condition)| chip(lens, entity, at, &condition, move || show(Some(at))))
            .collect::<Vec<AnyView>>()
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
        <Popover open=open anchor=anchor class="builder">{move || sheet_view(lens, sheet, open)}</Popover>
    }
    .into_any()
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

fn chip(
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    at: usize,
    condition: &Condition,
    opened: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let app = use_app();
    let words = entity.with_value(|entity| words(app, entity, condition));
    let name = tr("filter-name", [("what", words.whole().into())]);
    let drop = move |_| {
        lens.filters.update(|filters| {
            if at < filters.len() {
                filters.remove(at);
            }
        });
        lens.remember();
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

fn sheet_view(lens: Lens, sheet: Sheet, open: RwSignal<bool>) -> AnyView {
    let name = sheet.entity.with_value(|entity| label_within(&entity.plural));
    let found = lens.found;
    view! {
        <div role="dialog" aria-label=t("filter-title")>
            <div class="popover__head">
                {tr("filter-show", [("name", name.into())])}
                {icon_button(t("part-close"), "x", move || open.set(false))}
            </div>
            {phrase::field(lens, sheet)}
            <div class="builder__rows">{sheet.rows()}</div>
            <div class="popover__foot">
                {sheet.adders()}
                <span class="push" role="status">
                    {move || tr("filter-match", [("count", found.with(|found| found.rows.len()).into())])}
                </span>
            </div>
        </div>
    }
    .into_any()
}

/// Starts from the filters as they are.
fn take_up(lens: Lens, sheet: Sheet) {
    sheet.start(lens.filters.get_untracked().into_iter().filter(Condition::is_whole));
}

/// Lets the lens look through the filters as they stand now.
fn look_through(lens: Lens, conditions: Vec<Condition>) {
    if lens.filters.with_untracked(|filters| *filters != conditions) {
        lens.filters.set(conditions);
        lens.remember();
    }
}
