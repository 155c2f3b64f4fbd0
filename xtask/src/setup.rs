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

/// All that `build` and `serve` need.
pub fn for_building() -> Result<(), Failure> {
    step("wasm target", wasm_target)?;
    npm()?;
    step("trunk", || cargo_tool("trunk", "trunk", tool::TRUNK, &["--no-default-features", "--features", "rustls"]))?;
    let version = tool::wasm_bindgen()?;
    step("wasm-bindgen", || cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &version, &[]))
}

/// The npm packages alone.
pub fn npm() -> Result<(), Failure> {
    step("npm packages", npm_packages)
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
    println!("setup  {name:<14} {word:<10} {:6.1} s", start.elapsed().as_secs_f64());
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

/// `npm ci` when the packages are missing or not those of the lock file.
fn npm_packages() -> Result<Done, Failure> {
    let stamp = place::at("node_modules/.lock-stamp");
    let lock = place::read(&place::at("package-lock.json"))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(Done::WasThere);
    }
    if process::output_of("node --version").is_none() {
        return Err(Failure::Install {
            advice: "Node.js 20 or newer is needed, with npm; it was not found".to_owned(),
        });
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::run(process::command(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    place::write(&stamp, &lock)?;
    Ok(Done::Installed)
}

fn cargo_tool(program: &str, package: &str, version: &str, features: &[&str]) -> Result<Done, Failure> {
    let is_right = || {
        process::output_of(&format!("{program} --version"))
            .is_some_and(|said| said.split_whitespace().any(|word| word == version))
    };
    if is_right() {
        return Ok(Done::WasThere);
    }
    println!("setup  {package} {version}: building it takes a few minutes, once");
    let install = |locked: &[&str]| {
        let mut command = process::command("cargo install");
        // The stock profile optimises for minutes what runs for seconds.
        command
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            // Outside the repository, or its .cargo/config.toml would have a say.
            .current_dir(std::env::temp_dir())
            .args([package, "--version", version])
            .args(features)
            .args(locked);
        process::run(&mut command)
    };
    // A registry mirror can lag behind the versions in the tool's own lock file.
    install(&["--locked"]).or_else(|_| install(&[]))?;
    if is_right() {
        Ok(Done::Installed)
    } else {
        Err(Failure::Install { advice: format!("{program} {version} was installed but is not the one that answers") })
    }
}

fn chromium() -> Result<Done, Failure> {
    if Path::new(CHROMIUM).exists() && Path::new(CHROME_DRIVER).exists() {
        return Ok(Done::WasThere);
    }
    if process::output_of("apt-get --version").is_none() {
        let advice =
            format!("browser tests need {CHROMIUM} and {CHROME_DRIVER} of the same version; install them by hand");
        return Err(Failure::Install { advice });
    }
    let is_root = process::output_of("id -u").as_deref() == Some("0");
    let prefix = if is_root { "" } else { "sudo " };
    for line in ["apt-get update", "apt-get install --yes chromium chromium-driver fonts-noto-cjk"] {
        let mut command = process::command(&format!("{prefix}{line}"));
        process::run(command.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))?;
    }
    Ok(Done::Installed)
}
