//! How the dates and numbers of a file are written: guessed, shown with what speaks for the guess, and changeable.

use leptos::ev;
use leptos::prelude::*;

use super::Sheet;
use super::source::{Source, count_text, shortened};
use crate::engine::transfer::{DateOrder, DecimalMark, Evidence};
use crate::model::field::FieldKind;
use crate::model::id::Currency;
use crate::model::state::Reader;
use crate::ui::part::icon;
use crate::ui::text::{t, tr};

/// The choices, as far as the file has dates or numbers at all.
pub fn body(sheet: Sheet, source: &Source) -> AnyView {
    let evidence = source.survey.evidence.clone();
    let dates = (evidence.dates > 0).then(|| dates(sheet, &evidence));
    let decimals = (evidence.marked > 0).then(|| decimals(sheet, &evidence));
    let has_money = {
        let evidence = evidence.clone();
        move || !evidence.currencies.is_empty() || takes_money(sheet)
    };
    let open = evidence.clone();
    let is_any = Memo::new(move |_| evidence.dates > 0 || evidence.marked > 0 || has_money());
    let currencies = StoredValue::new(open.currencies.clone());
    let has_currency = move || currencies.with_value(|known| !known.is_empty()) || takes_money(sheet);
    let warning = move || {
        let is_open = open.is_order_open() && sheet.mapping.with(|mapping| mapping.reading.dates.is_none());
        is_open.then(|| order_warning(&open))
    };
    view! {
        {warning}
        <Show when=move || is_any.get()>
            <div class="facts-line">
                {dates.clone().map(|draw| draw())}
                {decimals.clone().map(|draw| draw())}
                {move || has_currency().then(|| currency(sheet, currencies.get_value()))}
            </div>
        </Show>
    }
    .into_any()
}

/// Dates that can be read in two ways have to be settled by somebody who knows.
pub fn order_warning(evidence: &Evidence) -> AnyView {
    let count = evidence.dates.saturating_sub(evidence.year_first + evidence.day_first + evidence.month_first);
    let say = tr("import-dates-open", [("count", count.into()), ("example", shortened(&evidence.date_example).into())]);
    view! {
        <div class="banner banner--warn banner--inline" role="status">{icon("triangle-alert")}<p>{say}</p></div>
    }
    .into_any()
}

type Draw = std::sync::Arc<dyn Fn() -> AnyView + Send + Sync>;

fn dates(sheet: Sheet, evidence: &Evidence) -> Draw {
    let all = || ("dates", count_text(evidence.dates).into());
    let example = || ("example", evidence.date_example.as_str().into());
    let say = match (evidence.day_first, evidence.month_first, evidence.year_first) {
        (0, 0, years) if years == evidence.dates => tr("import-dates-year", [all(), example()]),
        (0, 0, _) => tr("import-dates-none", [all(), example()]),
        (days, 0, _) => tr("import-dates-day", [("count", days.into()), all(), example()]),
        (0, months, _) => tr("import-dates-month", [("count", months.into()), all(), example()]),
        (days, months, _) => {
            tr("import-dates-torn", [("days", count_text(days).into()), ("months", count_text(months).into())])
        }
    };
    let options = [
        (None, "import-dates-as-written"),
        (Some(DateOrder::DayFirst), "import-dates-day-first"),
        (Some(DateOrder::MonthFirst), "import-dates-month-first"),
        (Some(DateOrder::YearFirst), "import-dates-year-first"),
    ];
    std::sync::Arc::new(move || {
        choice(
            "import-dates",
            say.clone(),
            options.map(|(order, name)| (order, t(name))).to_vec(),
            move || sheet.mapping.with(|mapping| mapping.reading.dates),
            move |order| sheet.change(|mapping| mapping.reading.dates = order),
        )
    })
}

fn decimals(sheet: Sheet, evidence: &Evidence) -> Draw {
    let all = || ("numbers", count_text(evidence.marked).into());
    let example = || ("example", evidence.number_example.as_str().into());
    let say = match (evidence.point, evidence.comma) {
        (0, 0) => tr("import-decimals-none", [all()]),
        (point, 0) => tr("import-decimals-point", [("count", point.into()), all(), example()]),
        (0, comma) => tr("import-decimals-comma", [("count", comma.into()), all(), example()]),
        (point, comma) => {
            tr("import-decimals-torn", [("point", count_text(point).into()), ("comma", count_text(comma).into())])
        }
    };
    let options = [
        (None, "import-dates-as-written"),
        (Some(DecimalMark::Point), "import-decimals-as-point"),
        (Some(DecimalMark::Comma), "import-decimals-as-comma"),
    ];
    std::sync::Arc::new(move || {
        choice(
            "import-decimals",
            say.clone(),
            options.map(|(mark, name)| (mark, t(name))).to_vec(),
            move || sheet.mapping.with(|mapping| mapping.reading.decimals),
            move |mark| sheet.change(|mapping| mapping.reading.decimals = mark),
        )
    })
}

fn currency(sheet: Sheet, named: Vec<(Currency, usize)>) -> AnyView {
    const OTHERS: &[&str] =
        &["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "AUD", "CAD", "CHF", "INR", "KRW"];
    let own = sheet.app.ask(Reader::currency);
    let parts: Vec<String> = named
        .iter()
        .take(3)
        .map(|(currency, count)| {
            tr("import-currency-named", [("count", (*count).into()), ("currency", currency.to_string().into())])
        })
        .collect();
    let say = if parts.is_empty() {
        tr("import-currency-none", [("currency", own.to_string().into())])
    } else {
        parts.join(&t("import-list-separator"))
    };
    let mut codes: Vec<Currency> = named.into_iter().map(|(currency, _)| currency).collect();
    for currency in std::iter::once(own).chain(OTHERS.iter().map(|code| Currency::new(code))) {
        if !codes.contains(&currency) {
            codes.push(currency);
        }
    }
    let mut options = vec![(None, tr("import-currency-usual", [("currency", own.to_string().into())]))];
    options.extend(codes.into_iter().map(|currency| (Some(currency), currency.to_string())));
    choice(
        "import-currency",
        say,
        options,
        move || sheet.mapping.with(|mapping| mapping.reading.currency),
        move |currency| sheet.change(|mapping| mapping.reading.currency = currency),
    )
}

/// Whether a column goes into an amount.
fn takes_money(sheet: Sheet) -> bool {
    sheet.entity.with(|entity| {
        entity.as_ref().is_some_and(|entity| {
            sheet.mapping.with(|mapping| {
                let fields = mapping.columns.iter().filter_map(|column| entity.field(column.field?));
                fields.into_iter().any(|field| matches!(field.kind, FieldKind::Money { .. }))
            })
        })
    })
}

/// A choice with what speaks for the guess below it; `id` is also the key of its name.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    id: &'static str,
    say: String,
    options: Vec<(T, String)>,
    chosen: impl Fn() -> T + Copy + Send + Sync + 'static,
    choose: impl Fn(T) + 'static,
) -> AnyView {
    let values: Vec<T> = options.iter().map(|(value, _)| *value).collect();
    let shown: Vec<AnyView> = options
        .into_iter()
        .enumerate()
        .map(|(at, (value, text))| {
            view! { <option value=at.to_string() selected=move || chosen() == value>{text}</option> }.into_any()
        })
        .collect();
    let changed = move |event: ev::Event| {
        if let Some(value) = event_target_value(&event).parse::<usize>().ok().and_then(|at| values.get(at)) {
            choose(*value);
        }
    };
    let hint = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field__label" for=id>{t(id)}</label>
            <select class="input" id=id aria-describedby=hint.clone() on:change=changed>{shown}</select>
            <p class="field__hint" id=hint>{say}</p>
        </div>
    }
    .into_any()
}
