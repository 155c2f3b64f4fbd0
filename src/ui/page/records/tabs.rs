//! The views of an entity as tabs: as many as there is room for, the others in a menu; and what can be done with a view.

use std::cell::Cell;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::begin::NewViewDialog;
use super::save;
use crate::app::App;
use crate::model::entity::Entity;
use crate::model::id::EntityId;
use crate::model::view::View;
use crate::ui::browser;
use crate::ui::part::{Carried, Drag, DragRules, MenuButton, MenuItem, MenuRow, icon, icon_button};
use crate::ui::route::{Linked, Route, go, use_route};
use crate::ui::shell::use_app;
use crate::ui::text::{label, t, tr};
use crate::ui::view::export;
use crate::ui::view::lens::{ALL, Lens};
use crate::ui::view::shape;

/// What stands beside the tabs: the menus and the buttons of a changed view.
const BESIDE: f64 = 130.0;
const CHANGED: f64 = 310.0;
/// The menu of those that there is no room for.
const MORE: f64 = 64.0;

thread_local! {
    /// Whether somebody has just gone to another view, or changed this one: the tabs are drawn anew then, and the focus belongs
    /// to that of the view.
    static FOLLOWED: Cell<bool> = const { Cell::new(false) };
}

/// The page is about to be drawn anew, and what has the focus goes with it: then the tab of the view gets it.
pub fn keep_focus() {
    FOLLOWED.set(true);
}

fn focus_tab_soon() {
    request_animation_frame(|| {
        if !browser::has_focused_element() {
            browser::focus_first(".tabs .tab[aria-current]");
        }
    });
}

/// The bar.
pub fn bar(entity: &Arc<Entity>, lens: Lens, shown: &str, views: Memo<Vec<Arc<View>>>) -> AnyView {
    let app = use_app();
    let id = entity.id;
    let shown = StoredValue::new(shown.to_owned());
    let naming = RwSignal::new(None::<save::Purpose>);
    let beginning = RwSignal::new(false);
    let room = RwSignal::new(browser::window_width() - 280.0);
    let bar = NodeRef::<html::Div>::new();
    let measure = move || {
        if let Some(bar) = bar.try_get_untracked().flatten() {
            room.set(f64::from(bar.client_width()));
        }
    };
    Effect::new(move |_| {
        bar.track();
        request_animation_frame(move || {
            measure();
            if FOLLOWED.take() {
                focus_tab_soon();
            }
        });
    });
    // A record that opens beside takes room as well.
    let route = use_route();
    Effect::new(move |_| {
        route.track();
        request_animation_frame(measure);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    // What is not saved yet is drawn once it is said, not with every key that is typed.
    let is_changed = Memo::new(move |_| lens.is_changed());
    let fitting = Memo::new(move |_| {
        let room = room.get() - BESIDE - if is_changed.get() { CHANGED } else { 0.0 };
        views.with(|views| fitting(views, &shown.get_value(), room))
    });
    let drag = Drag::new(
        DragRules { thing: ".tab[data-key]", zone: ".tab[data-zone]", scroller: "none", copy: "tab__carried" },
        Callback::new(move |carried: Carried| {
            if let Some(over) = carried.over.filter(|over| *over != carried.thing) {
                save::put_before(app, &views.get_untracked(), &carried.thing, &over);
            }
        }),
    );
    let tabs = move || {
        let fitting = fitting.get();
        let drawn =
            views.with(|views| fitting.iter().filter_map(|at| views.get(*at).cloned()).collect::<Vec<Arc<View>>>());
        drawn.iter().map(|view| tab(lens, view, shown, is_changed, drag)).collect::<Vec<AnyView>>()
    };
    let others = move || {
        let (count, all) = (fitting.with(Vec::len), views.with(Vec::len));
        (count < all).then(|| {
            let rows = Callback::new(move |()| {
                let views = views.get_untracked();
                views.iter().map(|view| other(lens, id, view, shown)).collect::<Vec<MenuRow>>()
            });
            let name = tr("view-more", [("count", (all - count).into())]);
            view! {
                <MenuButton label=name items=rows class="button button--quiet button--small">
                    <span aria-hidden="true">{format!("+{}", all - count)}</span>
                    <span class="sr-only">{tr("view-more", [("count", (all - count).into())])}</span>
                    {icon("chevron-down")}
                </MenuButton>
            }
        })
    };
    let rows = Callback::new(move |()| actions(app, lens, id, views, shown, naming));
    let changed = move || {
        is_changed.get().then(|| {
            view! {
                <button class="button button--quiet button--small" type="button" on:click=move |_| {
                    lens.reset();
                    lens.remember();
                    focus_tab_soon();
                }>
                    {t("view-reset")}
                </button>
                <button
                    class="button button--quiet button--small wide-only"
                    type="button"
                    on:click=move |_| naming.set(Some(save::Purpose::SaveAs))
                >
                    {t("view-save-as")}
                </button>
                <button class="button button--small" type="button" on:click=move |_| save::keep(lens)>{t("view-save")}</button>
            }
        })
    };
    view! {
        <div class="page__bar" node_ref=bar>
            <nav class="tabs" aria-label=t("view-saved")>
                <div
                    class="tabs__row"
                    node_ref=drag.container
                    on:pointerdown=move |event| drag.down(&event)
                    on:pointermove=move |event| drag.moved(&event)
                    on:pointerup=move |event| drag.up(&event)
                    on:pointercancel=move |_| drag.cancel()
                >
                    {tabs}
                </div>
                {others}
                {icon_button(t("view-new"), "plus", move || beginning.set(true))}
            </nav>
            <span class="push"></span>
            {changed}
            <MenuButton label=t("view-actions") items=rows/>
        </div>
        <save::NameDialog lens=lens purpose=naming views=views/>
        <NewViewDialog lens=lens entity=entity.clone() views=views open=beginning/>
    }
    .into_any()
}

fn tab(lens: Lens, view: &Arc<View>, shown: StoredValue<String>, is_changed: Memo<bool>, drag: Drag) -> AnyView {
    let is_here = view.id == shown.get_value();
    let picture = shape::picture(&view.shape);
    let key = view.id.clone();
    let over = move || {
        drag.carried.with(|carried| {
            let carried = carried.as_ref()?;
            (carried.over.as_deref() == Some(&key) && carried.thing != key).then_some("")
        })
    };
    view! {
        <a
            class="tab"
            href=address(lens.entity, view, lens.linked)
            aria-current=is_here.then_some("page")
            draggable="false"
            on:click=move |_| FOLLOWED.set(!is_here)
            data-key=view.id.clone()
            data-zone=view.id.clone()
            data-drop=over
        >
            {icon(picture)}
            {label(&view.label)}
            {view.owner.map(|_| view! { <span class="tab__own" title=t("view-mine")>{icon("user")}<span class="sr-only">{t("view-mine")}</span></span> })}
            {move || (is_here && is_changed.get()).then(|| view! {
                <span class="tab__changed" title=t("view-changed")><span class="sr-only">{t("view-changed")}</span></span>
            })}
        </a>
    }
    .into_any()
}

fn other(lens: Lens, entity: EntityId, view: &Arc<View>, shown: StoredValue<String>) -> MenuRow {
    let id = view.id.clone();
    let is_here = id == shown.get_value();
    let to = move || go(&Route::Records { entity, view: Some(id.clone()), beside: None, linked: lens.linked });
    MenuRow::Item(MenuItem::new(label(&view.label), to).checked(is_here))
}

fn address(entity: EntityId, view: &View, linked: Option<Linked>) -> String {
    Route::Records { entity, view: Some(view.id.clone()), beside: None, linked }.href()
}

/// What can be done with the view that is looked at.
fn actions(
    app: App,
    lens: Lens,
    entity: EntityId,
    views: Memo<Vec<Arc<View>>>,
    shown: StoredValue<String>,
    naming: RwSignal<Option<save::Purpose>>,
) -> Vec<MenuRow> {
    let shown = shown.get_value();
    let all = views.get_untracked();
    let at = all.iter().position(|view| view.id == shown).unwrap_or_default();
    let is_defined = !shown.starts_with(ALL);
    let link = address(entity, &lens.view.get_value(), lens.linked);
    let mut rows = vec![
        MenuItem::new(t("view-save-as"), move || naming.set(Some(save::Purpose::SaveAs))).icon("plus"),
        MenuItem::new(t("view-copy-link"), move || {
            browser::copy(&browser::address_of(&link));
            app.toast("record-link-copied", Vec::new(), crate::app::ToastAction::None);
        })
        .icon("link"),
        MenuItem::new(t("bulk-export"), move || {
            if let Some(entity) = app.entity(entity) {
                export::export(app, lens, &entity, lens.found.with_untracked(|found| found.rows.clone()));
            }
        })
        .icon("download"),
    ];
    if is_defined {
        let me = app.preferences().actor.get_untracked();
        rows.push(MenuItem::new(t("view-rename"), move || naming.set(Some(save::Purpose::Rename))).icon("pencil"));
        rows.push(
            MenuItem::new(t("view-duplicate"), move || save::duplicate(lens, &views.get_untracked())).icon("copy"),
        );
        match (lens.view.with_value(|view| view.owner), me) {
            (Some(_), _) => {
                rows.push(MenuItem::new(t("view-share"), move || save::give(lens, None)).icon("users"));
            }
            (None, Some(me)) => {
                rows.push(MenuItem::new(t("view-keep-private"), move || save::give(lens, Some(me))).icon("user"));
            }
            (None, None) => {}
        }
        let beside = |by: isize| at.checked_add_signed(by).and_then(|to| all.get(to)).map(|view| view.id.clone());
        for (to, key, picture) in
            [(beside(-1), "column-left", "arrow-left"), (beside(1), "column-right", "arrow-right")]
        {
            if let Some(to) = to {
                let moved = shown.clone();
                let act = move || save::put_before(app, &views.get_untracked(), &moved, &to);
                rows.push(MenuItem::new(t(key), act).icon(picture));
            }
        }
    }
    rows.push(MenuItem::new(t("list-import"), move || go(&Route::Import { entity })).icon("upload"));
    let mut rows: Vec<MenuRow> = rows.into_iter().map(MenuRow::Item).collect();
    if is_defined && all.len() > 1 {
        rows.push(MenuRow::Rule);
        let remove = MenuItem::new(t("view-remove"), move || save::remove(lens)).icon("trash-2").dangerous();
        rows.push(MenuRow::Item(remove));
    }
    rows
}

/// The places of the views that there is room for, in their order; the one that is looked at is always among them.
fn fitting(views: &[Arc<View>], shown: &str, room: f64) -> Vec<usize> {
    let width = |view: &View| {
        46.0 + label(&view.label).chars().map(|letter| if letter < '\u{2e80}' { 7.6 } else { 14.0 }).sum::<f64>()
    };
    let all: f64 = views.iter().map(|view| width(view)).sum();
    if all <= room {
        return (0..views.len()).collect();
    }
    let here = views.iter().position(|view| view.id == shown).unwrap_or_default();
    let mut left = room - MORE - views.get(here).map_or(0.0, |view| width(view));
    let mut drawn = vec![here];
    for (at, view) in views.iter().enumerate().filter(|(at, _)| *at != here) {
        left -= width(view);
        if left < 0.0 {
            break;
        }
        drawn.push(at);
    }
    drawn.sort_unstable();
    drawn
}
