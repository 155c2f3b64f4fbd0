//! The log as people read it: stretch by stretch from its end, a piece of work as a whole, and who was at something last.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::outside::spawn;
use super::workspace::App;
use crate::command::history::{Clash, Standing};
use crate::model::change::{Cause, Change, Commit};
use crate::model::id::{BatchId, CommitId, DefinitionId, RecordId};
use crate::model::record::Record;
use crate::model::time::Instant;
use crate::store::{LogPosition, Store};

/// Commits that are looked at beyond the ends of a longer piece of work, since others may stand between its parts.
const BEYOND: u64 = 200;

/// Clashes of which it is said who made them; of thousands nobody reads more.
const MOST_TOLD: usize = 60;

/// A part of the log.
#[derive(Default)]
pub struct Stretch {
    /// The commits with their positions, the newest first.
    pub commits: Vec<(u64, Arc<Commit>)>,
    /// The position before which the log goes on; none at its beginning.
    pub next: Option<u64>,
    /// How many entries the log has.
    pub total: u64,
}

/// Who was at something last.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// When.
    pub at: Instant,
    /// The person.
    pub actor: Option<RecordId>,
    /// The definition, if no person did it.
    pub by: Option<DefinitionId>,
    /// The record as it was, if it was removed.
    pub gone: Option<Arc<Record>>,
}

impl App {
    /// Reads so many entries of the log before a position, or before its end.
    pub fn read_log(self, before: Option<u64>, count: u64, found: impl FnOnce(Stretch) + 'static) {
        spawn(async move {
            let store = self.inner().writer.store.borrow().clone();
            let stretch = match store {
                Some(store) => stretch(&store, before, count).await,
                None => Stretch::default(),
            };
            self.recall_turned(&stretch.commits);
            found(stretch);
        });
    }

    /// Remembers the work among these commits that others of them turn round, so that those can be called by it.
    fn recall_turned(self, commits: &[(u64, Arc<Commit>)]) {
        let turned: FxHashSet<CommitId> = commits
            .iter()
            .flat_map(|(_, commit)| match &commit.cause {
                Cause::Undo(of) | Cause::Redo(of) => of.as_slice(),
                _ => &[],
            })
            .copied()
            .collect();
        let work = commits.iter().map(|(_, commit)| commit).filter(|commit| turned.contains(&commit.id));
        let work: Vec<Arc<Commit>> = work.cloned().collect();
        self.inner().history.borrow_mut().recall(&work);
    }

    /// Reads the commits of one line of the history, from the oldest to the newest: the one at a position, or all of its batch.
    pub fn read_step(self, at: u64, batch: Option<BatchId>, found: impl FnOnce(Vec<Arc<Commit>>) + 'static) {
        spawn(async move {
            let store = self.inner().writer.store.borrow().clone();
            let Some(store) = store else { return found(Vec::new()) };
            let Some(batch) = batch else {
                let one = stretch(&store, Some(at + 1), 1).await;
                return found(one.commits.into_iter().map(|(_, commit)| commit).collect());
            };
            let is_of = |commit: &Commit| commit.batch == Some(batch);
            let mut commits: Vec<Arc<Commit>> = Vec::new();
            let mut newer = at;
            loop {
                let part = stretch(&store, Some(newer + 1 + BEYOND), BEYOND).await;
                let before = commits.len();
                // At the end of the log the stretch reaches back.
                let later = part.commits.into_iter().rev().filter(|(position, _)| *position > newer);
                commits.extend(later.map(|(_, commit)| commit).filter(|it| is_of(it)));
                newer += BEYOND;
                if commits.len() == before || newer >= part.total {
                    break;
                }
            }
            let mut older = Some(at + 1);
            while older.is_some() {
                let part = stretch(&store, older, BEYOND).await;
                older = part.next;
                let before = commits.len();
                commits.splice(0..0, part.commits.into_iter().rev().map(|(_, commit)| commit).filter(|it| is_of(it)));
                if commits.len() == before {
                    break;
                }
            }
            found(commits);
        });
    }

    /// Who made the first of some clashes, since commits that are to be taken back.
    pub fn who_clashes(
        self,
        clashes: Vec<Clash>,
        since: Vec<CommitId>,
        found: impl FnOnce(Vec<Option<Touch>>) + 'static,
    ) {
        spawn(async move {
            let store = self.inner().writer.store.borrow().clone();
            let Some(store) = store else { return found(Vec::new()) };
            let mut touches = Vec::new();
            for clash in clashes.iter().take(MOST_TOLD) {
                let asked = match &clash.standing {
                    Standing::Linked { from, .. } | Standing::Needed { from, .. } => Some(*from),
                    Standing::Taken { by, .. } => Some(*by),
                    Standing::Changed { .. }
                    | Standing::Grown { .. }
                    | Standing::Gone
                    | Standing::Needs
                    | Standing::Undefined { .. }
                    | Standing::Redefined(_) => clash.record,
                };
                let commits = match asked {
                    Some(record) => store.commits_of(record).await.map(|it| it.commits).unwrap_or_default(),
                    None => Vec::new(),
                };
                let mut later = commits.iter().map(|kept| &kept.commit).filter(|commit| !since.contains(&commit.id));
                touches.push(later.find_map(|commit| touch(commit, clash, asked?)));
            }
            found(touches);
        });
    }
}

async fn stretch(store: &Store, before: Option<u64>, count: u64) -> Stretch {
    let Ok(head) = store.head().await else { return Stretch::default() };
    let total = head.position.0;
    let end = before.unwrap_or(total + 1).min(total + 1);
    let Ok(excerpt) = store.last_commits(count, Some(LogPosition(end))).await else {
        return Stretch { total, ..Stretch::default() };
    };
    let from = end.saturating_sub(count);
    let commits = excerpt.commits.into_iter().map(|kept| (kept.position.0, Arc::new(kept.commit))).collect();
    Stretch { commits, next: (from > 1).then_some(from), total }
}

/// What a commit did to the thing that clashes, if it did anything.
fn touch(commit: &Commit, clash: &Clash, asked: RecordId) -> Option<Touch> {
    let mut gone = None;
    let by = commit.changes.iter().find_map(|change| {
        if change.record()?.0 != asked {
            return None;
        }
        match (change, &clash.standing) {
            (Change::Updated { fields, by, .. }, Standing::Changed { field, .. } | Standing::Taken { field, .. }) => {
                fields.iter().any(|change| change.field == *field).then_some(*by)
            }
            (Change::Updated { fields, by, .. }, Standing::Linked { via, .. }) => {
                fields.iter().any(|change| change.field == *via).then_some(*by)
            }
            (Change::Updated { fields, by, .. }, Standing::Grown { fields: grown }) => {
                fields.iter().any(|change| grown.contains(&change.field)).then_some(*by)
            }
            (Change::Created { by, .. }, _) => Some(*by),
            (Change::Removed { record }, _) => {
                gone = Some(record.clone());
                Some(None)
            }
            (Change::Updated { .. } | Change::Defined { .. } | Change::Remembered { .. }, _) => None,
        }
    })?;
    Some(Touch { at: commit.made(), actor: commit.actor, by, gone })
}
