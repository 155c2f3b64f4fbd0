//! What a person typed becomes values, values become text again, records are checked, and forms are filled in. It knows nothing of
//! stores or screens.

mod alone;
mod answer;
mod capture;
mod check;
mod choice;
mod compiled;
mod figures;
mod filling;
mod found;
mod graph;
mod kiosk;
mod lines;
mod number;
mod place;
mod problem;
mod qr;
mod recast;
mod show;
mod time;

use crate::model::contact;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind, ResultKind};
use crate::model::id::{Currency, RecordId};
use crate::model::text;
use crate::model::time::{Date, Zone};
use crate::model::value::Value;

pub use crate::model::contact::{is_email, is_phone};
pub use alone::{Alone, Needs, Obstacle, alone, alone_page, is_post_address};
pub use answer::{answers_in, decode, encode};
pub use capture::captured;
pub use check::{check, duplicates, fits, is_pattern, matches_whole, respelt};
pub use compiled::{Aspect, CompiledForm, Computing, FormFault};
pub use figures::{FormFigures, Traffic, figures, together, traffic_cell};
pub use filling::{Filling, ItemState, PlacedProblem, Surroundings};
pub use found::{SharedText, found};
pub use kiosk::{opens, seal};
pub use lines::{LineState, LinesState};
pub use number::{currencies, is_currency};
pub use problem::{FormProblem, Gravity, problems};
pub use qr::{QrCode, qr_code};
pub use recast::{Recast, Recasting, distinct_texts};
pub use show::{ShowSettings, edit_text, show};
pub use time::read_clock;

/// What has to be known to read what a person typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSettings {
    /// The currency of amounts that name none, unless the field has its own.
    pub currency: Currency,
    /// The country calling code of telephone numbers that have none: `86`.
    pub calling_code: String,
    /// The day for words such as 今天 and for dates without a year.
    pub today: Date,
    /// The zone of times that name none.
    pub zone: Zone,
}

/// Reads what a person typed into a field. Blank text gives a blank value; bounds are looked at by [`check()`].
///
/// Links are read from record ids only: names are looked up by the import. Computed fields and files are read-only.
pub fn read_text(field: &Field, text: &str, settings: &ReadSettings) -> Result<Value, Diagnostic> {
    let trimmed = text::trim(text);
    if trimmed.is_empty() {
        return Ok(Value::Empty);
    }
    let wrong = |code: Code| Diagnostic::of_field(code, field.id).with("value", shortened(trimmed));
    match &field.kind {
        FieldKind::Text { .. } => Ok(Value::text(&text::one_line(trimmed))),
        FieldKind::LongText | FieldKind::RichText => Ok(Value::text(&text::many_lines(trimmed))),
        FieldKind::Hidden | FieldKind::AutoNumber { .. } => Ok(Value::text(trimmed)),
        FieldKind::Number(_) | FieldKind::Score => {
            number::read(trimmed).map(Value::Number).ok_or_else(|| wrong(Code::NotANumber))
        }
        FieldKind::Percent(_) => {
            number::read_percent(trimmed).map(Value::Number).ok_or_else(|| wrong(Code::NotANumber))
        }
        FieldKind::Rating { .. } => {
            number::read_rating(trimmed).map(Value::Number).ok_or_else(|| wrong(Code::NotANumber))
        }
        FieldKind::Nps => number::read(trimmed).map(Value::Number).ok_or_else(|| wrong(Code::NotANumber)),
        FieldKind::Money { currency, .. } => number::read_money(trimmed, currency.unwrap_or(settings.currency))
            .map(Value::Money)
            .ok_or_else(|| wrong(Code::NotAnAmount)),
        FieldKind::Date => time::read_date(trimmed, settings).map(Value::Date).ok_or_else(|| wrong(Code::NotADate)),
        FieldKind::Instant => {
            time::read_instant(trimmed, settings).map(Value::Instant).ok_or_else(|| wrong(Code::NotAnInstant))
        }
        FieldKind::Duration => {
            time::read_duration(trimmed).map(Value::Duration).ok_or_else(|| wrong(Code::NotADuration))
        }
        FieldKind::Flag => choice::read_flag(trimmed).map(Value::Flag).ok_or_else(|| wrong(Code::NotAFlag)),
        FieldKind::Choice { options } => {
            choice::read_option(options, trimmed).map(Value::Choice).ok_or_else(|| wrong(Code::NotAnOption))
        }
        FieldKind::Choices { options, open } => match choice::read_options(options, *open, trimmed) {
            Ok(chosen) => Ok(Value::Choices(chosen.into())),
            Err(part) => Err(Diagnostic::of_field(Code::NotAnOption, field.id).with("value", shortened(part))),
        },
        FieldKind::Phone => contact::read_phone(trimmed, &settings.calling_code)
            .map(|phone| Value::text(&phone))
            .ok_or_else(|| wrong(Code::NotAPhone)),
        FieldKind::Email => {
            contact::read_email(trimmed).map(|email| Value::text(&email)).ok_or_else(|| wrong(Code::NotAnEmail))
        }
        FieldKind::Url => contact::read_url(trimmed).map(|url| Value::text(&url)).ok_or_else(|| wrong(Code::NotAUrl)),
        FieldKind::Address => {
            place::read_address(trimmed).map(|place| Value::Place(place.into())).ok_or_else(|| wrong(Code::NotAPlace))
        }
        FieldKind::Location => {
            place::read_location(trimmed).map(|place| Value::Place(place.into())).ok_or_else(|| wrong(Code::NotAPlace))
        }
        FieldKind::Link(_) => trimmed.parse().map(Value::Link).map_err(|_| wrong(Code::NoSuchLink)),
        FieldKind::Links(_) => {
            let parts = choice::parts(trimmed).map(|part| part.parse::<RecordId>().map_err(|_| part));
            match parts.collect::<Result<Vec<RecordId>, &str>>() {
                Ok(links) => Ok(Value::Links(choice::each_once(links).into())),
                Err(part) => Err(Diagnostic::of_field(Code::NoSuchLink, field.id).with("value", shortened(part))),
            }
        }
        FieldKind::Formula { .. } | FieldKind::Lookup { .. } | FieldKind::Rollup(_) => {
            Err(Diagnostic::of_field(Code::ReadOnly, field.id))
        }
        FieldKind::Lines { .. } | FieldKind::Files | FieldKind::Signature => {
            Err(Diagnostic::of_field(Code::ReadOnly, field.id))
        }
    }
}

/// Reads what a person types into a field while looking at what it is taken for: as [`read_text`], and days and times in short as
/// well. Of a text that may mean two days, `one` and `other` say which.
pub fn read_typed(field: &Field, text: &str, settings: &ReadSettings) -> Result<Value, Diagnostic> {
    let read = read_text(field, text, settings);
    match (&field.kind, read) {
        (FieldKind::Date, Err(wrong)) => {
            time::read_short(text, settings).map(Value::Date).ok_or_else(|| with_both_days(wrong, text))
        }
        (FieldKind::Instant, Err(wrong)) => {
            time::read_short_instant(text, settings).map(Value::Instant).ok_or_else(|| with_both_days(wrong, text))
        }
        (_, read) => read,
    }
}

/// Reads a day that a person types while looking at what it is taken for; nothing where nothing is typed.
pub fn read_day(text: &str, settings: &ReadSettings) -> Result<Option<Date>, Diagnostic> {
    let trimmed = text::trim(text);
    if trimmed.is_empty() {
        return Ok(None);
    }
    let day = time::read_date(trimmed, settings).or_else(|| time::read_short(trimmed, settings));
    let wrong = || with_both_days(Diagnostic::new(Code::NotADate).with("value", shortened(trimmed)), trimmed);
    day.map(Some).ok_or_else(wrong)
}

/// The days that a text may mean, where it may mean two.
fn with_both_days(wrong: Diagnostic, text: &str) -> Diagnostic {
    match time::either_day(text) {
        Some((one, other)) => {
            wrong.with("ambiguous", "yes").with("one", one.to_string()).with("other", other.to_string())
        }
        None => wrong,
    }
}

/// Reads text as the kind of value that a formula gives, for comparisons with computed fields.
pub fn read_result(kind: ResultKind, text: &str, settings: &ReadSettings) -> Option<Value> {
    let trimmed = text::trim(text);
    if trimmed.is_empty() {
        return Some(Value::Empty);
    }
    match kind {
        ResultKind::Text => Some(Value::text(trimmed)),
        ResultKind::Number => number::read(trimmed).map(Value::Number),
        ResultKind::Money => number::read_money(trimmed, settings.currency).map(Value::Money),
        ResultKind::Percent => number::read_percent(trimmed).map(Value::Number),
        ResultKind::Date => time::read_date(trimmed, settings).map(Value::Date),
        ResultKind::Instant => time::read_instant(trimmed, settings).map(Value::Instant),
        ResultKind::Duration => time::read_duration(trimmed).map(Value::Duration),
        ResultKind::Flag => choice::read_flag(trimmed).map(Value::Flag),
    }
}

/// As much of a wrong text as a sentence about it can bear.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
