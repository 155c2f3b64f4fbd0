//! Options: a select while they are few, a combobox when they are many, chips where there may be several.

use leptos::prelude::*;

use super::combobox::{Combobox, Look, Offer};
use super::draft::FieldDraft;
use super::input::described;
use crate::model::field::{ChoiceOption, FieldKind};
use crate::model::id::OptionId;
use crate::model::value::Value;
use crate::ui::part::{hue_name, icon};
use crate::ui::text::{label, t, tr};

/// More options than this are searched rather than looked through.
const FEW: usize = 8;

/// One of several options.
#[component]
pub fn ChoiceInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when one was picked.
    settled: Callback<()>,
) -> impl IntoView {
    let field = draft.field();
    let offered = offered(field.options(), &draft.value.get_untracked());
    if offered.len() > FEW {
        return view! { <ChoiceCombobox draft=draft id=id settled=settled/> }.into_any();
    }
    let described = described(draft, &id);
    let chosen = move || draft.value.with(|value| value.options().first().map(|option| option.as_str().to_owned()));
    let options: Vec<AnyView> = offered
        .into_iter()
        .map(|option| {
            let key = option.id.as_str();
            let is_chosen = draft.value.with_untracked(|value| value.options().contains(&option.id));
            view! { <option value=key selected=is_chosen>{label(&option.label)}</option> }.into_any()
        })
        .collect();
    view! {
        <select
            id=id
            class="input"
            required=move || draft.is_required()
            aria-invalid=move || draft.error().is_some().then_some("true")
            aria-describedby=described
            prop:value=move || chosen().unwrap_or_default()
            on:change=move |event| {
                let key = event_target_value(&event);
                draft.value.set(if key.is_empty() { Value::Empty } else { Value::Choice(OptionId::new(&key)) });
                draft.judge();
                settled.run(());
            }
        >
            <option value="">{t("field-none")}</option>
            {options}
        </select>
    }
    .into_any()
}

/// One of many options, searched.
#[component]
pub fn ChoiceCombobox(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when one was picked.
    settled: Callback<()>,
) -> impl IntoView {
    let known = offered(draft.field().options(), &draft.value.get_untracked());
    let find = Callback::new(move |text: String| offers(&known, &text, draft));
    let picked = Callback::new(move |offer: Offer| {
        draft.value.set(Value::Choice(OptionId::new(&offer.key)));
        draft.judge();
        settled.run(());
    });
    let dropped = Callback::new(move |()| draft.value.set(Value::Empty));
    view! {
        <Combobox draft=draft id=id find=find picked=picked dropped=dropped>{chosen_chips(draft)}</Combobox>
    }
    .into_any()
}

/// Any number of options; free tags where the field is open.
#[component]
pub fn ChoicesInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
) -> impl IntoView {
    let field = draft.field();
    let is_open = matches!(field.kind, FieldKind::Choices { open: true, .. });
    let offered = offered(field.options(), &draft.value.get_untracked());
    let find = Callback::new(move |text: String| {
        let mut found = offers(&offered, &text, draft);
        let typed = text.trim();
        let is_known = found.iter().any(|offer| offer.label.eq_ignore_ascii_case(typed));
        if is_open && !typed.is_empty() && !is_known {
            let label = tr("field-new-tag", [("text", typed.into())]);
            found.push(Offer { key: typed.to_owned(), label, note: String::new(), look: Look::New, is_chosen: false });
        }
        found
    });
    let picked = Callback::new(move |offer: Offer| {
        let option = OptionId::new(&offer.key);
        draft.value.update(|value| {
            let mut chosen = value.options().to_vec();
            match chosen.iter().position(|other| *other == option) {
                Some(at) => drop(chosen.remove(at)),
                None => chosen.push(option),
            }
            *value = choices(chosen);
        });
    });
    let dropped = Callback::new(move |()| {
        draft.value.update(|value| {
            let mut chosen = value.options().to_vec();
            chosen.pop();
            *value = choices(chosen);
        });
    });
    view! {
        <Combobox draft=draft id=id find=find picked=picked dropped=dropped>{chosen_chips(draft)}</Combobox>
    }
    .into_any()
}

fn choices(chosen: Vec<OptionId>) -> Value {
    if chosen.is_empty() { Value::Empty } else { Value::Choices(chosen.into()) }
}

/// The options that can be chosen, and those that are chosen already although they no longer can be.
fn offered(options: &[ChoiceOption], value: &Value) -> Vec<ChoiceOption> {
    options.iter().filter(|option| !option.retired || value.options().contains(&option.id)).cloned().collect()
}

fn offers(options: &[ChoiceOption], text: &str, draft: FieldDraft) -> Vec<Offer> {
    let wanted = text.trim().to_lowercase();
    draft.value.with(|value| {
        let fits = |option: &&ChoiceOption| {
            wanted.is_empty()
                || option.label.zh.to_lowercase().contains(&wanted)
                || option.label.en.to_lowercase().contains(&wanted)
                || option.id.as_str().contains(&wanted)
        };
        options
            .iter()
            .filter(fits)
            .map(|option| Offer {
                key: option.id.as_str().to_owned(),
                label: label(&option.label),
                note: String::new(),
                look: Look::Chip(option.hue),
                is_chosen: value.options().contains(&option.id),
            })
            .collect()
    })
}

/// What is chosen, each with a cross.
fn chosen_chips(draft: FieldDraft) -> AnyView {
    let chips = move || {
        let field = draft.field();
        let chosen: Vec<OptionId> = draft.value.with(|value| value.options().to_vec());
        chosen
            .into_iter()
            .map(|option| {
                let known = field.option(option);
                let text = known.map_or_else(|| option.as_str().to_owned(), |found| label(&found.label));
                let hue = known.and_then(|found| found.hue).map(hue_name);
                let drop_label = tr("field-drop", [("name", text.clone().into())]);
                let drop = move |_| {
                    draft.value.update(|value| {
                        let rest: Vec<OptionId> = value.options().iter().copied().filter(|one| *one != option).collect();
                        *value = choices(rest);
                    });
                };
                view! {
                    <span class="chip" data-hue=hue>
                        <span>{text}</span>
                        <button class="chip__drop" type="button" aria-label=drop_label on:click=drop>{icon("x")}</button>
                    </span>
                }
                .into_any()
            })
            .collect::<Vec<AnyView>>()
    };
    chips.into_any()
}
