//! Trees: records of one entity that point at others of it, as subsidiaries do at their parent.

use rustc_hash::FxHashSet;

use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::state::{Reader, State};

/// A tree is not drawn larger than this.
const MOST: usize = 400;

/// A record in its place in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The record.
    pub record: RecordId,
    /// How many records stand above it.
    pub depth: usize,
    /// How many records stand right below it.
    pub children: usize,
}

/// The fields by which records of an entity stand below others of it.
pub fn upward(entity: &Entity) -> impl Iterator<Item = &Field> {
    entity.fields.iter().filter(|field| match &field.kind {
        FieldKind::Link(target) => target.to == [entity.id],
        _ => false,
    })
}

/// The whole tree in which a record stands, from its root, each record before those below it; only itself where it stands alone.
pub fn family(state: &State, record: RecordId, up: FieldId) -> Vec<Branch> {
    let mut root = record;
    let mut seen = FxHashSet::from_iter([record]);
    // Records may point at each other in a circle: then the tree begins where it would close.
    while let Some(above) = state.record(root).and_then(|record| record.value(up).links().first().copied())
        && state.record(above).is_some()
        && seen.insert(above)
    {
        root = above;
    }
    let mut found = Vec::new();
    let mut waiting = vec![(root, 0)];
    let mut seen = FxHashSet::from_iter([root]);
    while let Some((record, depth)) = waiting.pop() {
        let Some(entity) = state.record(record).map(|record| record.entity) else { continue };
        let below: Vec<RecordId> =
            state.incoming_ids(record, entity, up).iter().copied().filter(|id| seen.insert(*id)).collect();
        found.push(Branch { record, depth, children: below.len() });
        if found.len() + waiting.len() + below.len() > MOST {
            continue;
        }
        waiting.extend(below.into_iter().rev().map(|id| (id, depth + 1)));
    }
    found
}
