//! Sums: numbers, amounts in one currency and lengths of time, added up exactly.

use rust_decimal::Decimal;

use crate::model::value::{Money, Value};

/// A sum that grows value by value; blanks are the caller's to leave out.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    total: Option<Value>,
    count: u32,
}

/// Why a value cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsummable {
    /// It is no number.
    NoNumber,
    /// It is in another currency, or only one of both is an amount.
    OtherUnit,
    /// The sum has more digits than there is room for.
    TooLarge,
}

impl Sum {
    /// The sum of some values.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a Value>) -> Result<Sum, Unsummable> {
        let mut sum = Sum::default();
        for value in values {
            sum.add(value)?;
        }
        Ok(sum)
    }

    /// Adds a value.
    pub fn add(&mut self, value: &Value) -> Result<(), Unsummable> {
        let number = value.as_number().ok_or(Unsummable::NoNumber)?;
        let total = match (&self.total, value) {
            (None, Value::Money(_) | Value::Duration(_)) => value.clone(),
            (None, _) => Value::Number(number),
            (Some(Value::Money(total)), Value::Money(money)) if total.currency == money.currency => {
                let amount = total.amount.checked_add(money.amount).ok_or(Unsummable::TooLarge)?;
                Value::Money(Money { amount, ..*total })
            }
            (Some(Value::Money(_)), _) | (Some(_), Value::Money(_)) => return Err(Unsummable::OtherUnit),
            (Some(Value::Duration(total)), Value::Duration(seconds)) => {
                Value::Duration(total.checked_add(*seconds).ok_or(Unsummable::TooLarge)?)
            }
            (Some(total), _) => {
                let total = total.as_number().unwrap_or_default();
                Value::Number(total.checked_add(number).ok_or(Unsummable::TooLarge)?)
            }
        };
        self.total = Some(total);
        self.count += 1;
        Ok(())
    }

    /// The sum; none where nothing was added.
    pub fn total(self) -> Option<Value> {
        self.total
    }

    /// The mean, an amount where amounts were added and otherwise a number, of seconds for lengths of time.
    pub fn mean(self) -> Option<Value> {
        let count = Decimal::from(self.count);
        Some(match self.total? {
            Value::Money(money) => Value::Money(Money { amount: (money.amount / count).normalize(), ..money }),
            total => Value::Number((total.as_number().unwrap_or_default() / count).normalize()),
        })
    }
}
