//! Views and layouts as data: how the records of an entity are listed, and how one of them is laid out.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::condition::Condition;
use crate::model::field::{Label, is_false};
use crate::model::id::{EntityId, FieldId, OptionId, RecordId};
use crate::model::record::Record;

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
    /// What its records are gathered by, the outermost level first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<Grouping>,
    /// What colours its records; of several rules that hold, the first counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colours: Vec<ColourRule>,
    /// The person whose own view it is; absent when it is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<RecordId>,
    /// Its place among the views of its entity: the lowest first, those of one place by id.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub order: i32,
}

fn is_zero(order: &i32) -> bool {
    *order == 0
}

/// One level of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grouping {
    /// The field.
    pub field: FieldId,
    /// Which group comes first; the one of the blank is last either way.
    #[serde(default)]
    pub order: SortOrder,
    /// How much goes into one group; absent when each value has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Bucket>,
}

/// How much of a scale goes into one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// A day.
    Day,
    /// A week, from the day with which weeks begin in the workspace.
    Week,
    /// A month.
    Month,
    /// A quarter of a year of account.
    Quarter,
    /// A year of account.
    Year,
    /// So much of a number: from 0 to below 10000, from there to below 20000, and so on.
    Step(#[serde(with = "crate::model::value::decimal_text")] Decimal),
}

/// A colour for the records, or for one cell of them, that meet a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColourRule {
    /// Which records.
    pub when: Condition,
    /// One of the ten label hues, 0 to 9.
    pub hue: u8,
    /// The field whose cell is coloured; absent for the whole row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
}

/// What stands below a column, and in the head of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Total {
    /// Nothing.
    None,
    /// How many are filled in.
    Filled,
    /// How many different values there are.
    Distinct,
    /// What numbers come to.
    Sum,
    /// The mean of numbers.
    Average,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

/// What a view looks like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum ViewShape {
    /// Rows and columns.
    List {
        /// The fields that are columns.
        columns: Vec<FieldId>,
        /// Widths that somebody chose, in pixels.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        widths: BTreeMap<FieldId, u32>,
        /// How many columns at the start stand still while the others are scrolled.
        #[serde(default = "one", skip_serializing_if = "is_one")]
        frozen: usize,
        /// What stands below columns where it is not the usual: the sum of numbers, the mean of marks.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        totals: BTreeMap<FieldId, Total>,
    },
    /// A column for each option of a choice field.
    Board {
        /// The choice field.
        by: FieldId,
        /// The fields on a card.
        card: Vec<FieldId>,
        /// The number that is summed up per column and lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sum: Option<FieldId>,
        /// The field whose values are the swim lanes: a choice, a link or a flag.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lanes: Option<FieldId>,
        /// The files whose first picture stands at the top of a card.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cover: Option<FieldId>,
        /// The choice field that colours the cards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        colour: Option<FieldId>,
        /// Whether cards show as little as they can.
        #[serde(default, skip_serializing_if = "is_false")]
        compact: bool,
        /// The options whose columns are not shown.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hidden: Vec<OptionId>,
        /// Which cards have been lying still for too long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stale: Option<Box<Condition>>,
    },
    /// Days, weeks or months with the records on their days.
    Calendar {
        /// The day or moment on which a record is, or begins.
        from: FieldId,
        /// When it ends; absent where records take no longer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<FieldId>,
        /// The flag that says that a record takes whole days, whatever its hours are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        all_day: Option<FieldId>,
        /// The fields that are told besides the title.
        card: Vec<FieldId>,
        /// The choice field that colours the records.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        colour: Option<FieldId>,
    },
    /// Bars along an axis of time.
    Timeline {
        /// When a record begins.
        from: FieldId,
        /// When it ends.
        to: FieldId,
        /// The field by which the bars are gathered: a choice, a link or a flag; each has a row of its own when it is absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lanes: Option<FieldId>,
        /// The fields that are told besides the title.
        card: Vec<FieldId>,
        /// The choice field that colours the bars.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        colour: Option<FieldId>,
    },
    /// Cards side by side, each with a picture.
    Gallery {
        /// The files whose first picture is shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cover: Option<FieldId>,
        /// The fields on a card.
        card: Vec<FieldId>,
    },
}

fn one() -> usize {
    1
}

fn is_one(frozen: &usize) -> bool {
    *frozen == 1
}

impl ViewShape {
    /// A list with these columns, and nothing else chosen.
    pub fn list(columns: Vec<FieldId>) -> ViewShape {
        ViewShape::List { columns, widths: BTreeMap::new(), frozen: one(), totals: BTreeMap::new() }
    }

    /// The fields that people choose: the columns of a list, the lines of a card.
    pub fn fields(&self) -> &[FieldId] {
        match self {
            ViewShape::List { columns, .. } => columns,
            ViewShape::Board { card, .. }
            | ViewShape::Calendar { card, .. }
            | ViewShape::Timeline { card, .. }
            | ViewShape::Gallery { card, .. } => card,
        }
    }

    /// The same shape with other fields chosen.
    pub fn with_fields(mut self, fields: Vec<FieldId>) -> ViewShape {
        match &mut self {
            ViewShape::List { columns, .. } => *columns = fields,
            ViewShape::Board { card, .. }
            | ViewShape::Calendar { card, .. }
            | ViewShape::Timeline { card, .. }
            | ViewShape::Gallery { card, .. } => *card = fields,
        }
        self
    }

    /// The fields that it cannot do without: what a board stands by, when things of a calendar begin.
    pub fn needed(&self) -> Vec<FieldId> {
        match self {
            ViewShape::List { .. } | ViewShape::Gallery { .. } => Vec::new(),
            ViewShape::Board { by, .. } => vec![*by],
            ViewShape::Calendar { from, .. } => vec![*from],
            ViewShape::Timeline { from, to, .. } => vec![*from, *to],
        }
    }

    /// Every field that it speaks of.
    pub fn named(&self) -> impl Iterator<Item = FieldId> {
        let others: Vec<FieldId> = match self {
            ViewShape::List { widths, totals, .. } => widths.keys().chain(totals.keys()).copied().collect(),
            ViewShape::Board { by, sum, lanes, cover, colour, .. } => {
                [Some(*by), *sum, *lanes, *cover, *colour].into_iter().flatten().collect()
            }
            ViewShape::Calendar { from, to, all_day, colour, .. } => {
                [Some(*from), *to, *all_day, *colour].into_iter().flatten().collect()
            }
            ViewShape::Timeline { from, to, lanes, colour, .. } => {
                [Some(*from), Some(*to), *lanes, *colour].into_iter().flatten().collect()
            }
            ViewShape::Gallery { cover, .. } => cover.iter().copied().collect(),
        };
        self.fields().iter().copied().chain(others)
    }

    /// The same shape without fields that are gone; those that it cannot do without stay.
    pub fn without(self, gone: &[FieldId]) -> ViewShape {
        let kept = self.fields().iter().copied().filter(|field| !gone.contains(field)).collect();
        let mut shape = self.with_fields(kept).without_parts(gone);
        if let ViewShape::List { widths, totals, .. } = &mut shape {
            widths.retain(|field, _| !gone.contains(field));
            totals.retain(|field, _| !gone.contains(field));
        }
        shape
    }

    /// The same shape with fields playing no part in it that it can do without: lanes, sums, colours, pictures.
    pub fn without_parts(self, gone: &[FieldId]) -> ViewShape {
        let mut shape = self;
        let drop = |field: &mut Option<FieldId>| {
            if field.is_some_and(|field| gone.contains(&field)) {
                *field = None;
            }
        };
        match &mut shape {
            ViewShape::List { .. } => {}
            ViewShape::Board { sum, lanes, cover, colour, .. } => {
                [sum, lanes, cover, colour].into_iter().for_each(drop)
            }
            ViewShape::Calendar { to, all_day, colour, .. } => [to, all_day, colour].into_iter().for_each(drop),
            ViewShape::Timeline { lanes, colour, .. } => [lanes, colour].into_iter().for_each(drop),
            ViewShape::Gallery { cover, .. } => drop(cover),
        }
        shape
    }
}

impl View {
    /// Every field that it speaks of, conditions aside.
    pub fn named(&self) -> impl Iterator<Item = FieldId> {
        let sorted = self.sort.iter().map(|sort| sort.field);
        let grouped = self.group.iter().map(|level| level.field);
        let coloured = self.colours.iter().filter_map(|rule| rule.field);
        self.shape.named().chain(sorted).chain(grouped).chain(coloured)
    }

    /// The same view without fields that are gone; a board stays what it is a board of.
    pub fn without(mut self, gone: &[FieldId]) -> View {
        self.shape = self.shape.without(gone);
        self.sort.retain(|sort| !gone.contains(&sort.field));
        self.group.retain(|level| !gone.contains(&level.field));
        self.colours.retain(|rule| rule.field.is_none_or(|field| !gone.contains(&field)));
        self
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
    /// The figures at the top of a record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub highlights: Vec<FieldId>,
    /// The fields without which a record is not complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub important: Vec<FieldId>,
    /// The entities behind whose records the stream of a record goes on: what points at an opportunity of an account is told there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub through: Vec<EntityId>,
}

impl Layout {
    /// Every field that it speaks of.
    pub fn named(&self) -> impl Iterator<Item = FieldId> {
        let shown = self.sections.iter().flat_map(|section| &section.fields);
        shown.chain(&self.highlights).chain(&self.important).copied()
    }

    /// The important fields that a record leaves blank.
    pub fn missing(&self, record: &Record) -> Vec<FieldId> {
        self.important.iter().copied().filter(|field| record.value(*field).is_empty()).collect()
    }
}

/// A group of fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What people call it.
    pub label: Label,
    /// How many fields stand beside each other, 1 to 3; as many as there is room for when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<u8>,
    /// The fields.
    pub fields: Vec<FieldId>,
}
