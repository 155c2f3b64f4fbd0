//! The focus, when what had it goes: it follows its record, or stays near, and never falls back to the top of the page.

use leptos::prelude::*;

use crate::model::id::RecordId;
use crate::ui::browser;

/// Where the focus goes when its own place is gone, the nearest first.
const NEAR: [&str; 4] = [".grid__body [tabindex=\"0\"]", ".board .card__title", ".page__body .empty .button", "#main"];

/// What had the focus, by the record that it stood for.
pub struct Held {
    record: Option<String>,
    column: Option<String>,
}

/// What has the focus now.
pub fn held() -> Held {
    let around = |selector: &str, name: &str| browser::focused()?.closest(selector).ok()??.get_attribute(name);
    Held {
        record: around(".card[data-key]", "data-key").or_else(|| around("[data-id]", "data-id")),
        column: around("[data-col]", "data-col"),
    }
}

/// The focus belongs to a record, if what has it now goes.
pub fn give_to(record: RecordId) {
    Held { record: Some(record.to_string()), column: None }.keep();
}

impl Held {
    /// Gives the focus back once the page has been drawn anew, if it was lost then.
    pub fn keep(self) {
        // Two frames: one may still draw what the other takes away.
        request_animation_frame(move || {
            request_animation_frame(move || {
                if browser::has_focused_element() || self.focus_record() {
                    return;
                }
                let _ = NEAR.into_iter().any(browser::focus_first);
            });
        });
    }

    fn focus_record(&self) -> bool {
        let Some(record) = &self.record else { return false };
        let column = self.column.as_deref().unwrap_or("1");
        let places = [
            format!(".card[data-key=\"{record}\"] .card__title"),
            format!("[data-id=\"{record}\"] > [data-col=\"{column}\"]"),
        ];
        places.iter().any(|place| browser::focus_first(place))
    }
}
