//! Emptying the workspace: everything goes, the log with it, and nothing brings it back but a snapshot.

use leptos::prelude::Set;

use super::history::History;
use super::open::KEPT;
use super::outside::spawn;
use super::preference;
use super::snapshot::everything;
use super::wake::Touched;
use super::workspace::{App, Banner};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::state::State;
use crate::store::PageMap;

/// What this device remembers about the workspace rather than about its reader.
const ABOUT_IT: [&str; 4] = [KEPT, "actor", "backup", "rail-order"];
/// How the names begin under which it remembers what was written about records and not sent.
pub const UNSENT: &str = "unsent.";

impl App {
    /// Empties the workspace and the files with it; the first run is shown again.
    pub fn reset(self, done: impl FnOnce(Result<(), Rejection>) + 'static) {
        spawn(async move {
            if let Err(rejection) = self.hold_writing().await {
                return done(Err(rejection));
            }
            let outcome = self.empty().await;
            self.resume_writing();
            done(outcome);
        });
    }

    async fn empty(self) -> Result<(), Rejection> {
        let writer = &self.inner().writer;
        let store = writer.store.borrow().clone();
        if let Some(store) = store {
            let expected = writer.head.borrow().clone();
            let cleared = store.clear(&expected).await;
            let head =
                cleared.map_err(|error| Rejection::from(Diagnostic::new(Code::NotSaved).with("detail", error)))?;
            *writer.head.borrow_mut() = head;
        }
        let mut touched = Touched::default();
        self.ask(|former| touched.note(former, &everything(former)));
        let state = State::new();
        let mut pages = PageMap::of(&state);
        pages.spoil_all();
        *writer.pages.borrow_mut() = pages;
        *self.inner().state.borrow_mut() = state;
        *self.inner().history.borrow_mut() = History::default();
        ABOUT_IT.into_iter().for_each(preference::forget);
        preference::forget_all(UNSENT);
        self.recompile();
        // What somebody did to the former workspace meanwhile has nothing left to be done to.
        let pending = writer.queue.borrow_mut().drain(..).collect();
        self.decide_pending(pending, touched);
        self.preferences().set_actor(None);
        self.inner().banner.set(None::<Banner>);
        self.tell_other_tabs();
        Ok(())
    }
}
