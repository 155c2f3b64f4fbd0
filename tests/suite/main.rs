//! All native tests in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what is wrong by failing")]

mod architecture;
mod cells;
mod command;
mod condition;
mod design;
mod filling;
mod form;
mod formula;
mod functions;
mod list;
mod merge;
mod pack;
mod phrase;
mod plain;
mod reckoning;
mod report;
mod schedule;
mod search;
mod store;
mod stream;
mod transfer;
