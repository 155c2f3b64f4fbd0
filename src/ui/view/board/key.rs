//! Keys of the board: walking from card to card, lifting, carrying, dropping.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Table;
use super::place::{self, Place};
use crate::model::id::RecordId;
use crate::ui::browser;
use crate::ui::text::{t, tr};

/// Answers a key that was pressed on the board.
pub fn pressed(table: Table, event: &web_sys::KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    if !target.matches(".card__title").unwrap_or(false) || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let carried = table.drag.carried.get_untracked().filter(|carried| carried.by_key);
    match (event.key().as_str(), carried) {
        (" ", None) => {
            table.drag.lift_by_key(&target);
            let title = target.text_content().unwrap_or_default();
            table.said.set(tr("board-said-lifted", [("title", title.into())]));
        }
        (" " | "Enter", Some(carried)) => {
            if carried.over.as_ref() == Some(&carried.from) {
                table.said.set(t("board-said-put-back"));
            }
            table.drag.drop_by_key();
        }
        ("Escape", Some(_)) => {
            table.drag.cancel();
            table.said.set(t("board-said-put-back"));
        }
        ("ArrowLeft", Some(carried)) => carry(table, carried.over.as_deref(), (-1, 0)),
        ("ArrowRight", Some(carried)) => carry(table, carried.over.as_deref(), (1, 0)),
        ("ArrowUp", Some(carried)) => carry(table, carried.over.as_deref(), (0, -1)),
        ("ArrowDown", Some(carried)) => carry(table, carried.over.as_deref(), (0, 1)),
        ("m", None) => {
            let card = target.closest(".card[data-key]").ok().flatten();
            let id = card.and_then(|card| card.get_attribute("data-key")).and_then(|key| key.parse().ok());
            table.menu_of.set(None);
            table.menu_of.set(id);
        }
        ("ArrowDown", None) => walk(table, &target, 1),
        ("ArrowUp", None) => walk(table, &target, -1),
        ("ArrowLeft", None) => cross(&target, -1),
        ("ArrowRight", None) => cross(&target, 1),
        ("Tab", Some(_)) => {}
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Gives the focus to a card once it is drawn where it has gone.
pub fn focus_card_soon(id: RecordId) {
    request_animation_frame(move || {
        let selector = format!(".card[data-key=\"{id}\"] .card__title");
        let title = browser::document().and_then(|page| page.query_selector(&selector).ok().flatten());
        if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = title.focus();
        }
    });
}

/// Carries a card to the column and lane beside.
fn carry(table: Table, over: Option<&str>, (columns, lanes): (isize, isize)) {
    let Some(now) = over.and_then(Place::parse) else { return };
    let next = table.board.with_untracked(|board| {
        let column = board.columns.iter().position(|column| column.option == now.option)?;
        let option = board.columns.get(column.checked_add_signed(columns)?)?.option;
        let Some(lane) = now.lane else { return (lanes == 0).then_some(Place { lane: None, option }) };
        let at = board.lanes.iter().position(|known| known.key == lane)?;
        let lane = board.lanes.get(at.checked_add_signed(lanes)?)?.key;
        Some(Place { lane: Some(lane), option })
    });
    let Some(next) = next else { return };
    let zone = next.to_string();
    table.drag.carry_to(&zone);
    table.said.set(tr("board-said-over", [("column", place::name(table, next).into())]));
    let zone = browser::document()
        .and_then(|page| page.query_selector(&format!(".board [data-zone=\"{zone}\"]")).ok().flatten());
    if let Some(zone) = zone {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        zone.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Goes to the card above or below; at the end of a lane to the same column of the next one.
fn walk(table: Table, title: &web_sys::Element, by: i32) {
    let card = title.closest(".card").ok().flatten();
    let next = card.and_then(|card| if by > 0 { card.next_element_sibling() } else { card.previous_element_sibling() });
    if next.as_ref().is_some_and(|next| next.matches(".card").unwrap_or(false)) {
        focus_title(next.as_ref());
        return;
    }
    let Some(cell) = title.closest(".cell").ok().flatten() else { return };
    let Some(place) = cell.get_attribute("data-zone").as_deref().and_then(Place::parse) else { return };
    let keys: Vec<_> = table.board.with_untracked(|board| board.lanes.iter().map(|lane| lane.key).collect());
    let Some(at) = keys.iter().position(|key| Some(*key) == place.lane) else { return };
    let further: Vec<_> = match by > 0 {
        true => keys[at + 1..].to_vec(),
        false => keys[..at].iter().rev().copied().collect(),
    };
    for lane in further {
        let zone = Place { lane: Some(lane), ..place }.to_string();
        let wanted = format!(".board [data-zone=\"{zone}\"] .card");
        let found = browser::document().and_then(|page| page.query_selector_all(&wanted).ok());
        let card = found.and_then(|found| found.item(if by > 0 { 0 } else { found.length().saturating_sub(1) }));
        if let Some(card) = card.and_then(|card| card.dyn_into::<web_sys::Element>().ok()) {
            focus_title(Some(&card));
            return;
        }
    }
}

/// Goes to the column on the left or right, to the card at the same height.
fn cross(title: &web_sys::Element, by: i32) {
    let height = title.get_bounding_client_rect().top();
    let mut column = title.closest(".column, .cell").ok().flatten();
    loop {
        column =
            column.and_then(|here| if by > 0 { here.next_element_sibling() } else { here.previous_element_sibling() });
        let Some(found) = &column else { return };
        let Ok(cards) = found.query_selector_all(".card") else {
            return;
        };
        let cards = (0..cards.length()).filter_map(|at| cards.item(at)?.dyn_into::<web_sys::Element>().ok());
        let distance = |card: &web_sys::Element| (card.get_bounding_client_rect().top() - height).abs();
        if let Some(nearest) = cards.min_by(|one, other| distance(one).total_cmp(&distance(other))) {
            focus_title(Some(&nearest));
            return;
        }
    }
}

fn focus_title(card: Option<&web_sys::Element>) {
    let title = card.and_then(|card| card.query_selector(".card__title").ok().flatten());
    if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = title.focus();
    }
}
