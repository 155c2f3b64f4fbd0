//! Answers that come home: pasted or dropped, looked at, and each taken in once, however often it is brought.

use leptos::prelude::*;

use crate::app::App;
use crate::command::{Command, TakenHow};
use crate::engine::form::{answers_in, decode};
use crate::model::diagnostic::Diagnostic;
use crate::model::form::Submission;
use crate::ui::part::{Dialog, drop_files, icon};
use crate::ui::shell::use_app;
use crate::ui::text::{diagnostic, label, t, tr};
use crate::ui::{browser, format};

/// An answer that was brought, and what came of it.
#[derive(Clone, PartialEq)]
struct Brought {
    code: String,
    read: Result<Submission, Diagnostic>,
    taken: Option<Result<TakenHow, Vec<Diagnostic>>>,
}

/// Where answers are brought.
#[component]
pub fn HomeDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let brought = RwSignal::new(Vec::<Brought>::new());
    Effect::new(move |_| {
        if open.get() {
            text.set(String::new());
            brought.set(Vec::new());
        }
    });
    let bring = move |text: &str| {
        for code in answers_in(text) {
            if brought.with_untracked(|all| all.iter().all(|one| one.code != code)) {
                let read = app.ask(|state| decode(&code, state));
                brought.update(|all| all.push(Brought { code, read, taken: None }));
            }
        }
    };
    let read = move |list: web_sys::FileList| {
        for file in (0..list.length()).filter_map(|at| list.item(at)) {
            browser::read_bytes(file, move |bytes| {
                if let Some(bytes) = bytes.filter(|_| open.try_get_untracked() == Some(true)) {
                    bring(&String::from_utf8_lossy(&bytes));
                }
            });
        }
    };
    let waiting = Memo::new(move |_| {
        brought.with(|all| all.iter().filter(|one| one.read.is_ok() && one.taken.is_none()).count())
    });
    let take = move |_| {
        let mut all = brought.get_untracked();
        for one in all.iter_mut().filter(|one| one.taken.is_none()) {
            if let Ok(submission) = &one.read {
                let done = app.dispatch(Command::Submit(submission.clone()));
                let how = done.map(|done| done.taken.map_or(TakenHow::Before, |taken| taken.how));
                one.taken = Some(how.map_err(|refused| refused.diagnostics));
            }
        }
        brought.set(all);
    };
    let footer = Callback::new(move |()| {
        view! {
            <span class="dialog__note"></span>
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("part-close")}</button>
            <button
                class="button button--primary"
                type="button"
                aria-disabled=move || (waiting.get() == 0).then_some("true")
                on:click=take
            >
                {move || tr("home-take", [("count", waiting.get().into())])}
            </button>
        }
        .into_any()
    });
    let none = move || !text.get().trim().is_empty() && brought.with(Vec::is_empty);
    view! {
        <Dialog open=open title=t("forms-home") class="dialog--wide" footer=footer>
            <div class="home">
                <label class="field__label" for="home-text">{t("home-text")}</label>
                <textarea
                    class="input"
                    id="home-text"
                    rows="4"
                    placeholder="PF1.…"
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        bring(&event_target_value(&event));
                    }
                ></textarea>
                {drop_files(t("home-drop"), None, Signal::derive(|| None), Callback::new(read))}
                {move || none().then(|| view! { <p class="field__error" role="alert">{icon("circle-alert")}<span>{t("home-none")}</span></p> })}
                <ul class="home__list" aria-live="polite">
                    {move || brought.get().iter().map(|one| line(app, one)).collect::<Vec<AnyView>>()}
                </ul>
            </div>
        </Dialog>
    }
    .into_any()
}

fn line(app: App, one: &Brought) -> AnyView {
    let refused = |wrong: &Diagnostic| {
        view! { <span class="home__bad">{icon("circle-alert")}{diagnostic(wrong)}</span> }.into_any()
    };
    let (name, state) = match (&one.read, &one.taken) {
        (Err(wrong), _) => (one.code.chars().take(40).collect::<String>() + "…", refused(wrong)),
        (Ok(submission), taken) => {
            let form = untrack(|| app.form(&submission.form)).map(|form| label(&form.label)).unwrap_or_default();
            let edition = tr("forms-edition", [("number", i64::from(submission.edition).into())]);
            let name = format!("{form} · {edition} · {}", format::instant(submission.at));
            let good = |key: &str| view! { <span class="home__good">{icon("circle-check")}{t(key)}</span> }.into_any();
            let state = match taken {
                None => view! { <span class="quiet">{t("home-waits")}</span> }.into_any(),
                Some(Ok(TakenHow::Created)) => good("home-created"),
                Some(Ok(TakenHow::Joined { .. })) => good("home-joined"),
                Some(Ok(TakenHow::Before)) => good("home-before"),
                Some(Err(wrong)) => wrong.first().map(refused).unwrap_or_else(|| ().into_any()),
            };
            (name, state)
        }
    };
    view! { <li><span>{name}</span>{state}</li> }.into_any()
}
