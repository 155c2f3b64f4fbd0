//! Toasts: what happened, and Undo. They go by themselves, but not while somebody reads them.

use std::time::Duration;

use leptos::prelude::*;

use super::button::{icon_button, kbd};
use super::icon::{icon, icon_styled};
use crate::app::{App, Toast, ToastAction, Tone};
use crate::model::id::RecordId;
use crate::ui::focus;
use crate::ui::route::{Route, go};
use crate::ui::sentence;
use crate::ui::text::{from_data, t};

const SHOWN_FOR: Duration = Duration::from_secs(6);
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The stack of short messages at the bottom of the screen; mounted once, by the shell.
#[component]
pub fn ToastStack() -> impl IntoView {
    let app = expect_context::<App>();
    let toasts = app.toasts();
    let is_held = RwSignal::new(false);
    view! {
        <div
            class="toasts"
            role="region"
            aria-label=t("part-messages")
            aria-live="polite"
            on:mouseenter=move |_| is_held.set(true)
            on:mouseleave=move |_| is_held.set(false)
            on:focusin=move |_| is_held.set(true)
            on:focusout=move |_| is_held.set(false)
        >
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                {toast_view(app, toast, is_held)}
            </For>
        </div>
    }
}

fn toast_view(app: App, toast: Toast, is_held: RwSignal<bool>) -> AnyView {
    let id = toast.id;
    let timer = RwSignal::new(None::<TimeoutHandle>);
    wait(app, id, is_held, timer, SHOWN_FOR);
    on_cleanup(move || {
        if let Some(Some(timer)) = timer.try_get_untracked() {
            timer.clear();
        }
    });
    let action = match toast.action {
        ToastAction::None => None,
        ToastAction::Undo => Some(undo(app, id)),
        ToastAction::Redo => Some(redo(app, id)),
        ToastAction::Open(record) => Some(open(app, id, record)),
        ToastAction::UndoOrOpen(record) => Some(view! { {open(app, id, record)}{undo(app, id)} }.into_any()),
    };
    let mut arguments = toast.arguments.clone();
    if !toast.deed.is_empty() {
        arguments.push(("what".to_owned(), sentence::say(app, &toast.deed)));
    }
    view! {
        <div class="toast" role="status">
            {picture(toast.tone)}
            <p>{from_data(&toast.key, &arguments)}</p>
            {action}
            {icon_button(t("part-close"), "x", move || app.dismiss(id))}
        </div>
    }
    .into_any()
}

/// A tick for what was done, a warning for what was not.
fn picture(tone: Tone) -> AnyView {
    match tone {
        Tone::Done => icon_styled("circle-check", "icon icon--good"),
        Tone::Warning => icon_styled("triangle-alert", "icon icon--warn"),
    }
}

fn undo(app: App, toast: u32) -> AnyView {
    turn(app, toast, "undo-2", "part-undo", "Ctrl Z", App::undo_now)
}

fn redo(app: App, toast: u32) -> AnyView {
    turn(app, toast, "redo-2", "part-redo", "Ctrl Y", App::redo_now)
}

fn turn(app: App, toast: u32, mark: &'static str, says: &'static str, keys: &'static str, act: fn(App)) -> AnyView {
    let pressed = move |_| {
        app.dismiss(toast);
        act(app);
        // The button has gone with its message.
        focus::held().keep();
    };
    view! { <button class="button button--small" type="button" on:click=pressed>{icon(mark)}{t(says)}{kbd(keys)}</button> }
        .into_any()
}

fn open(app: App, toast: u32, record: RecordId) -> AnyView {
    let act = move |_| {
        app.dismiss(toast);
        if let Some(entity) = app.ask(|state| state.shared_record(record).map(|found| found.entity)) {
            go(&Route::Record { entity, id: record });
        }
    };
    view! { <button class="button button--small" type="button" on:click=act>{t("part-open")}</button> }.into_any()
}

fn wait(app: App, id: u32, is_held: RwSignal<bool>, timer: RwSignal<Option<TimeoutHandle>>, time: Duration) {
    let ended = move || match is_held.try_get_untracked() {
        Some(true) => wait(app, id, is_held, timer, LOOK_AGAIN),
        Some(false) => app.dismiss(id),
        None => {}
    };
    let _ = timer.try_set(set_timeout_with_handle(ended, time).ok());
}
