//! Actions: what rules, and later flows, buttons and journeys, do to a record. They are data; `decide` carries them out.

use serde::{Deserialize, Serialize};

use crate::model::field::Label;
use crate::model::id::{EntityId, FieldId, RecordId};

/// Something that automation does to the record at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    /// Gives a field the value of a formula.
    Set {
        /// The field.
        field: FieldId,
        /// The formula: `"MQL"`, `TODAY()+7`.
        to: String,
    },
    /// Adds the value of a formula to a number.
    Add {
        /// The field.
        field: FieldId,
        /// The formula.
        by: String,
    },
    /// Gives the record to a person.
    Assign {
        /// The link field that names who is responsible.
        field: FieldId,
        /// How the person is found.
        to: Assignee,
    },
    /// Creates a record of any entity.
    Create {
        /// The entity.
        entity: EntityId,
        /// A formula for each field that is filled in.
        values: Vec<Assignment>,
    },
    /// Creates a to-do about the record.
    Task {
        /// What is to be done: text with `{{formula}}` placeholders, in both languages.
        title: Label,
        /// Formula for the person who does it; nobody when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        /// Formula for the day on which it is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    /// Puts a notice about the record into somebody's inbox.
    Notify {
        /// Who is told.
        to: Recipient,
        /// What they are told: text with `{{formula}}` placeholders, in both languages.
        text: Label,
    },
    /// Adds a tag to a field of several options.
    Tag {
        /// The field.
        field: FieldId,
        /// The tag's id or label.
        tag: String,
    },
}

/// A field and the formula that fills it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The field of the new record.
    pub field: FieldId,
    /// The formula, evaluated on the record at hand.
    pub to: String,
}

/// How the person who gets a record is found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Assignee {
    /// Always the same person or team.
    Person {
        /// The record of the person or team.
        record: RecordId,
    },
    /// One after the other, going on where it stopped last time.
    RoundRobin {
        /// The people, in their order.
        records: Vec<RecordId>,
    },
}

/// Who gets a notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Recipient {
    /// These people.
    People {
        /// Their records.
        records: Vec<RecordId>,
    },
    /// Whomever a link field of the record, or a path over links, names.
    Field {
        /// The path: `owner`, `owner.manager`.
        path: String,
    },
}
