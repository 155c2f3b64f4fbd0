//! The people who work here, whichever entity they are: who is acting, everybody with role, team and superior, and the teams as a
//! tree. Which fields those are follows from the definitions.

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::setting;
use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::show_in_cell;
use crate::ui::part::{Art, Empty, avatar_styled, icon, icon_button};
use crate::ui::route::Route;
use crate::ui::shell::use_floating;
use crate::ui::text::{label, label_within, t, tr};
use crate::ui::view::form;
use crate::ui::{browser, format};

/// People that are listed at first.
const FEW: usize = 100;

/// What is known of people, by their entity's definition.
#[derive(Clone, PartialEq)]
struct Shape {
    people: Arc<Entity>,
    role: Option<Field>,
    superior: Option<Field>,
    team: Option<(Field, Tree)>,
    active: Option<FieldId>,
}

/// An entity whose records stand above one another.
#[derive(Clone, PartialEq)]
struct Tree {
    entity: Arc<Entity>,
    parent: FieldId,
}

/// The section.
pub fn rows(app: App) -> AnyView {
    let shape = Memo::new(move |_| shape(app));
    (move || match shape.get() {
        None => view! { <Empty art=Art::Cards title=t("people-none") say=t("people-none-say")/> }.into_any(),
        Some(shape) => view! { {acting(app)}{everybody(app, shape)} }.into_any(),
    })
    .into_any()
}

/// The teams, where people stand in any.
pub fn teams(app: App) -> AnyView {
    let shape = Memo::new(move |_| shape(app));
    (move || {
        let shape = shape.get()?;
        let (field, tree) = shape.team.clone()?;
        Some(team_tree(app, shape, field.id, tree))
    })
    .into_any()
}

fn shape(app: App) -> Option<Shape> {
    let people = app.entity(app.workspace()?.people?)?;
    let is_choice = |field: &&Field| matches!(field.kind, FieldKind::Choice { .. });
    let summed = people.summary.iter().filter_map(|id| people.field(*id)).find(is_choice);
    let role = summed.or_else(|| people.fields.iter().find(is_choice)).cloned();
    let superior = people.parent_field().cloned();
    let team = people.fields.iter().find_map(|field| {
        let FieldKind::Link(target) = &field.kind else { return None };
        let entity = target.to.iter().filter(|id| **id != people.id).find_map(|id| app.entity(*id))?;
        let parent = entity.parent_field()?.id;
        Some((field.clone(), Tree { entity, parent }))
    });
    Some(Shape { role, superior, team, active: people.active, people })
}

/// Who is acting on this device.
fn acting(app: App) -> AnyView {
    let actor = app.preferences().actor.clone();
    let name = move || actor.get().map(|id| app.title(id)).unwrap_or_else(|| t("shell-nobody"));
    let open = use_floating().acting;
    let does = view! {
        <button class="button" type="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            {move || avatar_styled(&name(), "avatar avatar--20")}
            {move || app.preferences().actor.get().map(|id| app.title(id)).unwrap_or_else(|| t("shell-nobody"))}
            {icon("chevrons-up-down")}
        </button>
    };
    setting(t("settings-acting"), t("settings-acting-say"), does.into_any())
}

fn everybody(app: App, shape: Shape) -> AnyView {
    let find = RwSignal::new(String::new());
    let most = RwSignal::new(FEW);
    let entity = shape.people.id;
    let active = shape.active;
    // Who is deactivated here stays in place, so that nobody else moves under the pointer.
    let known: StoredValue<FxHashMap<RecordId, bool>> = StoredValue::new(FxHashMap::default());
    let found = Memo::new(move |_| {
        app.track_entity(entity);
        let words = find.get().to_lowercase();
        let mut people: Vec<(bool, String, RecordId)> = app.ask(|state| {
            let members = state.member_ids(entity).iter();
            let one = |id: &RecordId| {
                let is_inactive = active.is_some_and(|field| {
                    state.record(*id).is_some_and(|record| *record.value(field) == Value::Flag(false))
                });
                let stood = known.try_update_value(|known| *known.entry(*id).or_insert(is_inactive));
                (stood.unwrap_or(is_inactive), crate::app::title(state, *id), *id)
            };
            members.map(one).filter(|(_, name, _)| name.to_lowercase().contains(&words)).collect()
        });
        people.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| format::collate(&a.1, &b.1)));
        people.into_iter().map(|(_, _, id)| id).collect::<Vec<RecordId>>()
    });
    let one = label_within(&shape.people.label);
    let shape = StoredValue::new(shape);
    let shown = Memo::new(move |_| found.with(|found| found.iter().take(most.get()).copied().collect::<Vec<_>>()));
    let more = move || {
        let left = found.with(Vec::len).saturating_sub(most.get());
        (left > 0).then(|| {
            view! {
                <li>
                    <button class="button button--link" type="button" on:click=move |_| most.update(|most| *most += FEW)>
                        {tr("timeline-more", [("count", left.into())])}
                    </button>
                </li>
            }
        })
    };
    let nobody = move || {
        found.with(Vec::is_empty).then(|| view! { <li class="quiet" role="status">{t("people-no-match")}</li> })
    };
    view! {
        <div class="setting people__tools">
            <label class="input input-box find">
                {icon("search")}
                <span class="sr-only">{t("people-find")}</span>
                <input
                    type="search"
                    placeholder=t("people-find")
                    prop:value=move || find.get()
                    on:input=move |event| find.set(event_target_value(&event))
                />
            </label>
            <span class="quiet num">{move || format::number(found.with(Vec::len).into(), Some(0))}</span>
            <button class="button button--primary push" type="button" on:click=move |_| form::create(entity, Vec::new())>
                {icon("plus")}
                {tr("people-add", [("thing", one.into())])}
            </button>
        </div>
        <ul class="people" aria-label=t("settings-people")>
            <For each=move || shown.get() key=|id| *id let:id>{person(app, shape, id)}</For>
            {nobody}
            {more}
        </ul>
    }
    .into_any()
}

fn person(app: App, shape: StoredValue<Shape>, id: RecordId) -> AnyView {
    let drawn = move || {
        let record = app.record(id)?;
        let name = app.title(id);
        let shape = shape.get_value();
        let entity = shape.people.id;
        let is_active = shape.active.is_none_or(|field| *record.value(field) != Value::Flag(false));
        let cell = |field: Option<&Field>| {
            let field = field?;
            let value = record.value(field.id);
            Some((label(&field.label), (!value.is_empty()).then(|| show_in_cell(app, &shape.people, field, value))))
        };
        let cells = [
            cell(shape.role.as_ref()),
            cell(shape.team.as_ref().map(|(field, _)| field)),
            cell(shape.superior.as_ref()),
        ];
        let cells: Vec<AnyView> = cells
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                view! { <span class="people__cell"><span class="sr-only">{name}" "</span>{value}</span> }.into_any()
            })
            .collect();
        let switch = shape.active.map(|field| switch(app, field, id, &name, is_active));
        let edit =
            icon_button(tr("people-edit", [("name", name.clone().into())]), "pencil", move || form::edit(entity, id));
        Some(view! {
            <li class="people__one" data-off=(!is_active).then_some("")>
                {avatar_styled(&name, "avatar avatar--28")}
                <span class="people__name">
                    <a href=Route::Record { entity, id }.href()>{name.clone()}</a>
                    {(!is_active).then(|| view! { <span class="chip">{t("people-inactive")}</span> })}
                </span>
                {cells}
                <span class="people__do">{edit}{switch}</span>
            </li>
        })
    };
    drawn.into_any()
}

/// Deactivates a person, or activates them; not the one who is acting, who would be left without a name to act in.
fn switch(app: App, field: FieldId, id: RecordId, name: &str, is_active: bool) -> AnyView {
    let (key, said, picture) = match is_active {
        true => ("people-retire", "people-retired", "circle-pause"),
        false => ("people-return", "people-returned", "circle-play"),
    };
    let actor = app.preferences().actor.clone();
    let is_self = Memo::new(move |_| is_active && actor.get() == Some(id));
    let says = tr(key, [("name", name.into())]);
    let tip = says.clone();
    let own = format!("people-switch-{id}");
    let (anchor, name) = (own.clone(), name.to_owned());
    let act = move |event: web_sys::MouseEvent| {
        // The second click of a double one would take back the first.
        if is_self.get_untracked() || event.detail() > 1 {
            return;
        }
        match app.dispatch(Command::UpdateRecord { record: id, values: vec![(field, Value::Flag(!is_active))] }) {
            Ok(_) => app.toast(said, vec![("name", name.clone())], ToastAction::Undo),
            Err(rejection) => app.toast_rejection(&rejection),
        }
        // The row is drawn anew, and its button with it.
        let anchor = anchor.clone();
        request_animation_frame(move || browser::focus(&anchor));
    };
    view! {
        <button
            class="button button--quiet button--icon button--small"
            id=own
            type="button"
            aria-label=move || match is_self.get() {
                true => format!("{says} · {}", t("people-acts-now")),
                false => says.clone(),
            }
            title=move || if is_self.get() { t("people-acts-now") } else { tip.clone() }
            aria-disabled=move || is_self.get().then_some("true")
            on:click=act
        >
            {icon(picture)}
        </button>
    }
    .into_any()
}

fn team_tree(app: App, shape: Shape, via: FieldId, tree: Tree) -> AnyView {
    let entity = tree.entity.id;
    let one = label_within(&tree.entity.label);
    let shape = StoredValue::new((shape, tree));
    let roots = Memo::new(move |_| {
        app.track_entity(entity);
        let parent = shape.with_value(|(_, tree)| tree.parent);
        app.ask(|state| {
            let is_root = |id: &RecordId| {
                let above = state.record(*id).and_then(|record| record.value(parent).links().first().copied());
                above.is_none_or(|above| state.record(above).is_none())
            };
            let mut roots: Vec<RecordId> = state.member_ids(entity).iter().copied().filter(is_root).collect();
            roots.sort_by(|a, b| format::collate(&crate::app::title(state, *a), &crate::app::title(state, *b)));
            roots
        })
    });
    let nodes = move || {
        let mut seen = FxHashSet::default();
        let roots = roots.get();
        // What stands below them may change while they stay the same.
        app.track_entity(entity);
        app.track_entity(shape.with_value(|(shape, _)| shape.people.id));
        roots.into_iter().map(|id| team(app, shape, via, id, &mut seen)).collect::<Vec<AnyView>>()
    };
    view! {
        <div class="setting people__tools">
            <span class="setting__say"><p>{t("people-teams-say")}</p></span>
            <button class="button push" type="button" on:click=move |_| form::create(entity, Vec::new())>
                {icon("plus")}
                {tr("people-add", [("thing", one.into())])}
            </button>
        </div>
        <ul class="teams">{nodes}</ul>
    }
    .into_any()
}

fn team(
    app: App,
    shape: StoredValue<(Shape, Tree)>,
    via: FieldId,
    id: RecordId,
    seen: &mut FxHashSet<RecordId>,
) -> AnyView {
    if !seen.insert(id) {
        return ().into_any();
    }
    let name = app.title(id);
    let (entity, parent, people) = shape.with_value(|(shape, tree)| (tree.entity.id, tree.parent, shape.people.id));
    let active = shape.with_value(|(shape, _)| shape.active);
    let by_name = |state: &crate::model::state::State, mut ids: Vec<RecordId>| {
        ids.sort_by(|a, b| format::collate(&crate::app::title(state, *a), &crate::app::title(state, *b)));
        ids
    };
    let (below, members) = app.ask(|state| {
        let works = |id: &RecordId| {
            let works = |record: &Record| active.is_none_or(|field| *record.value(field) != Value::Flag(false));
            state.record(*id).is_some_and(works)
        };
        let members: Vec<RecordId> = state.incoming(id, people, via).into_iter().filter(works).collect();
        (by_name(state, state.incoming(id, entity, parent)), by_name(state, members))
    });
    let count = members.len();
    let members: Vec<AnyView> = members
        .into_iter()
        .map(|member| {
            let name = app.title(member);
            let href = Route::Record { entity: people, id: member }.href();
            view! { <li><a class="teams__member" href=href>{avatar_styled(&name, "avatar avatar--20")}{name.clone()}</a></li> }
                .into_any()
        })
        .collect();
    let children: Vec<AnyView> = below.into_iter().map(|below| team(app, shape, via, below, seen)).collect();
    let edit =
        icon_button(tr("people-edit", [("name", name.clone().into())]), "pencil", move || form::edit(entity, id));
    let add = icon_button(tr("people-add-below", [("name", name.clone().into())]), "plus", move || {
        form::create(entity, vec![(parent, Value::Link(id))]);
    });
    view! {
        <li>
            <div class="teams__one">
                {icon("network")}
                <a href=team_link(entity, id)>{name}</a>
                <span class="quiet">{tr("people-members", [("count", count.into())])}</span>
                <span class="people__do">{add}{edit}</span>
            </div>
            {(count > 0).then(|| view! { <ul class="teams__members">{members}</ul> })}
            {(!children.is_empty()).then(|| view! { <ul>{children}</ul> })}
        </li>
    }
    .into_any()
}

fn team_link(entity: EntityId, id: RecordId) -> String {
    Route::Record { entity, id }.href()
}
