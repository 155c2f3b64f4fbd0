//! Matching by hand: a field is dragged from the palette onto a column, or a column's field back to the palette.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Sheet, takes_cells};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;
use crate::ui::part::{Carried, Drag, DragRules, icon};
use crate::ui::text::{label, t, tr};

/// The zone of fields that no column goes into.
const FREE: &str = "free";

/// A drag layer for the columns of a file. Who does not drag chooses in the table.
pub fn layer(sheet: Sheet) -> Drag {
    let rules = DragRules {
        thing: ".map-field[data-key]",
        zone: "[data-zone]",
        scroller: ".map-fields",
        copy: "map-field--drag",
    };
    let dropped = Callback::new(move |carried: Carried| {
        let Some(over) = carried.over.filter(|over| *over != carried.from) else { return };
        match over.parse::<usize>() {
            Ok(column) => sheet.choose(column, Some(FieldId::new(&carried.thing))),
            Err(_) => {
                if let Ok(column) = carried.from.parse() {
                    sheet.choose(column, None);
                }
            }
        }
    });
    Drag::new(rules, dropped)
}

/// Whether what is carried would go into a column.
pub fn is_over(drag: Drag, column: usize) -> Memo<bool> {
    let zone = column.to_string();
    Memo::new(move |_| drag.carried.with(|it| it.as_ref().is_some_and(|it| it.over.as_ref() == Some(&zone))))
}

/// The table of columns with the fields that are still free beside it.
pub fn frame(sheet: Sheet, entity: &Arc<Entity>, drag: Drag, table: AnyView) -> AnyView {
    let container = drag.container;
    view! {
        <div
            class="mapping"
            node_ref=container
            data-dragging=move || drag.carried.with(Option::is_some).then_some("")
            on:pointerdown=move |event| drag.down(&event)
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |event| drag.up(&event)
            on:pointercancel=move |_| drag.cancel()
            on:dragstart=|event| event.prevent_default()
        >
            {table}
            {free(sheet, entity)}
        </div>
    }
    .into_any()
}

/// The fields that no column goes into.
fn free(sheet: Sheet, entity: &Arc<Entity>) -> AnyView {
    let fields: Vec<(FieldId, String)> = entity
        .fields
        .iter()
        .filter(|field: &&Field| takes_cells(field))
        .map(|field| {
            (field.id, if field.required { format!("{} *", label(&field.label)) } else { label(&field.label) })
        })
        .collect();
    let chips = move || {
        let taken: Vec<FieldId> =
            sheet.mapping.with(|mapping| mapping.columns.iter().filter_map(|column| column.field).collect());
        let free = fields.iter().filter(|(id, _)| !taken.contains(id));
        free.map(|(id, name)| {
            view! {
                <li class="map-field" data-key=id.to_string()>{icon("grip-vertical")}<span>{name.clone()}</span></li>
            }
            .into_any()
        })
        .collect::<Vec<AnyView>>()
    };
    let count = move || {
        let taken =
            sheet.mapping.with(|mapping| mapping.columns.iter().filter(|column| column.field.is_none()).count());
        tr("import-free-say", [("columns", taken.into())])
    };
    view! {
        <aside class="map-free" data-zone=FREE aria-label=t("import-free")>
            <h3>{t("import-free")}</h3>
            <p class="field__hint">{count}</p>
            <ul class="map-fields" tabindex="0" aria-label=t("import-free")>{chips}</ul>
        </aside>
    }
    .into_any()
}
