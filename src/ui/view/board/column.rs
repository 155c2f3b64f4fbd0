//! One column of the board: its head, its sums, and the cards in sight.

use leptos::html;
use leptos::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::{Table, card, column_name, zone_of};
use crate::engine::list;
use crate::model::id::{OptionId, RecordId};
use crate::ui::format;
use crate::ui::part::{hue_name, icon, icon_button};
use crate::ui::text::{label_within, t, tr};
use crate::ui::view::figure;

/// Columns up to this many cards draw all of them.
const FEW: usize = 40;
/// Cards drawn beyond what is in sight, and the step in which the window moves.
const STEP: usize = 8;
/// The gap between cards, as the style sheet has it.
const GAP: f64 = 6.0;

/// The column of an option, or of the blank.
pub fn column(table: Table, option: Option<OptionId>) -> AnyView {
    let own = Memo::new(move |_| {
        table.columns.with(|columns| columns.iter().find(|column| column.option == option).cloned())
    });
    let ids = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.ids.clone()).unwrap_or_default()));
    let (name, hue) = table.entity.with_value(|entity| {
        let field = entity.field(table.by);
        let hue = option.and_then(|option| field.and_then(|field| field.option(option))).and_then(|option| option.hue);
        (column_name(field, option), hue.map_or("gray", hue_name))
    });
    let zone = zone_of(option);
    let heading = format!("column-{zone}");
    let labelled = heading.clone();
    let is_over = Memo::new(move |_| {
        table.drag.carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.over.as_deref() == Some(zone)))
    });
    let count = move || format::number(Decimal::from(ids.with(Vec::len)), Some(0));
    let add = tr("board-add-to", [("column", name.as_str().into())]);
    view! {
        <section
            class="column"
            aria-labelledby=labelled
            data-zone=zone
            data-over=move || is_over.get().then_some("")
        >
            <header class="column__head">
                <h2 id=heading>
                    <span class="column__dot" data-hue=hue></span>
                    {name}
                    <span class="column__count">{count}</span>
                </h2>
                <span class="push">{icon_button(add, "plus", move || table.create_in.run(option))}</span>
            </header>
            {sums(table, own)}
            <div class="column__bar" data-hue=hue></div>
            {cards(table, option, ids)}
        </section>
    }
    .into_any()
}

fn sums(table: Table, own: Memo<Option<list::Column>>) -> AnyView {
    let Some(field) = table.sum.and_then(|sum| table.entity.with_value(|entity| entity.field(sum).cloned())) else {
        return ().into_any();
    };
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

fn cards(table: Table, option: Option<OptionId>, ids: Memo<Vec<RecordId>>) -> AnyView {
    let list = NodeRef::<html::Ul>::new();
    let (scrolled, height) = (RwSignal::new(0.0), RwSignal::new(900.0));
    // Until the first cards have been measured: a title and a line for each field.
    let each = RwSignal::new(64.0 + 24.0 * table.lens.columns.with_untracked(Vec::len) as f64);
    let window = Memo::new(move |_| {
        let count = ids.with(Vec::len);
        if count <= FEW {
            return (0, count);
        }
        let first = (scrolled.get() / each.get()).max(0.0) as usize;
        let seen = (height.get() / each.get()).ceil() as usize;
        let start = (first / STEP * STEP).saturating_sub(STEP).min(count);
        (start, ((first + seen) / STEP * STEP + 2 * STEP).min(count))
    });
    let measure = move || {
        let Some(list) = list.try_get_untracked().flatten() else {
            return;
        };
        let top = f64::from(list.scroll_top());
        if (scrolled.get_untracked() - top).abs() > 0.5 {
            scrolled.set(top);
        }
        let seen = f64::from(list.client_height());
        if (height.get_untracked() - seen).abs() > 0.5 {
            height.set(seen);
        }
    };
    // Cards are not equally high; their mean is close enough for what is out of sight.
    let weigh = move || {
        let Some(list) = list.try_get_untracked().flatten() else {
            return;
        };
        let Ok(drawn) = list.query_selector_all(".card[data-key]") else {
            return;
        };
        let (Some(first), Some(last)) = (drawn.item(0), drawn.item(drawn.length().saturating_sub(1))) else {
            return;
        };
        let rect = |node: web_sys::Node| {
            wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(node).ok().map(|it| it.get_bounding_client_rect())
        };
        if let (Some(first), Some(last)) = (rect(first), rect(last)) {
            let mean = (last.bottom() - first.top() + GAP) / f64::from(drawn.length());
            if mean > 20.0 && (each.get_untracked() - mean).abs() > 8.0 {
                each.set(mean);
            }
        }
    };
    Effect::new(move |_| {
        list.track();
        if ids.with(Vec::len) > FEW {
            request_animation_frame(move || {
                measure();
                weigh();
            });
        }
    });
    let padding = Memo::new(move |_| {
        let ((start, end), count) = (window.get(), ids.with(Vec::len));
        let (before, after) = (start as f64 * each.get(), count.saturating_sub(end) as f64 * each.get());
        format!("--before:{before}px;--after:{after}px")
    });
    let zone = zone_of(option);
    // Where what is carried over this column would land, and how high it is; nothing over its own.
    let landing = Memo::new(move |_| {
        let (thing, height) = table.drag.carried.with(|carried| {
            let carried = carried.as_ref()?;
            let is_here = carried.over.as_deref() == Some(zone) && carried.from != zone;
            is_here.then(|| (carried.thing.clone(), carried.height))
        })?;
        let thing = thing.parse::<RecordId>().ok()?;
        Some((table.landing(thing, &ids.get()), height))
    });
    // A memo, not a closure: an effect that reads a memo and then what that memo is made from is not woken when only the latter
    // has changed (reactive_graph 0.2). Memos are.
    let shown = Memo::new(move |_| {
        let (start, end) = window.get();
        ids.with(|ids| ids.get(start..end.min(ids.len())).unwrap_or_default().to_vec())
    });
    // The cards below that place; the style sheet moves them below the slot, so that none is drawn anew.
    let below = Memo::new(move |_| {
        let at = landing.get().map(|(at, _)| at)?;
        ids.with(|ids| Some(ids.get(at..).unwrap_or_default().iter().copied().collect::<FxHashSet<RecordId>>()))
    });
    // Arrows walk from card to card, so Tab stops only once in a column.
    let stop = Memo::new(move |_| {
        let ((start, end), current) = (window.get(), table.current.get());
        ids.with(|ids| {
            let drawn = ids.get(start..end.min(ids.len())).unwrap_or_default();
            current.filter(|current| drawn.contains(current)).or_else(|| drawn.first().copied())
        })
    });
    let slot = move || {
        let height = landing.get().map(|(_, height)| format!("--slot:{height}px"))?;
        Some(view! { <li class="card-slot" style=height><span class="sr-only">{t("board-drop-here")}</span></li> })
    };
    let create = table.entity.with_value(|entity| tr("list-new", [("name", label_within(&entity.label).into())]));
    view! {
        <ul class="column__list" style=padding node_ref=list on:scroll=move |_| measure()>
            {slot}
            <For each=move || shown.get() key=|id| *id let:id>
                {card::card(table, id, stop, below)}
            </For>
            <li class="column__new">
                <button class="card-new" type="button" style="inline-size:100%" on:click=move |_| table.create_in.run(option)>
                    {icon("plus")}
                    {create}
                </button>
            </li>
        </ul>
    }
    .into_any()
}
