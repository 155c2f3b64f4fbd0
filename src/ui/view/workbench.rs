//! The bench that all designers work at: a palette, a canvas and an inspector over one drag layer, what was wrong with the last
//! change, and what is told to those who do not see. It knows nothing of what is designed.

mod draft;
mod hold;
mod key;
mod naming;
mod problem;
mod tool;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::model::diagnostic::Rejection;
use crate::ui::browser;
use crate::ui::part::{Carried, Drag, DragRules, icon, icon_button};
use crate::ui::text::{diagnostic, t};

pub use hold::hold_focus;
pub use naming::{Naming, naming_dialog};
pub use problem::{Problem, problem_list};
pub use tool::narrow_tools;

const RULES: DragRules = DragRules {
    thing: "[data-key]",
    zone: ".design [data-zone]",
    scroller: ".design__canvas",
    copy: "design__carried",
};

/// What the parts of a designer are called: keys of messages.
pub struct Words {
    /// The palette.
    pub palette: &'static str,
    /// The button that opens the palette on a narrow screen.
    pub add: &'static str,
    /// The canvas.
    pub canvas: &'static str,
    /// What is designed, as a whole.
    pub itself: &'static str,
}

/// What a designer tells the bench, and is asked by it.
#[derive(Clone, Copy)]
pub struct Designer {
    /// What its parts are called.
    pub words: &'static Words,
    /// What is looked at, by its key; nothing while it is the whole.
    pub chosen: Signal<Option<String>>,
    /// Draws the palette.
    pub palette: Callback<(), AnyView>,
    /// Looks at the whole.
    pub itself: Callback<()>,
    /// Something was let go over a zone.
    pub dropped: Callback<Carried>,
    /// Something on the canvas shall go, by its key.
    pub remove: Callback<String>,
    /// Gives the focus on the canvas to what is looked at.
    pub focus: Callback<()>,
}

/// The bench.
#[derive(Clone, Copy)]
pub struct Workbench {
    app: App,
    designer: StoredValue<Option<Designer>>,
    /// Whether the inspector lies open on a narrow screen.
    is_open: RwSignal<bool>,
    /// What was wrong with the last change, by the control that asked for it.
    wrong: RwSignal<Option<(String, String)>>,
    /// What is carried over the canvas.
    pub drag: Drag,
    /// What is told to those who do not see.
    said: RwSignal<String>,
}

impl Workbench {
    /// A bench; on a narrow screen it begins with the inspector open where something is looked at already.
    pub fn new(app: App, is_open: bool) -> Workbench {
        let designer = StoredValue::new(None::<Designer>);
        let dropped = Callback::new(move |carried: Carried| {
            if let Some(designer) = designer.get_value() {
                designer.dropped.run(carried);
            }
        });
        hold::keep_when_leaving(app);
        Workbench {
            app,
            designer,
            is_open: RwSignal::new(is_open),
            wrong: RwSignal::new(None),
            drag: Drag::new(RULES, dropped),
            said: RwSignal::new(String::new()),
        }
    }

    /// Lets a designer work here.
    pub fn serve(self, designer: Designer) {
        self.designer.set_value(Some(designer));
    }

    /// Shows the inspector, for something else.
    pub fn open(self) {
        self.is_open.set(true);
        self.forgive();
    }

    /// Speaks of nothing wrong any more.
    pub fn forgive(self) {
        self.wrong.set(None);
    }

    /// Says what is wrong at a control.
    pub fn refuse(self, control: &str, sentence: String) {
        self.wrong.set(Some((control.to_owned(), sentence)));
    }

    /// Tells those who do not see.
    pub fn say(self, sentence: String) {
        self.said.set(sentence);
    }

    /// Changes something, and offers to take that back; `what` names what has changed.
    pub fn act(self, command: Command, what: &str) -> Result<(), Rejection> {
        self.app.dispatch(command)?;
        self.forgive();
        self.app.toast("design-changed", vec![("name", what.to_owned())], ToastAction::Undo);
        Ok(())
    }

    /// Whether something was done; what is wrong is said at a control.
    pub fn tell(self, control: &str, done: Result<(), Rejection>) -> bool {
        let sentence = done.err().and_then(|refused| refused.diagnostics.first().map(diagnostic));
        let is_done = sentence.is_none();
        self.wrong.set(sentence.map(|sentence| (control.to_owned(), sentence)));
        is_done
    }

    /// The same; what is wrong is said in a toast.
    pub fn tell_aloud(self, done: Result<(), Rejection>) -> bool {
        if let Err(refused) = &done {
            self.app.toast_rejection(refused);
        }
        done.is_ok()
    }

    /// What a control did wrong, if it was the last one; tracked.
    pub fn wrong_at(self, control: impl Into<String>) -> Signal<Option<String>> {
        let control = control.into();
        Signal::derive(move || self.wrong.get().filter(|(at, _)| *at == control).map(|(_, sentence)| sentence))
    }

    /// For `data-carried`: whether something is what is carried; tracked.
    pub fn is_carried(self, thing: &str) -> Option<&'static str> {
        self.drag.carried.with(|it| it.as_ref().is_some_and(|it| it.thing == thing)).then_some("")
    }

    /// For `data-over`: whether what is carried would be dropped in a zone; tracked.
    pub fn is_over(self, zone: &str) -> Option<&'static str> {
        self.drag.carried.with(|it| it.as_ref().is_some_and(|it| it.over.as_deref() == Some(zone))).then_some("")
    }

    /// Leaves the inspector on a narrow screen.
    fn close(self) {
        self.is_open.set(false);
        if let Some(designer) = self.designer.get_value() {
            designer.focus.run(());
        }
    }

    fn press_key(self, event: &web_sys::KeyboardEvent) {
        key::pressed(self.drag, self.said, event);
        if event.default_prevented() || self.drag.carried.get_untracked().is_some() {
            return;
        }
        match event.key().as_str() {
            "Delete" => {
                let name = browser::closest(event.target(), ".design__canvas .design__name");
                let key = name.and_then(|name| name.closest("[data-key]").ok()??.get_attribute("data-key"));
                if let Some((key, designer)) = key.zip(self.designer.get_value()) {
                    event.prevent_default();
                    designer.remove.run(key);
                }
            }
            "Escape" if self.is_open.get_untracked() => self.close(),
            _ => {}
        }
    }

    /// The frame: the palette where there is room for it, the canvas, and what stands beside it.
    pub fn frame(self, has_palette: Signal<bool>, canvas: AnyView, beside: AnyView) -> AnyView {
        let Some(Designer { words, palette, .. }) = self.designer.get_value() else { return ().into_any() };
        draft::keep(self.app);
        view! {
            <div
                class="page__body design__bench"
                data-sheet=move || if has_palette.get() { "fields" } else { "page" }
                data-open=move || self.is_open.get().then_some("")
                node_ref=self.drag.container
                on:pointerdown=move |event| {
                    hold::pressed(&event);
                    self.drag.down(&event);
                }
                on:pointermove=move |event| self.drag.moved(&event)
                on:pointerup=move |event| {
                    self.drag.up(&event);
                    hold::released(&event);
                }
                on:pointercancel=move |_| self.drag.cancel()
                on:keydown=move |event| self.press_key(&event)
            >
                <p class="sr-only" role="status">{move || self.said.get()}</p>
                {move || has_palette.get().then(|| view! {
                    <aside class="design__palette" aria-label=t(words.palette)>{palette.run(())}</aside>
                })}
                <section class="design__canvas" tabindex="0" aria-label=t(words.canvas)>{canvas}</section>
                {beside}
            </div>
        }
        .into_any()
    }

    /// The inspector around what can be set: what is looked at at its head, with the way to the whole.
    pub fn inspector(self, picture: AnyView, name: Signal<String>, inside: AnyView) -> AnyView {
        let Some(Designer { words, chosen, itself, .. }) = self.designer.get_value() else { return ().into_any() };
        let itself = move || {
            chosen.with(Option::is_some).then(|| {
                view! {
                    <button class="button button--quiet button--small" type="button" on:click=move |_| itself.run(())>
                        {icon("settings")}
                        {t(words.itself)}
                    </button>
                }
            })
        };
        view! {
            <aside class="design__inspector" aria-label=t("design-inspector")>
                <header class="design__head design__head--inspector">
                    {picture}
                    <h2 class="clip">{move || name.get()}</h2>
                    {itself}
                    <span class="design__close">{icon_button(t("part-close"), "x", move || self.close())}</span>
                </header>
                {inside}
            </aside>
        }
        .into_any()
    }
}

/// A part of the inspector that folds.
pub fn fold(name: &'static str, is_open: bool, inside: AnyView) -> AnyView {
    view! {
        <details class="design__part" open=is_open>
            <summary>{icon("chevron-down")}<h3>{t(name)}</h3></summary>
            <div class="design__inside">{inside}</div>
        </details>
    }
    .into_any()
}

/// Opens the parts that fold around a control and gives it the focus, once the inspector shows it.
pub fn show_control(id: String) {
    soon(move || {
        let found = browser::element(&id).or_else(|| browser::element(&format!("{id}-zh")));
        let Some(element) = found else { return };
        if let Some(fold) = element.closest("details").ok().flatten() {
            let _ = fold.set_attribute("open", "");
        }
        let inner = element.query_selector("input, select, textarea, button").ok().flatten();
        let is_control = element.matches("input, select, textarea").unwrap_or(false);
        let to = if is_control { None } else { inner.and_then(|inner| inner.dyn_into::<web_sys::HtmlElement>().ok()) };
        element.scroll_into_view();
        let _ = to.unwrap_or(element).focus();
    });
}

/// Gives the focus to the first thing that a selector finds, once what is drawn follows what was just done.
pub fn focus_soon(selector: String) {
    soon(move || {
        let _ = browser::focus_first(&selector);
    });
}

fn soon(act: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(act));
}
