//! What is amiss with an entity, though it works: names that are missing, options that nobody uses, fields that nobody sees.

use rustc_hash::FxHashSet;

use super::lay::unplaced;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, Language};
use crate::model::id::{FieldId, OptionId};
use crate::model::state::{Reader, State};
use crate::model::view::Layout;

/// Something amiss.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// What.
    pub kind: TroubleKind,
    /// The field; the entity itself where there is none.
    pub field: Option<FieldId>,
    /// How many of them.
    pub count: usize,
}

/// What can be amiss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// No name in a language.
    NoLabel(Language),
    /// Options without a name in a language.
    NoOptionLabel(Language),
    /// Another field has the same name.
    TwinLabel,
    /// A choice without options.
    NoOptions,
    /// Options that no record holds.
    UnusedOptions,
    /// On no page and in no form.
    Unplaced,
    /// Blank in every record.
    NeverFilled,
    /// It names records and nobody is asked for it.
    RetiredTitle,
    /// Checks that do not say in a language what is wrong.
    NoCheckMessage(Language),
}

/// Everything that is amiss with an entity, in the order of its fields.
pub fn troubles(state: &State, entity: &Entity, layout: Option<&Layout>) -> Vec<Trouble> {
    let mut found = Vec::new();
    let mut note = |kind, field, count| found.push(Trouble { kind, field, count });
    for language in missing(&entity.label).chain(missing(&entity.plural)).collect::<FxHashSet<_>>() {
        note(TroubleKind::NoLabel(language), None, 1);
    }
    let off = layout.map(|layout| unplaced(entity, layout)).unwrap_or_default();
    let ids = state.member_ids(entity.id);
    for field in &entity.fields {
        let id = Some(field.id);
        if field.retired {
            if field.id == entity.title {
                note(TroubleKind::RetiredTitle, id, 1);
            }
            continue;
        }
        missing(&field.label).for_each(|language| note(TroubleKind::NoLabel(language), id, 1));
        if entity.fields.iter().any(|other| other.id != field.id && !other.retired && is_twin(other, field)) {
            note(TroubleKind::TwinLabel, id, 1);
        }
        let options: Vec<_> = field.options().iter().filter(|option| !option.retired).collect();
        for language in [Language::Zh, Language::En] {
            let count = options.iter().filter(|option| missing(&option.label).any(|it| it == language)).count();
            if count > 0 {
                note(TroubleKind::NoOptionLabel(language), id, count);
            }
        }
        for language in [Language::Zh, Language::En] {
            let count = field.checks.iter().filter(|check| missing(&check.message).any(|it| it == language)).count();
            if count > 0 {
                note(TroubleKind::NoCheckMessage(language), id, count);
            }
        }
        let is_open = matches!(field.kind, FieldKind::Choices { open: true, .. });
        if options.is_empty() && !is_open && matches!(field.kind, FieldKind::Choice { .. } | FieldKind::Choices { .. })
        {
            note(TroubleKind::NoOptions, id, 1);
        }
        if off.contains(&field.id) && !matches!(field.kind, FieldKind::Hidden | FieldKind::AutoNumber { .. }) {
            note(TroubleKind::Unplaced, id, 1);
        }
        // Too few records tell nothing.
        if ids.len() < 20 || !field.is_editable() {
            continue;
        }
        let held = || ids.iter().filter_map(|id| state.record(*id)).map(|record| record.value(field.id));
        if options.is_empty() {
            if held().all(crate::model::value::Value::is_empty) {
                note(TroubleKind::NeverFilled, id, 1);
            }
        } else {
            let used: FxHashSet<OptionId> = held().flat_map(|value| value.options().iter().copied()).collect();
            let count = options.iter().filter(|option| !used.contains(&option.id)).count();
            if count > 0 {
                note(TroubleKind::UnusedOptions, id, count);
            }
        }
    }
    found
}

fn missing(label: &Label) -> impl Iterator<Item = Language> {
    let zh = label.zh.trim().is_empty().then_some(Language::Zh);
    zh.into_iter().chain(label.en.trim().is_empty().then_some(Language::En))
}

fn is_twin(one: &Field, other: &Field) -> bool {
    let same = |one: &str, other: &str| !one.is_empty() && one.eq_ignore_ascii_case(other);
    same(&one.label.zh, &other.label.zh) || same(&one.label.en, &other.label.en)
}
