//! Between numbers, amounts of money and lengths of time. Rates of exchange are no business of the grammar.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::argument::{Answer, divide, function, number, one, text};
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{Any, Number, Text};
use crate::engine::formula::function::{Call, Fault, Function, Gives};
use crate::model::id::Currency;
use crate::model::value::{Money, Value};

pub(super) static FUNCTIONS: &[Function] = &[
    function("MONEY", &["金额", "货币金额"], &[Number, Text], 1, 0, Gives::Money, money),
    function("AMOUNT", &["数额", "金额数值"], &[Number], 1, 0, Gives::Number, |call| number(call.number(0)?)),
    function("CURRENCY", &["币种"], &[Any], 1, 0, Gives::Text, currency),
    function("DURATION", &["时长"], &[Number, Number, Number], 1, 0, Gives::Duration, duration),
    function("INDAYS", &["折合天数"], &[Number], 1, 0, Gives::Number, |call| in_unit(call, 86_400)),
    function("INHOURS", &["折合小时"], &[Number], 1, 0, Gives::Number, |call| in_unit(call, 3_600)),
    function("INMINUTES", &["折合分钟"], &[Number], 1, 0, Gives::Number, |call| in_unit(call, 60)),
    function("TONUMBER", &["转数字"], &[Any], 1, 0, Gives::Number, to_number),
    function("TOTEXT", &["转文本"], &[Any], 1, 0, Gives::Text, |call| text(call.text(0)?)),
];

/// A currency is three letters; other text would fill the table of names.
fn code(text: &str) -> Result<Currency, Fault> {
    let code = text.trim().to_ascii_uppercase();
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(Currency::new(&code)) } else { Err(Fault::WrongValue) }
}

fn money(call: &Call<'_>) -> Answer {
    let currency = match (call.has(1), call.value(0)?) {
        (true, _) => code(&call.text(1)?)?,
        (false, Value::Money(money)) => money.currency,
        (false, _) => call.clock.currency,
    };
    one(Value::Money(Money { amount: call.number(0)?, currency }))
}

fn currency(call: &Call<'_>) -> Answer {
    match call.value(0)? {
        Value::Money(money) => text(money.currency.as_str()),
        blank if blank.is_empty() => one(Value::Empty),
        _ => text(call.clock.currency.as_str()),
    }
}

/// Hours, minutes and seconds.
fn duration(call: &Call<'_>) -> Answer {
    let mut seconds = Decimal::ZERO;
    for (at, unit) in [(0, 3600), (1, 60), (2, 1)] {
        let part = call.number_or(at, Decimal::ZERO)?.checked_mul(Decimal::from(unit)).ok_or(Fault::WrongNumber)?;
        seconds = seconds.checked_add(part).ok_or(Fault::WrongNumber)?;
    }
    one(Value::Duration(seconds.round().to_i64().ok_or(Fault::WrongNumber)?))
}

fn in_unit(call: &Call<'_>, seconds: i64) -> Answer {
    number(divide(call.number(0)?, Decimal::from(seconds))?)
}

fn to_number(call: &Call<'_>) -> Answer {
    let value = call.value(0)?;
    if value.is_empty() { one(Value::Empty) } else { number(coerce::number_of(value)?) }
}
