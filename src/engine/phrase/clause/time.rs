//! Clauses that speak of time: 7天未跟进, ending in 30 days, 本月新增, closed before 2026-07-01.

use super::{Clauses, Read, Shape, compare};
use crate::engine::condition::Stretch;
use crate::engine::phrase::lexicon::Word;
use crate::engine::phrase::token::{Token, Unit, What};
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::field::Field;
use crate::model::id::FieldId;

/// When.
enum When {
    Between(String, String),
    Is(Comparison, String),
}

impl Clauses<'_> {
    /// That nothing has happened for a while, or ever: 7天未跟进, without activity for 7 days.
    pub(super) fn silent(&self, at: usize) -> Read {
        let (mut next, mut is_strict, mut span) = (at, false, None);
        let mut take_span = |next: &mut usize, is_strict: &mut bool| {
            while matches!(self.word(*next), Some(Word::For | Word::Within | Word::Last | Word::Is | Word::Filler))
                || self.is(*next, Word::Than(Comparison::Greater))
            {
                *is_strict |= self.is(*next, Word::Than(Comparison::Greater));
                *next += 1;
            }
            if let Some(What::Span(count, unit)) = self.tokens.get(*next).map(|token| &token.what) {
                span = Some((*count, *unit));
                *next += 1;
                while matches!(self.word(*next), Some(Word::Above | Word::Within | Word::Filler)) {
                    *next += 1;
                }
                return true;
            }
            false
        };
        let is_first = take_span(&mut next, &mut is_strict);
        if !is_first {
            next = at;
            is_strict = false;
        }
        if !matches!(self.word(next), Some(Word::Not | Word::Without)) {
            return None;
        }
        next = self.past_fillers(next + 1);
        let field = self.day_field(next)?.0;
        next += 1;
        if !is_first && !take_span(&mut next, &mut is_strict) {
            return None;
        }
        let (count, unit) = span?;
        let is = if is_strict { Comparison::Less } else { Comparison::AtMost };
        let before = Condition::compare(field, is, Operand::Text(from_today(-count, unit)));
        let never = Condition::compare(field, Comparison::Empty, Operand::Absent);
        Some((Condition::Any { any: vec![before, never] }, next))
    }

    /// A day field, or when a record was made, with a time before or after it.
    pub(super) fn timed(&self, at: usize) -> Read {
        if let Some((field, is_past)) = self.day_field(at) {
            let next = self.past_fillers(at + 1);
            let next = if self.is(next, Word::Is) { self.past_fillers(next + 1) } else { next };
            if let Some((when, next)) = self.when(next, is_past) {
                let timed = when.of(field);
                return Some((self.with_ending(at, timed), next));
            }
        }
        // The time first: 30天内到期, 本季度赢单.
        let (_, after) = self.when(at, true)?;
        let named = self.past_fillers(after);
        if let Some((field, is_past)) = self.day_field(named)
            && let Some((when, _)) = self.when(at, is_past)
            && self.when(named + 1, is_past).is_none()
        {
            return Some((self.with_ending(named, when.of(field)), named + 1));
        }
        // A time alone is that of making, where it is said whose.
        let is_named = self.tokens.iter().any(Token::is_entity) || self.asked.here == Some(self.entity.id);
        // Closed deals this year: what was said before may say which day is meant.
        let is_silent = |place: usize| place > 0 && matches!(self.word(place - 1), Some(Word::Not | Word::Without));
        let before = (0..at).rev().filter(|place| !is_silent(*place)).find_map(|place| self.day_field(place));
        let (field, is_past) = before.or_else(|| is_named.then(|| (FieldId::new("created"), true)))?;
        let (when, next) = self.when(at, is_past)?;
        Some((when.of(field), next))
    }

    /// Won this quarter: that it has ended so, as well as when.
    fn with_ending(&self, at: usize, timed: Condition) -> Condition {
        let ended = self.options(at, None).filter(|(field, options)| {
            let field = self.entity.field(*field);
            options.iter().all(|id| field.and_then(|field| field.option(*id)).is_some_and(|it| it.ended.is_some()))
        });
        match ended.filter(|_| !self.is(at, Word::Created)) {
            Some((field, options)) => {
                let options = options.iter().map(|it| Operand::Text(it.as_str().to_owned())).collect();
                Condition::All { all: vec![compare(field, Comparison::OneOf, Operand::List(options)), timed] }
            }
            None => timed,
        }
    }

    /// Whether any of the words is a time.
    pub(super) fn speaks_of_time(&self) -> bool {
        (0..self.tokens.len()).any(|at| match &self.tokens[at].what {
            What::Span(..) | What::Day(_) | What::Days(..) => true,
            _ => matches!(self.word(at), Some(Word::Stretch(..) | Word::Day(_))),
        })
    }

    /// The day field that a token means, and whether it speaks of what has been.
    fn day_field(&self, at: usize) -> Option<(FieldId, bool)> {
        let day = |field: &Field| match self.shape(field) {
            Shape::Day { is_past } => Some((field.id, is_past)),
            _ => None,
        };
        let own = self.fields(at).into_iter().find_map(day);
        own.or_else(|| match self.word(at)? {
            Word::Created => Some((FieldId::new("created"), true)),
            Word::Updated => Some((FieldId::new("updated"), true)),
            _ => None,
        })
    }

    /// A time, and where it ends.
    fn when(&self, at: usize, is_past: bool) -> Option<(When, usize)> {
        let text = |at: usize| match &self.tokens.get(at)?.what {
            What::Day(date) => Some((date.to_string(), date.to_string())),
            What::Days(first, last) => Some((first.to_string(), last.to_string())),
            What::Known(_) => match self.word(at)? {
                Word::Day(days) => Some((from_today(days, Unit::Days), from_today(days, Unit::Days))),
                Word::Stretch(stretch, by) => Some((stretch_text(stretch, "", by), stretch_text(stretch, "-end", by))),
                _ => None,
            },
            _ => None,
        };
        let span = |at: usize| match self.tokens.get(at)?.what {
            What::Span(count, unit) => Some((count, unit)),
            _ => None,
        };
        let today = || from_today(0, Unit::Days);
        let past = |(count, unit): (i64, Unit)| When::Between(from_today(-count, unit), today());
        let coming = |(count, unit): (i64, Unit)| When::Between(today(), from_today(count, unit));
        let after_within = |at: usize| if self.is(at, Word::Within) { at + 1 } else { at };
        match self.word(at) {
            Some(Word::Last) => return span(at + 1).map(|span| (past(span), after_within(at + 2))),
            Some(Word::Next) => return span(at + 1).map(|span| (coming(span), after_within(at + 2))),
            Some(Word::Within) | Some(Word::Filler) => {
                let next = at + 1;
                if let Some(found) = span(next).filter(|_| self.is(at, Word::Within)) {
                    return Some((if is_past { past(found) } else { coming(found) }, next + 1));
                }
                return self.is(at, Word::Within).then(|| self.when(next, is_past))?;
            }
            Some(Word::Than(is)) => {
                // More than 7 days ago lies before that day.
                if let Some((count, unit)) = span(at + 1).filter(|_| self.is(at + 2, Word::Ago)) {
                    return Some((When::Is(turned(is), from_today(-count, unit)), at + 3));
                }
                let (first, last) = text(at + 1)?;
                let bound = match is {
                    Comparison::Greater | Comparison::AtMost => last,
                    _ => first,
                };
                return Some((When::Is(is, bound), at + 2));
            }
            Some(Word::Between) => {
                let ((first, _), (_, last)) = (text(at + 1)?, text(at + 3)?);
                return Some((When::Between(first, last), at + 4));
            }
            _ => {}
        }
        if let Some((count, unit)) = span(at) {
            return match self.word(at + 1)? {
                Word::Within => Some((if is_past { past((count, unit)) } else { coming((count, unit)) }, at + 2)),
                Word::Ago => {
                    // Three days ago is a day; three months ago is a long time.
                    let is = if unit == Unit::Days && count < 7 { Comparison::Equals } else { Comparison::AtMost };
                    Some((When::Is(is, from_today(-count, unit)), at + 2))
                }
                Word::Later => Some((When::Is(Comparison::Equals, from_today(count, unit)), at + 2)),
                _ => None,
            };
        }
        let (first, last) = text(at)?;
        if self.is(at + 1, Word::To)
            && let Some((_, end)) = text(at + 2)
        {
            return Some((When::Between(first, end), at + 3));
        }
        Some(match self.word(at + 1) {
            Some(Word::Ago) => (When::Is(Comparison::Less, first), at + 2),
            Some(Word::Later) => (When::Is(Comparison::Greater, last), at + 2),
            _ if first == last => (When::Is(Comparison::Equals, first), at + 1),
            _ => (When::Between(first, last), at + 1),
        })
    }
}

impl When {
    fn of(self, field: FieldId) -> Condition {
        match self {
            When::Between(first, last) => {
                compare(field, Comparison::Between, Operand::List(vec![Operand::Text(first), Operand::Text(last)]))
            }
            When::Is(is, day) => compare(field, is, Operand::Text(day)),
        }
    }
}

fn turned(is: Comparison) -> Comparison {
    match is {
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        other => other,
    }
}

fn from_today(count: i64, unit: Unit) -> String {
    let sign = match unit {
        Unit::Days => "",
        Unit::Months => "m",
    };
    if count == 0 { "today".to_owned() } else { format!("today{count:+}{sign}") }
}

fn stretch_text(stretch: Stretch, end: &str, by: i32) -> String {
    let name = match stretch {
        Stretch::Week => "week",
        Stretch::Month => "month",
        Stretch::Quarter => "quarter",
        Stretch::Year => "year",
    };
    if by == 0 { format!("{name}{end}") } else { format!("{name}{end}{by:+}") }
}
