//! Sentences: every message is there in both languages with the same variables, and none is missing or left over.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, Tree};

const ENGLISH: &str = "public/locale/en.ftl";
const CHINESE: &str = "public/locale/zh-CN.ftl";

/// Calls whose first argument is a message key.
const CALLS: &[&str] = &["t(", "t!(", "tr(", "tr!("];

/// Keys that are put together while running start so; their second half comes from data.
const DYNAMIC: &[&str] =
    &["error-", "rejection-", "notice-", "operator-", "function-", "kind-", "stage-", "unit-", "form-set-"];

/// Messages of one language, each with the variables it shows.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// What one language has and the other has not.
pub fn differences(tree: &Tree) -> Vec<String> {
    let (english, chinese) = (messages(tree, ENGLISH), messages(tree, CHINESE));
    let mut offenders = Vec::new();
    for (one, there, other, missing) in [(&english, ENGLISH, &chinese, CHINESE), (&chinese, CHINESE, &english, ENGLISH)]
    {
        for (key, variables) in one {
            match other.get(key) {
                None => offenders.push(format!("{key} is in {there} but not in {missing}")),
                Some(others) => offenders.extend(
                    variables
                        .difference(others)
                        .map(|name| format!("{key} shows ${name} in {there} but not in {missing}")),
                ),
            }
        }
    }
    offenders
}

/// Those of these keys that have no message.
pub fn absent(tree: &Tree, keys: &[String]) -> Vec<String> {
    let known = messages(tree, ENGLISH);
    keys.iter().filter(|key| !known.contains_key(*key)).cloned().collect()
}

/// Keys that are defined twice in one file.
pub fn doubles(tree: &Tree) -> Vec<String> {
    let mut offenders = Vec::new();
    for path in [ENGLISH, CHINESE] {
        let mut seen = BTreeSet::new();
        let keys = text_of(tree, path).lines().filter_map(|line| key_of(line));
        offenders.extend(keys.filter(|key| !seen.insert(*key)).map(|key| format!("{key} is twice in {path}")));
    }
    offenders
}

/// Keys that the code asks for and no file has.
pub fn missing(tree: &Tree) -> Vec<String> {
    let known = messages(tree, ENGLISH);
    let mut offenders = Vec::new();
    for file in tree.under("src", ".rs") {
        let source = Source::read(&file.text);
        for literal in source.literals.iter().filter(|literal| is_key(&source.code[..literal.at])) {
            if !known.contains_key(&literal.text) {
                offenders.push(format!("{}:{} asks for {:?}", file.path, source.line(literal.at), literal.text));
            }
        }
    }
    offenders
}

/// Keys that nothing asks for.
pub fn unused(tree: &Tree) -> Vec<String> {
    let sources: Vec<Source> = tree.under("src", ".rs").map(|file| Source::read(&file.text)).collect();
    let named: BTreeSet<&str> =
        sources.iter().flat_map(|source| &source.literals).map(|literal| literal.text.as_str()).collect();
    let known = messages(tree, ENGLISH);
    let is_left_over =
        |key: &&String| !named.contains(key.as_str()) && !DYNAMIC.iter().any(|start| key.starts_with(start));
    known.keys().filter(is_left_over).map(|key| format!("{key} is in {ENGLISH} and used nowhere")).collect()
}

fn is_key(before: &str) -> bool {
    let before = before.trim_end();
    CALLS.iter().any(|call| {
        before
            .strip_suffix(call)
            .is_some_and(|rest| !rest.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
    })
}

fn text_of<'tree>(tree: &'tree Tree, path: &str) -> &'tree str {
    tree.files.iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

fn messages(tree: &Tree, path: &str) -> Messages {
    let mut messages = Messages::new();
    let mut current = None;
    for line in text_of(tree, path).lines().filter(|line| !line.starts_with('#')) {
        if let Some(key) = key_of(line) {
            current = Some(key.to_owned());
        }
        if let Some(key) = &current {
            messages.entry(key.clone()).or_default().extend(variables(line));
        }
    }
    messages
}

/// A message starts at the margin; terms (`-brand`) are the language's own affair.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    (key.starts_with(|first: char| first.is_ascii_alphabetic()) && key.chars().all(is_word)).then_some(key)
}

fn variables(line: &str) -> impl Iterator<Item = String> {
    let is_word = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-' || *letter == '_';
    // Outside braces a dollar is a dollar.
    let inside =
        line.split('{').skip(1).flat_map(|part| part.split('}').next()).flat_map(|part| part.split('$').skip(1));
    inside.map(move |part| part.chars().take_while(is_word).collect())
}

#[cfg(test)]
mod tests {
    use super::super::source::File;
    use super::*;

    fn tree(english: &str, chinese: &str, code: &str) -> Tree {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        Tree { files: vec![file(ENGLISH, english), file(CHINESE, chinese), file("src/ui/page.rs", code)] }
    }

    #[test]
    fn both_languages_say_the_same() {
        let english = "saved = Saved { $count } of { $total ->\n    [one] one\n   *[other] { $total }\n }\nnew = New\n";
        let tree = tree(english, "# 注释 = 无\nsaved = 已保存 { $count }\n", "");
        let expected = [
            "new is in public/locale/en.ftl but not in public/locale/zh-CN.ftl",
            "saved shows $total in public/locale/en.ftl but not in public/locale/zh-CN.ftl",
        ];
        assert_eq!(differences(&tree), expected);
    }

    #[test]
    fn a_message_is_defined_once() {
        let twice = tree("a = A\nb = B\na = C\n", "", "");
        assert_eq!(doubles(&twice), ["a is twice in public/locale/en.ftl"]);
    }

    #[test]
    fn code_and_messages_belong_together() {
        let english = "saved = Saved\nold = Old\nerror-required = Fill this in\n";
        let tree = tree(english, "", "fn a() { t(\"saved\"); tr!(\n  \"gone\"); start(\"other\") }");
        assert_eq!(missing(&tree), ["src/ui/page.rs:2 asks for \"gone\""]);
        assert_eq!(unused(&tree), ["old is in public/locale/en.ftl and used nowhere"]);
    }
}
