//! The canvas: the pages as steps, the sections of one with their columns, and the items in them; every place takes what is dragged.

use std::sync::Arc;

use leptos::prelude::*;

use super::menu::part_menu;
use super::{Bench, add, focus_part};
use crate::engine::design::{FormSpot, Piece};
use crate::engine::form::Gravity;
use crate::model::condition::Condition;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, Language};
use crate::model::form::{Form, FormItem, FormPage, FormSection, ItemContent, Presence};
use crate::ui::browser;
use crate::ui::field::picture as image;
use crate::ui::part::{Carried, icon, icon_button, icon_styled};
use crate::ui::text::{label, language, t, tr};
use crate::ui::view::design::picture;
use crate::ui::view::workbench::{focus_soon, hold_focus, narrow_tools};

/// The canvas.
pub fn canvas(bench: Bench) -> AnyView {
    let drawn = move || {
        let (form, entity) = (bench.form.get()?, bench.entity.get()?);
        hold_focus();
        let at = bench.page.get();
        let page = form.pages.get(at)?;
        let id = page.id.clone();
        let sections: Vec<AnyView> =
            page.sections.iter().map(|section| self::section(bench, &form, &entity, section)).collect();
        let more = move |_| add::add(bench, "section", None);
        let head = (form.pages.len() > 1 || page.label.is_some()).then(|| {
            let (own, name) = (id.clone(), page.label.as_ref().map(label).unwrap_or_default());
            let typed = move |event| {
                let typed = event_target_value(&event).trim().to_owned();
                rename(bench, &own, &typed);
            };
            let (place, said) = (tr("form-page-unnamed", [("number", (at + 1).into())]), t("form-page-name"));
            view! {
                <header class="form-design__page" data-part=id.clone()>
                    <input class="input input--quiet design__title" aria-label=said placeholder=place maxlength="80" prop:value=name on:change=typed/>
                    {signs(&page.presence)}
                    {part_menu(bench, &form, &page.id, tr("form-page-unnamed", [("number", (at + 1).into())]))}
                </header>
            }
        });
        Some(view! {
            {steps(bench, &form)}
            <div class="form-design__sheet">
                {head}
                {sections}
                <button class="button button--quiet design__more" type="button" on:click=more>{icon("plus")}{t("form-add-section")}</button>
            </div>
        })
    };
    view! { {narrow_tools(bench.work)}{drawn} }.into_any()
}

/// The pages as steps; each takes what is dropped on it.
fn steps(bench: Bench, form: &Arc<Form>) -> AnyView {
    let one = |at: usize| {
        let page = &form.pages[at];
        let id = page.id.clone();
        let name = page_name(page, at);
        let thing = (form.pages.len() > 1).then(|| format!("page:{id}"));
        let zone = format!(">{id}");
        let (over, chosen) = (over(bench, zone.clone()), form.clone());
        let amiss = move || {
            let parts = bench.problems.with(|all| {
                all.iter().filter(|it| it.part.as_deref().and_then(|part| chosen.page_of(part)) == Some(at)).count()
            });
            (parts > 0).then(|| {
                let said = tr("design-troubles", [("count", parts.into())]);
                let tip = said.clone();
                view! { <span class="tab__count form-design__amiss" title=tip><span aria-hidden="true">{parts}</span><span class="sr-only">{said}</span></span> }
            })
        };
        let here = move || (bench.page.get() == at).then_some("step");
        let say = tr("design-said-end", [("name", name.clone().into())]);
        view! {
            <li>
                <button
                    class="form-design__step"
                    type="button"
                    data-lifts=""
                    data-key=thing
                    data-step=id.clone()
                    data-zone=zone
                    data-say=say
                    data-over=over
                    aria-current=here
                    on:click=move |_| bench.choose(Some(id.clone()))
                >
                    <span class="form-design__number" aria-hidden="true">{at + 1}</span>
                    <span class="clip">{name}</span>
                    {amiss}
                </button>
            </li>
        }
        .into_any()
    };
    let all: Vec<AnyView> = (0..form.pages.len()).map(one).collect();
    view! {
        <nav class="form-design__steps" aria-label=t("form-pages")>
            <ol>{all}</ol>
            {icon_button(t("form-add-page"), "plus", move || add::add(bench, "page", None))}
        </nav>
    }
    .into_any()
}

fn section(bench: Bench, form: &Arc<Form>, entity: &Arc<Entity>, section: &FormSection) -> AnyView {
    let id = section.id.clone();
    let items: Vec<AnyView> = section.items.iter().map(|item| row(bench, form, entity, section, item)).collect();
    let name = section.label.as_ref().map(label).unwrap_or_default();
    let said = if name.is_empty() { t("form-section") } else { name.clone() };
    let (own, chosen) = (id.clone(), id.clone());
    let typed = move |event| {
        let typed = event_target_value(&event).trim().to_owned();
        rename(bench, &own, &typed);
    };
    let is_chosen = move || bench.chosen.with(|part| part.as_deref() == Some(chosen.as_str())).to_string();
    let end = format!("{id}:");
    let (around, over) = (end.clone(), over(bench, end.clone()));
    let (called, say) = (said.clone(), tr("design-said-end", [("name", said.clone().into())]));
    let (thing, before) = (format!("section:{id}"), tr("form-said-place", [("name", said.clone().into())]));
    let (lifted, here) = (thing.clone(), end.clone());
    let is_carried = move || bench.work.is_carried(&lifted);
    let takes = move || {
        let is_over = |carried: &Carried| {
            carried.thing.starts_with("section:") && carried.over.as_ref().is_some_and(|over| over.starts_with(&here))
        };
        bench.work.drag.carried.with(|it| it.as_ref().is_some_and(is_over)).then_some("")
    };
    let move_it = tr("form-section-move", [("name", said.clone().into())]);
    let picked = id.clone();
    let is_empty = items.is_empty();
    view! {
        <section
            class="design__section"
            data-key=thing
            data-zone=around
            data-say=before
            data-part=id.clone()
            data-chosen=is_chosen
            data-carried=is_carried
            data-takes=takes
            aria-label=called
        >
            <header class="design__bar">
                <button
                    class="design__name form-design__grip"
                    type="button"
                    data-lifts=""
                    aria-label=move_it.clone()
                    title=move_it
                    on:click=move |_| bench.choose(Some(picked.clone()))
                >
                    {icon("grip-vertical")}
                </button>
                <input class="input input--quiet design__title" aria-label=t("design-section") placeholder=t("form-section-unnamed") maxlength="80" prop:value=name on:change=typed/>
                {signs(&section.presence)}
                {amiss(bench, &id)}
                {part_menu(bench, form, &id, said.clone())}
            </header>
            <ul class="design__rows form-design__items" data-columns=section.columns.to_string()>{items}</ul>
            {is_empty.then(|| view! { <p class="design__none">{t("form-section-empty")}</p> })}
            <div class="design__end" data-zone=end data-say=say data-over=over></div>
        </section>
    }
    .into_any()
}

fn row(bench: Bench, form: &Arc<Form>, entity: &Entity, section: &FormSection, item: &FormItem) -> AnyView {
    let id = item.id.clone();
    let field = item.field().and_then(|field| entity.field(field));
    let name = name_of(item, field);
    let zone = format!("{}:{id}", section.id);
    let width = item.width.clamp(1, section.columns.max(1));
    let (chosen, carried, typing, picked) = (id.clone(), format!("item:{id}"), id.clone(), id.clone());
    let is_chosen = move || bench.chosen.with(|part| part.as_deref() == Some(chosen.as_str())).to_string();
    let lifted = carried.clone();
    let is_carried = move || bench.work.is_carried(&lifted);
    let asked = if let ItemContent::Field(asked) = &item.content { Some(asked) } else { None };
    let when = asked.and_then(|asked| asked.required.as_ref());
    let is_needed = field.is_some_and(|field| field.required) || when.is_some_and(Condition::is_always);
    let mut notes: Vec<AnyView> = Vec::new();
    let mut note = |is_so: bool, name: &'static str, key: &str| {
        if is_so {
            notes.push(sign(name, t(key)));
        }
    };
    note(when.is_some_and(|when| !when.is_always()), "check-check", "form-sign-required");
    note(asked.is_some_and(|it| !it.options.is_empty()), "list-filter", "form-sign-options");
    note(asked.is_some_and(|it| it.default.is_some() || it.computed.is_some()), "sigma", "form-sign-formula");
    note(asked.is_some_and(|it| !it.checks.is_empty()), "shield-check", "form-sign-checks");
    let image = match &item.content {
        ItemContent::Text { .. } => "type",
        ItemContent::Picture { .. } => "image",
        ItemContent::Divider => "minus",
        ItemContent::Field(_) | ItemContent::Lines(_) => field.map_or("circle-question-mark", |it| picture(&it.kind)),
    };
    let hint = asked.and_then(|asked| asked.hint.as_ref()).or(field.and_then(|field| field.hint.as_ref())).map(label);
    let kind = field.map(|field| t(&format!("kind-{}", crate::engine::design::kind_name(&field.kind))));
    let ghost = ghost(bench, item, field);
    let (shown, typed_name, keyed) = (name.clone(), name.clone(), id.clone());
    let may_rename = !matches!(item.content, ItemContent::Divider);
    let begin = move || {
        if may_rename {
            bench.typing.set(Some(typing.clone()));
            focus_soon("#form-name-here".to_owned());
        }
    };
    let (by_key, by_mouse) = (begin.clone(), begin);
    let say = tr("design-said-before", [("name", name.clone().into())]);
    let title = move || {
        if bench.typing.with(|typing| typing.as_deref() == Some(keyed.as_str())) {
            let (own, back) = (keyed.clone(), keyed.clone());
            let done = move |event: web_sys::Event| {
                let typed = event_target_value(&event).trim().to_owned();
                bench.typing.set(None);
                rename(bench, &own, &typed);
            };
            let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
                "Escape" | "Enter" if !event.is_composing() => {
                    event.stop_propagation();
                    if event.key() == "Escape" {
                        bench.typing.set(None);
                    } else if let Some(input) = browser::element("form-name-here") {
                        let _ = input.blur();
                    }
                    focus_part(Some(back.clone()));
                }
                _ => {}
            };
            return view! {
                <input
                    class="input"
                    id="form-name-here"
                    aria-label=t("form-name-here")
                    value=typed_name.clone()
                    on:change=done
                    on:blur=move |_| bench.typing.set(None)
                    on:keydown=keys
                />
            }
            .into_any();
        }
        let (picked, shown, by_key, by_mouse) = (picked.clone(), shown.clone(), by_key.clone(), by_mouse.clone());
        let pressed = picked.clone();
        view! {
            <button
                class="design__name"
                type="button"
                data-lifts=""
                aria-pressed=move || bench.chosen.with(|part| part.as_deref() == Some(pressed.as_str())).to_string()
                on:click=move |_| bench.choose(Some(picked.clone()))
                on:dblclick=move |_| by_mouse()
                on:keydown=move |event| {
                    if event.key() == "F2" {
                        event.prevent_default();
                        by_key();
                    }
                }
            >
                {icon_styled(image, "icon")}
                <span class="clip">{shown}</span>
                {is_needed.then(|| view! { <span class="field__need" aria-hidden="true">"*"</span> })}
            </button>
        }
        .into_any()
    };
    view! {
        <li
            class="design__row form-design__item"
            style=format!("grid-column: span {width}")
            data-key=carried
            data-part=id.clone()
            data-zone=zone.clone()
            data-say=say
            data-chosen=is_chosen
            data-carried=is_carried
            data-over=over(bench, zone)
        >
            <div class="form-design__line">
                {icon_styled("grip-vertical", "icon design__grip")}
                {title}
                {signs(&item.presence)}
                {notes}
                {amiss(bench, &id)}
                {part_menu(bench, form, &id, name)}
            </div>
            {ghost}
            {hint.map(|hint| view! { <p class="field__hint form-design__hint">{hint}</p> })}
            {kind.map(|kind| view! { <span class="sr-only">{kind}</span> })}
        </li>
    }
    .into_any()
}

/// What a question looks like from afar.
fn ghost(bench: Bench, item: &FormItem, field: Option<&Field>) -> AnyView {
    match &item.content {
        ItemContent::Divider => view! { <hr class="form-design__rule"/> }.into_any(),
        ItemContent::Text { .. } => ().into_any(),
        // What it shows is said right above it.
        ItemContent::Picture { file, .. } => {
            view! { <div class="form-design__image">{image(bench.app, file, String::new())}</div> }.into_any()
        }
        ItemContent::Lines(lines) => {
            let of = match field.map(|field| &field.kind) {
                Some(FieldKind::Lines { entity, .. }) => bench.app.entity(*entity),
                _ => None,
            };
            let heads: Vec<AnyView> = lines
                .columns
                .iter()
                .map(|column| {
                    let field = of.as_ref().and_then(|of| of.field(column.field));
                    let name = column.label.as_ref().or(field.map(|field| &field.label)).map(label);
                    let is_sum = lines.sums.contains(&column.field);
                    view! { <span class="clip">{is_sum.then_some("Σ ")}{name}</span> }.into_any()
                })
                .collect();
            view! { <div class="form-design__ghost form-design__ghost--lines" aria-hidden="true">{heads}</div> }
                .into_any()
        }
        ItemContent::Field(asked) => {
            let options = field.map(Field::options).unwrap_or_default();
            if !options.is_empty() {
                let shown = options.iter().filter(|option| !option.retired).take(4);
                let shown: Vec<AnyView> =
                    shown.map(|option| crate::ui::part::chip(&label(&option.label), option.hue)).collect();
                return view! { <div class="form-design__ghost form-design__ghost--bare" aria-hidden="true">{shown}</div> }.into_any();
            }
            let says = asked.placeholder.as_ref().map(label).unwrap_or_default();
            view! { <div class="form-design__ghost" aria-hidden="true">{says}</div> }.into_any()
        }
    }
}

/// What an item is called.
pub fn name_of(item: &FormItem, field: Option<&Field>) -> String {
    let named = match &item.content {
        ItemContent::Field(asked) => asked.label.as_ref(),
        ItemContent::Lines(lines) => lines.label.as_ref(),
        ItemContent::Text { text } => Some(text),
        ItemContent::Picture { description, .. } => Some(description),
        ItemContent::Divider => return t("form-add-divider"),
    };
    let name = named.map(label).filter(|name| !name.is_empty());
    name.or(field.map(|field| label(&field.label))).unwrap_or_else(|| item.id.clone())
}

/// What the presence of a part depends on.
fn signs(presence: &Presence) -> AnyView {
    let seen = presence.visible.is_some().then(|| sign("eye", t("form-sign-visible")));
    let locked = presence.read_only.is_some().then(|| sign("lock", t("form-sign-locked")));
    view! { {seen}{locked} }.into_any()
}

fn sign(name: &'static str, said: String) -> AnyView {
    let tip = said.clone();
    view! { <span class="design__note" title=tip>{icon(name)}<span class="sr-only">{said}</span></span> }.into_any()
}

/// A mark on what has a problem.
fn amiss(bench: Bench, id: &str) -> AnyView {
    let id = id.to_owned();
    (move || {
        let gravity = bench.problems.with(|all| {
            all.iter().filter(|it| it.part.as_deref() == Some(id.as_str())).map(|problem| problem.gravity).min()
        });
        gravity.map(|gravity| {
            let (name, class) = match gravity {
                Gravity::Error => ("circle-alert", "icon icon--bad"),
                Gravity::Warning => ("triangle-alert", "icon icon--warn"),
            };
            view! { <span class="design__note" title=t("form-amiss")>{icon_styled(name, class)}<span class="sr-only">{t("form-amiss")}</span></span> }
        })
    })
    .into_any()
}

/// Something was let go over a zone.
pub fn dropped(bench: Bench, carried: &Carried) {
    let (Some(over), Some(form)) = (carried.over.as_deref(), bench.form.get_untracked()) else { return };
    let onto = over.strip_prefix('>').or_else(|| over.split_once(':').map(|(section, _)| section)).unwrap_or(over);
    let moved = |id: &str, next: Form| {
        if bench.keep(next) {
            bench.work.say(t("design-said-dropped"));
            bench.follow(Some(id.to_owned()));
            focus_part(Some(id.to_owned()));
        }
    };
    if let Some(id) = carried.thing.strip_prefix("section:") {
        return moved(id, (*form).clone().with_section_moved(id, onto));
    }
    if let Some(id) = carried.thing.strip_prefix("page:") {
        return moved(id, (*form).clone().with_page_moved(id, onto));
    }
    let Some(spot) = spot_at(&form, over) else { return };
    if let Some(what) = carried.thing.strip_prefix("new:") {
        add::add(bench, what, Some(spot));
    } else if let Some(id) = carried.thing.strip_prefix("item:") {
        moved(id, (*form).clone().with_moved(id, &spot));
    }
}

/// The place that a zone stands for: before an item, at the end of a section, or at the end of a page.
fn spot_at(form: &Form, zone: &str) -> Option<FormSpot> {
    if let Some(page) = zone.strip_prefix('>') {
        let section = form.pages.iter().find(|it| it.id == page)?.sections.last()?;
        return Some(FormSpot { section: section.id.clone(), before: None });
    }
    let (section, before) = zone.split_once(':')?;
    Some(FormSpot { section: section.to_owned(), before: (!before.is_empty()).then(|| before.to_owned()) })
}

/// Writes a name in the language of the interface, or in both where both are the same; a blank one is none of its own.
fn rename(bench: Bench, part: &str, typed: &str) {
    let fallback = bench
        .entity
        .get_untracked()
        .zip(bench.form.get_untracked())
        .and_then(|(entity, form)| Some(entity.field(form.item(part)?.field()?)?.label.clone()));
    let put = |known: Option<&Label>| -> Option<Label> {
        if typed.is_empty() {
            return None;
        }
        let mut label = known.or(fallback.as_ref()).cloned().unwrap_or_else(|| Label::same(typed));
        match language() {
            _ if label.zh == label.en => label = Label::same(typed),
            Language::Zh => label.zh = typed.to_owned(),
            Language::En => label.en = typed.to_owned(),
        }
        Some(label)
    };
    bench.change_piece(Some(part), "form-set-name", &|piece| match super::row::own_name(piece) {
        super::row::OwnName::Maybe(label) => *label = put(label.as_ref()),
        super::row::OwnName::Always(label) => {
            if let Some(next) = put(Some(label)) {
                *label = next;
            }
        }
        super::row::OwnName::None => {}
    });
}

/// Whether what is carried would be dropped here; a section is dropped on sections alone.
fn over(bench: Bench, zone: String) -> impl Fn() -> Option<&'static str> {
    let is_step = zone.starts_with('>');
    let is_over = move |it: &Carried| {
        let is_place = is_step || !(it.thing.starts_with("section:") || it.thing.starts_with("page:"));
        is_place && it.over.as_ref() == Some(&zone)
    };
    move || bench.work.drag.carried.with(|it| it.as_ref().is_some_and(&is_over)).then_some("")
}

/// What a page is called.
pub fn page_name(page: &FormPage, at: usize) -> String {
    let name = page.label.as_ref().map(label).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| tr("form-page-unnamed", [("number", (at + 1).into())]))
}

/// What a part is called, or the form itself.
pub fn piece_name(piece: &Piece, form: &Form) -> String {
    match piece {
        Piece::Form(form) => label(&form.label),
        Piece::Page(page) => page_name(page, form.page_of(&page.id).unwrap_or(0)),
        Piece::Section(section) => section.label.as_ref().map(label).unwrap_or_else(|| t("form-section")),
        Piece::Item(item, field) => name_of(item, field.as_deref()),
    }
}
