//! What a commit changed: the records that it touched, field by field, before and after.

use leptos::prelude::*;

use crate::app::App;
use crate::model::change::{Change, FieldChange};
use crate::model::entity::Entity;
use crate::model::id::{DefinitionId, EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::show;
use crate::ui::part::icon;
use crate::ui::route::Route;
use crate::ui::sentence::name_of;
use crate::ui::text::{label, label_within, t, tr};

/// How many changes are shown; a long import has thousands.
const MOST: usize = 50;

/// The changes, but for what automation remembered.
pub fn changes<'a>(app: App, changes: impl Iterator<Item = &'a Change>) -> AnyView {
    let all: Vec<&Change> = changes.filter(|change| !matches!(change, Change::Remembered { .. })).collect();
    let hidden = all.len().saturating_sub(MOST);
    let shown: Vec<AnyView> = all.into_iter().take(MOST).map(|change| one(app, change)).collect();
    let more =
        (hidden > 0).then(|| view! { <p class="quiet">{tr("history-more-changes", [("count", hidden.into())])}</p> });
    view! { <div class="commit__more">{shown}{more}</div> }.into_any()
}

fn one(app: App, change: &Change) -> AnyView {
    match change {
        Change::Created { record, by } => {
            let name = linked(app, record.id, record.entity, name_of(app, record));
            line(
                tr("history-detail-created", [("thing", entity_name(app, record.entity).into())]),
                name,
                by_whom(app, *by),
            )
        }
        Change::Removed { record } => {
            let name = linked(app, record.id, record.entity, name_of(app, record));
            line(tr("history-detail-removed", [("thing", entity_name(app, record.entity).into())]), name, None)
        }
        Change::Updated { record, entity, fields, by, .. } => {
            let name = linked(app, *record, *entity, app.title(*record));
            let definition = app.ask(|state| state.entity(*entity).cloned());
            let fields: Vec<AnyView> = fields.iter().map(|change| field(app, definition.as_deref(), change)).collect();
            let head = line(
                tr("history-detail-changed", [("thing", entity_name(app, *entity).into())]),
                name,
                by_whom(app, *by),
            );
            view! { <div>{head}{fields}</div> }.into_any()
        }
        Change::Defined { id, before, after } => {
            let definition = after.as_ref().or(before.as_ref());
            let name = definition.map_or_else(|| id.as_str().to_owned(), |it| label(&it.label()));
            let say = match (before, after) {
                (None, _) => t("history-detail-defined"),
                (Some(_), Some(_)) => t("history-detail-redefined"),
                (Some(_), None) => t("history-detail-undefined"),
            };
            line(say, view! { <b>{name}</b> }.into_any(), None)
        }
        Change::Remembered { .. } => ().into_any(),
    }
}

fn line(say: String, name: AnyView, by: Option<String>) -> AnyView {
    view! { <p>{say} " " {name} {by.map(|by| view! { <span class="quiet">" " {by}</span> })}</p> }.into_any()
}

fn by_whom(app: App, by: Option<DefinitionId>) -> Option<String> {
    let by = by?;
    let name = app.ask(|state| state.definition(by).map(|definition| label(&definition.label())));
    Some(tr("history-detail-by", [("name", name.unwrap_or_else(|| by.as_str().to_owned()).into())]))
}

fn entity_name(app: App, entity: EntityId) -> String {
    app.ask(|state| state.entity(entity).map(|entity| label_within(&entity.label)))
        .unwrap_or_else(|| entity.as_str().to_owned())
}

/// The record's name, a link to it or to what it was.
pub fn linked(app: App, id: RecordId, entity: EntityId, name: String) -> AnyView {
    let name = if name.is_empty() { t("history-nameless") } else { name };
    if app.ask(|state| state.record(id).is_some()) {
        view! { <a href=Route::Record { entity, id }.href()>{name}</a> }.into_any()
    } else {
        view! { <a href=Route::Past { entity, id, after: None }.href()>{name}</a> }.into_any()
    }
}

fn field(app: App, entity: Option<&Entity>, change: &FieldChange) -> AnyView {
    let definition = entity.and_then(|entity| Some((entity, entity.field(change.field)?)));
    let Some((entity, field)) = definition else {
        return view! { <p class="quiet">{change.field.to_string()}</p> }.into_any();
    };
    let value = |value: &Value| match value {
        Value::Empty => view! { <span class="quiet">{t("history-blank")}</span> }.into_any(),
        value => show(app, entity, field, value),
    };
    view! {
        <dl class="change">
            <dt>{label(&field.label)}</dt>
            <dd class="change__before">{value(&change.before)}</dd>
            <dd class="change__arrow">{icon("arrow-right")}<span class="sr-only">{t("history-became")}</span></dd>
            <dd class="change__after">{value(&change.after)}</dd>
        </dl>
    }
    .into_any()
}
