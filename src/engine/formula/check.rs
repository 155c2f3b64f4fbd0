//! Checks a formula against the schema and compiles it: names become fields, text beside a choice becomes its option, and
//! every operator and function gets operands of kinds that it can work with.

use rust_decimal::Decimal;

use crate::engine::formula::coerce;
use crate::engine::formula::function::{self, Accepts, Function, Gives};
use crate::engine::formula::group::{Group, Side, arithmetic_kind, group};
use crate::engine::formula::kind::Kind;
use crate::engine::formula::name::{self, mismatch, nearest};
use crate::engine::formula::parse::{Binary, Expression, ExpressionKind, Part, Span, Unary};
use crate::engine::formula::special;
use crate::engine::formula::tree::{Applied, Node, Op};
use crate::engine::formula::{Access, Read};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;
use crate::model::value::Value;

/// The compiled formula and what it reads, or everything that is wrong with it.
pub(super) fn check(
    expression: &Expression,
    reader: &dyn Reader,
    entity: EntityId,
) -> Result<(Node, Vec<Read>), Vec<Diagnostic>> {
    let mut checker = Checker { reader, entity, locals: Vec::new(), reads: Vec::new(), errors: Vec::new() };
    let node = checker.node(expression);
    if checker.errors.is_empty() {
        Ok((node, checker.reads))
    } else {
        // People read the first error first, so the order of the text decides.
        checker.errors.sort_by_key(|error| error.at.span);
        Err(checker.errors)
    }
}

pub(super) struct Checker<'a> {
    pub reader: &'a dyn Reader,
    pub entity: EntityId,
    /// What `LET` gave names to, with what it gives.
    pub locals: Vec<(String, Kind)>,
    pub reads: Vec<Read>,
    pub errors: Vec<Diagnostic>,
}

impl Checker<'_> {
    pub fn error(&mut self, error: Diagnostic) {
        self.errors.push(error);
    }

    /// Stands in for a part that is wrong, so that the rest is checked as well.
    pub fn wrong(&mut self, error: Diagnostic, span: Span) -> Node {
        self.errors.push(error);
        Node { op: Op::Constant(Value::Empty), kind: Kind::Any, span }
    }

    pub fn node(&mut self, expression: &Expression) -> Node {
        let span = expression.span;
        let constant = |value: Value, kind: Kind| Node { op: Op::Constant(value), kind, span };
        match &expression.what {
            ExpressionKind::Omitted => constant(Value::Empty, Kind::Any),
            ExpressionKind::Number(number) => constant(Value::Number(*number), Kind::Number),
            ExpressionKind::Text(text) if text.is_empty() => constant(Value::Empty, Kind::Any),
            ExpressionKind::Text(text) => constant(Value::Text(text.as_str().into()), Kind::Text),
            ExpressionKind::Flag(flag) => constant(Value::Flag(*flag), Kind::Flag),
            ExpressionKind::Fault(fault) => Node { op: Op::Fault(*fault), kind: Kind::Any, span },
            ExpressionKind::Name { parts, column } => self.name(parts, column.as_ref(), span),
            ExpressionKind::Unary(op, operand) => self.unary(*op, operand, span),
            ExpressionKind::Binary(op, left, right) => {
                let (left, right) = (self.node(left), self.node(right));
                match op {
                    Binary::Join => {
                        let sides = Box::new([as_text(left), as_text(right)]);
                        self.note_titles(&sides[..]);
                        Node { op: Op::Join(sides), kind: Kind::Text, span }
                    }
                    op if op.is_comparison() => self.comparison(*op, left, right, span),
                    op => self.arithmetic(*op, left, right, span),
                }
            }
            ExpressionKind::Call { name, arguments } => self.call(name, arguments, span),
            ExpressionKind::Array(items) => self.array(items, span),
        }
    }

    fn name(&mut self, parts: &[Part], column: Option<&Part>, span: Span) -> Node {
        if let ([only], None) = (parts, column)
            && let Some(slot) = self.locals.iter().rposition(|(name, _)| name.eq_ignore_ascii_case(&only.text))
        {
            return Node { op: Op::Local(slot), kind: self.locals[slot].1.clone(), span };
        }
        match name::resolve(parts, column, self.reader, self.entity) {
            Ok(resolved) => {
                for read in resolved.reads {
                    self.read(read);
                }
                Node { op: Op::Read(resolved.access), kind: resolved.kind, span }
            }
            Err(error) => {
                if let ([only], None) = (parts, column) {
                    if let Some(flag) = coerce::read_flag(&only.text).filter(|_| !only.text.is_ascii()) {
                        return Node { op: Op::Constant(Value::Flag(flag)), kind: Kind::Flag, span };
                    }
                    if function::find(&only.text).is_some() {
                        let mut error = error;
                        error.arguments.retain(|(key, _)| key != "suggestion");
                        return self.wrong(error.with("suggestion", format!("{}()", only.text)), span);
                    }
                }
                self.wrong(error, span)
            }
        }
    }

    pub fn read(&mut self, read: Read) {
        if !self.reads.contains(&read) {
            self.reads.push(read);
        }
    }

    fn unary(&mut self, op: Unary, operand: &Expression, span: Span) -> Node {
        let operand = self.node(operand);
        let operand = number_in_text(operand);
        let kind = match (op, group(&operand.kind)) {
            (Unary::Plus, Group::Any | Group::Plain | Group::Money | Group::Duration) => operand.kind.clone(),
            (Unary::Minus, Group::Any | Group::Money | Group::Duration) => operand.kind.clone(),
            (Unary::Minus | Unary::Percent, Group::Plain) => Kind::Number,
            (Unary::Percent, Group::Any | Group::Money) => operand.kind.clone(),
            (Unary::Percent, Group::Duration) => Kind::Number,
            _ => {
                let error = mismatch("number", &operand.kind, operand.span);
                return self.wrong(error, span);
            }
        };
        if let (Unary::Minus, Op::Constant(Value::Number(number))) = (op, &operand.op) {
            return Node { op: Op::Constant(Value::Number(-*number)), kind, span };
        }
        Node { op: Op::Unary(op, Box::new(operand)), kind, span }
    }

    fn arithmetic(&mut self, op: Binary, left: Node, right: Node, span: Span) -> Node {
        let (mut left, mut right) = (number_in_text(left), number_in_text(right));
        if matches!(group(&left.kind), Group::Date | Group::Instant) {
            right = moment_in_text(right);
        } else if matches!(group(&right.kind), Group::Date | Group::Instant) {
            left = moment_in_text(left);
        }
        match arithmetic_kind(op, group(&left.kind), group(&right.kind)) {
            Ok(kind) => Node { op: Op::Arithmetic(op, Box::new([left, right])), kind, span },
            Err((side, expected)) => {
                let culprit = if side == Side::Left { &left } else { &right };
                let error = mismatch(expected, &culprit.kind, culprit.span);
                self.wrong(error, span)
            }
        }
    }

    pub fn comparison(&mut self, op: Binary, left: Node, right: Node, span: Span) -> Node {
        let (left, right) = self.align(left, right);
        let (a, b) = (group(&left.kind), group(&right.kind));
        let numeric = |group: Group| matches!(group, Group::Plain | Group::Money | Group::Duration);
        let moment = |group: Group| matches!(group, Group::Date | Group::Instant);
        let ordered = !matches!(op, Binary::Equal | Binary::NotEqual);
        let orderable = |group: Group| group == Group::Any || group == Group::Text || numeric(group) || moment(group);
        if ordered {
            for side in [&left, &right] {
                if !orderable(group(&side.kind)) {
                    let error = mismatch("number", &side.kind, side.span);
                    return self.wrong(error, span);
                }
            }
        }
        let fits =
            a == b || a == Group::Any || b == Group::Any || (numeric(a) && numeric(b)) || (moment(a) && moment(b));
        if !fits {
            let error = mismatch(&left.kind.name(), &right.kind, right.span);
            return self.wrong(error, span);
        }
        Node { op: Op::Compare(op, Box::new([left, right])), kind: Kind::Flag, span }
    }

    /// Makes two sides of a comparison comparable: text becomes the option, day or number that the other side is, and options
    /// and links become text where the other side is text.
    pub fn align(&mut self, left: Node, right: Node) -> (Node, Node) {
        match (group(&left.kind), group(&right.kind)) {
            (
                Group::Text,
                Group::Choice
                | Group::Link
                | Group::Date
                | Group::Instant
                | Group::Plain
                | Group::Money
                | Group::Duration,
            ) => {
                let (right, left) = self.align_text(right, left);
                (left, right)
            }
            (_, Group::Text) => self.align_text(left, right),
            (Group::Choice, Group::Choice) if left.kind != right.kind => (as_text(left), as_text(right)),
            (Group::Choice, Group::Link) | (Group::Link, Group::Choice) => {
                let sides = [as_text(left), as_text(right)];
                self.note_titles(&sides);
                let [left, right] = sides;
                (left, right)
            }
            _ => (left, right),
        }
    }

    fn align_text(&mut self, other: Node, text: Node) -> (Node, Node) {
        match group(&other.kind) {
            Group::Choice => {
                if text.literal_text().is_none() {
                    let kind = other.kind.clone();
                    return (as_text(other), named(text, kind));
                }
                let text = self.option_in_text(&other.kind, text);
                (other, text)
            }
            Group::Link => {
                let other = as_text(other);
                self.note_titles(std::slice::from_ref(&other));
                (other, text)
            }
            Group::Date | Group::Instant => {
                if let Some(literal) = text.literal_text()
                    && coerce::read_moment(literal).is_none()
                {
                    let error =
                        Diagnostic::new(Code::NotADate).with("value", literal).at_span(text.span.from, text.span.to);
                    let span = text.span;
                    return (other, self.wrong(error, span));
                }
                (other, moment_in_text(text))
            }
            Group::Plain if other.kind == Kind::Flag => {
                let text = match text.literal_text().and_then(coerce::read_flag) {
                    Some(flag) => Node { op: Op::Constant(Value::Flag(flag)), kind: Kind::Flag, span: text.span },
                    None => text,
                };
                (other, text)
            }
            Group::Plain | Group::Money | Group::Duration => (other, number_in_text(text)),
            Group::Any | Group::Text | Group::List | Group::Other => (other, text),
        }
    }

    /// A literal text as the option that it names.
    pub fn option_in_text(&mut self, kind: &Kind, text: Node) -> Node {
        let Some(literal) = text.literal_text() else {
            return text;
        };
        match self.find_option(kind, literal) {
            Some(option) => Node { op: Op::Constant(option), kind: kind.clone(), span: text.span },
            None => {
                let mut error =
                    Diagnostic::new(Code::NotAnOption).with("value", literal).at_span(text.span.from, text.span.to);
                if let Kind::Choice(entity, field) = kind
                    && let Some(field) = self.reader.entity(*entity).and_then(|entity| entity.field(*field))
                {
                    let labels = field.options().iter().flat_map(|option| [&option.label.zh, &option.label.en]);
                    if let Some(suggestion) = nearest(literal, labels.map(String::as_str)) {
                        error = error.with("suggestion", suggestion);
                    }
                    error = error.with("field", field.id);
                }
                let span = text.span;
                self.wrong(error, span)
            }
        }
    }

    fn find_option(&self, kind: &Kind, text: &str) -> Option<Value> {
        let Kind::Choice(entity, field) = kind else { return None };
        let field = self.reader.entity(*entity)?.field(*field)?;
        field.option_called(text.trim()).map(|option| Value::Choice(option.id))
    }

    fn call(&mut self, name: &Part, arguments: &[Expression], span: Span) -> Node {
        if let Some((special, arity)) = special::find(&name.text) {
            return self.special(name, special, arity, arguments, span);
        }
        let Some(function) = function::find(&name.text) else {
            let mut error =
                Diagnostic::new(Code::UnknownFunction).with("name", &name.text).at_span(name.span.from, name.span.to);
            let known = function::all()
                .flat_map(|function| std::iter::once(function.name).chain(function.chinese.iter().copied()));
            if let Some(suggestion) = nearest(&name.text, special::names().chain(known)) {
                error = error.with("suggestion", suggestion);
            }
            for argument in arguments {
                self.node(argument);
            }
            return self.wrong(error, span);
        };
        let given: Vec<Node> = arguments.iter().map(|argument| self.node(argument)).collect();
        // COUNT counts numbers; of records people want to know how many there are.
        let records = |node: &Node| matches!(&node.kind, Kind::List(item) if matches!(**item, Kind::Link(_)));
        let function = if function.name == "COUNT" && !given.is_empty() && given.iter().all(records) {
            function::find("COUNTA").unwrap_or(function)
        } else {
            function
        };
        let most = function.arguments.len();
        let extra = given.len().saturating_sub(most);
        let too_many = if function.repeating == 0 { extra > 0 } else { extra % function.repeating != 0 };
        if given.len() < function.required || too_many {
            let max = if function.repeating == 0 { Some(most) } else { None };
            let error = argument_count(name, function.required, max, given.len());
            return self.wrong(error, span);
        }
        if tells_time(function.name) {
            self.read(Read::Clock);
        }
        if function.name == "ME" {
            self.read(Read::Actor);
        }
        let kinds: Vec<Kind> = given.iter().map(|node| node.kind.clone()).collect();
        let given = self.fit_arguments(function, given);
        let kind = match function.gives {
            Gives::SameAs(_) | Gives::ListOf(_) => {
                let now: Vec<Kind> = given.iter().map(|node| node.kind.clone()).collect();
                function.gives.kind(&now)
            }
            _ => function.gives.kind(&kinds),
        };
        Node { op: Op::Call(Applied(function), given), kind, span }
    }

    /// Gives each argument the kind that the function accepts.
    fn fit_arguments(&mut self, function: &Function, given: Vec<Node>) -> Vec<Node> {
        // Options are compared by id where a literal names one, so that both languages work.
        let option_kind = given.iter().find_map(|node| match &node.kind {
            kind @ Kind::Choice(..) => Some(kind.clone()),
            Kind::List(item) if matches!(**item, Kind::Choice(..)) => Some((**item).clone()),
            _ => None,
        });
        let mut fitted: Vec<Node> = Vec::with_capacity(given.len());
        for (at, node) in given.into_iter().enumerate() {
            let accepts = accepted(function, at);
            let node = match accepts {
                Accepts::Criterion => self.fit_criterion(&mut fitted, node),
                Accepts::Any | Accepts::Values => match (&option_kind, node.literal_text()) {
                    _ if function.gives == Gives::Text => label_of(node),
                    (Some(kind), Some(literal)) => match self.find_option(kind, literal) {
                        Some(option) => Node { op: Op::Constant(option), kind: kind.clone(), span: node.span },
                        None => node,
                    },
                    _ => node,
                },
                Accepts::Text => as_text(node),
                Accepts::Number | Accepts::Numbers => {
                    let node = number_in_text(node);
                    if node.literal_text().is_some() {
                        self.error(mismatch("number", &node.kind, node.span));
                    }
                    node
                }
                Accepts::Date | Accepts::Moment => {
                    if let Some(literal) = node.literal_text()
                        && coerce::read_moment(literal).is_none()
                    {
                        let error = Diagnostic::new(Code::NotADate)
                            .with("value", literal)
                            .at_span(node.span.from, node.span.to);
                        let span = node.span;
                        self.wrong(error, span)
                    } else {
                        node
                    }
                }
                Accepts::Flag => node,
            };
            if let Some(expected) = refused(accepts, &node.kind) {
                self.error(mismatch(expected, &node.kind, node.span));
            }
            fitted.push(node);
        }
        self.note_titles(&fitted);
        fitted
    }

    /// A criterion belongs to the list before it.
    fn fit_criterion(&mut self, before: &mut [Node], node: Node) -> Node {
        let Some(list) = before.last_mut() else {
            return label_of(node);
        };
        let item = if let Kind::List(item) = &list.kind { (**item).clone() } else { list.kind.clone() };
        let span = node.span;
        if let (Kind::Choice(..), Some(literal)) = (&item, node.literal_text()) {
            let sign = ["<>", "="].into_iter().find(|sign| literal.starts_with(sign)).unwrap_or("");
            if let Some(Value::Choice(option)) = self.find_option(&item, &literal[sign.len()..]) {
                let text = Value::Text(format!("{sign}{option}").into());
                *list = wrap(list.clone(), Op::Code);
                return Node { op: Op::Constant(text), kind: Kind::Text, span };
            }
        }
        match (&item, &node.kind) {
            (Kind::Choice(..), kind) if item == *kind => node,
            (Kind::Choice(..), Kind::Text | Kind::Any) => {
                *list = label_of(list.clone());
                named(node, item)
            }
            (Kind::Choice(..) | Kind::Link(_), Kind::Text | Kind::Choice(..)) => {
                *list = label_of(list.clone());
                label_of(node)
            }
            _ => node,
        }
    }

    fn array(&mut self, items: &[Expression], span: Span) -> Node {
        let mut values = Vec::with_capacity(items.len());
        let mut kind: Option<Kind> = None;
        for item in items {
            let node = self.node(item);
            match node.op {
                Op::Constant(value) => values.push(value),
                _ => self.error(
                    Diagnostic::new(Code::FormulaSyntax)
                        .with("detail", "array-item")
                        .at_span(item.span.from, item.span.to),
                ),
            }
            kind = Some(match kind {
                None => node.kind,
                Some(former) if former == node.kind => former,
                Some(_) => Kind::Any,
            });
        }
        let kind = Kind::List(Box::new(kind.unwrap_or(Kind::Any)));
        Node { op: Op::Constants(values), kind, span }
    }

    /// Where a link is shown as text, the title of its record is read.
    pub fn note_titles(&mut self, nodes: &[Node]) {
        for node in nodes {
            let Op::Label(inner) = &node.op else {
                if let Op::Joined(inner) = &node.op {
                    self.note_titles(std::slice::from_ref(inner));
                }
                continue;
            };
            let item = if let Kind::List(item) = &inner.kind { item } else { &inner.kind };
            let (Kind::Link(targets), Op::Read(access)) = (item, &inner.op) else {
                continue;
            };
            let all = if targets.is_empty() { self.reader.entities() } else { Vec::new() };
            let named = targets.iter().filter_map(|target| self.reader.entity(*target));
            let ends: Vec<(EntityId, FieldId)> = all.iter().chain(named).map(|end| (end.id, end.title)).collect();
            for (target, title) in ends {
                let path = |links: &[FieldId], field: FieldId| links.iter().copied().chain([field]).collect();
                let read = match access {
                    Access::Own { field, .. } => Read::Through { path: vec![*field], entity: target, field: title },
                    Access::Through { links, field, .. } => {
                        Read::Through { path: path(links, *field), entity: target, field: title }
                    }
                    Access::Related { entity, via, field: None, .. } => {
                        Read::Related { entity: *entity, via: *via, field: Some(title) }
                    }
                    Access::Related { entity, via, links, field: Some(field) } => {
                        let path = path(links, *field);
                        Read::RelatedThrough { entity: *entity, via: *via, path, target, field: title }
                    }
                    Access::Created | Access::Updated => continue,
                };
                self.read(read);
            }
        }
    }
}

pub(super) fn argument_count(name: &Part, min: usize, max: Option<usize>, found: usize) -> Diagnostic {
    Diagnostic::new(Code::ArgumentCount)
        .with("name", &name.text)
        .with("min", min)
        .with("max", max.map_or_else(|| "∞".to_owned(), |max| max.to_string()))
        .with("found", found)
        .at_span(name.span.from, name.span.to)
}

/// What the function accepts at that place, repeated arguments included.
fn accepted(function: &Function, at: usize) -> Accepts {
    let count = function.arguments.len();
    let place = if at < count || function.repeating == 0 {
        at
    } else {
        count - function.repeating + (at - count) % function.repeating
    };
    function.arguments.get(place).copied().unwrap_or(Accepts::Any)
}

/// What should have stood there, if the argument does not fit.
fn refused(accepts: Accepts, kind: &Kind) -> Option<&'static str> {
    let group = group(kind);
    let numeric = |group: Group| matches!(group, Group::Any | Group::Plain | Group::Money | Group::Duration);
    match accepts {
        Accepts::Any | Accepts::Values | Accepts::Criterion => None,
        Accepts::Number => (!numeric(group) && group != Group::Text).then_some("number"),
        Accepts::Numbers => match kind {
            Kind::List(item) => {
                let item = crate::engine::formula::group::group(item);
                (!numeric(item) && !matches!(item, Group::Date | Group::Instant)).then_some("number")
            }
            _ => (!numeric(group) && !matches!(group, Group::Text | Group::Date | Group::Instant)).then_some("number"),
        },
        Accepts::Text => matches!(group, Group::List).then_some("text"),
        Accepts::Flag => (!matches!(group, Group::Any | Group::Plain | Group::Text)).then_some("flag"),
        Accepts::Date | Accepts::Moment => {
            (!matches!(group, Group::Any | Group::Date | Group::Instant | Group::Text)).then_some("date")
        }
    }
}

/// Whether what a function gives depends on the time of day it is asked.
fn tells_time(name: &str) -> bool {
    matches!(name, "TODAY" | "NOW" | "AGE" | "NEXTANNIVERSARY" | "DAYSSINCE" | "DAYSUNTIL")
}

fn wrap(node: Node, op: fn(Box<Node>) -> Op) -> Node {
    let kind = if matches!(node.kind, Kind::List(_)) { Kind::List(Box::new(Kind::Text)) } else { Kind::Text };
    let span = node.span;
    Node { op: op(Box::new(node)), kind, span }
}

/// Options and links as the text that people see, item by item.
pub(super) fn label_of(node: Node) -> Node {
    let item = if let Kind::List(item) = &node.kind { item } else { &node.kind };
    if matches!(item, Kind::Choice(..) | Kind::Link(_)) { wrap(node, Op::Label) } else { node }
}

/// A text beside options, which may name one of them.
fn named(node: Node, kind: Kind) -> Node {
    let span = node.span;
    Node { kind: node.kind.clone(), op: Op::Named(Box::new(node), kind), span }
}

/// The same as one text.
pub(super) fn as_text(node: Node) -> Node {
    let node = label_of(node);
    if !matches!(node.kind, Kind::List(_)) {
        return node;
    }
    let span = node.span;
    Node { op: Op::Joined(Box::new(node)), kind: Kind::Text, span }
}

/// A literal text that reads as a number is one.
fn number_in_text(node: Node) -> Node {
    let number: Option<Decimal> = node.literal_text().and_then(coerce::read_number);
    match number {
        Some(number) => Node { op: Op::Constant(Value::Number(number)), kind: Kind::Number, span: node.span },
        None => node,
    }
}

/// A literal text that reads as a day is one; with a time of day it stays text, as that needs the user's clock.
fn moment_in_text(node: Node) -> Node {
    let read = node.literal_text().and_then(coerce::read_moment);
    match read {
        Some(local) if local.time() == chrono::NaiveTime::MIN => {
            Node { op: Op::Constant(Value::Date(local.date())), kind: Kind::Date, span: node.span }
        }
        Some(_) => Node { kind: Kind::Instant, ..node },
        None => node,
    }
}
