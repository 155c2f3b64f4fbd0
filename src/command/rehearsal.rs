//! Rehearsals: commands decided and carried out on a copy of the workspace, of which nothing is kept.

use std::rc::Rc;

use super::{Blueprint, Command, Context, Outcome, decide};
use crate::model::change::Change;
use crate::model::diagnostic::Rejection;
use crate::model::state::State;

/// A copy of a workspace on which commands can be tried, each on top of those before it.
pub struct Rehearsal {
    state: State,
    blueprint: Rc<Blueprint>,
}

impl Rehearsal {
    /// A copy of a workspace; its records are shared, so that it costs little.
    pub fn new(state: &State, blueprint: Rc<Blueprint>) -> Self {
        Rehearsal { state: state.clone(), blueprint }
    }

    /// The workspace as it would be.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Decides a command and carries it out here.
    pub fn act(&mut self, command: &Command, context: &mut Context) -> Result<Outcome, Rejection> {
        let outcome = decide(&self.state, &self.blueprint, command, context)?;
        self.state.apply_all(&outcome.changes);
        if outcome.changes.iter().any(|change| matches!(change, Change::Defined { .. })) {
            self.blueprint = Rc::new(Blueprint::compile(&self.state)?);
        }
        Ok(outcome)
    }
}
