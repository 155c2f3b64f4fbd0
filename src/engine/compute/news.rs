//! News: how records were before the changes that are being settled, so that a figure over many records is moved on by the
//! few that changed instead of being made anew.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Computation, Moment, Step};
use crate::engine::formula::Scope;
use crate::model::change::Change;
use crate::model::draft::Draft;
use crate::model::field::RollupFunction;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::{Money, Value};

/// Figures over fewer records than this are made anew: that costs less than looking for what changed.
const MANY: usize = 32;

/// The records that changed since everything was settled.
pub(super) struct News {
    read: usize,
    formers: FxHashMap<RecordId, Former>,
}

/// What a record was before.
struct Former {
    entity: EntityId,
    is_new: bool,
    is_removed: bool,
    before: Vec<(FieldId, Value)>,
}

impl News {
    /// The news in the changes from the given one on.
    pub fn since(from: usize) -> Self {
        News { read: from, formers: FxHashMap::default() }
    }

    /// The figure of a step for a record, moved on from what the record holds; none where it has to be made anew.
    pub fn move_on(&mut self, step: &Step, draft: &Draft<'_>, record: &Record, moment: Moment<'_>) -> Option<Value> {
        let Computation::Rollup { entity, via, function, field, counts, is_local: true } = &step.computation else {
            return None;
        };
        if !matches!(function, RollupFunction::Count | RollupFunction::Sum)
            || draft.base().incoming_ids(record.id, *entity, *via).len() < MANY
        {
            return None;
        }
        self.read_on(draft);
        // A figure that the same changes have touched already, as an undo does, is no ground to stand on.
        if let Some(former) = self.formers.get(&record.id)
            && (former.is_new || former.is_removed || former.before.iter().any(|(field, _)| *field == step.field))
        {
            return None;
        }
        let counted = |related: &Record| {
            let scope =
                Scope { reader: draft, record: related, before: None, clock: moment.clock, language: moment.language };
            let is_counted = related.value(*via).links().contains(&record.id)
                && field.is_none_or(|field| !related.value(field).is_empty())
                && counts.as_ref().is_none_or(|condition| condition.holds(&scope));
            is_counted.then(|| field.map_or(Value::Empty, |field| related.value(field).clone()))
        };
        let mut figure = record.value(step.field).clone();
        for (id, former) in self.formers.iter().filter(|(_, former)| former.entity == *entity) {
            if former.is_removed {
                return None;
            }
            let current = draft.record(*id)?;
            let before =
                if former.concerns(current, *via, record.id) { counted(&former.restore(current)) } else { None };
            let after = counted(current);
            if before != after {
                figure = moved(&figure, *function, before, after)?;
            }
        }
        Some(figure)
    }

    fn read_on(&mut self, draft: &Draft<'_>) {
        for change in &draft.changes()[self.read..] {
            let Some((id, entity)) = change.record() else { continue };
            let former = |is_new| Former { entity, is_new, is_removed: false, before: Vec::new() };
            match change {
                Change::Created { .. } => {
                    self.formers.entry(id).or_insert_with(|| former(true));
                }
                Change::Updated { fields, .. } => {
                    let former = self.formers.entry(id).or_insert_with(|| former(false));
                    for change in fields {
                        if !former.before.iter().any(|(field, _)| *field == change.field) {
                            former.before.push((change.field, change.before.clone()));
                        }
                    }
                }
                Change::Removed { .. } => self.formers.entry(id).or_insert_with(|| former(false)).is_removed = true,
                Change::Defined { .. } | Change::Remembered { .. } => {}
            }
        }
        self.read = draft.changes().len();
    }
}

impl Former {
    /// Whether the record pointed at another one before.
    fn concerns(&self, current: &Record, via: FieldId, to: RecordId) -> bool {
        let changed = self.before.iter().find(|(field, _)| *field == via).map(|(_, value)| value);
        !self.is_new && changed.unwrap_or_else(|| current.value(via)).links().contains(&to)
    }

    fn restore(&self, current: &Record) -> Record {
        let mut record = current.clone();
        for (field, value) in &self.before {
            record.values.set(*field, value.clone());
        }
        record
    }
}

/// A figure once one record counts differently than before.
fn moved(figure: &Value, function: RollupFunction, before: Option<Value>, after: Option<Value>) -> Option<Value> {
    match (function, figure) {
        (RollupFunction::Count, Value::Number(count)) => {
            let one = |value: Option<Value>| if value.is_some() { Decimal::ONE } else { Decimal::ZERO };
            Some(Value::Number(*count - one(before) + one(after)))
        }
        // What goes may have been the last, or the one in another currency.
        (RollupFunction::Sum, _) if before.is_some() => None,
        (RollupFunction::Sum, Value::Money(sum)) => match after? {
            Value::Money(money) if money.currency == sum.currency => {
                Some(Value::Money(Money { amount: sum.amount.checked_add(money.amount)?, ..*sum }))
            }
            _ => None,
        },
        (RollupFunction::Sum, Value::Number(sum)) => match after? {
            Value::Number(number) => Some(Value::Number(sum.checked_add(number)?)),
            _ => None,
        },
        _ => None,
    }
}
