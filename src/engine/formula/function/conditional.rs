//! Sums, counts and extremes of what meets criteria.
//!
//! They differ from a spreadsheet's in this: the lists of one call must be of equal length (`#VALUE!` otherwise), amounts keep
//! their currency, and `MAXIFS` and `MINIFS` also order days, giving a blank when no day meets the criteria.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::argument::{Answer, count, function, one, total};
use super::compare::Criterion;
use super::statistics;
use crate::engine::formula::coerce;
use crate::engine::formula::coerce::Unit;
use crate::engine::formula::function::Accepts::{self, Values};
use crate::engine::formula::function::{Call, Fault, Function, Gives};
use crate::model::value::Value;

const MEETS: Accepts = Accepts::Criterion;

pub(super) static FUNCTIONS: &[Function] = &[
    function("SUMIF", &["条件求和"], &[Values, MEETS, Values], 2, 0, Gives::Any, |call| sum(call, &single(call)?)),
    function("SUMIFS", &["多条件求和"], &[Values, Values, MEETS], 3, 2, Gives::SameAs(0), |call| {
        sum(call, &several(call, 1)?)
    }),
    function("COUNTIF", &["条件计数"], &[Values, MEETS], 2, 0, Gives::Number, |call| {
        let criterion = Criterion::new(call.value(1)?, call.clock);
        count(call.values(0).iter().filter(|value| criterion.holds(value)).count())
    }),
    function("COUNTIFS", &["多条件计数"], &[Values, MEETS], 2, 2, Gives::Number, |call| {
        count(matching(call, 0)?.len())
    }),
    function("AVERAGEIF", &["条件平均值", "条件平均"], &[Values, MEETS, Values], 2, 0, Gives::Any, |call| {
        average(&single(call)?)
    }),
    function(
        "AVERAGEIFS",
        &["多条件平均值", "多条件平均"],
        &[Values, Values, MEETS],
        3,
        2,
        Gives::SameAs(0),
        |call| average(&several(call, 1)?),
    ),
    function(
        "MAXIFS",
        &["条件最大值", "多条件最大值"],
        &[Values, Values, MEETS],
        3,
        2,
        Gives::SameAs(0),
        |call| extreme(call, Ordering::Greater),
    ),
    function(
        "MINIFS",
        &["条件最小值", "多条件最小值"],
        &[Values, Values, MEETS],
        3,
        2,
        Gives::SameAs(0),
        |call| extreme(call, Ordering::Less),
    ),
];

/// The values that one criterion picks: those of the third list, or of the first when there is no third.
fn single<'a>(call: &Call<'a>) -> Result<Vec<&'a Value>, Fault> {
    let tested = call.values(0);
    let taken = if call.has(2) { call.values(2) } else { tested };
    if tested.len() != taken.len() {
        return Err(Fault::WrongValue);
    }
    let criterion = Criterion::new(call.value(1)?, call.clock);
    Ok(tested.iter().zip(taken).filter(|(value, _)| criterion.holds(value)).map(|(_, taken)| taken).collect())
}

/// The values of the first list at the places where all criteria from argument `from` on hold.
fn several<'a>(call: &Call<'a>, from: usize) -> Result<Vec<&'a Value>, Fault> {
    let taken = call.values(0);
    if call.values(from).len() != taken.len() {
        return Err(Fault::WrongValue);
    }
    Ok(matching(call, from)?.into_iter().filter_map(|at| taken.get(at)).collect())
}

/// The places at which all pairs of list and criterion from argument `from` on hold.
fn matching(call: &Call<'_>, from: usize) -> Result<Vec<usize>, Fault> {
    let mut places: Vec<usize> = (0..call.values(from).len()).collect();
    for pair in (from..call.arguments.len()).step_by(2) {
        let tested = call.values(pair);
        if tested.len() != call.values(from).len() || !call.has(pair + 1) {
            return Err(Fault::WrongValue);
        }
        let criterion = call.value(pair + 1)?;
        // Reading a criterion costs more than a short list.
        if places.is_empty() {
            continue;
        }
        let criterion = Criterion::new(criterion, call.clock);
        places.retain(|at| criterion.holds(&tested[*at]));
    }
    Ok(places)
}

fn numbers(values: &[&Value]) -> Result<(Vec<Decimal>, Unit), Fault> {
    let unit = values.iter().try_fold(Unit::Plain, |unit, value| unit.and(value))?;
    Ok((values.iter().filter_map(|value| coerce::list_number(value)).collect(), unit))
}

fn sum(call: &Call<'_>, values: &[&Value]) -> Answer {
    let (numbers, unit) = numbers(values)?;
    if numbers.is_empty() {
        // Nothing met the criteria: zero, in the one currency that the list holds.
        let list = if call.arguments.len() == 3 && call.values(2).len() == call.values(0).len() { 2 } else { 0 };
        let unit = call.unit(list).or_else(|_| call.unit(0)).unwrap_or_default();
        return one(unit.value(Decimal::ZERO));
    }
    one(unit.value(total(&numbers)?))
}

fn average(values: &[&Value]) -> Answer {
    let (numbers, unit) = numbers(values)?;
    one(unit.value(statistics::mean(&numbers)?))
}

fn extreme(call: &Call<'_>, wanted: Ordering) -> Answer {
    let is_moment = |value: &Value| matches!(value, Value::Date(_) | Value::Instant(_));
    let found = several(call, 1)?.into_iter();
    let found = found.filter(|value| is_moment(value) || coerce::list_number(value).is_some()).cloned().collect();
    let nothing = || {
        if call.values(0).iter().any(is_moment) { Value::Empty } else { Value::integer(0) }
    };
    one(statistics::first_in_order(found, wanted, call.clock)?.unwrap_or_else(nothing))
}
