//! A new entity: a name in both languages, an icon, a colour, its place in the navigation.

use leptos::prelude::*;

use crate::command::Command;
use crate::engine::design::{self, NewEntity};
use crate::model::entity::Group;
use crate::model::field::Label;
use crate::ui::part::{hue_name, icon_styled};
use crate::ui::route::{Route, go};
use crate::ui::shell::{GROUPS, group_name, use_app};
use crate::ui::text::{both, t};
use crate::ui::view::workbench::{Naming, naming_dialog};

/// Pictures that suit most things of a business.
pub const ICONS: [&str; 40] = [
    "box",
    "briefcase",
    "building-2",
    "handshake",
    "users",
    "user",
    "user-check",
    "factory",
    "house",
    "truck",
    "package",
    "shopping-cart",
    "receipt",
    "credit-card",
    "wallet",
    "coins",
    "award",
    "trophy",
    "gift",
    "star",
    "target",
    "megaphone",
    "tag",
    "wrench",
    "heart-handshake",
    "graduation-cap",
    "calendar-days",
    "clipboard-list",
    "file-text",
    "folder",
    "bookmark",
    "diamond",
    "layers",
    "map-pin",
    "globe",
    "plug",
    "flask-conical",
    "scale",
    "route",
    "network",
];

/// Asks for a new entity and opens its designer.
#[component]
pub fn NewEntityDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let many = RwSignal::new(String::new());
    let picture = RwSignal::new(ICONS[0]);
    let hue = RwSignal::new(5u8);
    let group = RwSignal::new(Group::Sell);
    let make = Callback::new(move |name: Label| {
        let typed = many.get_untracked().trim().to_owned();
        let plural = if typed.is_empty() { plural(&name.en) } else { typed };
        let asked = NewEntity {
            plural: Label { zh: name.zh.clone(), en: plural },
            label: name,
            icon: picture.get_untracked().to_owned(),
            hue: hue.get_untracked(),
            group: group.get_untracked(),
            title: both("design-first-field"),
            heading: both("design-first-section"),
        };
        let (id, definitions) = app.ask(|state| design::new_entity(state, asked));
        app.dispatch(Command::Define { definitions })?;
        many.set(String::new());
        go(&Route::design(id));
        Ok(())
    });
    naming_dialog(Naming {
        open,
        id: "new-entity",
        title: "design-new-title",
        say: "design-new-say",
        longest: 60,
        with_english: Some(Callback::new(move |one| several(one, many))),
        more: Callback::new(move |()| view! { {pictures(picture)}{hues(hue)}{groups(group)} }.into_any()),
        make,
    })
}

fn several(one: RwSignal<String>, many: RwSignal<String>) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for="new-entity-many">
                {t("design-plural-en")}
                <span class="field__optional">{t("design-optional")}</span>
            </label>
            <input
                class="input"
                id="new-entity-many"
                autocomplete="off"
                maxlength="60"
                placeholder=move || plural(one.get().trim())
                prop:value=many
                on:input=move |event| many.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// Pictures to choose from.
pub fn pictures(chosen: RwSignal<&'static str>) -> AnyView {
    let one = |name: &'static str| {
        view! {
            <label class="design__icon" title=name>
                <input type="radio" name="entity-icon" aria-label=name prop:checked=move || chosen.get() == name on:change=move |_| chosen.set(name)/>
                {icon_styled(name, "icon icon--20")}
            </label>
        }
        .into_any()
    };
    let all: Vec<AnyView> = ICONS.into_iter().map(one).collect();
    view! { <fieldset class="field"><legend class="field__label">{t("design-icon")}</legend><div class="design__icons">{all}</div></fieldset> }
        .into_any()
}

/// Hues to choose from.
pub fn hues(chosen: RwSignal<u8>) -> AnyView {
    let one = |hue: u8| {
        view! {
            <button
                class="swatch"
                type="button"
                data-hue=hue_name(hue)
                aria-label=t(&format!("hue-{}", hue_name(hue)))
                aria-pressed=move || (chosen.get() == hue).to_string()
                on:click=move |_| chosen.set(hue)
            ></button>
        }
        .into_any()
    };
    let all: Vec<AnyView> = (0..10).map(one).collect();
    view! { <fieldset class="field"><legend class="field__label">{t("design-hue")}</legend><div class="swatches">{all}</div></fieldset> }
        .into_any()
}

fn groups(chosen: RwSignal<Group>) -> AnyView {
    let options: Vec<AnyView> = GROUPS
        .into_iter()
        .enumerate()
        .map(|(at, group)| {
            view! { <option value=at selected=move || chosen.get() == group>{group_name(group)}</option> }.into_any()
        })
        .collect();
    let choose = move |event| {
        let at = event_target_value(&event).parse().ok();
        if let Some(group) = at.and_then(|at: usize| GROUPS.get(at)) {
            chosen.set(*group);
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="new-entity-group">{t("design-group")}</label>
            <select class="input" id="new-entity-group" on:change=choose>{options}</select>
        </div>
    }
    .into_any()
}

/// What many of them are called in English, as long as nobody says otherwise.
fn plural(one: &str) -> String {
    let lower = one.to_lowercase();
    let is_vowel = |letter: Option<char>| letter.is_some_and(|letter| "aeiou".contains(letter));
    if lower.is_empty() {
        String::new()
    } else if !lower.ends_with(|last: char| last.is_ascii_alphabetic()) {
        // Other scripts know no such ending.
        one.to_owned()
    } else if lower.ends_with('y') && !is_vowel(lower.chars().rev().nth(1)) {
        format!("{}ies", &one[..one.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        format!("{one}es")
    } else {
        format!("{one}s")
    }
}
