//! Cleaning: what is done to the text of a cell before anybody asks what it means. It knows neither fields nor records.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A step of cleaning. Steps are taken one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Cleaning {
    /// Blanks around the text go, several in a row become one.
    Spaces,
    /// Letters become large or small.
    Case {
        /// Which of them.
        to: LetterCase,
    },
    /// Full-width letters, digits and signs become the usual ones: `ＡＢＣ１２３` gives `ABC123`.
    HalfWidth,
    /// Only a part is kept.
    Split {
        /// What stands between the parts; nothing cuts at blanks.
        #[serde(default)]
        at: String,
        /// Which part.
        take: Part,
    },
    /// Each occurrence of a text is replaced.
    Replace {
        /// What is looked for.
        find: String,
        /// What takes its place.
        #[serde(default)]
        with: String,
    },
    /// What only says that a name is a company's goes: 有限公司, Co., Ltd, GmbH.
    CompanyForm,
    /// A telephone number in one way of writing; what is no number stays as it is.
    Phone {
        /// The country calling code of numbers that have none: `86`.
        code: String,
        /// With that code or without.
        form: PhoneForm,
    },
    /// A blank cell gets a text.
    Default {
        /// The text.
        text: String,
    },
    /// Words are translated; those that are not listed stay.
    Translate {
        /// The words.
        words: Vec<Word>,
    },
}

/// How letters are to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterCase {
    /// ACME
    Upper,
    /// acme
    Lower,
    /// Acme
    Title,
}

/// Which part of a text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What stands before the first cut.
    First,
    /// What stands behind the last cut.
    Last,
    /// All but what stands before the first cut.
    Rest,
}

/// How a telephone number is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneForm {
    /// `+8613800138000`
    International,
    /// `13800138000`, unless the number is of another country.
    National,
}

/// A word of the file and what it means here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// As it stands in the file; letter case does not matter.
    pub from: String,
    /// What it becomes; nothing makes the cell blank.
    pub to: String,
    /// Whether what it becomes is an option that is still to be made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_new: bool,
}

/// The text once all steps were taken.
pub fn clean<'a>(text: &'a str, steps: &[Cleaning]) -> Cow<'a, str> {
    let mut cleaned = Cow::Borrowed(text);
    for step in steps {
        if let Some(next) = step.applied(&cleaned) {
            cleaned = Cow::Owned(next);
        }
    }
    cleaned
}

impl Cleaning {
    /// What a step makes of a text; nothing if it stays as it is.
    fn applied(&self, text: &str) -> Option<String> {
        let is_blank = text.trim().is_empty();
        match self {
            Cleaning::Spaces => changed(text, text.split_whitespace().collect::<Vec<&str>>().join(" ")),
            Cleaning::Case { to: LetterCase::Upper } => changed(text, text.to_uppercase()),
            Cleaning::Case { to: LetterCase::Lower } => changed(text, text.to_lowercase()),
            Cleaning::Case { to: LetterCase::Title } => changed(text, titled(text)),
            Cleaning::HalfWidth => (!text.is_ascii()).then(|| text.chars().map(half_width).collect()),
            Cleaning::Split { .. } | Cleaning::Phone { .. } | Cleaning::CompanyForm if is_blank => None,
            Cleaning::Split { at, take } => changed(text, part(text, at, *take).to_owned()),
            Cleaning::Replace { find, with } => {
                (!find.is_empty() && text.contains(find.as_str())).then(|| text.replace(find.as_str(), with))
            }
            Cleaning::CompanyForm => changed(text, without_company_form(text).to_owned()),
            Cleaning::Phone { code, form } => phone(text, code, *form),
            Cleaning::Default { text: default } => is_blank.then(|| default.clone()),
            Cleaning::Translate { words } => {
                let known = words.iter().find(|word| is_same_word(&word.from, text))?;
                Some(known.to.clone())
            }
        }
    }
}

/// Whether two words are one, letter case and blanks around aside.
pub fn is_same_word(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || (a.len() == b.len() && a.eq_ignore_ascii_case(b)) || a.to_lowercase() == b.to_lowercase()
}

fn changed(text: &str, next: String) -> Option<String> {
    (next != text).then_some(next)
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '￥' => '¥',
        other => other,
    }
}

/// Each word with a large first letter: `o'neil of ACME-west` gives `O'Neil Of Acme-West`.
fn titled(text: &str) -> String {
    let mut titled = String::with_capacity(text.len());
    let mut place = 0usize;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if place == 0 {
                titled.extend(c.to_uppercase());
            } else {
                titled.extend(c.to_lowercase());
            }
            place += 1;
        } else {
            titled.push(c);
            // It's, but O'Neil and D'Arc.
            place = if matches!(c, '\'' | '’') && place > 1 { place } else { 0 };
        }
    }
    titled
}

fn part<'a>(text: &'a str, at: &str, take: Part) -> &'a str {
    let text = text.trim();
    let whole = (text, text);
    let is_cut = |c: char| c.is_whitespace();
    let (before, behind) = match (at.is_empty(), take) {
        (true, Part::First | Part::Rest) => text.split_once(is_cut).unwrap_or((text, "")),
        (true, Part::Last) => text.rsplit_once(is_cut).unwrap_or(whole),
        (false, Part::First | Part::Rest) => text.split_once(at).unwrap_or((text, "")),
        (false, Part::Last) => text.rsplit_once(at).unwrap_or(whole),
    };
    match take {
        Part::First => before.trim(),
        Part::Last | Part::Rest => behind.trim(),
    }
}

/// A name without its legal form, letter case and signs kept. A name that would have nothing left keeps it.
fn without_company_form(name: &str) -> &str {
    const CHINESE: &[&str] =
        &["有限责任公司", "股份有限公司", "股份公司", "有限公司", "有限責任公司", "(有限合伙)", "（有限合伙）"];
    const LATIN: &[&str] = &[
        "co",
        "company",
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "gmbh",
        "llc",
        "llp",
        "lp",
        "plc",
        "pte",
        "pty",
        "pvt",
        "ag",
        "kg",
        "oy",
        "ab",
        "sa",
        "sas",
        "sarl",
        "srl",
        "bv",
        "nv",
        "kk",
    ];
    let mut rest = name.trim();
    loop {
        let chinese = CHINESE.iter().find_map(|form| rest.strip_suffix(form)).map(str::trim_end);
        let shorter = chinese.or_else(|| {
            let bare = rest.trim_end_matches(['.', ',', ' ', ')', '）']);
            let (before, last) = bare.rsplit_once([' ', ',', '(', '（']).unwrap_or(("", bare));
            let word: String = last.chars().filter(|c| *c != '.').collect::<String>().to_lowercase();
            LATIN.contains(&word.as_str()).then(|| before.trim_end_matches([' ', ',', '(', '（', '&']))
        });
        match shorter {
            Some(shorter) if !shorter.is_empty() => rest = shorter,
            Some(_) | None => return rest,
        }
    }
}

/// A number with or without its country; nothing if it already is so or is no number.
fn phone(text: &str, code: &str, form: PhoneForm) -> Option<String> {
    const SHORTEST: usize = 5;
    let mut digits = String::with_capacity(text.len());
    let mut is_international = false;
    for c in text.trim().chars().map(half_width) {
        match c {
            '+' if digits.is_empty() => is_international = true,
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' | '–' => {}
            _ => return None,
        }
    }
    if digits.len() < SHORTEST {
        return None;
    }
    if let Some(rest) = digits.strip_prefix("00").filter(|_| !is_international) {
        digits = rest.to_owned();
        is_international = true;
    }
    // 8613800138000 has its code, only the plus is missing; 8612345 is a number of its own.
    let has_code = digits.starts_with(code) && (is_international || digits.len() >= code.len() + 10);
    let national = match digits.strip_prefix(code).filter(|_| has_code) {
        Some(rest) => Some(rest.to_owned()),
        None if is_international => None,
        None => Some(digits.clone()),
    };
    let written = match (national, form) {
        (None, PhoneForm::International | PhoneForm::National) => format!("+{digits}"),
        (Some(number), PhoneForm::International) => {
            format!("+{code}{}", number.strip_prefix('0').unwrap_or(&number))
        }
        (Some(number), PhoneForm::National) => number,
    };
    changed(text, written)
}
