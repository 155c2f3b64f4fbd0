//! Constants of logic and questions about values. Forms that leave arguments unevaluated belong to the evaluator.

use super::argument::{Answer, count, flag, function, integer, one};
use super::compare;
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{Any, Number, Values};
use crate::engine::formula::function::{Call, Fault, Function, Gives};
use crate::model::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("TRUE", &["真", "是"], &[], 0, 0, Gives::Flag, |_| flag(true)),
    function("FALSE", &["假", "否"], &[], 0, 0, Gives::Flag, |_| flag(false)),
    function("NA", &["无值", "不适用"], &[], 0, 0, Gives::Any, |_| Err(Fault::NotAvailable)),
    function("ISNUMBER", &["是数字"], &[Any], 1, 0, Gives::Flag, |call| {
        flag(single(call).is_some_and(|value| coerce::list_number(value).is_some()))
    }),
    function("ISTEXT", &["是文本"], &[Any], 1, 0, Gives::Flag, |call| {
        flag(single(call).is_some_and(|value| matches!(value, Value::Text(_) | Value::Choice(_))))
    }),
    function("ISNONTEXT", &["非文本"], &[Any], 1, 0, Gives::Flag, |call| {
        flag(!single(call).is_some_and(|value| matches!(value, Value::Text(_) | Value::Choice(_))))
    }),
    function("ISLOGICAL", &["是逻辑值"], &[Any], 1, 0, Gives::Flag, |call| {
        flag(single(call).is_some_and(|value| matches!(value, Value::Flag(_))))
    }),
    function("ISDATE", &["是日期"], &[Any], 1, 0, Gives::Flag, is_date),
    function("ISEVEN", &["是偶数"], &[Number], 1, 0, Gives::Flag, |call| flag(call.integer(0)? % 2 == 0)),
    function("ISODD", &["是奇数"], &[Number], 1, 0, Gives::Flag, |call| flag(call.integer(0)? % 2 != 0)),
    function("TYPE", &["类型"], &[Any], 1, 0, Gives::Number, type_code),
    function("COALESCE", &["首个非空", "取非空"], &[Any], 1, 1, Gives::SameAs(0), coalesce),
    function("INCLUDES", &["包含项", "列表包含"], &[Values, Any], 2, 1, Gives::Flag, includes),
    function("ISEMPTYLIST", &["列表为空"], &[Values], 1, 0, Gives::Flag, |call| {
        flag(call.values(0).iter().all(Value::is_empty))
    }),
    function("SIZE", &["个数", "列表长度"], &[Values], 1, 0, Gives::Number, |call| count(call.values(0).len())),
    function("BETWEEN", &["介于"], &[Any, Any, Any], 3, 0, Gives::Flag, between),
];

fn single<'a>(call: &Call<'a>) -> Option<&'a Value> {
    call.value(0).ok()
}

fn is_date(call: &Call<'_>) -> Answer {
    flag(match single(call) {
        Some(Value::Date(_) | Value::Instant(_)) => true,
        Some(Value::Text(text)) => coerce::read_moment(text).is_some(),
        _ => false,
    })
}

/// A spreadsheet's code: 1 a number or day, 2 text, 4 a flag, 64 a list.
fn type_code(call: &Call<'_>) -> Answer {
    integer(match call.value(0) {
        Err(_) => 64,
        Ok(Value::Flag(_)) => 4,
        Ok(Value::Text(_) | Value::Choice(_)) => 2,
        Ok(_) => 1,
    })
}

fn coalesce(call: &Call<'_>) -> Answer {
    let filled = call.arguments.iter().find(|operand| coerce::values_of(operand).iter().any(|value| !value.is_empty()));
    filled.cloned().map_or_else(|| one(Value::Empty), Ok)
}

/// Whether a list holds any of the values.
fn includes(call: &Call<'_>) -> Answer {
    let list = call.values(0);
    let mut wanted = call.arguments.iter().skip(1).flat_map(coerce::values_of).filter(|value| !value.is_empty());
    flag(wanted.any(|wanted| list.iter().any(|value| compare::same(value, wanted, call.clock))))
}

/// Whether a value lies between two others, both included; a blank does not.
fn between(call: &Call<'_>) -> Answer {
    let value = call.value(0)?;
    if value.is_empty() {
        return flag(false);
    }
    let order = |other: &Value| compare::order(value, other, call.clock).ok_or(Fault::WrongValue);
    flag(order(call.value(1)?)?.is_ge() && order(call.value(2)?)?.is_le())
}
