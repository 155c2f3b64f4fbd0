//! The types of the grammar: what an expression gives, known before it is ever evaluated.

use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::{EntityId, FieldId};

/// What an expression gives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Not known before evaluation; accepted everywhere.
    Any,
    /// Yes or no.
    Flag,
    /// A number, percentages and ratings among them.
    Number,
    /// An amount in a currency.
    Money,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// A length of time.
    Duration,
    /// An option of this field.
    Choice(EntityId, FieldId),
    /// A record of one of these entities; of any when empty.
    Link(Vec<EntityId>),
    /// Files.
    Files,
    /// A place.
    Place,
    /// Several values of one kind: a field of related records.
    List(Box<Kind>),
}

impl Kind {
    /// A name for messages: `number`, `list of text`.
    pub fn name(&self) -> String {
        match self {
            Kind::Any => "any".to_owned(),
            Kind::Flag => "flag".to_owned(),
            Kind::Number => "number".to_owned(),
            Kind::Money => "money".to_owned(),
            Kind::Text => "text".to_owned(),
            Kind::Date => "date".to_owned(),
            Kind::Instant => "instant".to_owned(),
            Kind::Duration => "duration".to_owned(),
            Kind::Choice(..) => "choice".to_owned(),
            Kind::Link(_) => "link".to_owned(),
            Kind::Files => "files".to_owned(),
            Kind::Place => "place".to_owned(),
            Kind::List(item) => format!("list of {}", item.name()),
        }
    }

    /// What a field of an entity gives when it is read. A look-up and a roll-up of values take theirs from the field that
    /// they read, which the caller finds; here they are `Any`.
    pub fn of_field(entity: EntityId, field: &Field) -> Kind {
        match &field.kind {
            FieldKind::Choice { .. } => Kind::Choice(entity, field.id),
            FieldKind::Choices { .. } => Kind::List(Box::new(Kind::Choice(entity, field.id))),
            FieldKind::Address | FieldKind::Location => Kind::Place,
            FieldKind::Link(target) => Kind::Link(target.to.clone()),
            FieldKind::Links(target) => Kind::List(Box::new(Kind::Link(target.to.clone()))),
            FieldKind::Lines { entity, .. } => Kind::List(Box::new(Kind::Link(vec![*entity]))),
            FieldKind::Files | FieldKind::Signature => Kind::Files,
            other => other.result().map_or(Kind::Any, Kind::of_result),
        }
    }

    /// What a formula field promises to give.
    pub fn of_result(result: ResultKind) -> Kind {
        match result {
            ResultKind::Text => Kind::Text,
            ResultKind::Number | ResultKind::Percent => Kind::Number,
            ResultKind::Money => Kind::Money,
            ResultKind::Date => Kind::Date,
            ResultKind::Instant => Kind::Instant,
            ResultKind::Duration => Kind::Duration,
            ResultKind::Flag => Kind::Flag,
        }
    }
}
