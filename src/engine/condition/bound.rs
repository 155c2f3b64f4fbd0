//! The days that the checks of a field leave, so that a calendar offers no others.

use super::Day;
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::field::{Field, FieldKind};
use crate::model::time::{Date, Reckoning};

/// The first and the last day that the checks of a field let it hold, as far as they say so by comparing it with days.
pub fn days_left(field: &Field, today: Date, reckoning: Reckoning) -> (Option<Date>, Option<Date>) {
    let mut left = (None, None);
    let on = |operand: &Operand| match operand {
        Operand::Text(text) => Day::read(text)?.on(today, reckoning),
        _ => None,
    };
    for check in &field.checks {
        narrow(&check.condition, field, &mut left, &on);
    }
    left
}

fn narrow(
    condition: &Condition,
    field: &Field,
    left: &mut (Option<Date>, Option<Date>),
    on: &dyn Fn(&Operand) -> Option<Date>,
) {
    let compare = match condition {
        Condition::All { all } => return all.iter().for_each(|one| narrow(one, field, left, on)),
        Condition::Compare(compare) if compare.field == field.id.as_str() => compare,
        Condition::Compare(_) | Condition::Any { .. } | Condition::Not { .. } | Condition::Formula { .. } => return,
    };
    // A point in time may lie later on the day itself.
    let is_day = field.kind == FieldKind::Date;
    let (first, last) = match (compare.is, &compare.value) {
        (Comparison::AtLeast, day) => (on(day), None),
        (Comparison::Greater, day) => (on(day).and_then(|day| if is_day { day.succ_opt() } else { Some(day) }), None),
        (Comparison::AtMost, day) => (None, on(day)),
        (Comparison::Less, day) => (None, on(day).and_then(|day| if is_day { day.pred_opt() } else { Some(day) })),
        (Comparison::Between, Operand::List(days)) => (days.first().and_then(on), days.get(1).and_then(on)),
        _ => (None, None),
    };
    left.0 = left.0.max(first);
    left.1 = match (left.1, last) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
}
