//! Menus: a button and the rows that it opens, walked with arrows, Home, End and letters.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::kbd;
use super::icon::{icon, icon_styled};
use super::popover::Popover;
use super::unique_id;

/// A row of a menu.
#[derive(Clone)]
pub enum MenuRow {
    /// Something to do.
    Item(MenuItem),
    /// A heading.
    Label(String),
    /// A line between groups.
    Rule,
}

/// Something that a menu offers.
#[derive(Clone)]
pub struct MenuItem {
    icon: Option<&'static str>,
    label: String,
    keys: Option<&'static str>,
    is_dangerous: bool,
    checked: Option<bool>,
    reason: Option<String>,
    act: Callback<()>,
}

impl MenuItem {
    /// An item without an icon.
    pub fn new(label: String, act: impl Fn() + Send + Sync + 'static) -> Self {
        let act = Callback::new(move |()| act());
        MenuItem { icon: None, label, keys: None, is_dangerous: false, checked: None, reason: None, act }
    }

    /// The same with an icon.
    pub fn icon(mut self, name: &'static str) -> Self {
        self.icon = Some(name);
        self
    }

    /// The same with the keys that do it: `Ctrl Z`.
    pub fn keys(mut self, keys: &'static str) -> Self {
        self.keys = Some(keys);
        self
    }

    /// The same, coloured as something that takes things away.
    pub fn dangerous(mut self) -> Self {
        self.is_dangerous = true;
        self
    }

    /// The same as one of several, ticked or not.
    pub fn checked(mut self, is_checked: bool) -> Self {
        self.checked = Some(is_checked);
        self
    }

    /// The same, not to be had now, and why.
    pub fn disabled(mut self, reason: String) -> Self {
        self.reason = Some(reason);
        self
    }
}

/// A button that opens a menu. Without children it shows an icon, three dots unless another one is named.
#[component]
pub fn MenuButton(
    /// The name of the button and of its menu.
    label: String,
    /// The rows, asked for whenever it opens.
    items: Callback<(), Vec<MenuRow>>,
    /// The classes of the button.
    #[prop(default = "button button--quiet button--icon button--small")]
    class: &'static str,
    /// The icon, where there are no children.
    #[prop(default = "ellipsis")]
    name: &'static str,
    /// What the button shows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = unique_id("menu");
    let open = RwSignal::new(false);
    let was_open = RwSignal::new(false);
    let is_bare = children.is_none();
    let shown = children.map_or_else(|| icon(name), |children| children());
    let (tip, named) = (label.clone(), label.clone());
    view! {
        <button
            id=id.clone()
            class=class
            type="button"
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=is_bare.then_some(named)
            title=is_bare.then_some(tip)
            // Pressing the button closes an open menu by itself; the click that follows must not open it again.
            on:pointerdown=move |_| was_open.set(open.get_untracked())
            on:click=move |event| {
                event.stop_propagation();
                open.set(!was_open.get_untracked() && !open.get_untracked());
                was_open.set(false);
            }
            on:keydown=move |event| {
                if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") {
                    event.prevent_default();
                    event.stop_propagation();
                    open.set(true);
                }
            }
        >
            {shown}
        </button>
        <Menu open=open anchor=id label=label items=items/>
    }
}

/// The menu alone, below the element with the id `anchor`.
#[component]
pub fn Menu(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The id of the element below which it stands.
    anchor: String,
    /// Its name.
    label: String,
    /// The rows, asked for whenever it opens.
    items: Callback<(), Vec<MenuRow>>,
) -> impl IntoView {
    view! {
        <Popover open=open anchor=anchor>
            <div
                class="menu"
                role="menu"
                aria-label=label.clone()
                on:keydown=move |event| walk(&event, open)
                on:click=move |event| event.stop_propagation()
            >
                {items.run(()).into_iter().map(|row| row_view(row, open)).collect::<Vec<AnyView>>()}
            </div>
        </Popover>
    }
}

fn row_view(row: MenuRow, open: RwSignal<bool>) -> AnyView {
    let item = match row {
        MenuRow::Rule => return view! { <div class="menu__rule" role="separator"></div> }.into_any(),
        MenuRow::Label(text) => {
            return view! { <div class="menu__label" role="presentation">{text}</div> }.into_any();
        }
        MenuRow::Item(item) => item,
    };
    let is_disabled = item.reason.is_some();
    let act = item.act;
    view! {
        <button
            class=if item.is_dangerous { "menu__item menu__item--danger" } else { "menu__item" }
            type="button"
            role=if item.checked.is_some() { "menuitemradio" } else { "menuitem" }
            tabindex="-1"
            aria-checked=item.checked.map(|checked| checked.to_string())
            aria-disabled=is_disabled.then_some("true")
            title=item.reason
            on:click=move |_| {
                if !is_disabled {
                    open.set(false);
                    act.run(());
                }
            }
        >
            {item.icon.map(icon)}
            <span>{item.label}</span>
            {item.keys.map(kbd)}
            {item.checked.map(|_| icon_styled("check", "icon menu__tick"))}
        </button>
    }
    .into_any()
}

fn walk(event: &web_sys::KeyboardEvent, open: RwSignal<bool>) {
    let Some(menu) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
        return;
    };
    let key = event.key();
    if key == "Tab" {
        open.set(false);
        return;
    }
    let items = elements(&menu, "[role^=menuitem]");
    let here = items.iter().position(|item| item.matches(":focus").unwrap_or(false));
    let Some(last) = items.len().checked_sub(1) else { return };
    let to = match key.as_str() {
        "ArrowDown" => Some(here.map_or(0, |at| if at == last { 0 } else { at + 1 })),
        "ArrowUp" => Some(here.map_or(last, |at| if at == 0 { last } else { at - 1 })),
        "Home" => Some(0),
        "End" => Some(last),
        letter if letter.chars().count() == 1 && letter != " " => {
            let wanted = letter.to_lowercase();
            let from = here.map_or(0, |at| at + 1);
            let starts =
                |at: &usize| items[*at].text_content().unwrap_or_default().trim().to_lowercase().starts_with(&wanted);
            (from..=last).chain(0..from).find(starts)
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(item) = to.and_then(|at| items.get(at)) {
        let _ = item.focus();
    }
}

fn elements(within: &web_sys::Element, selector: &str) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| found.item(at))
        .filter_map(|node| node.dyn_into::<web_sys::HtmlElement>().ok())
        .collect()
}
