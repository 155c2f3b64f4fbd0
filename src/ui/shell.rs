//! The shell: the rail, the page that the address names, the status line, and what floats above them. It knows no page's inside.

mod arrange;
mod backup;
mod closed;
mod key;
mod rail;
mod status;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::model::entity::{Entity, Group};
use crate::model::id::{EntityId, RecordId};
use crate::ui::handed::provide_handed;
use crate::ui::keep;
use crate::ui::page::design::DesignPage;
use crate::ui::page::entities::EntitiesPage;
use crate::ui::page::fill::FillPage;
use crate::ui::page::first_run::FirstRunPage;
use crate::ui::page::form_design::FormDesignPage;
use crate::ui::page::forms::FormsPage;
use crate::ui::page::history::HistoryPage;
use crate::ui::page::import::ImportPage;
use crate::ui::page::kiosk::KioskPage;
use crate::ui::page::past::PastPage;
use crate::ui::page::record::RecordPage;
use crate::ui::page::records::RecordsPage;
use crate::ui::page::settings::SettingsPage;
use crate::ui::page::shared::SharedPage;
use crate::ui::part::{Art, BannerStrip, Empty, ToastStack, icon, provide_update};
use crate::ui::received::provide_received;
use crate::ui::route::{Route, provide_route, use_route};
use crate::ui::text::{self, t};
use crate::ui::trail::provide_trail;
use crate::ui::view::act_as::ActAs;
use crate::ui::view::convert::ConvertHost;
use crate::ui::view::first_run::Setup;
use crate::ui::view::form::FormHost;
use crate::ui::view::kiosk::{provide_kiosk, use_kiosk};
use crate::ui::view::palette::Palette;
use crate::ui::view::shortcuts::Shortcuts;
use crate::ui::view::tour::Tour;
use crate::ui::{browser, format};

/// The groups of the rail, from the first contact to the people who do the work.
pub const GROUPS: [Group; 6] = [Group::Grow, Group::Sell, Group::Serve, Group::Keep, Group::Work, Group::People];

pub use arrange::Arranged;
pub use backup::Backup;
pub use closed::{Blocked, NoRoom, TooNew, Unreadable};
pub use key::is_typing;

/// Under this width of the window, the rail is a drawer.
const NARROW: f64 = 720.0;

/// What floats above every page, and whether it is shown.
#[derive(Clone, Copy)]
pub struct Floating {
    /// The quick jump.
    pub palette: RwSignal<bool>,
    /// The sheet of shortcuts.
    pub shortcuts: RwSignal<bool>,
    /// The step of the tour, while it is on.
    pub tour: RwSignal<Option<usize>>,
    /// How the rail stands.
    pub rail: RwSignal<RailState>,
    /// The choice of who is acting.
    pub acting: RwSignal<bool>,
    /// The order of the rail, as this device has it.
    pub arranged: Arranged,
    /// When a backup was last saved.
    pub backup: Backup,
}

/// How the rail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RailState {
    /// Wide, with names.
    Open,
    /// Narrow, icons only.
    Folded,
    /// Laid over the page of a narrow screen.
    Drawer,
}

/// Where one is, as far as the page as a whole is concerned.
#[derive(Clone, PartialEq)]
enum Place {
    Records(EntityId),
    Record(EntityId, RecordId),
    Past(EntityId, RecordId),
    Import(EntityId),
    Entities,
    Forms,
    Design(EntityId),
    FormDesign(String),
    History,
    Settings,
    Shared,
    Nowhere,
}

/// The workspace, for any view.
pub fn use_app() -> App {
    expect_context::<App>()
}

/// What floats above the page, for any view.
pub fn use_floating() -> Floating {
    expect_context::<Floating>()
}

/// The whole interface; it is mounted anew when the language changes, so that sentences need not be tracked.
#[component]
pub fn Root(
    /// The workspace.
    app: App,
) -> impl IntoView {
    provide_context(app);
    // Before anything is drawn, and whenever it is set anew.
    let zone = Memo::new(move |_| format::set_zone(app.workspace().and_then(|workspace| workspace.zone.clone())));
    Effect::new(move |_| zone.get());
    zone.get_untracked();
    provide_route();
    provide_trail();
    provide_handed();
    provide_received();
    provide_kiosk();
    provide_context(Setup(RwSignal::new(false)));
    let folded = browser::remembered("rail").as_deref() == Some("folded");
    let rail = RwSignal::new(if folded { RailState::Folded } else { RailState::Open });
    let (palette, shortcuts) = (RwSignal::new(false), RwSignal::new(false));
    let (tour, acting) = (RwSignal::new(None), RwSignal::new(false));
    let (arranged, backup) = (Arranged::remembered(), Backup::remembered());
    let floating = Floating { palette, shortcuts, tour, rail, acting, arranged, backup };
    provide_context(floating);
    key::listen(app, floating);
    browser::ask_before_leaving(move || app.would_lose());
    keep::listen(app);
    provide_update();
    let language = app.preferences().language.clone();
    move || {
        text::set_language(language.get());
        whole(app)
    }
}

/// The entities that the navigation shows, in their order; the running view depends on the definitions.
pub fn listed(app: App) -> Vec<Arc<Entity>> {
    let mut entities = app.entities();
    entities.retain(|entity| !entity.tucked);
    entities
}

/// The same, group by group.
pub fn navigation(app: App) -> Vec<(Group, Vec<Arc<Entity>>)> {
    grouped(&listed(app))
}

/// The entities that the navigation folds away, group by group. Line items stand within the records that they belong to and are
/// left out.
pub fn folded_away(app: App) -> Vec<(Group, Vec<Arc<Entity>>)> {
    let mut entities = app.entities();
    let lines: Vec<EntityId> = entities.iter().flat_map(|entity| entity.line_entities().collect::<Vec<_>>()).collect();
    entities.retain(|entity| entity.tucked && !lines.contains(&entity.id));
    grouped(&entities)
}

fn grouped(entities: &[Arc<Entity>]) -> Vec<(Group, Vec<Arc<Entity>>)> {
    GROUPS
        .into_iter()
        .map(|group| {
            let members = entities.iter().filter(|entity| entity.group == group).cloned().collect();
            (group, members)
        })
        .filter(|(_, members): &(Group, Vec<_>)| !members.is_empty())
        .collect()
}

/// What people call a part of the navigation.
pub fn group_name(group: Group) -> String {
    match group {
        Group::Grow => t("nav-grow"),
        Group::Sell => t("nav-sell"),
        Group::Serve => t("nav-serve"),
        Group::Keep => t("nav-keep"),
        Group::Work => t("nav-work"),
        Group::People => t("nav-people"),
    }
}

/// The buttons that undo and redo, for the top bar of a page.
#[component]
pub fn UndoButtons() -> impl IntoView {
    let app = use_app();
    let can = app.can_undo();
    let can_redo = can.clone();
    view! {
        <span class="button-pair">
            <Step is_possible=Signal::derive(move || can.get().0) label=t("shell-undo") keys="Control+Z" name="undo-2"
                why=t("shell-nothing-to-undo") act=Callback::new(move |()| app.undo_now())/>
            <Step is_possible=Signal::derive(move || can_redo.get().1) label=t("shell-redo") keys="Control+Shift+Z"
                name="redo-2" why=t("shell-nothing-to-redo") act=Callback::new(move |()| app.redo_now())/>
        </span>
    }
    .into_any()
}

#[component]
fn Step(
    is_possible: Signal<bool>,
    label: String,
    keys: &'static str,
    name: &'static str,
    why: String,
    act: Callback<()>,
) -> impl IntoView {
    let tip = format!("{label} ({})", keys.replace("Control", "Ctrl").replace('+', " "));
    view! {
        <button
            class="button button--quiet button--icon button--small"
            type="button"
            aria-label=label
            aria-keyshortcuts=keys
            aria-disabled=move || (!is_possible.get()).then_some("true")
            title=move || if is_possible.get() { tip.clone() } else { why.clone() }
            on:click=move |_| if is_possible.get_untracked() { act.run(()) }
        >
            {icon(name)}
        </button>
    }
    .into_any()
}

fn whole(app: App) -> AnyView {
    // While a pack is being installed, its definitions are there before its records are.
    let setup = use_context::<Setup>();
    let route = use_route();
    let kiosk = use_kiosk();
    let alone = Memo::new(move |_| match kiosk.with(|kiosk| kiosk.as_ref().map(|kiosk| kiosk.form.clone())) {
        // A kiosk has the device for itself, wherever the address leads.
        Some(form) => Some(Route::Kiosk { form }),
        None => Some(route.get()).filter(Route::is_alone),
    });
    let is_new = Memo::new(move |_| app.entities().is_empty() || setup.is_some_and(|Setup(is_busy)| is_busy.get()));
    view! {
        {move || match alone.get() {
            Some(route) => page_alone(route),
            None => {
                // A visitor may have chosen another one.
                text::set_language(app.language());
                view! {
                    {move || if is_new.get() { first() } else { frame(app) }}
                    <FormHost/>
                    <ConvertHost/>
                    <ToastStack/>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}

/// A page that stands alone, without anything of the product around it.
fn page_alone(route: Route) -> AnyView {
    match route {
        Route::Fill { form, is_preview, parameters } => {
            view! { <FillPage form=form is_preview=is_preview parameters=parameters/> }.into_any()
        }
        Route::Kiosk { form } => view! { <KioskPage form=form/> }.into_any(),
        _ => nowhere(),
    }
}

fn first() -> AnyView {
    view! {
        <div class="strip strip--first"><BannerStrip/></div>
        <FirstRunPage/>
    }
    .into_any()
}

fn frame(app: App) -> AnyView {
    let route = use_route();
    let floating = use_floating();
    let place = Memo::new(move |_| place_of(app, &route.get()));
    let is_drawn = move || floating.rail.get_untracked() == RailState::Drawer;
    // Whoever goes somewhere from the drawer has seen enough of it. What had the focus may have gone with the page.
    Effect::new(move |former: Option<()>| {
        place.track();
        if former.is_some() {
            app.dismiss_passing();
            request_animation_frame(|| {
                if !browser::has_focused_element() {
                    browser::focus("main");
                }
            });
        }
        if is_drawn() {
            floating.rail.set(RailState::Open);
        }
    });
    // A window that has grown has no drawer.
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if is_drawn() && browser::window_width() >= NARROW {
            floating.rail.set(RailState::Open);
        }
    });
    on_cleanup(move || resized.remove());
    let is_behind = move || floating.rail.get() == RailState::Drawer;
    let rail = move || match floating.rail.get() {
        RailState::Open => "open",
        RailState::Folded => "folded",
        RailState::Drawer => "drawer",
    };
    view! {
        <div class="shell" data-rail=rail>
            <a
                class="skip"
                href="#main"
                inert=is_behind
                on:click=move |event| {
                    event.prevent_default();
                    browser::focus("main");
                }
            >
                {t("shell-skip")}
            </a>
            <rail::Rail/>
            <div class="strip" inert=is_behind><BannerStrip/><Tour/></div>
            <div class="stage" inert=is_behind>{move || page(place.get())}</div>
            <status::Status/>
            <rail::Dock/>
            {move || is_behind().then(|| rail::veil(floating))}
        </div>
        <Palette/>
        <Shortcuts/>
        <ActAs/>
    }
    .into_any()
}

fn place_of(app: App, route: &Route) -> Place {
    match route {
        Route::Home => listed(app).first().map_or(Place::Settings, |entity| Place::Records(entity.id)),
        Route::Records { entity, .. } => Place::Records(*entity),
        Route::Record { entity, id } => Place::Record(*entity, *id),
        Route::Past { entity, id, .. } => Place::Past(*entity, *id),
        Route::Import { entity } => Place::Import(*entity),
        Route::Entities => Place::Entities,
        Route::Forms => Place::Forms,
        Route::Design { entity, .. } => Place::Design(*entity),
        Route::FormDesign { form, .. } => Place::FormDesign(form.clone()),
        Route::History => Place::History,
        Route::Shared => Place::Shared,
        Route::Settings | Route::Setting { .. } => Place::Settings,
        Route::Fill { .. } | Route::Kiosk { .. } | Route::Unknown => Place::Nowhere,
    }
}

fn page(place: Place) -> AnyView {
    match place {
        Place::Records(entity) => view! { <RecordsPage entity=entity/> }.into_any(),
        Place::Record(entity, id) => view! { <RecordPage entity=entity id=id/> }.into_any(),
        Place::Past(entity, id) => view! { <PastPage entity=entity id=id/> }.into_any(),
        Place::Import(entity) => view! { <ImportPage entity=entity/> }.into_any(),
        Place::Entities => view! { <EntitiesPage/> }.into_any(),
        Place::Forms => view! { <FormsPage/> }.into_any(),
        Place::Design(entity) => view! { <DesignPage entity=entity/> }.into_any(),
        Place::FormDesign(form) => view! { <FormDesignPage form=form/> }.into_any(),
        Place::History => view! { <HistoryPage/> }.into_any(),
        Place::Settings => view! { <SettingsPage/> }.into_any(),
        Place::Shared => view! { <SharedPage/> }.into_any(),
        Place::Nowhere => nowhere(),
    }
}

/// What stands where an address leads to nothing.
pub fn nowhere() -> AnyView {
    browser::set_title(&t("shell-nowhere-title"));
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__body">
                <Empty art=Art::Search title=t("shell-nowhere-title") say=t("shell-nowhere-say") is_page=true>
                    <a class="button" href="#/">{t("shell-nowhere-home")}</a>
                </Empty>
            </div>
        </main>
    }
    .into_any()
}
