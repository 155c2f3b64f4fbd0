//! Definitions: everything that people can change about their workspace besides records, as documents in the same state.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::entity::Entity;
use crate::model::field::{Label, Language};
use crate::model::form::Form;
use crate::model::id::{Currency, DefinitionId, EntityId, FieldId};
use crate::model::rule::{Rule, ScoreModel};
use crate::model::time::{Date, Reckoning};
use crate::model::view::{Layout, View};

/// A document that shapes the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Definition {
    /// A kind of record.
    Entity(Arc<Entity>),
    /// A saved list or board.
    View(Arc<View>),
    /// The layout of an entity's record page.
    Layout(Arc<Layout>),
    /// A rule.
    Rule(Arc<Rule>),
    /// A score model.
    Score(Arc<ScoreModel>),
    /// A form, as it is worked on or as an edition of it was published.
    Form(Arc<Form>),
    /// The settings of the workspace.
    Workspace(Arc<Workspace>),
}

/// The settings of the workspace, and which entities play the parts that engines speak of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workspace {
    /// What people call it.
    pub name: Label,
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// The language of texts that automation writes.
    #[serde(default)]
    pub language: Language,
    /// The country calling code of telephone numbers that have none: `86`.
    pub calling_code: String,
    /// Where to-dos go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks: Option<TaskShape>,
    /// Where notices go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notices: Option<NoticeShape>,
    /// Where comments go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comments: Option<CommentShape>,
    /// Where calls, visits and notes go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<ActivityShape>,
    /// Where it is noted that somebody sent a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touches: Option<TouchShape>,
    /// Where files go that are dropped on a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FileShape>,
    /// The entity of the people who work here; commits are signed by its records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<EntityId>,
    /// The packs that were installed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<String>,
    /// The time zone that days and hours are meant in, as the world's table of zones calls it: `Asia/Shanghai`; that of each device
    /// when it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The day with which weeks begin: 1 for Monday to 7 for Sunday.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub week_start: u8,
    /// The month with which years of account begin: 1 for January to 12.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub first_month: u8,
    /// What amounts in other currencies count when they are added up with those in its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Rate>,
}

/// What one unit of a currency is worth in the workspace's own, from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The currency.
    pub currency: Currency,
    /// The first day on which it holds.
    pub since: Date,
    /// The worth.
    #[serde(with = "crate::model::value::decimal_text")]
    pub rate: Decimal,
}

fn one() -> u8 {
    1
}

fn is_one(number: &u8) -> bool {
    *number == 1
}

impl Workspace {
    /// How it reckons weeks, quarters and years.
    pub fn reckoning(&self) -> Reckoning {
        Reckoning::new(self.week_start, self.first_month)
    }

    /// What one unit of a currency is worth in the workspace's own on a day; nothing where no rate holds yet.
    pub fn rate(&self, currency: Currency, on: Date) -> Option<Decimal> {
        if currency == self.currency {
            return Some(Decimal::ONE);
        }
        let held = self.rates.iter().filter(|rate| rate.currency == currency && rate.since <= on);
        held.max_by_key(|rate| rate.since).map(|rate| rate.rate)
    }
}

/// Which entity holds to-dos, and in which fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskShape {
    /// The entity.
    pub entity: EntityId,
    /// What is to be done.
    pub title: FieldId,
    /// Who does it: a link to a person.
    pub owner: FieldId,
    /// What it is about: a link to any record.
    pub about: FieldId,
    /// The day on which it is due.
    pub due: FieldId,
}

/// Which entity holds comments, and in which fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentShape {
    /// The entity.
    pub entity: EntityId,
    /// What is said.
    pub text: FieldId,
    /// What it is about: a link to any record.
    pub about: FieldId,
    /// Who says it: a link to a person.
    pub by: FieldId,
    /// The people who are spoken to in it: links.
    pub mentions: FieldId,
    /// The comment that it answers: a link; absent where comments have no answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<FieldId>,
}

/// Which entity holds what was done with a customer, and in which fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityShape {
    /// The entity; its links to other entities say what it is about.
    pub entity: EntityId,
    /// In a few words.
    pub title: FieldId,
    /// In all words.
    pub text: FieldId,
    /// What kind of doing it was: a choice.
    pub kind: FieldId,
    /// Who did it: a link to a person.
    pub by: FieldId,
}

/// Which entity notes that somebody sent a form, and in which fields. Its links to other entities say whose record came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TouchShape {
    /// The entity.
    pub entity: EntityId,
    /// What it was, in a few words: the name of the form.
    pub title: FieldId,
    /// When: an instant.
    pub at: FieldId,
    /// The id of the form: text.
    pub form: FieldId,
    /// The number of the edition.
    pub edition: FieldId,
    /// The channel, in a word: text.
    pub channel: FieldId,
    /// The channel where it is one of the options of a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<FieldId>,
    /// What was answered otherwise than known: text.
    pub text: FieldId,
}

/// Which entity holds files, and in which fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileShape {
    /// The entity.
    pub entity: EntityId,
    /// What it is called.
    pub name: FieldId,
    /// The files themselves.
    pub files: FieldId,
    /// What they are about: a link to any record.
    pub about: FieldId,
    /// Who brought them: a link to a person.
    pub by: FieldId,
}

/// Which entity holds notices, and in which fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeShape {
    /// The entity.
    pub entity: EntityId,
    /// Who is told: a link to a person.
    pub to: FieldId,
    /// What they are told.
    pub text: FieldId,
    /// What it is about: a link to any record.
    pub about: FieldId,
    /// Whether it was read: a flag.
    pub read: FieldId,
}

impl Definition {
    /// The id, which tells the kind as well: `rule/region_to_team`.
    pub fn id(&self) -> DefinitionId {
        match self {
            Definition::Entity(entity) => Definition::entity_id(entity.id),
            Definition::View(view) => DefinitionId::new(&format!("view/{}", view.id)),
            Definition::Layout(layout) => Definition::layout_id(layout.entity),
            Definition::Rule(rule) => DefinitionId::new(&format!("rule/{}", rule.id)),
            Definition::Score(score) => DefinitionId::new(&format!("score/{}", score.id)),
            Definition::Form(form) => form.definition_id(),
            Definition::Workspace(_) => Definition::workspace_id(),
        }
    }

    /// The id of an entity's definition.
    pub fn entity_id(entity: EntityId) -> DefinitionId {
        DefinitionId::new(&format!("entity/{entity}"))
    }

    /// The id of an entity's layout.
    pub fn layout_id(entity: EntityId) -> DefinitionId {
        DefinitionId::new(&format!("layout/{entity}"))
    }

    /// The id of the workspace's settings.
    pub fn workspace_id() -> DefinitionId {
        DefinitionId::new("workspace")
    }

    /// What people call it.
    pub fn label(&self) -> Label {
        match self {
            Definition::Entity(entity) => entity.label.clone(),
            Definition::View(view) => view.label.clone(),
            Definition::Layout(layout) => Label::same(layout.entity.as_str()),
            Definition::Rule(rule) => rule.label.clone(),
            Definition::Score(score) => score.label.clone(),
            Definition::Form(form) => form.label.clone(),
            Definition::Workspace(workspace) => workspace.name.clone(),
        }
    }
}
