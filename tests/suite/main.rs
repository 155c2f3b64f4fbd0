//! All native tests in one binary.

mod form;
mod list;
mod transfer;
