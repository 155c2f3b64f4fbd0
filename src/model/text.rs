//! Text as people type it: full-width characters, odd blanks, line ends.

use std::borrow::Cow;

/// Without blanks at either end: the usual ones, ideographic space, zero-width characters, byte order mark.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// With full-width letters, digits and signs made half-width; borrowed when there were none.
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).map(half_width_char).collect())
}

/// On one line: line ends and tabs become blanks.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\r', '\n', '\t', '\u{feff}', '\u{200b}']) {
        return Cow::Borrowed(text);
    }
    let unbroken = text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
    Cow::Owned(unbroken.replace(['\u{feff}', '\u{200b}'], ""))
}

/// With line ends as a line feed.
pub fn many_lines(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn half_width_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '。' => '.',
        '\u{2212}' | '–' | '—' | '\u{2010}' | '\u{2011}' => '-',
        '￥' => '¥',
        other => other,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
