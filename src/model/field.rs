//! Fields: what an entity asks of its records, one closed kind at a time.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::model::condition::Condition;
use crate::model::id::{Currency, EntityId, FieldId, OptionId};

/// A name in both languages of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN", default)]
    pub zh: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Label {
    /// The same text in both languages.
    pub fn same(text: &str) -> Self {
        Label { zh: text.to_owned(), en: text.to_owned() }
    }

    /// Whether either language says exactly this, letter case aside.
    pub fn says(&self, text: &str) -> bool {
        self.zh == text || self.en.eq_ignore_ascii_case(text)
    }

    /// The text in a language, or in the other one where it is missing.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Zh if !self.zh.is_empty() => &self.zh,
            Language::En if self.en.is_empty() => &self.zh,
            Language::Zh | Language::En => &self.en,
        }
    }
}

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
}

/// One field of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Unique within the entity; never changes once records hold it.
    pub id: FieldId,
    /// What people call it.
    pub label: Label,
    /// What else people call it, in whatever language, when they ask for records in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What it holds.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// Whether a record may not be saved without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether no two records of the entity may hold the same value.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unique: bool,
    /// Whether people may only look at it; rules and imports may still write it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// Whether it is used no more: records keep what they hold, but nobody is shown it or asked for it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
    /// Formula for the value of a new record in which nobody filled the field in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// A sentence shown below the control.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Label>,
    /// Further conditions that a value must meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// A condition that a record must meet, with the sentence for when it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// True when all is well.
    pub condition: Condition,
    /// Shown beside the field otherwise.
    pub message: Label,
}

/// What a field holds, and the limits that come with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text {
        /// Characters at most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
        /// A regular expression that the whole text must match.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
    },
    /// Text of several lines.
    LongText,
    /// Text with Markdown formatting.
    RichText,
    /// An exact number.
    Number(NumberLimits),
    /// An amount in a currency.
    Money {
        /// The currency of a plain number typed into the field; the workspace's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<Currency>,
        /// Bounds of the amount.
        #[serde(flatten)]
        limits: NumberLimits,
    },
    /// A share: 12.5 means 12.5 %.
    Percent(NumberLimits),
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// A length of time.
    Duration,
    /// One of a list of options.
    Choice {
        /// The options, in their order.
        options: Vec<ChoiceOption>,
    },
    /// Any number of a list of options.
    Choices {
        /// The options, in their order.
        options: Vec<ChoiceOption>,
        /// Whether a text that is no option becomes one, as tags do.
        #[serde(default, skip_serializing_if = "is_false")]
        open: bool,
    },
    /// Yes or no.
    Flag,
    /// Stars, from 1 to `max`.
    Rating {
        /// The best mark.
        max: u8,
    },
    /// The answer to "how likely are you to recommend us", 0 to 10.
    Nps,
    /// A telephone number, normalised to E.164 where it can be.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A postal address or region.
    Address,
    /// A position on earth.
    Location,
    /// Another record.
    Link(LinkTarget),
    /// Several other records.
    Links(LinkTarget),
    /// Line items: the records of another entity that belong to this one. Holds no value itself.
    Lines {
        /// The entity of the lines.
        entity: EntityId,
        /// The link field of the lines that points here.
        via: FieldId,
    },
    /// Files and photos.
    Files,
    /// A drawn signature, kept as a picture.
    Signature,
    /// A number given at creation: `C-00042`.
    AutoNumber {
        /// What stands before the digits.
        #[serde(default)]
        prefix: String,
        /// Digits at least.
        digits: u8,
    },
    /// Computed from the record and what it is linked to.
    Formula {
        /// The formula.
        formula: String,
        /// What it gives.
        result: ResultKind,
    },
    /// A field of the linked record.
    Lookup {
        /// A link field of this entity.
        link: FieldId,
        /// A field of the linked entity.
        field: FieldId,
    },
    /// A figure over related records.
    Rollup(Rollup),
    /// The points of the score model that writes to this field.
    Score,
    /// Text that no person types: channel, campaign, utm.
    Hidden,
}

impl FieldKind {
    /// The plain kind of value that it holds or computes; none for options, links and other things, and for what is taken from
    /// another field.
    pub fn result(&self) -> Option<ResultKind> {
        match self {
            FieldKind::Text { .. }
            | FieldKind::LongText
            | FieldKind::RichText
            | FieldKind::Phone
            | FieldKind::Email
            | FieldKind::Url
            | FieldKind::AutoNumber { .. }
            | FieldKind::Hidden => Some(ResultKind::Text),
            FieldKind::Percent(_) => Some(ResultKind::Percent),
            FieldKind::Number(_) | FieldKind::Rating { .. } | FieldKind::Nps | FieldKind::Score => {
                Some(ResultKind::Number)
            }
            FieldKind::Money { .. } => Some(ResultKind::Money),
            FieldKind::Date => Some(ResultKind::Date),
            FieldKind::Instant => Some(ResultKind::Instant),
            FieldKind::Duration => Some(ResultKind::Duration),
            FieldKind::Flag => Some(ResultKind::Flag),
            FieldKind::Formula { result, .. } => Some(*result),
            FieldKind::Choice { .. }
            | FieldKind::Choices { .. }
            | FieldKind::Address
            | FieldKind::Location
            | FieldKind::Link(_)
            | FieldKind::Links(_)
            | FieldKind::Lines { .. }
            | FieldKind::Files
            | FieldKind::Signature
            | FieldKind::Lookup { .. }
            | FieldKind::Rollup(_) => None,
        }
    }
}

impl ResultKind {
    /// Whether it counts or measures something.
    pub fn is_number(self) -> bool {
        match self {
            ResultKind::Number | ResultKind::Money | ResultKind::Percent | ResultKind::Duration => true,
            ResultKind::Text | ResultKind::Date | ResultKind::Instant | ResultKind::Flag => false,
        }
    }
}

/// Bounds of a number.
#[derive(Clone, Copy, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct NumberLimits {
    /// The least allowed.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::model::value::optional_decimal_text")]
    pub min: Option<Decimal>,
    /// The most allowed.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::model::value::optional_decimal_text")]
    pub max: Option<Decimal>,
    /// Digits after the point that are shown; none means as many as there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// Whether the digits stand without grouping and no sum is made of them: a year names, it does not count.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ungrouped: bool,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// What records hold.
    pub id: OptionId,
    /// What people see.
    pub label: Label,
    /// What else people call it; one name may stand for several options: 华南 for three provinces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// One of the ten label hues, 0 to 9; grey when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hue: Option<u8>,
    /// A number that belongs to the option, such as the probability of a stage in percent.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::model::value::optional_decimal_text")]
    pub weight: Option<Decimal>,
    /// How work that stands at this option has ended, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// Whether it can no longer be chosen; records that hold it keep it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
}

/// How work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// As hoped.
    Won,
    /// Otherwise.
    Lost,
}

/// What a link points at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkTarget {
    /// The entities that it may point at; any when empty.
    #[serde(default)]
    pub to: Vec<EntityId>,
    /// The name of the list on the other side: an account's 商机.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inverse: Option<Label>,
    /// Whether the record belongs to the one it points at and is removed with it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub owned: bool,
    /// Whether it points at the record above in a tree, so that none may come to stand above itself.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tree: bool,
}

/// A figure over the records that point here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rollup {
    /// The entity of the related records.
    pub entity: EntityId,
    /// Their link field that points here.
    pub via: FieldId,
    /// How the figure is made.
    pub function: RollupFunction,
    /// The field that goes into it; none for a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// Which related records count; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// How related values become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollupFunction {
    /// How many records.
    Count,
    /// The sum of the numbers.
    Sum,
    /// Their mean.
    Average,
    /// The least value.
    Min,
    /// The greatest value.
    Max,
    /// The value of the record created first.
    First,
    /// The value of the record created last.
    Last,
}

/// What a formula gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// An amount.
    Money,
    /// A share in percent.
    Percent,
    /// A day.
    Date,
    /// A point in time.
    Instant,
    /// A length of time.
    Duration,
    /// Yes or no.
    Flag,
}

impl Field {
    /// Whether the value is computed, so that nobody writes it.
    pub fn is_computed(&self) -> bool {
        matches!(
            self.kind,
            FieldKind::Formula { .. } | FieldKind::Lookup { .. } | FieldKind::Rollup(_) | FieldKind::Score
        )
    }

    /// Whether records hold a value for it at all.
    pub fn is_stored(&self) -> bool {
        !matches!(self.kind, FieldKind::Lines { .. })
    }

    /// Whether a person may change it by hand.
    pub fn is_editable(&self) -> bool {
        !self.read_only
            && !self.retired
            && !self.is_computed()
            && self.is_stored()
            && !matches!(self.kind, FieldKind::AutoNumber { .. } | FieldKind::Hidden)
    }

    /// Whether it is a number whose digits stand together, as those of a year do.
    pub fn is_ungrouped(&self) -> bool {
        match &self.kind {
            FieldKind::Number(limits) => limits.ungrouped,
            _ => false,
        }
    }

    /// The options of a choice field; none elsewhere.
    pub fn options(&self) -> &[ChoiceOption] {
        match &self.kind {
            FieldKind::Choice { options } | FieldKind::Choices { options, .. } => options,
            _ => &[],
        }
    }

    /// The option with this id.
    pub fn option(&self, id: OptionId) -> Option<&ChoiceOption> {
        self.options().iter().find(|option| option.id == id)
    }

    /// The option that people mean by a name: its id or its label in either language.
    pub fn option_called(&self, name: &str) -> Option<&ChoiceOption> {
        let by_id = self.options().iter().find(|option| option.id.as_str().eq_ignore_ascii_case(name));
        by_id.or_else(|| self.options().iter().find(|option| option.label.says(name)))
    }

    /// What the field links to, if it is a link.
    pub fn link(&self) -> Option<&LinkTarget> {
        match &self.kind {
            FieldKind::Link(target) | FieldKind::Links(target) => Some(target),
            _ => None,
        }
    }
}

impl LinkTarget {
    /// Whether a record of that entity may be linked.
    pub fn accepts(&self, entity: EntityId) -> bool {
        self.to.is_empty() || self.to.contains(&entity)
    }
}

pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}
