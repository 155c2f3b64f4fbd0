//! Commands on forms: they are published, answered and counted. What fills one in is handed the workspace's computed fields here.

mod check;
mod count;
mod known;
mod publish;
mod submit;

use serde::{Deserialize, Serialize};

use super::Blueprint;
use crate::engine::compute::{self, Moment};
use crate::engine::form::Computing;
use crate::engine::formula::Scope;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;

pub(super) use check::{check, circles};
pub(super) use count::count;
pub(super) use publish::publish;
pub(super) use submit::submit;

/// What became of an answer to a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The record that came of it, or that it joined.
    pub record: RecordId,
    /// Where it is noted that the form was sent, if the workspace notes that.
    pub touch: Option<RecordId>,
    /// How.
    pub how: TakenHow,
}

/// How an answer to a form was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenHow {
    /// As a new record.
    Created,
    /// By the record that was known already.
    Joined {
        /// The fields by which it was known.
        by: Vec<FieldId>,
        /// Fields that were blank and are filled in now.
        filled: Vec<FieldId>,
        /// Fields that were answered otherwise than known, and stay as they are.
        differing: Vec<FieldId>,
    },
    /// Not at all: it has been taken in before.
    Before,
}

impl Computing for Blueprint {
    fn following(&self, entity: EntityId, fields: &[FieldId]) -> Vec<FieldId> {
        self.plan.following(entity, fields)
    }

    fn computed(&self, scope: &Scope<'_>, fields: Option<&[FieldId]>) -> Record {
        let moment = Moment { clock: scope.clock, language: scope.language, at: Some(scope.clock.now) };
        compute::preview(&self.plan, scope.reader, scope.record, fields, moment)
    }
}
