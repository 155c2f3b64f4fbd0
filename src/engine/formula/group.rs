//! What operators can do with which kinds.

use crate::engine::formula::kind::Kind;
use crate::engine::formula::parse::Binary;

/// What kinds have in common when they meet at an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Any,
    Plain,
    Money,
    Duration,
    Text,
    Date,
    Instant,
    Choice,
    Link,
    List,
    Other,
}

/// The group of a kind.
pub(super) fn group(kind: &Kind) -> Group {
    match kind {
        Kind::Any => Group::Any,
        Kind::Flag | Kind::Number => Group::Plain,
        Kind::Money => Group::Money,
        Kind::Duration => Group::Duration,
        Kind::Text => Group::Text,
        Kind::Date => Group::Date,
        Kind::Instant => Group::Instant,
        Kind::Choice(..) => Group::Choice,
        Kind::Link(_) => Group::Link,
        Kind::List(_) => Group::List,
        Kind::Files | Kind::Place => Group::Other,
    }
}

/// One of two operands.
#[derive(PartialEq)]
pub(super) enum Side {
    Left,
    Right,
}

/// What an operator gives, or which side does not fit and what it should have been.
pub(super) fn arithmetic_kind(op: Binary, left: Group, right: Group) -> Result<Kind, (Side, &'static str)> {
    use Group::{Any, Date, Duration, Instant, Money, Plain};
    for (side, group) in [(Side::Left, left), (Side::Right, right)] {
        if matches!(group, Group::Text | Group::Choice | Group::Link | Group::List | Group::Other) {
            return Err((side, "number"));
        }
    }
    let additive = matches!(op, Binary::Add | Binary::Subtract);
    let add = op == Binary::Add;
    let subtract = op == Binary::Subtract;
    let power = op == Binary::Power;
    let divide = op == Binary::Divide;
    match (left, right) {
        (Any, _) | (_, Any) => Ok(if power { Kind::Number } else { Kind::Any }),
        (Plain, Plain) => Ok(Kind::Number),
        (Money, Money) if additive => Ok(Kind::Money),
        (Money, Money) | (Duration, Duration) if divide => Ok(Kind::Number),
        (Duration, Duration) if additive => Ok(Kind::Duration),
        (Money, Plain) if !power => Ok(Kind::Money),
        (Plain, Money) if !power && !divide => Ok(Kind::Money),
        (Duration, Plain) if !power => Ok(Kind::Duration),
        (Plain, Duration) if !power && !divide => Ok(Kind::Duration),
        (Date | Instant, Date | Instant) if subtract => Ok(Kind::Number),
        (Date, Plain) if additive => Ok(Kind::Date),
        (Plain, Date) if add => Ok(Kind::Date),
        (Instant, Plain) if additive => Ok(Kind::Instant),
        (Plain, Instant) if add => Ok(Kind::Instant),
        (Date | Instant, Duration) if additive => Ok(Kind::Instant),
        (Duration, Date | Instant) if add => Ok(Kind::Instant),
        (Money | Duration | Date | Instant, Plain) => Err((Side::Left, "number")),
        _ => Err((Side::Right, "number")),
    }
}
