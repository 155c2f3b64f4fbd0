//! The strip for what the environment does to us: what happened, what was kept, what to do.

use leptos::prelude::*;

use super::icon::icon;
use crate::app::{App, Banner};
use crate::ui::browser;
use crate::ui::route::{Route, go};
use crate::ui::text::{t, tr};

/// The banner at the top, if there is anything to say; mounted once, by the shell.
#[component]
pub fn BannerStrip() -> impl IntoView {
    let app = expect_context::<App>();
    let banner = app.banner();
    move || banner.get().map(|banner| strip(app, banner))
}

fn strip(app: App, banner: Banner) -> AnyView {
    let retry = move || button(t("banner-retry"), move || app.retry_saving());
    let export = || button(t("banner-export"), || go(&Route::Settings));
    let reload = || button(t("banner-reload"), browser::reload);
    match banner {
        Banner::NotKept => {
            shown("warn", "triangle-alert", t("banner-not-kept"), t("banner-not-kept-do"), vec![export()])
        }
        Banner::Quota => shown("bad", "hard-drive", t("banner-quota"), t("banner-quota-do"), vec![retry(), export()]),
        Banner::NotSaved(detail) => {
            let todo = tr("banner-not-saved-do", [("detail", detail.into())]);
            shown("bad", "circle-alert", t("banner-not-saved"), todo, vec![retry(), export()])
        }
        Banner::VersionChanged => {
            shown("warn", "refresh-cw", t("banner-version-changed"), t("banner-version-changed-do"), vec![reload()])
        }
        Banner::Blocked => shown("warn", "lock", t("banner-blocked"), t("banner-blocked-do"), vec![reload()]),
        Banner::Quarantined(names) => {
            let happened = tr("banner-quarantined", [("count", names.len().into())]);
            let todo = tr("banner-quarantined-do", [("names", names.join(", ").into())]);
            shown("warn", "shield-alert", happened, todo, vec![export()])
        }
        Banner::UpdateReady => {
            shown("info", "sparkles", t("banner-update-ready"), t("banner-update-ready-do"), vec![reload()])
        }
    }
}

fn button(label: String, clicked: impl Fn() + 'static) -> AnyView {
    view! { <button class="button button--small" type="button" on:click=move |_| clicked()>{label}</button> }.into_any()
}

fn shown(kind: &str, name: &'static str, happened: String, todo: String, actions: Vec<AnyView>) -> AnyView {
    view! {
        <div class=format!("banner banner--{kind}") role=if kind == "bad" { "alert" } else { "status" }>
            {icon(name)}
            <p><strong>{happened}</strong>" "{todo}</p>
            {actions}
        </div>
    }
    .into_any()
}
