//! All kinds of record: how many records and fields each has, and where it comes from.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, packs};
use crate::model::entity::Entity;
use crate::ui::format;
use crate::ui::part::{hue_name, icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::shell::{GROUPS, group_name};
use crate::ui::text::{label, t};

/// The list, group by group as in the navigation.
pub fn list(app: App) -> AnyView {
    let find = RwSignal::new(String::new());
    let groups = move || {
        let words = find.get().trim().to_lowercase();
        let says = |entity: &Arc<Entity>| {
            let names = [&entity.label.zh, &entity.label.en, &entity.plural.zh, &entity.plural.en];
            entity.id.as_str().contains(&words) || names.iter().any(|name| name.to_lowercase().contains(&words))
        };
        let all: Vec<Arc<Entity>> = app.entities().into_iter().filter(says).collect();
        if all.is_empty() {
            return vec![view! { <p class="design__none" role="status">{t("design-no-match")}</p> }.into_any()];
        }
        let group = |group| {
            let members: Vec<AnyView> =
                all.iter().filter(|entity| entity.group == group).map(|entity| row(app, entity)).collect();
            (!members.is_empty()).then(|| {
                view! { <tbody><tr class="design__group"><th colspan="4" scope="rowgroup">{group_name(group)}</th></tr>{members}</tbody> }
                    .into_any()
            })
        };
        let bodies: Vec<AnyView> = GROUPS.into_iter().filter_map(group).collect();
        vec![
            view! {
                <table class="design__list">
                    <thead>
                        <tr>
                            <th scope="col">{t("design-entity")}</th>
                            <th scope="col" class="num">{t("design-record-count")}</th>
                            <th scope="col" class="num">{t("design-field-count")}</th>
                            <th scope="col">{t("design-from")}</th>
                        </tr>
                    </thead>
                    {bodies}
                </table>
            }
            .into_any(),
        ]
    };
    view! {
        <div class="design__entities">
            <label class="input input-box find">
                {icon("search")}
                <span class="sr-only">{t("design-find")}</span>
                <input type="search" placeholder=t("design-find") prop:value=find on:input=move |event| find.set(event_target_value(&event))/>
            </label>
            {groups}
        </div>
    }
    .into_any()
}

fn row(app: App, entity: &Arc<Entity>) -> AnyView {
    let id = entity.id;
    let count = move || {
        app.track_entity(id);
        format::number(app.ask(|state| state.member_ids(id).len()).into(), Some(0))
    };
    let fields = entity.fields.iter().filter(|field| !field.retired).count();
    let from = if entity.own { t("design-own") } else { pack(app) };
    let other =
        if label(&entity.plural) == entity.plural.zh { entity.plural.en.clone() } else { entity.plural.zh.clone() };
    view! {
        <tr>
            <th scope="row">
                <a class="design__entity" href=Route::design(id).href()>
                    <span class="design__mark" data-hue=hue_name(entity.hue)>{icon_styled(&entity.icon, "icon")}</span>
                    <span class="clip">{label(&entity.plural)}</span>
                    <span class="design__other clip">{other}</span>
                </a>
            </th>
            <td class="num">{count}</td>
            <td class="num">{format::number(fields.into(), Some(0))}</td>
            <td class="quiet">{from}</td>
        </tr>
    }
    .into_any()
}

/// The pack that was installed first: what nobody made here came with it.
fn pack(app: App) -> String {
    let first = app.workspace().and_then(|workspace| workspace.packs.first().cloned());
    let known = first.and_then(|id| packs().into_iter().find(|pack| pack.id == id));
    known.map(|pack| label(&pack.label)).unwrap_or_else(|| t("design-from-pack"))
}
