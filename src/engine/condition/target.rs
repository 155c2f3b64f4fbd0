//! What a field is compared with, typed by the field.

use rust_decimal::Decimal;

use crate::engine::condition::day::Day;
use crate::engine::formula::coerce;
use crate::engine::formula::kind::Kind;
use crate::model::condition::Operand;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::{OptionId, RecordId};
use crate::model::state::Reader;
use crate::model::time::{Instant, Zone};

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// Nothing, or a text of no letters.
    Nothing,
    Flag(bool),
    /// A number, the amount of money or the seconds of a length of time.
    Number(Decimal),
    /// Text in lower case.
    Text(String),
    Day(Day),
    /// A local day and time.
    Moment(chrono::NaiveDateTime),
    Option(OptionId),
    Record(RecordId),
    /// Whoever asks.
    Me,
    Several(Vec<Target>),
}

impl Target {
    /// Whether it is another one tomorrow.
    pub fn reads_clock(&self) -> bool {
        match self {
            Target::Day(day) => day.reads_clock(),
            Target::Several(targets) => targets.iter().any(Target::reads_clock),
            Target::Nothing
            | Target::Flag(_)
            | Target::Number(_)
            | Target::Text(_)
            | Target::Moment(_)
            | Target::Option(_)
            | Target::Record(_)
            | Target::Me => false,
        }
    }

    /// Whether it is another one for another person.
    pub fn reads_actor(&self) -> bool {
        match self {
            Target::Several(targets) => targets.iter().any(Target::reads_actor),
            other => *other == Target::Me,
        }
    }
}

/// Types an operand by the kind that it is compared with.
pub(super) fn read(operand: &Operand, kind: &Kind, reader: &dyn Reader) -> Result<Target, Diagnostic> {
    let text = match operand {
        Operand::Absent => return Ok(Target::Nothing),
        Operand::List(items) => {
            let items: Result<Vec<Target>, Diagnostic> = items.iter().map(|item| read(item, kind, reader)).collect();
            return items.map(Target::Several);
        }
        Operand::Flag(flag) => {
            return match kind {
                Kind::Flag | Kind::Any => Ok(Target::Flag(*flag)),
                Kind::Text => Ok(Target::Text(flag.to_string())),
                _ => Err(mismatch(kind, "flag")),
            };
        }
        Operand::Integer(number) => match kind {
            Kind::Number | Kind::Money | Kind::Duration | Kind::Any => return Ok(Target::Number((*number).into())),
            Kind::Flag if matches!(number, 0 | 1) => return Ok(Target::Flag(*number == 1)),
            _ => number.to_string(),
        },
        Operand::Text(text) => text.trim().to_owned(),
    };
    if text.is_empty() {
        return Ok(Target::Nothing);
    }
    let wrong = |code: Code| Diagnostic::new(code).with("value", &text);
    match kind {
        Kind::Flag => coerce::read_flag(&text).map(Target::Flag).ok_or_else(|| wrong(Code::NotAFlag)),
        Kind::Number => coerce::read_number(&text).map(Target::Number).ok_or_else(|| wrong(Code::NotANumber)),
        Kind::Money => read_amount(&text).map(Target::Number).ok_or_else(|| wrong(Code::NotAnAmount)),
        Kind::Duration => coerce::read_number(&text).map(Target::Number).ok_or_else(|| wrong(Code::NotADuration)),
        Kind::Date => read_day(&text).ok_or_else(|| wrong(Code::NotADate)),
        Kind::Instant => read_day(&text).ok_or_else(|| wrong(Code::NotAnInstant)),
        Kind::Choice(entity, field) => {
            let field = reader.entity(*entity).and_then(|entity| entity.field(*field));
            let options = field.map(|field| field.options()).unwrap_or_default();
            let by_id = options.iter().find(|option| option.id.as_str().eq_ignore_ascii_case(&text));
            let found = by_id.or_else(|| options.iter().find(|option| option.label.says(&text)));
            found.map(|option| Target::Option(option.id)).ok_or_else(|| wrong(Code::NotAnOption))
        }
        Kind::Link(_) if is_me(&text) => Ok(Target::Me),
        Kind::Link(_) => text.parse().map(Target::Record).map_err(|_| wrong(Code::NoSuchLink)),
        Kind::List(item) => read(operand, item, reader),
        Kind::Any => Ok(match coerce::read_number(&text) {
            Some(number) => Target::Number(number),
            None => Target::Text(text.to_lowercase()),
        }),
        Kind::Text | Kind::Files | Kind::Place => Ok(Target::Text(text.to_lowercase())),
    }
}

/// Whether a record is meant that is whoever asks.
pub fn is_me(text: &str) -> bool {
    text.eq_ignore_ascii_case("me") || text == "我"
}

fn mismatch(expected: &Kind, found: &str) -> Diagnostic {
    Diagnostic::new(Code::TypeMismatch).with("expected", expected.name()).with("found", found)
}

/// An amount with or without the code of its currency before or after it.
fn read_amount(text: &str) -> Option<Decimal> {
    let bare = text.trim_matches(|sign: char| sign.is_ascii_alphabetic() || sign.is_whitespace());
    coerce::read_number(bare)
}

/// A day as [`Day`] reads it, or a day and time: `2026-11-22 09:00`.
fn read_day(text: &str) -> Option<Target> {
    if let Some(day) = Day::read(text) {
        return Some(Target::Day(day));
    }
    if let Some(local) = coerce::read_moment(text) {
        return Some(Target::Moment(local));
    }
    let at: Instant = text.parse().ok()?;
    Some(Target::Moment(at.local(Zone::UTC)))
}
