//! Arithmetic functions.
//!
//! They differ from a spreadsheet's in this: numbers are exact decimals of up to 28 digits, so `0.1*3=0.3`; amounts keep their
//! currency, and amounts in two currencies have no sum (`#NUM!`). `EXP`, `LN`, `LOG` and fractional powers are good to 15 digits.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::argument::{
    Answer, add, approximate, count, divide, function, integer, multiply, number, one, power, subtract, text, total,
};
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{Number, Numbers, Text};
use crate::engine::formula::function::{Call, Fault, Function, Gives};

pub(super) static FUNCTIONS: &[Function] = &[
    function("SUM", &["求和", "合计"], &[Numbers], 1, 1, Gives::SameAs(0), |call| {
        one(coerce::sum_of(call.arguments)?)
    }),
    function("PRODUCT", &["乘积"], &[Numbers], 1, 1, Gives::SameAs(0), product),
    function("SUMPRODUCT", &["乘积求和", "乘积和"], &[Numbers], 1, 1, Gives::Number, sum_product),
    function("SUMSQ", &["平方和"], &[Numbers], 1, 1, Gives::Number, sum_of_squares),
    function("ABS", &["绝对值"], &[Number], 1, 0, Gives::SameAs(0), |call| call.keep(|x| Ok(x.abs()))),
    function("SIGN", &["正负号"], &[Number], 1, 0, Gives::Number, sign),
    function("INT", &["取整"], &[Number], 1, 0, Gives::SameAs(0), |call| call.keep(|x| Ok(x.floor()))),
    function("TRUNC", &["截尾", "截断"], &[Number, Number], 1, 0, Gives::SameAs(0), |call| {
        round(call, RoundingStrategy::ToZero)
    }),
    function("ROUND", &["四舍五入"], &[Number, Number], 1, 0, Gives::SameAs(0), |call| {
        round(call, RoundingStrategy::MidpointAwayFromZero)
    }),
    function("ROUNDUP", &["向上舍入"], &[Number, Number], 1, 0, Gives::SameAs(0), |call| {
        round(call, RoundingStrategy::AwayFromZero)
    }),
    function("ROUNDDOWN", &["向下舍入"], &[Number, Number], 1, 0, Gives::SameAs(0), |call| {
        round(call, RoundingStrategy::ToZero)
    }),
    function("MROUND", &["倍数舍入"], &[Number, Number], 2, 0, Gives::SameAs(0), round_to_multiple),
    function("CEILING", &["向上取整"], &[Number, Number], 1, 0, Gives::SameAs(0), ceiling),
    function("FLOOR", &["向下取整"], &[Number, Number], 1, 0, Gives::SameAs(0), floor),
    function("EVEN", &["取偶数"], &[Number], 1, 0, Gives::Number, |call| call.keep(even)),
    function("ODD", &["取奇数"], &[Number], 1, 0, Gives::Number, |call| call.keep(odd)),
    function("MOD", &["取余", "求余"], &[Number, Number], 2, 0, Gives::SameAs(0), remainder),
    function("QUOTIENT", &["整除", "取商"], &[Number, Number], 2, 0, Gives::Number, |call| {
        number(divide(call.number(0)?, call.number(1)?)?.trunc())
    }),
    function("POWER", &["幂", "乘幂"], &[Number, Number], 2, 0, Gives::Number, |call| {
        number(power(call.number(0)?, call.number(1)?)?)
    }),
    function("SQRT", &["平方根"], &[Number], 1, 0, Gives::Number, square_root),
    function("EXP", &["自然指数"], &[Number], 1, 0, Gives::Number, |call| {
        number(approximate(float(call, 0)?.exp())?)
    }),
    function("LN", &["自然对数"], &[Number], 1, 0, Gives::Number, |call| {
        number(approximate(positive(call, 0)?.ln())?)
    }),
    function("LOG", &["对数"], &[Number, Number], 1, 0, Gives::Number, logarithm),
    function("LOG10", &["常用对数"], &[Number], 1, 0, Gives::Number, |call| {
        number(approximate(positive(call, 0)?.log10())?)
    }),
    function("PI", &["圆周率"], &[], 0, 0, Gives::Number, |_| number(Decimal::PI)),
    function("GCD", &["最大公约数"], &[Numbers], 1, 1, Gives::Number, greatest_common_divisor),
    function("LCM", &["最小公倍数"], &[Numbers], 1, 1, Gives::Number, least_common_multiple),
    function("FACT", &["阶乘"], &[Number], 1, 0, Gives::Number, factorial),
    function("COMBIN", &["组合数"], &[Number, Number], 2, 0, Gives::Number, combinations),
    function("PERMUT", &["排列数"], &[Number, Number], 2, 0, Gives::Number, permutations),
    function("ROMAN", &["罗马数字"], &[Number], 1, 0, Gives::Text, roman),
    function("ARABIC", &["阿拉伯数字"], &[Text], 1, 0, Gives::Number, arabic),
    function("BASE", &["进制转换"], &[Number, Number, Number], 2, 0, Gives::Text, base),
    function("DECIMAL", &["转十进制"], &[Text, Number], 2, 0, Gives::Number, decimal),
];

fn float(call: &Call<'_>, at: usize) -> Result<f64, Fault> {
    call.number(at)?.to_f64().ok_or(Fault::WrongNumber)
}

fn positive(call: &Call<'_>, at: usize) -> Result<f64, Fault> {
    let number = float(call, at)?;
    if number > 0.0 { Ok(number) } else { Err(Fault::WrongNumber) }
}

fn product(call: &Call<'_>) -> Answer {
    let numbers = call.numbers_from(0)?;
    if numbers.is_empty() {
        return integer(0);
    }
    let product = numbers.iter().try_fold(Decimal::ONE, |product, factor| multiply(product, *factor))?;
    let amounts =
        call.arguments.iter().flat_map(coerce::values_of).filter(|value| coerce::list_number(value).is_some());
    let units = amounts.filter(|value| !matches!(value, crate::model::value::Value::Number(_))).count();
    // Money times money is no money.
    if units == 1 { one(coerce::Unit::of(call.arguments)?.value(product)) } else { number(product) }
}

fn sum_product(call: &Call<'_>) -> Answer {
    let length = call.values(0).len();
    let columns: Vec<_> = call.arguments.iter().map(coerce::values_of).collect();
    if columns.iter().any(|column| column.len() != length) {
        return Err(Fault::WrongValue);
    }
    let mut sum = Decimal::ZERO;
    for at in 0..length {
        let mut term = Decimal::ONE;
        for column in &columns {
            term = multiply(term, coerce::list_number(&column[at]).unwrap_or_default())?;
        }
        sum = sum.checked_add(term).ok_or(Fault::WrongNumber)?;
    }
    number(sum)
}

fn sum_of_squares(call: &Call<'_>) -> Answer {
    let squares = call.numbers_from(0)?.into_iter().map(|x| multiply(x, x)).collect::<Result<Vec<_>, _>>()?;
    number(total(&squares)?)
}

fn sign(call: &Call<'_>) -> Answer {
    let x = call.number(0)?;
    integer(if x.is_zero() {
        0
    } else if x.is_sign_negative() {
        -1
    } else {
        1
    })
}

fn round(call: &Call<'_>, strategy: RoundingStrategy) -> Answer {
    let digits = call.integer_or(1, 0)?;
    call.keep(|x| rounded(x, digits, strategy))
}

/// Rounds to so many digits after the point, or before it when negative.
pub(super) fn rounded(x: Decimal, digits: i64, strategy: RoundingStrategy) -> Result<Decimal, Fault> {
    if digits >= 0 {
        return Ok(x.round_dp_with_strategy(u32::try_from(digits.min(28)).unwrap_or(28), strategy));
    }
    if digits < -28 {
        return Ok(Decimal::ZERO);
    }
    let unit = 10i128.checked_pow(u32::try_from(-digits).unwrap_or(28)).ok_or(Fault::WrongNumber)?;
    let unit = Decimal::try_from_i128_with_scale(unit, 0).map_err(|_| Fault::WrongNumber)?;
    multiply(divide(x, unit)?.round_dp_with_strategy(0, strategy), unit)
}

fn round_to_multiple(call: &Call<'_>) -> Answer {
    let step = call.number(1)?;
    call.keep(|x| {
        if step.is_zero() || x.is_zero() {
            return Ok(Decimal::ZERO);
        }
        if x.is_sign_negative() != step.is_sign_negative() {
            return Err(Fault::WrongNumber);
        }
        multiply(divide(x, step)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero), step)
    })
}

fn ceiling(call: &Call<'_>) -> Answer {
    let step = call.number_or(1, Decimal::ONE)?;
    call.keep(|x| match step {
        _ if step.is_zero() || x.is_zero() => Ok(Decimal::ZERO),
        _ if step.is_sign_negative() && x.is_sign_positive() => Err(Fault::WrongNumber),
        _ => multiply(divide(x, step)?.ceil(), step),
    })
}

fn floor(call: &Call<'_>) -> Answer {
    let step = call.number_or(1, Decimal::ONE)?;
    call.keep(|x| match step {
        _ if x.is_zero() => Ok(Decimal::ZERO),
        _ if step.is_zero() => Err(Fault::DivisionByZero),
        _ if step.is_sign_negative() && x.is_sign_positive() => Err(Fault::WrongNumber),
        _ => multiply(divide(x, step)?.floor(), step),
    })
}

fn even(x: Decimal) -> Result<Decimal, Fault> {
    multiply(divide(x, Decimal::TWO)?.round_dp_with_strategy(0, RoundingStrategy::AwayFromZero), Decimal::TWO)
}

fn odd(x: Decimal) -> Result<Decimal, Fault> {
    let size =
        multiply(divide(subtract(x.abs(), Decimal::ONE)?, Decimal::TWO)?.ceil().max(Decimal::ZERO), Decimal::TWO)?;
    let size = size.checked_add(Decimal::ONE).ok_or(Fault::WrongNumber)?;
    Ok(if x.is_sign_negative() && !x.is_zero() { -size } else { size })
}

fn remainder(call: &Call<'_>) -> Answer {
    let divisor = call.number(1)?;
    if divisor.is_zero() {
        return Err(Fault::DivisionByZero);
    }
    call.keep(|x| {
        let rest = x.checked_rem(divisor).ok_or(Fault::WrongNumber)?;
        let is_across = !rest.is_zero() && rest.is_sign_negative() != divisor.is_sign_negative();
        if is_across { add(rest, divisor) } else { Ok(rest) }
    })
}

fn square_root(call: &Call<'_>) -> Answer {
    let x = call.number(0)?;
    if x.is_zero() { integer(0) } else { number(power(x, Decimal::new(5, 1))?) }
}

fn logarithm(call: &Call<'_>) -> Answer {
    let x = positive(call, 0)?;
    if !call.has(1) || call.number(1)? == Decimal::TEN {
        return number(approximate(x.log10())?);
    }
    let base = positive(call, 1)?;
    if base == 1.0 {
        return Err(Fault::DivisionByZero);
    }
    number(approximate(if base == 2.0 { x.log2() } else { x.ln() / base.ln() })?)
}

fn whole(x: Decimal) -> Result<u64, Fault> {
    x.trunc().to_u64().ok_or(Fault::WrongNumber)
}

fn divisor_of(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn greatest_common_divisor(call: &Call<'_>) -> Answer {
    let numbers = call.numbers_from(0)?.into_iter().map(whole).collect::<Result<Vec<_>, _>>()?;
    number(Decimal::from(numbers.into_iter().fold(0, divisor_of)))
}

fn least_common_multiple(call: &Call<'_>) -> Answer {
    let mut multiple = 1u64;
    for x in call.numbers_from(0)? {
        let x = whole(x)?;
        if x == 0 {
            return integer(0);
        }
        multiple = (multiple / divisor_of(multiple, x)).checked_mul(x).ok_or(Fault::WrongNumber)?;
    }
    number(Decimal::from(multiple))
}

fn falling(n: u64, k: u64) -> Result<Decimal, Fault> {
    let mut product = Decimal::ONE;
    for factor in (n - k).saturating_add(1)..=n {
        product = multiply(product, Decimal::from(factor))?;
    }
    Ok(product)
}

fn factorial(call: &Call<'_>) -> Answer {
    let n = whole(call.number(0)?)?;
    if n > 27 { Err(Fault::WrongNumber) } else { number(falling(n, n)?) }
}

fn combinations(call: &Call<'_>) -> Answer {
    let (n, k) = (whole(call.number(0)?)?, whole(call.number(1)?)?);
    if k > n {
        return Err(Fault::WrongNumber);
    }
    let k = k.min(n - k);
    let mut result = Decimal::ONE;
    for step in 1..=k {
        // Each product of `step` neighbours is divisible by `step`, so this stays whole.
        result = divide(multiply(result, Decimal::from(n - k + step))?, Decimal::from(step))?;
    }
    number(result.normalize())
}

fn permutations(call: &Call<'_>) -> Answer {
    let (n, k) = (whole(call.number(0)?)?, whole(call.number(1)?)?);
    if k > n { Err(Fault::WrongNumber) } else { number(falling(n, k)?) }
}

const ROMAN: &[(i64, &str)] = &[
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

fn roman(call: &Call<'_>) -> Answer {
    let mut rest = call.integer(0)?;
    if !(0..4000).contains(&rest) {
        return Err(Fault::WrongValue);
    }
    let mut signs = String::new();
    for (worth, sign) in ROMAN {
        while rest >= *worth {
            signs.push_str(sign);
            rest -= worth;
        }
    }
    text(signs)
}

fn arabic(call: &Call<'_>) -> Answer {
    let signs = call.text(0)?.trim().to_ascii_uppercase();
    let (negative, signs) = match signs.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, signs.as_str()),
    };
    if signs.len() > 255 {
        return Err(Fault::WrongValue);
    }
    let (mut sum, mut next) = (0i64, 0i64);
    for sign in signs.chars().rev() {
        let mut digits = [0u8; 4];
        let sign: &str = sign.encode_utf8(&mut digits);
        let (worth, _) = ROMAN.iter().find(|(_, roman)| *roman == sign).ok_or(Fault::WrongValue)?;
        sum += if *worth < next { -worth } else { *worth };
        next = next.max(*worth);
    }
    integer(if negative { -sum } else { sum })
}

fn base(call: &Call<'_>) -> Answer {
    let (mut rest, radix) = (whole(call.number(0)?)?, call.integer(1)?);
    let least = call.size_or(2, 0)?;
    if !(2..=36).contains(&radix) || least > 255 {
        return Err(Fault::WrongNumber);
    }
    let radix = radix.unsigned_abs();
    let mut signs = Vec::new();
    while rest > 0 || signs.is_empty() {
        let digit = char::from_digit((rest % radix) as u32, radix as u32).unwrap_or('0');
        signs.push(digit.to_ascii_uppercase());
        rest /= radix;
    }
    while signs.len() < least {
        signs.push('0');
    }
    text(signs.into_iter().rev().collect::<String>())
}

fn decimal(call: &Call<'_>) -> Answer {
    let radix =
        u32::try_from(call.integer(1)?).ok().filter(|radix| (2..=36).contains(radix)).ok_or(Fault::WrongNumber)?;
    match u64::from_str_radix(call.text(0)?.trim(), radix) {
        Ok(value) => number(Decimal::from(value)),
        Err(_) if call.text(0)?.trim().is_empty() => count(0),
        Err(_) => Err(Fault::WrongNumber),
    }
}
