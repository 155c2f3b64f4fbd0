//! Columns: a mapping bound to the headings of a file, and cells before anybody knows what they mean.

use std::sync::Arc;

use crate::engine::transfer::{Cleaning, ColumnMapping, Join, Mapping, headings};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{EntityId, OptionId};

/// A column that goes into a field.
pub struct Column {
    /// Its place in the file.
    pub at: usize,
    /// Its heading.
    pub header: String,
    /// The field.
    pub field: Field,
    /// The entities that it may link to; empty for fields that are no links.
    pub targets: Vec<EntityId>,
    /// What is done to its cells before they are read.
    pub clean: Vec<Cleaning>,
    /// How its text joins that of an earlier column for the same field.
    pub joins: Option<Join>,
    /// Words that a person has asked to become options.
    pub new_options: Vec<String>,
}

/// Finds the column of each mapped heading; a heading that the file does not have is an error, not a silent loss.
pub fn bind(
    mapping: &Mapping,
    entity: &Entity,
    entities: &[Arc<Entity>],
    headers: &csv::StringRecord,
) -> Result<Vec<Column>, Vec<Diagnostic>> {
    let mut taken = vec![false; headers.len()];
    let names = headings(headers);
    let mut columns = Vec::new();
    let mut wrong = Vec::new();
    for mapped in &mapping.columns {
        let wanted = mapped.header.trim();
        // "Name (2)" is the second of that name; so is the second "Name" of a mapping.
        let is_named = |at: &usize| !taken[*at] && names.get(*at) == Some(wanted);
        let is_it = |at: &usize| !taken[*at] && headers.get(*at).is_some_and(|header| clean_header(header) == wanted);
        let Some(at) = (0..headers.len()).find(is_named).or_else(|| (0..headers.len()).find(is_it)) else {
            if mapped.field.is_some() {
                wrong.push(Diagnostic::new(Code::Malformed).with("detail", "no-such-column").with("header", wanted));
            }
            continue;
        };
        taken[at] = true;
        let Some(field) = mapped.field.and_then(|field| entity.field(field)) else {
            continue;
        };
        if field.is_computed() || !field.is_stored() || matches!(field.kind, FieldKind::Files | FieldKind::Signature) {
            wrong.push(Diagnostic::of_field(Code::ReadOnly, field.id).with("header", wanted));
            continue;
        }
        let targets = match field.link() {
            Some(link) if link.to.is_empty() => entities.iter().map(|entity| entity.id).collect(),
            Some(link) => link.to.clone(),
            None => Vec::new(),
        };
        let header = names.get(at).unwrap_or(wanted).to_owned();
        let (clean, joins, new_options) = (mapped.clean.clone(), mapped.joins, new_options(mapped));
        columns.push(Column { at, header, field: field.clone(), targets, clean, joins, new_options });
    }
    // Cells are read in the order in which people see them, however the mapping lists them.
    columns.sort_by_key(|column| column.at);
    if wrong.is_empty() { Ok(columns) } else { Err(wrong) }
}

fn new_options(column: &ColumnMapping) -> Vec<String> {
    let words = column.clean.iter().flat_map(|step| match step {
        Cleaning::Translate { words } => &words[..],
        _ => &[],
    });
    words.filter(|word| word.is_new).map(|word| word.to.clone()).collect()
}

/// A heading without the byte order mark and blanks around it.
pub fn clean_header(header: &str) -> &str {
    header.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// A cell without blanks around it and without the mark that keeps spreadsheets from running it.
pub fn unguarded(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

/// The parts of a cell that lists several things.
pub fn separate(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([',', '，', ';', '；', '、', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// A readable id for an option, different from those there are and from those that are taken meanwhile.
pub fn option_id(field: &Field, text: &str, is_promised: &dyn Fn(&str) -> bool) -> OptionId {
    let mut id = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.ends_with('_') && !id.is_empty() {
            id.push('_');
        }
    }
    let id = id.trim_end_matches('_');
    let id = if id.is_empty() { text } else { id };
    let is_taken = |id: &str| field.options().iter().any(|option| option.id.as_str() == id) || is_promised(id);
    if !is_taken(id) {
        return OptionId::new(id);
    }
    let free = (2..).map(|count: u32| format!("{id}_{count}")).find(|id| !is_taken(id));
    OptionId::new(free.as_deref().unwrap_or(id))
}
