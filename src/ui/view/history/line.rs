//! One line of the history: what is kept of a step once its commits have been read, so that a hundred thousand of them find room.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::app::App;
use crate::model::change::{CauseKind, Change, Commit};
use crate::model::id::{BatchId, CommitId, EntityId, RecordId};
use crate::model::time::{Date, Instant, Zone};
use crate::ui::sentence;

/// Records whose names a line is found by.
const NAMED: usize = 12;

/// The sort of doing that a line tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Somebody worked on records.
    Edit,
    /// Many records were taken in at once.
    Intake,
    /// Something was undone or done again.
    Turn,
    /// Somebody changed definitions.
    Design,
    /// A new day.
    Time,
    /// A backup was opened, or what another device had done was taken in.
    Whole,
}

/// What a step of the history says.
pub struct Line {
    /// The position of its newest commit.
    pub at: u64,
    /// The position of its oldest commit in this line.
    pub from: u64,
    /// The newest commit.
    pub id: CommitId,
    /// The longer piece of work that it is.
    pub batch: Option<BatchId>,
    /// When it was done.
    pub when: Instant,
    /// The day on which, where the reader is.
    pub day: Date,
    /// The person.
    pub actor: Option<RecordId>,
    /// Who, in words.
    pub who: String,
    /// What, in words.
    pub said: String,
    /// What else has to be known.
    pub notes: Vec<String>,
    /// Its picture, where there is a better one than that of the person.
    pub picture: Option<&'static str>,
    /// What sort of doing it is.
    pub sort: Sort,
    /// Whether rules had a part in it.
    pub by_rules: bool,
    /// Whether it can be undone.
    pub is_undoable: bool,
    /// The entities whose records it touched.
    pub entities: Vec<EntityId>,
    /// What it turned round, if it did.
    pub turns: Vec<CommitId>,
    /// What it is found by, in small letters.
    pub words: String,
}

/// The lines of a part of the log, the newest first; commits of one batch that follow each other become one.
pub fn lines(app: App, commits: Vec<(u64, Arc<Commit>)>, zone: Zone) -> Vec<Arc<Line>> {
    let mut groups: Vec<Vec<(u64, Arc<Commit>)>> = Vec::new();
    for (at, commit) in commits {
        match groups.last_mut() {
            Some(group) if commit.batch.is_some() && group[0].1.batch == commit.batch => group.push((at, commit)),
            _ => groups.push(vec![(at, commit)]),
        }
    }
    groups.into_iter().filter_map(|group| line(app, &group, zone)).map(Arc::new).collect()
}

fn line(app: App, group: &[(u64, Arc<Commit>)], zone: Zone) -> Option<Line> {
    let ((at, newest), (from, _)) = (group.first()?, group.last()?);
    let commits: Vec<Arc<Commit>> = group.iter().map(|(_, commit)| commit.clone()).collect();
    let kind = newest.cause.kind();
    let sort = match kind {
        CauseKind::Edit => Sort::Edit,
        CauseKind::Intake => Sort::Intake,
        CauseKind::Undo | CauseKind::Redo => Sort::Turn,
        CauseKind::Design => Sort::Design,
        CauseKind::Time => Sort::Time,
        CauseKind::Whole | CauseKind::Merge => Sort::Whole,
    };
    let turns = match &newest.cause {
        crate::model::change::Cause::Undo(of) | crate::model::change::Cause::Redo(of) => of.clone(),
        _ => Vec::new(),
    };
    let changes = || commits.iter().flat_map(|commit| &commit.changes);
    let mut entities: Vec<EntityId> = Vec::new();
    let mut seen: FxHashSet<RecordId> = FxHashSet::default();
    let mut names = String::new();
    for change in changes() {
        let Some((record, entity)) = change.record() else { continue };
        if !entities.contains(&entity) {
            entities.push(entity);
        }
        if seen.len() < NAMED && seen.insert(record) {
            names.push('\n');
            match change {
                Change::Created { record, .. } | Change::Removed { record } => {
                    names.push_str(&sentence::name_of(app, record));
                }
                _ => names.push_str(&app.ask(|state| crate::app::title(state, record))),
            }
        }
    }
    let is_by_rule =
        |change: &Change| matches!(change, Change::Created { by: Some(_), .. } | Change::Updated { by: Some(_), .. });
    let (who, said) = (sentence::who(app, &commits), sentence::say(app, &commits));
    Some(Line {
        at: *at,
        from: *from,
        id: newest.id,
        batch: newest.batch,
        when: newest.made(),
        day: newest.made().local(zone).date(),
        actor: newest.actor,
        words: format!("{who} {said}{names}").to_lowercase(),
        who,
        said,
        notes: sentence::notes(&commits),
        picture: sentence::picture(newest),
        sort,
        by_rules: changes().any(is_by_rule),
        is_undoable: newest.cause.is_undoable() || sort == Sort::Turn,
        entities,
        turns,
    })
}
