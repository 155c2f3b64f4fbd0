//! Where an import takes place: in the workspace itself, or in a copy of it that a trial throws away.

use crate::app::workspace::App;
use crate::app::writer::Saved;
use crate::command::intake::{self, Intake, SliceRow};
use crate::command::{Command, RefusedRow, Rehearsal};
use crate::model::diagnostic::Rejection;
use crate::model::id::{BatchId, EntityId};
use crate::model::state::State;

/// Where an import takes place.
pub struct World {
    pub app: App,
    /// What everything is kept under; none for a trial.
    batch: Option<BatchId>,
    saved: Vec<Saved>,
    /// The workspace as a trial pretends it to be.
    rehearsal: Option<Rehearsal>,
}

impl World {
    /// The workspace, or a copy of it where nothing is to be kept.
    pub fn new(app: App, batch: Option<BatchId>) -> Self {
        let blueprint = app.inner().blueprint.borrow().clone();
        let rehearsal = batch.is_none().then(|| app.ask(|state| Rehearsal::new(state, blueprint)));
        World { app, batch, saved: Vec::new(), rehearsal }
    }

    /// Whether nothing is kept.
    pub fn is_trial(&self) -> bool {
        self.rehearsal.is_some()
    }

    /// Asks the workspace as the import has made it so far.
    pub fn ask<T>(&self, question: impl FnOnce(&State) -> T) -> T {
        match &self.rehearsal {
            Some(rehearsal) => question(rehearsal.state()),
            None => self.app.ask(question),
        }
    }

    /// Has a command decided and kept, or only rehearsed; which rows it refuses.
    pub fn act(&mut self, command: Command) -> Result<Vec<RefusedRow>, Rejection> {
        match &mut self.rehearsal {
            Some(rehearsal) => {
                let mut context = self.app.context();
                Ok(rehearsal.act(&command, &mut context)?.refused)
            }
            None => {
                let done = self.app.dispatch_in(command, self.batch)?;
                self.saved.push(done.saved);
                Ok(done.refused)
            }
        }
    }

    /// Takes rows in.
    pub fn take_in(&mut self, entity: EntityId, steps: Vec<SliceRow>) -> Intake {
        intake::take_in(entity, steps, &mut |command| self.act(command))
    }

    /// What is on its way to the disk.
    pub fn take_saved(&mut self) -> Vec<Saved> {
        std::mem::take(&mut self.saved)
    }
}
