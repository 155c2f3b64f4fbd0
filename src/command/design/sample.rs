//! What a field would compute for a few records if it were defined so, for whoever is writing its formula.

use std::sync::Arc;

use super::put;
use crate::command::{Blueprint, Context, written_language};
use crate::engine::compute::{Moment, preview};
use crate::model::definition::Definition;
use crate::model::diagnostic::Diagnostic;
use crate::model::draft::Draft;
use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::state::{Reader, State};
use crate::model::value::Value;

/// What a computed field of an entity, as it would be, gives for some of its records; or what is wrong with the field.
pub fn sample(
    state: &State,
    context: &Context,
    entity: &Entity,
    field: FieldId,
    records: &[RecordId],
) -> Result<Vec<(RecordId, Value)>, Vec<Diagnostic>> {
    let mut draft = Draft::new(state);
    let id = Definition::entity_id(entity.id);
    put(&mut draft, id, Some(Definition::Entity(Arc::new(entity.clone()))));
    let (blueprint, wrong) = Blueprint::compile_sound(&draft);
    let own: Vec<Diagnostic> =
        wrong.into_iter().filter(|it| it.at.definition == Some(id) && it.at.field == Some(field)).collect();
    if !own.is_empty() {
        return Err(own);
    }
    let clock = context.clock(&draft);
    let moment = Moment { clock: &clock, language: written_language(&draft), at: Some(context.now) };
    let known = records.iter().filter_map(|id| draft.record(*id));
    let fields = [field];
    let computed = known.map(|record| {
        let made = preview(&blueprint.plan, &draft, record, Some(&fields), moment);
        (record.id, made.value(field).clone())
    });
    Ok(computed.collect())
}
