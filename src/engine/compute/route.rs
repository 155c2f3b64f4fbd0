//! Routes: the way from a record whose field changed back to the records whose computed fields have read it.

use crate::model::id::{EntityId, FieldId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;

/// A way from record to record, hop by hop.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Route {
    hops: Vec<Hop>,
}

/// One step of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hop {
    /// To the records of an entity that point here through a field.
    Back(EntityId, FieldId),
    /// To the records that a field points at.
    Forward(FieldId),
}

impl Route {
    /// The route that stays where it is.
    pub fn here() -> Self {
        Route::default()
    }

    /// The same route with one more hop at its end.
    pub fn then(&self, hop: Hop) -> Self {
        let mut hops = self.hops.clone();
        hops.push(hop);
        Route { hops }
    }

    /// The same route with one more hop at its start.
    pub fn after(&self, hop: Hop) -> Self {
        let mut hops = vec![hop];
        hops.extend(&self.hops);
        Route { hops }
    }

    /// Where the route leads from a record.
    pub fn follow(&self, reader: &dyn Reader, from: &Record) -> Vec<RecordId> {
        match self.hops.split_first() {
            None => vec![from.id],
            Some((Hop::Forward(via), rest)) => {
                from.value(*via).links().iter().flat_map(|link| walk(reader, *link, rest)).collect()
            }
            Some((Hop::Back(entity, via), rest)) => {
                let linking = reader.incoming(from.id, *entity, *via);
                linking.into_iter().flat_map(|id| walk(reader, id, rest)).collect()
            }
        }
    }

    /// Whether the route stays where it is.
    pub fn stays(&self) -> bool {
        self.hops.is_empty()
    }

    /// Whether the first hop leads to records that point here.
    pub fn goes_back(&self) -> bool {
        matches!(self.hops.first(), Some(Hop::Back(..)))
    }

    /// Whether the first hop follows this field of the record, so that its former value matters as well.
    pub fn leaves_by(&self, field: FieldId) -> bool {
        matches!(self.hops.first(), Some(Hop::Forward(via)) if *via == field)
    }

    /// Where the route leads once its first hop has arrived at a record.
    pub fn arrive(&self, reader: &dyn Reader, at: RecordId) -> Vec<RecordId> {
        walk(reader, at, self.hops.get(1..).unwrap_or_default())
    }
}

fn walk(reader: &dyn Reader, at: RecordId, hops: &[Hop]) -> Vec<RecordId> {
    let mut places = vec![at];
    for hop in hops {
        places = places
            .iter()
            .flat_map(|place| match hop {
                Hop::Back(entity, via) => reader.incoming(*place, *entity, *via),
                Hop::Forward(via) => reader.record(*place).map_or_else(Vec::new, |r| r.value(*via).links().to_vec()),
            })
            .collect();
        places.sort_unstable();
        places.dedup();
    }
    places
}
