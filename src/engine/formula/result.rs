//! From the result of a formula to the value that a field keeps.

use std::sync::Arc;

use rust_decimal::RoundingStrategy;

use crate::engine::formula::coerce;
use crate::engine::formula::function::{Clock, Fault, Operand};
use crate::model::field::ResultKind;
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
