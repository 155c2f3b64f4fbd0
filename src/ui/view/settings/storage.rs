//! Where everything is kept: how much room is left, whether the browser has promised to keep it, and the whole as one file.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::setting;
use crate::app::{App, Files, Storage};
use crate::model::time::Instant;
use crate::ui::browser;
use crate::ui::format;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::Route;
use crate::ui::text::{self, t, tr};

pub fn rows(app: App) -> AnyView {
    let storage = RwSignal::new(None::<Storage>);
    app.storage(move |found| {
        storage.try_set(Some(found));
    });
    view! {
        <div class="setting setting--wide">{move || gauge(storage.get())}</div>
        {move || storage.get().map(protection)}
        {move || storage.get().map(|found| log(&found))}
        {snapshot(app)}
    }
    .into_any()
}

fn gauge(storage: Option<Storage>) -> AnyView {
    let Some(usage) = storage.and_then(|storage| storage.usage) else {
        let say = if storage.is_some() { t("settings-usage-unknown") } else { t("settings-usage-measuring") };
        return view! { <div class="store"><div class="setting__say"><h3>{say}</h3></div></div> }.into_any();
    };
    let (used, allowed) = (usage.used as f64, usage.allowed.max(1) as f64);
    let share = (used / allowed * 100.0).clamp(0.0, 100.0);
    let free = format::bytes((allowed - used).max(0.0));
    let used = format::bytes(used);
    let title = tr("settings-usage", [("used", used.clone().into()), ("allowed", format::bytes(allowed).into())]);
    // A tenth of a per cent still has to be seen.
    let style = format!("--share: max(2px, {share:.2}%)");
    view! {
        <div class="store">
            <div class="setting__say"><h3>{title.clone()}</h3></div>
            <div class="store__bar" role="img" aria-label=title><i data-hue="teal" style=style></i></div>
            <ul class="store__key">
                <li><i data-hue="teal"></i>{t("settings-usage-used")} " " <b>{used}</b></li>
                <li><i></i>{t("settings-usage-free")} " " <b>{free}</b></li>
            </ul>
        </div>
    }
    .into_any()
}

fn protection(storage: Storage) -> AnyView {
    if storage.is_persistent {
        let does = view! {
            <span class="chip chip--good chip--large">{icon("shield-check")}<span>{t("settings-persistent")}</span></span>
        };
        return setting(t("settings-protected"), t("settings-protected-say"), does.into_any());
    }
    let does = view! {
        <span class="chip chip--warn chip--large">{icon("shield-alert")}<span>{t("settings-not-persistent")}</span></span>
    };
    setting(t("settings-protected"), t("settings-not-protected-say"), does.into_any())
}

fn log(storage: &Storage) -> AnyView {
    let count = format::number(Decimal::from(storage.commits), Some(0));
    let does = view! {
        <b class="num">{count}</b>
        <a class="button" href=Route::History.href()>{icon("history")}{t("settings-show-history")}</a>
    };
    setting(t("settings-commits"), t("settings-commits-say"), does.into_any())
}

fn snapshot(app: App) -> AnyView {
    let pending = RwSignal::new(None::<(String, String)>);
    let is_asking = RwSignal::new(false);
    let is_working = RwSignal::new(false);
    let with_files = RwSignal::new(true);
    let problem = RwSignal::new(None::<String>);
    let chosen = move |event: leptos::ev::Event| {
        let Some(file) = browser::chosen_file(&event) else {
            return;
        };
        let name = file.name();
        problem.set(None);
        browser::read_bytes(file, move |bytes| match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) => {
                pending.set(Some((name, text)));
                is_asking.set(true);
            }
            None => problem.set(Some(tr("settings-not-a-snapshot", [("name", name.into())]))),
        });
    };
    let export = move || {
        is_working.set(true);
        let at = app.now();
        let files = if with_files.get_untracked() { Files::With } else { Files::Without };
        app.export_snapshot(files, move |made| {
            is_working.try_set(false);
            match made {
                Ok(text) => browser::download(&file_name(at), "application/json", &text),
                Err(detail) => {
                    problem.try_set(Some(tr("settings-export-failed", [("detail", detail.into())])));
                }
            }
        });
    };
    let restore = move || {
        let Some((_, text)) = pending.get_untracked() else {
            return;
        };
        is_working.set(true);
        app.restore_snapshot(text, move |outcome| {
            is_working.try_set(false);
            is_asking.try_set(false);
            pending.try_set(None);
            if let Err(rejection) = outcome {
                let detail = rejection.diagnostics.first().map(text::diagnostic).unwrap_or_default();
                problem.try_set(Some(tr("settings-restore-failed", [("detail", detail.into())])));
            }
        });
    };
    let busy = move || is_working.get().then_some("true");
    let does = view! {
        <label class="button">
            {icon("folder")}
            {t("settings-open-snapshot")}
            <input class="sr-only" type="file" accept=".json,application/json" on:change=chosen/>
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
            <p>
                {move || {
                    let name = pending.get().map(|(name, _)| name).unwrap_or_default();
                    tr("settings-restore-say", [("name", name.into())])
                }}
            </p>
            <p>{t("settings-restore-warning")}</p>
        </Dialog>
    }
    .into_any()
}

fn file_name(at: Instant) -> String {
    let day: String = at.to_string().chars().take(10).collect();
    format!("perennial-{day}.json")
}
