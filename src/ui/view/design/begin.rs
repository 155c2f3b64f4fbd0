//! A new entity: a name in both languages, an icon, a colour, its place in the navigation.

use leptos::prelude::*;

use crate::command::Command;
use crate::engine::design::{self, NewEntity};
use crate::model::entity::Group;
use crate::model::field::{Label, Language};
use crate::ui::part::{Dialog, hue_name, icon, icon_styled};
use crate::ui::route::{Route, go};
use crate::ui::shell::{GROUPS, group_name, use_app};
use crate::ui::text::{both, diagnostic, language, t};

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
    let names: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let picture = RwSignal::new(ICONS[0]);
    let hue = RwSignal::new(5u8);
    let group = RwSignal::new(Group::Sell);
    let problem = RwSignal::new(None::<String>);
    let save = move || {
        let [zh, en, many] = names.map(|name| name.get_untracked().trim().to_owned());
        if zh.is_empty() && en.is_empty() {
            problem.set(Some(t("design-name-missing")));
            return;
        }
        let many = if many.is_empty() { plural(&en) } else { many };
        let asked = NewEntity {
            plural: Label { zh: zh.clone(), en: many },
            label: Label { zh, en },
            icon: picture.get_untracked().to_owned(),
            hue: hue.get_untracked(),
            group: group.get_untracked(),
            title: both("design-first-field"),
            heading: both("design-first-section"),
        };
        let (id, definitions) = app.ask(|state| design::new_entity(state, asked));
        match app.dispatch(Command::Define { definitions }) {
            Ok(_) => {
                open.set(false);
                names.iter().for_each(|name| name.set(String::new()));
                go(&Route::design(id));
            }
            Err(refused) => problem.set(refused.diagnostics.first().map(diagnostic)),
        }
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=move |_| save()>{t("design-create")}</button>
        }
        .into_any()
    });
    view! {
        <Dialog open=open title=Signal::derive(|| t("design-new-title")) class="dialog--small" footer=footer>
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <p class="quiet">{t("design-new-say")}</p>
                {fields(names, problem)}
                {move || problem.get().map(|problem| view! {
                    <p class="field__error" id="new-entity-error" role="alert">{icon("circle-alert")}{problem}</p>
                })}
                {pictures(picture)}
                {hues(hue)}
                {groups(group)}
                <button class="sr-only" type="submit" tabindex="-1" aria-hidden="true"></button>
            </form>
        </Dialog>
    }
    .into_any()
}

fn fields(names: [RwSignal<String>; 3], problem: RwSignal<Option<String>>) -> AnyView {
    let field = |at: usize, id: &'static str, key: &str, is_optional: bool| {
        let name = names[at];
        let guess = move || if at == 2 { plural(names[1].get().trim()) } else { String::new() };
        view! {
            <div class="field">
                <label class="field__label" for=id>
                    {t(key)}
                    {is_optional.then(|| view! { <span class="field__optional">{t("design-optional")}</span> })}
                </label>
                <input
                    class="input"
                    id=id
                    autocomplete="off"
                    maxlength="60"
                    placeholder=guess
                    aria-invalid=move || (at < 2 && problem.with(Option::is_some)).then_some("true")
                    aria-describedby=move || problem.with(Option::is_some).then_some("new-entity-error")
                    prop:value=name
                    on:input=move |event| {
                        name.set(event_target_value(&event));
                        problem.set(None);
                    }
                />
            </div>
        }
        .into_any()
    };
    let zh = field(0, "new-entity-zh", "design-name-zh", false);
    let en = field(1, "new-entity-en", "design-name-en", false);
    let many = field(2, "new-entity-many", "design-plural-en", true);
    match language() {
        Language::Zh => view! { {zh}{en}{many} }.into_any(),
        Language::En => view! { {en}{many}{zh} }.into_any(),
    }
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
    } else if lower.ends_with('y') && !is_vowel(lower.chars().rev().nth(1)) {
        format!("{}ies", &one[..one.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        format!("{one}es")
    } else {
        format!("{one}s")
    }
}
