//! The intake of a slice of an import: whole where that goes, else in ever smaller parts, so that a row that cannot be taken in costs
//! no other row its place. It knows neither file nor workspace: how a command is carried out is handed in.

use rustc_hash::FxHashSet;

use super::{Command, NewRecord, RefusedRow, RowPlace, RowUpdate};
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::id::{EntityId, RecordId};

/// A row that is to be taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceRow {
    /// Records that have to be there before it, because its cells name them.
    pub also: Vec<NewRecord>,
    /// What it comes to.
    pub step: RowStep,
}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum RowStep {
    /// It becomes a record.
    Create(NewRecord),
    /// It changes a record.
    Update(RowUpdate),
}

/// What has become of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It became a record.
    Created,
    /// It changed a record.
    Updated,
    /// It was refused; the record that it was to create or change, and why.
    Refused(RecordId, Vec<Diagnostic>),
}

/// What has become of a slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intake {
    /// What has become of each row, in order.
    pub fates: Vec<Fate>,
    /// How many records came to be because cells named them.
    pub also_created: usize,
    /// Records that did not come to be, though rows spoke of them as if they would.
    pub lost: Vec<NewRecord>,
}

/// How a command is carried out: which rows it refuses, or why it is refused as a whole.
pub type Act<'a> = &'a mut dyn FnMut(Command) -> Result<Vec<RefusedRow>, Rejection>;

/// Takes the rows of a slice in.
pub fn take_in(entity: EntityId, rows: Vec<SliceRow>, act: Act<'_>) -> Intake {
    if rows.is_empty() {
        return Intake::default();
    }
    let count = rows.len();
    let mut slice = Slice {
        entity,
        rows,
        fates: vec![None; count],
        also_created: 0,
        lost: Vec::new(),
        missing: FxHashSet::default(),
    };
    slice.take((0..count).collect(), act);
    let fates = slice.fates.into_iter().zip(&slice.rows);
    let fates = fates.map(|(fate, row)| fate.unwrap_or_else(|| Fate::Refused(row.step.record(), Vec::new()))).collect();
    let lost = slice.lost.into_iter().filter(|new| slice.missing.contains(&new.id)).collect();
    Intake { fates, also_created: slice.also_created, lost }
}

struct Slice {
    entity: EntityId,
    rows: Vec<SliceRow>,
    fates: Vec<Option<Fate>>,
    also_created: usize,
    lost: Vec<NewRecord>,
    /// The ids of lost records that no later row has brought into being after all.
    missing: FxHashSet<RecordId>,
}

/// A command for some rows, and which row each of its parts belongs to; none for the records that come along.
struct Asked {
    command: Command,
    created: Vec<Option<usize>>,
    updated: Vec<usize>,
}

impl Slice {
    fn take(&mut self, rows: Vec<usize>, act: Act<'_>) {
        let mut left = rows;
        while !left.is_empty() {
            let Asked { command, created, updated } = self.ask(&left);
            match act(command) {
                Ok(refused) => left = self.note(&created, &updated, refused),
                Err(refused) if left.len() == 1 => {
                    self.refuse(left[0], refused.diagnostics);
                    self.take_also(left[0], act);
                    return;
                }
                Err(_) => {
                    let behind = left.split_off(left.len() / 2);
                    self.take(left, act);
                    left = behind;
                }
            }
        }
    }

    fn ask(&mut self, rows: &[usize]) -> Asked {
        let (mut create, mut created) = (Vec::new(), Vec::new());
        let (mut update, mut updated) = (Vec::new(), Vec::new());
        for at in rows {
            let row = &mut self.rows[*at];
            for new in &row.also {
                create.push(new.clone());
                created.push(None);
            }
            // A row that was to change a record which an earlier one failed to create takes that one's place.
            if let RowStep::Update(RowUpdate { record, values }) = &row.step
                && self.missing.remove(record)
            {
                let new = NewRecord { id: *record, entity: self.entity, created: None, values: values.clone() };
                row.step = RowStep::Create(new);
            }
            match &row.step {
                RowStep::Create(new) => {
                    create.push(new.clone());
                    created.push(Some(*at));
                }
                RowStep::Update(row) => {
                    update.push(row.clone());
                    updated.push(*at);
                }
            }
        }
        Asked { command: Command::ImportRows { entity: self.entity, create, update }, created, updated }
    }

    /// Notes what became of some rows; those that have to be tried once more are given back.
    fn note(&mut self, created: &[Option<usize>], updated: &[usize], refused: Vec<RefusedRow>) -> Vec<usize> {
        self.also_created += created.iter().filter(|at| at.is_none()).count();
        for at in created.iter().flatten() {
            self.fates[*at] = Some(Fate::Created);
        }
        for at in updated {
            self.fates[*at] = Some(Fate::Updated);
        }
        let mut again = Vec::new();
        for RefusedRow { place, record, wrong } in refused {
            match place {
                RowPlace::Create(at) => match created.get(at).copied().flatten() {
                    Some(at) => self.refuse(at, wrong),
                    None => {
                        self.also_created = self.also_created.saturating_sub(1);
                        self.lose_also(record);
                    }
                },
                RowPlace::Update(at) => {
                    let Some(at) = updated.get(at).copied() else { continue };
                    let is_lost = wrong.iter().any(|it| it.code == Code::UnknownRecord);
                    if is_lost && self.missing.contains(&record) {
                        self.fates[at] = None;
                        again.push(at);
                    } else {
                        self.refuse(at, wrong);
                    }
                }
            }
        }
        again
    }

    fn refuse(&mut self, at: usize, wrong: Vec<Diagnostic>) {
        let step = &self.rows[at].step;
        if let RowStep::Create(new) = step {
            self.missing.insert(new.id);
            self.lost.push(new.clone());
        }
        self.fates[at] = Some(Fate::Refused(step.record(), wrong));
    }

    fn lose_also(&mut self, record: RecordId) {
        if let Some(new) = self.rows.iter().flat_map(|row| &row.also).find(|new| new.id == record) {
            self.missing.insert(record);
            self.lost.push(new.clone());
        }
    }

    /// Takes in what a refused row would have brought along: other rows name it too.
    fn take_also(&mut self, at: usize, act: Act<'_>) {
        let also = self.rows[at].also.clone();
        if also.is_empty() {
            return;
        }
        let ids: Vec<RecordId> = also.iter().map(|new| new.id).collect();
        let refused = match act(Command::ImportRows { entity: self.entity, create: also, update: Vec::new() }) {
            Ok(refused) => refused.into_iter().map(|row| row.record).collect(),
            Err(_) => ids.clone(),
        };
        self.also_created += ids.len() - refused.len();
        for record in refused {
            self.lose_also(record);
        }
    }
}

impl SliceRow {
    /// A row that brings nothing along.
    pub fn alone(step: RowStep) -> Self {
        SliceRow { also: Vec::new(), step }
    }
}

impl RowStep {
    /// The record that it is about.
    pub fn record(&self) -> RecordId {
        match self {
            RowStep::Create(new) => new.id,
            RowStep::Update(row) => row.record,
        }
    }
}
