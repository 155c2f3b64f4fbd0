//! What new things begin as: entities with what makes them usable at once, readable ids, options out of lines of text.

use std::sync::Arc;

use crate::model::condition::Condition;
use crate::model::definition::Definition;
use crate::model::entity::{Entity, Group};
use crate::model::field::{ChoiceOption, Field, FieldKind, Label, LinkTarget, NumberLimits, ResultKind};
use crate::model::id::{EntityId, FieldId, OptionId};
use crate::model::state::Reader;
use crate::model::view::{Layout, Section, View, ViewShape};

/// Names that mean something else to scripts and formulas.
const TAKEN: [&str; 4] = ["id", "entity", "created", "updated"];
/// The hues of new options, one after the other; grey is for what nobody has coloured.
const HUES: u8 = 9;

/// What is asked about a new entity.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntity {
    /// What people call one of them.
    pub label: Label,
    /// What people call many of them.
    pub plural: Label,
    /// An icon of the sprite.
    pub icon: String,
    /// One of the ten label hues.
    pub hue: u8,
    /// Where it stands in the navigation.
    pub group: Group,
    /// What people call the field that names a record.
    pub title: Label,
    /// The heading of the record page.
    pub heading: Label,
}

/// The definitions of a new entity: itself with a title, and how a record is laid out.
pub fn new_entity(reader: &dyn Reader, asked: NewEntity) -> (EntityId, Vec<Definition>) {
    let id = entity_id(reader, &asked.label);
    let title = FieldId::new("name");
    let order = reader.entities().iter().filter(|it| it.group == asked.group).filter_map(|it| it.order).max();
    let name = Field { required: true, ..plain(title, asked.title, FieldKind::Text { max: None, pattern: None }) };
    let entity = Entity {
        id,
        label: asked.label,
        plural: asked.plural,
        aliases: Vec::new(),
        icon: asked.icon,
        hue: asked.hue,
        group: asked.group,
        order: order.map(|order| order.saturating_add(1)),
        tucked: false,
        own: true,
        active: None,
        title,
        summary: Vec::new(),
        happens: None,
        conversion: None,
        fields: vec![name],
    };
    let layout = Layout {
        entity: id,
        sections: vec![Section { label: asked.heading, columns: None, fields: vec![title] }],
        highlights: Vec::new(),
        important: Vec::new(),
        through: Vec::new(),
    };
    (id, vec![Definition::Entity(Arc::new(entity)), Definition::Layout(Arc::new(layout))])
}

/// An entity of line items that belong to records of another one: what, how many, at which price, and what that comes to.
pub fn new_lines(reader: &dyn Reader, of: &Entity, label: &Label, names: [Label; 5]) -> (FieldKind, Definition) {
    let joined = Label { zh: format!("{}{}", of.label.zh, label.zh), en: format!("{} {}", of.label.en, label.en) };
    let id = entity_id(reader, &joined);
    let via = FieldId::new("of");
    let [owner, what, many, price, sum] = names;
    let number = FieldKind::Number(NumberLimits::default());
    let money = FieldKind::Money { currency: None, limits: NumberLimits { decimals: Some(2), ..Default::default() } };
    let link = FieldKind::Link(LinkTarget { to: vec![of.id], inverse: Some(label.clone()), owned: true, tree: false });
    let formula = FieldKind::Formula { formula: "=quantity*price".to_owned(), result: ResultKind::Money };
    let fields = vec![
        Field { required: true, ..plain(FieldId::new("name"), what, FieldKind::Text { max: None, pattern: None }) },
        plain(FieldId::new("quantity"), many, number),
        plain(FieldId::new("price"), price, money),
        plain(FieldId::new("amount"), sum, formula),
        Field { required: true, ..plain(via, owner, link) },
    ];
    let entity = Entity {
        id,
        label: joined.clone(),
        plural: joined,
        aliases: Vec::new(),
        icon: "list-tree".to_owned(),
        hue: of.hue,
        group: of.group,
        order: None,
        tucked: true,
        own: true,
        active: None,
        title: FieldId::new("name"),
        summary: Vec::new(),
        happens: None,
        conversion: None,
        fields,
    };
    (FieldKind::Lines { entity: id, via }, Definition::Entity(Arc::new(entity)))
}

/// A field with nothing but a name and a kind.
pub fn plain(id: FieldId, label: Label, kind: FieldKind) -> Field {
    Field {
        id,
        label,
        aliases: Vec::new(),
        kind,
        required: false,
        unique: false,
        read_only: false,
        retired: false,
        default: None,
        hint: None,
        checks: Vec::new(),
    }
}

/// A readable id for a new field: its English name, or else its kind with a number.
pub fn field_id(entity: &Entity, label: &Label, kind: &FieldKind) -> FieldId {
    let name = slug(&label.en).or_else(|| slug(&label.zh));
    let is_free = |id: &str| !TAKEN.contains(&id) && entity.field(FieldId::new(id)).is_none();
    FieldId::new(&free(name.as_deref().unwrap_or(super::kind_name(kind)), is_free))
}

/// A readable id for a new option.
pub fn option_id(options: &[ChoiceOption], label: &Label) -> OptionId {
    let name = slug(&label.en).or_else(|| slug(&label.zh));
    let is_free = |id: &str| options.iter().all(|option| option.id.as_str() != id);
    OptionId::new(&free(name.as_deref().unwrap_or("option"), is_free))
}

/// Options out of lines of text: one a line, with the name in both languages where a tab, a bar or an equals sign parts them. Lines
/// that say what is there already add nothing.
pub fn options_from(text: &str, known: &[ChoiceOption]) -> Vec<ChoiceOption> {
    let mut options = known.to_vec();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let label = match line.split_once(['\t', '|', '=']) {
            Some((one, other)) => both(one.trim(), other.trim()),
            None => Label::same(line),
        };
        let is_there = |option: &ChoiceOption| option.label.says(&label.zh) || option.label.says(&label.en);
        if options.iter().any(is_there) {
            continue;
        }
        let id = option_id(&options, &label);
        // Those that stand beside each other are told apart.
        let hue = Some((options.len() % usize::from(HUES)) as u8 + 1);
        options.push(ChoiceOption { id, label, aliases: Vec::new(), hue, weight: None, ended: None, retired: false });
    }
    options
}

/// The views that an entity of this workspace gets once it can be looked at so: a board with its first choice, a calendar with its
/// first day.
pub fn companions(
    entity: &Entity,
    (before, after): (&[ViewShape], Vec<ViewShape>),
    views: usize,
    label: &dyn Fn(&ViewShape) -> Label,
) -> Vec<View> {
    let alike = |one: &ViewShape, other: &ViewShape| std::mem::discriminant(one) == std::mem::discriminant(other);
    let is_wanted = |shape: &ViewShape| matches!(shape, ViewShape::Board { .. } | ViewShape::Calendar { .. });
    let new = after.into_iter().filter(|shape| is_wanted(shape) && !before.iter().any(|known| alike(known, shape)));
    new.enumerate()
        .map(|(at, shape)| View {
            id: format!(
                "{}-{}",
                entity.id,
                if matches!(shape, ViewShape::Board { .. }) { "board" } else { "calendar" }
            ),
            label: label(&shape),
            entity: entity.id,
            // Whatever fits a card by then.
            shape: shape.with_fields(Vec::new()),
            filter: Condition::always(),
            sort: Vec::new(),
            group: Vec::new(),
            colours: Vec::new(),
            owner: None,
            order: i32::try_from(views + at + 1).unwrap_or(i32::MAX),
        })
        .collect()
}

fn entity_id(reader: &dyn Reader, label: &Label) -> EntityId {
    let name = slug(&label.en).or_else(|| slug(&label.zh));
    EntityId::new(&free(name.as_deref().unwrap_or("entity"), |id| reader.entity(EntityId::new(id)).is_none()))
}

/// The name itself, or with the first number that makes it another one.
pub(super) fn free(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    if is_free(name) {
        return name.to_owned();
    }
    (2u32..).map(|number| format!("{name}_{number}")).find(|id| is_free(id)).unwrap_or_else(|| name.to_owned())
}

/// A name as scripts and formulas write it: small Latin letters and digits; none if the text has no letter of these.
pub(super) fn slug(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let mut id = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            id.push(letter);
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
    }
    id.truncate(LONGEST);
    let id = id.trim_end_matches('_');
    id.starts_with(|first: char| first.is_ascii_lowercase()).then(|| id.to_owned())
}

/// Two names, whichever of them is the Chinese one.
fn both(one: &str, other: &str) -> Label {
    let (zh, en) = if one.is_ascii() && !other.is_ascii() { (other, one) } else { (one, other) };
    Label { zh: zh.to_owned(), en: en.to_owned() }
}
