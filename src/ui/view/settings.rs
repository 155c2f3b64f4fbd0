//! Settings: sections on the left, rows of label, help and control on the right.

mod look;
mod snapshot;
mod storage;

pub use snapshot::file_name as snapshot_name;

use leptos::prelude::*;

use crate::app::{App, Sample, packs};
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::part::icon;
use crate::ui::shell::use_floating;
use crate::ui::text::{self, label, t, tr};
use crate::ui::view::tour;

/// The sections.
pub fn parts(app: App) -> AnyView {
    view! {
        <div class="settings">
            <nav class="settings__nav" aria-label=t("settings-parts")>
                {tab("settings-look", "palette", t("settings-look"))}
                {tab("settings-people", "users", t("settings-people"))}
                {tab("settings-storage", "hard-drive", t("settings-storage"))}
                {tab("settings-packs", "package", t("settings-packs"))}
                {tab("settings-scripting", "braces", t("settings-scripting"))}
                {tab("settings-about", "info", t("settings-about"))}
            </nav>
            <div>
                {part("settings-look", t("settings-look"), look::rows(app))}
                {part("settings-people", t("settings-people"), look::acting(app))}
                {part("settings-storage", t("settings-storage"), storage::rows(app))}
                {part("settings-packs", t("settings-packs"), installed(app))}
                {part("settings-scripting", t("settings-scripting"), scripting())}
                {part("settings-about", t("settings-about"), about(app))}
            </div>
        </div>
    }
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

/// A link within the page; the address is not free for it, since routes stand there.
fn tab(id: &'static str, name: &'static str, title: String) -> AnyView {
    view! { <button class="tab" type="button" on:click=move |_| browser::focus(id)>{icon(name)}{title}</button> }
        .into_any()
}

fn part(id: &'static str, title: String, rows: AnyView) -> AnyView {
    view! {
        <section class="settings__part" aria-labelledby=id>
            <h2 id=id tabindex="-1">{title}</h2>
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
                            app.start_install(id.clone(), sample, |_| (), move |outcome| {
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
