//! The kinds of field that people can make, and what a field of each begins as.

use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, LinkTarget, NumberLimits, ResultKind, Rollup, RollupFunction};
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;

/// A part of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindGroup {
    /// Words.
    Words,
    /// Figures.
    Figures,
    /// Days and hours.
    Time,
    /// One of several.
    Choice,
    /// Other records.
    Records,
    /// Pictures and places.
    Things,
    /// What fills itself.
    Computed,
}

/// The kinds by the name under which definitions know them, with an icon of the sprite.
pub static KINDS: &[(KindGroup, &str, &str)] = &[
    (KindGroup::Words, "text", "type"),
    (KindGroup::Words, "long_text", "menu"),
    (KindGroup::Words, "rich_text", "file-text"),
    (KindGroup::Words, "email", "mail"),
    (KindGroup::Words, "phone", "phone"),
    (KindGroup::Words, "url", "globe"),
    (KindGroup::Figures, "number", "hash"),
    (KindGroup::Figures, "money", "coins"),
    (KindGroup::Figures, "percent", "percent"),
    (KindGroup::Figures, "rating", "star"),
    (KindGroup::Figures, "nps", "gauge"),
    (KindGroup::Time, "date", "calendar"),
    (KindGroup::Time, "instant", "clock"),
    (KindGroup::Time, "duration", "timer"),
    (KindGroup::Choice, "choice", "circle-dot"),
    (KindGroup::Choice, "choices", "tags"),
    (KindGroup::Choice, "flag", "toggle-left"),
    (KindGroup::Records, "link", "link"),
    (KindGroup::Records, "links", "network"),
    (KindGroup::Records, "lines", "list-tree"),
    (KindGroup::Things, "files", "paperclip"),
    (KindGroup::Things, "signature", "signature"),
    (KindGroup::Things, "address", "building-2"),
    (KindGroup::Things, "location", "map-pin"),
    (KindGroup::Computed, "auto_number", "list-ordered"),
    (KindGroup::Computed, "formula", "sigma"),
    (KindGroup::Computed, "lookup", "search"),
    (KindGroup::Computed, "rollup", "calculator"),
    (KindGroup::Computed, "hidden", "eye-off"),
];

/// The name under which definitions know a kind.
pub fn kind_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "text",
        FieldKind::LongText => "long_text",
        FieldKind::RichText => "rich_text",
        FieldKind::Number(_) => "number",
        FieldKind::Money { .. } => "money",
        FieldKind::Percent(_) => "percent",
        FieldKind::Date => "date",
        FieldKind::Instant => "instant",
        FieldKind::Duration => "duration",
        FieldKind::Choice { .. } => "choice",
        FieldKind::Choices { .. } => "choices",
        FieldKind::Flag => "flag",
        FieldKind::Rating { .. } => "rating",
        FieldKind::Nps => "nps",
        FieldKind::Phone => "phone",
        FieldKind::Email => "email",
        FieldKind::Url => "url",
        FieldKind::Address => "address",
        FieldKind::Location => "location",
        FieldKind::Link(_) => "link",
        FieldKind::Links(_) => "links",
        FieldKind::Lines { .. } => "lines",
        FieldKind::Files => "files",
        FieldKind::Signature => "signature",
        FieldKind::AutoNumber { .. } => "auto_number",
        FieldKind::Formula { .. } => "formula",
        FieldKind::Lookup { .. } => "lookup",
        FieldKind::Rollup(_) => "rollup",
        FieldKind::Score => "score",
        FieldKind::Hidden => "hidden",
    }
}

/// What a new field of a kind begins as; none where the workspace lacks what it needs: a look-up a link to look along, a roll-up
/// records that point here. Line items have an entity of their own and begin with that.
pub fn starting(name: &str, reader: &dyn Reader, entity: &Entity) -> Option<FieldKind> {
    let limits = NumberLimits::default();
    Some(match name {
        "text" => FieldKind::Text { max: None, pattern: None },
        "long_text" => FieldKind::LongText,
        "rich_text" => FieldKind::RichText,
        "number" => FieldKind::Number(limits),
        "money" => FieldKind::Money { currency: None, limits: NumberLimits { decimals: Some(2), ..limits } },
        "percent" => FieldKind::Percent(limits),
        "date" => FieldKind::Date,
        "instant" => FieldKind::Instant,
        "duration" => FieldKind::Duration,
        "choice" => FieldKind::Choice { options: Vec::new() },
        "choices" => FieldKind::Choices { options: Vec::new(), open: false },
        "flag" => FieldKind::Flag,
        "rating" => FieldKind::Rating { max: 5 },
        "nps" => FieldKind::Nps,
        "phone" => FieldKind::Phone,
        "email" => FieldKind::Email,
        "url" => FieldKind::Url,
        "address" => FieldKind::Address,
        "location" => FieldKind::Location,
        "link" => FieldKind::Link(target(reader, entity)),
        "links" => FieldKind::Links(target(reader, entity)),
        "files" => FieldKind::Files,
        "signature" => FieldKind::Signature,
        "auto_number" => FieldKind::AutoNumber { prefix: String::new(), digits: 5 },
        "formula" => FieldKind::Formula { formula: format!("={}", entity.title), result: ResultKind::Text },
        "lookup" => {
            let (link, field) = entity.fields.iter().filter(|field| !field.retired).find_map(|field| {
                let FieldKind::Link(target) = &field.kind else { return None };
                Some((field.id, reader.entity(*target.to.first()?)?.title))
            })?;
            FieldKind::Lookup { link, field }
        }
        "rollup" => {
            let (entity, via) = sources(reader, entity).into_iter().next()?;
            FieldKind::Rollup(Rollup { entity, via, function: RollupFunction::Count, field: None, condition: None })
        }
        "hidden" => FieldKind::Hidden,
        _ => return None,
    })
}

/// The link fields that point at records of an entity by name, with the entities that hold them.
pub fn sources(reader: &dyn Reader, entity: &Entity) -> Vec<(EntityId, FieldId)> {
    let mut found = Vec::new();
    for other in reader.entities() {
        let points =
            |field: &&Field| field.link().is_some_and(|target| target.to.contains(&entity.id)) && !field.retired;
        found.extend(other.fields.iter().filter(points).map(|field| (other.id, field.id)));
    }
    found
}

/// The entity that is most likely to be linked: the first one that is in use every day.
fn target(reader: &dyn Reader, entity: &Entity) -> LinkTarget {
    let mut others: Vec<_> = reader.entities().into_iter().filter(|other| other.id != entity.id).collect();
    others.sort_by_key(|other| (other.tucked, other.order.is_none(), other.order));
    let to = others.first().map_or(entity.id, |other| other.id);
    LinkTarget { to: vec![to], inverse: None, owned: false, tree: false }
}
