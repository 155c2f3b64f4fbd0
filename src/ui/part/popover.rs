//! The floating sheet that menus and pickers sit in: a native popover, placed below what opened it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::browser;

/// A sheet below the element with the id `anchor`; it goes when one clicks elsewhere or presses Esc.
#[component]
pub fn Popover(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The id of the element below which it stands.
    anchor: String,
    /// Classes besides `popover`.
    #[prop(optional)]
    class: &'static str,
    /// Whether it is as wide as its anchor.
    #[prop(optional)]
    is_as_wide: bool,
    /// Whether the focus stays where it is, as in a combobox.
    #[prop(optional)]
    keeps_focus: bool,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let sheet = NodeRef::<html::Div>::new();
    let shifts = StoredValue::new_local(None::<browser::Listening>);
    Effect::new(move |was_open: Option<bool>| {
        let is_open = open.get();
        let Some(element) = sheet.get() else { return is_open };
        if !is_open {
            shifts.set_value(None);
            let _ = element.hide_popover();
            if was_open == Some(true) && !keeps_focus {
                give_back(anchor.clone());
            }
            return is_open;
        }
        let _ = element.show_popover();
        let (moved, below) = (element.clone(), anchor.clone());
        let place_anew = move || {
            if let Some(at) = browser::document().and_then(|document| document.get_element_by_id(&below)) {
                place(&moved, &at, is_as_wide);
            }
        };
        shifts.set_value(browser::on_shift(place_anew.clone()));
        request_animation_frame(move || {
            place_anew();
            if !keeps_focus {
                focus_first(&element);
            }
        });
        is_open
    });
    let toggled = move |_| {
        let is_shown =
            sheet.try_get_untracked().flatten().is_some_and(|sheet| sheet.matches(":popover-open").unwrap_or(false));
        // It may be gone with what it belonged to.
        if !is_shown && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
    };
    view! {
        <div
            class=format!("popover {class}")
            // A combobox closes its list itself: a click into its own input is no click elsewhere.
            popover=if keeps_focus { "manual" } else { "auto" }
            node_ref=sheet
            on:toggle=toggled
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    event.prevent_default();
                    open.set(false);
                }
            }
        >
            {move || open.get().then(|| children())}
        </div>
    }
}

/// Puts a sheet below an element, or above it where there is no room, always within the window.
pub fn place(sheet: &web_sys::HtmlElement, anchor: &web_sys::Element, is_as_wide: bool) {
    const EDGE: f64 = 8.0;
    const GAP: f64 = 4.0;
    let Some(root) = browser::document().and_then(|document| document.document_element()) else {
        return;
    };
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let at = anchor.get_bounding_client_rect();
    let style = sheet.style();
    if is_as_wide {
        let _ = style.set_property("inline-size", &format!("{}px", at.width().max(200.0)));
    }
    // Its size once it has come up: while it does, it is drawn a little smaller.
    let (own_width, own_height) = (f64::from(sheet.offset_width()), f64::from(sheet.offset_height()));
    let left = at.left().min(width - own_width - EDGE).max(EDGE);
    let below = at.bottom() + GAP;
    let above = at.top() - own_height - GAP;
    let top = if below + own_height <= height - EDGE {
        below
    } else if above >= EDGE {
        above
    } else {
        (height - own_height - EDGE).max(EDGE)
    };
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}

/// What was shown is gone, and the focus with it: it goes back to what opened the sheet.
fn give_back(anchor: String) {
    request_animation_frame(move || {
        if !browser::has_focused_element() {
            browser::focus(&anchor);
        }
    });
}

fn focus_first(sheet: &web_sys::HtmlElement) {
    // What closes the sheet comes last, wherever it stands.
    const WANTED: [&str; 6] = [
        "[autofocus]",
        "[role=gridcell][tabindex='0']",
        "[role^=menuitem]",
        ":is(input, select, textarea):not([type=hidden], [tabindex='-1'])",
        ":is(button, a[href]):not(.popover__head *)",
        "button, a[href]",
    ];
    let found = WANTED.iter().find_map(|selector| sheet.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
