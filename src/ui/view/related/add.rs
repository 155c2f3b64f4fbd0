//! Add related: everything that can point at a record, by groups, found by typing.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Relation, add};
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::RecordId;
use crate::ui::part::{Popover, icon, icon_styled, unique_id};
use crate::ui::shell::{GROUPS, group_name};
use crate::ui::text::{label, t};

/// A button that offers all relations of a record.
#[component]
pub fn AddRelated(
    /// The record.
    id: RecordId,
    /// The relations.
    relations: Vec<Relation>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let (anchor, list) = (unique_id("add-related"), unique_id("add-related-list"));
    let open = RwSignal::new(false);
    let sought = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let relations = StoredValue::new(ordered(relations));
    let found = Memo::new(move |_| {
        let wanted = sought.get().trim().to_lowercase();
        relations.with_value(|relations| {
            let fits = |relation: &Relation| wanted.is_empty() || says(relation, &wanted);
            relations.iter().enumerate().filter(|(_, it)| fits(it)).map(|(at, _)| at).collect::<Vec<usize>>()
        })
    });
    let take = move |at: usize| {
        open.set(false);
        if let Some((entity, via)) = relations.with_value(|all| all.get(at).map(|it| (it.entity.id, it.via))) {
            add(app, id, entity, via);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        event.stop_propagation();
        let count = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => active.update(|at| *at = (*at + count - 1) % count),
            "Home" if count > 0 => active.set(0),
            "End" if count > 0 => active.set(count - 1),
            "Enter" if !event.is_composing() => {
                if let Some(at) = found.with_untracked(|found| found.get(active.get_untracked()).copied()) {
                    take(at);
                }
            }
            "Escape" => {
                open.set(false);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = {
        let list = list.clone();
        move |at: usize| format!("{list}-{at}")
    };
    // What is chosen by key has to be in sight.
    {
        let option = option.clone();
        Effect::new(move |_| {
            let at = active.get();
            if let Some(element) = crate::ui::browser::element(&option(at)) {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let rows = {
        let option = option.clone();
        move || {
            let found = found.get();
            if found.is_empty() {
                return view! { <p class="menu__empty" role="status">{t("related-none-found")}</p> }.into_any();
            }
            let mut drawn: Vec<AnyView> = Vec::new();
            let mut group = None;
            for (place, at) in found.into_iter().enumerate() {
                let Some((entity, name)) =
                    relations.with_value(|all| all.get(at).map(|it| (it.entity.clone(), name_of(it))))
                else {
                    continue;
                };
                if group.replace(entity.group) != Some(entity.group) {
                    let name = group_name(entity.group);
                    drawn.push(view! { <li class="menu__label" role="presentation">{name}</li> }.into_any());
                }
                drawn.push(
                    view! {
                        <li
                            class="menu__item"
                            role="option"
                            id=option(place)
                            aria-selected="false"
                            data-active=move || (active.get() == place).then_some("")
                            on:mouseenter=move |_| active.set(place)
                            on:click=move |_| take(at)
                        >
                            {icon_styled(&entity.icon, "icon")}
                            <span>{name}</span>
                        </li>
                    }
                    .into_any(),
                );
            }
            drawn.into_any()
        }
    };
    let controls = list.clone();
    view! {
        <button
            id=anchor.clone()
            class="button button--small button--quiet"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| {
                sought.set(String::new());
                active.set(0);
                open.set(true);
            }
        >
            {icon("plus")}
            {t("related-add")}
        </button>
        <Popover open=open anchor=anchor>
            <div class="add-related" role="dialog" aria-label=t("related-add")>
                <div class="menu__find">
                    {icon("search")}
                    <input
                        type="text"
                        role="combobox"
                        autofocus=true
                        autocomplete="off"
                        aria-label=t("related-find")
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls=controls.clone()
                        aria-activedescendant={
                            let option = option.clone();
                            move || found.with(|found| !found.is_empty()).then(|| option(active.get()))
                        }
                        placeholder=t("related-find")
                        prop:value=move || sought.get()
                        on:input=move |event| {
                            sought.set(event_target_value(&event));
                            active.set(0);
                        }
                        on:keydown=keys
                    />
                </div>
                <ul class="menu menu__scroll" role="listbox" id=list.clone() aria-label=t("related-add")>
                    {rows.clone()}
                </ul>
            </div>
        </Popover>
    }
    .into_any()
}

/// In the order of the navigation, what is needed every day first within each group.
fn ordered(mut relations: Vec<Relation>) -> Vec<Relation> {
    let place = |entity: &Entity| GROUPS.iter().position(|group| *group == entity.group);
    relations.sort_by_key(|relation| (place(&relation.entity), relation.entity.tucked));
    relations
}

/// The list on the other side, and of what it is a list where that is not said by its name.
fn name_of(relation: &Relation) -> String {
    let plural = label(&relation.entity.plural);
    if relation.label == plural { plural } else { format!("{} · {plural}", relation.label) }
}

fn says(relation: &Relation, wanted: &str) -> bool {
    let entity: &Arc<Entity> = &relation.entity;
    let names = [&entity.label.zh, &entity.label.en, &entity.plural.en, &relation.label];
    names.into_iter().any(|name| name.to_lowercase().contains(wanted))
}
