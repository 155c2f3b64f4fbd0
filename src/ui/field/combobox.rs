//! A combobox: type to search, arrows to walk, Enter to take. What can be found is the caller's affair.

use leptos::prelude::*;

use super::draft::FieldDraft;
use super::input::{described, name};
use crate::model::value::Value;
use crate::ui::part::{Popover, avatar_styled, chip_styled, icon, icon_styled, unique_id};
use crate::ui::text::{t, tr};

/// Something that can be picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Tells it from the others.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What tells it from others of the same name.
    pub note: String,
    /// What it looks like.
    pub look: Look,
    /// Whether it is chosen already.
    pub is_chosen: bool,
}

/// What an offer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A chip in its hue.
    Chip(Option<u8>),
    /// Initials; the class says whether round or square.
    Avatar(&'static str),
    /// Something new that is made from the text.
    New,
}

/// A text control with a list below it. What is chosen already stands before the text, as children.
#[component]
pub fn Combobox(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the text control.
    id: String,
    /// What a text finds; asked again for every letter.
    find: Callback<String, Vec<Offer>>,
    /// Told what was picked.
    picked: Callback<Offer>,
    /// Told when Backspace is pressed with nothing typed.
    dropped: Callback<()>,
    /// What is chosen already.
    children: Children,
) -> impl IntoView {
    let described = described(draft, &id);
    let placeholder = move || if draft.value.with(Value::is_empty) { t("field-search") } else { String::new() };
    let (box_id, list_id) = (unique_id("combobox"), unique_id("listbox"));
    let text = RwSignal::new(draft.sought());
    let open = RwSignal::new(text.with_untracked(|text| !text.is_empty()));
    let active = RwSignal::new(0usize);
    let offers = Memo::new(move |_| if open.get() { find.run(text.get()) } else { Vec::new() });
    let option_id = {
        let list_id = list_id.clone();
        move |at: usize| format!("{list_id}-{at}")
    };
    let take = move |offer: Offer| {
        text.set(String::new());
        active.set(0);
        open.set(false);
        picked.run(offer);
    };
    draft.offers_with(Callback::new(move |()| {
        let offer = offers.with_untracked(|offers| offers.get(active.get_untracked()).cloned());
        if let Some(offer) = offer.filter(|offer| !offer.is_chosen && !text.with_untracked(String::is_empty)) {
            take(offer);
        }
    }));
    let keys = move |event: web_sys::KeyboardEvent| {
        let count = offers.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open.get_untracked() => {
                open.set(true);
                event.prevent_default();
            }
            "ArrowDown" if count > 0 => {
                active.update(|at| *at = if *at + 1 >= count { 0 } else { *at + 1 });
                event.prevent_default();
            }
            "ArrowUp" if count > 0 => {
                active.update(|at| *at = if *at == 0 { count - 1 } else { *at - 1 });
                event.prevent_default();
            }
            "Enter" if open.get_untracked() && !event.ctrl_key() && !event.meta_key() => {
                event.prevent_default();
                event.stop_propagation();
                if let Some(offer) = offers.with_untracked(|offers| offers.get(active.get_untracked()).cloned()) {
                    take(offer);
                }
            }
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                event.stop_propagation();
                open.set(false);
            }
            "Backspace" if text.with_untracked(String::is_empty) => dropped.run(()),
            _ => {}
        }
    };
    let active_id = {
        let option_id = option_id.clone();
        move || (open.get() && !offers.with(Vec::is_empty)).then(|| option_id(active.get()))
    };
    let rows = {
        let option_id = option_id.clone();
        move || {
            let offers = offers.get();
            if offers.is_empty() {
                let typed = text.get();
                let say = if typed.trim().is_empty() {
                    t("field-nothing-to-pick")
                } else {
                    tr("field-no-match", [("text", typed.into())])
                };
                return view! { <li class="menu__empty" role="presentation">{say}</li> }.into_any();
            }
            let rows: Vec<AnyView> =
                offers.into_iter().enumerate().map(|(at, offer)| row(at, offer, option_id(at), active, take)).collect();
            rows.into_any()
        }
    };
    let named = name(draft);
    view! {
        <div class="input input-box" id=box_id.clone()>
            {children()}
            <input
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded=move || open.get().to_string()
                aria-controls=list_id.clone()
                aria-activedescendant=active_id
                aria-invalid=move || draft.error().is_some().then_some("true")
                aria-describedby=described
                aria-required=move || draft.is_required().then_some("true")
                placeholder=placeholder
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    active.set(0);
                    open.set(true);
                }
                on:click=move |_| open.set(true)
                on:keydown=keys
                on:blur=move |_| {
                    open.set(false);
                    text.set(String::new());
                    draft.judge();
                }
            />
            {icon("chevron-down")}
        </div>
        <Popover open=open anchor=box_id is_as_wide=true keeps_focus=true>
            <ul
                class="menu menu__scroll"
                role="listbox"
                id=list_id.clone()
                aria-label=named.clone()
                // The focus stays in the text, so that the list is still open when the click arrives.
                on:mousedown=move |event| event.prevent_default()
            >
                {rows.clone()}
            </ul>
        </Popover>
    }
    .into_any()
}

fn row(at: usize, offer: Offer, id: String, active: RwSignal<usize>, take: impl Fn(Offer) + 'static) -> AnyView {
    let look = match offer.look {
        Look::Chip(hue) => chip_styled(&offer.label, hue, "chip chip--dot"),
        Look::Avatar(class) => {
            let (name, note) = (offer.label.clone(), offer.note.clone());
            view! {
                {avatar_styled(&name, class)}
                <span class="link-option">
                    <span>{name}</span>
                    {(!note.is_empty()).then(|| view! { <small>{note}</small> })}
                </span>
            }
            .into_any()
        }
        Look::New => view! { {icon("plus")}<span>{offer.label.clone()}</span> }.into_any(),
    };
    let is_chosen = offer.is_chosen;
    view! {
        <li
            class="menu__item"
            role="option"
            id=id
            aria-selected=is_chosen.to_string()
            data-active=move || (active.get() == at).then_some("")
            on:mouseenter=move |_| active.set(at)
            on:click=move |_| take(offer.clone())
        >
            {look}
            {icon_styled("check", "icon menu__tick")}
        </li>
    }
    .into_any()
}
