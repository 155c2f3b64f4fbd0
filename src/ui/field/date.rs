//! Days and points in time: typed in words or figures, or picked from the month that opens below. The one door for both, in records,
//! forms, filters and settings.

use chrono::{NaiveDateTime, NaiveTime, Timelike};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::draft::FieldDraft;
use super::input::described;
use crate::app::App;
use crate::engine::condition;
use crate::engine::form;
use crate::model::field::FieldKind;
use crate::model::time::Date;
use crate::model::value::Value;
use crate::ui::part::{Bounds, Picking, Popover, day_picker, field_error, icon, unique_id};
use crate::ui::text::{diagnostic, t, tr};
use crate::ui::{browser, format};

/// A day or a point in time of a record.
#[component]
pub fn DateInput(
    /// What is filled in.
    draft: FieldDraft,
    /// The id of the control.
    id: String,
    /// Told when one was picked from the month.
    settled: Callback<()>,
) -> impl IntoView {
    let app = draft.app();
    let is_timed = matches!(draft.field().kind, FieldKind::Instant);
    let value = Memo::new(move |_| form::read_typed(&draft.field(), &draft.text.get(), &app.read_settings()).ok());
    let means = Memo::new(move |_| match value.get()? {
        Value::Date(day) => Some(day.and_time(NaiveTime::MIN)),
        Value::Instant(at) => Some(at.local(app.zone())),
        _ => None,
    });
    let (first, last) = condition::days_left(&draft.field(), app.today(), untrack(|| app.reckoning()));
    let bounds = Bounds { first, last };
    // Words that are understood become the day that they mean: tomorrow they would mean another.
    let settle = move || {
        let Some(Some(value)) = value.try_get_untracked() else { return };
        let (field, settings) = (draft.field(), app.read_settings());
        let written = form::edit_text(&field, &value, &settings);
        if form::read_typed(&field, &written, &settings).as_ref() == Ok(&value) && draft.text.get_untracked() != written
        {
            draft.text.set(written);
        }
    };
    let described = described(draft, &id);
    date_box(Asked {
        app,
        id,
        class: "input input-box date",
        name: None,
        text: draft.text,
        means,
        is_timed,
        bounds: Signal::derive(move || bounds),
        is_required: Signal::derive(move || draft.is_required()),
        is_wrong: Signal::derive(move || draft.error().is_some()),
        described: Signal::derive(described),
        placeholder: draft.placeholder(),
        typed: Callback::new(|()| {}),
        finished: Callback::new(move |()| settle()),
        left: Callback::new(move |()| draft.judge()),
        picked: settled,
    })
}

/// A day that belongs to no record: of a filter, of a setting. It is told once it is complete: when it is left, on Enter, when it is
/// picked, and at once where a whole day of the calendar stands there.
#[component]
pub fn DayInput(
    /// The id of the control, for its label.
    #[prop(into)]
    id: String,
    /// The name of the control, where it has no label.
    #[prop(optional, into)]
    name: Option<String>,
    /// The day.
    #[prop(into)]
    value: Signal<Option<Date>>,
    /// Told the day, or that there is none: also where what stands there is none.
    changed: Callback<Option<Date>>,
    /// The days between which it lies.
    #[prop(optional, into)]
    bounds: Signal<Bounds>,
    /// What is wrong with what stands there, for whoever has to wait for it.
    #[prop(default = RwSignal::new(None))]
    wrong: RwSignal<Option<String>>,
    /// Classes besides those of a box.
    #[prop(default = "input input-box date")]
    class: &'static str,
) -> impl IntoView {
    let app = expect_context::<App>();
    let written = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let known = StoredValue::new(value.get_untracked());
    let text = RwSignal::new(written(value.get_untracked()));
    Effect::new(move |_| {
        let now = value.get();
        if known.get_value() != now {
            known.set_value(now);
            text.set(written(now));
            wrong.set(None);
        }
    });
    let means = Memo::new(move |_| {
        let read = form::read_day(&text.get(), &app.read_settings());
        read.ok().flatten().map(|day| day.and_time(NaiveTime::MIN))
    });
    let tell = move |day: Option<Date>| {
        if known.get_value() != day {
            known.set_value(day);
            changed.run(day);
        }
    };
    let finish = move || {
        let Some(typed) = text.try_get_untracked() else { return };
        match form::read_day(&typed, &app.read_settings()) {
            Err(error) => {
                wrong.set(Some(diagnostic(&error)));
                tell(None);
            }
            Ok(Some(day)) if !bounds.get_untracked().holds(day) => {
                let Bounds { first, last } = bounds.get_untracked();
                let said = |day: Date| format::day(day).into();
                wrong.set(match (first.filter(|first| day < *first), last) {
                    (Some(first), _) => Some(tr("date-too-early", [("day", said(first))])),
                    (None, Some(last)) => Some(tr("date-too-late", [("day", said(last))])),
                    (None, None) => None,
                });
                tell(None);
            }
            Ok(day) => {
                wrong.set(None);
                let written = written(day);
                if written != typed {
                    text.set(written);
                }
                tell(day);
            }
        }
    };
    let typed = move || {
        wrong.set(None);
        let is_whole =
            text.with_untracked(|text| text.is_empty() || (text.len() == 10 && text.parse::<Date>().is_ok()));
        if is_whole {
            finish();
        }
    };
    let error_id = format!("{id}-error");
    let control = date_box(Asked {
        app,
        id: id.clone(),
        class,
        name,
        text,
        means,
        is_timed: false,
        bounds,
        is_required: Signal::derive(|| false),
        is_wrong: Signal::derive(move || wrong.get().is_some()),
        described: Signal::derive(move || wrong.get().map(|_| error_id.clone())),
        placeholder: Some(t("field-day-example")),
        typed: Callback::new(move |()| typed()),
        finished: Callback::new(move |()| finish()),
        left: Callback::new(|()| {}),
        picked: Callback::new(move |()| finish()),
    });
    view! { <div class="date-field">{control}{field_error(&id, wrong.into())}</div> }.into_any()
}

/// What a box asks for, and whom it tells.
struct Asked {
    app: App,
    id: String,
    class: &'static str,
    name: Option<String>,
    text: RwSignal<String>,
    /// What the text means on the clocks of the workspace.
    means: Memo<Option<NaiveDateTime>>,
    is_timed: bool,
    bounds: Signal<Bounds>,
    is_required: Signal<bool>,
    is_wrong: Signal<bool>,
    described: Signal<Option<String>>,
    placeholder: Option<String>,
    /// Told of every letter.
    typed: Callback<()>,
    /// Told when nothing more is typed.
    finished: Callback<()>,
    /// Told when the focus has gone.
    left: Callback<()>,
    /// Told when something was picked from the month.
    picked: Callback<()>,
}

fn date_box(asked: Asked) -> AnyView {
    let Asked { app, id, class, name, text, means, is_timed, bounds, is_required, is_wrong, described, .. } = asked;
    let Asked { placeholder, typed, finished, left, picked, .. } = asked;
    let placeholder =
        placeholder.unwrap_or_else(|| t(if is_timed { "field-instant-example" } else { "field-date-example" }));
    let anchor = unique_id("date");
    let (open, was_open) = (RwSignal::new(false), StoredValue::new(false));
    // What is understood of words; of a plain date nothing need be said.
    let read = Memo::new(move |_| {
        let at = means.get()?;
        text.with(|text| text.trim() != written(at, is_timed)).then(|| match is_timed {
            true => format!("{} {}", format::date(at.date(), app.today()), format::time(at.time())),
            false => format::date(at.date(), app.today()),
        })
    });
    let control = StoredValue::new(id.clone());
    let back = move || {
        open.set(false);
        control.with_value(|id| browser::focus(id));
    };
    let month = move || {
        let clock = RwSignal::new(clock_of(means.get_untracked()));
        let wrong = RwSignal::new(false);
        let set = move |day: Date| {
            let time = form::read_clock(&clock.get_untracked()).unwrap_or(MORNING);
            text.set(written(day.and_time(time), is_timed));
        };
        let done = move || {
            if form::read_clock(&clock.get_untracked()).is_none() {
                return wrong.set(true);
            }
            back();
            picked.run(());
        };
        let clock_id = control.with_value(|id| format!("{id}-time"));
        let focused = clock_id.clone();
        let pick = Callback::new(move |day: Date| {
            set(day);
            if is_timed {
                // A day has a time as well: it stands there, to be typed over.
                return select(&focused);
            }
            back();
            picked.run(());
        });
        let clear = Callback::new(move |()| {
            text.set(String::new());
            back();
            picked.run(());
        });
        let foot = Callback::new(move |()| {
            let change = move |event| {
                clock.set(event_target_value(&event));
                wrong.set(false);
                if let (Some(_), Some(at)) = (form::read_clock(&clock.get_untracked()), means.get_untracked()) {
                    set(at.date());
                }
            };
            clock_view(clock_id.clone(), clock, wrong, Callback::new(change), Callback::new(move |()| done()))
        });
        day_picker(Picking {
            chosen: Signal::derive(move || means.get().map(|at| at.date())),
            today: app.today(),
            reckoning: untrack(|| app.reckoning()),
            bounds: bounds.get_untracked(),
            pick,
            clear,
            close: Callback::new(move |()| back()),
            foot: is_timed.then_some(foot),
        })
    };
    let below = anchor.clone();
    view! {
        <div
            class=class
            id=anchor
            on:focusout=move |event| {
                let here = event.current_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                let there = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
                // Into the month is no leaving yet.
                if there.is_none() || !here.is_some_and(|here| here.contains(there.as_ref())) {
                    left.try_run(());
                }
            }
        >
            <input
                id=id
                type="text"
                autocomplete="off"
                aria-label=name
                aria-haspopup="dialog"
                aria-keyshortcuts="Alt+ArrowDown"
                required=move || is_required.get()
                placeholder=placeholder
                aria-invalid=move || is_wrong.get().then_some("true")
                aria-describedby=move || described.get()
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    typed.run(());
                }
                on:change=move |_| {
                    finished.try_run(());
                }
                on:keydown=move |event| {
                    match event.key().as_str() {
                        "ArrowDown" if event.alt_key() => {
                            event.prevent_default();
                            event.stop_propagation();
                            open.set(true);
                        }
                        "Enter" if !event.is_composing() => finished.run(()),
                        _ => {}
                    }
                }
            />
            {move || read.get().map(|said| view! { <span class="date__read" role="status">{said}</span> })}
            <button
                class="date__open"
                type="button"
                tabindex="-1"
                aria-label=t("field-pick-date")
                title=t("field-pick-date")
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                // The focus stays in the text, and a second press closes what the first has opened.
                on:mousedown=move |event| {
                    event.prevent_default();
                    was_open.set_value(open.get_untracked());
                }
                on:click=move |_| open.set(!was_open.try_update_value(std::mem::take).unwrap_or_default())
            >
                {icon("calendar")}
            </button>
            <Popover open=open anchor=below>{month}</Popover>
        </div>
    }
    .into_any()
}

/// When a day begins for most: the time of a day that is picked without one.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(9, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The time beside the month, and the way out.
fn clock_view(
    id: String,
    clock: RwSignal<String>,
    wrong: RwSignal<bool>,
    change: Callback<web_sys::Event>,
    done: Callback<()>,
) -> AnyView {
    let error = format!("{id}-error");
    let named = error.clone();
    view! {
        <label class="picker__time">
            <span>{t("picker-time")}</span>
            <input
                class="picker__clock"
                id=id
                type="text"
                autocomplete="off"
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=move || wrong.get().then(|| named.clone())
                prop:value=move || clock.get()
                on:input=move |event| change.run(event)
                on:change=move |event| event.stop_propagation()
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.is_composing() {
                        event.prevent_default();
                        done.run(());
                    }
                }
            />
        </label>
        <button class="button button--primary button--small" type="button" on:click=move |_| done.run(())>{t("picker-done")}</button>
        {move || wrong.get().then(|| view! {
            <p class="field__error picker__wrong" id=error.clone() role="alert">{icon("circle-alert")}<span>{t("picker-time-wrong")}</span></p>
        })}
    }
    .into_any()
}

/// The time that stands beside the month.
fn clock_of(at: Option<NaiveDateTime>) -> String {
    let time = at.map_or(MORNING, |at| at.time());
    time.format(if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

/// A day, or a day with its time, as it is typed.
fn written(at: NaiveDateTime, is_timed: bool) -> String {
    match (is_timed, at.second()) {
        (false, _) => at.date().to_string(),
        (true, 0) => at.format("%Y-%m-%d %H:%M").to_string(),
        (true, _) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// Puts the focus on a text, all of it to be typed over.
fn select(id: &str) {
    if let Some(input) = browser::element(id).and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        let _ = input.focus();
        input.select();
    }
}
