//! Comparisons in the one spelling that is understood away from the workspace: options by id, days by date or counted from today.

use crate::engine::condition::target::Target;
use crate::engine::condition::test;
use crate::engine::formula::Access;
use crate::model::condition::{Compare, Comparison, Operand};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;

/// A comparison of a field of the record itself, and what it is compared with as it is meant; nothing where only the workspace knows.
pub fn as_meant(compare: &Compare, reader: &dyn Reader, entity: EntityId) -> Option<(FieldId, Operand)> {
    let (test, _) = test::compile(compare, reader, entity).ok()?;
    match test.access {
        Access::Own { field, .. } if test.is != Comparison::Changed => Some((field, spelt(&test.target)?)),
        _ => None,
    }
}

fn spelt(target: &Target) -> Option<Operand> {
    Some(match target {
        Target::Nothing => Operand::Absent,
        Target::Flag(flag) => Operand::Flag(*flag),
        Target::Number(number) => Operand::Text(number.normalize().to_string()),
        Target::Text(text) => Operand::Text(text.clone()),
        Target::Day(day) => Operand::Text(day.to_string()),
        Target::Moment(local) => Operand::Text(local.date().to_string()),
        Target::Option(option) => Operand::Text(option.to_string()),
        Target::Several(targets) => Operand::List(targets.iter().map(spelt).collect::<Option<_>>()?),
        Target::Record(_) | Target::Me => return None,
    })
}
