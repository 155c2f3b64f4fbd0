//! One record in the stream of another: what it is, what tells it apart, what was said and which pictures were taken.

use leptos::prelude::*;

use super::picture::files_view;
use super::reply::reply;
use super::via;
use crate::app::App;
use crate::engine::stream::{Piece, StreamEntry, Threaded, pieces};
use crate::model::definition::CommentShape;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::{plain, show_in_cell};
use crate::ui::format;
use crate::ui::part::{avatar_styled, icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{label, t};

/// As many chips as stand in a line without crowding it.
const FEW: usize = 2;

/// Draws a record around another one.
pub fn draw(app: App, own: RecordId, threaded: Threaded) -> AnyView {
    let Threaded { entry, is_answer, is_last, .. } = threaded;
    let takes_answers = app.ask(|state| {
        let shape = state.workspace()?.comments.as_ref()?;
        Some(shape.entity == entry.entity && shape.reply.is_some())
    });
    let end = (is_last && takes_answers == Some(true)).then(|| reply(app, entry.answers.unwrap_or(entry.record)));
    // Of a closure of its own, so that a change of this record draws this entry anew and no other.
    let content = move || {
        let record = app.record(entry.record)?;
        let entity = app.entity(entry.entity)?;
        let comments = app.workspace().and_then(|workspace| workspace.comments.clone());
        Some(match comments.filter(|shape| shape.entity == entity.id) {
            Some(shape) => comment(app, &entity, &record, &shape, entry),
            None => happening(app, own, &entity, &record, entry),
        })
    };
    let class = if is_answer { "entry entry--answer" } else { "entry" };
    view! { <li class=class>{content}{end}</li> }.into_any()
}

fn happening(app: App, own: RecordId, entity: &Entity, record: &Record, entry: StreamEntry) -> AnyView {
    let title = app.title(record.id);
    let title = if title.is_empty() { t("field-untitled") } else { title };
    let href = Route::Record { entity: entity.id, id: record.id }.href();
    let filled = |field: &&Field| !record.value(field.id).is_empty();
    let told: Vec<&Field> = entity
        .summary
        .iter()
        .filter(|field| **field != entity.title && Some(**field) != entity.happens)
        .filter_map(|field| entity.field(*field))
        .filter(filled)
        .collect();
    let is_choice = |field: &&Field| matches!(field.kind, FieldKind::Choice { .. });
    let mut choices: Vec<&Field> = told.iter().copied().filter(is_choice).take(FEW).collect();
    if choices.is_empty() {
        choices.extend(entity.fields.iter().filter(is_choice).find(filled));
    }
    let chips: Vec<AnyView> =
        choices.iter().map(|field| show_in_cell(app, entity, field, record.value(field.id))).collect();
    let is_known = |field: &Field| {
        let links = record.value(field.id).links();
        links.contains(&own) || entry.through.is_some_and(|through| links.contains(&through))
    };
    let mut notes: Vec<String> = told
        .iter()
        .filter(|field| choices.iter().all(|choice| choice.id != field.id) && !is_known(field))
        .map(|field| plain(app, entity, field, record.value(field.id)))
        .collect();
    notes.extend(person(app, record, entity).filter(|person| !notes.contains(person)));
    let notes = notes.join(" · ");
    let text = entity.fields.iter().find(|field| {
        matches!(field.kind, FieldKind::LongText | FieldKind::RichText) && field.id != entity.title && filled(field)
    });
    let text = text.and_then(|field| record.value(field.id).as_text()).map(str::to_owned);
    view! {
        <span class="entry__mark" data-hue=crate::ui::part::hue_name(entity.hue)>{icon_styled(&entity.icon, "icon")}</span>
        <div class="entry__body">
            <p class="entry__line">
                <span class="entry__kind">{label(&entity.label)}</span>
                " "
                <a class="entry__title" href=href>{title}</a>
                {time(app, entry)}
            </p>
            {(!chips.is_empty() || !notes.is_empty())
                .then(|| view! { <p class="entry__about">{chips}<span>{notes.clone()}</span></p> })}
            {text.map(|text| view! { <p class="entry__text">{text}</p> })}
            {files(app, entity, record)}
            {entry.through.and_then(|through| via(app, through)).map(|via| view! { <p class="entry__via">{via}</p> })}
        </div>
    }
    .into_any()
}

fn comment(app: App, entity: &Entity, record: &Record, shape: &CommentShape, entry: StreamEntry) -> AnyView {
    let by = record.value(shape.by).links().first().map(|by| app.title(*by)).filter(|name| !name.is_empty());
    let mark = match &by {
        Some(name) => avatar_styled(name, "avatar avatar--24"),
        None => icon("message-square"),
    };
    let text = record.value(shape.text).as_text().unwrap_or_default().to_owned();
    let people: Vec<(RecordId, String)> =
        record.value(shape.mentions).links().iter().map(|person| (*person, app.title(*person))).collect();
    let said: Vec<AnyView> = pieces(&text, &people)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned().into_any(),
            Piece::Person(person, name) => {
                let entity = app.ask(|state| state.record(person).map(|record| record.entity));
                match entity {
                    Some(entity) => {
                        let href = Route::Record { entity, id: person }.href();
                        view! { <a class="mention" href=href>{name.to_owned()}</a> }.into_any()
                    }
                    None => name.to_owned().into_any(),
                }
            }
        })
        .collect();
    let href = Route::Record { entity: entity.id, id: record.id }.href();
    view! {
        <span class="entry__mark">{mark}</span>
        <div class="entry__body">
            <p class="entry__line">
                <b>{by.unwrap_or_else(|| t("timeline-somebody"))}</b>
                " "
                <a class="entry__kind" href=href>{label(&entity.label)}</a>
                {time(app, entry)}
            </p>
            <p class="entry__note">{said}</p>
            {files(app, entity, record)}
            {entry.through.and_then(|through| via(app, through)).map(|via| view! { <p class="entry__via">{via}</p> })}
        </div>
    }
    .into_any()
}

fn time(app: App, entry: StreamEntry) -> AnyView {
    let at = entry.at;
    view! { <time datetime=at.to_string() title=format::instant(at)>{format::relative(at, app.now())}</time> }
        .into_any()
}

/// Who had to do with it: the first person that it points at.
fn person(app: App, record: &Record, entity: &Entity) -> Option<String> {
    let people: EntityId = app.workspace()?.people?;
    let mut links = entity.link_fields().filter_map(|field| match record.value(field.id) {
        Value::Link(link) => Some(*link),
        _ => None,
    });
    let found = links.find(|link| app.ask(|state| state.record(*link).is_some_and(|it| it.entity == people)))?;
    Some(app.title(found)).filter(|name| !name.is_empty())
}

fn files(app: App, entity: &Entity, record: &Record) -> Option<AnyView> {
    let kept: Vec<_> = entity
        .fields
        .iter()
        .filter_map(|field| match record.value(field.id) {
            Value::Files(files) => Some(files.to_vec()),
            _ => None,
        })
        .flatten()
        .collect();
    (!kept.is_empty()).then(|| files_view(app, kept))
}
