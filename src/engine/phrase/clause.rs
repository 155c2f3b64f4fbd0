//! Clauses: the tokens of a phrase put together into comparisons, one entity at a time.

mod time;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Asked;
use super::lexicon::{Meaning, Word};
use super::token::{Token, What, words};
use crate::engine::formula;
use crate::engine::formula::kind::Kind;
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, OptionId};

/// How a field is compared in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Number,
    Duration,
    /// A day; said of what has been rather than of what comes, where it is not said which.
    Day {
        is_past: bool,
    },
    Options,
    Flag,
    Link,
    Text,
    Other,
}

/// What a clause comes to, and where the next one begins.
type Read = Option<(Condition, usize)>;

/// The clauses of a phrase.
pub struct Clauses<'a> {
    entity: &'a Entity,
    asked: &'a Asked<'a>,
    tokens: &'a [Token],
    /// Each with whether it stands after an "or".
    parts: Vec<(bool, Condition)>,
    rest: Vec<String>,
    used: usize,
}

impl<'a> Clauses<'a> {
    pub fn new(entity: &'a Entity, asked: &'a Asked<'a>, tokens: &'a [Token]) -> Clauses<'a> {
        Clauses { entity, asked, tokens, parts: Vec::new(), rest: Vec::new(), used: 0 }
    }

    /// Reads all of it.
    pub fn read(&mut self) {
        let mut at = 0;
        let mut is_or = false;
        while at < self.tokens.len() {
            if let Some((condition, next)) = self.clause(at) {
                self.parts.push((is_or, condition));
                self.use_up(at, next);
                (at, is_or) = (next, false);
                continue;
            }
            let token = &self.tokens[at];
            let is_word = |word: Word| self.is(at, word);
            if is_word(Word::Or) && !self.parts.is_empty() {
                is_or = true;
                self.use_up(at, at + 1);
            } else if token.is_entity() || is_word(Word::And) || is_word(Word::Filler) || self.is_new(at) {
                self.use_up(at, at + 1);
            } else if token.text.chars().any(char::is_alphanumeric) || matches!(token.what, What::Known(_)) {
                self.rest.push(token.text.clone());
            }
            at += 1;
        }
    }

    /// The condition if there is any, what was not understood, and how many letters were.
    pub fn finish(self) -> (Option<Condition>, Vec<String>, usize) {
        let mut groups: Vec<Vec<Condition>> = vec![Vec::new()];
        for (is_or, condition) in self.parts {
            if is_or {
                groups.push(Vec::new());
            }
            let Some(group) = groups.last_mut() else { continue };
            match condition {
                Condition::All { all } => group.extend(all),
                other if !group.contains(&other) => group.push(other),
                _ => {}
            }
        }
        groups.retain(|group| !group.is_empty());
        let one = |mut group: Vec<Condition>| match group.len() {
            1 => group.remove(0),
            _ => Condition::All { all: group },
        };
        let condition = match groups.len() {
            0 => None,
            1 => groups.pop().map(one),
            _ => Some(Condition::Any { any: groups.into_iter().map(one).collect() }),
        };
        (condition, self.rest, self.used)
    }

    fn use_up(&mut self, from: usize, to: usize) {
        let letters = self.tokens[from..to].iter().map(|token| token.text.chars().count());
        self.used += letters.sum::<usize>();
    }

    fn clause(&self, at: usize) -> Read {
        self.silent(at)
            .or_else(|| self.timed(at))
            .or_else(|| self.compared(at))
            .or_else(|| self.counted_of(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.chosen(at))
            .or_else(|| self.stands(at))
            .or_else(|| self.owned(at))
            .or_else(|| self.flagged(at))
            .or_else(|| self.present(at))
            .or_else(|| self.overdue(at))
    }

    /// A field compared with something: 金额大于5万, score > 60, 行业是制造业, owner is 李娜.
    fn compared(&self, at: usize) -> Read {
        self.fields(at).into_iter().find_map(|field| {
            let next = self.past_fillers(at + 1);
            self.compared_by(field, next).or_else(|| self.empty_or_not(field, next))
        })
    }

    fn compared_by(&self, field: &Field, next: usize) -> Read {
        match self.shape(field) {
            Shape::Number | Shape::Duration => self.number_after(field, next),
            Shape::Options => {
                let (is, next) = self.is_or_not(next);
                self.options_from(next, Some(field.id), is == Some(Comparison::NotEquals))
            }
            Shape::Link => {
                let (is, next) = self.is_or_not(next);
                let person = self.person(next).filter(|_| self.leads_to_people(field))?;
                let is = is.unwrap_or(Comparison::Equals);
                Some((compare(field.id, is, person), next + 1))
            }
            Shape::Text => {
                let is = match self.word(next)? {
                    Word::Contains => Comparison::Contains,
                    Word::Is => Comparison::Equals,
                    Word::IsNot => Comparison::NotEquals,
                    _ => return None,
                };
                let token = self.tokens.get(next + 1)?;
                let said = if let What::Quoted(text) = &token.what { text } else { &token.text };
                Some((compare(field.id, is, Operand::Text(said.clone())), next + 2))
            }
            Shape::Day { .. } | Shape::Flag | Shape::Other => None,
        }
    }

    fn empty_or_not(&self, field: &Field, next: usize) -> Read {
        if self.is(next, Word::Empty) {
            return Some((compare(field.id, Comparison::Empty, Operand::Absent), next + 1));
        }
        let is_filled = matches!(self.word(next), Some(Word::Not | Word::IsNot)) && self.is(next + 1, Word::Empty);
        is_filled.then(|| (compare(field.id, Comparison::Filled, Operand::Absent), next + 2))
    }

    fn number_after(&self, field: &Field, at: usize) -> Read {
        if let Some(range) = self.range(field, at) {
            return Some(range);
        }
        let (is, next) = match self.word(at) {
            Some(Word::Than(is)) => (Some(is), at + 1),
            Some(Word::Is) => (Some(Comparison::Equals), at + 1),
            Some(Word::IsNot) => (Some(Comparison::NotEquals), at + 1),
            _ => (None, at),
        };
        // "is over 50k", "在5万以上".
        let (is, next) = match self.word(next) {
            Some(Word::Than(than)) if is == Some(Comparison::Equals) => (Some(than), next + 1),
            _ => (is, self.past_fillers(next)),
        };
        let number = self.number(field, next)?;
        // What follows the number says how it is compared only where nothing in front of it did; and the "in" of "60 in Shanghai"
        // says where.
        let is_told = is.is_some_and(|is| is != Comparison::Equals);
        let is_latin = self.tokens.get(next + 1).is_some_and(|token| token.text.is_ascii());
        let (is, next) = match self.word(next + 1).filter(|_| !is_told) {
            Some(Word::Above) => (Comparison::AtLeast, next + 2),
            Some(Word::Below) => (Comparison::AtMost, next + 2),
            Some(Word::Within) if !is_latin => (Comparison::AtMost, next + 2),
            _ => (is.unwrap_or(Comparison::Equals), next + 1),
        };
        Some((compare(field.id, is, number), next))
    }

    /// Between 5万 and 10万, 5万到10万, 5-10万.
    fn range(&self, field: &Field, at: usize) -> Read {
        let start = if self.is(at, Word::Between) { at + 1 } else { at + usize::from(self.is(at, Word::Is)) };
        let first = self.number(field, start)?;
        let is_joined = self.is(start + 1, Word::To) || start > at && self.is(start + 1, Word::And);
        let last = self.number(field, start + 2).filter(|_| is_joined)?;
        let end = start + 3;
        let end = if self.is(end, Word::Filler) || self.is(end, Word::To) { end + 1 } else { end };
        Some((compare(field.id, Comparison::Between, Operand::List(vec![first, last])), end))
    }

    /// A number before its field: more than 500 employees.
    fn counted_of(&self, at: usize) -> Read {
        let Some(Word::Than(is)) = self.word(at) else { return None };
        let named = self.past_fillers(at + 2);
        let field = self.fields(named).into_iter().find(|field| self.shape(field) == Shape::Number)?;
        let number = self.number(field, at + 1)?;
        // In "over 50k, score above 60" the score has a number of its own.
        let is_free = self.compared(named).is_none();
        is_free.then(|| (compare(field.id, is, number), named + 1))
    }

    /// A number whose field is not named means the amount: over 50k, 5万以上.
    fn counted(&self, at: usize) -> Read {
        let is_told = match self.word(at) {
            Some(Word::Than(_)) => matches!(self.tokens.get(at + 1)?.what, What::Number(_)),
            Some(Word::Between) => matches!(self.tokens.get(at + 1)?.what, What::Number(_)),
            _ => {
                matches!(self.tokens.get(at)?.what, What::Number(_))
                    && matches!(self.word(at + 1), Some(Word::Above | Word::Below))
            }
        };
        let is_money = |field: &&Field| matches!(self.kind(field), Some(Kind::Money));
        let summary = self.entity.summary.iter().filter_map(|id| self.entity.field(*id));
        let amount = summary.chain(&self.entity.fields).find(is_money)?;
        is_told.then(|| self.number_after(amount, at))?
    }

    /// Options by their names alone: 华南 制造业, not manufacturing, won or lost.
    fn chosen(&self, at: usize) -> Read {
        let is_not = matches!(self.word(at), Some(Word::Not | Word::IsNot | Word::Without));
        let is_led = matches!(
            self.word(at),
            Some(Word::Within | Word::With | Word::For | Word::Is | Word::Than(Comparison::AtLeast))
        );
        if !is_not && !is_led {
            // New leads this week were made this week, whatever has become of them.
            let is_made = self.is(at, Word::Created) && self.speaks_of_time();
            return (!is_made).then(|| self.options_from(at, None, false))?;
        }
        let next = self.past_fillers(at + 1);
        // Without a telephone number, where "telephone" is a source as well.
        let is_field = !self.is(at, Word::IsNot) && !self.fields(next).is_empty();
        (!is_field).then(|| self.options_from(next, None, is_not))?
    }

    fn options_from(&self, at: usize, of: Option<FieldId>, is_not: bool) -> Read {
        let (field, mut options) = self.options(at, of)?;
        let mut next = at + 1;
        // Others of the same field are added: by "or", by a comma, or by "and" where the field was named or excluded.
        loop {
            let joint = self.past_fillers(next);
            let is_joint =
                self.is(joint, Word::Or) || self.is(joint, Word::And) && self.options(joint + 1, Some(field)).is_some();
            let Some((_, more)) = self.options(joint + 1, Some(field)).filter(|_| is_joint) else { break };
            options.extend(more);
            next = joint + 2;
        }
        // 商务谈判阶段, high churn risk.
        if self.fields(next).iter().any(|own| own.id == field) && self.compared(next).is_none() {
            next += 1;
        }
        let mut operands: Vec<Operand> = Vec::new();
        for option in &options {
            let operand = Operand::Text(option.as_str().to_owned());
            if !operands.contains(&operand) {
                operands.push(operand);
            }
        }
        let is = if is_not { Comparison::NoneOf } else { Comparison::OneOf };
        Some((compare(field, is, Operand::List(operands)), next))
    }

    /// Open, closed: whether the work has ended.
    fn stands(&self, at: usize) -> Read {
        let is_not = matches!(self.word(at), Some(Word::Not));
        let next = if is_not { at + 1 } else { at };
        let is_open = match self.word(next)? {
            Word::Open => !is_not,
            Word::Closed => is_not,
            _ => return None,
        };
        Some((self.standing(is_open)?, next + 1))
    }

    fn standing(&self, is_open: bool) -> Option<Condition> {
        let field = self.entity.fields.iter().find(|field| field.options().iter().any(|it| it.ended.is_some()))?;
        let ended = field.options().iter().filter(|option| option.ended.is_some());
        let ended = ended.map(|option| Operand::Text(option.id.as_str().to_owned())).collect();
        let is = if is_open { Comparison::NoneOf } else { Comparison::OneOf };
        Some(compare(field.id, is, Operand::List(ended)))
    }

    /// Mine, or somebody's.
    fn owned(&self, at: usize) -> Read {
        // "Won by 李娜".
        let at = at + usize::from(self.is(at, Word::Than(Comparison::AtMost)) && self.person(at + 1).is_some());
        let person = self.person(at)?;
        let owner = self.entity.fields.iter().find(|field| self.leads_to_people(field))?;
        Some((compare(owner.id, Comparison::Equals, person), at + 1))
    }

    /// A flag by its name alone, or with "not" before it.
    fn flagged(&self, at: usize) -> Read {
        let is_not = matches!(self.word(at), Some(Word::Not | Word::IsNot));
        let next = if is_not { self.past_fillers(at + 1) } else { at };
        let flag = self.fields(next).into_iter().find(|field| self.shape(field) == Shape::Flag)?;
        Some((compare(flag.id, Comparison::Equals, Operand::Flag(!is_not)), next + 1))
    }

    /// Without a telephone number, 有预算.
    fn present(&self, at: usize) -> Read {
        let is = match self.word(at)? {
            Word::Without | Word::Not => Comparison::Empty,
            Word::With => Comparison::Filled,
            _ => return None,
        };
        let next = self.past_fillers(at + 1);
        if is == Comparison::Filled
            && let Some(compared) = self.compared(next).or_else(|| self.counted_of(next)).or_else(|| self.timed(next))
        {
            return Some(compared);
        }
        let field = self.fields(next).into_iter().next()?;
        let is_number = matches!(field.kind, FieldKind::Rollup(_)) && self.shape(field) == Shape::Number;
        // A count or sum is never blank: having none is having nought.
        Some(match (is_number, is) {
            (true, Comparison::Filled) => (compare(field.id, Comparison::Greater, Operand::Integer(0)), next + 1),
            (true, _) => (compare(field.id, Comparison::AtMost, Operand::Integer(0)), next + 1),
            (false, is) => (compare(field.id, is, Operand::Absent), next + 1),
        })
    }

    /// Past the day on which it is due, and not ended.
    fn overdue(&self, at: usize) -> Read {
        if !self.is(at, Word::Overdue) {
            return None;
        }
        let is_due = |field: &&Field| field.aliases.iter().any(|alias| alias == "due");
        let due = self.entity.fields.iter().find(is_due)?;
        let late = compare(due.id, Comparison::Less, Operand::Text("today".to_owned()));
        let all = [late].into_iter().chain(self.standing(true)).collect();
        Some((Condition::All { all }, at + 1))
    }

    /// A number as the field wants it: lengths of time are seconds.
    fn number(&self, field: &Field, at: usize) -> Option<Operand> {
        match (&self.tokens.get(at)?.what, self.shape(field)) {
            (What::Number(number), _) => Some(operand(*number)),
            (What::Span(count, super::token::Unit::Days), Shape::Duration) => Some(Operand::Integer(count * 86_400)),
            (What::Span(count, super::token::Unit::Days), Shape::Number) => Some(Operand::Integer(*count)),
            (What::Span(count, super::token::Unit::Months), Shape::Number) => Some(Operand::Integer(*count)),
            _ => None,
        }
    }

    fn is_or_not(&self, at: usize) -> (Option<Comparison>, usize) {
        match self.word(at) {
            Some(Word::Is) if self.is(at + 1, Word::Not) => (Some(Comparison::NotEquals), at + 2),
            Some(Word::Is) => (Some(Comparison::Equals), self.past_fillers(at + 1)),
            Some(Word::IsNot | Word::Not) => (Some(Comparison::NotEquals), self.past_fillers(at + 1)),
            _ => (None, at),
        }
    }

    fn options(&self, at: usize, of: Option<FieldId>) -> Option<(FieldId, Vec<OptionId>)> {
        let What::Known(meanings) = &self.tokens.get(at)?.what else { return None };
        let options = meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Option(field, option) => Some((*field, *option)),
            _ => None,
        });
        let options: Vec<(FieldId, OptionId)> = options.filter(|(field, _)| of.is_none_or(|of| of == *field)).collect();
        let field = options.first()?.0;
        Some((field, options.into_iter().filter(|(own, _)| *own == field).map(|(_, option)| option).collect()))
    }

    fn person(&self, at: usize) -> Option<Operand> {
        let What::Known(meanings) = &self.tokens.get(at)?.what else { return None };
        meanings.iter().find_map(|meaning| match meaning {
            Meaning::Person(person) => Some(Operand::Text(person.to_string())),
            // Whoever looks at it later: what is kept as a view shows everybody their own.
            Meaning::Word(Word::Mine) => self.asked.actor.map(|_| Operand::Text("me".to_owned())),
            _ => None,
        })
    }

    fn leads_to_people(&self, field: &Field) -> bool {
        let people = self.asked.reader.workspace().and_then(|workspace| workspace.people);
        let is_link = matches!(field.kind, FieldKind::Link(_));
        is_link && field.link().zip(people).is_some_and(|(link, people)| link.to.contains(&people))
    }

    fn fields(&self, at: usize) -> Vec<&'a Field> {
        let What::Known(meanings) = (match self.tokens.get(at) {
            Some(token) => &token.what,
            None => return Vec::new(),
        }) else {
            return Vec::new();
        };
        let field =
            |meaning: &Meaning| if let Meaning::Field(field) = meaning { self.entity.field(*field) } else { None };
        meanings.iter().filter_map(field).collect()
    }

    fn shape(&self, field: &Field) -> Shape {
        // What a person fills in may lie ahead; what is reckoned or noted by itself has been.
        let is_past = field.read_only || field.is_computed();
        match self.kind(field) {
            Some(Kind::Number | Kind::Money) => Shape::Number,
            Some(Kind::Duration) => Shape::Duration,
            Some(Kind::Date) => Shape::Day { is_past },
            Some(Kind::Instant) => Shape::Day { is_past: true },
            Some(Kind::Flag) => Shape::Flag,
            Some(Kind::Choice(..)) => Shape::Options,
            Some(Kind::List(item)) if matches!(*item, Kind::Choice(..)) => Shape::Options,
            Some(Kind::Link(_)) => Shape::Link,
            Some(Kind::Text) => Shape::Text,
            Some(Kind::List(_) | Kind::Any | Kind::Files | Kind::Place) | None => Shape::Other,
        }
    }

    fn kind(&self, field: &Field) -> Option<Kind> {
        formula::access(field.id.as_str(), self.asked.reader, self.entity.id).ok().map(|(_, kind, _)| kind)
    }

    fn word(&self, at: usize) -> Option<Word> {
        words(self.tokens.get(at)?).next()
    }

    fn is(&self, at: usize, word: Word) -> bool {
        self.tokens.get(at).is_some_and(|token| words(token).any(|own| own == word))
    }

    /// "New" before a name says little: new leads are leads.
    fn is_new(&self, at: usize) -> bool {
        self.is(at, Word::Created) && (self.tokens.get(at + 1).is_some_and(Token::is_entity) || !self.parts.is_empty())
    }

    fn past_fillers(&self, mut at: usize) -> usize {
        let is_filler = |at: usize| self.tokens.get(at).is_some_and(|token| words(token).eq([Word::Filler]));
        while is_filler(at) && self.fields(at).is_empty() {
            at += 1;
        }
        at
    }
}

fn compare(field: FieldId, is: Comparison, value: Operand) -> Condition {
    Condition::compare(field, is, value)
}

fn operand(number: Decimal) -> Operand {
    let number = number.normalize();
    match number.to_i64().filter(|_| number.scale() == 0) {
        Some(whole) => Operand::Integer(whole),
        None => Operand::Text(number.to_string()),
    }
}
