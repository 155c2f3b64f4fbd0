//! A form for those who fill it in: alone on its page, in each of its languages, with nothing of the product around it.

use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::command::{Taken, TakenHow};
use crate::model::field::Language;
use crate::ui::browser;
use crate::ui::part::{Art, Empty, icon};
use crate::ui::shell::use_app;
use crate::ui::text::{self, label, t};
use crate::ui::view::fill::{Fill, Opening, Purpose, runner};

/// The page.
#[component]
pub fn FillPage(
    /// The form's id among forms.
    form: String,
    /// Whether it is the form as it is worked on, only to be looked at.
    is_preview: bool,
    /// The parameters of its address.
    parameters: Vec<(String, String)>,
) -> impl IntoView {
    let app = use_app();
    let round = RwSignal::new(0u32);
    let known = app.ask(|_| untrack(|| app.form(&form)));
    let edition = known.as_ref().and_then(|known| untrack(|| app.edition(known)));
    let (form, is_open) = match known {
        Some(known) if is_preview => (Some(known), true),
        Some(known) => (edition, !known.retired),
        None => (None, true),
    };
    let Some(form) = form.filter(|_| is_open) else { return missing(is_open) };
    let spoken = RwSignal::new(first_language(app, form.spoken()));
    let (channel, parameters): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|(name, _)| name == "channel");
    let purpose = if is_preview { Purpose::Preview } else { Purpose::Answer };
    let opening = Opening { purpose, channel: channel.into_iter().next().map(|(_, channel)| channel), parameters };
    let again = Callback::new(move |()| round.update(|round| *round += 1));
    let sent = Callback::new(move |taken: Taken| tell(app, &taken));
    let languages = form.spoken().to_vec();
    let body = move || {
        round.track();
        let Ok(fill) = Fill::begin(app, form.clone(), opening.clone()) else { return missing(true) };
        fill.tells(sent, again);
        on_cleanup(move || fill.leave());
        let name = form.label.clone();
        view! {
            {move || {
                text::set_language(spoken.get());
                browser::set_title(&label(&name));
                runner(fill)
            }}
        }
        .into_any()
    };
    view! {
        <main class="alone" id="main" tabindex="-1" lang=move || tag(spoken.get())>
            {is_preview.then(preview_note)}
            <div class="alone__sheet">
                {(languages.len() > 1).then(|| languages_of(languages, spoken))}
                {body}
            </div>
        </main>
    }
    .into_any()
}

/// The language of the interface where the form speaks it.
pub fn first_language(app: App, spoken: &[Language]) -> Language {
    let own = app.language();
    spoken.iter().copied().find(|language| *language == own).or(spoken.first().copied()).unwrap_or(own)
}

/// The name of a language for browsers.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
}

/// The choice of the language; each is named in itself.
pub fn languages_of(languages: Vec<Language>, spoken: RwSignal<Language>) -> AnyView {
    let choice = |language: Language| {
        let says = match language {
            Language::Zh => "中文",
            Language::En => "English",
        };
        let pressed = move || (spoken.get() == language).to_string();
        view! {
            <button class="segment__item" type="button" lang=tag(language) aria-pressed=pressed on:click=move |_| spoken.set(language)>{says}</button>
        }
        .into_any()
    };
    let choices: Vec<AnyView> = languages.into_iter().map(choice).collect();
    view! { <div class="segment alone__languages" role="group" aria-label=t("first-language")>{choices}</div> }
        .into_any()
}

/// Says what became of an answer, where the people who work here see it: messages are shown with the product, not with a form.
pub fn tell(app: App, taken: &Taken) {
    let name = app.ask(|state| crate::app::title(state, taken.record));
    let key = match &taken.how {
        TakenHow::Created => "fill-taken-new",
        TakenHow::Joined { .. } => "fill-taken-known",
        TakenHow::Before => "fill-taken-before",
    };
    app.toast(key, vec![("name", name)], ToastAction::Open(taken.record));
}

fn preview_note() -> AnyView {
    view! { <p class="alone__note" role="note">{icon("eye")}{t("fill-preview")}</p> }.into_any()
}

fn missing(is_open: bool) -> AnyView {
    let (title, say) = match is_open {
        true => ("fill-missing", "fill-missing-say"),
        false => ("fill-closed", "fill-closed-say"),
    };
    browser::set_title(&t(title));
    view! {
        <main class="alone" id="main" tabindex="-1">
            <Empty art=Art::Search title=t(title) say=t(say)>
                <a class="button" href="#/">{t("shell-nowhere-home")}</a>
            </Empty>
        </main>
    }
    .into_any()
}
