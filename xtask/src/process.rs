//! Starting other programs from the repository's root with the project's own tools first on PATH.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::place;

/// A command from the repository's root: `command("cargo fmt --all")`.
pub fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(place::root()).env("PATH", search_path());
    // Trunk reads NO_COLOR as the value of its own `--no-color` and refuses `1`.
    command.env_remove("NO_COLOR");
    command
}

/// Runs to the end with the terminal's own input and output.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|source| start_failure(command, source))?;
    if status.success() { Ok(()) } else { Err(Failure::Exit { command: shown(command), code: status.code() }) }
}

/// Runs to the end, passes each line of standard output on and shows it to `see`.
pub fn run_seeing(command: &mut Command, mut see: impl FnMut(&str)) -> Result<(), Failure> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|source| start_failure(command, source))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            see(&line);
        }
    }
    let status = child.wait().map_err(|source| start_failure(command, source))?;
    if status.success() { Ok(()) } else { Err(Failure::Exit { command: shown(command), code: status.code() }) }
}

/// What a command printed, or nothing when it is missing or failed.
pub fn output_of(line: &str) -> Option<String> {
    let output = command(line).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a command is there and ends well.
pub fn answers(line: &str) -> bool {
    output_of(line).is_some()
}

fn start_failure(command: &Command, source: std::io::Error) -> Failure {
    Failure::Start { program: command.get_program().to_string_lossy().into_owned(), source }
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

/// npm's tools, then cargo's, then what was there: Debian's `wasm-opt` is too old for us.
fn search_path() -> OsString {
    let mut folders = vec![place::at("node_modules/.bin")];
    folders.extend(cargo_bin());
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    env::join_paths(folders).unwrap_or_default()
}

fn cargo_bin() -> Option<PathBuf> {
    if let Some(home) = env::var_os("CARGO_HOME") {
        return Some(PathBuf::from(home).join("bin"));
    }
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
    Some(PathBuf::from(home).join(".cargo/bin"))
}
