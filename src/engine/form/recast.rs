//! What the values of a field become when the field turns into another kind of thing.

use std::sync::Arc;

use chrono::NaiveTime;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{ReadSettings, ShowSettings, choice, fits, read_text, show};
use crate::model::field::{Field, FieldKind, Language};
use crate::model::id::{EntityId, OptionId, RecordId};
use crate::model::time::Instant;
use crate::model::value::{Money, Place, Value};

/// Seconds of an hour: a length of time and a number of hours turn into each other.
const HOUR: i64 = 3_600;

/// What a value becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Recast {
    /// It stays as it is.
    Kept,
    /// Another value, which says the same as well as it can.
    Becomes(Value),
    /// Nothing that the field could hold.
    Lost,
}

/// A field and what it turns into.
pub struct Recasting<'a> {
    /// The field as it was.
    pub from: &'a Field,
    /// The field as it will be.
    pub to: &'a Field,
    /// How texts are read.
    pub read: &'a ReadSettings,
    /// Names of records.
    pub title_of: &'a dyn Fn(RecordId) -> String,
    /// What kind of records they are.
    pub entity_of: &'a dyn Fn(RecordId) -> Option<EntityId>,
}

impl Recasting<'_> {
    /// What one value becomes; `find` knows which records a text means in a link field.
    pub fn of(&self, value: &Value, find: &mut dyn FnMut(&Field, &str) -> Option<Value>) -> Recast {
        if value.is_empty() {
            return Recast::Kept;
        }
        if !self.to.is_stored() || self.to.is_computed() {
            return Recast::Lost;
        }
        let made = match self.directly(value) {
            Directly::Made(made) => Some(made),
            Directly::Never => None,
            Directly::ByText => self.by_text(value, find),
        };
        match made.filter(|made| !made.is_empty() && fits(self.to, made)) {
            None => Recast::Lost,
            Some(made) if made == *value => Recast::Kept,
            Some(made) => Recast::Becomes(made),
        }
    }

    /// Between values that mean the same without a detour over text.
    fn directly(&self, value: &Value) -> Directly {
        let zone = self.read.zone;
        let made = match (&self.to.kind, value) {
            (FieldKind::Rating { max }, Value::Number(number)) => return whole(*number, 1, *max),
            (FieldKind::Nps, Value::Number(number)) => return whole(*number, 0, 10),
            (FieldKind::Number(_) | FieldKind::Percent(_), Value::Number(_)) => value.clone(),
            (FieldKind::Number(_) | FieldKind::Percent(_), Value::Money(money)) => Value::Number(money.amount),
            (FieldKind::Number(_), Value::Duration(seconds)) => {
                Value::Number((Decimal::from(*seconds) / Decimal::from(HOUR)).round_dp(4).normalize())
            }
            (FieldKind::Number(_), Value::Flag(flag)) => Value::integer(i64::from(*flag)),
            (FieldKind::Money { currency, .. }, Value::Number(amount)) => {
                Value::Money(Money { amount: *amount, currency: currency.unwrap_or(self.read.currency) })
            }
            (FieldKind::Money { .. }, Value::Money(_)) => value.clone(),
            (FieldKind::Duration, Value::Number(hours)) => {
                let seconds = hours.checked_mul(Decimal::from(HOUR)).and_then(|it| i64::try_from(it.round()).ok());
                return seconds.map_or(Directly::Never, |seconds| Directly::Made(Value::Duration(seconds)));
            }
            (FieldKind::Date, Value::Instant(at)) => Value::Date(at.local(zone).date()),
            (FieldKind::Instant, Value::Date(day)) => {
                Value::Instant(Instant::from_local(day.and_time(NaiveTime::MIN), zone))
            }
            (FieldKind::Flag, Value::Number(number)) => match () {
                () if number.is_zero() => Value::Flag(false),
                () if *number == Decimal::ONE => Value::Flag(true),
                () => return Directly::Never,
            },
            (FieldKind::Choice { .. }, Value::Choices(options)) => match options.iter().find_map(|id| self.option(*id))
            {
                Some(option) => Value::Choice(option),
                None => return Directly::Never,
            },
            (FieldKind::Choice { .. }, Value::Choice(option)) => match self.option(*option) {
                Some(option) => Value::Choice(option),
                None => return Directly::Never,
            },
            (FieldKind::Choices { .. }, Value::Choice(_) | Value::Choices(_)) => {
                let known: Vec<OptionId> = value.options().iter().filter_map(|option| self.option(*option)).collect();
                Value::Choices(choice::each_once(known).into())
            }
            (FieldKind::Link(_), Value::Link(_) | Value::Links(_)) => match self.accepted(value).first() {
                Some(link) => Value::Link(*link),
                None => return Directly::Never,
            },
            (FieldKind::Links(_), Value::Link(_) | Value::Links(_)) => Value::Links(self.accepted(value).into()),
            (FieldKind::Files, Value::Files(_)) => value.clone(),
            (FieldKind::Signature, Value::Files(files)) => match &files[..] {
                [only] if only.media_type.starts_with("image/") => value.clone(),
                _ => return Directly::Never,
            },
            (FieldKind::Address, Value::Place(_)) => value.clone(),
            (FieldKind::Location, Value::Place(place)) if is_located(place) => value.clone(),
            // Neither pictures nor places without a position can be put into words that say the same.
            (_, Value::Files(_)) | (FieldKind::Location, Value::Place(_)) => return Directly::Never,
            _ => return Directly::ByText,
        };
        Directly::Made(made)
    }

    /// By what it says: as the field shows it, in either language.
    fn by_text(&self, value: &Value, find: &mut dyn FnMut(&Field, &str) -> Option<Value>) -> Option<Value> {
        let said = |language: Language| {
            let settings = ShowSettings { language, currency: self.read.currency, zone: self.read.zone };
            show(self.from, value, &settings, self.title_of)
        };
        let (zh, en) = (said(Language::Zh), said(Language::En));
        let mut texts = vec![if self.shows_english() { &en } else { &zh }, &zh, &en];
        texts.dedup();
        texts.into_iter().find_map(|text| match &self.to.kind {
            FieldKind::Link(_) | FieldKind::Links(_) => find(self.to, text),
            _ => read_text(self.to, text, self.read).ok(),
        })
    }

    /// Texts are written in the language in which options have names.
    fn shows_english(&self) -> bool {
        self.from.options().iter().any(|option| option.label.zh.is_empty())
    }

    /// The option of the new field that is the same as one of the old: by id, else by either name.
    fn option(&self, option: OptionId) -> Option<OptionId> {
        let is_open = matches!(self.to.kind, FieldKind::Choices { open: true, .. });
        if is_open || self.to.option(option).is_some() {
            return Some(option);
        }
        let label = &self.from.option(option)?.label;
        let named = |name: &str| if name.is_empty() { None } else { self.to.option_called(name) };
        named(&label.zh).or_else(|| named(&label.en)).map(|option| option.id)
    }

    /// The records that the new field may point at.
    fn accepted(&self, value: &Value) -> Vec<RecordId> {
        let Some(target) = self.to.link() else { return Vec::new() };
        let is_accepted = |link: &RecordId| (self.entity_of)(*link).is_some_and(|entity| target.accepts(entity));
        value.links().iter().copied().filter(is_accepted).collect()
    }
}

/// What texts the values of a field say, the most frequent first: what its options would be.
pub fn distinct_texts(from: &Field, values: &[&Value], language: Language, read: &ReadSettings) -> Vec<String> {
    let settings = ShowSettings { language, currency: read.currency, zone: read.zone };
    let mut counted: FxHashMap<Arc<str>, (usize, usize)> = FxHashMap::default();
    for value in values.iter().filter(|value| !value.is_empty()) {
        let text = show(from, value, &settings, &|_| String::new());
        let place = counted.len();
        let text = text.trim();
        if !text.is_empty() {
            counted.entry(Arc::from(text)).or_insert((0, place)).0 += 1;
        }
    }
    let mut texts: Vec<(Arc<str>, (usize, usize))> = counted.into_iter().collect();
    texts.sort_by_key(|(_, (count, place))| (std::cmp::Reverse(*count), *place));
    texts.into_iter().map(|(text, _)| text.to_string()).collect()
}

enum Directly {
    Made(Value),
    /// What it says may be read.
    ByText,
    Never,
}

fn whole(number: Decimal, least: u8, most: u8) -> Directly {
    let mark = number.round();
    if mark < Decimal::from(least) || mark > Decimal::from(most) {
        Directly::Never
    } else {
        Directly::Made(Value::Number(if mark == number { number } else { mark }))
    }
}

fn is_located(place: &Place) -> bool {
    place.latitude.is_some() && place.longitude.is_some()
}
