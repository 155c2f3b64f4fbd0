//! Fields: how each kind is shown and how each kind is filled in. It knows no entity and no place on the screen.

mod blob;
mod camera;
mod choice;
mod clash;
mod combobox;
mod cover;
mod date;
mod draft;
mod file;
mod formula;
mod input;
mod link;
mod mark;
mod place;
mod show;
mod signature;

pub use blob::address;
pub use clash::{clash_id, field_clash};
pub use cover::{cover, first_picture, picture};
pub use date::DayInput;
pub use draft::{Asking, FieldDraft, Typed, once_read};
pub use formula::{FormulaInput, bare_formula};
pub use input::{FieldInput, InlineInput, is_group};
pub use show::{Shown, meaning, plain, show, show_in_cell};
