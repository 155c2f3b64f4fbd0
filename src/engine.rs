//! The engines: pure questions about a workspace. They keep nothing between calls, know no storage, clock or browser, and,
//! the grammar aside, not each other.
//!
//! Two of them find records for people: [`search`] by names as they are typed, in an index that its owner keeps, and [`phrase`]
//! by words that mean a condition. [`list`] shows what a condition finds.

pub mod cells;
pub mod compute;
pub mod condition;
pub mod convert;
pub mod design;
pub mod form;
pub mod formula;
pub mod list;
pub mod pack;
pub mod past;
pub mod phrase;
pub mod plain;
pub mod report;
pub mod rule;
pub mod schedule;
pub mod search;
pub mod stream;
pub mod transfer;
pub mod tree;
