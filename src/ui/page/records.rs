//! The records of an entity: its views as tabs, what is looked for, and the list or board below.

mod begin;
mod choose;
mod colour;
mod group;
mod look;
mod save;
mod tabs;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::app::App;
use crate::model::definition::Definition;
use crate::model::entity::Entity;
use crate::model::id::{EntityId, RecordId};
use crate::model::view::{View, ViewShape};
use crate::ui::part::{Art, Empty, icon, kbd};
use crate::ui::route::{Linked, Route, go, replace, use_route};
use crate::ui::shell::{UndoButtons, group_name, is_typing, nowhere, use_app};
use crate::ui::text::{diagnostic, label, label_within, t, tr};
use crate::ui::trail::{Trail, use_trail};
use crate::ui::view::filter::FilterBar;
use crate::ui::view::form;
use crate::ui::view::lens::{Lens, all_of};
use crate::ui::view::record::RecordPanel;
use crate::ui::view::shape;
use crate::ui::{browser, format, handed, layer};

/// The page.
#[component]
pub fn RecordsPage(
    /// Whose records.
    entity: EntityId,
) -> impl IntoView {
    let app = use_app();
    let route = use_route();
    let definition = Memo::new(move |_| app.entity(entity));
    let views = Memo::new(move |_| definition.get().map(|entity| views_of(app, &entity)).unwrap_or_default());
    let chosen = Memo::new(move |_| match route.get() {
        Route::Records { view, linked, .. } => (view, linked),
        Route::Home
        | Route::Record { .. }
        | Route::Past { .. }
        | Route::Import { .. }
        | Route::Entities
        | Route::Design { .. }
        | Route::FormDesign { .. }
        | Route::Fill { .. }
        | Route::Forms
        | Route::Kiosk { .. }
        | Route::History
        | Route::Shared
        | Route::Settings
        | Route::Setting { .. }
        | Route::Unknown => (None, None),
    });
    let view = Memo::new(move |_| {
        let (chosen, _) = chosen.get();
        views.with(|views| {
            let named = views.iter().find(|view| Some(&view.id) == chosen.as_ref());
            named.or(views.first()).cloned()
        })
    });
    let linked = Memo::new(move |_| chosen.get().1);
    // The address may name a view that is gone: then it gets the name of the one that is shown.
    let stray = Memo::new(move |_| match route.get() {
        Route::Records { entity: at, view: Some(named), beside, linked } if at == entity => {
            let shown = view.with(|view| view.as_ref().map(|view| view.id.clone()))?;
            (shown != named).then_some(Route::Records { entity, view: Some(shown), beside, linked })
        }
        _ => None,
    });
    Effect::new(move |_| {
        if let Some(shown) = stray.get() {
            replace(&shown);
        }
    });
    move || match (definition.get(), view.get()) {
        (Some(entity), Some(view)) => page(app, entity, view, views, linked.get()),
        _ => nowhere(),
    }
}

/// The views of an entity as people defined them, and a list of everything where there is no list.
fn views_of(app: App, entity: &Entity) -> Vec<Arc<View>> {
    let mut views: Vec<Arc<View>> = app
        .definitions()
        .into_iter()
        .filter_map(|definition| match definition {
            Definition::View(view) if view.entity == entity.id && is_meant(app, &view) => Some(view),
            Definition::View(_)
            | Definition::Entity(_)
            | Definition::Layout(_)
            | Definition::Rule(_)
            | Definition::Score(_)
            | Definition::Form(_)
            | Definition::Workspace(_) => None,
        })
        .collect();
    if !views.iter().any(|view| is_list(view)) {
        views.insert(0, Arc::new(all_of(entity)));
    }
    // Where nobody has put them in order, a list is what one expects first.
    views.sort_by_key(|view| (view.order, !is_list(view)));
    views
}

/// Whether a view is for the one who is looking: their own, or everybody's. Whose owner has gone is everybody's.
fn is_meant(app: App, view: &View) -> bool {
    let me = app.preferences().actor.get();
    view.owner.is_none_or(|owner| me == Some(owner) || app.ask(|state| state.shared_record(owner).is_none()))
}

fn is_list(view: &View) -> bool {
    matches!(view.shape, ViewShape::List { .. })
}

fn page(
    app: App,
    entity: Arc<Entity>,
    view: Arc<View>,
    views: Memo<Vec<Arc<View>>>,
    linked: Option<Linked>,
) -> AnyView {
    browser::set_title(&label(&entity.plural));
    let route = use_route();
    let lens = Lens::new(app, &entity, (*view).clone(), linked);
    handed::take_up(lens);
    let (id, shown) = (entity.id, view.id.clone());
    let beside = Memo::new(move |_| match route.get() {
        Route::Records { entity, beside, .. } if entity == id => beside,
        Route::Records { .. }
        | Route::Home
        | Route::Record { .. }
        | Route::Past { .. }
        | Route::Import { .. }
        | Route::Entities
        | Route::Design { .. }
        | Route::FormDesign { .. }
        | Route::Fill { .. }
        | Route::Forms
        | Route::Kiosk { .. }
        | Route::History
        | Route::Shared
        | Route::Settings
        | Route::Setting { .. }
        | Route::Unknown => None,
    });
    let at = StoredValue::new(shown.clone());
    // Whether the list is the step before the record that is open beside it.
    let is_one_step = StoredValue::new(false);
    let open_beside = Callback::new(move |record: RecordId| {
        let to = Route::Records { entity: id, view: Some(at.get_value()), beside: Some(record), linked };
        // Going from record to record is one step of the browser's history, not many.
        if beside.get_untracked().is_some() {
            replace(&to);
        } else {
            is_one_step.set_value(true);
            go(&to);
        }
    });
    // Between the step back and the page that follows it Escape may be pressed again: a second step would leave the app.
    let is_closing = StoredValue::new(false);
    let close = Callback::new(move |()| {
        if is_closing.get_value() {
            return;
        }
        if is_one_step.get_value() {
            is_closing.set_value(true);
            let later = move || {
                let _ = is_closing.try_set_value(false);
            };
            set_timeout(later, Duration::from_millis(600));
            layer::back();
        } else {
            replace(&Route::Records { entity: id, view: Some(at.get_value()), beside: None, linked });
        }
    });
    Effect::new(move |former: Option<Option<RecordId>>| {
        let now = beside.get();
        if former.is_some() && now.is_none() {
            is_one_step.set_value(false);
            is_closing.set_value(false);
        }
        if let (Some(Some(record)), None) = (former, now) {
            focus_record_soon(record);
        }
        now
    });
    let trail = use_trail();
    on_cleanup(move || {
        let (view, found) = (at.try_get_value(), lens.found.try_get_untracked());
        if let Some(found) = found {
            let list = Route::Records { entity: id, view, beside: None, linked };
            let _ = trail.try_set(Some(Trail { entity: id, list, found }));
        }
    });
    let step = Callback::new(move |by: i32| {
        let Some(now) = beside.get_untracked() else { return };
        let next = lens.found.with_untracked(|found| {
            let place = found.rows.iter().position(|row| *row == now)?;
            found.rows.get(place.checked_add_signed(by as isize)?).copied()
        });
        if let Some(next) = next {
            open_beside.run(next);
        }
    });
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_bare = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        if !is_bare || event.default_prevented() || is_typing(&event) || beside.get_untracked().is_none() {
            return;
        }
        match event.key().as_str() {
            "j" => step.run(1),
            "k" => step.run(-1),
            "Escape" => close.run(()),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let columns_open = RwSignal::new(false);
    let choose_columns = Callback::new(move |()| columns_open.set(true));
    let place = move || {
        beside.get().and_then(|now| {
            lens.found.with(|found| found.rows.iter().position(|row| *row == now).map(|at| (at + 1, found.rows.len())))
        })
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            {head(&entity, lens)}
            {tabs::bar(&entity, lens, &shown, views)}
            <div class="page__bar page__bar--wrap">
                <FilterBar lens=lens entity=entity.clone()/>
                <span class="push"></span>
                {is_list(&view).then(|| select_button(lens))}
                {is_list(&view).then(|| group::group(lens, &entity))}
                {choose::sort(lens, &entity)}
                {shape::button(lens, &entity)}
                {colour::colour(lens, &entity)}
                {choose::columns(lens, &entity, columns_open)}
                {find(lens)}
            </div>
            <div class="page__body page__body--bare">
                {body(&entity, &view, lens, beside.into(), open_beside, choose_columns)}
            </div>
        </main>
        {move || {
            beside
                .get()
                .map(|record| view! { <RecordPanel id=record close=close step=step place=Signal::derive(place)/> })
        }}
    }
    .into_any()
}

fn head(entity: &Arc<Entity>, lens: Lens) -> AnyView {
    let id = entity.id;
    let new = StoredValue::new(tr("list-new", [("name", label_within(&entity.label).into())]));
    let number = |count: usize| format::number(Decimal::from(count), Some(0));
    let count = move || {
        lens.found.with(|found| match found.rows.len() == found.all {
            true => number(found.all),
            false => format!("{} / {}", number(found.rows.len()), number(found.all)),
        })
    };
    view! {
        <header class="page__head">
            <nav class="crumbs" aria-label=t("shell-breadcrumb")>
                <ol>
                    <li><span class="quiet">{group_name(entity.group)}</span></li>
                    <li>
                        <span class="page__title">
                            <h1>{label(&entity.plural)}</h1>
                            <span class="page__count">{count}</span>
                        </span>
                    </li>
                </ol>
            </nav>
            <div class="page__actions">
                <UndoButtons/>
                <a
                    class="button button--quiet button--icon button--small"
                    href=Route::Import { entity: id }.href()
                    aria-label=t("list-import")
                    title=t("list-import")
                >
                    {icon("upload")}
                </a>
                <button
                    class="button button--primary"
                    type="button"
                    data-new=""
                    aria-keyshortcuts="N"
                    on:click=move |_| form::create(id, lens.preset())
                >
                    {icon("plus")}
                    <span class="wide-only">{new.get_value()}</span>
                    <span class="narrow-only" aria-hidden="true">{t("list-new-short")}</span>
                    <span class="narrow-only sr-only">{new.get_value()}</span>
                    {kbd("N")}
                </button>
            </div>
        </header>
    }
    .into_any()
}

/// Gives the focus back to the row or card of a record, if it has gone with the panel.
fn focus_record_soon(record: RecordId) {
    request_animation_frame(move || {
        let wanted = format!("[data-id=\"{record}\"] > [data-col=\"1\"], .card[data-key=\"{record}\"] .card__title");
        if !browser::has_focused_element() && !browser::focus_first(&wanted) {
            browser::focus_first(".grid__body [tabindex=\"0\"], .board .card__title");
        }
    });
}

/// Where there is no room for tick boxes beside the rows, or no pointer to hover with.
fn select_button(lens: Lens) -> AnyView {
    let toggle = move |_| if lens.has_selection() { lens.unselect() } else { lens.is_selecting.set(true) };
    view! {
        <button
            class="button button--quiet button--small select-rows"
            type="button"
            aria-pressed=move || lens.is_selecting.get().to_string()
            on:click=toggle
        >
            {icon("list-checks")}
            {t("list-select-rows")}
        </button>
    }
    .into_any()
}

fn find(lens: Lens) -> AnyView {
    let input = move |event| lens.search.set(event_target_value(&event));
    view! {
        <label class="input input-box find" style="min-block-size:var(--control-small)">
            {icon("search")}
            <span class="sr-only">{t("list-find")}</span>
            <input
                type="search"
                style="min-block-size:calc(var(--control-small) - 2px)"
                placeholder=t("list-find")
                autocomplete="off"
                prop:value=lens.search
                on:input=input
                on:keydown=move |event| {
                    if event.key() == "Escape" && lens.search.with_untracked(|search| !search.is_empty()) {
                        event.stop_propagation();
                        event.prevent_default();
                        lens.search.set(String::new());
                    }
                }
            />
        </label>
    }
    .into_any()
}

/// Which of its states the page is in.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Full,
    Empty,
    NoMatch,
    Wrong,
}

fn body(
    entity: &Arc<Entity>,
    view: &Arc<View>,
    lens: Lens,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    choose_columns: Callback<()>,
) -> AnyView {
    let is_board = !is_list(view);
    let state = Memo::new(move |_| {
        lens.found.with(|found| match (found.wrong.is_empty(), found.all, found.rows.len()) {
            (false, _, _) => State::Wrong,
            (true, 0, _) => State::Empty,
            // An empty board still shows its columns.
            (true, _, 0) if !is_board => State::NoMatch,
            (true, _, _) => State::Full,
        })
    });
    let entity = entity.clone();
    (move || match state.get() {
        State::Wrong => wrong(lens),
        State::Empty => empty(&entity, lens),
        State::NoMatch => no_match(lens),
        State::Full => look::look(entity.clone(), lens, beside, open_beside, choose_columns),
    })
    .into_any()
}

fn empty(entity: &Arc<Entity>, lens: Lens) -> AnyView {
    let id = entity.id;
    let (one, many) = (label_within(&entity.label), label(&entity.plural));
    let say = tr("list-empty-say", [("name", label_within(&entity.plural).into())]);
    view! {
        <Empty art=Art::Cards title=tr("list-empty-title", [("name", many.into())]) say=say>
            <button class="button button--primary" type="button" on:click=move |_| form::create(id, lens.preset())>
                {icon("plus")}
                {tr("list-new", [("name", one.into())])}
            </button>
            <a class="button" href=Route::Import { entity: id }.href()>{icon("upload")}{t("list-import")}</a>
        </Empty>
    }
    .into_any()
}

fn no_match(lens: Lens) -> AnyView {
    (move || unmatched(lens)).into_any()
}

fn unmatched(lens: Lens) -> AnyView {
    let search = lens.search.get();
    let title = if search.trim().is_empty() {
        t("list-no-match-title")
    } else {
        tr("list-no-match-search", [("search", search.trim().into())])
    };
    let hidden = lens.found.with(|found| found.all);
    let has_filters = lens.filters.with(|filters| !filters.is_empty());
    view! {
        <Empty art=Art::Search title=title say=tr("list-no-match-say", [("count", hidden.into())])>
            {(!search.is_empty()).then(|| view! {
                <button class="button" type="button" on:click=move |_| lens.search.set(String::new())>{t("list-clear-search")}</button>
            })}
            {has_filters.then(|| drop_filters(lens))}
        </Empty>
    }
    .into_any()
}

fn wrong(lens: Lens) -> AnyView {
    let say = Memo::new(move |_| {
        lens.found.with(|found| found.wrong.iter().map(diagnostic).collect::<Vec<String>>().join(" "))
    });
    (move || {
        view! {
            <Empty art=Art::Torn title=t("list-wrong-title") say=format!("{} {}", say.get(), t("list-wrong-say"))>
                {drop_filters(lens)}
            </Empty>
        }
    })
    .into_any()
}

fn drop_filters(lens: Lens) -> AnyView {
    let drop = move |_| {
        lens.filters.set(Vec::new());
        lens.remember();
    };
    view! { <button class="button" type="button" on:click=drop>{t("list-drop-filters")}</button> }.into_any()
}
