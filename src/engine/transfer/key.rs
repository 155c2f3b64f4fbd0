//! Keys: columns whose cells are ids that another program gave, which name a row without being what people call it.

use crate::engine::transfer::column::clean_header;
use crate::engine::transfer::name::squashed;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::state::Reader;

const LAST_WORDS: &[&str] = &["id", "ids", "uid", "uuid", "guid", "key", "code", "ref", "reference"];
const LAST_SIGNS: &[&str] = &["编号", "编码", "代码", "单号", "序号", "标识"];

/// Whether a column holds the keys of the rows themselves: its heading says so, and every row has another one. A heading that names
/// another entity, such as "Account ID" in a file of contacts, speaks of records elsewhere.
pub(super) fn is_key_column(header: &str, cells: &[&str], rows: usize, entity: &Entity, reader: &dyn Reader) -> bool {
    let header = clean_header(header);
    let Some(subject) = subject(header) else { return false };
    let names_another = || {
        let others = reader.entities();
        let mut others = others.iter().filter(|other| other.id != entity.id);
        others.any(|other| {
            let names = [other.id.as_str(), &other.label.zh, &other.label.en, &other.plural.en];
            names.into_iter().any(|name| squashed(name) == subject)
        })
    };
    cells.len() == rows && cells.iter().all(|cell| !cell.contains(char::is_whitespace)) && !names_another()
}

/// Whether cells look like codes rather than like names: no blanks, no letters beyond ASCII, a digit in each.
pub(super) fn are_codes(cells: &[&str]) -> bool {
    let is_code = |cell: &&str| {
        cell.chars().all(|sign| sign.is_ascii_graphic()) && cell.chars().any(|sign| sign.is_ascii_digit())
    };
    !cells.is_empty() && cells.iter().all(is_code)
}

/// Whether a field is made for keys of other programs: no two records share it, and its name says that it is one.
pub(super) fn takes_keys(field: &Field) -> bool {
    let names = [field.id.as_str(), &field.label.zh, &field.label.en];
    field.unique
        && matches!(field.kind, FieldKind::Text { pattern: None, .. })
        && names.into_iter().any(|name| subject(name).is_some())
}

/// What a name calls the key of: "prospect" for "Prospect ID"; none if it does not speak of a key.
fn subject(name: &str) -> Option<String> {
    let sign = LAST_SIGNS.iter().find_map(|sign| name.strip_suffix(sign));
    if let Some(rest) = sign {
        return Some(squashed(rest));
    }
    let words: Vec<String> = words(name);
    let (last, rest) = words.split_last()?;
    LAST_WORDS.contains(&last.as_str()).then(|| squashed(&rest.concat()))
}

/// The words of a name in small letters, cut at blanks, at signs and where a capital follows a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for sign in name.chars() {
        let begins = sign.is_uppercase() && was_small;
        if (!sign.is_alphanumeric() || begins) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| sign.is_alphanumeric()) {
            word.extend(sign.to_lowercase());
        }
        // 客户ID ends in a word of its own although nothing parts it from the one before.
        was_small = sign.is_lowercase() || (sign.is_alphabetic() && !sign.is_uppercase());
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whether_it_speaks_of_a_key() {
        for (name, expected) in [
            ("Prospect ID", Some("prospect")),
            ("prospect_id", Some("prospect")),
            ("prospectId", Some("prospect")),
            ("ID", Some("")),
            ("客户编号", Some("客户")),
            ("客户ID", Some("客户")),
            ("Paid", None),
            ("Identity", None),
            ("Phone number", None),
        ] {
            assert_eq!(subject(name).as_deref(), expected, "{name}");
        }
    }
}
