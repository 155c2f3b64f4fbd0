//! Answers that come home: dropped, pasted, scanned; looked at, and each taken in once, however often it is brought.

mod camera;
mod line;

use std::time::Duration;

use leptos::prelude::*;

use crate::app::App;
use crate::command::{Taken, TakenHow};
use crate::engine::form::answers_in;
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::form::Submission;
use crate::model::id::SubmissionId;
use crate::ui::browser;
use crate::ui::part::{Dialog, drop_files, icon};
use crate::ui::shell::use_app;
use crate::ui::text::{t, tr};

/// How long after the last key a text is read.
const PAUSE: Duration = Duration::from_millis(300);

/// Something that was brought.
#[derive(Clone, PartialEq)]
struct Brought {
    from: Origin,
    what: What,
}

/// Where it was brought from.
#[derive(Clone, PartialEq)]
enum Origin {
    Text,
    File(String),
    Camera,
}

/// What it is.
#[derive(Clone, PartialEq)]
enum What {
    /// Nothing, for this reason: a key.
    Nothing(&'static str),
    /// No answer that can be read, for this reason.
    Unreadable { code: String, wrong: Diagnostic },
    /// An answer, and how it stands with it.
    Answer { code: String, answer: Submission, stand: Stand },
}

/// How it stands with an answer.
#[derive(Clone, PartialEq)]
enum Stand {
    Waiting,
    Taken(Taken),
    Refused(Vec<Diagnostic>),
}

impl Brought {
    fn code(&self) -> Option<&str> {
        match &self.what {
            What::Nothing(_) => None,
            What::Unreadable { code, .. } | What::Answer { code, .. } => Some(code),
        }
    }

    fn is_taken(&self) -> bool {
        matches!(self.what, What::Answer { stand: Stand::Taken(_), .. })
    }

    fn is_waiting(&self) -> bool {
        matches!(self.what, What::Answer { stand: Stand::Waiting, .. })
    }
}

/// What was brought since the dialog was opened.
#[derive(Clone, Copy)]
struct Homecoming {
    app: App,
    open: RwSignal<bool>,
    text: RwSignal<String>,
    brought: RwSignal<Vec<Brought>>,
    /// Counts the keys, so that a text is read once after the last of them.
    keys: StoredValue<u32>,
    /// Whether the text that stands there was read and held nothing.
    is_barren: RwSignal<bool>,
    /// How many answers are still on their way in.
    taking: StoredValue<usize>,
}

/// Where answers are brought.
#[component]
pub fn HomeDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let home = Homecoming {
        app: use_app(),
        open,
        text: RwSignal::new(String::new()),
        brought: RwSignal::new(Vec::new()),
        keys: StoredValue::new(0),
        is_barren: RwSignal::new(false),
        taking: StoredValue::new(0),
    };
    Effect::new(move |_| {
        if open.get() {
            home.text.set(String::new());
            home.brought.set(Vec::new());
            home.is_barren.set(false);
        }
    });
    let waiting = Memo::new(move |_| home.brought.with(|all| all.iter().filter(|one| one.is_waiting()).count()));
    let footer = Callback::new(move |()| {
        view! {
            <span class="dialog__note" role="status">{move || home.summary()}</span>
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("part-close")}</button>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || (waiting.get() == 0).then_some("true")
                on:click=move |_| home.take()
            >
                {move || tr("home-take", [("count", waiting.get().into())])}
            </button>
        }
        .into_any()
    });
    let read = Callback::new(move |files: web_sys::FileList| {
        (0..files.length()).filter_map(|at| files.item(at)).for_each(|file| home.bring_file(file));
    });
    view! {
        <Dialog open=open title=t("home-title") class="dialog--wide" footer=footer>
            <div class="home">
                {drop_files(t("home-drop"), None, Signal::derive(|| None), read)}
                <div class="field">
                    <label class="field__label" for="home-text">{t("home-text")}</label>
                    <textarea
                        class="input"
                        id="home-text"
                        rows="3"
                        spellcheck="false"
                        placeholder="PF1.…"
                        prop:value=move || home.text.get()
                        on:input=move |event| home.typed(event_target_value(&event))
                        on:change=move |_| home.read_text()
                    ></textarea>
                    {move || home.is_barren.get().then(|| view! { <p class="field__error" role="alert">{icon("circle-alert")}<span>{t("home-none")}</span></p> })}
                </div>
                {camera::scanner(home)}
                <ul class="home__list" aria-live="polite">
                    {move || home.brought.get().iter().map(|one| line::line(home, one)).collect::<Vec<AnyView>>()}
                </ul>
            </div>
        </Dialog>
    }
    .into_any()
}

impl Homecoming {
    fn is_open(self) -> bool {
        self.open.try_get_untracked() == Some(true)
    }

    fn typed(self, text: String) {
        self.text.set(text);
        self.is_barren.set(false);
        self.keys.update_value(|keys| *keys += 1);
        let key = self.keys.get_value();
        set_timeout(
            move || {
                if self.keys.try_get_value() == Some(key) && self.is_open() {
                    self.read_text();
                }
            },
            PAUSE,
        );
    }

    /// Reads the text as it stands: what an earlier state of it held is forgotten, unless it was taken in.
    fn read_text(self) {
        let text = self.text.get_untracked();
        let codes = answers_in(&text);
        self.is_barren.set(codes.is_empty() && !text.trim().is_empty());
        let is_kept = |one: &Brought| {
            one.from != Origin::Text
                || one.is_taken()
                || one.code().is_some_and(|code| codes.iter().any(|it| it == code))
        };
        if self.brought.with_untracked(|all| !all.iter().all(is_kept)) {
            self.brought.update(|all| all.retain(is_kept));
        }
        self.bring(codes, Origin::Text);
    }

    fn bring_file(self, file: web_sys::File) {
        let name = file.name();
        if file.type_().starts_with("image/") {
            return browser::read_code(&file, move |read| match read {
                Ok(text) => self.bring_text(&text, &Origin::File(name.clone())),
                Err(_) => self.bring_nothing(Origin::File(name.clone()), "home-no-code"),
            });
        }
        browser::read_bytes(file, move |bytes| match bytes {
            Some(bytes) => self.bring_text(&String::from_utf8_lossy(&bytes), &Origin::File(name)),
            None => self.bring_nothing(Origin::File(name), "home-unread"),
        });
    }

    fn bring_text(self, text: &str, from: &Origin) {
        let codes = answers_in(text);
        if codes.is_empty() {
            self.bring_nothing(from.clone(), "home-none-here");
        }
        self.bring(codes, from.clone());
    }

    fn bring_nothing(self, from: Origin, why: &'static str) {
        let nothing = Brought { from, what: What::Nothing(why) };
        if self.is_open() && self.brought.with_untracked(|all| !all.contains(&nothing)) {
            self.brought.update(|all| all.push(nothing));
        }
    }

    fn bring(self, codes: Vec<String>, from: Origin) {
        let new = codes.into_iter().filter(|code| self.is_new(code, &from)).collect();
        self.app.foresee_answers(new, move |found| {
            // Other ways may have brought the same meanwhile, or the text that held it is another by now.
            let standing = (from == Origin::Text && self.is_open()).then(|| answers_in(&self.text.get_untracked()));
            let stands = |code: &String| standing.as_ref().is_none_or(|standing| standing.contains(code));
            let found = found.into_iter().filter(|(code, _)| self.is_new(code, &from) && stands(code));
            let brought = found.map(|(code, fate)| {
                let what = match fate {
                    Err(wrong) => What::Unreadable { code, wrong },
                    Ok((answer, fate)) => {
                        let stand = match fate {
                            Ok(Some(taken)) if taken.how == TakenHow::Before => Stand::Taken(taken),
                            Ok(_) => Stand::Waiting,
                            Err(refused) => Stand::Refused(refused.diagnostics),
                        };
                        What::Answer { code, answer, stand }
                    }
                };
                Brought { from: from.clone(), what }
            });
            let brought: Vec<Brought> = brought.collect();
            if !brought.is_empty() {
                self.brought.update(|all| all.extend(brought));
            }
        });
    }

    fn is_new(self, code: &str, from: &Origin) -> bool {
        // What is held before the camera is seen many times; what stands in a text is read anew with each change of it.
        let is_here = |one: &Brought| one.code() == Some(code) && (!one.is_taken() || one.from == *from);
        self.is_open() && self.brought.with_untracked(|all| !all.iter().any(is_here))
    }

    fn take(self) {
        let waiting = |one: &Brought| match &one.what {
            What::Answer { answer, stand: Stand::Waiting, .. } => Some(answer.clone()),
            What::Nothing(_) | What::Unreadable { .. } | What::Answer { .. } => None,
        };
        let answers: Vec<Submission> = self.brought.with_untracked(|all| all.iter().filter_map(waiting).collect());
        if answers.is_empty() || self.taking.get_value() > 0 {
            return;
        }
        self.taking.set_value(answers.len());
        self.app.take_answers(answers, move |taken| {
            self.taking.try_update_value(|taking| *taking -= taken.len());
            if self.is_open() {
                self.brought.update(|all| taken.into_iter().for_each(|(id, done)| note(all, id, &done)));
            }
        });
    }

    /// How many were taken in, were here already and were refused.
    fn summary(self) -> Option<String> {
        let (mut new, mut before, mut refused) = (0usize, 0usize, 0usize);
        self.brought.with(|all| {
            for one in all {
                match &one.what {
                    What::Answer { stand: Stand::Waiting, .. } => {}
                    What::Answer { stand: Stand::Taken(taken), .. } if taken.how == TakenHow::Before => before += 1,
                    What::Answer { stand: Stand::Taken(_), .. } => new += 1,
                    What::Nothing(_) | What::Unreadable { .. } | What::Answer { stand: Stand::Refused(_), .. } => {
                        refused += 1;
                    }
                }
            }
        });
        let said: Vec<String> =
            [("home-count-new", new), ("home-count-before", before), ("home-count-refused", refused)]
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(key, count)| tr(key, [("count", count.into())]))
                .collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }
}

/// Notes what became of an answer that was to be taken in.
fn note(all: &mut [Brought], id: SubmissionId, done: &Result<Option<Taken>, Rejection>) {
    for one in all {
        if let What::Answer { answer, stand, .. } = &mut one.what
            && answer.id == id
            && *stand == Stand::Waiting
        {
            *stand = match done {
                Ok(taken) => taken.clone().map_or(Stand::Waiting, Stand::Taken),
                Err(refused) => Stand::Refused(refused.diagnostics.clone()),
            };
        }
    }
}
