//! The release build, and what it weighs.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::hash::Hash;
use crate::{place, process};

/// All that the build reads from the repository.
const SOURCES: &[&str] = &[
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "package-lock.json",
    "public",
    "src",
    "style",
    "xtask/src",
];

/// Builds `dist/`, static files with relative paths, unless it is there from the same sources.
pub fn build() -> Result<(), Failure> {
    let stamp = place::at("target/dist.stamp");
    let sources = hash_of(SOURCES)?;
    let is_same = |built: &str| built.split_once(' ').is_some_and(|(from, into)| from == sources && is_dist(into));
    if fs::read_to_string(&stamp).is_ok_and(|built| is_same(&built)) {
        println!("build  dist/ is up to date");
        return Ok(());
    }
    process::run(&mut process::command("trunk build --release"))?;
    place::write(&stamp, &format!("{sources} {}", hash_of(&["dist"])?))
}

fn is_dist(hash: &str) -> bool {
    hash_of(&["dist"]).is_ok_and(|found| found == hash)
}

/// Over names, contents and what else decides what comes out.
fn hash_of(places: &[&str]) -> Result<String, Failure> {
    let mut hash = Hash::default();
    hash.add(process::output_of("rustc --version").unwrap_or_default().as_bytes());
    hash.add(std::env::var("RUSTFLAGS").unwrap_or_default().as_bytes());
    for place in places.iter().map(|place| place::at(place)) {
        let files = if place.is_file() { vec![place] } else { place::files_under(&place)? };
        for path in files {
            hash.add(path.to_string_lossy().as_bytes());
            hash.add(&place::read_bytes(&path)?);
        }
    }
    Ok(hash.to_string())
}

/// Prints what a visitor downloads.
pub fn report_sizes() -> Result<(), Failure> {
    let files = place::files_under(&place::at("dist"))?;
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "wasm")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name}: {}, brotli {}", kilobytes(size(path)?), kilobytes(brotli_size(path)?));
    }
    let mut total = 0;
    for path in &files {
        total += size(path)?;
    }
    println!("dist: {} in {} files", kilobytes(total), files.len());
    Ok(())
}

fn size(path: &Path) -> Result<u64, Failure> {
    fs::metadata(path)
        .map(|metadata| metadata.len())
        .map_err(|source| Failure::File { path: path.to_path_buf(), source })
}

/// Node has brotli built in; its default is the strongest level, 11, as static hosts use.
fn brotli_size(path: &Path) -> Result<u64, Failure> {
    const SCRIPT: &str = "const read = require('node:fs').readFileSync; \
                          console.log(require('node:zlib').brotliCompressSync(read(process.argv[1])).length)";
    let output = process::command("node")
        .args(["--eval", SCRIPT])
        .arg(path)
        .output()
        .map_err(|source| Failure::Start { program: "node".to_owned(), source })?;
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .map_err(|_| Failure::Content { path: path.to_path_buf(), missing: "node could not compress it".to_owned() })
}

fn kilobytes(bytes: u64) -> String {
    format!("{:.0} KB", bytes as f64 / 1000.0)
}
