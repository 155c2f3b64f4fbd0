//! The forms that decide themselves which of their arguments are evaluated, by all their names.

use crate::engine::formula::check::{Checker, argument_count, label_of};
use crate::engine::formula::complete::Signature;
use crate::engine::formula::function::Accepts;
use crate::engine::formula::kind::Kind;
use crate::engine::formula::lex::syntax;
use crate::engine::formula::name::mismatch;
use crate::engine::formula::parse::{Binary, Expression, ExpressionKind, Part, Span};
use crate::engine::formula::tree::{Node, Op, Special};

/// How many arguments a form takes.
#[derive(Clone, Copy)]
pub(super) struct Arity {
    pub min: usize,
    pub max: Option<usize>,
}

struct Form {
    names: &'static [&'static str],
    special: Special,
    arity: Arity,
}

const fn form(names: &'static [&'static str], special: Special, min: usize, max: Option<usize>) -> Form {
    Form { names, special, arity: Arity { min, max } }
}

static FORMS: &[Form] = &[
    form(&["IF", "如果", "若"], Special::If, 2, Some(3)),
    form(&["IFS", "多条件", "如果多"], Special::Ifs, 2, None),
    form(&["SWITCH", "切换", "对应"], Special::Switch, 3, None),
    form(&["IFERROR", "如果错误", "若错误", "出错则"], Special::IfError, 2, Some(2)),
    form(&["IFNA", "如果无值", "若无值"], Special::IfNa, 2, Some(2)),
    form(&["AND", "且", "并且", "与"], Special::And, 1, None),
    form(&["OR", "或", "或者"], Special::Or, 1, None),
    form(&["XOR", "异或"], Special::Xor, 1, None),
    form(&["NOT", "非", "不是"], Special::Not, 1, Some(1)),
    form(&["CHOOSE", "选择"], Special::Choose, 2, None),
    form(&["LET", "设", "令"], Special::Let(0), 3, None),
    form(&["BEFORE", "变更前", "之前", "原值"], Special::Before, 1, Some(1)),
    form(&["CHANGED", "已变更", "变更了", "有变化"], Special::Changed, 1, Some(1)),
    form(&["ISBLANK", "为空", "是空"], Special::IsBlank, 1, Some(1)),
    form(&["ISERROR", "是错误", "出错"], Special::IsError, 1, Some(1)),
    form(&["ISNA", "是无值"], Special::IsNa, 1, Some(1)),
];

/// The form with that name, letter case aside.
pub(super) fn find(name: &str) -> Option<(Special, Arity)> {
    let found = FORMS.iter().find(|form| form.names.iter().any(|known| known.eq_ignore_ascii_case(name)));
    found.map(|form| (form.special, form.arity))
}

/// All names of all forms.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FORMS.iter().flat_map(|form| form.names.iter().copied())
}

/// The English name of each form, its first Chinese one, and what it takes.
pub(super) fn named() -> impl Iterator<Item = (&'static str, Option<&'static str>, Signature)> {
    FORMS.iter().map(|form| (form.names[0], form.names.get(1).copied(), signature(form)))
}

fn signature(form: &Form) -> Signature {
    use Accepts::{Any, Flag, Number};
    let (arguments, repeating): (&[Accepts], usize) = match form.special {
        Special::If => (&[Flag, Any, Any], 0),
        Special::Ifs => (&[Flag, Any], 2),
        Special::Switch => (&[Any, Any, Any], 2),
        Special::IfError | Special::IfNa => (&[Any, Any], 0),
        Special::And | Special::Or | Special::Xor => (&[Flag], 1),
        Special::Not => (&[Flag], 0),
        Special::Choose => (&[Number, Any], 1),
        Special::Let(_) => (&[Any, Any, Any], 2),
        _ => (&[Any], 0),
    };
    Signature { arguments, required: form.arity.min, repeating }
}

impl Checker<'_> {
    pub fn special(
        &mut self,
        name: &Part,
        special: Special,
        arity: Arity,
        arguments: &[Expression],
        span: Span,
    ) -> Node {
        let count = arguments.len();
        let uneven = match special {
            Special::Ifs => !count.is_multiple_of(2),
            Special::Let(_) => count.is_multiple_of(2),
            _ => false,
        };
        if count < arity.min || arity.max.is_some_and(|max| count > max) || uneven {
            let error = argument_count(name, arity.min, arity.max, count);
            return self.wrong(error, span);
        }
        match special {
            Special::Let(_) => self.local_names(arguments, span),
            Special::Before | Special::Changed => self.of_before(special, arguments, span),
            _ => {
                let nodes: Vec<Node> = arguments.iter().map(|argument| self.node(argument)).collect();
                self.plain(special, nodes, span)
            }
        }
    }

    fn plain(&mut self, special: Special, mut nodes: Vec<Node>, span: Span) -> Node {
        let count = nodes.len();
        let kind = match special {
            Special::If => {
                self.wants_flag(&nodes[0]);
                self.unify(&mut nodes, |at| at > 0)
            }
            Special::Ifs => {
                for condition in nodes.iter().step_by(2) {
                    self.wants_flag(condition);
                }
                self.unify(&mut nodes, |at| at % 2 == 1)
            }
            Special::Switch => {
                let rest = count - 1;
                let is_case = |at: usize| at % 2 == 1 && !(rest % 2 == 1 && at == count - 1);
                for at in (1..count).filter(|at| is_case(*at)) {
                    self.case(&mut nodes, at, span);
                }
                self.unify(&mut nodes, |at| at > 0 && !is_case(at))
            }
            Special::IfError | Special::IfNa => self.unify(&mut nodes, |_| true),
            Special::Choose => {
                if !matches!(nodes[0].kind, Kind::Any | Kind::Number | Kind::Flag) {
                    self.error(mismatch("number", &nodes[0].kind, nodes[0].span));
                }
                self.unify(&mut nodes, |at| at > 0)
            }
            Special::And | Special::Or => {
                for node in &nodes {
                    let item = if let Kind::List(item) = &node.kind { &**item } else { &node.kind };
                    if !is_flag(item) {
                        self.error(mismatch("flag", &node.kind, node.span));
                    }
                }
                Kind::Flag
            }
            Special::Xor | Special::Not => {
                for node in &nodes {
                    self.wants_flag(node);
                }
                Kind::Flag
            }
            Special::IsBlank | Special::IsError | Special::IsNa | Special::Changed => Kind::Flag,
            Special::Let(_) | Special::Before => Kind::Any,
        };
        Node { op: Op::Special(special, nodes), kind, span }
    }

    /// A case of `SWITCH` must be comparable with the subject, and may name its option.
    fn case(&mut self, nodes: &mut [Node], at: usize, span: Span) {
        let (subject, case) = (nodes[0].clone(), nodes[at].clone());
        let compared = self.comparison(Binary::Equal, subject, case, span);
        if let Op::Compare(_, sides) = compared.op {
            let [_, case] = *sides;
            nodes[at] = case;
        }
    }

    fn wants_flag(&mut self, node: &Node) {
        if !is_flag(&node.kind) {
            self.error(mismatch("flag", &node.kind, node.span));
        }
    }

    /// The kind that several possible results have in common; options and links become text where others are text.
    fn unify(&mut self, nodes: &mut [Node], is_result: impl Fn(usize) -> bool) -> Kind {
        let kinds: Vec<Kind> = nodes
            .iter()
            .enumerate()
            .filter(|(at, _)| is_result(*at))
            .map(|(_, node)| node.kind.clone())
            .filter(|kind| *kind != Kind::Any)
            .collect();
        let Some(first) = kinds.first() else { return Kind::Any };
        if kinds.iter().all(|kind| kind == first) {
            return first.clone();
        }
        let textual = |kind: &Kind| matches!(kind, Kind::Text | Kind::Choice(..) | Kind::Link(_));
        if kinds.iter().all(textual) {
            for (_, node) in nodes.iter_mut().enumerate().filter(|(at, _)| is_result(*at)) {
                let blank =
                    Node { op: Op::Constant(crate::model::value::Value::Empty), kind: Kind::Any, span: node.span };
                let labelled = label_of(std::mem::replace(node, blank));
                self.note_titles(std::slice::from_ref(&labelled));
                *node = labelled;
            }
            return Kind::Text;
        }
        if kinds.iter().all(|kind| matches!(kind, Kind::Number | Kind::Money)) {
            return Kind::Money;
        }
        Kind::Any
    }

    fn local_names(&mut self, arguments: &[Expression], span: Span) -> Node {
        let slot = self.locals.len();
        let Some((body, pairs)) = arguments.split_last() else {
            let error = syntax(span, "operand-missing");
            return self.wrong(error, span);
        };
        let mut nodes = Vec::with_capacity(pairs.len() / 2 + 1);
        for pair in pairs.chunks_exact(2) {
            let word = match &pair[0].what {
                ExpressionKind::Name { parts, column: None } if parts.len() == 1 => parts[0].text.clone(),
                _ => {
                    self.error(syntax(pair[0].span, "let-name"));
                    String::new()
                }
            };
            let value = self.node(&pair[1]);
            self.locals.push((word, value.kind.clone()));
            nodes.push(value);
        }
        let body = self.node(body);
        self.locals.truncate(slot);
        let kind = body.kind.clone();
        nodes.push(body);
        Node { op: Op::Special(Special::Let(slot), nodes), kind, span }
    }

    fn of_before(&mut self, special: Special, arguments: &[Expression], span: Span) -> Node {
        let node = self.node(&arguments[0]);
        if !matches!(node.op, Op::Read(_)) {
            if self.errors.is_empty() {
                self.error(mismatch("field", &node.kind, node.span));
            }
            return node;
        }
        let kind = if special == Special::Before { node.kind.clone() } else { Kind::Flag };
        Node { op: Op::Special(special, vec![node]), kind, span }
    }
}

fn is_flag(kind: &Kind) -> bool {
    matches!(kind, Kind::Any | Kind::Flag | Kind::Number)
}
