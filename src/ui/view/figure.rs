//! Sums and means of a column as a line of text.

use leptos::prelude::use_context;
use rust_decimal::Decimal;

use crate::app::App;
use crate::engine::list::{self, Figure, Sum, Tally};
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::value::{Money, Value, rounded};
use crate::model::view::Total;
use crate::ui::format;
use crate::ui::text::{t, tr};

pub use crate::engine::list::{is_number, is_summed};

/// Sums, one after the other if there are several currencies; in front of them what they are worth together, where there are rates.
pub fn sums(field: &Field, sums: &[Sum]) -> String {
    let each = sums.iter().map(|sum| amount(field, sum, sum.total)).collect::<Vec<String>>().join(" · ");
    match together(sums) {
        Some(all) => tr("figure-together", [("all", amount(field, &all, all.total).into()), ("each", each.into())]),
        None => each,
    }
}

/// Sums in several currencies as one, at today's rates.
fn together(sums: &[Sum]) -> Option<Sum> {
    let app = (sums.len() > 1).then(use_context::<App>).flatten()?;
    list::together(&*app.workspace()?, sums, app.day())
}

/// The mean of the values, if there are any; one for each currency.
pub fn mean(field: &Field, sums: &[Sum]) -> Option<String> {
    let each: Vec<String> =
        sums.iter().filter_map(|sum| Some(amount(field, sum, rounded(sum.average()?, 2)))).collect();
    (!each.is_empty()).then(|| each.join(" · "))
}

/// The totals that a column knows.
pub fn totals(source: &Field) -> &'static [Total] {
    use Total::{Average, Distinct, Filled, Max, Min, None, Sum};
    let holds_days = matches!(source.kind.result(), Some(ResultKind::Date | ResultKind::Instant));
    match (is_number(&source.kind), holds_days) {
        (true, _) => &[None, Sum, Average, Min, Max, Filled, Distinct],
        (false, true) => &[None, Min, Max, Filled, Distinct],
        (false, false) => &[None, Filled, Distinct],
    }
}

/// What a total is called.
pub fn total_name(total: Total) -> String {
    t(match total {
        Total::None => "total-none",
        Total::Filled => "total-filled",
        Total::Distinct => "total-distinct",
        Total::Sum => "list-sum",
        Total::Average => "list-average",
        Total::Min => "total-min",
        Total::Max => "total-max",
    })
}

/// What a column comes to; nothing where it holds nothing.
pub fn total(field: &Field, tally: &Tally) -> Option<String> {
    match &tally.figure {
        Figure::Sums(found) if tally.total == Total::Average => mean(field, found),
        Figure::Sums(found) if found.is_empty() => None,
        Figure::Sums(found) => Some(sums(field, found)),
        Figure::Count(count) => Some(format::number(Decimal::from(*count), Some(0))),
        Figure::Ends(ends) => {
            let ends: Vec<String> = ends.iter().map(|end| self::end(field, end)).collect();
            (!ends.is_empty()).then(|| ends.join(" · "))
        }
    }
}

/// The same in few letters, for where the whole has no room; nothing where it cannot be said shorter.
pub fn brief(field: &Field, tally: &Tally) -> Option<String> {
    let Figure::Sums(found) = &tally.figure else { return None };
    let is_plain = !matches!(
        field.kind,
        FieldKind::Percent(_)
            | FieldKind::Duration
            | FieldKind::Formula { result: ResultKind::Percent | ResultKind::Duration, .. }
    );
    let all = together(found);
    let [one] = all.as_ref().map_or(&found[..], std::slice::from_ref) else { return None };
    let number = if tally.total == Total::Average { one.average()? } else { one.total };
    (is_plain && number.abs() >= Decimal::from(10_000)).then(|| {
        let brief = format::brief(number, one.currency);
        if found.len() > 1 { format!("≈ {brief}") } else { brief }
    })
}

fn end(field: &Field, value: &Value) -> String {
    let plain = |total: Decimal| amount(field, &Sum { currency: None, total, count: 1 }, total);
    match value {
        Value::Money(money) => format::money(*money),
        Value::Number(number) => plain(*number),
        Value::Duration(seconds) => plain(Decimal::from(*seconds)),
        Value::Date(day) => format::day(*day),
        Value::Instant(at) => format::instant(*at),
        other => other.as_text().unwrap_or_default().to_owned(),
    }
}

fn amount(field: &Field, sum: &Sum, number: Decimal) -> String {
    // Of thousands nobody asks for the cents.
    let digits = if number.abs() >= Decimal::ONE_THOUSAND { 0 } else { 2 };
    match (sum.currency, &field.kind) {
        (Some(currency), _) => format::money(Money { amount: rounded(number, digits), currency }),
        (None, FieldKind::Percent(_) | FieldKind::Formula { result: ResultKind::Percent, .. }) => {
            format!("{}%", format::number(number, None))
        }
        (None, FieldKind::Duration | FieldKind::Formula { result: ResultKind::Duration, .. }) => {
            format!("{} h", format::number((number / Decimal::from(3_600)).round_dp(1), None))
        }
        (None, _) => format::number(rounded(number, digits), None),
    }
}
