//! Preferences of this device: language, theme, density, who is acting. They are not part of the workspace.

use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use serde::{Deserialize, Serialize};

use crate::app::outside::window;
use crate::model::field::Language;
use crate::model::id::RecordId;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Rows of 36 px.
    #[default]
    Comfortable,
    /// Rows of 28 px.
    Compact,
}

/// The preferences, each a signal of its own.
#[derive(Clone)]
pub struct Preferences {
    /// Language of the interface.
    pub language: ArcRwSignal<Language>,
    /// Light or dark.
    pub theme: ArcRwSignal<Theme>,
    /// How close rows stand.
    pub density: ArcRwSignal<Density>,
    /// Who is acting: a record of the people entity.
    pub actor: ArcRwSignal<Option<RecordId>>,
}

impl Preferences {
    /// Reads them from the device; what is missing follows the browser.
    pub fn load() -> Self {
        let language = match read("language").as_deref() {
            Some("en") => Language::En,
            Some("zh-CN") => Language::Zh,
            _ => browser_language(),
        };
        let theme = match read("theme").as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        };
        let density =
            if read("density").as_deref() == Some("compact") { Density::Compact } else { Density::Comfortable };
        let preferences = Preferences {
            language: ArcRwSignal::new(language),
            theme: ArcRwSignal::new(theme),
            density: ArcRwSignal::new(density),
            actor: ArcRwSignal::new(read("actor").and_then(|text| text.parse().ok())),
        };
        preferences.dress();
        preferences
    }

    /// Changes the language.
    pub fn set_language(&self, language: Language) {
        write("language", if language == Language::Zh { "zh-CN" } else { "en" });
        self.language.set(language);
        self.dress();
    }

    /// Changes the theme.
    pub fn set_theme(&self, theme: Theme) {
        write("theme", theme_name(theme));
        self.theme.set(theme);
        self.dress();
    }

    /// Changes the density.
    pub fn set_density(&self, density: Density) {
        write("density", density_name(density));
        self.density.set(density);
        self.dress();
    }

    /// Says who is acting.
    pub fn set_actor(&self, actor: Option<RecordId>) {
        write("actor", &actor.map(|id| id.to_string()).unwrap_or_default());
        self.actor.set(actor);
    }

    /// Puts language, theme and density on the page itself, where the style sheets look for them.
    fn dress(&self) {
        let Some(page) = window().and_then(|window| window.document()).and_then(|page| page.document_element()) else {
            return;
        };
        let language = if self.language.get_untracked() == Language::Zh { "zh-CN" } else { "en" };
        let _ = page.set_attribute("lang", language);
        let _ = page.set_attribute("data-density", density_name(self.density.get_untracked()));
        let _ = match self.theme.get_untracked() {
            Theme::System => page.remove_attribute("data-theme"),
            theme @ (Theme::Light | Theme::Dark) => page.set_attribute("data-theme", theme_name(theme)),
        };
    }
}

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn density_name(density: Density) -> &'static str {
    match density {
        Density::Comfortable => "comfortable",
        Density::Compact => "compact",
    }
}

fn browser_language() -> Language {
    let tag = window().and_then(|window| window.navigator().language()).unwrap_or_default();
    if tag.starts_with("zh") { Language::Zh } else { Language::En }
}

/// What this device remembers under a name; nothing where it remembers nothing, or may not.
pub fn read(name: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(&format!("perennial.{name}")).ok()?
}

/// Forgets what this device remembers under a name.
pub fn forget(name: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.remove_item(&format!("perennial.{name}"));
    }
}

/// Forgets all that this device remembers under names that begin so.
pub fn forget_all(beginning: &str) {
    let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) else { return };
    let beginning = format!("perennial.{beginning}");
    let names: Vec<String> =
        (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(&beginning)) {
        let _ = storage.remove_item(name);
    }
}

/// Remembers a text under a name on this device, if it may.
pub fn write(name: &str, text: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(&format!("perennial.{name}"), text);
    }
}
