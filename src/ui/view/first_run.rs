//! The first run: language, what kind of business, how to begin, and how far the getting ready is.

mod art;

use leptos::prelude::*;

use crate::app::{App, PackCard, Sample, packs};
use crate::engine::pack::Beginning;
use crate::model::diagnostic::Rejection;
use crate::model::field::Language;
use crate::ui::browser;
use crate::ui::part::{icon, icon_styled};
use crate::ui::shell::use_floating;
use crate::ui::text::{self, label, language, t, tr};
use crate::ui::view::tour;

/// Whether a pack is being installed; the shell waits with the workspace until it is there.
#[derive(Clone, Copy)]
pub struct Setup(pub RwSignal<bool>);

/// How far the getting ready is.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Choosing,
    Installing { pack: String, sample: bool, share: f64 },
    Opening { file: String },
}

#[derive(Clone, Copy)]
struct FirstRun {
    app: App,
    pack: RwSignal<Option<String>>,
    phase: RwSignal<Phase>,
    problem: RwSignal<Option<String>>,
    /// Whether one is asked for one's name, before one begins alone.
    naming: RwSignal<bool>,
    setup: Option<Setup>,
    tour: RwSignal<Option<usize>>,
}

/// The whole screen.
pub fn welcome(app: App) -> AnyView {
    let cards = packs();
    let run = FirstRun {
        app,
        pack: RwSignal::new(cards.first().map(|card| card.id.clone())),
        phase: RwSignal::new(Phase::Choosing),
        problem: RwSignal::new(None),
        naming: RwSignal::new(false),
        setup: use_context::<Setup>(),
        tour: use_floating().tour,
    };
    let cards = StoredValue::new(cards);
    let is_choosing = Memo::new(move |_| run.phase.with(|phase| *phase == Phase::Choosing));
    view! {
        <div class="welcome">
            <header class="welcome__top">
                <span class="rail__mark">{icon("sprout")}</span>
                "Perennial"
                <div class="push">{languages(app)}</div>
            </header>
            <main class="welcome__body" id="main" tabindex="-1">
                {move || if is_choosing.get() { choosing(run, cards.get_value()) } else { setting_up(run, cards.get_value()) }}
            </main>
            <footer class="welcome__foot">
                <span>{icon_styled("hard-drive", "icon icon--14")}{t("first-stays-here")}</span>
                <span>{icon_styled("wifi-off", "icon icon--14")}{t("first-works-offline")}</span>
                <span>{icon_styled("undo-2", "icon icon--14")}{t("first-can-undo")}</span>
            </footer>
        </div>
    }
    .into_any()
}

/// The switch between the languages; the page is drawn anew in the one chosen.
pub fn languages(app: App) -> AnyView {
    let one = |its: Language, tag: &'static str, name: &'static str| {
        view! {
            <label class="segment__item" lang=tag>
                <input
                    class="sr-only"
                    type="radio"
                    name="language"
                    checked=language() == its
                    on:change=move |_| app.preferences().set_language(its)
                />
                {name}
            </label>
        }
        .into_any()
    };
    view! {
        <div class="segment" role="radiogroup" aria-label=t("first-language")>
            {one(Language::En, "en", "English")}
            {one(Language::Zh, "zh-CN", "简体中文")}
        </div>
    }
    .into_any()
}

fn choosing(run: FirstRun, cards: Vec<PackCard>) -> AnyView {
    let cards: Vec<AnyView> = cards.into_iter().map(|card| pack(run, card)).collect();
    let open = move |event: leptos::ev::Event| {
        if let Some(file) = browser::chosen_file(&event) {
            run.open(file);
        }
    };
    view! {
        <div class="welcome__say">
            <h1>{t("first-question")}</h1>
            <p>{t("first-question-say")}</p>
        </div>
        {move || {
            run.problem
                .get()
                .map(|problem| {
                    view! {
                        <div class="banner banner--bad banner--inline" role="alert">
                            {icon("circle-alert")}
                            <p><strong>{problem}</strong>{t("first-problem-do")}</p>
                        </div>
                    }
                })
        }}
        <form class="packs" aria-label=t("first-packs")>{cards}</form>
        {move || if run.naming.get() { naming(run) } else { ways(run, open) }}
    }
    .into_any()
}

/// The ways to begin.
fn ways(run: FirstRun, open: impl Fn(leptos::ev::Event) + Copy + 'static) -> AnyView {
    view! {
        <div class="begin">
            <button
                class="button button--primary button--large"
                type="button"
                on:click=move |_| run.install(Sample::With, None)
            >
                {icon("sparkles")}
                {t("first-with-sample")}
            </button>
            <button
                id="first-empty"
                class="button button--large"
                type="button"
                aria-expanded="false"
                on:click=move |_| run.naming.set(true)
            >
                {t("first-empty")}
            </button>
            <label class="button button--quiet button--large">
                {icon("folder")}
                {t("first-open")}
                <input class="sr-only" type="file" on:change=open/>
            </label>
        </div>
    }
    .into_any()
}

/// Who begins alone says what they are called, and what the workspace is.
fn naming(run: FirstRun) -> AnyView {
    let (person, workspace) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let is_missing = RwSignal::new(false);
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (person, workspace) = (person.get_untracked(), workspace.get_untracked());
        if person.trim().is_empty() {
            is_missing.set(true);
            if let Some(field) = field.get_untracked() {
                let _ = field.focus();
            }
            return;
        }
        let workspace = match workspace.trim() {
            "" => tr("first-workspace-of", [("name", person.trim().into())]),
            name => name.to_owned(),
        };
        run.install(Sample::Without, Some(Beginning { person, workspace }));
    };
    let back = move || {
        run.naming.set(false);
        request_animation_frame(|| browser::focus("first-empty"));
    };
    view! {
        <form
            class="begin begin--naming"
            aria-label=t("first-naming")
            on:submit=begin
            on:keydown=move |event| if event.key() == "Escape" { back() }
        >
            <div class="field">
                <label class="field__label" for="first-person">{t("first-person")}</label>
                <input
                    id="first-person"
                    class="input"
                    type="text"
                    autocomplete="name"
                    maxlength="80"
                    required=true
                    node_ref=field
                    aria-describedby="first-person-error"
                    aria-invalid=move || is_missing.get().then_some("true")
                    prop:value=move || person.get()
                    on:input=move |event| {
                        person.set(event_target_value(&event));
                        is_missing.set(false);
                    }
                />
                <span id="first-person-error" role="alert">
                    {move || is_missing.get().then(|| view! { <span class="field__error">{icon("circle-alert")}{t("first-person-missing")}</span> })}
                </span>
            </div>
            <div class="field">
                <label class="field__label" for="first-workspace">{t("first-workspace")}</label>
                <input
                    id="first-workspace"
                    class="input"
                    type="text"
                    autocomplete="organization"
                    maxlength="120"
                    prop:value=move || workspace.get()
                    on:input=move |event| workspace.set(event_target_value(&event))
                />
            </div>
            <div class="begin__do">
                <button class="button button--primary button--large" type="submit" formnovalidate=true>{t("first-begin")}</button>
                <button class="button button--large" type="button" on:click=move |_| back()>{t("first-back")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn pack(run: FirstRun, card: PackCard) -> AnyView {
    let drawing = art::of(&card.icon);
    let id = card.id.clone();
    let is_chosen = run.pack.with_untracked(|pack| pack.as_deref() == Some(card.id.as_str()));
    view! {
        <label class="pack">
            <span class="pack__art" data-hue=drawing.hue>
                <svg viewBox="0 0 240 104" preserveAspectRatio="xMidYMid slice" aria-hidden="true" inner_html=drawing.shapes></svg>
            </span>
            <span class="pack__body">
                <h2>{label(&card.label)}</h2>
                <p>{label(&card.description)}</p>
            </span>
            <input
                class="check__box"
                type="radio"
                name="pack"
                value=card.id
                aria-label=label(&card.label)
                checked=is_chosen
                on:change=move |_| run.pack.set(Some(id.clone()))
            />
        </label>
    }
    .into_any()
}

fn setting_up(run: FirstRun, cards: Vec<PackCard>) -> AnyView {
    let share = move || match run.phase.get() {
        Phase::Installing { share, .. } => Some(share),
        Phase::Choosing | Phase::Opening { .. } => None,
    };
    let (title, has_sample) = match run.phase.get_untracked() {
        Phase::Installing { pack, sample, .. } => {
            let name = cards.iter().find(|card| card.id == pack).map(|card| label(&card.label)).unwrap_or(pack);
            (tr("first-getting-ready", [("name", name.into())]), sample)
        }
        Phase::Opening { file } => (tr("first-opening", [("name", file.into())]), true),
        Phase::Choosing => (String::new(), false),
    };
    let is_opening = run.phase.with_untracked(|phase| matches!(phase, Phase::Opening { .. }));
    // The bounds are those that `app::pack` reports when it comes to the next part.
    let has_definitions = Memo::new(move |_| share().is_some_and(|share| share > 0.2));
    let is_done = Memo::new(move |_| share().is_some_and(|share| share >= 0.9));
    let parts = (!is_opening).then(|| {
        let records = if has_sample { t("first-part-sample") } else { t("first-part-records") };
        view! {
            <ul class="setup__list">
                {part(t("first-part-definitions"), Signal::derive(|| true), has_definitions.into())}
                {part(records, has_definitions.into(), is_done.into())}
                {part(t("first-part-saving"), is_done.into(), Signal::derive(|| false))}
            </ul>
        }
    });
    view! {
        <section class="setup" aria-labelledby="first-setup">
            <h1 id="first-setup">{title.clone()}</h1>
            <div class="work">
                <progress
                    class="progress"
                    max="1"
                    aria-label=t("first-progress")
                    value=move || share().map(|share| share.to_string())
                ></progress>
                <p class="work__line" role="status">
                    <span>{t("first-seconds")}</span>
                    <span>{move || share().map(|share| format!("{:.0}%", share * 100.0))}</span>
                </p>
            </div>
            {parts}
        </section>
    }
    .into_any()
}

fn part(name: String, has_begun: Signal<bool>, is_done: Signal<bool>) -> AnyView {
    let picture = move || {
        if is_done.get() {
            icon_styled("circle-check", "icon icon--good")
        } else if has_begun.get() {
            icon_styled("loader", "icon icon--spin")
        } else {
            icon("circle")
        }
    };
    view! {
        <li
            class=move || if is_done.get() { "setup__done" } else { "" }
            aria-current=move || (has_begun.get() && !is_done.get()).then_some("step")
        >
            {picture}
            <span>{name}</span>
        </li>
    }
    .into_any()
}

impl FirstRun {
    fn install(self, sample: Sample, beginning: Option<Beginning>) {
        let Some(pack) = self.pack.get_untracked() else { return };
        let is_with = sample == Sample::With;
        self.begin(Phase::Installing { pack: pack.clone(), sample: is_with, share: 0.0 });
        let phase = self.phase;
        let progress = move |now: f64| {
            phase.try_update(|phase| {
                if let Phase::Installing { share, .. } = phase {
                    *share = now;
                }
            });
        };
        self.app.start_install(pack, sample, beginning, progress, move |outcome| self.end(outcome.map(|_| ())));
    }

    fn open(self, file: web_sys::File) {
        let name = file.name();
        self.begin(Phase::Opening { file: name.clone() });
        browser::read_bytes(file, move |bytes| {
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            match text {
                Some(text) => self.app.restore_snapshot(text, move |outcome| self.end(outcome)),
                None => {
                    self.end(Ok(()));
                    self.problem.try_set(Some(tr("first-not-a-snapshot", [("name", name.into())])));
                }
            }
        });
    }

    fn begin(self, phase: Phase) {
        self.problem.set(None);
        if let Some(Setup(is_busy)) = self.setup {
            is_busy.set(true);
        }
        self.phase.set(phase);
    }

    /// Shows what went wrong, if anything did; the screen goes by itself once the workspace has something in it.
    fn end(self, outcome: Result<(), Rejection>) {
        if let Err(rejection) = outcome {
            let sentence = rejection.diagnostics.first().map(text::diagnostic).unwrap_or_default();
            self.problem.try_set(Some(sentence));
        } else if self.app.workspace().is_some() {
            tour::begin_once(self.tour);
        }
        self.phase.try_set(Phase::Choosing);
        if let Some(Setup(is_busy)) = self.setup {
            is_busy.try_set(false);
        }
    }
}
