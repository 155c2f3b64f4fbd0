//! The import: one row at a time becomes what is to be created or written, or a list of reasons why not.

mod ending;
mod option;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::transfer::column::{Column, bind, separate, unguarded};
use crate::engine::transfer::index::{Found, NameIndex};
use crate::engine::transfer::name::squashed;
use crate::engine::transfer::plan::{LateLink, NewRecord, Note, Rejected, RowOutcome, RowPlan};
use crate::engine::transfer::{Mapping, OnMatch, ReadCell, Row, UnknownLink, UnknownOption};
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
}

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
        let Some(entity) = reader.entity(mapping.entity).cloned() else {
            return Err(vec![Diagnostic::new(Code::UnknownEntity).with("name", mapping.entity)]);
        };
        let mapping = mapping.checked(&entity)?;
        let entities = reader.entities();
        let columns = bind(&mapping, &entity, &entities, headers)?;
        if columns.is_empty() {
            return Err(vec![Diagnostic::new(Code::NoColumns)]);
        }
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
            let Some(cell) = row.cells.get(column.at).map(unguarded).filter(|cell| !self.is_blank(cell)) else {
                continue;
            };
            let value = if column.targets.is_empty() {
                self.read_cell(column, read, cell)
            } else {
                self.read_link(reader, column, cell, &mut plan, draw)
            };
            match value {
                Ok(value) => {
                    // Of two columns for one field, the first filled cell counts.
                    if values.get(column.field.id).is_empty() {
                        values.set(column.field.id, value);
                    }
                }
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
        let matched = if self.mapping.on_match == OnMatch::Create {
            None
        } else {
            self.match_key(&values).and_then(|key| self.known.get(&key).copied())
        };
        plan.outcome = match (matched, self.mapping.on_match) {
            (Some(_), OnMatch::Skip) => {
                plan.also.clear();
                plan.late.clear();
                RowOutcome::Skip
            }
            (Some(record), OnMatch::Update) => RowOutcome::Update(record, values),
            (Some(_), OnMatch::Create) | (None, _) => RowOutcome::Create(values),
        };
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
        if let RowOutcome::Create(values) | RowOutcome::Update(_, values) = &plan.outcome {
            self.note_created(self.entity.id, record, values);
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

    fn is_blank(&self, cell: &str) -> bool {
        cell.is_empty() || (cell.len() <= self.longest_blank && self.blanks.contains(&cell.to_lowercase()))
    }

    /// Reads a cell that names no record.
    fn read_cell(&mut self, column: &Column, read: ReadCell, cell: &str) -> Result<Value, Diagnostic> {
        let wrong = match read(&column.field, cell) {
            Ok(value) => return Ok(value),
            Err(wrong) => wrong,
        };
        if wrong.code != Code::NotAnOption {
            return Err(wrong);
        }
        match self.mapping.unknown_options {
            UnknownOption::Reject => Err(wrong),
            UnknownOption::Blank => Ok(Value::Empty),
            UnknownOption::Add => Ok(self.with_new_options(column, read, cell)),
        }
    }

    /// Reads a cell that names one or several records.
    fn read_link(
        &mut self,
        reader: &dyn Reader,
        column: &Column,
        cell: &str,
        plan: &mut RowPlan,
        draw: &mut dyn FnMut() -> RecordId,
    ) -> Result<Value, Diagnostic> {
        if let FieldKind::Links(_) = column.field.kind {
            // A name may hold a comma itself.
            let whole = self.look_up_cached(column, cell).ok().flatten();
            let names: Vec<&str> = if whole.is_some() { vec![cell] } else { separate(cell).collect() };
            let mut links: Vec<RecordId> = Vec::with_capacity(names.len());
            for name in names {
                if let Some(link) = self.link(reader, column, name, plan, draw)?
                    && !links.contains(&link)
                {
                    links.push(link);
                }
            }
            return Ok(if links.is_empty() { Value::Empty } else { Value::Links(links.into()) });
        }
        Ok(self.link(reader, column, cell, plan, draw)?.map_or(Value::Empty, Value::Link))
    }

    /// The record that a name means; none where the mapping lets it be blank or it may come later.
    fn link(
        &mut self,
        reader: &dyn Reader,
        column: &Column,
        name: &str,
        plan: &mut RowPlan,
        draw: &mut dyn FnMut() -> RecordId,
    ) -> Result<Option<RecordId>, Diagnostic> {
        if let Ok(id) = name.parse::<RecordId>()
            && let Some(record) = reader.record(id)
        {
            let accepted = column.targets.contains(&record.entity);
            return if accepted {
                Ok(Some(id))
            } else {
                Err(Diagnostic::new(Code::WrongEntity).with("found", record.entity))
            };
        }
        match self.look_up_cached(column, name)? {
            Some(Resolved::Exactly(id)) => return Ok(Some(id)),
            Some(Resolved::Nearly(id, title)) => {
                plan.notes.push(Note {
                    row: plan.row,
                    field: column.field.id,
                    text: name.to_owned(),
                    taken_for: title,
                });
                return Ok(Some(id));
            }
            None => {}
        }
        let unknown = || Diagnostic::new(Code::NoSuchLink).with("value", name);
        let may_come_later = column.targets.contains(&self.entity.id);
        let late = LateLink { field: column.field.id, header: column.header.clone(), name: name.to_owned() };
        match self.mapping.unknown_links {
            UnknownLink::Create => {
                let [target] = column.targets[..] else {
                    return Err(unknown());
                };
                if target == self.entity.id && !column.field.required {
                    plan.late.push(late);
                    return Ok(None);
                }
                self.new_record(target, name, &mut plan.also, draw).map(Some).ok_or_else(unknown)
            }
            UnknownLink::Reject | UnknownLink::Blank if may_come_later && !column.field.required => {
                plan.late.push(late);
                Ok(None)
            }
            UnknownLink::Blank => Ok(None),
            UnknownLink::Reject => Err(unknown()),
        }
    }

    fn new_record(
        &self,
        target: EntityId,
        name: &str,
        also: &mut Vec<NewRecord>,
        draw: &mut dyn FnMut() -> RecordId,
    ) -> Option<RecordId> {
        let key = (target, squashed(name));
        if let Some(id) = self.created_names.get(&key) {
            return Some(*id);
        }
        let entity = self.entities.iter().find(|entity| entity.id == target)?;
        let named = |new: &&NewRecord| {
            new.entity == target && new.values.get(entity.title).as_text().is_some_and(|title| squashed(title) == key.1)
        };
        if let Some(new) = also.iter().find(named) {
            return Some(new.id);
        }
        // Only a title that is plain text can be filled from a name.
        entity.field(entity.title).filter(|field| matches!(field.kind, FieldKind::Text { .. }))?;
        let id = draw();
        let values = [(entity.title, Value::text(name))].into_iter().collect();
        also.push(NewRecord { id, entity: target, values });
        Some(id)
    }

    fn look_up_cached(&mut self, column: &Column, name: &str) -> Result<Option<Resolved>, Diagnostic> {
        let key = (column.field.id, name.to_owned());
        if let Some(resolved) = self.resolved.get(&key) {
            return Ok(Some(resolved.clone()));
        }
        let found = self.look_up(column, name)?;
        if let Some(resolved) = &found {
            self.resolved.insert(key, resolved.clone());
        }
        Ok(found)
    }

    /// Looks a name up among the records of all entities that a column may link to; the same name in two of them is ambiguous.
    fn look_up(&self, column: &Column, name: &str) -> Result<Option<Resolved>, Diagnostic> {
        let mut nearly = Vec::new();
        let mut exactly = Vec::new();
        let mut several = 0;
        for target in &column.targets {
            match self.names.get(target).map_or(Found::Nobody, |names| names.find(name)) {
                Found::Exactly(id) => exactly.push(id),
                Found::Nearly(id, title) => nearly.push((id, title)),
                Found::Several(count) => several += count as usize,
                Found::Nobody => {}
            }
        }
        let ambiguous =
            |count: usize| Err(Diagnostic::new(Code::AmbiguousLink).with("value", name).with("count", count));
        match (&exactly[..], several, &nearly[..]) {
            ([id], 0, _) => Ok(Some(Resolved::Exactly(*id))),
            ([], 0, [(id, title)]) => Ok(Some(Resolved::Nearly(*id, title.clone()))),
            ([], 0, []) => Ok(None),
            (exact, several, near) => ambiguous(exact.len() + several + if exact.is_empty() { near.len() } else { 0 }),
        }
    }

    fn read_names(&mut self, reader: &dyn Reader) {
        let targets: FxHashSet<EntityId> =
            self.columns.iter().flat_map(|column| column.targets.iter().copied()).collect();
        for target in targets {
            let Some(entity) = reader.entity(target) else { continue };
            let mut names = NameIndex::default();
            for record in reader.members(target).into_iter().filter_map(|id| reader.record(id)) {
                names.add(entity, record.id, &record.values);
            }
            self.names.insert(target, names);
        }
    }

    fn read_known(&mut self, reader: &dyn Reader) {
        if self.mapping.match_on.is_empty() || self.mapping.on_match == OnMatch::Create {
            return;
        }
        for record in reader.members(self.entity.id).into_iter().filter_map(|id| reader.record(id)) {
            if let Some(key) = self.match_key(&record.values) {
                // The oldest record of several is the one that is meant.
                self.known.entry(key).or_insert(record.id);
            }
        }
    }

    /// What a record is recognised by; none unless all of it is filled in.
    fn match_key(&self, values: &Values) -> Option<Vec<Value>> {
        if self.mapping.match_on.is_empty() {
            return None;
        }
        self.mapping
            .match_on
            .iter()
            .map(|field| match values.get(*field) {
                Value::Empty => None,
                Value::Text(text) => Some(Value::Text(text.to_lowercase().into())),
                Value::Number(number) => Some(Value::Number(number.normalize())),
                other => Some(other.clone()),
            })
            .collect()
    }
}
