//! Line items while a form is filled in: rows that no workspace holds yet, and a reader that shows them to formulas as if it did.

use std::sync::Arc;

use super::compiled::Table;
use super::filling::{Filling, Surroundings};
use super::{ReadSettings, check, read_typed};
use crate::engine::formula::into_field;
use crate::model::definition::Definition;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::id::{CellId, DefinitionId, EntityId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::sum::Sum;
use crate::model::value::Value;

/// The lines of one table, as they have been filled in.
#[derive(Clone, Default)]
pub(super) struct Filled {
    pub rows: Vec<Row>,
    pub sums: Vec<(FieldId, Value)>,
    pub problems: Vec<Diagnostic>,
    /// Whether formulas see them.
    pub is_exposed: bool,
}

/// One line.
#[derive(Clone, PartialEq)]
pub(super) struct Row {
    /// As it would be kept.
    pub record: Record,
    /// What somebody filled in.
    pub given: Values,
    /// What was typed and cannot be read.
    pub unread: Vec<Diagnostic>,
    pub problems: Vec<Diagnostic>,
}

/// The lines of a table, for a screen.
pub struct LinesState<'f> {
    /// The entity of the lines.
    pub entity: &'f Arc<Entity>,
    /// The lines, in their order.
    pub lines: Vec<LineState<'f>>,
    /// What the summed columns come to.
    pub sums: &'f [(FieldId, Value)],
    /// What is wrong with the table as a whole.
    pub problems: &'f [Diagnostic],
    /// Whether there is room for one more.
    pub may_add: bool,
}

/// One line, for a screen.
pub struct LineState<'f> {
    /// What it holds, computed fields included.
    pub record: &'f Record,
    /// What is wrong with it; each names its field.
    pub problems: &'f [Diagnostic],
    /// Whether nobody has filled in anything: then it is not sent.
    pub is_blank: bool,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.given.is_empty() && self.unread.is_empty()
    }
}

impl Filling {
    /// The lines that a field lists.
    pub fn lines(&self, field: FieldId) -> Option<LinesState<'_>> {
        let at = self.form.tables.iter().position(|table| table.field == field)?;
        let (table, filled) = (&self.form.tables[at], &self.tables[at]);
        let lines = filled.rows.iter();
        let lines =
            lines.map(|row| LineState { record: &row.record, problems: &row.problems, is_blank: row.is_blank() });
        let may_add = table.item.most.is_none_or(|most| filled.rows.len() < most as usize);
        Some(LinesState {
            entity: &table.entity,
            lines: lines.collect(),
            sums: &filled.sums,
            problems: &filled.problems,
            may_add,
        })
    }

    /// Whether what somebody has typed into a field of a line cannot be read.
    pub fn is_unread_in_line(&self, field: FieldId, line: RecordId, column: FieldId) -> bool {
        let at = self.form.tables.iter().position(|table| table.field == field);
        let rows = at.map_or(&[][..], |at| &self.tables[at].rows);
        let row = rows.iter().find(|row| row.record.id == line);
        row.is_some_and(|row| row.unread.iter().any(|wrong| wrong.at.field == Some(column)))
    }

    /// Adds a line at the end. Returns the parts that look different now.
    pub fn add_line(&mut self, field: FieldId, around: &Surroundings<'_>) -> Vec<usize> {
        let Some(at) = self.table(field) else { return Vec::new() };
        if self.form.tables[at].item.most.is_some_and(|most| self.tables[at].rows.len() >= most as usize) {
            return Vec::new();
        }
        let row = self.row(at, Values::new());
        self.tables[at].rows.push(row);
        self.renew_lines(at, around)
    }

    /// Takes a line away.
    pub fn remove_line(&mut self, field: FieldId, line: usize, around: &Surroundings<'_>) -> Vec<usize> {
        match self.table(field) {
            Some(at) if line < self.tables[at].rows.len() => {
                self.tables[at].rows.remove(line);
                self.renew_lines(at, around)
            }
            _ => Vec::new(),
        }
    }

    /// Moves a line to another place.
    pub fn move_line(&mut self, field: FieldId, from: usize, to: usize, around: &Surroundings<'_>) -> Vec<usize> {
        match self.table(field) {
            Some(at) if from.max(to) < self.tables[at].rows.len() => {
                let row = self.tables[at].rows.remove(from);
                self.tables[at].rows.insert(to, row);
                self.renew_lines(at, around)
            }
            _ => Vec::new(),
        }
    }

    /// Fills in a field of a line.
    pub fn answer_line(
        &mut self,
        field: FieldId,
        line: usize,
        column: FieldId,
        value: Value,
        around: &Surroundings<'_>,
    ) -> Vec<usize> {
        self.put_into_line(field, line, column, Ok(value), around)
    }

    /// Fills in a field of a line with what was typed.
    pub fn type_into_line(
        &mut self,
        field: FieldId,
        line: usize,
        column: FieldId,
        text: &str,
        settings: &ReadSettings,
        around: &Surroundings<'_>,
    ) -> Vec<usize> {
        let Some(at) = self.table(field) else { return Vec::new() };
        let Some(definition) = self.form.tables[at].entity.field(column) else { return Vec::new() };
        let read = read_typed(definition, text, settings);
        self.put_into_line(field, line, column, read, around)
    }

    fn put_into_line(
        &mut self,
        field: FieldId,
        line: usize,
        column: FieldId,
        read: Result<Value, Diagnostic>,
        around: &Surroundings<'_>,
    ) -> Vec<usize> {
        let Some(at) = self.table(field) else { return Vec::new() };
        let table = &self.form.tables[at];
        let is_asked = table.item.columns.iter().any(|known| known.field == column);
        let is_open = table.entity.field(column).is_some_and(|known| !known.is_computed());
        let Some(row) = self.tables[at].rows.get_mut(line).filter(|_| is_asked && is_open) else { return Vec::new() };
        row.unread.retain(|wrong| wrong.at.field != Some(column));
        match read {
            Ok(value) => drop(row.given.set(column, value)),
            Err(wrong) => {
                row.given.set(column, Value::Empty);
                row.unread.push(wrong.at_field(column));
            }
        }
        self.renew_lines(at, around)
    }

    fn table(&self, field: FieldId) -> Option<usize> {
        let at = self.form.tables.iter().position(|table| table.field == field)?;
        let part = self.form.tables[at].part;
        (self.shown[part] && !self.locked[part]).then_some(at)
    }

    /// A line of a table that holds these values.
    pub(super) fn row(&mut self, table: usize, given: Values) -> Row {
        let Table { field, entity, .. } = &self.form.tables[table];
        self.drawn += 1;
        let id = RecordId::named(&format!("{}/{field}/{}", self.record.id, self.drawn));
        let (entity, created, updated) = (entity.id, self.record.created, self.record.updated);
        let record = Record { id, entity, created, updated, values: given.clone() };
        Row { record, given, unread: Vec::new(), problems: Vec::new() }
    }

    fn renew_lines(&mut self, at: usize, around: &Surroundings<'_>) -> Vec<usize> {
        self.refresh_lines(at, around);
        self.work_out_from_lines(at, around)
    }

    /// Works out what the lines of a table hold; whether that differs from before.
    pub(super) fn refresh_lines(&mut self, at: usize, around: &Surroundings<'_>) -> bool {
        let form = self.form.clone();
        let table = &form.tables[at];
        let is_exposed = self.shown[table.part];
        let mut has_changed = std::mem::replace(&mut self.tables[at].is_exposed, is_exposed) != is_exposed;
        for line in 0..self.tables[at].rows.len() {
            let overlay = Overlay { filling: self, base: around.reader };
            let row = &self.tables[at].rows[line];
            let mut record = Record { values: row.given.clone(), ..row.record.clone() };
            record.values.set(table.via, Value::Link(self.record.id));
            for (field, formula) in &table.defaults {
                if record.value(*field).is_empty()
                    && let Some(definition) = table.entity.field(*field)
                    && let Ok(operand) = formula.evaluate(&around.scope(&overlay, &record))
                    && let Some(value) = into_field(operand, definition, around.clock)
                {
                    record.values.set(*field, value);
                }
            }
            let record = around.computing.computed(&around.scope(&overlay, &record), None);
            has_changed |= record != row.record;
            self.tables[at].rows[line].record = record;
        }
        has_changed
    }

    /// Works out what is wrong with the lines of a table, and what they sum up to.
    pub(super) fn ask_lines(&mut self, at: usize, around: &Surroundings<'_>) -> bool {
        let form = self.form.clone();
        let table = &form.tables[at];
        let overlay = Overlay { filling: self, base: around.reader };
        let mut next = self.tables[at].clone();
        next.problems.clear();
        let is_shown = self.shown[table.part];
        for row in &mut next.rows {
            let is_asked = is_shown && !row.is_blank();
            row.problems = if is_asked { line_problems(table, row, &overlay, around) } else { Vec::new() };
        }
        let filled = next.rows.iter().filter(|row| !row.is_blank());
        if is_shown {
            let count = filled.clone().count();
            let wrong = |code: Code| Diagnostic::of_field(code, table.field);
            match (table.item.least, table.item.most) {
                (least, _) if count < least as usize => {
                    next.problems.push(wrong(Code::TooFewLines).with("min", least));
                }
                (_, Some(most)) if count > most as usize => {
                    next.problems.push(wrong(Code::TooManyLines).with("max", most));
                }
                _ => {}
            }
        }
        let sum = |field: FieldId| {
            let values = filled.clone().map(|row| row.record.value(field)).filter(|value| !value.is_empty());
            (field, Sum::of(values).ok().and_then(Sum::total).unwrap_or_default())
        };
        next.sums = table.item.sums.iter().map(|field| sum(*field)).collect();
        let current = &self.tables[at];
        let has_changed = current.sums != next.sums || current.problems != next.problems || current.rows != next.rows;
        self.tables[at] = next;
        has_changed
    }

    /// The lines that would be sent.
    pub(super) fn sent_lines(&self, at: usize) -> Vec<Values> {
        let filled = &self.tables[at];
        filled.rows.iter().filter(|row| !row.is_blank()).map(|row| row.given.clone()).collect()
    }
}

fn line_problems(table: &Table, row: &Row, overlay: &Overlay<'_>, around: &Surroundings<'_>) -> Vec<Diagnostic> {
    let mut found = row.unread.clone();
    let is_unread = |field: Option<FieldId>| row.unread.iter().any(|wrong| wrong.at.field == field);
    found.extend(check(overlay, &table.entity, &row.record, None).into_iter().filter(|it| !is_unread(it.at.field)));
    for column in table.item.columns.iter().filter(|column| column.required) {
        let is_told = found.iter().any(|wrong| wrong.at.field == Some(column.field));
        if row.record.value(column.field).is_empty() && !is_told {
            found.push(Diagnostic::of_field(Code::MissingRequired, column.field));
        }
    }
    let scope = around.scope(overlay, &row.record);
    for (field, condition, message) in &table.checks {
        if !condition.holds(&scope) {
            found.push(
                Diagnostic::of_field(Code::CheckFailed, *field)
                    .with("message-zh", &message.zh)
                    .with("message-en", &message.en),
            );
        }
    }
    found.into_iter().map(|wrong| wrong.at_record(row.record.id)).collect()
}

/// The workspace with the record that is being filled in, and its lines, as if they were there.
pub(super) struct Overlay<'a> {
    pub filling: &'a Filling,
    pub base: &'a dyn Reader,
}

impl Reader for Overlay<'_> {
    fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.base.definition(id)
    }

    fn entity(&self, id: EntityId) -> Option<&Arc<Entity>> {
        self.base.entity(id)
    }

    fn all_definitions(&self) -> Vec<Definition> {
        self.base.all_definitions()
    }

    fn entities(&self) -> Vec<Arc<Entity>> {
        self.base.entities()
    }

    fn record(&self, id: RecordId) -> Option<&Record> {
        if id == self.filling.record.id {
            return Some(&self.filling.record);
        }
        let rows = self.filling.tables.iter().flat_map(|table| &table.rows);
        let own = rows.map(|row| &row.record).find(|record| record.id == id);
        own.or_else(|| self.base.record(id))
    }

    fn members(&self, entity: EntityId) -> Vec<RecordId> {
        self.base.members(entity)
    }

    fn incoming(&self, to: RecordId, entity: EntityId, via: FieldId) -> Vec<RecordId> {
        let is_own = |table: &Table| table.entity.id == entity && table.via == via;
        match self.filling.form.tables.iter().position(is_own).filter(|_| to == self.filling.record.id) {
            Some(at) if self.filling.tables[at].is_exposed => {
                let rows = self.filling.tables[at].rows.iter().filter(|row| !row.is_blank());
                rows.map(|row| row.record.id).collect()
            }
            Some(_) => Vec::new(),
            None => self.base.incoming(to, entity, via),
        }
    }

    fn holders(&self, entity: EntityId, field: FieldId, value: &Value) -> Vec<RecordId> {
        self.base.holders(entity, field, value)
    }

    fn cell(&self, cell: CellId) -> &Value {
        self.base.cell(cell)
    }
}
