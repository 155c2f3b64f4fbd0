//! What a text from elsewhere says about a new record: how somebody is reached, what it is called, and the text itself. It guesses
//! only what a person then looks at.

use super::{ReadSettings, read_text};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::FieldId;
use crate::model::value::Value;

/// A text that another program has shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedText {
    /// What the other program calls it.
    pub title: String,
    /// The text.
    pub text: String,
    /// The address that it comes from.
    pub url: String,
}

/// What a shared text fills in of a new record.
pub fn found(entity: &Entity, shared: &SharedText, settings: &ReadSettings) -> Vec<(FieldId, Value)> {
    let mut values: Vec<(FieldId, Value)> = Vec::new();
    // Programs without a place for an address put it into the text.
    let words: Vec<&str> = [shared.url.as_str(), &shared.text].into_iter().flat_map(words).collect();
    let mut taken: Vec<&str> = Vec::new();
    for field in entity.fields.iter().filter(|field| field.is_editable()) {
        let word = words.iter().find(|word| !taken.contains(word) && says(field, word));
        let value = word.and_then(|word| read_text(field, word, settings).ok()).filter(|value| !value.is_empty());
        if let (Some(word), Some(value)) = (word, value) {
            taken.push(word);
            values.push((field.id, value));
        }
    }
    let name =
        if shared.title.trim().is_empty() { first_line(&shared.text, &taken) } else { shared.title.trim().into() };
    if let Some(field) = entity.field(entity.title).filter(|field| field.is_editable())
        && let Ok(value) = read_text(field, &name, settings)
        && !value.is_empty()
    {
        values.push((field.id, value));
    }
    let mut whole = shared.text.trim().to_owned();
    if !shared.url.is_empty() && !taken.contains(&shared.url.as_str()) && !whole.contains(&shared.url) {
        whole = format!("{whole}\n{}", shared.url).trim().to_owned();
    }
    let long = entity.fields.iter().find(|field| field.is_editable() && field.kind == FieldKind::LongText);
    if let Some(field) = long.filter(|_| whole != name && !whole.is_empty()) {
        values.push((field.id, Value::text(&whole)));
    }
    values
}

/// Whether a word is of the kind that a field holds, beyond doubt.
fn says(field: &Field, word: &str) -> bool {
    let is_address = || ["http://", "https://", "www."].iter().any(|start| word.starts_with(start));
    let is_number = || {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits >= 7 && word.chars().all(|letter| letter.is_ascii_digit() || "+-()（）".contains(letter))
    };
    match field.kind {
        FieldKind::Email => word.contains('@'),
        FieldKind::Url => is_address(),
        FieldKind::Phone => is_number(),
        // A field that takes such things as they come is known by its name.
        FieldKind::Text { .. } => {
            let is_called = |names: &[&str]| {
                let label = field.label.en.to_lowercase();
                names.iter().any(|name| label.contains(name) || field.label.zh.contains(name))
            };
            word.contains('@') && is_called(&["mail", "邮箱", "邮件"])
                || is_address() && is_called(&["website", "web site", "网址", "网站"])
                || is_number() && is_called(&["phone", "mobile", "电话", "手机"])
        }
        _ => false,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() || "，,；;、。<>《》\"“”：".contains(letter))
        .filter(|it| !it.is_empty())
}

/// The first line without what was found in it.
fn first_line(text: &str, taken: &[&str]) -> String {
    let mut line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned();
    for word in taken {
        line = line.replace(word, " ");
    }
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_matches(|letter: char| letter.is_whitespace() || "，,；;、：:".contains(letter)).to_owned()
}
