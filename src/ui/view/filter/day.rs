//! A day to compare with: on the calendar, or so many days from today.

use leptos::prelude::*;

use crate::ui::text::{t, tr};

/// How a day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Fixed,
    Today,
    Ago,
    Ahead,
}

/// The control; it gives `2026-11-22`, `today`, `today-7` or `today+7`.
pub fn input(given: String, put: Callback<String>) -> AnyView {
    let (way, count) = read(&given);
    let way = RwSignal::new(way);
    let count = RwSignal::new(count.unwrap_or(7));
    let date = RwSignal::new(if way.get_untracked() == Way::Fixed { given } else { String::new() });
    let write = move || {
        let count = count.get_untracked();
        put.run(match way.get_untracked() {
            Way::Fixed => date.get_untracked(),
            Way::Today => "today".to_owned(),
            Way::Ago => format!("today-{count}"),
            Way::Ahead => format!("today+{count}"),
        });
    };
    let choose = move |event| {
        way.set(match event_target_value(&event).as_str() {
            "today" => Way::Today,
            "ago" => Way::Ago,
            "ahead" => Way::Ahead,
            _ => Way::Fixed,
        });
        write();
    };
    let options: Vec<AnyView> = [
        (Way::Fixed, "fixed", "filter-day-fixed"),
        (Way::Today, "today", "filter-day-today"),
        (Way::Ago, "ago", "filter-day-ago"),
        (Way::Ahead, "ahead", "filter-day-ahead"),
    ]
    .into_iter()
    .map(|(known, code, key)| {
        view! { <option value=code selected=way.get_untracked() == known>{t(key)}</option> }.into_any()
    })
    .collect();
    let rest = move || match way.get() {
        Way::Today => ().into_any(),
        Way::Fixed => view! {
            <input
                class="input"
                type="date"
                aria-label=t("filter-value")
                value=date.get_untracked()
                on:input=move |event| {
                    date.set(event_target_value(&event));
                    write();
                }
            />
        }
        .into_any(),
        Way::Ago | Way::Ahead => view! {
            <input
                class="input input--num"
                type="number"
                min="1"
                max="3660"
                aria-label=t("filter-days")
                value=count.get_untracked().to_string()
                on:input=move |event| {
                    if let Ok(days) = event_target_value(&event).parse::<u32>() {
                        count.set(days);
                        write();
                    }
                }
            />
        }
        .into_any(),
    };
    view! {
        <div class="builder__pair">
            <select class="input" aria-label=t("filter-day") on:change=choose>{options}</select>
            {rest}
        </div>
    }
    .into_any()
}

/// What a chip says about a day.
pub fn word(text: &str) -> Option<String> {
    Some(match read(text) {
        (Way::Today, _) => t("filter-day-today"),
        (Way::Ago, Some(days)) => tr("filter-days-ago", [("days", (days as usize).into())]),
        (Way::Ahead, Some(days)) => tr("filter-days-ahead", [("days", (days as usize).into())]),
        _ => return None,
    })
}

fn read(text: &str) -> (Way, Option<u32>) {
    let Some(rest) = text.strip_prefix("today") else { return (Way::Fixed, None) };
    match rest.split_at_checked(1) {
        Some(("-", days)) => (Way::Ago, days.parse().ok()),
        Some(("+", days)) => (Way::Ahead, days.parse().ok()),
        _ => (Way::Today, None),
    }
}
