//! The head of a record: its name, what tells it apart, its key figures and what can be done with it.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::fact::Fact;
use super::figures::{completeness, figures};
use super::{is_tags, layout};
use crate::app::{App, ToastAction};
use crate::command::{self, Command};
use crate::model::entity::Entity;
use crate::model::field::{Ended, Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::{plain, show};
use crate::ui::part::{MenuButton, MenuItem, MenuRow, avatar_styled, chip_styled, icon, kbd};
use crate::ui::route::Route;
use crate::ui::text::{label, t};
use crate::ui::view::{convert, form, past};

/// How deep the heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The heading of the page.
    Page,
    /// The heading of a panel beside a list.
    Panel,
}

/// The head of a record.
#[component]
pub fn RecordHead(
    /// The record.
    id: RecordId,
    /// Its entity.
    entity: Arc<Entity>,
    /// How deep the heading stands.
    level: Level,
    /// Told once the record was removed.
    removed: Callback<()>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let title = Memo::new(move |_| {
        let title = app.title(id);
        if title.is_empty() { t("field-untitled") } else { title }
    });
    let heading = move || {
        let title = title.get();
        match level {
            Level::Page => view! { <h1>{title}</h1> }.into_any(),
            Level::Panel => view! { <h2>{title}</h2> }.into_any(),
        }
    };
    let name = label(&entity.label);
    let number = {
        let entity = entity.clone();
        move || {
            let record = app.record(id)?;
            let field = entity.fields.iter().find(|field| matches!(field.kind, FieldKind::AutoNumber { .. }))?;
            let number = record.value(field.id).as_text().filter(|_| field.id != entity.title)?.to_owned();
            Some(view! { <span>"·"</span><span class="num">{number}</span> }.into_any())
        }
    };
    let keys = {
        let entity = entity.clone();
        let told = layout(app, entity.id).map(|layout| layout.highlights.clone()).unwrap_or_default();
        move || {
            let record = app.record(id)?;
            // What stands among the figures is not said twice.
            let is_told = |field: &&FieldId| **field != entity.title && !told.contains(field);
            let fields = entity.summary.iter().filter(is_told);
            let fields = fields.filter_map(|field| entity.field(*field));
            let chips: Vec<AnyView> =
                fields.filter_map(|field| key_chip(app, &entity, field, record.value(field.id))).collect();
            Some(chips)
        }
    };
    let entity_id = entity.id;
    let may_convert = entity.conversion.is_some();
    let turn = move || {
        (may_convert && app.propose_conversion(id).is_ok()).then(|| {
            view! {
                <button class="button button--primary" type="button" on:click=move |_| convert::convert(id)>
                    {icon("shuffle")}
                    {t("convert")}
                </button>
            }
        })
    };
    let numbers = figures(app, id, &entity);
    let complete = completeness(app, id, &entity);
    let tags: Vec<AnyView> = entity
        .fields
        .iter()
        .filter(|field| is_tags(field))
        .map(|field| view! { <Fact id=id entity=entity.clone() field=Arc::new(field.clone())/> }.into_any())
        .collect();
    let became = became(app, id, &entity);
    let path = stage(app, &entity).map(|field| path(app, id, field));
    let menu = Callback::new(move |()| {
        vec![
            MenuRow::Item(MenuItem::new(t("record-copy-link"), move || copy_link(app, entity_id, id)).icon("link")),
            MenuRow::Item(MenuItem::new(t("record-print"), browser::print).icon("printer")),
            past::menu_row(entity_id, id),
            MenuRow::Rule,
            MenuRow::Item(
                MenuItem::new(t("record-remove"), move || {
                    if remove(app, id) {
                        removed.run(());
                    }
                })
                .icon("trash-2")
                .dangerous(),
            ),
        ]
    });
    view! {
        <div class="record__head">
            <div class="record__name">
                {move || avatar_styled(&title.get(), "avatar avatar--square avatar--40")}
                <div>
                    {heading}
                    <div class="record__sub"><span>{name}</span>{number}{complete}</div>
                </div>
            </div>
            <div class="record__actions">
                {turn}
                <button class="button" type="button" aria-keyshortcuts="E" on:click=move |_| form::edit(entity_id, id)>
                    {icon("square-pen")}
                    {t("record-edit")}
                    {kbd("E")}
                </button>
                <MenuButton label=t("record-more") items=menu class="button button--icon"/>
            </div>
            <div class="record__keys">
                {keys}
                {(!tags.is_empty()).then(|| view! { <div class="record__tags" role="list">{tags}</div> })}
            </div>
            {became}
            {path}
        </div>
        {numbers}
    }
    .into_any()
}

/// A key figure: options and links as they are, everything else as text in a frame.
fn key_chip(app: App, entity: &Entity, field: &Field, value: &Value) -> Option<AnyView> {
    if value.is_empty() {
        return None;
    }
    let tip = label(&field.label);
    let chip = match value {
        Value::Choice(option) => {
            let found = field.option(*option)?;
            chip_styled(&label(&found.label), found.hue, "chip chip--large chip--dot")
        }
        Value::Link(_) => {
            let shown = show(app, entity, field, value);
            view! { <span class="chip chip--large chip--line">{shown}</span> }.into_any()
        }
        Value::Flag(false) => return None,
        Value::Flag(true) => {
            view! { <span class="chip chip--large chip--good">{icon("check")}<span>{tip.clone()}</span></span> }
                .into_any()
        }
        _ => chip_styled(&plain(app, entity, field, value), None, "chip chip--large chip--line"),
    };
    Some(view! { <span class="chips" title=tip>{chip}</span> }.into_any())
}

/// What the record has turned into, once it has.
fn became(app: App, id: RecordId, entity: &Arc<Entity>) -> Option<AnyView> {
    let conversion = entity.conversion.as_ref()?;
    let links = conversion.targets.iter().filter_map(|target| target.link);
    let fields: Vec<Field> = links.filter_map(|link| entity.field(link)).cloned().collect();
    let entity = entity.clone();
    let drawn = move || {
        let record = app.record(id)?;
        let is_there = |field: &&Field| record.value(field.id).links().iter().any(|to| app.record(*to).is_some());
        let links: Vec<AnyView> = fields
            .iter()
            .filter(is_there)
            .map(|field| {
                let shown = show(app, &entity, field, record.value(field.id));
                view! { <span class="chip chip--large chip--line" title=label(&field.label)>{shown}</span> }.into_any()
            })
            .collect();
        (!links.is_empty()).then(|| {
            view! { <div class="record__keys"><span class="quiet">{t("convert-became")}</span>{links}</div> }.into_any()
        })
    };
    Some(drawn.into_any())
}

/// The choice that the record goes along, if there is one: its options say how the way ends.
fn stage(app: App, entity: &Entity) -> Option<Arc<Field>> {
    let _ = app;
    let found = entity.fields.iter().find(|field| {
        matches!(&field.kind, FieldKind::Choice { options } if options.iter().any(|option| option.ended.is_some()))
            && field.is_editable()
    });
    found.map(|field| Arc::new(field.clone()))
}

/// The options of the way in their order; a click goes there.
fn path(app: App, id: RecordId, field: Arc<Field>) -> AnyView {
    let field_id = field.id;
    let chosen =
        Memo::new(move |_| app.record(id).and_then(|record| record.value(field_id).options().first().copied()));
    let name = label(&field.label);
    let steps = move || {
        let now = chosen.get();
        let all = field.options();
        // A way that ended shows its end; the other ends are not where it can go.
        let at = all.iter().position(|option| Some(option.id) == now);
        // A way may be lost from anywhere: what stands before its end was not necessarily gone through.
        let has_lost = at.is_some_and(|at| all[at].ended == Some(Ended::Lost));
        let shown: Vec<_> = all
            .iter()
            .enumerate()
            .filter(|(_, option)| Some(option.id) == now || (!option.retired && option.ended != Some(Ended::Lost)))
            .collect();
        shown
            .into_iter()
            .map(|(index, option)| {
                let is_current = Some(option.id) == now;
                let is_done = !has_lost && at.is_some_and(|at| index < at);
                let text = label(&option.label);
                let (tip, to) = (text.clone(), option.id);
                let go = move |_| {
                    if !is_current
                        && let Err(rejection) =
                            app.dispatch(Command::MoveCard { record: id, field: field_id, to: Some(to) })
                    {
                        app.toast_rejection(&rejection);
                    }
                };
                view! {
                    <li style="display:contents">
                        <button
                            class=if is_done { "path__step path__step--done" } else { "path__step" }
                            type="button"
                            aria-current=is_current.then_some("step")
                            title=tip
                            on:click=go
                        >
                            <span>{text}</span>
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    let way = NodeRef::<html::Ol>::new();
    // A narrow way scrolls; where the record stands has to be in sight.
    Effect::new(move |_| {
        chosen.track();
        let Some(way) = way.get() else { return };
        request_animation_frame(move || {
            let Some(here) = way.query_selector("[aria-current]").ok().flatten() else { return };
            let (own, step) = (way.get_bounding_client_rect(), here.get_bounding_client_rect());
            let middle = step.left() + step.width() / 2.0 - own.left() - own.width() / 2.0;
            way.set_scroll_left(way.scroll_left() + middle as i32);
        });
    });
    view! { <ol class="path" aria-label=name node_ref=way>{steps}</ol> }.into_any()
}

/// Puts the address of a record on the clipboard.
pub fn copy_link(app: App, entity: EntityId, id: RecordId) {
    browser::copy(&browser::address_of(&Route::Record { entity, id }.href()));
    app.toast("record-link-copied", Vec::new(), ToastAction::None);
}

/// Removes a record and offers to take that back; whether it went.
fn remove(app: App, id: RecordId) -> bool {
    let (name, losing) =
        app.ask(|state| (crate::app::title(state, id), command::losing_links(state, std::slice::from_ref(&id))));
    match app.dispatch(Command::RemoveRecords { records: vec![id] }) {
        Ok(_) => {
            if losing > 0 {
                let told = vec![("name", name), ("count", losing.to_string())];
                app.toast("record-removed-links", told, ToastAction::Undo);
            } else {
                app.toast("record-removed", vec![("name", name)], ToastAction::Undo);
            }
            true
        }
        Err(rejection) => {
            app.toast_rejection(&rejection);
            false
        }
    }
}
