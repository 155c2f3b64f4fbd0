//! Entities: the kinds of record that a workspace knows. They are data; no Rust type stands for a lead.

use serde::{Deserialize, Serialize};

use crate::model::conversion::Conversion;
use crate::model::field::{Field, FieldKind, Label, is_false};
use crate::model::id::{EntityId, FieldId};

/// A kind of record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its name; never changes once records exist.
    pub id: EntityId,
    /// What people call one of them.
    pub label: Label,
    /// What people call many of them.
    pub plural: Label,
    /// What else people call them, in whatever language, when they ask for records in words: deal, 单子.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// An icon of the sprite.
    pub icon: String,
    /// One of the ten label hues, 0 to 9.
    #[serde(default)]
    pub hue: u8,
    /// The part of the navigation in which it stands.
    pub group: Group,
    /// Where it stands among the others: the lowest first, those without one last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    /// Whether the navigation folds it away with others that are not needed every day.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tucked: bool,
    /// Whether it was made in this workspace rather than brought by a pack.
    #[serde(default, skip_serializing_if = "is_false")]
    pub own: bool,
    /// The flag that says whether a record is still in use; those that are not are offered no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<FieldId>,
    /// The field that names a record.
    pub title: FieldId,
    /// A few fields that tell one record from another, shown beneath the title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub summary: Vec<FieldId>,
    /// The field that says when that for which a record stands happens, as in a call or a payment; its creation when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happens: Option<FieldId>,
    /// What its records turn into, if they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<Box<Conversion>>,
    /// The fields, in their order.
    pub fields: Vec<Field>,
}

/// A part of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Attract: leads, campaigns, forms.
    Grow,
    /// Convert: opportunities, quotes, contracts, payments.
    Sell,
    /// Serve: tickets, surveys, health.
    Serve,
    /// Keep: renewals, loyalty, referrals.
    Keep,
    /// What everybody does all day: tasks, activities, notices.
    Work,
    /// People and teams.
    People,
}

impl Entity {
    /// The field with this id.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The field that people mean by a name: its id or its label in either language.
    pub fn field_called(&self, name: &str) -> Option<&Field> {
        let name = name.trim();
        let by_id = self.fields.iter().find(|field| field.id.as_str().eq_ignore_ascii_case(name));
        by_id.or_else(|| self.fields.iter().find(|field| field.label.says(name)))
    }

    /// Whether people mean this entity by a name: its id, its label or its plural in either language.
    pub fn is_called(&self, name: &str) -> bool {
        self.id.as_str().eq_ignore_ascii_case(name) || self.label.says(name) || self.plural.says(name)
    }

    /// The entities whose records are line items of this one's.
    pub fn line_entities(&self) -> impl Iterator<Item = EntityId> {
        self.fields.iter().filter_map(|field| match field.kind {
            FieldKind::Lines { entity, .. } => Some(entity),
            _ => None,
        })
    }

    /// The field that points at the record above, where records of it stand in a tree.
    pub fn parent_field(&self) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| matches!(&field.kind, FieldKind::Link(target) if target.tree && target.to.contains(&self.id)))
    }

    /// The fields that are links, with what they point at.
    pub fn link_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| matches!(field.kind, FieldKind::Link(_) | FieldKind::Links(_)))
    }
}
