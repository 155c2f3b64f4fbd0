//! The tour of three steps after the first run: where things are, how a list is worked in, how anything is taken back. It
//! stands beside what it speaks of, stops nobody from working, and never comes again by itself.

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
/// The distance of the card from what it speaks of, and of both from the edges of the window.
const GAP: f64 = 10.0;
const EDGE: f64 = 8.0;

/// A step: its sentences, its keys, and what it stands beside; the first of the selectors that is in sight counts.
struct Step {
    title: &'static str,
    say: &'static str,
    keys: &'static str,
    beside: &'static str,
}

const STEPS: [Step; 3] = [
    Step { title: "tour-places", say: "tour-places-say", keys: "Ctrl K", beside: ".rail__group, .dock" },
    Step { title: "tour-list", say: "tour-list-say", keys: "F2", beside: ".page__bar--wrap, .page__bar, .page__head" },
    Step {
        title: "tour-undo",
        say: "tour-undo-say",
        keys: "Ctrl Z",
        beside: ".page__actions .button-pair, .page__head",
    },
];

/// The tour, while it is on.
#[component]
pub fn Tour() -> impl IntoView {
    let at = use_floating().tour;
    // Whoever walks on while a record or a form is open wants that one closed first.
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_free = !event.default_prevented() && !is_typing(&event) && at.get_untracked().is_some();
        if is_free && event.key() == "Escape" {
            event.prevent_default();
            leave(at);
        }
    });
    on_cleanup(move || keys.remove());
    move || at.get().and_then(|step| Some(card(at, step, STEPS.get(step)?)))
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

fn card(at: RwSignal<Option<usize>>, number: usize, step: &'static Step) -> AnyView {
    let (card, ring) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let route = use_route();
    let put = move || {
        request_animation_frame(move || {
            if let (Some(Some(card)), Some(Some(ring))) = (card.try_get_untracked(), ring.try_get_untracked()) {
                place(&card, &ring, step.beside);
            }
        });
    };
    Effect::new(move |former: Option<()>| {
        route.track();
        card.track();
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
        <div class="tour" role="dialog" aria-labelledby="tour-title" aria-describedby="tour-say" node_ref=card>
            <div class="tour__head">
                <h2 id="tour-title">{t(step.title)}</h2>
                {icon_button(t("tour-skip"), "x", move || leave(at))}
            </div>
            <p id="tour-say">{t(step.say)}" "{kbd(step.keys)}</p>
            <div class="tour__foot">
                <span>{count}</span>
                <span class="push"></span>
                {(number > 0).then(|| view! {
                    <button class="button button--small" type="button" on:click=move |_| at.set(Some(number - 1))>{t("tour-back")}</button>
                })}
                <button class="button button--primary button--small" type="button" id="tour-next" on:click=next>
                    {t(if is_last { "tour-done" } else { "tour-next" })}
                    {(!is_last).then(|| icon("arrow-right"))}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// Puts the ring around what the step speaks of and the card beside it: on its right, below it or above it.
fn place(card: &web_sys::HtmlElement, ring: &web_sys::HtmlElement, beside: &str) {
    let Some(page) = browser::document() else { return };
    let Some(root) = page.document_element() else { return };
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let own = card.get_bounding_client_rect();
    let found = beside.split(", ").find_map(|selector| {
        let element = page.query_selector(selector).ok()??.dyn_into::<web_sys::HtmlElement>().ok()?;
        let rect = element.get_bounding_client_rect();
        (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
    });
    let put = |element: &web_sys::HtmlElement, name: &str, pixels: f64| {
        let _ = element.style().set_property(name, &format!("{pixels}px"));
    };
    let Some(at) = found else {
        let _ = ring.style().set_property("display", "none");
        put(card, "left", (width - own.width()) / 2.0);
        put(card, "top", (height - own.height()) / 2.0);
        return;
    };
    let _ = ring.style().set_property("display", "block");
    put(ring, "left", at.left() - 3.0);
    put(ring, "top", at.top() - 3.0);
    put(ring, "width", at.width() + 6.0);
    put(ring, "height", at.height() + 6.0);
    let (left, top) = if at.right() < width / 3.0 {
        (at.right() + GAP, at.top())
    } else if at.bottom() + GAP + own.height() + EDGE < height {
        (at.left().max(at.right() - own.width()).min(at.left() + GAP), at.bottom() + GAP)
    } else {
        (at.left(), at.top() - own.height() - GAP)
    };
    put(card, "left", left.min(width - own.width() - EDGE).max(EDGE));
    put(card, "top", top.min(height - own.height() - EDGE).max(EDGE));
}
