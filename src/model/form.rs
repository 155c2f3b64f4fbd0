//! Forms as data: pages, sections and items that ask for the fields of an entity, their logic, and what becomes of the answers.
//!
//! A form is worked on as one definition, `form/contact_us`; each edition that was published stands beside it unchanged, as
//! `form/contact_us@3`, so that an answer made for an older one still fits.

mod capture;
mod walk;

use serde::{Deserialize, Serialize};

use crate::model::condition::Condition;
use crate::model::diagnostic::Code;
use crate::model::field::{Check, FieldKind, Label, Language, is_false};
use crate::model::id::{EntityId, FieldId, OptionId, SubmissionId};
use crate::model::record::Values;
use crate::model::time::Instant;
use crate::model::value::{FileRef, Value};

pub use capture::{Capture, FixedValue, Goal, JoinKey, Kiosk, Parameter, Returns};

/// A form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Unique among forms.
    pub id: String,
    /// What people call it.
    pub label: Label,
    /// The entity whose records its answers become.
    pub entity: EntityId,
    /// What stands beneath its title: Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<Label>,
    /// The pages, in their order; one page is a plain form, several are a wizard.
    pub pages: Vec<FormPage>,
    /// The words on the button that sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send: Option<Label>,
    /// What follows when it was sent.
    #[serde(default)]
    pub ending: FormEnding,
    /// How it looks.
    #[serde(default)]
    pub theme: FormTheme,
    /// What is written into answers besides what people fill in.
    #[serde(default)]
    pub capture: Capture,
    /// How an answer finds the record that is known already; of several ways the first that finds one counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<JoinKey>,
    /// What is hoped of the records that its answers become, in order: an MQL, a customer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// How it runs on a device of its own; absent where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kiosk: Option<Kiosk>,
    /// Where answers that are given away from the workspace go by themselves.
    #[serde(default, skip_serializing_if = "Returns::is_empty")]
    pub returns: Returns,
    /// The languages in which it can be filled in; both when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// Which edition this is; absent in the one that is worked on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<u32>,
    /// How many editions were published; kept in the one that is worked on.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub published: u32,
    /// What its portable answers are sealed with; only an edition has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
    /// Whether it takes no more answers from people; those that come home for an edition of it are still taken.
    #[serde(default, skip_serializing_if = "is_false")]
    pub retired: bool,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// When a part of a form is shown, and whether it is only to be looked at.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Presence {
    /// When it is shown; always when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible: Option<Condition>,
    /// When it can only be looked at; never when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_only: Option<Condition>,
}

/// One page of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormPage {
    /// Unique among the pages, sections and items of the form.
    pub id: String,
    /// Its heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// When it is shown; a wizard passes over pages that are not.
    #[serde(flatten)]
    pub presence: Presence,
    /// Its sections, in their order.
    pub sections: Vec<FormSection>,
}

/// Items that stand together, in columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormSection {
    /// Unique among the pages, sections and items of the form.
    pub id: String,
    /// Its heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Columns where there is room, 1 to 4.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub columns: u8,
    /// When it is shown.
    #[serde(flatten)]
    pub presence: Presence,
    /// Its items, in their order.
    pub items: Vec<FormItem>,
}

/// One thing on a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormItem {
    /// Unique among the pages, sections and items of the form.
    pub id: String,
    /// Columns that it takes, where there is room.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub width: u8,
    /// When it is shown.
    #[serde(flatten)]
    pub presence: Presence,
    /// What it is.
    #[serde(flatten)]
    pub content: ItemContent,
}

fn one() -> u8 {
    1
}

fn is_one(number: &u8) -> bool {
    *number == 1
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ItemContent {
    /// A question: a field of the entity.
    Field(Box<FieldItem>),
    /// A table of line items: a field of the entity that lists the records of another one.
    Lines(Box<LinesItem>),
    /// Text to read: Markdown.
    Text {
        /// The text.
        text: Label,
    },
    /// A picture.
    Picture {
        /// Its content.
        file: FileRef,
        /// What it shows, for those who do not see it.
        #[serde(default)]
        description: Label,
    },
    /// A line.
    Divider,
}

/// A question, where it differs from the field that it asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldItem {
    /// The field.
    pub field: FieldId,
    /// What it is called here; as the field when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The sentence below the control; the field's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Label>,
    /// What stands in the empty control.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<Label>,
    /// How the answers of a text field are read; as any text when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes: Option<TextForm>,
    /// When it has to be filled in, besides when the field itself has to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Condition>,
    /// Whether those who fill it in may search the records that it links to by their names: visitors would read the names of others.
    #[serde(default, skip_serializing_if = "is_false")]
    pub search: bool,
    /// Which options are offered; of several rules the first whose condition holds counts, and all are offered where none does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionRule>,
    /// A formula for what stands there until somebody fills it in; the field's own default when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// A formula for what stands there whatever anybody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<String>,
    /// Further conditions that an answer must meet, besides those of the field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Sentences of its own for when an answer is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<OwnMessage>,
}

/// What a text has to be, though its field takes any: such answers are checked, and kept in one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextForm {
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
}

impl TextForm {
    /// The kind of field that reads such texts.
    pub fn kind(self) -> FieldKind {
        match self {
            TextForm::Phone => FieldKind::Phone,
            TextForm::Email => FieldKind::Email,
            TextForm::Url => FieldKind::Url,
        }
    }
}

/// A sentence of a form's own for something that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnMessage {
    /// What is wrong; anything when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Code>,
    /// The sentence.
    pub text: Label,
}

/// Options that are offered when a condition holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionRule {
    /// When.
    #[serde(default, skip_serializing_if = "Condition::is_always")]
    pub when: Condition,
    /// Which.
    pub options: Vec<OptionId>,
}

/// A table of line items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinesItem {
    /// The field that lists them.
    pub field: FieldId,
    /// What it is called here; as the field when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The fields of a line that are asked for or shown, in their order.
    pub columns: Vec<LineColumn>,
    /// Columns that are added up below the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<FieldId>,
    /// Lines at least.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub least: u32,
    /// Lines at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

/// One column of a table of line items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineColumn {
    /// The field of the line.
    pub field: FieldId,
    /// What it is called here; as the field when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Whether it has to be filled in, besides when the field itself has to be.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether those who fill it in may search the records that it links to by their names.
    #[serde(default, skip_serializing_if = "is_false")]
    pub search: bool,
}

/// What follows when a form was sent.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormEnding {
    /// What is said: Markdown. A plain thank-you when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Label>,
    /// Where to go from there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<EndingLink>,
    /// What is handed over in exchange, such as a white paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRef>,
    /// Whether it can be filled in once more.
    #[serde(skip_serializing_if = "is_false")]
    pub again: bool,
}

/// A link on the last page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndingLink {
    /// What it says.
    pub label: Label,
    /// Where it leads: a web address.
    pub address: String,
}

/// How a form looks.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormTheme {
    /// The accent's hue in degrees, 0 to 359; the product's own when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hue: Option<u16>,
    /// A logo above the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<FileRef>,
    /// How much air there is.
    #[serde(skip_serializing_if = "Density::is_comfortable")]
    pub density: Density,
}

/// How much air there is between things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// As usual.
    #[default]
    Comfortable,
    /// Less.
    Compact,
}

impl Density {
    fn is_comfortable(&self) -> bool {
        *self == Density::Comfortable
    }
}

impl FieldItem {
    /// A question that asks for a field as it is.
    pub fn plain(field: FieldId) -> Self {
        FieldItem {
            field,
            label: None,
            hint: None,
            placeholder: None,
            takes: None,
            required: None,
            search: false,
            options: Vec::new(),
            default: None,
            computed: None,
            checks: Vec::new(),
            messages: Vec::new(),
        }
    }
}

impl LineColumn {
    /// A column that shows a field as it is.
    pub fn plain(field: FieldId) -> Self {
        LineColumn { field, label: None, required: false, search: false }
    }
}

impl FormItem {
    /// A question that asks for a field as it is; its id is the field's.
    pub fn plain(field: FieldId) -> Self {
        FormItem {
            id: field.as_str().to_owned(),
            width: 1,
            presence: Presence::default(),
            content: ItemContent::Field(Box::new(FieldItem::plain(field))),
        }
    }

    /// The field that it asks for, or whose records it lists.
    pub fn field(&self) -> Option<FieldId> {
        match &self.content {
            ItemContent::Field(item) => Some(item.field),
            ItemContent::Lines(item) => Some(item.field),
            ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => None,
        }
    }
}

/// What somebody has filled in: values by field, and the lines of each table.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// What was answered.
    pub values: Values,
    /// Fields that somebody emptied, so that their defaults do not come back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emptied: Vec<FieldId>,
    /// The lines by the field that lists them, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<AnsweredLines>,
}

/// The lines of one table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredLines {
    /// The field that lists them.
    pub field: FieldId,
    /// What each holds.
    pub lines: Vec<Values>,
}

impl Answers {
    /// The lines that a field lists.
    pub fn lines(&self, field: FieldId) -> &[Values] {
        self.lines.iter().find(|lines| lines.field == field).map_or(&[], |lines| &lines.lines)
    }

    /// The value of a field.
    pub fn value(&self, field: FieldId) -> &Value {
        self.values.get(field)
    }
}

/// An answer that was given and is to be taken in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Its identity: it is taken once, however often it is brought.
    pub id: SubmissionId,
    /// The form.
    pub form: String,
    /// The edition that was filled in.
    pub edition: u32,
    /// When.
    pub at: Instant,
    /// The channel, in a word; the form's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What was filled in.
    pub answers: Answers,
}
