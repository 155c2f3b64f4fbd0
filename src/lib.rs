//! Perennial: a customer lifecycle platform that runs wholly in the browser.
//!
//! The layers, in reading order; each knows only those above it:
//!
//! 1. [`model`] is the vocabulary: values, fields, entities, records, definitions, changes, the state.
//! 2. [`engine`] asks pure questions about the state: formulas, conditions, checks, computed fields, rules, lists, imports.
//! 3. [`command`] decides what a command changes, without doing it.
//! 4. [`store`] keeps what was decided: a log of commits, and pages as its cache.
//! 5. `app` is the one place where things change: it dispatches, commits, writes and wakes the views.
//! 6. `ui` draws the workspace and sends commands.
//!
//! Invariants:
//!
//! - Every change, whoever asks for it, is a [`command::Command`] decided on a [`model::state::State`] and kept as one
//!   [`model::change::Commit`]. No command emits commands.
//! - Applying a commit's changes and then their inverses gives the state back, bit by bit.
//! - The core has neither clock nor chance nor storage: they come in through [`command::Context`].
//! - No code names an entity: leads and accounts are definitions of a pack.

pub mod command;
pub mod engine;
pub mod model;
pub mod store;

#[cfg(feature = "browser")]
pub mod app;
#[cfg(feature = "browser")]
pub mod ui;
