//! What visitors see: the form alone, begun anew for each of them, after its last page and after nobody has touched it for a while.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::pad::pad;
use crate::app::App;
use crate::command::Taken;
use crate::model::form::Form;
use crate::ui::browser;
use crate::ui::page::fill::{first_language, languages_of, tag, tell};
use crate::ui::part::{icon, icon_button};
use crate::ui::text::{self, t, tr};
use crate::ui::view::fill::{Fill, Opening, Purpose, Stage, runner};

/// Seconds in which one is asked whether one is still there.
const WARNED: u32 = 10;

/// The screen.
pub fn screen(app: App, form: Arc<Form>) -> AnyView {
    let kiosk = form.kiosk.clone().unwrap_or_default();
    let (idle, reset) = (kiosk.idle_seconds.max(WARNED + 1), kiosk.reset_seconds.max(2));
    let round = RwSignal::new(0u32);
    let spoken = RwSignal::new(first_language(app, form.spoken()));
    // Whose turn it is.
    let current = RwSignal::new(None::<Fill>);
    let leaving = RwSignal::new(false);
    // Seconds that nobody has touched anything.
    let still = RwSignal::new(0u32);
    let second = RwSignal::new(0u32);
    let first = spoken.get_untracked();
    let anew = move || {
        if let Some(fill) = current.get_untracked() {
            fill.give_up();
        }
        still.set(0);
        leaving.set(false);
        spoken.set(first);
        round.update(|round| *round += 1);
    };
    let limit = Memo::new(move |_| {
        let fill = current.get()?;
        match fill.stage.try_get()? {
            Stage::Sent => Some(reset),
            Stage::Asking if fill.is_begun.try_get()? || spoken.get() != first || leaving.get() => Some(idle),
            Stage::Asking => None,
        }
    });
    let ticking = set_interval_with_handle(
        move || {
            second.update(|second| *second = second.wrapping_add(1));
            still.update(|still| *still += 1);
            if limit.get_untracked().is_some_and(|limit| still.get_untracked() >= limit) {
                anew();
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let touched = move || {
        if still.get_untracked() > 0 {
            still.set(0);
        }
    };
    browser::stay_awake();
    let sent = Callback::new(move |taken: Taken| {
        still.set(0);
        tell(app, &taken);
    });
    let languages = form.spoken().to_vec();
    let counted = form.id.clone();
    let today = Memo::new(move |_| {
        round.track();
        let today = app.today();
        let figures = app.form_figures(Some((today, today)));
        figures.iter().filter(|one| one.form == counted).map(|one| one.submits).sum::<u32>()
    });
    let body = move || {
        round.track();
        let opening = Opening { purpose: Purpose::Kiosk, channel: None, parameters: Vec::new() };
        let Ok(fill) = Fill::begin(app, form.clone(), opening) else { return ().into_any() };
        fill.tells(sent, Callback::new(move |()| anew()));
        current.set(Some(fill));
        let next = move || {
            (fill.stage.get() == Stage::Sent).then(|| {
                view! {
                    <div class="kiosk__next">
                        <p role="timer">{move || tr("kiosk-next-in", [("count", i64::from(reset.saturating_sub(still.get())).into())])}</p>
                        <button class="button button--primary button--large" type="button" on:click=move |_| anew()>{t("kiosk-next")}</button>
                    </div>
                }
            })
        };
        view! {
            {move || {
                text::set_language(spoken.get());
                view! { {runner(fill)}{next} }
            }}
        }
        .into_any()
    };
    let left = Memo::new(move |_| {
        let limit = limit.get()?;
        let is_sent = current.get().is_some_and(|fill| fill.stage.try_get() == Some(Stage::Sent));
        let left = limit.saturating_sub(still.get());
        (!is_sent && left <= WARNED).then_some(left)
    });
    let warned = Memo::new(move |_| left.with(Option::is_some));
    let warning = move || {
        warned.get().then(|| {
            let left = move || left.get().unwrap_or_default();
            view! {
                <div class="kiosk__still" role="alertdialog" aria-label=t("kiosk-still")>
                    <p>{t("kiosk-still")}</p>
                    <p class="kiosk__left" role="timer">{move || tr("kiosk-anew-in", [("count", i64::from(left()).into())])}</p>
                    <button class="button button--primary button--large" type="button" on:click=move |_| touched()>{t("kiosk-here")}</button>
                </div>
            }
        })
    };
    view! {
        <main
            class="alone kiosk"
            id="main"
            tabindex="-1"
            lang=move || tag(spoken.get())
            on:pointerdown=move |_| {
                touched();
                browser::fill_screen();
            }
            on:keydown=move |_| touched()
            on:input=move |_| touched()
        >
            <div class="alone__sheet">
                {(languages.len() > 1).then(|| languages_of(languages, spoken))}
                {body}
            </div>
            <div class="kiosk__corner">
                <span title=t("kiosk-today")>{icon("users")}<span class="sr-only">{t("kiosk-today")}" "</span>{move || today.get()}</span>
                {icon_button(t("kiosk-leave"), "lock", move || leaving.set(true))}
            </div>
            {warning}
        </main>
        {pad(app, leaving, second)}
    }
    .into_any()
}
