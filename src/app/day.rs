//! The passing of time: what reads the clock is brought up to date on opening, at midnight, and when somebody looks at the page again.

use leptos::prelude::{Get, GetUntracked, Set};
use leptos::reactive::graph::Observer;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::outside::{after_frame, breathe, pause, performance_now, spawn, window};
use super::workspace::{App, SaveState};
use crate::command::Command;
use crate::model::id::{BatchId, EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::time::Date;

/// How often the day is looked at, in milliseconds: a timer until midnight would stand still while the device sleeps.
const LOOK: i64 = 60_000;

/// Records that are looked at first; then as many as fit into a part of a frame.
const FIRST: usize = 64;

/// A slice may take so many milliseconds: a part of a frame.
const SLICE: f64 = 4.0;

/// Time has to pass, in milliseconds, before it is worth while to look at all records again on the same day.
const WORTH: i64 = 60_000;

impl App {
    /// The day that it is here; the running view is drawn again at midnight.
    pub fn day(self) -> Date {
        let day = &self.inner().day;
        if Observer::get().is_some() { day.get() } else { day.get_untracked() }
    }

    /// Follows the clock for the life of the page.
    ///
    /// Hidden tabs wait until they are looked at. If two do it at once, the second finds nothing left to do, and what rules make
    /// of it has the same ids in both.
    pub(super) fn follow_time(self) {
        let Some(document) = window().and_then(|window| window.document()) else { return };
        let seen = Closure::<dyn Fn()>::new(move || {
            if is_seen() {
                self.inner().platform.look_at_zone();
                self.time_has_passed();
            }
        });
        // Without the event the look at the clock every minute is late by a minute.
        let _ = document.add_event_listener_with_callback("visibilitychange", seen.as_ref().unchecked_ref());
        // The listener lives as long as the page.
        seen.forget();
        spawn(async move {
            after_frame().await;
            self.time_has_passed();
            loop {
                let now = self.now();
                let left = self.zone().day_end(now).0.saturating_sub(now.0);
                pause(left.clamp(1, LOOK) as i32).await;
                if is_seen() && self.today() != self.inner().day.get_untracked() {
                    self.time_has_passed();
                }
            }
        });
    }

    fn time_has_passed(self) {
        let inner = self.inner();
        let (now, today) = (self.now(), self.today());
        let is_new = inner.day.get_untracked() != today;
        if is_new {
            inner.day.set(today);
        }
        let is_worth = inner.ticked.get().is_none_or(|last| (now.0 - last.0).abs() >= WORTH);
        if is_new || is_worth {
            inner.ticked.set(Some(now));
            spawn(self.tick());
        }
    }

    /// Brings what reads the clock up to date, slice by slice, as one piece of work that nobody did.
    async fn tick(self) {
        let batch = BatchId(self.context().ids.draw());
        let clocked = self.inner().blueprint.borrow().plan.clocked();
        let mut count = FIRST;
        for entity in clocked {
            let records = self.ask(|state| state.members(entity));
            let mut left = records.as_slice();
            while !left.is_empty() {
                // What cannot be written would only pile up.
                if self.save_state().get_untracked() == SaveState::NotSaved {
                    return;
                }
                let (slice, later) = left.split_at(count.min(left.len()));
                left = later;
                let began = performance_now();
                self.tick_slice(entity, slice, batch);
                let took = performance_now() - began;
                count = if took > SLICE { (count / 2).max(8) } else { (count * 2).min(2_000) };
                breathe().await;
            }
        }
    }

    fn tick_slice(self, entity: EntityId, records: &[RecordId], batch: BatchId) {
        let command = Command::Tick { entity, records: records.to_vec() };
        if let Err(rejection) = self.dispatch_in(command, Some(batch)) {
            // Only rules without end refuse it; then these records stay as they are until somebody touches them.
            leptos::logging::warn!("the day could not be brought up to date: {rejection:?}");
        }
    }
}

/// Whether somebody can see the page.
fn is_seen() -> bool {
    window().and_then(|window| window.document()).is_some_and(|document| !document.hidden())
}
