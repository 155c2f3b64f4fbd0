//! One value as bytes: a tag and what belongs to it. Names and short texts are written where they first occur and numbered from then on.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::bytes::{Bytes, Damaged, put_number, put_signed, put_text};
use crate::model::id::{Currency, FieldId, OptionId, RecordId};
use crate::model::time::{Date, Instant};
use crate::model::value::{FileRef, Money, Place, Value};

const NO: u8 = 0;
const YES: u8 = 1;
const NUMBER: u8 = 2;
const WIDE_NUMBER: u8 = 3;
const MONEY: u8 = 4;
const WIDE_MONEY: u8 = 5;
const NEW_TEXT: u8 = 6;
const SEEN_TEXT: u8 = 7;
const LONG_TEXT: u8 = 8;
const DATE: u8 = 9;
const INSTANT: u8 = 10;
const DURATION: u8 = 11;
const CHOICE: u8 = 12;
const CHOICES: u8 = 13;
const LINK: u8 = 14;
const LINKS: u8 = 15;
const FILES: u8 = 16;
const PLACE: u8 = 17;
const EMPTY: u8 = 18;

/// Texts longer than this are not expected to repeat.
const SHORT: usize = 48;

/// The names written so far.
#[derive(Default)]
pub struct SeenNames {
    // Names live as long as the program, so where their text lies tells them apart.
    numbers: FxHashMap<usize, u64>,
}

impl SeenNames {
    /// Writes a name: its number, or 0 and its text the first time.
    #[inline]
    pub fn put(&mut self, out: &mut Vec<u8>, name: &'static str) {
        let next = self.numbers.len() as u64 + 1;
        let number = *self.numbers.entry(name.as_ptr() as usize).or_insert(next);
        if number == next {
            out.push(0);
            put_text(out, name);
        } else {
            put_number(out, number);
        }
    }
}

/// The short texts written so far.
#[derive(Default)]
pub struct SeenTexts {
    numbers: FxHashMap<Arc<str>, u64>,
}

/// The names read so far, in each of their parts.
#[derive(Default)]
pub struct KnownNames {
    names: Vec<(FieldId, OptionId, Currency)>,
}

impl KnownNames {
    #[inline]
    fn name(&mut self, bytes: &mut Bytes<'_>) -> Result<(FieldId, OptionId, Currency), Damaged> {
        let number = bytes.number()? as usize;
        if number > 0 {
            return self.names.get(number - 1).copied().ok_or(Damaged);
        }
        let text = bytes.text()?;
        let name = (FieldId::new(text), OptionId::new(text), Currency::new(text));
        self.names.push(name);
        Ok(name)
    }

    /// Reads a name as that of a field.
    #[inline]
    pub fn field(&mut self, bytes: &mut Bytes<'_>) -> Result<FieldId, Damaged> {
        Ok(self.name(bytes)?.0)
    }
}

/// The short texts read so far.
#[derive(Default)]
pub struct KnownTexts {
    texts: Vec<Arc<str>>,
}

/// Writes a value.
pub fn put(out: &mut Vec<u8>, value: &Value, names: &mut SeenNames, texts: &mut SeenTexts) {
    match value {
        Value::Empty => out.push(EMPTY),
        Value::Flag(flag) => out.push(if *flag { YES } else { NO }),
        Value::Number(number) => put_decimal(out, *number, [NUMBER, WIDE_NUMBER]),
        Value::Money(money) => {
            put_decimal(out, money.amount, [MONEY, WIDE_MONEY]);
            names.put(out, money.currency.as_str());
        }
        Value::Text(text) if text.len() > SHORT => {
            out.push(LONG_TEXT);
            put_text(out, text);
        }
        Value::Text(text) => {
            let next = texts.numbers.len() as u64;
            match texts.numbers.get(text) {
                Some(number) => {
                    out.push(SEEN_TEXT);
                    put_number(out, *number);
                }
                None => {
                    texts.numbers.insert(text.clone(), next);
                    out.push(NEW_TEXT);
                    put_text(out, text);
                }
            }
        }
        Value::Date(date) => {
            out.push(DATE);
            put_signed(out, i64::from(chrono::Datelike::num_days_from_ce(date)));
        }
        Value::Instant(at) => {
            out.push(INSTANT);
            put_signed(out, at.0);
        }
        Value::Duration(seconds) => {
            out.push(DURATION);
            put_signed(out, *seconds);
        }
        Value::Choice(option) => {
            out.push(CHOICE);
            names.put(out, option.as_str());
        }
        Value::Choices(options) => {
            out.push(CHOICES);
            put_number(out, options.len() as u64);
            options.iter().for_each(|option| names.put(out, option.as_str()));
        }
        Value::Link(link) => {
            out.push(LINK);
            out.extend_from_slice(&link.0.to_le_bytes());
        }
        Value::Links(links) => {
            out.push(LINKS);
            put_number(out, links.len() as u64);
            links.iter().for_each(|link| out.extend_from_slice(&link.0.to_le_bytes()));
        }
        Value::Files(files) => {
            out.push(FILES);
            put_number(out, files.len() as u64);
            for file in files.iter() {
                put_text(out, &file.hash);
                put_text(out, &file.name);
                put_text(out, &file.media_type);
                put_number(out, file.size);
            }
        }
        Value::Place(place) => {
            out.push(PLACE);
            for part in [&place.country, &place.region, &place.city, &place.street, &place.postcode] {
                put_text(out, part);
            }
            for degrees in [place.latitude, place.longitude] {
                match degrees {
                    Some(degrees) => put_decimal(out, degrees, [NUMBER, WIDE_NUMBER]),
                    None => out.push(EMPTY),
                }
            }
        }
    }
}

/// Reads a value.
#[inline]
pub fn take(bytes: &mut Bytes<'_>, names: &mut KnownNames, texts: &mut KnownTexts) -> Result<Value, Damaged> {
    let tag = bytes.byte()?;
    Ok(match tag {
        NO => Value::Flag(false),
        YES => Value::Flag(true),
        NUMBER | WIDE_NUMBER => Value::Number(take_decimal(bytes, tag == WIDE_NUMBER)?),
        MONEY | WIDE_MONEY => {
            let amount = take_decimal(bytes, tag == WIDE_MONEY)?;
            Value::Money(Money { amount, currency: names.name(bytes)?.2 })
        }
        NEW_TEXT => {
            let text: Arc<str> = Arc::from(bytes.text()?);
            texts.texts.push(text.clone());
            Value::Text(text)
        }
        SEEN_TEXT => {
            let number = bytes.number()? as usize;
            Value::Text(texts.texts.get(number).cloned().ok_or(Damaged)?)
        }
        LONG_TEXT => Value::Text(Arc::from(bytes.text()?)),
        DATE => {
            let days = i32::try_from(bytes.signed()?).map_err(|_| Damaged)?;
            Value::Date(Date::from_num_days_from_ce_opt(days).ok_or(Damaged)?)
        }
        INSTANT => Value::Instant(Instant(bytes.signed()?)),
        DURATION => Value::Duration(bytes.signed()?),
        CHOICE => Value::Choice(names.name(bytes)?.1),
        CHOICES => {
            let count = bytes.count()?;
            let options = (0..count).map(|_| Ok(names.name(bytes)?.1)).collect::<Result<Vec<_>, Damaged>>()?;
            Value::Choices(options.into())
        }
        LINK => Value::Link(RecordId(bytes.wide()?)),
        LINKS => {
            let count = bytes.count()?;
            let links = (0..count).map(|_| bytes.wide().map(RecordId)).collect::<Result<Vec<_>, Damaged>>()?;
            Value::Links(links.into())
        }
        FILES => {
            let count = bytes.count()?;
            let files = (0..count).map(|_| take_file(bytes)).collect::<Result<Vec<_>, Damaged>>()?;
            Value::Files(files.into())
        }
        PLACE => Value::Place(Arc::new(take_place(bytes)?)),
        EMPTY => Value::Empty,
        _ => return Err(Damaged),
    })
}

/// Writes a decimal behind the first tag, or behind the second if its digits need more than 64 bits.
#[inline]
fn put_decimal(out: &mut Vec<u8>, number: Decimal, [narrow, wide]: [u8; 2]) {
    let mantissa = number.mantissa();
    match i64::try_from(mantissa) {
        Ok(mantissa) => {
            out.push(narrow);
            out.push(number.scale() as u8);
            put_signed(out, mantissa);
        }
        Err(_) => {
            out.push(wide);
            out.push(number.scale() as u8);
            out.extend_from_slice(&mantissa.to_le_bytes());
        }
    }
}

#[inline]
fn take_decimal(bytes: &mut Bytes<'_>, is_wide: bool) -> Result<Decimal, Damaged> {
    let scale = u32::from(bytes.byte()?);
    if is_wide {
        return Decimal::try_from_i128_with_scale(bytes.wide()? as i128, scale).map_err(|_| Damaged);
    }
    Decimal::try_new(bytes.signed()?, scale).map_err(|_| Damaged)
}

fn take_file(bytes: &mut Bytes<'_>) -> Result<FileRef, Damaged> {
    Ok(FileRef {
        hash: bytes.text()?.to_owned(),
        name: bytes.text()?.to_owned(),
        media_type: bytes.text()?.to_owned(),
        size: bytes.number()?,
    })
}

fn take_place(bytes: &mut Bytes<'_>) -> Result<Place, Damaged> {
    let mut part = || bytes.text().map(str::to_owned);
    let mut place = Place {
        country: part()?,
        region: part()?,
        city: part()?,
        street: part()?,
        postcode: part()?,
        ..Place::default()
    };
    for degrees in [&mut place.latitude, &mut place.longitude] {
        *degrees = match bytes.byte()? {
            EMPTY => None,
            NUMBER => Some(take_decimal(bytes, false)?),
            WIDE_NUMBER => Some(take_decimal(bytes, true)?),
            _ => return Err(Damaged),
        };
    }
    Ok(place)
}
