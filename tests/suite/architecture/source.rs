//! The repository's files as text, and Rust source with its comments and strings told apart from its code.

use std::fs;
use std::path::Path;

/// Files of the repository by their path from its root, with `/` between folders.
pub struct Tree {
    pub files: Vec<File>,
}

pub struct File {
    pub path: String,
    pub text: String,
}

impl Tree {
    /// Reads the text files under these folders; a missing folder holds none.
    pub fn read(root: &Path, folders: &[&str]) -> Self {
        let mut tree = Self { files: Vec::new() };
        for folder in folders {
            tree.add(root, folder);
        }
        tree.files.sort_by(|one, other| one.path.cmp(&other.path));
        tree
    }

    fn add(&mut self, root: &Path, folder: &str) {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.add(root, &path);
            } else if let Ok(text) = fs::read_to_string(entry.path()) {
                self.files.push(File { path, text });
            }
        }
    }

    /// The files under a folder whose names end so.
    pub fn under<'tree>(&'tree self, folder: &str, ending: &str) -> impl Iterator<Item = &'tree File> {
        let folder = format!("{folder}/");
        self.files.iter().filter(move |file| file.path.starts_with(&folder) && file.path.ends_with(ending))
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }
}

/// A piece of Rust source without what is only for tests.
pub struct Source {
    /// The text with comments and the insides of strings replaced by blanks, so that offsets and lines stay.
    pub code: String,
    pub literals: Vec<Literal>,
}

/// A string literal as it is written, escapes and all.
pub struct Literal {
    /// Where its opening quote is.
    pub at: usize,
    pub text: String,
}

impl Source {
    pub fn read(text: &str) -> Self {
        let mut source = lex(text);
        if let Some(end) = start_of_tests(&source.code) {
            source.code.truncate(end);
            source.literals.retain(|literal| literal.at < end);
        }
        source
    }

    /// The line of an offset, counted from one.
    pub fn line(&self, at: usize) -> usize {
        self.code.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
    }
}

/// Tests come last in a file, in a module of their own.
fn start_of_tests(code: &str) -> Option<usize> {
    let starts = code.match_indices("#[cfg(test)]").map(|(at, _)| at);
    starts.into_iter().find(|at| {
        let after = code[at + "#[cfg(test)]".len()..].trim_start();
        after
            .split_once(['{', ';'])
            .is_some_and(|(head, _)| head.contains("mod ") && after[head.len()..].starts_with('{'))
    })
}

fn lex(text: &str) -> Source {
    let mut lexer = Lexer { text, at: 0, code: text.as_bytes().to_vec(), literals: Vec::new() };
    while lexer.at < text.len() {
        lexer.step();
    }
    Source { code: String::from_utf8_lossy(&lexer.code).into_owned(), literals: lexer.literals }
}

struct Lexer<'text> {
    text: &'text str,
    at: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        match rest {
            [b'/', b'/', ..] => {
                let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                self.blank(self.at, self.at + length);
                self.at += length;
            }
            [b'/', b'*', ..] => self.block_comment(),
            [b'"', ..] => self.string(),
            [b'r', b'"' | b'#', ..] if !self.is_inside_word() => self.raw_string(),
            [b'\'', b'\\', ..] => {
                let close = rest[3..].iter().position(|byte| *byte == b'\'').map_or(rest.len(), |found| found + 4);
                self.blank(self.at + 1, self.at + close - 1);
                self.at += close;
            }
            // A character, not a lifetime: `'"'` would otherwise open a string.
            [b'\'', ..] => {
                let mut following = self.text[self.at + 1..].chars();
                let length = following.next().map_or(0, char::len_utf8);
                if following.next() == Some('\'') {
                    self.blank(self.at + 1, self.at + 1 + length);
                    self.at += 2 + length;
                } else {
                    self.at += 1;
                }
            }
            _ => self.at += 1,
        }
    }

    fn is_inside_word(&self) -> bool {
        self.at > 0 && {
            let before = self.text.as_bytes()[self.at - 1];
            before.is_ascii_alphanumeric() && before != b'b' || before == b'_'
        }
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0;
        while self.at < self.text.len() {
            match &self.text.as_bytes()[self.at..] {
                [b'/', b'*', ..] => (depth, self.at) = (depth + 1, self.at + 2),
                [b'*', b'/', ..] => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.at += 1,
            }
            if depth == 0 {
                break;
            }
        }
        self.blank(start, self.at);
    }

    fn string(&mut self) {
        let start = self.at;
        self.at += 1;
        while self.at < self.text.len() {
            match self.text.as_bytes()[self.at] {
                b'\\' => self.at += 2,
                b'"' => break,
                _ => self.at += 1,
            }
        }
        self.literal(start, start + 1, self.at);
        self.at += 1;
    }

    fn raw_string(&mut self) {
        let start = self.at;
        let hashes = self.text.as_bytes()[start + 1..].iter().take_while(|byte| **byte == b'#').count();
        let inside = start + 1 + hashes + 1;
        // `r#type` is a name.
        if self.text.as_bytes().get(inside - 1) != Some(&b'"') {
            self.at += 1;
            return;
        }
        let close = format!("\"{}", "#".repeat(hashes));
        let end = self.text[inside..].find(&close).map_or(self.text.len(), |found| inside + found);
        self.literal(start, inside, end);
        self.at = end + close.len();
    }

    fn literal(&mut self, at: usize, from: usize, to: usize) {
        let to = to.min(self.text.len());
        self.literals.push(Literal { at, text: self.text[from..to].to_owned() });
        self.blank(from, to);
    }

    fn blank(&mut self, from: usize, to: usize) {
        let to = to.min(self.code.len());
        for byte in &mut self.code[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let text = "let a = '\"'; // use crate::ui\nlet b = \"lead \\\" é\"; /* /* x */ y */ let c = r#\"raw\"#;\nfn d<'a>() {}\n\
                #[cfg(test)]\nmod tests { fn e() { x.unwrap() } }\n";
    let source = Source::read(text);
    let literals: Vec<&str> = source.literals.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(literals, ["lead \\\" é", "raw"]);
    assert!(!source.code.contains("crate") && !source.code.contains("unwrap") && !source.code.contains('y'));
    assert!(source.code.contains("let c") && source.code.contains("fn d<'a>() {}"));
    assert_eq!(source.line(source.code.find("fn d").unwrap_or_default()), 3);
}
