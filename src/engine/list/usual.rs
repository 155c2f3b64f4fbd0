//! What stands below a column until somebody chooses otherwise: the sum where a sum says something, else the mean.

use crate::engine::formula::parse::{Binary, Expression, ExpressionKind, parse};
use crate::model::field::{Field, FieldKind, ResultKind, RollupFunction};
use crate::model::view::Total;

/// What stands below a column until somebody chooses otherwise: the sum of amounts, the mean of marks, shares and rates.
pub fn usual_total(source: &Field) -> Total {
    match (is_number(&source.kind) && !source.is_ungrouped(), is_summed(source)) {
        (false, _) => Total::None,
        (true, true) => Total::Sum,
        (true, false) => Total::Average,
    }
}

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

/// Whether a sum of the values says something; of shares, marks, points, means and figures per something only the mean does.
pub fn is_summed(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Percent(_)
        | FieldKind::Nps
        | FieldKind::Rating { .. }
        | FieldKind::Score
        | FieldKind::Formula { result: ResultKind::Percent, .. } => false,
        FieldKind::Formula { formula, .. } => !parse(formula).is_ok_and(|whole| is_rate(&whole)),
        FieldKind::Rollup(rollup) => rollup.function != RollupFunction::Average,
        _ => true,
    }
}

/// Whether a formula divides by something that differs from record to record: then it gives so much per something.
fn is_rate(expression: &Expression) -> bool {
    match &expression.what {
        ExpressionKind::Binary(Binary::Divide, one, other) => is_rate(one) || is_rate(other) || !is_factor(other),
        ExpressionKind::Binary(_, one, other) => is_rate(one) || is_rate(other),
        ExpressionKind::Unary(_, inner) => is_rate(inner),
        ExpressionKind::Call { arguments, .. } => arguments.iter().any(is_rate),
        ExpressionKind::Array(parts) => parts.iter().any(is_rate),
        ExpressionKind::Omitted
        | ExpressionKind::Number(_)
        | ExpressionKind::Text(_)
        | ExpressionKind::Flag(_)
        | ExpressionKind::Fault(_)
        | ExpressionKind::Name { .. } => false,
    }
}

/// Whether a divisor only scales, as `100` and `(1+tax/100)` do: an amount divided by it is an amount still.
fn is_factor(divisor: &Expression) -> bool {
    match &divisor.what {
        ExpressionKind::Number(_) => true,
        ExpressionKind::Unary(_, inner) => is_factor(inner),
        ExpressionKind::Binary(Binary::Add | Binary::Subtract, one, other) => is_factor(one) || is_factor(other),
        ExpressionKind::Binary(_, one, other) => is_factor(one) && is_factor(other),
        ExpressionKind::Call { arguments, .. } => !arguments.is_empty() && arguments.iter().all(is_factor),
        ExpressionKind::Omitted
        | ExpressionKind::Text(_)
        | ExpressionKind::Flag(_)
        | ExpressionKind::Fault(_)
        | ExpressionKind::Array(_)
        | ExpressionKind::Name { .. } => false,
    }
}
