//! All native tests in one binary.

mod condition;
mod formula;
