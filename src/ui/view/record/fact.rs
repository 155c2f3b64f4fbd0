//! One field of a record: shown, and edited where it stands. A wrong text stays where it is, with the reason below it.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::figures::Wanted;
use super::is_wide;
use crate::app::App;
use crate::command::Command;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::RecordId;
use crate::model::value::Value;
use crate::ui::browser;
use crate::ui::field::{FieldDraft, InlineInput, field_clash, is_group, show};
use crate::ui::part::{field_error, icon_styled, kbd, unique_id};
use crate::ui::text::{label, t, tr};

/// A field of a record with its label.
#[component]
pub fn Fact(
    /// The record.
    id: RecordId,
    /// Its entity.
    entity: Arc<Entity>,
    /// The field.
    field: Arc<Field>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let control = unique_id("fact");
    let is_editing = RwSignal::new(false);
    let field_id = field.id;
    let value = Memo::new(move |_| app.record(id).map(|record| record.value(field_id).clone()).unwrap_or_default());
    let name = label(&field.label);
    let class = if is_wide(&field.kind) { "fact fact--wide" } else { "fact" };
    let is_grouped = is_group(&field.kind);
    let heading = {
        let (name, control) = (name.clone(), control.clone());
        move || {
            if is_editing.get() && !is_grouped {
                view! { <label class="fact__label" for=control.clone()>{name.clone()}</label> }.into_any()
            } else {
                view! { <span class="fact__label">{name.clone()}</span> }.into_any()
            }
        }
    };
    let content = move || {
        if is_editing.get() {
            let draft = FieldDraft::new(app, &entity, &field, Some(id), &value.get_untracked());
            return editor(draft, id, control.clone(), is_editing);
        }
        value.with(|value| shown(app, id, &entity, &field, value, &control, is_editing))
    };
    let own = NodeRef::<leptos::html::Div>::new();
    if let Some(Wanted(wanted)) = use_context::<Wanted>() {
        Effect::new(move |_| {
            let Some(own) = own.get().filter(|_| wanted.get() == Some(field_id)) else { return };
            request_animation_frame(move || {
                let _ = wanted.try_set(None);
                if let Ok(Some(group)) = own.closest("details") {
                    let _ = group.set_attribute("open", "");
                }
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Center);
                own.scroll_into_view_with_scroll_into_view_options(&options);
                let _ = is_editing.try_set(true);
            });
        });
    }
    view! { <div class=class role="listitem" node_ref=own>{heading}{content}</div> }.into_any()
}

fn shown(
    app: App,
    id: RecordId,
    entity: &Entity,
    field: &Field,
    value: &Value,
    control: &str,
    is_editing: RwSignal<bool>,
) -> AnyView {
    let name = label(&field.label);
    let edit_label = tr("record-edit-field", [("name", name.clone().into())]);
    let drawn = show(app, entity, field, value);
    if !field.is_editable() {
        let reason = t(if field.is_computed() { "record-computed" } else { "record-read-only" });
        let class = if value.is_empty() { "fact__value fact__value--none" } else { "fact__value" };
        let drawn = if value.is_empty() { "–".into_any() } else { drawn };
        return view! {
            <div class="fact__box">
                <div class=class title=reason>{drawn}{icon_styled("lock", "icon fact__lock")}</div>
            </div>
        }
        .into_any();
    }
    let field_id = field.id;
    let is_flag = field.kind == FieldKind::Flag;
    let next = Value::Flag(*value != Value::Flag(true));
    let start = move |_: web_sys::MouseEvent| {
        if is_flag {
            let command = Command::UpdateRecord { record: id, values: vec![(field_id, next.clone())] };
            if let Err(rejection) = app.dispatch(command) {
                app.toast_rejection(&rejection);
            }
        } else {
            is_editing.set(true);
        }
    };
    let button_id = format!("{control}-value");
    if has_links(value, &field.kind) {
        return view! {
            <div class="fact__box">
                <div class="fact__value fact__value--edit">
                    {drawn}
                    <button
                        id=button_id
                        class="button button--quiet button--icon button--small fact__pen"
                        type="button"
                        aria-label=edit_label
                        on:click=start
                    >
                        {icon_styled("pencil", "icon icon--14")}
                    </button>
                </div>
            </div>
        }
        .into_any();
    }
    let (class, drawn) = match value.is_empty() {
        true => ("fact__value fact__value--none", t("record-add").into_any()),
        false => ("fact__value", drawn),
    };
    view! {
        <div class="fact__box">
            <button id=button_id class=class type="button" on:click=start>
                <span class="sr-only">{edit_label}" "</span>
                {drawn}
                {icon_styled("pencil", "icon fact__pen")}
            </button>
        </div>
    }
    .into_any()
}

fn has_links(value: &Value, kind: &FieldKind) -> bool {
    match value {
        Value::Link(_) | Value::Links(_) | Value::Files(_) => true,
        Value::Text(_) => matches!(kind, FieldKind::Email | FieldKind::Phone | FieldKind::Url),
        _ => false,
    }
}

/// Where the focus goes once a value was kept or left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// Back to the value, for those who use the keyboard.
    Return,
    /// It is elsewhere already.
    Leave,
}

fn editor(draft: FieldDraft, id: RecordId, control: String, is_editing: RwSignal<bool>) -> AnyView {
    let field = draft.field();
    let app = draft.app();
    let button = format!("{control}-value");
    let end = {
        let button = StoredValue::new(button);
        move |then: Then| {
            is_editing.set(false);
            if then == Then::Return {
                let button = button.get_value();
                request_animation_frame(move || browser::focus(&button));
            }
        }
    };
    let keep = move |then: Then| {
        if !is_editing.try_get_untracked().unwrap_or(false) {
            return;
        }
        if !draft.is_changed() {
            end(then);
            return;
        }
        if untrack(|| draft.clash()).is_some() {
            return;
        }
        match untrack(|| draft.read()) {
            Err(_) => draft.judge(),
            Ok(value) => match app.dispatch(Command::UpdateRecord { record: id, values: vec![(draft.id(), value)] }) {
                Ok(_) => end(then),
                Err(rejection) => {
                    if let Some(wrong) = rejection.diagnostics.first() {
                        draft.refuse(wrong);
                    }
                }
            },
        }
    };
    let is_long = matches!(field.kind, FieldKind::LongText | FieldKind::RichText);
    // Walking over marks with the arrows takes none of them yet.
    let is_mark = matches!(field.kind, FieldKind::Rating { .. } | FieldKind::Nps);
    let is_by_key = StoredValue::new(false);
    let has_begun = StoredValue::new(false);
    let keys = move |event: web_sys::KeyboardEvent| {
        // What is typed here is no shortcut of the page.
        event.stop_propagation();
        is_by_key.set_value(true);
        let is_sent = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "Enter" if !event.is_composing() && (is_sent || !(is_long || on_button(&event))) => {
                event.prevent_default();
                // A control of several parts takes a part over when it is left; that is no leaving of the whole.
                has_begun.set_value(false);
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
                let is_kept_apart = target.as_ref().is_some_and(|it| it.matches("[role=group] input").unwrap_or(false));
                if let Some(target) = target.filter(|_| is_kept_apart) {
                    let _ = target.blur();
                    let _ = target.focus();
                }
                has_begun.set_value(true);
                keep(Then::Return);
            }
            "Delete" | "Backspace" if is_mark => {
                event.prevent_default();
                draft.value.set(Value::Empty);
            }
            "Escape" => {
                event.prevent_default();
                end(Then::Return);
            }
            _ => {}
        }
    };
    // The value that was pressed loses the focus when the control takes its place: that is no leaving yet.
    let left = move |event: web_sys::FocusEvent| {
        if has_begun.try_get_value() != Some(true) {
            return;
        }
        let here = event.current_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let there = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_inside = there.is_some() && here.is_some_and(|here| here.contains(there.as_ref()));
        if !is_inside && browser::has_focus() {
            // A click on a button of the control itself moves the focus a moment later.
            keep(Then::Leave);
        }
    };
    let error = Signal::derive(move || draft.error());
    let target = control.clone();
    let own = format!("{control}-box");
    let inside = format!("#{own} :is(input, textarea, select, button)");
    request_animation_frame(move || {
        browser::focus(&target);
        // A sheet to sign on takes no keys, but the buttons below it do.
        if !browser::has_focused_element() {
            browser::focus_first(&inside);
        }
    });
    let settled = Callback::new(move |()| {
        if !(is_mark && is_by_key.get_value()) {
            keep(Then::Return);
        }
    });
    view! {
        <div
            id=own
            class="fact__box fact__box--edit"
            on:keydown=keys
            on:pointerdown=move |_| {
                is_by_key.try_set_value(false);
            }
            on:focusin=move |_| {
                has_begun.try_set_value(true);
            }
            on:focusout=left
        >
            <InlineInput draft=draft id=control.clone() settled=settled/>
            {field_error(&control, error)}
            {field_clash(draft, &control, Callback::new(move |()| keep(Then::Return)))}
            {move || {
                (error.get().is_none() && draft.clash().is_none())
                    .then(|| {
                        let save = if is_long { "Ctrl ↵" } else { "↵" };
                        view! {
                            <div class="fact__keys">
                                <span>{kbd(save)}{t("record-key-save")}</span>
                                <span>{kbd("Esc")}{t("record-key-cancel")}</span>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn on_button(event: &web_sys::KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.matches("button, a, input[type=file]").unwrap_or(false))
}
