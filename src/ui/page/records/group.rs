//! The menu of a list's groups: by which fields, how coarse, in which order, folded or open.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::model::entity::Entity;
use crate::model::field::ResultKind;
use crate::model::view::{Bucket, Grouping, SortOrder};
use crate::ui::field::meaning;
use crate::ui::format;
use crate::ui::part::{icon, icon_button, sheet_button};
use crate::ui::shell::use_app;
use crate::ui::text::{label, t, tr};
use crate::ui::view::lens::{Folds, Lens};
use crate::ui::view::list::{may_gather, usual_level};

/// The steps that numbers may be gathered by.
const STEPS: [i64; 7] = [5, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
/// Levels beyond this many leave no list to look at.
const DEEPEST: usize = 4;

/// The button that says what the list is gathered by, and the sheet that changes it.
pub fn group(lens: Lens, entity: &Arc<Entity>) -> AnyView {
    let open = RwSignal::new(false);
    let entity = StoredValue::new(entity.clone());
    let says = move || {
        let names: Vec<String> = lens.group.with(|levels| {
            let name = |level: &Grouping| {
                entity.with_value(|entity| entity.field(level.field).map(|field| label(&field.label)))
            };
            levels.iter().filter_map(name).collect()
        });
        if names.is_empty() { t("group-none") } else { tr("group-by", [("names", names.join(" › ").into())]) }
    };
    let begun = Callback::new(move |()| {
        if lens.group.with_untracked(Vec::is_empty) {
            add(lens, entity);
        }
    });
    sheet_button(open, "group", says.into_any(), "builder", begun, move || sheet(lens, entity, open))
}

/// Gathers by one field more: a choice if there is one left, for few groups say more than many.
fn add(lens: Lens, entity: StoredValue<Arc<Entity>>) {
    let app = use_app();
    let used = lens.group.get_untracked();
    let level = entity.with_value(|entity| {
        let free = || {
            entity.fields.iter().filter(|field| {
                may_gather(field) && field.id != entity.title && !used.iter().any(|level| level.field == field.id)
            })
        };
        let field = free().find(|field| !field.options().is_empty()).or(free().next())?;
        Some(usual_level(entity, app, field))
    });
    if let Some(level) = level {
        lens.gather_by(used.into_iter().chain([level]).collect());
    }
}

fn sheet(lens: Lens, entity: StoredValue<Arc<Entity>>, open: RwSignal<bool>) -> AnyView {
    let app = use_app();
    let rows = move || {
        let levels = lens.group.get().into_iter().enumerate();
        levels.map(|(at, level)| row(app, lens, entity, at, level)).collect::<Vec<AnyView>>()
    };
    let fold = move |folds: Folds| {
        lens.folds.set(folds);
        lens.remember();
    };
    view! {
        <div role="dialog" aria-label=t("group-title")>
            <div class="popover__head">{t("group-title")}{icon_button(t("part-close"), "x", move || open.set(false))}</div>
            <div class="builder__rows">{rows}</div>
            <div class="popover__foot">
                {move || lens.group.with(|levels| levels.len() < DEEPEST).then(|| view! {
                    <button class="button button--quiet button--small" type="button" on:click=move |_| add(lens, entity)>
                        {icon("plus")}
                        {move || if lens.group.with(Vec::is_empty) { t("group-add-first") } else { t("group-add") }}
                    </button>
                })}
                <span class="push"></span>
                <button class="button button--quiet button--small" type="button" on:click=move |_| fold(Folds::all())>
                    {t("group-fold-all")}
                </button>
                <button class="button button--quiet button--small" type="button" on:click=move |_| fold(Folds::default())>
                    {t("group-open-all")}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn row(app: App, lens: Lens, entity: StoredValue<Arc<Entity>>, at: usize, level: Grouping) -> AnyView {
    let change = move |change: &dyn Fn(&mut Grouping)| {
        let mut levels = lens.group.get_untracked();
        if let Some(level) = levels.get_mut(at) {
            change(level);
        }
        lens.gather_by(levels);
    };
    let fields: Vec<AnyView> = entity.with_value(|entity| {
        let known = entity.fields.iter().filter(|field| may_gather(field));
        known
            .map(|field| {
                let is_chosen = field.id == level.field;
                view! { <option value=field.id.as_str() selected=is_chosen>{label(&field.label)}</option> }.into_any()
            })
            .collect()
    });
    let kind = entity.with_value(|entity| {
        let field = entity.field(level.field)?;
        app.ask(|state| meaning(state, entity, field).kind.result())
    });
    let buckets = buckets(kind, level.by);
    let sizes: Vec<AnyView> = buckets
        .iter()
        .enumerate()
        .map(|(place, by)| {
            view! { <option value=place.to_string() selected=*by == level.by>{bucket_name(*by)}</option> }.into_any()
        })
        .collect();
    let choose_size = move |event| {
        let place = event_target_value(&event).parse::<usize>().unwrap_or_default();
        let by = buckets.get(place).copied().flatten();
        change(&|level| level.by = by);
    };
    let choose_field = move |event| {
        let id = event_target_value(&event);
        let chosen = entity.with_value(|entity| entity.field_called(&id).map(|field| usual_level(entity, app, field)));
        if let Some(chosen) = chosen {
            change(&|level| *level = chosen);
        }
    };
    let is_down = level.order == SortOrder::Descending;
    let has_sizes = sizes.len() > 1;
    view! {
        <div class="builder__row builder__row--group">
            <span class="builder__join">{if at == 0 { t("sort-by") } else { t("sort-then") }}</span>
            <select class="input" aria-label=t("filter-field") on:change=choose_field>{fields}</select>
            {if has_sizes {
                view! { <select class="input" aria-label=t("group-size") on:change=choose_size>{sizes}</select> }.into_any()
            } else {
                view! { <span></span> }.into_any()
            }}
            <select class="input" aria-label=t("sort-order") on:change=move |event| {
                let order = match event_target_value(&event).as_str() {
                    "down" => SortOrder::Descending,
                    _ => SortOrder::Ascending,
                };
                change(&|level| level.order = order);
            }>
                <option value="up" selected=!is_down>{t("sort-ascending")}</option>
                <option value="down" selected=is_down>{t("sort-descending")}</option>
            </select>
            {icon_button(t("group-remove"), "x", move || {
                let mut levels = lens.group.get_untracked();
                if at < levels.len() {
                    levels.remove(at);
                }
                lens.gather_by(levels);
            })}
        </div>
    }
    .into_any()
}

/// How coarse values of a kind may be gathered; what a saved view says is among it.
fn buckets(kind: Option<ResultKind>, now: Option<Bucket>) -> Vec<Option<Bucket>> {
    let mut known: Vec<Option<Bucket>> = match kind {
        Some(ResultKind::Date | ResultKind::Instant) => {
            [Bucket::Day, Bucket::Week, Bucket::Month, Bucket::Quarter, Bucket::Year].map(Some).to_vec()
        }
        Some(ResultKind::Number | ResultKind::Money | ResultKind::Percent) => {
            std::iter::once(None).chain(STEPS.map(|step| Some(Bucket::Step(step.into())))).collect()
        }
        Some(ResultKind::Text | ResultKind::Duration | ResultKind::Flag) | None => vec![None],
    };
    if !known.contains(&now) {
        known.push(now);
    }
    known
}

fn bucket_name(by: Option<Bucket>) -> String {
    match by {
        None => t("group-by-value"),
        Some(Bucket::Day) => t("group-by-day"),
        Some(Bucket::Week) => t("group-by-week"),
        Some(Bucket::Month) => t("group-by-month"),
        Some(Bucket::Quarter) => t("group-by-quarter"),
        Some(Bucket::Year) => t("group-by-year"),
        Some(Bucket::Step(step)) => tr("group-by-step", [("step", format::number(step, None).into())]),
    }
}
