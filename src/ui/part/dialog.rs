//! The dialog: a native one, so that the focus stays inside and comes back when it closes.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use super::button::icon_button;
use super::unique_id;
use crate::ui::layer;
use crate::ui::text::t;

/// A modal dialog; its children are made when it opens and go when it closes.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// What stands at its top.
    #[prop(into)]
    title: Signal<String>,
    /// Classes besides `dialog`: `dialog--wide`, `dialog--small`.
    #[prop(optional)]
    class: &'static str,
    /// Asked instead of closing when the reader wants to leave.
    #[prop(optional)]
    on_leave: Option<Callback<()>>,
    /// What stands at its bottom: a note and the buttons.
    #[prop(optional)]
    footer: Option<Callback<(), AnyView>>,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let (title_id, body_id) = (unique_id("dialog"), unique_id("dialog-body"));
    let leave = move || match on_leave {
        Some(asked) => asked.run(()),
        None => open.set(false),
    };
    let own = StoredValue::new(None::<u32>);
    let lift = move || {
        if let Some(Some(own)) = own.try_update_value(Option::take) {
            layer::close(own);
        }
    };
    on_cleanup(lift);
    Effect::new(move |_| {
        let is_open = open.get();
        let Some(element) = dialog.get() else { return };
        if !is_open {
            lift();
            element.close();
        } else if !element.open() {
            own.set_value(Some(layer::open(open, Callback::new(move |()| leave()))));
            let _ = element.show_modal();
            // The content is drawn in the same turn as this effect, before or after it. Where the page behind is large, the next
            // frame is far away.
            let soon = element.clone();
            queue_microtask(move || focus_first(&soon));
            request_animation_frame(move || {
                if element.query_selector(".dialog__body :focus").ok().flatten().is_none() {
                    focus_first(&element);
                }
            });
        }
    });
    let pressed = move |event: ev::MouseEvent| {
        let is_backdrop = event.target().is_some() && event.target() == event.current_target();
        if is_backdrop {
            leave();
        }
    };
    let labelled = title_id.clone();
    view! {
        <dialog
            class=format!("dialog {class}")
            node_ref=dialog
            aria-labelledby=labelled
            on:cancel=move |event: ev::Event| {
                let is_own = event.target() == event.current_target();
                if is_own {
                    event.prevent_default();
                    leave();
                }
            }
            on:mousedown=pressed
            // Keys meant for the dialog are not meant for the page behind it.
            on:keydown=move |event| event.stop_propagation()
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <header class="dialog__head">
                                <h2 id=title_id.clone()>{move || title.get()}</h2>
                                {icon_button(t("part-close"), "x", leave)}
                            </header>
                            <div
                                class="dialog__body"
                                id=body_id.clone()
                                tabindex="0"
                                role="region"
                                aria-labelledby=title_id.clone()
                            >
                                {children()}
                            </div>
                            {footer.map(|footer| view! { <div class="dialog__foot">{footer.run(())}</div> })}
                        }
                    })
            }}
        </dialog>
    }
}

fn focus_first(dialog: &web_sys::HtmlElement) {
    const CONTROLS: &str = ".dialog__body :is(input, textarea, select, button.input):not([disabled], [type=hidden])";
    let wanted = ["[autofocus]", CONTROLS, ".dialog__foot .button--primary", ".dialog__head .button"];
    let found = wanted.iter().find_map(|selector| dialog.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
