//! Options that cells ask for: found before the first row is taken in, so that the entity changes once and not with every row.

use super::Importer;
use crate::engine::transfer::column::{Column, option_id, separate};
use crate::engine::transfer::{ReadCell, Row, UnknownOption};
use crate::model::entity::Entity;
use crate::model::field::{ChoiceOption, Field, FieldKind, Label};
use crate::model::id::{FieldId, OptionId};
use crate::model::value::Value;

impl Importer {
    /// Looks at a row before its turn, only for the options that its cells ask for.
    pub fn look_ahead(&mut self, read: ReadCell, row: &Row) {
        if self.misshapen(row).is_some() {
            return;
        }
        let columns = std::mem::take(&mut self.columns);
        for column in columns.iter().filter(|column| is_choice(&column.field)) {
            if let Some(cell) = self.cell(column, row) {
                // What is wrong with the cell is said when its row is read.
                let _ = self.read_cell(column, read, &cell);
            }
        }
        self.columns = columns;
    }

    /// Whether cells may ask for options, so that looking ahead is worth while.
    pub fn makes_options(&self) -> bool {
        let adds = self.mapping.unknown_options == UnknownOption::Add;
        self.columns.iter().any(|column| is_choice(&column.field) && (adds || !column.new_options.is_empty()))
    }

    /// Options that cells asked for since the last call, field by field; the caller adds them to the entity.
    pub fn take_new_options(&mut self) -> Vec<(FieldId, ChoiceOption)> {
        std::mem::take(&mut self.new_options)
    }

    /// The options of a cell, the missing ones made.
    pub(super) fn with_new_options(&mut self, column: &Column, read: ReadCell, cell: &str) -> Value {
        let is_single = matches!(column.field.kind, FieldKind::Choice { .. });
        let parts: Vec<&str> = if is_single { vec![cell] } else { separate(cell).collect() };
        let mut chosen: Vec<OptionId> = Vec::with_capacity(parts.len());
        for part in parts {
            let option = match read(&column.field, part) {
                Ok(Value::Choice(option)) => option,
                Ok(Value::Choices(options)) if options.len() == 1 => options[0],
                Ok(_) | Err(_) => self.new_option(&column.field, part),
            };
            if !chosen.contains(&option) {
                chosen.push(option);
            }
        }
        match chosen[..] {
            [] => Value::Empty,
            [option] if is_single => Value::Choice(option),
            _ => Value::Choices(chosen.into()),
        }
    }

    fn new_option(&mut self, field: &Field, text: &str) -> OptionId {
        // "C" and "C++" are two options; "On hold" and "on  Hold" are one.
        let key = (field.id, text.split_whitespace().collect::<Vec<&str>>().join(" ").to_lowercase());
        if let Some(option) = self.option_names.get(&key) {
            return *option;
        }
        let names = &self.option_names;
        let id =
            option_id(field, text, &|id| names.iter().any(|((of, _), known)| *of == field.id && known.as_str() == id));
        let label = Label::same(text);
        let option =
            ChoiceOption { id, label, aliases: Vec::new(), hue: None, weight: None, ended: None, retired: false };
        self.new_options.push((field.id, option));
        self.option_names.insert(key, id);
        id
    }
}

fn is_choice(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Choices { .. })
}

/// An entity with options that cells asked for.
pub fn with_options(entity: &Entity, new: Vec<(FieldId, ChoiceOption)>) -> Entity {
    let mut entity = entity.clone();
    for (field, option) in new {
        let field = entity.fields.iter_mut().find(|known| known.id == field);
        if let Some(FieldKind::Choice { options } | FieldKind::Choices { options, .. }) = field.map(|it| &mut it.kind)
            && options.iter().all(|known| known.id != option.id)
        {
            options.push(option);
        }
    }
    entity
}
