//! Trying out what a designer is about to do: nothing here changes anything.

use super::workspace::App;
use crate::command::{self, Command, Forecast};
use crate::model::change::Change;
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::value::Value;

impl App {
    /// What a command would change, or why it may not be carried out.
    pub fn rehearse(self, command: &Command) -> Result<Vec<Change>, Rejection> {
        let (mut context, blueprint) = (self.context(), self.inner().blueprint.borrow().clone());
        self.ask(|state| command::decide(state, &blueprint, command, &mut context)).map(|outcome| outcome.changes)
    }

    /// What would become of the values of a field if it turned into another one, or went.
    pub fn forecast(self, entity: EntityId, field: FieldId, into: Option<&Field>) -> Forecast {
        let context = self.context();
        self.ask(|state| command::forecast(state, &context, entity, field, into))
    }

    /// What a computed field of an entity, as it would be, gives for the records made last.
    pub fn sample(
        self,
        entity: &Entity,
        field: FieldId,
        most: usize,
    ) -> Result<Vec<(RecordId, Value)>, Vec<Diagnostic>> {
        let context = self.context();
        self.ask(|state| {
            let records: Vec<RecordId> = state.member_ids(entity.id).iter().rev().take(most).copied().collect();
            command::sample(state, &context, entity, field, &records)
        })
    }
}
