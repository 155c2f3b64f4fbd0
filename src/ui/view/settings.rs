//! Settings: sections on the left, rows of label, help and control on the right.

mod general;
mod install;
mod look;
mod people;
mod reset;
mod snapshot;
mod storage;
mod time;

pub use snapshot::file_name as snapshot_name;

use leptos::prelude::*;

use crate::app::{App, Sample, packs};
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::route::{Route, use_route};
use crate::ui::shell::{use_app, use_floating};
use crate::ui::text::{self, label, t, tr};
use crate::ui::view::{shortcuts, tour};

/// A section of the settings.
pub struct Section {
    /// Its name in the address.
    pub name: &'static str,
    /// Its icon.
    pub picture: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// The key of further words by which it is looked for.
    pub words: &'static str,
    parts: fn(App) -> AnyView,
}

/// The sections, in their order.
pub const SECTIONS: [Section; 8] = [
    Section {
        name: "general",
        picture: "building-2",
        title: "settings-general",
        words: "words-general",
        parts: general_parts,
    },
    Section { name: "look", picture: "palette", title: "settings-look", words: "words-look", parts: look_parts },
    Section { name: "people", picture: "users", title: "settings-people", words: "words-people", parts: people_parts },
    Section {
        name: "storage",
        picture: "hard-drive",
        title: "settings-storage",
        words: "words-storage",
        parts: storage_parts,
    },
    Section {
        name: "packs",
        picture: "package",
        title: "settings-packs",
        words: "words-packs",
        parts: |app| part(None, installed(app)),
    },
    Section {
        name: "shortcuts",
        picture: "keyboard",
        title: "settings-shortcuts",
        words: "words-shortcuts",
        parts: |_| part(None, keys()),
    },
    Section {
        name: "scripting",
        picture: "braces",
        title: "settings-scripting",
        words: "words-scripting",
        parts: |_| part(None, scripting()),
    },
    Section {
        name: "about",
        picture: "info",
        title: "settings-about",
        words: "words-about",
        parts: |app| part(None, about(app)),
    },
];

/// The sections, of which the address names one.
pub fn parts(app: App) -> AnyView {
    let route = use_route();
    let here = Memo::new(move |_| {
        let asked =
            |section: &&Section| matches!(&*route.read(), Route::Setting { section: name } if name == section.name);
        SECTIONS.iter().position(|section| asked(&section)).unwrap_or(0)
    });
    let tabs: Vec<AnyView> = SECTIONS
        .iter()
        .enumerate()
        .map(|(at, section)| {
            let to = Route::Setting { section: section.name.to_owned() };
            let is_here = move || (here.get() == at).then_some("page");
            view! { <a class="tab" href=to.href() aria-current=is_here>{icon(section.picture)}{t(section.title)}</a> }
                .into_any()
        })
        .collect();
    view! {
        <div class="settings">
            <nav class="settings__nav" aria-label=t("settings-parts")>{tabs}</nav>
            {move || {
                let section = &SECTIONS[here.get()];
                view! { <div class="settings__section"><h2>{t(section.title)}</h2>{(section.parts)(app)}</div> }
            }}
        </div>
    }
    .into_any()
}

fn general_parts(app: App) -> AnyView {
    view! { {part(None, general::rows(app))}{part(Some("time"), time::rows(app))}{part(Some("general-rates"), general::rates(app))} }.into_any()
}

fn look_parts(app: App) -> AnyView {
    part(None, look::rows(app))
}

fn people_parts(app: App) -> AnyView {
    view! { {part(None, people::rows(app))}{part(Some("people-teams"), people::teams(app))} }.into_any()
}

fn storage_parts(app: App) -> AnyView {
    view! {
        {part(None, view! { {install::row()}{storage::rows(app)} }.into_any())}
        {part(Some("settings-danger"), reset::row(app))}
    }
    .into_any()
}

fn keys() -> AnyView {
    view! { <div class="setting setting--wide"><div class="shortcuts">{shortcuts::sections(use_app())}</div></div> }
        .into_any()
}

/// One row: what it is about, and what to do.
fn setting(title: String, say: String, does: AnyView) -> AnyView {
    view! {
        <div class="setting">
            <div class="setting__say"><h3>{title}</h3><p>{say}</p></div>
            <div class="setting__do">{does}</div>
        </div>
    }
    .into_any()
}

/// A box of rows, with a heading where the section has several.
fn part(title: Option<&'static str>, rows: AnyView) -> AnyView {
    view! {
        <section class="settings__part">
            {title.map(|title| view! { <h3>{t(title)}</h3> })}
            <div class="settings__box">{rows}</div>
        </section>
    }
    .into_any()
}

fn installed(app: App) -> AnyView {
    let busy = RwSignal::new(None::<String>);
    let rows = move || {
        let there = app.workspace().map(|workspace| workspace.packs.clone()).unwrap_or_default();
        packs()
            .into_iter()
            .map(|card| {
                let is_there = there.contains(&card.id);
                let does = if is_there {
                    view! { <span class="chip chip--good chip--large">{icon("check")}<span>{t("settings-pack-there")}</span></span> }
                        .into_any()
                } else {
                    let install = move |sample: Sample| {
                        let id = card.id.clone();
                        move |_| {
                            if busy.with_untracked(Option::is_some) {
                                return;
                            }
                            busy.set(Some(id.clone()));
                            app.start_install(id.clone(), sample, None, |_| (), move |outcome| {
                                busy.try_set(None);
                                if let Err(rejection) = outcome {
                                    app.toast_rejection(&rejection);
                                }
                            });
                        }
                    };
                    let is_busy = move || busy.with(Option::is_some).then_some("true");
                    view! {
                        <button class="button" type="button" aria-busy=is_busy on:click=install(Sample::Without)>
                            {t("settings-pack-install")}
                        </button>
                        <button class="button" type="button" aria-busy=is_busy on:click=install(Sample::With)>
                            {t("settings-pack-install-sample")}
                        </button>
                    }
                    .into_any()
                };
                setting(label(&card.label), label(&card.description), does)
            })
            .collect::<Vec<AnyView>>()
    };
    rows.into_any()
}

fn scripting() -> AnyView {
    const EXAMPLE: &str = "await perennial.ready";
    let copy = move |_| browser::copy(EXAMPLE);
    let does = view! {
        <code>{EXAMPLE}</code>
        <button class="button" type="button" on:click=copy>{icon("copy")}{t("settings-copy")}</button>
    }
    .into_any();
    setting(t("settings-console"), t("settings-console-say"), does)
}

fn about(app: App) -> AnyView {
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    let copy = move |_| {
        let (records, entities) = app.ask(|state| (state.record_count(), state.entities().len()));
        let language = if text::language() == crate::model::field::Language::Zh { "zh-CN" } else { "en" };
        browser::copy(&format!("Perennial {VERSION}\nrecords: {records}\nentities: {entities}\nlanguage: {language}"));
    };
    let does = view! {
        <button class="button" type="button" on:click=copy>{icon("copy")}{t("settings-copy-details")}</button>
    }
    .into_any();
    let at = use_floating().tour;
    let tour = view! {
        <button class="button" type="button" on:click=move |_| tour::begin(at)>{icon("lightbulb")}{t("settings-tour-begin")}</button>
    }
    .into_any();
    view! {
        {setting(t("settings-tour"), t("settings-tour-say"), tour)}
        {setting(tr("settings-version", [("version", VERSION.into())]), t("settings-version-say"), does)}
    }
    .into_any()
}
