//! Marks: stars, the scale from 0 to 10, and yes or no.

use leptos::prelude::*;
use rust_decimal::prelude::ToPrimitive;

use super::draft::FieldDraft;
use super::input::{described, name};
use crate::model::value::Value;
use crate::ui::part::{icon_styled, unique_id};
use crate::ui::text::{t, tr};

/// Stars, as radio buttons; a second click on the chosen one takes it back.
#[component]
pub fn RatingInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// The best mark.
    max: u8,
    /// Told when one was picked.
    settled: Callback<()>,
) -> impl IntoView {
    let group = unique_id("rating");
    let described = described(draft, &id);
    let stars: Vec<AnyView> = (1..=max)
        .map(|star| {
            let say = tr("field-stars", [("count", i64::from(star).into()), ("max", i64::from(max).into())]);
            let own = if star == 1 { id.clone() } else { format!("{id}-{star}") };
            view! {
                <label class="rating__star">
                    <input
                        type="radio"
                        id=own
                        name=group.clone()
                        value=star.to_string()
                        prop:checked=move || mark(draft) == Some(star)
                        on:change=move |_| choose(draft, Some(star), settled)
                        on:click=move |event| {
                            // A click by pointer on what is chosen already; keys come without a detail.
                            if event.detail() > 0 && mark(draft) == Some(star) {
                                choose(draft, None, settled);
                            }
                        }
                    />
                    {icon_styled("star", "icon icon--20")}
                    <span class="sr-only">{say}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <div
            class=move || if mark(draft).is_none() { "rating rating--none" } else { "rating" }
            role="radiogroup"
            aria-label=name(draft)
            aria-describedby=described
        >
            {stars}
        </div>
    }
    .into_any()
}

/// The answer from 0 to 10.
#[component]
pub fn NpsInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when one was picked.
    settled: Callback<()>,
) -> impl IntoView {
    let group = unique_id("nps");
    let described = described(draft, &id);
    let items: Vec<AnyView> = (0..=10u8)
        .map(|step| {
            let own = if step == 0 { id.clone() } else { format!("{id}-{step}") };
            view! {
                <label class="nps__item">
                    <input
                        type="radio"
                        id=own
                        name=group.clone()
                        value=step.to_string()
                        prop:checked=move || mark(draft) == Some(step)
                        on:change=move |_| choose(draft, Some(step), settled)
                    />
                    {step}
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="nps" role="radiogroup" aria-label=name(draft) aria-describedby=described>
            <div class="nps__scale">{items}</div>
            <div class="nps__ends" aria-hidden="true">
                <span>{t("field-nps-least")}</span>
                <span>{t("field-nps-most")}</span>
            </div>
        </div>
    }
    .into_any()
}

/// Yes or no.
#[component]
pub fn FlagInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when it was switched.
    settled: Callback<()>,
) -> impl IntoView {
    let described = described(draft, &id);
    view! {
        <input
            id=id
            class="switch"
            type="checkbox"
            role="switch"
            aria-describedby=described
            prop:checked=move || draft.value.with(|value| *value == Value::Flag(true))
            on:change=move |event| {
                draft.value.set(Value::Flag(event_target_checked(&event)));
                draft.judge();
                settled.run(());
            }
        />
    }
    .into_any()
}

fn mark(draft: FieldDraft) -> Option<u8> {
    draft.value.with(|value| value.as_number().and_then(|number| number.to_u8()))
}

fn choose(draft: FieldDraft, mark: Option<u8>, settled: Callback<()>) {
    draft.value.set(mark.map_or(Value::Empty, |mark| Value::integer(i64::from(mark))));
    draft.judge();
    settled.run(());
}
