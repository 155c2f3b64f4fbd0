//! Loans, investments and depreciation.
//!
//! Money that is paid is negative, as in a spreadsheet. Results are plain decimals, not rounded to cents; `RATE` and `IRR` are sought
//! in a bounded number of steps and are good to about ten digits.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::argument::{Answer, add, approximate, divide, function, multiply, number, power, subtract};
use crate::engine::formula::function::Accepts::{Number, Numbers};
use crate::engine::formula::function::{Call, Fault, Function, Gives};

pub(super) static FUNCTIONS: &[Function] = &[
    function(
        "PMT",
        &["每期付款", "分期付款额"],
        &[Number, Number, Number, Number, Number],
        3,
        0,
        Gives::Number,
        |call| {
            let (rate, periods) = (call.number(0)?, call.number(1)?);
            number(payment(rate, periods, call.number(2)?, call.number_or(3, Decimal::ZERO)?, due(call, 4)?)?)
        },
    ),
    function(
        "IPMT",
        &["利息偿还额"],
        &[Number, Number, Number, Number, Number, Number],
        4,
        0,
        Gives::Number,
        |call| number(interest_part(call)?),
    ),
    function(
        "PPMT",
        &["本金偿还额"],
        &[Number, Number, Number, Number, Number, Number],
        4,
        0,
        Gives::Number,
        |call| {
            let future = call.number_or(4, Decimal::ZERO)?;
            let whole = payment(call.number(0)?, call.number(2)?, call.number(3)?, future, due(call, 5)?)?;
            number(subtract(whole, interest_part(call)?)?)
        },
    ),
    function("PV", &["现值"], &[Number, Number, Number, Number, Number], 3, 0, Gives::Number, |call| {
        let rate = call.number(0)?;
        let growth = growth(rate, call.number(1)?)?;
        let paid = multiply(call.number(2)?, annuity(rate, call.number(1)?, growth, due(call, 4)?)?)?;
        number(divide(-add(call.number_or(3, Decimal::ZERO)?, paid)?, growth)?)
    }),
    function("FV", &["终值", "未来值"], &[Number, Number, Number, Number, Number], 3, 0, Gives::Number, |call| {
        let present = call.number_or(3, Decimal::ZERO)?;
        number(future_value(call.number(0)?, call.number(1)?, call.number(2)?, present, due(call, 4)?)?)
    }),
    function("NPER", &["期数"], &[Number, Number, Number, Number, Number], 3, 0, Gives::Number, periods),
    function("RATE", &["利率"], &[Number, Number, Number, Number, Number, Number], 3, 0, Gives::Number, rate),
    function("NPV", &["净现值"], &[Number, Numbers], 2, 1, Gives::Number, net_present_value),
    function("IRR", &["内部收益率"], &[Numbers, Number], 1, 0, Gives::Number, internal_rate),
    function("CAGR", &["复合增长率", "年均增长率"], &[Number, Number, Number], 3, 0, Gives::Number, compound_growth),
    function("SLN", &["直线折旧"], &[Number, Number, Number], 3, 0, Gives::Number, |call| {
        number(divide(subtract(call.number(0)?, call.number(1)?)?, call.number(2)?)?)
    }),
    function("SYD", &["年数总和折旧"], &[Number, Number, Number, Number], 4, 0, Gives::Number, sum_of_years),
    function("DDB", &["双倍余额递减折旧"], &[Number, Number, Number, Number, Number], 4, 0, Gives::Number, declining),
    function("EFFECT", &["实际年利率"], &[Number, Number], 2, 0, Gives::Number, effective_rate),
];

/// When payments fall due: 0 at the end of a period, 1 at its start.
fn due(call: &Call<'_>, at: usize) -> Result<Decimal, Fault> {
    Ok(if call.number_or(at, Decimal::ZERO)?.is_zero() { Decimal::ZERO } else { Decimal::ONE })
}

fn growth(rate: Decimal, periods: Decimal) -> Result<Decimal, Fault> {
    power(add(Decimal::ONE, rate)?, periods)
}

/// What a payment gains by falling due at the start of its period.
fn advance(rate: Decimal, due: Decimal) -> Result<Decimal, Fault> {
    add(Decimal::ONE, multiply(rate, due)?)
}

/// What one unit paid each period is worth at the end.
fn annuity(rate: Decimal, periods: Decimal, growth: Decimal, due: Decimal) -> Result<Decimal, Fault> {
    if rate.is_zero() {
        return Ok(periods);
    }
    multiply(advance(rate, due)?, divide(subtract(growth, Decimal::ONE)?, rate)?)
}

fn payment(rate: Decimal, periods: Decimal, present: Decimal, future: Decimal, due: Decimal) -> Result<Decimal, Fault> {
    if periods.is_zero() {
        return Err(Fault::WrongNumber);
    }
    let growth = growth(rate, periods)?;
    divide(-add(multiply(present, growth)?, future)?, annuity(rate, periods, growth, due)?)
}

fn future_value(
    rate: Decimal,
    periods: Decimal,
    paid: Decimal,
    present: Decimal,
    due: Decimal,
) -> Result<Decimal, Fault> {
    let growth = growth(rate, periods)?;
    Ok(-add(multiply(present, growth)?, multiply(paid, annuity(rate, periods, growth, due)?)?)?)
}

fn interest_part(call: &Call<'_>) -> Result<Decimal, Fault> {
    let (rate, period, periods, present) = (call.number(0)?, call.number(1)?, call.number(2)?, call.number(3)?);
    let (future, due) = (call.number_or(4, Decimal::ZERO)?, due(call, 5)?);
    if period < Decimal::ONE || period > periods {
        return Err(Fault::WrongNumber);
    }
    if period == Decimal::ONE && !due.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let paid = payment(rate, periods, present, future, due)?;
    let owed = future_value(rate, subtract(period, Decimal::ONE)?, paid, present, due)?;
    let interest = multiply(owed, rate)?;
    if due.is_zero() { Ok(interest) } else { divide(interest, add(Decimal::ONE, rate)?) }
}

fn periods(call: &Call<'_>) -> Answer {
    let (rate, paid, present) = (call.number(0)?, call.number(1)?, call.number(2)?);
    let (future, due) = (call.number_or(3, Decimal::ZERO)?, due(call, 4)?);
    if rate.is_zero() {
        return number(divide(-add(present, future)?, paid)?);
    }
    let each = divide(multiply(paid, advance(rate, due)?)?, rate)?;
    let ratio = divide(subtract(each, future)?, add(present, each)?)?.to_f64().ok_or(Fault::WrongNumber)?;
    let base = add(Decimal::ONE, rate)?.to_f64().ok_or(Fault::WrongNumber)?;
    if ratio <= 0.0 || base <= 0.0 {
        return Err(Fault::WrongNumber);
    }
    number(approximate(ratio.ln() / base.ln())?)
}

fn rate(call: &Call<'_>) -> Answer {
    let float = |x: Decimal| x.to_f64().ok_or(Fault::WrongNumber);
    let (periods, paid, present) = (float(call.number(0)?)?, float(call.number(1)?)?, float(call.number(2)?)?);
    let (future, due) = (float(call.number_or(3, Decimal::ZERO)?)?, float(due(call, 4)?)?);
    let guess = float(call.number_or(5, Decimal::new(1, 1))?)?;
    if periods <= 0.0 {
        return Err(Fault::WrongNumber);
    }
    solve(guess, |rate| {
        if rate == 0.0 {
            return present + paid * periods + future;
        }
        // `ln_1p` and `exp_m1` keep their digits for rates near zero, where 1 + rate loses them.
        let gain = (periods * rate.ln_1p()).exp_m1();
        present * (gain + 1.0) + paid * (1.0 + rate * due) * gain / rate + future
    })
}

fn net_present_value(call: &Call<'_>) -> Answer {
    let base = add(Decimal::ONE, call.number(0)?)?;
    let mut factor = Decimal::ONE;
    let mut sum = Decimal::ZERO;
    for flow in call.numbers_from(1)? {
        factor = multiply(factor, base)?;
        sum = add(sum, divide(flow, factor)?)?;
    }
    number(sum)
}

fn internal_rate(call: &Call<'_>) -> Answer {
    let flows: Vec<f64> = call.numbers(0)?.iter().filter_map(ToPrimitive::to_f64).collect();
    if !flows.iter().any(|flow| *flow > 0.0) || !flows.iter().any(|flow| *flow < 0.0) {
        return Err(Fault::WrongNumber);
    }
    let guess = call.number_or(1, Decimal::new(1, 1))?.to_f64().ok_or(Fault::WrongNumber)?;
    solve(guess, |rate| flows.iter().rev().fold(0.0, |sum, flow| sum / (1.0 + rate) + flow))
}

/// Seeks a zero above -1: first by secants from the guess, then by halving an interval in which the sign changes.
fn solve(guess: f64, worth: impl Fn(f64) -> f64) -> Answer {
    let (mut a, mut b) = (guess, guess + 0.01);
    let (mut at_a, mut at_b) = (worth(a), worth(b));
    for _ in 0..60 {
        if at_b == at_a {
            break;
        }
        let next = b - at_b * (b - a) / (at_b - at_a);
        if !next.is_finite() || next <= -1.0 {
            break;
        }
        (a, at_a) = (b, at_b);
        (b, at_b) = (next, worth(next));
        if (b - a).abs() < 1e-13 {
            return found(b);
        }
    }
    let steps = [-0.99, -0.9, -0.5, -0.2, -0.05, 0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0, 100.0];
    for pair in steps.windows(2) {
        let (mut low, mut high) = (pair[0], pair[1]);
        let at_low = worth(low);
        if at_low * worth(high) > 0.0 {
            continue;
        }
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            if at_low * worth(middle) > 0.0 { low = middle } else { high = middle }
        }
        return found((low + high) / 2.0);
    }
    Err(Fault::WrongNumber)
}

fn found(rate: f64) -> Answer {
    number(approximate(rate)?.round_dp(11).normalize())
}

fn compound_growth(call: &Call<'_>) -> Answer {
    let (from, to, years) = (call.number(0)?, call.number(1)?, call.number(2)?);
    if years <= Decimal::ZERO {
        return Err(Fault::WrongNumber);
    }
    let ratio = divide(to, from)?;
    if years == Decimal::ONE {
        return number(subtract(ratio, Decimal::ONE)?);
    }
    number(subtract(power(ratio, divide(Decimal::ONE, years)?)?, Decimal::ONE)?)
}

fn sum_of_years(call: &Call<'_>) -> Answer {
    let (cost, salvage, life, period) = (call.number(0)?, call.number(1)?, call.number(2)?, call.number(3)?);
    if life < Decimal::ONE || period < Decimal::ONE || period > life {
        return Err(Fault::WrongNumber);
    }
    let left = add(subtract(life, period)?, Decimal::ONE)?;
    let weight = multiply(multiply(left, Decimal::TWO)?, subtract(cost, salvage)?)?;
    number(divide(weight, multiply(life, add(life, Decimal::ONE)?)?)?)
}

fn declining(call: &Call<'_>) -> Answer {
    let (cost, salvage, life) = (call.number(0)?, call.number(1)?, call.number(2)?);
    let period = call.integer(3)?;
    let factor = call.number_or(4, Decimal::TWO)?;
    if life <= Decimal::ZERO || period < 1 || Decimal::from(period) > life || period > 10_000 || salvage < Decimal::ZERO
    {
        return Err(Fault::WrongNumber);
    }
    let rate = divide(factor, life)?.min(Decimal::ONE);
    let mut left = cost;
    let mut worn = Decimal::ZERO;
    for _ in 0..period {
        worn = multiply(left, rate)?.min(subtract(left, salvage)?).max(Decimal::ZERO);
        left = subtract(left, worn)?;
    }
    number(worn)
}

fn effective_rate(call: &Call<'_>) -> Answer {
    let (nominal, periods) = (call.number(0)?, call.number(1)?.trunc());
    if nominal <= Decimal::ZERO || periods < Decimal::ONE {
        return Err(Fault::WrongNumber);
    }
    number(subtract(growth(divide(nominal, periods)?, periods)?, Decimal::ONE)?)
}
