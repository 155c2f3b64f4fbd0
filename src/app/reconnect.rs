//! The database was taken away: what waits stays in memory, the strip says so, and trying again opens the database anew.

use leptos::prelude::Set;

use super::open::open_database;
use super::workspace::{App, Banner, SaveState, ToastAction};
use crate::model::state::Reader;
use crate::store::indexed_db::Lost;
use crate::store::{Head, PageMap, Store, StoreError, snapshot};

impl App {
    /// The connection is gone. What is on disk stays there, and what is not waits.
    pub(super) fn lose_connection(self, lost: Lost) {
        let writer = &self.inner().writer;
        writer.lost.set(Some(lost));
        if !writer.is_idle() {
            self.inner().save_state.set(SaveState::NotSaved);
        }
        self.inner().banner.set(Some(Banner::of_lost(lost)));
    }

    /// Opens the database again and goes on where it was left.
    ///
    /// If the browser has thrown everything away meanwhile, the workspace is put back as it stands in memory.
    pub(super) async fn reconnect(self) -> Result<(), StoreError> {
        let inner = self.inner();
        let blocked = move || self.inner().banner.set(Some(Banner::Blocked));
        let opened = open_database(inner.platform.device(), blocked).await?;
        let known = inner.writer.head.borrow().clone();
        if opened.head == Head::default() && known != Head::default() {
            self.put_back(&opened.store, &opened.head).await?;
        }
        *inner.writer.store.borrow_mut() = Some(opened.store);
        inner.writer.lost.set(None);
        // Another tab may have laid records out on other pages meanwhile.
        inner.writer.pages.borrow_mut().spoil_all();
        self.catch_up().await
    }

    async fn put_back(self, store: &Store, empty: &Head) -> Result<(), StoreError> {
        let inner = self.inner();
        let mut context = self.context();
        let now = inner.platform.now();
        let entries = self.ask(|state| snapshot::found(state, now, context.signature(), &mut context.ids))?;
        entries.iter().for_each(|entry| inner.platform.hear(entry.at()));
        // What waits is a part of the state; what comes up from here on is not.
        let covered = inner.writer.queue.borrow().len();
        let head = store.replace_all(empty, &entries, &Default::default()).await?;
        *inner.writer.head.borrow_mut() = head;
        let done: Vec<_> = inner.writer.queue.borrow_mut().drain(..covered).collect();
        for pending in done {
            // Whoever waited may have gone: the write counts all the same.
            let _ = pending.waiting.map(|waiting| waiting.send(Ok(pending.left_out)));
        }
        *inner.writer.pages.borrow_mut() = self.ask(PageMap::of);
        inner.history.borrow_mut().older = None;
        self.announce_history();
        self.warn("toast-put-back", Vec::new(), ToastAction::None);
        Ok(())
    }

    /// Whether something would be lost if the page were closed now.
    pub fn would_lose(self) -> bool {
        let writer = &self.inner().writer;
        let holds_something = || self.ask(|state| !Reader::entities(state).is_empty());
        !writer.is_idle() || !writer.keeps() && holds_something()
    }
}
