//! The rail on the left and the bar at the bottom of a narrow screen: everywhere one can go.

use std::sync::Arc;

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::arrange::{Parts, arrange};
use super::{Floating, RailState, folded_away, group_name, listed, use_app, use_floating};
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::ui::part::{avatar_styled, icon, icon_styled, kbd};
use crate::ui::route::{Route, use_route};
use crate::ui::text::{label, t};
use crate::ui::{browser, format};

const RAIL: &str = "rail";
const MORE: &str = "dock-more";

/// The rail.
#[component]
pub fn Rail() -> impl IntoView {
    let app = use_app();
    let floating = use_floating();
    let parts = Memo::new(move |_| floating.arranged.parts(app));
    let name = move || app.workspace().map(|workspace| label(&workspace.name)).unwrap_or_default();
    let fold_label = move || {
        if floating.rail.get() == RailState::Folded { t("shell-unfold-rail") } else { t("shell-fold-rail") }
    };
    view! {
        <nav
            class="rail"
            id=RAIL
            aria-label=t("shell-main-navigation")
            tabindex=move || is_drawn(floating).then_some("-1")
            on:keydown=move |event| {
                let is_drawn = floating.rail.get_untracked() == RailState::Drawer;
                if event.key() == "Escape" && !event.default_prevented() && is_drawn {
                    event.prevent_default();
                    event.stop_propagation();
                    draw_back(floating);
                }
            }
            on:click=move |event| {
                // Whoever goes somewhere from the drawer has seen enough of it, even where one is there already.
                let is_drawn = floating.rail.get_untracked() == RailState::Drawer;
                if is_drawn && browser::closest(event.target(), "a, .rail__search").is_some() {
                    floating.rail.set(RailState::Open);
                    request_animation_frame(|| browser::focus("main"));
                }
            }
        >
            <div class="rail__top">
                <a class="rail__space" href="#/" title=name style="text-decoration:none;color:inherit">
                    <span class="rail__mark">{icon("sprout")}</span>
                    <span class="clip">{name}</span>
                </a>
                {fold_button(floating, Signal::derive(fold_label))}
            </div>
            <button
                class="rail__search"
                type="button"
                aria-keyshortcuts="Control+K"
                on:click=move |_| floating.palette.set(true)
            >
                {icon("search")}
                <span class="clip">{t("shell-search")}</span>
                {kbd("Ctrl K")}
            </button>
            // The list scrolls by itself, so the keyboard must reach it; its links do that.
            <div class="rail__scroll">
                {unfold(floating)}
                {move || {
                    let Parts { pinned, groups, .. } = parts.get();
                    let pinned = (!pinned.is_empty()).then(|| open_group(app, t("arrange-pinned"), pinned));
                    let groups = groups.into_iter().map(|(group, members)| open_group(app, group_name(group), members));
                    pinned.into_iter().chain(groups).collect::<Vec<AnyView>>()
                }}
                {more(app, Memo::new(move |_| parts.with(|parts| parts.hidden.clone())))}
                {build()}
                <ul class="rail__group">{place(Route::History, "history", t("nav-history"))}</ul>
                {arrange(app, floating.arranged)}
            </div>
            <div class="rail__foot">
                <Actor/>
                <a
                    class="button button--quiet button--icon button--small"
                    href=Route::Settings.href()
                    aria-label=t("nav-settings")
                    title=t("nav-settings")
                    aria-current=current(|route| matches!(route, Route::Settings | Route::Setting { .. }))
                >
                    {icon("settings")}
                </a>
            </div>
        </nav>
    }
    .into_any()
}

/// The bar at the bottom of a narrow screen.
#[component]
pub fn Dock() -> impl IntoView {
    let app = use_app();
    let floating = use_floating();
    let first = Memo::new(move |_| {
        let Parts { pinned, hidden, .. } = floating.arranged.parts(app);
        let mut rest = listed(app);
        rest.retain(|entity| !pinned.iter().chain(&hidden).any(|other| other.id == entity.id));
        pinned.into_iter().chain(rest).take(3).collect::<Vec<Arc<Entity>>>()
    });
    view! {
        <nav class="dock" aria-label=t("shell-dock") inert=move || floating.rail.get() == RailState::Drawer>
            {move || {
                first
                    .get()
                    .into_iter()
                    .map(|entity| {
                        let id = entity.id;
                        view! {
                            <a class="dock__item" href=records(id).href() aria-current=current(move |route| route.entity() == Some(id))>
                                {icon_styled(&entity.icon, "icon icon--20")}
                                <span>{label(&entity.plural)}</span>
                            </a>
                        }
                        .into_any()
                    })
                    .collect::<Vec<AnyView>>()
            }}
            <button class="dock__item" type="button" on:click=move |_| floating.palette.set(true)>
                {icon_styled("search", "icon icon--20")}
                <span>{t("shell-search-short")}</span>
            </button>
            <button
                class="dock__item"
                id=MORE
                type="button"
                aria-controls=RAIL
                aria-expanded=move || (floating.rail.get() == RailState::Drawer).to_string()
                on:click=move |_| {
                    floating.rail.set(RailState::Drawer);
                    request_animation_frame(|| browser::focus(RAIL));
                }
            >
                {icon_styled("menu", "icon icon--20")}
                <span>{t("shell-more")}</span>
            </button>
        </nav>
    }
    .into_any()
}

/// What lies between the drawer and the page; a press on it puts the drawer back.
pub fn veil(floating: Floating) -> AnyView {
    view! { <div class="veil" aria-hidden="true" on:click=move |_| draw_back(floating)></div> }.into_any()
}

/// Who is acting; a press asks for another.
#[component]
pub fn Actor() -> impl IntoView {
    let app = use_app();
    let open = use_floating().acting;
    let actor = app.preferences().actor.clone();
    let name = Memo::new(move |_| actor.get().map(|id| app.title(id)).unwrap_or_else(|| t("shell-nobody")));
    view! {
        <button
            class="rail__me"
            type="button"
            aria-haspopup="dialog"
            title=move || name.get()
            on:click=move |_| open.set(true)
        >
            <span class="sr-only">{t("shell-acting-as")}" "</span>
            {move || avatar_styled(&name.get(), "avatar avatar--24")}
            <span class="clip">{move || name.get()}</span>
        </button>
    }
    .into_any()
}

fn item(app: App, entity: Arc<Entity>) -> AnyView {
    let id = entity.id;
    let count = move || {
        app.track_entity(id);
        let count = app.ask(|state| state.member_ids(id).len());
        (count > 0).then(|| format::number(Decimal::from(count), Some(0)))
    };
    let name = label(&entity.plural);
    let tip = name.clone();
    view! {
        <li>
            <a class="rail__item" href=records(id).href() title=tip aria-current=current(move |route| route.entity() == Some(id))>
                {icon_styled(&entity.icon, "icon")}
                <span>{name}</span>
                <span class="rail__count">{count}</span>
            </a>
        </li>
    }
    .into_any()
}

fn open_group(app: App, name: String, members: Vec<Arc<Entity>>) -> AnyView {
    let items: Vec<AnyView> = members.into_iter().map(|entity| item(app, entity)).collect();
    view! {
        <details class="rail__group" open>
            <summary>{name}{icon("chevron-down")}</summary>
            <ul>{items}</ul>
        </details>
    }
    .into_any()
}

/// What is not needed every day, and what was hidden; it opens by itself where one is in it.
fn more(app: App, hidden: Memo<Vec<Arc<Entity>>>) -> AnyView {
    let groups = Memo::new(move |_| {
        let folded = folded_away(app).into_iter().map(|(group, members)| (group_name(group), members));
        let hidden = Some(hidden.get()).filter(|hidden| !hidden.is_empty());
        hidden.map(|hidden| (t("arrange-hidden"), hidden)).into_iter().chain(folded).collect::<Vec<_>>()
    });
    let route = use_route();
    let is_within = Memo::new(move |_| {
        let here = route.get();
        groups.with(|groups| {
            groups.iter().flat_map(|(_, members)| members).any(|entity| here.entity() == Some(entity.id))
        })
    });
    let parts = move || groups.get().into_iter().map(|(name, members)| part(app, name, members)).collect::<Vec<_>>();
    let fold = move || {
        view! {
            <details class="rail__group rail__more" open=move || is_within.get()>
                <summary>{t("shell-more")}{icon("chevron-down")}</summary>
                {parts}
            </details>
        }
    };
    let is_any = Memo::new(move |_| groups.with(|groups| !groups.is_empty()));
    (move || is_any.get().then(fold)).into_any()
}

fn part(app: App, name: String, members: Vec<Arc<Entity>>) -> AnyView {
    let items: Vec<AnyView> = members.into_iter().map(|entity| item(app, entity)).collect();
    view! {
        <p class="rail__label" aria-hidden="true">{name.clone()}</p>
        <ul aria-label=name>{items}</ul>
    }
    .into_any()
}

/// Where the workspace itself is made.
fn build() -> AnyView {
    let is_here = |route: &Route| matches!(route, Route::Entities | Route::Design { .. });
    view! {
        <details class="rail__group" open>
            <summary>{t("nav-build")}{icon("chevron-down")}</summary>
            <ul>
                <li>
                    <a class="rail__item" href=Route::Entities.href() title=t("nav-entities") aria-current=current(is_here)>
                        {icon("box")}
                        <span>{t("nav-entities")}</span>
                    </a>
                </li>
                {place(Route::Forms, "clipboard-list", t("nav-forms"))}
            </ul>
        </details>
    }
    .into_any()
}

fn place(to: Route, name: &'static str, says: String) -> AnyView {
    let href = to.href();
    let tip = says.clone();
    view! {
        <li>
            <a class="rail__item" href=href title=tip aria-current=current(move |route| *route == to)>
                {icon(name)}
                <span>{says}</span>
            </a>
        </li>
    }
    .into_any()
}

fn fold_button(floating: Floating, says: Signal<String>) -> AnyView {
    view! {
        <button
            class="button button--quiet button--icon button--small"
            type="button"
            aria-label=says
            title=says
            on:click=move |_| fold(floating)
        >
            {icon("panel-left")}
        </button>
    }
    .into_any()
}

/// The fold button of the top has no room in a folded rail, so another one stands in the list.
fn unfold(floating: Floating) -> AnyView {
    (move || {
        (floating.rail.get() == RailState::Folded).then(|| {
            view! {
                <button class="rail__item" type="button" style="inline-size:100%" title=t("shell-unfold-rail") on:click=move |_| fold(floating)>
                    {icon("panel-left")}
                    <span>{t("shell-unfold-rail")}</span>
                </button>
            }
        })
    })
    .into_any()
}

fn fold(floating: Floating) {
    let next = match floating.rail.get_untracked() {
        RailState::Open => RailState::Folded,
        RailState::Folded | RailState::Drawer => RailState::Open,
    };
    browser::remember("rail", if next == RailState::Folded { "folded" } else { "open" });
    floating.rail.set(next);
}

fn is_drawn(floating: Floating) -> bool {
    floating.rail.get() == RailState::Drawer
}

/// The drawer goes, and the focus back to what opened it.
fn draw_back(floating: Floating) {
    floating.rail.set(RailState::Open);
    request_animation_frame(|| browser::focus(MORE));
}

fn records(entity: EntityId) -> Route {
    Route::records(entity)
}

fn current(is_here: impl Fn(&Route) -> bool + Send + Sync + 'static) -> Signal<Option<&'static str>> {
    let route = use_route();
    let is_here = Memo::new(move |_| route.with(&is_here));
    Signal::derive(move || is_here.get().then_some("page"))
}
