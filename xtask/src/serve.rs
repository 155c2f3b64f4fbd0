//! Builds once and serves `dist/` on this machine, as fast as it will be for a visitor.

use std::net::{Ipv4Addr, TcpListener};

use crate::failure::Failure;
use crate::{build, process, setup};

/// Serves until it is stopped with Ctrl-C.
pub fn serve(port: &str, stay_closed: bool) -> Result<(), Failure> {
    is_free(port)?;
    setup::for_building()?;
    build::build()?;
    let mut server = process::command("node tests/journey/serve.mjs dist");
    server.args(["--port", port]);
    if !stay_closed {
        server.arg("--open");
    }
    process::run(&mut server)
}

/// Asked first: nobody should wait for a build to hear it.
fn is_free(port: &str) -> Result<(), Failure> {
    let port: u16 = port.parse().map_err(|_| Failure::Usage { wrong: format!("--port {port}") })?;
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|source| Failure::Port { port, source })
}
