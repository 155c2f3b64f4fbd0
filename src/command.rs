//! Commands: what may happen, decided on a state without doing it. It knows no store, no interface and no browser.

mod automation;
mod blueprint;
mod cells;
mod convert;
mod design;
mod form;
pub mod history;
pub mod intake;
pub mod merge;
mod record;
mod rehearsal;
mod transfer;

use serde::{Deserialize, Serialize};

use crate::engine::form::Traffic;
use crate::engine::formula::function::Clock;
use crate::model::change::{Cause, Change, Commit, Signature, Source, Stamp, Withheld};
use crate::model::conversion::ChosenTarget;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Diagnostic, Rejection};
use crate::model::field::{Field, Language};
use crate::model::form::{Form, Submission};
use crate::model::id::{BatchId, CommitId, DefinitionId, EntityId, FieldId, IdSource, OptionId, RecordId};
use crate::model::record::Values;
use crate::model::state::{Reader, State};
use crate::model::time::{Instant, Zone};

pub use automation::TraceStep;
pub use blueprint::Blueprint;
pub use convert::{Proposal, propose};
pub use design::number::{misnumbered, unnumbered};
pub use design::recast::{Example, Forecast, forecast};
pub use design::sample::sample;
pub use form::{Taken, TakenHow};
pub use record::losing_links;
pub use rehearsal::Rehearsal;

/// Something that somebody asks for. This is also the JSON that scripts send, and as which it stands in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Create a record.
    CreateRecord {
        /// Its id; drawn when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<RecordId>,
        /// Its entity.
        entity: EntityId,
        /// What it holds.
        values: Values,
    },
    /// Change values of one record; a blank value empties its field.
    UpdateRecord {
        /// The record.
        record: RecordId,
        /// The new values.
        values: Vec<(FieldId, crate::model::value::Value)>,
    },
    /// Change values of several records alike.
    UpdateRecords {
        /// The records.
        records: Vec<RecordId>,
        /// The new values.
        values: Vec<(FieldId, crate::model::value::Value)>,
    },
    /// Move a card to another column of a board.
    MoveCard {
        /// The record.
        record: RecordId,
        /// The choice field that the board stands by.
        field: FieldId,
        /// The option of the column; none for the column of blanks.
        to: Option<OptionId>,
    },
    /// Turn a record into others, as its entity says.
    Convert {
        /// The record.
        record: RecordId,
        /// What is chosen for each target; those that are left out are not made.
        targets: Vec<ChosenTarget>,
    },
    /// Remove records, and with them what belongs to them.
    RemoveRecords {
        /// The records.
        records: Vec<RecordId>,
    },
    /// Add many records at once, as a pack's sample and a restored snapshot do: checked and computed, but without rules.
    AddRecords {
        /// The records.
        records: Vec<NewRecord>,
        /// Where they come from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// Take in one slice of an import; rows that are wrong are refused one by one.
    ImportRows {
        /// The entity.
        entity: EntityId,
        /// Rows that become records.
        create: Vec<NewRecord>,
        /// Rows that change records.
        update: Vec<RowUpdate>,
    },
    /// Fill in cells of a list, each with a value of its own; cells that are wrong are refused one by one.
    EditCells {
        /// The entity.
        entity: EntityId,
        /// Records whose values change.
        edits: Vec<RecordEdit>,
        /// Records that come to be.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        create: Vec<NewRecord>,
    },
    /// Make or change definitions.
    Define {
        /// As they shall be.
        definitions: Vec<Definition>,
    },
    /// Turn a field into another kind of thing, its values with it, or take it away.
    Recast {
        /// The entity.
        entity: EntityId,
        /// The field.
        field: FieldId,
        /// What it turns into; it goes when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        into: Option<Box<Field>>,
        /// How many values may be lost.
        #[serde(default)]
        lost: usize,
    },
    /// Give numbers to the records that were there before a field numbered them.
    NumberRecords {
        /// The entity.
        entity: EntityId,
        /// The field.
        field: FieldId,
        /// Whether those that were numbered in another way are numbered again instead.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// Take definitions away.
    Undefine {
        /// Which.
        ids: Vec<DefinitionId>,
    },
    /// Publish forms: each gets a new edition, as it stands now, unless it stands as its last edition does.
    PublishForms {
        /// Their ids among forms.
        forms: Vec<String>,
    },
    /// Take in an answer to a form: it becomes a record, or joins the one that is known already.
    Submit(Submission),
    /// Count who saw a form and did not send it.
    CountTraffic {
        /// The form's id among forms.
        form: String,
        /// The channel, in a word.
        channel: String,
        /// What there is to count.
        traffic: Traffic,
    },
    /// Bring fields that depend on the day up to date.
    Tick {
        /// The entity whose records are looked at.
        entity: EntityId,
        /// The records.
        records: Vec<RecordId>,
    },
}

/// A record to be added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// Its id.
    pub id: RecordId,
    /// Its entity.
    pub entity: EntityId,
    /// When it came to be, if that was not now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Instant>,
    /// What it holds.
    pub values: Values,
}

/// New values for a record that a row was matched to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowUpdate {
    /// The record.
    pub record: RecordId,
    /// Its new values.
    pub values: Values,
}

/// New values for cells of one record; a blank value empties its cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordEdit {
    /// The record.
    pub record: RecordId,
    /// The new values.
    pub values: Vec<(FieldId, crate::model::value::Value)>,
}

/// What a decision needs to know besides the state: given from outside, so that deciding twice gives the same.
#[derive(Clone, Debug)]
pub struct Context {
    /// Now, by the device's own clock.
    pub now: Instant,
    /// Where the commit will stand among those of all devices; it may be ahead of now, and tells nobody the time.
    pub stamp: Stamp,
    /// The user's time zone.
    pub zone: Zone,
    /// Who asks.
    pub actor: Option<RecordId>,
    /// Where new ids come from.
    pub ids: IdSource,
}

/// What a command comes to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What changes.
    pub changes: Vec<Change>,
    /// The record that the command was about, for the interface to open.
    pub subject: Option<RecordId>,
    /// Notices that rules have put into inboxes.
    pub notices: Vec<RecordId>,
    /// Which rules ran, in order.
    pub trace: Vec<TraceStep>,
    /// Rows of an import that were refused, and cells of records: then the diagnostics name the fields, and the rest was taken.
    pub refused: Vec<RefusedRow>,
    /// What became of an answer to a form.
    pub taken: Option<Taken>,
    /// What an undoing could not bring back, because it is gone since.
    pub left_out: Vec<Diagnostic>,
}

/// A row of an import that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedRow {
    /// Where it stands in the command.
    pub place: RowPlace,
    /// The id that its record would have had, or has.
    pub record: RecordId,
    /// What is wrong.
    pub wrong: Vec<Diagnostic>,
}

/// Where a row stands in the command that imports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPlace {
    /// Among the rows that become records.
    Create(usize),
    /// Among the rows that change records.
    Update(usize),
}

/// Decides what a command changes: checks, computed fields, rules to a fixed point. Pure and total.
pub fn decide(
    state: &State,
    blueprint: &Blueprint,
    command: &Command,
    context: &mut Context,
) -> Result<Outcome, Rejection> {
    let mut work = automation::Work::new(state, blueprint, context);
    match command {
        Command::CreateRecord { id, entity, values } => record::create(&mut work, *id, *entity, values)?,
        Command::UpdateRecord { record, values } => record::update(&mut work, *record, values)?,
        Command::UpdateRecords { records, values } => record::update_all(&mut work, records, values)?,
        Command::MoveCard { record, field, to } => record::move_card(&mut work, *record, *field, *to)?,
        Command::Convert { record, targets } => convert::convert(&mut work, *record, targets)?,
        Command::RemoveRecords { records } => record::remove(&mut work, records)?,
        Command::AddRecords { records, .. } => transfer::add(&mut work, records)?,
        Command::ImportRows { entity, create, update } => transfer::import(&mut work, *entity, create, update)?,
        Command::EditCells { entity, edits, create } => cells::edit(&mut work, *entity, edits, create)?,
        Command::Define { definitions } => return design::define(work, definitions),
        Command::Recast { entity, field, into, lost } => {
            return design::recast::recast(work, *entity, *field, into.as_deref(), *lost);
        }
        Command::NumberRecords { entity, field, again } => {
            design::number::number(&mut work, *entity, *field, *again)?;
        }
        Command::Undefine { ids } => return design::undefine(work, ids),
        Command::PublishForms { forms } => return form::publish(work, forms),
        Command::Submit(submission) => form::submit(&mut work, submission)?,
        Command::CountTraffic { form, channel, traffic } => form::count(&mut work, form, channel, traffic)?,
        Command::Tick { entity, records } => record::tick(&mut work, *entity, records),
    }
    work.finish()
}

impl Outcome {
    /// What rules would have done as well, had it fitted.
    pub fn withheld(&self) -> Vec<Withheld> {
        self.trace.iter().flat_map(|step| &step.withheld).cloned().collect()
    }
}

impl Command {
    /// How the commit of its changes is explained. What concerns records stands there as it was asked; an import's rows and
    /// the like are left out, since the changes say what became of them.
    pub fn cause(&self) -> Cause {
        match self {
            Command::CreateRecord { id, entity, values } => {
                Cause::CreateRecord { id: *id, entity: *entity, values: values.clone() }
            }
            Command::UpdateRecord { record, values } => Cause::UpdateRecord { record: *record, values: values.clone() },
            Command::UpdateRecords { records, values } => {
                Cause::UpdateRecords { records: records.clone(), values: values.clone() }
            }
            Command::MoveCard { record, field, to } => Cause::MoveCard { record: *record, field: *field, to: *to },
            Command::Convert { record, targets } => Cause::Convert { record: *record, targets: targets.clone() },
            Command::RemoveRecords { records } => Cause::RemoveRecords { records: records.clone() },
            Command::AddRecords { records, source } => {
                Cause::AddRecords { count: records.len(), source: source.clone() }
            }
            Command::ImportRows { entity, create, update } => {
                Cause::ImportRows { entity: *entity, created: create.len(), updated: update.len() }
            }
            Command::EditCells { entity, edits, create } => {
                Cause::EditCells { entity: *entity, updated: edits.len(), created: create.len() }
            }
            Command::Define { definitions } => Cause::Define { ids: definitions.iter().map(Definition::id).collect() },
            Command::Recast { entity, .. } | Command::NumberRecords { entity, .. } => {
                Cause::Define { ids: vec![Definition::entity_id(*entity)] }
            }
            Command::Undefine { ids } => Cause::Undefine { ids: ids.clone() },
            Command::PublishForms { forms } => {
                Cause::Define { ids: forms.iter().map(|form| Form::worked_on(form)).collect() }
            }
            Command::Submit(Submission { id, form, edition, .. }) => {
                Cause::Submit { submission: *id, form: form.clone(), edition: *edition }
            }
            Command::CountTraffic { form, .. } => Cause::CountTraffic { form: form.clone() },
            Command::Tick { entity, .. } => Cause::Tick { entity: *entity },
        }
    }
}

impl Context {
    /// What formulas are told about the time.
    pub fn clock(&self, reader: &dyn Reader) -> Clock {
        Clock {
            now: self.now,
            today: self.now.local(self.zone).date(),
            zone: self.zone,
            currency: reader.currency(),
            reckoning: reader.reckoning(),
            actor: self.actor,
        }
    }

    /// The commit that keeps changes, signed with who and when.
    pub fn sign(&mut self, changes: Vec<Change>, cause: Cause, batch: Option<BatchId>) -> Commit {
        Commit { batch, ..Commit::signed(CommitId(self.ids.draw()), self.signature(), cause, changes) }
    }

    /// Who asks, and when.
    pub fn signature(&self) -> Signature {
        let wall = (self.stamp.time != self.now).then_some(self.now);
        Signature { at: self.stamp, wall, actor: self.actor }
    }
}

/// The language of the texts that automation writes.
fn written_language(reader: &dyn Reader) -> Language {
    reader.workspace().map_or(Language::En, |workspace| workspace.language)
}
