//! What the functions of the grammar ask of a call: its arguments, converted.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::engine::formula::coerce;
use crate::engine::formula::coerce::Unit;
use crate::engine::formula::function::{Accepts, Call, Fault, Function, Gives, Operand};
use crate::model::time::Date;
use crate::model::value::Value;

/// What every function of the grammar returns.
pub(super) type Answer = Result<Operand, Fault>;

/// A row of a table of functions.
pub(super) const fn function(
    name: &'static str,
    chinese: &'static [&'static str],
    arguments: &'static [Accepts],
    required: usize,
    repeating: usize,
    gives: Gives,
    apply: fn(&Call<'_>) -> Answer,
) -> Function {
    Function { name, chinese, arguments, required, repeating, gives, apply }
}

impl<'a> Call<'a> {
    /// Whether the argument was given.
    pub(super) fn has(&self, at: usize) -> bool {
        at < self.arguments.len()
    }

    /// The single value of an argument; a list of one counts as single, an empty list as blank.
    pub(super) fn value(&self, at: usize) -> Result<&'a Value, Fault> {
        match self.values(at) {
            [] => Ok(&Value::Empty),
            [value] => Ok(value),
            _ => Err(Fault::WrongValue),
        }
    }

    /// The values of an argument.
    pub(super) fn values(&self, at: usize) -> &'a [Value] {
        self.arguments.get(at).map(coerce::values_of).unwrap_or_default()
    }

    /// A number.
    pub(super) fn number(&self, at: usize) -> Result<Decimal, Fault> {
        coerce::number_of(self.value(at)?)
    }

    /// A number that may be left out.
    pub(super) fn number_or(&self, at: usize, otherwise: Decimal) -> Result<Decimal, Fault> {
        if self.has(at) { self.number(at) } else { Ok(otherwise) }
    }

    /// A whole number: the fraction is cut off.
    pub(super) fn integer(&self, at: usize) -> Result<i64, Fault> {
        self.number(at)?.trunc().to_i64().ok_or(Fault::WrongNumber)
    }

    /// A whole number that may be left out.
    pub(super) fn integer_or(&self, at: usize, otherwise: i64) -> Result<i64, Fault> {
        if self.has(at) { self.integer(at) } else { Ok(otherwise) }
    }

    /// A count of signs or items: not below zero.
    pub(super) fn size_or(&self, at: usize, otherwise: usize) -> Result<usize, Fault> {
        if self.has(at) { usize::try_from(self.integer(at)?).map_err(|_| Fault::WrongValue) } else { Ok(otherwise) }
    }

    /// A text.
    pub(super) fn text(&self, at: usize) -> Result<Cow<'a, str>, Fault> {
        Ok(coerce::local_text_of(self.value(at)?, self.clock))
    }

    /// A text that may be left out.
    pub(super) fn text_or(&self, at: usize, otherwise: &'a str) -> Result<Cow<'a, str>, Fault> {
        if self.has(at) { self.text(at) } else { Ok(Cow::Borrowed(otherwise)) }
    }

    /// A flag that may be left out.
    pub(super) fn flag_or(&self, at: usize, otherwise: bool) -> Result<bool, Fault> {
        if self.has(at) { coerce::flag_of(self.value(at)?) } else { Ok(otherwise) }
    }

    /// A day; a blank is not available.
    pub(super) fn date(&self, at: usize) -> Result<Date, Fault> {
        coerce::date_of(self.value(at)?, self.clock)
    }

    /// A local day and time; a blank is not available.
    pub(super) fn local(&self, at: usize) -> Result<NaiveDateTime, Fault> {
        coerce::local_of(self.value(at)?, self.clock)
    }

    /// The numbers of all arguments from this one on.
    pub(super) fn numbers_from(&self, at: usize) -> Result<Vec<Decimal>, Fault> {
        let mut numbers = Vec::new();
        for operand in self.arguments.iter().skip(at) {
            coerce::push_numbers(operand, &mut numbers)?;
        }
        Ok(numbers)
    }

    /// The numbers of one argument.
    pub(super) fn numbers(&self, at: usize) -> Result<Vec<Decimal>, Fault> {
        self.arguments.get(at).map_or_else(|| Ok(Vec::new()), coerce::numbers_of)
    }

    /// The unit of one argument.
    pub(super) fn unit(&self, at: usize) -> Result<Unit, Fault> {
        self.values(at).iter().try_fold(Unit::Plain, Unit::and)
    }

    /// Works on the number of the first argument and keeps its unit.
    pub(super) fn keep(&self, work: impl FnOnce(Decimal) -> Result<Decimal, Fault>) -> Answer {
        let value = self.value(0)?;
        let unit = Unit::Plain.and(value)?;
        one(unit.value(work(coerce::number_of(value)?)?))
    }
}

/// One value as an answer.
pub(super) fn one(value: Value) -> Answer {
    Ok(Operand::One(value))
}

/// A number as an answer.
pub(super) fn number(number: Decimal) -> Answer {
    one(Value::Number(number))
}

/// A whole number as an answer.
pub(super) fn integer(number: i64) -> Answer {
    one(Value::integer(number))
}

/// A count as an answer.
pub(super) fn count(number: usize) -> Answer {
    one(Value::Number(Decimal::from(number)))
}

/// A flag as an answer.
pub(super) fn flag(flag: bool) -> Answer {
    one(Value::Flag(flag))
}

/// A text as an answer, spaces kept.
pub(super) fn text(text: impl AsRef<str>) -> Answer {
    one(Value::Text(std::sync::Arc::from(text.as_ref())))
}

/// A day as an answer.
pub(super) fn date(date: Date) -> Answer {
    one(Value::Date(date))
}

/// A binary fraction as an answer, to the 15 significant digits that a spreadsheet keeps.
pub(super) fn approximate(number: f64) -> Result<Decimal, Fault> {
    let decimal = Decimal::from_f64_retain(number).ok_or(Fault::WrongNumber)?;
    Ok(decimal.round_sf(15).unwrap_or(decimal).normalize())
}

/// The quotient, or the fault of dividing by zero.
pub(super) fn divide(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    if b.is_zero() { Err(Fault::DivisionByZero) } else { a.checked_div(b).ok_or(Fault::WrongNumber) }
}

/// The product, or the fault of a number that is too large.
pub(super) fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    a.checked_mul(b).ok_or(Fault::WrongNumber)
}

/// The sum of two, or the fault of a number that is too large.
pub(super) fn add(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    a.checked_add(b).ok_or(Fault::WrongNumber)
}

/// The difference, or the fault of a number that is too large.
pub(super) fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    a.checked_sub(b).ok_or(Fault::WrongNumber)
}

/// A number with exactly so many digits after the point, which it must have been rounded to. The crate's own way panics
/// on large numbers.
pub(super) fn with_places(rounded: Decimal, places: usize) -> String {
    let mut text = rounded.normalize().to_string();
    let present = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if places > 0 && present == 0 {
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', places.saturating_sub(present)));
    text
}

/// The sum of many.
pub(super) fn total(numbers: &[Decimal]) -> Result<Decimal, Fault> {
    numbers.iter().try_fold(Decimal::ZERO, |sum, number| add(sum, *number))
}

/// A power by repeated squaring; the crate's own may panic when it overflows.
fn whole_power(base: Decimal, exponent: u64) -> Result<Decimal, Fault> {
    let (mut result, mut square, mut left) = (Decimal::ONE, base, exponent);
    loop {
        if left % 2 == 1 {
            result = multiply(result, square)?;
        }
        left /= 2;
        if left == 0 {
            return Ok(result);
        }
        square = multiply(square, square)?;
    }
}

/// A power: exact for whole exponents, to 15 digits for others.
pub(super) fn power(base: Decimal, exponent: Decimal) -> Result<Decimal, Fault> {
    use rust_decimal::MathematicalOps;
    if base.is_zero() {
        return match exponent.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => Err(Fault::DivisionByZero),
            std::cmp::Ordering::Equal => Err(Fault::WrongNumber),
            std::cmp::Ordering::Greater => Ok(Decimal::ZERO),
        };
    }
    if exponent.is_integer() {
        let exponent =
            exponent.to_i64().filter(|exponent| exponent.unsigned_abs() <= 100_000).ok_or(Fault::WrongNumber)?;
        let size = whole_power(base, exponent.unsigned_abs())?;
        return if exponent < 0 { divide(Decimal::ONE, size) } else { Ok(size) };
    }
    if base.is_sign_negative() {
        return Err(Fault::WrongNumber);
    }
    if exponent == Decimal::new(5, 1) {
        return base.sqrt().map(|root| root.normalize()).ok_or(Fault::WrongNumber);
    }
    let power = base.to_f64().ok_or(Fault::WrongNumber)?.powf(exponent.to_f64().ok_or(Fault::WrongNumber)?);
    approximate(power)
}
