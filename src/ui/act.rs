//! Acts: everything that can be done from anywhere, by name. The palette offers them and the sheet of shortcuts lists their keys.

use leptos::prelude::*;

use crate::app::{App, Density, Files, Theme, ToastAction};
use crate::model::field::Language;
use crate::model::id::{EntityId, RecordId};
use crate::ui::browser;
use crate::ui::route::{Route, go};
use crate::ui::shell::{Floating, RailState};
use crate::ui::text::{both, label_within, t, tr};
use crate::ui::view::form;
use crate::ui::view::settings::{SECTIONS, Section, snapshot_name};
use crate::ui::view::tour;

/// Something that can be done from anywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Open the palette.
    Search,
    /// A new record of what is shown.
    NewHere,
    /// Look for something in what is shown.
    FindHere,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Show the keys.
    Shortcuts,
    /// A new record.
    New(EntityId),
    /// Bring records in.
    Import(EntityId),
    /// Save the whole workspace as a file.
    Export,
    /// Speak a language.
    Speak(Language),
    /// Light or dark.
    Dress(Theme),
    /// How close rows stand.
    Space(Density),
    /// Act in somebody's name.
    ActAs(RecordId),
    /// Fold the rail, or unfold it.
    Fold,
    /// Show the tour.
    Tour,
    /// What happened in the workspace.
    History,
    /// The kinds of record that there are.
    Entities,
    /// The forms that there are.
    Forms,
    /// A section of the settings, by its name in the address.
    Settings(&'static str),
}

/// A deed as it is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// What it does.
    pub deed: Deed,
    /// An icon of the sprite.
    pub icon: String,
    /// What it is called.
    pub name: String,
    /// What else it may be called, such as in the other language.
    pub other: String,
    /// The keys that do it.
    pub keys: Option<&'static str>,
    /// Whether it can be done now.
    pub is_possible: bool,
    /// Whether it is how things are already.
    pub is_so: bool,
}

/// What can be done wherever one is, whatever the workspace holds; the running view depends on whether it can be done now.
pub fn everywhere(app: App) -> Vec<Act> {
    let (can_undo, can_redo) = app.can_undo().get();
    vec![
        named(Deed::Search, "search", "shell-search").keys("Ctrl K"),
        named(Deed::NewHere, "plus", "shortcuts-new").keys("N"),
        named(Deed::FindHere, "search", "shortcuts-find").keys("/"),
        Act { is_possible: can_undo, ..named(Deed::Undo, "undo-2", "shell-undo").keys("Ctrl Z") },
        Act { is_possible: can_redo, ..named(Deed::Redo, "redo-2", "shell-redo").keys("Ctrl ⇧ Z") },
        named(Deed::Shortcuts, "keyboard", "shortcuts-title").keys("?"),
    ]
}

/// Everything that the palette offers to do; the running view depends on the definitions, the preferences and the people.
pub fn offered(app: App) -> Vec<Act> {
    let mut acts: Vec<Act> = everywhere(app);
    acts.retain(|act| act.is_possible && !matches!(act.deed, Deed::Search | Deed::NewHere | Deed::FindHere));
    acts.extend([
        named(Deed::Export, "download", "act-export").found_by("words-export"),
        named(Deed::History, "history", "act-history").found_by("words-history"),
        named(Deed::Entities, "box", "act-entities").found_by("words-entities"),
        named(Deed::Forms, "clipboard-list", "forms-title").found_by("words-forms"),
        named(Deed::Fold, "panel-left", "act-fold"),
        named(Deed::Tour, "lightbulb", "settings-tour-begin"),
    ]);
    let preferences = app.preferences();
    let (language, theme, density) = (preferences.language.get(), preferences.theme.get(), preferences.density.get());
    let is_so = |is_so: bool, act: Act| Act { is_so, ..act };
    let spoken =
        |language: Language, key: &str| named(Deed::Speak(language), "languages", key).found_by("words-language");
    acts.extend([
        is_so(language == Language::En, spoken(Language::En, "act-english")),
        is_so(language == Language::Zh, spoken(Language::Zh, "act-chinese")),
        is_so(theme == Theme::Light, named(Deed::Dress(Theme::Light), "sun", "act-light").found_by("words-theme")),
        is_so(theme == Theme::Dark, named(Deed::Dress(Theme::Dark), "moon", "act-dark").found_by("words-theme")),
        is_so(
            theme == Theme::System,
            named(Deed::Dress(Theme::System), "monitor", "act-system").found_by("words-theme"),
        ),
        is_so(
            density == Density::Comfortable,
            named(Deed::Space(Density::Comfortable), "list", "act-comfortable").found_by("words-density"),
        ),
        is_so(
            density == Density::Compact,
            named(Deed::Space(Density::Compact), "menu", "act-compact").found_by("words-density"),
        ),
    ]);
    let entities = app.entities();
    let lines: Vec<EntityId> = entities.iter().flat_map(|entity| entity.line_entities().collect::<Vec<_>>()).collect();
    let whole = || entities.iter().filter(|entity| !lines.contains(&entity.id));
    acts.extend(whole().map(|entity| {
        let name = tr("list-new", [("name", label_within(&entity.label).into())]);
        let both = format!("{} {}", entity.label.en, entity.label.zh);
        Act { other: both, ..act(Deed::New(entity.id), "plus", name) }
    }));
    acts.extend(whole().map(|entity| {
        let name = tr("act-import", [("name", label_within(&entity.plural).into())]);
        let both = format!("{} {}", entity.plural.en, entity.plural.zh);
        Act { other: both, ..act(Deed::Import(entity.id), "upload", name) }.found_by("words-import")
    }));
    if let Some(people) = app.workspace().and_then(|workspace| workspace.people) {
        app.track_entity(people);
        let acting = preferences.actor.get();
        let others = app.ask(|state| state.member_ids(people).to_vec()).into_iter().take(500);
        acts.extend(others.map(|id| {
            let name = tr("act-as", [("name", app.title(id).into())]);
            Act { is_so: acting == Some(id), ..act(Deed::ActAs(id), "user-check", name) }
        }));
    }
    acts
}

/// The settings, whole and by their parts.
pub fn settings() -> Vec<Act> {
    let act =
        |section: &Section| named(Deed::Settings(section.name), section.picture, section.title).found_by(section.words);
    let all = named(Deed::Settings(""), "settings", "nav-settings");
    std::iter::once(all).chain(SECTIONS.iter().map(act)).collect()
}

impl Act {
    /// Further words by which it is looked for, in both languages.
    fn found_by(self, key: &str) -> Act {
        let words = both(key);
        Act { other: format!("{} {} {}", self.other, words.en, words.zh), ..self }
    }

    fn keys(self, keys: &'static str) -> Act {
        Act { keys: Some(keys), ..self }
    }
}

impl Deed {
    /// A name by which this device remembers it.
    pub fn code(&self) -> String {
        match self {
            Deed::Search => "search".to_owned(),
            Deed::NewHere => "new".to_owned(),
            Deed::FindHere => "find".to_owned(),
            Deed::Undo => "undo".to_owned(),
            Deed::Redo => "redo".to_owned(),
            Deed::Shortcuts => "shortcuts".to_owned(),
            Deed::New(entity) => format!("new:{entity}"),
            Deed::Import(entity) => format!("import:{entity}"),
            Deed::Export => "export".to_owned(),
            Deed::Speak(language) => format!("language:{language:?}"),
            Deed::Dress(theme) => format!("theme:{theme:?}"),
            Deed::Space(density) => format!("density:{density:?}"),
            Deed::ActAs(id) => format!("as:{id}"),
            Deed::Fold => "fold".to_owned(),
            Deed::Tour => "tour".to_owned(),
            Deed::History => "history".to_owned(),
            Deed::Entities => "entities".to_owned(),
            Deed::Forms => "forms".to_owned(),
            Deed::Settings(part) => format!("settings:{part}"),
        }
    }

    /// Does it.
    pub fn run(&self, app: App, floating: Floating) {
        match self {
            Deed::Search => floating.palette.set(true),
            Deed::NewHere => press("[data-new]"),
            Deed::FindHere => drop(browser::focus_first(".find input")),
            Deed::Undo => app.undo_now(),
            Deed::Redo => app.redo_now(),
            Deed::Shortcuts => floating.shortcuts.set(true),
            Deed::New(entity) => form::create(*entity, Vec::new()),
            Deed::Import(entity) => go(&Route::Import { entity: *entity }),
            Deed::Export => export(app, floating),
            Deed::Speak(language) => app.preferences().set_language(*language),
            Deed::Dress(theme) => app.preferences().set_theme(*theme),
            Deed::Space(density) => app.preferences().set_density(*density),
            Deed::ActAs(id) => app.preferences().set_actor(Some(*id)),
            Deed::Fold => {
                let is_folded = floating.rail.get_untracked() == RailState::Folded;
                browser::remember("rail", if is_folded { "open" } else { "folded" });
                floating.rail.set(if is_folded { RailState::Open } else { RailState::Folded });
            }
            Deed::Tour => tour::begin(floating.tour),
            Deed::History => go(&Route::History),
            Deed::Entities => go(&Route::Entities),
            Deed::Forms => go(&Route::Forms),
            Deed::Settings("") => go(&Route::Settings),
            Deed::Settings(section) => go(&Route::Setting { section: (*section).to_owned() }),
        }
    }
}

fn named(deed: Deed, icon: &str, key: &str) -> Act {
    let names = both(key);
    Act { other: format!("{} {}", names.en, names.zh), ..act(deed, icon, t(key)) }
}

fn act(deed: Deed, icon: &str, name: String) -> Act {
    Act { deed, icon: icon.to_owned(), name, other: String::new(), keys: None, is_possible: true, is_so: false }
}

fn press(selector: &str) {
    if browser::focus_first(selector)
        && let Some(button) = browser::document().and_then(|page| page.query_selector(selector).ok().flatten())
    {
        let button: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(button);
        button.click();
    }
}

fn export(app: App, floating: Floating) {
    let at = app.now();
    app.export_snapshot(Files::With, move |made| match made {
        Ok(text) => {
            browser::download(&snapshot_name(at), "application/json", &text);
            floating.backup.note(at);
        }
        Err(detail) => app.warn("settings-export-failed", vec![("detail", detail)], ToastAction::None),
    });
}
