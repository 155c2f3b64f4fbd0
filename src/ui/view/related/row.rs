//! One related record: what tells it apart, its fields edited where it stands, and the way to let go of it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::{plain, show_in_cell};
use crate::ui::part::{MenuButton, MenuItem, MenuRow, icon, icon_styled, unique_id};
use crate::ui::route::Route;
use crate::ui::text::{t, tr};
use crate::ui::view::form;
use crate::ui::view::record::Fact;

/// A record that points at another one through a link.
pub fn row(app: App, entity: Arc<Entity>, id: RecordId, (via, to): (FieldId, RecordId)) -> AnyView {
    let open = RwSignal::new(false);
    let (named, definition) = (StoredValue::new(unique_id("related")), entity.clone());
    let head = move || app.record(id).map(|record| head(app, &entity, &record, via));
    let kept = StoredValue::new(definition);
    let facts = move || {
        open.get().then(|| {
            let facts: Vec<AnyView> = kept.with_value(|entity| {
                let fields = shown(entity, via);
                let fact = |field: &Field| view! { <Fact id=id entity=entity.clone() field=Arc::new(field.clone())/> };
                fields.into_iter().map(|field| fact(field).into_any()).collect()
            });
            view! { <div class="facts related__facts" role="list" id=named.get_value()>{facts}</div> }
        })
    };
    let title = move || {
        let title = app.title(id);
        if title.is_empty() { t("field-untitled") } else { title }
    };
    let edit = move || tr("related-edit-here", [("name", title().into())]);
    let menu = move || {
        let items = Callback::new(move |()| items(app, kept.get_value(), id, (via, to)));
        view! { <MenuButton label=tr("related-more-of", [("name", title().into())]) items=items/> }
    };
    view! {
        <li class="relation">
            {head}
            <button
                class="button button--quiet button--icon button--small relation__edit"
                type="button"
                aria-expanded=move || open.get().to_string()
                aria-controls=move || open.get().then(|| named.get_value())
                aria-label=edit
                title=edit
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon("pencil")}
            </button>
            {menu}
            {facts}
        </li>
    }
    .into_any()
}

/// What is edited in the row: its title, and what tells it apart.
fn shown(entity: &Entity, via: FieldId) -> Vec<&Field> {
    let told = entity.summary.iter().filter(|field| **field != entity.title);
    let fields = std::iter::once(&entity.title).chain(told).filter(|field| **field != via);
    fields.filter_map(|field| entity.field(*field)).filter(|field| field.is_editable()).collect()
}

fn head(app: App, entity: &Entity, record: &Record, via: FieldId) -> AnyView {
    let id = record.id;
    let title = app.title(id);
    let title = if title.is_empty() { t("field-untitled") } else { title };
    let href = Route::Record { entity: entity.id, id }.href();
    let told = entity.summary.iter().filter(|field| **field != via && **field != entity.title);
    let fields: Vec<&Field> = told.filter_map(|field| entity.field(*field)).collect();
    let end = fields.iter().find(|field| is_at_end(field, record));
    let notes: Vec<String> = fields
        .iter()
        .filter(|field| end.is_none_or(|end| end.id != field.id))
        .map(|field| plain(app, entity, field, record.value(field.id)))
        .filter(|text| !text.is_empty())
        .collect();
    let end = end.map(|field| {
        let shown = show_in_cell(app, entity, field, record.value(field.id));
        view! { <span class="num">{shown}</span> }
    });
    view! {
        <a class="related__row" href=href>
            {icon_styled(&entity.icon, "icon")}
            <div>
                <p>{title}</p>
                {(!notes.is_empty()).then(|| view! { <small>{notes.join(" · ")}</small> })}
            </div>
            {end}
        </a>
    }
    .into_any()
}

/// Amounts and options tell most at a glance; links would be links within a link.
fn is_at_end(field: &Field, record: &Record) -> bool {
    matches!(record.value(field.id), Value::Money(_) | Value::Choice(_))
}

fn items(app: App, entity: Arc<Entity>, id: RecordId, (via, to): (FieldId, RecordId)) -> Vec<MenuRow> {
    let whole = entity.id;
    let mut items =
        vec![MenuRow::Item(MenuItem::new(t("related-edit"), move || form::edit(whole, id)).icon("square-pen"))];
    // What cannot do without its link is removed, or linked to another one in its form.
    if entity.field(via).is_some_and(|field| field.is_editable() && !field.required) {
        let unlink = MenuItem::new(t("related-unlink"), move || unlink(app, id, (via, to)));
        items.push(MenuRow::Item(unlink.icon("link-2-off")));
    }
    let remove = move || {
        let name = app.ask(|state| crate::app::title(state, id));
        match app.dispatch(Command::RemoveRecords { records: vec![id] }) {
            Ok(_) => app.toast("record-removed", vec![("name", name)], ToastAction::Undo),
            Err(rejection) => app.toast_rejection(&rejection),
        }
    };
    items.push(MenuRow::Rule);
    items.push(MenuRow::Item(MenuItem::new(t("record-remove"), remove).icon("trash-2").dangerous()));
    items
}

fn unlink(app: App, id: RecordId, (via, to): (FieldId, RecordId)) {
    let value = app.ask(|state| match state.record(id).map(|record| record.value(via)) {
        Some(Value::Links(links)) => {
            let left: Vec<RecordId> = links.iter().copied().filter(|link| *link != to).collect();
            if left.is_empty() { Value::Empty } else { Value::Links(left.into()) }
        }
        _ => Value::Empty,
    });
    let name = app.ask(|state| crate::app::title(state, id));
    match app.dispatch(Command::UpdateRecord { record: id, values: vec![(via, value)] }) {
        Ok(_) => app.toast("related-unlinked", vec![("name", name)], ToastAction::Undo),
        Err(rejection) => app.toast_rejection(&rejection),
    }
}
