//! Filters on their way from the palette to a list. They are not part of the address, and nobody keeps them who does not want to.

use leptos::prelude::*;

use crate::model::condition::Condition;
use crate::model::id::EntityId;
use crate::ui::view::lens::Lens;

/// How a list is to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Handed {
    /// Whose records.
    pub entity: EntityId,
    /// The view that takes it up.
    pub view: String,
    /// What has to hold, in place of the view's own filters.
    pub filters: Vec<Condition>,
    /// Words that are looked for.
    pub search: String,
}

/// Nothing is on its way yet.
pub fn provide_handed() {
    provide_context(RwSignal::new(None::<Handed>));
}

/// What is on its way.
pub fn use_handed() -> RwSignal<Option<Handed>> {
    expect_context::<RwSignal<Option<Handed>>>()
}

/// Lets a lens take up what is handed to its view, now and for as long as it is shown.
pub fn take_up(lens: Lens) {
    let handed = use_handed();
    Effect::new(move |_| {
        let is_ours = handed.with(|handed| {
            let view = lens.view.with_value(|view| view.id.clone());
            handed.as_ref().is_some_and(|handed| handed.entity == lens.entity && handed.view == view)
        });
        if let Some(given) = is_ours.then(|| handed.try_update_untracked(Option::take).flatten()).flatten() {
            lens.filters.set(given.filters);
            lens.search.set(given.search);
        }
    });
}
