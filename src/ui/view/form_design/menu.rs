//! What can be done with a part of the form besides setting it: it is moved, doubled, taken away.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Bench, canvas, focus_part};
use crate::engine::design::FormSpot;
use crate::model::form::{Form, FormPage, FormSection};
use crate::ui::part::{MenuButton, MenuItem, MenuRow};
use crate::ui::text::{label, t, tr};

/// The button with everything that can be done with a part.
pub fn part_menu(bench: Bench, form: &Arc<Form>, id: &str, name: String) -> AnyView {
    let (form, id) = (form.clone(), id.to_owned());
    let said = tr("design-field-menu", [("name", name.into())]);
    let items = Callback::new(move |()| rows(bench, &form, &id));
    view! { <MenuButton label=said items=items/> }.into_any()
}

/// Takes a part away; who took it away goes on with what stands beside it.
pub fn remove(bench: Bench, id: &str) {
    let Some(form) = bench.form.get_untracked() else { return };
    let next = (*form).clone().without(id);
    let beside = form.neighbour(id);
    if next != *form && bench.keep(next) {
        bench.work.say(t("form-said-removed"));
        bench.follow(beside.clone());
        focus_part(beside);
    }
}

fn rows(bench: Bench, form: &Arc<Form>, id: &str) -> Vec<MenuRow> {
    let act = |text: String, name: &'static str, act: Callback<()>| {
        MenuRow::Item(MenuItem::new(text, move || act.run(())).icon(name))
    };
    let keep = |next: Form, part: String| {
        Callback::new(move |()| {
            if bench.keep(next.clone()) {
                bench.follow(Some(part.clone()));
                focus_part(Some(part.clone()));
            }
        })
    };
    let own = id.to_owned();
    let mut rows = vec![act(t("form-settings"), "settings", Callback::new(move |()| bench.choose(Some(own.clone()))))];
    for (key, name, by) in [("design-up", "arrow-up", -1), ("design-down", "arrow-down", 1)] {
        let next = (**form).clone().with_shifted(id, by);
        if next != **form {
            rows.push(act(t(key), name, keep(next, id.to_owned())));
        }
    }
    for (place, next) in elsewhere(form, id) {
        let text = tr("design-move-to", [("name", place.into())]);
        rows.push(act(text, "corner-down-left", keep(next, id.to_owned())));
    }
    if let Some((next, made)) = (**form).clone().with_double(id) {
        rows.push(act(t("form-duplicate"), "copy", keep(next, made)));
    }
    if (**form).clone().without(id) != **form {
        rows.push(MenuRow::Rule);
        let own = id.to_owned();
        let item = MenuItem::new(t("form-remove"), move || remove(bench, &own)).icon("trash-2").keys("Delete");
        rows.push(MenuRow::Item(item));
    }
    rows
}

/// Where else a part may stand, each with the form as it would be then: items in other sections, sections on other pages.
fn elsewhere(form: &Form, id: &str) -> Vec<(String, Form)> {
    let is_item = form.item(id).is_some();
    let is_section = form.pages.iter().flat_map(|page| &page.sections).any(|section| section.id == id);
    let mut found = Vec::new();
    for (at, page) in form.pages.iter().enumerate() {
        if is_section && page.sections.iter().all(|section| section.id != id) {
            found.push((canvas::page_name(page, at), form.clone().with_section_moved(id, &page.id)));
        }
        for section in page.sections.iter().filter(|_| is_item) {
            if section.items.iter().all(|item| item.id != id) {
                let spot = FormSpot { section: section.id.clone(), before: None };
                found.push((place_name(page, at, section), form.clone().with_moved(id, &spot)));
            }
        }
    }
    found
}

fn place_name(page: &FormPage, at: usize, section: &FormSection) -> String {
    let section_name = section.label.as_ref().map(label).filter(|name| !name.is_empty());
    match section_name {
        Some(name) => format!("{} · {name}", canvas::page_name(page, at)),
        None if page.sections.len() == 1 => canvas::page_name(page, at),
        None => format!("{} · {}", canvas::page_name(page, at), t("form-section")),
    }
}
