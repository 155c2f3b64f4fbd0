//! The whole workspace as one document, and back.

use std::sync::Arc;

use super::history::History;
use super::wake::Touched;
use super::workspace::App;
use crate::model::change::{Change, Commit};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::state::{Reader, State};
use crate::store::snapshot::{self, Fault, Problem};
use crate::store::{PageMap, StoreError};

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

    /// Puts a document in the place of the whole workspace, in one transaction; refused whole when anything in it is wrong.
    pub(super) async fn restore(self, text: &str) -> Result<(), Rejection> {
        let read = snapshot::read(text).map_err(|problems| Rejection::from(described(&problems)))?;
        crate::command::Blueprint::compile(&read.state).map_err(Rejection::from)?;
        let mut context = self.context();
        let not_saved = |error: StoreError| Rejection::from(Diagnostic::new(Code::NotSaved).with("detail", error));
        let entries = read.entries(context.stamp, context.actor, &mut context.ids).map_err(not_saved)?;
        let store = self.inner().writer.store.borrow().clone();
        let writer = &self.inner().writer;
        if let Some(store) = store {
            let expected = writer.head.borrow().clone();
            let head = store.replace_all(&expected, &entries).await.map_err(not_saved)?;
            *writer.head.borrow_mut() = head;
        }
        let mut touched = Touched::default();
        self.ask(|state| touched.note(&everything(state)));
        touched.note(&everything(&read.state));
        let mut pages = PageMap::of(&read.state);
        pages.spoil_all();
        *writer.pages.borrow_mut() = pages;
        *self.inner().state.borrow_mut() = read.state;
        *self.inner().history.borrow_mut() = History::default();
        self.announce_history();
        self.woken(&touched);
        self.choose_actor();
        self.tell_other_tabs();
        self.checkpoint_when_still();
        Ok(())
    }
}

/// Changes that touch all that a state holds; only for finding out whom to wake.
fn everything(state: &State) -> Vec<Change> {
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
