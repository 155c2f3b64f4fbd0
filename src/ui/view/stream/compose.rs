//! What is said or done now goes in at the top of the stream: a comment, something that was done, a to-do.

use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::picture::{attach, may_attach};
use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::stream;
use crate::model::diagnostic::Diagnostic;
use crate::model::id::{EntityId, FieldId, OptionId, RecordId};
use crate::model::json;
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::time::Date;
use crate::model::value::Value;
use crate::ui::keep::{self, Once};
use crate::ui::part::{avatar_styled, icon, icon_button, kbd, unique_id};
use crate::ui::text::{diagnostic, label, t};

/// As many people as are offered while a name is typed.
const FEW: usize = 6;
/// A title is cut where the first line is longer than this.
const TITLE: usize = 80;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Mode {
    Comment,
    Activity,
    Task,
}

/// What stands in the box until it is sent.
#[derive(Clone, Copy)]
struct Draft {
    mode: RwSignal<Mode>,
    text: RwSignal<String>,
    kind: RwSignal<Option<OptionId>>,
    due: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
}

/// A box for what is said or done now.
#[component]
pub fn Composer(
    /// The record that it is about.
    id: RecordId,
) -> impl IntoView {
    let app = expect_context::<App>();
    let modes = modes(app, id);
    let first = *modes.first()?;
    let draft = Draft {
        mode: RwSignal::new(first),
        text: RwSignal::new(String::new()),
        kind: RwSignal::new(kinds(app).first().map(|(option, _)| *option)),
        due: RwSignal::new(String::new()),
        trouble: RwSignal::new(None),
    };
    let name = format!("compose.{id}");
    if let Some((mode, text, due)) = keep::kept(&name).and_then(|kept| json::read::<(Mode, String, String)>(&kept).ok())
    {
        draft.mode.set(if modes.contains(&mode) { mode } else { first });
        draft.text.set(text);
        draft.due.set(due);
    }
    keep::keep(name, Once::Left, move || {
        let text = draft.text.try_get_untracked().filter(|text| !text.trim().is_empty())?;
        serde_json::to_string(&(draft.mode.try_get_untracked()?, text, draft.due.try_get_untracked()?)).ok()
    });
    let control = unique_id("compose");
    let area = NodeRef::<html::Textarea>::new();
    let send = Callback::new(move |()| {
        if draft.text.with_untracked(|text| text.trim().is_empty()) {
            if let Some(area) = area.get_untracked() {
                let _ = area.focus();
            }
            return;
        }
        match post(app, id, draft) {
            Ok(made) => {
                draft.text.set(String::new());
                draft.due.set(String::new());
                draft.trouble.set(None);
                let name = app.ask(|state| crate::app::title(state, made));
                app.toast("form-created", vec![("name", name)], ToastAction::UndoOrOpen(made));
            }
            Err(wrong) => draft.trouble.set(wrong.first().map(diagnostic)),
        }
    });
    let tabs: Vec<AnyView> = modes.iter().map(|mode| tab(*mode, draft, area)).collect();
    let error = format!("{control}-error");
    Some(
        view! {
            <section class="composer" data-kept="" aria-label=t("compose")>
                <div class="composer__modes" role="group" aria-label=t("compose-what")>{tabs}</div>
                <Words draft=draft control=control.clone() area=area send=send/>
                {move || {
                    let (error, sentence) = (error.clone(), draft.trouble.get()?);
                    Some(view! { <p class="field__error" id=error role="alert">{icon("circle-alert")}<span>{sentence}</span></p> })
                }}
                <div class="composer__foot">
                    {move || match draft.mode.get() {
                        Mode::Activity => kind_select(app, draft),
                        Mode::Task => due_input(draft),
                        Mode::Comment => ().into_any(),
                    }}
                    {may_attach(app, id).then(|| attach_button(app, id))}
                    <button class="button button--primary button--small" type="button" on:click=move |_| send.run(())>
                        {move || t(match draft.mode.get() {
                            Mode::Comment => "compose-say",
                            Mode::Activity => "compose-note",
                            Mode::Task => "compose-plan",
                        })}
                        {kbd("Ctrl ↵")}
                    </button>
                </div>
            </section>
        }
        .into_any(),
    )
}

/// What can be written about a record.
fn modes(app: App, id: RecordId) -> Vec<Mode> {
    let Some(workspace) = app.ask(|state| state.workspace().cloned()) else { return Vec::new() };
    let Some(own) = app.ask(|state| state.record(id).map(|record| record.entity)) else { return Vec::new() };
    let takes = |entity: EntityId, field| {
        let found = app.ask(|state| state.entity(entity).and_then(|it| it.field(field)).cloned());
        found.is_some_and(|field| field.link().is_some_and(|target| target.accepts(own)))
    };
    let mut modes = Vec::new();
    if workspace.comments.as_ref().is_some_and(|shape| shape.entity != own && takes(shape.entity, shape.about)) {
        modes.push(Mode::Comment);
    }
    if workspace
        .activities
        .as_ref()
        .is_some_and(|shape| shape.entity != own && !about(app, id, shape.entity).is_empty())
    {
        modes.push(Mode::Activity);
    }
    if workspace.tasks.as_ref().is_some_and(|shape| shape.entity != own && takes(shape.entity, shape.about)) {
        modes.push(Mode::Task);
    }
    modes
}

fn about(app: App, id: RecordId, entity: EntityId) -> Vec<(FieldId, Value)> {
    app.ask(|state| state.entity(entity).map(|entity| stream::about(state, id, entity)).unwrap_or_default())
}

fn tab(mode: Mode, draft: Draft, area: NodeRef<html::Textarea>) -> AnyView {
    let (name, picture) = match mode {
        Mode::Comment => ("compose-comment", "message-square"),
        Mode::Activity => ("compose-activity", "activity"),
        Mode::Task => ("compose-task", "square-check"),
    };
    view! {
        <button
            class="tab"
            type="button"
            aria-pressed=move || (draft.mode.get() == mode).to_string()
            on:click=move |_| {
                draft.mode.set(mode);
                draft.trouble.set(None);
                if let Some(area) = area.get_untracked() {
                    let _ = area.focus();
                }
            }
        >
            {icon(picture)}
            {t(name)}
        </button>
    }
    .into_any()
}

/// The text, with the people whose name is being typed below it.
#[component]
fn Words(draft: Draft, control: String, area: NodeRef<html::Textarea>, send: Callback<()>) -> impl IntoView {
    let app = expect_context::<App>();
    let begun = RwSignal::new(None::<String>);
    let active = RwSignal::new(0usize);
    let list = format!("{control}-people");
    let offers = Memo::new(move |_| begun.get().map(|name| people(app, &name)).unwrap_or_default());
    // Where the mention begins is asked of the control itself: only it knows where the caret is.
    let look = move || {
        let Some(area) = area.get_untracked() else { return };
        let before = before_caret(&area);
        let is_comment = draft.mode.get_untracked() == Mode::Comment;
        begun.set(stream::begun(&before).filter(|_| is_comment).map(str::to_owned));
        active.set(0);
    };
    let take = move |name: String| {
        let Some(area) = area.get_untracked() else { return };
        let (text, before) = (area.value(), before_caret(&area));
        // The caret may have been moved since the names were offered.
        let Some(start) = stream::begun(&before).and_then(|typed| before.strip_suffix(typed)) else { return };
        let rest = text.get(before.len()..).unwrap_or_default();
        let whole = format!("{start}{name} {rest}");
        let caret = u32::try_from(start.encode_utf16().count() + name.encode_utf16().count() + 1).unwrap_or(u32::MAX);
        draft.text.set(whole.clone());
        begun.set(None);
        area.set_value(&whole);
        let _ = area.focus();
        let _ = area.set_selection_range(caret, caret);
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        // What is typed here is no shortcut of the page.
        event.stop_propagation();
        let count = offers.with_untracked(Vec::len);
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                send.run(());
            }
            _ if count == 0 || event.is_composing() => {}
            "ArrowDown" => {
                event.prevent_default();
                active.update(|at| *at = (*at + 1) % count);
            }
            "ArrowUp" => {
                event.prevent_default();
                active.update(|at| *at = (*at + count - 1) % count);
            }
            "Enter" | "Tab" => {
                if let Some((_, name)) = offers.with_untracked(|offers| offers.get(active.get_untracked()).cloned()) {
                    event.prevent_default();
                    take(name);
                }
            }
            "Escape" => {
                event.prevent_default();
                begun.set(None);
            }
            _ => {}
        }
    };
    let placeholder = move || {
        t(match draft.mode.get() {
            Mode::Comment => "compose-comment-hint",
            Mode::Activity => "compose-activity-hint",
            Mode::Task => "compose-task-hint",
        })
    };
    let (option, owned, listed, described) = (list.clone(), list.clone(), list.clone(), format!("{control}-error"));
    let rows = move || {
        let (now, option) = (active.get(), option.clone());
        let row = move |(at, (_, name)): (usize, (RecordId, String))| {
            let shown = name.clone();
            view! {
                <li
                    class="menu__item"
                    id=format!("{option}-{at}")
                    role="option"
                    aria-selected=(at == now).to_string()
                    data-active=(at == now).then_some("")
                    // The text keeps the focus.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| take(name.clone())
                >
                    {avatar_styled(&shown, "avatar avatar--24")}
                    <span>{shown.clone()}</span>
                </li>
            }
            .into_any()
        };
        offers.get().into_iter().enumerate().map(row).collect::<Vec<AnyView>>()
    };
    let is_offering = move || offers.with(|offers| !offers.is_empty());
    view! {
        <div class="composer__words">
            <textarea
                id=control
                rows="2"
                aria-label=placeholder
                placeholder=placeholder
                aria-autocomplete="list"
                aria-controls=move || is_offering().then(|| owned.clone())
                aria-activedescendant=move || is_offering().then(|| format!("{list}-{}", active.get()))
                aria-describedby=move || draft.trouble.with(Option::is_some).then(|| described.clone())
                node_ref=area
                prop:value=move || draft.text.get()
                on:input=move |event| {
                    draft.text.set(event_target_value(&event));
                    look();
                }
                on:keydown=keys
                on:blur=move |_| begun.set(None)
            ></textarea>
            {move || {
                is_offering()
                    .then(|| {
                        view! {
                            <ul class="menu composer__people" id=listed.clone() role="listbox" aria-label=t("compose-people")>
                                {rows()}
                            </ul>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn before_caret(area: &web_sys::HtmlTextAreaElement) -> String {
    let caret = area.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
    // The browser counts in UTF-16.
    let units: Vec<u16> = area.value().encode_utf16().take(caret).collect();
    String::from_utf16_lossy(&units)
}

/// The people whose names hold what is typed, those that begin with it first.
fn people(app: App, typed: &str) -> Vec<(RecordId, String)> {
    let wanted = typed.trim().to_lowercase();
    let mut found: Vec<(RecordId, String)> = everybody(app);
    found.retain(|(_, name)| name.to_lowercase().contains(&wanted));
    found.sort_by_key(|(_, name)| !name.to_lowercase().starts_with(&wanted));
    found.truncate(FEW);
    found
}

fn everybody(app: App) -> Vec<(RecordId, String)> {
    let Some(people) = app.ask(|state| state.workspace().and_then(|workspace| workspace.people)) else {
        return Vec::new();
    };
    app.ask(|state| {
        let named = state.member_ids(people).iter().map(|id| (*id, crate::app::title(state, *id)));
        named.filter(|(_, name)| !name.is_empty()).collect()
    })
}

/// Sends what was written; the record that it has become.
fn post(app: App, id: RecordId, draft: Draft) -> Result<RecordId, Vec<Diagnostic>> {
    let Some(workspace) = app.ask(|state| state.workspace().cloned()) else { return Err(Vec::new()) };
    let text = draft.text.get_untracked().trim().to_owned();
    let actor = app.context().actor.map_or(Value::Empty, Value::Link);
    let mut values = Values::new();
    let entity = match (draft.mode.get_untracked(), &workspace.comments, &workspace.activities, &workspace.tasks) {
        (Mode::Comment, Some(shape), _, _) => {
            values.set(shape.about, Value::Link(id));
            values.set(shape.by, actor);
            let mut spoken: Vec<RecordId> = Vec::new();
            for piece in stream::pieces(&text, &everybody(app)) {
                if let stream::Piece::Person(person, _) = piece
                    && !spoken.contains(&person)
                {
                    spoken.push(person);
                }
            }
            if !spoken.is_empty() {
                values.set(shape.mentions, Value::Links(spoken.into()));
            }
            values.set(shape.text, Value::text(&text));
            shape.entity
        }
        (Mode::Activity, _, Some(shape), _) => {
            for (field, value) in about(app, id, shape.entity) {
                values.set(field, value);
            }
            let title = title_of(&text);
            if title != text {
                values.set(shape.text, Value::text(&text));
            }
            values.set(shape.title, Value::text(&title));
            values.set(shape.kind, draft.kind.get_untracked().map_or(Value::Empty, Value::Choice));
            values.set(shape.by, actor);
            shape.entity
        }
        (Mode::Task, _, _, Some(shape)) => {
            values.set(shape.title, Value::text(&text.replace('\n', " ")));
            values.set(shape.about, Value::Link(id));
            values.set(shape.owner, actor);
            if let Ok(day) = draft.due.get_untracked().parse::<Date>() {
                values.set(shape.due, Value::Date(day));
            }
            shape.entity
        }
        _ => return Err(Vec::new()),
    };
    let done =
        app.dispatch(Command::CreateRecord { id: None, entity, values }).map_err(|refused| refused.diagnostics)?;
    done.subject.ok_or_else(Vec::new)
}

/// The first line, or as much of it as a title bears.
fn title_of(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// The kinds of doing, with their names.
fn kinds(app: App) -> Vec<(OptionId, String)> {
    let Some(shape) = app.ask(|state| state.workspace().and_then(|workspace| workspace.activities.clone())) else {
        return Vec::new();
    };
    let field = app.ask(|state| state.entity(shape.entity).and_then(|entity| entity.field(shape.kind)).cloned());
    let options = field.map(|field| field.options().to_vec()).unwrap_or_default();
    options.iter().filter(|option| !option.retired).map(|option| (option.id, label(&option.label))).collect()
}

fn kind_select(app: App, draft: Draft) -> AnyView {
    let options: Vec<AnyView> = kinds(app)
        .into_iter()
        .map(|(option, name)| {
            let is_chosen = draft.kind.get_untracked() == Some(option);
            view! { <option value=option.as_str() selected=is_chosen>{name}</option> }.into_any()
        })
        .collect();
    view! {
        <select
            class="input composer__pick"
            aria-label=t("compose-kind")
            on:change=move |event| draft.kind.set(Some(OptionId::new(&event_target_value(&event))))
        >
            {options}
        </select>
    }
    .into_any()
}

fn due_input(draft: Draft) -> AnyView {
    view! {
        <label class="composer__due">
            <span>{t("compose-due")}</span>
            <input
                class="input composer__pick"
                type="date"
                prop:value=move || draft.due.get()
                on:input=move |event| draft.due.set(event_target_value(&event))
            />
        </label>
    }
    .into_any()
}

/// A button that opens the browser's own choice of files.
fn attach_button(app: App, id: RecordId) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let pick = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            if let Some(files) = input.files() {
                attach(app, id, &files);
            }
            // The same file may be chosen again.
            input.set_value("");
        }
    };
    view! {
        <input class="sr-only" type="file" multiple=true tabindex="-1" aria-hidden="true" node_ref=input on:change=chosen/>
        {icon_button(t("compose-attach"), "paperclip", pick)}
    }
    .into_any()
}
