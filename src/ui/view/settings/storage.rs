//! Where everything is kept: how much room is left, and whether the browser has promised to keep it.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{setting, snapshot};
use crate::app::{App, Storage};
use crate::ui::format;
use crate::ui::part::icon;
use crate::ui::route::Route;
use crate::ui::shell::use_floating;
use crate::ui::text::{t, tr};

pub fn rows(app: App) -> AnyView {
    let storage = RwSignal::new(None::<Storage>);
    app.storage(move |found| {
        storage.try_set(Some(found));
    });
    view! {
        <div class="setting setting--wide">{move || gauge(storage.get())}</div>
        {move || storage.get().map(protection)}
        {move || storage.get().map(|found| log(&found))}
        {move || storage.get().map(|found| backup(app, found.commits))}
        {snapshot::rows(app)}
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

/// How old the last backup is.
fn backup(app: App, entries: u64) -> AnyView {
    let last = use_floating().backup;
    let shown = move || {
        let is_due = last.is_due(app.now(), entries);
        let (class, picture) =
            if is_due { ("chip chip--warn chip--large", "triangle-alert") } else { ("chip chip--large", "check") };
        let when = last.last();
        let picture = if when.is_none() && !is_due { "circle-dashed" } else { picture };
        let says = when.map_or_else(|| t("settings-backup-never"), |at| format::relative(at, app.now()));
        view! { <span class=class title=when.map(format::instant)>{icon(picture)}<span>{says}</span></span> }
    };
    let say = move || t(if last.is_due(app.now(), entries) { "settings-backup-due" } else { "settings-backup-say" });
    view! {
        <div class="setting">
            <div class="setting__say"><h3>{t("settings-backup")}</h3><p>{say}</p></div>
            <div class="setting__do">{shown}</div>
        </div>
    }
    .into_any()
}

fn log(storage: &Storage) -> AnyView {
    let count = format::number(Decimal::from(storage.commits), Some(0));
    let does = view! {
        <b class="num">{count}</b>
        <a class="button" href=Route::History.href()>{icon("history")}{t("settings-show-history")}</a>
    };
    setting(t("settings-commits"), t("settings-commits-say"), does.into_any())
}
