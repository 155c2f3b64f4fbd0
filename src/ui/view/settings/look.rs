//! How it looks on this device.

use leptos::prelude::*;

use super::setting;
use crate::app::{App, Density, Theme};
use crate::ui::part::icon;
use crate::ui::text::t;
use crate::ui::view::first_run::languages;

pub fn rows(app: App) -> AnyView {
    view! {
        {setting(t("settings-language"), t("settings-language-say"), languages(app))}
        <div class="setting setting--wide">
            <div class="setting__say"><h3 id="settings-theme">{t("settings-theme")}</h3></div>
            {themes(app)}
        </div>
        {setting(t("settings-density"), t("settings-density-say"), densities(app))}
    }
    .into_any()
}

fn themes(app: App) -> AnyView {
    let one = move |theme: Theme, name: &'static str, title: String, picture: AnyView| {
        let chosen = app.preferences().theme.clone();
        view! {
            <label class="theme-card">
                <input
                    type="radio"
                    name="theme"
                    prop:checked=move || chosen.get() == theme
                    on:change=move |_| app.preferences().set_theme(theme)
                />
                {picture}
                <span>{icon(name)}{title}</span>
            </label>
        }
        .into_any()
    };
    let both = view! {
        <span class="theme-card__view theme-card__both" aria-hidden="true">{preview("light")}{preview("dark")}</span>
    }
    .into_any();
    view! {
        <div class="theme-pick" role="radiogroup" aria-labelledby="settings-theme">
            {one(Theme::System, "monitor", t("settings-theme-system"), both)}
            {one(Theme::Light, "sun", t("settings-theme-light"), preview("light"))}
            {one(Theme::Dark, "moon", t("settings-theme-dark"), preview("dark"))}
        </div>
    }
    .into_any()
}

/// A small window in a theme.
fn preview(theme: &'static str) -> AnyView {
    view! {
        <span class="theme-card__view" data-theme=theme aria-hidden="true">
            <i><b></b><b></b><b></b></i>
            <i><b></b><b></b><b></b></i>
        </span>
    }
    .into_any()
}

fn densities(app: App) -> AnyView {
    let one = move |density: Density, name: &'static str, title: String| {
        let chosen = app.preferences().density.clone();
        view! {
            <label class="segment__item">
                <input
                    class="sr-only"
                    type="radio"
                    name="density"
                    prop:checked=move || chosen.get() == density
                    on:change=move |_| app.preferences().set_density(density)
                />
                {icon(name)}
                {title}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="segment" role="radiogroup" aria-label=t("settings-density")>
            {one(Density::Comfortable, "list", t("settings-density-comfortable"))}
            {one(Density::Compact, "menu", t("settings-density-compact"))}
        </div>
    }
    .into_any()
}
