//! From text to tree: the only file that knows the parser crate. Names, numbers and text are handed to it as numbered
//! placeholders, so that names of fields may be of any language, and it settles which operator binds what.

use std::ops::Range;

use formualizer_parse::{ASTNode, ASTNodeType, BinaryOperator, Parser, ParserLimits, UnaryOperator};
use rust_decimal::Decimal;

use crate::engine::formula::function::Fault;
use crate::engine::formula::lex::{Joint, Piece, What, lex, syntax};
use crate::model::diagnostic::{Code, Diagnostic};

/// Bytes of a formula at most.
const BYTES: usize = 8_000;
/// Parts of a formula at most.
const NODES: usize = 2_000;

/// Bytes of the formula as it was written, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub what: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The word without its brackets.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What a part of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// An argument that was left out.
    Omitted,
    /// A number.
    Number(Decimal),
    /// Text in quotes.
    Text(String),
    /// `TRUE` or `FALSE`.
    Flag(bool),
    /// `#N/A` and its like.
    Fault(Fault),
    /// A field, a path over links, or a list of related records with or without the field that is read of each.
    Name {
        /// The words between the dots.
        parts: Vec<Part>,
        /// The field in brackets after a list.
        column: Option<Part>,
    },
    /// A sign before an operand, or a percent sign after it.
    Unary(Unary, Box<Expression>),
    /// Two operands and what stands between them.
    Binary(Binary, Box<Expression>, Box<Expression>),
    /// A function.
    Call {
        /// Its name.
        name: Part,
        /// Its arguments.
        arguments: Vec<Expression>,
    },
    /// `{1,2,3}`; rows are joined into one list.
    Array(Vec<Expression>),
}

/// Operators of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    /// `+x`
    Plus,
    /// `-x`
    Minus,
    /// `x%`
    Percent,
}

/// Operators of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
    /// `&`
    Join,
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Binary {
    /// The sign as people write it.
    pub fn sign(self) -> &'static str {
        match self {
            Binary::Add => "+",
            Binary::Subtract => "-",
            Binary::Multiply => "*",
            Binary::Divide => "/",
            Binary::Power => "^",
            Binary::Join => "&",
            Binary::Equal => "=",
            Binary::NotEqual => "<>",
            Binary::Less => "<",
            Binary::AtMost => "<=",
            Binary::Greater => ">",
            Binary::AtLeast => ">=",
        }
    }

    /// Whether it asks a question.
    pub fn is_comparison(self) -> bool {
        matches!(
            self,
            Binary::Equal | Binary::NotEqual | Binary::Less | Binary::AtMost | Binary::Greater | Binary::AtLeast
        )
    }
}

/// Reads a formula; the leading `=` may be missing.
pub fn parse(text: &str) -> Result<Expression, Diagnostic> {
    let whole = Span { from: 0, to: text.len() };
    if text.len() > BYTES {
        return Err(too_large(whole));
    }
    let pieces = lex(text)?;
    let written = write_placeholders(&pieces);
    let limits = ParserLimits::default().with_ast_nodes(NODES);
    let tree = Parser::builder().limits(limits).parse(&written).map_err(|error| {
        // Order and brackets were checked while cutting, so what is left are the parser's own limits.
        let large = error.message.contains("limit") || error.message.contains("too deep");
        if large { too_large(whole) } else { syntax(whole, "not-understood") }
    })?;
    let reader = Reader { pieces: &pieces };
    Ok(reader.read(&tree)?.into_expression(&pieces))
}

fn too_large(span: Span) -> Diagnostic {
    Diagnostic::new(Code::FormulaTooLarge).at_span(span.from, span.to)
}

/// Writes the formula for the parser.
fn write_placeholders(pieces: &[Piece]) -> String {
    let mut written = String::from("=");
    write(pieces, 0..pieces.len(), &mut written);
    written
}

/// Writes what stands between two brackets: parts between commas.
fn write(pieces: &[Piece], range: Range<usize>, written: &mut String) {
    let mut from = range.start;
    for at in on_level(pieces, range.clone()) {
        if matches!(pieces[at].what, What::Comma | What::Semicolon) {
            write_joined(pieces, from..at, Joint::Or, written);
            written.push(if pieces[at].what == What::Comma { ',' } else { ';' });
            from = at + 1;
        }
    }
    write_joined(pieces, from..range.end, Joint::Or, written);
}

/// Writes questions with `or` or `and` between them as a call of the function.
fn write_joined(pieces: &[Piece], range: Range<usize>, joint: Joint, written: &mut String) {
    let is_joint = |at: &usize| matches!(pieces[*at].what, What::Joint(found, _) if found == joint);
    let joints: Vec<usize> = on_level(pieces, range.clone()).filter(is_joint).collect();
    let part = |range: Range<usize>, written: &mut String| match joint {
        Joint::Or => write_joined(pieces, range, Joint::And, written),
        Joint::And => write_plain(pieces, range, written),
    };
    let Some(first) = joints.first() else {
        return part(range, written);
    };
    written.push_str(&format!("f_{first}("));
    let mut from = range.start;
    for at in &joints {
        part(from..*at, written);
        written.push(',');
        from = at + 1;
    }
    part(from..range.end, written);
    written.push(')');
}

fn write_plain(pieces: &[Piece], range: Range<usize>, written: &mut String) {
    for at in on_level(pieces, range) {
        let piece = &pieces[at];
        match &piece.what {
            What::Number(_) | What::Text(_) | What::Flag(_) | What::Fault(_) | What::Name { .. } => {
                written.push_str(&format!("v_{at}"));
            }
            What::Function(_) | What::Open | What::OpenArray => {
                let (open, close) = match &piece.what {
                    What::Function(_) => (format!("f_{at}("), ')'),
                    What::OpenArray => ("{".to_owned(), '}'),
                    _ => ("(".to_owned(), ')'),
                };
                written.push_str(&open);
                write(pieces, at + 1..piece.partner, written);
                written.push(close);
            }
            What::Sign(sign) | What::Infix(sign) => written.push_str(sign),
            What::Percent => written.push('%'),
            // They end a level or stand between its parts.
            What::Close | What::CloseArray | What::Comma | What::Semicolon | What::Joint(..) => {}
        }
    }
}

/// The pieces of a range that do not stand in brackets within it; of brackets only the opening ones.
fn on_level(pieces: &[Piece], range: Range<usize>) -> impl Iterator<Item = usize> {
    let end = range.end;
    std::iter::successors((range.start < end).then_some(range.start), move |at| {
        let next = match pieces[*at].what {
            What::Function(_) | What::Open | What::OpenArray => pieces[*at].partner + 1,
            _ => at + 1,
        };
        (next < end).then_some(next)
    })
}

struct Reader<'a> {
    pieces: &'a [Piece],
}

/// A tree that covers the pieces from the first to the last, brackets around it included.
struct Read {
    what: ExpressionKind,
    first: usize,
    last: usize,
}

impl Read {
    fn into_expression(self, pieces: &[Piece]) -> Expression {
        let span = Span { from: pieces[self.first].span.from, to: pieces[self.last].span.to };
        Expression { what: self.what, span }
    }
}

impl Reader<'_> {
    fn read(&self, node: &ASTNode) -> Result<Read, Diagnostic> {
        let mut read = self.read_bare(node)?;
        // The parser drops brackets; a part of the text without them would read wrongly.
        while let Some(before) = read.first.checked_sub(1)
            && self.pieces[before].what == What::Open
            && self.pieces[before].partner == read.last + 1
        {
            read.first -= 1;
            read.last += 1;
        }
        Ok(read)
    }

    fn expression(&self, node: &ASTNode) -> Result<Expression, Diagnostic> {
        Ok(self.read(node)?.into_expression(self.pieces))
    }

    fn read_bare(&self, node: &ASTNode) -> Result<Read, Diagnostic> {
        match &node.node_type {
            ASTNodeType::Omitted => Err(self.lost()),
            ASTNodeType::Reference { original, .. } => {
                let at = original.strip_prefix("v_").and_then(|digits| digits.parse::<usize>().ok());
                let at = at.filter(|at| *at < self.pieces.len()).ok_or_else(|| self.lost())?;
                let what = match &self.pieces[at].what {
                    What::Number(number) => ExpressionKind::Number(*number),
                    What::Text(text) => ExpressionKind::Text(text.clone()),
                    What::Flag(flag) => ExpressionKind::Flag(*flag),
                    What::Fault(fault) => ExpressionKind::Fault(*fault),
                    What::Name { parts, column } => {
                        ExpressionKind::Name { parts: parts.clone(), column: column.clone() }
                    }
                    _ => return Err(self.lost()),
                };
                Ok(Read { what, first: at, last: at })
            }
            ASTNodeType::UnaryOp { op, expr } => {
                let operand = self.read(expr)?;
                let (first, last) = (operand.first, operand.last);
                let before = |sign: Unary, operand: Read| Read {
                    what: ExpressionKind::Unary(sign, Box::new(operand.into_expression(self.pieces))),
                    first: first.saturating_sub(1),
                    last,
                };
                match op {
                    UnaryOperator::Plus => Ok(before(Unary::Plus, operand)),
                    UnaryOperator::Minus => Ok(before(Unary::Minus, operand)),
                    UnaryOperator::Percent => Ok(Read {
                        what: ExpressionKind::Unary(Unary::Percent, Box::new(operand.into_expression(self.pieces))),
                        first,
                        last: (last + 1).min(self.pieces.len() - 1),
                    }),
                    _ => Err(self.lost()),
                }
            }
            ASTNodeType::BinaryOp { op, left, right } => {
                let (left, right) = (self.read(left)?, self.read(right)?);
                let (first, last) = (left.first, right.last);
                let op = self.binary(*op)?;
                let (left, right) = (left.into_expression(self.pieces), right.into_expression(self.pieces));
                Ok(Read { what: ExpressionKind::Binary(op, Box::new(left), Box::new(right)), first, last })
            }
            ASTNodeType::Function { name, args } => {
                let at = name.strip_prefix("f_").and_then(|digits| digits.parse::<usize>().ok());
                let at = at.filter(|at| *at < self.pieces.len()).ok_or_else(|| self.lost())?;
                let part = match &self.pieces[at].what {
                    What::Function(part) => part,
                    What::Joint(_, part) => return self.joined(part, args),
                    _ => return Err(self.lost()),
                };
                let close = self.pieces[at].partner;
                let mut arguments = Vec::with_capacity(args.len());
                for argument in args {
                    if matches!(argument.node_type, ASTNodeType::Omitted) {
                        let to = self.pieces[close].span.from;
                        arguments.push(Expression { what: ExpressionKind::Omitted, span: Span { from: to, to } });
                    } else {
                        arguments.push(self.expression(argument)?);
                    }
                }
                Ok(Read { what: ExpressionKind::Call { name: part.clone(), arguments }, first: at, last: close })
            }
            ASTNodeType::Array(rows) => {
                let mut items = Vec::new();
                let mut last = 0;
                for item in rows.iter().flatten() {
                    let read = self.read(item)?;
                    last = read.last;
                    items.push(read.into_expression(self.pieces));
                }
                let close = (last + 1).min(self.pieces.len() - 1);
                Ok(Read { what: ExpressionKind::Array(items), first: self.pieces[close].partner, last: close })
            }
            ASTNodeType::Literal(_) | ASTNodeType::Call { .. } => Err(self.lost()),
        }
    }

    /// Questions with `and` or `or` between them.
    fn joined(&self, word: &Part, questions: &[ASTNode]) -> Result<Read, Diagnostic> {
        let questions =
            questions.iter().map(|question| self.read(question)).collect::<Result<Vec<Read>, Diagnostic>>()?;
        let (Some(first), Some(last)) = (questions.first(), questions.last()) else {
            return Err(self.lost());
        };
        let (first, last) = (first.first, last.last);
        let arguments = questions.into_iter().map(|question| question.into_expression(self.pieces)).collect();
        Ok(Read { what: ExpressionKind::Call { name: word.clone(), arguments }, first, last })
    }

    fn binary(&self, op: BinaryOperator) -> Result<Binary, Diagnostic> {
        Ok(match op {
            BinaryOperator::Add => Binary::Add,
            BinaryOperator::Subtract => Binary::Subtract,
            BinaryOperator::Multiply => Binary::Multiply,
            BinaryOperator::Divide => Binary::Divide,
            BinaryOperator::Power => Binary::Power,
            BinaryOperator::Concat => Binary::Join,
            BinaryOperator::Equal => Binary::Equal,
            BinaryOperator::NotEqual => Binary::NotEqual,
            BinaryOperator::Less => Binary::Less,
            BinaryOperator::LessEqual => Binary::AtMost,
            BinaryOperator::Greater => Binary::Greater,
            BinaryOperator::GreaterEqual => Binary::AtLeast,
            _ => return Err(self.lost()),
        })
    }

    /// The parser gave something that was never written.
    fn lost(&self) -> Diagnostic {
        let to = self.pieces.last().map_or(0, |last| last.span.to);
        syntax(Span { from: 0, to }, "not-understood")
    }
}
