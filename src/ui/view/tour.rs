//! The tour of three steps after the first run: where things are, how a list is worked in, how anything is taken back. It has
//! a strip of its own above the page, so that it lies over nothing, and a ring around what it speaks of; it never comes again
//! by itself.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::browser;
use crate::ui::part::{icon, icon_button, kbd};
use crate::ui::route::{Route, go, use_route};
use crate::ui::shell::{is_typing, use_floating};
use crate::ui::text::{t, tr};

/// What this device remembers once somebody has seen or left the tour.
const SEEN: &str = "tour";
/// The distance of the ring from what it goes around.
const GAP: f64 = 3.0;

/// A step: its sentences, its keys, and what it speaks of; the first of the selectors that is in sight counts.
struct Step {
    title: &'static str,
    say: &'static str,
    keys: &'static str,
    about: &'static str,
}

const STEPS: [Step; 3] = [
    Step { title: "tour-places", say: "tour-places-say", keys: "Ctrl K", about: ".rail__group, .dock" },
    Step { title: "tour-list", say: "tour-list-say", keys: "F2", about: ".page__bar--wrap, .page__bar, .page__head" },
    Step {
        title: "tour-undo",
        say: "tour-undo-say",
        keys: "Ctrl Z",
        about: ".page__actions .button-pair, .page__head",
    },
];

/// The tour, while it is on.
#[component]
pub fn Tour() -> impl IntoView {
    let at = use_floating().tour;
    let route = use_route();
    // What it speaks of is seen on the pages of records; elsewhere it waits.
    let is_here = Memo::new(move |_| matches!(route.get(), Route::Home | Route::Records { .. }));
    // Whoever walks on while a record or a form is open wants that one closed first.
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_shown = at.get_untracked().is_some() && is_here.get_untracked();
        let is_free = !event.default_prevented() && !is_typing(&event) && is_shown;
        if is_free && event.key() == "Escape" {
            event.prevent_default();
            leave(at);
        }
    });
    on_cleanup(move || keys.remove());
    move || at.get().filter(|_| is_here.get()).and_then(|step| Some(strip(at, step, STEPS.get(step)?)))
}

/// Begins the tour after the first run, unless somebody here has seen it.
pub fn begin_once(at: RwSignal<Option<usize>>) {
    if browser::remembered(SEEN).is_none() {
        at.try_set(Some(0));
    }
}

/// Begins the tour at somebody's wish, where its steps have something to stand beside.
pub fn begin(at: RwSignal<Option<usize>>) {
    go(&Route::Home);
    request_animation_frame(move || {
        at.try_set(Some(0));
    });
}

fn leave(at: RwSignal<Option<usize>>) {
    browser::remember(SEEN, "seen");
    at.set(None);
    request_animation_frame(|| browser::focus("main"));
}

fn strip(at: RwSignal<Option<usize>>, number: usize, step: &'static Step) -> AnyView {
    let ring = NodeRef::<html::Div>::new();
    let route = use_route();
    let put = move || {
        request_animation_frame(move || {
            if let Some(Some(ring)) = ring.try_get_untracked() {
                place(&ring, step.about);
            }
        });
    };
    Effect::new(move |former: Option<()>| {
        route.track();
        ring.track();
        put();
        if former.is_none() {
            request_animation_frame(|| browser::focus("tour-next"));
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| put());
    on_cleanup(move || resized.remove());
    let is_last = number + 1 == STEPS.len();
    let next = move |_| if is_last { leave(at) } else { at.set(Some(number + 1)) };
    let count = tr("tour-count", [("at", (number + 1).into()), ("count", STEPS.len().into())]);
    view! {
        <div class="tour__ring" node_ref=ring aria-hidden="true"></div>
        <section class="tour" aria-labelledby="tour-title">
            <div class="tour__say">
                <h2 id="tour-title">{t(step.title)}</h2>
                <p>{t(step.say)}" "{kbd(step.keys)}</p>
            </div>
            <div class="tour__do">
                <span class="tour__count">{count}</span>
                {(number > 0).then(|| view! {
                    <button class="button button--small" type="button" on:click=move |_| at.set(Some(number - 1))>{t("tour-back")}</button>
                })}
                <button class="button button--primary button--small" type="button" id="tour-next" on:click=next>
                    {t(if is_last { "tour-done" } else { "tour-next" })}
                    {(!is_last).then(|| icon("arrow-right"))}
                </button>
                {icon_button(t("tour-skip"), "x", move || leave(at))}
            </div>
        </section>
    }
    .into_any()
}

/// Puts the ring around what the step speaks of.
fn place(ring: &web_sys::HtmlElement, about: &str) {
    let Some(page) = browser::document() else { return };
    let found = about.split(", ").find_map(|selector| {
        let element = page.query_selector(selector).ok()??.dyn_into::<web_sys::HtmlElement>().ok()?;
        let rect = element.get_bounding_client_rect();
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
    });
    let Some(at) = found else {
        let _ = ring.style().set_property("display", "none");
        return;
    };
    let put = |name: &str, pixels: f64| {
        let _ = ring.style().set_property(name, &format!("{pixels}px"));
    };
    let _ = ring.style().set_property("display", "block");
    put("left", at.left() - GAP);
    put("top", at.top() - GAP);
    put("width", at.width() + 2.0 * GAP);
    put("height", at.height() + 2.0 * GAP);
}
