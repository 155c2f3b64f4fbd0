//! Search: words in the texts of a record, its option labels and the titles that it is linked to.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::engine::list::sort::source_of;
use crate::model::entity::Entity;
use crate::model::field::Language;
use crate::model::id::{FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;
use crate::model::value::{Place, Value};

/// What is searched for, prepared once per search. Each word is one bit of a mask.
pub struct Needle<'a> {
    reader: &'a dyn Reader,
    words: Vec<Word>,
    options: FxHashMap<(FieldId, OptionId), u32>,
    /// What the titles of linked records hold: each is asked once, and only if something found so far points at it.
    linked: RefCell<FxHashMap<RecordId, u32>>,
}

struct Word {
    /// In lower case.
    text: String,
    /// Whether letters other than ASCII have a case that has to be folded.
    has_foreign_case: bool,
    /// The digits of something that looks like a piece of a telephone number.
    digits: Option<String>,
}

/// Whether whatever is found by a search was found by a former one already: its words have only grown, or there are more.
pub fn narrows(search: &str, former: &str) -> bool {
    let now: Vec<String> = words(search).map(str::to_lowercase).collect();
    // A piece of a telephone number may be found once it is long enough.
    let is_plain = |word: &str| !word.contains(['-', '+', '(', ')', '.']);
    words(former).all(|former| {
        let former = former.to_lowercase();
        is_plain(&former) && now.iter().any(|word| word.contains(&former))
    })
}

impl<'a> Needle<'a> {
    /// Prepares the words of a search; those beyond the thirty-first are left out.
    pub fn new(reader: &'a dyn Reader, entity: &Entity, search: &str, language: Language) -> Needle<'a> {
        let words: Vec<Word> = words(search).map(Word::new).collect();
        let mut needle = Needle { reader, words, options: FxHashMap::default(), linked: RefCell::default() };
        if !needle.is_blank() {
            needle.find_options(entity, language);
        }
        needle
    }

    /// Whether nothing is searched for.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all words occur in the record, each wherever it may be.
    pub fn is_in(&self, record: &Record) -> bool {
        let all = (1u32 << self.words.len()) - 1;
        let mut found = 0;
        for (field, value) in record.values.iter() {
            if found == all {
                return true;
            }
            found |= match value {
                Value::Text(text) => self.in_text(text, found),
                Value::Choice(option) => self.options.get(&(field, *option)).copied().unwrap_or(0),
                Value::Choices(options) => options
                    .iter()
                    .map(|option| match self.options.get(&(field, *option)) {
                        Some(mask) => *mask,
                        // Free tags are their own label.
                        None => self.in_text(option.as_str(), found),
                    })
                    .fold(0, |mask, more| mask | more),
                Value::Link(link) => self.in_title(*link),
                Value::Links(links) => links.iter().fold(0, |mask, link| mask | self.in_title(*link)),
                Value::Place(place) => self.in_place(place, found),
                Value::Files(files) => files.iter().fold(0, |mask, file| mask | self.in_text(&file.name, found)),
                Value::Empty
                | Value::Flag(_)
                | Value::Number(_)
                | Value::Money(_)
                | Value::Date(_)
                | Value::Instant(_)
                | Value::Duration(_) => 0,
            };
        }
        found == all
    }

    /// The words that occur in a text, without looking for those already found.
    fn in_text(&self, text: &str, found: u32) -> u32 {
        let mut mask = 0;
        for (bit, word) in self.words.iter().enumerate() {
            if found & (1 << bit) == 0 && word.is_in(text) {
                mask |= 1 << bit;
            }
        }
        mask
    }

    fn in_place(&self, place: &Place, found: u32) -> u32 {
        [&place.country, &place.region, &place.city, &place.street, &place.postcode]
            .into_iter()
            .fold(0, |mask, part| mask | self.in_text(part, found))
    }

    /// The words that occur in the title of a linked record.
    fn in_title(&self, link: RecordId) -> u32 {
        let asked = || {
            let record = self.reader.record(link)?;
            Some(self.in_text(record.value(self.reader.entity(record.entity)?.title).as_text()?, 0))
        };
        *self.linked.borrow_mut().entry(link).or_insert_with(|| asked().unwrap_or(0))
    }

    fn find_options(&mut self, entity: &Entity, language: Language) {
        for field in &entity.fields {
            let Some(source) = source_of(self.reader, entity, field) else {
                continue;
            };
            for option in source.options() {
                let mask = self.in_text(option.label.text(language), 0);
                self.options.insert((field.id, option.id), mask);
            }
        }
    }
}

/// The words of a search that count.
fn words(search: &str) -> impl Iterator<Item = &str> {
    search.split_whitespace().take(31)
}

impl Word {
    fn new(word: &str) -> Word {
        let text = word.to_lowercase();
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let is_phone =
            digits.len() >= 3 && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')' | '.'));
        let has_foreign_case =
            !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()));
        Word { digits: (is_phone && digits != text).then_some(digits), text, has_foreign_case }
    }

    fn is_in(&self, text: &str) -> bool {
        if self.has_foreign_case {
            return text.to_lowercase().contains(&self.text);
        }
        if contains_folded(text.as_bytes(), self.text.as_bytes()) {
            return true;
        }
        match &self.digits {
            // Telephone numbers are kept without hyphens: +8613812345678.
            Some(digits) if text.starts_with('+') => text.contains(digits.as_str()),
            _ => false,
        }
    }
}

/// Whether the needle, in lower case, occurs; ASCII letters in either case.
fn contains_folded(text: &[u8], needle: &[u8]) -> bool {
    // The last byte is looked for first: that of a Chinese letter tells more than its first, and in "user99" the nine more than the u.
    let Some((last, before)) = needle.split_last() else {
        return true;
    };
    let upper = last.to_ascii_uppercase();
    let mut rest = text.get(before.len()..).unwrap_or_default();
    let mut passed = 0;
    while let Some(at) = rest.iter().position(|byte| byte == last || *byte == upper) {
        passed += at;
        if text[passed..passed + before.len()].eq_ignore_ascii_case(before) {
            return true;
        }
        passed += 1;
        rest = &rest[at + 1..];
    }
    false
}
