//! The canvas: the fields in the sections of the page, those off it, and those that are retired; every place takes what is dragged.

use std::sync::Arc;

use leptos::prelude::*;

use super::add::{self, picture};
use super::{Bench, leave, option, palette};
use crate::engine::design::{self, Spot, Zone};
use crate::model::entity::Entity;
use crate::model::field::{Field, Label, Language};
use crate::model::id::FieldId;
use crate::model::view::Layout;
use crate::ui::browser;
use crate::ui::part::{Carried, MenuButton, MenuItem, MenuRow, icon, icon_styled};
use crate::ui::route::Sheet;
use crate::ui::text::{label, language, t, tr};
use crate::ui::view::workbench::{hold_focus, narrow_tools};

/// The canvas.
pub fn canvas(bench: Bench) -> AnyView {
    let drawn = move || {
        let (entity, layout, sheet) = (bench.entity.get()?, bench.layout.get()?, bench.sheet.get());
        hold_focus();
        let head = (sheet == Sheet::Page).then(|| head(bench, &entity, &layout));
        let sections: Vec<AnyView> =
            (0..layout.sections.len()).map(|at| section(bench, &entity, &layout, at)).collect();
        let off = design::unplaced(&entity, &layout);
        let rest =
            entity.fields.iter().filter(|field| !field.retired && (off.contains(&field.id) || !field.is_stored()));
        let rest: Vec<AnyView> = rest.map(|field| row(bench, &entity, &layout, field, Zone::Off)).collect();
        let retired: Vec<AnyView> = entity
            .fields
            .iter()
            .filter(|field| field.retired)
            .map(|field| row(bench, &entity, &layout, field, Zone::Off))
            .collect();
        let is_empty = rest.is_empty();
        let say = (sheet == Sheet::Page || !is_empty).then(|| {
            view! {
                <section class="design__section design__section--off" data-zone="off:" aria-label=t("design-off")>
                    <header class="design__bar"><h2>{t("design-off")}</h2></header>
                    <ul class="design__rows">{rest}</ul>
                    {is_empty.then(|| view! { <p class="design__none">{t("design-off-say")}</p> })}
                    {end(bench, Zone::Off, &t("design-off"))}
                </section>
            }
        });
        let gone = (!retired.is_empty()).then(|| {
            view! {
                <details class="design__section design__section--off">
                    <summary class="design__bar">{icon("archive")}<h2>{t("design-retired")}</h2><span class="page__count">{retired.len()}</span></summary>
                    <ul class="design__rows">{retired}</ul>
                </details>
            }
        });
        Some(view! { {head}{sections}{say}{gone} })
    };
    let more = move |_| {
        if let Some(layout) = bench.layout.get_untracked() {
            let name = crate::ui::text::both("design-section-name");
            bench.lay((*layout).clone().with_section(name));
        }
    };
    view! {
        {narrow_tools(bench.work)}
        {drawn}
        <button class="button button--quiet design__more" type="button" on:click=more>{icon("plus")}{t("design-add-section")}</button>
    }
    .into_any()
}

/// The figures at the top of a record.
fn head(bench: Bench, entity: &Arc<Entity>, layout: &Layout) -> AnyView {
    let fields: Vec<AnyView> = layout
        .highlights
        .iter()
        .filter_map(|id| entity.field(*id))
        .map(|field| row(bench, entity, layout, field, Zone::Head))
        .collect();
    let is_empty = fields.is_empty();
    view! {
        <section class="design__section design__section--head" data-zone="head:" aria-label=t("design-head")>
            <header class="design__bar"><h2>{t("design-head")}</h2></header>
            <ul class="design__rows">{fields}</ul>
            {is_empty.then(|| view! { <p class="design__none">{t("design-head-say")}</p> })}
            {end(bench, Zone::Head, &t("design-head"))}
        </section>
    }
    .into_any()
}

fn section(bench: Bench, entity: &Arc<Entity>, layout: &Arc<Layout>, at: usize) -> AnyView {
    let section = &layout.sections[at];
    let fields: Vec<AnyView> = section
        .fields
        .iter()
        .filter_map(|id| entity.field(*id))
        .filter(|field| !field.retired)
        .map(|field| row(bench, entity, layout, field, Zone::Section(at)))
        .collect();
    let (name, columns) = (label(&section.label), section.columns);
    let renamed = move |event| {
        let typed = event_target_value(&event).trim().to_owned();
        change(bench, &|layout| {
            if let Some(section) = layout.sections.get_mut(at).filter(|_| !typed.is_empty()) {
                put(&mut section.label, &typed);
            }
        });
    };
    let zone = zone_name(Zone::Section(at), None);
    let (said, said_end, menu) = (name.clone(), name.clone(), section_menu(bench, layout, at, name.clone()));
    let is_empty = fields.is_empty();
    let shown = if bench.sheet.get_untracked() == Sheet::Page { columns } else { None };
    view! {
        <section class="design__section" data-zone=zone aria-label=said>
            <header class="design__bar">
                <input class="input input--quiet design__title" aria-label=t("design-section") maxlength="60" prop:value=name on:change=renamed/>
                {menu}
            </header>
            <ul class="design__rows" data-columns=shown>{fields}</ul>
            {is_empty.then(|| view! { <p class="design__none">{t("design-section-empty")}</p> })}
            {end(bench, Zone::Section(at), &said_end)}
        </section>
    }
    .into_any()
}

/// The end of a part of the page, which takes what is dragged there.
fn end(bench: Bench, zone: Zone, name: &str) -> AnyView {
    let zone = zone_name(zone, None);
    let say = tr("design-said-end", [("name", name.into())]);
    let place = zone.clone();
    view! { <div class="design__end" data-zone=place data-say=say data-over=move || bench.work.is_over(&zone)></div> }
        .into_any()
}

fn section_menu(bench: Bench, layout: &Arc<Layout>, at: usize, name: String) -> AnyView {
    let (columns, count) = (layout.sections[at].columns, layout.sections.len());
    let items = Callback::new(move |()| {
        let with = |key: &str, wanted: Option<u8>| {
            let act = move || change(bench, &|layout| layout.sections[at].columns = wanted);
            MenuRow::Item(MenuItem::new(t(key), act).checked(columns == wanted))
        };
        let swap = |key: &str, name: &'static str, by: isize| {
            let act = move || {
                change(bench, &|layout| {
                    if let Some(to) = at.checked_add_signed(by).filter(|to| *to < layout.sections.len()) {
                        layout.sections.swap(at, to);
                    }
                });
            };
            MenuRow::Item(MenuItem::new(t(key), act).icon(name))
        };
        let mut rows = vec![
            MenuRow::Label(t("design-columns")),
            with("design-columns-auto", None),
            with("design-columns-1", Some(1)),
            with("design-columns-2", Some(2)),
            with("design-columns-3", Some(3)),
            MenuRow::Rule,
        ];
        if at > 0 {
            rows.push(swap("design-up", "arrow-up", -1));
        }
        if at + 1 < count {
            rows.push(swap("design-down", "arrow-down", 1));
        }
        if count > 1 {
            let act = move || {
                if let Some(layout) = bench.layout.get_untracked() {
                    bench.lay((*layout).clone().without_section(at));
                }
            };
            rows.push(MenuRow::Item(MenuItem::new(t("design-remove-section"), act).icon("trash-2")));
        }
        rows
    });
    view! { <MenuButton label=tr("design-section-menu", [("name", name.into())]) items=items/> }.into_any()
}

fn row(bench: Bench, entity: &Arc<Entity>, layout: &Layout, field: &Field, zone: Zone) -> AnyView {
    let id = field.id;
    let here = zone_name(zone, Some(id));
    let place = here.clone();
    let name = label(&field.label);
    let other = match language() {
        Language::Zh => field.label.en.clone(),
        Language::En => field.label.zh.clone(),
    };
    let other = if other == name { String::new() } else { other };
    let is_chosen = move || (bench.chosen.get() == Some(id)).to_string();
    let mut notes: Vec<AnyView> = Vec::new();
    let mut note = |is_so: bool, name: &'static str, key: &str| {
        if is_so {
            let (tip, said) = (t(key), t(key));
            notes.push(
                view! { <span class="design__note" title=tip>{icon(name)}<span class="sr-only">{said}</span></span> }
                    .into_any(),
            );
        }
    };
    note(id == entity.title, "tag", "design-is-title");
    note(field.required, "check-check", "design-required");
    note(field.unique, "key-round", "design-unique");
    note(layout.highlights.contains(&id) && zone != Zone::Head, "pin", "design-in-head");
    let kind = t(&format!("kind-{}", design::kind_name(&field.kind)));
    let say = tr("design-said-before", [("name", name.clone().into())]);
    let is_movable = field.is_stored() && !field.retired;
    let menu = row_menu(bench, entity, layout, field, zone);
    view! {
        <li
            class="design__row"
            data-key=is_movable.then(|| id.to_string())
            data-zone=place
            data-say=say
            data-chosen=is_chosen
            data-carried=move || bench.work.is_carried(id.as_str())
            data-over=move || bench.work.is_over(&here)
        >
            {icon_styled("grip-vertical", "icon design__grip")}
            <button class="design__name" type="button" data-lifts="" aria-pressed=is_chosen on:click=move |_| bench.choose(Some(id))>
                {icon_styled(picture(&field.kind), "icon")}
                <span class="clip">{name}</span>
                {(!other.is_empty()).then(|| view! { <span class="design__other clip">{other}</span> })}
            </button>
            {notes}
            <span class="design__is">{kind}</span>
            {menu}
        </li>
    }
    .into_any()
}

fn row_menu(bench: Bench, entity: &Arc<Entity>, layout: &Layout, field: &Field, zone: Zone) -> AnyView {
    let (id, name) = (field.id, label(&field.label));
    let (is_title, is_retired) = (id == entity.title, field.retired);
    let is_stored = field.is_stored() && !is_retired;
    let is_head = layout.highlights.contains(&id);
    let sections: Vec<String> = layout.sections.iter().map(|section| label(&section.label)).collect();
    let items = Callback::new(move |()| {
        let to = |zone: Zone, from: Zone| Callback::new(move |()| put_at(bench, id, from, Spot { zone, before: None }));
        let item = |text: String, name: &'static str, act: Callback<()>| {
            MenuRow::Item(MenuItem::new(text, move || act.run(())).icon(name))
        };
        let mut rows = Vec::new();
        if is_stored {
            let elsewhere =
                sections.iter().enumerate().filter(|(at, _)| zone != Zone::Section(*at) && zone != Zone::Head);
            for (at, section) in elsewhere {
                let text = tr("design-move-to", [("name", section.clone().into())]);
                rows.push(item(text, "corner-down-left", to(Zone::Section(at), zone)));
            }
            if is_head {
                rows.push(item(t("design-out-of-head"), "pin-off", to(Zone::Off, Zone::Head)));
            } else {
                rows.push(item(t("design-into-head"), "pin", to(Zone::Head, zone)));
            }
            if matches!(zone, Zone::Section(_)) && !is_title {
                rows.push(item(t("design-off-page"), "eye-off", to(Zone::Off, zone)));
            }
            rows.push(MenuRow::Rule);
        }
        if !is_title {
            let (key, name) =
                if is_retired { ("design-bring-back", "archive-restore") } else { ("design-retire", "archive") };
            rows.push(item(t(key), name, Callback::new(move |()| leave::retire(bench, id, !is_retired))));
            let act = move || leave::ask(bench, id);
            rows.push(MenuRow::Item(MenuItem::new(t("design-delete"), act).icon("trash-2").dangerous()));
        }
        rows
    });
    view! { <MenuButton label=tr("design-field-menu", [("name", name.into())]) items=items/> }.into_any()
}

/// Something was let go over a zone.
pub fn dropped(bench: Bench, carried: &Carried) {
    if let (Some(option), Some(over)) = (carried.thing.strip_prefix("option:"), carried.over.as_deref()) {
        if let Some(over) = over.strip_prefix("option:") {
            option::put_before(bench, option, over);
        }
        return;
    }
    let Some(spot) = carried.over.as_deref().and_then(read_zone) else { return };
    match palette::carried(&carried.thing) {
        Ok(kind) => add::add(bench, kind, Some(spot)),
        Err(field) => {
            let from = read_zone(&carried.from).map_or(Zone::Off, |from| from.zone);
            put_at(bench, field, from, spot);
        }
    }
}

fn put_at(bench: Bench, field: FieldId, from: Zone, spot: Spot) {
    let Some(layout) = bench.layout.get_untracked() else { return };
    bench.lay(design::moved(&layout, field, from, spot));
    bench.work.say(t("design-said-dropped"));
    focus_row(Some(field));
}

fn change(bench: Bench, change: &dyn Fn(&mut Layout)) {
    if let Some(layout) = bench.layout.get_untracked() {
        let mut next = (*layout).clone();
        change(&mut next);
        bench.lay(next);
    }
}

/// Writes a name in the language of the interface, or in both where both are the same.
fn put(label: &mut Label, typed: &str) {
    match language() {
        _ if label.zh == label.en => *label = Label::same(typed),
        Language::Zh => label.zh = typed.to_owned(),
        Language::En => label.en = typed.to_owned(),
    }
}

fn zone_name(zone: Zone, before: Option<FieldId>) -> String {
    let before = before.map(FieldId::as_str).unwrap_or_default();
    match zone {
        Zone::Head => format!("head:{before}"),
        Zone::Off => format!("off:{before}"),
        Zone::Section(at) => format!("{at}:{before}"),
    }
}

fn read_zone(name: &str) -> Option<Spot> {
    let (zone, before) = name.split_once(':')?;
    let zone = match zone {
        "head" => Zone::Head,
        "off" => Zone::Off,
        at => Zone::Section(at.parse().ok()?),
    };
    Some(Spot { zone, before: (!before.is_empty()).then(|| FieldId::new(before)) })
}

/// Gives the focus to the row of a field once it is drawn where it is now.
pub fn focus_row(field: Option<FieldId>) {
    let Some(field) = field else { return };
    request_animation_frame(move || {
        browser::focus_first(&format!(".design__canvas [data-key=\"{field}\"] .design__name"));
    });
}
