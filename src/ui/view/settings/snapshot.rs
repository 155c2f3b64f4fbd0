//! The whole workspace as one file: saved, and opened again once the file has been read, checked and asked about.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::setting;
use crate::app::{App, Checked, Files, Holdings};
use crate::model::diagnostic::{Code, Rejection};
use crate::model::state::Reader;
use crate::model::time::Instant;
use crate::ui::part::{Dialog, icon};
use crate::ui::received::handed;
use crate::ui::shell::use_floating;
use crate::ui::text::{self, t, tr};
use crate::ui::{browser, format};

/// A file that was read and waits for a yes, by its name.
#[derive(Clone)]
struct Waiting {
    name: String,
    holdings: Holdings,
}

pub fn rows(app: App) -> AnyView {
    let backup = use_floating().backup;
    let waiting = RwSignal::new(None::<Waiting>);
    let checked = StoredValue::new_local(None::<Checked>);
    let is_asking = RwSignal::new(false);
    let is_working = RwSignal::new(false);
    let with_files = RwSignal::new(true);
    let problem = RwSignal::new(None::<String>);
    let open = move |file: web_sys::File| {
        let name = file.name();
        problem.set(None);
        is_working.set(true);
        browser::read_bytes(file, move |bytes| {
            let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
                is_working.try_set(false);
                problem.try_set(Some(tr("settings-not-a-snapshot", [("name", name.into())])));
                return;
            };
            app.check_snapshot(text, move |read| {
                is_working.try_set(false);
                match read {
                    Ok(read) => {
                        waiting.try_set(Some(Waiting { name, holdings: read.holdings() }));
                        checked.try_set_value(Some(read));
                        is_asking.try_set(true);
                    }
                    Err(rejection) => {
                        problem.try_set(Some(refusal(&name, &rejection)));
                    }
                }
            });
        });
    };
    let chosen = move |event: leptos::ev::Event| {
        if let Some(file) = browser::chosen_file(&event) {
            open(file);
        }
    };
    handed().into_iter().for_each(open);
    let export = move || {
        is_working.set(true);
        let at = app.now();
        let files = if with_files.get_untracked() { Files::With } else { Files::Without };
        app.export_snapshot(files, move |made| {
            is_working.try_set(false);
            match made {
                Ok(text) => {
                    browser::download(&file_name(at), "application/json", &text);
                    backup.note(at);
                }
                Err(detail) => {
                    problem.try_set(Some(tr("settings-export-failed", [("detail", detail.into())])));
                }
            }
        });
    };
    let restore = move || {
        let Some(read) = checked.try_update_value(Option::take).flatten() else {
            return;
        };
        is_working.set(true);
        app.restore_checked(read, move |outcome| {
            is_working.try_set(false);
            is_asking.try_set(false);
            if let Err(rejection) = outcome {
                let name = waiting.try_get_untracked().flatten().map(|waiting| waiting.name).unwrap_or_default();
                problem.try_set(Some(refusal(&name, &rejection)));
            }
        });
    };
    let busy = move || is_working.get().then_some("true");
    let does = view! {
        <label class="button" aria-busy=busy>
            {icon("folder")}
            {t("settings-open-snapshot")}
            <input class="sr-only" type="file" on:change=chosen/>
        </label>
        <label class="check">
            <input
                class="check__box"
                type="checkbox"
                checked=true
                on:change=move |event| with_files.set(event_target_checked(&event))
            />
            {t("settings-with-files")}
        </label>
        <button class="button" type="button" aria-busy=busy on:click=move |_| export()>
            {icon("download")}
            {t("settings-save-snapshot")}
        </button>
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| is_asking.set(false)>{t("settings-restore-leave")}</button>
            <button class="button" type="button" aria-busy=busy on:click=move |_| export()>
                {icon("download")}
                {t("settings-save-snapshot-first")}
            </button>
            <button class="button button--danger-solid" type="button" aria-busy=busy on:click=move |_| restore()>
                {t("settings-restore-do")}
            </button>
        }
        .into_any()
    });
    view! {
        {setting(t("settings-snapshot"), t("settings-snapshot-say"), does.into_any())}
        {move || {
            problem
                .get()
                .map(|problem| {
                    view! {
                        <div class="setting setting--wide">
                            <div class="banner banner--bad banner--inline" role="alert">
                                {icon("circle-alert")}
                                <p>{problem}</p>
                            </div>
                        </div>
                    }
                })
        }}
        <Dialog open=is_asking title=Signal::derive(|| t("settings-restore-title")) class="dialog--small" footer=footer>
            {move || waiting.get().map(|waiting| contents(app, &waiting))}
            <p>{t("settings-restore-warning")}</p>
        </Dialog>
    }
    .into_any()
}

/// What is in the file, and what it takes the place of.
fn contents(app: App, waiting: &Waiting) -> AnyView {
    let Waiting { name, holdings } = waiting;
    let Holdings { made, entities, records, files, steps } = holdings;
    let number = |count: usize| format::number(Decimal::from(count), Some(0));
    let held = |records: usize, entities: usize| {
        let counts = [("records", records.into()), ("entities", entities.into()), ("shown", number(records).into())];
        tr("settings-restore-records", counts)
    };
    let here = app.ask(|state| (state.records().count(), state.entities().len()));
    let line = |name: &'static str, value: String| view! { <dt>{t(name)}</dt><dd>{value}</dd> };
    view! {
        <p>{tr("settings-restore-say", [("name", name.clone().into())])}</p>
        <dl class="holdings">
            {line("settings-restore-made", format::instant(*made))}
            {line("settings-restore-holds", held(*records, *entities))}
            {(*files > 0).then(|| line("settings-restore-files", number(*files)))}
            {steps.map(|steps| line("settings-restore-steps", number(steps)))}
            {line("settings-restore-here", held(here.0, here.1))}
        </dl>
    }
    .into_any()
}

/// Why a file is not taken, in a sentence.
fn refusal(name: &str, rejection: &Rejection) -> String {
    let first = rejection.diagnostics.first();
    // Another kind of file fails before anything in it could be named.
    let is_foreign = first
        .is_some_and(|first| first.code == Code::Malformed && matches!(first.argument("path"), Some("$" | "$.format")));
    if is_foreign {
        return tr("settings-not-a-snapshot", [("name", name.into())]);
    }
    let detail = first.map(text::diagnostic).unwrap_or_default();
    tr("settings-restore-failed", [("name", name.into()), ("detail", detail.into())])
}

/// What a snapshot is called that is made now.
pub fn file_name(at: Instant) -> String {
    let day: String = at.to_string().chars().take(10).collect();
    format!("perennial-{day}.perennial")
}
