//! Tints: the hue that a view's colour rules give a record or one of its fields, with the rule in words beside it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::engine::list::{Coloured, Colours};
use crate::model::entity::Entity;
use crate::model::id::{FieldId, RecordId};
use crate::model::record::Record;
use crate::model::view::ColourRule;
use crate::ui::part::{hue_name, icon};
use crate::ui::text::language;
use crate::ui::view::condition::describe;
use crate::ui::view::lens::Lens;

/// A hue, and what the rule says that gives it.
pub type Tint = (u8, String);

/// The colour rules of a lens: ready to be asked, with the hue of each and what it says.
pub struct Tints {
    rules: Colours,
    drawn: Vec<Tint>,
    /// The rules as they are defined; the same rules are the same tints.
    of: Vec<ColourRule>,
}

impl PartialEq for Tints {
    fn eq(&self, other: &Tints) -> bool {
        self.of == other.of
    }
}

/// What is coloured of a record.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tinted {
    /// All of it.
    pub whole: Option<Tint>,
    /// Single fields.
    pub fields: Vec<(FieldId, Tint)>,
}

/// The colour rules of a lens.
pub fn tints(app: App, lens: Lens, entity: StoredValue<Arc<Entity>>) -> Memo<Arc<Tints>> {
    Memo::new(move |_| {
        let of = lens.colours.get();
        let rules = app.ask(|state| Colours::compile(state, lens.entity, &of));
        let say = |rule: &ColourRule| (rule.hue, entity.with_value(|entity| describe(app, entity, &rule.when)));
        Arc::new(Tints { rules, drawn: of.iter().map(say).collect(), of })
    })
}

impl Tints {
    /// Whether a rule may colour whole records.
    pub fn has_whole(&self) -> bool {
        self.of.iter().any(|rule| rule.field.is_none())
    }

    /// What is coloured of a record; the running view depends on whatever the rules ask besides it.
    pub fn of(&self, app: App, record: &Record) -> Tinted {
        if self.rules.is_empty() {
            return Tinted::default();
        }
        let beside = app.ask(|state| self.rules.beside(state, record));
        beside.records.iter().for_each(|id| app.track_record(*id));
        beside.entities.iter().for_each(|id| app.track_entity(*id));
        if beside.clock {
            app.day();
        }
        if beside.actor {
            app.preferences().actor.track();
        }
        let context = app.context();
        let found = app.ask(|state| self.rules.of(state, record, &context.clock(state), language()));
        let Coloured { row, cells } = found;
        let tint = |rule: usize| self.drawn.get(rule).cloned();
        Tinted {
            whole: row.and_then(tint),
            fields: cells.into_iter().filter_map(|(field, rule)| Some((field, tint(rule)?))).collect(),
        }
    }
}

impl Tinted {
    /// The tint of a field.
    pub fn field(&self, id: FieldId) -> Option<&Tint> {
        self.fields.iter().find(|(field, _)| *field == id).map(|(_, tint)| tint)
    }
}

/// What is coloured of a record, kept up to date.
pub fn tinted(app: App, tints: Memo<Arc<Tints>>, id: RecordId) -> Memo<Tinted> {
    Memo::new(move |_| app.record(id).map(|record| tints.get().of(app, &record)).unwrap_or_default())
}

/// The rule in words, as a card says it below its fields.
pub fn word(tint: Option<Tint>) -> AnyView {
    let line = |(hue, says): Tint| {
        let tip = says.clone();
        view! { <p class="tint-word" data-hue=hue_name(hue) title=tip>{icon("flag")}<span>{says}</span></p> }
    };
    tint.map(line).into_any()
}

/// A sign that a rule colours what has no room for its words; they are said, and stand in the tip.
pub fn sign(tint: Option<Tint>) -> AnyView {
    let sign =
        |(_, says): Tint| view! { <span class="tint-sign">{icon("flag")}<span class="sr-only">{says}</span></span> };
    tint.map(sign).into_any()
}
