//! The clipboard: cells go out as text and as a table, with their very values beside them, and come in from any spreadsheet.
//!
//! Days go out as `2026-11-22` and numbers bare: every spreadsheet takes these for what they are, whatever its language.

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::fill::{self, Edits};
use super::range::Rect;
use super::refused::RefusedCell;
use super::{Grid, element_of};
use crate::command::NewRecord;
use crate::engine::cells::{self, Block, Cell, Pasted, Target};
use crate::engine::form::{self, ShowSettings};
use crate::engine::transfer::LinkReader;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Values;
use crate::model::state::{Reader, State};
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::meaning;
use crate::ui::part::Dialog;
use crate::ui::text::{label_within, language, t, tr};

/// Our own cells, for pasting them here without a detour over text.
const OWN: &str = "application/x-perennial-cells";
/// A cell of a spreadsheet holds no more.
const LONGEST: usize = 32_767;

/// Cells with their very values.
#[derive(Serialize, Deserialize)]
struct Copied {
    entity: EntityId,
    fields: Vec<FieldId>,
    values: Block<Value>,
}

/// Rows that were pasted below the last one.
pub(in crate::ui::view) struct Waiting {
    pasted: Pasted,
    block: Block<String>,
    rect: Rect,
}

/// Puts the cells of the range on the clipboard.
pub(super) fn copy(grid: Grid, event: &web_sys::Event) {
    if let Some((data, rect)) = meant(grid, event) {
        put(grid, rect, &data);
        event.prevent_default();
    }
}

/// The same, and empties them.
pub(super) fn cut(grid: Grid, event: &web_sys::Event) {
    if let Some((data, rect)) = meant(grid, event) {
        put(grid, rect, &data);
        event.prevent_default();
        fill::empty(grid);
    }
}

/// Puts what is on the clipboard into cells.
pub(super) fn paste(grid: Grid, event: &web_sys::Event) {
    let Some((data, rect)) = meant(grid, event) else { return };
    let Some(text) = data.get_data("text/plain").ok().filter(|text| !text.is_empty()) else { return };
    event.prevent_default();
    put_in(grid, rect, &text, data.get_data(OWN).ok());
}

/// Puts the cells of the range on the clipboard where there are no keys for it.
pub(super) fn copy_by_button(grid: Grid) {
    if let Some(rect) = grid.meant() {
        let written = written(grid, rect);
        browser::copy_table(&written.text, &written.html);
        keep(grid, rect, written);
    }
}

/// Puts what is on the clipboard into cells where there are no keys for it.
pub(super) fn paste_by_button(grid: Grid) {
    browser::read_clipboard(move |text| {
        // The list may be gone by now.
        if grid.active.try_get_untracked().is_none() {
            return;
        }
        match text.filter(|text| !text.is_empty()) {
            Some(text) => {
                let own = grid.cells.copied.get_value().filter(|(known, _)| *known == text).map(|(_, own)| own);
                if let Some(rect) = grid.meant() {
                    put_in(grid, rect, &text, own);
                }
            }
            None => {
                grid.app.toast("toast-nothing-to-paste", Vec::new(), crate::app::ToastAction::None);
            }
        }
    });
}

fn put_in(grid: Grid, rect: Rect, text: &str, own: Option<String>) {
    let own = own.and_then(|own| serde_json::from_str::<Copied>(&own).ok());
    let block = cells::parse(text);
    let rows = grid.records(rect.top, rect.top + block.len().max(rect.size().0) - 1);
    let fields = grid.fields(rect.left, usize::MAX);
    let settings = grid.app.read_settings();
    let pasted = grid.app.ask(|state| {
        let mut links = LinkReader::new(state);
        let mut read = |field: &Field, text: &str| match field.link() {
            Some(_) => links.read(field, text),
            None => form::read_text(field, text, &settings),
        };
        let known = own.as_ref().and_then(|own| Some((sources(state, own)?, &own.values)));
        let known = known.as_ref().map(|(fields, values)| (&fields[..], *values));
        let fields: Vec<&Field> = fields.iter().collect();
        cells::paste(&block, known, &Target { fields: &fields, rows: &rows, selected: rect.size() }, &mut read)
    });
    let is_blank = |values: &Values| values.is_empty();
    let waiting = Waiting { pasted, block, rect };
    if waiting.pasted.beyond.iter().all(is_blank) {
        take(grid, waiting, Beyond::Leave);
    } else {
        grid.cells.waiting.set(Some(Arc::new(waiting)));
    }
}

/// What becomes of rows below the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beyond {
    Create,
    Leave,
}

/// Asks what becomes of rows that were pasted below the last one.
pub(super) fn ask(grid: Grid) -> AnyView {
    let waiting = grid.cells.waiting;
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if waiting.with(Option::is_some) {
            open.set(true);
        }
    });
    let count = move || {
        let blank = |values: &&Values| !values.is_empty();
        waiting.with(|waiting| waiting.as_ref().map_or(0, |it| it.pasted.beyond.iter().filter(blank).count()))
    };
    let plural = grid.entity.with_value(|entity| label_within(&entity.plural));
    let things = StoredValue::new(plural);
    let answer = move |beyond: Option<Beyond>| {
        open.set(false);
        let waited = waiting.get_untracked();
        waiting.set(None);
        grid.focus_rows();
        if let (Some(waited), Some(beyond)) = (waited, beyond) {
            let Waiting { pasted, block, rect } = &*waited;
            take(grid, Waiting { pasted: pasted.clone(), block: block.clone(), rect: *rect }, beyond);
        }
    };
    let named = move || [("count", count().into()), ("things", things.get_value().into())];
    let footer = Callback::new(move |()| {
        let has_others = waiting.with(|it| it.as_ref().is_some_and(|it| !it.pasted.edits.is_empty()));
        view! {
            <button class="button" type="button" on:click=move |_| answer(None)>{t("paste-cancel")}</button>
            <span class="push"></span>
            {has_others.then(|| view! {
                <button class="button" type="button" on:click=move |_| answer(Some(Beyond::Leave))>{t("paste-leave")}</button>
            })}
            <button class="button button--primary" type="button" autofocus=true on:click=move |_| answer(Some(Beyond::Create))>
                {move || tr("paste-create", named())}
            </button>
        }
        .into_any()
    });
    view! {
        <Dialog
            open=open
            title=Signal::derive(move || tr("paste-beyond", named()))
            class="dialog--small"
            on_leave=Callback::new(move |()| answer(None))
            footer=footer
        >
            <p>{move || tr("paste-beyond-say", named())}</p>
        </Dialog>
    }
    .into_any()
}

fn take(grid: Grid, waiting: Waiting, beyond: Beyond) {
    let Waiting { pasted, block, rect } = waiting;
    let entity = grid.lens.entity;
    let mut ids = grid.app.context().ids;
    let preset = grid.lens.preset();
    let (mut rows, mut refused) = (Vec::new(), pasted.refused);
    let mut create: Vec<NewRecord> = Vec::new();
    if beyond == Beyond::Create {
        for values in pasted.beyond.into_iter().filter(|values| !values.is_empty()) {
            // A record that one came from is linked, as in a form, unless the row says otherwise.
            let values = preset.iter().cloned().chain(values.iter().map(|(field, value)| (field, value.clone())));
            create.push(NewRecord { id: ids.record(), entity, created: None, values: values.collect() });
        }
    } else {
        // They were left out knowingly.
        refused.retain(|cell| cell.record.is_some());
    }
    rows.extend(pasted.edits.iter().map(|(record, _)| *record));
    let fields = grid.fields(rect.left, usize::MAX);
    let from = grid.records(rect.top, rect.top + pasted.size.0.max(1) - 1);
    let created = create.iter().map(|new| new.id);
    let places: FxHashMap<RecordId, usize> = from.into_iter().chain(created).zip(0..).collect();
    let columns: FxHashMap<FieldId, usize> = fields.iter().map(|field| field.id).zip(0..).collect();
    let text = move |record: Option<RecordId>, field: FieldId| {
        let place = record.and_then(|record| places.get(&record).copied());
        let cell = place.zip(columns.get(&field).copied()).and_then(|(row, column)| {
            let row = block.get(row % block.len().max(1))?;
            row.get(column % row.len().max(1))
        });
        cell.cloned().unwrap_or_default()
    };
    let refused = refused
        .into_iter()
        .map(|cell| RefusedCell { record: cell.record, field: Some(cell.field), text: cell.text, wrong: cell.wrong })
        .collect();
    let (tall, wide) = pasted.size;
    let last = (rect.top + tall - 1).min(grid.row_count().saturating_sub(1));
    let right = (rect.left + wide - 1).min(grid.columns.with_untracked(Vec::len));
    grid.select(Rect { bottom: last, right, ..rect });
    let edits = Edits {
        edits: pasted.edits,
        create,
        refused,
        text: Box::new(text),
        said: "toast-cells-pasted",
        beside: pasted.beside,
    };
    fill::carry_out(grid, edits);
    grid.focus_rows();
}

/// The clipboard of an event and the cells that are meant; nothing while something is being typed.
fn meant(grid: Grid, event: &web_sys::Event) -> Option<(web_sys::DataTransfer, Rect)> {
    let target = element_of(event.target())?;
    let is_in_body = target.closest(".grid__body").ok().flatten().is_some();
    if !is_in_body || grid.editing.get_untracked().is_some() {
        return None;
    }
    let data = js_sys::Reflect::get(event, &JsValue::from_str("clipboardData")).ok()?;
    Some((data.dyn_into().ok()?, grid.meant()?))
}

fn put(grid: Grid, rect: Rect, data: &web_sys::DataTransfer) {
    let written = written(grid, rect);
    let _ = data.set_data("text/plain", &written.text);
    let _ = data.set_data("text/html", &written.html);
    let _ = data.set_data(OWN, &written.own);
    keep(grid, rect, written);
}

/// Cells as they go on the clipboard.
struct Written {
    text: String,
    html: String,
    own: String,
    is_long: bool,
}

fn written(grid: Grid, rect: Rect) -> Written {
    let rows = grid.records(rect.top, rect.bottom);
    let fields = grid.fields(rect.left, rect.right);
    let (app, entity) = (grid.app, grid.entity.get_value());
    let settings = ShowSettings { language: language(), currency: app.read_settings().currency, zone: app.zone() };
    let (block, values) = app.ask(|state| {
        let meant: Vec<Field> = fields.iter().map(|field| meaning(state, &entity, field).into_owned()).collect();
        let title = |link: RecordId| crate::app::title(state as &dyn Reader, link);
        let mut block: Block<Cell> = Vec::with_capacity(rows.len());
        let mut values: Block<Value> = Vec::with_capacity(rows.len());
        for record in rows.iter().filter_map(|id| state.record(*id)) {
            let held = fields.iter().map(|field| record.value(field.id).clone());
            let cells = meant.iter().zip(&fields).map(|(meant, field)| {
                let value = record.value(field.id);
                Cell::new(&meant.kind, value, form::show(meant, value, &settings, &title))
            });
            block.push(cells.collect());
            values.push(held.collect());
        }
        (block, values)
    });
    let is_long = block.iter().flatten().any(|cell| cell.text.len() > LONGEST);
    let copied = Copied { entity: entity.id, fields: fields.iter().map(|field| field.id).collect(), values };
    let own = serde_json::to_string(&copied).unwrap_or_default();
    Written { text: cells::text(&block), html: cells::html(&block), own, is_long }
}

/// Says what was copied, and keeps its very values.
fn keep(grid: Grid, rect: Rect, written: Written) {
    let Written { text, own, is_long, .. } = written;
    grid.cells.copied.set_value(Some((text, own)));
    let (tall, wide) = rect.size();
    let key = if is_long { "toast-copied-long" } else { "toast-copied" };
    if tall * wide > 1 || is_long || grid.cells.is_touched.get_untracked() {
        grid.app.toast(key, vec![("count", (tall * wide).to_string())], crate::app::ToastAction::None);
    }
}

/// The fields that own cells were copied from, if all that they name is still there.
fn sources(state: &State, own: &Copied) -> Option<Vec<Field>> {
    let entity = state.entity(own.entity)?;
    let mut links = own.values.iter().flatten().flat_map(Value::links);
    links.all(|link| state.record(*link).is_some()).then_some(())?;
    own.fields.iter().map(|id| entity.field(*id).cloned()).collect()
}
