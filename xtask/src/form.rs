//! Makes the one file that every form of its own is made from: the scripts packed, the style as it is, and a place for the form.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::failure::Failure;
use crate::hash::base64;
use crate::place;

const SCRIPTS: [&str; 6] = ["read", "ask", "fill", "code", "qr", "page"];

/// Writes `form.html` into the folder that is about to be published.
pub fn write(folder: &Path) -> Result<(), Failure> {
    place::write(&folder.join("form.html"), &page()?)
}

fn page() -> Result<String, Failure> {
    let read = |name: &str| place::read(&place::at(&format!("public/form/{name}")));
    let mut script = String::from("'use strict';{\n");
    for name in SCRIPTS {
        script.push_str(&lean(&read(&format!("{name}.js"))?));
    }
    script.push_str("runForm(JSON.parse(document.getElementById('sheet').textContent));\n}\n");
    let packed = pack(script.as_bytes()).map_err(|source| Failure::File { path: place::at("public/form"), source })?;
    let shell = read("shell.html")?.replace("/*style*/", &lean(&read("page.css")?));
    Ok(shell.replace("/*script*/", &base64(&packed)))
}

/// Without the comments that stand on lines of their own, and without indentation.
fn lean(source: &str) -> String {
    let is_comment = |line: &&str| ["//", "/**", "* ", "*/"].iter().any(|start| line.starts_with(start));
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

fn pack(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_stay_behind() {
        assert_eq!(lean("// a\n/**\n * b\n */\n  c(); // d\n\n"), "c(); // d\n");
    }

    #[test]
    fn with_a_form_of_fifteen_kilobytes_the_file_stays_under_sixty() {
        let page = page().unwrap();
        assert!(page.contains("/*sheet*/") && page.contains("<title></title>"), "places to fill in");
        assert!(page.len() < 45_000, "{} bytes before the form", page.len());
    }
}
