//! The palette: every kind of field, pressed to add one or dragged to where it shall be.

use leptos::prelude::*;

use super::Bench;
use super::add;
use crate::engine::design::{KINDS, KindGroup};
use crate::model::id::FieldId;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::t;

/// The palette.
pub fn palette(bench: Bench) -> AnyView {
    let press = move |event: web_sys::MouseEvent| {
        let kind = browser::closest(event.target(), "[data-kind]");
        if let Some(kind) = kind.filter(|it| it.get_attribute("aria-disabled").is_none())
            && let Some(name) = kind.get_attribute("data-kind")
        {
            add::add(bench, &name, None);
        }
    };
    // Which kinds can be added follows from links alone.
    let blocked = Memo::new(move |_| {
        let entity = bench.entity.get();
        let is_blocked = |name: &&str| entity.as_ref().is_some_and(|entity| !add::is_possible(bench, entity, name));
        KINDS.iter().map(|(_, name, _)| *name).filter(is_blocked).collect::<Vec<&str>>()
    });
    let mut groups: Vec<(KindGroup, Vec<AnyView>)> = Vec::new();
    for (group, name, picture) in KINDS {
        if groups.last().is_none_or(|(last, _)| last != group) {
            groups.push((*group, Vec::new()));
        }
        if let Some((_, kinds)) = groups.last_mut() {
            kinds.push(one(blocked, name, picture));
        }
    }
    let groups: Vec<AnyView> = groups
        .into_iter()
        .map(|(group, kinds)| {
            let name = heading(group);
            view! { <h3>{name.clone()}</h3><ul class="design__kinds" aria-label=name>{kinds}</ul> }.into_any()
        })
        .collect();
    view! { <h2 class="design__head">{t("design-palette")}</h2><div class="design__groups" on:click=press>{groups}</div> }
        .into_any()
}

fn one(blocked: Memo<Vec<&'static str>>, name: &'static str, picture: &'static str) -> AnyView {
    let is_blocked = move || blocked.with(|blocked| blocked.contains(&name));
    let tip =
        move || is_blocked().then(|| t(if name == "lookup" { "design-needs-link" } else { "design-needs-source" }));
    view! {
        <li>
            <button
                class="design__kind"
                type="button"
                data-kind=name
                data-key=format!("kind:{name}")
                data-zone="palette"
                data-lifts=""
                aria-disabled=move || is_blocked().then_some("true")
                title=tip
            >
                {icon(picture)}
                <span>{t(&format!("kind-{name}"))}</span>
            </button>
        </li>
    }
    .into_any()
}

fn heading(group: KindGroup) -> String {
    t(match group {
        KindGroup::Words => "design-words",
        KindGroup::Figures => "design-figures",
        KindGroup::Time => "design-time",
        KindGroup::Choice => "design-choice",
        KindGroup::Records => "design-records",
        KindGroup::Things => "design-things",
        KindGroup::Computed => "design-computed",
    })
}

/// The kind that a carried thing stands for, or the field that it is.
pub fn carried(key: &str) -> Result<&str, FieldId> {
    key.strip_prefix("kind:").ok_or_else(|| FieldId::new(key))
}
