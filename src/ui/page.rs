//! Pages: one for each kind of place that an address can name.

pub mod first_run;
pub mod history;
pub mod import;
pub mod record;
pub mod records;
pub mod settings;
