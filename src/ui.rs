//! The interface: views that read the workspace and send commands. They compute nothing worth a unit test.

mod act;
pub mod browser;
mod field;
mod focus;
mod format;
mod handed;
mod keep;
mod layer;
mod page;
mod part;
mod received;
mod route;
mod sentence;
mod shell;
mod text;
mod trail;
mod view;

pub use shell::{Blocked, NoRoom, Root, TooNew, Unreadable};
