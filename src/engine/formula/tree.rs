//! The compiled form of a formula: names are fields, calls are functions, and each part knows what it gives.

use crate::engine::formula::function::{Fault, Function};
use crate::engine::formula::kind::Kind;
use crate::engine::formula::name::Access;
use crate::engine::formula::parse::{Binary, Span, Unary};
use crate::model::value::Value;

/// A part of a compiled formula.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub op: Op,
    pub kind: Kind,
    pub span: Span,
}

/// What a part does.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// A value that stands in the formula.
    Constant(Value),
    /// Several of them.
    Constants(Vec<Value>),
    /// A fault that stands in the formula.
    Fault(Fault),
    /// A field, reached in some way.
    Read(Access),
    /// What `LET` gave a name to.
    Local(usize),
    /// An operator of one operand.
    Unary(Unary, Box<Node>),
    /// Any operator of two operands that gives a value.
    Arithmetic(Binary, Box<[Node; 2]>),
    /// A comparison.
    Compare(Binary, Box<[Node; 2]>),
    /// Two texts joined.
    Join(Box<[Node; 2]>),
    /// A function that wants all its arguments.
    Call(Applied, Vec<Node>),
    /// Options and links as the text that people see.
    Label(Box<Node>),
    /// The items of a list as one text.
    Joined(Box<Node>),
    /// Options as the text of their ids.
    Code(Box<Node>),
    /// A text that may name an option of this kind, by id or in either language, as the text that people see.
    Named(Box<Node>, Kind),
    /// A form that does not evaluate all its arguments.
    Special(Special, Vec<Node>),
}

/// A function of the table.
#[derive(Clone, Copy)]
pub(super) struct Applied(pub &'static Function);

impl std::fmt::Debug for Applied {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.0.name)
    }
}

/// The forms that look at their arguments themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    If,
    Ifs,
    Switch,
    IfError,
    IfNa,
    And,
    Or,
    Xor,
    Not,
    Choose,
    /// Values and then the body; the values belong to the slots from the given one on.
    Let(usize),
    Before,
    Changed,
    IsBlank,
    IsError,
    IsNa,
}

impl Node {
    /// The text that stands here in the formula, if it is one.
    pub fn literal_text(&self) -> Option<&str> {
        match &self.op {
            Op::Constant(value) => value.as_text(),
            _ => None,
        }
    }
}
