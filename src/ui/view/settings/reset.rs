//! Emptying the workspace: the one thing here that undo cannot restore, so its name has to be typed.

use leptos::prelude::*;

use super::setting;
use crate::app::App;
use crate::ui::part::{Dialog, icon};
use crate::ui::route::{Route, replace};
use crate::ui::text::{self, label, t, tr};

/// The row and its question.
pub fn row(app: App) -> AnyView {
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let is_working = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let name = Memo::new(move |_| app.workspace().map(|workspace| label(&workspace.name)).unwrap_or_default());
    let is_meant = Memo::new(move |_| typed.with(|typed| typed.trim() == name.get().trim()));
    let ask = move |_| {
        typed.set(String::new());
        problem.set(None);
        open.set(true);
    };
    let reset = move || {
        if !is_meant.get_untracked() || is_working.get_untracked() {
            return;
        }
        is_working.set(true);
        app.reset(move |outcome| {
            is_working.try_set(false);
            match outcome {
                Ok(()) => {
                    // Whoever starts anew starts at the beginning.
                    replace(&Route::Home);
                    open.try_set(false)
                }
                Err(rejection) => problem.try_set(rejection.diagnostics.first().map(text::diagnostic)).and(None),
            };
        });
    };
    let footer = Callback::new(move |()| {
        view! {
            <button class="button" type="button" on:click=move |_| open.set(false)>{t("settings-restore-leave")}</button>
            <button
                class="button button--danger-solid"
                type="button"
                aria-busy=move || is_working.get().then_some("true")
                aria-disabled=move || (!is_meant.get()).then_some("true")
                on:click=move |_| reset()
            >
                {t("settings-reset-do")}
            </button>
        }
        .into_any()
    });
    let does = view! {
        <button class="button button--danger" type="button" aria-haspopup="dialog" on:click=ask>
            {icon("trash-2")}
            {t("settings-reset-ask")}
        </button>
    };
    view! {
        {setting(t("settings-reset"), t("settings-reset-say"), does.into_any())}
        <Dialog open=open title=Signal::derive(|| t("settings-reset-title")) class="dialog--small" footer=footer>
            <div class="builder__rows">
                <p>{t("settings-reset-warning")}</p>
                <div class="field">
                    <label class="field__label" for="reset-name">
                        {move || tr("settings-reset-type", [("name", name.get().into())])}
                    </label>
                    <input
                        class="input"
                        id="reset-name"
                        type="text"
                        autocomplete="off"
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                        on:keydown=move |event| if event.key() == "Enter" { reset() }
                    />
                    {move || problem.get().map(|problem| view! { <p class="field__error" role="alert">{icon("circle-alert")}{problem}</p> })}
                </div>
            </div>
        </Dialog>
    }
    .into_any()
}
