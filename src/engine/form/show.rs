//! Values as text: plain and canonical, for exports, explanations, search and input fields.

use chrono::Timelike;
use rust_decimal::Decimal;

use crate::engine::form::{ReadSettings, place};
use crate::model::field::{Field, FieldKind, Language, ResultKind};
use crate::model::id::{Currency, OptionId, RecordId};
use crate::model::time::{Instant, Zone};
use crate::model::value::{Money, Value};

/// What has to be known to show a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShowSettings {
    /// The language of option labels and of yes and no.
    pub language: Language,
    /// The currency that is left out because it goes without saying, unless the field has its own.
    pub currency: Currency,
    /// The zone in which times are shown.
    pub zone: Zone,
}

/// The plain text of a value: `12.5%`, `USD 30`, `2026-11-22 09:30`, labels of options, titles of linked records. Blank gives "".
pub fn show(field: &Field, value: &Value, settings: &ShowSettings, title_of: &dyn Fn(RecordId) -> String) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Flag(flag) => flag_text(*flag, settings.language).to_owned(),
        Value::Number(number) if is_percent(field) => format!("{}%", plain(*number)),
        Value::Number(number) => plain(*number),
        Value::Money(money) => money_text(money, usual_currency(field, settings.currency)),
        Value::Date(date) => date.to_string(),
        Value::Instant(at) => instant_text(*at, settings.zone),
        Value::Duration(seconds) => duration_text(*seconds),
        Value::Choice(option) => option_text(field, *option, settings.language).to_owned(),
        Value::Choices(options) => {
            let labels: Vec<&str> =
                options.iter().map(|option| option_text(field, *option, settings.language)).collect();
            labels.join(list_separator(settings.language))
        }
        Value::Link(link) => title_of(*link),
        Value::Links(links) => {
            let titles: Vec<String> = links.iter().map(|link| title_of(*link)).collect();
            titles.join(list_separator(settings.language))
        }
        Value::Files(files) => {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            names.join(list_separator(settings.language))
        }
        Value::Place(place) => place_text(field, place),
    }
}

/// The text that an input shows; reading it gives the value back, save for files and for texts with blanks at their ends.
pub fn edit_text(field: &Field, value: &Value, settings: &ReadSettings) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Flag(flag) => if *flag { "true" } else { "false" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => {
            if money.currency == usual_currency(field, settings.currency) {
                money.amount.to_string()
            } else {
                format!("{} {}", money.currency, money.amount)
            }
        }
        Value::Date(date) => date.to_string(),
        Value::Instant(at) => instant_text(*at, settings.zone),
        Value::Duration(seconds) => duration_text(*seconds),
        Value::Choice(option) => option.as_str().to_owned(),
        Value::Choices(options) => {
            let ids: Vec<&str> = options.iter().map(|option| option.as_str()).collect();
            ids.join(", ")
        }
        Value::Link(link) => link.to_string(),
        Value::Links(links) => {
            let ids: Vec<String> = links.iter().map(RecordId::to_string).collect();
            ids.join(", ")
        }
        Value::Files(files) => {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            names.join(", ")
        }
        Value::Place(place) => place_text(field, place),
    }
}

fn is_percent(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Percent(_) | FieldKind::Formula { result: ResultKind::Percent, .. })
}

fn usual_currency(field: &Field, usual: Currency) -> Currency {
    match &field.kind {
        FieldKind::Money { currency, .. } => currency.unwrap_or(usual),
        _ => usual,
    }
}

/// A number without needless zeros.
fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// An amount without needless zeros, but never with a single digit after the point.
fn money_text(money: &Money, usual: Currency) -> String {
    let amount = money.amount.normalize();
    let amount = if amount.scale() == 1 { format!("{amount:.2}") } else { amount.to_string() };
    if money.currency == usual { amount } else { format!("{} {amount}", money.currency) }
}

fn instant_text(at: Instant, zone: Zone) -> String {
    let local = at.local(zone);
    let form = match (local.second(), local.nanosecond()) {
        (0, 0) => "%Y-%m-%d %H:%M",
        (_, 0) => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.3f",
    };
    local.format(form).to_string()
}

/// A length of time in the greatest units that fit: `2d 3h`, `1h 30m`, `45s`.
fn duration_text(seconds: i64) -> String {
    if seconds == 0 {
        return "0m".to_owned();
    }
    let mut rest = seconds.unsigned_abs();
    let mut parts = Vec::new();
    for (unit, size) in [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] {
        if rest >= size {
            parts.push(format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    let sign = if seconds < 0 { "-" } else { "" };
    format!("{sign}{}", parts.join(" "))
}

fn flag_text(flag: bool, language: Language) -> &'static str {
    match (language, flag) {
        (Language::Zh, true) => "是",
        (Language::Zh, false) => "否",
        (Language::En, true) => "Yes",
        (Language::En, false) => "No",
    }
}

/// The label of an option; the id itself where the field does not have it, as with free tags.
fn option_text(field: &Field, option: OptionId, language: Language) -> &str {
    field.option(option).map_or_else(|| option.as_str(), |found| found.label.text(language))
}

fn list_separator(language: Language) -> &'static str {
    match language {
        Language::Zh => "、",
        Language::En => ", ",
    }
}

fn place_text(field: &Field, found: &crate::model::value::Place) -> String {
    let position = place::location_text(found);
    match (&field.kind, position) {
        (FieldKind::Location, Some(position)) => position,
        (_, position) => {
            let line = place::address_line(found);
            if line.is_empty() { position.unwrap_or_default() } else { line }
        }
    }
}
