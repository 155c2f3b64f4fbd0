//! Pages: one for each kind of place that the address can name.

pub mod design;
pub mod entities;
pub mod fill;
pub mod first_run;
pub mod form_design;
pub mod forms;
pub mod history;
pub mod import;
pub mod kiosk;
pub mod past;
pub mod record;
pub mod records;
pub mod settings;
pub mod shared;
