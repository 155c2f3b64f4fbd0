//! The quick jump: entities, pages and records by their title, with the keyboard alone.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::engine::list::{self, Query};
use crate::model::entity::Entity;
use crate::model::id::{EntityId, RecordId};
use crate::model::state::State;
use crate::ui::part::{icon, icon_styled, kbd};
use crate::ui::route::{Route, go};
use crate::ui::shell::{use_app, use_floating};
use crate::ui::text::{label, language, t};
use crate::ui::{browser, layer};

/// Records shown at most.
const MOST: usize = 20;

/// Where a line leads.
#[derive(Clone, PartialEq)]
struct Line {
    icon: String,
    text: String,
    note: String,
    to: Route,
    /// The record, which may be opened beside its list as well.
    record: Option<(EntityId, RecordId)>,
}

/// The dialog; it opens with Ctrl K.
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let open = use_floating().palette;
    let dialog = NodeRef::<html::Dialog>::new();
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let lines = Memo::new(move |_| if open.get() { lines(app, &typed.get()) } else { Vec::new() });
    let own = StoredValue::new(None::<u32>);
    let lift = move || {
        if let Some(Some(own)) = own.try_update_value(Option::take) {
            layer::close(own);
        }
    };
    on_cleanup(lift);
    Effect::new(move |_| {
        let is_open = open.get();
        let Some(element) = dialog.get_untracked() else { return };
        if is_open && !element.open() {
            own.set_value(Some(layer::open(open, Callback::new(move |()| open.set(false)))));
            typed.set(String::new());
            chosen.set(0);
            let _ = element.show_modal();
            request_animation_frame(|| browser::focus("palette-input"));
        } else if !is_open {
            lift();
            element.close();
        }
    });
    let follow = move |line: &Line, is_beside: bool| {
        open.set(false);
        match line.record {
            Some((entity, id)) if is_beside => {
                go(&Route::Records { entity, view: None, beside: Some(id), linked: None })
            }
            _ => go(&line.to),
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        let last = lines.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => chosen.update(|at| *at = if *at == 0 { last } else { *at - 1 }),
            // A first Enter of an input method only takes the characters over.
            "Enter" if !event.is_composing() => {
                if let Some(line) = lines.with_untracked(|lines| lines.get(chosen.get_untracked()).cloned()) {
                    follow(&line, event.ctrl_key() || event.meta_key());
                }
            }
            "k" if event.ctrl_key() || event.meta_key() => open.set(false),
            _ => return,
        }
        event.prevent_default();
        request_animation_frame(show_chosen);
    };
    view! {
        <dialog
            class="dialog palette"
            node_ref=dialog
            aria-label=t("palette-title")
            on:close=move |_| open.set(false)
            on:keydown=pressed
            on:mousedown=move |event: ev::MouseEvent| {
                let is_backdrop = event.target() == event.current_target();
                if is_backdrop {
                    open.set(false);
                }
            }
        >
            <div class="palette__find">
                {icon_styled("search", "icon icon--20")}
                <input
                    id="palette-input"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-activedescendant=move || format!("palette-{}", chosen.get())
                    aria-label=t("palette-title")
                    placeholder=t("shell-search")
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=typed
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        chosen.set(0);
                    }
                />
                {kbd("Esc")}
            </div>
            <div class="palette__list" id="palette-list" role="listbox" aria-label=t("palette-results")>
                {move || {
                    let lines = lines.get();
                    if lines.is_empty() && open.get() {
                        return view! { <p class="menu__empty" role="status">{t("palette-nothing")}</p> }.into_any();
                    }
                    let rows = lines.into_iter().enumerate();
                    rows.map(|(at, line)| row(at, line, chosen, follow)).collect::<Vec<AnyView>>().into_any()
                }}
            </div>
            <div class="palette__foot">
                <span>{kbd("↑ ↓")}{t("palette-choose")}</span>
                <span>{kbd("↵")}{t("palette-open")}</span>
                <span>{kbd("Ctrl ↵")}{t("palette-beside")}</span>
            </div>
        </dialog>
    }
    .into_any()
}

fn row(
    at: usize,
    line: Line,
    chosen: RwSignal<usize>,
    follow: impl Fn(&Line, bool) + Copy + Send + Sync + 'static,
) -> AnyView {
    let target = line.clone();
    view! {
        <div
            class="menu__item"
            role="option"
            id=format!("palette-{at}")
            aria-selected=move || (chosen.get() == at).to_string()
            data-active=move || (chosen.get() == at).then_some("")
            on:mousemove=move |_| if chosen.get_untracked() != at { chosen.set(at) }
            on:click=move |event| follow(&target, event.ctrl_key() || event.meta_key())
        >
            {icon_styled(&line.icon, "icon")}
            <span class="clip">{line.text}</span>
            <span class="menu__note">{line.note}</span>
            {line.record.is_none().then(|| icon("corner-down-left"))}
        </div>
    }
    .into_any()
}

fn show_chosen() {
    let chosen = browser::document().and_then(|page| page.query_selector("#palette-list [data-active]").ok().flatten());
    if let Some(chosen) = chosen.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        chosen.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn lines(app: App, typed: &str) -> Vec<Line> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let fits = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let entities = app.entities();
    let mut lines: Vec<Line> = entities
        .iter()
        .filter(|entity| (!words.is_empty() || !entity.tucked) && (fits(&entity.plural.en) || fits(&entity.plural.zh)))
        .map(|entity| Line {
            icon: entity.icon.clone(),
            text: label(&entity.plural),
            note: t("palette-list"),
            to: Route::records(entity.id),
            record: None,
        })
        .collect();
    let pages = [("history", t("nav-history"), Route::History), ("settings", t("nav-settings"), Route::Settings)];
    lines.extend(pages.into_iter().filter(|(_, name, _)| fits(name)).map(|(icon, text, to)| Line {
        icon: icon.to_owned(),
        text,
        note: t("palette-page"),
        to,
        record: None,
    }));
    if !words.is_empty() {
        // Who types a name looks for a record first.
        let mut found = app.ask(|state| records(state, &entities, typed, &words));
        found.append(&mut lines);
        lines = found;
    }
    lines
}

/// Records that say all the words: those that say them in their title first.
fn records(state: &State, entities: &[Arc<Entity>], typed: &str, words: &[String]) -> Vec<Line> {
    let mut titled = Vec::new();
    let mut others = Vec::new();
    for entity in entities {
        let query =
            Query { entity: entity.id, filter: None, search: typed, sort: &[], language: language(), letters: None };
        for id in list::run(state, &query).into_iter().take(500) {
            let text = crate::app::title(state, id);
            let low = text.to_lowercase();
            let is_titled = words.iter().all(|word| low.contains(word.as_str()));
            let into = if is_titled { &mut titled } else { &mut others };
            if into.len() < MOST {
                into.push(Line {
                    icon: entity.icon.clone(),
                    text,
                    note: label(&entity.label),
                    to: Route::Record { entity: entity.id, id },
                    record: Some((entity.id, id)),
                });
            }
        }
    }
    titled.append(&mut others);
    titled.truncate(MOST);
    titled
}
