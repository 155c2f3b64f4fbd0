//! Mentions: people who are spoken to in a text, as `@` and their name.

use crate::model::id::RecordId;

/// A name is not looked for further back than this many characters.
const LONGEST: usize = 24;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Just text.
    Text(&'t str),
    /// A person who is spoken to; the text as it stands there, with its `@`.
    Person(RecordId, &'t str),
}

/// A text in pieces, where these people may be spoken to.
pub fn pieces<'t>(text: &'t str, people: &[(RecordId, String)]) -> Vec<Piece<'t>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(sign) = text[at..].find('@').map(|sign| at + sign) {
        let rest = &text[sign + 1..];
        // Of two names that begin alike the longer one is meant.
        let named = people.iter().filter(|(_, name)| !name.is_empty() && rest.starts_with(name.as_str()));
        match named.max_by_key(|(_, name)| name.len()) {
            Some((person, name)) => {
                let end = sign + 1 + name.len();
                if from < sign {
                    found.push(Piece::Text(&text[from..sign]));
                }
                found.push(Piece::Person(*person, &text[sign..end]));
                (from, at) = (end, end);
            }
            None => at = sign + 1,
        }
    }
    if from < text.len() {
        found.push(Piece::Text(&text[from..]));
    }
    found
}

/// The beginning of a name that somebody is typing at the end of this text: what follows the last `@`.
pub fn begun(before: &str) -> Option<&str> {
    let at = before.rfind('@')?;
    let name = &before[at + 1..];
    // An address such as a@b is no mention.
    let is_address = before[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric());
    let is_name = name.chars().count() <= LONGEST && !name.contains(['\n', '@', '，', '。', ',']);
    (is_name && !is_address).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_in_a_text() {
        let [wang, wang_fang] = ["a", "b"].map(RecordId::named);
        let people = [(wang, "王".to_owned()), (wang_fang, "王芳".to_owned())];
        let check = |text: &str, expected: &[Piece<'_>]| assert_eq!(pieces(text, &people), expected, "{text}");
        check("", &[]);
        check("好的", &[Piece::Text("好的")]);
        check("@王芳请看", &[Piece::Person(wang_fang, "@王芳"), Piece::Text("请看")]);
        check("请@王 看", &[Piece::Text("请"), Piece::Person(wang, "@王"), Piece::Text(" 看")]);
        check("a@b.example @nobody", &[Piece::Text("a@b.example @nobody")]);
        check("@王@王芳", &[Piece::Person(wang, "@王"), Piece::Person(wang_fang, "@王芳")]);
    }

    #[test]
    fn a_name_begins_with_its_sign() {
        for (text, expected) in [
            ("请@王", Some("王")),
            ("@", Some("")),
            ("@Ann Lee", Some("Ann Lee")),
            ("a@b", None),
            ("@王，看", None),
            ("@王\n看", None),
            ("nothing", None),
        ] {
            assert_eq!(begun(text), expected, "{text}");
        }
    }
}
