//! All native tests in one binary.

mod pack;
mod plain;
