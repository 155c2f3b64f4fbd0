//! The menu of a card: where it may go, and what else can be done with it.

use leptos::prelude::*;

use super::place::{Place, column_name, lane_of};
use super::{Table, key, move_card, place};
use crate::app::ToastAction;
use crate::command::Command;
use crate::engine::list::LaneKey;
use crate::model::id::{OptionId, RecordId};
use crate::ui::part::{Menu, MenuItem, MenuRow};
use crate::ui::text::{diagnostic, label, t, tr};

/// Lanes by link can be many; so many of them are offered.
const MOST_LANES: usize = 20;

/// The menu of a card, open.
pub fn menu(table: Table, id: RecordId) -> AnyView {
    let open = RwSignal::new(true);
    let menu_of = table.menu_of;
    // The menu goes with its card's turn, so that the next one opens below its own button.
    Effect::new(move |_| {
        if !open.get() && menu_of.get_untracked() == Some(id) {
            key::focus_card_soon(id);
        }
    });
    let items = Callback::new(move |()| rows(table, id));
    view! { <Menu open=open anchor=format!("card-more-{id}") label=t("board-move-to") items=items/> }.into_any()
}

fn rows(table: Table, id: RecordId) -> Vec<MenuRow> {
    let Some(record) = table.app.ask(|state| state.shared_record(id).cloned()) else { return Vec::new() };
    let option = record.value(table.by()).options().first().copied();
    let lane = lane_of(table, &record);
    let go = move |to: Place| {
        table.current.set(Some(id));
        move_card(table, id, to);
        key::focus_card_soon(id);
    };
    let mut rows = vec![MenuRow::Label(t("board-move-to"))];
    rows.extend(columns(table).into_iter().map(|(to, name)| {
        MenuRow::Item(MenuItem::new(name, move || go(Place { lane, option: to })).checked(to == option))
    }));
    let lanes = lanes(table);
    if !lanes.is_empty() {
        let name = table.entity.with_value(|entity| {
            let field = table.lanes().and_then(|lanes| entity.field(lanes));
            field.map(|field| label(&field.label)).unwrap_or_default()
        });
        rows.push(MenuRow::Rule);
        rows.push(MenuRow::Label(tr("board-change-lane", [("name", name.into())])));
        rows.extend(lanes.into_iter().map(|(to, name)| {
            MenuRow::Item(MenuItem::new(name, move || go(Place { lane: Some(to), option })).checked(Some(to) == lane))
        }));
    }
    rows.push(MenuRow::Rule);
    let beside = MenuItem::new(t("list-open-beside"), move || table.open_beside.run(id)).icon("panel-right").keys("↵");
    rows.push(MenuRow::Item(beside));
    let remove = MenuItem::new(t("list-remove"), move || remove(table, id)).icon("trash-2").dangerous();
    rows.push(MenuRow::Item(remove));
    rows
}

fn columns(table: Table) -> Vec<(Option<OptionId>, String)> {
    table.entity.with_value(|entity| {
        let field = entity.field(table.by());
        let options = field.map(|field| field.options()).unwrap_or_default();
        let known = options.iter().filter(|option| !option.retired);
        known.map(|option| (Some(option.id), column_name(field, Some(option.id)))).collect()
    })
}

fn lanes(table: Table) -> Vec<(LaneKey, String)> {
    let keys: Vec<LaneKey> = table.board.with_untracked(|board| board.lanes.iter().map(|lane| lane.key).collect());
    let known = keys.into_iter().filter(|key| *key != LaneKey::Blank).take(MOST_LANES);
    known.map(|key| (key, untrack(|| place::lane_name(table, key)))).collect()
}

fn remove(table: Table, id: RecordId) {
    match table.app.dispatch(Command::RemoveRecords { records: vec![id] }) {
        Ok(_) => table.app.toast("toast-removed", vec![("count", "1".to_owned())], ToastAction::Undo),
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            table.app.warn("toast-refused", vec![("reason", reason)], ToastAction::None);
        }
    }
}
