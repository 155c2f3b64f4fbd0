//! Builds once and serves `dist/` on this machine, as fast as it will be for a visitor.

use crate::failure::Failure;
use crate::{build, process, setup};

/// Serves until it is stopped with Ctrl-C.
pub fn serve(port: &str, stay_closed: bool) -> Result<(), Failure> {
    setup::for_building()?;
    build::build()?;
    let mut server = process::command("node tests/journey/serve.mjs dist");
    server.args(["--port", port]);
    if !stay_closed {
        server.arg("--open");
    }
    process::run(&mut server)
}
