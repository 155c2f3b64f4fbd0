//! What can be set of a field's kind, as texts: one table for all kinds, so that whoever shows them needs no code for each.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::engine::formula;
use crate::engine::formula::kind::Kind;
use crate::model::condition::Condition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{FieldKind, Label, LinkTarget, NumberLimits, ResultKind};
use crate::model::id::{Currency, EntityId, FieldId};
use crate::model::state::Reader;
use crate::model::text;

/// Something that can be set of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Characters at most.
    MaxLength,
    /// A regular expression.
    Pattern,
    /// The least number.
    Min,
    /// The greatest number.
    Max,
    /// Digits after the point.
    Decimals,
    /// Whether digits stand without grouping.
    Ungrouped,
    /// The currency.
    Currency,
    /// Whether any text becomes an option.
    Open,
    /// The best mark.
    Best,
    /// The entities that a link may point at, separated by commas.
    LinkTo,
    /// The name of the list on the other side in Chinese.
    InverseZh,
    /// The same in English.
    InverseEn,
    /// Whether the record goes with the one that it points at.
    Owned,
    /// Whether it points at the record above.
    Tree,
    /// What stands before a number.
    Prefix,
    /// Digits at least.
    Digits,
    /// The formula.
    Formula,
    /// What the formula gives.
    Result,
    /// The link of a look-up.
    LookupLink,
    /// The field of a look-up.
    LookupField,
    /// Whose records are rolled up, and by which link: `opportunity.account`.
    RollupSource,
    /// How they become one figure.
    RollupFunction,
    /// Which of their fields.
    RollupField,
    /// Which of them count, as a formula.
    RollupWhen,
}

use Setting as S;

/// What can be set of a kind, in the order in which it is asked.
pub fn settings(kind: &FieldKind) -> &'static [Setting] {
    match kind {
        FieldKind::Text { .. } => &[S::MaxLength, S::Pattern],
        FieldKind::Number(_) => &[S::Min, S::Max, S::Decimals, S::Ungrouped],
        FieldKind::Percent(_) => &[S::Min, S::Max, S::Decimals],
        FieldKind::Money { .. } => &[S::Currency, S::Min, S::Max, S::Decimals],
        FieldKind::Choices { .. } => &[S::Open],
        FieldKind::Rating { .. } => &[S::Best],
        FieldKind::Link(_) => &[S::LinkTo, S::InverseZh, S::InverseEn, S::Owned, S::Tree],
        FieldKind::Links(_) => &[S::LinkTo, S::InverseZh, S::InverseEn],
        FieldKind::AutoNumber { .. } => &[S::Prefix, S::Digits],
        FieldKind::Formula { .. } => &[S::Formula, S::Result],
        FieldKind::Lookup { .. } => &[S::LookupLink, S::LookupField],
        FieldKind::Rollup(_) => &[S::RollupSource, S::RollupFunction, S::RollupField, S::RollupWhen],
        FieldKind::LongText
        | FieldKind::RichText
        | FieldKind::Date
        | FieldKind::Instant
        | FieldKind::Duration
        | FieldKind::Choice { .. }
        | FieldKind::Flag
        | FieldKind::Nps
        | FieldKind::Phone
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::Address
        | FieldKind::Location
        | FieldKind::Lines { .. }
        | FieldKind::Files
        | FieldKind::Signature
        | FieldKind::Score
        | FieldKind::Hidden => &[],
    }
}

/// What is set, as text; nothing where it is not, and for a condition that is no formula.
pub fn read_setting(kind: &FieldKind, setting: Setting) -> String {
    let flag = |is_set: bool| if is_set { "true".to_owned() } else { String::new() };
    if let Some(limits) = limits(kind) {
        match setting {
            S::Min => return written(limits.min),
            S::Max => return written(limits.max),
            S::Decimals => return written(limits.decimals),
            S::Ungrouped => return flag(limits.ungrouped),
            _ => {}
        }
    }
    if let Some(target) = target(kind) {
        let inverse = || target.inverse.clone().unwrap_or_default();
        match setting {
            S::LinkTo => return target.to.iter().map(|to| to.as_str()).collect::<Vec<_>>().join(","),
            S::InverseZh => return inverse().zh,
            S::InverseEn => return inverse().en,
            S::Owned => return flag(target.owned),
            S::Tree => return flag(target.tree),
            _ => {}
        }
    }
    match (kind, setting) {
        (FieldKind::Text { max, .. }, S::MaxLength) => written(*max),
        (FieldKind::Text { pattern, .. }, S::Pattern) => pattern.clone().unwrap_or_default(),
        (FieldKind::Money { currency, .. }, S::Currency) => written(*currency),
        (FieldKind::Choices { open, .. }, S::Open) => flag(*open),
        (FieldKind::Rating { max }, S::Best) => max.to_string(),
        (FieldKind::AutoNumber { prefix, .. }, S::Prefix) => prefix.clone(),
        (FieldKind::AutoNumber { digits, .. }, S::Digits) => digits.to_string(),
        (FieldKind::Formula { formula, .. }, S::Formula) => formula.clone(),
        (FieldKind::Formula { result, .. }, S::Result) => word_of(result),
        (FieldKind::Lookup { link, .. }, S::LookupLink) => link.to_string(),
        (FieldKind::Lookup { field, .. }, S::LookupField) => field.to_string(),
        (FieldKind::Rollup(rollup), S::RollupSource) => format!("{}.{}", rollup.entity, rollup.via),
        (FieldKind::Rollup(rollup), S::RollupFunction) => word_of(&rollup.function),
        (FieldKind::Rollup(rollup), S::RollupField) => written(rollup.field),
        (FieldKind::Rollup(rollup), S::RollupWhen) => match &rollup.condition {
            Some(Condition::Formula { formula }) => formula.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Sets it from text; blank text takes it back where it can be absent.
///
/// # Errors
///
/// The text is not what the setting needs.
pub fn write_setting(kind: &mut FieldKind, setting: Setting, typed: &str) -> Result<(), Diagnostic> {
    let wide = text::half_width(typed);
    let trimmed = wide.trim();
    let is_set = trimmed == "true";
    match (&mut *kind, setting) {
        (FieldKind::Text { max, .. }, S::MaxLength) => *max = parsed(trimmed)?,
        (FieldKind::Text { pattern, .. }, S::Pattern) => *pattern = Some(typed.to_owned()).filter(|it| !it.is_empty()),
        (FieldKind::Money { currency, .. }, S::Currency) => {
            *currency = (!trimmed.is_empty()).then(|| Currency::new(trimmed));
        }
        (FieldKind::Choices { open, .. }, S::Open) => *open = is_set,
        (FieldKind::Rating { max }, S::Best) => *max = between(trimmed, 2, 10)?,
        (FieldKind::AutoNumber { prefix, .. }, S::Prefix) => *prefix = typed.to_owned(),
        (FieldKind::AutoNumber { digits, .. }, S::Digits) => *digits = between(trimmed, 1, 12)?,
        (FieldKind::Formula { formula, .. }, S::Formula) => *formula = typed.to_owned(),
        (FieldKind::Formula { result, .. }, S::Result) => *result = of_word(trimmed)?,
        (FieldKind::Lookup { link, .. }, S::LookupLink) => *link = FieldId::new(trimmed),
        (FieldKind::Lookup { field, .. }, S::LookupField) => *field = FieldId::new(trimmed),
        (FieldKind::Rollup(rollup), S::RollupSource) => {
            let (entity, via) = trimmed.split_once('.').ok_or_else(|| wrong(trimmed))?;
            (rollup.entity, rollup.via) = (EntityId::new(entity), FieldId::new(via));
            // The fields of other records are other fields.
            (rollup.field, rollup.condition) = (None, None);
        }
        (FieldKind::Rollup(rollup), S::RollupFunction) => rollup.function = of_word(trimmed)?,
        (FieldKind::Rollup(rollup), S::RollupField) => {
            rollup.field = (!trimmed.is_empty()).then(|| FieldId::new(trimmed));
        }
        (FieldKind::Rollup(rollup), S::RollupWhen) => {
            rollup.condition = (!trimmed.is_empty()).then(|| Condition::Formula { formula: typed.to_owned() });
        }
        (FieldKind::Link(target) | FieldKind::Links(target), _) => set_target(target, setting, trimmed),
        (
            FieldKind::Number(limits) | FieldKind::Percent(limits) | FieldKind::Money { limits, .. },
            S::Min | S::Max | S::Decimals | S::Ungrouped,
        ) => match setting {
            S::Min => limits.min = decimal(trimmed)?,
            S::Max => limits.max = decimal(trimmed)?,
            S::Decimals if trimmed.is_empty() => limits.decimals = None,
            S::Decimals => limits.decimals = Some(between(trimmed, 0, 8)?),
            _ => limits.ungrouped = is_set,
        },
        _ => {}
    }
    Ok(())
}

/// What a formula gives by itself, for a field that computes it; nothing where the formula is wrong or may give anything.
pub fn result_of(text: &str, reader: &dyn Reader, entity: EntityId) -> Option<ResultKind> {
    match formula::compile(text, reader, entity).ok()?.kind() {
        Kind::Number => Some(ResultKind::Number),
        Kind::Money => Some(ResultKind::Money),
        Kind::Date => Some(ResultKind::Date),
        Kind::Instant => Some(ResultKind::Instant),
        Kind::Duration => Some(ResultKind::Duration),
        Kind::Flag => Some(ResultKind::Flag),
        Kind::Text | Kind::Choice(..) | Kind::Link(_) => Some(ResultKind::Text),
        Kind::Any | Kind::List(_) | Kind::Files | Kind::Place => None,
    }
}

fn set_target(target: &mut LinkTarget, setting: Setting, typed: &str) {
    let is_set = typed == "true";
    match setting {
        S::LinkTo => target.to = typed.split(',').filter(|part| !part.is_empty()).map(EntityId::new).collect(),
        S::Owned => target.owned = is_set,
        S::Tree => target.tree = is_set,
        S::InverseZh | S::InverseEn => {
            let mut inverse = target.inverse.take().unwrap_or_default();
            *(if setting == S::InverseZh { &mut inverse.zh } else { &mut inverse.en }) = typed.to_owned();
            target.inverse = Some(inverse).filter(|label| *label != Label::default());
        }
        _ => {}
    }
}

fn limits(kind: &FieldKind) -> Option<&NumberLimits> {
    match kind {
        FieldKind::Number(limits) | FieldKind::Percent(limits) | FieldKind::Money { limits, .. } => Some(limits),
        _ => None,
    }
}

fn target(kind: &FieldKind) -> Option<&LinkTarget> {
    match kind {
        FieldKind::Link(target) | FieldKind::Links(target) => Some(target),
        _ => None,
    }
}

/// The number that belongs to an option, such as a probability, as it was typed; none where nothing was.
pub fn weight_from(typed: &str) -> Result<Option<Decimal>, Diagnostic> {
    decimal(typed.trim().trim_end_matches(['%', '％']).trim_end())
}

fn written(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn wrong(typed: &str) -> Diagnostic {
    Diagnostic::new(Code::NotANumber).with("value", typed)
}

fn parsed<T: FromStr>(typed: &str) -> Result<Option<T>, Diagnostic> {
    if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|_| wrong(typed)) }
}

fn decimal(typed: &str) -> Result<Option<Decimal>, Diagnostic> {
    let bare = typed.replace(',', "");
    if bare.is_empty() { Ok(None) } else { Decimal::from_str_exact(&bare).map(Some).map_err(|_| wrong(typed)) }
}

fn between(typed: &str, least: u8, most: u8) -> Result<u8, Diagnostic> {
    let number: u8 = typed.parse().map_err(|_| wrong(typed))?;
    if number < least {
        Err(Diagnostic::new(Code::TooSmall).with("min", least))
    } else if number > most {
        Err(Diagnostic::new(Code::TooLarge).with("max", most))
    } else {
        Ok(number)
    }
}

/// The word with which a definition says one of several.
fn word_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

fn of_word<T: DeserializeOwned>(word: &str) -> Result<T, Diagnostic> {
    serde_json::from_value(serde_json::Value::from(word)).map_err(|_| wrong(word))
}
