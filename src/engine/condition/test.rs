//! One comparison of a condition: a field, how it is compared, and with what.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::engine::condition::target::{self, Target};
use crate::engine::formula::function::Clock;
use crate::engine::formula::kind::Kind;
use crate::engine::formula::{self, Access, Read, Scope, Term, TextPlace};
use crate::model::condition::{Compare, Comparison, Operand};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::Label;
use crate::model::id::EntityId;
use crate::model::state::Reader;
use crate::model::value::Value;

/// A comparison that was checked against the schema.
#[derive(Clone, Debug)]
pub(super) struct Test {
    pub access: Access,
    pub is: Comparison,
    pub target: Target,
    /// As it was written, for explanations.
    pub written: Compare,
    /// What people call the field or path.
    pub label: Label,
}

/// Checks a comparison: the field exists, can be compared in this way, and with this.
pub(super) fn compile(
    compare: &Compare,
    reader: &dyn Reader,
    entity: EntityId,
) -> Result<(Test, Vec<Read>), Diagnostic> {
    let (access, kind, mut reads) = formula::access(&compare.field, reader, entity).map_err(|mut error| {
        // The place is a part of the condition, not of a formula.
        error.at.span = None;
        error.with("field", &compare.field)
    })?;
    let place = |error: Diagnostic| {
        let error = match &access {
            Access::Own { field, .. } => error.at_field(*field),
            _ => error,
        };
        error.with("field", &compare.field)
    };
    let item = if let Kind::List(item) = &kind { &**item } else { &kind };
    if let Some(expected) = unfit(compare.is, &kind, item) {
        let error = Diagnostic::new(Code::TypeMismatch).with("expected", expected).with("found", kind.name());
        return Err(place(error));
    }
    let target = if matches!(compare.is, Comparison::Empty | Comparison::Filled | Comparison::Changed) {
        Target::Nothing
    } else {
        // Parts of a label are matched as text, so that `contains` need not name a whole option.
        let matched = matches!(compare.is, Comparison::StartsWith | Comparison::EndsWith);
        let by = if matched { &Kind::Text } else { item };
        target::read(&compare.value, by, reader).map_err(place)?
    };
    let wanted = match (compare.is, &target) {
        (Comparison::Between, Target::Several(ends)) if ends.len() == 2 && !ends.contains(&Target::Nothing) => None,
        (Comparison::Between, _) => Some("two"),
        (Comparison::OneOf | Comparison::NoneOf, _) => None,
        (Comparison::Empty | Comparison::Filled | Comparison::Changed, _) => None,
        (Comparison::Equals | Comparison::NotEquals, Target::Several(_)) if !matches!(kind, Kind::List(_)) => {
            Some("one")
        }
        (Comparison::Equals | Comparison::NotEquals | Comparison::Contains | Comparison::NotContains, _) => None,
        (_, Target::Several(_) | Target::Nothing) => Some("one"),
        _ => None,
    };
    if let Some(wanted) = wanted {
        let error = Diagnostic::new(Code::InvalidDefinition).with("detail", format!("operand-{wanted}"));
        return Err(place(error));
    }
    let label = label(&access, &reads, reader, entity, &compare.field);
    if target.reads_clock() {
        reads.push(Read::Clock);
    }
    if target.reads_actor() {
        reads.push(Read::Actor);
    }
    Ok((Test { access, is: compare.is, target, written: compare.clone(), label }, reads))
}

/// What kind would have been needed, if a field of this kind cannot be compared in this way.
fn unfit(is: Comparison, kind: &Kind, item: &Kind) -> Option<&'static str> {
    let list = matches!(kind, Kind::List(_));
    let ordered = matches!(kind, Kind::Any | Kind::Number | Kind::Money | Kind::Duration | Kind::Date | Kind::Instant);
    match is {
        Comparison::Greater | Comparison::AtLeast | Comparison::Less | Comparison::AtMost | Comparison::Between => {
            (!ordered).then_some("number")
        }
        Comparison::Contains | Comparison::NotContains => {
            (!list && !matches!(kind, Kind::Text | Kind::Any)).then_some("text")
        }
        Comparison::StartsWith | Comparison::EndsWith => {
            (list || !matches!(kind, Kind::Text | Kind::Any)).then_some("text")
        }
        Comparison::Equals | Comparison::NotEquals | Comparison::OneOf | Comparison::NoneOf => {
            matches!(item, Kind::Files | Kind::Place).then_some("text")
        }
        Comparison::Empty | Comparison::Filled | Comparison::Changed => None,
    }
}

fn label(access: &Access, reads: &[Read], reader: &dyn Reader, entity: EntityId, written: &str) -> Label {
    let of =
        |entity: EntityId, field| reader.entity(entity).and_then(|entity| Some(entity.field(field)?.label.clone()));
    let found = match (access, reads.first()) {
        (Access::Own { field, .. }, _) => of(entity, *field),
        (Access::Through { links, field, .. }, Some(Read::Through { entity: end, .. })) => {
            match (links.first().and_then(|link| of(entity, *link)), of(*end, *field)) {
                (Some(first), Some(last)) => Some(Label {
                    zh: format!("{} · {}", first.zh, last.zh),
                    en: format!("{} · {}", first.en, last.en),
                }),
                _ => None,
            }
        }
        _ => None,
    };
    found.unwrap_or_else(|| Label::same(written))
}

impl Test {
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        if self.is == Comparison::Changed {
            return self.has_changed(scope);
        }
        if let Access::Own { field, many: false } = &self.access {
            return self.meets(scope.record.value(*field), scope.clock);
        }
        match formula::read(&self.access, scope) {
            Term::Seen(value) => self.meets(value, scope.clock),
            Term::Made(value) => self.meets(&value, scope.clock),
            Term::Many(values) => self.meets_list(&values, scope.clock),
        }
    }

    fn has_changed(&self, scope: &Scope<'_>) -> bool {
        let now = formula::read(&self.access, scope);
        let before = match scope.before {
            Some(before) => formula::read(&self.access, &Scope { record: before, ..*scope }),
            None => Term::Made(Value::Empty),
        };
        !formula::same_term(&now, &before)
    }

    fn meets(&self, value: &Value, clock: &Clock) -> bool {
        match self.is {
            Comparison::Equals => same(value, &self.target, clock),
            Comparison::NotEquals => !same(value, &self.target, clock),
            Comparison::Contains => holds_text(value, &self.target, TextPlace::Anywhere),
            Comparison::NotContains => !holds_text(value, &self.target, TextPlace::Anywhere),
            Comparison::StartsWith => holds_text(value, &self.target, TextPlace::Start),
            Comparison::EndsWith => holds_text(value, &self.target, TextPlace::End),
            Comparison::Greater => order(value, &self.target, clock) == Some(Ordering::Greater),
            Comparison::AtLeast => {
                matches!(order(value, &self.target, clock), Some(Ordering::Greater | Ordering::Equal))
            }
            Comparison::Less => order(value, &self.target, clock) == Some(Ordering::Less),
            Comparison::AtMost => matches!(order(value, &self.target, clock), Some(Ordering::Less | Ordering::Equal)),
            Comparison::Between => match &self.target {
                Target::Several(ends) => {
                    matches!(order(value, &ends[0], clock), Some(Ordering::Greater | Ordering::Equal))
                        && matches!(order(value, &ends[1], clock), Some(Ordering::Less | Ordering::Equal))
                }
                _ => false,
            },
            Comparison::OneOf => one_of(value, &self.target, clock),
            Comparison::NoneOf => !one_of(value, &self.target, clock),
            Comparison::Empty => value.is_empty(),
            Comparison::Filled => !value.is_empty(),
            Comparison::Changed => false,
        }
    }

    fn meets_list(&self, values: &[Value], clock: &Clock) -> bool {
        let any = |target: &Target| values.iter().any(|value| same(value, target, clock));
        let holds_all = || match &self.target {
            Target::Several(targets) => targets.iter().all(any),
            Target::Nothing => true,
            target => any(target),
        };
        let exactly = || {
            let wanted: &[Target] = match &self.target {
                Target::Several(targets) => targets,
                Target::Nothing => &[],
                target => std::slice::from_ref(target),
            };
            wanted.iter().all(any) && values.iter().all(|value| wanted.iter().any(|target| same(value, target, clock)))
        };
        match self.is {
            Comparison::Equals => exactly(),
            Comparison::NotEquals => !exactly(),
            Comparison::Contains => holds_all(),
            Comparison::NotContains => !holds_all(),
            Comparison::OneOf => values.iter().any(|value| one_of(value, &self.target, clock)),
            Comparison::NoneOf => !values.iter().any(|value| one_of(value, &self.target, clock)),
            Comparison::Empty => values.iter().all(Value::is_empty),
            Comparison::Filled => values.iter().any(|value| !value.is_empty()),
            Comparison::StartsWith
            | Comparison::EndsWith
            | Comparison::Greater
            | Comparison::AtLeast
            | Comparison::Less
            | Comparison::AtMost
            | Comparison::Between
            | Comparison::Changed => false,
        }
    }
}

/// A flag that nobody ticked is no; any other blank is the same as nothing only.
fn same(value: &Value, target: &Target, clock: &Clock) -> bool {
    match target {
        Target::Nothing => value.is_empty(),
        Target::Flag(wanted) => match value {
            Value::Flag(flag) => flag == wanted,
            Value::Empty => !wanted,
            _ => false,
        },
        Target::Number(wanted) => number(value).is_some_and(|number| number == *wanted),
        Target::Text(wanted) => match value {
            Value::Text(text) if text.is_ascii() => text.eq_ignore_ascii_case(wanted),
            Value::Text(text) => text.chars().flat_map(char::to_lowercase).eq(wanted.chars()),
            Value::Choice(option) => option.as_str().eq_ignore_ascii_case(wanted),
            _ => false,
        },
        Target::Option(option) => value.options().contains(option),
        Target::Record(record) => value.links().contains(record),
        Target::Me => clock.actor.is_some_and(|actor| value.links().contains(&actor)),
        Target::Day(_) | Target::Moment(_) => order(value, target, clock) == Some(Ordering::Equal),
        Target::Several(targets) => targets.iter().any(|target| same(value, target, clock)),
    }
}

fn one_of(value: &Value, target: &Target, clock: &Clock) -> bool {
    same(value, target, clock)
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Money(money) => Some(money.amount),
        Value::Duration(seconds) => Some(Decimal::from(*seconds)),
        _ => None,
    }
}

fn order(value: &Value, target: &Target, clock: &Clock) -> Option<Ordering> {
    match target {
        Target::Number(wanted) => number(value).map(|number| number.cmp(wanted)),
        Target::Day(day) => {
            let wanted = day.date(clock)?;
            match value {
                Value::Date(date) => Some(date.cmp(&wanted)),
                Value::Instant(at) => Some(at.local(clock.zone).date().cmp(&wanted)),
                _ => None,
            }
        }
        Target::Moment(wanted) => match value {
            Value::Date(date) => Some(date.cmp(&wanted.date())),
            Value::Instant(at) => Some(at.local(clock.zone).cmp(wanted)),
            _ => None,
        },
        Target::Nothing
        | Target::Flag(_)
        | Target::Text(_)
        | Target::Option(_)
        | Target::Record(_)
        | Target::Me
        | Target::Several(_) => None,
    }
}

fn holds_text(value: &Value, target: &Target, place: TextPlace) -> bool {
    match (value, target) {
        (_, Target::Nothing) => true,
        (Value::Text(text), Target::Text(wanted)) => formula::matches_text(text, wanted, place),
        (value, Target::Several(targets)) => targets.iter().all(|target| holds_text(value, target, place)),
        (Value::Text(text), Target::Number(number)) => {
            formula::matches_text(text, &number.normalize().to_string(), place)
        }
        _ => false,
    }
}

/// What was written as operand, for explanations.
pub(super) fn written(test: &Test) -> &Operand {
    &test.written.value
}
