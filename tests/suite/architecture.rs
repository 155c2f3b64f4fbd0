//! Holds the shape of the code itself: layers, file headers and sizes, twins of style sheets, messages in both languages.

mod layer;
mod source;
mod text;

use std::path::Path;

use source::{Source, Tree};

const LONGEST_FILE: usize = 600;

/// Entities are data: these ids belong in packs, not in code.
const ENTITY_IDS: &[&str] = &[
    "account",
    "campaign",
    "contact",
    "contract",
    "lead",
    "loyalty",
    "opportunity",
    "order",
    "payment_plan",
    "product",
    "quote",
    "receivable",
    "referral",
    "renewal",
    "survey",
    "ticket",
];

/// Files that may name an entity, each with its reason.
const MAY_NAME_ENTITIES: &[&str] = &[];

const NEVER_IN_CODE: &[&str] = &[".unwrap()", ".expect(\"", "panic!", "todo!", "unimplemented!"];

#[test]
fn layers_point_one_way() {
    hold("a layer may use only those below it", layer::forbidden_uses(&repository()));
}

#[test]
fn the_browser_is_named_in_few_places() {
    hold("browser crates belong to app, ui, main.rs and store/indexed_db", layer::browser_leaks(&repository()));
}

#[test]
fn every_file_says_what_it_is_for() {
    let tree = repository();
    let files =
        ["src", "xtask/src", "tests/suite", "tests/browser"].into_iter().flat_map(|folder| tree.under(folder, ".rs"));
    let silent = files.filter(|file| !file.text.starts_with("//! ")).map(|file| file.path.clone());
    hold("a file starts with a `//!` line", silent.collect());
}

#[test]
fn no_file_is_called_mod() {
    let tree = repository();
    let named = tree.files.iter().filter(|file| file.path.ends_with("/mod.rs")).map(|file| file.path.clone());
    hold("`foo.rs` beside `foo/`, no `mod.rs`", named.collect());
}

#[test]
fn no_file_is_too_long() {
    let tree = repository();
    let written =
        tree.files.iter().filter(|file| [".rs", ".css", ".mjs", ".js"].iter().any(|end| file.path.ends_with(end)));
    let long = written.map(|file| (file, file.text.lines().count())).filter(|(_, lines)| *lines > LONGEST_FILE);
    hold("a file has at most 600 lines", long.map(|(file, lines)| format!("{}: {lines}", file.path)).collect());
}

#[test]
fn code_does_not_give_up() {
    let tree = repository();
    let mut offenders = Vec::new();
    for file in tree.under("src", ".rs").chain(tree.under("xtask/src", ".rs")) {
        let source = Source::read(&file.text);
        for word in NEVER_IN_CODE {
            offenders.extend(source.code.match_indices(word).filter_map(|(at, _)| {
                let is_own_word = word.starts_with('.')
                    || !source.code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
                is_own_word.then(|| format!("{}:{} {word}", file.path, source.line(at)))
            }));
        }
    }
    hold("a mistake of ours is a safe value and a log line, never a crash", offenders);
}

#[test]
fn every_style_sheet_has_its_view() {
    let tree = repository();
    let sheets = tree.under("style/part", ".css").chain(tree.under("style/view", ".css"));
    let twin = |path: &str| path.replace("style/", "src/ui/").replace(".css", ".rs");
    let alone = sheets.filter(|file| !tree.has(&twin(&file.path)));
    hold(
        "a style sheet has a Rust file of its name",
        alone.map(|file| format!("{} without {}", file.path, twin(&file.path))).collect(),
    );
}

#[test]
fn no_entity_is_named_by_hand() {
    let tree = repository();
    let mut offenders = Vec::new();
    for file in tree.under("src", ".rs").filter(|file| !MAY_NAME_ENTITIES.contains(&file.path.as_str())) {
        let source = Source::read(&file.text);
        for literal in source.literals.iter().filter(|literal| ENTITY_IDS.contains(&literal.text.as_str())) {
            offenders.push(format!("{}:{} {:?}", file.path, source.line(literal.at), literal.text));
        }
    }
    hold("entities are definitions in packs", offenders);
}

#[test]
fn every_message_is_in_both_languages() {
    let tree = repository();
    hold("both languages have the same messages with the same variables", text::differences(&tree));
    hold("a message is defined once", text::doubles(&tree));
}

#[test]
fn messages_and_code_belong_together() {
    let tree = repository();
    hold("a message that is asked for exists", text::missing(&tree));
    hold("a message is used", text::unused(&tree));
}

#[test]
fn every_diagnostic_has_its_sentence() {
    let tree = repository();
    let keys: Vec<String> =
        perennial::model::diagnostic::Code::ALL.iter().map(|code| format!("error-{}", code.as_str())).collect();
    hold("a diagnostic has its sentence", text::absent(&tree, &keys));
}

fn repository() -> Tree {
    Tree::read(Path::new(env!("CARGO_MANIFEST_DIR")), &["src", "xtask/src", "tests", "style", "public"])
}

#[track_caller]
fn hold(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}
