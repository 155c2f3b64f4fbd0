//! How the workspace reckons time: the zone of its days and hours, the day with which weeks begin, and the month with which its year
//! of account does.

use leptos::prelude::*;

use super::general::change;
use super::setting;
use crate::app::App;
use crate::ui::format;
use crate::ui::text::{t, tr};

/// The section.
pub fn rows(app: App) -> AnyView {
    let is_there = Memo::new(move |_| app.workspace().is_some());
    let rows = move || {
        view! {
            {setting(t("time-zone"), t("time-zone-say"), zone(app))}
            {setting(t("time-week"), t("time-week-say"), week(app))}
            {setting(t("time-year"), t("time-year-say"), year(app))}
        }
        .into_any()
    };
    (move || is_there.get().then(rows)).into_any()
}

fn zone(app: App) -> AnyView {
    let now = Memo::new(move |_| app.workspace().and_then(|workspace| workspace.zone.clone()).unwrap_or_default());
    let changed = move |event| {
        let name: String = event_target_value(&event);
        change(app, |workspace| workspace.zone = (!name.is_empty()).then_some(name));
    };
    let mut names = format::zones();
    // What another browser knew is kept though this one cannot go by it.
    if now.with_untracked(|now| !now.is_empty() && !names.contains(now)) {
        names.insert(0, now.get_untracked());
    }
    let one = |name: String| {
        let (value, shown) = (name.clone(), name.replace('_', " "));
        view! { <option value=value selected=move || now.with(|now| *now == name)>{shown}</option> }.into_any()
    };
    let own = tr("time-zone-own", [("name", format::own_zone().replace('_', " ").into())]);
    let names: Vec<AnyView> = names.into_iter().map(one).collect();
    view! {
        <select class="input general__wide" aria-label=t("time-zone") on:change=changed>
            <option value="" selected=move || now.with(String::is_empty)>{own}</option>
            {names}
        </select>
    }
    .into_any()
}

fn week(app: App) -> AnyView {
    let now = Memo::new(move |_| app.workspace().map_or(1, |workspace| workspace.week_start));
    let changed = move |event| {
        if let Ok(day) = event_target_value(&event).parse() {
            change(app, |workspace| workspace.week_start = day);
        }
    };
    let days = (1..=7).map(|day| (day, format::weekday_name(day))).collect();
    numbers(t("time-week"), days, now, changed)
}

fn year(app: App) -> AnyView {
    let now = Memo::new(move |_| app.workspace().map_or(1, |workspace| workspace.first_month));
    let changed = move |event| {
        if let Ok(month) = event_target_value(&event).parse() {
            change(app, |workspace| workspace.first_month = month);
        }
    };
    let months = (1..=12).map(|month| (month, format::month_name(month))).collect();
    numbers(t("time-year"), months, now, changed)
}

fn numbers(
    name: String,
    choices: Vec<(u8, String)>,
    now: Memo<u8>,
    changed: impl Fn(web_sys::Event) + 'static,
) -> AnyView {
    let one = |(number, shown): (u8, String)| {
        view! { <option value=number.to_string() selected=move || now.get() == number>{shown}</option> }.into_any()
    };
    let choices: Vec<AnyView> = choices.into_iter().map(one).collect();
    view! { <select class="input general__wide" aria-label=name on:change=changed>{choices}</select> }.into_any()
}
