//! Another tab was faster: what it did goes first, and what waits here is decided again on top of it, or dropped with a notice.

use std::sync::Arc;

use super::history::History;
use super::snapshot::everything;
use super::wake::Touched;
use super::workspace::{App, ToastAction, title};
use super::writer::{Ask, Pending};
use crate::command::{self, Command, Outcome, history};
use crate::model::change::{Change, Commit, invert};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::{DefinitionId, RecordId};
use crate::model::state::{Reader, State};
use crate::store::{Kept, Opened, Store, StoreError};

impl App {
    /// Reads what other tabs have written since, and brings this one up to date.
    pub(super) async fn catch_up(self) -> Result<(), StoreError> {
        let writer = &self.inner().writer;
        let Some(store) = writer.store.borrow().clone() else {
            return Ok(());
        };
        let known = writer.head.borrow().clone();
        let (head, excerpt) = match store.commits_since(&known).await {
            Err(StoreError::Replaced) => return self.open_again(&store).await,
            other => other?,
        };
        // The head may have moved while the log was being read, by our own write or by another reading of the same news.
        if *writer.head.borrow() != known {
            return Ok(());
        }
        if let Some(position) = excerpt.damaged.first() {
            return Err(StoreError::corrupt(format!("log/{position}")));
        }
        self.take_in(excerpt.commits);
        *writer.head.borrow_mut() = head;
        Ok(())
    }

    /// Another tab has put another workspace in the place of this one: it is read whole, and what waits here is decided on it.
    async fn open_again(self, store: &Store) -> Result<(), StoreError> {
        let Opened { store, state, head, latest, pages, .. } = store.open_again(self.inner().platform.device()).await?;
        self.inner().platform.hear(latest);
        let writer = &self.inner().writer;
        let pending: Vec<Pending> = writer.queue.borrow_mut().drain(..).collect();
        *self.inner().history.borrow_mut() = History::ending_at(head.position);
        *writer.store.borrow_mut() = Some(store);
        *writer.head.borrow_mut() = head;
        *writer.pages.borrow_mut() = pages;
        let mut touched = Touched::default();
        self.ask(|former| {
            touched.note(former, &everything(former));
            touched.note(former, &everything(&state));
        });
        *self.inner().state.borrow_mut() = state;
        self.recompile();
        self.decide_pending(pending, touched);
        self.choose_actor();
        Ok(())
    }

    /// Puts other tabs' commits beneath the ones that wait here.
    fn take_in(self, remote: Vec<Kept>) {
        if remote.is_empty() {
            return;
        }
        let writer = &self.inner().writer;
        let pending: Vec<Pending> = writer.queue.borrow_mut().drain(..).collect();
        let mut touched = Touched::default();
        for waiting in pending.iter().rev() {
            self.apply_quietly(&invert(&waiting.commit.changes), &mut touched);
        }
        // A connection that broke may have written what nobody was told of any more.
        let is_written = |it: &Pending| remote.iter().any(|kept| kept.commit.id == it.commit.id);
        let (written, pending): (Vec<Pending>, Vec<Pending>) = pending.into_iter().partition(is_written);
        for it in written {
            let _ = it.waiting.map(|waiting| waiting.send(Ok(it.left_out)));
        }
        for kept in &remote {
            self.inner().platform.hear(kept.commit.at);
            self.apply_quietly(&kept.commit.changes, &mut touched);
            writer.pages.borrow_mut().note(&kept.commit);
            // What the same person has just done in another tab is what is undone next.
            if kept.commit.at.device == self.inner().platform.device() {
                self.inner().history.borrow_mut().note(&Arc::new(kept.commit.clone()));
                self.retire_toasts(&kept.commit);
            }
        }
        if touched.has_definitions() {
            self.recompile();
        }
        self.decide_pending(pending, touched);
    }

    /// Decides again what waits, on the state as it is now, and wakes whoever is concerned.
    pub(super) fn decide_pending(self, pending: Vec<Pending>, mut touched: Touched) {
        let writer = &self.inner().writer;
        let mut dropped: Vec<Rejection> = Vec::new();
        let mut left_out: Vec<Diagnostic> = Vec::new();
        for mut waiting in pending {
            match self.decide_again(&mut waiting, &mut dropped) {
                // Another tab has done just that.
                Ok(outcome) if outcome.changes.is_empty() => {
                    self.inner().history.borrow_mut().replace(waiting.commit.id, None);
                    if let Some(sender) = waiting.waiting {
                        let _ = sender.send(Ok(waiting.left_out));
                    }
                }
                Ok(outcome) => {
                    let withheld = outcome.withheld();
                    left_out.extend(outcome.left_out);
                    let changes = outcome.changes;
                    self.apply_quietly(&changes, &mut touched);
                    if changes.iter().any(|change| matches!(change, Change::Defined { .. })) {
                        self.recompile();
                    }
                    let commit = Arc::new(Commit { changes, withheld, ..(*waiting.commit).clone() });
                    self.inner().history.borrow_mut().replace(commit.id, Some(&commit));
                    waiting.commit = commit;
                    writer.queue.borrow_mut().push_back(waiting);
                }
                Err(rejection) => {
                    let mut history = self.inner().history.borrow_mut();
                    match &waiting.ask {
                        Ask::Undo(commits) | Ask::TakeBack(commits, _) => {
                            history.take_back(&waiting.commit, commits);
                        }
                        Ask::Command { .. } => history.replace(waiting.commit.id, None),
                    }
                    drop(history);
                    if let Some(sender) = waiting.waiting {
                        let _ = sender.send(Err(rejection.clone()));
                    }
                    dropped.push(rejection);
                }
            }
        }
        self.announce_history();
        self.woken(&touched);
        self.say_left_out(&left_out);
        for rejection in dropped {
            let title = rejection.diagnostics.first().and_then(|it| it.argument("title")).unwrap_or_default();
            self.warn("toast-clash", vec![("title", title.to_owned())], ToastAction::None);
        }
    }

    /// Decides once more. Of work on many records only those are dropped that somebody else has changed meanwhile.
    fn decide_again(self, waiting: &mut Pending, dropped: &mut Vec<Rejection>) -> Result<Outcome, Rejection> {
        let state = self.inner().state.borrow();
        let blueprint = self.inner().blueprint.borrow().clone();
        match &mut waiting.ask {
            Ask::Undo(commits) => {
                let context = self.context();
                history::undo(&state, &blueprint, commits, &context)
            }
            Ask::TakeBack(commits, clashing) => {
                let context = self.context();
                history::take_back(&state, &blueprint, commits, *clashing, &context)
            }
            Ask::Command { command, context } => {
                let clashing = overwritten(&state, &waiting.commit);
                if let Some(first) = clashing.first() {
                    let title = title(&*state, *first);
                    let clash: Rejection = Diagnostic::new(Code::Clash).at_record(*first).with("title", title).into();
                    if !leave_out(command, &clashing) {
                        return Err(clash);
                    }
                    dropped.push(clash);
                    waiting.left_out.extend(clashing);
                }
                if let Some(definition) = redefined(&state, &waiting.commit) {
                    return Err(Diagnostic::new(Code::Clash)
                        .in_definition(definition)
                        .with("title", definition)
                        .into());
                }
                command::decide(&state, &blueprint, command, &mut context.clone())
            }
        }
    }
}

/// Takes records out of work on many; whether anything is left to do.
fn leave_out(command: &mut Command, records: &[RecordId]) -> bool {
    match command {
        Command::EditCells { edits, create, .. } => {
            edits.retain(|edit| !records.contains(&edit.record));
            !edits.is_empty() || !create.is_empty()
        }
        Command::ImportRows { update, create, .. } => {
            update.retain(|row| !records.contains(&row.record));
            !update.is_empty() || !create.is_empty()
        }
        Command::RemoveRecords { records: doomed } => {
            doomed.retain(|record| !records.contains(record));
            !doomed.is_empty()
        }
        _ => false,
    }
}

/// The records in which a person's change would overwrite one that somebody else made meanwhile.
fn overwritten(state: &State, commit: &Commit) -> Vec<RecordId> {
    let overwrites = |change: &Change| match change {
        Change::Updated { record, entity, fields, by: None, .. } => {
            let current = state.record(*record)?;
            let definition = state.entity(*entity)?;
            let clash = fields.iter().any(|change| {
                let typed = definition.field(change.field).is_some_and(|field| !field.is_computed());
                let value = current.value(change.field);
                typed && *value != change.before && *value != change.after
            });
            clash.then_some(*record)
        }
        Change::Removed { record } => {
            let current = state.record(record.id)?;
            (current.updated != record.updated).then_some(record.id)
        }
        Change::Created { .. } | Change::Updated { .. } | Change::Defined { .. } | Change::Remembered { .. } => None,
    };
    commit.changes.iter().filter_map(overwrites).collect()
}

/// The definition in which a change would overwrite what somebody else made of it meanwhile.
fn redefined(state: &State, commit: &Commit) -> Option<DefinitionId> {
    commit.changes.iter().find_map(|change| match change {
        Change::Defined { id, before, after } => {
            let current = state.definition(*id);
            (current != before.as_ref() && current != after.as_ref()).then_some(*id)
        }
        Change::Created { .. } | Change::Updated { .. } | Change::Removed { .. } | Change::Remembered { .. } => None,
    })
}
