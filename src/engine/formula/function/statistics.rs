//! Statistics over lists.
//!
//! They differ from a spreadsheet's in this: `MIN`, `MAX`, `LARGE` and `SMALL` also order days and points in time, and amounts keep their currency.
//! Text and flags in a list are skipped; a single text must read as a number.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::FxHashSet;

use super::argument::{
    Answer, add, approximate, count, divide, function, multiply, number, one, power, subtract, total,
};
use super::compare;
use crate::engine::formula::coerce;
use crate::engine::formula::coerce::Unit;
use crate::engine::formula::function::Accepts::{Number, Numbers, Values};
use crate::engine::formula::function::{Call, Clock, Fault, Function, Gives, Operand};
use crate::model::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("AVERAGE", &["平均值", "平均"], &[Numbers], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, mean(&call.numbers_from(0)?)?)
    }),
    function("AVERAGEA", &["全部平均值"], &[Values], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, mean(&loose(call))?)
    }),
    function("MEDIAN", &["中位数"], &[Numbers], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, quantile(&sorted(call.numbers_from(0)?)?, Decimal::new(5, 1))?)
    }),
    function("MODE", &["众数"], &[Numbers], 1, 1, Gives::SameAs(0), mode),
    function("MIN", &["最小值", "最小"], &[Values], 1, 1, Gives::SameAs(0), |call| extreme(call, Ordering::Less)),
    function("MAX", &["最大值", "最大"], &[Values], 1, 1, Gives::SameAs(0), |call| {
        extreme(call, Ordering::Greater)
    }),
    function("MINA", &["全部最小值"], &[Values], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, loose(call).into_iter().min().unwrap_or_default())
    }),
    function("MAXA", &["全部最大值"], &[Values], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, loose(call).into_iter().max().unwrap_or_default())
    }),
    function("COUNT", &["计数"], &[Values], 1, 1, Gives::Number, count_numbers),
    function("COUNTA", &["非空计数", "计数非空"], &[Values], 1, 1, Gives::Number, |call| {
        count(all_values(call).filter(|value| !value.is_empty()).count())
    }),
    function("COUNTBLANK", &["空值计数", "计数空值"], &[Values], 1, 1, Gives::Number, |call| {
        count(all_values(call).filter(|value| value.is_empty()).count())
    }),
    function("COUNTUNIQUE", &["去重计数", "不重复计数"], &[Values], 1, 1, Gives::Number, |call| {
        count(distinct(all_values(call)).len())
    }),
    function("LARGE", &["第几大", "第k大值"], &[Values, Number], 2, 0, Gives::SameAs(0), |call| {
        nth(call, Ordering::Greater)
    }),
    function("SMALL", &["第几小", "第k小值"], &[Values, Number], 2, 0, Gives::SameAs(0), |call| {
        nth(call, Ordering::Less)
    }),
    function("RANK", &["排名", "名次"], &[Number, Numbers, Number], 2, 0, Gives::Number, rank),
    function("PERCENTILE", &["百分位数"], &[Numbers, Number], 2, 0, Gives::SameAs(0), |call| {
        percentile(call, call.number(1)?)
    }),
    function("QUARTILE", &["四分位数"], &[Numbers, Number], 2, 0, Gives::SameAs(0), |call| {
        percentile(call, Decimal::from(call.integer(1)?) / Decimal::from(4))
    }),
    function("PERCENTRANK", &["百分比排名"], &[Numbers, Number, Number], 2, 0, Gives::Number, percent_rank),
    function("STDEV", &["标准差"], &[Numbers], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, root(variance(&call.numbers_from(0)?, 1)?)?)
    }),
    function("STDEVP", &["总体标准差"], &[Numbers], 1, 1, Gives::SameAs(0), |call| {
        in_unit(call, root(variance(&call.numbers_from(0)?, 0)?)?)
    }),
    function("VAR", &["方差"], &[Numbers], 1, 1, Gives::Number, |call| number(variance(&call.numbers_from(0)?, 1)?)),
    function("VARP", &["总体方差"], &[Numbers], 1, 1, Gives::Number, |call| {
        number(variance(&call.numbers_from(0)?, 0)?)
    }),
    function("AVEDEV", &["平均偏差"], &[Numbers], 1, 1, Gives::SameAs(0), mean_deviation),
    function("GEOMEAN", &["几何平均值"], &[Numbers], 1, 1, Gives::Number, geometric_mean),
    function("HARMEAN", &["调和平均值"], &[Numbers], 1, 1, Gives::Number, harmonic_mean),
    function("TRIMMEAN", &["截尾平均值"], &[Numbers, Number], 2, 0, Gives::SameAs(0), trimmed_mean),
    function("CORREL", &["相关系数"], &[Numbers, Numbers], 2, 0, Gives::Number, correlation),
    function("SLOPE", &["斜率"], &[Numbers, Numbers], 2, 0, Gives::Number, |call| {
        number(line(call.values(0), call.values(1))?.slope)
    }),
    function("INTERCEPT", &["截距"], &[Numbers, Numbers], 2, 0, Gives::Number, |call| {
        number(line(call.values(0), call.values(1))?.at(Decimal::ZERO)?)
    }),
    function("FORECAST", &["线性预测", "预测"], &[Number, Numbers, Numbers], 3, 0, Gives::Number, |call| {
        number(line(call.values(1), call.values(2))?.at(call.number(0)?)?)
    }),
    function("UNIQUE", &["去重"], &[Values], 1, 0, Gives::ListOf(0), |call| {
        Ok(Operand::Many(distinct(call.values(0).iter()).into_iter().cloned().collect()))
    }),
    function("SORT", &["排序"], &[Values, Number], 1, 0, Gives::ListOf(0), sort),
];

fn all_values<'a>(call: &Call<'a>) -> impl Iterator<Item = &'a Value> {
    call.arguments.iter().flat_map(coerce::values_of)
}

fn in_unit(call: &Call<'_>, result: Decimal) -> Answer {
    one(Unit::of(call.arguments)?.value(result))
}

fn in_first_unit(call: &Call<'_>, result: Decimal) -> Answer {
    one(call.unit(0)?.value(result))
}

/// The numbers as the functions with an A see them: a flag is 1 or 0, text is 0, blanks are skipped.
fn loose(call: &Call<'_>) -> Vec<Decimal> {
    let filled = all_values(call).filter(|value| !value.is_empty());
    filled.map(|value| value.as_number().unwrap_or_default()).collect()
}

/// The mean of some numbers; of none there is none.
pub(super) fn mean(numbers: &[Decimal]) -> Result<Decimal, Fault> {
    divide(total(numbers)?, Decimal::from(numbers.len()))
}

fn sorted(mut numbers: Vec<Decimal>) -> Result<Vec<Decimal>, Fault> {
    if numbers.is_empty() {
        return Err(Fault::WrongNumber);
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The value below which a part of the sorted numbers lies, between neighbours in proportion.
fn quantile(numbers: &[Decimal], part: Decimal) -> Result<Decimal, Fault> {
    if part < Decimal::ZERO || part > Decimal::ONE {
        return Err(Fault::WrongNumber);
    }
    let last = numbers.len().checked_sub(1).ok_or(Fault::WrongNumber)?;
    let position = part * Decimal::from(last);
    let below = position.floor().to_usize().ok_or(Fault::WrongNumber)?;
    let low = numbers[below];
    let high = numbers[(below + 1).min(last)];
    add(low, multiply(subtract(high, low)?, position.fract())?)
}

fn percentile(call: &Call<'_>, part: Decimal) -> Answer {
    in_first_unit(call, quantile(&sorted(call.numbers(0)?)?, part)?)
}

fn percent_rank(call: &Call<'_>) -> Answer {
    let numbers = sorted(call.numbers(0)?)?;
    let x = call.number(1)?;
    let digits = u32::try_from(call.integer_or(2, 3)?).ok().filter(|digits| *digits >= 1).ok_or(Fault::WrongNumber)?;
    let last = Decimal::from(numbers.len() - 1);
    if x < numbers[0] || x > numbers[numbers.len() - 1] {
        return Err(Fault::NotAvailable);
    }
    if numbers.len() == 1 {
        return count(1);
    }
    let below = numbers.partition_point(|number| *number < x);
    let mut position = Decimal::from(below);
    if numbers[below] != x {
        let (low, high) = (numbers[below - 1], numbers[below]);
        position = Decimal::from(below - 1) + divide(subtract(x, low)?, subtract(high, low)?)?;
    }
    number(divide(position, last)?.trunc_with_scale(digits.min(28)))
}

fn mode(call: &Call<'_>) -> Answer {
    let numbers = call.numbers_from(0)?;
    let mut counts = rustc_hash::FxHashMap::default();
    for number in &numbers {
        *counts.entry(number.normalize()).or_insert(0usize) += 1;
    }
    let most = counts.values().copied().max().unwrap_or_default();
    let first = numbers.iter().find(|number| counts.get(&number.normalize()) == Some(&most));
    match first {
        Some(number) if most > 1 => in_unit(call, *number),
        _ => Err(Fault::NotAvailable),
    }
}

/// The values that have an order: numbers and moments. A single text must read as a number.
fn ordered(operand: &Operand, kept: &mut Vec<Value>) -> Result<(), Fault> {
    let orders =
        |value: &Value| matches!(value, Value::Date(_) | Value::Instant(_)) || coerce::list_number(value).is_some();
    match operand {
        Operand::One(value) if value.is_empty() => {}
        Operand::One(value) if orders(value) => kept.push(value.clone()),
        Operand::One(value) => kept.push(Value::Number(coerce::number_of(value)?)),
        Operand::Many(values) => kept.extend(values.iter().filter(|value| orders(value)).cloned()),
    }
    Ok(())
}

/// The first value in an order; nothing of nothing.
pub(super) fn first_in_order(values: Vec<Value>, wanted: Ordering, clock: &Clock) -> Result<Option<Value>, Fault> {
    let unit = values.iter().try_fold(Unit::Plain, Unit::and)?;
    let mut best: Option<Value> = None;
    for value in values {
        let better = match &best {
            Some(best) => compare::order(&value, best, clock).ok_or(Fault::WrongValue)? == wanted,
            None => true,
        };
        if better {
            best = Some(value);
        }
    }
    Ok(best.map(|best| match coerce::list_number(&best) {
        Some(number) => unit.value(number),
        None => best,
    }))
}

fn extreme(call: &Call<'_>, wanted: Ordering) -> Answer {
    let mut values = Vec::new();
    for operand in call.arguments {
        ordered(operand, &mut values)?;
    }
    one(first_in_order(values, wanted, call.clock)?.unwrap_or_else(|| Value::integer(0)))
}

fn nth(call: &Call<'_>, wanted: Ordering) -> Answer {
    let mut values = Vec::new();
    call.arguments.first().map_or(Ok(()), |operand| ordered(operand, &mut values))?;
    call.unit(0)?;
    let place = call.number(1)?.ceil().to_usize().filter(|place| (1..=values.len()).contains(place));
    let place = place.ok_or(Fault::WrongNumber)? - 1;
    if values.iter().any(|value| compare::order(value, &values[0], call.clock).is_none()) {
        return Err(Fault::WrongValue);
    }
    values.sort_by(|a, b| {
        let order = compare::order(a, b, call.clock).unwrap_or(Ordering::Equal);
        if wanted == Ordering::Less { order } else { order.reverse() }
    });
    one(values.swap_remove(place))
}

fn count_numbers(call: &Call<'_>) -> Answer {
    let mut found = 0;
    for operand in call.arguments {
        found += match operand {
            Operand::One(Value::Text(text)) => usize::from(coerce::read_number(text).is_some()),
            Operand::One(Value::Flag(_)) => 1,
            _ => coerce::values_of(operand).iter().filter(|value| counts(value)).count(),
        };
    }
    count(found)
}

fn counts(value: &Value) -> bool {
    matches!(value, Value::Date(_) | Value::Instant(_)) || coerce::list_number(value).is_some()
}

/// The first of all equal values, blanks left out; text counts as equal in any case.
fn distinct<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<&'a Value> {
    let mut seen = FxHashSet::default();
    let mut kept = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        let key = match value {
            Value::Text(text) => Value::Text(compare::fold(text).into()),
            other => other.clone(),
        };
        if seen.insert(key) {
            kept.push(value);
        }
    }
    kept
}

fn rank(call: &Call<'_>) -> Answer {
    let (x, numbers) = (call.number(0)?, call.numbers(1)?);
    if !numbers.contains(&x) {
        return Err(Fault::NotAvailable);
    }
    let ascending = !call.number_or(2, Decimal::ZERO)?.is_zero();
    count(1 + numbers.iter().filter(|number| if ascending { **number < x } else { **number > x }).count())
}

/// The mean square distance from the mean, over the count less `fewer`.
fn variance(numbers: &[Decimal], fewer: usize) -> Result<Decimal, Fault> {
    let mean = mean(numbers)?;
    let mut squares = Decimal::ZERO;
    for number in numbers {
        let distance = subtract(*number, mean)?;
        squares = add(squares, multiply(distance, distance)?)?;
    }
    divide(squares, Decimal::from(numbers.len() - fewer))
}

fn root(square: Decimal) -> Result<Decimal, Fault> {
    if square.is_zero() { Ok(Decimal::ZERO) } else { power(square, Decimal::new(5, 1)) }
}

fn mean_deviation(call: &Call<'_>) -> Answer {
    let numbers = call.numbers_from(0)?;
    let middle = mean(&numbers)?;
    let distances = numbers.iter().map(|number| Ok(subtract(*number, middle)?.abs()));
    let distances = distances.collect::<Result<Vec<_>, Fault>>()?;
    in_unit(call, mean(&distances)?)
}

fn all_positive(numbers: &[Decimal]) -> Result<(), Fault> {
    let positive = !numbers.is_empty() && numbers.iter().all(|number| *number > Decimal::ZERO);
    if positive { Ok(()) } else { Err(Fault::WrongNumber) }
}

fn geometric_mean(call: &Call<'_>) -> Answer {
    let numbers = call.numbers_from(0)?;
    all_positive(&numbers)?;
    let logarithms: f64 = numbers.iter().filter_map(ToPrimitive::to_f64).map(f64::ln).sum();
    // A list of any length is short against the precision of a float.
    number(approximate((logarithms / numbers.len() as f64).exp())?)
}

fn harmonic_mean(call: &Call<'_>) -> Answer {
    let numbers = call.numbers_from(0)?;
    all_positive(&numbers)?;
    let inverses = numbers.iter().map(|x| divide(Decimal::ONE, *x)).collect::<Result<Vec<_>, _>>()?;
    number(divide(Decimal::from(numbers.len()), total(&inverses)?)?.round_dp(24).normalize())
}

fn trimmed_mean(call: &Call<'_>) -> Answer {
    let (numbers, part) = (sorted(call.numbers(0)?)?, call.number(1)?);
    if part < Decimal::ZERO || part >= Decimal::ONE {
        return Err(Fault::WrongNumber);
    }
    let cut = (part * Decimal::from(numbers.len()) / Decimal::TWO).floor().to_usize().unwrap_or_default();
    in_first_unit(call, mean(&numbers[cut..numbers.len() - cut])?)
}

struct Sums {
    mean_x: Decimal,
    mean_y: Decimal,
    xx: Decimal,
    yy: Decimal,
    xy: Decimal,
}

/// Sums over pairs in which both are numbers.
fn sums(ys: &[Value], xs: &[Value]) -> Result<Sums, Fault> {
    if xs.len() != ys.len() {
        return Err(Fault::NotAvailable);
    }
    let pairs = xs.iter().zip(ys).filter_map(|(x, y)| Some((coerce::list_number(x)?, coerce::list_number(y)?)));
    let (all_x, all_y): (Vec<_>, Vec<_>) = pairs.unzip();
    let (mean_x, mean_y) = (mean(&all_x)?, mean(&all_y)?);
    let mut sums = Sums { mean_x, mean_y, xx: Decimal::ZERO, yy: Decimal::ZERO, xy: Decimal::ZERO };
    for (x, y) in all_x.into_iter().zip(all_y) {
        let (x, y) = (subtract(x, mean_x)?, subtract(y, mean_y)?);
        sums.xx = add(sums.xx, multiply(x, x)?)?;
        sums.yy = add(sums.yy, multiply(y, y)?)?;
        sums.xy = add(sums.xy, multiply(x, y)?)?;
    }
    Ok(sums)
}

struct Line {
    slope: Decimal,
    mean_x: Decimal,
    mean_y: Decimal,
}

impl Line {
    fn at(&self, x: Decimal) -> Result<Decimal, Fault> {
        add(self.mean_y, multiply(self.slope, subtract(x, self.mean_x)?)?)
    }
}

/// The straight line of least squares.
fn line(ys: &[Value], xs: &[Value]) -> Result<Line, Fault> {
    let sums = sums(ys, xs)?;
    Ok(Line { slope: divide(sums.xy, sums.xx)?, mean_x: sums.mean_x, mean_y: sums.mean_y })
}

fn correlation(call: &Call<'_>) -> Answer {
    let sums = sums(call.values(0), call.values(1))?;
    number(divide(sums.xy, multiply(root(sums.xx)?, root(sums.yy)?)?)?.round_dp(15).normalize())
}

fn sort(call: &Call<'_>) -> Answer {
    let mut values: Vec<Value> = call.values(0).to_vec();
    let descending = call.integer_or(1, 1)? < 0;
    values.sort_by(|a, b| {
        // Blanks stay last in either direction.
        let blanks = a.is_empty().cmp(&b.is_empty());
        let order = a.compare(b);
        blanks.then(if descending { order.reverse() } else { order })
    });
    Ok(Operand::Many(values))
}
