//! The palette: what can be put on the form, pressed to add it or dragged to where it shall be.

use leptos::prelude::*;

use super::{Bench, add};
use crate::engine::design;
use crate::engine::search::{Query, Tier};
use crate::model::field::Field;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::text::{label, t};
use crate::ui::view::design::picture;

/// What is no field.
const THINGS: [(&str, &str, &str); 6] = [
    ("text", "type", "form-add-text"),
    ("picture", "image", "form-add-picture"),
    ("divider", "minus", "form-add-divider"),
    ("lines", "table", "form-add-lines"),
    ("section", "layout-grid", "form-add-section"),
    ("page", "file-plus", "form-add-page"),
];

/// The palette.
pub fn palette(bench: Bench) -> AnyView {
    let find = RwSignal::new(String::new());
    let press = move |event: web_sys::MouseEvent| {
        let pressed = browser::closest(event.target(), "[data-adds]").and_then(|it| it.get_attribute("data-adds"));
        if let Some(what) = pressed {
            add::add(bench, &what, None);
        }
    };
    // What can be asked, and how it is called: drawn anew only when that changes.
    let fields = Memo::new(move |_| {
        let (Some(form), Some(entity)) = (bench.form.get(), bench.entity.get()) else { return Vec::new() };
        let words = find.get();
        let query = Query::new(words.trim());
        let unasked = design::unasked(&form, &entity);
        let row = |field: &Field| (field.id.to_string(), label(&field.label), picture(&field.kind), field.required);
        if words.trim().is_empty() {
            return unasked.map(row).collect();
        }
        bench.app.with_readings(|readings| {
            let says = |name: &str| query.meets(name, readings).is_some_and(|tier| tier != Tier::Slip);
            let is_meant = |field: &&Field| {
                says(&field.label.zh) || says(&field.label.en) || field.id.as_str().contains(words.trim())
            };
            unasked.filter(is_meant).map(row).collect::<Vec<_>>()
        })
    });
    let rows = move || {
        let found = fields.get();
        if found.is_empty() {
            let key = if find.with(|words| words.trim().is_empty()) { "form-all-asked" } else { "form-no-match" };
            return view! { <p class="design__none" role="status">{t(key)}</p> }.into_any();
        }
        let rows: Vec<AnyView> = found
            .into_iter()
            .map(|(id, name, picture, required)| {
                one(format!("field:{id}"), picture, name, required.then(|| t("design-required")))
            })
            .collect();
        view! { <ul class="design__kinds" aria-label=t("form-fields")>{rows}</ul> }.into_any()
    };
    let things: Vec<AnyView> =
        THINGS.into_iter().map(|(name, picture, key)| one(name.to_owned(), picture, t(key), None)).collect();
    view! {
        <h2 class="design__head">{t("form-palette")}</h2>
        <div class="design__groups" on:click=press>
            <h3>{t("form-things")}</h3>
            <ul class="design__kinds form-design__things" aria-label=t("form-things")>{things}</ul>
            <h3>{t("form-fields")}</h3>
            <label class="input input-box find">
                {icon("search")}
                <span class="sr-only">{t("form-find")}</span>
                <input type="search" placeholder=t("form-find") prop:value=find on:input=move |event| find.set(event_target_value(&event))/>
            </label>
            {rows}
            <button class="design__kind" type="button" aria-haspopup="dialog" on:click=move |_| bench.new_field.set(true)>
                {icon("plus")}
                <span>{t("form-new-field")}</span>
            </button>
        </div>
    }
    .into_any()
}

fn one(what: String, picture: &'static str, name: String, note: Option<String>) -> AnyView {
    let note = note.map(|note| {
        let tip = note.clone();
        view! { <span class="field__need" title=tip><span aria-hidden="true">"*"</span><span class="sr-only">{note}</span></span> }
    });
    view! {
        <li>
            <button class="design__kind" type="button" data-adds=what.clone() data-key=format!("new:{what}") data-zone="palette" data-lifts="">
                {icon(picture)}
                <span class="clip">{name}</span>
                {note}
            </button>
        </li>
    }
    .into_any()
}
