//! Formulas of an entity that is only being designed: its fields can be named before it is there.

use std::sync::Arc;

use crate::model::change::Change;
use crate::model::definition::Definition;
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::state::{Reader, State};

/// Asks something of the workspace as it would be with this entity in it.
pub fn with_entity<T>(state: &State, entity: &Arc<Entity>, question: impl FnOnce(&dyn Reader) -> T) -> T {
    let before = state.entity(entity.id);
    if before.is_some_and(|known| Arc::ptr_eq(known, entity) || known == entity) {
        return question(state);
    }
    let mut draft = Draft::new(state);
    draft.push(Change::Defined {
        id: Definition::entity_id(entity.id),
        before: before.map(|known| Definition::Entity(known.clone())),
        after: Some(Definition::Entity(entity.clone())),
    });
    question(&draft)
}
