//! Swim lanes: heads of columns that stand still, and below them lane after lane, each with a head of its own that folds it.

use leptos::html;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::place::{Place, lane_name};
use super::sight::Sight;
use super::{Table, column, summed};
use crate::engine::list::{Lane, LaneKey};
use crate::model::id::{OptionId, RecordId};
use crate::model::state::Reader;
use crate::ui::format;
use crate::ui::part::{avatar_styled, hue_name, icon};
use crate::ui::text::{t, tr};
use crate::ui::view::figure;

/// Cells up to this many cards draw all of them once their lane is in sight.
const FEW: usize = 6;
/// The part of a lane that is in sight when none is: nothing of it is drawn before it has been looked where it stands.
const NOWHERE: (f64, f64) = (0.0, -1e6);
/// What is so many pixels out of sight is drawn already.
const NEAR: f64 = 300.0;
/// So many lanes are drawn, and so many more each time somebody asks.
const LANES: usize = 40;

/// The columns and lanes of a board.
pub fn lanes(table: Table) -> AnyView {
    let options = column::options(table);
    let keys =
        Memo::new(move |_| table.board.with(|board| board.lanes.iter().map(|lane| lane.key).collect::<Vec<_>>()));
    let most = RwSignal::new(LANES);
    let shown = Memo::new(move |_| keys.with(|keys| keys.iter().take(most.get()).copied().collect::<Vec<LaneKey>>()));
    let more = move || {
        let left = keys.with(Vec::len).saturating_sub(most.get());
        (left > 0).then(|| {
            view! {
                <button class="button lane__more" type="button" on:click=move |_| most.update(|most| *most += LANES)>
                    {tr("board-more-lanes", [("count", left.into())])}
                </button>
            }
        })
    };
    view! {
        <div class="board__heads">
            <For each=move || options.get() key=|option| *option let:option>{column_head(table, option)}</For>
        </div>
        <For each=move || shown.get() key=|key| *key let:key>{lane(table, key, options)}</For>
        {more}
    }
    .into_any()
}

fn column_head(table: Table, option: Option<OptionId>) -> AnyView {
    let own = column::own(table, option);
    let fold = column::folding(option);
    let is_folded = Memo::new(move |_| table.is_folded(&fold));
    let heading = format!("column-{}", option.map_or("", OptionId::as_str));
    view! {
        <div class=move || if is_folded.get() { "column column--folded" } else { "column" }>
            {column::head(table, option, own, heading)}
            {column::sums(table, own)}
            {column::bar(table, option)}
        </div>
    }
    .into_any()
}

fn lane(table: Table, key: LaneKey, options: Memo<Vec<Option<OptionId>>>) -> AnyView {
    let own = Memo::new(move |_| table.board.with(|board| board.lanes.iter().find(|lane| lane.key == key).cloned()));
    let fold = format!("lane {key}");
    let folding = StoredValue::new(fold.clone());
    let is_folded = Memo::new(move |_| table.is_folded(&fold));
    let heading = format!("lane-{key}");
    let labelled = heading.clone();
    let cells = NodeRef::<html::Div>::new();
    let extent = RwSignal::new(NOWHERE);
    // What of the lane is in sight, told to all of its cells at once.
    let measure = move || {
        let lane = cells.try_get_untracked().flatten();
        let board = table.drag.container.try_get_untracked().flatten();
        let (Some(lane), Some(board)) = (lane, board) else { return };
        let (own, seen) = (lane.get_bounding_client_rect(), board.get_bounding_client_rect());
        let now = (seen.top() - own.top(), (seen.bottom() - own.top()).min(own.height().max(1.0)));
        let is_far = now.1 < -NEAR || now.0 > own.height() + NEAR;
        let now = if is_far { NOWHERE } else { (now.0.max(0.0), now.1.max(0.0)) };
        if extent.get_untracked() != now {
            extent.set(now);
        }
    };
    Effect::new(move |_| {
        table.scrolled.track();
        cells.track();
        own.track();
        table.folded.track();
        request_animation_frame(measure);
    });
    let body = move || {
        (!is_folded.get()).then(|| {
            view! {
                <div class="lane__cells" node_ref=cells>
                    <For each=move || options.get() key=|option| *option let:option>
                        {cell(table, key, option, own, extent.into())}
                    </For>
                </div>
            }
        })
    };
    view! {
        <section class="lane" aria-labelledby=labelled>
            <header class="lane__head">
                <button
                    class="lane__fold"
                    type="button"
                    id=heading
                    aria-expanded=move || (!is_folded.get()).to_string()
                    on:click=move |_| folding.with_value(|fold| table.fold(fold))
                >
                    {move || icon(if is_folded.get() { "chevron-right" } else { "chevron-down" })}
                    {mark(table, key)}
                    <span class="lane__name">{move || lane_name(table, key)}</span>
                    <span class="column__count">{move || {
                        let count = own.with(|own| own.as_ref().map_or(0, |own| own.count));
                        format::number(Decimal::from(count), Some(0))
                    }}</span>
                </button>
                {sums(table, own)}
            </header>
            {body}
        </section>
    }
    .into_any()
}

/// The dot of an option, or the picture of a person.
fn mark(table: Table, key: LaneKey) -> AnyView {
    match key {
        LaneKey::Choice(option) => {
            let hue = table.entity.with_value(|entity| {
                let field = table.lanes().and_then(|lanes| entity.field(lanes));
                field.and_then(|field| field.option(option)).and_then(|option| option.hue)
            });
            view! { <span class="column__dot" data-hue=hue.map_or("gray", hue_name)></span> }.into_any()
        }
        LaneKey::Link(record) => {
            let is_person = table.app.ask(|state| {
                let people = state.workspace().and_then(|workspace| workspace.people);
                people.is_some() && state.record(record).map(|record| record.entity) == people
            });
            let class = if is_person { "avatar" } else { "avatar avatar--square" };
            (move || avatar_styled(&lane_name(table, key), class)).into_any()
        }
        LaneKey::Blank | LaneKey::Flag(_) => ().into_any(),
    }
}

fn sums(table: Table, own: Memo<Option<Lane>>) -> AnyView {
    let Some(field) = summed(table) else { return ().into_any() };
    let shown = move || {
        own.with(|own| {
            let own = own.as_ref()?;
            let (sum, weighted) = (figure::sums(&field, &own.sums), figure::sums(&field, &own.weighted));
            Some(view! {
                {(!sum.is_empty()).then(|| view! { <b>{sum}</b> })}
                {(!weighted.is_empty()).then(|| view! { <span title=t("board-weighted-how")>{t("board-weighted")}" "{weighted}</span> })}
            })
        })
    };
    view! { <p class="lane__sums">{shown}</p> }.into_any()
}

fn cell(
    table: Table,
    key: LaneKey,
    option: Option<OptionId>,
    own: Memo<Option<Lane>>,
    extent: Signal<(f64, f64)>,
) -> AnyView {
    let place = Place { lane: Some(key), option };
    let at = move || table.board.with(|board| board.columns.iter().position(|column| column.option == option));
    let ids = Memo::new(move |_| {
        let at = at();
        own.with(|own| at.and_then(|at| own.as_ref()?.cells.get(at).cloned()).unwrap_or_default())
    });
    let zone = place.to_string();
    let over = zone.clone();
    let is_over = Memo::new(move |_| {
        table.drag.carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.over.as_ref() == Some(&over)))
    });
    let fold = column::folding(option);
    let is_folded = Memo::new(move |_| table.is_folded(&fold));
    let body = move || match is_folded.get() {
        true => {
            let count = move || ids.with(Vec::len);
            view! { <span class="cell__count">{move || (count() > 0).then(count)}</span> }.into_any()
        }
        false => list(table, place, ids, extent),
    };
    view! {
        <div
            class=move || if is_folded.get() { "cell cell--folded" } else { "cell" }
            data-zone=zone
            data-over=move || is_over.get().then_some("")
        >
            {body}
        </div>
    }
    .into_any()
}

fn list(table: Table, place: Place, ids: Memo<Vec<RecordId>>, extent: Signal<(f64, f64)>) -> AnyView {
    let sight = Sight::new(table, ids, extent, FEW);
    column::cards(table, place, sight, column::column_label(table, place), Callback::new(|()| ()))
}
