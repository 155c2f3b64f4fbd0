//! The sheet of a form: its title, the way through its pages, the page itself and the buttons below.

use leptos::prelude::*;

use super::item::item;
use super::{Fill, Purpose, Stage, ending};
use crate::app::SaveState;
use crate::model::form::{Density, FormPage, FormSection};
use crate::ui::field::picture;
use crate::ui::part::{icon, markdown};
use crate::ui::text::{label, t, tr};

/// A form, from its title to its last page.
pub fn runner(fill: Fill) -> AnyView {
    let form = fill.form();
    let title = fill.own_id("title");
    let density = (form.theme.density == Density::Compact).then_some("compact");
    let hue = form.theme.hue.map(|hue| format!("--hue:{hue}"));
    let is_hued = hue.is_some().then_some("");
    let logo = form.theme.logo.as_ref().map(|file| picture(fill.app, file, label(&form.label)));
    let name = label(&form.label);
    let introduction = form.introduction.as_ref().map(|text| markdown(&label(text)));
    let first = fill.filling.with_value(|filling| filling.pages().first().copied());
    let introduction = move || {
        let is_first = fill.stage.get() == Stage::Asking && Some(fill.page.get()) == first;
        let text = introduction.clone().filter(|_| is_first)?;
        Some(view! { <div class="fill__text">{text.into_view()}</div> }.into_any())
    };
    let labelled = title.clone();
    let body = move || match fill.stage.get() {
        Stage::Asking => asking(fill, labelled.clone()),
        Stage::Sent => ending::ending(fill),
    };
    view! {
        <div class="fill" data-density=density data-hued=is_hued style=hue>
            <header class="fill__head">
                {logo.map(|logo| view! { <div class="fill__logo">{logo}</div> })}
                <h1 id=title>{name}</h1>
                {introduction}
            </header>
            {body}
        </div>
    }
    .into_any()
}

fn asking(fill: Fill, title: String) -> AnyView {
    let page = Memo::new(move |_| fill.page.get());
    let save = fill.app.save_state();
    let trouble = move || {
        let mut sentences = fill.trouble.get();
        if fill.is_sending.get() && save.get() == SaveState::NotSaved {
            sentences.push(t("fill-not-saved"));
        }
        (!sentences.is_empty()).then(|| {
            let list = sentences.into_iter().map(|one| view! { <li>{one}</li> }).collect::<Vec<_>>();
            view! { <div class="form__errors" role="alert"><h3>{icon("circle-alert")}{t("form-refused")}</h3><ul>{list}</ul></div> }
        })
    };
    view! {
        <form
            class="fill__form"
            data-kept=""
            aria-labelledby=title
            novalidate=true
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                fill.go_on();
            }
        >
            {way(fill)}
            {trouble}
            {move || sheet(fill, page.get())}
            {foot(fill)}
        </form>
    }
    .into_any()
}

/// The pages that are shown, by their place; tracked.
fn pages(fill: Fill) -> Vec<usize> {
    fill.form().pages.iter().for_each(|page| fill.track(&page.id));
    fill.filling.try_with_value(|filling| filling.pages()).unwrap_or_default()
}

/// How far one has come, where there are several pages.
fn way(fill: Fill) -> AnyView {
    let shown = Memo::new(move |_| pages(fill));
    let name = move |at: usize, place: usize| {
        let own = fill.form().pages.get(at).and_then(|page| page.label.as_ref().map(label));
        own.unwrap_or_else(|| tr("fill-page", [("number", (place + 1).into())]))
    };
    (move || {
        let (shown, at) = (shown.get(), fill.page.get());
        if shown.len() < 2 {
            return ().into_any();
        }
        let place = shown.iter().position(|page| *page == at).unwrap_or_default();
        let step = |(index, page): (usize, &usize)| {
            let class = if index < place { "fill__step fill__step--done" } else { "fill__step" };
            let current = (index == place).then_some("step");
            view! { <li class=class aria-current=current><span>{name(*page, index)}</span></li> }.into_any()
        };
        let steps: Vec<AnyView> = shown.iter().enumerate().map(step).collect();
        let says = tr("fill-way", [("number", (place + 1).into()), ("count", shown.len().into())]);
        view! { <div class="fill__way"><p role="status">{says}</p><ol aria-label=t("fill-pages")>{steps}</ol></div> }
            .into_any()
    })
    .into_any()
}

fn sheet(fill: Fill, at: usize) -> AnyView {
    let form = fill.form();
    let Some(page) = form.pages.get(at) else { return ().into_any() };
    let heading = page_heading(fill, page);
    let sections: Vec<AnyView> = page.sections.iter().map(|it| section(fill, it)).collect();
    view! { <div class="fill__page">{heading}{sections}</div> }.into_any()
}

fn page_heading(fill: Fill, page: &FormPage) -> AnyView {
    let id = fill.own_id("page");
    match &page.label {
        Some(name) => view! { <h2 id=id tabindex="-1">{label(name)}</h2> }.into_any(),
        None => view! { <span id=id tabindex="-1" class="sr-only"></span> }.into_any(),
    }
}

fn section(fill: Fill, section: &FormSection) -> AnyView {
    let id = section.id.clone();
    let shown = Memo::new(move |_| fill.is_shown(&id));
    let section = section.clone();
    (move || {
        if !shown.get() {
            return ().into_any();
        }
        let style = format!("--columns:{}", section.columns.clamp(1, 4));
        let items: Vec<AnyView> = section.items.iter().map(|it| item(fill, it)).collect();
        let grid = view! { <div class="fill__grid" style=style>{items}</div> };
        match &section.label {
            Some(name) => {
                view! { <fieldset class="fill__section"><legend>{label(name)}</legend>{grid}</fieldset> }.into_any()
            }
            None => view! { <div class="fill__section">{grid}</div> }.into_any(),
        }
    })
    .into_any()
}

fn foot(fill: Fill) -> AnyView {
    let (before, after) = (
        Memo::new(move |_| pages(fill).into_iter().any(|page| page < fill.page.get())),
        Memo::new(move |_| pages(fill).into_iter().any(|page| page > fill.page.get())),
    );
    let back = move || {
        before.get().then(|| {
            view! { <button class="button button--large" type="button" on:click=move |_| fill.go_back()>{icon("arrow-left")}{t("fill-back")}</button> }
        })
    };
    let send = fill.form().send.as_ref().map_or_else(|| t("fill-send"), label);
    let on = move || if after.get() { t("fill-next") } else { send.clone() };
    let page = Memo::new(move |_| fill.page.get());
    // Until somebody has tried to go on, no keystroke asks what is wrong with all the others.
    let wrong = Memo::new(move |_| {
        if !fill.is_tried.get() {
            return 0;
        }
        let (form, at) = (fill.form(), page.get());
        let shown = form.pages.get(at).into_iter().flat_map(|page| &page.sections);
        shown.flat_map(|section| &section.items).for_each(|item| fill.track(&item.id));
        fill.filling.try_with_value(|filling| filling.problems_on(at).len()).unwrap_or_default()
    });
    let note = move || {
        let count = wrong.get();
        (count > 0)
            .then(|| view! { {icon("circle-alert")}<span>{tr("form-correct", [("count", count.into())])}</span> })
    };
    let is_preview = fill.opening.with_value(|opening| opening.purpose == Purpose::Preview);
    view! {
        <div class="fill__foot" data-preview=is_preview.then_some("")>
            {back}
            <span class="dialog__note dialog__note--bad" role="status">{note}</span>
            <button class="button button--primary button--large" type="submit">{on}</button>
        </div>
    }
    .into_any()
}
