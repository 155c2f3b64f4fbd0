//! A record that is moved along the days, or begins or ends at another time: on the calendar and on the timeline alike.

use leptos::prelude::*;

use crate::app::{App, ToastAction};
use crate::command::Command;
use crate::engine::schedule::{self, When};
use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;
use crate::ui::format;
use crate::ui::text::{diagnostic, tr};

/// What is done to a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Act {
    Move,
    /// It ends at another time.
    Stretch,
    /// It begins at another time.
    Hasten,
}

/// How far a record goes.
pub(super) struct Shift {
    pub record: RecordId,
    pub act: Act,
    pub days: i64,
    pub minutes: i64,
    /// What changes with it, such as its lane.
    pub also: Vec<(FieldId, Value)>,
}

/// Does it in one command and says so: in a message, and in `said` for whoever does not see it. What stays as it is goes unsaid.
pub(super) fn shift(app: App, entity: &Entity, when: When, said: RwSignal<String>, shift: Shift) {
    let Shift { record: id, act, days, minutes, also } = shift;
    let Some(record) = app.ask(|state| state.shared_record(id).cloned()) else { return };
    let mut values: Vec<(FieldId, Value)> = match act {
        _ if days == 0 && minutes == 0 => Vec::new(),
        Act::Move => schedule::moved(&record, when, app.zone(), days, minutes),
        Act::Stretch => schedule::stretched(entity, &record, when, app.zone(), days, minutes).into_iter().collect(),
        Act::Hasten => schedule::hastened(entity, &record, when, app.zone(), days, minutes),
    };
    values.extend(also);
    values.retain(|(field, value)| record.value(*field) != value);
    if values.is_empty() {
        return;
    }
    let title = app.ask(|state| crate::app::title(state, id));
    match app.dispatch(Command::UpdateRecord { record: id, values }) {
        Ok(_) => {
            let now = app.ask(|state| schedule::span(state.record(id)?, when, app.zone()));
            let day = now.map(|span| if act == Act::Stretch { span.last() } else { span.first() });
            let day = day.map(format::full_day).unwrap_or_default();
            let key = match act {
                Act::Move => "toast-moved-to-day",
                Act::Stretch => "toast-ends-on-day",
                Act::Hasten => "toast-begins-on-day",
            };
            said.set(tr(key, [("title", title.as_str().into()), ("day", day.as_str().into())]));
            app.toast(key, vec![("title", title), ("day", day)], ToastAction::Undo);
        }
        Err(refused) => {
            let reason = refused.diagnostics.first().map(diagnostic).unwrap_or_default();
            said.set(reason.clone());
            app.warn("toast-not-moved", vec![("title", title), ("reason", reason)], ToastAction::None);
        }
    }
}
