//! The rail as one wants it: what is pinned at its top, what is hidden, and in which order. It belongs to this device.

use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{group_name, navigation};
use crate::app::App;
use crate::model::entity::{Entity, Group};
use crate::model::id::EntityId;
use crate::ui::browser;
use crate::ui::part::{Dialog, icon, icon_button, icon_styled};
use crate::ui::text::{label, t, tr};

const KEY: &str = "rail-order";

/// The rail as this device has it.
#[derive(Clone, Copy)]
pub struct Arranged(RwSignal<Wishes>);

/// What somebody wants of the rail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Wishes {
    pinned: Vec<EntityId>,
    hidden: Vec<EntityId>,
    order: Vec<EntityId>,
}

/// The parts of the rail.
#[derive(Clone, PartialEq)]
pub struct Parts {
    /// What stands at the top.
    pub pinned: Vec<Arc<Entity>>,
    /// What stands below it, group by group.
    pub groups: Vec<(Group, Vec<Arc<Entity>>)>,
    /// What is hidden and folded away.
    pub hidden: Vec<Arc<Entity>>,
}

impl Arranged {
    /// As this device remembers it.
    pub fn remembered() -> Self {
        let wishes = browser::remembered(KEY).and_then(|text| serde_json::from_str(&text).ok());
        Arranged(RwSignal::new(wishes.unwrap_or_default()))
    }

    /// The rail; the running view depends on it and on the definitions.
    pub fn parts(self, app: App) -> Parts {
        let wishes = self.0.get();
        let place = |entity: &Entity| wishes.order.iter().position(|id| *id == entity.id).unwrap_or(usize::MAX);
        let all = app.entities();
        let pinned = wishes.pinned.iter().filter_map(|id| all.iter().find(|it| it.id == *id)).cloned().collect();
        let is_elsewhere =
            |entity: &Arc<Entity>| wishes.pinned.contains(&entity.id) || wishes.hidden.contains(&entity.id);
        let mut groups = navigation(app);
        for (_, members) in &mut groups {
            members.retain(|entity| !is_elsewhere(entity));
            members.sort_by_key(|entity| place(entity));
        }
        groups.retain(|(_, members)| !members.is_empty());
        let hidden = all.into_iter().filter(|it| !it.tucked && wishes.hidden.contains(&it.id)).collect();
        Parts { pinned, groups, hidden }
    }

    /// Changes it for an entity, whose row is drawn anew and keeps the focus.
    fn change_for(self, id: EntityId, change: impl FnOnce(&mut Wishes)) {
        self.change(change);
        request_animation_frame(move || {
            browser::focus_first(&format!("#{} button", row_id(id)));
        });
    }

    fn change(self, change: impl FnOnce(&mut Wishes)) {
        self.0.update(change);
        if let Ok(text) = serde_json::to_string(&self.0.get_untracked()) {
            browser::remember(KEY, &text);
        }
    }

    fn pin(self, id: EntityId) {
        self.change_for(id, |wishes| {
            wishes.hidden.retain(|other| *other != id);
            toggle(&mut wishes.pinned, id);
        });
    }

    fn hide(self, id: EntityId) {
        self.change_for(id, |wishes| {
            wishes.pinned.retain(|other| *other != id);
            toggle(&mut wishes.hidden, id);
        });
    }

    /// Moves an entity among those that it stands with.
    fn shift(self, app: App, id: EntityId, by: isize) {
        let parts = untrack(|| self.parts(app));
        let is_pinned = parts.pinned.iter().any(|entity| entity.id == id);
        let members: Vec<EntityId> = match is_pinned {
            true => parts.pinned.iter().map(|entity| entity.id).collect(),
            false => {
                let group = parts.groups.iter().find(|(_, members)| members.iter().any(|it| it.id == id));
                group.map(|(_, members)| members.iter().map(|it| it.id).collect()).unwrap_or_default()
            }
        };
        let Some(at) = members.iter().position(|other| *other == id) else { return };
        let Some(to) = at.checked_add_signed(by).filter(|to| *to < members.len()) else { return };
        let mut moved = members;
        moved.swap(at, to);
        self.change_for(id, |wishes| {
            if is_pinned {
                wishes.pinned = moved;
            } else {
                // The others keep their places; these take theirs in the new order.
                wishes.order.retain(|other| !moved.contains(other));
                wishes.order.extend(moved);
            }
        });
    }
}

fn row_id(id: EntityId) -> String {
    format!("arrange-{id}")
}

fn toggle(ids: &mut Vec<EntityId>, id: EntityId) {
    match ids.iter().position(|other| *other == id) {
        Some(at) => drop(ids.remove(at)),
        None => ids.push(id),
    }
}

/// The button that opens the choice, and the choice.
pub fn arrange(app: App, arranged: Arranged) -> AnyView {
    let open = RwSignal::new(false);
    let footer = Callback::new(move |()| {
        view! {
            <button class="button button--quiet" type="button" on:click=move |_| arranged.change(|wishes| *wishes = Wishes::default())>
                {icon("rotate-ccw")}
                {t("arrange-reset")}
            </button>
            <button class="button button--primary" type="button" on:click=move |_| open.set(false)>{t("arrange-done")}</button>
        }
        .into_any()
    });
    view! {
        <button class="rail__item rail__arrange" type="button" aria-haspopup="dialog" title=t("arrange-open") on:click=move |_| open.set(true)>
            {icon("sliders-horizontal")}
            <span>{t("arrange-open")}</span>
        </button>
        <Dialog open=open title=Signal::derive(|| t("arrange-title")) class="dialog--small" footer=footer>
            <p class="quiet">{t("arrange-say")}</p>
            {move || rows(app, arranged)}
        </Dialog>
    }
    .into_any()
}

fn rows(app: App, arranged: Arranged) -> AnyView {
    let Parts { pinned, groups, hidden } = arranged.parts(app);
    let mut sections: Vec<AnyView> = Vec::new();
    let mut section = |name: String, members: Vec<Arc<Entity>>, standing: Standing| {
        if members.is_empty() {
            return;
        }
        let last = members.len() - 1;
        let rows: Vec<AnyView> = members
            .into_iter()
            .enumerate()
            .map(|(at, entity)| row(app, arranged, &entity, standing, (at == 0, at == last)))
            .collect();
        sections.push(view! { <section class="arrange"><h3>{name}</h3><ul>{rows}</ul></section> }.into_any());
    };
    section(t("arrange-pinned"), pinned, Standing::Pinned);
    for (group, members) in groups {
        section(group_name(group), members, Standing::Shown);
    }
    section(t("arrange-hidden"), hidden, Standing::Hidden);
    sections.into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Pinned,
    Shown,
    Hidden,
}

fn row(
    app: App,
    arranged: Arranged,
    entity: &Entity,
    standing: Standing,
    (is_first, is_last): (bool, bool),
) -> AnyView {
    let id = entity.id;
    let name = label(&entity.plural);
    let named = |key: &'static str| tr(key, [("name", name.clone().into())]);
    let shift = |key: &'static str, picture: &'static str, by: isize, is_end: bool| {
        let tip = named(key);
        view! {
            <button
                class="button button--quiet button--icon button--small"
                type="button"
                aria-label=tip.clone()
                title=tip
                aria-disabled=is_end.then_some("true")
                on:click=move |_| if !is_end { arranged.shift(app, id, by) }
            >
                {icon(picture)}
            </button>
        }
        .into_any()
    };
    let (pin, pin_picture) = match standing {
        Standing::Pinned => ("arrange-unpin", "pin-off"),
        Standing::Shown | Standing::Hidden => ("arrange-pin", "pin"),
    };
    let (hide, hide_picture) = match standing {
        Standing::Hidden => ("arrange-show", "eye-off"),
        Standing::Shown | Standing::Pinned => ("arrange-hide", "eye"),
    };
    let moves = (standing != Standing::Hidden).then(|| {
        view! { {shift("arrange-up", "arrow-up", -1, is_first)}{shift("arrange-down", "arrow-down", 1, is_last)} }
    });
    view! {
        <li class="arrange__one" id=row_id(id)>
            {icon_styled(&entity.icon, "icon")}
            <span class="clip">{name.clone()}</span>
            <span class="people__do">
                {moves}
                {icon_button(named(pin), pin_picture, move || arranged.pin(id))}
                {icon_button(named(hide), hide_picture, move || arranged.hide(id))}
            </span>
        </li>
    }
    .into_any()
}
