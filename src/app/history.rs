//! Undo and redo of the user's own commits: what was done on this device, batch by batch, without end.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::outside::pause;
use super::workspace::{App, Done, ToastAction};
use super::writer::Ask;
use crate::command::history::{self, Clashing, Review};
use crate::model::change::{Cause, CauseKind, Change, Commit};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::{BatchId, CommitId};
use crate::store::LogPosition;

/// More changes than this take so long that it is said before.
const LONG: usize = 8_000;
/// So much work that is no step any more is known by name.
const PASSED: usize = 400;

/// What can be undone and redone. Commits share their records with the state, so keeping them costs little.
#[derive(Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// Work that was turned round and is no step any more, the last of it: what its undoing is called by.
    passed: VecDeque<Arc<Commit>>,
    /// Commits before this position are still only in the log; none when all of them are known.
    pub(super) older: Option<LogPosition>,
}

/// One step: the commits that are undone together, from the oldest to the newest.
#[derive(Clone)]
struct Step {
    batch: Option<BatchId>,
    commits: Vec<Arc<Commit>>,
    /// What was done in the first place, if these commits undo it or do it again.
    first: Vec<Arc<Commit>>,
}

impl Step {
    fn of(commits: Vec<Arc<Commit>>) -> Self {
        Step { batch: commits.first().and_then(|commit| commit.batch), commits, first: Vec::new() }
    }

    /// The commit that turns a step round.
    fn turning(commit: &Arc<Commit>, turned: Option<Step>) -> Self {
        let first = turned.map(Step::deed).unwrap_or_default();
        Step { batch: None, commits: vec![commit.clone()], first }
    }

    /// What was done in the first place.
    fn deed(self) -> Vec<Arc<Commit>> {
        if self.first.is_empty() { self.commits } else { self.first }
    }
}

impl History {
    /// A history of which everything up to a position is still only in the log.
    pub fn ending_at(position: LogPosition) -> Self {
        History { older: Some(position), ..History::default() }
    }

    /// Takes note of a commit made on this device.
    pub fn note(&mut self, commit: &Arc<Commit>) {
        match &commit.cause {
            Cause::Undo(of) => {
                let turned = take(&mut self.undo, of);
                self.redo.push(Step::turning(commit, turned));
            }
            Cause::Redo(of) => {
                let turned = take(&mut self.redo, of);
                self.undo.push(Step::turning(commit, turned));
            }
            work if work.is_undoable() => {
                let passed: Vec<Arc<Commit>> = self.redo.drain(..).flat_map(Step::deed).collect();
                self.recall(&passed);
                push(&mut self.undo, commit);
            }
            _ => {}
        }
    }

    /// Remembers work by which its undoing may be called.
    pub fn recall(&mut self, work: &[Arc<Commit>]) {
        self.passed.extend(work.iter().filter(|commit| commit.cause.is_undoable()).cloned());
        let surplus = self.passed.len().saturating_sub(PASSED);
        self.passed.drain(..surplus);
    }

    /// Puts commits of former sessions beneath what is known, given from the oldest to the newest.
    pub fn extend_back(&mut self, commits: &[Arc<Commit>]) {
        let mut older = History::default();
        for commit in commits {
            older.note(commit);
        }
        // What was undone before can be redone only while nothing new has been done since.
        if self.redo.is_empty() && self.undo.is_empty() {
            self.redo = older.redo;
        }
        let newer = std::mem::replace(&mut self.undo, older.undo);
        for mut step in newer {
            // The log was read from the middle of a batch.
            if let Some(begun) = take_batch(&mut self.undo, step.batch) {
                step.commits.splice(0..0, begun.commits);
            }
            self.undo.push(step);
        }
    }

    /// Whether the last step brought the workspace itself.
    fn is_at_beginning(&self) -> bool {
        let begins = |change: &Change| matches!(change, Change::Defined { id, before: None, .. } if *id == Definition::workspace_id());
        self.undo.last().is_some_and(|step| step.commits.iter().flat_map(|commit| &commit.changes).any(begins))
    }

    /// Whether the step at that place may have begun before what is known of the log.
    fn is_cut(&self, at: usize) -> bool {
        at == 0
            && self.older.is_some_and(|position| position.0 > 0)
            && self.undo.first().is_none_or(|step| step.batch.is_some())
    }

    /// Whether anything can be undone, and redone.
    pub fn can(&self) -> (bool, bool) {
        (!self.undo.is_empty() || self.older.is_some_and(|position| position.0 > 0), !self.redo.is_empty())
    }

    /// Puts another commit in the place of one that had to be decided again, or takes it out.
    pub fn replace(&mut self, id: CommitId, by: Option<&Arc<Commit>>) {
        for step in self.undo.iter_mut().chain(&mut self.redo) {
            if let Some(at) = step.commits.iter().position(|commit| commit.id == id) {
                match by {
                    Some(commit) => step.commits[at] = commit.clone(),
                    None => {
                        step.commits.remove(at);
                    }
                }
            }
        }
        self.undo.retain(|step| !step.commits.is_empty());
        self.redo.retain(|step| !step.commits.is_empty());
    }

    /// Takes back the undoing or redoing of commits, which came to nothing: what it would have turned round stands where it stood.
    pub fn take_back(&mut self, turned: &Commit, commits: &[Arc<Commit>]) {
        self.replace(turned.id, None);
        let steps = match turned.cause.kind() {
            CauseKind::Undo => &mut self.undo,
            CauseKind::Redo => &mut self.redo,
            _ => return,
        };
        let Some(last) = commits.last() else { return };
        // Something may have been done since, which is undone before it.
        let place = steps.partition_point(|step| step.commits.last().is_some_and(|other| other.at < last.at));
        steps.insert(place, Step::of(commits.to_vec()));
    }

    /// The step of a batch, if it is known as a whole.
    fn batch(&self, batch: BatchId) -> Option<Step> {
        let at = self.undo.iter().position(|step| step.batch == Some(batch))?;
        (!self.is_cut(at)).then(|| self.undo[at].clone())
    }

    /// Whether nothing is known yet, though the log may tell something.
    fn is_unread(&self) -> bool {
        self.undo.is_empty() && self.redo.is_empty() && self.older.is_some_and(|position| position.0 > 0)
    }

    /// Whether the last step is known as a whole.
    fn is_last_whole(&self) -> bool {
        !self.is_cut(self.undo.len().saturating_sub(1))
    }
}

fn push(steps: &mut Vec<Step>, commit: &Arc<Commit>) {
    match take_batch(steps, commit.batch) {
        Some(mut step) => {
            step.commits.push(commit.clone());
            steps.push(step);
        }
        None => steps.push(Step::of(vec![commit.clone()])),
    }
}

/// Takes the step of a batch out. Something else may have been done while it ran, so it need not be the last one.
fn take_batch(steps: &mut Vec<Step>, batch: Option<BatchId>) -> Option<Step> {
    let at = steps.iter().rposition(|step| step.batch.is_some() && step.batch == batch)?;
    Some(steps.remove(at))
}

/// Takes the step that holds these commits out.
fn take(steps: &mut Vec<Step>, commits: &[CommitId]) -> Option<Step> {
    let first = commits.first()?;
    let at = steps.iter().rposition(|step| step.commits.iter().any(|commit| commit.id == *first))?;
    Some(steps.remove(at))
}

impl App {
    /// Undoes the last step of this device.
    pub async fn undo(self) -> Result<Done, Rejection> {
        while !self.inner().history.borrow().is_last_whole() && self.load_older_history().await {}
        let last = || self.inner().history.borrow().undo.last().cloned();
        self.announce_long(last()).await;
        let step = last();
        self.turn_round(step.ok_or_else(|| Diagnostic::new(Code::NothingToUndo))?, Cause::Undo)
    }

    /// Whether the next thing to undo is the coming of the workspace itself, which nobody means who presses a key once too often.
    pub(super) async fn is_at_beginning(self) -> bool {
        while !self.inner().history.borrow().is_last_whole() && self.load_older_history().await {}
        self.inner().history.borrow().is_at_beginning()
    }

    /// Undoes one batch, wherever it stands in the history.
    pub async fn undo_batch(self, batch: BatchId) -> Result<Done, Rejection> {
        self.announce_long(self.find_batch(batch).await).await;
        match self.find_batch(batch).await {
            Some(step) => self.turn_round(step, Cause::Undo),
            None => Err(Diagnostic::new(Code::NothingToUndo).into()),
        }
    }

    /// The commits of one batch, wherever it stands in the history.
    pub(super) async fn batch_commits(self, batch: BatchId) -> Option<Vec<Arc<Commit>>> {
        self.find_batch(batch).await.map(|step| step.commits)
    }

    async fn find_batch(self, batch: BatchId) -> Option<Step> {
        loop {
            let found = self.inner().history.borrow().batch(batch);
            if found.is_some() || !self.load_older_history().await {
                return found;
            }
        }
    }

    /// The work among these commits, as far as it is known without asking the log: what a step took back or did again.
    pub fn known_work(self, commits: &[CommitId]) -> Vec<Arc<Commit>> {
        let history = self.inner().history.borrow();
        let steps = history.undo.iter().chain(&history.redo);
        let known = steps.flat_map(|step| step.commits.iter().chain(&step.first)).chain(&history.passed);
        let asked = known.filter(|commit| commits.contains(&commit.id) && commit.cause.is_undoable());
        let mut seen = FxHashSet::default();
        asked.filter(|commit| seen.insert(commit.id)).cloned().collect()
    }

    /// What taking commits back would do, given from the oldest to the newest.
    pub fn review(self, commits: &[Arc<Commit>]) -> Review {
        self.ask(|state| history::review(state, commits, self.now()))
    }

    /// Takes commits back wherever they stand in the history, given from the oldest to the newest. What undoes them is a commit like
    /// any other; of an undoing it is a doing again.
    pub fn take_back(self, commits: Vec<Arc<Commit>>, clashing: Clashing) -> Result<Done, Rejection> {
        let context = self.context();
        let outcome = {
            let state = self.inner().state.borrow();
            let blueprint = self.inner().blueprint.borrow().clone();
            history::take_back(&state, &blueprint, &commits, clashing, &context)?
        };
        let ids: Vec<CommitId> = commits.iter().map(|commit| commit.id).collect();
        let is_undoing = commits.first().is_some_and(|commit| commit.cause.kind() == CauseKind::Undo);
        let cause = if is_undoing { Cause::Redo(ids) } else { Cause::Undo(ids) };
        let done = self.conclude(outcome, cause, None, context, Ask::TakeBack(commits.clone(), clashing));
        Ok(Done { turned: commits, ..done })
    }

    /// Redoes what was undone last.
    pub async fn redo(self) -> Result<Done, Rejection> {
        if self.inner().history.borrow().is_unread() {
            self.load_older_history().await;
        }
        let last = || self.inner().history.borrow().redo.last().cloned();
        self.announce_long(last()).await;
        let step = last();
        self.turn_round(step.ok_or_else(|| Diagnostic::new(Code::NothingToRedo))?, Cause::Redo)
    }

    /// Offers to redo what was undone last in a former session, if nothing was done since.
    pub(super) async fn recall_redo(self) {
        let store = self.inner().writer.store.borrow().clone();
        let Some(store) = store else { return };
        let device = self.inner().platform.device();
        // Most sessions end with something that was done: then one commit tells that there is nothing to redo.
        let last = store.last_commits(1, None).await.unwrap_or_default();
        let is_undo = last
            .commits
            .iter()
            .any(|kept| kept.commit.at.device == device && matches!(kept.commit.cause, Cause::Undo(_)));
        if is_undo && self.inner().history.borrow().is_unread() {
            self.load_older_history().await;
        }
    }

    /// Says that something takes a while, and lets that be drawn: it is turned round as a whole, and nothing moves meanwhile.
    async fn announce_long(self, step: Option<Step>) {
        let count = step.map_or(0, |step| step.commits.iter().map(|commit| commit.changes.len()).sum());
        if count > LONG {
            self.toast("toast-turning", vec![("count", count.to_string())], ToastAction::None);
            pause(60).await;
        }
    }

    fn turn_round(self, step: Step, cause: impl FnOnce(Vec<CommitId>) -> Cause) -> Result<Done, Rejection> {
        let commits = step.commits.clone();
        let context = self.context();
        let outcome = {
            let state = self.inner().state.borrow();
            let blueprint = self.inner().blueprint.borrow().clone();
            history::undo(&state, &blueprint, &commits, &context)?
        };
        let cause = cause(commits.iter().map(|commit| commit.id).collect());
        let done = self.conclude(outcome, cause, None, context, Ask::Undo(commits));
        Ok(Done { turned: step.deed(), ..done })
    }

    /// Fetches commits of former sessions from the log; whether there were any.
    pub(super) async fn load_older_history(self) -> bool {
        let Some(before) = self.inner().history.borrow().older.filter(|position| position.0 > 0) else {
            return false;
        };
        let store = self.inner().writer.store.borrow().clone();
        let Some(store) = store else { return false };
        // A long import is many commits; a batch is never cut in two because more is fetched until a step is whole.
        let Ok(excerpt) = store.last_commits(600, Some(LogPosition(before.0 + 1))).await else {
            return false;
        };
        let oldest = excerpt.commits.iter().map(|kept| kept.position).min();
        let device = self.inner().platform.device();
        let mut kept = excerpt.commits;
        kept.sort_by_key(|kept| kept.position);
        let commits: Vec<Arc<Commit>> =
            kept.into_iter().filter(|kept| kept.commit.at.device == device).map(|kept| Arc::new(kept.commit)).collect();
        let mut history = self.inner().history.borrow_mut();
        history.older = oldest.map(|position| LogPosition(position.0.saturating_sub(1)));
        let found = oldest.is_some();
        history.extend_back(&commits);
        drop(history);
        self.announce_history();
        found
    }
}
