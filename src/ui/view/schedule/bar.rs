//! A row of the timeline: its name at the side, and those of its bars that are in sight.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{BAR, Row, RowHead, Table, carriers, key, lane_name};
use crate::engine::schedule::Span;
use crate::model::id::RecordId;
use crate::ui::format;
use crate::ui::part::{Drag, hue_name, icon};
use crate::ui::route::Route;
use crate::ui::text::{t, tr};
use crate::ui::view::shape;
use crate::ui::view::tint;

/// A row.
pub fn row(table: Table, head: RowHead) -> AnyView {
    let own: Memo<Option<Row>> =
        Memo::new(move |_| table.shown.with(|rows| rows.iter().find(|row| row.head == head).cloned()));
    let style = move || {
        own.with(|own| {
            own.as_ref().map(|own| format!("--top:{}px;--tall:{}px", own.top, own.height)).unwrap_or_default()
        })
    };
    let bars = Memo::new(move |_| {
        let (left, top, right, bottom) = table.sight.get();
        let (axis, current) = (table.axis.get(), table.current.get());
        own.with(|own| {
            let Some(own) = own else { return Vec::new() };
            let is_in = |(span, place): &&(Span, usize)| {
                let (at, wide) = axis.bar(span);
                let down = own.top + *place as f64 * BAR;
                let is_in_sight = at + wide >= left && at <= right && down + BAR >= top && down <= bottom;
                // What has the focus stays drawn: else the keys would be lost.
                is_in_sight || current == Some(span.record)
            };
            own.bars.iter().filter(is_in).copied().collect::<Vec<(Span, usize)>>()
        })
    });
    // A row whose bar is out of sight says when it is, and leads there.
    let far = move || {
        let RowHead::Record(id) = head else { return None };
        let span = own.with(|own| own.as_ref().and_then(|own| own.bars.first().map(|(span, _)| *span)))?;
        let ((at, wide), (left, right)) = (table.axis.with(|axis| axis.bar(&span)), table.inside.get());
        let is_past = at + wide < left;
        if !is_past && at < right {
            return None;
        }
        let name = if is_past { "arrow-left" } else { "arrow-right" };
        let day = format::date(if is_past { span.last() } else { span.first() }, table.app.today());
        let say = tr("timeline-goto", [("title", title(table, id).into())]);
        let named = format!("{say}, {day}");
        Some(view! {
            <button class="gantt__far" type="button" tabindex="-1" aria-label=named title=say on:click=move |_| key::show(table, id)>
                {icon(name)}
                <span>{day}</span>
            </button>
        })
    };
    view! {
        <li class="gantt__row" style=style>
            <div class=match head {
                RowHead::Record(_) => "gantt__side",
                RowHead::Lane(_) => "gantt__side gantt__side--lane",
            }>{side(table, head, own)}</div>
            {far}
            <For each=move || bars.get() key=|(span, place)| (span.record, span.start, span.end, *place) let((span, place))>
                {bar(table, span, place)}
            </For>
        </li>
    }
    .into_any()
}

fn side(table: Table, head: RowHead, own: Memo<Option<Row>>) -> AnyView {
    match head {
        RowHead::Record(id) => {
            let href = Route::Record { entity: table.lens.entity, id }.href();
            view! { <a class="gantt__name" href=href data-record=id.to_string() tabindex="-1">{move || title(table, id)}</a> }
                .into_any()
        }
        RowHead::Lane(lane) => {
            let count = move || own.with(|own| own.as_ref().map_or(0, |own| own.bars.len()));
            view! {
                <span class="gantt__name">{move || lane_name(table, lane)}</span>
                <span class="column__count">{move || format::number(Decimal::from(count()), Some(0))}</span>
            }
            .into_any()
        }
    }
}

fn bar(table: Table, span: Span, place: usize) -> AnyView {
    let id = span.record;
    let style = move || {
        let (at, wide) = table.axis.get().bar(&span);
        format!("--at:{at}px;--wide:{wide}px;--down:{}px", 5.0 + place as f64 * BAR)
    };
    let is_open = Memo::new(move |_| table.beside.get() == Some(id));
    let is_carried = Memo::new(move |_| {
        let key = id.to_string();
        let is_it =
            |drag: Drag| drag.carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.thing == key));
        carriers(table).into_iter().any(|(drag, _)| is_it(drag))
    });
    let tinted = tint::tinted(table.app, table.tints, id);
    let tint = Memo::new(move |_| tinted.with(|tinted| tinted.whole.clone()));
    let hue = move || {
        if let Some((hue, _)) = tint.get() {
            return hue_name(hue);
        }
        let record = table.app.record(id);
        record.map_or("gray", |record| table.entity.with_value(|entity| shape::hue(entity, table.colour, &record)))
    };
    let tab = move || {
        let first =
            || table.rows.with(|rows| rows.first().and_then(|row| row.bars.first().map(|(span, _)| span.record)));
        if table.current.get().or_else(first) == Some(id) { "0" } else { "-1" }
    };
    let today = table.app.today();
    let days = format!("{} – {}", format::date(span.first(), today), format::date(span.last(), today));
    let named = {
        let days = days.clone();
        move || {
            let named = tr("timeline-bar", [("title", title(table, id).into()), ("days", days.clone().into())]);
            tint.get().map_or(named.clone(), |(_, says)| format!("{named}\n{says}"))
        }
    };
    let tip = named.clone();
    let href = Route::Record { entity: table.lens.entity, id }.href();
    let key = id.to_string();
    let end_key = key.clone();
    let end = table.can_stretch.then(|| view! { <span class="gantt__end" data-key=end_key aria-hidden="true"></span> });
    // A short bar is taken hold of as a whole, or at its end.
    let start = move || {
        let is_long = table.axis.with(|axis| axis.bar(&span).1) >= 56.0;
        let key = id.to_string();
        (is_long && table.can_hasten)
            .then(|| view! { <span class="gantt__start" data-key=key aria-hidden="true"></span> })
    };
    view! {
        <a
            class="gantt__bar"
            style=style
            href=href
            tabindex=tab
            draggable="false"
            aria-label=named
            title=tip
            aria-describedby="timeline-keys"
            data-record=key.clone()
            data-key=table.can_move.then(|| key.clone())
            data-hue=hue
            data-open=move || is_open.get().then_some("")
            data-carried=move || is_carried.get().then_some("")
            on:focus=move |_| table.current.set(Some(id))
        >
            {start}
            <span class="gantt__text">{move || tint::sign(tint.get())}{move || title(table, id)}</span>
            {end}
        </a>
    }
    .into_any()
}

/// The title of a record; the running view depends on it.
pub fn title(table: Table, id: RecordId) -> String {
    let title = table.app.title(id);
    if title.is_empty() { t("list-untitled") } else { title }
}
