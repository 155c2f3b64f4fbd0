//! The import: one row at a time becomes what is to be created or written, or a list of reasons why not.

mod ending;
mod known;
mod link;
mod option;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::transfer::column::{Column, bind, unguarded};
use crate::engine::transfer::index::NameIndex;
use crate::engine::transfer::name::squashed;
use crate::engine::transfer::plan::{LateLink, Rejected, RowOutcome, RowPlan};
use crate::engine::transfer::{Mapping, ReadCell, Row, UnknownOption, clean};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{ChoiceOption, FieldKind};
use crate::model::id::{EntityId, FieldId, OptionId, RecordId};
use crate::model::record::Values;
use crate::model::state::Reader;
use crate::model::value::Value;

pub use option::with_options;

/// Turns rows into records. It owns all that it knows, so it can wait between slices while the state moves on.
pub struct Importer {
    mapping: Mapping,
    entity: Arc<Entity>,
    columns: Vec<Column>,
    /// How many columns have a heading.
    width: usize,
    blanks: FxHashSet<String>,
    longest_blank: usize,
    names: FxHashMap<EntityId, NameIndex>,
    entities: Vec<Arc<Entity>>,
    known: FxHashMap<Vec<Value>, RecordId>,
    // Cells repeat: what a text meant in a column is looked up once.
    resolved: FxHashMap<(FieldId, String), Resolved>,
    created_names: FxHashMap<(EntityId, String), RecordId>,
    option_names: FxHashMap<(FieldId, String), OptionId>,
    new_options: Vec<(FieldId, ChoiceOption)>,
    waiting: Vec<Waiting>,
    /// Records that have not come to be after all.
    lost: FxHashSet<RecordId>,
    /// The records that rows write which were not carried out yet, with what they write where that matters.
    pending: FxHashMap<RecordId, Option<Values>>,
    /// The column by whose cells rows of other files name these rows, where no field holds them.
    alias: Option<usize>,
    /// What those cells and those of earlier files name.
    aliases: Aliases,
    /// Entities of which files that are still to come bring records.
    later: FxHashSet<EntityId>,
}

/// Keys of another program by which the rows of several files name each other, though no field holds them.
pub type Aliases = FxHashMap<(EntityId, String), RecordId>;

/// A link that waits for a later row.
struct Waiting {
    row: u64,
    record: RecordId,
    links: Vec<LateLink>,
}

/// What a name in a link column meant.
#[derive(Clone)]
enum Resolved {
    Exactly(RecordId),
    Nearly(RecordId, String),
}

impl Importer {
    /// Prepares an import: binds the mapping to the headings and reads the names of the records that links may point at.
    pub fn new(
        reader: &dyn Reader,
        mapping: Mapping,
        headers: &csv::StringRecord,
    ) -> Result<Importer, Vec<Diagnostic>> {
        let Prepared { mapping, entity, entities, columns } = prepared(reader, mapping, headers)?;
        let blanks: FxHashSet<String> = mapping.blanks.iter().map(|blank| blank.trim().to_lowercase()).collect();
        let mut importer = Importer {
            longest_blank: blanks.iter().map(String::len).max().unwrap_or(0),
            blanks,
            names: FxHashMap::default(),
            known: FxHashMap::default(),
            resolved: FxHashMap::default(),
            created_names: FxHashMap::default(),
            option_names: FxHashMap::default(),
            new_options: Vec::new(),
            waiting: Vec::new(),
            lost: FxHashSet::default(),
            pending: FxHashMap::default(),
            alias: None,
            aliases: Aliases::default(),
            later: FxHashSet::default(),
            mapping,
            entity,
            columns,
            width: headers.len(),
            entities,
        };
        importer.read_names(reader);
        importer.read_known(reader);
        Ok(importer)
    }

    /// Whether an import can be prepared.
    pub fn check(reader: &dyn Reader, mapping: Mapping, headers: &csv::StringRecord) -> Result<(), Vec<Diagnostic>> {
        prepared(reader, mapping, headers).map(|_| ())
    }

    /// Says that this file is one of several: the column whose cells name its rows elsewhere, what the keys of earlier files name,
    /// and the entities of which later files bring records.
    pub fn among(&mut self, key: Option<usize>, aliases: Aliases, later: FxHashSet<EntityId>) {
        self.alias = key;
        self.aliases = aliases;
        self.later = later;
    }

    /// The keys that rows of later files may name.
    pub fn take_aliases(&mut self) -> Aliases {
        std::mem::take(&mut self.aliases)
    }

    /// Reads the names of records anew, since later files have brought more, and takes over their keys.
    pub fn look_again(&mut self, reader: &dyn Reader, aliases: &Aliases) {
        if !self.waiting.is_empty() {
            self.resolved.clear();
            self.read_names(reader);
            self.aliases.clone_from(aliases);
        }
    }

    /// Says what a row comes to. `draw` gives ids for the records that cells name and that have to be created.
    pub fn read_row(
        &mut self,
        reader: &dyn Reader,
        read: ReadCell,
        row: &Row,
        draw: &mut dyn FnMut() -> RecordId,
    ) -> RowPlan {
        let mut plan = RowPlan::new(row.number);
        if let Some(diagnostic) = self.misshapen(row) {
            plan.outcome = RowOutcome::Rejected(vec![Rejected { row: row.number, header: None, diagnostic }]);
            return plan;
        }
        let mut values = Values::with_capacity(self.columns.len());
        let mut rejected = Vec::new();
        let columns = std::mem::take(&mut self.columns);
        for column in &columns {
            let Some(cell) = self.cell(column, row) else { continue };
            let value = if column.targets.is_empty() {
                self.read_cell(column, read, &cell)
            } else {
                self.read_link(reader, column, &cell, &mut plan, draw)
            };
            match value {
                Ok(value) => put(&mut values, column, value),
                Err(diagnostic) => rejected.push(Rejected {
                    row: row.number,
                    header: Some(column.header.clone()),
                    diagnostic: diagnostic.at_field(column.field.id),
                }),
            }
        }
        self.columns = columns;
        if values.is_empty() && plan.late.is_empty() && rejected.is_empty() {
            let diagnostic = Diagnostic::of_field(Code::MissingRequired, self.entity.title);
            rejected.push(Rejected { row: row.number, header: None, diagnostic });
        }
        if !rejected.is_empty() {
            plan.also.clear();
            plan.late.clear();
            plan.outcome = RowOutcome::Rejected(rejected);
            return plan;
        }
        plan.outcome = self.outcome(reader, values, &mut plan);
        plan.alias = self
            .alias
            .and_then(|at| row.cells.get(at))
            .map(|cell| unguarded(cell).to_owned())
            .filter(|it| !it.is_empty());
        plan
    }

    /// What is wrong with the row as a whole: cells that it swallowed or that stand under no heading may all have moved.
    fn misshapen(&self, row: &Row) -> Option<Diagnostic> {
        if let Some(lines) = row.swallowed {
            return Some(Diagnostic::new(Code::UnclosedQuote).with("count", lines));
        }
        let mut beyond = row.cells.iter().skip(self.width).filter(|cell| !cell.trim().is_empty());
        let first = beyond.next()?;
        Some(Diagnostic::new(Code::TooManyCells).with("count", 1 + beyond.count()).with("value", first.trim()))
    }

    /// Takes note that a plan was carried out on this record, so that later rows can name it and match it.
    pub fn note_done(&mut self, plan: &RowPlan, record: RecordId) {
        for new in &plan.also {
            self.note_created(new.entity, new.id, &new.values);
            if let Some(definition) = self.entities.iter().find(|entity| entity.id == new.entity)
                && let Some(title) = new.values.get(definition.title).as_text()
            {
                self.created_names.insert((new.entity, squashed(title)), new.id);
            }
        }
        if let Some(key) = &plan.alias {
            self.aliases.entry((self.entity.id, key.to_lowercase())).or_insert(record);
        }
        if let RowOutcome::Create(values) | RowOutcome::Update(_, values) = &plan.outcome {
            self.note_created(self.entity.id, record, values);
            self.note_pending(record, values);
            if let Some(key) = self.match_key(values) {
                self.known.entry(key).or_insert(record);
            }
        }
        if !plan.late.is_empty() {
            self.waiting.push(Waiting { row: plan.row, record, links: plan.late.clone() });
        }
    }

    /// Takes note of a record that came to be meanwhile, so that later rows can name it.
    pub fn note_created(&mut self, entity: EntityId, record: RecordId, values: &Values) {
        let Some(definition) = self.entities.iter().find(|definition| definition.id == entity).cloned() else {
            return;
        };
        if let Some(names) = self.names.get_mut(&entity) {
            names.add(&definition, record, values);
            // A name that led somewhere may now lead to two.
            if values.get(definition.title).as_text().is_some() && !self.resolved.is_empty() {
                self.resolved.clear();
            }
        }
    }

    /// Takes note that a record which rows were told of has not come to be after all: what names or matches it now finds nobody.
    pub fn note_lost(&mut self, entity: EntityId, record: RecordId, values: &Values) {
        self.resolved.clear();
        self.lost.insert(record);
        if let Some(definition) = self.entities.iter().find(|definition| definition.id == entity)
            && let Some(names) = self.names.get_mut(&entity)
        {
            names.forget(definition, record, values);
            if let Some(title) = values.get(definition.title).as_text() {
                self.created_names.remove(&(entity, squashed(title)));
            }
        }
        if entity == self.entity.id
            && let Some(key) = self.match_key(values)
            && self.known.get(&key) == Some(&record)
        {
            self.known.remove(&key);
        }
    }

    /// What was wrong with the record of a row, said of the row's columns and cells.
    pub fn in_columns(&self, row: &Row, wrong: Vec<Diagnostic>) -> Vec<Rejected> {
        let placed = |mut diagnostic: Diagnostic| {
            let column = self.columns.iter().find(|column| Some(column.field.id) == diagnostic.at.field);
            // The file knows a name where the record knows an id.
            if let Some(cell) = column.and_then(|column| row.cells.get(column.at))
                && diagnostic.code == Code::NoSuchLink
            {
                diagnostic.arguments = vec![("value".to_owned(), cell.trim().to_owned())];
            }
            Rejected { row: row.number, header: column.map(|column| column.header.clone()), diagnostic }
        };
        wrong.into_iter().map(placed).collect()
    }

    /// The text of a column's cell once it is cleaned; none if it is blank.
    fn cell<'a>(&self, column: &Column, row: &'a Row) -> Option<Cow<'a, str>> {
        let cell = row.cells.get(column.at).map(unguarded).filter(|cell| !self.is_blank(cell));
        if column.clean.is_empty() {
            return cell.map(Cow::Borrowed);
        }
        let cleaned = clean(cell.unwrap_or_default(), &column.clean);
        (!cleaned.trim().is_empty() && !self.is_blank(cleaned.trim())).then_some(cleaned)
    }

    fn is_blank(&self, cell: &str) -> bool {
        cell.is_empty() || (cell.len() <= self.longest_blank && self.blanks.contains(&cell.to_lowercase()))
    }

    /// Reads a cell that names no record.
    fn read_cell(&mut self, column: &Column, read: ReadCell, cell: &str) -> Result<Value, Diagnostic> {
        let reading = &self.mapping.reading;
        let wrong = match reading.neutral(&column.field, cell) {
            Some(neutral) => match read(&column.field, &neutral) {
                Ok(value) => return Ok(value),
                Err(wrong) => wrong,
            },
            None => return Err(unreadable(column, cell)),
        };
        if wrong.code != Code::NotAnOption {
            return Err(wrong);
        }
        if column.new_options.iter().any(|option| option == cell) {
            return Ok(self.with_new_options(column, read, cell));
        }
        match self.mapping.unknown_options {
            UnknownOption::Reject => Err(wrong),
            UnknownOption::Blank => Ok(Value::Empty),
            UnknownOption::Add => Ok(self.with_new_options(column, read, cell)),
        }
    }
}

struct Prepared {
    mapping: Mapping,
    entity: Arc<Entity>,
    entities: Vec<Arc<Entity>>,
    columns: Vec<Column>,
}

fn prepared(reader: &dyn Reader, mapping: Mapping, headers: &csv::StringRecord) -> Result<Prepared, Vec<Diagnostic>> {
    let Some(entity) = reader.entity(mapping.entity).cloned() else {
        return Err(vec![Diagnostic::new(Code::UnknownEntity).with("name", mapping.entity)]);
    };
    let mapping = mapping.checked(&entity)?;
    let entities = reader.entities();
    let columns = bind(&mapping, &entity, &entities, headers)?;
    if columns.is_empty() {
        return Err(vec![Diagnostic::new(Code::NoColumns)]);
    }
    Ok(Prepared { mapping, entity, entities, columns })
}

/// Puts a value where a column goes. Of two columns for one field the first filled cell counts, unless they are to be joined.
fn put(values: &mut Values, column: &Column, value: Value) {
    let field = column.field.id;
    let known = values.get(field);
    if known.is_empty() {
        values.set(field, value);
    } else if let (Some(join), Some(known), Some(more)) = (column.joins, known.as_text(), value.as_text()) {
        let joined = join.joined(known, more);
        values.set(field, Value::text(&joined));
    }
}

/// A cell that cannot be read in the way in which the file is said to be written.
fn unreadable(column: &Column, cell: &str) -> Diagnostic {
    let code = match column.field.kind {
        FieldKind::Date => Code::NotADate,
        FieldKind::Instant => Code::NotAnInstant,
        FieldKind::Money { .. } => Code::NotAnAmount,
        _ => Code::NotANumber,
    };
    Diagnostic::of_field(code, column.field.id).with("value", cell)
}
