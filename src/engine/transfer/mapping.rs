//! Mappings: which column of a file goes into which field, and what happens to what does not fit.

use serde::{Deserialize, Serialize};

use crate::engine::transfer::{Cleaning, Reading};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId};
use crate::model::json;

/// How the rows of a file become records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the rows become.
    pub entity: EntityId,
    /// The columns, in the file's order.
    pub columns: Vec<ColumnMapping>,
    /// Texts that mean that nothing is filled in, letter case aside.
    #[serde(default = "usual_blanks")]
    pub blanks: Vec<String>,
    /// The fields that tell whether a row is a record that is there already: all of them have to be filled in and equal.
    #[serde(default)]
    pub match_on: Vec<FieldId>,
    /// What happens to a row that is.
    #[serde(default)]
    pub on_match: OnMatch,
    /// What happens to a record's own values where the row has another one.
    #[serde(default, skip_serializing_if = "Overwriting::is_usual")]
    pub overwriting: Overwriting,
    /// What happens to a text that is no option.
    #[serde(default)]
    pub unknown_options: UnknownOption,
    /// What happens to a name that no record has.
    #[serde(default)]
    pub unknown_links: UnknownLink,
    /// How dates and numbers are written.
    #[serde(default, skip_serializing_if = "Reading::is_usual")]
    pub reading: Reading,
}

/// Where a column goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnMapping {
    /// The column's heading; the first column of that name that no earlier mapping took.
    pub header: String,
    /// The field; none leaves the column out.
    #[serde(default)]
    pub field: Option<FieldId>,
    /// How sure the suggestion is, 0 to 100; 100 for what a person chose.
    #[serde(default = "certain", skip_serializing_if = "is_certain")]
    pub confidence: u8,
    /// Why it was suggested; absent for what a person chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What is done to its cells before they are read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clean: Vec<Cleaning>,
    /// How its text joins what an earlier column has put into the field; without it the first filled cell counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<Join>,
}

/// How the text of a column joins that of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// Behind it, after a blank.
    Behind,
    /// As the family name: behind the given name, or before it where both are Chinese.
    FamilyName,
    /// As the given name: before the family name, or behind it where both are Chinese.
    GivenName,
}

/// Why a field was suggested for a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The heading is the field's name.
    Name,
    /// The heading is another word for it.
    Synonym,
    /// The heading resembles the field's name.
    Similar,
    /// The cells look like what the field holds.
    Content,
    /// The cells name rows of another file.
    File,
    /// The program that the file came from calls the field so.
    Preset,
}

/// What happens to a row that is a record already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMatch {
    /// It becomes another record all the same.
    Create,
    /// Its filled cells are written into the record.
    #[default]
    Update,
    /// It is left out.
    Skip,
    /// Its filled cells are written into the record, and rows that are none are left out.
    UpdateOnly,
}

/// What happens to the values that a record has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overwriting {
    /// Filled cells take their place.
    #[default]
    Replace,
    /// They stay; only what is blank is filled in.
    FillBlanks,
}

/// What happens to a text that is no option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownOption {
    /// The row is rejected.
    #[default]
    Reject,
    /// The cell counts as blank.
    Blank,
    /// It becomes an option.
    Add,
}

/// What happens to a name that no record has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownLink {
    /// The row is rejected.
    #[default]
    Reject,
    /// The cell counts as blank.
    Blank,
    /// A record of that title is created, where the field accepts one entity only.
    Create,
}

impl Mapping {
    /// A mapping without columns, with the usual words for blank.
    pub fn new(entity: EntityId) -> Self {
        Mapping {
            entity,
            columns: Vec::new(),
            blanks: usual_blanks(),
            match_on: Vec::new(),
            on_match: OnMatch::default(),
            overwriting: Overwriting::default(),
            unknown_options: UnknownOption::default(),
            unknown_links: UnknownLink::default(),
            reading: Reading::default(),
        }
    }

    /// Reads a mapping as scripts write it: in full, or short as `{"heading": "field", …}`, where fields go by id or label and
    /// `null` leaves a column out.
    pub fn from_json(entity: &Entity, json: &serde_json::Value) -> Result<Mapping, Vec<Diagnostic>> {
        let Some(object) = json.as_object() else {
            return Err(vec![Diagnostic::new(Code::Malformed).with("detail", "mapping-is-an-object")]);
        };
        if object.get("columns").is_some_and(serde_json::Value::is_array) {
            let mut full = object.clone();
            full.entry("entity").or_insert_with(|| entity.id.as_str().into());
            return json::read_value::<Mapping>(&full.into())
                .map_err(|error| vec![Diagnostic::new(Code::Malformed).with("detail", error)])
                .and_then(|mapping| mapping.checked(entity));
        }
        let mut mapping = Mapping::new(entity.id);
        let mut wrong = Vec::new();
        for (header, name) in object {
            let field = match name {
                serde_json::Value::Null => None,
                serde_json::Value::String(name) => match entity.field_called(name) {
                    Some(field) => Some(field.id),
                    None => {
                        wrong.push(Diagnostic::new(Code::UnknownField).with("name", name));
                        None
                    }
                },
                other => {
                    wrong.push(Diagnostic::new(Code::Malformed).with("detail", other));
                    None
                }
            };
            mapping.columns.push(ColumnMapping::chosen(header, field));
        }
        if wrong.is_empty() { Ok(mapping) } else { Err(wrong) }
    }

    /// The mapping itself, once every field that it names is one of the entity.
    pub fn checked(self, entity: &Entity) -> Result<Mapping, Vec<Diagnostic>> {
        let named = self.columns.iter().filter_map(|column| column.field).chain(self.match_on.iter().copied());
        let mut wrong: Vec<Diagnostic> = named
            .filter(|field| entity.field(*field).is_none())
            .map(|field| Diagnostic::new(Code::UnknownField).with("name", field))
            .collect();
        if self.entity != entity.id {
            wrong.push(Diagnostic::new(Code::UnknownEntity).with("name", self.entity));
        }
        if wrong.is_empty() { Ok(self) } else { Err(wrong) }
    }
}

impl ColumnMapping {
    /// A column that a person put there.
    pub fn chosen(header: &str, field: Option<FieldId>) -> Self {
        ColumnMapping {
            header: header.to_owned(),
            field,
            confidence: certain(),
            reason: None,
            clean: Vec::new(),
            joins: None,
        }
    }
}

impl Join {
    /// Two texts as one.
    pub fn joined(self, known: &str, more: &str) -> String {
        let is_chinese =
            |text: &str| text.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}'));
        match self {
            Join::FamilyName if is_chinese(known) && is_chinese(more) => format!("{more}{known}"),
            Join::GivenName if is_chinese(known) && is_chinese(more) => format!("{known}{more}"),
            Join::GivenName => format!("{more} {known}"),
            Join::Behind | Join::FamilyName => format!("{known} {more}"),
        }
    }
}

impl Overwriting {
    fn is_usual(&self) -> bool {
        *self == Overwriting::default()
    }
}

/// The words that people and programs write where nothing is filled in.
pub fn usual_blanks() -> Vec<String> {
    [
        "select",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
        "nan",
        "-",
        "--",
        "—",
        "/",
        "无",
        "空",
        "暂无",
        "未填写",
        "未知",
        "#n/a",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn certain() -> u8 {
    100
}

fn is_certain(confidence: &u8) -> bool {
    *confidence == certain()
}
