//! The one grammar: Excel-style formulas over the fields of a record, its links and its related records. A formula is
//! read, checked against the schema once and then evaluated as often as need be; it always ends.

mod away;
mod check;
pub mod coerce;
mod complete;
mod designed;
mod evaluate;
mod explain;
pub mod function;
mod group;
pub mod kind;
mod lex;
mod name;
mod operate;
pub mod parse;
mod result;
mod special;
mod spell;
mod template;
mod tree;

pub use away::is_known_away;
pub use complete::{Candidate, CandidateKind, Completion, IsMeant, Signature, complete};
pub use designed::with_entity;
pub(in crate::engine) use evaluate::{Term, read, same_term};
pub use explain::{Explanation, Reason};
pub use lex::{Tint, tinted};
pub(in crate::engine) use name::kind_of_field;
pub use name::{Access, access};
pub use operate::{TextPlace, compare_values, matches_text, same_value};
pub use parse::Span;
pub use result::{as_value, into_field};
pub use template::Template;

use crate::engine::formula::function::{Clock, Fault, Operand};
use crate::engine::formula::kind::Kind;
use crate::engine::formula::tree::Node;
use crate::model::diagnostic::Diagnostic;
use crate::model::field::{Language, ResultKind};
use crate::model::id::{EntityId, FieldId};
use crate::model::record::Record;
use crate::model::state::Reader;

/// A formula that was checked against the schema.
#[derive(Clone, Debug)]
pub struct Formula {
    root: Node,
    source: String,
    entity: EntityId,
    reads: Vec<Read>,
}

/// What a formula is evaluated on.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// Where linked and related records are found.
    pub reader: &'a dyn Reader,
    /// The record at hand.
    pub record: &'a Record,
    /// The record before the change at hand; none outside rules and for new records.
    pub before: Option<&'a Record>,
    /// What time it is.
    pub clock: &'a Clock,
    /// The language in which options become text.
    pub language: Language,
}

/// Something that a formula depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// A field of the record itself.
    Own(FieldId),
    /// A field of the record that links lead to.
    Through {
        /// The links, the first of them a field of the record itself.
        path: Vec<FieldId>,
        /// The entity at the end; one entry for each if there may be several.
        entity: EntityId,
        /// Its field.
        field: FieldId,
    },
    /// The records that point at this one.
    Related {
        /// Their entity.
        entity: EntityId,
        /// Their link field.
        via: FieldId,
        /// The field that is read of each; none if only the records are counted.
        field: Option<FieldId>,
    },
    /// A field of the records that links of the records that point at this one lead to.
    RelatedThrough {
        /// The entity of the records that point here.
        entity: EntityId,
        /// Their link field.
        via: FieldId,
        /// The links, the first of them a field of those records.
        path: Vec<FieldId>,
        /// The entity at the end; one entry for each if there may be several.
        target: EntityId,
        /// Its field.
        field: FieldId,
    },
    /// When the record itself last changed.
    Updated,
    /// What time it is.
    Clock,
    /// Who asks.
    Actor,
}

/// Reads a formula and checks it against the schema; what is wrong comes with the bytes where it is.
pub fn compile(text: &str, reader: &dyn Reader, entity: EntityId) -> Result<Formula, Vec<Diagnostic>> {
    let expression = parse::parse(text).map_err(|diagnostic| vec![diagnostic])?;
    let (root, reads) = check::check(&expression, reader, entity)?;
    Ok(Formula { root, source: text.to_owned(), entity, reads })
}

/// A formula that is asked as a condition has to give yes or no.
pub fn expect_flag(formula: &Formula) -> Result<(), Diagnostic> {
    match formula.kind() {
        Kind::Any | Kind::Flag | Kind::Number => Ok(()),
        kind => Err(name::mismatch("flag", kind, formula.root.span)),
    }
}

/// A formula whose result is kept has to give what was promised, or what becomes that by itself.
pub fn expect(formula: &Formula, wanted: ResultKind) -> Result<(), Diagnostic> {
    let kind = formula.kind();
    let is_fit = match wanted {
        ResultKind::Text => true,
        ResultKind::Flag => matches!(kind, Kind::Flag | Kind::Number),
        ResultKind::Number | ResultKind::Percent | ResultKind::Money | ResultKind::Duration => {
            matches!(kind, Kind::Number | Kind::Money | Kind::Duration | Kind::Flag | Kind::Text)
        }
        ResultKind::Date | ResultKind::Instant => matches!(kind, Kind::Date | Kind::Instant | Kind::Text),
    };
    if is_fit || matches!(kind, Kind::Any | Kind::List(_)) {
        return Ok(());
    }
    Err(name::mismatch(&Kind::of_result(wanted).name(), kind, formula.root.span))
}

impl Formula {
    /// The formula as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The entity whose records it is asked of.
    pub fn entity(&self) -> EntityId {
        self.entity
    }

    /// What it gives.
    pub fn kind(&self) -> &Kind {
        &self.root.kind
    }

    /// What it depends on, each once.
    pub fn reads(&self) -> &[Read] {
        &self.reads
    }

    /// What it gives for a record.
    pub fn evaluate(&self, scope: &Scope<'_>) -> Result<Operand, Fault> {
        evaluate::evaluate(&self.root, scope)
    }

    /// What it gives for a record in words: options and links by their names, a fault by its sign.
    pub fn text(&self, scope: &Scope<'_>) -> String {
        let mut text = String::new();
        template::push_result(&mut text, self, scope);
        text
    }

    /// Whether it gives yes for a record; a fault counts as no.
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        evaluate::holds(&self.root, scope)
    }

    /// What each part of it gives for a record.
    pub fn explain(&self, scope: &Scope<'_>) -> Explanation {
        explain::explain(self, scope)
    }
}
