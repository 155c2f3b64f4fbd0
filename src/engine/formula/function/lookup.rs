//! Finding values in lists.
//!
//! They differ from a spreadsheet's in this: a list has one dimension, a place outside it is `#N/A`, and a search for the nearest
//! value does not need a sorted list.

use std::cmp::Ordering;

use super::argument::{Answer, count, function, one, text};
use super::compare::{self, Wildcard};
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{Any, Number, Text, Values};
use crate::engine::formula::function::{Call, Clock, Fault, Function, Gives, Operand};
use crate::model::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("ME", &["我", "本人"], &[], 0, 0, Gives::Link, |call| {
        one(call.clock.actor.map_or(Value::Empty, Value::Link))
    }),
    function("INDEX", &["索引", "取第几个"], &[Values, Number], 2, 0, Gives::SameAs(0), index),
    function("MATCH", &["匹配", "匹配位置"], &[Any, Values, Number], 2, 0, Gives::Number, position),
    function("LOOKUP", &["区间查找"], &[Any, Values, Values], 2, 0, Gives::Any, lookup),
    function(
        "XLOOKUP",
        &["查询", "查找引用"],
        &[Any, Values, Values, Any, Number, Number],
        3,
        0,
        Gives::SameAs(2),
        find,
    ),
    function("FIRST", &["第一个", "首项"], &[Values], 1, 0, Gives::SameAs(0), |call| {
        one(call.values(0).iter().find(|value| !value.is_empty()).cloned().unwrap_or_default())
    }),
    function("LAST", &["最后一个", "末项"], &[Values], 1, 0, Gives::SameAs(0), |call| {
        one(call.values(0).iter().rev().find(|value| !value.is_empty()).cloned().unwrap_or_default())
    }),
    function("TAKE", &["取前几个"], &[Values, Number], 2, 0, Gives::ListOf(0), |call| {
        part(call, |list, n| &list[..n])
    }),
    function("DROP", &["去前几个"], &[Values, Number], 2, 0, Gives::ListOf(0), |call| {
        part(call, |list, n| &list[n..])
    }),
    function("REVERSE", &["倒序"], &[Values], 1, 0, Gives::ListOf(0), |call| {
        Ok(Operand::Many(call.values(0).iter().rev().cloned().collect()))
    }),
    function("JOIN", &["拼接", "列表拼接"], &[Values, Text], 1, 0, Gives::Text, join),
];

fn index(call: &Call<'_>) -> Answer {
    let place = usize::try_from(call.integer(1)?).map_err(|_| Fault::WrongValue)?;
    let place = place.checked_sub(1).ok_or(Fault::WrongValue)?;
    call.values(0).get(place).cloned().map_or(Err(Fault::NotAvailable), one)
}

/// How near is near enough.
#[derive(Clone, Copy)]
enum Nearness {
    Exact,
    Wildcard,
    OrSmaller,
    OrLarger,
}

#[derive(Clone, Copy)]
enum From {
    Start,
    End,
}

fn position(call: &Call<'_>) -> Answer {
    let nearness = match call.integer_or(2, 1)? {
        0 => Nearness::Wildcard,
        1.. => Nearness::OrSmaller,
        _ => Nearness::OrLarger,
    };
    let from = if matches!(nearness, Nearness::OrSmaller) { From::End } else { From::Start };
    match place(call.value(0)?, call.values(1), nearness, from, call.clock) {
        Some(at) => count(at + 1),
        None => Err(Fault::NotAvailable),
    }
}

fn lookup(call: &Call<'_>) -> Answer {
    let results = if call.has(2) { call.values(2) } else { call.values(1) };
    let at = place(call.value(0)?, call.values(1), Nearness::OrSmaller, From::End, call.clock);
    at.and_then(|at| results.get(at)).cloned().map_or(Err(Fault::NotAvailable), one)
}

fn find(call: &Call<'_>) -> Answer {
    let (list, results) = (call.values(1), call.values(2));
    if list.len() != results.len() {
        return Err(Fault::WrongValue);
    }
    let nearness = match call.integer_or(4, 0)? {
        0 => Nearness::Exact,
        -1 => Nearness::OrSmaller,
        1 => Nearness::OrLarger,
        2 => Nearness::Wildcard,
        _ => return Err(Fault::WrongValue),
    };
    let from = match call.integer_or(5, 1)? {
        1 | 2 => From::Start,
        -1 | -2 => From::End,
        _ => return Err(Fault::WrongValue),
    };
    match place(call.value(0)?, list, nearness, from, call.clock) {
        Some(at) => one(results[at].clone()),
        None if call.has(3) && !call.value(3)?.is_empty() => one(call.value(3)?.clone()),
        None => Err(Fault::NotAvailable),
    }
}

fn place(wanted: &Value, list: &[Value], nearness: Nearness, from: From, clock: &Clock) -> Option<usize> {
    let first = |test: &dyn Fn(&Value) -> bool| match from {
        From::Start => list.iter().position(test),
        From::End => list.iter().rposition(test),
    };
    match nearness {
        Nearness::Exact => first(&|value| compare::same(value, wanted, clock)),
        Nearness::Wildcard => match wanted {
            Value::Text(text) if text.contains(['*', '?', '~']) => {
                let wildcard = Wildcard::new(text);
                first(&|value| value.as_text().is_some_and(|text| wildcard.matches(text)))
            }
            _ => first(&|value| compare::same(value, wanted, clock)),
        },
        Nearness::OrSmaller => nearest(wanted, list, Ordering::Less, from, clock),
        Nearness::OrLarger => nearest(wanted, list, Ordering::Greater, from, clock),
    }
}

/// The place of the value nearest to the wanted one on that side of it.
fn nearest(wanted: &Value, list: &[Value], side: Ordering, from: From, clock: &Clock) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (at, value) in list.iter().enumerate() {
        let Some(order) = compare::order(value, wanted, clock) else {
            continue;
        };
        if order != side && order != Ordering::Equal {
            continue;
        }
        let better = match best {
            None => true,
            Some(best) => match compare::order(value, &list[best], clock) {
                Some(Ordering::Equal) => matches!(from, From::End),
                Some(order) => order != side,
                None => false,
            },
        };
        if better {
            best = Some(at);
        }
    }
    best
}

/// The part of a list that a count from its start, or from its end when negative, separates.
fn part(call: &Call<'_>, pick: fn(&[Value], usize) -> &[Value]) -> Answer {
    let (list, wanted) = (call.values(0), call.integer(1)?);
    let size = usize::try_from(wanted.unsigned_abs()).unwrap_or(usize::MAX).min(list.len());
    if wanted >= 0 {
        return Ok(Operand::Many(pick(list, size).to_vec()));
    }
    let reversed: Vec<Value> = list.iter().rev().cloned().collect();
    Ok(Operand::Many(pick(&reversed, size).iter().rev().cloned().collect()))
}

fn join(call: &Call<'_>) -> Answer {
    let separator = call.text_or(1, ", ")?;
    let filled = call.values(0).iter().filter(|value| !value.is_empty());
    text(filled.map(|value| coerce::local_text_of(value, call.clock)).collect::<Vec<_>>().join(&separator))
}
