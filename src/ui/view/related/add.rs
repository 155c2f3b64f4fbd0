//! Add related: everything that can point at a record, by groups, found by typing.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Relation, add};
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::RecordId;
use crate::ui::part::{Finder, FinderNames, icon, icon_styled, unique_id};
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
    let (anchor, finder) = (unique_id("add-related"), Finder::new());
    let relations = StoredValue::new(ordered(relations));
    let found = Memo::new(move |_| {
        let wanted = finder.sought.get().trim().to_lowercase();
        relations.with_value(|relations| {
            let fits = |relation: &Relation| wanted.is_empty() || says(relation, &wanted);
            relations.iter().enumerate().filter(|(_, it)| fits(it)).map(|(at, _)| at).collect::<Vec<usize>>()
        })
    });
    let take = Callback::new(move |place: usize| {
        finder.open.set(false);
        let at = found.with_untracked(|found| found.get(place).copied());
        let wanted = at.and_then(|at| relations.with_value(|all| all.get(at).map(|it| (it.entity.id, it.via))));
        if let Some((entity, via)) = wanted {
            add(app, id, entity, via);
        }
    });
    let rows = Callback::new(move |()| {
        let mut drawn: Vec<AnyView> = Vec::new();
        let mut group = None;
        for (place, at) in found.get().into_iter().enumerate() {
            let relation = relations.with_value(|all| all.get(at).map(|it| (it.entity.clone(), name_of(it))));
            let Some((entity, name)) = relation else { continue };
            if group.replace(entity.group) != Some(entity.group) {
                let name = group_name(entity.group);
                drawn.push(view! { <li class="menu__label" role="presentation">{name}</li> }.into_any());
            }
            let inside = view! { {icon_styled(&entity.icon, "icon")}<span>{name}</span> }.into_any();
            drawn.push(finder.row(place, take, inside));
        }
        drawn.into_any()
    });
    let names = FinderNames { sheet: t("related-add"), field: t("related-find"), list: t("related-add") };
    let count = Memo::new(move |_| found.with(Vec::len));
    view! {
        <button
            id=anchor.clone()
            class="button button--small button--quiet"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || finder.open.get().to_string()
            on:click=move |_| finder.begin()
        >
            {icon("plus")}
            {t("related-add")}
        </button>
        {finder.sheet(anchor, names, count, take, rows)}
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
