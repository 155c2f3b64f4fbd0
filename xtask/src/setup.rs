//! Installs what building and testing need, skips what is there, and prints one line a step.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use crate::failure::Failure;
use crate::{place, process, tool};

const WASM: &str = "wasm32-unknown-unknown";
const CHROMIUM: &str = "/usr/bin/chromium";
const CHROME_DRIVER: &str = "/usr/bin/chromedriver";
const APT_INSTALL: &str = "apt-get install --yes chromium chromium-driver fonts-noto-cjk";

/// All that `build` and `serve` need.
pub fn for_building() -> Result<(), Failure> {
    npm()?;
    step("wasm target", wasm_target)?;
    let rustls = &["--no-default-features", "--features", "rustls"];
    step("trunk", || cargo_tool(&["trunk"], "trunk", tool::TRUNK, rustls))?;
    let version = tool::wasm_bindgen()?;
    let programs = &["wasm-bindgen", "wasm-bindgen-test-runner"];
    step("wasm-bindgen", || cargo_tool(programs, "wasm-bindgen-cli", &version, &[]))
}

/// The npm packages alone.
pub fn npm() -> Result<(), Failure> {
    step("node", node)?;
    step("npm packages", npm_packages)
}

/// What the checks of the sources need besides; rustup's minimal profile is without them.
pub fn checkers() -> Result<(), Failure> {
    step("rustfmt, clippy", rust_components)
}

/// What `test` and `bench` need besides.
pub fn browser() -> Result<(), Failure> {
    step("chromium", chromium)
}

enum Done {
    WasThere,
    Installed,
}

fn step(name: &str, work: impl FnOnce() -> Result<Done, Failure>) -> Result<(), Failure> {
    let start = Instant::now();
    let word = match work()? {
        Done::WasThere => "there",
        Done::Installed => "installed",
    };
    println!("setup  {name:<16} {word:<10} {:6.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn wasm_target() -> Result<Done, Failure> {
    match process::output_of("rustup target list --installed") {
        Some(list) if list.lines().any(|line| line.trim() == WASM) => return Ok(Done::WasThere),
        Some(_) => {}
        // Rust from a distribution has no rustup, but perhaps the target.
        None if has_target_library() => return Ok(Done::WasThere),
        None => {
            let advice = format!("the Rust target {WASM} is missing and there is no rustup to add it with");
            return Err(Failure::Install { advice });
        }
    }
    process::run(&mut process::command(&format!("rustup target add {WASM}")))?;
    Ok(Done::Installed)
}

fn has_target_library() -> bool {
    process::output_of(&format!("rustc --print target-libdir --target {WASM}"))
        .is_some_and(|folder| Path::new(&folder).is_dir())
}

fn rust_components() -> Result<Done, Failure> {
    let is_there = || ["cargo fmt --version", "cargo clippy --version"].iter().all(|line| process::answers(line));
    if is_there() {
        return Ok(Done::WasThere);
    }
    if !process::answers("rustup --version") {
        let advice = "`cargo fmt` or `cargo clippy` is missing and there is no rustup to add it with".to_owned();
        return Err(Failure::Install { advice });
    }
    process::run(&mut process::command("rustup component add rustfmt clippy"))?;
    Ok(Done::Installed)
}

/// Node runs the server, the journeys and wasm-opt. Which one is right for a machine is for its owner to say.
fn node() -> Result<Done, Failure> {
    let (major, minor) = tool::NODE;
    let found = process::output_of("node --version");
    if found.as_deref().and_then(tool::major_and_minor).is_some_and(|found| found >= tool::NODE) {
        return Ok(Done::WasThere);
    }
    let found = found.map_or("none was found".to_owned(), |version| format!("this is {version}"));
    let advice = format!("Node.js {major}.{minor} or newer is needed and {found}; see https://nodejs.org/en/download");
    Err(Failure::Install { advice })
}

/// `npm ci` when the packages are missing or not those of the lock file.
fn npm_packages() -> Result<Done, Failure> {
    let stamp = place::at("node_modules/.lock-stamp");
    let lock = place::read(&place::at("package-lock.json"))?;
    let is_same = fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock);
    if is_same && folders_in(&lock).all(|folder| place::at(folder).join("package.json").is_file()) {
        return Ok(Done::WasThere);
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !process::answers(&format!("{npm} --version")) {
        let advice = "npm is needed beside Node.js and was not found; Debian has it in a package of its own, `npm`";
        return Err(Failure::Install { advice: advice.to_owned() });
    }
    let mut command = process::command(npm);
    process::run(command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]))?;
    place::write(&stamp, &lock)?;
    Ok(Done::Installed)
}

/// Where the packages of a lock file lie: its keys like `"node_modules/dexie": {`.
fn folders_in(lock: &str) -> impl Iterator<Item = &str> {
    let keys = lock.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\": {"));
    keys.filter(|key| key.starts_with("node_modules/"))
}

fn cargo_tool(programs: &[&str], package: &str, version: &str, features: &[&str]) -> Result<Done, Failure> {
    let is_right = |program: &&str| {
        process::output_of(&format!("{program} --version"))
            .is_some_and(|said| said.split_whitespace().any(|word| word == version))
    };
    if programs.iter().all(is_right) {
        return Ok(Done::WasThere);
    }
    println!("setup  {package} {version}: building it takes a few minutes, once");
    let target = place::at("target/setup");
    let install = |locked: &[&str]| {
        let mut command = process::command("cargo install");
        // The stock profile optimises for minutes what runs for seconds.
        command
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            // Kept until it succeeds: what is stopped half-way goes on from there.
            .env("CARGO_TARGET_DIR", &target)
            // Outside the repository, or its .cargo/config.toml would have a say.
            .current_dir(std::env::temp_dir())
            // By force, since a broken or foreign program of that name is to be replaced.
            .args(["--force", package, "--version", version])
            .args(features)
            .args(locked);
        process::run(&mut command)
    };
    // A registry mirror can lag behind the versions in the tool's own lock file.
    install(&["--locked"]).or_else(|_| install(&[]))?;
    // Only space is lost when it stays.
    let _ = fs::remove_dir_all(&target);
    match programs.iter().find(|program| !is_right(program)) {
        None => Ok(Done::Installed),
        Some(program) => {
            let advice = format!("{program} {version} was installed but is not the one that answers");
            Err(Failure::Install { advice })
        }
    }
}

fn chromium() -> Result<Done, Failure> {
    if [CHROMIUM, CHROME_DRIVER].iter().all(|program| process::answers(&format!("{program} --version"))) {
        return Ok(Done::WasThere);
    }
    if !process::answers("apt-get --version") {
        let advice =
            format!("browser tests need {CHROMIUM} and {CHROME_DRIVER} of the same version; install them by hand");
        return Err(Failure::Install { advice });
    }
    let is_root = process::output_of("id -u").as_deref() == Some("0");
    if !is_root && !process::answers("sudo --version") {
        let advice = format!("browser tests need Chromium, and only root may install it; as root: {APT_INSTALL}");
        return Err(Failure::Install { advice });
    }
    println!("setup  chromium, its driver and fonts: apt-get installs them");
    let prefix = if is_root { "" } else { "sudo " };
    let apt = |line: &str| {
        // Not as a variable of ours, which sudo would not pass on.
        let mut command = process::command(&format!("{prefix}env DEBIAN_FRONTEND=noninteractive {line}"));
        process::run(command.stdout(Stdio::null()))
    };
    // What an interrupted installation left; where even that cannot be finished, apt-get says so.
    let _ = apt("dpkg --configure --pending");
    apt("apt-get update")?;
    apt(APT_INSTALL)?;
    Ok(Done::Installed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folders_of_a_lock_file_are_its_packages() {
        let lock = "{\n  \"packages\": {\n    \"\": {\n    },\n    \"node_modules/@a/b\": {\n      \"engines\": {\n";
        assert_eq!(folders_in(lock).collect::<Vec<_>>(), ["node_modules/@a/b"]);
    }
}
