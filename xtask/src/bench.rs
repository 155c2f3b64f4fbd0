//! Measures the release build in a real browser.

use crate::failure::Failure;
use crate::{build, process, setup};

/// Runs the measurements, or those with one of the given words in their name.
pub fn bench(names: &[String]) -> Result<(), Failure> {
    setup::for_building()?;
    setup::browser()?;
    build::build()?;
    process::run(process::command("node tests/bench/run.mjs").args(names))
}
