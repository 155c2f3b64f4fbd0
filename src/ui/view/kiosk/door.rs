//! The door to a kiosk: what it does, and the code that leaves it.

use leptos::prelude::*;

use super::{Locked, use_kiosk};
use crate::app::App;
use crate::engine::form::seal;
use crate::model::form::{Form, Kiosk};
use crate::ui::browser;
use crate::ui::part::{field_error, icon, icon_styled};
use crate::ui::route::Route;
use crate::ui::text::{label, t, tr};

/// Digits that a code has at least.
const SHORTEST: usize = 4;

/// The door.
pub fn door(app: App, form: &Form) -> AnyView {
    let kiosk = use_kiosk();
    let own = form.kiosk.clone().unwrap_or_default();
    let has_code = !own.sealed_code.is_empty();
    let code = RwSignal::new(String::new());
    let is_tried = RwSignal::new(false);
    let is_short =
        move || code.with(|code| code.chars().count() < SHORTEST || !code.chars().all(|sign| sign.is_ascii_digit()));
    let wrong = Signal::derive(move || {
        let is_said = !has_code && is_tried.get() && is_short();
        is_said.then(|| tr("kiosk-code-short", [("count", SHORTEST.into())]))
    });
    let id = form.id.clone();
    let start = move || {
        is_tried.set(true);
        if !has_code && untrack(is_short) {
            browser::focus("kiosk-code");
            return;
        }
        let sealed = if has_code {
            own.clone()
        } else {
            let salt = app.draw_submission().to_string();
            Kiosk { sealed_code: seal(&code.get_untracked(), &salt), salt, ..own.clone() }
        };
        browser::fill_screen();
        kiosk.set(Some(Locked { form: id.clone(), kiosk: sealed, wrong: 0, until: 0 }));
    };
    let asked = (!has_code).then(|| {
        view! {
            <div class="field">
                <label class="field__label" for="kiosk-code">{t("kiosk-code")}</label>
                <input
                    class="input"
                    id="kiosk-code"
                    // To be read while it is chosen: one wrong digit would lock the device.
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=move || wrong.get().map(|_| "true")
                    aria-describedby="kiosk-code-hint kiosk-code-error"
                    prop:value=move || code.get()
                    on:input=move |event| code.set(event_target_value(&event))
                />
                {field_error("kiosk-code", wrong)}
                <p class="field__hint" id="kiosk-code-hint">{t("kiosk-code-say")}</p>
            </div>
        }
    });
    view! {
        <main class="alone" id="main" tabindex="-1">
            <form
                class="alone__sheet kiosk__door"
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    start();
                }
            >
                <h1>{tr("kiosk-title", [("name", label(&form.label).into())])}</h1>
                <p>{t("kiosk-say")}</p>
                {ready()}
                {has_code.then(|| view! { <p>{t("kiosk-has-code")}</p> })}
                {asked}
                <div class="fill__foot">
                    <a class="button button--large" href=Route::Forms.href()>{icon("arrow-left")}{t("forms-title")}</a>
                    <button class="button button--primary button--large" type="submit">{t("kiosk-start")}</button>
                </div>
            </form>
        </main>
    }
    .into_any()
}

/// What this browser does for a kiosk, and what somebody has to see to by hand.
fn ready() -> AnyView {
    let line = |is_so: bool, so: &'static str, not: &'static str| {
        let (class, sign, says) = match is_so {
            true => ("icon icon--good", "circle-check", so),
            false => ("icon icon--warn", "triangle-alert", not),
        };
        view! { <li>{icon_styled(sign, class)}<span>{t(says)}</span></li> }.into_any()
    };
    view! {
        <ul class="kiosk__ready">
            {line(browser::can_fill_screen(), "kiosk-fills", "kiosk-fills-not")}
            {line(browser::can_stay_awake(), "kiosk-awake", "kiosk-awake-not")}
            {line(browser::has_offline_copy(), "kiosk-offline", "kiosk-offline-not")}
        </ul>
        <p>{t("kiosk-pin")}</p>
    }
    .into_any()
}
