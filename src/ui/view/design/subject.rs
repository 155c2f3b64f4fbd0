//! What can be set of the entity itself: its names, its picture, what names a record, where it stands.

use leptos::prelude::*;

use super::Bench;
use super::begin;
use super::control::{Control, Shape, control};
use crate::app::ToastAction;
use crate::command::Command;
use crate::model::change::Change;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::id::FieldId;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::{Route, go};
use crate::ui::shell::{GROUPS, group_name};
use crate::ui::text::{diagnostic, label, t, tr};

/// A line of text of an entity.
struct Line {
    id: &'static str,
    read: fn(&Entity) -> &String,
    write: fn(&mut Entity) -> &mut String,
}

const LINES: [Line; 4] = [
    Line { id: "design-name-zh", read: |it| &it.label.zh, write: |it| &mut it.label.zh },
    Line { id: "design-name-en", read: |it| &it.label.en, write: |it| &mut it.label.en },
    Line { id: "design-plural-zh", read: |it| &it.plural.zh, write: |it| &mut it.plural.zh },
    Line { id: "design-plural-en", read: |it| &it.plural.en, write: |it| &mut it.plural.en },
];

/// The part of the inspector.
pub fn subject(bench: Bench) -> AnyView {
    let lines: Vec<AnyView> = LINES
        .iter()
        .map(|line| {
            let read =
                Callback::new(move |()| bench.entity().map(|entity| (line.read)(&entity).clone()).unwrap_or_default());
            let write = Callback::new(move |typed: String| {
                bench.change_entity(line.id, &|entity| *(line.write)(entity) = typed.trim().to_owned())
            });
            control(bench, Control { id: line.id, name: line.id, hint: None, shape: Shape::Line, read, write })
        })
        .collect();
    view! {
        <div class="design__body">
            <div class="design__inside">
                {lines}
                {title(bench)}
                {group(bench)}
                {tucked(bench)}
                {look(bench)}
            </div>
            <p class="design__key">{t("design-key")}" "<code>{bench.id.to_string()}</code></p>
            {leave(bench)}
        </div>
    }
    .into_any()
}

fn title(bench: Bench) -> AnyView {
    let read = Callback::new(move |()| bench.entity().map(|entity| entity.title.to_string()).unwrap_or_default());
    let write = Callback::new(move |id: String| {
        bench.change_entity("design-title-field", &|entity| entity.title = FieldId::new(&id))
    });
    let options = Memo::new(move |_| {
        let Some(entity) = bench.entity() else { return Vec::new() };
        let is_text = |field: &&crate::model::field::Field| {
            !field.retired && field.kind.result() == Some(crate::model::field::ResultKind::Text)
        };
        let named = entity.fields.iter().filter(is_text);
        named.map(|field| (field.id.to_string(), label(&field.label))).collect()
    });
    let (id, name) = ("design-title-field", "design-title-field");
    (move || control(bench, Control { id, name, hint: None, shape: Shape::Select(options.get()), read, write }))
        .into_any()
}

fn group(bench: Bench) -> AnyView {
    let at = move || {
        let group = bench.entity().map(|entity| entity.group)?;
        GROUPS.iter().position(|known| *known == group)
    };
    let read = Callback::new(move |()| at().unwrap_or_default().to_string());
    let write = Callback::new(move |typed: String| {
        let group = typed.parse().ok().and_then(|at: usize| GROUPS.get(at));
        group.is_some_and(|group| bench.change_entity("design-group", &|entity| entity.group = *group))
    });
    let options = GROUPS.into_iter().enumerate().map(|(at, group)| (at.to_string(), group_name(group))).collect();
    let (id, name) = ("design-group", "design-group");
    control(bench, Control { id, name, hint: None, shape: Shape::Select(options), read, write })
}

fn tucked(bench: Bench) -> AnyView {
    let read = Callback::new(move |()| {
        if bench.entity().is_some_and(|entity| entity.tucked) { "true".to_owned() } else { String::new() }
    });
    let write = Callback::new(move |typed: String| {
        bench.change_entity("design-tucked", &|entity| entity.tucked = typed == "true")
    });
    let (id, name) = ("design-tucked", "design-tucked");
    control(bench, Control { id, name, hint: None, shape: Shape::Tick, read, write })
}

/// Picture and colour.
fn look(bench: Bench) -> AnyView {
    let (now, hue) = untrack(|| bench.entity()).map(|entity| (entity.icon.clone(), entity.hue)).unwrap_or_default();
    let known = begin::ICONS.into_iter().find(|name| *name == now);
    let picture = RwSignal::new(known.unwrap_or_default());
    let colour = RwSignal::new(hue);
    Effect::new(move |former: Option<(&'static str, u8)>| {
        let chosen = (picture.get(), colour.get());
        if former.is_some_and(|former| former != chosen) {
            bench.change_entity("design-icon", &|entity| {
                if !chosen.0.is_empty() {
                    entity.icon = chosen.0.to_owned();
                }
                entity.hue = chosen.1;
            });
        }
        chosen
    });
    view! { {begin::pictures(picture)}{begin::hues(colour)} }.into_any()
}

/// An entity goes with what is only about it; as long as it has records it stays.
fn leave(bench: Bench) -> AnyView {
    let open = RwSignal::new(false);
    let command = move || Command::Undefine { ids: vec![Definition::entity_id(bench.id)] };
    let name = move || bench.entity().map(|entity| label(&entity.plural)).unwrap_or_default();
    let title = Signal::derive(move || tr("design-delete-title", [("name", name().into())]));
    let delete = move |_| {
        let what = untrack(name);
        match bench.app.dispatch(command()) {
            Ok(_) => {
                open.set(false);
                go(&Route::Entities);
                bench.app.toast("design-deleted", vec![("name", what)], ToastAction::Undo);
            }
            Err(refused) => bench.app.toast_rejection(&refused),
        }
    };
    let footer = Callback::new(move |()| {
        let is_possible = bench.app.rehearse(&command()).is_ok();
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--danger" type="button" disabled=!is_possible on:click=delete>{t("design-delete-do")}</button>
        }
        .into_any()
    });
    let inside = move || match bench.app.rehearse(&command()) {
        Ok(changes) => {
            let gone: Vec<AnyView> = changes
                .iter()
                .filter_map(|change| {
                    let Change::Defined { before: Some(before), after, .. } = change else { return None };
                    let key = if after.is_some() { "design-along-changed" } else { "design-along-gone" };
                    let name =
                        if let Definition::Layout(_) = before { t("design-page") } else { label(&before.label()) };
                    Some(view! { <li>{tr(key, [("name", name.into())])}</li> }.into_any())
                })
                .collect();
            view! { <div class="design__along"><p>{t("design-along")}</p><ul>{gone}</ul></div> }.into_any()
        }
        Err(refused) => {
            let reasons: Vec<AnyView> = refused
                .diagnostics
                .iter()
                .map(|wrong| view! { <li>{icon("circle-alert")}<span>{diagnostic(wrong)}</span></li> }.into_any())
                .collect();
            view! { <div class="design__refused" role="alert"><p>{t("design-not-possible")}</p><ul>{reasons}</ul></div> }.into_any()
        }
    };
    view! {
        <div class="design__leave">
            <button class="button button--quiet design__delete" type="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                {icon("trash-2")}
                {t("design-delete-entity")}
            </button>
        </div>
        <Dialog open=open title=title class="dialog--small" footer=footer>{inside}</Dialog>
    }
    .into_any()
}
