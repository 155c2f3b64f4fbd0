//! The writer: commits wait in a queue until they are on disk, in order, several to a transaction. It holds no view's signals.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::{GetUntracked, Set};

use super::open::KEPT;
use super::outside::{breathe, pause, spawn};
use super::preference;
use super::workspace::{App, Banner, SaveState};
use crate::command::history::Clashing;
use crate::command::{Command, Context};
use crate::model::change::Commit;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::RecordId;
use crate::store::indexed_db::Lost;
use crate::store::{EncodedCommit, Head, PageMap, Store, StoreError, log};

/// How long the workspace must be still before its pages are rewritten, in milliseconds.
const STILL: i32 = 1_500;

/// Pages that are encoded between two frames: four thousand records, some milliseconds.
const PAGES_AT_ONCE: usize = 8;

/// The queue to the disk.
pub struct Writer {
    pub(super) store: RefCell<Option<Store>>,
    pub(super) pages: RefCell<PageMap>,
    pub(super) head: RefCell<Head>,
    pub(super) queue: RefCell<VecDeque<Pending>>,
    is_running: Cell<bool>,
    has_news: Cell<bool>,
    is_checkpointing: Cell<bool>,
    writes: Cell<u64>,
    keeps: Cell<bool>,
    /// Why the connection is gone, if it is.
    pub(super) lost: Cell<Option<Lost>>,
    must_reconnect: Cell<bool>,
}

/// A commit that is not on disk yet, with what it takes to decide it again if another tab was faster.
pub struct Pending {
    pub(super) commit: Arc<Commit>,
    pub(super) ask: Ask,
    pub(super) waiting: Option<oneshot::Sender<Result<Vec<RecordId>, Rejection>>>,
    /// Records that somebody else was faster to change: work on many went on without them.
    pub(super) left_out: Vec<RecordId>,
}

/// What a commit was decided from.
#[derive(Clone)]
pub enum Ask {
    /// A command.
    Command {
        /// The command.
        command: Command,
        /// What it was told about the world.
        context: Context,
    },
    /// The undoing or redoing of commits, from the oldest to the newest.
    Undo(Vec<Arc<Commit>>),
    /// The same long after they were made, with what becomes of things that have changed since.
    TakeBack(Vec<Arc<Commit>>, Clashing),
}

/// Resolves once a change is on disk.
pub struct Saved(Option<oneshot::Receiver<Result<Vec<RecordId>, Rejection>>>);

impl Saved {
    /// Nothing had to be written.
    pub fn already() -> Self {
        Saved(None)
    }

    /// Waits until the change is on disk, or says why it is not.
    pub async fn wait(self) -> Result<(), Rejection> {
        self.left_out().await.map(drop)
    }

    /// The same, with the records that were left out because somebody else was faster to change them.
    pub async fn left_out(self) -> Result<Vec<RecordId>, Rejection> {
        match self.0 {
            None => Ok(Vec::new()),
            Some(receiver) => receiver
                .await
                .unwrap_or_else(|_| Err(Diagnostic::new(Code::NotSaved).with("detail", "page-is-closing").into())),
        }
    }
}

impl Writer {
    /// A writer to a store that has just been opened.
    pub fn new(store: Option<Store>, pages: PageMap, head: Head, keeps: bool) -> Self {
        Writer {
            store: RefCell::new(store),
            pages: RefCell::new(pages),
            head: RefCell::new(head),
            queue: RefCell::new(VecDeque::new()),
            is_running: Cell::new(false),
            has_news: Cell::new(false),
            is_checkpointing: Cell::new(false),
            writes: Cell::new(0),
            keeps: Cell::new(keeps),
            lost: Cell::new(None),
            must_reconnect: Cell::new(false),
        }
    }

    /// Whether commits outlive the page.
    pub fn keeps(&self) -> bool {
        self.keeps.get()
    }

    /// Whether everything is on disk.
    pub fn is_idle(&self) -> bool {
        self.queue.borrow().is_empty()
    }
}

impl App {
    /// Queues a commit that has already been applied.
    pub(super) fn write(self, commit: Arc<Commit>, ask: Ask) -> Saved {
        let (sender, receiver) = oneshot::channel();
        let writer = &self.inner().writer;
        writer.queue.borrow_mut().push_back(Pending { commit, ask, waiting: Some(sender), left_out: Vec::new() });
        self.start_writing();
        Saved(Some(receiver))
    }

    /// Tries again to write what could not be written; a database that is gone is opened anew.
    pub fn retry_saving(self) {
        self.inner().banner.set(None);
        let writer = &self.inner().writer;
        writer.must_reconnect.set(writer.lost.get().is_some());
        self.start_writing();
    }

    pub(super) fn start_writing(self) {
        let writer = &self.inner().writer;
        if writer.is_running.replace(true) {
            return;
        }
        if writer.keeps() && !writer.is_idle() {
            self.inner().save_state.set(SaveState::Saving);
        }
        spawn(async move {
            self.write_queue().await;
            self.inner().writer.is_running.set(false);
            self.checkpoint_when_still();
        });
    }

    /// Another tab has written. What it wrote is read by the writer, so that never anything is read while something is being written.
    pub(super) fn hear_news(self) {
        self.inner().writer.has_news.set(true);
        self.start_writing();
    }

    /// Waits until everything is on disk and keeps the writer from writing until [`App::resume_writing`].
    pub(super) async fn hold_writing(self) -> Result<(), Rejection> {
        let writer = &self.inner().writer;
        loop {
            if !writer.is_running.get() {
                if writer.is_idle() {
                    writer.is_running.set(true);
                    return Ok(());
                }
                return Err(Diagnostic::new(Code::NotSaved).with("detail", "changes-wait").into());
            }
            pause(10).await;
        }
    }

    /// Lets the writer write what has come up meanwhile.
    pub(super) fn resume_writing(self) {
        self.inner().writer.is_running.set(false);
        self.start_writing();
    }

    async fn write_queue(self) {
        let writer = &self.inner().writer;
        if writer.must_reconnect.replace(false)
            && let Err(error) = self.reconnect().await
        {
            return self.not_saved(error);
        }
        loop {
            if writer.has_news.replace(false)
                && let Err(error) = self.catch_up().await
            {
                // What cannot be read now is asked for again by the next write.
                leptos::logging::warn!("another tab's changes could not be read: {error}");
            }
            let Some(store) = writer.store.borrow().clone() else {
                return self.keep_nothing();
            };
            let commits: Vec<Arc<Commit>> = writer.queue.borrow().iter().map(|it| it.commit.clone()).collect();
            if commits.is_empty() {
                let state = if writer.keeps() { SaveState::Saved } else { SaveState::NotKept };
                let former = self.inner().save_state.get_untracked();
                if former == SaveState::NotSaved {
                    self.take_failure_back();
                }
                if former != state {
                    self.inner().save_state.set(state);
                }
                if writer.has_news.get() {
                    continue;
                }
                return;
            }
            // A few megabytes to a transaction at most, so that the first of a long import is on disk early.
            let mut encoded: Vec<EncodedCommit> = Vec::new();
            let mut bytes = 0;
            let mut previous = writer.head.borrow().hash.clone();
            let expected = writer.head.borrow().clone();
            for commit in &commits {
                let mut commit = (**commit).clone();
                match log::encode(&mut commit, &previous) {
                    Ok(entry) => {
                        entry.hash().clone_into(&mut previous);
                        bytes += entry.bytes().len();
                        encoded.push(entry);
                    }
                    Err(error) => return self.not_saved(error),
                }
                if bytes > 4_000_000 {
                    break;
                }
            }
            let count = encoded.len();
            match store.append(&expected, &encoded).await {
                Ok(head) => {
                    if writer.writes.replace(writer.writes.get() + 1) == 0 {
                        self.note_kept();
                    }
                    *writer.head.borrow_mut() = head;
                    let mut done = Vec::with_capacity(count);
                    for _ in 0..count {
                        done.extend(writer.queue.borrow_mut().pop_front());
                    }
                    {
                        let mut pages = writer.pages.borrow_mut();
                        for pending in &done {
                            pages.note(&pending.commit);
                        }
                    }
                    self.tell_other_tabs();
                    for pending in done {
                        if let Some(waiting) = pending.waiting {
                            // Whoever waited may have gone: the write counts all the same.
                            let _ = waiting.send(Ok(pending.left_out));
                        }
                    }
                }
                Err(StoreError::Behind { .. } | StoreError::Replaced) => {
                    if let Err(error) = self.catch_up().await {
                        return self.not_saved(error);
                    }
                }
                Err(error) => return self.not_saved(error),
            }
        }
    }

    /// Without a store nothing outlives the page; whoever waits is not kept waiting.
    fn keep_nothing(self) {
        for pending in self.inner().writer.queue.borrow_mut().drain(..) {
            if let Some(waiting) = pending.waiting {
                let _ = waiting.send(Ok(pending.left_out));
            }
        }
    }

    /// What could not be written is on disk by now, so the banner that said otherwise goes.
    fn take_failure_back(self) {
        let banner = self.inner().banner.get_untracked();
        if matches!(banner, Some(Banner::Quota | Banner::NotSaved(_) | Banner::Closed | Banner::Blocked)) {
            self.inner().banner.set(None);
        }
    }

    /// Remembers that there is something in the database; one that was lost is replaced by now.
    pub(super) fn note_kept(self) {
        if !self.inner().writer.keeps() {
            return;
        }
        preference::write(KEPT, "1");
        if self.inner().banner.get_untracked() == Some(Banner::Gone) {
            self.inner().banner.set(None);
        }
    }

    /// Says that changes wait in memory, and why. They stay in the queue until they can be written.
    fn not_saved(self, error: StoreError) {
        let writer = &self.inner().writer;
        if error == StoreError::Closed && writer.lost.get().is_none() {
            writer.lost.set(Some(Lost::Closed));
        }
        let banner = match (&error, writer.lost.get()) {
            (StoreError::Quota, _) => Banner::Quota,
            (StoreError::Blocked, _) => Banner::Blocked,
            // Another tab has brought the data to a version that this page does not know.
            (StoreError::TooNew { .. }, _) => Banner::VersionChanged,
            (StoreError::Closed, Some(lost)) => Banner::of_lost(lost),
            _ => Banner::NotSaved(error.to_string()),
        };
        if !writer.is_idle() {
            self.inner().save_state.set(SaveState::NotSaved);
        }
        self.inner().banner.set(Some(banner));
        for pending in self.inner().writer.queue.borrow_mut().iter_mut() {
            if let Some(waiting) = pending.waiting.take() {
                let _ = waiting.send(Err(Diagnostic::new(Code::NotSaved).with("detail", &error).into()));
            }
        }
    }

    /// Rewrites the pages in the background once the workspace has been still for a moment.
    pub(super) fn checkpoint_when_still(self) {
        let writer = &self.inner().writer;
        if writer.is_checkpointing.replace(true) {
            return;
        }
        spawn(async move {
            let writer = &self.inner().writer;
            loop {
                let before = writer.writes.get();
                pause(STILL).await;
                if writer.is_idle() && writer.writes.get() == before {
                    break;
                }
            }
            while self.inner().state.borrow().prepare() {
                breathe().await;
            }
            self.checkpoint().await;
            writer.is_checkpointing.set(false);
        });
    }

    /// Rewrites the pages that have changed since the last time.
    ///
    /// Pages stand for a position of the log, so nothing may happen while they are encoded; if something does, they wait.
    pub(super) async fn checkpoint(self) {
        let writer = &self.inner().writer;
        let Some(store) = writer.store.borrow().clone() else {
            return;
        };
        if !writer.keeps() || writer.pages.borrow().is_clean() {
            return;
        }
        let position = writer.head.borrow().position;
        let mut checkpoint = writer.pages.borrow_mut().begin(&writer.head.borrow());
        loop {
            let is_still = writer.is_idle() && writer.head.borrow().position == position;
            let more = is_still.then(|| {
                writer.pages.borrow().encode_some(&self.inner().state.borrow(), &mut checkpoint, PAGES_AT_ONCE)
            });
            match more {
                Some(Ok(true)) => breathe().await,
                Some(Ok(false)) => break,
                Some(Err(_)) | None => {
                    writer.pages.borrow_mut().give_up(checkpoint);
                    return;
                }
            }
        }
        if let Err(error) = store.checkpoint(&checkpoint).await {
            // Pages are a cache: the log has everything, and the next checkpoint tries again.
            leptos::logging::log!("pages were not rewritten: {error}");
            let mut pages = writer.pages.borrow_mut();
            pages.give_up(checkpoint);
            if matches!(error, StoreError::Overtaken) {
                pages.spoil_all();
            }
        }
    }
}
