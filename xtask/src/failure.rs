//! Why a task stopped, in words for the person at the terminal.

use std::fmt;
use std::path::PathBuf;

/// Why a task stopped.
#[derive(Debug)]
pub enum Failure {
    /// The command line made no sense.
    Usage { wrong: String },
    /// A program could not be started.
    Start { program: String, source: std::io::Error },
    /// A program ran and said no.
    Exit { command: String, code: Option<i32> },
    /// A file could not be read or written.
    File { path: PathBuf, source: std::io::Error },
    /// A file does not hold what it should.
    Content { path: PathBuf, missing: String },
    /// Something must be installed by hand.
    Install { advice: String },
    /// Nothing can be served at this port.
    Port { port: u16, source: std::io::Error },
    /// These test steps failed.
    Steps { failed: String },
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { wrong } => write!(out, "did not understand {wrong:?}; try `cargo xtask help`"),
            Self::Start { program, source } => write!(out, "could not start {program}: {source}"),
            Self::Exit { command, code: Some(code) } => write!(out, "`{command}` ended with {code}"),
            Self::Exit { command, code: None } => write!(out, "`{command}` was stopped"),
            Self::File { path, source } => write!(out, "{}: {source}", path.display()),
            Self::Content { path, missing } => write!(out, "{}: {missing}", path.display()),
            Self::Install { advice } => write!(out, "{advice}"),
            Self::Port { port, source } if source.kind() == std::io::ErrorKind::AddrInUse => {
                write!(
                    out,
                    "port {port} is taken by another program; choose one with `cargo xtask serve --port NUMBER`"
                )
            }
            Self::Port { port, source } => write!(out, "port {port} cannot be used: {source}"),
            Self::Steps { failed } => write!(out, "failed: {failed}"),
        }
    }
}
