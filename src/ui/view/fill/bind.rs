//! The road between a control and the form: what somebody fills in goes there, what the form works out comes back.

use leptos::prelude::*;

use super::Fill;
use crate::model::id::{FieldId, RecordId};
use crate::model::value::Value;
use crate::ui::field::FieldDraft;
use crate::ui::text::diagnostic;

/// Where a value stands in a form.
#[derive(Clone, PartialEq)]
pub(super) enum Spot {
    /// A question.
    Item {
        /// The item.
        item: String,
        /// Its field.
        field: FieldId,
    },
    /// A cell of a table.
    Cell {
        /// The item that is the table.
        item: String,
        /// The field that lists its lines.
        table: FieldId,
        /// The line.
        line: RecordId,
        /// The field of the line.
        column: FieldId,
    },
}

impl Spot {
    fn item(&self) -> &str {
        match self {
            Spot::Item { item, .. } | Spot::Cell { item, .. } => item,
        }
    }
}

impl Fill {
    /// What stands somewhere; tracked.
    pub(super) fn value(self, spot: &Spot) -> Value {
        self.look(spot.item(), |state| match spot {
            Spot::Item { .. } => state.value.clone(),
            Spot::Cell { line, column, .. } => {
                let lines = state.lines.as_ref().map(|lines| lines.lines.as_slice()).unwrap_or_default();
                let own = lines.iter().find(|known| known.record.id == *line);
                own.map(|own| own.record.value(*column).clone()).unwrap_or_default()
            }
        })
        .unwrap_or_default()
    }

    /// The sentence about what is wrong somewhere, whether it is time to say it or not; tracked.
    pub(super) fn wrong(self, spot: &Spot) -> Option<String> {
        self.look(spot.item(), |state| match spot {
            Spot::Item { .. } => state.problems.first().map(diagnostic),
            Spot::Cell { line, column, .. } => {
                let lines = state.lines.as_ref().map(|lines| lines.lines.as_slice()).unwrap_or_default();
                let own = lines.iter().find(|known| known.record.id == *line)?;
                own.problems.iter().find(|problem| problem.at.field == Some(*column)).map(diagnostic)
            }
        })
        .flatten()
    }

    /// Whether what was typed there cannot be read.
    fn is_unread(self, spot: &Spot) -> bool {
        match spot {
            Spot::Item { field, .. } => self.filling.with_value(|filling| filling.is_unread(*field)),
            Spot::Cell { table, line, column, .. } => {
                self.filling.with_value(|filling| filling.is_unread_in_line(*table, *line, *column))
            }
        }
    }

    /// What was typed there last.
    fn typed_at(self, spot: &Spot) -> Option<String> {
        match *spot {
            Spot::Item { field, .. } => self.typed.with_value(|typed| typed.get(&field).cloned()),
            Spot::Cell { table, line, column, .. } => {
                self.typed_lines.with_value(|typed| typed.get(&(table, line, column)).cloned())
            }
        }
    }

    /// Takes what stands in a control.
    fn take(self, spot: &Spot, draft: FieldDraft) {
        let (text, value) = (draft.text.get_untracked(), draft.value.get_untracked());
        let settings = self.app.read_settings();
        let is_typed = draft.is_typed();
        self.begun();
        match *spot {
            Spot::Item { field, .. } => {
                self.typed.update_value(|typed| drop(typed.insert(field, text.clone())));
                self.change(|filling, around| match is_typed {
                    true => filling.type_text(field, &text, &settings, around),
                    false => filling.answer(field, value, around),
                });
            }
            Spot::Cell { table, line, column, .. } => {
                self.typed_lines.update_value(|typed| drop(typed.insert((table, line, column), text.clone())));
                self.change(|filling, around| {
                    let lines = filling.lines(table);
                    let at = lines.and_then(|lines| lines.lines.iter().position(|known| known.record.id == line));
                    match (at, is_typed) {
                        (Some(at), true) => filling.type_into_line(table, at, column, &text, &settings, around),
                        (Some(at), false) => filling.answer_line(table, at, column, value, around),
                        (None, _) => Vec::new(),
                    }
                });
            }
        }
    }
}

/// Lets a control and the form speak with each other for as long as the running view is shown.
pub(super) fn bind(fill: Fill, spot: Spot, draft: FieldDraft) {
    if fill.is_unread(&spot)
        && let Some(text) = fill.typed_at(&spot)
    {
        draft.text.set(text);
        draft.judge();
    }
    let known = StoredValue::new((draft.text.get_untracked(), draft.value.get_untracked()));
    let told = spot.clone();
    // Controls set their draft from events, from lists and from files that were read: only the draft knows of all.
    Effect::new(move |_| {
        let now = (draft.text.get(), draft.value.get());
        if known.with_value(|known| *known != now) {
            known.set_value(now);
            untrack(|| fill.take(&told, draft));
        }
    });
    Effect::new(move |_| {
        let value = fill.value(&spot);
        let stands = untrack(|| draft.stands_for(&value)) || fill.is_unread(&spot);
        if !stands {
            untrack(|| draft.take_theirs(value));
            known.set_value((draft.text.get_untracked(), draft.value.get_untracked()));
        }
    });
}
