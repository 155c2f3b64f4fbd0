//! Totals: columns of a board and figures of a list.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::model::definition::Workspace;
use crate::model::entity::Entity;
use crate::model::id::{Currency, FieldId, OptionId, RecordId};
use crate::model::state::Reader;
use crate::model::time::Date;
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

impl Sum {
    /// The mean of the values.
    pub fn average(&self) -> Option<Decimal> {
        self.total.checked_div(Decimal::from(self.count))
    }
}

/// Deals the records of a list to the columns of a board by a choice field: one column per option in their order, those of
/// retired options only when they hold records, and last the column of the blank, always there.
pub fn groups(
    reader: &dyn Reader,
    entity: &Entity,
    ids: &[RecordId],
    by: FieldId,
    sum: Option<FieldId>,
) -> Vec<Column> {
    let Some(options) = entity.field(by).map(|field| field.options()) else {
        return Vec::new();
    };
    let places: FxHashMap<OptionId, usize> =
        options.iter().enumerate().map(|(place, option)| (option.id, place)).collect();
    let blank = options.len();
    let columns = options.iter().map(|option| Column::new(Some(option.id)));
    let mut columns: Vec<Column> = columns.chain([Column::new(None)]).collect();
    for id in ids {
        let Some(record) = reader.record(*id) else { continue };
        let held = record.value(by).options();
        let place = held.first().and_then(|option| places.get(option)).copied().unwrap_or(blank);
        columns[place].ids.push(*id);
        if let Some(sum) = sum {
            add(&mut columns[place].sums, record.value(sum));
        }
    }
    for (column, option) in columns.iter_mut().zip(options) {
        let Some(weight) = option.weight else { continue };
        column.weighted = weigh(&column.sums, weight);
    }
    let retired = |column: &Column| {
        column.option.is_some_and(|id| options.iter().any(|option| option.id == id && option.retired))
    };
    columns.retain(|column| !column.ids.is_empty() || !retired(column));
    columns
}

/// Sums in several currencies as one in the workspace's own, at the rates of a day; nothing where there are not several, or where
/// one of them has no rate.
pub fn together(workspace: &Workspace, sums: &[Sum], on: Date) -> Option<Sum> {
    if sums.len() < 2 {
        return None;
    }
    let mut all = Sum { currency: Some(workspace.currency), total: Decimal::ZERO, count: 0 };
    for sum in sums {
        let worth = sum.total.checked_mul(workspace.rate(sum.currency?, on)?)?;
        all.total = all.total.checked_add(worth)?.normalize();
        all.count += sum.count;
    }
    Some(all)
}

/// Sums weighted in percent.
pub(super) fn weigh(sums: &[Sum], weight: Decimal) -> Vec<Sum> {
    let share = weight / Decimal::ONE_HUNDRED;
    sums.iter().map(|sum| Sum { total: sum.total.saturating_mul(share).normalize(), ..sum.clone() }).collect()
}

/// The sums of some fields over a list of records, one per currency.
pub fn sums(reader: &dyn Reader, ids: &[RecordId], fields: &[FieldId]) -> Vec<(FieldId, Vec<Sum>)> {
    let mut sums: Vec<(FieldId, Vec<Sum>)> = fields.iter().map(|field| (*field, Vec::new())).collect();
    for record in ids.iter().filter_map(|id| reader.record(*id)) {
        sums.iter_mut().for_each(|(field, sums)| add(sums, record.value(*field)));
    }
    sums
}

impl Column {
    fn new(option: Option<OptionId>) -> Column {
        Column { option, ids: Vec::new(), sums: Vec::new(), weighted: Vec::new() }
    }
}

/// Adds a value to the sum of its currency; what is no number is passed over.
pub fn add(sums: &mut Vec<Sum>, value: &Value) {
    let Some((currency, amount)) = amount(value) else { return };
    match sums.iter_mut().find(|sum| sum.currency == currency) {
        Some(sum) => {
            sum.total = sum.total.saturating_add(amount);
            sum.count += 1;
        }
        None => sums.push(Sum { currency, total: amount, count: 1 }),
    }
}

/// Takes a value out again that was added before.
pub fn take(sums: &mut Vec<Sum>, value: &Value) {
    let Some((currency, amount)) = amount(value) else { return };
    if let Some(at) = sums.iter().position(|sum| sum.currency == currency) {
        sums[at].total = sums[at].total.saturating_sub(amount);
        sums[at].count = sums[at].count.saturating_sub(1);
        if sums[at].count == 0 {
            sums.remove(at);
        }
    }
}

/// The currency of an amount.
pub fn currency(value: &Value) -> Option<Currency> {
    if let Value::Money(money) = value { Some(money.currency) } else { None }
}

fn amount(value: &Value) -> Option<(Option<Currency>, Decimal)> {
    match value {
        Value::Money(money) => Some((Some(money.currency), money.amount)),
        Value::Number(number) => Some((None, *number)),
        Value::Duration(seconds) => Some((None, Decimal::from(*seconds))),
        _ => None,
    }
}
