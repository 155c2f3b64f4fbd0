//! Lists that are kept up to date: the records that were touched go to their new places, and the sums follow what they held.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::formula::Read;
use crate::engine::list::search::Needle;
use crate::engine::list::sort::{Placer, source_of};
use crate::engine::list::total::{self, Sum};
use crate::engine::list::{Query, belongs};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;

/// A record that was touched.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// Which.
    pub record: RecordId,
    /// As it was before; none if it was not there.
    pub before: Option<Arc<Record>>,
}

/// What `run` would give now, made from what it gave before the records were touched.
///
/// Other records, and whatever else the query reads, must be as they were.
pub fn follow(reader: &dyn Reader, query: &Query, rows: &[RecordId], touched: &[Touch]) -> Vec<RecordId> {
    let Some(entity) = reader.entity(query.entity) else {
        return Vec::new();
    };
    let needle = Needle::new(reader, entity, query.search, query.language);
    let records: FxHashSet<RecordId> = touched.iter().map(|touch| touch.record).collect();
    let placer = Placer::new(reader, entity, query, records.iter().filter_map(|id| reader.record(*id)));
    // All of them leave before the first is put back: a list is only searched while it is in order.
    let mut rows = without(rows, &records);
    for id in records {
        let Some(record) = reader.record(id) else { continue };
        if record.entity == query.entity && belongs(query, &needle, record) {
            rows.insert(placer.place(&rows, record), id);
        }
    }
    rows
}

/// Brings the sums of some fields over a list up to date with the records that were touched since they were made.
pub fn follow_sums(
    reader: &dyn Reader,
    sums: &mut [(FieldId, Vec<Sum>)],
    (before, after): (&[RecordId], &[RecordId]),
    touched: &[Touch],
) {
    // Of several touches of one record the first knows what the sums hold of it.
    let mut formers: FxHashMap<RecordId, Option<&Record>> = FxHashMap::default();
    for touch in touched {
        formers.entry(touch.record).or_insert(touch.before.as_deref());
    }
    let ids: FxHashSet<RecordId> = formers.keys().copied().collect();
    let (left, joined) = (among(before, &ids), among(after, &ids));
    for (field, sums) in sums {
        for id in &left {
            if let Some(former) = formers.get(id).copied().flatten() {
                total::take(sums, former.value(*field));
            }
        }
        for record in joined.iter().filter_map(|id| reader.record(*id)) {
            total::add(sums, record.value(*field));
        }
    }
}

/// The entities whose records a query reads beside each record itself: to order by names of linked records, to search in them,
/// or because a condition asks for them. Its own entity is among them where records are linked to their like.
pub fn others(reader: &dyn Reader, query: &Query, conditions: &[Read]) -> Vec<EntityId> {
    let Some(entity) = reader.entity(query.entity) else {
        return Vec::new();
    };
    let mut found: Vec<EntityId> = Vec::new();
    let sorted = query.sort.iter().filter_map(|sort| entity.field(sort.field));
    sorted.filter_map(|field| source_of(reader, entity, field)).for_each(|field| found.extend(targets(field)));
    if !query.search.trim().is_empty() {
        entity.fields.iter().for_each(|field| found.extend(targets(field)));
    }
    for read in conditions {
        match read {
            Read::Own(field) => found.extend(entity.field(*field).into_iter().flat_map(targets)),
            Read::Through { path, entity: end, .. } => {
                found.push(*end);
                found.extend(along(reader, entity, path));
            }
            Read::Related { entity: other, .. } => found.push(*other),
            Read::RelatedThrough { entity: other, path, target, .. } => {
                found.extend([*other, *target]);
                found.extend(reader.entity(*other).map_or_else(Vec::new, |other| along(reader, other, path)));
            }
            Read::Updated | Read::Clock | Read::Actor => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The entities that a path of links leads through.
fn along(reader: &dyn Reader, entity: &Entity, path: &[FieldId]) -> Vec<EntityId> {
    let mut found = Vec::new();
    let mut here: Vec<EntityId> = vec![entity.id];
    for step in path {
        let fields = here.iter().filter_map(|id| reader.entity(*id)?.field(*step));
        here = fields.flat_map(targets).collect();
        found.extend_from_slice(&here);
    }
    found
}

fn targets(field: &Field) -> impl Iterator<Item = EntityId> {
    field.link().into_iter().flat_map(|link| link.to.iter().copied())
}

fn without(rows: &[RecordId], left_out: &FxHashSet<RecordId>) -> Vec<RecordId> {
    let mut kept = Vec::with_capacity(rows.len() + left_out.len());
    match left_out.iter().next() {
        // One record is the rule, and comparing beats hashing.
        Some(only) if left_out.len() == 1 => {
            let at = rows.iter().position(|id| id == only).unwrap_or(rows.len());
            kept.extend_from_slice(&rows[..at]);
            kept.extend_from_slice(rows.get(at + 1..).unwrap_or_default());
        }
        _ => kept.extend(rows.iter().filter(|id| !left_out.contains(id))),
    }
    kept
}

/// Those of a list that are wanted, in its order.
pub(super) fn among(rows: &[RecordId], wanted: &FxHashSet<RecordId>) -> Vec<RecordId> {
    match wanted.iter().next() {
        Some(only) if wanted.len() == 1 => rows.iter().find(|id| *id == only).copied().into_iter().collect(),
        _ => rows.iter().filter(|id| wanted.contains(id)).copied().collect(),
    }
}
