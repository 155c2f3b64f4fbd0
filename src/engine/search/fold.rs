//! Folding: what is the same to whoever types, such as letter case, full and half width and accents, becomes the same letter.

use crate::engine::formula::coerce::half_width;

/// A text of folded letters, one for each of its own.
pub fn folded(text: &str) -> String {
    let mut into = String::with_capacity(text.len());
    push_folded(&mut into, text);
    into
}

/// Appends a text of folded letters.
pub fn push_folded(into: &mut String, text: &str) {
    if text.is_ascii() {
        let start = into.len();
        into.push_str(text);
        into[start..].make_ascii_lowercase();
    } else {
        into.extend(text.chars().map(fold));
    }
}

fn fold(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    if is_han(letter) {
        return letter;
    }
    // The first letter of several stands for them all, so that places stay the same.
    let small = half_width(letter).to_lowercase().next().unwrap_or(letter);
    bare(small)
}

/// Whether a letter is one of those that have a pinyin.
pub fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// Whether a sign is a part of words rather than one between them.
pub fn is_of_word(sign: char) -> bool {
    // Most are one of the first two, and the third is slow.
    sign.is_ascii_alphanumeric() || is_han(sign) || !sign.is_ascii() && sign.is_alphanumeric()
}

/// A small Latin letter without its accent.
fn bare(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' => 'i',
        'ł' | 'ĺ' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '。' => '.',
        '、' => ',',
        other => other,
    }
}
