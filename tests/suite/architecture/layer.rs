//! Which layer may name which: `architecture.md`'s table as a test.

use super::source::{Source, Tree};

/// A layer and the layers it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("engine", &["model"]),
    ("command", &["model", "engine"]),
    ("store", &["model"]),
    ("app", &["model", "engine", "command", "store"]),
    ("ui", &["model", "engine", "command", "app"]),
];

/// The engines that any engine may ask.
const SHARED_ENGINES: &[&str] = &["formula", "condition", "plain"];

const BROWSER_CRATES: &[&str] =
    &["leptos", "web_sys", "wasm_bindgen", "wasm_bindgen_futures", "js_sys", "gloo", "indexed_db_futures"];

const BROWSER_PLACES: &[&str] =
    &["src/main.rs", "src/store/indexed_db", "src/app.rs", "src/app/", "src/ui.rs", "src/ui/"];

/// Each use of a layer by one that may not know it.
pub fn forbidden_uses(tree: &Tree) -> Vec<String> {
    let mut offenders = Vec::new();
    for file in tree.under("src", ".rs") {
        let own = module_of(&file.path);
        let Some(may_use) = own.first().and_then(|layer| allowed(layer)) else {
            continue;
        };
        let source = Source::read(&file.text);
        for (at, path) in paths(&source.code, &own) {
            if let Some(reason) = objection(&own, may_use, &path) {
                offenders.push(format!("{}:{} uses {}: {reason}", file.path, source.line(at), path.join("::")));
            }
        }
    }
    offenders
}

/// Each mention of a browser crate outside the places that may touch the browser.
pub fn browser_leaks(tree: &Tree) -> Vec<String> {
    let mut offenders = Vec::new();
    for file in tree.under("src", ".rs") {
        if BROWSER_PLACES.iter().any(|place| file.path.starts_with(place)) {
            continue;
        }
        let source = Source::read(&file.text);
        for name in BROWSER_CRATES {
            for (at, _) in source.code.match_indices(name) {
                let is_word = !source.code[..at].ends_with(is_word_char);
                let after = &source.code[at + name.len()..];
                let is_path = after.trim_start().starts_with("::") || source.code[..at].trim_end().ends_with("use");
                if is_word && is_path && !after.starts_with(is_word_char) {
                    offenders.push(format!("{}:{} names {name}", file.path, source.line(at)));
                }
            }
        }
    }
    offenders
}

fn allowed(layer: &str) -> Option<&'static [&'static str]> {
    LAYERS.iter().find(|(name, _)| *name == layer).map(|(_, may_use)| *may_use)
}

fn objection(own: &[String], may_use: &[&str], path: &[String]) -> Option<String> {
    let (layer, used) = (own.first()?, path.first()?);
    allowed(used)?;
    if used != layer {
        return (!may_use.contains(&used.as_str())).then(|| format!("{layer} may not know {used}"));
    }
    if layer != "engine" {
        return None;
    }
    let (engine, other) = (own.get(1)?, path.get(1)?);
    let is_module = other.starts_with(|first: char| first.is_ascii_lowercase());
    let may = engine == other || SHARED_ENGINES.contains(&other.as_str()) || !is_module;
    (!may).then(|| format!("engine {engine} may not know engine {other}"))
}

/// `src/engine/form.rs` is `engine::form`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned).collect()
}

/// Every path from the crate's root that the code names, with `super` resolved and braces taken apart.
fn paths(code: &str, own: &[String]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = &code[..at];
            if before.ends_with(is_word_char) || before.ends_with("::") {
                continue;
            }
            let base = if start == "crate::" { Vec::new() } else { own[..own.len().saturating_sub(1)].to_vec() };
            let mut reader = Reader { code, at: at + start.len() };
            reader.tree(base, &mut found);
        }
    }
    found
}

struct Reader<'code> {
    code: &'code str,
    at: usize,
}

impl Reader<'_> {
    fn tree(&mut self, mut path: Vec<String>, found: &mut Vec<(usize, Vec<String>)>) {
        let start = self.at;
        loop {
            self.skip_blanks();
            if self.eat("{") {
                while self.at < self.code.len() && !self.eat("}") {
                    self.tree(path.clone(), found);
                    // Past a rename, to the next of the list.
                    while self.at < self.code.len() && !self.code[self.at..].starts_with([',', '}']) {
                        self.at += self.code[self.at..].chars().next().map_or(1, char::len_utf8);
                    }
                    self.eat(",");
                    self.skip_blanks();
                }
                return;
            }
            let rest = &self.code[self.at..];
            let word = &rest[..rest.find(|letter| !is_word_char(letter)).unwrap_or(rest.len())];
            self.at += word.len();
            match word {
                "super" => drop(path.pop()),
                "self" | "" => {}
                _ => path.push(word.to_owned()),
            }
            self.skip_blanks();
            if word.is_empty() || !self.eat("::") {
                break;
            }
        }
        found.push((start, path));
    }

    fn eat(&mut self, token: &str) -> bool {
        let is_there = self.code[self.at..].starts_with(token);
        if is_there {
            self.at += token.len();
        }
        is_there
    }

    fn skip_blanks(&mut self) {
        let rest = &self.code[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }
}

fn is_word_char(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::super::source::File;
    use super::*;

    #[track_caller]
    fn check(path: &str, text: &str, expected: &[&str]) {
        let tree = Tree { files: vec![File { path: path.to_owned(), text: text.to_owned() }] };
        let found: Vec<String> = forbidden_uses(&tree).into_iter().chain(browser_leaks(&tree)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_layer_may_use_those_below_it() {
        check("src/engine/form.rs", "use crate::{engine::{condition::Tree, formula}, model::Field};", &[]);
        check("src/engine/form/plan.rs", "use super::{Plan, super::condition};", &[]);
        check("src/app/writer.rs", "use crate::store::Store; use leptos::prelude::*;", &[]);
        check("src/main.rs", "use crate::ui; use leptos::prelude::*;", &[]);
    }

    #[test]
    fn a_layer_may_not_use_those_above_it() {
        let reason = "src/model/id.rs:2 uses command::Command: model may not know command";
        check("src/model/id.rs", "//! Ids.\nuse crate::command::Command;", &[reason]);
        let reason = "src/store/log.rs:1 uses engine::rule::run: store may not know engine";
        check("src/store/log.rs", "fn go() { crate::engine::rule::run() }", &[reason]);
        let reason = "src/ui/page.rs:1 uses store::Store: ui may not know store";
        check("src/ui/page.rs", "use crate::{app::App, store::{Store as Keep}};", &[reason]);
    }

    #[test]
    fn an_engine_may_not_know_another() {
        let reason = "src/engine/form.rs:1 uses engine::rule::Rule: engine form may not know engine rule";
        check("src/engine/form.rs", "use super::rule::Rule;", &[reason]);
        check("src/engine/form.rs", "use crate::engine::rule::Rule;", &[reason]);
    }

    #[test]
    fn tests_and_comments_may_name_anything() {
        check("src/model/id.rs", "// crate::ui::x\n#[cfg(test)]\nmod tests { use crate::command::Command; }", &[]);
    }

    #[test]
    fn the_browser_stays_outside() {
        let leaks = ["src/engine/form.rs:1 names web_sys", "src/engine/form.rs:1 names js_sys"];
        check("src/engine/form.rs", "use web_sys::Window; fn a() { js_sys::Date::now(); my_gloo::x() }", &leaks);
        check("src/store/indexed_db.rs", "use indexed_db_futures::prelude::*;", &[]);
    }
}
