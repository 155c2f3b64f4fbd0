//! The layout of a record page while it is put together: which field stands in which section, what stands in its head.

use crate::model::entity::Entity;
use crate::model::field::Label;
use crate::model::id::FieldId;
use crate::model::view::{Layout, Section};

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The figures at the top.
    Head,
    /// A section.
    Section(usize),
    /// Off the page.
    Off,
}

/// A place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The part.
    pub zone: Zone,
    /// The field before which it is; at the end when absent.
    pub before: Option<FieldId>,
}

/// The layout of an entity as it stands, or as it is without any: everything in one section.
pub fn laid_out(entity: &Entity, layout: Option<&Layout>) -> Layout {
    if let Some(layout) = layout {
        return layout.clone();
    }
    let fields = entity.fields.iter().filter(|field| field.is_stored() && !field.retired).map(|field| field.id);
    let label = entity.label.clone();
    Layout {
        entity: entity.id,
        sections: vec![Section { label, columns: None, fields: fields.collect() }],
        highlights: Vec::new(),
        important: Vec::new(),
        through: Vec::new(),
    }
}

/// The layout with a field somewhere else. What stands in the head stands in its section as well; taken out of the head, it stays
/// there.
pub fn moved(layout: &Layout, field: FieldId, from: Zone, to: Spot) -> Layout {
    let mut next = layout.clone();
    let lists = |next: &mut Layout| next.sections.iter_mut().for_each(|it| it.fields.retain(|id| *id != field));
    if from == Zone::Head && to.zone != Zone::Head {
        next.highlights.retain(|id| *id != field);
    }
    let place = |fields: &mut Vec<FieldId>| {
        let at = to.before.and_then(|before| fields.iter().position(|id| *id == before)).unwrap_or(fields.len());
        fields.insert(at, field);
    };
    match to.zone {
        Zone::Head => {
            if to.before != Some(field) {
                next.highlights.retain(|id| *id != field);
                place(&mut next.highlights);
            }
        }
        Zone::Off => {
            if from != Zone::Head {
                lists(&mut next);
            }
        }
        Zone::Section(at) => {
            let is_head = from == Zone::Head && next.sections.iter().any(|section| section.fields.contains(&field));
            if at < next.sections.len() && to.before != Some(field) && !is_head {
                lists(&mut next);
                place(&mut next.sections[at].fields);
            }
        }
    }
    next
}

/// The stored fields in use that stand in no section.
pub fn unplaced(entity: &Entity, layout: &Layout) -> Vec<FieldId> {
    let is_placed = |field: FieldId| layout.sections.iter().any(|section| section.fields.contains(&field));
    let fields = entity.fields.iter().filter(|field| field.is_stored() && !field.retired && !is_placed(field.id));
    fields.map(|field| field.id).collect()
}

/// The entity with its fields in the order of the page; those off the page come last, as they were.
pub fn ordered(entity: &Entity, layout: &Layout) -> Entity {
    let listed: Vec<FieldId> = layout.sections.iter().flat_map(|section| section.fields.iter().copied()).collect();
    let mut next = entity.clone();
    next.fields.sort_by_key(|field| listed.iter().position(|id| *id == field.id).unwrap_or(usize::MAX));
    next
}

impl Layout {
    /// With one more section at the end.
    pub fn with_section(mut self, label: Label) -> Layout {
        self.sections.push(Section { label, columns: None, fields: Vec::new() });
        self
    }

    /// Without a section, whose fields go to the one before it or else to the next; the last one stays.
    pub fn without_section(mut self, at: usize) -> Layout {
        if self.sections.len() > 1 && at < self.sections.len() {
            let gone = self.sections.remove(at);
            self.sections[at.saturating_sub(1)].fields.extend(gone.fields);
        }
        self
    }
}
