//! All checks in the order in which they are cheapest to fail.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::process::{self, command};
use crate::{build, setup};

const WASM: &str = "wasm32-unknown-unknown";

struct Step {
    name: &'static str,
    needs: Need,
    work: Work,
}

/// What must be installed before a step.
#[derive(PartialEq)]
enum Need {
    Rust,
    Tools,
    Browser,
}

enum Work {
    /// Commands of which each must end well.
    Commands(&'static [&'static str]),
    Doc,
    BrowserTests,
    Build,
    Journeys,
}

const STEPS: &[Step] = &[
    Step { name: "format", needs: Need::Rust, work: Work::Commands(&["cargo fmt --all --check"]) },
    Step {
        name: "lint",
        needs: Need::Rust,
        work: Work::Commands(&[
            "cargo clippy --package xtask --all-targets -- -D warnings",
            "cargo clippy --no-default-features --all-targets -- -D warnings",
        ]),
    },
    Step {
        name: "lint-wasm",
        needs: Need::Tools,
        work: Work::Commands(&[
            "cargo clippy --target wasm32-unknown-unknown --lib --bins --test browser -- -D warnings",
        ]),
    },
    Step { name: "doc", needs: Need::Rust, work: Work::Doc },
    Step { name: "suite", needs: Need::Rust, work: Work::Commands(&["cargo test --no-default-features"]) },
    Step { name: "xtask", needs: Need::Rust, work: Work::Commands(&["cargo test --package xtask"]) },
    Step { name: "form", needs: Need::Tools, work: Work::Commands(&["node tests/form/run.mjs"]) },
    Step { name: "browser", needs: Need::Browser, work: Work::BrowserTests },
    Step { name: "build", needs: Need::Tools, work: Work::Build },
    Step { name: "journey", needs: Need::Browser, work: Work::Journeys },
];

/// Runs the steps up to the first that fails; `only` picks one by name, `journey` the journeys by a part of their name.
pub fn test(only: Option<&str>, journey: Option<&str>) -> Result<(), Failure> {
    if only == Some("list") {
        STEPS.iter().for_each(|step| println!("{}", step.name));
        return Ok(());
    }
    let only = only.or(journey.map(|_| "journey"));
    let chosen: Vec<&Step> = STEPS.iter().filter(|step| only.is_none_or(|name| name == step.name)).collect();
    if chosen.is_empty() {
        return Err(Failure::Usage { wrong: format!("--only {}", only.unwrap_or_default()) });
    }
    setup::checkers()?;
    if chosen.iter().any(|step| step.needs != Need::Rust) {
        setup::for_building()?;
    }
    if chosen.iter().any(|step| step.needs == Need::Browser) {
        setup::browser()?;
    }
    report(&run_until_failure(&chosen, journey))
}

struct Outcome {
    name: &'static str,
    time: Duration,
    count: Count,
    failure: Option<Failure>,
}

fn run_until_failure(steps: &[&Step], journey: Option<&str>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for step in steps {
        println!("\n=== {} ===", step.name);
        let start = Instant::now();
        let mut count = Count::default();
        let failure = run(&step.work, journey, &mut count).err();
        let has_failed = failure.is_some();
        println!("=== {}: {:.1} s ===", step.name, start.elapsed().as_secs_f64());
        outcomes.push(Outcome { name: step.name, time: start.elapsed(), count, failure });
        if has_failed {
            break;
        }
    }
    outcomes
}

fn run(work: &Work, journey: Option<&str>, count: &mut Count) -> Result<(), Failure> {
    let mut run = |command: &mut Command| process::run_seeing(command, |line| count.see(line));
    match work {
        Work::Commands(lines) => lines.iter().try_for_each(|line| run(&mut command(line))),
        Work::Doc => run(command("cargo doc --no-default-features --no-deps").env("RUSTDOCFLAGS", "-D warnings")),
        Work::BrowserTests => run(command(&format!("cargo test --target {WASM} --test browser"))
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("CHROMEDRIVER", "/usr/bin/chromedriver")),
        Work::Build => {
            build::build()?;
            build::report_sizes()
        }
        Work::Journeys => run(command("node tests/journey/run.mjs").args(journey)),
    }
}

/// The table, and as the very last line `N passed, N failed` over all tests of all steps.
fn report(outcomes: &[Outcome]) -> Result<(), Failure> {
    println!("\n{:<10} {:>9}  {:>7}  result", "step", "time", "tests");
    let mut total = Count::default();
    let mut failed = Vec::new();
    for outcome in outcomes {
        let result = if outcome.failure.is_some() { "FAILED" } else { "ok" };
        let tests = outcome.count.passed + outcome.count.failed;
        println!("{:<10} {:>7.1} s  {tests:>7}  {result}", outcome.name, outcome.time.as_secs_f64());
        total.passed += outcome.count.passed;
        total.failed += outcome.count.failed;
        if let Some(failure) = &outcome.failure {
            // A step can fail without a test having failed, by not compiling for one.
            total.failed += usize::from(outcome.count.failed == 0);
            failed.push(format!("{} ({failure})", outcome.name));
        }
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    if failed.is_empty() { Ok(()) } else { Err(Failure::Steps { failed: failed.join(", ") }) }
}

/// How many tests a step ran, read from what its programs print.
#[derive(Debug, Default, PartialEq)]
struct Count {
    passed: usize,
    failed: usize,
}

impl Count {
    fn see(&mut self, line: &str) {
        // Cargo: `test result: ok. 3 passed; 0 failed; …`. Ours: `3 passed, 0 failed`.
        let counts = match line.strip_prefix("test result:") {
            Some(rest) => rest.split_once('.').map(|(_, counts)| counts),
            None => line.starts_with(|first: char| first.is_ascii_digit()).then_some(line),
        };
        for part in counts.unwrap_or_default().split([';', ',']) {
            let mut words = part.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<usize>().ok());
            match (number, words.next(), words.next()) {
                (Some(number), Some("passed"), None) => self.passed += number,
                (Some(number), Some("failed"), None) => self.failed += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, passed: usize, failed: usize) {
        let mut count = Count::default();
        count.see(line);
        assert_eq!(count, Count { passed, failed }, "{line}");
    }

    #[test]
    fn tests_are_counted_from_what_runners_print() {
        check("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s", 12, 0);
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out", 3, 2);
        check("14 passed, 1 failed", 14, 1);
        check("running 12 tests", 0, 0);
        check("a journey of 3 passed", 0, 0);
    }
}
