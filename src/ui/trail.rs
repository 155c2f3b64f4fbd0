//! The list that one came from, so that a record on its own page knows what comes before and after it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::model::id::{EntityId, RecordId};
use crate::ui::route::Route;
use crate::ui::view::lens::Found;

/// A list as it was left.
#[derive(Clone)]
pub struct Trail {
    /// Whose records it showed.
    pub entity: EntityId,
    /// The way back to it.
    pub list: Route,
    /// What it showed, in its order.
    pub found: Arc<Found>,
}

impl Trail {
    /// Where a record stands in the list, counted from one, and how long the list is.
    pub fn place(&self, id: RecordId) -> Option<(usize, usize)> {
        let at = self.found.rows.iter().position(|row| *row == id)?;
        Some((at + 1, self.found.rows.len()))
    }

    /// The nearest record before (-1) or after (1) this one that is still there.
    pub fn beside(&self, app: App, id: RecordId, by: isize) -> Option<RecordId> {
        let rows = &self.found.rows;
        let mut at = rows.iter().position(|row| *row == id)?;
        loop {
            at = at.checked_add_signed(by)?;
            let next = *rows.get(at)?;
            if app.ask(|state| state.shared_record(next).is_some()) {
                return Some(next);
            }
        }
    }
}

/// Nobody has been to a list yet.
pub fn provide_trail() {
    provide_context(RwSignal::new(None::<Trail>));
}

/// The list that one came from, if one came from any.
pub fn use_trail() -> RwSignal<Option<Trail>> {
    expect_context::<RwSignal<Option<Trail>>>()
}
