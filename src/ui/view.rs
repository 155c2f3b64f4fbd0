//! Views: the larger pieces that pages are made of.

pub mod act_as;
pub mod board;
pub mod calendar;
pub mod convert;
pub mod export;
pub mod figure;
pub mod filter;
pub mod first_run;
pub mod form;
pub mod gallery;
pub mod history;
pub mod import;
pub mod lens;
pub mod list;
pub mod palette;
pub mod past;
pub mod record;
pub mod related;
pub mod schedule;
pub mod score_card;
pub mod settings;
pub mod shape;
pub mod shortcuts;
pub mod stream;
pub mod timeline;
pub mod tour;
mod why;
