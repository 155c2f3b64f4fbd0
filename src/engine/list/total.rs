//! Totals: columns of a board and figures of a list.

use rust_decimal::Decimal;

use crate::model::entity::Entity;
use crate::model::id::{Currency, FieldId, OptionId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// A column of a board.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The option that its records hold; absent for those that hold none.
    pub option: Option<OptionId>,
    /// The records, in the order given.
    pub ids: Vec<RecordId>,
    /// The sums of the asked field, one per currency; plain numbers have none.
    pub sums: Vec<Sum>,
    /// The sums weighted with the option's weight in percent; empty where the option has none.
    pub weighted: Vec<Sum>,
}

/// A sum in one currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The currency; absent for plain numbers.
    pub currency: Option<Currency>,
    /// The sum.
    pub total: Decimal,
    /// How many values went into it.
    pub count: usize,
}

/// Figures of one field over a list.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Totals {
    /// In how many records it is filled in.
    pub filled: usize,
    /// Sums, one per currency; empty where the field holds no numbers.
    pub sums: Vec<Sum>,
    /// The least value.
    pub min: Option<Value>,
    /// The greatest value.
    pub max: Option<Value>,
}

impl Sum {
    /// The mean of the values.
    pub fn average(&self) -> Option<Decimal> {
        self.total.checked_div(Decimal::from(self.count))
    }
}

/// Deals the records of a list to the columns of a board by a choice field: one column per option in their order, those of
/// retired options only when they hold records, and last the column of the blank, always there.
pub fn groups(reader: &dyn Reader, entity: &Entity, ids: &[RecordId], by: FieldId, sum: Option<FieldId>) -> Vec<Column> {
    let _ = (reader, entity, ids, by, sum);
    Vec::new()
}

/// Figures of one field over a list of records.
pub fn totals(reader: &dyn Reader, ids: &[RecordId], field: FieldId) -> Totals {
    let _ = (reader, ids, field);
    Totals::default()
}
