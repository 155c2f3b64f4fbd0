//! The dialog in which something new gets a name in both languages, and whatever else it cannot be without.

use leptos::prelude::*;

use crate::model::diagnostic::Rejection;
use crate::model::field::{Label, Language};
use crate::ui::part::{Dialog, icon};
use crate::ui::text::{diagnostic, language, t};

/// What is asked.
#[derive(Clone, Copy)]
pub struct Naming {
    /// Whether the dialog is shown.
    pub open: RwSignal<bool>,
    /// What the ids of its controls begin with.
    pub id: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// The key of the sentence at its top.
    pub say: &'static str,
    /// How many letters a name has at most.
    pub longest: u32,
    /// Asks what goes with the name in English, which it is given; drawn right below it.
    pub with_english: Option<Callback<RwSignal<String>, AnyView>>,
    /// Asks for everything else.
    pub more: Callback<(), AnyView>,
    /// Makes it; the dialog stays open with the reason where it cannot be made.
    pub make: Callback<Label, Result<(), Rejection>>,
}

/// The dialog.
pub fn naming_dialog(asked: Naming) -> AnyView {
    let Naming { open, id, title, say, longest, with_english, more, make } = asked;
    let (zh, en, wrong) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let save = move || {
        let typed = |name: RwSignal<String>| name.get_untracked().trim().to_owned();
        let label = Label { zh: typed(zh), en: typed(en) };
        if label == Label::default() {
            wrong.set(Some(t("design-name-missing")));
            return;
        }
        match make.run(label) {
            Ok(()) => {
                open.set(false);
                zh.set(String::new());
                en.set(String::new());
            }
            Err(refused) => wrong.set(refused.diagnostics.first().map(diagnostic)),
        }
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("form-cancel")}</button>
            <button class="button button--primary" type="button" on:click=move |_| save()>{t("design-create")}</button>
        }
        .into_any()
    });
    let line = move |end: &'static str, key: &'static str, name: RwSignal<String>| {
        let own = format!("{id}-{end}");
        view! {
            <div class="field">
                <label class="field__label" for=own.clone()>{t(key)}</label>
                <input
                    class="input"
                    id=own
                    autocomplete="off"
                    maxlength=longest
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=move || wrong.with(Option::is_some).then(|| format!("{id}-error"))
                    prop:value=name
                    on:input=move |event| {
                        name.set(event_target_value(&event));
                        wrong.set(None);
                    }
                />
            </div>
        }
        .into_any()
    };
    let inside = move || {
        let chinese = line("zh", "design-name-zh", zh);
        let english = line("en", "design-name-en", en);
        let beside = with_english.map(|ask| ask.run(en));
        let names = match language() {
            Language::Zh => view! { {chinese}{english}{beside} }.into_any(),
            Language::En => view! { {english}{beside}{chinese} }.into_any(),
        };
        view! {
            <form
                class="form"
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <p class="quiet">{t(say)}</p>
                {names}
                {move || wrong.get().map(|wrong| view! {
                    <p class="field__error" id=format!("{id}-error") role="alert">{icon("circle-alert")}{wrong}</p>
                })}
                {more.run(())}
                <button class="sr-only" type="submit" tabindex="-1" aria-hidden="true"></button>
            </form>
        }
    };
    view! {
        <Dialog open=open title=Signal::derive(move || t(title)) class="dialog--small" footer=footer>{inside}</Dialog>
    }
    .into_any()
}
