//! Days as lists: what a phone has room for.

use leptos::prelude::*;

use super::bar::{hue, tint, title, told};
use super::{Table, begin, plus_days};
use crate::engine::schedule::{self, Span};
use crate::model::time::Date;
use crate::ui::format;
use crate::ui::part::{icon, icon_button};
use crate::ui::route::Route;
use crate::ui::text::{t, tr};
use crate::ui::view::tint::word;

/// The day that one is at.
pub fn day(table: Table) -> AnyView {
    view! { <div class="cal__agenda">{move || list(table, table.day.get())}</div> }.into_any()
}

/// The seven days of the week that one is at.
pub fn week(table: Table) -> AnyView {
    let first = Memo::new(move |_| schedule::week_of(table.day.get(), table.app.reckoning().week_start()));
    let days = move || (0..7).map(|at| list(table, plus_days(first.get(), at))).collect::<Vec<AnyView>>();
    view! { <div class="cal__agenda">{days}</div> }.into_any()
}

fn list(table: Table, day: Date) -> AnyView {
    let mut here: Vec<Span> = table.spans.with(|spans| spans.iter().filter(|span| span.is_on(day)).copied().collect());
    here.sort_by_key(|span| (span.is_timed, span.start));
    let heading = format!("agenda-{day}");
    let labelled = heading.clone();
    let items: Vec<AnyView> = here.into_iter().map(|span| item(table, span, day)).collect();
    let body = match items.is_empty() {
        true => view! { <p class="cal__free">{t("calendar-free")}</p> }.into_any(),
        false => view! { <ul class="cal__items">{items}</ul> }.into_any(),
    };
    let add = tr("calendar-add-on", [("day", format::full_day(day).into())]);
    view! {
        <section aria-labelledby=labelled data-today=(table.app.day() == day).then_some("")>
            <header class="cal__agenda-head">
                <h3 id=heading>{format::full_day(day)}</h3>
                <span class="push">{icon_button(add, "plus", move || begin(table, day, None))}</span>
            </header>
            {body}
        </section>
    }
    .into_any()
}

fn item(table: Table, span: Span, day: Date) -> AnyView {
    let id = span.record;
    let hour = match span.is_timed && span.first() == day {
        true => format::time(span.start.time()),
        false => t("calendar-all-day"),
    };
    let tint = tint(table, id);
    let href = Route::Record { entity: table.lens.entity, id }.href();
    view! {
        <li>
            <a class="cal__item" href=href data-record=id.to_string() data-hue=move || hue(table, id, tint)>
                <span class="cal__hour">{hour}</span>
                <span class="cal__item-text">
                    <span class="cal__name">{move || title(table, id)}</span>
                    <span class="cal__told">{move || told(table, id)}</span>
                    {move || word(tint.get())}
                </span>
                {icon("chevron-right")}
            </a>
        </li>
    }
    .into_any()
}
