//! `cargo xtask …`: everything a developer or the build server types, with the standard library alone so that it builds in seconds.

mod bench;
mod build;
mod failure;
mod form;
mod hash;
mod place;
mod precache;
mod process;
mod serve;
mod setup;
mod sprite;
mod style;
mod test;
mod tool;

use std::process::ExitCode;

use failure::Failure;

const HELP: &str = "\
cargo xtask setup                       install what building needs; skips what is there
cargo xtask serve [--port 8080] [--no-open]
                                        release build, then serve dist/ on this machine and open it
cargo xtask build                       release build into dist/, which any static host serves under any path
cargo xtask test [--only STEP] [--journey NAME]
                                        all checks in order; `--only list` names the steps
cargo xtask bench [NAME]                release build, then the measurements in tests/bench
cargo xtask sprite                      write public/icons.svg from xtask/icons.txt

Called by Trunk: style (before a build), precache (after it).";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), Failure> {
    let (command, rest) = match words.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", words),
    };
    match command {
        "setup" => {
            let options = Options::read(rest, &[], &[])?;
            options.no_words()?;
            setup::for_building()
        }
        "serve" => {
            let options = Options::read(rest, &["--port"], &["--no-open"])?;
            options.no_words()?;
            serve::serve(options.value("--port").unwrap_or("8080"), options.has("--no-open"))
        }
        "build" => {
            Options::read(rest, &[], &[])?.no_words()?;
            setup::for_building()?;
            build::build()?;
            build::report_sizes()
        }
        "test" => {
            let options = Options::read(rest, &["--only", "--journey"], &[])?;
            options.no_words()?;
            test::test(options.value("--only"), options.value("--journey"))
        }
        "bench" => bench::bench(&Options::read(rest, &[], &[])?.words),
        "sprite" => sprite::write(),
        "style" => style::write(),
        "precache" => precache::write(),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(Failure::Usage { wrong: other.to_owned() }),
    }
}

/// What follows the command on the line.
#[derive(Debug)]
struct Options {
    values: Vec<(String, String)>,
    switches: Vec<String>,
    words: Vec<String>,
}

impl Options {
    fn read(given: &[String], with_value: &[&str], switches: &[&str]) -> Result<Self, Failure> {
        let mut options = Self { values: Vec::new(), switches: Vec::new(), words: Vec::new() };
        let mut given = given.iter();
        while let Some(word) = given.next() {
            if with_value.contains(&word.as_str()) {
                let value = given.next().ok_or_else(|| Failure::Usage { wrong: format!("{word} without a value") })?;
                options.values.push((word.clone(), value.clone()));
            } else if switches.contains(&word.as_str()) {
                options.switches.push(word.clone());
            } else if word.starts_with("--") {
                return Err(Failure::Usage { wrong: word.clone() });
            } else {
                options.words.push(word.clone());
            }
        }
        Ok(options)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.switches.iter().any(|known| known == name)
    }

    fn no_words(&self) -> Result<(), Failure> {
        match self.words.first() {
            Some(word) => Err(Failure::Usage { wrong: word.clone() }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn options_are_read_in_any_order() {
        let options = Options::read(&words("--no-open --port 9000"), &["--port"], &["--no-open"]).unwrap();
        assert_eq!(options.value("--port"), Some("9000"));
        assert!(options.has("--no-open"));
    }

    #[test]
    fn a_misspelt_option_is_refused() {
        let failure = Options::read(&words("--prot 9000"), &["--port"], &[]).unwrap_err();
        assert!(failure.to_string().contains("--prot"));
    }
}
