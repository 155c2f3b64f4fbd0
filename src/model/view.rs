//! Views and layouts as data: how the records of an entity are listed, and how one of them is laid out.

use serde::{Deserialize, Serialize};

use crate::model::condition::Condition;
use crate::model::field::Label;
use crate::model::id::{EntityId, FieldId};

/// A saved way of looking at an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Unique among views.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// Whose records it shows.
    pub entity: EntityId,
    /// What it looks like.
    pub shape: ViewShape,
    /// Which records it shows.
    #[serde(default)]
    pub filter: Condition,
    /// In which order.
    #[serde(default)]
    pub sort: Vec<Sort>,
}

/// What a view looks like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum ViewShape {
    /// Rows and columns.
    List {
        /// The fields that are columns.
        columns: Vec<FieldId>,
    },
    /// A column for each option of a choice field.
    Board {
        /// The choice field.
        by: FieldId,
        /// The fields on a card.
        card: Vec<FieldId>,
        /// The number that is summed up per column.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sum: Option<FieldId>,
    },
}

impl ViewShape {
    /// The fields that people choose: the columns of a list, the lines of a card.
    pub fn fields(&self) -> &[FieldId] {
        match self {
            ViewShape::List { columns } => columns,
            ViewShape::Board { card, .. } => card,
        }
    }

    /// The same shape with other fields chosen.
    pub fn with_fields(self, fields: Vec<FieldId>) -> ViewShape {
        match self {
            ViewShape::List { .. } => ViewShape::List { columns: fields },
            ViewShape::Board { by, sum, .. } => ViewShape::Board { by, card: fields, sum },
        }
    }

    /// Every field that it speaks of.
    pub fn named(&self) -> impl Iterator<Item = FieldId> {
        let (by, sum) = match self {
            ViewShape::List { .. } => (None, None),
            ViewShape::Board { by, sum, .. } => (Some(*by), *sum),
        };
        by.into_iter().chain(self.fields().iter().copied()).chain(sum)
    }

    /// The same shape without fields that are gone; the one that a board stands by stays.
    pub fn without(self, gone: &[FieldId]) -> ViewShape {
        let kept = self.fields().iter().copied().filter(|field| !gone.contains(field)).collect();
        match self.with_fields(kept) {
            ViewShape::Board { by, card, sum } => {
                ViewShape::Board { by, card, sum: sum.filter(|field| !gone.contains(field)) }
            }
            list @ ViewShape::List { .. } => list,
        }
    }
}

/// One step of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// The field.
    pub field: FieldId,
    /// Which end comes first.
    #[serde(default)]
    pub order: SortOrder,
}

/// Which end comes first; blank is last either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// The least first.
    #[default]
    Ascending,
    /// The greatest first.
    Descending,
}

/// How a record of an entity is laid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The entity.
    pub entity: EntityId,
    /// Groups of fields, in their order.
    pub sections: Vec<Section>,
}

/// A group of fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What people call it.
    pub label: Label,
    /// The fields.
    pub fields: Vec<FieldId>,
}
