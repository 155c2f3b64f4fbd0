//! Relations: records that say how two others have to do with each other, read from the side of one of them.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Relation, add};
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::{plain, show_in_cell};
use crate::ui::part::{MenuButton, MenuItem, MenuRow, avatar_styled, icon_button};
use crate::ui::route::Route;
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::form;

/// Both ends of an entity whose records stand between two of the same kinds: its two required links, which take the same entities.
pub fn ends(entity: &Entity) -> Option<(FieldId, FieldId)> {
    let mut links = entity.fields.iter().filter(|field| field.required && matches!(field.kind, FieldKind::Link(_)));
    let (one, other) = (links.next()?, links.next()?);
    let alike = one.link()?.to == other.link()?.to;
    (links.next().is_none() && alike).then_some((one.id, other.id))
}

/// The relations of a record, whichever end it stands at.
#[component]
pub fn Relations(
    /// The record.
    id: RecordId,
    /// The entity of the relations.
    entity: Arc<Entity>,
    /// Their ends.
    ends: (FieldId, FieldId),
) -> impl IntoView {
    let app = expect_context::<App>();
    let entity_id = entity.id;
    let members = Memo::new(move |_| {
        app.track_entity(entity_id);
        let of = |end: FieldId, far: FieldId| {
            let found = app.ask(|state| state.incoming(id, entity_id, end));
            found.into_iter().rev().map(move |record| (record, far))
        };
        of(ends.0, ends.1).chain(of(ends.1, ends.0)).collect::<Vec<(RecordId, FieldId)>>()
    });
    let is_shown = Memo::new(move |_| !members.with(Vec::is_empty));
    move || {
        if !is_shown.get() {
            return None;
        }
        let name = label(&entity.plural);
        let add_label = tr("related-add-one", [("name", label_within(&entity.label).into())]);
        let definition = entity.clone();
        let rows = move || {
            let members = members.get();
            members
                .into_iter()
                .map(|(record, far)| row(app, definition.clone(), record, far, ends))
                .collect::<Vec<AnyView>>()
        };
        Some(
            view! {
                <section class="group" aria-label=name.clone()>
                    <header class="group__head">
                        <h2>{name.clone()}</h2>
                        <span class="group__count">{move || members.with(Vec::len)}</span>
                        <span class="push">{icon_button(add_label, "plus", move || add(app, id, entity_id, ends.0))}</span>
                    </header>
                    <ul class="related">{rows}</ul>
                </section>
            }
            .into_any(),
        )
    }
}

fn row(app: App, entity: Arc<Entity>, id: RecordId, far: FieldId, ends: (FieldId, FieldId)) -> AnyView {
    let content = move || {
        let record = app.record(id)?;
        let other = record.value(far).links().first().copied()?;
        let other_entity = app.ask(|state| state.record(other).map(|record| record.entity))?;
        let title = app.title(other);
        let title = if title.is_empty() { t("field-untitled") } else { title };
        let href = Route::Record { entity: other_entity, id: other }.href();
        let told: Vec<&Field> = told(&entity, &record, ends);
        let chips: Vec<AnyView> = told
            .iter()
            .filter(|field| matches!(record.value(field.id), Value::Choice(_)))
            .map(|field| show_in_cell(app, &entity, field, record.value(field.id)))
            .collect();
        let dates = span(app, &entity, &record);
        let notes: Vec<String> = told
            .iter()
            .filter_map(|field| match record.value(field.id) {
                Value::Flag(true) => Some(label(&field.label)),
                Value::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .chain(dates)
            .collect();
        let entity_id = entity.id;
        let menu = Callback::new(move |()| rows(app, entity_id, id));
        let menu_label = tr("related-more-of", [("name", title.clone().into())]);
        Some(
            view! {
                <a class="related__row" href=href>
                    {avatar_styled(&title, "avatar avatar--square avatar--24")}
                    <div>
                        <p>{title.clone()}</p>
                        {(!notes.is_empty()).then(|| view! { <small>{notes.join(" · ")}</small> })}
                    </div>
                    <span class="chips">{chips}</span>
                </a>
                <MenuButton label=menu_label items=menu/>
            }
            .into_any(),
        )
    };
    view! { <li class="relation">{content}</li> }.into_any()
}

fn rows(app: App, entity: EntityId, id: RecordId) -> Vec<MenuRow> {
    let remove = move || {
        let name = app.ask(|state| crate::app::title(state, id));
        match app.dispatch(crate::command::Command::RemoveRecords { records: vec![id] }) {
            Ok(_) => app.toast("record-removed", vec![("name", name)], crate::app::ToastAction::Undo),
            Err(rejection) => app.toast_rejection(&rejection),
        }
    };
    vec![
        MenuRow::Item(MenuItem::new(t("related-edit"), move || form::edit(entity, id)).icon("square-pen")),
        MenuRow::Rule,
        MenuRow::Item(MenuItem::new(t("record-remove"), remove).icon("trash-2").dangerous()),
    ]
}

/// What a relation says of itself: its options, marks and short texts.
fn told<'e>(entity: &'e Entity, record: &Record, ends: (FieldId, FieldId)) -> Vec<&'e Field> {
    let is_told = |field: &&Field| {
        let is_short = matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Flag | FieldKind::Text { .. });
        is_short && field.id != entity.title && field.id != ends.0 && field.id != ends.1
    };
    entity.fields.iter().filter(is_told).filter(|field| !record.value(field.id).is_empty()).collect()
}

/// From when until when it holds: its first two days.
fn span(app: App, entity: &Entity, record: &Record) -> Option<String> {
    let mut days = entity.fields.iter().filter(|field| field.kind == FieldKind::Date);
    let mut day = || days.next().map(|field| plain(app, entity, field, record.value(field.id))).unwrap_or_default();
    let (from, until) = (day(), day());
    let is_blank = from.is_empty() && until.is_empty();
    (!is_blank).then(|| format!("{from} – {until}").trim().to_owned())
}

/// The relations among all that lead to a record.
pub fn between(relations: &[Relation]) -> Vec<(Arc<Entity>, (FieldId, FieldId))> {
    let mut found: Vec<(Arc<Entity>, (FieldId, FieldId))> = Vec::new();
    for relation in relations {
        if let Some(ends) = ends(&relation.entity)
            && found.iter().all(|(known, _)| known.id != relation.entity.id)
            && (relation.via == ends.0 || relation.via == ends.1)
        {
            found.push((relation.entity.clone(), ends));
        }
    }
    found
}
