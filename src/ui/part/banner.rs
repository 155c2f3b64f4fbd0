//! The strip for what the environment does to us: what happened, what was kept, what to do.

use leptos::prelude::*;

use super::icon::icon;
use crate::app::{App, Banner, SaveState};
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::route::{Route, go};
use crate::ui::text::{t, tr};

/// The banner at the top, if there is anything to say; mounted once, by the shell.
#[component]
pub fn BannerStrip() -> impl IntoView {
    let app = expect_context::<App>();
    let banner = app.banner();
    let save = app.save_state();
    move || match banner.get() {
        Some(banner) => strip(app, banner, save.get() == SaveState::NotSaved),
        None => view! { <UpdateStrip is_within=false/> }.into_any(),
    }
}

/// How this page stands to a new version of the product.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Update(RwSignal<Option<&'static str>>);

/// Follows what the page's own scripts say about new versions; called once, by the shell.
pub fn provide_update() {
    let stands = || match browser::noted("update").as_deref() {
        Some("ready") => Some("ready"),
        Some("waits") => Some("waits"),
        _ => None,
    };
    let update = RwSignal::new(stands());
    browser::on_window("perennial:update", move |_: web_sys::Event| {
        let _ = update.try_set(stands());
    });
    provide_context(Update(update));
}

/// The strip that announces a new version, to be taken now or later.
#[component]
pub fn UpdateStrip(
    /// Whether it stands in a dialog, which hides the one at the top of the page.
    is_within: bool,
) -> impl IntoView {
    let Update(update) = expect_context::<Update>();
    move || {
        let (todo, actions) = match update.get()? {
            "waits" => (t("banner-update-waits"), Vec::new()),
            _ => {
                let take = button(t("banner-reload"), || browser::announce("perennial:update-apply", ""));
                let later = button(t("banner-later"), move || update.set(None));
                (t("banner-update-ready-do"), vec![take, later])
            }
        };
        let inline = if is_within { " banner--inline" } else { "" };
        Some(view! {
            <div class=format!("banner banner--info{inline}") role="status">
                {icon("sparkles")}
                <p><strong>{t("banner-update-ready")}</strong>" "{todo}</p>
                {actions}
            </div>
        })
    }
}

fn strip(app: App, banner: Banner, waits: bool) -> AnyView {
    let retry = move || button(t("banner-retry"), move || app.retry_saving());
    // Before there is anything, there is nothing to export and no page to do it on.
    let has_something = app.ask(|state| !state.entities().is_empty());
    let export =
        || has_something.then(|| button(t("banner-export"), || go(&Route::Setting { section: "storage".to_owned() })));
    let reload = || button(t("banner-reload"), browser::reload);
    match banner {
        Banner::NotKept => shown("warn", "triangle-alert", t("banner-not-kept"), t("banner-not-kept-do"), [export()]),
        Banner::Gone => shown("bad", "triangle-alert", t("banner-gone"), t("banner-gone-do"), [None, None]),
        Banner::Quota => shown("bad", "hard-drive", t("banner-quota"), t("banner-quota-do"), [Some(retry()), export()]),
        Banner::NotSaved(detail) => {
            let todo = tr("banner-not-saved-do", [("detail", detail.into())]);
            shown("bad", "circle-alert", t("banner-not-saved"), todo, [Some(retry()), export()])
        }
        Banner::Closed => {
            shown("bad", "circle-alert", t("banner-closed"), t("banner-closed-do"), [Some(retry()), export()])
        }
        // Reloading would throw away what waits.
        Banner::VersionChanged if waits => {
            let actions = [Some(retry()), export(), Some(reload())];
            shown("bad", "refresh-cw", t("banner-version-changed"), t("banner-version-changed-waits"), actions)
        }
        Banner::VersionChanged => {
            shown("warn", "refresh-cw", t("banner-version-changed"), t("banner-version-changed-do"), [Some(reload())])
        }
        Banner::Blocked => shown("warn", "lock", t("banner-blocked"), t("banner-blocked-do"), [export()]),
        Banner::Quarantined(names) => {
            let happened = tr("banner-quarantined", [("count", names.len().into())]);
            let todo = tr("banner-quarantined-do", [("names", names.join(", ").into())]);
            let rescue = button(t("shell-rescue"), || browser::announce("perennial:rescue", ""));
            shown("warn", "shield-alert", happened, todo, [Some(rescue)])
        }
        Banner::LeftOut(names) => {
            let happened = tr("banner-left-out", [("count", names.len().into())]);
            let todo = tr("banner-left-out-do", [("names", names.join(", ").into())]);
            shown("warn", "shield-alert", happened, todo, [export()])
        }
    }
}

fn button(label: String, clicked: impl Fn() + 'static) -> AnyView {
    view! { <button class="button button--small" type="button" on:click=move |_| clicked()>{label}</button> }.into_any()
}

fn shown<const COUNT: usize>(
    kind: &str,
    name: &'static str,
    happened: String,
    todo: String,
    actions: [Option<AnyView>; COUNT],
) -> AnyView {
    let actions: Vec<AnyView> = actions.into_iter().flatten().collect();
    view! {
        <div class=format!("banner banner--{kind}") role=if kind == "bad" { "alert" } else { "status" }>
            {icon(name)}
            <p><strong>{happened}</strong>" "{todo}</p>
            {actions}
        </div>
    }
    .into_any()
}
