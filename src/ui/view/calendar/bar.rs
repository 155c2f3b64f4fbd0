//! A record on the calendar: its hour, its title, its colour.

use leptos::prelude::*;

use super::Table;
use crate::engine::schedule::Span;
use crate::model::id::RecordId;
use crate::ui::field::plain;
use crate::ui::format;
use crate::ui::part::{Drag, hue_name};
use crate::ui::route::Route;
use crate::ui::text::t;
use crate::ui::view::shape;
use crate::ui::view::tint::{Tint, sign, tinted};

/// The bar of a record, or the part of it that lies in a week.
pub fn bar(table: Table, span: Span, class: &'static str, style: String, is_end: bool) -> AnyView {
    let id = span.record;
    let hour = span.is_timed.then(|| format::time(span.start.time()));
    let is_open = Memo::new(move |_| table.beside.get() == Some(id));
    let is_carried = Memo::new(move |_| {
        let key = id.to_string();
        let is_it =
            |drag: Drag| drag.carried.with(|carried| carried.as_ref().is_some_and(|carried| carried.thing == key));
        is_it(table.drag) || is_it(table.stretch)
    });
    let tint = tint(table, id);
    let href = Route::Record { entity: table.lens.entity, id }.href();
    let key = id.to_string();
    let end = (is_end && table.can_stretch)
        .then(|| view! { <span class="cal__end" data-key=key.clone() aria-hidden="true"></span> });
    view! {
        <a
            class=class
            style=style
            href=href
            tabindex="-1"
            draggable="false"
            data-record=key.clone()
            data-key=table.can_move.then_some(key)
            data-hue=move || hue(table, id, tint)
            data-open=move || is_open.get().then_some("")
            data-carried=move || is_carried.get().then_some("")
            title=move || tip(table, id, tint)
            aria-describedby="calendar-keys"
        >
            {move || sign(tint.get())}
            {hour.map(|hour| view! { <span class="cal__hour">{hour}</span> })}
            <span class="cal__name">{move || title(table, id)}</span>
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

/// What a colour rule gives a record.
pub fn tint(table: Table, id: RecordId) -> Memo<Option<Tint>> {
    let tinted = tinted(table.app, table.tints, id);
    Memo::new(move |_| tinted.with(|tinted| tinted.whole.clone()))
}

/// The colour of a record; the running view depends on it.
pub fn hue(table: Table, id: RecordId, tint: Memo<Option<Tint>>) -> &'static str {
    if let Some((hue, _)) = tint.get() {
        return hue_name(hue);
    }
    let record = table.app.record(id);
    record.map_or("gray", |record| table.entity.with_value(|entity| shape::hue(entity, table.colour, &record)))
}

/// The fields that are told besides the title, on one line; the running view depends on them.
pub fn told(table: Table, id: RecordId) -> String {
    let Some(record) = table.app.record(id) else { return String::new() };
    table.entity.with_value(|entity| {
        let fields = table.lens.columns.get().into_iter().filter_map(|field| entity.field(field));
        let texts: Vec<String> = fields
            .filter(|field| field.id != entity.title && field.id != table.when.from)
            .map(|field| plain(table.app, entity, field, record.value(field.id)))
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" · ")
    })
}

fn tip(table: Table, id: RecordId, tint: Memo<Option<Tint>>) -> String {
    let says = tint.get().map(|(_, says)| says).unwrap_or_default();
    let lines = [title(table, id), told(table, id), says];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<String>>().join("\n")
}
