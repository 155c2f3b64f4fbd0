//! The way out of a kiosk: its code, by fingers or by keys. Whoever guesses waits longer each time.

use leptos::prelude::*;

use super::use_kiosk;
use crate::app::App;
use crate::engine::form::opens;
use crate::ui::browser;
use crate::ui::part::{Dialog, field_error, icon};
use crate::ui::route::{Route, go};
use crate::ui::text::{t, tr};

/// Wrong codes that cost no time: everybody slips.
const FREE: u32 = 2;
/// As long as one waits at most, in seconds.
const LONGEST: i64 = 300;

/// A way out that is shut.
#[derive(Clone, Copy)]
pub(super) struct Shut {
    /// Whether somebody is about to give the code.
    pub leaving: RwSignal<bool>,
    /// Tells that a second has gone by.
    pub second: RwSignal<u32>,
    /// Called once the code is right: the way is free.
    pub lifted: Callback<()>,
}

/// The pad, while it is open. `touched` is told that somebody is there.
pub(super) fn pad(app: App, shut: Shut, touched: Callback<()>) -> AnyView {
    let kiosk = use_kiosk();
    let Shut { leaving: open, second, lifted } = shut;
    let code = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    Effect::new(move |_| {
        open.track();
        code.set(String::new());
        is_wrong.set(false);
    });
    let waits = Memo::new(move |_| {
        second.track();
        let until = kiosk.with(|kiosk| kiosk.as_ref().map(|kiosk| kiosk.until)).unwrap_or_default();
        (until - app.now().0).max(0).div_euclid(1_000)
    });
    let error = Signal::derive(move || match (waits.get(), is_wrong.get()) {
        (seconds, _) if seconds > 0 => Some(tr("kiosk-wait", [("count", seconds.into())])),
        (_, true) => Some(t("kiosk-wrong")),
        (_, false) => None,
    });
    let enter = move || {
        if waits.get_untracked() > 0 || code.with_untracked(String::is_empty) {
            return;
        }
        let Some(mut locked) = kiosk.get_untracked() else { return };
        let given = code.get_untracked();
        code.set(String::new());
        if opens(&locked.kiosk, &given) {
            open.set(false);
            lifted.run(());
            browser::leave_full_screen();
            go(&Route::Forms);
            kiosk.set(None);
            return;
        }
        locked.wrong += 1;
        let pause = 5i64 << locked.wrong.saturating_sub(FREE).min(6);
        let seconds = if locked.wrong > FREE { pause.min(LONGEST) } else { 0 };
        // A part of a second more, so that the first thing said is the whole.
        locked.until = app.now().0 + seconds * 1_000 + if seconds > 0 { 900 } else { 0 };
        kiosk.set(Some(locked));
        is_wrong.set(true);
    };
    let press = move |digit: char| {
        is_wrong.set(false);
        code.update(|code| code.push(digit));
    };
    let erase = move || {
        code.update(|code| {
            code.pop();
        });
    };
    let keys = move || {
        let key = |digit: char| {
            view! { <button class="button button--large" type="button" on:click=move |_| press(digit)>{digit.to_string()}</button> }
                .into_any()
        };
        let mut keys: Vec<AnyView> = ('1'..='9').map(key).collect();
        keys.push(view! { <button class="button button--large" type="button" aria-label=t("kiosk-erase") on:click=move |_| erase()>{icon("arrow-left")}</button> }.into_any());
        keys.push(key('0'));
        keys.push(view! { <button class="button button--large button--primary" type="submit" aria-disabled=move || (waits.get() > 0).then_some("true")>{t("kiosk-open")}</button> }.into_any());
        keys
    };
    view! {
        <Dialog open=open title=t("kiosk-leave") class="dialog--small">
            <form
                class="kiosk__pad"
                on:pointerdown=move |_| touched.run(())
                on:keydown=move |_| touched.run(())
                on:submit=move |event| {
                    event.prevent_default();
                    enter();
                }
            >
                <label class="field__label" for="kiosk-given">{t("kiosk-code")}</label>
                <input
                    class="input"
                    id="kiosk-given"
                    type="password"
                    inputmode="none"
                    autocomplete="off"
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby="kiosk-given-error"
                    prop:value=move || code.get()
                    on:input=move |event| code.set(event_target_value(&event))
                />
                <div role="status">{field_error("kiosk-given", error)}</div>
                <div class="kiosk__keys">{keys()}</div>
            </form>
        </Dialog>
    }
    .into_any()
}
