//! The menus of a list: its order and its columns.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::FieldId;
use crate::model::view::{Sort, SortOrder};
use crate::ui::part::{Carried, Drag, DragRules, Popover, icon, icon_button, sheet_button, unique_id};
use crate::ui::text::{label, t, tr};
use crate::ui::view::lens::Lens;

/// The button that says the order, and the sheet that changes it.
pub fn sort(lens: Lens, entity: &Arc<Entity>) -> AnyView {
    let open = RwSignal::new(false);
    let entity = StoredValue::new(entity.clone());
    let says = move || {
        let first = lens.sort.with(|sort| sort.first().copied());
        let Some(first) = first else { return t("sort-none") };
        let name =
            entity.with_value(|entity| entity.field(first.field).map(|field| label(&field.label))).unwrap_or_default();
        match first.order {
            SortOrder::Ascending => tr("sort-up", [("name", name.into())]),
            SortOrder::Descending => tr("sort-down", [("name", name.into())]),
        }
    };
    let sheet = move || sort_sheet(lens, entity, open);
    sheet_button(open, "arrow-up-down", says.into_any(), "builder builder--narrow", Callback::new(|()| ()), sheet)
}

fn sort_sheet(lens: Lens, entity: StoredValue<Arc<Entity>>, open: RwSignal<bool>) -> AnyView {
    let change = move |change: &dyn Fn(&mut Vec<Sort>)| {
        lens.sort.update(|sort| change(sort));
        lens.remember();
    };
    let add = move |_| {
        let free = entity.with_value(|entity| {
            let used: Vec<FieldId> = lens.sort.with_untracked(|sort| sort.iter().map(|step| step.field).collect());
            sortable(entity).map(|field| field.id).find(|field| !used.contains(field))
        });
        if let Some(field) = free {
            change(&|sort| sort.push(Sort { field, order: SortOrder::Ascending }));
        }
    };
    let rows = move || {
        let steps = lens.sort.get().into_iter().enumerate();
        steps
            .map(|(at, step)| {
                let options: Vec<AnyView> = entity.with_value(|entity| {
                    sortable(entity)
                        .map(|field| {
                            let is_chosen = field.id == step.field;
                            view! { <option value=field.id.as_str() prop:selected=is_chosen>{label(&field.label)}</option> }
                                .into_any()
                        })
                        .collect()
                });
                let is_down = step.order == SortOrder::Descending;
                view! {
                    <div class="builder__row builder__row--sort" data-key=at.to_string() data-zone=at.to_string()>
                        <span class="builder__join builder__grip">
                            {icon("grip-vertical")}
                            {if at == 0 { t("sort-by") } else { t("sort-then") }}
                        </span>
                        <select class="input" aria-label=t("filter-field") on:change=move |event| {
                            let field = FieldId::new(&event_target_value(&event));
                            change(&|sort| sort[at].field = field);
                        }>{options}</select>
                        <select class="input" aria-label=t("sort-order") on:change=move |event| {
                            let order = match event_target_value(&event).as_str() {
                                "down" => SortOrder::Descending,
                                _ => SortOrder::Ascending,
                            };
                            change(&|sort| sort[at].order = order);
                        }>
                            <option value="up" prop:selected=!is_down>{t("sort-ascending")}</option>
                            <option value="down" prop:selected=is_down>{t("sort-descending")}</option>
                        </select>
                        <span class="builder__ends">
                            {(at > 0).then(|| icon_button(t("sort-up-one"), "arrow-up", move || change(&|sort| sort.swap(at - 1, at))))}
                            {icon_button(t("sort-remove"), "x", move || change(&|sort| {
                                sort.remove(at);
                            }))}
                        </span>
                    </div>
                }
                .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let drag = Drag::new(
        DragRules {
            thing: ".builder__row[data-key]",
            zone: ".builder__row[data-zone]",
            scroller: "none",
            copy: "builder__carried",
        },
        Callback::new(move |carried: Carried| {
            let place = |key: &str| key.parse::<usize>().ok();
            let to = carried.over.as_deref().and_then(place);
            if let (Some(from), Some(to)) = (place(&carried.thing), to) {
                change(&|sort| {
                    if from < sort.len() && to < sort.len() {
                        let step = sort.remove(from);
                        sort.insert(to, step);
                    }
                });
            }
        }),
    );
    view! {
        <div role="dialog" aria-label=t("sort-title")>
            <div class="popover__head">{t("sort-title")}{icon_button(t("part-close"), "x", move || open.set(false))}</div>
            <div
                class="builder__rows"
                node_ref=drag.container
                on:pointerdown=move |event| drag.down(&event)
                on:pointermove=move |event| drag.moved(&event)
                on:pointerup=move |event| drag.up(&event)
                on:pointercancel=move |_| drag.cancel()
            >
                {rows}
            </div>
            <div class="popover__foot">
                <button class="button button--quiet button--small" type="button" on:click=add>{icon("plus")}{t("sort-add")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// The button and the sheet of the fields that are shown.
pub fn columns(lens: Lens, entity: &Arc<Entity>, open: RwSignal<bool>) -> AnyView {
    let anchor = unique_id("columns");
    let entity = StoredValue::new(entity.clone());
    view! {
        <button
            id=anchor.clone()
            class="button button--quiet button--icon button--small"
            type="button"
            aria-label=t("columns-title")
            title=t("columns-title")
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.set(true)
        >
            {icon("sliders-horizontal")}
        </button>
        <Popover open=open anchor=anchor>{move || columns_sheet(lens, entity, open)}</Popover>
    }
    .into_any()
}

fn columns_sheet(lens: Lens, entity: StoredValue<Arc<Entity>>, open: RwSignal<bool>) -> AnyView {
    // The order of the lines stays while the sheet is open, so that nothing jumps away under the pointer.
    let lines: Vec<(FieldId, String)> = entity.with_value(|entity| {
        let chosen = lens.columns.get_untracked();
        let first = chosen.iter().filter_map(|id| entity.field(*id));
        let rest = entity.fields.iter().filter(|field| !chosen.contains(&field.id) && may_be_column(field));
        first.chain(rest).map(|field| (field.id, label(&field.label))).collect()
    });
    let lines = RwSignal::new(lines);
    let step = move |field: FieldId, by: isize| {
        lens.columns.update(|columns| {
            if let Some(at) = columns.iter().position(|column| *column == field)
                && let Some(to) = at.checked_add_signed(by).filter(|to| *to < columns.len())
            {
                columns.swap(at, to);
            }
        });
        lines.update(|lines| {
            if let Some(at) = lines.iter().position(|(line, _)| *line == field)
                && let Some(to) = at.checked_add_signed(by).filter(|to| *to < lines.len())
            {
                lines.swap(at, to);
            }
        });
        lens.remember();
    };
    let toggle = move |field: FieldId| {
        lens.columns.update(|columns| {
            if let Some(at) = columns.iter().position(|column| *column == field) {
                // One column has to stay: it is what names a row.
                if columns.len() > 1 {
                    columns.remove(at);
                }
            } else {
                columns.push(field);
            }
        });
        lens.remember();
    };
    view! {
        <div role="dialog" aria-label=t("columns-title")>
            <div class="popover__head">{t("columns-title")}{icon_button(t("part-close"), "x", move || open.set(false))}</div>
            <div class="menu menu__scroll">
                <For each=move || lines.get() key=|(field, _)| *field let((field, name))>
                    <div class="menu__item columns-line">
                        <label class="check">
                            <input
                                class="check__box"
                                type="checkbox"
                                prop:checked=move || lens.columns.with(|columns| columns.contains(&field))
                                on:change=move |_| toggle(field)
                            />
                            <span>{name.clone()}</span>
                        </label>
                        {
                            let (up, down) = (name.clone(), name);
                            move || lens.columns.with(|columns| columns.contains(&field)).then(|| view! {
                                <span class="push">
                                    {icon_button(tr("columns-up", [("name", up.as_str().into())]), "arrow-up", move || step(field, -1))}
                                    {icon_button(tr("columns-down", [("name", down.as_str().into())]), "arrow-down", move || step(field, 1))}
                                </span>
                            })
                        }
                    </div>
                </For>
            </div>
        </div>
    }
    .into_any()
}

fn sortable(entity: &Entity) -> impl Iterator<Item = &Field> {
    entity.fields.iter().filter(|field| {
        field.is_stored()
            && !field.retired
            && !matches!(field.kind, FieldKind::Signature | FieldKind::LongText | FieldKind::RichText)
    })
}

fn may_be_column(field: &Field) -> bool {
    field.is_stored() && !field.retired && !matches!(field.kind, FieldKind::Signature)
}
