//! The palette: records, lists, filters in words, commands and settings, found by typing and opened with the keyboard alone.

mod line;
mod recent;
mod understood;

use std::time::Duration;

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::engine::phrase::Lexicon;
use crate::ui::handed::use_handed;
use crate::ui::part::{icon, icon_styled, kbd};
use crate::ui::route::{Route, go, use_route};
use crate::ui::shell::{use_app, use_floating};
use crate::ui::text::{label, t, tr};
use crate::ui::{browser, layer};

use line::{Line, Scope, Section, Target};

/// Counting waits until nobody types, in milliseconds.
const STILL: u64 = 120;

/// What the palette stands on.
#[derive(Clone, Copy)]
struct Sheet {
    app: App,
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
    scope: RwSignal<Scope>,
    lines: Memo<Vec<Line>>,
    /// How many records the filters find that were understood, by their line.
    counts: RwSignal<Vec<(String, usize)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

/// The dialog; it opens with Ctrl K.
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let open = use_floating().palette;
    let route = use_route();
    let dialog = NodeRef::<html::Dialog>::new();
    let (typed, scope) = (RwSignal::new(String::new()), RwSignal::new(Scope::All));
    // Made when it opens, from the definitions as they are then.
    let lexicon = StoredValue::new_local(None::<Lexicon>);
    let stock = Memo::new(move |_| open.get().then(|| line::stock(app)));
    let lines = Memo::new(move |_| {
        let (typed, scope, here) = (typed.get(), scope.get(), route.get_untracked().entity());
        stock.with(|stock| {
            let Some(stock) = stock else { return Vec::new() };
            let found = lexicon.try_update_value(|lexicon| {
                let lexicon = lexicon.get_or_insert_with(|| app.ask(|state| Lexicon::new(state)));
                line::lines(app, stock, lexicon, &typed, scope, here)
            });
            found.unwrap_or_default()
        })
    });
    let (counts, timer) = (RwSignal::new(Vec::new()), StoredValue::new(None));
    let sheet = Sheet { app, open, typed, chosen: RwSignal::new(0), scope, lines, counts, timer };
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
            sheet.begin();
            let _ = element.show_modal();
            request_animation_frame(|| browser::focus("palette-input"));
        } else if !is_open {
            lift();
            lexicon.set_value(None);
            element.close();
        }
    });
    Effect::new(move |_| note_place(&route.get()));
    let handed = use_handed();
    let floating = use_floating();
    let follow = Callback::new(move |(line, is_beside): (Line, bool)| {
        if line.target == Target::Nothing {
            return;
        }
        open.set(false);
        if !line.name.is_empty() {
            recent::note(&line.name);
        }
        match line.target {
            Target::Place(to) => go(&to),
            Target::Record(entity, id) if is_beside => {
                go(&Route::Records { entity, view: None, beside: Some(id), linked: None });
            }
            Target::Record(entity, id) => go(&Route::Record { entity, id }),
            // The palette gives the page its focus back first.
            Target::Deed(deed) => request_animation_frame(move || deed.run(app, floating)),
            Target::Heard(heard) => {
                if let Some(given) = understood::handed(app, &heard) {
                    let to = Route::Records {
                        entity: given.entity,
                        view: Some(given.view.clone()),
                        beside: None,
                        linked: None,
                    };
                    handed.set(Some(given));
                    go(&to);
                }
            }
            Target::Nothing => {}
        }
    });
    view! {
        <dialog
            class="dialog palette"
            node_ref=dialog
            aria-label=t("palette-title")
            on:close=move |_| open.set(false)
            on:keydown=move |event| sheet.pressed(&event, follow)
            on:mousedown=move |event: ev::MouseEvent| {
                let is_backdrop = event.target() == event.current_target();
                if is_backdrop {
                    open.set(false);
                }
            }
        >
            {field(sheet)}
            {scopes(sheet)}
            <div class="palette__list" id="palette-list" role="listbox" aria-label=t("palette-results")>
                {move || sheet.lines.with(|lines| groups(sheet, lines, follow))}
            </div>
            <p class="sr-only" role="status">
                {move || {
                    let count = sheet.lines.with(Vec::len);
                    (open.get() && !sheet.typed.with(String::is_empty)).then(|| tr("palette-count", [("count", count.into())]))
                }}
            </p>
            <div class="palette__foot">
                <span>{kbd("↑ ↓")}{t("palette-choose")}</span>
                <span>{kbd("↵")}{t("palette-open")}</span>
                <span>{kbd("Ctrl ↵")}{t("palette-beside")}</span>
                <span>{kbd("Tab")}{t("palette-narrow")}</span>
                <span>{kbd(">")}{t("palette-only-commands")}</span>
            </div>
        </dialog>
    }
    .into_any()
}

impl Sheet {
    fn begin(self) {
        self.typed.set(String::new());
        self.scope.set(Scope::All);
        self.chosen.set(0);
        self.counts.set(Vec::new());
    }

    fn type_in(self, text: String) {
        self.typed.set(text);
        self.chosen.set(0);
        self.count_soon();
    }

    fn narrow(self, scope: Scope) {
        self.scope.set(scope);
        self.chosen.set(0);
        self.count_soon();
        browser::focus("palette-input");
    }

    /// Counts what the understood filters find, once nobody types.
    fn count_soon(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let count = move || {
            let heard: Vec<(String, understood::Heard)> = self.lines.with_untracked(|lines| {
                let heard = lines.iter().filter_map(|line| match &line.target {
                    Target::Heard(heard) => Some((line.text.clone(), heard.clone())),
                    _ => None,
                });
                heard.collect()
            });
            if !heard.is_empty() {
                let counted = heard.into_iter().map(|(text, heard)| (text, understood::count(self.app, &heard)));
                self.counts.set(counted.collect());
            }
        };
        self.timer.set_value(set_timeout_with_handle(count, Duration::from_millis(STILL)).ok());
    }

    fn pressed(self, event: &ev::KeyboardEvent, follow: Callback<(Line, bool)>) {
        event.stop_propagation();
        let last = self.lines.with_untracked(Vec::len).saturating_sub(1);
        let chosen = || self.lines.with_untracked(|lines| lines.get(self.chosen.get_untracked()).cloned());
        let is_blank = self.typed.with_untracked(String::is_empty);
        let is_command = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "ArrowDown" => self.chosen.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => self.chosen.update(|at| *at = if *at == 0 { last } else { *at - 1 }),
            "PageDown" => self.chosen.update(|at| *at = (*at + 8).min(last)),
            "PageUp" => self.chosen.update(|at| *at = at.saturating_sub(8)),
            // A first Enter of an input method only takes the characters over.
            "Enter" if !event.is_composing() => {
                if let Some(line) = chosen() {
                    follow.run((line, is_command));
                }
            }
            "Tab" if !event.shift_key() => match chosen() {
                Some(line) => self.narrow(scope_of(&line)),
                None => return,
            },
            "Backspace" if is_blank && self.scope.get_untracked() != Scope::All => self.narrow(Scope::All),
            "k" if is_command => self.open.set(false),
            _ => return,
        }
        event.prevent_default();
        request_animation_frame(show_chosen);
    }
}

fn field(sheet: Sheet) -> AnyView {
    let narrowed = move || match sheet.scope.get() {
        Scope::Entity(entity) => {
            let name = sheet.app.entity(entity).map(|entity| label(&entity.plural)).unwrap_or_default();
            let widen = tr("palette-widen", [("name", name.clone().into())]);
            Some(view! {
                <button class="palette__scope" type="button" aria-label=widen on:click=move |_| sheet.narrow(Scope::All)>
                    {name}
                    {icon("x")}
                </button>
            })
        }
        Scope::All | Scope::Section(_) => None,
    };
    let active = move || sheet.lines.with(|lines| !lines.is_empty()).then(|| format!("palette-{}", sheet.chosen.get()));
    view! {
        <div class="palette__find">
            {icon_styled("search", "icon icon--20")}
            {narrowed}
            <input
                id="palette-input"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=active
                aria-label=t("palette-title")
                placeholder=t("palette-placeholder")
                autocomplete="off"
                spellcheck="false"
                prop:value=sheet.typed
                on:input=move |event| sheet.type_in(event_target_value(&event))
            />
            {kbd("Esc")}
        </div>
    }
    .into_any()
}

/// The sections as switches, for whoever has no Tab key.
fn scopes(sheet: Sheet) -> AnyView {
    let one = move |scope: Scope, name: String| {
        view! {
            <button
                class="palette__switch"
                type="button"
                tabindex="-1"
                aria-pressed=move || (sheet.scope.get() == scope).to_string()
                on:click=move |_| sheet.narrow(scope)
            >
                {name}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="palette__scopes" role="group" aria-label=t("palette-look-in")>
            {one(Scope::All, t("palette-all"))}
            {[Section::Records, Section::Lists, Section::Commands, Section::Settings]
                .into_iter()
                .map(|section| one(Scope::Section(section), section_name(section)))
                .collect::<Vec<AnyView>>()}
        </div>
    }
    .into_any()
}

fn groups(sheet: Sheet, lines: &[Line], follow: Callback<(Line, bool)>) -> AnyView {
    if lines.is_empty() {
        let is_open = sheet.open.get_untracked();
        return is_open.then(|| view! { <p class="menu__empty">{t("palette-nothing")}</p> }).into_any();
    }
    let mut groups: Vec<AnyView> = Vec::new();
    let mut at = 0;
    for group in lines.chunk_by(|one, other| one.section == other.section) {
        let start = at;
        at += group.len();
        let name = group.first().map(|line| section_name(line.section)).unwrap_or_default();
        let rows: Vec<AnyView> =
            group.iter().enumerate().map(|(place, line)| row(sheet, start + place, line, follow)).collect();
        let named = name.clone();
        groups.push(
            view! {
                <div role="group" aria-label=named>
                    <div class="menu__label" aria-hidden="true">{name}</div>
                    {rows}
                </div>
            }
            .into_any(),
        );
    }
    groups.into_any()
}

fn row(sheet: Sheet, at: usize, line: &Line, follow: Callback<(Line, bool)>) -> AnyView {
    let chosen = sheet.chosen;
    let target = line.clone();
    let is_nothing = line.target == Target::Nothing;
    let count = match &line.target {
        Target::Heard(_) => {
            let text = line.text.clone();
            let count = move || {
                let counted =
                    sheet.counts.with(|counts| counts.iter().find(|(of, _)| *of == text).map(|(_, count)| *count));
                counted.map(|count| tr("palette-records", [("count", count.into())]))
            };
            view! { <span class="menu__note palette__total">{count}</span> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div
            class="menu__item"
            class:palette__heard=line.section == Section::Understood
            role="option"
            id=format!("palette-{at}")
            aria-selected=move || (chosen.get() == at).to_string()
            aria-disabled=is_nothing.then_some("true")
            data-active=move || (chosen.get() == at).then_some("")
            on:mousemove=move |_| if chosen.get_untracked() != at { chosen.set(at) }
            on:click=move |event| follow.run((target.clone(), event.ctrl_key() || event.meta_key()))
        >
            {icon_styled(&line.icon, "icon")}
            <span class="palette__text">{marked(&line.text, &line.marks)}</span>
            {(!line.detail.is_empty()).then(|| view! {
                <span class="palette__detail">{marked(&line.detail, &line.detail_marks)}</span>
            })}
            {count}
            {(!line.note.is_empty()).then(|| view! { <span class="menu__note">{line.note.clone()}</span> })}
            {line.is_so.then(|| view! { <span class="menu__note palette__so">{icon("check")}<span class="sr-only">{t("palette-so")}</span></span> })}
            {line.keys.map(|keys| view! { <span class="menu__note">{kbd(keys)}</span> })}
        </div>
    }
    .into_any()
}

fn marked(text: &str, marks: &[std::ops::Range<usize>]) -> Vec<AnyView> {
    let piece = |(piece, is_marked): (String, bool)| match is_marked {
        true => view! { <mark>{piece}</mark> }.into_any(),
        false => piece.into_any(),
    };
    line::pieces(text, marks).into_iter().map(piece).collect()
}

fn section_name(section: Section) -> String {
    match section {
        Section::Understood => t("palette-understood"),
        Section::Recent => t("palette-recent"),
        Section::Records => t("palette-section-records"),
        Section::Lists => t("palette-section-lists"),
        Section::Commands => t("palette-section-commands"),
        Section::Settings => t("nav-settings"),
    }
}

/// What Tab narrows to: the entity of a record or list, the section of anything else.
fn scope_of(line: &Line) -> Scope {
    match &line.target {
        Target::Record(entity, _) | Target::Place(Route::Records { entity, .. }) => Scope::Entity(*entity),
        Target::Heard(heard) => Scope::Entity(heard.entity),
        Target::Place(_) | Target::Deed(_) | Target::Nothing => match line.section {
            Section::Understood | Section::Recent => Scope::Section(Section::Commands),
            section => Scope::Section(section),
        },
    }
}

/// Remembers on this device where one has been.
fn note_place(route: &Route) {
    match route {
        Route::Record { entity, id } | Route::Records { entity, beside: Some(id), .. } => {
            recent::note(&format!("record:{entity}:{id}"));
        }
        Route::Records { entity, view, beside: None, linked: None } => {
            recent::note(&format!("list:{entity}:{}", view.as_deref().unwrap_or_default()));
        }
        Route::Records { .. }
        | Route::Home
        | Route::Past { .. }
        | Route::Import { .. }
        | Route::Entities
        | Route::Design { .. }
        | Route::FormDesign { .. }
        | Route::Fill { .. }
        | Route::Forms
        | Route::Kiosk { .. }
        | Route::History
        | Route::Shared
        | Route::Settings
        | Route::Setting { .. }
        | Route::Unknown => {}
    }
}

fn show_chosen() {
    let chosen = browser::document().and_then(|page| page.query_selector("#palette-list [data-active]").ok().flatten());
    if let Some(chosen) = chosen.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        chosen.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
