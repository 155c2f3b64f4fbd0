//! Tells the service worker which files make up this version. Trunk runs it after each build on the folder it is about to publish.
//!
//! It rewrites `sw.js` alone: files with a hash in their name carry an integrity check that a rewrite would break.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::hash::Hash;
use crate::place;

const PLACE: &str = "/* precache */";

/// Fills in the list and the version.
pub fn write() -> Result<(), Failure> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| place::at("dist"), PathBuf::from);
    let worker = folder.join("sw.js");
    let mut files = Vec::new();
    let mut hash = Hash::default();
    for path in place::files_under(&folder)?.into_iter().filter(|path| *path != worker) {
        let name = relative(&folder, &path);
        hash.add(name.as_bytes());
        hash.add(&place::read_bytes(&path)?);
        files.push(name);
    }
    let text = place::read(&worker)?;
    hash.add(text.as_bytes());
    let filled = fill(&text, &hash.to_string(), &files)
        .ok_or_else(|| Failure::Content { path: worker.clone(), missing: format!("no {PLACE} to fill") })?;
    place::write(&worker, &filled)
}

fn relative(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn fill(worker: &str, version: &str, files: &[String]) -> Option<String> {
    let line = worker.lines().find(|line| line.ends_with(PLACE))?;
    let names: Vec<String> = files.iter().map(|name| format!("{name:?}")).collect();
    let filled = format!("const VERSION = {version:?}, FILES = [{}];", names.join(", "));
    Some(worker.replace(line, &filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_is_filled_in_once() {
        let worker = format!("a\nconst VERSION = \"\", FILES = []; {PLACE}\nb\n");
        let filled = fill(&worker, "42", &["index.html".to_owned()]).unwrap();
        assert_eq!(filled, "a\nconst VERSION = \"42\", FILES = [\"index.html\"];\nb\n");
        assert_eq!(fill(&filled, "43", &[]), None);
    }
}
