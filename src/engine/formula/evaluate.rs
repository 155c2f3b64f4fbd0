//! Evaluates compiled formulas. Depth is bounded by the formula's own, so evaluation always ends.

use std::borrow::Cow;
use std::sync::Arc;

use crate::engine::formula::Scope;
use crate::engine::formula::coerce;
use crate::engine::formula::function::{Call, Fault, Operand};
use crate::engine::formula::kind::Kind;
use crate::engine::formula::name::Access;
use crate::engine::formula::operate;
use crate::engine::formula::parse::{Binary, Unary};
use crate::engine::formula::tree::{Applied, Node, Op, Special};
use crate::model::field::Language;
use crate::model::id::{FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::Value;

static BLANK: Value = Value::Empty;

/// What a part gives: borrowed where it can be, so that reading a field copies nothing.
#[derive(Clone)]
pub(in crate::engine) enum Term<'a> {
    Seen(&'a Value),
    Made(Value),
    Many(Vec<Value>),
}

type Outcome<'a> = Result<Term<'a>, Fault>;

/// What a formula gives for a record.
pub(super) fn evaluate(node: &Node, scope: &Scope<'_>) -> Result<Operand, Fault> {
    Frame::new(*scope).term(node).map(Term::into_operand)
}

/// Whether a formula gives yes.
pub(super) fn holds(node: &Node, scope: &Scope<'_>) -> bool {
    let mut frame = Frame::new(*scope);
    frame.flag(node).unwrap_or(false)
}

impl<'a> Term<'a> {
    pub fn into_operand(self) -> Operand {
        match self {
            Term::Seen(value) => Operand::One(value.clone()),
            Term::Made(value) => Operand::One(value),
            Term::Many(values) => Operand::Many(values),
        }
    }

    /// The one value; a list of exactly one counts as it.
    fn one(&self) -> Result<&Value, Fault> {
        match self {
            Term::Seen(value) => Ok(value),
            Term::Made(value) => Ok(value),
            Term::Many(values) => match values.as_slice() {
                [] => Ok(&BLANK),
                [only] => Ok(only),
                _ => Err(Fault::WrongValue),
            },
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Term::Seen(value) => value.is_empty(),
            Term::Made(value) => value.is_empty(),
            Term::Many(values) => values.iter().all(Value::is_empty),
        }
    }
}

/// One evaluation: the record at hand and what `LET` gave names to.
pub(super) struct Frame<'a> {
    pub scope: Scope<'a>,
    pub locals: Vec<Result<Term<'a>, Fault>>,
}

impl<'a> Frame<'a> {
    pub fn new(scope: Scope<'a>) -> Self {
        Frame { scope, locals: Vec::new() }
    }

    pub fn term<'n: 'a>(&mut self, node: &'n Node) -> Outcome<'a> {
        match &node.op {
            Op::Constant(value) => Ok(Term::Seen(value)),
            Op::Constants(values) => Ok(Term::Many(values.clone())),
            Op::Fault(fault) => Err(*fault),
            Op::Read(access) => Ok(read(access, &self.scope)),
            Op::Local(slot) => self.locals.get(*slot).cloned().unwrap_or(Err(Fault::UnknownName)),
            Op::Unary(op, operand) => {
                let term = self.term(operand)?;
                match op {
                    Unary::Plus => Ok(term),
                    Unary::Minus => operate::negate(term.one()?).map(Term::Made),
                    Unary::Percent => operate::percent(term.one()?).map(Term::Made),
                }
            }
            Op::Arithmetic(op, sides) => {
                let (left, right) = (self.term(&sides[0])?, self.term(&sides[1])?);
                // A day that is not known stays unknown, whatever is added to it.
                let unknown =
                    |node: &Node, term: &Term<'_>| matches!(node.kind, Kind::Date | Kind::Instant) && term.is_blank();
                if unknown(&sides[0], &left) || unknown(&sides[1], &right) {
                    return Ok(Term::Seen(&BLANK));
                }
                operate::arithmetic(*op, left.one()?, right.one()?, self.scope.clock).map(Term::Made)
            }
            Op::Compare(op, sides) => self.compare(*op, sides).map(|flag| Term::Made(Value::Flag(flag))),
            Op::Join(sides) => {
                let (left, right) = (self.term(&sides[0])?, self.term(&sides[1])?);
                let mut text = coerce::local_text_of(left.one()?, self.scope.clock).into_owned();
                text.push_str(&coerce::local_text_of(right.one()?, self.scope.clock));
                Ok(Term::Made(Value::Text(Arc::from(text))))
            }
            Op::Call(function, arguments) => self.call(function, arguments),
            Op::Label(inner) => {
                let term = self.term(inner)?;
                Ok(map_term(term, |value| label(value, &inner.kind, &self.scope)))
            }
            Op::Joined(inner) => {
                let operand = self.term(inner)?.into_operand();
                let items = coerce::values_of(&operand).iter().filter(|value| !value.is_empty());
                let texts: Vec<Cow<'_, str>> =
                    items.map(|value| coerce::local_text_of(value, self.scope.clock)).collect();
                Ok(Term::Made(Value::text(&texts.join(", "))))
            }
            Op::Code(inner) => {
                let term = self.term(inner)?;
                Ok(map_term(term, |value| match value {
                    Value::Choice(option) => Value::Text(Arc::from(option.as_str())),
                    other => other.clone(),
                }))
            }
            Op::Named(inner, kind) => {
                let term = self.term(inner)?;
                Ok(map_term(term, |value| named(value, kind, &self.scope)))
            }
            Op::Special(special, arguments) => self.special(*special, arguments),
        }
    }

    fn call<'n: 'a>(&mut self, function: &Applied, arguments: &'n [Node]) -> Outcome<'a> {
        let mut operands = Vec::with_capacity(arguments.len());
        for argument in arguments {
            operands.push(self.term(argument)?.into_operand());
        }
        let call = Call { arguments: &operands, clock: self.scope.clock };
        Ok(match (function.0.apply)(&call)? {
            Operand::One(value) => Term::Made(value),
            Operand::Many(values) => Term::Many(values),
        })
    }

    fn compare<'n: 'a>(&mut self, op: Binary, sides: &'n [Node; 2]) -> Result<bool, Fault> {
        let (left, right) = (self.term(&sides[0])?, self.term(&sides[1])?);
        if let (Term::Many(left), Term::Many(right)) = (&left, &right) {
            let same = left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| operate::same_value(left, right, self.scope.clock));
            return match op {
                Binary::Equal => Ok(same),
                Binary::NotEqual => Ok(!same),
                _ => Err(Fault::WrongValue),
            };
        }
        operate::comparison(op, left.one()?, right.one()?, self.scope.clock)
    }

    pub fn flag<'n: 'a>(&mut self, node: &'n Node) -> Result<bool, Fault> {
        if let Op::Compare(op, sides) = &node.op {
            return self.compare(*op, sides);
        }
        let term = self.term(node)?;
        coerce::flag_of(term.one()?)
    }

    fn special<'n: 'a>(&mut self, special: Special, arguments: &'n [Node]) -> Outcome<'a> {
        let flag = |flag: bool| Ok(Term::Made(Value::Flag(flag)));
        match special {
            Special::If => match (self.flag(&arguments[0])?, arguments.get(2)) {
                (true, _) => self.term(&arguments[1]),
                (false, Some(otherwise)) => self.term(otherwise),
                (false, None) => flag(false),
            },
            Special::Ifs => {
                for pair in arguments.chunks_exact(2) {
                    if self.flag(&pair[0])? {
                        return self.term(&pair[1]);
                    }
                }
                Err(Fault::NotAvailable)
            }
            Special::Switch => {
                let subject = self.term(&arguments[0])?;
                let mut rest = &arguments[1..];
                while let [case, result, after @ ..] = rest {
                    let case = self.term(case)?;
                    if operate::same_value(subject.one()?, case.one()?, self.scope.clock) {
                        return self.term(result);
                    }
                    rest = after;
                }
                rest.first().map_or(Err(Fault::NotAvailable), |otherwise| self.term(otherwise))
            }
            Special::IfError => self.term(&arguments[0]).or_else(|_| self.term(&arguments[1])),
            Special::IfNa => match self.term(&arguments[0]) {
                Err(Fault::NotAvailable) => self.term(&arguments[1]),
                other => other,
            },
            Special::And => {
                for argument in arguments {
                    if !self.every_flag(argument)? {
                        return flag(false);
                    }
                }
                flag(true)
            }
            Special::Or => {
                for argument in arguments {
                    if self.any_flag(argument)? {
                        return flag(true);
                    }
                }
                flag(false)
            }
            Special::Xor => {
                let mut odd = false;
                for argument in arguments {
                    odd ^= self.flag(argument)?;
                }
                flag(odd)
            }
            Special::Not => {
                let inner = self.flag(&arguments[0])?;
                flag(!inner)
            }
            Special::Choose => {
                let index = coerce::number_of(self.term(&arguments[0])?.one()?)?;
                let index = usize::try_from(index.trunc()).map_err(|_| Fault::WrongValue)?;
                match index.checked_sub(1).and_then(|at| arguments[1..].get(at)) {
                    Some(chosen) => self.term(chosen),
                    None => Err(Fault::WrongValue),
                }
            }
            Special::Let(slot) => {
                let Some((body, values)) = arguments.split_last() else {
                    return Err(Fault::WrongValue);
                };
                // Slots are numbered by depth, so whatever an inner LET left behind is dropped here.
                self.locals.truncate(slot);
                for value in values {
                    let term = self.term(value);
                    self.locals.push(term);
                }
                let result = self.term(body);
                self.locals.truncate(slot);
                result
            }
            Special::Before => self.before(&arguments[0]),
            Special::Changed => {
                let now = self.term(&arguments[0])?;
                let before = self.before(&arguments[0])?;
                flag(!same_term(&now, &before))
            }
            Special::IsBlank => {
                let blank = self.term(&arguments[0])?.is_blank();
                flag(blank)
            }
            Special::IsError => {
                let wrong = self.term(&arguments[0]).is_err();
                flag(wrong)
            }
            Special::IsNa => {
                let missing = matches!(self.term(&arguments[0]), Err(Fault::NotAvailable));
                flag(missing)
            }
        }
    }

    /// What a part gave before the change at hand; blank for a new record.
    fn before<'n: 'a>(&mut self, node: &'n Node) -> Outcome<'a> {
        let Some(before) = self.scope.before else {
            return Ok(Term::Seen(&BLANK));
        };
        let now = std::mem::replace(&mut self.scope.record, before);
        let term = self.term(node);
        self.scope.record = now;
        term
    }

    /// Blanks in a list do not count.
    fn every_flag<'n: 'a>(&mut self, node: &'n Node) -> Result<bool, Fault> {
        if !matches!(node.kind, Kind::List(_) | Kind::Any) {
            return self.flag(node);
        }
        match self.term(node)? {
            Term::Many(values) => each_flag(&values, true),
            term => coerce::flag_of(term.one()?),
        }
    }

    fn any_flag<'n: 'a>(&mut self, node: &'n Node) -> Result<bool, Fault> {
        if !matches!(node.kind, Kind::List(_) | Kind::Any) {
            return self.flag(node);
        }
        match self.term(node)? {
            Term::Many(values) => each_flag(&values, false),
            term => coerce::flag_of(term.one()?),
        }
    }
}

/// Whether all flags of a list are `wanted`; the other way round if `wanted` is no: whether any is yes.
fn each_flag(values: &[Value], wanted: bool) -> Result<bool, Fault> {
    for value in values.iter().filter(|value| !value.is_empty()) {
        if coerce::flag_of(value)? != wanted {
            return Ok(!wanted);
        }
    }
    Ok(wanted)
}

pub(in crate::engine) fn same_term(left: &Term<'_>, right: &Term<'_>) -> bool {
    let values = |term: &Term<'_>| -> Vec<Value> {
        match term {
            Term::Seen(value) if value.is_empty() => Vec::new(),
            Term::Seen(value) => vec![(*value).clone()],
            Term::Made(value) if value.is_empty() => Vec::new(),
            Term::Made(value) => vec![value.clone()],
            Term::Many(values) => values.clone(),
        }
    };
    match (left, right) {
        (Term::Seen(left), Term::Seen(right)) => left == right || (left.is_empty() && right.is_empty()),
        _ => values(left) == values(right),
    }
}

fn map_term<'a>(term: Term<'a>, mut change: impl FnMut(&Value) -> Value) -> Term<'a> {
    match term {
        Term::Seen(value) => Term::Made(change(value)),
        Term::Made(value) => Term::Made(change(&value)),
        Term::Many(values) => Term::Many(values.iter().map(change).collect()),
    }
}

/// Options and links as people see them; other values stay.
pub(super) fn label(value: &Value, kind: &Kind, scope: &Scope<'_>) -> Value {
    let option_text = |option: OptionId| option_label(option, kind, scope.reader, scope.language);
    match value {
        Value::Choice(option) => Value::Text(Arc::from(&*option_text(*option))),
        Value::Choices(options) => {
            let texts: Vec<Cow<'static, str>> = options.iter().map(|option| option_text(*option)).collect();
            Value::text(&texts.join(", "))
        }
        Value::Link(link) => title(*link, scope),
        Value::Links(links) => {
            let titles: Vec<Value> = links.iter().map(|link| title(*link, scope)).collect();
            let texts: Vec<&str> = titles.iter().filter_map(Value::as_text).collect();
            Value::text(&texts.join(", "))
        }
        other => other.clone(),
    }
}

/// A text as the option that it names is shown, with the sign of a criterion before it kept; any other value as it is.
fn named(value: &Value, kind: &Kind, scope: &Scope<'_>) -> Value {
    let (Value::Text(text), Kind::Choice(entity, field)) = (value, kind) else { return value.clone() };
    let sign = ["<>", "="].into_iter().find(|sign| text.starts_with(sign)).unwrap_or("");
    let name = text[sign.len()..].trim();
    let field = scope.reader.entity(*entity).and_then(|entity| entity.field(*field));
    match field.and_then(|field| field.option_called(name)) {
        Some(option) => Value::text(&format!("{sign}{}", option.label.text(scope.language))),
        None => value.clone(),
    }
}

fn option_label(option: OptionId, kind: &Kind, reader: &dyn Reader, language: Language) -> Cow<'static, str> {
    let kind = if let Kind::List(item) = kind { item } else { kind };
    let Kind::Choice(entity, field) = kind else {
        return Cow::Borrowed(option.as_str());
    };
    let found = reader.entity(*entity).and_then(|entity| entity.field(*field)?.option(option).cloned());
    match found {
        Some(found) => Cow::Owned(found.label.text(language).to_owned()),
        None => Cow::Borrowed(option.as_str()),
    }
}

/// What a record is called.
pub(super) fn title(link: RecordId, scope: &Scope<'_>) -> Value {
    let Some(record) = scope.reader.record(link) else {
        return Value::Empty;
    };
    let Some(entity) = scope.reader.entity(record.entity) else {
        return Value::Empty;
    };
    match record.value(entity.title) {
        Value::Text(text) => Value::Text(text.clone()),
        other => Value::text(&coerce::local_text_of(other, scope.clock)),
    }
}

/// Reads a field in whatever way it is reached. A link that leads nowhere gives a blank.
pub(in crate::engine) fn read<'a>(access: &Access, scope: &Scope<'a>) -> Term<'a> {
    match access {
        Access::Own { field, many: false } => Term::Seen(scope.record.value(*field)),
        Access::Own { field, many: true } => Term::Many(spread(scope.record.value(*field))),
        Access::Through { links, field, many: false } => match follow(scope.reader, scope.record, links) {
            Some(record) => Term::Seen(record.value(*field)),
            None => Term::Seen(&BLANK),
        },
        Access::Through { links, field, many: true } => Term::Many(through_all(scope, links, *field)),
        Access::Related { entity, via, links, field } => {
            let related = scope.reader.incoming(scope.record.id, *entity, *via);
            let end = |id| follow(scope.reader, scope.reader.record(id)?, links);
            Term::Many(match field {
                None => related.into_iter().map(Value::Link).collect(),
                Some(field) => related
                    .into_iter()
                    .map(|id| end(id).map_or(Value::Empty, |record| record.value(*field).clone()))
                    .collect(),
            })
        }
        Access::Created => Term::Made(Value::Instant(scope.record.created)),
        Access::Updated => Term::Made(Value::Instant(scope.record.updated)),
    }
}

/// The record to which links lead from another one.
fn follow<'a>(reader: &'a dyn Reader, from: &'a Record, links: &[FieldId]) -> Option<&'a Record> {
    let mut record = from;
    for link in links {
        let id = record.value(*link).links().first()?;
        record = reader.record(*id)?;
    }
    Some(record)
}

fn through_all(scope: &Scope<'_>, links: &[FieldId], field: FieldId) -> Vec<Value> {
    let mut records = vec![scope.record];
    for link in links {
        let mut seen = rustc_hash::FxHashSet::default();
        records = records
            .iter()
            .flat_map(|record| record.value(*link).links())
            .filter(|id| seen.insert(**id))
            .filter_map(|id| scope.reader.record(*id))
            .collect();
    }
    records.iter().flat_map(|record| spread_or_blank(record.value(field))).collect()
}

fn spread_or_blank(value: &Value) -> Vec<Value> {
    if value.is_empty() { vec![Value::Empty] } else { spread(value) }
}

/// The items of a list value; a blank has none.
fn spread(value: &Value) -> Vec<Value> {
    match value {
        Value::Empty => Vec::new(),
        Value::Choices(options) => options.iter().map(|option| Value::Choice(*option)).collect(),
        Value::Links(links) => links.iter().map(|link| Value::Link(*link)).collect(),
        other => vec![other.clone()],
    }
}
