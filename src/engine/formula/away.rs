//! Which formulas come out the same away from the workspace, where `public/form/ask.js` works them out, which knows no more than this.

use crate::engine::formula::Formula;
use crate::engine::formula::kind::Kind;
use crate::engine::formula::name::Access;
use crate::engine::formula::tree::{Node, Op, Special};
use crate::model::value::Value;

/// The functions that are known there.
const FUNCTIONS: [&str; 23] = [
    "IF", "IFERROR", "AND", "OR", "NOT", "ISBLANK", "LEN", "UPPER", "LOWER", "TRIM", "ABS", "INT", "ROUND", "TODAY",
    "YEAR", "MONTH", "DAY", "SUM", "COUNT", "MIN", "MAX", "TRUE", "FALSE",
];

/// Whether a function is known away from the workspace by this name.
pub fn is_known_away(name: &str) -> bool {
    FUNCTIONS.contains(&name.to_uppercase().as_str())
}

impl Formula {
    /// Whether it comes out the same away from the workspace, as far as what it reads is known there.
    pub fn is_same_away(&self) -> bool {
        is_same(&self.root, &self.source)
    }
}

fn is_same(node: &Node, source: &str) -> bool {
    let all = |nodes: &[Node]| nodes.iter().all(|node| is_same(node, source));
    let are_numbers = |nodes: &[Node]| !nodes.iter().any(|node| is_time(&node.kind));
    match &node.op {
        Op::Constant(value) => is_written_so(value, source.get(node.span.from..node.span.to).unwrap_or_default()),
        Op::Read(Access::Own { many: false, .. }) => is_scalar(&node.kind),
        Op::Unary(_, inner) => is_same(inner, source) && !is_time(&inner.kind),
        // From day to day, and by so many days.
        Op::Arithmetic(_, sides) => all(&sides[..]) && !sides.iter().any(|side| side.kind == Kind::Duration),
        Op::Compare(_, sides) | Op::Join(sides) => all(&sides[..]),
        Op::Call(function, arguments) => match function.0.name {
            "SUM" | "COUNT" | "MIN" | "MAX" => {
                arguments.iter().all(|argument| is_summed(argument, function.0.name, source))
            }
            "ROUND" | "ABS" | "INT" => all(arguments) && are_numbers(arguments),
            name => is_known_away(name) && all(arguments),
        },
        Op::Special(Special::If | Special::IfError, arguments) => {
            let is_plain = |node: &Node| !matches!(node.kind, Kind::Choice(..) | Kind::Date);
            all(arguments) && is_plain(node) && arguments.iter().skip(1).all(is_plain)
        }
        // A text that says yes or no is read in more words there, or in fewer.
        Op::Special(Special::And | Special::Or | Special::Not, arguments) => {
            all(arguments) && !arguments.iter().any(|argument| argument.kind == Kind::Text)
        }
        Op::Special(Special::IsBlank, arguments) => all(arguments),
        // Options and lists as text depend on the language; the rest is not known there.
        Op::Read(_)
        | Op::Constants(_)
        | Op::Fault(_)
        | Op::Local(_)
        | Op::Label(_)
        | Op::Joined(_)
        | Op::Code(_)
        | Op::Named(..)
        | Op::Special(..) => false,
    }
}

/// What adds up: numbers, amounts where they are added, and a column of lines.
fn is_summed(node: &Node, function: &str, source: &str) -> bool {
    let is_column = matches!(&node.op, Op::Read(Access::Related { links, field: Some(_), .. }) if links.is_empty());
    let item = if let Kind::List(item) = &node.kind { &**item } else { &node.kind };
    let is_counted = matches!(item, Kind::Number) || *item == Kind::Money && matches!(function, "SUM" | "COUNT");
    is_counted && if is_column { true } else { function != "COUNT" && is_same(node, source) }
}

fn is_time(kind: &Kind) -> bool {
    matches!(kind, Kind::Duration | Kind::Date | Kind::Instant)
}

fn is_scalar(kind: &Kind) -> bool {
    !matches!(kind, Kind::List(_) | Kind::Link(_) | Kind::Files | Kind::Place | Kind::Instant)
}

/// Whether a constant means there what it means here. A text that is meant as a number or as yes is a text there.
fn is_written_so(value: &Value, written: &str) -> bool {
    let written = written.trim();
    match value {
        Value::Empty | Value::Text(_) | Value::Choice(_) => true,
        Value::Date(day) => *written == format!("\"{day}\""),
        Value::Flag(_) => ["true", "false"].iter().any(|word| written.eq_ignore_ascii_case(word)),
        Value::Number(_) => !written.contains(['"', '“', '”']),
        _ => false,
    }
}
