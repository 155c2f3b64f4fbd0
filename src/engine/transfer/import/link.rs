//! Links: the names in cells lead to records, to those that come later, or to those that have to be made.

use rustc_hash::FxHashSet;

use super::{Importer, Resolved};
use crate::engine::transfer::UnknownLink;
use crate::engine::transfer::column::{Column, separate};
use crate::engine::transfer::index::{Found, NameIndex};
use crate::engine::transfer::name::squashed;
use crate::engine::transfer::plan::{LateLink, NewRecord, Note, RowPlan};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::field::FieldKind;
use crate::model::id::{EntityId, RecordId};
use crate::model::state::Reader;
use crate::model::value::Value;

impl Importer {
    /// Reads a cell that names one or several records.
    pub(super) fn read_link(
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
        let may_come_later =
            column.targets.iter().any(|target| *target == self.entity.id || self.later.contains(target));
        let late = LateLink { field: column.field.id, header: column.header.clone(), name: name.to_owned() };
        match self.mapping.unknown_links {
            UnknownLink::Create => {
                let [target] = column.targets[..] else {
                    return Err(unknown());
                };
                if may_come_later && !column.field.required {
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

    pub(super) fn new_record(
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
    pub(super) fn look_up(&self, column: &Column, name: &str) -> Result<Option<Resolved>, Diagnostic> {
        let mut nearly = Vec::new();
        let mut exactly = Vec::new();
        let mut several = 0;
        if !self.aliases.is_empty() {
            let key = name.to_lowercase();
            let named = column.targets.iter().find_map(|target| self.aliases.get(&(*target, key.clone())));
            if let Some(id) = named {
                return Ok(Some(Resolved::Exactly(*id)));
            }
        }
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

    pub(super) fn read_names(&mut self, reader: &dyn Reader) {
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
}
