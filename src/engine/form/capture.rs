//! What a form's answers hold besides what people fill in, and how texts are brought into the form that an item wants.

use super::compiled::Slot;
use super::filling::Surroundings;
use super::{ReadSettings, read_text};
use crate::model::diagnostic::Diagnostic;
use crate::model::entity::Entity;
use crate::model::form::Form;
use crate::model::id::FieldId;
use crate::model::record::Values;
use crate::model::value::Value;

/// What a new record of a form holds before anybody fills anything in.
///
/// `parameters` are those of the form's address, `channel` overrules the form's own; links and choices among them go by id.
pub fn captured(
    form: &Form,
    entity: &Entity,
    channel: Option<&str>,
    parameters: &[(String, String)],
    settings: &ReadSettings,
) -> Values {
    let mut values = Values::new();
    let is_fixed = |field: FieldId| form.capture.fixed.iter().any(|fixed| fixed.field == field);
    for fixed in &form.capture.fixed {
        values.set(fixed.field, fixed.value.clone());
    }
    let mut put = |field: FieldId, text: &str| {
        if let Some(definition) = entity.field(field)
            && let Ok(value) = read_text(definition, text, settings)
            && !value.is_empty()
        {
            values.set(field, value);
        }
    };
    for parameter in &form.capture.parameters {
        for (_, text) in parameters.iter().filter(|(name, _)| *name == parameter.name && !is_fixed(parameter.into)) {
            put(parameter.into, text);
        }
    }
    if let Some(into) = form.capture.channel_into {
        put(into, channel.unwrap_or(&form.capture.channel));
    }
    values
}

/// A value as an item takes it.
pub(super) fn in_form(slot: &Slot, value: Value, around: &Surroundings<'_>) -> Result<Value, Diagnostic> {
    let (Some(read_as), Some(text)) = (&slot.read_as, value.as_text()) else { return Ok(value) };
    let settings = ReadSettings {
        currency: around.clock.currency,
        calling_code: around.reader.calling_code().to_owned(),
        today: around.clock.today,
        zone: around.clock.zone,
    };
    read_text(read_as, text, &settings)
}
