//! The whole workspace as one document, and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::history::History;
use super::wake::Touched;
use super::workspace::{App, ToastAction};
use super::writer::Ask;
use crate::command::merge::{self, Clash, Merge};
use crate::model::change::{Change, Commit, invert};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::CommitId;
use crate::model::state::{Reader, State};
use crate::model::time::Instant;
use crate::store::snapshot::{self, Contents, Fault, Problem, Snapshot, referenced};
use crate::store::{Excerpt, PageMap, StoreError};

/// Whether a document holds the content of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// Everything is in it.
    With,
    /// They stay behind; the document is smaller.
    Without,
}

/// Every commit that has led to the present state, and whether none is missing.
struct WholeLog {
    commits: Vec<Arc<Commit>>,
    is_sound: bool,
}

/// A document that was read and found right; it waits until somebody wants it.
pub struct Checked(Snapshot);

/// What is in a document, for whoever is asked whether it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// When it was made.
    pub made: Instant,
    /// How many kinds of record it knows.
    pub entities: usize,
    /// How many records it holds.
    pub records: usize,
    /// How many files.
    pub files: usize,
    /// How many steps of its history; none if it does not tell.
    pub steps: Option<usize>,
}

impl Checked {
    /// What is in it.
    pub fn holdings(&self) -> Holdings {
        let Checked(Snapshot { made, state, log, files, .. }) = self;
        Holdings {
            made: *made,
            entities: state.entities().len(),
            records: state.records().count(),
            files: files.len(),
            steps: log.as_ref().map(Vec::len),
        }
    }
}

/// What becomes of the present workspace when a document is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The document takes its place.
    Replace,
    /// Both become one, field by field.
    Merge,
}

impl App {
    /// Writes the workspace out as one document. What cannot be read now, as when the database is gone, is left out.
    pub(super) async fn snapshot(self, files: Files) -> Result<String, StoreError> {
        let store = self.inner().writer.store.borrow().clone();
        let mut contents = Contents::new();
        loop {
            let log: Option<Vec<Commit>> = match self.whole_log().await {
                Ok(log) if log.is_sound => Some(log.commits.iter().map(|commit| (**commit).clone()).collect()),
                Ok(_) | Err(_) => None,
            };
            let has_history = log.is_some();
            let log = log.as_deref();
            let named = if files == Files::With { self.ask(|state| referenced(state, log)) } else { BTreeMap::new() };
            let unread: Vec<String> = named.into_keys().filter(|hash| !contents.contains_key(hash)).collect();
            if unread.is_empty() {
                // Since the log was read nothing was awaited: it tells this very state.
                self.say_missing_files(files, &contents);
                if !has_history && store.is_some() {
                    self.warn("toast-history-missing", Vec::new(), ToastAction::None);
                }
                let now = self.inner().platform.now();
                let contents = (files == Files::With).then_some(&contents);
                return self.ask(|state| snapshot::export(state, log, contents, now));
            }
            for hash in unread {
                let content = match &store {
                    Some(store) => store.blob(&hash).await.unwrap_or(None),
                    None => None,
                };
                contents.insert(hash, content);
            }
        }
    }

    fn say_missing_files(self, files: Files, contents: &Contents) {
        let named = if files == Files::With { self.ask(|state| referenced(state, None)) } else { BTreeMap::new() };
        let count = named.keys().filter(|hash| !matches!(contents.get(*hash), Some(Some(_)))).count();
        if count > 0 {
            self.warn("toast-files-missing", vec![("count", count.to_string())], ToastAction::None);
        }
    }

    /// Takes a document in, in the place of the workspace or together with it; refused whole when anything in it is wrong.
    ///
    /// What clashed is empty for a replacement.
    pub(super) async fn restore(self, text: &str, mode: Mode) -> Result<Vec<Clash>, Rejection> {
        let Checked(read) = check(text)?;
        match mode {
            Mode::Replace => self.put_in_place(Checked(read)).await.map(|()| Vec::new()),
            Mode::Merge => self.merge(read).await,
        }
    }

    /// Puts a document in the place of the workspace.
    pub(super) async fn put_in_place(self, Checked(read): Checked) -> Result<(), Rejection> {
        // A commit of the former workspace must not end up behind the new one.
        self.hold_writing().await?;
        let replaced = self.replace(read).await;
        self.resume_writing();
        if replaced.is_err() {
            self.hear_news();
        }
        replaced
    }

    /// Brings what another device has done into this workspace, as one commit that can be undone.
    async fn merge(self, read: Snapshot) -> Result<Vec<Clash>, Rejection> {
        let theirs = read.log.unwrap_or_else(|| vec![merge::founding(&read.state, read.made)]);
        self.put_files(&read.files).await.map_err(not_saved)?;
        let ours = self.whole_log().await.map_err(not_saved)?.commits;
        // From here on nothing is awaited: the log tells this very state.
        self.inner().platform.hear(merge::latest(&theirs));
        let context = self.context();
        let Merge { outcome, cause, clashes } = {
            let state = self.inner().state.borrow();
            let blueprint = self.inner().blueprint.borrow().clone();
            merge::merge(&state, &blueprint, ours.iter().map(Arc::as_ref), &theirs, read.made, &context)?
        };
        // If another tab is faster, the same changes are tried on top of its own: undone twice is done again.
        let turned = Commit::signed(CommitId::default(), context.signature(), cause.clone(), invert(&outcome.changes));
        let done = self.conclude(outcome, cause, None, context, Ask::Undo(vec![Arc::new(turned)]));
        done.saved.wait().await?;
        self.choose_actor();
        Ok(clashes)
    }

    /// Every commit that has led to the present state, on disk or on its way there.
    async fn whole_log(self) -> Result<WholeLog, StoreError> {
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
            let commits = kept.chain(queue.iter().map(|pending| pending.commit.clone())).collect();
            return Ok(WholeLog { commits, is_sound: excerpt.damaged.is_empty() });
        }
    }

    async fn put_files(self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), StoreError> {
        let store = self.inner().writer.store.borrow().clone();
        let Some(store) = store else { return Ok(()) };
        for content in files.values() {
            store.put_blob(content).await?;
        }
        Ok(())
    }

    async fn replace(self, read: Snapshot) -> Result<(), Rejection> {
        let mut context = self.context();
        let entries = read.entries(context.signature(), &mut context.ids).map_err(not_saved)?;
        let store = self.inner().writer.store.borrow().clone();
        let writer = &self.inner().writer;
        if let Some(store) = store {
            let expected = writer.head.borrow().clone();
            let head = store.replace_all(&expected, &entries, &read.files).await.map_err(not_saved)?;
            *writer.head.borrow_mut() = head;
            self.note_kept();
        }
        // Whatever stamps came with the document, what is done from here on stands behind them.
        entries.iter().for_each(|entry| self.inner().platform.hear(entry.at()));
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

/// Reads a document; refused whole when anything in it is wrong.
pub(super) fn check(text: &str) -> Result<Checked, Rejection> {
    let read = snapshot::read(text).map_err(|problems| Rejection::from(described(&problems)))?;
    crate::command::Blueprint::compile(&read.state).map_err(Rejection::from)?;
    Ok(Checked(read))
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
        fault => Diagnostic::new(Code::Malformed)
            .with("detail", format!("{}: {fault}", problem.path))
            .with("path", &problem.path),
    });
    described.collect()
}
