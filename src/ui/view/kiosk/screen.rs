//! What visitors see: the form alone, begun anew for each of them, after its last page and after nobody has touched it for a while.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::Awake;
use super::pad::{Shut, pad};
use crate::app::{App, SaveState};
use crate::command::Taken;
use crate::model::form::Form;
use crate::ui::page::fill::{first_language, languages_of, tag, tell};
use crate::ui::part::{Art, Empty, icon, icon_button, icon_styled};
use crate::ui::text::{self, t, tr};
use crate::ui::view::fill::{Fill, Opening, Purpose, Stage, runner};
use crate::ui::{browser, layer};

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
    let back = move || {
        // Whoever swipes back means the page before.
        if let Some(fill) = current.get_untracked().filter(|fill| fill.stage.try_get_untracked() == Some(Stage::Asking))
        {
            fill.go_back();
        }
    };
    let tick = move || {
        still.update(|still| *still += 1);
        if limit.get_untracked().is_some_and(|limit| still.get_untracked() >= limit) {
            anew();
        }
    };
    let way_out = shut(leaving, back, tick);
    let opened = move || {
        // What a visitor had begun is for nobody else to read.
        if let Some(fill) = current.get_untracked() {
            fill.give_up();
        }
        way_out.lifted.run(());
    };
    let way_out = Shut { lifted: Callback::new(move |()| opened()), ..way_out };
    let save = app.save_state();
    let touched = move || {
        if still.get_untracked() > 0 {
            still.set(0);
        }
    };
    let awake = expect_context::<Awake>();
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
        awake.ask();
        let opening = Opening { purpose: Purpose::Kiosk, channel: None, parameters: Vec::new() };
        // Whatever else changes in the workspace is no turn of another visitor.
        let Ok(fill) = untrack(|| Fill::begin(app, form.clone(), opening)) else { return ().into_any() };
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
        (!is_sent && !leaving.get() && left <= WARNED).then_some(left)
    });
    let warned = Memo::new(move |_| left.with(Option::is_some));
    view! {
        <main
            class="alone kiosk"
            id="main"
            tabindex="-1"
            lang=move || tag(spoken.get())
            inert=move || warned.get()
            on:pointerdown=move |_| touched()
            // A finger counts as an act of somebody only when it is lifted.
            on:pointerup=move |_| if !browser::is_there("dialog[open]") { browser::fill_screen() }
            on:keydown=move |_| touched()
            on:input=move |_| touched()
            on:contextmenu=move |event| event.prevent_default()
            on:dragover=move |event| event.prevent_default()
            on:drop=move |event| event.prevent_default()
            on:click=stay
        >
            <div class="alone__sheet">
                {(languages.len() > 1).then(|| languages_of(languages, spoken))}
                {body}
            </div>
            <div class="kiosk__corner">
                {move || unsaved(save.get())}
                {move || (awake.0.get() == Some(false)).then(|| view! { <span title=t("kiosk-dark")>{icon("moon")}<span class="sr-only">{t("kiosk-dark")}</span></span> })}
                <span title=t("kiosk-today")>{icon("users")}<span class="sr-only">{t("kiosk-today")}" "</span>{move || today.get()}</span>
                {icon_button(t("kiosk-leave"), "lock", move || leaving.set(true))}
            </div>
        </main>
        {still_there(left, warned, touched)}
        {pad(app, way_out, Callback::new(move |()| touched()))}
    }
    .into_any()
}

/// A sign for whoever looks after it that answers do not reach the disk.
fn unsaved(state: SaveState) -> Option<AnyView> {
    let says = match state {
        SaveState::Saved | SaveState::Saving => return None,
        SaveState::NotSaved => "status-not-saved",
        SaveState::NotKept => "status-not-kept",
    };
    Some(view! { <span class="kiosk__unsaved" role="status">{icon_styled("triangle-alert", "icon icon--warn")}{t(says)}</span> }.into_any())
}

/// What stands where a kiosk has no form any more: whoever knows the code gets on.
pub fn stuck(app: App) -> AnyView {
    browser::set_title(&t("fill-closed"));
    shut_page(app, t("fill-closed"), t("kiosk-stuck-say"), None)
}

/// What stands in the other tabs while one of them is the kiosk; `here` takes it over.
pub fn idle(app: App, here: Callback<()>) -> AnyView {
    shut_page(app, t("kiosk-elsewhere"), t("kiosk-elsewhere-say"), Some(here))
}

fn shut_page(app: App, title: String, say: String, here: Option<Callback<()>>) -> AnyView {
    let leaving = RwSignal::new(false);
    let way_out = shut(leaving, || {}, || {});
    let take_over = here.map(|here| {
        view! { <button class="button button--large button--primary" type="button" on:click=move |_| here.run(())>{t("kiosk-here-instead")}</button> }
    });
    view! {
        <main class="alone kiosk" id="main" tabindex="-1">
            <Empty art=Art::Search title=title say=say>
                {take_over}
                <button class="button button--large" type="button" on:click=move |_| leaving.set(true)>{icon("lock")}{t("kiosk-leave")}</button>
            </Empty>
        </main>
        {pad(app, way_out, Callback::new(|()| {}))}
    }
    .into_any()
}

/// Shuts the way out: Back leads nowhere else, and each second is told to whoever counts.
fn shut(leaving: RwSignal<bool>, back: impl Fn() + Send + Sync + 'static, tick: impl Fn() + 'static) -> Shut {
    let (second, is_shut) = (RwSignal::new(0u32), RwSignal::new(true));
    let step = layer::open(is_shut, Callback::new(move |()| back()));
    let ticking = set_interval_with_handle(
        move || {
            if second.try_update(|second| *second = second.wrapping_add(1)).is_some() {
                tick();
            }
        },
        Duration::from_secs(1),
    );
    on_cleanup(move || {
        layer::close(step);
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    Shut { leaving, second, lifted: Callback::new(move |()| is_shut.set(false)) }
}

/// Links lead nowhere from here: they would leave the form, and nobody would come back.
fn stay(event: web_sys::MouseEvent) {
    if browser::closest(event.target(), "a[href]").is_some() {
        event.prevent_default();
    }
}

/// Asks whether anybody is there before it begins anew. It lies over the form, so that a touch that answers touches nothing else.
fn still_there(
    left: Memo<Option<u32>>,
    warned: Memo<bool>,
    touched: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    let here = move || {
        touched();
        request_animation_frame(move || {
            if let Some(Some(element)) = before.try_update_value(Option::take) {
                browser::focus_in_place(&element);
            }
        });
    };
    (move || {
        warned.get().then(|| {
            before.set_value(browser::focused().and_then(|element| element.dyn_into().ok()));
            request_animation_frame(|| browser::focus("kiosk-here"));
            let left = move || left.get().unwrap_or_default();
            view! {
                <div
                    class="kiosk__still"
                    role="alertdialog"
                    aria-modal="true"
                    aria-labelledby="kiosk-still"
                    aria-describedby="kiosk-left"
                    on:click=move |_| here()
                    on:keydown=move |event| if event.key() == "Escape" { here() }
                >
                    <div class="kiosk__ask">
                        <h2 id="kiosk-still">{t("kiosk-still")}</h2>
                        <p id="kiosk-left" role="timer">{move || tr("kiosk-anew-in", [("count", i64::from(left()).into())])}</p>
                        <button class="button button--primary button--large" id="kiosk-here" type="button">{t("kiosk-here")}</button>
                    </div>
                </div>
            }
        })
    })
    .into_any()
}
