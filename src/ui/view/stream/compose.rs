//! What is said or done now goes in at the top of the stream: a comment, something that was done, a to-do.

use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::picture::{attach, may_attach};
use super::words::{Words, everybody};
use crate::app::{App, ToastAction, UNSENT};
use crate::command::Command;
use crate::engine::stream;
use crate::model::definition::CommentShape;
use crate::model::diagnostic::Diagnostic;
use crate::model::id::{EntityId, FieldId, OptionId, RecordId};
use crate::model::json;
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::time::Date;
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::DayInput;
use crate::ui::part::{icon, icon_button, kbd, unique_id};
use crate::ui::text::{diagnostic, label, t};

/// A title is cut where the first line is longer than this.
const TITLE: usize = 80;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// What is wrong with the day that stands there.
    due_wrong: RwSignal<Option<String>>,
    trouble: RwSignal<Option<String>>,
}

/// What was written about a record and not sent, as this device remembers it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Unsent {
    mode: Option<Mode>,
    text: String,
    kind: Option<OptionId>,
    due: String,
}

impl Unsent {
    fn of(id: RecordId) -> Unsent {
        let kept = browser::remembered(&Unsent::name(id));
        kept.and_then(|kept| json::read(&kept).ok()).unwrap_or_default()
    }

    fn keep(&self, id: RecordId) {
        let name = Unsent::name(id);
        match serde_json::to_string(self) {
            Ok(kept) if !self.text.trim().is_empty() => browser::remember(&name, &kept),
            _ => browser::forget(&name),
        }
    }

    fn name(id: RecordId) -> String {
        format!("{UNSENT}{id}")
    }
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
    let unsent = Unsent::of(id);
    let draft = Draft {
        mode: RwSignal::new(unsent.mode.filter(|mode| modes.contains(mode)).unwrap_or(first)),
        text: RwSignal::new(unsent.text),
        kind: RwSignal::new(unsent.kind.or(kinds(app).first().map(|(option, _)| *option))),
        due: RwSignal::new(unsent.due),
        due_wrong: RwSignal::new(None),
        trouble: RwSignal::new(None),
    };
    // What was begun stays on this device until it is sent or wiped out.
    Effect::new(move |former: Option<()>| {
        let (mode, kind) = (Some(draft.mode.get()), draft.kind.get());
        let unsent = Unsent { mode, text: draft.text.get(), kind, due: draft.due.get() };
        if former.is_some() {
            unsent.keep(id);
        }
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
        // A to-do does not go out without the day that somebody meant it to have.
        if draft.mode.get_untracked() == Mode::Task && draft.due_wrong.with_untracked(Option::is_some) {
            browser::focus_first(".composer__due [aria-invalid]");
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
    let mentions = Signal::derive(move || draft.mode.get() == Mode::Comment);
    let hint = Signal::derive(move || {
        t(match draft.mode.get() {
            Mode::Comment => "compose-comment-hint",
            Mode::Activity => "compose-activity-hint",
            Mode::Task => "compose-task-hint",
        })
    });
    let tabs: Vec<AnyView> = modes.iter().map(|mode| tab(*mode, draft, area)).collect();
    let error = format!("{control}-error");
    Some(
        view! {
            <section class="composer" data-kept="" aria-label=t("compose")>
                <div class="composer__modes" role="group" aria-label=t("compose-what")>{tabs}</div>
                <Words text=draft.text mentions=mentions hint=hint trouble=draft.trouble control=control.clone() area=area send=send/>
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

/// Sends what was written; the record that it has become.
fn post(app: App, id: RecordId, draft: Draft) -> Result<RecordId, Vec<Diagnostic>> {
    let Some(workspace) = app.ask(|state| state.workspace().cloned()) else { return Err(Vec::new()) };
    let text = draft.text.get_untracked().trim().to_owned();
    let actor = app.context().actor.map_or(Value::Empty, Value::Link);
    let mut values = Values::new();
    let entity = match (draft.mode.get_untracked(), &workspace.comments, &workspace.activities, &workspace.tasks) {
        (Mode::Comment, Some(shape), _, _) => return say(app, shape, id, &text, None),
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

/// Says something about a record, in answer to a comment if one is given; the record that it has become.
pub(super) fn say(
    app: App,
    shape: &CommentShape,
    about: RecordId,
    text: &str,
    answers: Option<RecordId>,
) -> Result<RecordId, Vec<Diagnostic>> {
    let mut values = Values::new();
    values.set(shape.about, Value::Link(about));
    values.set(shape.by, app.context().actor.map_or(Value::Empty, Value::Link));
    let mut spoken: Vec<RecordId> = Vec::new();
    for piece in stream::pieces(text, &everybody(app)) {
        if let stream::Piece::Person(person, _) = piece
            && !spoken.contains(&person)
        {
            spoken.push(person);
        }
    }
    if !spoken.is_empty() {
        values.set(shape.mentions, Value::Links(spoken.into()));
    }
    if let (Some(field), Some(head)) = (shape.reply, answers) {
        values.set(field, Value::Link(head));
    }
    values.set(shape.text, Value::text(text));
    let command = Command::CreateRecord { id: None, entity: shape.entity, values };
    let done = app.dispatch(command).map_err(|refused| refused.diagnostics)?;
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
    let id = unique_id("compose-due");
    let value = Signal::derive(move || draft.due.with(|due| due.parse().ok()));
    let changed = move |day: Option<Date>| draft.due.set(day.map(|day| day.to_string()).unwrap_or_default());
    view! {
        <div class="composer__due">
            <label for=id.clone()>{t("compose-due")}</label>
            <DayInput id=id value=value changed=Callback::new(changed) wrong=draft.due_wrong/>
        </div>
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
