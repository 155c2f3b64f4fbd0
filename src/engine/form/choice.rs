//! Yes and no, options and lists of options.

use crate::model::field::ChoiceOption;
use crate::model::id::OptionId;
use crate::model::text::{half_width, trim};

/// Reads yes or no in both languages and in the ways of spreadsheets.
pub fn read_flag(text: &str) -> Option<bool> {
    const YES: &[&str] = &["yes", "y", "true", "t", "1", "on", "是", "有", "对", "真", "√", "✓", "✔", "已", "x"];
    const NO: &[&str] =
        &["no", "n", "false", "f", "0", "off", "否", "无", "不", "不是", "没有", "错", "假", "×", "✗", "✘"];
    let text = half_width(text);
    let text = text.trim();
    let says = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if says(YES) {
        Some(true)
    } else if says(NO) {
        Some(false)
    } else {
        None
    }
}

/// The option that a text means: by id, by label in either language, or by its position when written alike save for width and case.
pub fn read_option(options: &[ChoiceOption], text: &str) -> Option<OptionId> {
    let exact = options.iter().find(|option| option.id.as_str() == text || option.label.says(text));
    if let Some(option) = exact {
        return Some(option.id);
    }
    let wanted = folded(text);
    options
        .iter()
        .find(|option| {
            folded(option.id.as_str()) == wanted
                || folded(&option.label.zh) == wanted
                || folded(&option.label.en) == wanted
        })
        .map(|option| option.id)
}

/// The options that a text lists, each once; or the part that is none.
pub fn read_options<'a>(options: &[ChoiceOption], open: bool, text: &'a str) -> Result<Vec<OptionId>, &'a str> {
    // A label may hold a comma itself.
    if let Some(option) = read_option(options, text) {
        return Ok(vec![option]);
    }
    let chosen = parts(text).map(|part| match read_option(options, part) {
        Some(option) => Ok(option),
        None if open => Ok(OptionId::new(part)),
        None => Err(part),
    });
    chosen.collect::<Result<Vec<OptionId>, &str>>().map(each_once)
}

/// The parts of a list as people separate them.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', ';', '；', '、', '|', '\n']).map(trim).filter(|part| !part.is_empty())
}

/// Without repetitions, order kept.
pub fn each_once<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut once: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}

fn folded(text: &str) -> String {
    let narrow = half_width(text);
    let mut folded = String::with_capacity(narrow.len());
    for word in narrow.split_whitespace() {
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}
