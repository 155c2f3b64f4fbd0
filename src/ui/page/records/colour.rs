//! The sheet of a view's colours: which records get which hue, in the whole row or card or in one field of it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::condition::Condition;
use crate::model::entity::Entity;
use crate::model::id::FieldId;
use crate::model::view::{ColourRule, ViewShape};
use crate::ui::part::{hue_name, icon, icon_button, sheet_button};
use crate::ui::text::{label, t, tr};
use crate::ui::view::condition::condition_editor;
use crate::ui::view::lens::Lens;

/// The label hues, by what they are called.
const HUES: [&str; 10] = [
    "hue-gray",
    "hue-red",
    "hue-orange",
    "hue-amber",
    "hue-green",
    "hue-teal",
    "hue-sky",
    "hue-blue",
    "hue-violet",
    "hue-pink",
];

/// A rule while it is put together. Rows keep their inputs while others come and go.
#[derive(Clone, Copy)]
struct Draft {
    id: usize,
    rule: RwSignal<ColourRule>,
}

/// The button, and the sheet below it.
pub fn colour(lens: Lens, entity: &Arc<Entity>) -> AnyView {
    let open = RwSignal::new(false);
    let entity = StoredValue::new(entity.clone());
    let count = move || lens.colours.with(Vec::len);
    let says = move || match count() {
        0 => t("colour-none"),
        count => tr("colour-count", [("count", count.into())]),
    };
    let sheet = move || sheet(lens, entity, open);
    sheet_button(open, "palette", says.into_any(), "builder", Callback::new(|()| ()), sheet)
}

fn sheet(lens: Lens, entity: StoredValue<Arc<Entity>>, open: RwSignal<bool>) -> AnyView {
    let drafts = RwSignal::new(Vec::<Draft>::new());
    let next = StoredValue::new(0);
    let put = move |rule: ColourRule| {
        let id = next.get_value();
        next.set_value(id + 1);
        drafts.update(|drafts| drafts.push(Draft { id, rule: RwSignal::new(rule) }));
    };
    lens.colours.get_untracked().into_iter().for_each(put);
    let add = move || {
        // Each rule starts with a hue of its own.
        let hue = u8::try_from(drafts.with_untracked(Vec::len) % (HUES.len() - 1)).unwrap_or_default() + 1;
        put(ColourRule { when: Condition::always(), hue, field: None });
    };
    if drafts.with_untracked(Vec::is_empty) {
        add();
    }
    let apply = move || {
        let rules: Vec<ColourRule> = drafts.with_untracked(|drafts| {
            let rules = drafts.iter().map(|draft| draft.rule.get_untracked());
            rules.filter(|rule| !rule.when.is_always() && rule.when.is_whole()).collect()
        });
        if lens.colours.with_untracked(|known| *known != rules) {
            lens.colours.set(rules);
            lens.remember();
        }
    };
    let remove = move |id: usize| {
        drafts.update(|drafts| drafts.retain(|draft| draft.id != id));
        apply();
    };
    view! {
        <div role="dialog" aria-label=t("colour-title")>
            <div class="popover__head">{t("colour-title")}{icon_button(t("part-close"), "x", move || open.set(false))}</div>
            <div class="builder__rows">
                <For each=move || drafts.get() key=|draft| draft.id let:draft>
                    {row(lens, entity, draft, apply, remove)}
                </For>
            </div>
            <div class="popover__foot">
                <button class="button button--quiet button--small" type="button" on:click=move |_| add()>
                    {icon("plus")}
                    {t("colour-add")}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn row(
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    draft: Draft,
    apply: impl Fn() + Copy + Send + Sync + 'static,
    remove: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> AnyView {
    let rule = draft.rule;
    let changed = Callback::new(move |when: Condition| {
        rule.update(|rule| rule.when = when);
        apply();
    });
    let hues: Vec<AnyView> = (0u8..)
        .zip(HUES)
        .map(|(hue, name)| {
            let name = t(name);
            view! {
                <button
                    class="swatch"
                    type="button"
                    data-hue=hue_name(hue)
                    aria-label=name.clone()
                    title=name
                    aria-pressed=move || rule.with(|rule| rule.hue == hue).to_string()
                    on:click=move |_| {
                        rule.update(|rule| rule.hue = hue);
                        apply();
                    }
                ></button>
            }
            .into_any()
        })
        .collect();
    let chosen = rule.with_untracked(|rule| rule.field);
    let shape = lens.shape.get_untracked();
    // Bars have no room for fields.
    let has_fields = !matches!(shape, ViewShape::Calendar { .. } | ViewShape::Timeline { .. });
    let whole = if matches!(shape, ViewShape::List { .. }) { t("colour-row") } else { t("colour-card") };
    let fields: Vec<AnyView> = entity.with_value(|entity| {
        let shown = lens.columns.get_untracked();
        let known = shown.iter().filter_map(|id| entity.field(*id));
        known
            .filter(|_| has_fields)
            .map(|field| {
                let name = tr("colour-cell", [("name", label(&field.label).into())]);
                view! { <option value=field.id.as_str() selected=chosen == Some(field.id)>{name}</option> }.into_any()
            })
            .collect()
    });
    let choose_place = move |event| {
        let id = event_target_value(&event);
        rule.update(|rule| rule.field = (!id.is_empty()).then(|| FieldId::new(&id)));
        apply();
    };
    view! {
        <div class="builder__colour">
            <div class="swatches" role="group" aria-label=t("colour-hue")>{hues}</div>
            <select class="input" aria-label=t("colour-place") on:change=choose_place>
                <option value="" selected=chosen.is_none()>{whole}</option>
                {fields}
            </select>
            {icon_button(t("colour-remove"), "x", move || remove(draft.id))}
            {condition_editor(entity, rule.with_untracked(|rule| rule.when.clone()), changed)}
        </div>
    }
    .into_any()
}
