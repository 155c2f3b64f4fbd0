//! Values as text: plain and canonical, for exports, explanations, search and input fields.

use crate::engine::form::ReadSettings;
use crate::model::field::{Field, Language};
use crate::model::id::{Currency, RecordId};
use crate::model::value::Value;

/// What has to be known to show a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShowSettings {
    /// The language of option labels and of yes and no.
    pub language: Language,
    /// The currency that is left out because it goes without saying, unless the field has its own.
    pub currency: Currency,
    /// Seconds east of Greenwich.
    pub offset: i32,
}

/// The plain text of a value: `12.5%`, `USD 30`, `2026-11-22 09:30`, labels of options, titles of linked records. Blank gives "".
pub fn show(field: &Field, value: &Value, settings: &ShowSettings, title_of: &dyn Fn(RecordId) -> String) -> String {
    let _ = (field, value, settings, title_of);
    String::new()
}

/// The text that an input shows; reading it gives the value back, save for files.
pub fn edit_text(field: &Field, value: &Value, settings: &ReadSettings) -> String {
    let _ = (field, value, settings);
    String::new()
}
