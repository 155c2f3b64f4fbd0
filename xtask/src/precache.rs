//! Tells the page and the service worker which files make up this version. Trunk runs it after each build on the folder it is about
//! to publish.
//!
//! It rewrites `sw.js` and `index.html` alone: files with a hash in their name carry an integrity check that a rewrite would break.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::form;
use crate::hash::{Hash, integrity};
use crate::place;

const PLACE: &str = "/* precache */";

/// Shown by the browser before the app is installed, so only where there is a network.
const ONLINE_ONLY: &str = "screenshot/";

/// Fills in the version, and for each file what it must be.
pub fn write() -> Result<(), Failure> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| place::at("dist"), PathBuf::from);
    form::write(&folder)?;
    let (worker, page) = (folder.join("sw.js"), folder.join("index.html"));
    place::write(&page, &without_vain_checks(&place::read(&page)?))?;
    let mut files = BTreeMap::new();
    let mut version = Hash::default();
    for path in place::files_under(&folder)?.into_iter().filter(|path| *path != worker && *path != page) {
        let name = relative(&folder, &path);
        if !name.starts_with(ONLINE_ONLY) {
            let content = place::read_bytes(&path)?;
            version.add(name.as_bytes());
            version.add(&content);
            files.insert(name, integrity(&content));
        }
    }
    let (worker_text, page_text) = (place::read(&worker)?, place::read(&page)?);
    version.add(worker_text.as_bytes());
    version.add(page_text.as_bytes());
    let version = version.to_string();
    let missing = |path: &Path, what: &str| Failure::Content { path: path.to_path_buf(), missing: what.to_owned() };
    let marked = mark(&page_text, &version, &files).ok_or_else(|| missing(&page, "no <html to mark"))?;
    place::write(&page, &marked)?;
    files.insert("index.html".to_owned(), integrity(marked.as_bytes()));
    let filled = fill(&worker_text, &version, &files).ok_or_else(|| missing(&worker, "no place to fill"))?;
    place::write(&worker, &filled)
}

fn relative(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Writes the version on the page, and what the parts must be that it fetches later: their names do not tell versions apart.
fn mark(page: &str, version: &str, files: &BTreeMap<String, String>) -> Option<String> {
    let (before, after) = page.split_once("<html")?;
    let is_part = |name: &str| [".json", ".txt"].iter().any(|ending| name.ends_with(ending));
    let parts: Vec<String> =
        files.iter().filter(|(name, _)| is_part(name)).map(|(name, hash)| format!("{name} {hash}")).collect();
    Some(format!("{before}<html data-version=\"{version}\" data-parts=\"{}\"{after}", parts.join(" ")))
}

fn fill(worker: &str, version: &str, files: &BTreeMap<String, String>) -> Option<String> {
    let line = worker.lines().find(|line| line.ends_with(PLACE))?;
    let files: Vec<String> = files.iter().map(|(name, hash)| format!("  {name:?}: {hash:?},\n")).collect();
    let filled = format!("const VERSION = {version:?}, FILES = {{\n{}}};", files.concat());
    Some(worker.replace(line, &filled))
}

/// Browsers check no integrity of what is loaded ahead for `fetch`, and warn of it at every load. Scripts keep theirs.
fn without_vain_checks(page: &str) -> String {
    let drop_check = |tag: &str| {
        let is_vain = tag.starts_with("link ") && tag.contains("as=\"fetch\"");
        let at = tag.find(" integrity=\"").filter(|_| is_vain)?;
        let end = at + 12 + tag.get(at + 12..)?.find('"')? + 1;
        Some(format!("{}{}", &tag[..at], &tag[end..]))
    };
    page.split('<').map(|tag| drop_check(tag).unwrap_or_else(|| tag.to_owned())).collect::<Vec<String>>().join("<")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BTreeMap<String, String> {
        [("a-0123456789abcdef.js", "sha256-a"), ("pack/one.json", "sha256-b")]
            .map(|(name, hash)| (name.to_owned(), hash.to_owned()))
            .into()
    }

    #[test]
    fn only_what_is_fetched_ahead_loses_its_check() {
        let page = "<head><link rel=\"modulepreload\" href=\"a.js\" integrity=\"x/y\"><link rel=\"preload\" integrity=\"z\" as=\"fetch\">";
        let kept =
            "<head><link rel=\"modulepreload\" href=\"a.js\" integrity=\"x/y\"><link rel=\"preload\" as=\"fetch\">";
        assert_eq!(without_vain_checks(page), kept);
    }

    #[test]
    fn the_worker_is_filled_in_once() {
        let worker = format!("a\nconst VERSION = \"\", FILES = {{}}; {PLACE}\nb\n");
        let filled = fill(&worker, "42", &files()).unwrap();
        let expected = "a\nconst VERSION = \"42\", FILES = {\n  \"a-0123456789abcdef.js\": \"sha256-a\",\n  \"pack/one.json\": \"sha256-b\",\n};\nb\n";
        assert_eq!(filled, expected);
        assert_eq!(fill(&filled, "43", &files()), None);
    }

    #[test]
    fn the_page_knows_its_version_and_its_parts() {
        let marked = mark("<!doctype html>\n<html lang=en>", "42", &files()).unwrap();
        let expected = "<!doctype html>\n<html data-version=\"42\" data-parts=\"pack/one.json sha256-b\" lang=en>";
        assert_eq!(marked, expected);
    }
}
