//! Create and edit: one dialog for the records of every entity, laid out as its layout says.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::json;
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::field::{FieldDraft, FieldInput, Typed, clash_id, field_clash, is_group, once_read};
use crate::ui::keep::{self, Once};
use crate::ui::part::{Dialog, UpdateStrip, field_error, field_frame, icon, kbd, unique_id};
use crate::ui::text::{diagnostic, label, label_within, t, tr};
use crate::ui::{browser, focus};

/// Under what the dialog is kept while it is open.
const KEPT: &str = "form";

/// What the dialog is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormRequest {
    /// The entity.
    pub entity: EntityId,
    /// The record that is edited; a new one when absent.
    pub record: Option<RecordId>,
    /// What is filled in already.
    pub preset: Vec<(FieldId, Value)>,
    /// What somebody had typed before the page was loaded anew.
    pub typed: Vec<Typed>,
}

thread_local! {
    // Event handlers have no context, and there is one dialog: it leaves its signal here when it is mounted.
    static ASKED: Cell<Option<RwSignal<Option<FormRequest>>>> = const { Cell::new(None) };
}

/// Opens the dialog for a new record.
pub fn create(entity: EntityId, preset: Vec<(FieldId, Value)>) {
    request(FormRequest { entity, record: None, preset, typed: Vec::new() });
}

/// Opens the dialog for a record.
pub fn edit(entity: EntityId, record: RecordId) {
    request(FormRequest { entity, record: Some(record), preset: Vec::new(), typed: Vec::new() });
}

/// Opens the dialog.
pub fn request(request: FormRequest) {
    if let Some(asked) = ASKED.get() {
        let _ = asked.try_set(Some(request));
    }
}

/// Where the dialog appears; mounted once, by the shell.
#[component]
pub fn FormHost() -> impl IntoView {
    let app = expect_context::<App>();
    let asked = RwSignal::new(kept(app));
    ASKED.set(Some(asked));
    move || {
        let request = asked.get()?;
        let entity = app.ask(|state| state.entity(request.entity).cloned())?;
        Some(view! { <FormDialog app=app entity=entity request=request asked=asked/> }.into_any())
    }
}

/// What the dialog was asked for before the page was loaded anew, with what was typed, unless its record has gone since.
fn kept(app: App) -> Option<FormRequest> {
    let request: FormRequest = json::read(&keep::kept(KEPT)?).ok()?;
    let is_there = request.record.is_none_or(|record| app.ask(|state| state.record(record).is_some()));
    is_there.then_some(request)
}

/// A heading and the drafts of the fields below it.
#[derive(Clone)]
struct Part {
    label: String,
    drafts: Vec<FieldDraft>,
}

/// What is wrong with the form as a whole.
#[derive(Clone, Debug, PartialEq, Default)]
struct Trouble {
    /// How many fields are wrong.
    fields: usize,
    /// What is wrong and belongs to no field of the form.
    sentences: Vec<String>,
}

#[component]
fn FormDialog(
    app: App,
    entity: Arc<Entity>,
    request: FormRequest,
    asked: RwSignal<Option<FormRequest>>,
) -> impl IntoView {
    let open = RwSignal::new(true);
    let is_asking = RwSignal::new(false);
    let trouble = RwSignal::new(Trouble::default());
    let start = unique_id("form");
    let parts = parts(app, &entity, &request);
    let drafts: StoredValue<Vec<FieldDraft>> =
        StoredValue::new(parts.iter().flat_map(|part| part.drafts.iter().copied()).collect());
    let record = request.record;
    drafts.with_value(|drafts| drafts.iter().for_each(|draft| draft.follow()));
    keep::keep(KEPT.to_owned(), Once::Closed, move || {
        let typed =
            drafts.try_with_value(|drafts| drafts.iter().filter_map(|draft| draft.typed()).collect::<Vec<_>>())?;
        serde_json::to_string(&FormRequest { typed, ..request.clone() }).ok()
    });
    let clashes =
        Memo::new(move |_| drafts.with_value(|drafts| drafts.iter().filter(|draft| draft.clash().is_some()).count()));
    let end = move || {
        open.set(false);
        // The dialog gives the focus back while it is still there.
        request_animation_frame(move || {
            let _ = asked.try_set(None);
        });
    };
    let leave = Callback::new(move |()| {
        let is_changed = drafts.with_value(|drafts| drafts.iter().any(|draft| draft.is_changed()));
        if is_changed && !is_asking.get_untracked() {
            is_asking.set(true);
        } else {
            end();
        }
    });
    let control = {
        let start = start.clone();
        move |field: FieldId| format!("{start}-{field}")
    };
    let entity_id = entity.id;
    let save = Callback::new(move |()| {
        let Some(drafts) = drafts.try_get_value() else { return };
        is_asking.set(false);
        // What somebody else has changed meanwhile is for a person to weigh, not for the last one who saves.
        if let Some(draft) = drafts.iter().find(|draft| untrack(|| draft.clash()).is_some()) {
            browser::focus(&clash_id(&control(draft.id())));
            return;
        }
        let found = collect(&drafts, record.is_some());
        let sent = found.and_then(|values| send(app, entity_id, record, values));
        match sent {
            Ok(()) => end(),
            Err(wrong) => {
                let (at_fields, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
                    wrong.into_iter().partition(|one| drafts.iter().any(|draft| Some(draft.id()) == one.at.field));
                for one in &at_fields {
                    if let Some(draft) = drafts.iter().find(|draft| Some(draft.id()) == one.at.field) {
                        draft.judge();
                        draft.refuse(one);
                    }
                }
                let sentences = others.iter().map(diagnostic).collect();
                trouble.set(Trouble { fields: at_fields.len(), sentences });
                let first = drafts.iter().find(|draft| at_fields.iter().any(|one| one.at.field == Some(draft.id())));
                if let Some(draft) = first {
                    browser::focus(&control(draft.id()));
                }
            }
        }
    });
    let submit = Callback::new(move |()| once_read(move || save.run(())));
    let name = label_within(&entity.label);
    let title = match record {
        None => tr("form-new", [("name", name.into())]),
        Some(record) => tr("form-edit", [("name", app.title(record).into())]),
    };
    let footer = Callback::new(move |()| footer(is_asking, trouble, clashes, record.is_some(), leave, end, submit));
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            submit.run(());
        }
    };
    let named = title.clone();
    let body = move || {
        let sections: Vec<AnyView> = parts.iter().map(|part| section(part, &start)).collect();
        view! {
            <form
                class="form"
                data-kept=""
                aria-label=named.clone()
                novalidate=true
                autocomplete="off"
                on:submit=move |event| event.prevent_default()
                on:keydown=keys
            >
                <UpdateStrip is_within=true/>
                {move || {
                    let sentences = trouble.get().sentences;
                    (!sentences.is_empty())
                        .then(|| {
                            view! {
                                <div class="form__errors" role="alert">
                                    <h3>{icon("circle-alert")}{t("form-refused")}</h3>
                                    <ul>
                                        {sentences.into_iter().map(|one| view! { <li>{one}</li> }).collect::<Vec<_>>()}
                                    </ul>
                                </div>
                            }
                        })
                }}
                {sections}
            </form>
        }
        .into_any()
    };
    let body = StoredValue::new(body);
    view! {
        <Dialog open=open title=title class="dialog--wide" on_leave=leave footer=footer>
            {body.with_value(|body| body())}
        </Dialog>
    }
    .into_any()
}

fn footer(
    is_asking: RwSignal<bool>,
    trouble: RwSignal<Trouble>,
    clashes: Memo<usize>,
    is_edit: bool,
    leave: Callback<()>,
    end: impl Fn() + Copy + Send + Sync + 'static,
    submit: Callback<()>,
) -> AnyView {
    let note = move || {
        if is_asking.get() {
            return Some(t("form-leave"));
        }
        if clashes.get() > 0 {
            return Some(tr("form-clash", [("count", clashes.get().into())]));
        }
        let wrong = trouble.get().fields;
        (wrong > 0).then(|| tr("form-correct", [("count", wrong.into())]))
    };
    view! {
        <span class="dialog__note dialog__note--bad" role="status">
            {move || note().map(|note| view! { {icon("circle-alert")}<span>{note}</span> })}
        </span>
        {move || {
            if is_asking.get() {
                view! {
                    <button class="button button--danger" type="button" on:click=move |_| end()>{t("form-discard")}</button>
                }
                .into_any()
            } else {
                view! {
                    <button class="button" type="button" on:click=move |_| leave.run(())>{t("form-cancel")}{kbd("Esc")}</button>
                }
                .into_any()
            }
        }}
        <button class="button button--primary" type="button" on:click=move |_| submit.run(())>
            {t(if is_edit { "form-save" } else { "form-create" })}
            {kbd("Ctrl ↵")}
        </button>
    }
    .into_any()
}

/// The parts of the form: the sections of the layout, and what is required besides.
fn parts(app: App, entity: &Arc<Entity>, request: &FormRequest) -> Vec<Part> {
    let layout = app.ask(|state| match state.definition(Definition::layout_id(entity.id)) {
        Some(Definition::Layout(layout)) => Some(layout.clone()),
        _ => None,
    });
    let record = request.record.and_then(|id| app.ask(|state| state.shared_record(id).cloned()));
    let defaults = if record.is_none() { app.defaults(entity) } else { Vec::new() };
    let draft = |field: &Field| {
        let kept = record.as_ref().map(|record| record.value(field.id).clone()).unwrap_or_default();
        let given =
            |values: &[(FieldId, Value)]| values.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value.clone());
        let preset = given(&request.preset).or_else(|| given(&defaults));
        let preset = match (preset, &field.kind) {
            (Some(Value::Link(link)), FieldKind::Links(_)) => Some(Value::Links([link].into())),
            (preset, _) => preset,
        };
        // What is given along is not somebody's typing, so leaving it behind asks nothing.
        let draft = FieldDraft::new(app, entity, field, request.record, &preset.unwrap_or(kept));
        if let Some(typed) = request.typed.iter().find(|typed| typed.field == field.id) {
            draft.resume(typed);
        }
        draft
    };
    let mut listed: Vec<FieldId> = Vec::new();
    let mut parts = Vec::new();
    for section in layout.iter().flat_map(|layout| &layout.sections) {
        let fields = section.fields.iter().filter_map(|id| entity.field(*id)).filter(|field| field.is_editable());
        let drafts: Vec<FieldDraft> = fields
            .filter(|field| {
                let is_new = !listed.contains(&field.id);
                listed.push(field.id);
                is_new
            })
            .map(draft)
            .collect();
        if !drafts.is_empty() {
            parts.push(Part { label: label(&section.label), drafts });
        }
    }
    let is_wanted = |field: &&Field| {
        let is_asked = layout.is_none() || field.required || request.preset.iter().any(|(id, _)| *id == field.id);
        is_asked && field.is_editable() && !listed.contains(&field.id)
    };
    let rest: Vec<FieldDraft> = entity.fields.iter().filter(is_wanted).map(draft).collect();
    if !rest.is_empty() {
        let heading = if parts.is_empty() { label(&entity.label) } else { t("form-more") };
        parts.push(Part { label: heading, drafts: rest });
    }
    parts
}

fn section(part: &Part, start: &str) -> AnyView {
    let fields: Vec<AnyView> = part.drafts.iter().map(|draft| field(*draft, start)).collect();
    view! {
        <fieldset class="form__section">
            <legend>{part.label.clone()}</legend>
            <div class="form__grid">{fields}</div>
        </fieldset>
    }
    .into_any()
}

/// A field with its label, its control and what is wrong with it.
pub(super) fn field(draft: FieldDraft, start: &str) -> AnyView {
    let field = draft.field();
    let id = format!("{start}-{}", field.id);
    let error = Signal::derive(move || draft.error());
    let hint = field.hint.as_ref().map(label);
    let class = if is_wide(&field.kind) { "field form__wide" } else { "field" };
    let control = view! { <FieldInput draft=draft id=id.clone()/> }.into_any();
    let clash = field_clash(draft, &id, Callback::new(|()| ()));
    let name = label(&field.label);
    if field.kind == FieldKind::Flag {
        let hint_id = format!("{id}-hint");
        return view! {
            <div class="field">
                <div class="form__switch">
                    <label for=id.clone()>{name}</label>
                    {control}
                </div>
                {field_error(&id, error)}
                {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
                {clash}
            </div>
        }
        .into_any();
    }
    if is_group(&field.kind) {
        let hint_id = format!("{id}-hint");
        return view! {
            <div class=class>
                <span class="field__label">
                    {name}
                    {draft.is_required().then(|| view! { <span class="field__need" aria-hidden="true">"*"</span> })}
                </span>
                {control}
                {field_error(&id, error)}
                {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
                {clash}
            </div>
        }
        .into_any();
    }
    let frame = field_frame(&id, name, draft.is_required(), hint, error, control);
    view! { <div class=class>{frame}{clash}</div> }.into_any()
}

fn is_wide(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::LongText
            | FieldKind::RichText
            | FieldKind::Choices { .. }
            | FieldKind::Links(_)
            | FieldKind::Address
            | FieldKind::Nps
            | FieldKind::Files
            | FieldKind::Signature
    )
}

/// The values of the drafts, or everything that is wrong with them.
fn collect(drafts: &[FieldDraft], is_edit: bool) -> Result<Vec<(FieldId, Value)>, Vec<Diagnostic>> {
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for draft in drafts {
        draft.judge();
        match untrack(|| draft.read()) {
            Ok(value) if is_edit && !draft.is_changed() => drop(value),
            Ok(value) => values.push((draft.id(), value)),
            Err(one) => wrong.push(one.at_field(draft.id())),
        }
    }
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

fn send(
    app: App,
    entity: EntityId,
    record: Option<RecordId>,
    values: Vec<(FieldId, Value)>,
) -> Result<(), Vec<Diagnostic>> {
    let Some(record) = record else {
        let values: Values = values.into_iter().collect();
        let done = app
            .dispatch(Command::CreateRecord { id: None, entity, values })
            .map_err(|Rejection { diagnostics }| diagnostics)?;
        if let Some(made) = done.subject {
            let name = app.ask(|state| crate::app::title(state, made));
            app.toast("form-created", vec![("name", name)], ToastAction::UndoOrOpen(made));
            // What opened the form may have been part of an empty list.
            focus::give_to(made);
        }
        return Ok(());
    };
    if values.is_empty() {
        return Ok(());
    }
    app.dispatch(Command::UpdateRecord { record, values }).map_err(|Rejection { diagnostics }| diagnostics)?;
    let name = app.ask(|state| crate::app::title(state, record));
    app.toast("form-saved", vec![("name", name)], ToastAction::Undo);
    Ok(())
}
