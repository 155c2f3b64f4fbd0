//! The list of what is amiss with an entity; each line leads to its place.

use leptos::prelude::*;

use super::{Bench, layout_of};
use crate::engine::design::{self, Trouble, TroubleKind};
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::field::Language;
use crate::model::state::Reader;
use crate::ui::part::{Popover, icon, icon_styled, unique_id};
use crate::ui::text::{label, t, tr};

/// The button with their number, and the list that it opens.
pub fn troubles(bench: Bench) -> AnyView {
    let found = Memo::new(move |_| {
        bench.layout.track();
        bench.app.track_entity(bench.id);
        let entity = bench.entity();
        let ask = |entity: &Entity| {
            bench.app.ask(|state| {
                let layout = layout_of(state.definition(Definition::layout_id(bench.id)));
                design::troubles(state, entity, layout)
            })
        };
        entity.map(|entity| ask(&entity)).unwrap_or_default()
    });
    let (open, anchor) = (RwSignal::new(false), unique_id("design-troubles"));
    let picture = move || match found.with(Vec::is_empty) {
        true => icon_styled("circle-check", "icon icon--good"),
        false => icon_styled("triangle-alert", "icon icon--warn"),
    };
    let count = move || tr("design-troubles", [("count", found.with(Vec::len).into())]);
    let lines = move || found.get().iter().map(|trouble| line(bench, open, trouble)).collect::<Vec<AnyView>>();
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet button--small"
            type="button"
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.set(true)
        >
            {picture}
            {count}
        </button>
        <Popover open=open anchor=anchor>
            <div class="menu design__troubles" role="dialog" aria-label=t("design-troubles-title")>
                {lines}
                {move || found.with(Vec::is_empty).then(|| view! { <p class="menu__empty">{t("design-no-troubles")}</p> })}
            </div>
        </Popover>
    }
    .into_any()
}

fn line(bench: Bench, open: RwSignal<bool>, trouble: &Trouble) -> AnyView {
    let entity = bench.entity.get_untracked();
    let field = trouble.field;
    let name = match field {
        Some(field) => entity.and_then(|entity| Some(label(&entity.field(field)?.label))),
        None => entity.map(|entity| label(&entity.label)),
    };
    let say = match trouble.kind {
        TroubleKind::NoLabel(Language::Zh) => "trouble-no-chinese",
        TroubleKind::NoLabel(Language::En) => "trouble-no-english",
        TroubleKind::NoOptionLabel(Language::Zh) => "trouble-options-no-chinese",
        TroubleKind::NoOptionLabel(Language::En) => "trouble-options-no-english",
        TroubleKind::TwinLabel => "trouble-twin",
        TroubleKind::NoOptions => "trouble-no-options",
        TroubleKind::UnusedOptions => "trouble-unused-options",
        TroubleKind::Unplaced => "trouble-unplaced",
        TroubleKind::NeverFilled => "trouble-never-filled",
        TroubleKind::RetiredTitle => "trouble-retired-title",
    };
    let say = tr(say, [("count", trouble.count.into())]);
    let go = move |_| {
        open.set(false);
        bench.choose(field);
    };
    view! {
        <button class="menu__item" type="button" on:click=go>
            {icon("arrow-right")}
            <span><b>{name.unwrap_or_default()}</b>" "{say}</span>
        </button>
    }
    .into_any()
}
