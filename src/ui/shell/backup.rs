//! When a backup was last saved from this device, and when it is time for another.

use leptos::prelude::*;

use crate::model::time::Instant;
use crate::ui::browser;

const KEY: &str = "backup";

/// Days after which a backup is old.
const OLD: i64 = 14;

/// Entries of the log from which on a workspace without any backup is worth a word.
const WORTH: u64 = 500;

/// When a backup was last saved.
#[derive(Clone, Copy)]
pub struct Backup(RwSignal<Option<Instant>>);

impl Backup {
    /// As this device remembers it.
    pub fn remembered() -> Self {
        let millis = browser::remembered(KEY).and_then(|text| text.parse().ok());
        Backup(RwSignal::new(millis.map(Instant)))
    }

    /// One has been saved.
    pub fn note(self, at: Instant) {
        browser::remember(KEY, &at.0.to_string());
        self.0.set(Some(at));
    }

    /// When it was.
    pub fn last(self) -> Option<Instant> {
        self.0.get()
    }

    /// Whether it is time for another, with so many entries in the log.
    pub fn is_due(self, now: Instant, entries: u64) -> bool {
        match self.last() {
            Some(last) => (now.0 - last.0) / 86_400_000 >= OLD,
            None => entries >= WORTH,
        }
    }
}
