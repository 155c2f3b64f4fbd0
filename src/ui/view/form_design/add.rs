//! Something new on the form: a field that is there, one that the entity gets for it, a text, a picture, a line, a table, a section.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Bench, focus_part};
use crate::engine::design::{self, FormSpot, KINDS};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::field::{FieldKind, Label};
use crate::model::form::{Form, FormItem, ItemContent, Presence};
use crate::model::id::FieldId;
use crate::ui::browser;
use crate::ui::text::{both, t};
use crate::ui::view::workbench::{Naming, naming_dialog};

/// Adds something at a place; behind what is looked at when none is named.
pub fn add(bench: Bench, what: &str, spot: Option<FormSpot>) {
    let (Some(form), Some(entity)) = (bench.form.get_untracked(), bench.entity.get_untracked()) else { return };
    let at = spot.clone().unwrap_or_else(|| behind(bench, &form));
    let own = |id: &str, content| FormItem { id: form.free_id(id), width: 4, presence: Presence::default(), content };
    let item = match what {
        "text" => own("text", ItemContent::Text { text: both("form-text-new") }),
        "divider" => own("divider", ItemContent::Divider),
        "picture" => {
            bench.picture.set(Some(at));
            if let Some(input) = browser::element("form-picture") {
                input.click();
            }
            return;
        }
        "section" => {
            let page = form.pages.get(bench.page.get_untracked()).map(|page| page.id.clone()).unwrap_or_default();
            let next = (*form).clone().with_section(&page);
            let made =
                next.pages.iter().find(|it| it.id == page).and_then(|it| it.sections.last()).map(|it| it.id.clone());
            if bench.keep(next) {
                bench.choose(made);
            }
            return;
        }
        "page" => {
            let after = form.pages.get(bench.page.get_untracked()).map(|page| page.id.clone());
            let next = (*form).clone().with_page(after.as_deref());
            let made = next.pages.get(bench.page.get_untracked() + 1).map(|page| page.id.clone());
            if bench.keep(next) {
                bench.choose(made);
            }
            return;
        }
        "lines" => {
            let unasked = design::unasked(&form, &entity).find(|field| matches!(field.kind, FieldKind::Lines { .. }));
            match unasked {
                Some(field) => bench.app.ask(|state| design::item_for(state, field)),
                None => return add_lines(bench, &at),
            }
        }
        field => {
            let Some(field) = field.strip_prefix("field:").and_then(|id| entity.field(FieldId::new(id))) else {
                return;
            };
            bench.app.ask(|state| design::item_for(state, field))
        }
    };
    bench.work.tell_aloud(place(bench, &form, item, &at, Vec::new()));
}

/// The dialog for a new field, and the control that a picture is chosen with.
pub fn dialogs(bench: Bench) -> AnyView {
    let kind = RwSignal::new("text".to_owned());
    let more = Callback::new(move |()| {
        let kinds: Vec<AnyView> = possible(bench)
            .into_iter()
            .map(|known| {
                view! { <option value=known selected=kind.get_untracked() == known>{t(&format!("kind-{known}"))}</option> }
                    .into_any()
            })
            .collect();
        view! {
            <div class="field">
                <label class="field__label" for="new-field-kind">{t("design-kind")}</label>
                <select class="input" id="new-field-kind" on:change=move |event| kind.set(event_target_value(&event))>{kinds}</select>
            </div>
        }
        .into_any()
    });
    let dialog = naming_dialog(Naming {
        open: bench.new_field,
        id: "new-field",
        title: "form-new-field-title",
        say: "form-new-field-say",
        longest: 60,
        with_english: None,
        more,
        make: Callback::new(move |name| add_field(bench, name, &kind.get_untracked())),
    });
    let chosen = move |event: web_sys::Event| {
        let (Some(file), Some(spot)) = (browser::chosen_file(&event), bench.picture.get_untracked()) else { return };
        bench.app.keep_file(file, move |kept| match kept {
            Ok(file) => {
                let Some(form) = bench.form.try_get_untracked().flatten() else { return };
                let description = Label::same(file.name.rsplit_once('.').map_or(file.name.as_str(), |(name, _)| name));
                let content = ItemContent::Picture { description, file };
                let item = FormItem { id: form.free_id("picture"), width: 4, presence: Presence::default(), content };
                bench.work.tell_aloud(place(bench, &form, item, &spot, Vec::new()));
            }
            Err(name) => bench.app.toast("stream-not-kept", vec![("name", name)], crate::app::ToastAction::None),
        });
    };
    view! {
        {dialog}
        <input id="form-picture" type="file" accept="image/*" hidden=true aria-label=t("form-add-picture") on:change=chosen/>
    }
    .into_any()
}

fn possible(bench: Bench) -> Vec<&'static str> {
    let Some(entity) = bench.entity.get_untracked() else { return Vec::new() };
    let is_possible =
        |name: &&str| *name != "lines" && bench.app.ask(|it| design::starting(name, it, &entity).is_some());
    KINDS.iter().map(|(_, name, _)| *name).filter(is_possible).collect()
}

/// Gives the entity a field and asks for it.
fn add_field(bench: Bench, label: Label, kind: &str) -> Result<(), Rejection> {
    let gone = || Rejection::from(Diagnostic::new(Code::UnknownEntity));
    let (form, entity) = bench.form.get_untracked().zip(bench.entity.get_untracked()).ok_or_else(gone)?;
    let kind = bench.app.ask(|state| design::starting(kind, state, &entity)).ok_or_else(gone)?;
    let id = design::field_id(&entity, &label, &kind);
    let field = design::plain(id, label, kind);
    let item = bench.app.ask(|state| design::item_for(state, &field));
    let mut next = (*entity).clone();
    next.fields.push(field);
    place(bench, &form, item, &behind(bench, &form), vec![Definition::Entity(Arc::new(next))])
}

/// Gives the entity lines of its own and asks for them.
fn add_lines(bench: Bench, spot: &FormSpot) {
    let (Some(form), Some(entity)) = (bench.form.get_untracked(), bench.entity.get_untracked()) else { return };
    let names = ["design-line-of", "design-line-name", "design-line-quantity", "design-line-price", "design-line-sum"];
    let title = both("kind-lines-name");
    let (kind, lines) = bench.app.ask(|state| design::new_lines(state, &entity, &title, names.map(both)));
    let field = design::plain(design::field_id(&entity, &title, &kind), title, kind);
    let Definition::Entity(of) = &lines else { return };
    let item = design::lines_item(&field, of);
    let mut next = (*entity).clone();
    next.fields.push(field);
    bench.work.tell_aloud(place(bench, &form, item, spot, vec![lines, Definition::Entity(Arc::new(next))]));
}

fn place(
    bench: Bench,
    form: &Form,
    mut item: FormItem,
    spot: &FormSpot,
    mut with: Vec<Definition>,
) -> Result<(), Rejection> {
    item.id = form.free_id(&item.id);
    let made = item.id.clone();
    with.push(Definition::Form(Arc::new(form.clone().with_item(item, spot))));
    bench.define(with)?;
    bench.choose(Some(made.clone()));
    focus_part(Some(made));
    Ok(())
}

/// Behind what is looked at, or at the end of the page.
fn behind(bench: Bench, form: &Form) -> FormSpot {
    let chosen = bench.chosen.get_untracked();
    let Some(page) = form.pages.get(bench.page.get_untracked()).or(form.pages.first()) else {
        return FormSpot { section: String::new(), before: None };
    };
    for section in &page.sections {
        if chosen.as_ref() == Some(&section.id) {
            return FormSpot { section: section.id.clone(), before: None };
        }
        if let Some(at) = section.items.iter().position(|item| chosen.as_ref() == Some(&item.id)) {
            let before = section.items.get(at + 1).map(|item| item.id.clone());
            return FormSpot { section: section.id.clone(), before };
        }
    }
    let section = page.sections.last().map(|section| section.id.clone()).unwrap_or_default();
    FormSpot { section, before: None }
}
