//! Keys of the board: walking from card to card, lifting, carrying, dropping.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Table, column_name, option_of, zone_of};
use crate::model::id::RecordId;
use crate::ui::browser;
use crate::ui::text::{t, tr};

/// Answers a key that was pressed on the board.
pub fn pressed(table: Table, event: &web_sys::KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
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
        ("ArrowLeft", Some(carried)) => carry(table, carried.over.as_deref(), -1),
        ("ArrowRight", Some(carried)) => carry(table, carried.over.as_deref(), 1),
        ("m", None) => {
            let card = target.closest(".card[data-key]").ok().flatten();
            let id = card.and_then(|card| card.get_attribute("data-key")).and_then(|key| key.parse().ok());
            table.menu_of.set(None);
            table.menu_of.set(id);
        }
        ("ArrowDown", None) => walk(&target, 1),
        ("ArrowUp", None) => walk(&target, -1),
        ("ArrowLeft", None) => cross(&target, -1),
        ("ArrowRight", None) => cross(&target, 1),
        ("ArrowUp" | "ArrowDown" | "Tab", Some(_)) => {}
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

fn carry(table: Table, over: Option<&str>, by: isize) {
    let zones: Vec<&'static str> =
        table.columns.with_untracked(|columns| columns.iter().map(|column| zone_of(column.option)).collect());
    let Some(at) = zones.iter().position(|zone| Some(*zone) == over) else { return };
    let Some(zone) = at.checked_add_signed(by).and_then(|to| zones.get(to)) else { return };
    table.drag.carry_to(zone);
    let name = table.entity.with_value(|entity| column_name(entity.field(table.by), option_of(zone)));
    table.said.set(tr("board-said-over", [("column", name.into())]));
    let column = browser::document()
        .and_then(|page| page.query_selector(&format!(".board > [data-zone=\"{zone}\"]")).ok().flatten());
    if let Some(column) = column {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        column.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Goes to the card above or below.
fn walk(title: &web_sys::Element, by: i32) {
    let card = title.closest(".card").ok().flatten();
    let next = card.and_then(|card| if by > 0 { card.next_element_sibling() } else { card.previous_element_sibling() });
    focus_title(next.as_ref());
}

/// Goes to the column on the left or right, to the card at the same height.
fn cross(title: &web_sys::Element, by: i32) {
    let height = title.get_bounding_client_rect().top();
    let mut column = title.closest(".column").ok().flatten();
    loop {
        column =
            column.and_then(|here| if by > 0 { here.next_element_sibling() } else { here.previous_element_sibling() });
        let Some(found) = &column else { return };
        let Ok(cards) = found.query_selector_all(".card") else { return };
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
