//! The end of an import: links to names that no row had had yet are resolved, or reported.

use rustc_hash::FxHashMap;

use super::{Importer, Resolved, Waiting};
use crate::engine::transfer::UnknownLink;
use crate::engine::transfer::column::Column;
use crate::engine::transfer::plan::{Ending, LateUpdate, NewRecord, Rejected};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

impl Importer {
    /// Resolves the links that were waiting for later rows; those that still name nobody are reported, or get their record where
    /// the mapping says so.
    pub fn finish(&mut self, reader: &dyn Reader, draw: &mut dyn FnMut() -> RecordId) -> Ending {
        let mut ending = Ending::default();
        let mut known = FxHashMap::default();
        let waiting = std::mem::take(&mut self.waiting);
        for Waiting { row, record, links } in waiting.into_iter().filter(|row| !self.lost.contains(&row.record)) {
            for late in links {
                let Some(column) = self.columns.iter().find(|column| column.field.id == late.field) else {
                    continue;
                };
                let link = match self.look_up(column, &late.name) {
                    Ok(Some(Resolved::Exactly(link) | Resolved::Nearly(link, _))) => Ok(Some(link)),
                    Ok(None) => self.missing_link(column, &late.name, &mut ending.also, draw),
                    Err(ambiguous) => Err(ambiguous),
                };
                match link {
                    Ok(Some(link)) => {
                        add_late(reader, (&mut ending.updates, &mut known), row, record, &column.field, link);
                    }
                    Ok(None) => {}
                    Err(diagnostic) => {
                        let diagnostic = diagnostic.at_field(late.field).at_record(record);
                        ending.rejected.push(Rejected { row, header: Some(late.header), diagnostic });
                    }
                }
            }
        }
        ending
    }

    /// What a name that no row had comes to in the end.
    fn missing_link(
        &self,
        column: &Column,
        name: &str,
        also: &mut Vec<NewRecord>,
        draw: &mut dyn FnMut() -> RecordId,
    ) -> Result<Option<RecordId>, Diagnostic> {
        let unknown = || Diagnostic::new(Code::NoSuchLink).with("value", name);
        match (self.mapping.unknown_links, &column.targets[..]) {
            (UnknownLink::Blank, _) => Ok(None),
            (UnknownLink::Create, [target]) => self.new_record(*target, name, also, draw).map(Some).ok_or_else(unknown),
            (UnknownLink::Create | UnknownLink::Reject, _) => Err(unknown()),
        }
    }
}

/// Adds a link to what is to be written; a field that takes several keeps those it has.
fn add_late(
    reader: &dyn Reader,
    (updates, known): (&mut Vec<LateUpdate>, &mut FxHashMap<(RecordId, FieldId), usize>),
    row: u64,
    record: RecordId,
    field: &Field,
    link: RecordId,
) {
    if !matches!(field.kind, FieldKind::Links(_)) {
        updates.push(LateUpdate { row, record, field: field.id, value: Value::Link(link) });
        return;
    }
    let earlier = known.get(&(record, field.id)).and_then(|at| updates.get_mut(*at));
    let held = match &earlier {
        Some(update) => update.value.links().to_vec(),
        None => reader.record(record).map(|record| record.value(field.id).links().to_vec()).unwrap_or_default(),
    };
    let mut links = held;
    if !links.contains(&link) {
        links.push(link);
    }
    let value = Value::Links(links.into());
    match earlier {
        Some(update) => update.value = value,
        None => {
            known.insert((record, field.id), updates.len());
            updates.push(LateUpdate { row, record, field: field.id, value });
        }
    }
}
