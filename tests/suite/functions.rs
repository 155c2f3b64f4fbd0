//! The functions of the grammar, by cases as text, and what must hold of their table.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use perennial::engine::formula::function::{Call, Operand, all, find};
use perennial::model::time::{Date, Instant};
use perennial::model::value::Value;
use rust_decimal::Decimal;

use crate::formula::{check, fixture, folder};

const FILES: [&str; 8] = [
    "functions_math.csv",
    "functions_statistics.csv",
    "functions_conditional.csv",
    "functions_text.csv",
    "functions_date.csv",
    "functions_logic.csv",
    "functions_finance.csv",
    "path.csv",
];

#[test]
fn arithmetic() {
    check("functions_math.csv");
}

#[test]
fn statistics() {
    check("functions_statistics.csv");
}

#[test]
fn conditional_sums() {
    check("functions_conditional.csv");
}

#[test]
fn text() {
    check("functions_text.csv");
}

#[test]
fn days() {
    check("functions_date.csv");
}

#[test]
fn logic_and_lists() {
    check("functions_logic.csv");
}

#[test]
fn finance_and_conversion() {
    check("functions_finance.csv");
}

#[test]
fn every_name_belongs_to_one_function() {
    let mut seen = BTreeSet::new();
    for function in all() {
        for name in function.chinese.iter().chain([&function.name]) {
            assert!(seen.insert(*name), "{name} is given twice");
            assert!(std::ptr::eq(find(name).unwrap(), function), "{name} is not found");
        }
        assert!(std::ptr::eq(find(&function.name.to_lowercase()).unwrap(), function));
        assert!(function.required <= function.arguments.len(), "{}", function.name);
        assert!(function.repeating <= function.arguments.len(), "{}", function.name);
    }
    assert!(all().count() >= 125);
    assert!(find("STDEV.S").is_some() && find("不存在").is_none());
}

#[test]
fn every_function_has_two_cases() {
    let mut cases = String::new();
    for file in FILES {
        cases.push_str(&std::fs::read_to_string(folder().join(file)).unwrap());
    }
    for function in all() {
        let names = function.chinese.iter().chain([&function.name]);
        let count: usize = names
            .map(|name| {
                let call = format!("{name}(");
                let whole_name = |at: usize| !cases[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '.');
                cases.match_indices(&call).filter(|(at, _)| whole_name(*at)).count()
            })
            .sum();
        assert!(count >= 2, "{} has {count} cases", function.name);
    }
}

/// A panic would end the whole page: whatever is given, a function must answer or name a fault.
#[test]
fn no_function_panics() {
    let clock = fixture().clock;
    let number = |number: Decimal| Operand::One(Value::Number(number));
    let text = |text: &str| Operand::One(Value::Text(text.into()));
    let operands = [
        Operand::One(Value::Empty),
        number(Decimal::MAX),
        number(Decimal::MIN),
        number(Decimal::new(1, 28)),
        number(Decimal::new(-5, 1)),
        number(Decimal::from(3)),
        text("客*?~[0-9]("),
        text("99999999999999999999999999999.9%"),
        Operand::One(Value::Date(Date::MAX)),
        Operand::One(Value::Date(Date::from_ymd_opt(2024, 2, 29).unwrap())),
        Operand::One(Value::Instant(Instant(i64::MIN))),
        Operand::One(Value::Duration(i64::MIN)),
        Operand::Many(Vec::new()),
        Operand::Many(vec![Value::Number(Decimal::MAX), Value::Number(Decimal::MIN), Value::Empty]),
        Operand::Many(vec![Value::Number(Decimal::MAX), Value::Flag(true), Value::Number(Decimal::MAX)]),
    ];
    let mut guilty = BTreeSet::new();
    for function in all() {
        let most = function.arguments.len() + usize::from(function.repeating > 0);
        for count in function.required..=most {
            // Each place in turn and its neighbour run through all operands; the rest take a plain one.
            for at in 0..count.max(1) {
                for first in &operands {
                    for second in &operands {
                        let mut arguments = vec![operands[5].clone(); count];
                        if let Some(place) = arguments.get_mut(at) {
                            *place = first.clone();
                        }
                        if let Some(place) = arguments.get_mut(at + 1) {
                            *place = second.clone();
                        }
                        let call = || (function.apply)(&Call { arguments: &arguments, clock: &clock }).is_ok();
                        if catch_unwind(AssertUnwindSafe(call)).is_err() {
                            guilty.insert((function.name, format!("{arguments:?}")));
                        }
                    }
                }
            }
        }
    }
    let names: BTreeSet<_> = guilty.iter().map(|(name, _)| name).collect();
    assert!(guilty.is_empty(), "{names:?}\n{:#?}", guilty.iter().take(3).collect::<Vec<_>>());
}
