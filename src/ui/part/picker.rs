//! A month from which a day is picked: by mouse, by finger, or with the keys of the ARIA date picker. It knows nothing of what the
//! day is for.

use chrono::{Datelike, Days, Months};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::icon_button;
use super::unique_id;
use crate::engine::schedule;
use crate::model::time::{Date, Reckoning};
use crate::ui::text::t;
use crate::ui::{browser, format};

/// Weeks that are shown, whatever the month has, so that nothing moves from month to month.
const WEEKS: u64 = 6;

/// The days between which one is picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The first one, if there is one.
    pub first: Option<Date>,
    /// The last one, if there is one.
    pub last: Option<Date>,
}

impl Bounds {
    /// Whether a day lies between them.
    pub fn holds(self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// The day between them that is nearest to one.
    fn nearest(self, day: Date) -> Date {
        let day = self.last.map_or(day, |last| day.min(last));
        self.first.map_or(day, |first| day.max(first))
    }
}

/// What is picked, and what happens then.
#[derive(Clone, Copy)]
pub struct Picking {
    /// The day that is chosen already.
    pub chosen: Signal<Option<Date>>,
    /// The day that it is here.
    pub today: Date,
    /// With which day weeks begin.
    pub reckoning: Reckoning,
    /// The days that may be picked.
    pub bounds: Bounds,
    /// Told which day was picked.
    pub pick: Callback<Date>,
    /// Told that none is to be chosen.
    pub clear: Callback<()>,
    /// Told that nothing more is to be picked.
    pub close: Callback<()>,
    /// What stands below the month besides.
    pub foot: Option<Callback<(), AnyView>>,
}

/// The month with its keys. Its sheet puts the focus on the chosen day.
pub fn day_picker(picking: Picking) -> AnyView {
    let Picking { chosen, today, reckoning, bounds, pick, clear, close, foot } = picking;
    let id = StoredValue::new(unique_id("day"));
    let active = RwSignal::new(bounds.nearest(chosen.get_untracked().unwrap_or(today)));
    let month = Memo::new(move |_| active.get().with_day(1).unwrap_or_default());
    let first = Memo::new(move |_| reckoning.week(month.get()));
    let turn = move |months: i32| {
        if let Some(day) = in_months(active.get_untracked(), months) {
            active.set(bounds.nearest(day));
        }
    };
    let take = move |day: Date| {
        if bounds.holds(day) {
            active.set(day);
            pick.run(day);
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        // What is pressed here is meant for nothing around.
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                return close.run(());
            }
            "Tab" => return stay_inside(&event),
            _ if browser::closest(event.target(), "[role=gridcell]").is_none() => return,
            _ if event.ctrl_key() || event.meta_key() || event.alt_key() => return,
            _ => {}
        }
        let day = active.get_untracked();
        let months = if event.shift_key() { 12 } else { 1 };
        let to = match event.key().as_str() {
            "ArrowLeft" => in_days(day, -1),
            "ArrowRight" => in_days(day, 1),
            "ArrowUp" => in_days(day, -7),
            "ArrowDown" => in_days(day, 7),
            "Home" => Some(reckoning.week(day)),
            "End" => in_days(reckoning.week(day), 6),
            "PageUp" => in_months(day, -months),
            "PageDown" => in_months(day, months),
            "Enter" | " " => {
                event.prevent_default();
                return take(day);
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(day) = to.map(|day| bounds.nearest(day)) {
            active.set(day);
            // The cells stay where they are and only say another day, so that the focus is never lost between two months.
            let shown = reckoning.week(day.with_day(1).unwrap_or(day));
            browser::focus(&id.with_value(|id| format!("{id}-{}", (day - shown).num_days())));
        }
    };
    let pressed = move |event: web_sys::MouseEvent| {
        let cell = browser::closest(event.target(), "[role=gridcell]");
        let at = cell.and_then(|cell| cell.get_attribute("data-at")?.parse::<i64>().ok());
        if let Some(day) = at.and_then(|at| in_days(first.get_untracked(), at)) {
            take(day);
        }
    };
    let monday = reckoning.week(Date::default());
    let heads: Vec<AnyView> = (0..7)
        .filter_map(|at| in_days(monday, at))
        .map(|day| {
            let name = format::weekday_name(day.weekday().number_from_monday() as u8);
            view! { <div role="columnheader" class="picker__weekday" aria-label=name>{format::weekday(day)}</div> }
                .into_any()
        })
        .collect();
    let weeks: Vec<AnyView> = (0..WEEKS)
        .map(|week| {
            let days: Vec<AnyView> =
                (week * 7..week * 7 + 7).map(|at| cell(picking, id, at, first, month, active)).collect();
            let number = move || schedule::week_number(first.get() + Days::new(week * 7));
            view! {
                <div class="picker__week" role="row">
                    <div class="picker__number" role="rowheader" title=t("calendar-week-number")>{number}</div>
                    {days}
                </div>
            }
            .into_any()
        })
        .collect();
    let title = id.with_value(|id| format!("{id}-title"));
    let named = title.clone();
    let cannot = move |day: Option<Date>| day.is_none_or(|day| !bounds.holds(day)).then_some("true");
    view! {
        <div
            class="picker"
            role="dialog"
            aria-modal="true"
            aria-label=t("field-pick-date")
            on:keydown=keys
            // A click on what cannot be picked leaves the focus where it is.
            on:mousedown=move |event| {
                if browser::closest(event.target(), "input").is_none() {
                    event.prevent_default();
                }
            }
        >
            <div class="picker__head">
                {icon_button(t("picker-earlier-year"), "chevrons-left", move || turn(-12))}
                {icon_button(t("picker-earlier-month"), "chevron-left", move || turn(-1))}
                <h2 class="picker__title" id=title aria-live="polite">{move || format::full_month(month.get())}</h2>
                {icon_button(t("picker-later-month"), "chevron-right", move || turn(1))}
                {icon_button(t("picker-later-year"), "chevrons-right", move || turn(12))}
            </div>
            <div class="picker__days" role="grid" aria-labelledby=named on:click=pressed>
                <div class="picker__week" role="row">
                    <div role="columnheader" class="picker__number"><span class="sr-only">{t("calendar-week-number")}</span></div>
                    {heads}
                </div>
                {weeks}
            </div>
            <div class="picker__foot">
                <button
                    class="button button--quiet button--small"
                    type="button"
                    aria-disabled=cannot(Some(today))
                    on:click=move |_| take(today)
                >
                    {t("calendar-today")}
                </button>
                {move || chosen.get().map(|_| view! {
                    <button class="button button--quiet button--small" type="button" on:click=move |_| clear.run(())>
                        {t("picker-clear")}
                    </button>
                })}
                {foot.map(|foot| foot.run(()))}
            </div>
        </div>
    }
    .into_any()
}

/// A day. Which one changes with the month; the cell itself stays.
fn cell(
    picking: Picking,
    id: StoredValue<String>,
    at: u64,
    first: Memo<Date>,
    month: Memo<Date>,
    active: RwSignal<Date>,
) -> AnyView {
    let Picking { chosen, today, bounds, .. } = picking;
    let day = Memo::new(move |_| first.get() + Days::new(at));
    let is_active = Memo::new(move |_| active.get() == day.get());
    view! {
        <div
            class="picker__day"
            role="gridcell"
            id=id.with_value(|id| format!("{id}-{at}"))
            data-at=at.to_string()
            data-other=move || (day.get().month() != month.get().month()).then_some("")
            tabindex=move || if is_active.get() { "0" } else { "-1" }
            aria-label=move || format::full_day(day.get())
            aria-selected=move || (chosen.get() == Some(day.get())).to_string()
            aria-current=move || (today == day.get()).then_some("date")
            aria-disabled=move || (!bounds.holds(day.get())).then_some("true")
        >
            {move || day.get().day()}
        </div>
    }
    .into_any()
}

fn in_days(day: Date, days: i64) -> Option<Date> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

fn in_months(day: Date, months: i32) -> Option<Date> {
    let count = Months::new(months.unsigned_abs());
    if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) }
}

/// Tab goes round within the sheet.
fn stay_inside(event: &web_sys::KeyboardEvent) {
    const STOPS: &str = "button, input, [role=gridcell][tabindex='0']";
    let sheet = event.current_target().and_then(|sheet| sheet.dyn_into::<web_sys::Element>().ok());
    let Some(stops) = sheet.and_then(|sheet| sheet.query_selector_all(STOPS).ok()) else { return };
    let last = stops.length().saturating_sub(1);
    let (from, to) = if event.shift_key() { (0, last) } else { (last, 0) };
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    if stops.item(from).is_some_and(|end| end.is_same_node(target.as_ref()))
        && let Some(next) = stops.item(to).and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok())
    {
        event.prevent_default();
        let _ = next.focus();
    }
}
