//! Answers to a comment: the button at the end of its thread, and the box that it opens.

use leptos::html;
use leptos::prelude::*;

use super::compose::say;
use super::words::Words;
use crate::app::{App, ToastAction};
use crate::model::id::RecordId;
use crate::model::state::Reader;
use crate::ui::browser;
use crate::ui::keep::{self, Once};
use crate::ui::part::{icon, kbd, unique_id};
use crate::ui::text::{diagnostic, t, tr};

/// The end of a thread: whoever wants to answer begins here.
pub fn reply(app: App, head: RecordId) -> AnyView {
    let open = RwSignal::new(keep::kept(&draft_of(head)).is_some());
    let body = move || match open.get() {
        true => answer(app, head, open),
        false => {
            let name = app.ask(|state| {
                let by = state.workspace()?.comments.as_ref()?.by;
                state.record(head)?.value(by).links().first().copied()
            });
            let name = name.map(|by| app.title(by)).filter(|name| !name.is_empty());
            let said = tr("reply-to", [("name", name.unwrap_or_else(|| t("timeline-somebody")).into())]);
            view! {
                <button
                    class="button button--quiet button--small entry__reply"
                    type="button"
                    data-head=head.to_string()
                    aria-label=said
                    on:click=move |_| open.set(true)
                >
                    {icon("corner-down-left")}
                    {t("reply")}
                </button>
            }
            .into_any()
        }
    };
    view! { <div class="entry__answer">{body}</div> }.into_any()
}

fn answer(app: App, head: RecordId, open: RwSignal<bool>) -> AnyView {
    let name = draft_of(head);
    let begun = keep::kept(&name).unwrap_or_default();
    let (text, trouble) = (RwSignal::new(begun), RwSignal::new(None::<String>));
    keep::keep(name, Once::Left, move || text.try_get_untracked().filter(|text| !text.trim().is_empty()));
    let (control, area) = (unique_id("reply"), NodeRef::<html::Textarea>::new());
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            let _ = area.focus();
        }
    });
    let leave = Callback::new(move |()| {
        text.set(String::new());
        open.set(false);
        focus_end(head);
    });
    let send = Callback::new(move |()| {
        let said = text.with_untracked(|text| text.trim().to_owned());
        let found = app.ask(|state| {
            let shape = state.workspace()?.comments.clone()?;
            let about = state.record(head)?.value(shape.about).links().first().copied()?;
            Some((shape, about))
        });
        let (Some((shape, about)), false) = (found, said.is_empty()) else { return };
        match say(app, &shape, about, &said, Some(head)) {
            Ok(made) => {
                let name = app.ask(|state| crate::app::title(state, made));
                app.toast("form-created", vec![("name", name)], ToastAction::UndoOrOpen(made));
                let _ = text.try_set(String::new());
                // The end of the thread is at the new answer by now.
                let _ = open.try_set(false);
                focus_end(head);
            }
            Err(wrong) => trouble.set(wrong.first().map(diagnostic)),
        }
    });
    let error = format!("{control}-error");
    let wrong = move || {
        let (error, sentence) = (error.clone(), trouble.get()?);
        Some(view! { <p class="field__error" id=error role="alert">{icon("circle-alert")}<span>{sentence}</span></p> })
    };
    view! {
        <section class="composer composer--reply" aria-label=t("reply")>
            <Words
                text=text
                mentions=Signal::from(true)
                hint=Signal::derive(|| t("reply-hint"))
                trouble=trouble
                control=control
                area=area
                send=send
                leave=leave
            />
            {wrong}
            <div class="composer__foot">
                <button class="button button--quiet button--small" type="button" on:click=move |_| leave.run(())>{t("form-cancel")}</button>
                <button class="button button--primary button--small" type="button" on:click=move |_| send.run(())>
                    {t("reply")}
                    {kbd("Ctrl ↵")}
                </button>
            </div>
        </section>
    }
    .into_any()
}

/// Under what an answer that is begun is kept for its tab.
fn draft_of(head: RecordId) -> String {
    format!("reply:{head}")
}

/// Gives the focus to where one answers next in a thread, once it is drawn.
fn focus_end(head: RecordId) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            browser::focus_first(&format!(".entry__reply[data-head=\"{head}\"]"));
        });
    });
}
