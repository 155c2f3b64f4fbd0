//! Why a formula gives what it gives: each part with its text and its value, as data, so that any language can draw it.

use crate::engine::formula::function::{Fault, Operand};
use crate::engine::formula::tree::{Node, Op, Special};
use crate::engine::formula::{Formula, Scope, Span, evaluate, spell};
use crate::model::field::Label;

/// A part of a formula with what it gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The part as it was written.
    pub text: String,
    /// The same with fields by their labels.
    pub spelled: Label,
    /// Where it stands.
    pub span: Span,
    /// What it gave.
    pub value: Result<Operand, Fault>,
    /// For a comparison the two sides of the sentence "公司规模 620 > 500".
    pub reason: Option<Reason>,
    /// Its parts; literals have none, and branches that were not taken are left out.
    pub children: Vec<Explanation>,
}

/// The parts of a sentence that says how a comparison came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// What was compared, as it was written.
    pub subject: String,
    /// The same with fields by their labels.
    pub spelled: Label,
    /// What it gave.
    pub actual: Result<Operand, Fault>,
    /// How it was compared: `>`.
    pub sign: &'static str,
    /// What it was compared with, as it was written.
    pub against: String,
    /// What that gave.
    pub operand: Result<Operand, Fault>,
}

/// Explains a formula for a record.
pub(super) fn explain(formula: &Formula, scope: &Scope<'_>) -> Explanation {
    let frame = evaluate::Frame::new(*scope);
    let mut explainer = Explainer { source: &formula.source, scope: *scope, frame };
    let mut explanation = explainer.part(&formula.root);
    // The whole is shown as it was written, the leading sign aside.
    explanation.text = formula.source.trim().trim_start_matches(['=', '＝']).trim().to_owned();
    explanation
}

struct Explainer<'a> {
    source: &'a str,
    scope: Scope<'a>,
    frame: evaluate::Frame<'a>,
}

impl<'a> Explainer<'a> {
    fn part<'n: 'a>(&mut self, node: &'n Node) -> Explanation {
        let value = self.frame.term(node).map(evaluate::Term::into_operand);
        let children = self.children(node);
        let text = self.source.get(node.span.from..node.span.to).unwrap_or_default().to_owned();
        let reason = match &node.op {
            Op::Compare(op, sides) => {
                let (left, right) = (self.side(&sides[0]), self.side(&sides[1]));
                let (sign, spelled) = (op.sign(), self.spelled(&sides[0]));
                Some(Reason { subject: left.0, spelled, actual: left.1, sign, against: right.0, operand: right.1 })
            }
            _ => None,
        };
        Explanation { text, spelled: self.spelled(node), span: node.span, value, reason, children }
    }

    fn spelled(&self, node: &Node) -> Label {
        spell::spell(node, self.source, self.scope.reader, self.scope.record.entity)
    }

    fn side<'n: 'a>(&mut self, node: &'n Node) -> (String, Result<Operand, Fault>) {
        let text = self.source.get(node.span.from..node.span.to).unwrap_or_default().to_owned();
        (text, self.frame.term(node).map(evaluate::Term::into_operand))
    }

    fn children<'n: 'a>(&mut self, node: &'n Node) -> Vec<Explanation> {
        match &node.op {
            Op::Constant(_) | Op::Constants(_) | Op::Fault(_) | Op::Read(_) | Op::Local(_) => Vec::new(),
            Op::Unary(_, operand) => self.worth_telling([&**operand]),
            Op::Arithmetic(_, sides) | Op::Compare(_, sides) | Op::Join(sides) => {
                self.worth_telling([&sides[0], &sides[1]])
            }
            Op::Call(_, arguments) => self.worth_telling(arguments),
            Op::Label(inner) | Op::Joined(inner) | Op::Code(inner) | Op::Named(inner, _) => self.children(inner),
            Op::Special(Special::If, arguments) => {
                let taken = match self.frame.flag(&arguments[0]) {
                    Ok(true) => arguments.get(1),
                    Ok(false) => arguments.get(2),
                    Err(_) => None,
                };
                self.worth_telling(std::iter::once(&arguments[0]).chain(taken))
            }
            Op::Special(Special::Let(slot), arguments) => {
                let Some((body, values)) = arguments.split_last() else {
                    return Vec::new();
                };
                self.frame.locals.truncate(*slot);
                let mut children = Vec::new();
                for value in values {
                    children.extend(self.worth_telling([value]));
                    let term = self.frame.term(value);
                    self.frame.locals.push(term);
                }
                children.extend(self.worth_telling([body]));
                self.frame.locals.truncate(*slot);
                children
            }
            Op::Special(_, arguments) => self.worth_telling(arguments),
        }
    }

    /// What stands in the formula as a value needs no line of its own.
    fn worth_telling<'n: 'a>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Vec<Explanation> {
        let parts =
            nodes.into_iter().filter(|node| !matches!(node.op, Op::Constant(_) | Op::Constants(_) | Op::Fault(_)));
        parts.map(|node| self.part(node)).collect()
    }
}
