//! Presets: files that other programs export, known by their headings. What each program calls what is data, not code.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::engine::transfer::{Cleaning, Join, Mapping, Reason, UnknownLink, Word, clean_header};
use crate::model::entity::Entity;
use crate::model::field::FieldKind;
use crate::model::id::{EntityId, FieldId};

/// The export of a program.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// The program.
    pub program: String,
    /// What its rows become.
    pub entity: EntityId,
    /// Headings by which it is known.
    signature: Vec<String>,
    /// Where its columns go; nothing leaves one out.
    columns: FxHashMap<String, Option<FieldId>>,
    /// What it calls the options of fields.
    #[serde(default)]
    words: FxHashMap<FieldId, FxHashMap<String, String>>,
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let text = include_str!("../../../public/import/preset.json");
    // A test reads the file; a spoilt one costs the presets and nothing else.
    serde_json::from_str(text).unwrap_or_default()
});

/// All presets.
pub fn all() -> &'static [Preset] {
    &PRESETS
}

/// The preset whose headings a file has; of several the one that knows most of them.
pub fn recognised(headers: &csv::StringRecord) -> Option<&'static Preset> {
    let has = |name: &String| headers.iter().any(|header| clean_header(header) == name);
    let known = |preset: &&Preset| headers.iter().filter(|it| preset.columns.contains_key(clean_header(it))).count();
    PRESETS.iter().filter(|preset| preset.signature.iter().all(has)).max_by_key(known)
}

impl Preset {
    /// The fields that its columns go into.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> {
        self.columns.values().flatten().copied()
    }

    /// Sends the columns that it knows where they belong; those that it does not know stay as they were suggested.
    pub fn fill(&self, entity: &Entity, mapping: &mut Mapping) {
        let field_of = |header: &str| {
            let field = *self.columns.get(clean_header(header))?;
            Some(field.filter(|field| entity.field(*field).is_some()))
        };
        let taken: Vec<FieldId> = mapping.columns.iter().filter_map(|column| field_of(&column.header)?).collect();
        for column in &mut mapping.columns {
            match field_of(&column.header) {
                Some(field) => {
                    column.field = field;
                    column.confidence = 98;
                    column.reason = field.map(|_| Reason::Preset);
                    column.joins = None;
                    if let Some(words) = field.and_then(|field| self.words.get(&field)) {
                        let mut words: Vec<Word> = words
                            .iter()
                            .map(|(from, to)| Word { from: from.clone(), to: to.clone(), is_new: false })
                            .collect();
                        words.sort_by(|a, b| a.from.cmp(&b.from));
                        column.clean = vec![Cleaning::Translate { words }];
                    }
                }
                None if column.field.is_some_and(|field| taken.contains(&field)) => column.field = None,
                None => {}
            }
        }
        join_names(entity, mapping);
        // Who or what the file names by the keys of the program is often in a file that was not brought along.
        mapping.unknown_links = UnknownLink::Blank;
        let is_mapped = |field: &FieldId| mapping.columns.iter().any(|column| column.field == Some(*field));
        let key = entity.fields.iter().filter(|field| field.unique).map(|field| field.id).find(is_mapped);
        mapping.match_on = key.into_iter().collect();
    }
}

/// Two columns for one text that are a given and a family name become one name.
fn join_names(entity: &Entity, mapping: &mut Mapping) {
    let is_text =
        |field: FieldId| entity.field(field).is_some_and(|field| matches!(field.kind, FieldKind::Text { .. }));
    for column in &mut mapping.columns {
        let join = match clean_header(&column.header).to_lowercase().replace(' ', "").as_str() {
            "firstname" => Join::GivenName,
            "lastname" => Join::FamilyName,
            _ => continue,
        };
        if column.field.is_some_and(is_text) {
            column.joins = Some(join);
        }
    }
}
