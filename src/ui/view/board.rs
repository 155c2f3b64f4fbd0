//! The board: a column for each option of a choice field, cards that move by pointer, keyboard or menu.

mod card;
mod column;
mod key;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::list::{self, Sum};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{FieldId, OptionId, RecordId};
use crate::ui::part::{Carried, Drag, DragRules, Menu, MenuItem, MenuRow};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, t, tr};
use crate::ui::view::figure;
use crate::ui::view::lens::Lens;

/// How the zone of the cards without an option is called.
const BLANK: &str = "";

/// What the parts of the board share.
#[derive(Clone, Copy)]
pub(super) struct Table {
    app: App,
    lens: Lens,
    entity: StoredValue<Arc<Entity>>,
    by: FieldId,
    sum: Option<FieldId>,
    columns: Memo<Vec<list::Column>>,
    drag: Drag,
    beside: Signal<Option<RecordId>>,
    open_beside: Callback<RecordId>,
    create_in: Callback<Option<OptionId>>,
    /// The card that has the focus, or had it last: the stop of the Tab key in its column.
    current: RwSignal<Option<RecordId>>,
    /// The card whose menu is open.
    menu_of: RwSignal<Option<RecordId>>,
    /// What a screen reader is told.
    said: RwSignal<String>,
}

impl Table {
    /// Where a card comes to stand among those of a column: they all keep the order of the view.
    fn landing(self, thing: RecordId, column: &[RecordId]) -> usize {
        self.lens.found.with(|found| {
            let places: rustc_hash::FxHashMap<RecordId, usize> =
                found.rows.iter().enumerate().map(|(at, id)| (*id, at)).collect();
            let own = places.get(&thing);
            column.partition_point(|id| places.get(id) < own)
        })
    }
}

/// A board of what the lens finds.
#[component]
pub fn Board(
    /// What is looked at.
    lens: Lens,
    /// Whose records.
    entity: Arc<Entity>,
    /// The choice field whose options are the columns.
    by: FieldId,
    /// The number that is summed up per column.
    sum: Option<FieldId>,
    /// The record that is open beside the board.
    beside: Signal<Option<RecordId>>,
    /// Opens a record beside the board.
    open_beside: Callback<RecordId>,
    /// Starts a new record in a column.
    create_in: Callback<Option<OptionId>>,
) -> impl IntoView {
    let app = use_app();
    let kept = StoredValue::new(entity.clone());
    let columns = Memo::new(move |_| {
        app.track_entity(lens.entity);
        kept.with_value(|entity| {
            let found = lens.found.get();
            let mut columns = app.ask(|state| list::groups(state, entity, &found.rows, by, sum));
            // The column of the blank is only there while something stands in it.
            columns.retain(|column| column.option.is_some() || !column.ids.is_empty());
            columns
        })
    });
    let menu_of = RwSignal::new(None::<RecordId>);
    let said = RwSignal::new(String::new());
    let rules =
        DragRules { thing: ".card[data-key]", zone: "[data-zone]", scroller: ".column__list", copy: "card--drag" };
    let dropped = Callback::new(move |carried: Carried| {
        let Some(to) = carried.over.filter(|to| *to != carried.from) else {
            return;
        };
        if let Ok(id) = carried.thing.parse() {
            move_card(app, kept, by, id, option_of(&to), said);
            if carried.by_key {
                key::focus_card_soon(id);
            }
        }
    });
    let drag = Drag::new(rules, dropped);
    let current = RwSignal::new(None);
    let table = Table {
        app,
        lens,
        entity: kept,
        by,
        sum,
        columns,
        drag,
        beside,
        open_beside,
        create_in,
        current,
        menu_of,
        said,
    };
    let zones =
        Memo::new(move |_| columns.with(|columns| columns.iter().map(|column| column.option).collect::<Vec<_>>()));
    let named = entity.field(by).map(|field| label(&field.label)).unwrap_or_default();
    let container: NodeRef<html::Div> = drag.container;
    view! {
        <div
            class="board"
            role="group"
            tabindex="0"
            aria-label=tr("board-name", [("name", label(&entity.plural).into()), ("field", named.into())])
            node_ref=container
            data-dragging=move || drag.carried.with(Option::is_some).then_some("")
            on:pointerdown=move |event| drag.down(&event)
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |event| drag.up(&event)
            on:pointercancel=move |_| drag.cancel()
            // A link is something that browsers drag by themselves.
            on:dragstart=|event| event.prevent_default()
            on:contextmenu=move |event| if drag.carried.with_untracked(Option::is_some) { event.prevent_default() }
            on:keydown=move |event| key::pressed(table, &event)
            on:click=move |event| clicked(table, &event)
            on:focusin=move |event| {
                if let Some(id) = card_of(event.target()) {
                    table.current.set(Some(id));
                }
            }
        >
            <For each=move || zones.get() key=|option| *option let:option>
                {column::column(table, option)}
            </For>
        </div>
        {foot(table)}
        <p class="sr-only" id="board-keys">{t("board-keys")}</p>
        <p class="sr-only" aria-live="assertive">{said}</p>
        {move || menu_of.get().map(|id| menu(table, id))}
    }
    .into_any()
}

/// Moves a card and says so; where it may not go, it says why and stays.
pub(super) fn move_card(
    app: App,
    entity: StoredValue<Arc<Entity>>,
    by: FieldId,
    id: RecordId,
    to: Option<OptionId>,
    said: RwSignal<String>,
) {
    let title = app.ask(|state| crate::app::title(state, id));
    let column = entity.with_value(|entity| column_name(entity.field(by), to));
    match app.dispatch(Command::MoveCard { record: id, field: by, to }) {
        Ok(_) => {
            said.set(tr("board-said-moved", [("title", title.as_str().into()), ("column", column.as_str().into())]));
            app.toast("toast-moved", vec![("title", title), ("column", column)], ToastAction::Undo);
        }
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            said.set(reason.clone());
            app.toast("toast-not-moved", vec![("title", title), ("reason", reason)], ToastAction::None);
        }
    }
}

/// What a column is called.
pub(super) fn column_name(field: Option<&Field>, option: Option<OptionId>) -> String {
    let Some(option) = option else { return t("board-blank") };
    field
        .and_then(|field| field.option(option))
        .map_or_else(|| option.as_str().to_owned(), |option| label(&option.label))
}

pub(super) fn zone_of(option: Option<OptionId>) -> &'static str {
    option.map_or(BLANK, OptionId::as_str)
}

pub(super) fn option_of(zone: &str) -> Option<OptionId> {
    (zone != BLANK).then(|| OptionId::new(zone))
}

/// The card in which an element stands.
fn card_of(target: Option<web_sys::EventTarget>) -> Option<RecordId> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest(".card[data-key]").ok()??.get_attribute("data-key")?.parse().ok()
}

fn clicked(table: Table, event: &web_sys::MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let Some(card) = target.closest(".card[data-key]").ok().flatten() else {
        return;
    };
    let Some(id) = card.get_attribute("data-key").and_then(|key| key.parse().ok()) else {
        return;
    };
    if target.closest(".card__more").ok().flatten().is_some() {
        table.menu_of.set(None);
        table.menu_of.set(Some(id));
        return;
    }
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key()) && event.button() == 0;
    let other_link =
        target.closest("a").ok().flatten().is_some_and(|link| !link.matches(".card__title").unwrap_or(false));
    if is_plain && !other_link && target.closest("button").ok().flatten().is_none() {
        event.prevent_default();
        table.open_beside.run(id);
    }
}

fn menu(table: Table, id: RecordId) -> AnyView {
    let open = RwSignal::new(true);
    let menu_of = table.menu_of;
    // The menu goes with its card's turn, so that the next one opens below its own button.
    Effect::new(move |_| {
        if !open.get() && menu_of.get_untracked() == Some(id) {
            key::focus_card_soon(id);
        }
    });
    let items = Callback::new(move |()| {
        let now = table
            .app
            .ask(|state| state.shared_record(id).and_then(|record| record.value(table.by).options().first().copied()));
        let mut rows = vec![MenuRow::Label(t("board-move-to"))];
        let options: Vec<(Option<OptionId>, String)> = table.entity.with_value(|entity| {
            let field = entity.field(table.by);
            let options = field.map(|field| field.options()).unwrap_or_default();
            options
                .iter()
                .filter(|option| !option.retired)
                .map(|option| (Some(option.id), label(&option.label)))
                .collect()
        });
        rows.extend(options.into_iter().map(|(option, name)| {
            let go = move || {
                if option != now {
                    move_card(table.app, table.entity, table.by, id, option, table.said);
                    key::focus_card_soon(id);
                }
            };
            MenuRow::Item(MenuItem::new(name, go).checked(option == now))
        }));
        rows.push(MenuRow::Rule);
        let beside =
            MenuItem::new(t("list-open-beside"), move || table.open_beside.run(id)).icon("panel-right").keys("↵");
        rows.push(MenuRow::Item(beside));
        let remove = MenuItem::new(t("list-remove"), move || remove(table, id)).icon("trash-2").dangerous();
        rows.push(MenuRow::Item(remove));
        rows
    });
    view! { <Menu open=open anchor=format!("card-more-{id}") label=t("board-move-to") items=items/> }.into_any()
}

fn remove(table: Table, id: RecordId) {
    match table.app.dispatch(Command::RemoveRecords { records: vec![id] }) {
        Ok(_) => table.app.toast("toast-removed", vec![("count", "1".to_owned())], ToastAction::Undo),
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            table.app.toast("toast-refused", vec![("reason", reason)], ToastAction::None);
        }
    }
}

fn foot(table: Table) -> AnyView {
    let field = table.sum.and_then(|sum| table.entity.with_value(|entity| entity.field(sum).cloned()));
    let counted = move || {
        let (shown, all) = table.lens.found.with(|found| (found.rows.len(), found.all));
        if shown == all {
            tr("list-count", [("count", all.into())])
        } else {
            tr("list-count-of", [("count", shown.to_string().into()), ("all", all.to_string().into())])
        }
    };
    let sums = move || {
        let field = field.clone()?;
        let (total, weighted) = table.columns.with(|columns| {
            let collect = |of: fn(&list::Column) -> &Vec<Sum>| {
                let mut sums: Vec<Sum> = Vec::new();
                for sum in columns.iter().flat_map(of) {
                    match sums.iter_mut().find(|known| known.currency == sum.currency) {
                        Some(known) => {
                            known.total += sum.total;
                            known.count += sum.count;
                        }
                        None => sums.push(sum.clone()),
                    }
                }
                figure::sums(&field, &sums)
            };
            (collect(|column| &column.sums), collect(|column| &column.weighted))
        });
        Some(view! {
            <span>{t("list-sum")}" "<b>{total}</b></span>
            {(!weighted.is_empty()).then(|| view! { <span>{t("board-weighted")}" "<b>{weighted}</b></span> })}
        })
    };
    view! { <p class="board__total"><span>{counted}</span>{sums}</p> }.into_any()
}
