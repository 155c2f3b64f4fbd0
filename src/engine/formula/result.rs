//! From the result of a formula to the value that a field keeps.

use std::sync::Arc;

use rust_decimal::RoundingStrategy;

use crate::engine::formula::coerce;
use crate::engine::formula::function::{Clock, Fault, Operand};
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::{OptionId, RecordId};
use crate::model::value::{Money, Value};

/// The result as a value of the promised kind. Nothing is rounded; a blank stays blank.
pub fn as_value(operand: Operand, kind: ResultKind, clock: &Clock) -> Result<Value, Fault> {
    let value = match operand {
        Operand::One(value) => value,
        Operand::Many(mut values) => match (values.len(), kind) {
            (0, _) => Value::Empty,
            (1, _) => values.swap_remove(0),
            (_, ResultKind::Text) => {
                let texts: Vec<String> =
                    values.iter().map(|value| coerce::local_text_of(value, clock).into_owned()).collect();
                Value::text(&texts.join(", "))
            }
            _ => return Err(Fault::WrongValue),
        },
    };
    if value.is_empty() {
        return Ok(Value::Empty);
    }
    match kind {
        ResultKind::Text => match value {
            Value::Text(text) => Ok(Value::Text(text)),
            other => {
                let text = coerce::local_text_of(&other, clock);
                Ok(if text.is_empty() { Value::Empty } else { Value::Text(Arc::from(&*text)) })
            }
        },
        ResultKind::Number | ResultKind::Percent => coerce::number_of(&value).map(Value::Number),
        ResultKind::Money => match value {
            Value::Money(money) => Ok(Value::Money(money)),
            other => {
                let amount = coerce::number_of(&other)?;
                Ok(Value::Money(Money { amount, currency: clock.currency }))
            }
        },
        ResultKind::Date => coerce::date_of(&value, clock).map(Value::Date),
        ResultKind::Instant => coerce::moment_of(&value, clock).map(Value::Instant),
        ResultKind::Duration => match value {
            Value::Duration(seconds) => Ok(Value::Duration(seconds)),
            other => {
                let seconds =
                    coerce::number_of(&other)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
                i64::try_from(seconds).map(Value::Duration).map_err(|_| Fault::WrongNumber)
            }
        },
        ResultKind::Flag => coerce::flag_of(&value).map(Value::Flag),
    }
}

/// The result as a value that a field holds; none where it does not fit: a text that is no option, a text for a link.
pub fn into_field(operand: Operand, field: &Field, clock: &Clock) -> Option<Value> {
    match &field.kind {
        FieldKind::Money { currency, .. } => match as_value(operand, ResultKind::Money, clock).ok()? {
            // A bare number is in the field's own currency.
            Value::Money(money) if money.currency == clock.currency => {
                Some(Value::Money(Money { currency: currency.unwrap_or(money.currency), ..money }))
            }
            value => Some(value),
        },
        FieldKind::Choice { .. } => match values(operand).as_slice() {
            [] => Some(Value::Empty),
            [value, ..] if value.is_empty() => Some(Value::Empty),
            [value, ..] => option(field, value).map(Value::Choice),
        },
        FieldKind::Choices { .. } => {
            let options: Option<Vec<OptionId>> =
                values(operand).iter().filter(|value| !value.is_empty()).map(|value| option(field, value)).collect();
            options.map(|options| if options.is_empty() { Value::Empty } else { Value::Choices(options.into()) })
        }
        FieldKind::Link(_) => match values(operand).iter().flat_map(Value::links).next() {
            Some(link) => Some(Value::Link(*link)),
            None => Some(Value::Empty),
        },
        FieldKind::Links(_) => {
            let links: Vec<RecordId> = values(operand).iter().flat_map(|value| value.links().to_vec()).collect();
            Some(if links.is_empty() { Value::Empty } else { Value::Links(links.into()) })
        }
        FieldKind::Address | FieldKind::Location | FieldKind::Files | FieldKind::Signature => {
            values(operand).into_iter().next()
        }
        FieldKind::Lines { .. } | FieldKind::Formula { .. } | FieldKind::Lookup { .. } | FieldKind::Rollup(_) => None,
        plain => as_value(operand, plain.result()?, clock).ok(),
    }
}

fn values(operand: Operand) -> Vec<Value> {
    match operand {
        Operand::One(value) => vec![value],
        Operand::Many(values) => values,
    }
}

/// The option that a value names, by itself or by its text.
fn option(field: &Field, value: &Value) -> Option<OptionId> {
    let open = matches!(field.kind, FieldKind::Choices { open: true, .. });
    match value.options() {
        [option, ..] if field.option(*option).is_some() || open => Some(*option),
        _ => {
            let text = value.as_text()?;
            let known = field.options().iter().find(|option| option.id.as_str() == text || option.label.says(text));
            known.map(|option| option.id).or_else(|| open.then(|| OptionId::new(text)))
        }
    }
}
