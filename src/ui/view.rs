//! Views: the larger pieces that pages are made of.

pub mod board;
pub mod figure;
pub mod filter;
pub mod form;
pub mod lens;
pub mod list;
pub mod palette;
pub mod shortcuts;
