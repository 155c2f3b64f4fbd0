//! The engines: pure questions about a workspace. They keep nothing between calls, know no storage, clock or browser, and,
//! the grammar aside, not each other.

pub mod cells;
pub mod compute;
pub mod condition;
pub mod convert;
pub mod form;
pub mod formula;
pub mod list;
pub mod pack;
pub mod past;
pub mod plain;
pub mod report;
pub mod rule;
pub mod schedule;
pub mod stream;
pub mod transfer;
pub mod tree;
