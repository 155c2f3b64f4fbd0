//! A day to compare with, on the calendar or counted from today, and a stretch of days: this quarter, the last 30 days.

use leptos::prelude::*;

use crate::engine::condition::{Day, Stretch};
use crate::model::condition::Operand;
use crate::model::time::Date;
use crate::ui::field::DayInput;
use crate::ui::format;
use crate::ui::part::unique_id;
use crate::ui::text::t;

/// How a day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Fixed,
    Today,
    Ago,
    Ahead,
    First,
    Last,
}

/// What is counted from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Days,
    Months,
    Years,
}

const STRETCHES: [Stretch; 4] = [Stretch::Week, Stretch::Month, Stretch::Quarter, Stretch::Year];
const UNITS: [(Unit, &str, &str); 3] = [
    (Unit::Days, "days", "filter-unit-days"),
    (Unit::Months, "months", "filter-unit-months"),
    (Unit::Years, "years", "filter-unit-years"),
];

/// The control of a day; it gives `2026-11-22`, `today-7`, `today+3m`, `month`, `quarter-end-1`, whatever conditions know.
pub fn input(given: &str, put: Callback<String>) -> AnyView {
    let known = Day::read(given);
    let way = RwSignal::new(match known {
        None | Some(Day::Fixed(_)) => Way::Fixed,
        Some(Day::FromToday(0) | Day::MonthsFromToday(0)) => Way::Today,
        Some(Day::FromToday(days)) => {
            if days < 0 {
                Way::Ago
            } else {
                Way::Ahead
            }
        }
        Some(Day::MonthsFromToday(months)) => {
            if months < 0 {
                Way::Ago
            } else {
                Way::Ahead
            }
        }
        Some(Day::First(..)) => Way::First,
        Some(Day::Last(..)) => Way::Last,
    });
    let (number, unit) = match known {
        Some(Day::FromToday(days)) if days != 0 => (days.unsigned_abs(), Unit::Days),
        Some(Day::MonthsFromToday(months)) if months != 0 && months % 12 == 0 => {
            (u64::from(months.unsigned_abs() / 12), Unit::Years)
        }
        Some(Day::MonthsFromToday(months)) if months != 0 => (months.unsigned_abs().into(), Unit::Months),
        _ => (7, Unit::Days),
    };
    let (number, unit) = (RwSignal::new(number), RwSignal::new(unit));
    let stretch = RwSignal::new(match known {
        Some(Day::First(stretch, by) | Day::Last(stretch, by)) => (stretch, by),
        _ => (Stretch::Month, 0),
    });
    let date = RwSignal::new(if way.get_untracked() == Way::Fixed { given.to_owned() } else { String::new() });
    let write = move || {
        let (number, (stretch, by)) = (number.get_untracked(), stretch.get_untracked());
        let counted = |sign: i64| {
            let number = i64::try_from(number).unwrap_or(0);
            let months = |each: i64| Day::MonthsFromToday(i32::try_from(sign * number * each).unwrap_or(0));
            match unit.get_untracked() {
                Unit::Days => Day::FromToday(sign * number),
                Unit::Months => months(1),
                Unit::Years => months(12),
            }
        };
        put.run(match way.get_untracked() {
            Way::Fixed => date.get_untracked(),
            Way::Today => Day::FromToday(0).to_string(),
            Way::Ago => counted(-1).to_string(),
            Way::Ahead => counted(1).to_string(),
            Way::First => Day::First(stretch, by).to_string(),
            Way::Last => Day::Last(stretch, by).to_string(),
        });
    };
    let ways = [
        (Way::Fixed, "fixed", "filter-day-fixed"),
        (Way::Today, "today", "filter-day-today"),
        (Way::Ago, "ago", "filter-day-before"),
        (Way::Ahead, "ahead", "filter-day-after"),
        (Way::First, "first", "filter-day-first"),
        (Way::Last, "last", "filter-day-last"),
    ];
    let choose = move |event| {
        let name = event_target_value(&event);
        if let Some((wanted, ..)) = ways.into_iter().find(|(_, code, _)| *code == name) {
            way.set(wanted);
            write();
        }
    };
    let options: Vec<AnyView> = ways
        .into_iter()
        .map(|(known, code, key)| {
            view! { <option value=code selected=way.get_untracked() == known>{t(key)}</option> }.into_any()
        })
        .collect();
    let rest = move || match way.get() {
        Way::Today => ().into_any(),
        Way::Fixed => calendar(date, t("filter-value"), Callback::new(move |()| write())),
        Way::Ago | Way::Ahead => {
            let units: Vec<AnyView> = UNITS
                .into_iter()
                .map(|(known, code, key)| {
                    view! { <option value=code selected=unit.get_untracked() == known>{t(key)}</option> }.into_any()
                })
                .collect();
            view! {
                <div class="builder__count">
                    {count(number, Callback::new(move |()| write()))}
                    <select
                        class="input"
                        aria-label=t("filter-unit")
                        on:change=move |event| {
                            let name = event_target_value(&event);
                            if let Some((wanted, ..)) = UNITS.into_iter().find(|(_, code, _)| *code == name) {
                                unit.set(wanted);
                                write();
                            }
                        }
                    >
                        {units}
                    </select>
                </div>
            }
            .into_any()
        }
        Way::First | Way::Last => {
            let chosen = stretch.get_untracked();
            let known = stretches(chosen);
            let options = known.clone().into_iter().map(|(stretch, by)| {
                let name = format::stretch_name(stretch, by);
                view! { <option value=Day::First(stretch, by).to_string() selected=(stretch, by) == chosen>{name}</option> }
                    .into_any()
            });
            let options: Vec<AnyView> = options.collect();
            view! {
                <select
                    class="input"
                    aria-label=t("filter-stretch")
                    on:change=move |event| {
                        if let Some(Day::First(wanted, by)) = Day::read(&event_target_value(&event)) {
                            stretch.set((wanted, by));
                            write();
                        }
                    }
                >
                    {options}
                </select>
            }
            .into_any()
        }
    };
    view! {
        <div class="builder__day">
            <select class="input" aria-label=t("filter-day") on:change=choose>{options}</select>
            {rest}
        </div>
    }
    .into_any()
}

/// Which days are meant by a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    /// From one day to another.
    Days,
    /// A stretch of the calendar, so many after this one.
    Whole(Stretch, i32),
    /// So many days or months up to today, or from today on.
    Past(Unit),
    Coming(Unit),
}

/// The control of two days between which something lies.
pub fn between(given: &Operand, put: Callback<Operand>) -> AnyView {
    let text = |operand: Option<&Operand>| match operand {
        Some(Operand::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let ends = match given {
        Operand::List(parts) => (text(parts.first()), text(parts.get(1))),
        other => (text(Some(other)), String::new()),
    };
    let (span, number) = match (Day::read(&ends.0), Day::read(&ends.1)) {
        (Some(Day::First(stretch, by)), Some(Day::Last(other, same))) if stretch == other && by == same => {
            (Span::Whole(stretch, by), 30)
        }
        (Some(Day::FromToday(days)), Some(Day::FromToday(0))) if days < 0 => {
            (Span::Past(Unit::Days), days.unsigned_abs())
        }
        (Some(Day::FromToday(0)), Some(Day::FromToday(days))) if days > 0 => {
            (Span::Coming(Unit::Days), days.unsigned_abs())
        }
        (Some(Day::MonthsFromToday(months)), Some(Day::FromToday(0))) if months < 0 => {
            (Span::Past(Unit::Months), months.unsigned_abs().into())
        }
        (Some(Day::FromToday(0)), Some(Day::MonthsFromToday(months))) if months > 0 => {
            (Span::Coming(Unit::Months), months.unsigned_abs().into())
        }
        _ => (Span::Days, 30),
    };
    let chosen =
        (if let Span::Whole(stretch, by) = span { Some((stretch, by)) } else { None }).unwrap_or((Stretch::Week, 0));
    let mut spans = vec![Span::Days];
    spans.extend(stretches(chosen).into_iter().map(|(stretch, by)| Span::Whole(stretch, by)));
    for unit in [Unit::Days, Unit::Months] {
        spans.extend([Span::Past(unit), Span::Coming(unit)]);
    }
    let name = |span: Span| match span {
        Span::Days => t("filter-span-days"),
        Span::Whole(stretch, by) => format::stretch_name(stretch, by),
        Span::Past(Unit::Days) => t("filter-span-past-days"),
        Span::Past(Unit::Months | Unit::Years) => t("filter-span-past-months"),
        Span::Coming(Unit::Days) => t("filter-span-coming-days"),
        Span::Coming(Unit::Months | Unit::Years) => t("filter-span-coming-months"),
    };
    let options: Vec<AnyView> = spans
        .iter()
        .enumerate()
        .map(|(at, known)| {
            view! { <option value=at.to_string() selected=*known == span>{name(*known)}</option> }.into_any()
        })
        .collect();
    let (span, number, ends) = (RwSignal::new(span), RwSignal::new(number), StoredValue::new(ends));
    let write = move || {
        let count = i64::try_from(number.get_untracked()).unwrap_or(0);
        let counted = |unit: Unit, sign: i64| match unit {
            Unit::Days => Day::FromToday(sign * count),
            Unit::Months | Unit::Years => Day::MonthsFromToday(i32::try_from(sign * count).unwrap_or(0)),
        };
        let today = Day::FromToday(0);
        let (from, to) = match span.get_untracked() {
            Span::Days => ends.get_value(),
            Span::Whole(stretch, by) => (Day::First(stretch, by).to_string(), Day::Last(stretch, by).to_string()),
            Span::Past(unit) => (counted(unit, -1).to_string(), today.to_string()),
            Span::Coming(unit) => (today.to_string(), counted(unit, 1).to_string()),
        };
        put.run(Operand::List(vec![Operand::Text(from), Operand::Text(to)]));
    };
    let choose = move |event| {
        if let Some(wanted) = event_target_value(&event).parse::<usize>().ok().and_then(|at| spans.get(at).copied()) {
            span.set(wanted);
            write();
        }
    };
    let rest = move || match span.get() {
        Span::Whole(..) => ().into_any(),
        Span::Past(_) | Span::Coming(_) => count(number, Callback::new(move |()| write())),
        Span::Days => {
            let (from, to) = ends.get_value();
            let first = Callback::new(move |text: String| {
                ends.update_value(|ends| ends.0 = text);
                write();
            });
            let second = Callback::new(move |text: String| {
                ends.update_value(|ends| ends.1 = text);
                write();
            });
            view! {
                <div role="group" aria-label=t("filter-from")>{input(&from, first)}</div>
                <div role="group" aria-label=t("filter-to")>{input(&to, second)}</div>
            }
            .into_any()
        }
    };
    view! {
        <div class="builder__between">
            <select class="input" aria-label=t("filter-stretch") on:change=choose>{options}</select>
            {rest}
        </div>
    }
    .into_any()
}

/// The stretches that are offered: the last, this and the next of each, and the one that is chosen.
fn stretches(chosen: (Stretch, i32)) -> Vec<(Stretch, i32)> {
    let mut known: Vec<(Stretch, i32)> =
        STRETCHES.into_iter().flat_map(|stretch| [-1, 0, 1].map(|by| (stretch, by))).collect();
    if !known.contains(&chosen) {
        known.push(chosen);
    }
    known
}

fn calendar(date: RwSignal<String>, name: String, changed: Callback<()>) -> AnyView {
    view! {
        <DayInput
            id=unique_id("filter-day")
            name=name
            value=Signal::derive(move || date.with(|date| date.parse().ok()))
            changed=Callback::new(move |day: Option<Date>| {
                date.set(day.map(|day| day.to_string()).unwrap_or_default());
                changed.run(());
            })
        />
    }
    .into_any()
}

fn count(number: RwSignal<u64>, changed: Callback<()>) -> AnyView {
    view! {
        <input
            class="input input--num"
            type="number"
            min="1"
            max="3660"
            aria-label=t("filter-count")
            value=number.get_untracked().to_string()
            on:input=move |event| {
                if let Ok(wanted) = event_target_value(&event).parse::<u64>() {
                    number.set(wanted.clamp(1, 3_660));
                    changed.run(());
                }
            }
        />
    }
    .into_any()
}
