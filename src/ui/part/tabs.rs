//! Tabs: parts of one thing, walked with the arrows.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Tells it from the others.
    pub key: &'static str,
    /// What it says.
    pub label: String,
    /// How many things are in it, where that is worth saying.
    pub count: Option<usize>,
}

/// A row of tabs. The panel of a tab has the id `{id}-panel`.
#[component]
pub fn TabBar(
    /// The start of the ids.
    id: String,
    /// The name of the row.
    label: String,
    /// The tabs.
    tabs: Signal<Vec<Tab>>,
    /// The key of the chosen one.
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let panel = format!("{id}-panel");
    let walk = move |event: web_sys::KeyboardEvent| {
        let tabs = tabs.get_untracked();
        let here = tabs.iter().position(|tab| tab.key == chosen.get_untracked()).unwrap_or(0);
        let Some(last) = tabs.len().checked_sub(1) else { return };
        let to = match event.key().as_str() {
            "ArrowRight" => {
                if here == last {
                    0
                } else {
                    here + 1
                }
            }
            "ArrowLeft" => {
                if here == 0 {
                    last
                } else {
                    here - 1
                }
            }
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        chosen.set(tabs[to].key);
        let bar = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let tab = bar.and_then(|bar| bar.children().item(to as u32));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    view! {
        <div class="tabs tabs--line" role="tablist" aria-label=label on:keydown=walk>
            <For each=move || tabs.get() key=|tab| (tab.key, tab.count) let:tab>
                <button
                    class="tab"
                    role="tab"
                    type="button"
                    id=format!("{id}-{}", tab.key)
                    aria-selected=move || (chosen.get() == tab.key).to_string()
                    aria-controls=panel.clone()
                    tabindex=move || if chosen.get() == tab.key { "0" } else { "-1" }
                    on:click=move |_| chosen.set(tab.key)
                >
                    {tab.label.clone()}
                    {tab.count.map(|count| view! { <span class="tab__count">{count}</span> })}
                </button>
            </For>
        </div>
    }
    .into_any()
}
