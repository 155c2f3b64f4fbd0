//! One column of the board: its head, its sums, and the cards in sight.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::place::{Place, column_name};
use super::sight::Sight;
use super::{Table, card, summed};
use crate::engine::list;
use crate::model::id::{OptionId, RecordId};
use crate::model::value::Value;
use crate::model::view::ViewShape;
use crate::ui::format;
use crate::ui::part::{MenuButton, MenuItem, MenuRow, hue_name, icon, icon_button};
use crate::ui::text::{label_within, t, tr};
use crate::ui::view::figure;

/// Columns up to this many cards draw all of them.
const FEW: usize = 40;

/// The columns of a board without lanes.
pub fn columns(table: Table) -> AnyView {
    let zones = options(table);
    view! { <For each=move || zones.get() key=|option| *option let:option>{column(table, option)}</For> }.into_any()
}

/// The options of the columns that are shown.
pub fn options(table: Table) -> Memo<Vec<Option<OptionId>>> {
    Memo::new(move |_| table.board.with(|board| board.columns.iter().map(|column| column.option).collect()))
}

/// Under which name a folded column is remembered.
pub fn folding(option: Option<OptionId>) -> String {
    format!("column {}", option.map_or("", OptionId::as_str))
}

/// The column of an option, or of the blank.
fn column(table: Table, option: Option<OptionId>) -> AnyView {
    let place = Place { lane: None, option };
    let zone = place.to_string();
    let own = own(table, option);
    let ids = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.ids.clone()).unwrap_or_default()));
    let over = zone.clone();
    let is_over = Memo::new(move |_| {
        table.drag.carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.over.as_ref() == Some(&over)))
    });
    let fold = folding(option);
    let is_folded = Memo::new(move |_| table.is_folded(&fold));
    let heading = format!("column-{}", option.map_or("", OptionId::as_str));
    view! {
        <section
            class=move || if is_folded.get() { "column column--folded" } else { "column" }
            aria-labelledby=heading.clone()
            data-zone=zone
            data-over=move || is_over.get().then_some("")
        >
            {head(table, option, own, heading.clone())}
            {move || (!is_folded.get()).then(|| {
                view! {
                    {sums(table, own)}
                    {bar(table, option)}
                    {own_list(table, place, ids)}
                }
            })}
        </section>
    }
    .into_any()
}

/// What the board says of a column.
pub fn own(table: Table, option: Option<OptionId>) -> Memo<Option<list::Column>> {
    Memo::new(move |_| table.board.with(|board| board.columns.iter().find(|column| column.option == option).cloned()))
}

/// The head of a column: its name, how many cards it has, and what can be done with it.
pub fn head(table: Table, option: Option<OptionId>, own: Memo<Option<list::Column>>, heading: String) -> AnyView {
    let (name, hue) = table.entity.with_value(|entity| {
        let field = entity.field(table.by());
        let hue = option.and_then(|option| field.and_then(|field| field.option(option))).and_then(|option| option.hue);
        (column_name(field, option), hue.map_or("gray", hue_name))
    });
    let count = move || {
        let count = own.with(|own| own.as_ref().map_or(0, |own| own.ids.len()));
        format::number(Decimal::from(count), Some(0))
    };
    let fold = Arc::new(folding(option));
    let is_folded = {
        let fold = fold.clone();
        Memo::new(move |_| table.is_folded(&fold))
    };
    let add = tr("board-add-to", [("column", name.as_str().into())]);
    let actions = tr("board-column-actions", [("column", name.as_str().into())]);
    let open = tr("board-unfold", [("name", name.as_str().into())]);
    let items = {
        let fold = fold.clone();
        Callback::new(move |()| {
            let fold = fold.clone();
            let mut rows =
                vec![MenuRow::Item(MenuItem::new(t("board-fold"), move || table.fold(&fold)).icon("panel-left"))];
            if let Some(option) = option {
                rows.push(MenuRow::Item(MenuItem::new(t("board-hide"), move || hide(table, option)).icon("eye-off")));
            }
            rows
        })
    };
    view! {
        <header class="column__head">
            <h2 id=heading>
                <span class="column__dot" data-hue=hue></span>
                <span class="clip">{name.clone()}</span>
                <span class="column__count">{count}</span>
            </h2>
            {move || {
                let (open, add, actions, fold) = (open.clone(), add.clone(), actions.clone(), fold.clone());
                if is_folded.get() {
                    return view! { <span class="push">{icon_button(open, "chevrons-left-right", move || table.fold(&fold))}</span> }
                        .into_any();
                }
                view! {
                    <span class="push">
                        {icon_button(add, "plus", move || table.create.run(preset(table, Place { lane: None, option })))}
                        <MenuButton label=actions items=items/>
                    </span>
                }
                .into_any()
            }}
        </header>
    }
    .into_any()
}

/// Takes a column off the board; the sheet of the layout brings it back.
fn hide(table: Table, option: OptionId) {
    table.lens.shape.update(|shape| {
        if let ViewShape::Board { hidden, .. } = shape {
            hidden.push(option);
        }
    });
    table.lens.remember();
}

/// What a record has from the start that is made in a place.
pub fn preset(table: Table, place: Place) -> Vec<(crate::model::id::FieldId, Value)> {
    let column = place.option.map(|option| (table.by(), Value::Choice(option)));
    let lane = table.lanes().zip(place.lane).map(|(lanes, lane)| (lanes, lane.value()));
    column.into_iter().chain(lane.filter(|(_, value)| !value.is_empty())).collect()
}

/// The sum of a column, and what it is worth by its weight.
pub fn sums(table: Table, own: Memo<Option<list::Column>>) -> AnyView {
    let Some(field) = summed(table) else { return ().into_any() };
    let shown = move || {
        own.with(|own| {
            let own = own.as_ref()?;
            let weighted = figure::sums(&field, &own.weighted);
            let sum = figure::sums(&field, &own.sums);
            Some(view! {
                <b>{if sum.is_empty() { "–".to_owned() } else { sum }}</b>
                {(!weighted.is_empty()).then(|| view! { <span title=t("board-weighted-how")>{t("board-weighted")}" "{weighted}</span> })}
            })
        })
    };
    view! { <p class="column__sums">{shown}</p> }.into_any()
}

/// The coloured line below a head.
pub fn bar(table: Table, option: Option<OptionId>) -> AnyView {
    let hue = table.entity.with_value(|entity| {
        let field = entity.field(table.by())?;
        field.option(option?)?.hue
    });
    view! { <div class="column__bar" data-hue=hue.map_or("gray", hue_name)></div> }.into_any()
}

/// The cards of a column that scrolls by itself.
fn own_list(table: Table, place: Place, ids: Memo<Vec<RecordId>>) -> AnyView {
    let extent = RwSignal::new((0.0, 900.0));
    let sight = Sight::new(table, ids, extent.into(), FEW);
    let measure = move || {
        let Some(list) = sight.list.try_get_untracked().flatten() else {
            return;
        };
        let top = f64::from(list.scroll_top());
        let seen = (top, top + f64::from(list.client_height()));
        if extent.get_untracked() != seen {
            extent.set(seen);
        }
    };
    Effect::new(move |_| {
        sight.list.track();
        if ids.with(Vec::len) > FEW {
            request_animation_frame(measure);
        }
    });
    let label = column_label(table, place);
    cards(table, place, sight, label, Callback::new(move |()| measure()))
}

/// The name of the list of a place, for those who do not see where it stands.
pub fn column_label(table: Table, place: Place) -> String {
    untrack(|| super::place::name(table, place))
}

/// The cards of a place that are in sight.
pub fn cards(table: Table, place: Place, sight: Sight, label: String, scrolled: Callback<()>) -> AnyView {
    let landing = sight.landing(table, place);
    let below = sight.below(landing);
    let stop = sight.stop(table);
    let slot = move || {
        let height = landing.get().map(|(_, height)| format!("--slot:{height}px"))?;
        Some(view! { <li class="card-slot" style=height><span class="sr-only">{t("board-drop-here")}</span></li> })
    };
    let create = table.entity.with_value(|entity| tr("list-new", [("name", label_within(&entity.label).into())]));
    view! {
        <ul class="column__list" aria-label=label style=sight.room node_ref=sight.list on:scroll=move |_| scrolled.run(())>
            {slot}
            <For each=move || sight.shown.get() key=|id| *id let:id>
                {card::card(table, id, stop, below)}
            </For>
            <li class="column__new">
                <button class="card-new" type="button" style="inline-size:100%" on:click=move |_| table.create.run(preset(table, place))>
                    {icon("plus")}
                    <span>{create}</span>
                </button>
            </li>
        </ul>
    }
    .into_any()
}
