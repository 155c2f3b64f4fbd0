//! The import of one file, slice by slice.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ImportFile;
use super::report::{FileReport, RejectedRow, Tally, TriedFate, TriedRow};
use super::world::World;
use crate::app::outside::{breathe, performance_now};
use crate::app::workspace::App;
use crate::command::intake::{Fate, RowStep, SliceRow};
use crate::command::{Command, NewRecord, RowUpdate};
use crate::engine::form::{self, ReadSettings};
use crate::engine::transfer::{Aliases, Importer, Note, Rejected, Row, RowOutcome, RowPlan, Rows, rows, with_options};
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic, Rejection};
use crate::model::field::Field;
use crate::model::id::{EntityId, RecordId};
use crate::model::record::Values;
use crate::model::state::Reader;

/// How long a slice may read rows before it is committed, in milliseconds.
const SLICE: f64 = 5.0;
/// How many rows a slice holds at most.
const SLICE_ROWS: usize = 400;

/// How many records get their late links at a time.
const LINKS: usize = 400;

/// What a file is among those that come in together.
pub struct Place {
    /// Whether rows of the others may name its rows, so that even a trial has to read them all.
    pub is_named: bool,
    /// The entities of the files that come after it.
    pub later: FxHashSet<EntityId>,
}

/// The text of a file, shared with whoever shows it.
struct Text(Arc<String>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

pub struct FileImport {
    entity: EntityId,
    importer: Importer,
    rows: Rows<Text>,
    /// The first row below the headings, which shows that there is one.
    first: Option<Result<Row, Diagnostic>>,
    /// The rows once more, while they are only looked through for new options.
    ahead: Option<Rows<Text>>,
    settings: ReadSettings,
    /// How many rows a trial tells of.
    told: Option<usize>,
    is_named: bool,
    /// How many rows were read.
    count: usize,
    report: FileReport,
    /// Where each text that was understood otherwise stands in the report.
    noted: FxHashMap<Note, usize>,
}

/// Whether a file can be taken in as it is mapped.
pub fn check(app: App, file: &ImportFile) -> Result<(), Rejection> {
    let (headers, first, _) = open(file)?;
    if first.is_none() {
        return Err(Diagnostic::new(Code::NoRows).into());
    }
    Ok(app.ask(|state| Importer::check(state, file.mapping.clone(), &headers))?)
}

type Opened = (csv::StringRecord, Option<Result<Row, Diagnostic>>, Rows<Text>);

/// The headings of a file, its first row, and all others.
fn open(file: &ImportFile) -> Result<Opened, Rejection> {
    let mut rows = rows(Text(file.text.clone()), file.signs);
    let headers = match rows.next() {
        Some(Ok(row)) if row.swallowed.is_none() => row.cells,
        Some(Ok(row)) => {
            let lines = row.swallowed.unwrap_or_default();
            return Err(Diagnostic::new(Code::UnclosedQuote).with("count", lines).into());
        }
        Some(Err(wrong)) => return Err(wrong.into()),
        None => return Err(Diagnostic::new(Code::NoRows).into()),
    };
    let first = rows.next();
    Ok((headers, first, rows))
}

impl FileImport {
    /// Begins; `told` is how many rows a trial tells of.
    pub fn begin(
        world: &World,
        file: &ImportFile,
        place: Place,
        told: Option<usize>,
        aliases: Aliases,
    ) -> Result<FileImport, Rejection> {
        let (headers, first, rows) = open(file)?;
        if first.is_none() {
            return Err(Diagnostic::new(Code::NoRows).into());
        }
        let entity = file.mapping.entity;
        let mut importer = world.ask(|state| Importer::new(state, file.mapping.clone(), &headers))?;
        importer.among(file.key, aliases, place.later);
        let ahead = if importer.makes_options() { open(file).ok().map(|(_, _, rows)| rows) } else { None };
        let mut settings = world.app.read_settings();
        settings.currency = file.mapping.reading.currency.unwrap_or(settings.currency);
        let mut work = FileImport {
            settings,
            entity,
            importer,
            rows,
            ahead,
            told,
            is_named: place.is_named,
            count: 0,
            report: FileReport::default(),
            noted: FxHashMap::default(),
            first,
        };
        // The rows that were opened once more begin behind the first one.
        if work.ahead.is_some()
            && let Some(Ok(row)) = &work.first
        {
            let settings = &work.settings;
            let read = |field: &Field, text: &str| form::read_text(field, text, settings);
            work.importer.look_ahead(&read, row);
        }
        Ok(work)
    }

    /// How far it is, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.rows.progress()
    }

    /// What has become of the rows so far.
    pub fn tally(&self) -> Tally {
        Tally { rejected: self.report.rejected.len(), blank: self.rows.blank() as usize, ..self.report.tally }
    }

    /// The keys by which rows of later files may name its rows.
    pub fn take_aliases(&mut self) -> Aliases {
        self.importer.take_aliases()
    }

    /// Reads and commits one slice; whether there is more.
    pub fn slice(&mut self, world: &mut World) -> bool {
        if let Some(ahead) = self.ahead.take() {
            self.look_ahead(world, ahead);
            return true;
        }
        let mut slice = Slice::default();
        let more = self.read(world, &mut slice);
        // With the look ahead there is nothing left here; it keeps the rows right all the same.
        self.add_options(world);
        self.keep(world, slice);
        self.importer.note_kept();
        more
    }

    /// Looks through some rows for options that their cells ask for. The entity gets them all at once, before the first row: to
    /// define it anew with every slice would compile everything and write all options to the log each time.
    fn look_ahead(&mut self, world: &mut World, mut ahead: Rows<Text>) {
        let began = performance_now();
        let settings = &self.settings;
        let read = |field: &Field, text: &str| form::read_text(field, text, settings);
        let most = self.told.filter(|_| !self.is_named);
        for count in 2.. {
            let Some(row) = ahead.next().filter(|_| most.is_none_or(|most| count <= most)) else {
                self.add_options(world);
                return;
            };
            if let Ok(row) = row {
                self.importer.look_ahead(&read, &row);
            }
            if count % 64 == 0 && most.is_none() && performance_now() - began > SLICE {
                break;
            }
        }
        self.ahead = Some(ahead);
    }

    /// Reads rows for a few milliseconds; whether there are more.
    fn read(&mut self, world: &World, slice: &mut Slice) -> bool {
        let began = performance_now();
        let mut ids = world.app.context().ids;
        for count in 0..SLICE_ROWS {
            if count % 16 == 15 && performance_now() - began > SLICE {
                break;
            }
            let is_told = self.told.is_none_or(|told| self.count < told);
            if !is_told && !self.is_named {
                return false;
            }
            let Some(row) = self.first.take().or_else(|| self.rows.next()) else {
                return false;
            };
            self.count += 1;
            let row = match row {
                Ok(row) => row,
                Err(wrong) => {
                    let row = wrong.argument("row").and_then(|row| row.parse().ok()).unwrap_or_default();
                    if is_told {
                        self.reject(RejectedRow { row, cells: Vec::new(), reasons: vec![(None, wrong)] });
                    }
                    continue;
                }
            };
            let settings = &self.settings;
            let read = |field: &Field, text: &str| form::read_text(field, text, settings);
            let importer = &mut self.importer;
            let plan = world.ask(|state| importer.read_row(state, &read, &row, &mut || ids.record()));
            if is_told {
                self.note(&plan);
            }
            let (fate, id) = match &plan.outcome {
                RowOutcome::Skip => (TriedFate::Skipped, None),
                RowOutcome::Rejected(reasons) => {
                    if is_told {
                        self.reject(rejected(&row, reasons));
                    }
                    continue;
                }
                RowOutcome::Unchanged(record) => (TriedFate::Unchanged, Some(*record)),
                RowOutcome::Create(_) => (TriedFate::Created, Some(ids.record())),
                RowOutcome::Update(record, _) => (TriedFate::Updated, Some(*record)),
            };
            match fate {
                _ if !is_told => {}
                TriedFate::Skipped => self.report.tally.skipped += 1,
                TriedFate::Unchanged => self.report.tally.unchanged += 1,
                TriedFate::Created | TriedFate::Updated | TriedFate::Rejected => {}
            }
            if self.told.is_some() && is_told {
                self.report.tried.push(TriedRow {
                    row: row.number,
                    cells: row.cells.iter().map(str::to_owned).collect(),
                    fate,
                    record: id,
                    values: Values::default(),
                    before: Values::default(),
                    reasons: Vec::new(),
                });
            }
            if let Some(id) = id {
                self.importer.note_done(&plan, id);
                slice.push(self.entity, plan, id, row, is_told);
            }
        }
        true
    }

    /// Resolves what pointed forward, and commits that too, slice by slice.
    pub async fn finish(&mut self, world: &mut World, aliases: &Aliases) {
        let importer = &mut self.importer;
        let mut ids = world.app.context().ids;
        let ending = world.ask(|state| {
            importer.look_again(state, aliases);
            importer.finish(state, &mut || ids.record())
        });
        for wrong in ending.rejected {
            let reasons = vec![(wrong.header, wrong.diagnostic)];
            self.report.unlinked.push(RejectedRow { row: wrong.row, cells: Vec::new(), reasons });
        }
        let mut by_record: FxHashMap<RecordId, (u64, Values)> = FxHashMap::default();
        for update in ending.updates {
            let (_, values) = by_record.entry(update.record).or_insert_with(|| (update.row, Values::default()));
            values.set(update.field, update.value);
        }
        let mut links: Vec<(RecordId, (u64, Values))> = by_record.into_iter().collect();
        links.sort_by_key(|(_, (row, _))| *row);
        let also: Vec<NewRecord> =
            ending.also.iter().map(|new| new_record(new.id, new.entity, new.values.clone())).collect();
        // The records that links name come first, and by themselves.
        let mut steps = Vec::with_capacity(links.len());
        if !also.is_empty() {
            let steps = also.into_iter().map(|new| SliceRow::alone(RowStep::Create(new))).collect();
            let intake = world.take_in(self.entity, steps);
            self.report.also_created += intake.fates.iter().filter(|fate| **fate == Fate::Created).count();
        }
        let mut numbers = Vec::with_capacity(links.len());
        for (record, (row, values)) in links {
            numbers.push(row);
            steps.push(SliceRow::alone(RowStep::Update(RowUpdate { record, values })));
        }
        let mut numbers = numbers.into_iter();
        let mut steps = steps.into_iter();
        loop {
            let slice: Vec<SliceRow> = steps.by_ref().take(LINKS).collect();
            if slice.is_empty() {
                break;
            }
            let intake = world.take_in(self.entity, slice);
            for (fate, row) in intake.fates.into_iter().zip(numbers.by_ref()) {
                if let Fate::Refused(_, wrong) = fate {
                    let reasons = wrong.into_iter().map(|diagnostic| (None, diagnostic)).collect();
                    self.report.unlinked.push(RejectedRow { row, cells: Vec::new(), reasons });
                }
            }
            breathe().await;
        }
        self.report.rejected.sort_by_key(|row| row.row);
        self.report.tally = self.tally();
    }

    /// What has become of the rows; of a trial, with what they would be.
    pub fn into_report(self, world: &World) -> FileReport {
        let mut report = self.report;
        if !world.is_trial() {
            return report;
        }
        report.entity = world.ask(|state| state.entity(self.entity).cloned());
        for tried in &mut report.tried {
            let Some(id) = tried.record.filter(|_| tried.fate != TriedFate::Rejected) else { continue };
            if let Some(before) = world.app.ask(|state| state.record(id).map(|record| record.values.clone())) {
                tried.before = before;
            }
            let titles = &mut report.titles;
            world.ask(|state| {
                let Some(record) = state.record(id) else { return };
                tried.values = record.values.clone();
                for link in tried.values.iter().flat_map(|(_, value)| value.links()) {
                    if !titles.contains_key(link)
                        && let Some(linked) = state.record(*link)
                        && let Some(entity) = state.entity(linked.entity)
                        && let Some(title) = linked.value(entity.title).as_text()
                    {
                        titles.insert(*link, title.to_owned());
                    }
                }
            });
        }
        report
    }

    /// Keeps a slice; rows that are refused are rejected with the reason, and all others stay.
    fn keep(&mut self, world: &mut World, slice: Slice) {
        let intake = world.take_in(self.entity, slice.steps);
        self.report.also_created += intake.also_created;
        for ((row, is_told), fate) in slice.rows.iter().zip(intake.fates) {
            match fate {
                _ if !is_told => {}
                Fate::Created => self.report.tally.created += 1,
                Fate::Updated => self.report.tally.updated += 1,
                Fate::Refused(_, wrong) => {
                    let reasons = self.importer.in_columns(row, wrong);
                    self.reject(rejected(row, &reasons));
                }
            }
        }
        for lost in &intake.lost {
            self.importer.note_lost(lost.entity, lost.id, &lost.values);
        }
    }

    fn reject(&mut self, row: RejectedRow) {
        if self.told.is_some() {
            let tried = TriedRow {
                row: row.row,
                cells: row.cells.clone(),
                fate: TriedFate::Rejected,
                record: None,
                values: Values::default(),
                before: Values::default(),
                reasons: row.reasons.clone(),
            };
            match self.report.tried.iter_mut().find(|tried| tried.row == row.row) {
                Some(known) => *known = tried,
                None => self.report.tried.push(tried),
            }
        }
        self.report.rejected.push(row);
    }

    /// Options that cells asked for become part of the entity, in the same batch.
    fn add_options(&mut self, world: &mut World) {
        let new = self.importer.take_new_options();
        if new.is_empty() {
            return;
        }
        let Some(entity) = world.ask(|state| state.entity(self.entity).cloned()) else { return };
        let definition = Definition::Entity(with_options(&entity, new).into());
        // Where that is refused, each row that needs one of them is rejected, and says which.
        let _ = world.act(Command::Define { definitions: vec![definition] });
    }

    fn note(&mut self, plan: &RowPlan) {
        for note in &plan.notes {
            // The same text is counted once, whichever row it stands in.
            let key = Note { row: 0, ..note.clone() };
            let next = self.report.understood.len();
            let at = *self.noted.entry(key).or_insert(next);
            if at == next {
                self.report.understood.push((note.field, note.text.clone(), note.taken_for.clone(), 0));
            }
            if let Some((.., count)) = self.report.understood.get_mut(at) {
                *count += 1;
            }
        }
    }
}

/// Rows that are kept together, each with whether it is told of.
#[derive(Default)]
struct Slice {
    steps: Vec<SliceRow>,
    rows: Vec<(Row, bool)>,
}

impl Slice {
    fn push(&mut self, entity: EntityId, plan: RowPlan, id: RecordId, row: Row, is_told: bool) {
        let step = match plan.outcome {
            RowOutcome::Create(values) => RowStep::Create(new_record(id, entity, values)),
            RowOutcome::Update(record, values) => RowStep::Update(RowUpdate { record, values }),
            RowOutcome::Unchanged(_) | RowOutcome::Skip | RowOutcome::Rejected(_) => return,
        };
        let also = plan.also.into_iter().map(|new| new_record(new.id, new.entity, new.values)).collect();
        self.steps.push(SliceRow { also, step });
        self.rows.push((row, is_told));
    }
}

fn rejected(row: &Row, reasons: &[Rejected]) -> RejectedRow {
    RejectedRow {
        row: row.number,
        cells: row.cells.iter().map(str::to_owned).collect(),
        reasons: reasons.iter().map(|reason| (reason.header.clone(), reason.diagnostic.clone())).collect(),
    }
}

fn new_record(id: RecordId, entity: EntityId, values: Values) -> NewRecord {
    NewRecord { id, entity, created: None, values }
}
