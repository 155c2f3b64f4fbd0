//! The status line: how saving stands, whether there is a network, how full the browser's storage is. Quiet until it matters.

use leptos::prelude::*;

use super::{use_app, use_floating};
use crate::app::SaveState;
use crate::ui::browser;
use crate::ui::part::{icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{t, tr};

/// From here on the storage is worth a word; the settings always tell.
const NEARLY_FULL: f64 = 0.8;

/// The status line.
#[component]
pub fn Status() -> impl IntoView {
    let app = use_app();
    let save = app.save_state();
    let is_online = RwSignal::new(browser::is_online());
    browser::on_window("online", move |_: web_sys::Event| {
        let _ = is_online.try_set(true);
    });
    browser::on_window("offline", move |_: web_sys::Event| {
        let _ = is_online.try_set(false);
    });
    let used = RwSignal::new(None::<f64>);
    let entries = RwSignal::new(0u64);
    let last = use_floating().backup;
    let is_backup_due = Memo::new(move |_| last.is_due(app.now(), entries.get()));
    app.storage(move |storage| {
        let _ = entries.try_set(storage.commits);
        let _ = used.try_set(
            storage.usage.filter(|usage| usage.allowed > 0).map(|usage| usage.used as f64 / usage.allowed as f64),
        );
    });
    view! {
        <footer class="status" aria-label=t("status-name")>
            {move || (!is_online.get()).then(|| view! {
                <span class="status__item status__item--warn">{icon("wifi-off")}{t("status-offline")}</span>
            })}
            {move || is_backup_due.get().then(backup)}
            {move || used.get().filter(|share| *share > NEARLY_FULL).map(gauge)}
            // One region that stays, so that a screen reader hears what changes in it. Each state is drawn once: the browser takes
            // longer over an icon than over all else that an edit shows.
            <span role="status">
                {[SaveState::Saved, SaveState::Saving, SaveState::NotSaved, SaveState::NotKept]
                    .map(|state| saving(state, save.clone()))
                    .into_iter()
                    .collect_view()}
            </span>
        </footer>
    }
    .into_any()
}

fn saving(state: SaveState, save: ArcRwSignal<SaveState>) -> AnyView {
    let (class, name, icon_class, says) = match state {
        SaveState::Saved => ("status__item status__item--good", "check", "icon", "status-saved"),
        SaveState::Saving => ("status__item", "loader", "icon icon--spin", "status-saving"),
        SaveState::NotSaved => ("status__item status__item--bad", "circle-alert", "icon", "status-not-saved"),
        SaveState::NotKept => ("status__item status__item--warn", "triangle-alert", "icon", "status-not-kept"),
    };
    view! {
        <span class=class hidden=move || save.with(|now| *now != state)>
            {icon_styled(name, icon_class)}{move || t(says)}
        </span>
    }
    .into_any()
}

fn backup() -> AnyView {
    let to = Route::Setting { section: "storage".to_owned() };
    view! {
        <a class="status__item status__item--warn" href=to.href()>{icon("archive")}{t("status-backup-due")}</a>
    }
    .into_any()
}

fn gauge(share: f64) -> AnyView {
    let percent = (share * 100.0).ceil();
    let says = tr("status-storage-used", [("percent", (percent as i64).into())]);
    let tip = says.clone();
    view! {
        <a class="status__item status__item--warn" href=Route::Setting { section: "storage".to_owned() }.href() title=tip>
            <span>{t("status-storage")}</span>
            <meter class="gauge" min="0" max="100" low="70" high="90" optimum="0" value=percent.to_string() aria-label=says></meter>
            {format!("{percent}%")}
        </a>
    }
    .into_any()
}
