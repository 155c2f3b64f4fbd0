//! The whole workspace as one document, and back.

use std::sync::Arc;

use super::history::History;
use super::wake::Touched;
use super::workspace::App;
use super::writer::Ask;
use crate::command::merge::{self, Clash, Merge};
use crate::model::change::{Change, Commit, invert};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::CommitId;
use crate::model::state::{Reader, State};
use crate::store::snapshot::{self, Fault, Problem, Snapshot};
use crate::store::{Excerpt, PageMap, StoreError};

/// What becomes of the present workspace when a document is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The document takes its place.
    Replace,
    /// Both become one, field by field.
    Merge,
}

impl App {
    /// Writes state and log out as one document.
    pub(super) async fn snapshot(self) -> Result<String, StoreError> {
        let store = self.inner().writer.store.borrow().clone();
        let log: Option<Vec<Commit>> = match store {
            Some(store) if self.inner().writer.is_idle() => {
                let excerpt = store.last_commits(u64::MAX, None).await?;
                let whole = excerpt.damaged.is_empty();
                whole.then(|| excerpt.commits.into_iter().rev().map(|kept| kept.commit).collect())
            }
            _ => None,
        };
        let now = self.inner().platform.now();
        self.ask(|state| snapshot::export(state, log.as_deref(), now))
    }

    /// Takes a document in, in the place of the workspace or together with it; refused whole when anything in it is wrong.
    ///
    /// What clashed is empty for a replacement.
    pub(super) async fn restore(self, text: &str, mode: Mode) -> Result<Vec<Clash>, Rejection> {
        let read = snapshot::read(text).map_err(|problems| Rejection::from(described(&problems)))?;
        match mode {
            Mode::Replace => {
                // A commit of the former workspace must not end up behind the new one.
                self.hold_writing().await?;
                let replaced = self.replace(read).await;
                self.resume_writing();
                if replaced.is_err() {
                    self.hear_news();
                }
                replaced.map(|()| Vec::new())
            }
            Mode::Merge => self.merge(read).await,
        }
    }

    /// Brings what another device has done into this workspace, as one commit that can be undone.
    async fn merge(self, read: Snapshot) -> Result<Vec<Clash>, Rejection> {
        let theirs = read.log.unwrap_or_else(|| vec![merge::founding(&read.state, read.made)]);
        let ours = self.whole_log().await.map_err(not_saved)?;
        // From here on nothing is awaited: the log tells this very state.
        self.inner().platform.hear(merge::latest(&theirs));
        let context = self.context();
        let Merge { outcome, cause, clashes } = {
            let state = self.inner().state.borrow();
            let blueprint = self.inner().blueprint.borrow().clone();
            merge::merge(&state, &blueprint, ours.iter().map(Arc::as_ref), &theirs, read.made, &context)?
        };
        // If another tab is faster, the same changes are tried on top of its own: undone twice is done again.
        let turned = Commit {
            id: CommitId::default(),
            at: context.stamp,
            actor: context.actor,
            batch: None,
            cause: cause.clone(),
            changes: invert(&outcome.changes),
            previous: String::new(),
        };
        let done = self.conclude(outcome, cause, None, context, Ask::Undo(vec![Arc::new(turned)]));
        done.saved.wait().await?;
        self.choose_actor();
        Ok(clashes)
    }

    /// Every commit that has led to the present state, on disk or on its way there.
    async fn whole_log(self) -> Result<Vec<Arc<Commit>>, StoreError> {
        let writer = &self.inner().writer;
        loop {
            let head = writer.head.borrow().clone();
            let store = writer.store.borrow().clone();
            let excerpt = match store {
                Some(store) => store.last_commits(u64::MAX, Some(head.position.next())).await?,
                None => Excerpt::default(),
            };
            // Something was written meanwhile, here or in another tab: what was read is not the whole any more.
            if *writer.head.borrow() != head {
                continue;
            }
            let kept = excerpt.commits.into_iter().rev().map(|kept| Arc::new(kept.commit));
            let queue = writer.queue.borrow();
            return Ok(kept.chain(queue.iter().map(|pending| pending.commit.clone())).collect());
        }
    }

    async fn replace(self, read: Snapshot) -> Result<(), Rejection> {
        crate::command::Blueprint::compile(&read.state).map_err(Rejection::from)?;
        let mut context = self.context();
        let entries = read.entries(context.stamp, context.actor, &mut context.ids).map_err(not_saved)?;
        let store = self.inner().writer.store.borrow().clone();
        let writer = &self.inner().writer;
        if let Some(store) = store {
            let expected = writer.head.borrow().clone();
            let head = store.replace_all(&expected, &entries).await.map_err(not_saved)?;
            *writer.head.borrow_mut() = head;
        }
        let mut touched = Touched::default();
        self.ask(|former| {
            touched.note(former, &everything(former));
            touched.note(former, &everything(&read.state));
        });
        let mut pages = PageMap::of(&read.state);
        pages.spoil_all();
        *writer.pages.borrow_mut() = pages;
        *self.inner().state.borrow_mut() = read.state;
        *self.inner().history.borrow_mut() = History::default();
        self.recompile();
        // What somebody did while the document was being written is decided on the new workspace.
        let pending = writer.queue.borrow_mut().drain(..).collect();
        self.decide_pending(pending, touched);
        self.choose_actor();
        self.tell_other_tabs();
        self.checkpoint_when_still();
        Ok(())
    }
}

fn not_saved(error: StoreError) -> Rejection {
    Diagnostic::new(Code::NotSaved).with("detail", error).into()
}

/// Changes that touch all that a state holds; only for finding out whom to wake.
pub(super) fn everything(state: &State) -> Vec<Change> {
    let records = state.records().map(|record| Change::Removed { record: Arc::clone(record) });
    let definitions = state.all_definitions().into_iter().map(|definition| Change::Defined {
        id: definition.id(),
        before: None,
        after: None,
    });
    records.chain(definitions).collect()
}

fn described(problems: &[Problem]) -> Vec<Diagnostic> {
    let described = problems.iter().take(20).map(|problem| match &problem.fault {
        Fault::TooNew { found, known } => Diagnostic::new(Code::TooNew).with("found", found).with("known", known),
        fault => Diagnostic::new(Code::Malformed).with("detail", format!("{}: {fault}", problem.path)),
    });
    described.collect()
}
