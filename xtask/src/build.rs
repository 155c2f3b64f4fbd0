//! The release build, and what it weighs.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::{place, process};

/// Builds `dist/`: static files with relative paths.
pub fn build() -> Result<(), Failure> {
    process::run(&mut process::command("trunk build --release"))
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
