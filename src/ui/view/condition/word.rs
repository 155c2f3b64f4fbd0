//! Conditions in words: which comparisons a kind of field knows, what they are called, and what a chip says.

use crate::app::App;
use crate::engine::condition::is_me;
use crate::model::condition::{Comparison, Condition, Operand};
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, ResultKind, RollupFunction};
use crate::model::id::OptionId;
use crate::model::state::Reader;
use crate::ui::field::meaning;
use crate::ui::format;
use crate::ui::text::{label, t};

/// How something is compared, by what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words.
    Text,
    /// Numbers, amounts and lengths of time.
    Number,
    /// Days and points in time.
    Date,
    /// Options to pick from.
    Options,
    /// Yes or no.
    Flag,
    /// Other records.
    Links,
    /// Only whether there is something.
    Presence,
}

/// What a chip says.
pub struct Words {
    pub icon: &'static str,
    pub field: String,
    pub comparison: String,
    pub value: String,
    /// Whether it speaks of something that is no longer there.
    pub is_lost: bool,
}

impl Words {
    /// All of it in one line.
    pub fn whole(&self) -> String {
        [self.field.as_str(), &self.comparison, &self.value].join(" ").trim().to_owned()
    }
}

/// How fields of a kind are compared; none where there is nothing to compare.
pub fn shape_of(kind: &FieldKind) -> Option<Shape> {
    Some(match kind {
        FieldKind::Choice { .. } | FieldKind::Choices { .. } => Shape::Options,
        FieldKind::Link(_) | FieldKind::Links(_) => Shape::Links,
        FieldKind::Address | FieldKind::Location | FieldKind::Files | FieldKind::Signature => Shape::Presence,
        FieldKind::Rollup(rollup) => match rollup.function {
            RollupFunction::Count | RollupFunction::Sum | RollupFunction::Average => Shape::Number,
            RollupFunction::Min | RollupFunction::Max | RollupFunction::First | RollupFunction::Last => Shape::Presence,
        },
        FieldKind::Lookup { .. } => Shape::Presence,
        plain => match plain.result()? {
            ResultKind::Text => Shape::Text,
            ResultKind::Number | ResultKind::Money | ResultKind::Percent | ResultKind::Duration => Shape::Number,
            ResultKind::Date | ResultKind::Instant => Shape::Date,
            ResultKind::Flag => Shape::Flag,
        },
    })
}

/// The comparisons of a kind, the usual one first.
pub fn comparisons(kind: &FieldKind) -> &'static [Comparison] {
    use Comparison::{
        AtLeast, AtMost, Between, Contains, Empty, EndsWith, Equals, Filled, Greater, Less, NoneOf, NotContains,
        NotEquals, OneOf, StartsWith,
    };
    match shape_of(kind) {
        Some(Shape::Text) => &[Contains, NotContains, Equals, NotEquals, StartsWith, EndsWith, Empty, Filled],
        Some(Shape::Number) => &[AtLeast, Greater, AtMost, Less, Equals, NotEquals, Between, Empty, Filled],
        Some(Shape::Date) => &[AtLeast, AtMost, Equals, Greater, Less, Between, Empty, Filled],
        Some(Shape::Options) => &[OneOf, NoneOf, Empty, Filled],
        Some(Shape::Flag) => &[Equals, Empty, Filled],
        Some(Shape::Links) => &[Equals, NotEquals, Empty, Filled],
        Some(Shape::Presence) | None => &[Filled, Empty],
    }
}

/// What a comparison of a kind is called.
pub fn comparison_name(kind: &FieldKind, is: Comparison) -> String {
    let is_date = shape_of(kind) == Some(Shape::Date);
    t(match (is, is_date) {
        (Comparison::Equals, _) => "comparison-equals",
        (Comparison::NotEquals, _) => "comparison-not-equals",
        (Comparison::Contains, _) => "comparison-contains",
        (Comparison::NotContains, _) => "comparison-not-contains",
        (Comparison::StartsWith, _) => "comparison-starts-with",
        (Comparison::EndsWith, _) => "comparison-ends-with",
        (Comparison::Greater, false) => "comparison-greater",
        (Comparison::Greater, true) => "comparison-after",
        (Comparison::AtLeast, false) => "comparison-at-least",
        (Comparison::AtLeast, true) => "comparison-from",
        (Comparison::Less, false) => "comparison-less",
        (Comparison::Less, true) => "comparison-before",
        (Comparison::AtMost, false) => "comparison-at-most",
        (Comparison::AtMost, true) => "comparison-until",
        (Comparison::Between, _) => "comparison-between",
        (Comparison::OneOf, _) => "comparison-one-of",
        (Comparison::NoneOf, _) => "comparison-none-of",
        (Comparison::Empty, _) => "comparison-empty",
        (Comparison::Filled, _) => "comparison-filled",
        (Comparison::Changed, _) => "comparison-changed",
    })
}

/// Whether a comparison needs something to compare with.
pub fn needs_value(is: Comparison) -> bool {
    !matches!(is, Comparison::Empty | Comparison::Filled | Comparison::Changed)
}

/// The field that decides how a condition on a field is put together: where a look-up looks.
pub fn source(app: App, entity: &Entity, field: &Field) -> Field {
    app.ask(|state| meaning(state, entity, field).into_owned())
}

/// The same for the field at the end of a path over links.
pub fn source_at(app: App, entity: &Entity, path: &str) -> Option<Field> {
    let (own, field, _) = field_at(app, entity, path)?;
    Some(source(app, &own, &field))
}

/// The fields of linked records that can be asked for something, by the name of the link: path and name of each.
pub fn linked(app: App, entity: &Entity) -> Vec<(String, Vec<(String, String)>)> {
    let links = entity.fields.iter().filter(|field| matches!(field.kind, FieldKind::Link(_)));
    links
        .filter_map(|link| {
            let target = link.link()?.to.first().copied()?;
            let target = app.ask(|state| state.entity(target).cloned())?;
            let askable = target
                .fields
                .iter()
                .filter(|field| shape_of(&field.kind).is_some() && field.is_stored() && !field.retired);
            let fields = askable.map(|field| (format!("{}.{}", link.id, field.id), label(&field.label)));
            Some((label(&link.label), fields.collect()))
        })
        .collect()
}

/// What a chip says about a condition.
pub fn describe(app: App, entity: &Entity, condition: &Condition) -> Words {
    match condition {
        Condition::Compare(compare) => {
            let Some((own, field, name)) = field_at(app, entity, &compare.field) else {
                return Words {
                    icon: "triangle-alert",
                    field: compare.field.clone(),
                    comparison: t("filter-field-gone"),
                    value: String::new(),
                    is_lost: true,
                };
            };
            let source = source(app, &own, &field);
            let value =
                if needs_value(compare.is) { operand_text(app, &source, &compare.value) } else { String::new() };
            // "In the next 30 days" says itself that it lies between two of them.
            let is_stretch = matches!(&compare.value, Operand::List(days) if format::stretch_words(days).is_some());
            Words {
                icon: "list-filter",
                field: name,
                comparison: if is_stretch { String::new() } else { comparison_name(&source.kind, compare.is) },
                value,
                is_lost: false,
            }
        }
        Condition::Formula { formula } => Words {
            icon: "sigma",
            field: formula.clone(),
            comparison: String::new(),
            value: String::new(),
            is_lost: false,
        },
        Condition::All { all: parts } | Condition::Any { any: parts } => {
            let is_all = matches!(condition, Condition::All { .. });
            let joint = if is_all { t("filter-and") } else { t("filter-or") };
            let parts: Vec<String> = parts.iter().map(|part| describe(app, entity, part).whole()).collect();
            Words {
                icon: "list-filter",
                field: parts.join(&format!(" {joint} ")),
                comparison: String::new(),
                value: String::new(),
                is_lost: false,
            }
        }
        Condition::Not { not } => {
            let inner = describe(app, entity, not);
            Words {
                icon: "list-filter",
                field: format!("{} {}", t("filter-not"), inner.whole()),
                comparison: String::new(),
                value: String::new(),
                is_lost: inner.is_lost,
            }
        }
    }
}

/// The field at the end of a path over links, with the names along it.
fn field_at(app: App, entity: &Entity, path: &str) -> Option<(Entity, Field, String)> {
    let mut entity = entity.clone();
    let mut names = Vec::new();
    let mut parts = path.split('.').peekable();
    loop {
        let field = entity.field_called(parts.next()?)?.clone();
        names.push(label(&field.label));
        if parts.peek().is_none() {
            return Some((entity, field, names.join(" › ")));
        }
        let target = field.link()?.to.first().copied()?;
        entity = app.ask(|state| state.entity(target).map(|entity| (**entity).clone()))?;
    }
}

fn operand_text(app: App, field: &Field, operand: &Operand) -> String {
    match operand {
        Operand::Absent => String::new(),
        Operand::Flag(true) => t("field-yes"),
        Operand::Flag(false) => t("field-no"),
        Operand::Integer(number) if field.is_ungrouped() => number.to_string(),
        Operand::Integer(number) => format::number((*number).into(), None),
        Operand::Text(text) => word(app, field, text),
        Operand::List(parts) => {
            if let Some(stretch) = format::stretch_words(parts) {
                return stretch;
            }
            let parts: Vec<String> = parts.iter().map(|part| operand_text(app, field, part)).collect();
            parts.join(if parts.len() == 2 && shape_of(&field.kind) != Some(Shape::Options) { " – " } else { ", " })
        }
    }
}

fn word(app: App, field: &Field, text: &str) -> String {
    match shape_of(&field.kind) {
        Some(Shape::Options) => {
            field.option(OptionId::new(text)).map_or_else(|| text.to_owned(), |option| label(&option.label))
        }
        Some(Shape::Links) if is_me(text) => t("filter-me"),
        Some(Shape::Links) => text.parse().map_or_else(|_| text.to_owned(), |id| app.title(id)),
        Some(Shape::Date) => format::day_words(text).unwrap_or_else(|| text.to_owned()),
        Some(Shape::Text | Shape::Number | Shape::Flag | Shape::Presence) | None => text.to_owned(),
    }
}
