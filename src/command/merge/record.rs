//! Records of both sides become one: field by field, then whoever was removed, then links that point at nobody any more.

use rustc_hash::FxHashMap;

use super::fact::{Life, Mark};
use super::{Clash, Content, Reason, Side, Work};
use crate::model::field::Field;
use crate::model::id::{CommitId, FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::Reader;
use crate::model::value::Value;

impl Work<'_> {
    pub(super) fn merge_records(&mut self) {
        let mut ids: Vec<RecordId> = self.theirs.lives.keys().copied().collect();
        ids.sort_unstable();
        self.dead = self.ours.lives.iter().filter(|(_, life)| !life.is_alive).map(|(id, _)| *id).collect();
        // Taken out while the work goes on, so that notes can be taken of what they say.
        let theirs = std::mem::take(&mut self.theirs.lives);
        let ours = std::mem::take(&mut self.ours.lives);
        for id in ids {
            self.merge_record(id, ours.get(&id), &theirs[&id]);
        }
        self.theirs.lives = theirs;
        self.ours.lives = ours;
        self.mend_links();
    }

    fn merge_record(&mut self, id: RecordId, ours: Option<&Life>, theirs: &Life) {
        let is_here = self.state.record(id).is_some();
        let later = |ours: &Life| theirs.mark > ours.mark;
        let is_alive = match ours {
            None => is_here || theirs.is_alive,
            Some(ours) => {
                if later(ours) {
                    theirs.is_alive
                } else {
                    ours.is_alive
                }
            }
        };
        if is_alive {
            self.dead.remove(&id);
            self.merge_fields(id, ours, theirs);
            return;
        }
        self.dead.insert(id);
        if let Some(ours) = ours
            && ours.is_alive != theirs.is_alive
        {
            self.note_removal(id, ours, theirs);
        }
        if is_here {
            self.origin(theirs.mark).records.push(id);
            self.records.insert(id, None);
        }
    }

    /// Says so if somebody has worked on a record that the other side has removed.
    fn note_removal(&mut self, id: RecordId, ours: &Life, theirs: &Life) {
        let (winner, removed, changed, known) = if ours.is_alive {
            (Side::Theirs, theirs, ours, &self.theirs.known)
        } else {
            (Side::Ours, ours, theirs, &self.ours.known)
        };
        let is_news = |commit: CommitId| !known.contains(&commit);
        let typed = changed
            .fields
            .iter()
            .filter(|(field, mark, _)| is_news(mark.commit) && !self.is_computed(changed.entity, *field));
        let last: Option<Mark> = typed.map(|(_, mark, _)| *mark).max();
        if let Some(last) = last {
            let clash = Clash::lost(Reason::Removed, winner, id, None, Content::Record(id));
            self.clashes.push(Clash { won: removed.mark.at, lost: last.at, ..clash });
        }
    }

    fn merge_fields(&mut self, id: RecordId, ours: Option<&Life>, theirs: &Life) {
        let here = self.state.record(id);
        let mut next: Option<Record> = None;
        let begin = || match (here, ours) {
            (Some(record), _) => record.clone(),
            (None, ours) => {
                let known = ours.iter().flat_map(|life| &life.fields);
                let values: Values = known.map(|(field, _, value)| (*field, value.clone())).collect();
                Record { id, entity: theirs.entity, created: theirs.created, updated: theirs.updated, values }
            }
        };
        if here.is_none() {
            self.origin(theirs.mark).records.push(id);
            next = Some(begin());
        }
        for (field, mark, value) in &theirs.fields {
            let our = ours.and_then(|life| life.field(*field));
            let (our_mark, held) = match our {
                Some((mark, held)) => (Some(mark), here.map_or(held, |record| record.value(*field))),
                None => (None, here.map_or(&Value::Empty, |record| record.value(*field))),
            };
            if *held == *value && here.is_some() {
                continue;
            }
            if self.is_computed(theirs.entity, *field) {
                // Settled afresh anyway; what is taken along spares the settling most of its work.
                if let (None, Some(next)) = (here, &mut next) {
                    next.values.set(*field, value.clone());
                }
                continue;
            }
            if let Some(our_mark) = our_mark
                && held != value
                && self.is_clash(our_mark, *mark)
            {
                self.clashes.push(Clash::of_field(id, *field, (held, our_mark), (value, *mark)));
            }
            if our_mark.is_none_or(|ours| *mark > ours) {
                if here.is_some() || *mark != theirs.mark {
                    self.origin(*mark).fields.push((id, *field));
                }
                next.get_or_insert_with(begin).values.set(*field, value.clone());
            }
        }
        if let Some(mut next) = next {
            next.updated = next.updated.max(theirs.updated);
            self.records.insert(id, Some(next));
        }
    }

    /// What belongs to a removed record goes with it, and other links to it become blank, as when it was removed.
    fn mend_links(&mut self) {
        let mut links: FxHashMap<RecordId, Vec<RecordId>> = FxHashMap::default();
        let mut queue: Vec<RecordId> = Vec::new();
        let mut gone: Vec<RecordId> = Vec::new();
        for (id, record) in &self.records {
            match record {
                Some(record) => {
                    queue.push(*id);
                    for link in record.values.iter().flat_map(|(_, value)| value.links()) {
                        links.entry(*link).or_default().push(*id);
                    }
                }
                None => gone.push(*id),
            }
        }
        let incoming = |work: &Self, id: RecordId| -> Vec<RecordId> {
            let standing = work.state.all_incoming(id).into_iter().map(|link| link.from);
            standing.chain(links.get(&id).into_iter().flatten().copied()).collect()
        };
        for id in gone {
            queue.extend(incoming(self, id));
        }
        // In one order everywhere, so that both sides list the same.
        queue.sort_unstable();
        queue.dedup();
        while let Some(id) = queue.pop() {
            if self.mend_record(id) {
                queue.extend(incoming(self, id));
            }
        }
    }

    /// Mends the links of one record; whether it has to go itself.
    fn mend_record(&mut self, id: RecordId) -> bool {
        let dead = &self.dead;
        let lost = |value: &Value| value.links().iter().any(|link| dead.contains(link));
        let held = match self.record(id) {
            Some(record) if record.values.iter().any(|(_, value)| lost(value)) => record,
            _ => return false,
        };
        let mut next = held.clone();
        let broken: Vec<(FieldId, Value)> =
            held.values.iter().filter(|(_, value)| lost(value)).map(|(field, value)| (field, value.clone())).collect();
        let entity = self.entity(next.entity);
        let side = if self.ours.lives.contains_key(&id) { Side::Theirs } else { Side::Ours };
        let mut found = Vec::new();
        for (field, value) in broken {
            let definition = entity.as_ref().and_then(|entity| entity.field(field));
            if definition.is_some_and(Field::is_computed) {
                continue;
            }
            if definition.and_then(Field::link).is_some_and(|target| target.owned) {
                self.clashes.push(Clash::lost(Reason::LinkLost, side, id, None, Content::Record(id)));
                self.dead.insert(id);
                if self.state.record(id).is_some() {
                    self.records.insert(id, None);
                } else {
                    self.records.remove(&id);
                }
                return true;
            }
            found.push(Clash::lost(Reason::LinkLost, side, id, Some(field), Content::Value(value.clone())));
            next.values.set(field, value.without_links(|link| self.dead.contains(&link)));
        }
        self.clashes.extend(found);
        self.records.insert(id, Some(next));
        false
    }
}
