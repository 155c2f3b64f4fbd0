//! The control of a field, by its kind. The label and the error stand around it; here are only names and links to them.

use leptos::prelude::*;

use super::choice::{ChoiceCombobox, ChoiceInput, ChoicesInput};
use super::date::DateInput;
use super::draft::FieldDraft;
use super::file::FilesInput;
use super::link::LinkInput;
use super::mark::{FlagInput, NpsInput, RatingInput};
use super::place::AddressInput;
use super::signature::SignatureInput;
use crate::model::field::FieldKind;
use crate::ui::part::icon;
use crate::ui::text::{label, t};

/// The control of a field. It has the id `id`; what is wrong with it stands in `{id}-error`, its hint in `{id}-hint`.
#[component]
pub fn FieldInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when something was picked that needs no further thought: an option, a star, a record.
    #[prop(optional)]
    settled: Option<Callback<()>>,
) -> impl IntoView {
    let field = draft.field();
    let waiting = settled;
    let settled = settled.unwrap_or_else(|| Callback::new(|()| {}));
    let view = match &field.kind {
        FieldKind::LongText | FieldKind::RichText => long(draft, id),
        FieldKind::Money { .. } => {
            boxed(draft, id, Lead::Currency, Typed { kind: "text", mode: "decimal", is_number: true })
        }
        FieldKind::Percent(_) => {
            boxed(draft, id, Lead::Percent, Typed { kind: "text", mode: "decimal", is_number: true })
        }
        FieldKind::Phone => boxed(draft, id, Lead::Icon("phone"), Typed { kind: "tel", mode: "tel", is_number: false }),
        FieldKind::Email => {
            boxed(draft, id, Lead::Icon("mail"), Typed { kind: "text", mode: "email", is_number: false })
        }
        FieldKind::Url => boxed(draft, id, Lead::Icon("globe"), Typed { kind: "text", mode: "url", is_number: false }),
        FieldKind::Location => {
            boxed(draft, id, Lead::Icon("map-pin"), Typed { kind: "text", mode: "text", is_number: false })
        }
        FieldKind::Duration => {
            boxed(draft, id, Lead::Icon("timer"), Typed { kind: "text", mode: "text", is_number: false })
        }
        FieldKind::Number(_) => line(draft, id, Typed { kind: "text", mode: "decimal", is_number: true }),
        FieldKind::Date | FieldKind::Instant => view! { <DateInput draft=draft id=id settled=settled/> }.into_any(),
        FieldKind::Choice { .. } => view! { <ChoiceInput draft=draft id=id settled=settled/> }.into_any(),
        FieldKind::Choices { .. } => view! { <ChoicesInput draft=draft id=id/> }.into_any(),
        FieldKind::Flag => view! { <FlagInput draft=draft id=id settled=settled/> }.into_any(),
        FieldKind::Rating { max } => view! { <RatingInput draft=draft id=id max=*max settled=settled/> }.into_any(),
        FieldKind::Nps => view! { <NpsInput draft=draft id=id settled=settled/> }.into_any(),
        FieldKind::Address => view! { <AddressInput draft=draft id=id/> }.into_any(),
        FieldKind::Link(target) | FieldKind::Links(target) => {
            view! { <LinkInput draft=draft id=id target=target.clone() settled=settled/> }.into_any()
        }
        FieldKind::Files => view! { <FilesInput draft=draft id=id/> }.into_any(),
        FieldKind::Signature => view! { <SignatureInput draft=draft id=id settled=waiting/> }.into_any(),
        FieldKind::Text { .. }
        | FieldKind::Lines { .. }
        | FieldKind::AutoNumber { .. }
        | FieldKind::Formula { .. }
        | FieldKind::Lookup { .. }
        | FieldKind::Rollup(_)
        | FieldKind::Score
        | FieldKind::Hidden => line(draft, id, Typed { kind: "text", mode: "text", is_number: false }),
    };
    view.into_any()
}

/// The control where the value stands: as above, but an option is always picked from an open list, so that walking through the
/// options with the arrows takes none of them by itself.
#[component]
pub fn InlineInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when something was picked that needs no further thought.
    settled: Callback<()>,
) -> impl IntoView {
    if matches!(draft.field().kind, FieldKind::Choice { .. }) {
        return view! { <ChoiceCombobox draft=draft id=id settled=settled/> }.into_any();
    }
    view! { <FieldInput draft=draft id=id settled=settled/> }.into_any()
}

/// Whether the control is a group of several, so that its label is a heading rather than a `label`.
pub fn is_group(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Rating { .. } | FieldKind::Nps | FieldKind::Address | FieldKind::Signature)
}

/// What a text control asks for.
#[derive(Clone, Copy)]
struct Typed {
    kind: &'static str,
    mode: &'static str,
    is_number: bool,
}

/// What stands beside the text.
enum Lead {
    Icon(&'static str),
    Currency,
    Percent,
}

fn line(draft: FieldDraft, id: String, typed: Typed) -> AnyView {
    control(draft, id, typed, if typed.is_number { "input input--num" } else { "input" })
}

fn boxed(draft: FieldDraft, id: String, lead: Lead, typed: Typed) -> AnyView {
    let control = control(draft, id, typed, if typed.is_number { "input--num" } else { "" });
    let (before, after) = match lead {
        Lead::Icon(name) => (icon(name), ().into_any()),
        Lead::Currency => {
            let field = draft.field();
            let own = if let FieldKind::Money { currency, .. } = &field.kind { *currency } else { None };
            let currency = own.unwrap_or_else(|| draft.app().read_settings().currency);
            (
                view! { <span class="input-box__unit" aria-hidden="true">{currency.as_str()}</span> }.into_any(),
                ().into_any(),
            )
        }
        Lead::Percent => {
            (().into_any(), view! { <span class="input-box__unit" aria-hidden="true">"%"</span> }.into_any())
        }
    };
    view! { <div class="input input-box">{before}{control}{after}</div> }.into_any()
}

fn control(draft: FieldDraft, id: String, typed: Typed, class: &'static str) -> AnyView {
    let field = draft.field();
    let described = described(draft, &id);
    view! {
        <input
            id=id
            class=class
            type=typed.kind
            inputmode=typed.mode
            autocomplete="off"
            required=move || draft.is_required()
            placeholder=draft.placeholder().or_else(|| placeholder(&field.kind))
            aria-invalid=move || draft.error().is_some().then_some("true")
            aria-describedby=described
            prop:value=move || draft.text.get()
            on:input=move |event| draft.text.set(event_target_value(&event))
            on:blur=move |_| draft.judge()
        />
    }
    .into_any()
}

fn long(draft: FieldDraft, id: String) -> AnyView {
    let described = described(draft, &id);
    view! {
        <textarea
            id=id
            class="input"
            rows="3"
            placeholder=draft.placeholder()
            required=move || draft.is_required()
            aria-invalid=move || draft.error().is_some().then_some("true")
            aria-describedby=described
            prop:value=move || draft.text.get()
            on:input=move |event| draft.text.set(event_target_value(&event))
            on:blur=move |_| draft.judge()
        ></textarea>
    }
    .into_any()
}

fn placeholder(kind: &FieldKind) -> Option<String> {
    match kind {
        FieldKind::Url => Some("https://".to_owned()),
        FieldKind::Duration => Some(t("field-duration-example")),
        FieldKind::Location => Some(t("field-location-example")),
        _ => None,
    }
}

/// The ids of the sentences that speak of a control; only those that are there.
pub(super) fn described(draft: FieldDraft, id: &str) -> impl Fn() -> Option<String> + Clone + Send + Sync + use<> {
    let hint = draft.field().hint.is_some().then(|| format!("{id}-hint"));
    let error = format!("{id}-error");
    move || {
        let wrong = draft.error().map(|_| error.clone());
        match (wrong, hint.clone()) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (one, other) => one.or(other),
        }
    }
}

/// The name of the field, for controls that are a group.
pub(super) fn name(draft: FieldDraft) -> String {
    label(&draft.field().label)
}
