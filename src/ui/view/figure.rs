//! Sums and means of a column as a line of text.

use rust_decimal::Decimal;

use crate::engine::list::Sum;
use crate::model::field::{Field, FieldKind, ResultKind, RollupFunction};
use crate::model::value::Money;
use crate::ui::format;

/// Whether a kind holds numbers, which stand on the right; stars are a picture.
pub fn is_number(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Rating { .. } => false,
        FieldKind::Rollup(rollup) => match rollup.function {
            RollupFunction::Count | RollupFunction::Sum | RollupFunction::Average => true,
            RollupFunction::Min | RollupFunction::Max | RollupFunction::First | RollupFunction::Last => false,
        },
        other => other.result().is_some_and(ResultKind::is_number),
    }
}

/// Whether a sum of the values says something; of shares, marks and points only the mean does.
pub fn is_summed(field: &Field) -> bool {
    !matches!(
        field.kind,
        FieldKind::Percent(_)
            | FieldKind::Nps
            | FieldKind::Rating { .. }
            | FieldKind::Score
            | FieldKind::Formula { result: ResultKind::Percent, .. }
    )
}

/// Sums, one after the other if there are several currencies.
pub fn sums(field: &Field, sums: &[Sum]) -> String {
    sums.iter().map(|sum| amount(field, sum, sum.total)).collect::<Vec<String>>().join(" · ")
}

/// The mean of the values, if there are any.
pub fn mean(field: &Field, sums: &[Sum]) -> Option<String> {
    let sum = sums.first()?;
    Some(amount(field, sum, sum.average()?.round_dp(1)))
}

fn amount(field: &Field, sum: &Sum, number: Decimal) -> String {
    // Of thousands nobody asks for the cents.
    let digits = if number.abs() >= Decimal::ONE_THOUSAND { 0 } else { 2 };
    match (sum.currency, &field.kind) {
        (Some(currency), _) => format::money(Money { amount: number.round_dp(digits), currency }),
        (None, FieldKind::Percent(_) | FieldKind::Formula { result: ResultKind::Percent, .. }) => {
            format!("{}%", format::number(number, None))
        }
        (None, FieldKind::Duration | FieldKind::Formula { result: ResultKind::Duration, .. }) => {
            format!("{} h", format::number((number / Decimal::from(3_600)).round_dp(1), None))
        }
        (None, _) => format::number(number.round_dp(digits), None),
    }
}
