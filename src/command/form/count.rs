//! The counting of who saw a form, began it and gave it up.

use crate::command::automation::Work;
use crate::engine::form::{Traffic, traffic_cell};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::form::Form;
use crate::model::state::Reader;

/// Adds to what this device has counted of a form today.
pub fn count(work: &mut Work<'_>, form: &str, channel: &str, traffic: &Traffic) -> Result<(), Rejection> {
    let id = Form::worked_on(form);
    let Some(Definition::Form(known)) = work.draft.definition(id).cloned() else {
        return Err(Diagnostic::new(Code::UnknownDefinition).with("name", form).into());
    };
    let mut counted = traffic.clone();
    // Items go while pages are open; what was given up at one of them is still given up.
    counted.abandons.retain(|item, _| known.item(item).is_some());
    let cell = traffic_cell(form, work.clock.today, work.context.stamp.device);
    let mut by_channel = Traffic::read(work.draft.cell(cell));
    by_channel.entry(channel.to_owned()).or_default().add(&counted);
    work.draft.remember(cell, Traffic::write(&by_channel));
    Ok(())
}
